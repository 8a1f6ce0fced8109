"""Run and publish a month. `_publish` is the method: refresh the store, plan, run, publish, report.

Exit status: 0 when all went well, 1 when an appendix failed or a check stops publication, 2 for
wrong usage or input, 3 when another run is writing to the same outputs, 130 when it was
interrupted.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console

from scorecard.batch.engine.pool import Pool
from scorecard.batch.pack import Outputs
from scorecard.batch.screen import screen
from scorecard.commands import past, region
from scorecard.commands.council import init, lab, upgrade, validate
from scorecard.commands.load import current_user
from scorecard.commands.loads import describe, diff, explain, history, load, loads
from scorecard.commands.packs import check, status
from scorecard.commands.places import notebooks_option, outputs_of, outputs_option, workbook_option
from scorecard.commands.usage import FAILED, Commands, Nameless, cores, errors, say, shown
from scorecard.commands.usage import months as asked
from scorecard.months import Month
from scorecard.params import cover
from scorecard.params.brand import read_brand
from scorecard.params.roles import read_roles
from scorecard.params.wording import read_wording, time_zone
from scorecard.wording import PROGRAM, named
from scorecard.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from scorecard.batch.run import Outcome, Sources, Stages
    from scorecard.batch.steps import MonthPlan
    from scorecard.checks.finding import Findings

EXAMPLES = f"""
\b
Examples:
  {PROGRAM} 2016-08                       the month's pack, what is unchanged is not run again
  {PROGRAM} 2016-08 --only county         some appendices, the others stay as they are
  {PROGRAM} 2016-08 --dry-run             what would be done, and why
  {PROGRAM} 2016-08 --pdf                 each appendix and the whole pack as PDF too
  {PROGRAM} --month-range 2015-08:2016-08 a year of packs
  {PROGRAM} 2016-08 --as-at 12            the pack as it was after load 12, beside the one of now
  {PROGRAM} 2016-08 --workbook fenwold    another council's data/, params/ and outputs/
  {PROGRAM} 2016-08 --workbooks 'councils/*' the packs of many councils
  {PROGRAM} init fenwold                  a workbook of a made-up council, to begin with
  {PROGRAM} validate --workbook fenwold   every fault in its data/ and params/
  {PROGRAM} lab --workbook fenwold        JupyterLab on it
  {PROGRAM} load extract.xlsx --dry-run   what loading a file would change
  {PROGRAM} check 2016-08                 what is odd in the month's data, before publishing it
  {PROGRAM} explain kent 17 2016-08       where a figure comes from, on one page
  {PROGRAM} diff 2016-08                  what has changed since the month was published
  {PROGRAM} status                        what is published, and what of it has changed since
