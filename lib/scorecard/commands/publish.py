"""Run and publish a month. `_publish` is the method: refresh, plan, check, run, publish, report.

Exit status: 0 when all went well, 1 when an appendix failed or a check stops publication, 2 for
wrong usage or input, 3 when another run is writing to the same outputs, 130 when it was
interrupted.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import click
from rich.console import Console

from scorecard.batch.editions import EDITIONS
from scorecard.batch.engine.pool import Pool
from scorecard.batch.packs_folder import PacksFolder
from scorecard.batch.screen import screen
from scorecard.commands import past, region
from scorecard.commands.load import current_user
from scorecard.commands.options import Options, edition_options
from scorecard.commands.places import notebooks_option, outputs_of, outputs_option, workbook_option
from scorecard.commands.usage import FAILED, Commands, DefaultCommand, cores, errors, say, shown
from scorecard.commands.usage import months as asked_months
from scorecard.params.wording import time_zone
from scorecard.wording import PROGRAM, named
from scorecard.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scorecard.batch.month_plan import MonthPlan
    from scorecard.batch.run import Outcome
    from scorecard.months import Month


@click.command(cls=DefaultCommand)
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
    "--cluster",
    metavar="ADDRESS",
    help="With --workbooks: run the councils on this Dask cluster, as tcp://scheduler:8786.",
)
@outputs_option
@notebooks_option
@click.option(
    "--jobs", "workers", type=click.IntRange(1), help="Processes at once.  [default: cores]"
)
@click.option(
    "--as-at",
    metavar="LOAD",
    help="Make the pack as it was after load LOAD, or at the end of a day such as 2016-11-20; in "
    "outputs/as-at/LOAD.",
)
@click.option("--force", is_flag=True, help="Run unchanged appendices too.")
@click.option("--keep-going", is_flag=True, help="Publish what succeeded even if some failed.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@edition_options
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("--verbose", is_flag=True, help="Name each cell, and say how long everything took.")
@click.option(
    "--engine", type=click.Choice(["auto", "forked", "standard"]), default="auto",
    help="How notebooks are executed; standard is a Jupyter kernel each.",
)  # fmt: skip
def publish(
    words: tuple[str, ...], month_range: str | None, only: tuple[str, ...], **given: Any
) -> None:
    """Run and publish the appendices of MONTH, written as 2016-08.

    This is the command `publish`, which runs when no command is named.
    """
    program = cast("Commands", click.get_current_context().find_root().command)
    with errors():
        months, names = asked_months(words, month_range, only, program.commands)
        if given["quiet"] and given["verbose"]:
            raise click.UsageError("--quiet and --verbose contradict each other")
        if patterns := given.pop("patterns"):
            sys.exit(region.publish(months, names, patterns, given))
        if given.pop("cluster"):
            raise click.UsageError("--cluster runs many councils: name them with --workbooks")
        given["editions"] = tuple(name for name in EDITIONS if given.pop(name))
        given["workers"] = given["workers"] or cores()
        given["outputs"] = given["outputs"] or given["workbook"] / "outputs"
        as_at = given["as_at"]
        if as_at is None:
            given["as_at"] = ""
        else:
            given["as_at"], given["outputs"] = past.load_and_outputs(given)
        options = Options(only=names, **given)
        do = _dry_run if options.dry_run else _publish
        if as_at is None:
            sys.exit(do(months, options))
        then = past.Past(
            as_at, int(options.as_at), options.workbook, options.outputs, options.notebooks,
            options.quiet,
        )  # fmt: skip

        def run_then(group: Sequence[Month], workbook: Path) -> int:
            return do(group, replace(options, workbook=workbook))

        sys.exit(then.run(run_then, months))


def _publish(months: Sequence[Month], options: Options) -> int:
    """The method: refresh the store, plan, check, run and publish, report; the exit status."""
    workbook, outputs = _places(options)
    view = screen(Console(), quiet=options.quiet, verbose=options.verbose)
    with (
        outputs.locked(f"{PROGRAM} {months[0]}", time_zone(workbook)) as restored,
        Pool(options.engine, options.workers, options.notebooks.resolve(), view) as pool,
    ):
        if options.force or not all(outputs.pack(month).exists() for month in months):
            pool.begin()  # before our own imports, which take as long as the pool's
        from scorecard.batch.run import Batch, run_month
        from scorecard.batch.stages import Stages
        from scorecard.commands.preparing import Preparing

        stages = Stages()
        preparing = Preparing(workbook, outputs, months, options, stages)
        ready = preparing.checked()
        if not ready.stops and (without := preparing.months_without_load(ready)):
            _record(workbook, outputs, without, options)
            ready = preparing.checked()  # a load was made, so the plan is another
        if ready.stops:
            click.echo("\n".join(ready.stops), err=True)
            return FAILED
        who = None if options.as_at else current_user
        batch = Batch(
            workbook, outputs, ready.sources, pool, options.keep_going, options.editions, who
        )
        outcomes = []
        with view:
            for plan, found in zip(ready.plans, ready.checks, strict=True):
                view.month(str(plan.month))
                outcomes.append(run_month(batch, plan, Stages(dict(stages.seconds)), found))
    return _report(ready.plans, outcomes, restored, options)


def _places(options: Options) -> tuple[Workbook, PacksFolder]:
    """The workbook, and the outputs, which can't be among what pages are made from."""
    workbook = Workbook.at(options.workbook)
    return workbook, outputs_of(workbook, options.outputs, options.notebooks)


