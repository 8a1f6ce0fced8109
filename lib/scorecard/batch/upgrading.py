"""An older workbook becomes one of today's format; `workbook.FORMAT` says what the formats are.

Nothing of an older workbook is changed or removed: what only the newer format has is added, and
last of all the file that says which format it is. Until then it is of the older format, and works
as before, so that an upgrade that was interrupted can be run again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.batch import freshness, record
from scorecard.batch.published import is_illegible
from scorecard.disk import settle, write_whole
from scorecard.errors import LedgerError, WorkbookError, plain_words
from scorecard.ledger import ledger, versions
from scorecard.wording import counted, named
from scorecard.workbook import FORMAT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorecard.batch.freshness import Inputs
    from scorecard.batch.packs_folder import PacksFolder
    from scorecard.batch.record import Run
    from scorecard.months import Month
    from scorecard.workbook import Workbook

KEPT = ("data/reference/", "data/commentary/", "params/")
TEXT = f"""\
# Which format data/ and params/ have. `run_month.py upgrade` changes it; leave it as it is.
format: {FORMAT}
"""
WHY = f"As they were when the workbook was upgraded to format {FORMAT}."
LISTED = 12
"""Months that are named; more are only counted."""


@dataclass(frozen=True)
class Upgrade:
    """What an upgrade of a workbook does.

    `packs` are the published months whose packs were made from the files as they are now, `others`
    those that were made from files of which no version is recorded.
    """

    workbook: Workbook
    files: int
    packs: Sequence[str]
    others: Sequence[str]

    @property
    def needed(self) -> bool:
        """Whether the workbook is of an older format."""
        return self.workbook.format < FORMAT

    def lines(self) -> Iterator[str]:
        """What the upgrade does, in words."""
        if not self.needed:
            yield f"This workbook has format {FORMAT}, the current one."
            return
        where = self.workbook.show(self.workbook.versions)
        yield f"This workbook has format {self.workbook.format}. To upgrade it to format {FORMAT}:"
        yield (
            f"  {where}/ gets a copy of reference data, parameters and commentary as they are now: "
            f"{counted(self.files, 'file', 'files')}, the first version."
        )
        if self.packs:
            yield (
                "  The published packs made from these files can be made again whatever changes "
                f"later: {named(self.packs, LISTED)}."
            )
        if self.others:
            yield (
                f"  These were made from other files, so they can't: {named(self.others, LISTED)}. "
                "Run these months before the upgrade if they must be."
            )
        yield f"  {self.workbook.show(self.workbook.format_file)} says `format: {FORMAT}`."
        yield "Nothing is changed or removed. Older programs can't read the workbook afterwards."


def found(workbook: Workbook, outputs: PacksFolder) -> Upgrade:
    """What an upgrade of `workbook` does, whose packs are in `outputs`."""
    inputs = freshness.inputs(workbook)
    packs: list[str] = []
    others: list[str] = []
    for month in outputs.months():
        run = record.read(outputs.pack(month))
        same = run and not is_illegible(run, workbook) and _is_of(run, month, inputs)
        (packs if same else others).append(str(month))
    return Upgrade(workbook, len(versions.kept(workbook)), packs, others)


def _is_of(run: Run, month: Month, inputs: Inputs) -> bool:
    """Whether a pack was made from the files, results aside, as they are now."""
    was, now = (
        {name: value for name, value in files.items() if name.startswith(KEPT)}
        for files in (run.inputs, inputs.of(month, sealed=run.sealed))
    )
    return was == now and not any(each.stale for each in run.appendices)


def do(upgrade: Upgrade, by: str) -> None:
    """Do the upgrade in the name of `by`.

    Raises `LedgerError` or `WorkbookError` when a file can't be written: the workbook is then of
    the older format still.
    """
    workbook = upgrade.workbook
    with ledger.locked(workbook):
        made, _ = versions.record(workbook, by, WHY, upgrade.packs)
        if made is None and upgrade.files:
            raise LedgerError("The workbook was not upgraded. Run the command again.")
        try:
            write_whole(workbook.format_file, TEXT.encode())
            settle(workbook.format_file.parent)
        except OSError as error:
            shown = workbook.show(workbook.format_file)
            raise WorkbookError(f"{shown} can't be written: {plain_words(error)}") from error
