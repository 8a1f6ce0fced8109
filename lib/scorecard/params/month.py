"""`params/YYYY-MM.yml`: what changes with the month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field

from scorecard.errors import ParamsError
from scorecard.months import Month, is_month
from scorecard.params.files import Part, Read, Slug, Text, located

if TYPE_CHECKING:
    from collections.abc import Collection

    from scorecard.workbook import Workbook

FURTHEST = 12
"""How many months back the previous report may be: a month's pages show no older result."""


def _written(text: str) -> str:
    if not is_month(text):
        raise ValueError("write year and month as 2016-05")
    return text


ADDRESS = re.compile(r"(https?://[\w.-]+(:\d+)?(/|$)|(\.\./)+\w)[^\s\"'<>\\]*")


def _leads(text: str) -> str:
    if not ADDRESS.fullmatch(text):
        raise ValueError(
            "write a web address, as https://council.example/papers/july, or a path from the "
            "folder of this pack, as ../2016-07/index.html"
        )
    return text


class Meeting(Part):
    """`params/YYYY-MM.yml`: what changes with the month. Everything in it may be left out."""

    committee: Text | None = None
    meeting_date: date | None = None
    previous: Annotated[str, AfterValidator(_written)] | None = None
    """The month of the previous report, to compare with; by default the month before."""
    previous_address: Annotated[Text, AfterValidator(_leads)] | None = None
    """Where the previous report is published: a web address, or a path from the folder of this
    pack. Every page links to it; without it there is no link."""
    meetings: dict[Text, date] = Field(default_factory=dict)
    """Committee → the day of its meeting, for cover reports of other committees."""
    letters: dict[Slug, Text] = Field(default_factory=dict)
    """Name of an appendix → its letter in the committee's papers."""

    def previous_month(self, month: Month) -> Month:
        """The month of the previous report: the one that the file names, or the month before."""
        return Month.parse(self.previous) if self.previous else month - 1

    def previous_pack(self, month: Month) -> PreviousPack | None:
        """The previous report and where it is published; None if the file doesn't say."""
        if self.previous_address is None:
            return None
        return PreviousPack(self.previous_month(month), self.previous_address)


@dataclass(frozen=True)
class PreviousPack:
    """The previous report: its month, and the address that pages link to."""

    month: Month
    address: str


def read_meeting(workbook: Workbook, month: Month) -> Meeting:
    """Where and when `month` is reported; empty when `params/YYYY-MM.yml` does not exist."""
    return read_meeting_file(workbook, month).value


def read_meeting_file(workbook: Workbook, month: Month) -> Read[Meeting]:
    """As `read_meeting`, with the lines of the file."""
    path = workbook.params(str(month))
    if not path.exists():
        return Read(workbook.show(path), Meeting())
    return located(workbook, path, Meeting)


def previous_report(meeting: Read[Meeting], month: Month, months: Collection[str]) -> Month:
    """The month of the report before that of `month`; `months` are those with results.

    It is the month before, with or without results, unless the file names another. Raises
    `ParamsError` when the file names a month that `month` can't be compared with.
    """
    previous = meeting.value.previous_month(month)
    if meeting.value.previous is None:
        return previous
    where = f"{meeting.where('previous')}: `previous` is {previous}, "
    if previous >= month:
        raise ParamsError(f"{where}which is not before {month}. Name the month of the last report")
    if str(previous) not in months:
        raise ParamsError(
            f"{where}a month without results. Load them, or name the month of the last report"
        )
    if previous < month - FURTHEST:
        raise ParamsError(
            f"{where}more than {FURTHEST} months before {month}, and the pages show nothing older. "
            "Name a later month, or leave it out"
        )
    return previous
