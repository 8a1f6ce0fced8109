"""What has changed since a month was published: figures, ratings and arrows, and why."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from ledgers import START, record_load
from makers import make_workbook
from scorecard.errors import OutputsError
from scorecard.loads import difference
from scorecard.months import Month
from scorecard.store import in_memory

THIS = Month(2016, 8)
JULY = "shire,h,all,70,100\nshire,stock,all,90,"


def differences(folder, before: str, after: str, july: str = JULY) -> list[str]:
    """What is told of August's pack when load 2 replaces load 1; the loads' own lines left out."""
    workbook = make_workbook(folder, {})
    record_load(workbook, {"2016-07": JULY, "2016-08": before})
    record_load(workbook, {"2016-07": july, "2016-08": after}, published={"2016-08": 1})
    with in_memory(workbook) as store:
        found = difference.found(store, THIS, 1)
        return list(difference.told(found, store.loads(), THIS, 1))[1:]


def test_a_rating_and_an_arrow_that_turned(tmp_path):
    assert differences(tmp_path, "shire,h,all,60,100", "shire,h,all,95,100") == [
        (
            "2016-08: since load 1, 1 figure of an indicator or activity measure differs; "
            "1 rating and 1 direction of travel differ."
        ),
        "",
        "Shire",
        "  h  Higher is better",
        "      result: 60.0% (60 of 100), red → 95.0% (95 of 100), green",
        "      since a month ago: worse → better",
    ]


def test_a_figure_that_came_and_one_that_went(tmp_path):
    said = differences(tmp_path, "shire,days,all,50.5,2", "shire,count,all,7,")
    assert "      result: 25.3 (50.5 of 2), green → not-available" in said
    assert "      result: not-available → 7, amber" in said


def test_a_stock_and_the_month_before_it(tmp_path):
    said = differences(
        tmp_path, "shire,stock,all,95,", "shire,stock,all,95,", JULY.replace("90", "80")
    )
    assert said[2:] == ["Shire", "  stock  Stock", "      a month ago: 90 → 80"]


def test_the_cohort_without_uasc_is_told_as_such(tmp_path):
    both = "shire,h,all,95,100\nshire,h,excluding_uasc,{},90"
    said = differences(tmp_path, both.format(80), both.format(81))
    assert "  h  Higher is better, excluding UASC" in said
    assert "      result: 88.9% (80 of 90), amber → 90.0% (81 of 90), green" in said


def test_nothing_differs_when_a_load_changed_nothing_that_the_pack_shows(tmp_path):
    flow = JULY + "\nshire,flow,all,3,"  # a flow is shown in its own month only
    assert differences(tmp_path, JULY, JULY, flow) == ["2016-08: nothing differs from load 1."]


def test_the_loads_in_between_say_when_who_and_why_and_edits_say_that_they_have_no_number(tmp_path):
    workbook = make_workbook(tmp_path, {})
    record_load(workbook, {"2016-08": "shire,h,all,60,100"})
    record_load(workbook, {"2016-08": "shire,h,all,61,100"}, why="Late records")
    path = workbook.results()[-1]
    path.write_text(path.read_text(encoding="utf-8").replace("61,", "62,"), encoding="utf-8")
    with in_memory(workbook) as store:
        said = list(difference.told([], store.loads(), THIS, 1))
    assert said[:2] == [
        "load 2, 2016-09-02 by Analyst: Late records",
        "edits by hand in data/results, in no load yet",
    ]


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (None, "2016-08 is not published in outputs"),
        (SimpleNamespace(load=None, finished=START), "run_month.py load --edits"),
    ],
)
def test_without_a_published_load_there_is_nothing_to_compare(run, said):
    with pytest.raises(OutputsError, match=said):
        difference.published_from(run, THIS, "outputs", [])


def test_a_pack_made_before_its_results_were_in_a_load_is_known_by_the_load_that_recorded_them():
    run = SimpleNamespace(load=None, finished=START)
    early, late = (
        SimpleNamespace(loaded_at=START + timedelta(days=day), published={"2016-08": day + 4})
        for day in (-1, 1)
    )
    assert difference.published_from(run, THIS, "outputs", [early, late]) == 5
    assert difference.published_from(
        SimpleNamespace(load=2, finished=START), THIS, "outputs", [early, late]
    ) == 2  # fmt: skip


def test_what_else_has_changed_is_named_since_it_can_t_be_compared():
    changed = ["data/results/2016-08.csv", "data/loads/0002/load.yml", "data/reference/targets.csv"]
    assert list(difference.others(changed)) == [
        "Changed too, and not compared here: data/reference/targets.csv."
    ]
    assert list(difference.others(changed[:2])) == []
