"""What the checks of commentary share: the months and the figures that a text names."""

from __future__ import annotations

from decimal import Decimal

from scorecard.months import NAMES, Month

MONTH = rf"\b({'|'.join(NAMES)})\b(?: (\d{{4}}))?"
"""A month as a regular expression: its name, and its year if one follows."""


def named(name: str, year: str | None, month: Month) -> Month:
    """The month that a text of `month` means by `name`: without a year, the latest of that name."""
    number = NAMES.index(name) + 1
    return Month(int(year) if year else month.year - (number > month.number), number)


def shows(figure: str, result: Decimal | None) -> bool:
    """Whether `figure`, the digits of a text, is `result` rounded to so many decimals."""
    places = len(figure.partition(".")[2])
    return result is not None and abs(Decimal(figure) - result) <= Decimal(5).scaleb(-places - 1)
