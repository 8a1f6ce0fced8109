"""`params/checks.yml`: what the checks need to know, such as which flows change which stock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from scorecard.errors import UnknownNameError
from scorecard.params.files import Part, Text, located

if TYPE_CHECKING:
    from collections.abc import Collection

    from scorecard.workbook import Workbook

NAME = "checks"


class Flow(Part):
    """A stock with the flows that change it: last month plus starts less ends is this month."""

    stock: Text
    starts: Text
    ends: Text


class Settings(Part):
    """The file as a whole; everything in it may be left out, and so may the file."""

    flows: list[Flow] = Field(default_factory=list)


def settings(workbook: Workbook, codes: Collection[str]) -> Settings:
    """The settings of `workbook`; `UnknownNameError` for an indicator that is not in `codes`."""
    path = workbook.params(NAME)
    if not path.exists():
        return Settings()
    found = located(workbook, path, Settings)
    for place, flow in enumerate(found.value.flows):
        for key, code in flow:
            if code not in codes:
                where = found.where("flows", place, key)
                raise UnknownNameError("indicator", code, codes, where)
    return found.value
