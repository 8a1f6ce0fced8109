"""What is withheld in a month: decided once, the same for every appendix.

It depends on the store, the month, the profile and the flows of `params/checks.yml` only. So the
first notebook of a run that needs it works it out and writes it beside the store, and the others
read it there.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import defaultdict
from contextlib import suppress as unless
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from scorecard.disclosure.counts import QUERIES
from scorecard.months import Month
from scorecard.params.checks import settings
from scorecard.store.names import with_those_above
from scorecard.store.sql_files import SQL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from scorecard.params.disclosure import Profile
    from scorecard.store.store import Store
    from scorecard.workbook import Workbook

FigureKey = tuple[str, str, str, str, str]
"""Unit, code, cohort, month as 2016-08, and R3M or nothing."""
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Decision:
    """The counts withheld in one reporting month: figure → `num`, `denom` or both."""

    counts: Mapping[FigureKey, frozenset[str]]

    def of(
        self, unit: str, code: str, cohort: str, month: Month, period: str = ""
    ) -> frozenset[str]:
        """The counts of a figure that are withheld; if there are any, so is its result."""
        return self.counts.get((unit, code, cohort, str(month), period), NOTHING)


def decision(store: Store, workbook: Workbook, month: Month, profile: Profile) -> Decision:
    """What is withheld in `month`, read from beside the store or worked out."""
    key = _key(store, workbook, month, profile)
    path = workbook.withheld(month)
    known = _remembered(path, key)
    if known is None:
        known = sorted(
            [*figure, part] for figure, part in _decided(store, workbook, month, profile)
        )
        _remember(path, {"withheld": known, "checksum": _checksum(key, known)})
    return _decision(known)


def _decided(
    store: Store, workbook: Workbook, month: Month, profile: Profile
) -> Iterable[tuple[FigureKey, str]]:
    """Every count to withhold, as figure and part."""
    # The solver is imported only where there is something to solve.
    from scorecard.disclosure.counts import counts
    from scorecard.disclosure.relations import knowledge
    from scorecard.disclosure.suppress import withheld

    known = counts(store, month)
    flows = settings(workbook, known.indicators).flows
    all_ = knowledge(known, profile.threshold, flows)
    for number in withheld(all_, profile.threshold, _depths(known.units)):
        for name in all_.names[number]:
            figure = (
                name.unit,
                name.code,
                name.cohort,
                str(Month(name.month // 12, name.month % 12 + 1)),
                name.period,
            )
            yield figure, name.part


def _decision(listed: Iterable[Iterable[str]]) -> Decision:
    found: dict[FigureKey, set[str]] = defaultdict(set)
    for unit, code, cohort, month, period, part in listed:
        found[unit, code, cohort, month, period].add(part)
    return Decision({figure: frozenset(parts) for figure, parts in found.items()})


def _depths(units: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """How far each unit is below the top."""
    parents = {unit: row["parent"] for unit, row in units.items()}
    return {unit: len(with_those_above(unit, parents)) - 1 for unit in units}


def _key(store: Store, workbook: Workbook, month: Month, profile: Profile) -> str:
    """A hash of everything a decision depends on, including this code."""
    digest = hashlib.sha256()
    (about,) = store.rows("SELECT built_from FROM about")
    parts = [about["built_from"], store.as_at, str(month), profile.threshold]
    digest.update(json.dumps(parts).encode())
    checks = workbook.params("checks")
    code = [path for path in files("scorecard.disclosure").iterdir() if path.is_file()]
    code += [SQL / "queries" / f"{name}.sql" for name in QUERIES]
    for path in [*sorted(code, key=lambda each: each.name), *([checks] if checks.exists() else [])]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _remembered(path: Path, key: str) -> list[list[str]] | None:
    """The decision written under the same `key`; None if there is none or it was modified."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        withheld: list[list[str]] = found["withheld"]
        return withheld if found["checksum"] == _checksum(key, withheld) else None
    except (OSError, ValueError, TypeError, LookupError):
        return None


def _checksum(key: str, withheld: list[list[str]]) -> str:
    """A hash of a decision and its `key`: a file that was modified doesn't match it."""
    return hashlib.sha256(json.dumps([key, withheld]).encode()).hexdigest()


def _remember(path: Path, content: Mapping[str, Any]) -> None:
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    # If the folder can't be written, each notebook works it out again, in about a second.
    with unless(OSError):
        try:
            aside.write_text(json.dumps(content), encoding="utf-8")
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
