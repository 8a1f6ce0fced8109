"""A reporting month as a value: `Month.parse("2016-08")`, counted, compared and put in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from scorecard.errors import MonthError

NAMES = (
    "January February March April May June July August September October November December"
).split()


LAST_MONTH = "last month"
"""How a sentence names the month before."""

WRITTEN = r"([12][0-9]{3})-(0[1-9]|1[0-2])"


def day_words(day: date) -> str:
    """A day as a sentence names it: `8 September 2016`."""
    return f"{day.day} {Month.of(day).words}"


def is_month(text: str) -> bool:
    """Whether a text is a month written as files are named after it: `2016-08`."""
    return re.fullmatch(WRITTEN, text) is not None


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month. `str()` gives the form used in files and SQL: `2016-08`."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """The month written as `YYYY-MM`; anything else raises `MonthError`."""
        found = re.fullmatch(WRITTEN, text)
        if not found:
            raise MonthError(
                f"`{text}` is not a month: write year and month as `2016-08`, "
                "with the month from 01 to 12"
            )
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that `day` falls in."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        """The form used in files and SQL, `2016-08`."""
        return f"{self.year:04d}-{self.number:02d}"

    def __add__(self, months: int) -> Month:
        """The month so many months later (or earlier, when negative)."""
        total = self.year * 12 + self.number - 1 + months
        return Month(total // 12, total % 12 + 1)

    def __sub__(self, months: int) -> Month:
        """The month so many months earlier."""
        return self + -months

    @property
    def words(self) -> str:
        """In words: `August 2016`."""
        return f"{NAMES[self.number - 1]} {self.year}"

    @property
    def short(self) -> str:
        """For narrow places: `Aug 2016`."""
        return f"{NAMES[self.number - 1][:3]} {self.year}"

    def seen_from(self, later: Month) -> str:
        """As a sentence about a later month names it: `last month`, `May`, `November 2015`."""
        if self == later - 1:
            return LAST_MONTH
        return self.words if self.year != later.year else NAMES[self.number - 1]

    @property
    def first_day(self) -> date:
        """The first day of the month, which is how the store keeps it."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month, of which a snapshot is taken."""
        return (self + 1).first_day - timedelta(days=1)

    def year_opens(self, begins: int) -> Month:
        """The first month of the month's financial year; `begins` is that month's number."""
        return self - (self.number - begins) % 12

    def financial_year(self, begins: int) -> str:
        """The financial year of the month, if that begins in month `begins`: `2015/16`, or 2015."""
        opens = self.year_opens(begins).year
        return f"{opens}/{(opens + 1) % 100:02d}" if begins > 1 else f"{opens}"

    def until(self, last: Month) -> list[Month]:
        """Every month from this one to `last`, both included; none when `last` is earlier."""
        count = (last.year - self.year) * 12 + last.number - self.number + 1
        return [self + i for i in range(count)]
