"""`params/reports.yml`: which notebook, with which parameters, becomes which appendix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, StringConstraints

from scorecard.params.files import Part, Text, located

if TYPE_CHECKING:
    from scorecard.params.files import Read
    from scorecard.workbook import Workbook

SlugPattern = Annotated[
    str, StringConstraints(pattern=r"^(\{unit\}|[a-z0-9]+)(-(\{unit\}|[a-z0-9]+))*$")
]
NotebookName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]


class Appendix(Part):
    """One entry of `reports.yml`: a notebook with parameters, and the page it becomes.

    With `for_each: area` the entry makes one appendix for each unit of that kind, and
    `{unit}` and `{unit_name}` in `name` and `title` are filled in.
    """

    name: SlugPattern
    notebook: NotebookName
    title: Text
    summary: Text
    for_each: Text | None = None
    parameters: dict[str, Any] = Field(default_factory=dict)
    timeout_seconds: Annotated[int, Field(gt=0, le=86_400)] | None = None


class Reports(Part):
    """`params/reports.yml`, the month's plan."""

    timeout_seconds: Annotated[int, Field(gt=0, le=86_400)] = 120
    appendices: Annotated[list[Appendix], Field(min_length=1)]


def read_reports(workbook: Workbook) -> Read[Reports]:
    """The month's plan from `params/reports.yml`."""
    return located(workbook, workbook.params("reports"), Reports)
