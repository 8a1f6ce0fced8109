"""One month's pack: run the notebooks, make the pages, publish all of it at once or nothing."""

from __future__ import annotations

import platform
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard.batch import attention, freshness, past, published_figures, record
from scorecard.batch.assembly import INDEX, Assembly
from scorecard.batch.engine.schedule import Result, Work
from scorecard.batch.engine.tasks import NotebookTask
from scorecard.batch.freshness import AS_AT, REASONS
from scorecard.batch.record import AppendixRecord, Machine, Run
from scorecard.errors import OutputsError
from scorecard.interruption import stop_if_asked
from scorecard.ledger import versions
from scorecard.params.attachments import attached
from scorecard.params.brand import read_brand
from scorecard.params.month import read_meeting
from scorecard.params.wording import read_wording
from scorecard.store import building
from scorecard.workbook import STORE_VARIABLE, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from scorecard.batch.engine.pool import Pool
    from scorecard.batch.freshness import Inputs
    from scorecard.batch.pack import Outputs
    from scorecard.batch.steps import MonthPlan, Step
    from scorecard.checks.finding import Findings
    from scorecard.workbook import Workbook

DONE = frozenset({"made", "unchanged"})
LEFT = frozenset({"failed", "missing", "kept"})
"""What a run did not bring up to date: why it failed, now or earlier, may still be looked into."""

INDEX_PAGE = "scorecard.batch.engine.index_page:render"


@dataclass
class Stages:
    """How long each stage of a run took, in seconds."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time of a `with` block to `stage`."""
        began = time.perf_counter()
        try:
            yield
        finally:
            spent = self.seconds.get(stage, 0.0) + time.perf_counter() - began
            self.seconds[stage] = round(spent, 3)
        stop_if_asked()


