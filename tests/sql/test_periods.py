"""Data periods: which months a result is made of, and what it is when one of them is missing."""

from __future__ import annotations

import random
from decimal import Decimal
from functools import cache

import pytest

from scorecard.display import DATA_PERIODS
from scorecard.months import Month
from scorecard.store.store import in_memory
from support.stores import asked_only
from support.workbooks import (
    INDICATORS,
    PROVENANCES,
    TARGETS,
    by_month,
    each,
    macros,
    make_store,
    make_workbook,
    record,
    records,
    with_areas,
)

FIRST, LAST = Month(2014, 9), Month(2016, 8)
PERIODS = {"h": "SS", "roll": "R12M", "ytd": "YTD", "done": "window", "days": "SS", "count": "SS"}


def test_sql_and_python_say_the_same_of_each_data_period():
    code = [*DATA_PERIODS]
    of_stocks, of_flows, of_months = (
        each(macros(), expression, code=code)
        for expression in ("is_stock(code)", "is_flow(code)", "over_months(code, 'monthly')")
    )

    assert of_stocks == [period.stock for period in DATA_PERIODS.values()]
    assert of_flows == [period.flow for period in DATA_PERIODS.values()]
    assert of_months == [period.over_months for period in DATA_PERIODS.values()]


def months_of(period: str, month: Month) -> list[Month]:
    """The months of a data period, as section 2 of the arithmetic words it."""
    if period in ("SS", "window"):
        return [month]
    if period in ("R12M", "R3M"):
        return (month - (11 if period == "R12M" else 2)).until(month)
    april = Month(month.year - (month.number < 4), 4)
    return april.until(month)


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    """Two years of random figures with a tenth of them missing, and their store."""
    chance = random.Random(20160831)  # noqa: S311 (figures for a test)
    figures = {}
    for month in FIRST.until(LAST):
        for code in PERIODS:
            if chance.random() < 0.9:
                denom = chance.choice([0, 1, 7, 100, chance.randrange(1, 5000)])
                num = Decimal(chance.randrange(0, denom * 10 + 1)) / 10
                figures[month, code] = (num, None if code == "count" else Decimal(denom))
    lines = {
        str(month): "\n".join(
            f"shire,{code},all,{num},{'' if denom is None else denom}"
            for (when, code), (num, denom) in figures.items()
            if when == month
        )
        for month in FIRST.until(LAST)
    }
    return figures, make_store(tmp_path_factory.mktemp("history"), lines)


def expected(figures, code, months):
    """Numerator, denominator and status of a period; nothing is ever made of fewer months."""
    inside = [figures.get((month, code)) for month in months]
    if None in inside:
        return (None, None, "not-available")
    num = sum(num for num, _ in inside)
    if code == "count":
        return (num, None, "available")
    denom = sum(denom for _, denom in inside)
    return (num, denom, "available" if denom else "not-applicable")


def as_float(figure: Decimal | None) -> float | None:
    """A frame holds figures as floats."""
    return None if figure is None else float(figure)


@pytest.mark.parametrize("code", PERIODS)
def test_every_month_s_figure_is_made_of_its_period_s_months(history, code):
    figures, store = history
    found = store.sql(
        "SELECT month, num, denom, status FROM figures WHERE unit = 'shire' AND code = $code "
        "AND cohort = 'all' ORDER BY month",
        code=code,
    )

    for row, month in zip(records(found), FIRST.until(LAST), strict=True):
        num, denom, status = expected(figures, code, months_of(PERIODS[code], month))
        assert row["month"].strftime("%Y-%m") == str(month)
        assert row["status"] == status, month
        assert row["num"] == as_float(num), month
        assert row["denom"] == as_float(denom), month


def test_three_months_are_summed_for_monthly_supplied_rolling_indicators_only(history):
    figures, store = history
    found = store.sql(
        "SELECT code, month, num, status FROM short_term_figures "
        "WHERE unit = 'shire' AND cohort = 'all' ORDER BY month"
    )

    assert set(found["code"]) == {"roll"}
    for row, month in zip(records(found), FIRST.until(LAST), strict=True):
        num, _, status = expected(figures, "roll", months_of("R3M", month))
        assert row["status"] == status
        assert row["num"] == as_float(num)


def months(first: str, last: str, line: str) -> dict[str, str]:
    return {str(m): line for m in Month.parse(first).until(Month.parse(last))}


