"""The out-turn of a financial year beside that of the year before."""

from __future__ import annotations

import duckdb
import pytest

from scorecard.months import Month
from support.stores import asked_only
from support.workbooks import INDICATORS, make_store, make_workbook, record

YEAR_END = "2016-03"
MONTHS = [str(each) for each in Month(2014, 4).until(Month(2016, 3))]
"""Two financial years."""
CATALOGUE = (
    INDICATORS
    + """\
began,Activity,Counted so since the year began,,M,count,monthly,2015-04,,
mixed,Activity,Counted so since the second month,,M,count,monthly,2015-05,,
"""
)


FLOWS = {"flow": 100, "began": 200, "mixed": 300}


def results(month: str, number: int) -> str:
    """A month's: in the second year 9 of 10 a month, in the first 8, and 7 in the last of both."""
    num = 7 if month.endswith("-03") else 9 if month >= "2015-04" else 8
    rows = [f"shire,{code},all,{num},10" for code in ("roll", "h", "done")]
    rows += [f"shire,{code},all,{more + num}," for code, more in FLOWS.items()]
    if month != "2014-05":
        rows.append(f"shire,ytd,all,{num},10")
    if month == YEAR_END:
        rows.append("south,ytd,all,0,0 south,h,all,1,2")
    counted = 20 + number
    rows += [
        f"north,flow,all,{counted},",
        f"north,roll,all,3,{counted}",
        f"north,ytd,all,{30 + counted},90 north,ytd,excluding_uasc,30,89",
        f"north,h,all,3,{counted + (month == '2015-04')}",
        f"north,l,all,3,{counted + (month == '2014-09')}",
    ]
    return " ".join(rows)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    months = {month: results(month, number) for number, month in enumerate(MONTHS)}
    months["2016-04"] = "shire,h,all,1,2"
    return make_store(tmp_path_factory.mktemp("outturn"), months, indicators=CATALOGUE)


def of(store, code):
    return record(store.outturn("shire", YEAR_END), code=code)


def test_what_is_added_up_has_the_year_beside_the_year_before_and_its_last_month_alone(store):
    row = of(store, "roll")

    assert (row["num"], row["denom"], row["rating"]) == (11 * 9 + 7, 120, "amber")
    assert (row["last_year_num"], row["last_year_denom"]) == (11 * 8 + 7, 120)
    assert row["last_year_direction"] == "better"
    assert (row["month_alone_num"], row["month_alone_denom"]) == (7, 10)
    assert (row["month_alone_shown"], row["month_alone_status"]) == (70, "available")
    assert row["month_alone_provenance"] == ["published"]
    assert row["provenance"] == ["published"]


def test_a_month_alone_of_results_without_provenance_has_none(tmp_path):
    """It had a list with nothing in it, which could not be joined."""
    workbook = make_workbook(tmp_path, {YEAR_END: "shire,roll,all,7,10"}, indicators=CATALOGUE)
    path = tmp_path / f"data/results/{YEAR_END}.csv"
    path.write_text(path.read_text().replace("published", ""))

    row = of(asked_only(workbook), "roll")
    assert (row["month_alone_num"], row["month_alone_provenance"]) == (7, [])


def test_the_year_before_is_rated_by_the_targets_of_then(store):
    """There are none before April 2015."""
    row = of(store, "h")

    assert (row["rating"], row["last_year_rating"]) == ("red", "not-rated")
    assert (row["target"], row["last_year_target"]) == (90, None)


def test_a_snapshot_and_a_finished_figure_have_the_final_result_and_no_month_alone(store):
    for code in ("h", "done"):
        row = of(store, code)
        assert (row["num"], row["last_year_num"], row["last_year_direction"]) == (7, 7, "same")
        assert (row["month_alone_status"], row["month_alone_num"]) == (None, None)


def test_a_year_before_with_a_month_missing_has_no_result(store):
    row = of(store, "ytd")

    assert (row["num"], row["month_alone_num"]) == (106, 7)
    assert (row["last_year_status"], row["last_year_shown"]) == ("not-available", None)
    assert row["last_year_direction"] is None


def test_a_month_by_itself_may_be_missing_or_without_cases(store):
    found = store.outturn("south", YEAR_END)

    assert record(found, code="ytd")["month_alone_status"] == "not-applicable"
    assert "roll" not in set(found[found["month_alone_num"].notna()]["code"])
    assert record(found, code="roll")["month_alone_status"] == "not-available"


def test_only_the_last_month_of_a_financial_year_has_an_out_turn(store):
    with pytest.raises(
        duckdb.InvalidInputException, match="2016-04 is not the last month of a financial year"
    ):
        store.outturn("shire", "2016-04")
    with pytest.raises(
        duckdb.InvalidInputException, match="2015-12 is not the last month of a financial year"
    ):
        store.sql("FROM outturn('shire', '2015-12')")


def test_activity_of_a_year_stands_beside_the_year_before(store):
    row = record(store.activity_to_date("shire", YEAR_END), unit="shire", code="flow")

    assert (row["months"], row["num"], row["year_ago_num"]) == (12, 1306, 1295)
    assert (row["difference"], row["status"], row["year_ago_status"]) == (
        11, "available", "available",
    )  # fmt: skip


def test_activity_that_was_counted_otherwise_then_has_no_sum(store):
    found = store.activity_to_date("shire", YEAR_END)

    def sums(code):
        row = record(found, unit="shire", code=code)
        return row["status"], row["num"], row["year_ago_status"], row["year_ago_num"]

    assert sums("began") == ("available", 2506, "not-comparable", None)
    assert sums("mixed") == ("not-comparable", None, "not-comparable", None)


def test_a_measure_is_linked_with_the_indicators_that_counted_the_same_in_the_year_before(store):
    """`l` did not in one month, `h` not in one of this year; of `ytd` the others, in UASC."""
    assert store.linked_measures(Month(2016, 3))["flow"] == ["h", "roll", "ytd"]