"""


@dataclass(frozen=True)
class Options:
    """What the operator asked for."""

    workbook: Path
    outputs: Path
    notebooks: Path
    only: tuple[str, ...]
    workers: int
    engine: str
    force: bool
    keep_going: bool
    dry_run: bool
    pdf: bool
    quiet: bool
    verbose: bool
    as_at: str


@click.command(cls=Nameless, epilog=EXAMPLES)
@click.argument("words", nargs=-1, metavar="[MONTH]")
@click.option("--only", multiple=True, metavar="NAME…", help="Run these appendices only.")
@click.option("--month-range", metavar="A:B", help="Run every month from A to B instead of MONTH.")
@workbook_option
@click.option(
    "--workbooks",
    "patterns",
    multiple=True,
    metavar="PATTERN",
    help="Run every workbook whose folder matches, as 'councils/*' in quotes.",
)
@click.option(
    "--cluster", metavar="ADDRESS", help="Run them on a Dask cluster, as tcp://scheduler:8786."
)
@outputs_option
@notebooks_option
@click.option(
    "--jobs", "workers", type=click.IntRange(1), help="Processes at a time.  [default: cores]"
)
@click.option(
    "--as-at",
    metavar="LOAD",
    help="Make it as after this load, or at the end of a day; in outputs/as-at/LOAD.",
)
@click.option("--force", is_flag=True, help="Run also what is unchanged.")
@click.option("--keep-going", is_flag=True, help="Publish what succeeded even if some failed.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option(
    "--pdf",
    is_flag=True,
    help="Print each appendix, and the whole pack, to PDF with an installed browser.",
)
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("--verbose", is_flag=True, help="Say every cell, and how long everything took.")
@click.option(
    "--engine", type=click.Choice(["auto", "forked", "standard"]), default="auto",
    help="How notebooks are executed; standard is a Jupyter kernel each.",
)  # fmt: skip
def publish(
    words: tuple[str, ...], month_range: str | None, only: tuple[str, ...], **given: Any
) -> None:
    """Run and publish the appendices of MONTH, written as 2016-08."""
    with errors():
        months, names = asked(words, month_range, only, main.commands)
        if given["quiet"] and given["verbose"]:
            raise click.UsageError("--quiet and --verbose contradict each other")
        if patterns := given.pop("patterns"):
            sys.exit(region.publish(months, names, patterns, given))
        if given.pop("cluster"):
            raise click.UsageError("--cluster runs many councils: name them with --workbooks")
        given["workers"] = given["workers"] or cores()
        given["outputs"] = given["outputs"] or given["workbook"] / "outputs"
        as_at = given["as_at"]
        if as_at is None:
            given["as_at"] = ""
        else:
            given["as_at"], given["outputs"] = past.meant(given)
        options = Options(only=names, **given)
        do = _intend if options.dry_run else _publish
        if as_at is None:
            sys.exit(do(months, options))
        then = past.Past(
            as_at, int(options.as_at), options.workbook, options.outputs, options.notebooks,
            options.quiet,
        )  # fmt: skip
        sys.exit(then.do(lambda group, root: do(group, replace(options, workbook=root)), months))


main = Commands(publish, context_settings={"max_content_width": 100})
for command in (
    init, validate, upgrade, lab, load, describe, loads, history, explain, check, diff, status,
    region.comparators,
):  # fmt: skip
    main.add_command(command)


def _publish(months: Sequence[Month], options: Options) -> int:
    """The method: refresh the store, plan, check, run and publish, report; the exit status."""
    workbook, outputs = _places(options)
    view = screen(Console(), quiet=options.quiet, verbose=options.verbose)
    with (
        outputs.held(f"{PROGRAM} {months[0]}", time_zone(workbook)) as restored,
        Pool(options.engine, options.workers, options.notebooks.resolve(), view) as pool,
    ):
        if options.force or not all(outputs.pack(month).exists() for month in months):
            pool.begin()  # before our own imports, which take as long as the pool's
        from scorecard.batch.run import Batch, Stages, run_month

        stages = Stages()
        plans, sources, checks, stops = _checked(workbook, outputs, months, options, stages)
        if not stops and (unrecorded := _unrecorded(plans, sources, options)):
            _record(workbook, outputs, unrecorded, options)
            plans, sources, checks, stops = _checked(workbook, outputs, months, options, stages)
        if stops:
            click.echo("\n".join(stops), err=True)
            return FAILED
        author = None if options.as_at else current_user
        batch = Batch(workbook, outputs, sources, pool, options.keep_going, options.pdf, author)
        outcomes = []
        with view:
            for plan, found in zip(plans, checks, strict=True):
                view.month(str(plan.month))
                outcomes.append(run_month(batch, plan, Stages(dict(stages.seconds)), found))
    return _report(plans, outcomes, restored, options)


def _places(options: Options) -> tuple[Workbook, Outputs]:
    """The workbook, and the outputs, which can't be among what pages are made from."""
    workbook = Workbook.at(options.workbook)
    return workbook, outputs_of(workbook, options.outputs, options.notebooks)


def _checked(
    workbook: Workbook,
    outputs: Outputs,
    months: Sequence[Month],
    options: Options,
    stages: Stages,
) -> tuple[list[MonthPlan], Sources, list[Findings | None], list[str]]:
    """The plans and their sources, what the checks find, and why nothing can be published."""
    from scorecard.batch import checking

    plans, sources = _plans(workbook, outputs, months, options, stages)
    checks: list[Findings | None] = [None for _ in plans]  # what was published was checked then
    if not options.as_at:
        with stages.timed("check"):
            checks = [checking.checked(workbook, outputs, p, sources) for p in plans]
    stops = [line for found in checks if found for line in _stops(found, outputs)]
    return plans, sources, checks, stops + _edits(workbook, outputs, plans, sources, options)


def _stops(found: Findings, outputs: Outputs) -> Iterator[str]:
    """Why a month is not published, if a check stops it."""
    from scorecard.batch import checking

    if found.stops:
        yield from checking.stopped(found, shown(outputs.checks(Month.parse(found.month))))


def _edits(
    workbook: Workbook,
    outputs: Outputs,
    plans: Sequence[MonthPlan],
    sources: Sources,
    options: Options,
) -> list[str]:
    """Why months are not published, if edits by hand that no load has recorded stop them."""
    from scorecard.batch import edits
    from scorecard.store import store

    months = _unrecorded(plans, sources, options)
    if not months:
        return []
    with store.look(workbook) as opened:
        found = edits.unrecorded(workbook, outputs, opened)
    return list(edits.lines(found, months)) if found else []


def _unrecorded(plans: Sequence[MonthPlan], sources: Sources, options: Options) -> list[Month]:
    """The months to be published whose pages would show results that are in no load."""
    months = [plan.month for plan in plans if not plan.is_published(pdf=options.pdf)]
    return [m for m in months if sources.loads[str(m)] is None and not options.as_at]


