"""`--as-at`: packs are made again from the workbook as it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from scorecard.batch.packs_folder import PacksFolder
from scorecard.commands.places import outputs_of
from scorecard.commands.usage import say
from scorecard.wording import named
from scorecard.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from scorecard.months import Month

LISTED = 12
"""Months that are named; more are only counted."""


def load_and_outputs(given: dict[str, Any]) -> tuple[str, Path]:
    """The number of the load that `--as-at` means, and the folder for packs as they were then."""
    from scorecard.store import store

    if not given["as_at"].strip():
        raise click.UsageError("--as-at needs the number of a load, or a date")
    get = store.look if given["dry_run"] else store.Store.open
    with get(Workbook.at(given["workbook"]), as_at=given["as_at"]) as found:
        load = found.last_load
    return str(load), given["outputs"] / "as-at" / str(load)


@dataclass(frozen=True)
class Past:
    """What `--as-at` was typed as, and what packs of then are made from and published in."""

    as_at: str
    load: int
    workbook: Path
    outputs: Path
    notebooks: Path
    quiet: bool

    def run(
        self, run_months: Callable[[Sequence[Month], Path], int], months: Sequence[Month]
    ) -> int:
        """Call `run_months` with a workbook as it was then; the worst exit status.

        Months are run together where all their files were the same.
        """
        from scorecard.batch import past

        workbook = Workbook.at(self.workbook)
        outputs_of(workbook, self.outputs, self.notebooks)
        published = PacksFolder(self.outputs.parents[1])
        groups: dict[past.FilesThen, list[Month]] = {}
        for month in months:
            then = past.found(workbook, published, month, self.load, self.as_at)
            groups.setdefault(then, []).append(month)
        status = 0
        for then, group in groups.items():
            if not self.quiet:
                those = then.words if then.version else f"those of today, for {then.words}"
                say(f"{named([str(month) for month in group], LISTED)}: {FILES} are {those}.")
            with past.workbook_then(workbook, self.load, then) as made:
                status = max(status, run_months(group, made.root))
        return status


FILES = "reference data, parameters and commentary"
