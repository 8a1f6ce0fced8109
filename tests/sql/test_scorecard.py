"""The scorecard macro: every indicator with earlier results, or the reason why there is none."""

from __future__ import annotations

from functools import cache

import pytest

from scorecard.months import Month
from support.workbooks import INDICATORS, TARGETS, by_month, make_store, record, with_areas

THIS = Month(2016, 8)


def months(first: str, last: str, line: str) -> dict[str, str]:
    return {str(m): line for m in Month.parse(first).until(Month.parse(last))}


CASES = {
    "earlier": {"2015-08": "h,all,99,100", "2016-05": "h,all,96,100", "2016-07": "h,all,90,100",
                "2016-08": "h,all,95,100"},
    "nothing-earlier": {"2016-07": "l,all,1,2", "2016-08": "h,all,95,100"},
    "nobody-earlier": {"2016-07": "h,all,0,0", "2016-08": "h,all,95,100"},
    "target-85-85": {"2016-07": "rise,all,85,100", "2016-08": "rise,all,85,100"},
    "target-85-84": {"2016-07": "rise,all,85,100", "2016-08": "rise,all,84,100"},
    "target-85-75": {"2016-07": "rise,all,85,100", "2016-08": "rise,all,75,100"},
    "target-95-95": {"2016-07": "rise,all,95,100", "2016-08": "rise,all,95,100"},
    "near": {"2016-07": "near,all,14,100", "2016-08": "near,all,16,100"},
    "definition": months("2015-06", "2017-07", "new,all,9,10"),
    "totals": {"2016-08": "h,all,95,100 l,all,12,100 t,all,50,100 free,all,1,2 days,all,0,0"},
    "to-date": months("2015-03", "2017-05", "ytd,all,9,10 roll,all,9,10"),
}  # fmt: skip
"""A unit for each case: month → what it reports then."""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """The store of all cases, with targets that change and a definition that did."""
    return make_store(
        tmp_path_factory.mktemp("cases"),
        by_month(CASES),
        units=with_areas(*CASES),
        indicators=f"{INDICATORS}rise,Section,Target rises,H,SS,percent,monthly,,,\n"
        "near,Section,Target falls,T,SS,percent,monthly,,,\n"
        "new,Section,Newly defined,H,SS,percent,monthly,2016-07,,\n",
        targets=f"{TARGETS}rise,2016-04,80,60,,,\nrise,2016-08,90,70,,,\n"
        "near,2016-04,20,,1,2,\nnear,2016-08,10,,1,2,\nnew,2015-04,90,80,,,\n",
    )


@pytest.fixture(scope="module")
def only(store):
    """Finds an indicator of a case, in August unless another month is given."""
    asked = cache(lambda month, since: store.scorecards([*CASES], month, since))
    return lambda unit, code, month=THIS, since=None: record(
        asked(month, since), unit=unit, code=code
    )


def test_every_rated_indicator_has_a_row_in_order_of_display(store):
    found = store.scorecards(["north", "shire"], THIS)

    codes = ["h", "l", "t", "roll", "ytd", "done", "days", "count", "free", "rise", "near", "new"]
    assert list(found["code"]) == codes * 2
    assert list(found["unit"]) == ["shire"] * 12 + ["north"] * 12  # the order of units.csv


def test_a_bare_prompt_gets_the_same_answer(store, only):
    row = record(store.sql("FROM scorecard('earlier', '2016-08')"), code="h")

    assert row == only("earlier", "h")


def test_results_a_month_and_a_year_ago_have_their_directions(only):
    row = only("earlier", "h")

    assert (row["month_ago_shown"], row["month_ago_direction"]) == (90, "better")
    assert (row["year_ago_shown"], row["year_ago_direction"]) == (99, "worse")
    assert (row["month_ago_num"], row["month_ago_denom"]) == (90, 100)


def test_the_previous_report_is_of_the_month_before_or_that_which_is_named(store, only):
    of_july, of_may = only("earlier", "h"), only("earlier", "h", since=Month(2016, 5))

    assert (of_july["previous_shown"], of_july["previous_direction"]) == (90, "better")
    assert (of_may["previous_shown"], of_may["previous_direction"]) == (96, "worse")
    assert (of_may["month_ago_shown"], of_may["month_ago_direction"]) == (90, "better")
    asked = "FROM scorecard('earlier', '2016-08', since := '2016-05')"
    assert record(store.sql(asked), code="h") == of_may


