"""The workbook as it was: what a pack needs to be made again as it was published.

Results are replayed from the loads, and reference data, parameters and commentary are taken from
their versions (`ledger`). Notebooks and the package are those of today.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from scorecard.batch import record
from scorecard.batch.published import check_version
from scorecard.errors import LedgerError, Notice, ParamsError
from scorecard.input_faults import InputFaultsError
from scorecard.ledger import ledger, versions
from scorecard.params import checks, disclosure
from scorecard.params.wording import time_zone
from scorecard.store import difference, loading
from scorecard.store.sql_files import sql
from scorecard.store.store import in_memory
from scorecard.wording import moment, to_type
from scorecard.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scorecard.batch.packs_folder import PacksFolder
    from scorecard.batch.record import Run
    from scorecard.ledger.versions import Version
    from scorecard.months import Month
    from scorecard.store.difference import Difference
    from scorecard.store.store import Store

WITHHOLDING = (f"params/{disclosure.NAME}.yml", f"params/{checks.NAME}.yml")
"""What decides which figures are withheld."""


@dataclass(frozen=True)
class FilesThen:
    """What the files of a month were besides its results.

    `version` is None when no version says it: then they are those of today. `published` says
    whether the pack of the month that is published was made from that version and load.
    """

    version: int | None
    published: bool
    words: str


def record_version(
    workbook: Workbook, author: Callable[[Workbook], str] | None, run: Run
) -> int | None:
    """The version that all pages of a pack are made from; it is recorded if it is new.

    None without an author, and where it can't be recorded, which a `Notice` says.
    """
    if author is None or not versions.has_versions(workbook):
        return None
    known = versions.read(workbook)
    last = known[-1] if known else None
    if not known or versions.unrecorded(workbook, known):
        how = "Found changed" if known else "First recorded"
        why = f"{how} when the pack of {run.month} was published."
        try:
            with ledger.locked(workbook):
                last = versions.record(workbook, author(workbook), why)[0]
        except LedgerError as error:
            warnings.warn(f"{error} {UNRECORDED}", Notice, stacklevel=2)
            return None
    kept_older = any(each.stale for each in run.appendices)
    return last.version if last and not kept_older else None


UNRECORDED = (
    "So this pack can't be made again once reference data, parameters or commentary change."
)


def found(
    workbook: Workbook, outputs: PacksFolder, month: Month, load: int, as_at: str
) -> FilesThen:
    """The version of the files that `--as-at` means for `month`.

    `as_at` is what was typed, and `load` the load that it means. Of the load that the published
    pack shows that is the version it was made from; of any other load the last version recorded
    before the next load, and of a day the last recorded by its end.
    """
    known, zone = versions.read(workbook), time_zone(workbook)
    run = record.read(outputs.pack(month))
    shown = run is not None and run.load == load
    made_from = published_version(workbook, run, known) if shown else None
    day = _day(as_at)
    if day:
        by_then = [each for each in known if each.at.astimezone(zone).date() <= day]
    elif made_from:
        by_then = list(known[:made_from])
    else:
        by_then = [each for each in known if (each.load or 0) <= load]
    if not by_then:
        return FilesThen(None, published=False, words=_unknown(workbook, known))
    last = by_then[-1]
    when = moment(last.at.astimezone(zone))
    return FilesThen(
        last.version, last.version == made_from, f"those of version {last.version}, recorded {when}"
    )


def published_version(workbook: Workbook, run: Run | None, known: Sequence[Version]) -> int | None:
    """The version that a published pack was made from, if one of those that are `known` is it.

    Raises `LedgerError` when it is missing.
    """
    if run is None:
        return None
    if run.version is not None:
        check_version(run, workbook)
        return run.version
    return max((each.version for each in known if run.month in each.published), default=None)


def _day(as_at: str) -> date | None:
    try:
        return None if as_at.strip().isdigit() else date.fromisoformat(as_at.strip())
    except ValueError:
        return None


def _unknown(workbook: Workbook, known: Sequence[Version]) -> str:
    """Why it is not known what the files were, and what can be done about it."""
    if known:
        when = moment(known[0].at.astimezone(time_zone(workbook)))
        return f"what they were before {when} is in no version"
    if not versions.has_versions(workbook):
        return f"a workbook of format {workbook.format} doesn't keep them: `{to_type('upgrade')}`"
    return "no version of them has been recorded yet"


@contextmanager
def workbook_then(workbook: Workbook, load: int, then: FilesThen) -> Iterator[Workbook]:
    """A workbook, deleted afterwards, that is as `workbook` was after `load`, with files of `then`.

    Small numbers are withheld as they were in the pack that is published; in a month that was not
    published so, as they are today: it must not show what has never been published.
    Raises `LedgerError` when the ledger is not as it was made.
    """
    ledger.recover(workbook)
    with tempfile.TemporaryDirectory(
        prefix="scorecard-as-at-", ignore_cleanup_errors=True
    ) as folder:
        root = Path(folder).resolve() / "workbook"
        for name in ("data/results", "data/loads", "params"):
            (root / name).mkdir(parents=True)
        made = Workbook(root)
        for path in (workbook.format_file, workbook.secret):
            if path.exists():
                _copy(path, root / path.relative_to(workbook.root))
        for number in range(1, load + 1):
            source, target = ledger.folder(workbook, number), ledger.folder(made, number)
            for path in source.iterdir():
                _copy(path, target / path.name)
        for path in workbook.notebooks.rglob("*"):
            if path.is_file():
                _copy(path, root / path.relative_to(workbook.root))
        for name, content in _files(workbook, then).items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(content)
        _replay(made)
        try:
            yield made
        finally:
            if made.built != root / "data":  # a folder that the environment names
                shutil.rmtree(made.built, ignore_errors=True)


def differences(
    workbook: Workbook, now: Store, month: Month, load: int, version: int, units: list[str] | None
) -> list[Difference] | None:
    """What differs in `month` between `load` with the files of `version` and the store `now`.

    None when no store can be built from the files of then: rules may have been added since.
    """
    then = FilesThen(version, published=True, words="")
    try:
        with (
            workbook_then(workbook, load, then) as made,
            contextlib.closing(in_memory(made)) as before,
        ):
            return difference.between(before, now, month, units)
    except (InputFaultsError, ParamsError):
        return None


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _files(workbook: Workbook, then: FilesThen) -> dict[str, bytes]:
    """The files of a version by their names, or those of today."""
    today = {name: path.read_bytes() for name, path in versions.kept(workbook).items()}
    if then.version is None:
        return today
    known = versions.read(workbook)[: then.version]
    names = versions.state(known)
    files = {name: versions.content(workbook, name, value) for name, value in names.items()}
    if WITHHOLDING[0] in today and not then.published:
        files |= {name: today[name] for name in WITHHOLDING if name in today}
    return files


def _replay(workbook: Workbook) -> None:
    """Write the results that the loads of `workbook` lead to."""
    with duckdb.connect() as connection:
        connection.execute(sql("schema"))
        loading.stage_loads(connection, workbook)
        connection.execute(sql("loads/recorded"))
        months = connection.execute("SELECT DISTINCT month FROM recorded").fetchall()
        for (month,) in months:
            path = str(workbook.month_results(month))
            connection.execute(sql("loads/write_recorded"), {"month": month, "path": path})
