"""The scorecard macro: every indicator with earlier results, or the reason why there is none."""

from __future__ import annotations

import pytest

from scorecard.months import Month
from support.workbooks import INDICATORS, make_store, record

THIS = Month(2016, 8)


def only(store, code, month=THIS):
    return record(store.scorecards(["shire"], month), code=code)


def test_every_rated_indicator_has_a_row_in_order_of_display(tmp_path):
    store = make_store(tmp_path, {"2016-08": "shire,h,all,1,2"})
    found = store.scorecards(["north", "shire"], THIS)

    codes = ["h", "l", "t", "roll", "ytd", "done", "days", "count", "free"]
    assert list(found["code"]) == codes * 2
    assert list(found["unit"]) == ["shire"] * 9 + ["north"] * 9  # the order of units.csv


def test_a_bare_prompt_gets_the_same_answer(tmp_path):
    store = make_store(tmp_path, {"2016-08": "shire,h,all,95,100"})
    row = record(store.sql("FROM scorecard('shire', '2016-08')"), code="h")

    assert row == only(store, "h")


def test_results_a_month_and_a_year_ago_have_their_directions(tmp_path):
    store = make_store(
        tmp_path,
        {
            "2015-08": "shire,h,all,99,100",
            "2016-07": "shire,h,all,90,100",
            "2016-08": "shire,h,all,95,100",
        },
    )
    row = only(store, "h")

    assert (row["month_ago_shown"], row["month_ago_direction"]) == (90, "better")
    assert (row["year_ago_shown"], row["year_ago_direction"]) == (99, "worse")
    assert (row["month_ago_num"], row["month_ago_denom"]) == (90, 100)


def test_the_previous_report_is_of_the_month_before_or_that_which_is_named(tmp_path):
    store = make_store(
        tmp_path,
        {
            "2016-05": "shire,h,all,96,100",
            "2016-07": "shire,h,all,90,100",
            "2016-08": "shire,h,all,95,100",
        },
    )
    of_july, of_may = (
        record(store.scorecards(["shire"], THIS, since), code="h")
        for since in (None, Month(2016, 5))
    )

    assert (of_july["previous_shown"], of_july["previous_direction"]) == (90, "better")
    assert (of_may["previous_shown"], of_may["previous_direction"]) == (96, "worse")
    assert (of_may["month_ago_shown"], of_may["month_ago_direction"]) == (90, "better")
    assert record(
        store.sql("FROM scorecard('shire', '2016-08', since := '2016-05')"), code="h"
    ) == (of_may)


def test_an_earlier_rating_is_that_of_the_target_then_in_force(tmp_path):
    targets = "code,valid_from,target,floor,green_within,amber_within,note\n"
    store = make_store(
        tmp_path,
        {"2016-07": "shire,h,all,85,100", "2016-08": "shire,h,all,85,100"},
        targets=targets + "h,2016-04,80,60,,,\nh,2016-08,90,70,,,\n",
    )
    row = only(store, "h")

    assert (row["month_ago_rating"], row["rating"]) == ("green", "amber")
    assert row["month_ago_direction"] == "same"


def test_both_months_of_t_are_held_against_the_present_target(tmp_path):
    targets = "code,valid_from,target,floor,green_within,amber_within,note\n"
    store = make_store(
        tmp_path,
        {"2016-07": "shire,t,all,14,100", "2016-08": "shire,t,all,16,100"},
        targets=targets + "t,2016-04,20,,1,2,\nt,2016-08,10,,1,2,\n",
    )

    assert only(store, "t")["month_ago_direction"] == "worse"


@pytest.mark.parametrize(
    ("earlier", "status"),
    [("shire,l,all,1,2", "not-available"), ("shire,h,all,0,0", "not-applicable")],
)
def test_without_an_earlier_result_there_is_no_arrow_but_a_reason(tmp_path, earlier, status):
    store = make_store(tmp_path, {"2016-07": earlier, "2016-08": "shire,h,all,95,100"})
    row = only(store, "h")

    assert row["month_ago_status"] == status
    assert (row["month_ago_shown"], row["month_ago_direction"]) == (None, None)


CHANGED = INDICATORS.replace("H,SS,percent,monthly,,,", "H,SS,percent,monthly,2016-07,,", 1)


