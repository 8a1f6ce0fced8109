"""Percentages that may be above 100%, as of posts filled: their numerator is no part of a whole."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scorecard import display
from scorecard.input_faults import InputFaultsError
from scorecard.months import Month
from scorecard.store.store import in_memory
from support.workbooks import INDICATORS, make_store, make_workbook, record

HEAD, *ROWS = INDICATORS.splitlines()
CATALOGUE = "\n".join(
    [
        f"{HEAD},above_100",
        *(f"{row},{'yes' if row[:2] in ('h,', 'l,') else ''}" for row in ROWS),
        "",
    ]
)
AUGUST = Month(2016, 8)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    months = (AUGUST - 13).until(AUGUST)
    lines = {
        str(
            month
        ): f"shire,h,all,{520 + month.number % 2 * 20},500 shire,l,all,3,40 north,h,all,300,250"
        for month in months
    }
    return make_store(tmp_path_factory.mktemp("rates"), lines, indicators=CATALOGUE)


def test_it_is_shown_rated_and_compared_as_a_percentage(store):
    row = record(store.sql("FROM scorecard('shire', '2016-08')"), code="h")
    assert (row["shown"], row["rating"], row["month_ago_shown"]) == (104, "green", 108)
    assert row["month_ago_direction"] == "worse"
    assert display.result(Decimal(104), row["format"]) == "104.0%"
    assert display.distance("4.0", row["format"]) == "4.0 percentage points"


def test_it_has_no_cases_no_limit_at_100_and_no_funnel(store):
    row = record(store.sql("FROM scorecard('shire', '2016-08')"), code="l")
    assert row["rating"] == "green"
    assert row["cases_to_target"] is None
    (signal,) = store.rows("FROM signals('shire', '2016-08') WHERE code = 'h'")
    assert signal["expected_to"] > 105
    assert store.rows("FROM funnel('shire', 'h', '2016-08')") == []
    (why,) = store.rows("SELECT rating_why FROM explain('shire', 'h', '2016-08')")
    assert "520 = 52000 is at or above" in why["rating_why"]


def test_only_where_the_catalogue_allows_it_and_only_of_percentages(tmp_path):
    workbook = make_workbook(tmp_path, {"2016-08": "shire,t,all,101,100"}, indicators=CATALOGUE)
    with pytest.raises(InputFaultsError, match="numerator 101 is above the denominator 100"):
        in_memory(workbook)
    wrong = CATALOGUE.replace("SS,count,monthly,,,,", "SS,count,monthly,,,,yes", 1)
    make_workbook(tmp_path, {"2016-08": "shire,h,all,1,1"}, indicators=wrong)
    with pytest.raises(InputFaultsError, match="above_100 `yes` is not known"):
        in_memory(workbook)