def _record(
    workbook: Workbook, outputs: PacksFolder, months: list[Month], options: Options
) -> None:
    """Record the results that are in no load, so that every published pack has one."""
    from scorecard.batch import edits

    made = edits.record(workbook, outputs, months, current_user(workbook))
    if not options.quiet:
        say(edits.recorded_message(made))


def _dry_run(months: Sequence[Month], options: Options) -> int:
    """Say what would be done with each month, without writing anything."""
    from scorecard.batch import summary
    from scorecard.batch.stages import Stages
    from scorecard.commands.preparing import Preparing
    from scorecard.ledger import ledger
    from scorecard.store import trusted

    workbook, outputs = _places(options)
    preparing = Preparing(workbook, outputs, months, options, Stages())
    if ledger.is_pending(workbook):
        click.echo("First, the load that was interrupted is finished; this may change the plan.")
    elif changed := trusted.touched(workbook):
        names = named([workbook.show(path) for path in changed], len(changed))
        one = len(changed) == 1
        are, it_was, it = ("is", "it was", "it") if one else ("are", "they were", "them")
        click.echo(
            f"First, {names} {are} rebuilt: {it_was} changed after {it_was} built, or a program "
            f"has {it} open. What they hold now is not used."
        )
    elif not trusted.current(workbook):
        click.echo("First, the store is built: it is missing, or its inputs have changed.")
    planned = preparing.planned()
    for plan in planned.plans:
        click.echo("\n".join(summary.intended(plan)))
    stops = preparing.edits(planned)
    if not stops and preparing.months_without_load(planned):
        click.echo("Before they run, the results that are in no load are recorded as a load.")
    for line in stops:
        click.echo(line)
    return 0


def _report(
    plans: Sequence[MonthPlan],
    outcomes: Sequence[Outcome],
    restored: Sequence[str],
    options: Options,
) -> int:
    """Say what failed, where the packs are and what needs attention; the exit status."""
    from scorecard.batch import checks_before_publication, record, summary

    lines = [f"The pack of {month} was brought back after a run was killed." for month in restored]
    for plan, outcome in zip(plans, outcomes, strict=True):
        parameters = {planned.job.name: planned.job.words() for planned in plan.appendices}
        for line in summary.failures(outcome, parameters):
            click.echo(line, err=True)
        lines += summary.published(outcome, shown(options.outputs / str(plan.month)))
        if options.as_at:
            # the published pack: `options.outputs` is outputs/as-at/LOAD
            pack = PacksFolder(options.outputs.parents[1]).pack(plan.month)
            again = (outcome.run, record.read(pack), pack, shown(pack))
            lines += [] if outcome.failed else summary.made_again(*again)
        if outcome.checks and not outcome.failed:
            page = PacksFolder(options.outputs).checks_page(plan.month)
            lines.append(checks_before_publication.line(outcome.checks, shown(page)))
        lines += summary.timings(outcome.run) if options.verbose and outcome.published else []
    if lines and not options.quiet:
        say("\n".join(lines))
    return FAILED if any(outcome.failed for outcome in outcomes) else 0
