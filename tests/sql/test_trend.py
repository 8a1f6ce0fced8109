"""The trend macro: months in order, each rated against its own target."""

from __future__ import annotations

import pytest

from scorecard.months import Month
from support.workbooks import INDICATORS, make_store, records

THIS = Month(2016, 8)
HEADER = "code,valid_from,target,floor,green_within,amber_within,note\n"


def monthly(first: str, line: str) -> dict[str, str]:
    return {str(month): line for month in Month.parse(first).until(THIS)}


def trend(store, code="h", **asked):
    return records(store.trends(["shire"], [code], THIS, **asked))


def test_thirteen_months_end_with_the_reporting_month(tmp_path):
    rows = trend(make_store(tmp_path, monthly("2014-09", "shire,h,all,9,10")))

    assert [f"{row['month']:%Y-%m}" for row in rows] == [
        str(month) for month in Month(2015, 8).until(THIS)
    ]


def test_fewer_months_when_the_results_start_later(tmp_path):
    assert len(trend(make_store(tmp_path, monthly("2016-05", "shire,h,all,9,10")))) == 4


def test_each_month_is_rated_against_the_target_in_force_in_it(tmp_path):
    store = make_store(
        tmp_path,
        monthly("2016-04", "shire,h,all,85,100"),
        targets=HEADER + "h,2016-05,80,60,,,\nh,2016-06,90,70,,,\n",
    )
    rows = trend(store)

    assert [row["rating"] for row in rows] == ["not-rated", "green", "amber", "amber", "amber"]
    assert [row["target"] for row in rows] == [None, 80, 90, 90, 90]


def test_a_result_on_a_threshold_only_by_rounding_shows_the_difference(tmp_path):
    store = make_store(
        tmp_path, {"2016-07": "shire,l,all,47,362", "2016-08": "shire,l,all,293,2246"}
    )
    rows = trend(store, "l")

    names = ("shown", "precise", "places", "rating")
    assert [tuple(row[name] for name in names) for row in rows] == [
        (13.0, 12.98, 2, "amber"),
        (13.0, 13.0, 1, "red"),
    ]


@pytest.mark.parametrize(("valid", "left_out"), [("2016-07", 2), ("2016-09", 0)])
def test_months_before_a_change_of_definition_are_left_out(tmp_path, valid, left_out):
    changed = INDICATORS.replace("H,SS,percent,monthly,,,", f"H,SS,percent,monthly,{valid},,", 1)
    store = make_store(tmp_path, monthly("2016-05", "shire,h,all,9,10"), indicators=changed)
    rows = trend(store)

    assert [row["status"] for row in rows] == ["not-comparable"] * left_out + ["available"] * (
        4 - left_out
    )
    assert {row["shown"] for row in rows[:left_out]} <= {None}
    assert {(row["num"], row["rating"]) for row in rows[:left_out]} <= {(None, None)}


def test_a_gap_stays_a_gap(tmp_path):
    lines = monthly("2016-06", "shire,h,all,9,10") | {"2016-07": "shire,l,all,1,10"}
    rows = trend(make_store(tmp_path, lines))

    assert [row["status"] for row in rows] == ["available", "not-available", "available"]


def test_a_cohort_has_a_trend_of_its_own(tmp_path):
    lines = monthly("2016-07", "shire,h,all,9,10 shire,h,excluding_uasc,4,8")
    rows = trend(make_store(tmp_path, lines), cohort="excluding_uasc")

    assert [row["shown"] for row in rows] == [50, 50]


def test_several_units_and_indicators_come_in_order_of_display(tmp_path):
    line = "shire,h,all,9,10 shire,l,all,1,10 north,h,all,4,5 north,l,all,1,5"
    store = make_store(tmp_path, monthly("2016-08", line))
    found = store.trends(["north", "shire"], ["l", "h"], THIS)

    assert list(zip(found["unit"], found["code"], strict=True)) == [
        ("shire", "h"), ("shire", "l"), ("north", "h"), ("north", "l")
    ]  # fmt: skip


def test_a_bare_prompt_gets_the_same_answer(tmp_path):
    store = make_store(tmp_path, monthly("2016-06", "shire,h,all,9,10"))

    assert records(store.sql("FROM trend('shire', 'h', '2016-08')")) == trend(store)
    assert len(store.sql("FROM trend('shire', 'h', '2016-08', months := 2)")) == 2
