"""`params/YYYY-MM.yml`: what changes with the month."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pydantic import Field

from scorecard.params.files import Part, Read, Slug, Text, located

if TYPE_CHECKING:
    from scorecard.months import Month
    from scorecard.workbook import Workbook


class Meeting(Part):
    """`params/YYYY-MM.yml`: what changes with the month. Everything in it may be left out."""

    committee: Text | None = None
    meeting_date: date | None = None
    letters: dict[Slug, Text] = Field(default_factory=dict)
    """Appendix name → the letter it goes to the committee under."""


def read_meeting(workbook: Workbook, month: Month) -> Meeting:
    """Where and when `month` is reported; empty when `params/YYYY-MM.yml` does not exist."""
    return read_meeting_file(workbook, month).value


def read_meeting_file(workbook: Workbook, month: Month) -> Read[Meeting]:
    """As `meeting`, with the lines of the file."""
    path = workbook.params(str(month))
    if not path.exists():
        return Read(workbook.show(path), Meeting())
    return located(workbook, path, Meeting)
