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
from support.workbooks import PROVENANCES, make_workbook, with_areas

THIS = Month(2016, 8)
JULY = "shire,h,all,70,100\nshire,stock,all,90,"


MARCH = "shire,h,all,81,100\nshire,flow,all,3,"
BOTH = "shire,h,all,95,100\nshire,h,excluding_uasc,{},90"
SEVERAL = [f"2015-{month:02d}" for month in range(8, 13)] + ["2016-07"]
RISING = {str(Month(2014, 5) + n): f"shire,h,all,{40 + n},100" for n in range(28)}
# Nothing moves one way for three months, or it would differ how long it does.
ROLLING = {str(Month(2014, 8) + n): f"shire,roll,all,{8 + (n % 5 > 0)},10" for n in range(25)}


def of_august(before: str, after: str, july: str = JULY) -> tuple[dict[str, str], dict[str, str]]:
    """August's results of two loads, and July's."""
    return {"2016-07": JULY, "2016-08": before}, {"2016-07": july, "2016-08": after}


def of(before: dict[str, str], after: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Results of other months of two loads."""
    return {"2016-08": JULY, **before}, {"2016-08": JULY, **after}


CASES = {
    "turned": of_august("shire,h,all,60,100", "shire,h,all,95,100"),
    "came": of_august("shire,days,all,50.5,2", "shire,count,all,7,"),
    "stock": of_august("shire,stock,all,95,", "shire,stock,all,95,", JULY.replace("90", "80")),
    "cohort": of_august(BOTH.format(80), BOTH.format(81)),
    "new-cohort": of_august("shire,h,all,95,100", BOTH.format(81)),
    "trend": of({"2016-03": MARCH}, {"2016-03": "shire,h,all,79,100\nshire,flow,all,4,"}),
    "several": of(*(
        dict.fromkeys(SEVERAL, f"shire,h,all,{num},100\nshire,l,all,{num},{num * 10}")
        for num in (80, 70)
    )),
    "before-the-trend": of({"2015-07": MARCH}, {"2015-07": MARCH.replace("81", "80")}),
    "later": of({"2016-09": MARCH}, {"2016-09": MARCH.replace("81", "80.25")}),
    "too-old": (ROLLING, ROLLING | {"2014-08": "shire,roll,all,7,10"}),
    "old": (ROLLING, ROLLING | {"2014-09": "shire,roll,all,7,10"}),
    "streak": of(RISING, RISING | {"2015-05": "shire,h,all,85,100"}),
}  # fmt: skip
"""A unit for each case: its results by month, of load 1 and of load 2."""


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """What is told of August's pack, by unit, when load 2 replaces load 1; not the loads' lines."""
    workbook = make_workbook(tmp_path_factory.mktemp("cases"), {}, units=with_areas(*CASES))
    for load in (0, 1):
        results: dict[str, str] = {}
        for unit, states in CASES.items():
            for month, lines in states[load].items():
                results[month] = f"{results.get(month, '')}\n{lines.replace('shire', unit)}"
        record_load(workbook, results, published={"2016-08": 1} if load else {})
    with in_memory(workbook) as store:
        found, loads = difference.found(store, THIS, 1), store.loads()
    of_unit = {unit: [each for each in found if each.unit_name == unit] for unit in CASES}
    return {unit: list(difference.lines(of_unit[unit], loads, THIS, 1))[1:] for unit in CASES}


def test_a_rating_and_an_arrow_that_turned(said):
    assert said["turned"] == [
        (
            "2016-08: since load 1, 1 figure of an indicator or activity measure differs; "
            "1 rating and 1 direction of travel differ."
        ),
        "",
        "turned",
        "  h  Higher is better",
        "      result: 60.0% (60 of 100), red → 95.0% (95 of 100), green",
        "      since a month ago: worse → better",
    ]


def test_a_figure_that_came_and_one_that_went(said):
    assert "      result: 25.3 (50.5 of 2), green → not-available" in said["came"]
    assert "      result: not-available → 7, amber" in said["came"]


def test_a_stock_and_the_month_before_it(said):
    assert said["stock"][2:] == ["stock", "  stock  Stock", "      a month ago: 90 → 80"]


def test_figures_have_the_decimals_they_were_supplied_with_or_that_show_their_rating(tmp_path):
    workbook = make_workbook(tmp_path, {})
    states = of_august(
        "shire,stock,all,52.3,\nshire,l,all,130,1000",
        "shire,stock,all,52.4,\nshire,l,all,12996,100000",
        JULY.replace("90", "53.8"),
    )
    for state in states:
        record_load(workbook, state)
    with in_memory(workbook) as store:
        found = difference.found(store, THIS, 1)
        said = list(difference.lines(found, store.loads(), THIS, 1))

    assert "      result: 13.0% (130 of 1000), red → 12.996% (12996 of 100000), amber" in said
    assert said[-3:] == [
        "  stock  Stock",
        "      result: 52.3 → 52.4",
        "      a month ago: 90.0 → 53.8",
    ]


def test_the_cohort_without_uasc_is_named(said):
    assert "  h  Higher is better, excluding UASC" in said["cohort"]
    told = "      result: 88.9% (80 of 90), amber → 90.0% (81 of 90), green"
    assert told in said["cohort"]


def test_a_cohort_that_came_is_reported_though_the_pack_had_no_such_figure(said):
    assert said["new-cohort"][-2:] == [
        "  h  Higher is better, excluding UASC",
        "      result: none → 90.0% (81 of 90), green",
    ]


def test_a_month_of_a_trend_is_reported_when_no_comparison_shows_it(said):
    assert said["trend"][1:] == [
        "",
        "trend",
        "  h  Higher is better",
        "      in March 2016: 81.0% (81 of 100), amber → 79.0% (79 of 100), red",
        "  flow  Flow",
        "      in March 2016: 3 → 4",
    ]


def test_a_month_in_a_comparison_is_not_listed_again_and_many_months_are_counted(said):
    assert [line.strip() for line in said["several"][3:]] == [
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


@pytest.mark.parametrize("unit", ["before-the-trend", "later"])
def test_what_no_page_of_the_pack_shows_is_no_difference(said, unit):
    assert said[unit] == ["2016-08: nothing differs from load 1."]


def test_a_streak_that_began_before_the_trend_differs_by_itself(said):
    assert [line.strip() for line in said["streak"] if "moving" in line or "rated" in line] == [
        (
            "moving one way: better for 27 months, from 40.0% in May 2014 → "
            "better for 14 months, from 53.0% in June 2015"
        ),
        "rated so: none → since June 2015",
    ]


def test_an_old_month_differs_as_far_as_a_rolling_figure_of_the_trend_rests_on_it(said):
    assert said["too-old"] == ["2016-08: nothing differs from load 1."]
    # The limits of its monthly values rest on the last 24 of them.
    found = ["a year ago", "since a year ago", "expected range"]
    assert [line.strip().partition(":")[0] for line in said["old"][4:]] == found


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