def test_an_earlier_rating_is_that_of_the_target_then_in_force(only):
    row = only("target-85-85", "rise")

    assert (row["month_ago_rating"], row["rating"]) == ("green", "amber")
    assert row["month_ago_direction"] == "same"


def test_both_months_of_t_are_held_against_the_present_target(only):
    assert only("near", "near")["month_ago_direction"] == "worse"


@pytest.mark.parametrize(
    ("unit", "status"),
    [("nothing-earlier", "not-available"), ("nobody-earlier", "not-applicable")],
)
def test_without_an_earlier_result_there_is_no_arrow_but_a_reason(only, unit, status):
    row = only(unit, "h")

    assert row["month_ago_status"] == status
    assert (row["month_ago_shown"], row["month_ago_direction"]) == (None, None)


@pytest.mark.parametrize(
    ("month", "month_ago", "year_ago"),
    [
        ("2016-07", "not-comparable", "not-comparable"),  # the first with the new definition
        ("2016-08", "available", "not-comparable"),
        ("2017-07", "available", "available"),
        ("2016-06", "available", "available"),  # both under the old definition
    ],
)
def test_across_a_change_of_definition_nothing_is_compared(only, month, month_ago, year_ago):
    row = only("definition", "new", Month.parse(month))

    assert (row["month_ago_status"], row["year_ago_status"]) == (month_ago, year_ago)
    for when, status in (("month", month_ago), ("year", year_ago)):
        shown = {"available": (90, "same"), "not-comparable": (None, None)}[status]
        assert (row[f"{when}_ago_shown"], row[f"{when}_ago_direction"]) == shown


def test_rating_totals_count_rated_indicators_only(store):
    totals = store.rows("FROM rating_totals('totals', '2016-08')")

    assert totals == [{"rated": 3, "green": 1, "amber": 1, "red": 1}]


def test_an_indicator_without_target_is_not_rated_and_one_without_result_has_no_rating(only):
    assert only("totals", "free")["rating"] == "not-rated"
    assert only("totals", "count")["rating"] is None
    assert only("totals", "count")["status"] == "not-available"


@pytest.mark.parametrize(
    ("month", "code", "month_ago", "year_ago"),
    [
        ("2017-04", "ytd", "not-comparable", "available"),  # one month beside twelve
        ("2017-05", "ytd", "available", "available"),
        ("2017-04", "roll", "available", "available"),
    ],
)
def test_a_year_to_date_is_not_compared_with_the_year_before_s_last_month(
    only, month, code, month_ago, year_ago
):
    row = only("to-date", code, Month.parse(month))

    assert (row["month_ago_status"], row["year_ago_status"]) == (month_ago, year_ago)
    assert row["month_ago_direction"] == {"available": "same"}.get(month_ago)


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("2016-12", "available"), ("2016-05", "available"),
        ("2016-02", "not-comparable"), ("2016-01", "available"),  # the same ten months
    ],
)  # fmt: skip
def test_a_year_to_date_is_compared_with_its_own_year_or_the_same_month(only, since, status):
    row = only("to-date", "ytd", Month(2017, 1), Month.parse(since))

    assert row["previous_status"] == status


@pytest.mark.parametrize(
    ("unit", "rating", "by_earlier_target"),
    [
        ("target-85-84", "amber", "green"),  # by July's target of 80 it would still be Green
        ("target-85-75", "amber", "amber"),  # so it would by July's: the result fell
        ("target-95-95", "green", "green"),
    ],
)
def test_a_result_is_rated_by_the_target_of_the_month_before_too(
    only, unit, rating, by_earlier_target
):
    row = only(unit, "rise")

    assert (row["rating"], row["rating_by_earlier_target"]) == (rating, by_earlier_target)
    assert (row["previous_target"], row["target"]) == (80, 90)
    of_june = only(unit, "rise", since=Month(2016, 6))
    assert of_june["rating_by_earlier_target"] is None  # June has no result
