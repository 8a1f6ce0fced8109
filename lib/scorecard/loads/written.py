"""Months as people and spreadsheets write them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from scorecard.errors import MonthError
from scorecard.months import NAMES, Month

CENTURY = 2000


def month(text: str) -> str | None:
    """The month that `text` says, as 2016-08; None when it says none.

    It may be a date that opens or closes a month (2016-08-01, 2016-08-31), Aug-16 or August 2016.
    Any other day is none: a spreadsheet takes a typed Aug-16 for the 16th of August of this year.
    """
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            return _of_day(date.fromisoformat(text))
        if found := re.fullmatch(r"([A-Za-z]{3})-(\d\d)", text, re.ASCII):
            return _of_name(found[1], CENTURY + int(found[2]))
        if found := re.fullmatch(r"([A-Za-z]{3,9}) (\d{4})", text, re.ASCII):
            return _of_name(found[1], int(found[2]))
        return str(Month.parse(text))
    except (ValueError, MonthError):
        return None


def _of_day(day: date) -> str | None:
    days = monthrange(day.year, day.month)[1]
    return str(Month.parse(f"{day:%Y-%m}")) if day.day in (1, days) else None


def _of_name(name: str, year: int) -> str | None:
    for number, known in enumerate(NAMES, start=1):
        if name.lower() in (known.lower(), known[:3].lower()):
            return str(Month.parse(f"{year:04d}-{number:02d}"))
    return None
