"""Edits by hand that no load has recorded, where they change what has been published.

A month is not published again with them, nor a later one that shows the same figures: the committee
would see other figures than before, and nobody would have said why. `load --edits` records them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.batch import record
from scorecard.batch.published import published
from scorecard.batch.since import shown_units
from scorecard.months import Month
from scorecard.store import difference
from scorecard.wording import PROGRAM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorecard.batch.pack import Outputs
    from scorecard.store.difference import Difference
    from scorecard.store.store import Store
    from scorecard.workbook import Workbook

LISTED = 20
"""Figures of a month that are listed; more are only counted."""


@dataclass(frozen=True)
class Edited:
    """What the edits change in the pack of a published month.

    `differences` from the load `since`; where no load says what stood there before, only the
    `files` are known.
    """

    month: Month
    since: int | None
    differences: Sequence[Difference] = ()
    files: Sequence[str] = ()


def unrecorded(
    workbook: Workbook, outputs: Outputs, months: Sequence[Month], store: Store
) -> list[Edited]:
    """What unrecorded edits change in published months that packs of `months` show."""
    if store.last_load is not None:
        return []
    since = max((each["load"] for each in store.loads() if each["recorded"]), default=None)
    shown = [(store.page_opens(month), month) for month in months]
    found = []
    for name, pack in published(workbook, outputs).items():
        month = Month.parse(name)
        if pack.current or not any(first <= month <= last for first, last in shown):
            continue
        run = record.read(outputs.pack(month))
        if since is None:
            edit = Edited(month, None, files=pack.edited)
        else:
            units = shown_units(run, store) if run else None
            edit = Edited(month, since, difference.found(store, month, since, units))
        if edit.differences or edit.files:
            found.append(edit)
    return found


def told(edits: Sequence[Edited], months: Sequence[Month]) -> Iterator[str]:
    """Why `months` can't be published: what the edits change, and what to do."""
    yield (
        f"{', '.join(map(str, months))} can't be published: results were edited by hand after they "
        "had been published, and no load has recorded it. What was published before is unchanged."
    )
    for edit in edits:
        if edit.since is None:
            yield (
                f"  {edit.month}: {', '.join(edit.files)} changed since it was published. No load "
                "says which figures stood there."
            )
        else:
            lines = difference.told(edit.differences, [], edit.month, edit.since, LISTED)
            yield from (f"  {line}".rstrip() for line in lines)
    yield f'Undo the edit, or record it: {PROGRAM} load --edits --why "…" --yes. Then try again.'