@dataclass(frozen=True)
class Sources:
    """What the pages of one run are made from.

    `store` is the name of the store (`building`). By month, `loads` has the load whose results its
    pages show, None while some are in no load, and `reference` what they show of the catalogue
    (`freshness.reference`).
    """

    inputs: Inputs
    store: str
    loads: Mapping[str, int | None] = field(default_factory=dict)
    reference: Mapping[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Batch:
    """What the months of one run have in common.

    `author` says who runs them, for what the run records of reference data, parameters and
    commentary; without one it records nothing.
    """

    workbook: Workbook
    outputs: Outputs
    sources: Sources
    pool: Pool
    keep_going: bool = False
    pdf: bool = False
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
    if plan.before and plan.is_published(pdf=batch.pdf):
        waiting = [step.job.name for step in plan.steps if step.action in LEFT]
        batch.outputs.forget_failed(plan.month, but=waiting)
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
        records = [assembly.appendix(s, results.get(s.job.name)) for s in plan.steps]
        kept = _keep_failed(outputs, records, assembly)
        run = _record(batch, plan, records, assembly.started)
        publish = batch.keep_going or not any(each.status == "failed" for each in records)
        if publish:
            # Before the last look at whether a file has changed, so that it has what was used.
            run.version = past.recorded(batch.workbook, batch.author, run)
        edited = _edited(batch, plan)
        if publish and edited:
            raise OutputsError(
                f"{', '.join(edited)} changed while {month} was run, so its pages might not agree. "
                "Nothing was published; run the month again"
            )
        if publish:
            if batch.pdf:
                assembly.print_pages(records)
                run.files |= assembly.print_pack(plan.steps, records)
            documents = attached(batch.workbook, month)
            index = assembly.index(plan.steps, records, documents)
            page = assembly.link(plan.steps, records, batch.pool.call(INDEX_PAGE, *index))
            run.files |= assembly.write({each.in_pack: each.content for each in documents})
            run.files |= assembly.write({f"{INDEX}.html": page.encode()})
            store = batch.sources.store
            run.files |= published_figures.write(assembly, batch.workbook, store, records)
    run.checks = None if plan.sealed else checks
    run.seconds, run.finished = dict(stages.seconds), datetime.now(UTC)
    if publish:
        record.write(run, assembly.staging)
        outputs.publish(month)
    elif not edited and any(each.status in DONE for each in records):
        with suppress(OSError):  # no room for it: the next run makes it again
            record.write(run, assembly.staging)
            outputs.set_aside(month)
    outputs.forget_failed(month, but=[each.name for each in records if each.status in LEFT])
    failed = {name: each.failure.words() for name, each in results.items() if each.failure}
    return Outcome(run, publish, kept, failed, checks)


def _edited(batch: Batch, plan: MonthPlan) -> list[str]:
    """The files that somebody edited while the month was being made from them.

    The store is named if it was written to, or replaced, though no input was edited.
    """
    now = freshness.inputs(batch.workbook).of(plan.month)
    notebooks = {step.job.notebook: step.key["notebook"] for step in plan.to_make}
    edited = freshness.changed(batch.sources.inputs.of(plan.month), now) + [
        f"notebooks/{path.name}"
        for path, before in notebooks.items()
        if not path.is_file() or freshness.notebook_hash(path) != before
    ]
    if not edited and not building.intact(batch.workbook, batch.sources.store):
        edited = [batch.workbook.show(batch.workbook.store(batch.sources.store))]
    return edited


def _execute(batch: Batch, steps: Sequence[Step], assembly: Assembly) -> dict[str, Result]:
    """Run the notebooks and make their pages; appendix → result."""
    environment = {VARIABLE: str(batch.workbook.root), STORE_VARIABLE: batch.sources.store}
    works = []
    assembly.expect(steps)
    for step in _longest_first(steps):
        job = step.job
        executed = assembly.executed(job.name)
        task = NotebookTask(job.notebook, executed, job.parameters, environment)
        works.append(Work(task, assembly.about(step), job.timeout))
    return {result.work.name: result for result in batch.pool.run(works)} if works else {}


def _longest_first(steps: Sequence[Step]) -> list[Step]:
    """The order in which the cores are idle least: by the time each took before, longest first.

    Without such knowledge, one of each notebook comes first: what is run for each area is short.
    """

    def rank(place: int) -> tuple[float, int]:
        step = steps[place]
        before = sum(step.before.seconds.values()) if step.before else 0.0
        earlier = sum(each.job.notebook == step.job.notebook for each in steps[:place])
        return -before, earlier

    return [steps[place] for place in sorted(range(len(steps)), key=rank)]


def _keep_failed(
    outputs: Outputs, records: Sequence[AppendixRecord], assembly: Assembly
) -> dict[str, Path]:
    """Move the notebooks of failed appendices out of the pack; appendix → where."""
    kept = {}
    for each in records:
        if each.status == "failed":
            path = outputs.keep_failed(assembly.month, assembly.executed(each.name))
            if path:
                kept[each.name] = path
    return kept


def _record(batch: Batch, plan: MonthPlan, records: list[AppendixRecord], started: datetime) -> Run:
    """The record of the run so far."""
    # The data may be under the same git, whose commit is a hash of them too.
    commit, changed_code = (None, False) if plan.sealed else _commit(plan)
    sources, month = batch.sources, str(plan.month)

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
            engine=batch.pool.kind,
            workers=batch.pool.workers,
        ),
        commit=commit,
        changed_code=changed_code,
        store=_sealed(batch, plan, {"store": sources.store})["store"],
        load=_load(sources.loads.get(month), records),
        code=sources.inputs.code,
        inputs=sources.inputs.of(plan.month, sealed=plan.sealed),
        reference=_sealed(batch, plan, sources.reference.get(month, {})),
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


def _sealed(batch: Batch, plan: MonthPlan, hashes: Mapping[str, str]) -> dict[str, str]:
    """Hashes as the record of the pack holds them."""
    return batch.sources.inputs.seal.as_in(hashes, sealed=plan.sealed)


def _load(load: int | None, records: Sequence[AppendixRecord]) -> int | None:
    """The load that the pack shows; none when a page was kept that shows another one."""
    pages = [each for each in records if each.files]
    if any(REASONS["data"] in each.stale and AS_AT not in each.parameters for each in pages):
        return None  # it shows results that may be in no load
    shown = {each.parameters[AS_AT] for each in pages if AS_AT in each.parameters}
    return load if shown <= {str(load)} else None


def _commit(plan: MonthPlan) -> tuple[str | None, bool]:
    """The git commit of the notebooks, if they have one, and whether tracked files differ."""
    git = ["git", "-C", str(plan.steps[0].job.notebook.parent)]
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
