"""Figures and codes as the text a reader sees: every page, file and terminal writes them so.

A figure is a `Decimal` from the store to the file; a float never becomes text.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from scorecard.months import NAMES


class Term(NamedTuple):
    """A code in the words of a page: the short sign, the full word, and what it means."""

    sign: str
    word: str
    meaning: str


PERCENTAGES = ("percent", "percent_above_100")
"""The formats that have a percent sign: parts of a whole, and what may be above 100."""
CASES = ("percent", "count")
"""The formats whose numerator is a number of cases, of which there could be one more or fewer."""
RATINGS = {
    "green": Term("G", "Green", "the target is met"),
    "amber": Term("A", "Amber", "the target is missed, but the floor standard is kept"),
    "red": Term("R", "Red", "the floor standard, the pre-defined minimum, is not kept"),
    "not-rated": Term("Not rated", "Not rated", "there is no target for the month, or no result"),
}
RATED = tuple(each for each in reversed(RATINGS) if each != "not-rated")
"""The ratings, the worst first."""
AS_NEAR = "as-near"
"""The direction of a T indicator's result that is now as far from the target on the other side."""

DIRECTIONS = {
    "better": Term("↑", "better", "performance is better than it was then"),
    "worse": Term("↓", "worse", "performance is worse than it was then"),
    "same": Term("→", "the same", "performance is exactly the same as it was then"),
    AS_NEAR: Term("→", "as near the target", "the result is exactly as near the target as it was"),
}


class Polarity(NamedTuple):
    """A term, and which cases make a result better and worse; both empty where it depends."""

    sign: str
    word: str
    meaning: str
    better: str = ""
    worse: str = ""

    @property
    def is_higher(self) -> bool:
        """Whether a higher figure is better."""
        return self.better == "more"


POLARITIES = {
    "H": Polarity("H", "higher is better", "a higher figure is better", "more", "fewer"),
    "L": Polarity("L", "lower is better", "a lower figure is better", "fewer", "more"),
    "T": Polarity("T", "near the target is best", "a figure near the target is best"),
}


def is_near(polarity: str | None) -> bool:
    """Whether a figure is better the nearer it is to its target; False without a polarity."""
    return polarity is not None and not POLARITIES[polarity].better


class DataPeriod(NamedTuple):
    """A term, and the words before the month in the name of a result: `12 months to`.

    `stock`, `flow` and `over_months` say what the macros of `data_periods.sql` say of its code.
    """

    sign: str
    word: str
    meaning: str
    to: str = ""
    stock: bool = False
    """Whether it is what is in hand at the month's end."""

    @property
    def over_months(self) -> bool:
        """Whether it has several months."""
        return bool(self.to)

    @property
    def flow(self) -> bool:
        """Whether it is what happened in the month alone."""
        return not (self.stock or self.over_months)

    def of(self, month: str) -> str:
        """The data period that ends with `month`, in words."""
        return f"{self.to} {month}".strip()


DATA_PERIODS = {
    "SS": DataPeriod(
        "SS", "snapshot", "the position at the end of the reporting month", stock=True
    ),
    "R12M": DataPeriod(
        "R12M", "rolling 12 months", "the 12 months ending with the reporting month", "12 months to"
    ),
    "YTD": DataPeriod(
        "YTD", "year to date", "from {opens} to the reporting month", "year to date in"
    ),
    "R3M": DataPeriod(
        "R3M", "rolling 3 months", "the 3 months ending with the reporting month", "3 months to"
    ),
    "M": DataPeriod("M", "in the month", "counted in the reporting month"),
}
SHORT_TERM = "R3M"
"""The period of a column beside others: no indicator has it as its own."""


def data_period(code: str, year_begins: int) -> DataPeriod:
    """A data period in words; the financial year begins in month `year_begins`, 1 to 12."""
    term = DATA_PERIODS[code]
    return term._replace(meaning=term.meaning.format(opens=NAMES[year_begins - 1]))


