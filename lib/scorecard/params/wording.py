"""`params/wording.yml`: a council's own names and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field

from scorecard.params.files import Part, Text, read

if TYPE_CHECKING:
    from scorecard.workbook import Workbook

TIME_ZONE = "Europe/London"
"""Where a council says nothing else."""


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"no time zone has that name, as {TIME_ZONE} has") from error
    return name


class Term(Part):
    """One line of the glossary: a term, its meaning, and its abbreviations if it has any."""

    term: Text
    meaning: Text
    abbreviations: list[Text] = Field(default_factory=list)


class Wording(Part):
    """`params/wording.yml`: a council's own names and words."""

    council: Text
    service: Text
    glossary: list[Term] = Field(default_factory=list)
    caution: Text | None = None
    """A sentence above the first figure of every page, and in every file."""
    revised_marker: Text = "r"
    """Set in brackets beside a figure that is another one than was first published."""
    time_zone: Annotated[Text, AfterValidator(_known_zone)] = TIME_ZONE
    """In which times are shown, and days that are asked for begin and end."""


def read_wording(workbook: Workbook) -> Wording:
    """The council's own words from `params/wording.yml`."""
    return read(workbook, workbook.params("wording"), Wording)


def time_zone(workbook: Workbook) -> ZoneInfo:
    """The council's time zone: every time is shown in it, and every day begins and ends in it."""
    named = workbook.params("wording").exists()
    return ZoneInfo(read_wording(workbook).time_zone if named else TIME_ZONE)
