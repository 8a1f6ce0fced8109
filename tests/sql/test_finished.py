"""Finished results: a row with a result, without numerator and denominator."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO

import pytest
from rich.console import Console

from scorecard.commands import explain
from scorecard.input_faults import InputFaultsError
from scorecard.months import Month
from scorecard.report import (
    columns,
    columns_of_variation,
    columns_over_time,
    result_prose,
    variation,
)
from scorecard.report.source import Source
from scorecard.store.store import in_memory
from support.check_workbook import Given, examined
from support.workbooks import HEADER, added_up, make_workbook, records

THIS = Month(2016, 8)
SERIES = "94.25 91 92.50 91.25 92 91.5 92.75 91 92.5 91.75 92 91.5 93.1 94.25".split()
"""The finished results of h, the last that of the reporting month; the one a year before is 91."""
NOW = (
    "shire,h,all,94.25,result north,h,all,41,50 south,h,all,30,40 shire,l,all,9.5,result "
    "shire,t,all,20,result shire,done,all,89.99,result shire,days,all,426.125,result"
)
BEFORE = "shire,l,all,10,100 shire,t,all,15,result shire,done,all,90,result shire,days,all,42,100"


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    months = (THIS - 13).until(THIS)
    given = {
        str(month): f"shire,h,all,{value},result north,h,all,40,50"
        for month, value in zip(months, SERIES, strict=True)
    }
    given[str(THIS - 1)] += f" {BEFORE}"
    made = make_workbook(tmp_path_factory.mktemp("finished"), {**given, str(THIS): NOW})
    (made.root / "params/wording.yml").write_text("council: C\nservice: S\n")
    return made


@pytest.fixture(scope="module")
def store(workbook):
    with in_memory(workbook) as opened:
        yield opened


@pytest.fixture(scope="module")
def source(workbook):
    opened = Source.open("2016-08", "shire", workbook)
    yield opened
    opened.store.close()


def figure(store, code, month=THIS, unit="shire"):
    asked = {"unit": unit, "code": code, "month": month.first_day}
    (row,) = store.rows(
        "FROM figures WHERE unit = $unit AND code = $code AND month = $month AND cohort = 'all'",
        **asked,
    )
    return row


@pytest.mark.parametrize(
    ("code", "shown", "places", "rated"),
    [
        ("h", "94.25", 2, "green"),
        ("l", "9.5", 1, "green"),
        ("t", "20", 0, "green"),
        ("done", "89.99", 2, "amber"),
        ("days", "426.125", 3, "amber"),
    ],
)
def test_a_finished_result_is_shown_and_rated_as_it_was_given(store, code, shown, places, rated):
    row = figure(store, code)
    assert (row["status"], row["num"], row["denom"]) == ("available", None, None)
    assert (row["shown"], row["precise"], row["shown_places"]) == (
        Decimal(shown), Decimal(shown), places
    )  # fmt: skip
    assert (row["rating"], row["finished"], row["near_threshold"]) == (rated, True, False)


def test_it_is_compared_exactly_also_with_one_that_was_counted(store):
    rows = {row["code"]: row for row in store.rows("FROM scorecard('shire', '2016-08')")}
    directions = {code: row["month_ago_direction"] for code, row in rows.items()}
    given = {"h": "better", "l": "better", "t": "same", "done": "worse", "days": "worse"}
    assert {code: way for code, way in directions.items() if way} == given
    assert rows["h"]["year_ago_direction"] == "better"
    assert all(rows["h"][f"cases_to_{end}"] is None for end in ("target", "floor", "red"))


def test_nothing_adds_subtracts_or_counts_what_nobody_knows(store):
    assert store.rows("FROM results WHERE unit = 'shire' AND month = '2016-08-01'") == []
    assert store.rows("FROM funnel('shire', 'h', '2016-08')") == []
    assert records(store.movement("shire", "h", THIS)) == []
    assert records(store.all_rate_and_mix("shire", ["h"], THIS)) == []


def test_month_end_results_are_judged_and_finished_windows_are_not(store):
    found = {row["code"]: row for row in store.rows("FROM signals('shire', '2016-08')")}
    assert (found["h"]["status"], found["h"]["points"]) == ("available", 14)
    assert (found["h"]["value"], found["h"]["range_places"]) == (Decimal("94.25"), 2)
    assert found["done"]["status"] == "finished-window"
    assert (found["h"]["result_places"], found["h"]["rests_on"][-2]["places"]) == (2, 1)
    limits = store.rows("FROM process_limits('shire', 'h', '2016-08') WHERE month = '2016-08-01'")
    assert limits[0]["shown"] == Decimal("94.25")


def test_explain_names_the_file_and_writes_comparisons_of_what_is_known(store):
    (row,) = records(store.explain("shire", "h", THIS))
    assert row["rating_why"] == "94.25 is at or above 90, the target"
    assert row["month_ago_why"] == "94.25 is more than 93.1"
    (mixed,) = records(store.explain("shire", "l", THIS))
    assert mixed["month_ago_why"] == "9.5 × 100 = 950 is less than 1000 × 1 = 1000"  # noqa: RUF001
    (near,) = records(store.explain("shire", "t", THIS))
    assert near["rating_why"] == ("|20 − 17.5| = 2.5 is at or below 2.5, the Green distance")  # noqa: RUF001
    (made,) = records(store.explain_rows("shire", "h", THIS))
    assert (made["num"], made["result"], made["result_places"], made["file"], made["row"]) == (
        None, Decimal("94.25"), 2, "data/results/2016-08.csv", 2
    )  # fmt: skip


def test_pages_have_dashes_for_counts_and_files_say_that_it_was_finished(source):
    (row,) = source.rows(["h"])
    result = columns.result()
    assert result.cell(row).text == "94.25%"
    assert [str(each.value(row)) for each in result.data] == [
        "94.25", "available", "green", "published + finished"
    ]  # fmt: skip
    for column in (columns.numerator(), columns.denominator()):
        cell = column.cell(row)
        assert (cell.text, cell.hidden) == ("-", " supplied finished")
        assert [each.value(row) for each in column.data] == [None]
    earlier = columns_over_time.earlier("month_ago", "One month ago")
    assert earlier.cell(row).text == "93.1%"
    assert source.footnotes.finished
    assert result_prose.cases_moved(row) == ""
    assert "This is better than last month (93.1%)." in result_prose.against_target(row)


def test_limits_and_their_months_have_the_decimals_given(source):
    signal = {**source.signals.by_code["h"], "range_places": 3}
    for shows, begins in (
        ({"signal": "one-side"}, "94.25%, above"),
        ({"signal": "trend"}, "94.25%,"),
    ):
        found = {**signal, "variation": "improvement", "side": 1, **shows}
        ((_, words),) = variation.real_changes([found])
        assert words.startswith(f"Higher is better (h), {begins}")
    source.signals.shown(["h"])
    rows = columns_of_variation.limit_months(source.signals.limit_months(), "x", "").rows
    assert [str(each) for each in rows[-2][-2:]] == ["93.1", "published + finished"]
    assert str(rows[2][-2]) == "92.50"


def test_why_it_moved_is_not_claimed(source):
    (row,) = source.rows(["h"])
    assert result_prose.moved(row, THIS - 1).endswith(
        "What moved it is not known, because a result was supplied finished."
    )


def test_a_column_result_is_read_and_each_fault_in_it_named(tmp_path):
    workbook = make_workbook(tmp_path, {})
    path = tmp_path / "data/results/2016-08.csv"
    head = HEADER.strip() + ",status,result\n"
    path.write_text(f"{head}2016-08,shire,h,all,,,p,,94.50\n2016-08,north,h,all,,,p,,withheld\n")
    with in_memory(workbook) as store:
        found = {row["unit"]: row for row in store.rows("FROM figures WHERE code = 'h'")}
    assert (found["shire"]["shown"], found["shire"]["shown_places"]) == (Decimal("94.5"), 2)
    assert found["north"]["status"] == "withheld"
    path.write_text(
        head
        + "2016-08,shire,h,all,1,2,p,,94\n2016-08,north,h,all,,,p,,94%\n"
        + "2016-08,shire,count,all,,,p,,9\n2016-08,shire,roll,all,,,p,,90.5\n"
        + "2016-08,shire,l,all,,,p,,100.5\n2016-08,shire,days,excluding_uasc,,,p,,3\n"
        + "2016-08,south,t,all,,,p,,3\n2016-08,south,t,excluding_uasc,1,2,p,,\n"
        + "2016-08,south,h,all,,,p,low,3\n2016-08,south,days,all,x,result,p,,\n"
    )
    with pytest.raises(InputFaultsError) as caught:
        in_memory(workbook)
    for words in (
        "row 2, column result: the finished result 94 is beside 1",
        "row 3, column result: the finished result `94%` is not a number",
        "row 4, column result: `count` is a count, so its finished result 9 is the numerator",
        "row 5, column result: `roll` is added up from months, and a finished result 90.5 can't be",
        "row 6, column result: the finished result 100.5 is above 100, and `l` is a percentage",
        "row 7, column cohort: a finished result is of all children, and this one is of cohort",
        "row 9, column cohort: there is a result of cohort `excluding_uasc`, but that of all",
        "row 10, column result: the finished result 3 is beside the status low",
        "row 11, column num: the finished result `x` is not a number",
    ):
        assert words in str(caught.value)


def test_nothing_is_added_up_from_a_finished_result(tmp_path):
    lines = "north,h,all,94.25,result south,h,all,1,2"
    workbook = make_workbook(tmp_path, {"2016-08": lines}, indicators=added_up("h"))
    with in_memory(workbook) as store:
        assert figure(store, "h")["status"] == "not-available"
        console = Console(file=StringIO(), width=200)
        explain.show(console, store, "shire", "h", THIS, "all")
    assert "added up, and those of North were supplied finished" in console.file.getvalue()


def test_the_checks_know_that_it_came_and_question_what_differs_from_its_history(tmp_path):
    months = dict(zip((THIS - 13).until(THIS - 1), SERIES, strict=False))
    given = Given({
        **{month: f"shire,h,all,{value},result" for month, value in months.items()},
        THIS: "shire,h,all,9.4,result",
    })  # fmt: skip
    found = {each.check: each.says for each in examined(tmp_path, given).findings}
    assert "missing_result" not in found
    assert found["outside_limits"].startswith("Shire, Higher is better: 9.4% in August 2016;")


def test_the_checks_miss_one_that_did_not_come_and_notice_a_month_that_was_copied(tmp_path):
    codes = ("h", "l", "t", "days", "done", "free")
    rows = [f"{unit},{code},all,7,result" for unit in ("shire", "north") for code in codes]
    given = Given({THIS - 1: "\n".join(rows), THIS: "\n".join(rows[:-1])})
    found = {each.check: each.says for each in examined(tmp_path, given).findings}
    assert "Without target" in found["missing_result"]
    assert found["copied_month"].startswith("11 of 11 results of August 2016 are exactly those")
