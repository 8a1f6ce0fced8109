"""One month's pack: run the notebooks, make the pages, publish all of it at once or nothing."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scorecard.batch import failed_notebooks, freshness, past, published_figures, record
from scorecard.batch.assembly import INDEX, Assembly
from scorecard.batch.engine.schedule import Result, Work
from scorecard.batch.engine.tasks import NotebookTask
from scorecard.batch.run_record import record_of
from scorecard.errors import OutputsError
from scorecard.ledger import versions
from scorecard.params.attachments import attached
from scorecard.params.brand import read_brand
from scorecard.params.month import read_meeting
from scorecard.params.wording import read_wording
from scorecard.store import trusted
from scorecard.workbook import STORE_VARIABLE, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from scorecard.batch.engine.pool import Pool
    from scorecard.batch.freshness import Sources
    from scorecard.batch.month_plan import AppendixPlan, MonthPlan
    from scorecard.batch.packs_folder import PacksFolder
    from scorecard.batch.record import AppendixRecord, Run
    from scorecard.batch.stages import Stages
    from scorecard.checks.finding import Findings
    from scorecard.workbook import Workbook

DONE = frozenset({"made", "unchanged"})
LEFT = frozenset({"failed", "missing", "kept"})
"""What a run did not bring up to date: its failed notebooks are kept for inspection."""

INDEX_PAGE = "scorecard.batch.engine.index_page:render"


@dataclass(frozen=True)
class Batch:
    """What the months of one run have in common.

    `author` says who runs them, for what the run records of reference data, parameters and
    commentary; without one it records nothing.
    """

    workbook: Workbook
    outputs: PacksFolder
    sources: Sources
    pool: Pool
    keep_going: bool = False
    editions: Sequence[str] = ()
    author: Callable[[Workbook], str] | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of a month.

    `kept` maps a failed appendix to its notebook, for inspection, and `failures` to what it says,
    which a pack that withholds does not repeat; neither does it `checks`, what the checks found.
    """

    run: Run
    published: bool
    kept: dict[str, Path]
    failures: dict[str, str] = field(default_factory=dict)
    checks: Findings | None = None

    @property
    def failed(self) -> list[AppendixRecord]:
        """The appendices that failed."""
        return [each for each in self.run.appendices if each.status == "failed"]


def run_month(
    batch: Batch, plan: MonthPlan, stages: Stages, checks: Findings | None = None
) -> Outcome:
    """Carry out `plan`, and publish the pack if every appendix succeeded or we are to keep going.

    `checks` is what the checks found before, for the record.
    Raises `OutputsError` when the pack can't be written; what was published before then stays.
    """
    if plan.before and plan.is_published(batch.editions):
        waiting = [planned.job.name for planned in plan.appendices if planned.action in LEFT]
        failed_notebooks.forget(batch.outputs.failed(plan.month), but=waiting)
        batch.outputs.forget_unpublished(plan.month)
        return Outcome(plan.before, published=False, kept={}, checks=plan.before.checks)
    try:
        return _make(batch, plan, stages, checks)
    except OSError as error:
        raise OutputsError(
            f"the pack of {plan.month} can't be written: "
            f"{batch.outputs.hindrance(plan.month, error)}. "
            "What was published before is unchanged"
        ) from error
    finally:
        batch.outputs.clear()


