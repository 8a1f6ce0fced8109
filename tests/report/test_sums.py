"""What pages say of a result that was added up: its numerator and denominator were too."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from scorecard.report import Report
from support.workbooks import added_up, make_workbook

LINES = (
    "north,h,all,8,9 south,h,all,5,7 north,h,excluding_uasc,7,8 south,h,excluding_uasc,4,6 "
    "shire,l,all,1,10 shire,l,excluding_uasc,1,9"
)


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """Shire's results of two months, of which `h` is the sum of its areas."""
    folder = tmp_path_factory.mktemp("sums")
    made = make_workbook(folder, {"2016-07": LINES, "2016-08": LINES}, indicators=added_up("h"))
    made.params("wording").write_text("council: Shire\nservice: Care\n", encoding="utf-8")
    return Report("2016-08", "shire", made)


def table(output):
    """The table's headings, and the cells of its row of `h` with their markers."""
    found = BeautifulSoup(output.html, "html.parser")
    heads = [each.get_text(" ", strip=True) for each in found.select("thead th")]
    rows = (
        [each.get_text(" ", strip=True) for each in row.select("th, td")]
        for row in found.select("tbody tr")
    )
    return heads, next(row for row in rows if row[0] == "h")


def test_no_heading_denies_it_of_what_was_added_up_or_of_a_column_without_figures(report):
    heads, row = table(report.scorecard(["h", "l"]))

    assert not [each for each in heads if "not added up" in each]
    assert row[1] == "Higher is better [s]"
    assert "[s]" not in " ".join(row[2:])


def test_what_compares_two_sums_is_marked_as_they_are(report):
    heads, row = table(report.uasc_tables(["h", "l"], [])[0])

    assert not [each for each in heads if "not added up" in each]
    assert row[1] == "Higher is better [s]"


def test_a_difference_of_two_sums_is_marked_as_they_are(report):
    heads, row = table(report.ambers(["h", "l"]))

    assert not [each for each in heads if "not added up" in each]
    assert row[1] == "Higher is better [s]"
    assert "[s]" not in " ".join(row[2:])
