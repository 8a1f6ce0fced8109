"""Packs to look through: months of the county, the second council, and a council whose figures all
lie within rounding of a threshold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from scorecard.data_table import DataTable
from scorecard.months import Month
from scorecard.outputs import TABLES
from scorecard.workbook import Workbook
from support import council, quick
from support.ledgers import record_load
from support.places import REPOSITORY
from support.workbooks import make_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from nbformat import NotebookNode

    from scorecard.pages.page import Page

THIS = Month(2016, 8)
PACKS = (
    "county 2016-04", "county 2016-05", "county 2016-06", "county 2016-08", "second 2024-06",
    "near 2016-08",
)  # fmt: skip
REPORTS = """\
timeout_seconds: 60
appendices:
  - {name: county, notebook: county, title: County, summary: All., parameters: {unit: shire}}
  - {name: "area-{unit}", notebook: area, title: "{unit_name}", summary: One., for_each: area}
  - name: care
    notebook: children_in_care
    title: Children
    summary: Panel.
    parameters: {unit: shire, codes: [h, l, t, roll, ytd, days, count]}
  - name: uasc
    notebook: uasc_impact
    title: UASC
    summary: Effect.
    parameters: {unit: shire, children_in_care: [h, l], other_indicators: [roll, days, count]}
"""
NEAR = {
    "shire": ("1999,2500", "649,5000", "501,2500", "10651,25", "9.6,"),
    "north": ("2249,2500", "251,2500", "626,2500", "12499,25", "9.6,"),
    "south": ("79999,100000", "1299997,10000000", "501,2500", "10651,25", "0.4,"),
}
"""Results of h, l, t, days and count that are displayed as if they had another rating: 79.96%,
12.98%, 20.04%, 426.04 days, a count of 9.6 … One takes three decimals, one five."""


@dataclass(frozen=True)
class Pack:
    """The appendices of a month as they are published, without drawings."""

    workbook: Workbook
    month: Month

    @cached_property
    def appendices(self) -> list[tuple[NotebookNode, Page]]:
        """The executed notebook and the page of each."""
        return quick.appendices(self.workbook, self.month)

    @property
    def tables(self) -> list[tuple[Page, DataTable]]:
        """The tables of all pages as their notebooks hold them, those of an analyst's cells too."""
        return [
            (page, DataTable.of(table))
            for notebook, page in self.appendices
            for cell in notebook.cells
            for output in cell.get("outputs", ())
            for table in output.data.get(TABLES, ())
        ]


def pack(name: str, folder: Path) -> Pack:
    """One of `PACKS`; what is made for it goes into `folder`."""
    kind, month = name.split()
    if kind == "county":
        return Pack(Workbook.at(REPOSITORY), Month.parse(month))
    if kind == "second":
        return Pack(council.files(folder), Month.parse(month))
    return Pack(near(folder), Month.parse(month))


def near(folder: Path) -> Workbook:
    """A council whose results all seem to have another rating; some were revised to it."""
    made = make_workbook(folder, {})
    (folder / "params/reports.yml").write_text(REPORTS, encoding="utf-8")
    (folder / "params/wording.yml").write_text("council: C\nservice: S\n", encoding="utf-8")
    months = [str(month) for month in (THIS - 13).until(THIS)]
    states = {month: "\n".join(_lines(month)) for month in months}
    before = {**states, str(THIS): states[str(THIS)].replace("shire,l,all,649", "shire,l,all,650")}
    record_load(made, before)
    record_load(made, states, published={str(THIS): 1})
    return made


def _lines(month: str) -> list[str]:
    """The results of a month; before the last one they have other ratings."""
    lines = []
    for unit, (high, low, near_by, days, count) in NEAR.items():
        last = month == str(THIS)
        lines += [
            f"{unit},h,all,{high if last else '95,100'}",
            f"{unit},h,excluding_uasc,{'1599,2000' if unit == 'shire' and last else '40,50'}",
            f"{unit},l,all,{low if last else '14,100'}",
            f"{unit},l,excluding_uasc,{'600,4600' if unit == 'shire' and last else '2,50'}",
            f"{unit},t,all,{near_by}",
            f"{unit},roll,all,1999,2500",
            f"{unit},roll,excluding_uasc,1599,2000",
            f"{unit},ytd,all,2249,2500",
            f"{unit},days,all,{days}",
            f"{unit},days,excluding_uasc,9999,20",
            f"{unit},count,all,{count if last else '11.3,'}",
            f"{unit},count,excluding_uasc,0.3,",
            f"{unit},stock,all,{'52.3' if last else '54.0'},",
            f"{unit},flow,all,7,",
        ]
    return lines
