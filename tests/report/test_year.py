"""A year's out-turn, a quarter and activity to date, as tables of a page."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from scorecard.errors import MonthError, UnknownNameError
from scorecard.months import Month
from scorecard.report import Report
from support.workbooks import make_workbook, record

MONTHS = [str(each) for each in Month(2014, 4).until(Month(2016, 3))]


def made(folder, small=()):
    """A year of 80 of 100 a month, then of 90; each unit, code and month of `small` has 3."""

    def lines(month):
        num = 90 if month >= "2015-04" else 80
        found = []
        for unit in ("shire", "north", "south"):
            for code, bottom in (("roll", 100), ("h", 100), ("flow", "")):
                count = 3 if (unit, code, month) in small else num
                found.append(f"{unit},{code},all,{count},{bottom}")
        return " ".join(found)

    book = make_workbook(folder, {month: lines(month) for month in MONTHS})
    words = "council: Shire\nservice: Care\n"
    book.params("wording").write_text(words, encoding="utf-8")
    if small:
        profile = "threshold: 5\nfootnote: Numbers from 1 to {threshold} are {sign}.\n"
        book.params("disclosure").write_text(profile, encoding="utf-8")
    return book


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return Report("2016-03", "shire", made(tmp_path_factory.mktemp("year")), period="year")


def test_the_out_turn_has_the_month_the_year_and_the_year_before(report):
    fragment = report.outturn(["roll", "h"])
    rolling, snapshot = (record(fragment.df, code=code) for code in ("roll", "h"))

    assert [rolling[each] for each in ("month_alone", "month_alone_num", "num", "denom")] == [
        90, 90, 1080, 1200,
    ]  # fmt: skip
    assert (rolling["result"], rolling["result_rating"]) == (90, "green")
    assert (rolling["year_ago"], rolling["year_ago_rating"]) == (80, "not-rated")
    assert rolling["year_ago_direction"] == "better"
    assert (snapshot["result"], snapshot["month_alone"]) == (90, None)
    assert "Out-turn 2015/16 beside 2014/15, Shire" in fragment.html
    assert "The figures of March 2016 alone are not rated" in fragment.html
    assert "can't be compared" not in fragment.html


def seen(fragment, field):
    """What the cells of a column say of ratings."""
    cells = BeautifulSoup(fragment.html, "html.parser").select(f"td[data-field={field}]")
    return [cell.get("data-rating") for cell in cells]


def test_a_year_without_targets_says_once_that_it_is_not_rated(report):
    """The targets are in force from April 2015."""
    fragment = report.outturn(["roll", "h"])

    assert "No out-turn of 2014/15 is rated, because no target is held for it." in fragment.html
    assert seen(fragment, "year_ago") == [None, None]
    assert seen(fragment, "result") == ["green", "green"]
    assert 'data-field="target"' in fragment.html


def test_a_quarter_without_targets_says_so_once_and_has_no_column_of_them(report):
    early = Report("2015-03", "shire", report._source.workbook, period="quarter").quarter(["h"])
    words = "No result of January 2015, February 2015 or March 2015 is rated"

    assert words in early.html
    assert "Not rated" not in early.html
    assert 'data-field="target"' not in early.html
    assert [seen(early, each) for each in ("first_month", "second_month", "result")] == [[None]] * 3
    assert record(early.df, code="h")["result_rating"] == "not-rated"
    later = Report("2015-06", "shire", report._source.workbook, period="quarter").quarter(["h"])
    assert "is rated, because" not in later.html
    assert seen(later, "first_month") == ["green"]


def test_what_is_not_there_is_counted_with_its_reason(report):
    fragment = report.outturn()

    assert "7 of 9 out-turns can&#39;t be compared with 2014/15" in fragment.html
    assert "7 have no out-turn this year" in fragment.html


def test_activity_of_the_year_is_beside_that_of_the_year_before(report):
    fragment = report.activity_to_date()
    row = record(fragment.df, code="flow")

    assert (row["sum"], row["sum_year_ago"], row["sum_difference"]) == (1080, 960, 120)
    assert row["counted"] == "April 2015 to March 2016"
    assert record(fragment.df, code="stock")["counted"] == "at the end of March 2016"
    assert "+120" in fragment.html
    assert "Activity in 2015/16, April 2015 to March 2016, Shire" in fragment.html


def test_a_quarter_has_its_three_months_and_the_quarter_before(report):
    quarter = Report("2015-06", "shire", report._source.workbook, period="quarter")
    row = record(quarter.quarter(["h"]).df, code="h")

    assert quarter.previous == "2015-03"
    assert [row[each] for each in ("first_month", "second_month", "result")] == [90, 90, 90]
    assert [row[each] for each in ("first_month_rating", "result_rating")] == ["green", "green"]
    assert (row["previous"], row["previous_direction"], row["year_ago"]) == (80, "better", 80)
    sums = record(quarter.activity_to_date().df, code="flow")
    assert (sums["sum"], sums["sum_year_ago"]) == (270, 240)


@pytest.mark.parametrize("period", ["year", "quarter"])
def test_only_the_last_month_of_a_period_has_such_a_report(report, period):
    with pytest.raises(MonthError, match=f"2016-02 is not the last month of a {period}"):
        Report("2016-02", "shire", report._source.workbook, period=period)
    with pytest.raises(UnknownNameError, match="unknown period `yaer`; did you mean `year`"):
        Report("2016-03", "shire", report._source.workbook, period="yaer")


def test_nothing_is_shown_that_a_small_month_could_be_worked_out_from(tmp_path):
    small = {("shire", "flow", "2015-07"), ("shire", "roll", "2015-09")}
    found = Report("2016-03", "shire", made(tmp_path, small), period="year")
    sums, months = found.activity_to_date(["flow"]), found.outturn(["roll"])
    cells = {
        column.name: value
        for (table,) in (months.tables, sums.tables)
        for column, value in zip(table.columns, table.rows[0], strict=True)
    }

    assert {name for name, value in cells.items() if str(value) == "[c]"} == {
        "sum", "sum_year_ago", "sum_difference", "month_alone", "month_alone_num",
        "month_alone_denom",
    }  # fmt: skip
    assert (cells["num"], cells["sum_status"]) == (1080 - 87, "not-shown")
    assert "Of 1 measure, 1 is not shown." in sums.html
