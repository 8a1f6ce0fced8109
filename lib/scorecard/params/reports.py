"""`params/reports.yml`: which notebook, with which parameters, becomes which appendix."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from scorecard.params.files import Part, Text, located

if TYPE_CHECKING:
    from scorecard.months import Month
    from scorecard.params.files import Read
    from scorecard.workbook import Workbook

SlugPattern = Annotated[
    str, StringConstraints(pattern=r"^(\{unit\}|[a-z0-9]+)(-(\{unit\}|[a-z0-9]+))*$")
]
FileName = Annotated[
    str,
    StringConstraints(
        pattern=r"^(\{month\}|[A-Za-z0-9])(\{month\}|[A-Za-z0-9_.-])*"
        r"\.(pdf|docx?|xlsx?|pptx?|odt|ods|odp|csv|txt)$"
    ),
]
NotebookName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]


class InSomeMonths(Part):
    """Something that is in the packs of the months that `every` or `months` gives, or of all."""

    every: Literal["month", "quarter", "year"] = "month"
    """How often it appears: each month, or in the last month of each quarter or financial year."""
    months: list[Annotated[int, Field(ge=1, le=12)]] = Field(default_factory=list)
    """The months of the year in which it appears, instead of `every`: [5, 10]."""

    @model_validator(mode="after")
    def _only_one(self) -> Self:
        if self.months and self.every != "month":
            raise ValueError("say `every` or `months`, not both")
        return self

    def is_due(self, month: Month, year_begins: int) -> bool:
        """Whether it appears in a month; the financial year begins in month `year_begins`."""
        if self.months:
            return month.number in self.months
        return closes(self.every, month, year_begins)


class Attachment(InSomeMonths):
    """A document that is added to packs unchanged, a file in `params/attachments/`."""

    file: FileName
    """Its file's name, in which {month} is filled in: business-plan-{month}.pdf."""
    title: Text
    owner: Text | None = None
    """Its owner: a role or a team, not a person's name."""
    date: datetime.date | None = None
    """Its date, such as 2016-04-30."""


class MadeAs(Part):
    """The files of an appendix besides its page and its spreadsheet: a key for each."""

    word: bool = False
    """Whether there is a Word document too; it and the page then have numbered paragraphs."""


class Appendix(MadeAs, InSomeMonths):
    """One entry of `reports.yml`: a notebook with parameters, and the page it becomes.

    With `for_each: area` the entry makes one appendix for each unit of that kind, and
    `{unit}` and `{unit_name}` in `name` and `title` are filled in. It is in the packs of the months
    that `every` or `months` gives, or of all.
    """

    name: SlugPattern
    notebook: NotebookName
    title: Text
    summary: Text
    for_each: Text | None = None
    parameters: dict[str, Any] = Field(default_factory=dict)
    timeout_seconds: Annotated[int, Field(gt=0, le=86_400)] | None = None

    @property
    def made_as(self) -> tuple[str, ...]:
        """The keys of `MadeAs` that are set."""
        return tuple(key for key in MadeAs.model_fields if getattr(self, key))


MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}
"""`every` → how many months that is."""


def closes(every: str, month: Month, year_begins: int) -> bool:
    """Whether a month is the last of a period of its financial year: `every`, as in `MONTHS_OF`."""
    return len(month.year_opens(year_begins).until(month)) % MONTHS_OF[every] == 0


class Reports(Part):
    """`params/reports.yml`: the appendices, and the documents that go with them."""

    timeout_seconds: Annotated[int, Field(gt=0, le=86_400)] = 120
    appendices: Annotated[list[Appendix], Field(min_length=1)]
    attachments: list[Attachment] = Field(default_factory=list)
    """Documents that go with the packs."""


def selected(workbook: Workbook) -> list[str] | None:
    """The indicators that packs show; None without the file, or when an appendix has no `codes`.

    An appendix without `codes` may show any indicator.
    """
    if not workbook.params("reports").exists():
        return None
    chosen = [each.parameters.get("codes") for each in read_reports(workbook).value.appendices]
    return None if None in chosen else [str(code) for codes in chosen for code in codes or ()]


def read_reports(workbook: Workbook) -> Read[Reports]:
    """The appendices and documents that `params/reports.yml` names."""
    return located(workbook, workbook.params("reports"), Reports)
