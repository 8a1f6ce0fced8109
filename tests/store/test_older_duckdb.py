"""DuckDB's own program is often older than the package: it gives the same answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from scorecard.store import building
from sql.test_names import GIVEN, NEEDED
from support import prepared
from support.workbooks import INDICATORS, make_workbook

YEAR_END = {"for_month": "'2016-03'"}
"""What macros of a whole year are asked for."""


def call(name: str) -> str:
    """A macro's answer, in SQL."""
    given = GIVEN | (YEAR_END if name.startswith("outturn") else {})
    return f"FROM {name}({', '.join(given[each] for each in NEEDED[name])})"


ASKED = [call(name) for name in NEEDED]

ANSWERS = """
import duckdb, json, sys
store, asked = json.load(sys.stdin)
with duckdb.connect() as prompt:
    prompt.execute(f"ATTACH '{store}' AS store (READ_ONLY)")
    prompt.execute("USE store")
    print(json.dumps([repr(prompt.execute(each).fetchall()) for each in asked]))
"""


def uv() -> str:
    """The program that can fetch another DuckDB; in CI it has to be there."""
    if found := os.environ.get("UV"):
        return found
    if os.environ.get("CI") == "true":
        pytest.fail("these tests are run by `uv run`, which says where it is")
    pytest.skip("needs `uv run pytest`")


def answers(program: list[str], store: str) -> list[str]:
    """What a DuckDB answers to each of `ASKED`, in a process of its own."""
    done = subprocess.run(
        [*program, "-c", ANSWERS], input=json.dumps([store, ASKED]), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_oldest_duckdb_that_can_open_the_store_gives_the_same_answers(tmp_path):
    rows = "shire,7,all,{0},20 north,7,all,{0},9 shire,stock,all,{0}, north,flow,all,3,"
    workbook = make_workbook(
        tmp_path,
        {f"2016-{month:02}": rows.format(month) for month in range(1, 9)},
        indicators=f"{INDICATORS}7,Section,By number,H,SS,percent,monthly,,,\n",
    )
    with prepared.nothing():
        building.refresh(workbook)
    store = str(workbook.store_copy)
    oldest = f"duckdb=={building.READABLE_BY.removeprefix('v')}"
    older = [
        uv(),
        "run",
        "--isolated",
        "--no-project",
        "--python",
        sys.executable,
        "--with",
        oldest,
    ]

    assert answers([*older, "python"], store) == answers([sys.executable], store)
