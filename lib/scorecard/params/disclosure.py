"""`params/disclosure.yml`: which counts are too small to be shown, and what is shown instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, StringConstraints

from scorecard.errors import UnknownNameError
from scorecard.params.files import Part, Text, read

if TYPE_CHECKING:
    from collections.abc import Collection

    from scorecard.workbook import Workbook

NAME = "disclosure"


class Profile(Part):
    """The file as a whole; without it, or with a threshold of 0, every figure is shown."""

    threshold: Annotated[int, Field(ge=0, le=1000)] = 0
    """Counts from 1 to this are withheld."""
    marker: Annotated[str, StringConstraints(pattern=r"^[a-z]{1,3}$")] = "c"
    """The letters that a cell shows in brackets instead of a figure."""
    words: Text = "not shown"
    """The same in a sentence, and for a screen reader."""
    meaning: Text = "a small number, or one that would give a small number away"
    """What the marker means, in the key."""
    footnote: Text
    """The footnote at the end of a page; `{sign}` and `{threshold}` are filled in."""
    finished_shown: list[Text] = Field(default_factory=list)
    """The indicators whose finished results are shown, because their source has withheld small
    numbers. All other finished results are withheld: their counts are not known."""

    @property
    def sign(self) -> str:
        """The marker as a cell shows it: `[c]`."""
        return f"[{self.marker}]"

    @property
    def shown_footnote(self) -> str:
        """The footnote as a page shows it."""
        filled = self.footnote.replace("{threshold}", str(self.threshold))
        return filled.replace("{sign}", self.sign)


def check(known: Profile, codes: Collection[str]) -> None:
    """Raise `UnknownNameError` for an indicator of the profile that is not in `codes`."""
    for code in known.finished_shown:
        if code not in codes:
            raise UnknownNameError("indicator", code, codes, f"params/{NAME}.yml, finished_shown")


def profile(workbook: Workbook) -> Profile | None:
    """The profile of `workbook`; None when small numbers are shown."""
    path = workbook.params(NAME)
    if not path.exists():
        return None
    found = read(workbook, path, Profile)
    return found if found.threshold else None
