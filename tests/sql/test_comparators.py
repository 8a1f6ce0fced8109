"""The results of others beside ours: the row that holds in the month, and the exact difference."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scorecard.months import Month
from scorecard.store.store import in_memory
from support.workbooks import make_workbook

THIS = Month(2016, 8)
ROWS = """\
code,comparator,valid_from,period,result,source
h,England,2016-07,year to 31 March 2015,89.96,A return
h,Statistical neighbours,2016-04,year to 31 March 2014,91,A return
h,England,2015-07,year to 31 March 2014,80,An older return
h,England,2016-09,year to 31 March 2016,70,Not known yet
days,England,2016-01,three years to March 2015,12.5,A return
stock,Region,2016-01,31 March 2016,12,A return
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    workbook = make_workbook(
        tmp_path_factory.mktemp("comparators"),
        {
            "2016-06": "shire,h,all,1,3",
            "2016-08": (
                "shire,h,all,90,100\nshire,days,all,37,3\nshire,stock,all,7,\nnorth,h,all,0,0"
            ),
        },
    )
    workbook.reference("comparators").write_text(ROWS, encoding="utf-8")
    with in_memory(workbook) as opened:
        yield opened


def beside(store, code, unit="shire", month=THIS):
    return {row["comparator"]: row for row in store.records.comparators(unit, code, month)}


def test_each_comparator_has_the_row_that_holds_in_the_month(store):
    now, then = beside(store, "h"), beside(store, "h", month=THIS - 2)

    assert [*now] == ["England", "Statistical neighbours"]
    assert (now["England"]["period"], now["England"]["source"]) == (
        "year to 31 March 2015", "A return",
    )  # fmt: skip
    assert then["England"]["source"] == "An older return"


def test_the_difference_is_of_exact_results(store):
    england, others = beside(store, "h")["England"], beside(store, "h")["Statistical neighbours"]
    june, days = beside(store, "h", month=THIS - 2)["England"], beside(store, "days")["England"]
    stock = beside(store, "stock")["Region"]

    assert (england["shown"], england["own_shown"]) == (Decimal("90.0"), Decimal(90))
    assert (england["difference"], england["difference_sign"]) == (0, 1)
    assert (others["difference"], others["difference_sign"]) == (-1, -1)
    assert f"{june['difference']:.1f}" == "-46.7"
    assert (f"{days['difference']:.1f}", days["difference_sign"]) == ("-0.2", -1)
    assert (stock["difference"], stock["shown"], stock["own_shown"]) == (-5, 12, 7)


def test_without_a_result_of_our_own_there_is_no_difference(store):
    row = beside(store, "h", "north")["England"]

    assert row["shown"] == Decimal("90.0")
    assert row["own_shown"] is row["difference"] is row["difference_sign"] is None


def test_without_a_comparator_there_is_no_row(store):
    assert beside(store, "roll") == {}


def test_several_at_once_are_each_by_itself(store):
    found = store.records.all_comparators("shire", ["days", "h"], THIS)
    by_itself = [row for code in ("h", "days") for row in beside(store, code).values()]

    assert sorted(found, key=str) == sorted(by_itself, key=str)
    assert [row["code"] for row in found] == ["h", "h", "days"]
