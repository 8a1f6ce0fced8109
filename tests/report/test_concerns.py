"""An area's page has the indicators of which the area has had a result, as the county's has all."""

from __future__ import annotations

import pytest

from scorecard.report import Report
from support.load_command import make_desk, recorded
from support.workbooks import added_up, make_workbook

JULY = "shire,h,all,90,100 shire,l,all,1,10 north,h,all,8,10 north,days,all,withheld,"
AUGUST = "shire,h,all,91,100 north,ytd,all,5,10 north,l,all,1,10"


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    """North had `h` until July, is withheld `days`, and has `ytd` and `l` since August."""
    folder = tmp_path_factory.mktemp("concerns")
    made = make_workbook(
        folder, {"2016-07": JULY, "2016-08": AUGUST}, indicators=added_up("l")
    )  # fmt: skip
    name(made)
    return made


def name(workbook):
    workbook.params("wording").write_text("council: Shire\nservice: Care\n", encoding="utf-8")


def codes(report, **asked):
    return [*report.scorecard(**asked).df["code"]]


def test_an_area_has_what_it_has_had_though_not_now(workbook):
    """Nor does a word in place of a figure, or a period with months missing, take one away."""
    assert codes(Report("2016-08", "north", workbook)) == ["h", "l", "ytd", "days"]


def test_it_is_counted_of_these(workbook):
    report = Report("2016-08", "north", workbook)

    assert "1 indicator is rated: 1 Green, 0 Amber and 0 Red. 3 of 4 could not" in (
        report.summary().html
    )
    assert "selection" not in report.summary().html


def test_a_later_result_leaves_an_earlier_page_as_it_is(workbook):
    assert codes(Report("2016-07", "north", workbook)) == ["h", "days"]


def test_the_county_has_every_indicator_and_an_area_those_that_are_chosen(workbook):
    everything = [*Report("2016-08", "shire", workbook).scorecard().df["code"]]
    assert everything == ["h", "l", "t", "roll", "ytd", "done", "days", "count", "free"]
    assert codes(Report("2016-08", "north", workbook), codes=["free", "h"]) == ["free", "h"]


def test_an_area_has_no_row_where_all_areas_are_side_by_side(workbook):
    panels = Report("2016-08", "shire", workbook).panels(["t", "h"])

    assert [[*panels[code][-1].df["unit"]] for code in ("t", "h")] == [
        ["shire"], ["shire", "north"],
    ]  # fmt: skip


def test_a_question_on_one_indicator_has_an_answer_all_the_same(workbook):
    report = Report("2016-08", "north", workbook)

    assert report.result("t")
    assert codes(report, codes=["t"], beside="shire") == ["t"]


def test_as_at_an_earlier_load_an_area_has_what_it_had_had_then(tmp_path):
    desk = recorded(make_desk(tmp_path, {"2016-08": AUGUST}))
    desk.load(desk.file("2016-08,north,t,all,17,100,published"), why="It was late")
    name(desk.workbook)

    assert codes(Report("2016-08", "north", desk.workbook)) == ["l", "t", "ytd"]
    assert codes(Report("2016-08", "north", desk.workbook, as_at=1)) == ["l", "ytd"]