STATUSES = {
    "available": Term("", "available", "there is a result"),
    "not-available": Term(
        "Not available",
        "not available",
        "a month of the data period has no figures, or has them by an earlier definition",
    ),
    "not-applicable": Term("Not applicable", "not applicable", "there were no cases to count"),
    "not-comparable": Term(
        "Not comparable",
        "not comparable",
        "the indicator is new, its definition changed, or its year to date began anew",
    ),
}
STATED = {
    "withheld": Term("[c]", "withheld", "withheld by its supplier, or in a month of it"),
    "stated-not-applicable": Term("[z]", "not applicable", "not applicable, as its source says"),
    "stated-not-available": Term("[x]", "not available", "not available, as its source says"),
    "low": Term("[low]", "low", "too low to be shown at this precision, as its source says"),
}
"""The statuses of results whose source gives the reason why there is no figure."""
STATUSES |= STATED
VARIATIONS = {
    "improvement": Term("▲", "Improvement", "a real change for the better"),
    "concern": Term("▼", "Concern", "a real change for the worse"),
    "high": Term("◆", "High", "a real change to higher figures, neither better nor worse"),
    "low": Term("◆", "Low", "a real change to lower figures, neither better nor worse"),
    "ordinary": Term("●", "Ordinary", "the indicator moves no more than it did before"),
}
"""How the latest of an indicator's monthly values compares with those before."""
POINTS_NEEDED, POINTS_COUNTED, LIMIT_FACTOR = 13, 24, "2.66"
"""How many monthly values an expected range needs, and rests on at most; and how many times their
mean step it reaches from their mean. `sql/macros/signals.sql` decides it, and a test compares."""
RUN, RUN_STEPS = "seven", "six"
"""How many months in a row are a signal, and how many steps they have; SQL decides it likewise."""
EXPECTED_RANGE = (
    f"the mean of each month's own results, up to {POINTS_COUNTED} of them, and {LIMIT_FACTOR} "
    "times their mean step from month to month on either side; a month outside it is a real "
    f"change, and so are {RUN} months on one side of the mean or in one direction, and two of "
    "three months near one end of the range"
)
"""What a range means, in the key."""
SIGNALS = {
    "beyond-limit": "outside the range",
    "one-side": f"{RUN} months or more on one side of the mean",
    "trend": f"{RUN} months or more in one direction",
    "near-limit": "two of the last three months near a limit",
}
"""What shows that a change is real."""
ASSURANCES = {
    "will-meet": "will meet the target",
    "will-not-meet": "will not meet the target unless something changes",
    "may-or-may-not": "may or may not meet the target",
}
"""What the range says of a month and the target."""
HOLLOW_VARIATIONS = "△▽◇○"
"""The signs of `VARIATIONS` where they rest on estimates."""
NOT_JUDGED = {
    "too-few": Term(
        "–",
        "too few months",
        f"there are fewer than {POINTS_NEEDED} monthly values without a gap",
    ),
    "not-available": Term("–", "no result", "the month has no result of its own"),
    "finished-window": Term(
        "–", "finished figure", "it is supplied as a finished rolling figure, without its months"
    ),
}
"""Why the variation of a month can't be judged."""
NOT_SUPPLIED = Term("n/a", "not available", "in the activity table, a figure that was not supplied")
"""How narrow columns show that an activity figure was not supplied."""
SUM = Term("s", "added up", "added up from the figures of the units below, which were supplied")
"""The sign of a sum, unless a council has another, and what it means."""
MARKERS = {
    "b": "break in the series",
    "e": "estimated",
    "f": "forecast",
    "p": "provisional",
    "r": "revised",
    "s": "added up",
    "u": "of low reliability",
}
"""What a marker is called aloud: symbols of the Analysis Function's guidance, and `s` for a sum."""
FINISHED = Term(
    "-",
    "supplied finished",
    "in place of numerator and denominator, that the result was supplied without them",
)
"""How a result that was supplied finished is written in place of its counts."""
HOLLOW = Term(
    "○", "hollow point", "in a chart or a small trend, a figure with a marker such as [e]"
)
"""How a figure with a marker is drawn."""


DIGITS = re.compile(r"(?<![.\d])\d{4,}")
"""The whole part of a figure of a thousand and more."""


def result(value: Decimal | None, form: str, places: int | None = None) -> str:
    """A result as a page prints it: `22.3%`, `363.7`, `35`; nothing without a value.

    `form` is the catalogue's format; `places` defaults to the format's usual number.
    """
    return "" if value is None else f"{rounded(value, form, places):f}{unit_sign(form)}"


def mark(marker: str) -> str:
    """What follows a figure that carries a marker: ` [e]`."""
    return f" [{marker}]" if marker else ""


