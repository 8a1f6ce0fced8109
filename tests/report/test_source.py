"""A figure is marked, noted and withheld in whatever column of a record it is."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from scorecard.disclosure.decision import Decision
from scorecard.months import Month
from scorecard.params.disclosure import Profile
from scorecard.report import columns, comparators, page_furniture, uasc
from scorecard.report.source import Source
from scorecard.report.tables import Table
from scorecard.report.withholding import Withholding
from support.figures import figure
from support.workbooks import make_workbook, with_areas

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
    made = Source.open(str(THIS), "shire", workbook)
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

    assert re.findall(r'class="marker"[^>]*>\[([^]]*)]', html) == ["e, r", "e, w, r"]
    assert "13.0% is 12.98% to 2 decimals" in html
    assert [note.text for note in page_furniture.footnotes(source).notes] == [
        "Estimates.", "Worked out.", comparators.NONE_LOADED,
    ]  # fmt: skip
    assert source.footnotes.revised == {("north", "h", "all", "")}
    assert table(source).data.rows == [
        [
            "percent",
            "%",
            SIBLING.precise,
            "available",
            "amber",
            "apportioned + worked-out + revised",
            12,
        ]
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
        ["percent", "%", "[c]", "not-shown", "[c]", "apportioned + worked-out + revised", "[c]"]
    ]
    assert page_furniture.footnotes(source).notes[0].text == "Small."


COUNTS = {
    "plain": "60,100 of 20,60", "none": "60,100 of 60,100",
    "few-counted": "60,100 of 55,60", "few-in-all": "60,100 of 20,95",
    "few-not-counted": "60,100 of 25,60",
}  # fmt: skip
"""A unit for each case: its figures of all children and without UASC."""


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    """One month of all cases."""
    lines = " ".join(
        f"{unit},h,{cohort},{count}"
        for unit, both in COUNTS.items()
        for cohort, count in zip(("all", "excluding_uasc"), both.split(" of "), strict=True)
    )
    folder = tmp_path_factory.mktemp("cases")
    made = make_workbook(folder, {str(THIS): lines}, units=with_areas(*COUNTS))
    made.params("wording").write_text("council: C\nservice: S\n")
    return made


def splits(workbook, unit: str):
    """What it says of the share and the results of UASC, small numbers up to five withheld."""
    made = Source.open(str(THIS), unit, workbook)
    made.withholding = Withholding(
        THIS, THIS - 24, Profile(threshold=5, footnote="Small."), Decision({})
    )
    found = uasc.rates_and_mixes(made, ["h"])
    made.store.close()
    return found


def test_an_effect_of_uasc_is_their_share_times_the_distance_of_the_results(workbook):
    (row,), hidden = splits(workbook, "plain")

    parts = ("share_shown", "left_out_num", "left_out_denom", "left_out_shown", "others_shown")
    assert [row[part] for part in parts] == [40, 40, 40, 100, Decimal("33.3")]
    assert (row["variance"], hidden) == (Decimal("-26.7"), 0)


@pytest.mark.parametrize("unit", [unit for unit in COUNTS if unit.startswith("few")])
def test_an_effect_of_few_uasc_is_not_split(workbook, unit):
    assert splits(workbook, unit) == ([], 1)


def test_where_none_are_left_out_there_is_nothing_to_split(workbook):
    assert splits(workbook, "none") == ([], 0)


def test_an_effect_of_a_withheld_result_is_not_split(workbook, monkeypatch):
    monkeypatch.setattr(Decision, "of", lambda *_: frozenset({"num"}))
    assert splits(workbook, "plain") == ([], 1)
