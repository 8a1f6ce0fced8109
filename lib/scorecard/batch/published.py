"""What is published, as a load must know it: from which results each pack was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.batch import record
from scorecard.batch.seal import Seal
from scorecard.disk import file_hash, text_hash
from scorecard.errors import OutputsError
from scorecard.importing.plan import Published
from scorecard.ledger import ledger
from scorecard.wording import PROGRAM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorecard.batch.pack import Outputs
    from scorecard.batch.record import Run
    from scorecard.months import Month
    from scorecard.workbook import Workbook

RESULTS = "data/results/"


def published(workbook: Workbook, outputs: Outputs) -> dict[str, Published]:
    """Every published month with the load of its pack, oldest month first."""
    plain = {workbook.show(path): file_hash(path) for path in workbook.results()}
    seal = Seal(workbook)
    found = {}
    for month in outputs.months():
        run = record.read(outputs.pack(month))
        used = {name: run.inputs[name] for name in until(month, run.inputs)} if run else {}
        now = seal.as_in(plain, sealed=run is not None and run.sealed)
        there = {name: now[name] for name in until(month, now)}
        load = run.load if run and stands(run, workbook) else None
        edited = tuple(name for name, value in used.items() if there.get(name) != value)
        kept = run is not None and any(each.stale for each in run.appendices)
        found[str(month)] = Published(load, bool(used) and used == there and not kept, edited)
    return found


def until(month: Month, files: Iterable[str]) -> list[str]:
    """Of the names of files, those of the results that a pack of `month` can show."""
    last = f"{RESULTS}{month}.csv"
    return [name for name in files if name.startswith(RESULTS) and name <= last]


def stands(run: Run, workbook: Workbook) -> bool:
    """Whether the load that a pack shows, if any, is that which has its number in the ledger now.

    It isn't after an older copy of the ledger was brought back, or another workbook's.
    """
    if run.load is None:
        return True
    entry = ledger.folder(workbook, run.load) / ledger.ENTRY
    if not entry.is_file():
        return False
    name, seal = workbook.show(entry), Seal(workbook)
    # git may have changed the line ends since.
    now = [seal.as_in({name: of(entry)}, sealed=run.sealed)[name] for of in (file_hash, text_hash)]
    return run.inputs.get(name) in now


def check_stands(run: Run, workbook: Workbook, pack: str) -> None:
    """Raise `OutputsError` when the load that `pack` shows is not in the ledger as it is now."""
    if not stands(run, workbook):
        raise OutputsError(
            f"{pack} was made from load {run.load}, which is another one in data/loads, or not "
            "there. Bring the ledger back that it was made with, or compare with a load: "
            f"`{PROGRAM} diff --since LOAD`"
        )