def rounded(value: Decimal, form: str, places: int | None = None) -> Decimal:
    """A result with exactly the decimals that a page prints, for a file."""
    return fixed(value, usual_places(form) if places is None else places)


def figure(value: Decimal | None, places: int = 0) -> str:
    """A numerator, a denominator or an activity figure with its usual decimals: `404.3`, `-267`.

    No grouping, so that it reads as in a file.
    """
    return "" if value is None else f"{fixed(value, places):f}"


def grouped(text: str) -> str:
    """Figures as a sentence has them, with commas between thousands: `15,921`; cells have none."""
    return DIGITS.sub(lambda found: f"{int(found[0]):,}", text)


def threshold(value: Decimal | None, form: str) -> str:
    """A target or floor: the usual decimals, or as many as it was set with."""
    return "" if value is None else f"{threshold_set(value, form):f}{unit_sign(form)}"


def threshold_set(value: Decimal, form: str) -> Decimal:
    """A target or floor with exactly the decimals that a page prints, for a file."""
    return fixed(value, max(usual_places(form), own_places(value)))


def plain(value: Decimal) -> str:
    """An exact figure with the decimals that it needs and no more: `404.3`, `2246`."""
    return figure(value, own_places(value))


def variance(value: Decimal | None, sign: int, form: str) -> str:
    """A difference with its sign, kept when it rounds to zero: `+17.4%`, `-0.0%`, `0.0%`."""
    if value is None:
        return ""
    marks = {1: "+", 0: "", -1: "-"}
    return marks[sign] + result(abs(value), form)


def change(value: Decimal | None, places: int = 0) -> str:
    """The change of a stock: `+53`, `-267`, `0`."""
    if value is None:
        return ""
    difference = fixed(value, places)
    return f"{difference:+f}" if difference else f"{difference:f}"


def signed(value: Decimal, places: int = 0) -> str:
    """A difference in prose and in tables that compare: `+5`, `-3`, `no change`."""
    difference = fixed(value, places)
    return f"{difference:+f}" if difference else "no change"


def aloud(difference: str, form: str = "") -> str:
    """A difference as a screen reader says it: of `+17.4%`, `up 17.4 percentage points`.

    `form` is the format of what differs, if it is a result.
    """
    if not difference.startswith(("+", "-")):
        return "no change"
    number = difference[1:].removesuffix("%")
    return f"{'up' if difference.startswith('+') else 'down'} {distance(number, form)}"


MEASURED_IN = {
    **dict.fromkeys(PERCENTAGES, "%"), "count": "number", "days": "days", "ratio": "average",
}  # fmt: skip
"""Format of an indicator → the unit of its results, as a spreadsheet says it."""


def distance(number: str, form: str) -> str:
    """A distance from the target: percentage points, or so many."""
    if form not in PERCENTAGES:
        return number
    return f"{number} percentage point{'' if number == '1' else 's'}"


def with_unit(text: str, form: str) -> str:
    """A figure in a sentence, where days are named: `363.7 days`."""
    return f"{text} days" if form == "days" else text


def is_part(form: str) -> bool:
    """Whether the numerator is part of the denominator, so that no result is above 100."""
    return form == "percent"


def is_average(form: str) -> bool:
    """Whether the numerator is a sum over the cases that are the denominator: days, say."""
    return form not in (*PERCENTAGES, *CASES)


def fixed(value: Decimal, places: int) -> Decimal:
    """`value` with exactly `places` decimals, halves away from zero as spreadsheets round.

    Every figure that is shown or written to a file gets its decimals here. What decides a rating is
    rounded in SQL before (`sql/macros/rounding.sql`), so that nothing is left to round.
    """
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def usual_places(form: str) -> int:
    """The decimals of a displayed result: none for a count, else one (`display_places` in SQL)."""
    return 0 if form == "count" else 1


def own_places(value: Decimal) -> int:
    """The fewest decimals that hold all of `value`: 0 for 12.0000, 1 for 404.3000."""
    return max(0, -int(value.normalize().as_tuple().exponent))


def unit_sign(form: str) -> str:
    """What follows the digits of a result: the percent sign, or nothing."""
    return "%" if form in PERCENTAGES else ""


def listed(items: list[str], last: str = "and") -> str:
    """Words in a sentence: `a`, `a and b`, `a, b and c`; or with another word before the last."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"
