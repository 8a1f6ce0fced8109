"""What is published, as a load must know it: from which results each pack was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.batch import record
from scorecard.batch.seal import Seal
from scorecard.disk import file_hash, text_hash
from scorecard.errors import DisclosureError, LedgerError, OutputsError
from scorecard.importing.plan import PublishedMonth
from scorecard.ledger import ledger, versions
from scorecard.params import disclosure
from scorecard.wording import to_type

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorecard.batch.packs_folder import PacksFolder
    from scorecard.batch.record import Run
    from scorecard.months import Month
    from scorecard.workbook import Workbook

RESULTS = "data/results/"


def published(workbook: Workbook, outputs: PacksFolder) -> dict[str, PublishedMonth]:
    """Every published month with the load of its pack, oldest month first."""
    plain = {workbook.show(path): file_hash(path) for path in workbook.results()}
    seal = Seal(workbook)
    found = {}
    for month in outputs.months():
        run = record.read(outputs.pack(month))
        used = {name: run.inputs[name] for name in until(month, run.inputs)} if run else {}
        if run and is_illegible(run, workbook):
            used = {}
        now = seal.as_in(plain, sealed=run is not None and run.sealed)
        there = {name: now[name] for name in until(month, now)}
        load = run.load if run and is_in_ledger(run, workbook) else None
        edited = tuple(name for name, value in used.items() if there.get(name) != value)
        kept = run is not None and any(each.stale for each in run.appendices)
        found[str(month)] = PublishedMonth(load, bool(used) and used == there and not kept, edited)
    return found


def until(month: Month, files: Iterable[str]) -> list[str]:
    """Those of `files` that hold results which a pack of `month` can show."""
    last = f"{RESULTS}{month}.csv"
    return [name for name in files if name.startswith(RESULTS) and name <= last]


def is_in_ledger(run: Run, workbook: Workbook) -> bool:
    """Whether the load of that number in the ledger is still the one that a pack shows, if any.

    It isn't after an older copy of the ledger, or another workbook's, was put in its place.
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


def is_illegible(run: Run, workbook: Workbook) -> bool:
    """Whether the hashes in the record were sealed with a secret that is not in `data/.secret`.

    It is then unknown from which inputs the pack was made.
    """
    if not run.sealed:
        return False
    params = (workbook.root / "params").glob("*.yml")
    plain = {workbook.show(path): file_hash(path) for path in params}
    now = Seal(workbook).as_in(plain, sealed=True)
    return bool(now) and not any(run.inputs.get(name) == value for name, value in now.items())


def ledger_fault(run: Run, workbook: Workbook, pack: str) -> str:
    """Why the ledger is not the one that `pack` was made with, and what to do; empty if it is."""
    if run.load is None or is_illegible(run, workbook) or is_in_ledger(run, workbook):
        return ""
    entry = ledger.folder(workbook, run.load) / ledger.ENTRY
    what = "is missing" if not entry.is_file() else "was modified since"
    return (
        f"{pack} was made from load {run.load}, and {workbook.show(entry)} {what}. "
        f"{ledger.BRING_BACK}"
    )


def check_packs(workbook: Workbook, outputs: PacksFolder) -> None:
    """Check that the workbook still has what its published packs were made from.

    Raises `LedgerError` when one was made with another ledger than there is, or from a version of
    reference data, parameters and commentary that is missing, and `DisclosureError`
    when one withholds small numbers and the file that says so is gone.
    """
    withholds = workbook.params(disclosure.NAME)
    for month in outputs.months():
        run = record.read(outputs.pack(month))
        if run is None:
            continue
        if run.sealed and not withholds.exists():
            raise DisclosureError(UNPROTECTED.format(month=month, file=workbook.show(withholds)))
        check_version(run, workbook)
        if wrong := ledger_fault(run, workbook, f"the pack of {month}"):
            raise LedgerError(wrong)


def check_version(run: Run, workbook: Workbook) -> None:
    """Raise `LedgerError` when the version that a pack was made from is not in the ledger."""
    if run.version and not versions.entry(workbook, run.version).is_file():
        gone = workbook.show(versions.entry(workbook, run.version))
        raise LedgerError(
            f"the pack of {run.month} was made from version {run.version} of reference data, "
            f"parameters and commentary, and {gone} is missing. {versions.BRING_BACK}"
        )


def check_in_ledger(run: Run, workbook: Workbook, pack: str) -> None:
    """Raise `OutputsError` when the load that `pack` shows is not in the ledger as it is now."""
    if is_illegible(run, workbook):
        raise OutputsError(f"{pack}: {ILLEGIBLE}")
    wrong = ledger_fault(run, workbook, pack)
    if wrong:
        diff = to_type(f"diff {run.month} --since LOAD")
        raise OutputsError(f"{wrong} Or compare with a load: `{diff}`")


UNPROTECTED = (
    "{file} is missing, and the pack of {month} withholds small numbers: without the file a run "
    "would show every one of them. Bring it back from a copy. If small numbers may be shown, keep "
    "the file with `threshold: 0`"
)

ILLEGIBLE = (
    "data/.secret is missing, or is not the one that this pack was sealed with, so changes since "
    "can't be found. Bring the file back from a copy; otherwise the next run makes every page again"
)
