"""What has changed since a month was published: figures, ratings and arrows, and why."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from scorecard.errors import OutputsError
from scorecard.months import Month
from scorecard.store import difference
from scorecard.store.store import in_memory
from support.ledgers import START, record_load
from support.workbooks import PROVENANCES, make_workbook

THIS = Month(2016, 8)
JULY = "shire,h,all,70,100\nshire,stock,all,90,"


def differences(folder, before: str, after: str, july: str = JULY) -> list[str]:
    """What is told of August's pack when load 2 replaces load 1; the loads' own lines left out."""
    workbook = make_workbook(folder, {})
    record_load(workbook, {"2016-07": JULY, "2016-08": before})
    record_load(workbook, {"2016-07": july, "2016-08": after}, published={"2016-08": 1})
    with in_memory(workbook) as store:
        found = difference.found(store, THIS, 1)
        return list(difference.lines(found, store.loads(), THIS, 1))[1:]


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


def test_an_activity_measure_has_the_decimals_it_was_supplied_with(tmp_path):
    july = JULY.replace("90", "53.8")
    said = differences(tmp_path, "shire,stock,all,52.3,", "shire,stock,all,52.4,", july)
    assert said[3:] == [
        "  stock  Stock",
        "      result: 52.3 → 52.4",
        "      a month ago: 90.0 → 53.8",
    ]


def test_a_figure_has_the_decimals_that_show_its_rating(tmp_path):
    said = differences(tmp_path, "shire,l,all,130,1000", "shire,l,all,12996,100000")
    assert "      result: 13.0% (130 of 1000), red → 12.996% (12996 of 100000), amber" in said


def test_the_cohort_without_uasc_is_named(tmp_path):
    both = "shire,h,all,95,100\nshire,h,excluding_uasc,{},90"
    said = differences(tmp_path, both.format(80), both.format(81))
    assert "  h  Higher is better, excluding UASC" in said
    assert "      result: 88.9% (80 of 90), amber → 90.0% (81 of 90), green" in said


def changed(folder, before: dict[str, str], after: dict[str, str]) -> list[str]:
    """What is told of August's pack when the results of other months are others after load 2."""
    workbook = make_workbook(folder, {})
    record_load(workbook, {"2016-08": JULY, **before})
    record_load(workbook, {"2016-08": JULY, **after}, published={"2016-08": 1})
    with in_memory(workbook) as store:
        return list(difference.lines(difference.found(store, THIS, 1), store.loads(), THIS, 1))[1:]


MARCH = "shire,h,all,81,100\nshire,flow,all,3,"


def test_a_month_of_a_trend_is_reported_when_no_comparison_shows_it(tmp_path):
    said = changed(
        tmp_path, {"2016-03": MARCH}, {"2016-03": "shire,h,all,79,100\nshire,flow,all,4,"}
    )
    assert said[1:] == [
        "",
        "Shire",
        "  h  Higher is better",
        "      in March 2016: 81.0% (81 of 100), amber → 79.0% (79 of 100), red",
        "  flow  Flow",
        "      in March 2016: 3 → 4",
    ]


def test_a_month_in_a_comparison_is_not_listed_again_and_many_months_are_counted(tmp_path):
    months = [f"2015-{month:02d}" for month in range(8, 13)] + ["2016-07"]
    before, after = (
        dict.fromkeys(months, f"shire,h,all,{num},100\nshire,l,all,{num},{num * 10}")
        for num in (80, 70)
    )
    said = changed(tmp_path, before, after)

    assert [line.strip() for line in said[3:]] == [
        "h  Higher is better",
        "a month ago: 80.0% → 70.0%",
        "since a month ago: worse → same",
        "a year ago: 80.0% → 70.0%",
        "since a year ago: worse → same",
        "in December 2015: 80.0% (80 of 100), amber → 70.0% (70 of 100), red",
        "in November 2015: 80.0% (80 of 100), amber → 70.0% (70 of 100), red",
        "in October 2015: 80.0% (80 of 100), amber → 70.0% (70 of 100), red",
        "in its trend: 1 more month differs",
        "l  Lower is better",
        "in July 2016: 10.0% (80 of 800), green → 10.0% (70 of 700), green",
        "in December 2015: 10.0% (80 of 800), green → 10.0% (70 of 700), green",
        "in November 2015: 10.0% (80 of 800), green → 10.0% (70 of 700), green",
        "in its trend: 3 more months differ",
    ]


