"""A figure is marked, noted and withheld in whatever column of a record it is."""

from __future__ import annotations

import re

import pytest

from scorecard.disclosure.decision import Decision
from scorecard.months import Month
from scorecard.params.disclosure import Profile
from scorecard.report import columns, page_furniture
from scorecard.report.source import Source
from scorecard.report.tables import Table
from scorecard.report.withholding import Withholding
from support.figures import figure
from support.workbooks import make_workbook

THIS = Month(2016, 8)
PROVENANCE = """\
provenance,footnote,marker,count_marker
published,,,
apportioned,Estimates.,e,e
worked-out,Worked out.,,w
"""
SIBLING = figure(
    "13.0", precise=12.98, places=2, near_threshold=True, num=12, denom=94, revised=True,
    provenance=("apportioned", "worked-out"), unit="north",
)  # fmt: skip


@pytest.fixture
def source(tmp_path):
    """A month whose records have a figure more, in a column that no code knows."""
    lines = f"shire,h,all,9,10 north,h,all,{SIBLING.num},{SIBLING.denom}"
    workbook = make_workbook(tmp_path, {str(THIS): lines}, provenance=PROVENANCE)
    (workbook.root / "params/wording.yml").write_text("council: C\nservice: S\n")
    made = Source(str(THIS), "shire", workbook)
    made._scorecards = {
        unit: [{**row, "sibling": SIBLING} for row in made.records.scorecards([unit], THIS)]
        for unit in ("shire", "north")
    }
    yield made
    made.store.close()


def table(source: Source) -> Table:
    rows = source.rows(["h"])
    return Table("t", "T", [columns.result(place="sibling"), columns.numerator(place="sibling")],
                 [("", rows)])  # fmt: skip


def test_a_new_figure_is_marked_noted_and_explained(source):
    html = table(source).html

    assert re.findall(r'class="marker">\[([^]]*)]', html) == ["e, r", "e, w, r"]
    assert "13.0% is 12.98% to 2 decimals" in html
    assert [note.text for note in page_furniture.footnotes(source).notes] == [
        "Estimates.", "Worked out.",
    ]  # fmt: skip
    assert source.revised == {("north", "h", "all", "")}
    assert table(source).data.rows == [
        [SIBLING.precise, "available", "amber", "apportioned + worked-out + revised", 12]
    ]


def test_a_new_figure_is_withheld(source):
    gone = {("north", "h", "all", str(THIS), ""): frozenset({"num"})}
    source.withholding = Withholding(
        THIS, THIS - 24, Profile(threshold=12, footnote="Small."), Decision(gone)
    )
    made = table(source)

    assert made.html.count("[c]") == 2
    assert "13.0" not in made.html
    assert "12.98" not in made.html
    assert made.data.rows == [
        ["[c]", "not-shown", "[c]", "apportioned + worked-out + revised", "[c]"]
    ]
    assert page_furniture.footnotes(source).notes[0].text == "Small."