NEAR = [
    (293, 2246, "13.0", "13.0", False),  # 13.045% is Red and looks it
    (47, 362, "13.0", "12.98", True),  # Amber, though 13.0% would be Red
    (129994, 1000000, "13.0", "12.999", True),
    (129999, 1000000, "13.0", "12.9999", True),
    (100001, 1000000, "10.0", "10.0001", True),  # Amber, though 10.0% would be Green
    (10, 100, "10.0", "10.0", False),
]
PLACES = ["1.2", "1.23", "1.234", "1.2345"]
OWN = [
    (["2016-08,{},,worked out"], "worked out", "published", "published"),
    (["2016-08,{},R3M,worked out"], "published", "worked out", "published"),
    (["2016-07,{},,worked out"], "published", "published", "worked out"),
    (["2016-08,{},,one", "2016-08,{},R3M,two"], "one", "two", "published"),
]
LARGEST = "999999999.9999"


def largest(num: str) -> str:
    """A line of each polarity."""
    return " ".join(f"big{polarity},all,{num},{LARGEST}" for polarity in "HLT")


YEAR = months("2015-09", "2016-08", "roll,all,9,10")
CASES = {
    "to-date": months("2015-04", "2017-03", "ytd,all,1,2"),
    "gap": months("2014-01", "2016-08", "roll,all,9,10") | {"2015-06": "h,all,1,1"},
    "no-file": {"2013-10": "h,all,1,2", "2013-12": "h,all,1,2"},
    "finished": months("2016-07", "2016-08", "done,all,95,100 roll,all,95,100"),
    "nobody": {"2016-08": "h,all,0,0"},
    "nobody-once": YEAR | {"2016-02": "roll,all,0,0"},
    "counted": {"2016-08": "count,all,35,"},
    "target": months("2016-03", "2016-08", "free,all,85,100"),
    "cohort": {"2016-08": "h,all,9,10 h,excluding_uasc,8,9"},
    "largest": months("2015-08", "2016-08", largest(LARGEST)) | {"2015-08": largest("1")},
    **{f"near-{num}": {"2016-08": f"l,all,{num},{denom}"} for num, denom, *_ in NEAR},
    # In months of their own: all figures of an indicator in a month have the same decimals.
    "places": {f"2014-0{len(num)}": f"h,all,{num},9" for num in PLACES},
    **{f"own-{n}": months("2015-08", "2016-08", "roll,all,9,10") for n in range(len(OWN))},
}  # fmt: skip
"""A unit for each case: month → what it reports then."""


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    """The store of all cases."""
    workbook = make_workbook(
        tmp_path_factory.mktemp("cases"),
        by_month(CASES),
        units=with_areas(*CASES),
        indicators=INDICATORS
        + "".join(f"big{p},Section,Largest {p},{p},R12M,percent,monthly,,,\n" for p in "HLT"),
        targets=f"{TARGETS}free,2016-06,90,70,,,\nfree,2016-04,80,60,,,\n"
        + "".join(f"big{p},2015-04,99,99,1.5,99999.9999,\n" for p in "HLT"),
        provenance=PROVENANCES,
    )
    lines = [
        line.format(f"own-{n},roll,all") for n, (given, *_) in enumerate(OWN) for line in given
    ]
    workbook.reference("period_provenance").write_text(
        "\n".join(["month,unit,code,cohort,data_period,provenance", *lines, ""]), encoding="utf-8"
    )
    return asked_only(workbook)


@pytest.fixture(scope="module")
def at(cases):
    """Finds an indicator of a case in a month."""
    scorecards = cache(lambda month: cases.scorecards([*CASES], Month.parse(month)))
    return lambda unit, month, code: record(scorecards(month), unit=unit, code=code)


@pytest.mark.parametrize(
    ("month", "num"), [("2016-03", 12), ("2016-04", 1), ("2016-05", 2), ("2017-03", 12)]
)
def test_the_year_to_date_starts_again_in_april(at, month, num):
    row = at("to-date", month, "ytd")

    assert row["num"] == num
    assert (row["month_ago_status"] == "not-comparable") == (num == 1)


@pytest.mark.parametrize(
    ("begins", "nums"),
    [(1, [5, 6, 7, 3, 4]), (7, [11, 12, 1, 9, 10]), (12, [6, 7, 8, 4, 5])],
)
def test_the_year_to_date_begins_in_the_month_that_the_council_names(tmp_path, begins, nums):
    workbook = make_workbook(tmp_path, months("2014-07", "2016-04", "shire,ytd,all,1,2"))
    workbook.params("wording").write_text(f"council: C\nservice: S\nyear_begins: {begins}\n")
    with in_memory(workbook) as store:
        figures = store.rows("FROM figures WHERE unit = 'shire' AND code = 'ytd'")
        found = {str(Month.of(row["month"])): row["num"] for row in figures}
        july = record(store.scorecards(["shire"], Month(2015, 7)), code="ytd")
    asked = ["2015-05", "2015-06", "2015-07", "2016-03", "2016-04"]
    assert [found[month] for month in asked] == nums
    assert (july["month_ago_status"] == "not-comparable") == (begins == 7)