def _make(batch: Batch, plan: MonthPlan, stages: Stages, checks: Findings | None) -> Outcome:
    """Make what is to be made, in the staging folder, and publish it."""
    month, outputs = plan.month, batch.outputs
    versions.read(batch.workbook)  # a fault in them is found before anything runs
    assembly = Assembly(
        month=month,
        wording=read_wording(batch.workbook),
        brand=read_brand(batch.workbook),
        previous=read_meeting(batch.workbook, month).previous_pack(month),
        staging=outputs.stage(month),
        started=datetime.now(UTC),
        sealed=plan.sealed,
    )
    with stages.timed("run"):
        results = _execute(batch, plan.to_make, assembly)
    with stages.timed("publish"):
        records = [assembly.appendix(s, results.get(s.job.name)) for s in plan.appendices]
        kept = _keep_failed(outputs, records, assembly)
        run = record_of(plan, batch.sources, batch.pool, records, assembly.started)
        publish = batch.keep_going or not any(each.status == "failed" for each in records)
        if publish:
            # Before the last look at whether a file has changed, so that it has what was used.
            run.version = past.record_version(batch.workbook, batch.author, run)
        edited = _edited(batch, plan)
        if publish and edited:
            raise OutputsError(
                f"{', '.join(edited)} changed while {month} was run, so its pages might not agree. "
                "Nothing was published; run the month again"
            )
        if publish:
            run.files |= _whole_pack(batch, plan, assembly, records)
    run.checks = None if plan.sealed else checks
    run.seconds, run.finished = dict(stages.seconds), datetime.now(UTC)
    if publish:
        record.write(run, assembly.staging)
        outputs.publish(month)
    elif not edited and any(each.status in DONE for each in records):
        with suppress(OSError):  # no room for it: the next run makes it again
            record.write(run, assembly.staging)
            outputs.set_aside(month)
    waiting = [each.name for each in records if each.status in LEFT]
    failed_notebooks.forget(outputs.failed(month), but=waiting)
    failed = {name: each.failure.words() for name, each in results.items() if each.failure}
    return Outcome(run, publish, kept, failed, checks)


def _whole_pack(
    batch: Batch, plan: MonthPlan, assembly: Assembly, records: Sequence[AppendixRecord]
) -> dict[str, str]:
    """Add the files of the pack that belong to no appendix; each with its SHA-256."""
    files: dict[str, str] = {}
    for name in batch.editions:
        files |= assembly.add_edition(name, plan.appendices, records)
    documents = attached(batch.workbook, plan.month)
    index = assembly.index(plan.appendices, records, documents)
    page = assembly.link(plan.appendices, records, batch.pool.call(INDEX_PAGE, *index))
    files |= assembly.write({each.in_pack: each.content for each in documents})
    files |= assembly.write({f"{INDEX}.html": page.encode()})
    return files | published_figures.write(assembly, batch.workbook, batch.sources.store, records)


def _edited(batch: Batch, plan: MonthPlan) -> list[str]:
    """The files that somebody edited while the month was being made from them.

    The store is named if it was written to, or replaced, though no input was edited.
    """
    now = freshness.inputs(batch.workbook).of(plan.month)
    notebooks = {planned.job.notebook: planned.key["notebook"] for planned in plan.to_make}
    edited = freshness.changed(batch.sources.inputs.of(plan.month), now) + [
        f"notebooks/{path.name}"
        for path, before in notebooks.items()
        if not path.is_file() or freshness.notebook_hash(path) != before
    ]
    if not edited and not trusted.intact(batch.workbook, batch.sources.store):
        edited = [batch.workbook.show(batch.workbook.store(batch.sources.store))]
    return edited


def _execute(batch: Batch, plans: Sequence[AppendixPlan], assembly: Assembly) -> dict[str, Result]:
    """Run the notebooks and make their pages; appendix → result."""
    environment = {VARIABLE: str(batch.workbook.root), STORE_VARIABLE: batch.sources.store}
    works = []
    assembly.expect(plans)
    for planned in _longest_first(plans):
        job = planned.job
        executed = assembly.executed(job.name)
        task = NotebookTask(job.notebook, executed, job.parameters, environment)
        works.append(Work(task, assembly.about(planned), job.timeout))
    return {result.work.name: result for result in batch.pool.run(works)} if works else {}


def _longest_first(plans: Sequence[AppendixPlan]) -> list[AppendixPlan]:
    """The order in which the cores are idle least: by the time each took before, longest first.

    Without such knowledge, one of each notebook comes first: what is run for each area is short.
    """

    def rank(place: int) -> tuple[float, int]:
        planned = plans[place]
        before = sum(planned.before.seconds.values()) if planned.before else 0.0
        earlier = sum(each.job.notebook == planned.job.notebook for each in plans[:place])
        return -before, earlier

    return [plans[place] for place in sorted(range(len(plans)), key=rank)]


def _keep_failed(
    outputs: PacksFolder, records: Sequence[AppendixRecord], assembly: Assembly
) -> dict[str, Path]:
    """Move the notebooks of failed appendices out of the pack; appendix → where."""
    kept = {}
    for each in records:
        if each.status == "failed":
            path = failed_notebooks.keep(
                outputs.failed(assembly.month), assembly.executed(each.name)
            )
            if path:
                kept[each.name] = path
    return kept
