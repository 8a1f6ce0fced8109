"""`--workbooks`: the packs of many councils in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from scorecard.batch import region
from scorecard.commands.places import package_notebooks
from scorecard.commands.usage import FAILED, say, shown
from scorecard.unseen import visible
from scorecard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorecard.months import Month

OWN = ("workbook", "outputs")
"""The options that are about one workbook."""
FLAGS = ("force", "keep_going", "dry_run", "pdf", "verbose")


def publish(
    months: Sequence[Month], only: Sequence[str], patterns: Sequence[str], given: dict[str, Any]
) -> int:
    """Run `months` of every workbook that matches `patterns`; the exit status.

    A council that fails doesn't stop the others.
    """
    asked = click.get_current_context().get_parameter_source
    for option in OWN:
        if (source := asked(option)) and source.name == "COMMANDLINE":
            raise click.UsageError(
                f"--{option} is of one workbook; with --workbooks each publishes in its own folder"
            )
    found = region.workbooks(patterns)
    at_once = min(given["workers"], len(found))
    words = tuple(_words(months, only, given, given["workers"] // at_once))
    tasks = [region.Task(workbook, tuple(months), words) for workbook in found]
    names = {workbook: shown(workbook) for workbook in found}
    width = max(map(len, names.values()))
    outcomes: list[region.Outcome] = []
    try:
        for outcome in region.run(tasks, at_once):
            outcomes.append(outcome)
            if not given["quiet"]:
                number = f"{len(outcomes):>{len(str(len(tasks)))}} of {len(tasks)}"
                name = f"{names[outcome.workbook]:<{width}}"
                say(f"{number}  {name}  {outcome.result:<10}  {outcome.seconds:5.1f} s")
                if outcome.says and (given["verbose"] or given["dry_run"]):
                    say(_indented(outcome.says))
    finally:
        if not given["quiet"]:
            say(_tally(outcomes, len(tasks)))
    failed = [each for each in outcomes if each.result == "failed"]
    for each in sorted(failed, key=lambda each: names[each.workbook]):
        click.echo(f"{names[each.workbook]} failed:\n{_indented(each.why)}", err=True)
    return FAILED if failed else 0


def _words(
    months: Sequence[Month], only: Sequence[str], given: dict[str, Any], workers: int
) -> Iterator[str]:
    """The command for one workbook that says the same as the one for all."""
    yield from (f"--month-range={months[0]}:{months[-1]}",) if months[1:] else (str(months[0]),)
    yield from (f"--only={name}" for name in only)
    yield from (f"--{flag.replace('_', '-')}" for flag in FLAGS if given[flag])
    yield from (f"--engine={given['engine']}", f"--jobs={workers}")
    if given["as_at"] is not None:
        yield f"--as-at={given['as_at']}"
    if given["notebooks"] != package_notebooks():
        yield f"--notebooks={given['notebooks']}"


def _tally(outcomes: Sequence[region.Outcome], of: int) -> str:
    """How many councils ended how."""
    results = [each.result for each in outcomes]
    counts = [f"{results.count(result)} {result}" for result in dict.fromkeys(sorted(results))]
    left = [f"{of - len(results)} not run to the end"] if len(results) < of else []
    return f"{counted(of, 'council', 'councils')}: {', '.join([*counts, *left])}."


def _indented(text: str) -> str:
    """What another process printed, below its council's name."""
    return "\n".join(f"  {visible(line)}" for line in text.strip().splitlines())