def _record(workbook: Workbook, outputs: Outputs, months: list[Month], options: Options) -> None:
    """Record the results that are in no load, so that every published pack has one."""
    from scorecard.batch import edits

    made = edits.record(workbook, outputs, months, current_user(workbook))
    if not options.quiet:
        say(edits.recorded(made))


def _intend(months: Sequence[Month], options: Options) -> int:
    """Say what would be done with each month, without writing anything."""
    from scorecard.batch import summary
    from scorecard.batch.run import Stages
    from scorecard.ledger import ledger
    from scorecard.store import building

    workbook, outputs = _places(options)
    if ledger.is_pending(workbook):
        click.echo("First, the load that was cut off is finished; this may change the plan.")
    elif changed := building.touched(workbook):
        names = named([workbook.show(path) for path in changed], len(changed))
        are, them = ("is", "it") if len(changed) == 1 else ("are", "them")
        click.echo(
            f"First, {names} {are} made anew: somebody wrote to {them}, or had {them} open. "
            "Nothing of that is used."
        )
    elif not building.current(workbook):
        click.echo("First, the store is built: it is missing, or its inputs have changed.")
    plans, sources = _plans(workbook, outputs, months, options, Stages())
    for plan in plans:
        click.echo("\n".join(summary.intended(plan)))
    stops = _edits(workbook, outputs, plans, sources, options)
    if not stops and _unrecorded(plans, sources, options):
        click.echo("Before they run, the results that are in no load are recorded as a load.")
    for line in stops:
        click.echo(line)
    return 0


def _plans(
    workbook: Workbook,
    outputs: Outputs,
    months: Sequence[Month],
    options: Options,
    stages: Stages,
) -> tuple[list[MonthPlan], Sources]:
    """Every month's plan, checked before anything runs, and what all of them are made from."""
    from scorecard.batch import freshness, manifest, record, steps
    from scorecard.batch.published import check_packs
    from scorecard.batch.run import Sources
    from scorecard.ledger import ledger
    from scorecard.params.disclosure import profile
    from scorecard.store import building, store

    if not options.dry_run:
        ledger.recover(workbook)
    check_packs(workbook, outputs)
    inputs = freshness.inputs(workbook)  # before the store, which may only be newer than its record
    sealed = profile(workbook) is not None
    if sealed and not options.dry_run:
        inputs.seal.create()
    with stages.timed("refresh"):
        if options.dry_run:
            built = ""  # nothing is made from it
            opened = store.look(workbook, options.as_at)
        else:
            built = building.refresh(workbook)
            opened = store.Store.open(workbook, built, options.as_at)
    with opened, stages.timed("plan"):
        read_wording(workbook)
        read_brand(workbook)
        cover.check(workbook)
        catalogued = opened.records.indicators()
        read_roles(
            workbook,
            {row["section"] for row in catalogued},
            [row["code"] for row in catalogued],
        )
        plans = []
        catalogue = opened.catalogue(months)
        sources = Sources(
            inputs, built,
            {str(month): opened.load_of(month) for month in months},
            {str(month): freshness.reference(opened, workbook, month) for month in months},
        )  # fmt: skip
        for month in months:
            known = opened.in_month(catalogue, month)
            known = replace(known, load=sources.loads[str(month)])
            jobs = manifest.plan(workbook, options.notebooks.resolve(), month, known)
            names = {job.name for job in manifest.select(jobs, options.only)}
            pack = outputs.pack(month)
            before = record.read(pack)
            plans.append(
                steps.decide(
                    month, jobs, names, inputs, before, pack, outputs.unpublished(month),
                    force=options.force, sealed=sealed,
                )
            )  # fmt: skip
            outputs.check(month, replaced=not plans[-1].is_published(pdf=options.pdf))
    return plans, sources


def _report(
    plans: Sequence[MonthPlan],
    outcomes: Sequence[Outcome],
    restored: Sequence[str],
    options: Options,
) -> int:
    """Say what failed, where the packs are and what needs attention; the exit status."""
    from scorecard.batch import checking, record, summary

    lines = [f"The pack of {month} was brought back after a run was killed." for month in restored]
    for plan, outcome in zip(plans, outcomes, strict=True):
        parameters = {step.job.name: step.job.words() for step in plan.steps}
        for line in summary.failures(outcome, parameters):
            click.echo(line, err=True)
        lines += summary.published(outcome, shown(options.outputs / str(plan.month)))
        if options.as_at:
            pack = Outputs(options.outputs.parents[1]).pack(plan.month)
            again = (outcome.run, record.read(pack), pack, shown(pack))
            lines += [] if outcome.failed else summary.made_again(*again)
        if outcome.checks and not outcome.failed:
            page = Outputs(options.outputs).checks(plan.month)
            lines.append(checking.line(outcome.checks, shown(page)))
        lines += summary.timings(outcome.run) if options.verbose and outcome.published else []
    if lines and not options.quiet:
        say("\n".join(lines))
    return FAILED if any(outcome.failed for outcome in outcomes) else 0
