"""`params/cover.yml`: the fixed words of a cover report; figures are not part of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field

from scorecard.params.files import Part, Text, read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard.workbook import Workbook

NAME = "cover"

PLACEHOLDERS = ("committee", "council", "service", "month", "previous")
"""What texts may have in braces: `{month}` is August 2016, `{previous}` the month compared with."""

BRACED = re.compile(r"\{([^{}]*)\}")


def _known(text: str) -> str:
    for name in BRACED.findall(text):
        if name not in PLACEHOLDERS:
            known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
            raise ValueError(f"`{{{name}}}` is not filled in; what is filled in: {known}")
    return text


Words = Annotated[Text, AfterValidator(_known)]
"""A paragraph, which may have placeholders."""


class Contact(Part):
    """One contact of a report: its title, its role, and how to reach it."""

    title: Text
    """How the report names the contact: `Report author`."""
    role: Text
    reach: Text | None = None
    """A telephone number or an e-mail address of the role."""


class Cover(Part):
    """`params/cover.yml`; each paragraph has a number of its own in the report."""

    classification: Text
    """Who may read it, such as Unrestricted."""
    recommendation: Words
    """What the committee is asked to do."""
    introduction: Annotated[list[Words], Field(min_length=1)]
    rating_basis: list[Words] = Field(default_factory=list)
    """How the council sets its targets; it follows what each rating means."""
    next_steps: list[Words] = Field(default_factory=list)
    background_documents: list[Words] = Field(default_factory=list)
    contacts: list[Contact] = Field(default_factory=list)


def read_cover(workbook: Workbook) -> Cover:
    """The fixed words of a workbook's cover reports; `ParamsError` when there are none."""
    return read(workbook, workbook.params(NAME), Cover)


def check(workbook: Workbook) -> None:
    """Check the fixed words, if the workbook has any; their faults are a `ParamsError`."""
    if workbook.params(NAME).exists():
        read_cover(workbook)


def filled(text: str, words: Mapping[str, str]) -> str:
    """A text with its placeholders filled in."""
    return BRACED.sub(lambda found: words[found[1]], text)
