"""The record of a run, from what it did."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard.batch import attention, freshness
from scorecard.batch.freshness import AS_AT, REASONS
from scorecard.batch.record import AppendixRecord, Machine, Run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from scorecard.batch.engine.pool import Pool
    from scorecard.batch.freshness import Sources
    from scorecard.batch.month_plan import MonthPlan


def record_of(
    plan: MonthPlan, sources: Sources, pool: Pool, records: list[AppendixRecord], started: datetime
) -> Run:
    """The record of the run so far."""
    # The data may be under the same git, whose commit is a hash of them too.
    commit, changed_code = (None, False) if plan.sealed else _commit(plan)
    month = str(plan.month)
    complete = all(each.files for each in records)
    return Run(
        month=month,
        sealed=plan.sealed,
        status="complete" if complete else "partial",
        started=started,
        finished=started,
        command=[_without_folder(word) for word in sys.argv],
        machine=Machine(
            python=platform.python_version(),
            system=f"{platform.system()} {platform.machine()}",
            engine=pool.kind,
            workers=pool.workers,
        ),
        commit=commit,
        changed_code=changed_code,
        store=_sealed(sources, plan, {"store": sources.store})["store"],
        load=_load(sources.loads.get(month), records),
        code=sources.inputs.code,
        inputs=sources.inputs.of(plan.month, sealed=plan.sealed),
        reference=_sealed(sources, plan, sources.reference.get(month, {})),
        versions=freshness.versions(),
        seconds={},
        index=plan.index,
        appendices=records,
        attention=list(attention.sentences(records)),
    )


def _without_folder(word: str) -> str:
    """A word of the command without this machine's folders, since the record is published too."""
    option, equals, value = word.rpartition("=")
    return option + equals + Path(value).name if Path(value).is_absolute() else word


def _sealed(sources: Sources, plan: MonthPlan, hashes: Mapping[str, str]) -> dict[str, str]:
    """Hashes as the record of the pack holds them."""
    return sources.inputs.seal.as_in(hashes, sealed=plan.sealed)


def _load(load: int | None, records: Sequence[AppendixRecord]) -> int | None:
    """The load that the pack shows; none when a page was kept that shows another one."""
    pages = [each for each in records if each.files]
    if any(REASONS["data"] in each.stale and AS_AT not in each.parameters for each in pages):
        return None  # it shows results that may be in no load
    shown = {each.parameters[AS_AT] for each in pages if AS_AT in each.parameters}
    return load if shown <= {str(load)} else None


def _commit(plan: MonthPlan) -> tuple[str | None, bool]:
    """The git commit of the notebooks, if they have one, and whether tracked files differ."""
    git = ["git", "-C", str(plan.appendices[0].job.notebook.parent)]
    try:
        head = subprocess.run(  # noqa: S603 (git, on our own folder)
            [*git, "rev-parse", "HEAD"], capture_output=True, text=True, check=True
        )
        status = subprocess.run(  # noqa: S603
            [*git, "status", "--porcelain", "--untracked-files=no", ":/"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return None, False
    return head.stdout.strip(), bool(status.stdout.strip())
