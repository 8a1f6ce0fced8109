"""Data periods: which months a result is made of, and what it is when one of them is missing."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from scorecard.display import DATA_PERIODS
from scorecard.months import Month
from scorecard.store.store import in_memory
from support.workbooks import (
    INDICATORS,
    PROVENANCES,
    each,
    macros,
    make_store,
    make_workbook,
    record,
    records,
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


def at(store, month, code):
    return record(store.scorecards(["shire"], Month.parse(month)), code=code)


@pytest.mark.parametrize(
    ("month", "num"), [("2016-03", 12), ("2016-04", 1), ("2016-05", 2), ("2017-03", 12)]
)
def test_the_year_to_date_starts_again_in_april(tmp_path, month, num):
    store = make_store(tmp_path, months("2015-04", "2017-03", "shire,ytd,all,1,2"))

    assert at(store, month, "ytd")["num"] == num


@pytest.mark.parametrize(
    ("begins", "nums"),
    [(4, [2, 3, 4, 12, 1]), (1, [5, 6, 7, 3, 4]), (7, [11, 12, 1, 9, 10]), (12, [6, 7, 8, 4, 5])],
)
def test_the_year_to_date_begins_in_the_month_that_the_council_names(tmp_path, begins, nums):
    workbook = make_workbook(tmp_path, months("2014-07", "2016-04", "shire,ytd,all,1,2"))
    workbook.params("wording").write_text(f"council: C\nservice: S\nyear_begins: {begins}\n")
    with in_memory(workbook) as store:
        found = {month: at(store, month, "ytd") for month in YEAR}
    assert [row["num"] for row in found.values()] == nums
    first = [row["month_ago_status"] for row in found.values()]
    assert first == ["not-comparable" if num == 1 else "available" for num in nums]


YEAR = ["2015-05", "2015-06", "2015-07", "2016-03", "2016-04"]


def test_a_missing_month_leaves_the_twelve_that_need_it_without_a_result(tmp_path):
    lines = months("2014-01", "2016-08", "shire,roll,all,9,10")
    lines["2015-06"] = "shire,h,all,1,1"
    store = make_store(tmp_path, lines)

    assert at(store, "2015-05", "roll")["status"] == "available"
    for month in Month(2015, 6).until(Month(2016, 5)):
        row = at(store, str(month), "roll")
        assert (row["status"], row["shown"], row["rating"]) == ("not-available", None, None)
    assert at(store, "2016-06", "roll")["shown"] == 90
    assert at(store, "2015-08", "roll")["r3m_status"] == "not-available"
    assert at(store, "2015-09", "roll")["r3m_shown"] == 90


def test_a_month_without_any_file_is_a_missing_month(tmp_path):
    store = make_store(tmp_path, {"2016-06": "shire,h,all,1,2", "2016-08": "shire,h,all,1,2"})

    assert at(store, "2016-08", "h")["month_ago_status"] == "not-available"


def test_a_finished_rolling_figure_is_taken_as_supplied(tmp_path):
    lines = months("2016-07", "2016-08", "shire,done,all,95,100 shire,roll,all,95,100")
    row = at(make_store(tmp_path, lines), "2016-08", "done")

    assert (row["shown"], row["num"], row["status"]) == (95, 95, "available")
    assert row["r3m_status"] is None
    assert at(make_store(tmp_path, lines), "2016-08", "roll")["status"] == "not-available"


def test_nothing_counted_is_not_applicable_and_neither_zero_nor_an_error(tmp_path):
    row = at(make_store(tmp_path, {"2016-08": "shire,h,all,0,0"}), "2016-08", "h")

    assert row["status"] == "not-applicable"
    assert (row["shown"], row["result"], row["rating"], row["num"], row["denom"]) == (
        None, None, None, 0, 0,
    )  # fmt: skip


def test_a_month_in_which_nothing_was_counted_still_belongs_to_the_twelve(tmp_path):
    lines = months("2015-09", "2016-08", "shire,roll,all,9,10")
    lines["2016-02"] = "shire,roll,all,0,0"
    row = at(make_store(tmp_path, lines), "2016-08", "roll")

    assert (row["num"], row["denom"], row["shown"]) == (99, 110, 90)


def test_a_count_is_its_numerator(tmp_path):
    row = at(make_store(tmp_path, {"2016-08": "shire,count,all,35,"}), "2016-08", "count")

    assert (row["shown"], row["denom"], row["rating"]) == (35, None, "red")


TARGETS = """\
code,valid_from,target,floor,green_within,amber_within,note
h,2016-06,90,70,,,
h,2016-04,80,60,,,
"""


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
def test_the_target_in_force_is_the_latest_not_after_the_month(tmp_path, month, target, rating):
    store = make_store(
        tmp_path, months("2016-03", "2016-08", "shire,h,all,85,100"), targets=TARGETS
    )
    row = at(store, month, "h")

    assert (row["target"], row["rating"]) == (target, rating)


@pytest.mark.parametrize(
    ("num", "denom", "shown", "precise", "near"),
    [
        (293, 2246, "13.0", "13.0", False),  # 13.045% is Red and looks it
        (47, 362, "13.0", "12.98", True),  # Amber, though 13.0% would be Red
        (129994, 1000000, "13.0", "12.999", True),
        (129999, 1000000, "13.0", "12.9999", True),
        (100001, 1000000, "10.0", "10.0001", True),  # Amber, though 10.0% would be Green
        (10, 100, "10.0", "10.0", False),
    ],
)
def test_a_result_that_rounds_onto_a_threshold_has_more_decimals(
    tmp_path, num, denom, shown, precise, near
):
    row = at(make_store(tmp_path, {"2016-08": f"shire,l,all,{num},{denom}"}), "2016-08", "l")

    assert (row["shown"], row["precise"]) == (float(shown), float(precise))
    assert row["near_threshold"] == near


def test_a_cohort_has_a_row_only_where_it_is_supplied(tmp_path):
    store = make_store(
        tmp_path,
        {"2016-08": "shire,h,all,9,10 north,h,all,5,6 shire,h,excluding_uasc,8,9"},
    )
    found = store.sql("SELECT unit FROM figures WHERE cohort = 'excluding_uasc'")

    assert list(found["unit"]) == ["shire"]


@pytest.mark.parametrize("polarity", ["H", "L", "T"])
def test_the_largest_figures_the_contract_allows_are_summed(tmp_path, polarity):
    figure = "999999999.9999"
    store = make_store(
        tmp_path,
        months("2015-08", "2016-08", f"shire,roll,all,{figure},{figure}")
        | {"2015-08": f"shire,roll,all,1,{figure}"},
        indicators=INDICATORS.replace("Rolling,H", f"Rolling,{polarity}"),
        targets="code,valid_from,target,floor,green_within,amber_within,note\n"
        "roll,2015-04,99,99,1.5,99999.9999,\n",
    )
    row = at(store, "2016-08", "roll")

    assert row["shown"] == 100
    assert row["month_ago_direction"] == {"H": "better", "L": "worse", "T": "better"}[polarity]


@pytest.mark.parametrize("num", ["1.2", "1.23", "1.234", "1.2345"])
def test_figures_keep_the_decimals_they_are_supplied_with(tmp_path, num):
    row = at(make_store(tmp_path, {"2016-08": f"shire,h,all,{num},9"}), "2016-08", "h")

    assert row["num"] == float(num)
    assert row["num_places"] == len(num) - 2


@pytest.mark.parametrize(
    ("lines", "own", "short_term", "month_ago"),
    [
        (["2016-08,shire,roll,all,,worked out"], "worked out", "published", "published"),
        (["2016-08,shire,roll,all,R3M,worked out"], "published", "worked out", "published"),
        (["2016-07,shire,roll,all,,worked out"], "published", "published", "worked out"),
        (
            ["2016-08,shire,roll,all,,one", "2016-08,shire,roll,all,R3M,two"],
            "one", "two", "published",
        ),
    ],
)  # fmt: skip
def test_a_period_may_have_a_provenance_of_its_own(tmp_path, lines, own, short_term, month_ago):
    results = months("2015-08", "2016-08", "shire,roll,all,9,10")
    workbook = make_workbook(tmp_path, results, provenance=PROVENANCES)
    (tmp_path / "data/reference/period_provenance.csv").write_text(
        "\n".join(["month,unit,code,cohort,data_period,provenance", *lines, ""]), encoding="utf-8"
    )
    row = at(in_memory(workbook), "2016-08", "roll")

    assert row["provenance"] == [own]
    assert row["r3m_provenance"] == [short_term]
    assert row["month_ago_provenance"] == [month_ago]
