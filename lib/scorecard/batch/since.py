"""What has changed since a pack was published: figures that it shows, and what else it is made of.

A pack shows its units, the months of its trends and the targets then in force. Whatever else is
in `data/` may change and leave it as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from scorecard.batch import freshness
from scorecard.batch.published import (
    ILLEGIBLE,
    RESULTS,
    is_illegible,
    is_in_ledger,
    ledger_fault,
    until,
)
from scorecard.errors import ScorecardError
from scorecard.ledger import ledger
from scorecard.store import difference, store
from scorecard.store.names import with_those_above

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scorecard.batch.record import Run
    from scorecard.ledger.entry import Load
    from scorecard.months import Month
    from scorecard.store.difference import Difference
    from scorecard.store.store import Store
    from scorecard.workbook import Workbook

LOADS, REFERENCE = "data/loads/", "data/reference/"


@dataclass(frozen=True)
class Changes:
    """What has changed: `differences` since the load that the pack shows, and the other `files`.

    Results are among the files where it is unknown which load the pack shows. `unclear` says why
    something can't be compared.
    """

    load: int | None
    differences: Sequence[Difference]
    files: Sequence[str]
    unclear: str = ""


class Since:
    """A workbook as it is now, with which its published packs are compared.

    `fault` is the error that kept figures from being compared, if there was one: packs are then
    compared by their files alone.
    """

    def __init__(self, workbook: Workbook, notebooks: Path) -> None:
        self.workbook = workbook
        self._notebook = partial(workbook.notebook, shared=notebooks)
        self._inputs = freshness.inputs(workbook)
        self.fault: ScorecardError | None = None

    def changes(self, run: Run, month: Month, pack: Path) -> Changes:
        """What has changed since `run` made the pack of `month` in the folder `pack`."""
        now = self._inputs
        if is_illegible(run, self.workbook):
            return Changes(None, [], [], ILLEGIBLE)
        files = now.of(month, sealed=run.sealed)
        names = run.changed_since(files, now.code, self._notebook, pack)
        data = [name for name in names if name.startswith((RESULTS, LOADS, REFERENCE))]
        if not data:
            return Changes(None, [], names)
        try:
            return self._compared(run, month, [name for name in names if name not in data], data)
        except ScorecardError as error:
            self.fault = error
            later = {name for name in data if name.startswith(RESULTS)} - set(until(month, data))
            return Changes(None, [], [name for name in names if name not in later])

    def _compared(
        self, run: Run, month: Month, others: Sequence[str], data: Sequence[str]
    ) -> Changes:
        """The changes, of which `data` are the changed files that the store is built from."""
        reference_now = freshness.reference(self._store, self.workbook, month)
        shown = self._inputs.seal.as_in(reference_now, sealed=run.sealed)
        reference = [
            name for name in data
            if name.startswith(REFERENCE)
            and not (run.reference and run.reference.get(name) == shown.get(name))
        ]  # fmt: skip
        load = (
            difference.shown_load(run, month, self._loads)
            if is_in_ledger(run, self.workbook)
            else None
        )
        if load is None or str(month) not in self._months:
            results = [*until(month, data), *(n for n in data if n.startswith(LOADS) and run.load)]
            unclear = ledger_fault(run, self.workbook, "this pack")
            return Changes(None, [], [*results, *reference, *others], unclear)
        units = shown_units(run, self._store)
        return Changes(
            load, difference.found(self._store, month, load, units), [*reference, *others]
        )

    @cached_property
    def _store(self) -> Store:
        return store.look(self.workbook)

    @cached_property
    def _months(self) -> Sequence[str]:
        return self._store.catalogue().months

    @cached_property
    def _loads(self) -> Sequence[Load]:
        return ledger.read(self.workbook)


def shown_units(run: Run, store: Store) -> list[str] | None:
    """The units that the pages of a pack may show; None for all of them.

    A page shows the units that its parameters name, those below them, and those above them.
    """
    parents = {row["unit"]: row["parent"] for row in store.records.units()}
    shown: set[str] = set()
    for each in run.appendices:
        if not each.files:
            continue
        given = each.parameters.values()
        named = parents.keys() & {
            str(one) for value in given for one in (value if isinstance(value, list) else [value])
        }
        if not named:
            return None
        for unit in parents:
            line = with_those_above(unit, parents)
            if named.intersection(line):
                shown.add(unit)
            if unit in named:
                shown.update(line)
    return [unit for unit in parents if unit in shown]
