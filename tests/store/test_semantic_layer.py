"""The semantic layer: a store keeps its macros, each with its comment."""

from __future__ import annotations

import duckdb

from scorecard.store.store import in_memory
from support.stores import stored


def test_a_bare_prompt_gets_the_answers_of_the_macros(workbook):
    stored(workbook)
    with duckdb.connect(str(workbook.store_copy), read_only=True) as prompt:
        found = prompt.sql("FROM scorecard('shire', '2016-08')").filter("code = 'h'")
        ratings = found.project("rating").fetchall()
        for question in (
            "activity('shire', '2016-08')",
            "uasc_impact('shire', '2016-08')",
            "trend('shire', 'h', '2016-08')",
            "rating_totals('shire', '2016-08')",
            "reconciliation('shire', '2016-08')",
            "units_within('shire', '2016-08')",
        ):
            prompt.sql(f"FROM {question}").fetchall()

    assert ratings == [("green",)]


def test_each_macro_has_the_comment_above_it(workbook):
    with in_memory(workbook) as store:
        asked = "SELECT comment FROM duckdb_functions() WHERE function_name = $name"
        (table,) = store.rows(asked, name="signals")
        (scalar,) = store.rows(asked, name="process_of")

    assert table["comment"].startswith("signals('kent', '2016-08') : one row")
    assert scalar["comment"].startswith("process_of(points, total, movement) → {mean")
