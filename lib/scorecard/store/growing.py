"""A new store is made from the one before, if only the results of some months have changed.

A store holds the hashes of what it was built from. If only a few results files have changed, and
the ledger only has new loads, those months are loaded into a copy of the store, and the figures
that may have changed are worked out. The SQL is that of a full build, in which every month is new.
A grown store holds what a full build would: `tests/store/test_growing.py` compares them.

After any other change, and when anything is wrong, the store is built in full, which reports it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard.input_faults import Faults, InputFaultsError
from scorecard.ledger import ledger
from scorecard.store import loading
from scorecard.store.sql_files import query, sql
from scorecard.workbook import RESULTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from scorecard.store.inputs import Inputs
    from scorecard.workbook import Workbook

AT_MOST = 4
"""If more than one in this many months has changed, a full build is quicker."""
MONTHS = re.compile(f"data/results/(?P<file>{RESULTS.pattern})")
LOADS = re.compile(rf"data/loads/\d+/({re.escape(ledger.ENTRY)}|{re.escape(ledger.CHANGES)})")


def months(former: duckdb.DuckDBPyConnection, inputs: Inputs) -> list[str] | None:
    """The months whose results files changed since the store `former` was built.

    None when other files changed, or so many months that a full build is quicker.
    """
    before: Mapping[str, str] = dict(former.execute("FROM inputs").fetchall())
    names = {*before, *inputs}
    changed = sorted(name for name in names if before.get(name) != inputs.get(name))
    found = [MONTHS.fullmatch(name) for name in changed]
    results = [Path(each["file"]).stem for each in found if each]
    loads = [name for name in changed if LOADS.fullmatch(name) and name not in before]
    every = sum(bool(MONTHS.fullmatch(name)) for name in inputs)
    (in_order,) = former.execute(query("room_to_grow")).fetchone() or (False,)
    if len(changed) > len(results) + len(loads) or len(results) * AT_MOST > every or not in_order:
        return None
    return results


def grow(connection: duckdb.DuckDBPyConnection, workbook: Workbook, changed: list[str]) -> None:
    """Take the `changed` months and what new loads say into a store of the inputs before.

    Raises `InputFaultsError` and `LedgerError`, and leaves the store half-grown then.
    """
    last = connection.execute("SELECT coalesce(max(load), 0) FROM loads WHERE recorded").fetchone()
    recorded = last[0] if last else 0
    asked = {"recorded": recorded}
    connection.execute(sql("schema"))
    connection.execute("DELETE FROM loads; DELETE FROM publications")
    loads = loading.stage_entries(connection, workbook)
    loading.stage_changes(connection, workbook, [load for load in loads if load > recorded])
    connection.execute(sql("growing/touched"), {**asked, "months": changed})
    touched = {str(month)[:7] for (month,) in connection.execute("FROM touched").fetchall()}
    known = [load for load in loads if load <= recorded]
    loading.stage_changes(connection, workbook, known, touched)
    faults = Faults(loading.stage_workbook(connection, workbook, touched))
    connection.execute(sql("stage/forget_empty"))
    several = connection.execute(sql("growing/narrowed")).fetchone()
    loading.break_rules(connection, faults)
    if faults or several != (False,) or not workbook.results():
        raise InputFaultsError(faults)
    loading.derive(connection)
    connection.execute(sql("growing/stale"), asked)
