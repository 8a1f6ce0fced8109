"""What a check found: one plain sentence with its figures, how grave it is, and what to do."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

Grade = Literal["stops", "look", "information"]
"""Stops publication; needs a look; information."""
GRADES: tuple[Grade, ...] = get_args(Grade)
Group = Literal["completeness", "reconciliation", "plausibility", "catalogue"]
GROUPS: tuple[Group, ...] = get_args(Group)
Lasting = Literal["every month", "new"]
LISTED = 50
"""The most findings of one check that are listed; the others are only counted."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Finding(_Part):
    """One thing that a check found."""

    check: str
    """The name of the check's file, without its suffix."""
    grade: Grade
    """Whether it stops publication, needs a look, or is information."""
    unit: str | None
    """The unit's slug; none when it is not about one unit."""
    code: str | None
    """The indicator's code; none when it is not about one indicator."""
    month: str
    """The reporting month, as 2016-08."""
    reading: str | None
    """Which figure is meant where there are several: `this month`, `denominator, this month`."""
    says: str
    """What was found, in a sentence with the figures."""
    remedy: str
    """What to do about it."""
    lasting: Lasting | None
    """Whether it recurs every month (structural) or is new; none when that can't be known."""
    estimated: bool
    """Whether it rests on figures whose provenance has a footnote."""


class Examined(_Part):
    """One check that was made: what it is called and how much it found."""

    check: str
    """The name of the check's file, without its suffix."""
    title: str
    """What it looks for."""
    group: Group
    """Completeness, reconciliation, plausibility or catalogue."""
    found: dict[Grade, int]
    """Grade → how many findings; also those that are not listed."""

    @property
    def total(self) -> int:
        """The number of its findings."""
        return sum(self.found.values())


class Findings(_Part):
    """What the checks of one month found, the gravest first."""

    month: str
    """The reporting month, as 2016-08."""
    checks: list[Examined]
    """Every check that was made, also those that found nothing."""
    findings: list[Finding]
    """The findings, by grade, then by the rank of the check and the weight of the finding."""

    def of(self, grade: Grade) -> list[Finding]:
        """The listed findings of one grade."""
        return [each for each in self.findings if each.grade == grade]

    def count(self, grade: Grade) -> int:
        """How many findings have a grade, listed or not."""
        return sum(each.found.get(grade, 0) for each in self.checks)

    def title(self, check: str) -> str:
        """The title of a check."""
        return next(each.title for each in self.checks if each.check == check)

    @property
    def stops(self) -> bool:
        """Whether the month must not be published."""
        return self.count("stops") > 0