@pytest.mark.parametrize(
    ("month", "month_ago", "year_ago"),
    [
        ("2016-07", "not-comparable", "not-comparable"),  # the first with the new definition
        ("2016-08", "available", "not-comparable"),
        ("2017-07", "available", "available"),
        ("2016-06", "available", "available"),  # both under the old definition
    ],
)
def test_across_a_change_of_definition_nothing_is_compared(tmp_path, month, month_ago, year_ago):
    months = Month(2015, 6).until(Month(2017, 7))
    store = make_store(tmp_path, {str(m): "shire,h,all,9,10" for m in months}, indicators=CHANGED)
    row = only(store, "h", Month.parse(month))

    assert (row["month_ago_status"], row["year_ago_status"]) == (month_ago, year_ago)
    for when, status in (("month", month_ago), ("year", year_ago)):
        shown = {"available": (90, "same"), "not-comparable": (None, None)}[status]
        assert (row[f"{when}_ago_shown"], row[f"{when}_ago_direction"]) == shown


def test_rating_totals_count_rated_indicators_only(tmp_path):
    store = make_store(
        tmp_path,
        {
            "2016-08": "shire,h,all,95,100 shire,l,all,12,100 shire,t,all,50,100"
            " shire,free,all,1,2 shire,days,all,0,0"
        },
    )
    totals = store.sql("FROM rating_totals('shire', '2016-08')").to_dict("records")

    assert totals == [{"rated": 3, "green": 1, "amber": 1, "red": 1}]


def test_an_indicator_without_target_is_not_rated_and_one_without_result_has_no_rating(tmp_path):
    store = make_store(tmp_path, {"2016-08": "shire,free,all,1,2"})

    assert only(store, "free")["rating"] == "not-rated"
    assert only(store, "h")["rating"] is None
    assert only(store, "h")["status"] == "not-available"


@pytest.mark.parametrize(
    ("month", "code", "month_ago", "year_ago"),
    [
        ("2017-04", "ytd", "not-comparable", "available"),  # one month beside twelve
        ("2017-05", "ytd", "available", "available"),
        ("2017-04", "roll", "available", "available"),
    ],
)
def test_a_year_to_date_is_not_compared_with_the_year_before_s_last_month(
    tmp_path, month, code, month_ago, year_ago
):
    months = Month(2015, 3).until(Month(2017, 5))
    store = make_store(tmp_path, {str(m): f"shire,{code},all,9,10" for m in months})
    row = only(store, code, Month.parse(month))

    assert (row["month_ago_status"], row["year_ago_status"]) == (month_ago, year_ago)
    assert row["month_ago_direction"] == {"available": "same"}.get(month_ago)


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("2016-12", "available"), ("2016-05", "available"),
        ("2016-02", "not-comparable"), ("2016-01", "available"),  # the same ten months
    ],
)  # fmt: skip
def test_a_year_to_date_is_compared_with_its_own_year_or_the_same_month(tmp_path, since, status):
    months = Month(2015, 3).until(Month(2017, 1))
    store = make_store(tmp_path, {str(m): "shire,ytd,all,9,10" for m in months})
    row = record(store.scorecards(["shire"], Month(2017, 1), Month.parse(since)), code="ytd")

    assert row["previous_status"] == status


@pytest.mark.parametrize(
    ("july", "august", "rating", "by_earlier_target"),
    [
        (85, 84, "amber", "green"),  # by July's target of 80 it would still be Green
        (85, 75, "amber", "amber"),  # so it would by July's: the result fell
        (95, 95, "green", "green"),
    ],
)
def test_a_result_is_rated_by_the_target_of_the_month_before_too(
    tmp_path, july, august, rating, by_earlier_target
):
    targets = "code,valid_from,target,floor,green_within,amber_within,note\n"
    store = make_store(
        tmp_path,
        {"2016-07": f"shire,h,all,{july},100", "2016-08": f"shire,h,all,{august},100"},
        targets=targets + "h,2016-04,80,60,,,\nh,2016-08,90,70,,,\n",
    )
    row = only(store, "h")

    assert (row["rating"], row["rating_by_earlier_target"]) == (rating, by_earlier_target)
    assert (row["previous_target"], row["target"]) == (80, 90)
    of_june = record(store.scorecards(["shire"], THIS, Month(2016, 6)), code="h")
    assert of_june["rating_by_earlier_target"] is None  # June has no result
