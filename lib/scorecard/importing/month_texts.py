"""How an extract writes its month: in the language of the council, and behind other words."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from babel import Locale

ENGLISH = "en"
BEFORE = r"(?:.*?[\s:(])??"
"""What may be in front of a month: `Period ending `, `12 months to `."""

NUMBERS = re.compile(
    BEFORE + r"(?:(?P<day>[0-9]{1,2})/)?(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})\)?", re.DOTALL
)
PLAIN = re.compile(BEFORE + r"([0-9]{4}-[0-9]{2}(?:-[0-9]{2})?)\)?", re.DOTALL)
SERIAL = re.compile(r"[34][0-9]{4}")
"""The number of a day in a spreadsheet, from 1982 to 2036."""

DAY_0 = date(1899, 12, 30)


class MonthTexts(NamedTuple):
    """The names of months → their numbers, and what finds one in a text."""

    numbers: dict[str, int]
    named: re.Pattern[str]

    @classmethod
    def of(cls, language: str) -> MonthTexts:
        """Those of a language, such as `cy`, and the English ones."""
        numbers: dict[str, int] = {}
        for each in (language, ENGLISH):
            forms = Locale.parse(each).months
            for names in (forms[use][width] for use in forms for width in ("wide", "abbreviated")):
                for number, name in names.items():
                    numbers.setdefault(name.casefold().rstrip("."), number)
        longest_first = sorted(map(re.escape, numbers), key=len, reverse=True)
        pattern = (
            rf"{BEFORE}(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)? )?"
            rf"(?P<month>{'|'.join(longest_first)})\.?[ -](?P<year>[0-9]{{4}})\)?"
            rf"|{BEFORE}(?P<short>{'|'.join(longest_first)})\.?-(?P<of_century>[0-9]{{2}})\)?"
        )
        return cls(numbers, re.compile(pattern, re.IGNORECASE | re.DOTALL))

    def plain(self, text: str | None) -> str | None:
        """A month as 2016-08, a day as 2016-08-31; what holds none as it is.

        Whether a day can mean its month is decided by `as_month` in `sql/schema.sql`.
        """
        if not text:
            return text
        if found := self.named.fullmatch(text):
            name = (found["month"] or found["short"]).casefold()
            year = found["year"] or f"20{found['of_century']}"
            return _written(year, self.numbers[name], found["day"])
        if found := NUMBERS.fullmatch(text):
            return _written(found["year"], int(found["month"]), found["day"])
        if SERIAL.fullmatch(text):
            return (DAY_0 + timedelta(days=int(text))).isoformat()
        found = PLAIN.fullmatch(text)
        return found[1] if found else text


def _written(year: str, month: int, day: str | None) -> str:
    return f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")
