"""Results that no load has recorded, and what a run does about them.

Where they change what has been published, no month that shows them is published: the committee
would see other figures than before, and no load would give the reason. `load --edits` records them.
Otherwise the run records them itself, so that every published pack has a load: its figures can then
be compared, and made again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scorecard.batch import record as records
from scorecard.batch.published import published
from scorecard.batch.since import shown_units
from scorecard.importing.plan import edits_planned
from scorecard.ledger import ledger
from scorecard.months import Month
from scorecard.store import difference
from scorecard.wording import RECORD_EDITS, counted, named, to_type

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scorecard.batch.packs_folder import PacksFolder
    from scorecard.ledger.entry import Load
    from scorecard.store.difference import Difference
    from scorecard.store.store import Store
    from scorecard.workbook import Workbook

LISTED = 20
"""Figures of a month that are listed; more are only counted."""


@dataclass(frozen=True)
class Edited:
    """What the edits change in the pack of a published month.

    `differences` from the load `since`, and how many results of it are `displaced`: taken out of
    units, indicators and cohorts that reference data no longer has. Where no load has the earlier
    results, only the `files` are known.
    """

    month: Month
    since: int | None
    differences: Sequence[Difference] = ()
    displaced: Mapping[str, int] = field(default_factory=dict)
    files: Sequence[str] = ()


def edited_packs(workbook: Workbook, outputs: PacksFolder, store: Store) -> list[Edited]:
    """What unrecorded edits change in published packs."""
    if store.last_load is not None:  # which has all results: nothing is in no load
        return []
    since = max((each["load"] for each in store.loads() if each["recorded"]), default=None)
    found = []
    for name, pack in published(workbook, outputs).items():
        month = Month.parse(name)
        if pack.current:
            continue
        run = records.read(outputs.pack(month))
        if since is None:
            edit = Edited(month, None, files=pack.edited)
        else:
            units = shown_units(run, store) if run else None
            differences = difference.found(store, month, since, units)
            edit = Edited(month, since, differences, store.displaced(month, units))
        if edit.differences or edit.displaced or edit.files:
            found.append(edit)
    return found


def lines(edits: Sequence[Edited], months: Sequence[Month]) -> Iterator[str]:
    """Why `months` can't be published: what the edits change, and what to do."""
    yield (
        f"{', '.join(map(str, months))} can't be published: results were edited by hand after they "
        "had been published, and no load has recorded it. What was published before is unchanged."
    )
    for edit in edits:
        if edit.since is None:
            yield (
                f"  {edit.month}: {', '.join(edit.files)} changed since it was published. No load "
                "has the earlier figures."
            )
            continue
        if edit.differences:
            found = difference.lines(edit.differences, [], edit.month, edit.since, LISTED)
            yield from (f"  {line}".rstrip() for line in found)
        if edit.displaced:
            yield _taken_out(edit)
    yield (
        f"Undo the edit, or record it: `{to_type(RECORD_EDITS)} --yes`. Then run the month again."
    )


def _taken_out(edit: Edited) -> str:
    parts = [f"{gone} ({count})" for gone, count in edit.displaced.items()]
    number = sum(edit.displaced.values())
    taken, its = ("was taken out", "its") if number == 1 else ("were taken out", "their")
    return (
        f"  {edit.month}: {counted(number, 'result', 'results')} of load {edit.since} {taken}, and "
        f"data/reference no longer has {its} unit, indicator or cohort: {named(parts, LISTED)}."
    )


def record(workbook: Workbook, outputs: PacksFolder, months: Sequence[Month], by: str) -> Load:
    """Record everything that is in no load, so that the packs of `months` have one."""
    packs = f"packs of {months[0]} to {months[-1]}" if months[1:] else f"pack of {months[0]}"
    with (
        ledger.locked(workbook),
        edits_planned(workbook, published(workbook, outputs)) as plan,
    ):
        return plan.write(by, f"Recorded for the {packs}.")


def recorded_message(load: Load) -> str:
    """What the operator sees of a load that a run has recorded."""
    return f"The results in data/results are recorded as load {load.load}, by {load.loaded_by}."
