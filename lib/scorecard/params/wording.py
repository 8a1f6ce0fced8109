"""`params/wording.yml`: a council's own names and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field

from scorecard.display import SUM
from scorecard.params.files import Part, Text, read

if TYPE_CHECKING:
    from scorecard.workbook import Workbook

TIME_ZONE = "Europe/London"
"""The time zone of a council that sets none."""


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"`{name}` is not a time zone; write it like `{TIME_ZONE}`") from error
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
    publisher: Text | None = None
    """Who publishes the figures, as every file to download says; by default the council."""
    licence: Text | None = None
    """The licence of the figures, as every file to download says."""
    glossary: list[Term] = Field(default_factory=list)
    caution: Text | None = None
    """A sentence above the first figure of every page, and in every file."""
    revised_marker: Text = "r"
    """The marker, in brackets, of a figure that differs from the one first published."""
    added_up_marker: Text = SUM.sign
    """The marker, in brackets, of a figure that was added up from those of the units below."""
    time_zone: Annotated[Text, AfterValidator(_known_zone)] = TIME_ZONE
    """The time zone in which times are shown, and in which days begin and end."""
    year_begins: Annotated[int, Field(ge=1, le=12)] = 4
    """The month in which the financial year begins, and each year to date: 4 is April."""


def read_wording(workbook: Workbook) -> Wording:
    """The council's own words from `params/wording.yml`."""
    return read(workbook, workbook.params("wording"), Wording)


def time_zone(workbook: Workbook) -> ZoneInfo:
    """The council's time zone: every time is shown in it, and every day begins and ends in it."""
    return ZoneInfo(_usual(workbook, "time_zone"))


def year_begins(workbook: Workbook) -> int:
    """The month in which the council's financial year begins, 1 to 12."""
    return int(_usual(workbook, "year_begins"))


def _usual(workbook: Workbook, key: str) -> Any:
    """A setting of the council; its default when there is no `params/wording.yml`."""
    if workbook.params("wording").exists():
        return getattr(read_wording(workbook), key)
    return Wording.model_fields[key].default