OUT_OF_SIGHT = {
    "a month before the trend": ("2015-07", MARCH, MARCH.replace("81", "80")),
    "a later month": ("2016-09", MARCH, MARCH.replace("81", "80.25")),
}


@pytest.mark.parametrize("where", OUT_OF_SIGHT)
def test_what_no_page_of_the_pack_shows_is_no_difference(tmp_path, where):
    month, before, after = OUT_OF_SIGHT[where]
    said = changed(tmp_path, {month: before}, {month: after})

    assert said == ["2016-08: nothing differs from load 1."]


def test_an_old_month_differs_as_far_as_a_rolling_figure_of_the_trend_rests_on_it(tmp_path):
    months = [str(Month(2014, 8) + n) for n in range(25)]
    # Nothing moves one way for three months, or it would differ how long it does.
    before = {month: f"shire,roll,all,{8 + (n % 5 > 0)},10" for n, month in enumerate(months)}
    for month, differs in (("2014-08", False), ("2014-09", True)):
        after = {**before, month: "shire,roll,all,7,10"}
        folder = tmp_path / month
        folder.mkdir()
        workbook = make_workbook(folder, {})
        record_load(workbook, before)
        record_load(workbook, after)
        with in_memory(workbook) as store:
            lines = [line for each in difference.found(store, THIS, 1) for line in each.lines()]
        # The limits of its monthly values rest on the last 24 of them.
        found = ["a year ago", "since a year ago", "expected range"]
        assert [what for what, _ in lines] == found * differs, month


def test_a_streak_that_began_before_the_trend_differs_by_itself(tmp_path):
    months = [str(Month(2014, 5) + n) for n in range(28)]
    before = {month: f"shire,h,all,{40 + n},100" for n, month in enumerate(months)}
    said = changed(tmp_path, before, {**before, "2015-05": "shire,h,all,85,100"})

    assert [line.strip() for line in said if "moving" in line or "rated" in line] == [
        (
            "moving one way: better for 27 months, from 40.0% in May 2014 → "
            "better for 14 months, from 53.0% in June 2015"
        ),
        "rated so: none → since June 2015",
    ]


def test_another_provenance_or_more_decimals_differ_too(tmp_path):
    workbook = make_workbook(tmp_path, {}, provenance=PROVENANCES)
    august = "shire,h,all,60,100\nshire,count,all,7,"
    record_load(workbook, {"2016-07": "shire,count,all,7,", "2016-08": august})
    path = workbook.month_results("2016-08")
    path.write_text(path.read_text().replace("60,100,published", "60,100,provisional"))
    path = workbook.month_results("2016-07")
    path.write_text(path.read_text().replace(",7,", ",7.5,"))
    with in_memory(workbook) as store:
        of = {each.code: list(each.lines()) for each in difference.found(store, THIS, 1)}

    assert of["h"] == [("provenance", "published → provisional")]
    assert of["count"] == [
        ("a month ago", "7 → 8"),
        ("since a month ago", "same → better"),
        ("decimals of the numerator", "0 → 1"),
    ]


def test_only_the_units_that_are_asked_for_are_compared(tmp_path):
    workbook = make_workbook(tmp_path, {})
    both = "shire,h,all,{0},100\nnorth,h,all,{0},100"
    record_load(workbook, {"2016-08": both.format(60)})
    record_load(workbook, {"2016-08": both.format(61)})
    with in_memory(workbook) as store:
        names = [
            [each.unit_name for each in difference.found(store, THIS, 1, units)]
            for units in (None, ["north"], ["south"])
        ]
    assert names == [["Shire", "North"], ["North"], []]


def test_the_loads_in_between_say_when_who_and_why_and_edits_say_that_they_have_no_number(tmp_path):
    workbook = make_workbook(tmp_path, {})
    record_load(workbook, {"2016-08": "shire,h,all,60,100"})
    record_load(workbook, {"2016-08": "shire,h,all,61,100"}, why="Late records")
    path = workbook.results()[-1]
    path.write_text(path.read_text(encoding="utf-8").replace("61,", "62,"), encoding="utf-8")
    with in_memory(workbook) as store:
        said = list(difference.lines([], store.loads(), THIS, 1))
    assert said[:2] == [
        "load 2, 2016-09-02 by Analyst: Late records",
        "edits by hand in data/results, in no load yet",
    ]


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (None, "2016-08 is not published in outputs"),
        (SimpleNamespace(load=None, finished=START), "shows results that were in no load"),
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
