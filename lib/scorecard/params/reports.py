"""`params/reports.yml`: which notebook, with which parameters, becomes which appendix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from scorecard.params.files import Part, Text, located

if TYPE_CHECKING:
    from scorecard.months import Month
    from scorecard.params.files import Read
    from scorecard.workbook import Workbook

SlugPattern = Annotated[
    str, StringConstraints(pattern=r"^(\{unit\}|[a-z0-9]+)(-(\{unit\}|[a-z0-9]+))*$")
]
NotebookName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]


class Appendix(Part):
    """One entry of `reports.yml`: a notebook with parameters, and the page it becomes.

    With `for_each: area` the entry makes one appendix for each unit of that kind, and
    `{unit}` and `{unit_name}` in `name` and `title` are filled in. It is in the packs of the months
    that `every` or `months` says, or of all.
    """

    name: SlugPattern
    notebook: NotebookName
    title: Text
    summary: Text
    for_each: Text | None = None
    parameters: dict[str, Any] = Field(default_factory=dict)
    timeout_seconds: Annotated[int, Field(gt=0, le=86_400)] | None = None
    word: bool = False
    """Whether it is made as a Word document too, and both have numbered paragraphs."""
    every: Literal["month", "quarter", "year"] = "month"
    """How often it appears: in the last month of each quarter, or of each financial year."""
    months: list[Annotated[int, Field(ge=1, le=12)]] = Field(default_factory=list)
    """The months of the year in which it appears, instead of `every`: [5, 10]."""

    @model_validator(mode="after")
    def _said_once(self) -> Appendix:
        if self.months and self.every != "month":
            raise ValueError("say `every` or `months`, not both")
        return self

    def is_due(self, month: Month, year_begins: int) -> bool:
        """Whether it appears in a month; the financial year begins in month `year_begins`."""
        of_year = (month.number - year_begins) % 12 + 1
        if self.months:
            return month.number in self.months
        return of_year % MONTHS_OF[self.every] == 0


MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}
"""`every` → how many months that is."""


class Reports(Part):
    """`params/reports.yml`, the month's plan."""

    timeout_seconds: Annotated[int, Field(gt=0, le=86_400)] = 120
    appendices: Annotated[list[Appendix], Field(min_length=1)]


def selected(workbook: Workbook) -> list[str] | None:
    """The indicators that packs show, where each appendix has `codes`; None where one has not.

    Without `codes` an appendix may show any of them.
    """
    if not workbook.params("reports").exists():
        return None
    chosen = [each.parameters.get("codes") for each in read_reports(workbook).value.appendices]
    return None if None in chosen else [str(code) for codes in chosen for code in codes or ()]


def read_reports(workbook: Workbook) -> Read[Reports]:
    """The month's plan from `params/reports.yml`."""
    return located(workbook, workbook.params("reports"), Reports)