def test_a_missing_month_leaves_the_twelve_that_need_it_without_a_result(cases, at):
    figures = cases.rows("FROM figures WHERE unit = 'gap' AND code = 'roll'")
    available = {Month.of(row["month"]): row["status"] for row in figures}

    assert available[Month(2015, 5)] == available[Month(2016, 6)] == "available"
    for month in Month(2015, 6).until(Month(2016, 5)):
        assert available[month] == "not-available"
    row = at("gap", "2016-05", "roll")
    assert (row["status"], row["shown"], row["rating"]) == ("not-available", None, None)
    assert at("gap", "2016-06", "roll")["shown"] == 90
    assert at("gap", "2015-08", "roll")["r3m_status"] == "not-available"
    assert at("gap", "2015-09", "roll")["r3m_shown"] == 90


def test_a_month_without_any_file_is_a_missing_month(at):
    assert at("no-file", "2013-12", "h")["month_ago_status"] == "not-available"


def test_a_finished_rolling_figure_is_taken_as_supplied(at):
    row = at("finished", "2016-08", "done")

    assert (row["shown"], row["num"], row["status"]) == (95, 95, "available")
    assert row["r3m_status"] is None
    assert at("finished", "2016-08", "roll")["status"] == "not-available"


def test_nothing_counted_is_not_applicable_and_neither_zero_nor_an_error(at):
    row = at("nobody", "2016-08", "h")

    assert row["status"] == "not-applicable"
    assert (row["shown"], row["result"], row["rating"], row["num"], row["denom"]) == (
        None, None, None, 0, 0,
    )  # fmt: skip


def test_a_month_in_which_nothing_was_counted_still_belongs_to_the_twelve(at):
    row = at("nobody-once", "2016-08", "roll")

    assert (row["num"], row["denom"], row["shown"]) == (99, 110, 90)


def test_a_count_is_its_numerator(at):
    row = at("counted", "2016-08", "count")

    assert (row["shown"], row["denom"], row["rating"]) == (35, None, "red")


@pytest.mark.parametrize(
    ("month", "target", "rating"),
    [
        ("2016-03", None, "not-rated"),
        ("2016-04", 80, "green"),
        ("2016-05", 80, "green"),
        ("2016-06", 90, "amber"),
        ("2016-08", 90, "amber"),
    ],
)
def test_the_target_in_force_is_the_latest_not_after_the_month(at, month, target, rating):
    row = at("target", month, "free")

    assert (row["target"], row["rating"]) == (target, rating)


@pytest.mark.parametrize(("num", "denom", "shown", "precise", "near"), NEAR)
def test_a_result_that_rounds_onto_a_threshold_has_more_decimals(
    at, num, denom, shown, precise, near
):
    row = at(f"near-{num}", "2016-08", "l")

    assert (row["shown"], row["precise"]) == (float(shown), float(precise))
    assert row["near_threshold"] == near


def test_a_cohort_has_a_row_only_where_it_is_supplied(cases):
    found = cases.sql("SELECT DISTINCT unit FROM figures WHERE cohort = 'excluding_uasc'")

    assert list(found["unit"]) == ["cohort"]


@pytest.mark.parametrize("polarity", ["H", "L", "T"])
def test_the_largest_figures_the_contract_allows_are_summed(at, polarity):
    row = at("largest", "2016-08", f"big{polarity}")

    assert row["shown"] == 100
    assert row["month_ago_direction"] == {"H": "better", "L": "worse", "T": "better"}[polarity]


@pytest.mark.parametrize("num", PLACES)
def test_figures_keep_the_decimals_they_are_supplied_with(at, num):
    row = at("places", f"2014-0{len(num)}", "h")

    assert row["num"] == float(num)
    assert row["num_places"] == len(num) - 2


@pytest.mark.parametrize("n", range(len(OWN)))
def test_a_period_may_have_a_provenance_of_its_own(at, n):
    _, own, short_term, month_ago = OWN[n]
    row = at(f"own-{n}", "2016-08", "roll")

    assert row["provenance"] == [own]
    assert row["r3m_provenance"] == [short_term]
    assert row["month_ago_provenance"] == [month_ago]
