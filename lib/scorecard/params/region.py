"""The file of a region: its name, and the statistical neighbours of each council."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from scorecard.errors import ParamsError, UnknownNameError, lines_of
from scorecard.params.files import Part, Text, parsed, text_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


class Region(Part):
    """A region of councils; a council's name is that of its workbook's folder."""

    name: Text
    """What the comparator of all councils is called, such as South East."""
    at_least: Annotated[int, Field(ge=3)] = 3
    """How many councils must publish a result before their median is given."""
    neighbours: dict[Text, list[Text]] = Field(default_factory=dict)
    """Council → its statistical neighbours."""


def read_region(path: Path, councils: Collection[str]) -> Region:
    """The region in the file `path`; `ParamsError` for a name that is not in `councils`."""
    read = parsed(path.name, text_of(path, path.name), Region)
    problems = []
    for council, neighbours in read.value.neighbours.items():
        for name in (council, *neighbours):
            if name not in councils:
                where = read.where("neighbours", council)
                problems.append(f"{where}: {UnknownNameError('council', name, sorted(councils))}")
        if council in neighbours:
            problems.append(
                f"{read.where('neighbours', council)}: `{council}` is its own neighbour"
            )
    if problems:
        raise ParamsError(lines_of(problems))
    return read.value
