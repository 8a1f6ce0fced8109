"""A wrong name is an error in SQL too, and codes and months may be numbers."""

from __future__ import annotations

import re
from itertools import product

import duckdb
import pytest

from scorecard.store.semantic_layer import SEMANTIC_LAYER
from scorecard.store.sql_files import sql
from support.workbooks import INDICATORS, make_store

GIVEN = {
    "for_unit": "'shire'", "for_code": "'7'", "for_dimension": "'age'", "for_month": "'2016-08'",
}  # fmt: skip
WRONG = {
    "for_unit": {"shrie": "unknown unit `shrie`: the nearest is `shire`"},
    "for_code": {"77": "unknown indicator `77`: the nearest is `7`"},
    "for_month": {"2019-01": "no results for 2019-01: the store holds 2016-07 to 2016-08"},
}
for kind, values in WRONG.items():
    # DuckDB doesn't look for what is outside the range of a column.
    for value in ("1999-01", "2099-01") if kind == "for_month" else ("!", "zzz"):
        values[value] = f"`{value}`" if kind != "for_month" else f"no results for {value}"
HEADS = re.findall(
    r"^CREATE MACRO (\w+)\((for_unit,[^)]*)\) AS TABLE",
    "".join(sql(name) for name in SEMANTIC_LAYER),
    re.MULTILINE,
)
NEEDED = {
    name: [each.strip() for each in parameters.split(",") if ":=" not in each]
    for name, parameters in HEADS
    if "for_codes" not in parameters
}
"""Each macro of one unit, with what it can't do without."""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    rows = "shire,7,all,1,2 north,7,all,1,2 shire,flow,all,3,"
    folder = tmp_path_factory.mktemp("names")
    (folder / "params").mkdir()
    words = "council: Shire\nservice: Care\nyear_begins: 9\n"  # so that August has an out-turn
    (folder / "params/wording.yml").write_text(words, encoding="utf-8")
    return make_store(
        folder,
        {"2016-07": rows, "2016-08": rows},
        indicators=f"{INDICATORS}7,Section,By number,H,R12M,percent,monthly,,,\n",
    )


def ask(store, name, **other):
    given = {**GIVEN, **other}
    return store.sql(f"FROM {name}({', '.join(given[each] for each in NEEDED[name])})")


@pytest.mark.parametrize("name", NEEDED)
def test_right_names_have_an_answer(store, name):
    ask(store, name)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        (name, wrong)
        for name, wrong in product(NEEDED, WRONG)
        if wrong in NEEDED[name] and (name, wrong) != ("units_within", "for_month")
    ],
)
def test_a_wrong_name_is_an_error_that_names_the_nearest(store, name, wrong):
    for value, message in WRONG[wrong].items():
        with pytest.raises(duckdb.InvalidInputException, match=message):
            ask(store, name, **{wrong: f"'{value}'"})


def test_a_wrong_cohort_is_an_error_that_names_the_nearest(store):
    with pytest.raises(duckdb.InvalidInputException, match="`al`: the nearest is `all`"):
        store.sql("FROM process_limits('shire', '7', '2016-08', for_cohort := 'al')")


@pytest.mark.parametrize("month", ["201608", "'201608'", "DATE '2016-08-01'", "'2016-08-01'"])
def test_a_code_and_a_month_may_be_text_or_number(store, month):
    as_text = ask(store, "trend")
    assert ask(store, "trend", for_code="7", for_month=month).equals(as_text)


def test_what_is_no_month_is_an_error(store):
    with pytest.raises(duckdb.ConversionException, match="2016-8"):
        ask(store, "scorecard", for_month="'2016-8'")
