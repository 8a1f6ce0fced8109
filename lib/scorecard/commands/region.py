"""Many councils: `--workbooks`, which runs their packs, and what they are compared with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scorecard.batch import addresses, cluster, region
from scorecard.commands.load import current_user
from scorecard.commands.usage import FAILED, cores, errors, say, shown
from scorecard.months import Month
from scorecard.store import packs
from scorecard.unseen import visible
from scorecard.wording import counted
from scorecard.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OWN = ("workbook", "outputs")
"""The options that are about one workbook."""
NOT_PASSED_ON = ("cluster", "workers", "quiet")
"""The options that are dealt with here. Every other one goes to each workbook as it was given."""


def publish(
    months: Sequence[Month], only: Sequence[str], patterns: Sequence[str], given: dict[str, Any]
) -> int:
    """Run `months` of every workbook that matches `patterns`; the exit status.

    A council that fails doesn't stop the others.
    """
    for option in OWN:
        if _was_given(option):
            raise click.UsageError(
                f"--{option} is for one workbook; with --workbooks each publishes in its own folder"
            )
    found = region.workbooks(patterns)
    if address := given["cluster"]:
        with cluster.connected(address) as client:
            if not given["quiet"]:
                say(cluster.described(client))
            words = tuple(_words(months, only, given, given["workers"] or 1))
            by = current_user(Workbook(Path.cwd()))
            tasks = [region.Task(_everywhere(each), tuple(months), words, by) for each in found]
            return _report(cluster.run(client, tasks), tasks, given)
    workers = given["workers"] or cores()
    at_once = min(workers, len(found))
    words = tuple(_words(months, only, given, workers // at_once))
    tasks = [region.Task(workbook, tuple(months), words) for workbook in found]
    return _report(region.run(tasks, at_once), tasks, given)


def _everywhere(workbook: Path | str) -> Path | str:
    """A workbook as each machine of a cluster finds it."""
    return workbook.absolute() if isinstance(workbook, Path) else workbook


def _report(
    running: Iterator[region.Outcome], tasks: Sequence[region.Task], given: dict[str, Any]
) -> int:
    """Say what becomes of each council as soon as it has ended; the exit status."""
    names = {each.workbook: _name(each.workbook) for each in tasks}
    width = max(map(len, names.values()))
    outcomes: list[region.Outcome] = []
    try:
        for outcome in running:
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


def _name(workbook: Path | str) -> str:
    """What a workbook is called on the terminal."""
    return shown(workbook) if isinstance(workbook, Path) else workbook


@click.command()
@click.argument("month", metavar="MONTH")
@click.option("--workbooks", "patterns", multiple=True, required=True, metavar="PATTERN",
              help="The councils' workbooks, as 'councils/*' in quotes.")  # fmt: skip
@click.option("--region", "path", required=True, type=click.Path(path_type=Path, dir_okay=False),
              help="File that names the region and each council's neighbours.")  # fmt: skip
def comparators(month: str, patterns: tuple[str, ...], path: Path) -> None:
    """Write the medians of what councils publish of MONTH into each one's comparators.csv."""
    from scorecard.batch import comparators
    from scorecard.params.region import read_region

    with errors():
        then = Month.parse(month)
        if any(map(addresses.is_remote, patterns)):
            raise click.UsageError(
                "comparators are written into folders; copy the workbooks here first"
            )
        folders = [each for each in region.workbooks(patterns) if isinstance(each, Path)]
        books = {each.resolve().name: Workbook.at(each) for each in folders}
        known = read_region(path, books)
        found = {
            name: packs.figures(book.root / "outputs" / str(then)) for name, book in books.items()
        }
        published = {name: figures for name, figures in found.items() if figures}
        for name in found.keys() - published.keys():
            click.echo(
                f"{name}: left out, since its pack of {then} is missing or was changed", err=True
            )
        for name, new in comparators.rows(published, known, then).items():
            changed = comparators.put(books[name], new, known, then)
            result = counted(len(new), "row", "rows") if changed else "unchanged"
            say(f"{name}: {result}")


def _words(
    months: Sequence[Month], only: Sequence[str], given: dict[str, Any], workers: int
) -> Iterator[str]:
    """The arguments of one council's command, made from those of the command for all.

    Each option that was given is passed on, so a new option needs no change here.
    """
    yield from (f"--month-range={months[0]}:{months[-1]}",) if months[1:] else (str(months[0]),)
    yield from (f"--only={name}" for name in only)
    yield f"--jobs={workers}"
    for option in click.get_current_context().command.params:
        name = option.name or ""
        if name in given and name not in OWN + NOT_PASSED_ON and _was_given(name):
            for each in given[name] if option.multiple else [given[name]]:
                yield option.opts[0] if each is True else f"{option.opts[0]}={each}"


def _was_given(option: str) -> bool:
    """Whether the command line says this option, and not its default."""
    source = click.get_current_context().get_parameter_source(option)
    return source is not None and source.name == "COMMANDLINE"


def _tally(outcomes: Sequence[region.Outcome], of: int) -> str:
    """How many councils ended how."""
    results = [each.result for each in outcomes]
    counts = [f"{results.count(result)} {result}" for result in dict.fromkeys(sorted(results))]
    left = [f"{of - len(results)} not run to the end"] if len(results) < of else []
    return f"{counted(of, 'council', 'councils')}: {', '.join([*counts, *left])}."


def _indented(text: str) -> str:
    """What another process printed, below its council's name."""
    return "\n".join(f"  {visible(line)}" for line in text.strip().splitlines())
