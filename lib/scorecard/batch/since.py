"""What a published pack shows, so that it can be said whether that has changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorecard.batch.record import Run
    from scorecard.store import Store


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
            line = _line(unit, parents)
            if named.intersection(line):
                shown.add(unit)
            if unit in named:
                shown.update(line)
    return [unit for unit in parents if unit in shown]


def _line(unit: str, parents: dict[str, str | None]) -> list[str]:
    """A unit and all those above it."""
    found = [unit]
    while parent := parents[found[-1]]:
        found.append(parent)
    return found
