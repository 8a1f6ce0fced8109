"""Groups on a page: small bars, counts and the whole, withheld where small, never rated."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from scorecard.outputs import Nothing
from scorecard.report import Report
from scorecard.workbook import Workbook
from support.workbooks import make_workbook

COHORTS = """\
cohort,dimension,name,exhaustive
young,age,Under 10,yes
old,age,10 and over,yes
sight,special need,Sight,no
speech,special need,Speech,no
"""
RESULTS = {
    "2016-08": (
        "shire,h,all,90,180 shire,h,young,60,80 shire,h,old,30,100 shire,h,sight,0,9 "
        "shire,l,all,8,100 shire,l,young,2,40 shire,l,old,6,60 "
        "shire,count,all,3, shire,count,young,1, shire,count,old,2, "
        "shire,days,all,900,9 shire,days,sight,0,0 "
        "shire,free,all,90,180 shire,free,sight,2,20 shire,free,speech,40,80"
    ),
}
PROVENANCE = "provenance,marker,count_marker,footnote\npublished,,,\nguess,e,,A guess.\n"


def report(folder, threshold: int = 0, cohorts: str = COHORTS, guess: str = "") -> Report:
    """The report of August 2016; lines that begin with `guess` rest on estimates."""
    workbook = make_workbook(folder, RESULTS, provenance=PROVENANCE)
    workbook.reference("cohorts").write_text(cohorts, encoding="utf-8")
    path = workbook.results()[0]
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(
        each.replace("published", "guess") if guess and each[8:].startswith(guess) else each
        for each in lines
    ) + "\n", encoding="utf-8")  # fmt: skip
    for name, text in {
        "wording": "council: Shire\nservice: Care\n",
        "disclosure": f"threshold: {threshold}\nfootnote: Small.\n",
    }.items():
        workbook.params(name).write_text(text, encoding="utf-8")
    return Report("2016-08", "shire", Workbook.at(folder))


@pytest.fixture(scope="module")
def shown(tmp_path_factory) -> Report:
    return report(tmp_path_factory.mktemp("shown"), guess="shire,h,old")


def tables(made: Report, code: str) -> list[BeautifulSoup]:
    """Each table with the sentence above it, or a sentence alone."""
    (part,) = made.breakdowns([code]).shown
    return [BeautifulSoup(f"<p>{each}", "html.parser") for each in part.html.split("<p>")[1:]]


def cells(table: BeautifulSoup) -> list[list[str]]:
    return [[each.get_text() for each in row.select("th, td")] for row in table.select("tbody tr")]


def bars(table: BeautifulSoup) -> list[int]:
    """The length of each row's bar, 0 without one."""
    found = [row.select(".ring") for row in table.select("tbody tr")]
    return [int(re.search(r"h(\d+)", each[0]["d"])[1]) if each else 0 for each in found]


def test_each_group_has_its_counts_and_the_whole_is_below(shown):
    by_age, by_need = tables(shown, "h")

    assert cells(by_age) == [
        ["Under 10", "75.0%", "60", "80"],
        ["10 and over", "30.0% [e]", "30", "100"],
        ["All", "50.0%", "90", "180"],
    ]
    assert [th.get_text() for th in by_need.select("thead th")] == [
        "Special need", "Result", "Numerator", "Denominator",
    ]  # fmt: skip
    assert by_age.caption.get_text() == "Higher is better by age: Shire"
    assert "By special need, not rated. The groups need not add up to all." in by_need.get_text()
    assert not by_age.select("[data-rating]")


def test_the_longest_bar_is_the_highest_result_and_zero_has_none(shown):
    by_age, by_need = tables(shown, "h")

    assert bars(by_age) == [160, 64, 107]
    assert bars(by_need) == [0, 160]
    assert "Bars are from 0 to 75.0%." in by_age.p.get_text()


def test_a_bar_that_rests_on_estimates_is_hollow_and_explained(shown):
    by_age, by_need = tables(shown, "h")

    hollow = [bool(row.select(".hole")) for row in by_age.select("tbody tr")]
    assert hollow == [False, True, False]
    assert "Hollow bars: figures marked [e]." in by_age.p.get_text()
    assert not by_need.select(".hole")
    for row in by_age.select("tr:has(.hole)"):
        assert row.select_one(".hole")["d"] == row.select_one(".ring")["d"]


def test_a_count_has_no_denominator_and_a_group_without_cases_says_so(shown):
    (by_age,), (by_need,) = tables(shown, "count"), tables(shown, "days")

    assert [row[:2] for row in cells(by_age)] == [
        ["Under 10", "1"],
        ["10 and over", "2"],
        ["All", "3"],
    ]
    assert cells(by_need)[0][:2] == ["Sight", "Not applicable"]
    assert bars(by_need) == [0, 160]


def test_the_file_has_what_the_page_has(shown):
    (part,) = shown.breakdowns(["h"]).shown
    by_age, by_need = part.tables
    names = [column.name for column in by_age.columns]
    row = dict(zip(names, by_age.rows[1], strict=True))

    assert (by_age.name, by_need.name) == ("groups-h-1", "groups-h-2")
    assert {name: str(each) for name, each in row.items()} == {
        "unit": "shire", "code": "h", "dimension": "age", "cohort": "old",
        "cohort_name": "10 and over", "result": "30.0", "result_status": "available",
        "result_provenance": "guess", "num": "30", "denom": "100", "format": "percent",
        "measured_in": "%",
    }  # fmt: skip


def test_a_panel_has_the_groups_of_its_indicator_only(shown):
    panels = "".join(part.html for part in shown.panels(["h", "t"]).shown if hasattr(part, "html"))

    assert panels.count('id="groups-') == panels.count('id="groups-h-') == 4
    assert isinstance(shown.breakdowns(["t"]).shown[0], Nothing)


def test_small_groups_are_withheld_with_those_that_would_give_them_away(tmp_path):
    made = report(tmp_path, threshold=5)
    (by_age,) = tables(made, "l")

    assert by_age.get_text() == "By age: not shown, because it rests on small numbers."
    assert made.breakdowns(["l"]).shown[0].tables == ()
    by_age, by_need = tables(made, "h")
    assert bars(by_need) == [0, 160]
    assert cells(by_need)[0] == ["Sight", "0.0%", "0", "9"]


def test_what_is_withheld_has_no_bar_and_the_others_stay(tmp_path):
    made = report(tmp_path, threshold=5)
    (by_need,) = tables(made, "free")
    (file,) = made.breakdowns(["free"]).shown[0].tables
    names = [column.name for column in file.columns]

    assert cells(by_need) == [
        ["Sight", "[c] not shown", "[c] not shown", "20"],
        ["Speech", "50.0%", "40", "80"],
        ["All", "50.0%", "90", "180"],
    ]
    assert bars(by_need) == [0, 160, 160]
    hidden = dict(zip(names, map(str, file.rows[0]), strict=True))
    assert (hidden["result"], hidden["num"], hidden["denom"]) == ("[c]", "[c]", "20")
    assert hidden["result_status"] == "not-shown"
