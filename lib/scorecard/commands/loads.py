"""Results come in, are revised and are explained: load, loads, history, explain and diff."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scorecard.batch.packs_folder import PacksFolder
from scorecard.commands.places import notebooks_option, outputs_option, workbook_option
from scorecard.commands.usage import errors, shown, typed
from scorecard.months import Month
from scorecard.wording import PROGRAM
from scorecard.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.store.difference import Difference

EXAMPLES = f"""
\b
Examples:
  {PROGRAM} load late.csv --dry-run             what it would change, and nothing is loaded
  {PROGRAM} load late.csv --why "Late records"  load it; changed results need a reason
  {PROGRAM} load late.csv --why "…" --yes       though it revises a month that is published
  {PROGRAM} load july.xlsx --sheet Results      a sheet of a spreadsheet
  {PROGRAM} load teams.csv --extract team-activity
                                                   an extract that params/extracts.yml describes
  {PROGRAM} load list.csv --extract placements --month 2016-08 --with teams=teams.csv
                                                   by the SQL of params/extracts/placements.sql
  {PROGRAM} load --edits --why "…"              record what was edited in data/results by hand
"""


EXPLAINED = f"""
\b
Examples:
  {PROGRAM} explain kent 17 2016-08                          the figure, its rating and its rows
  {PROGRAM} explain kent 17 2016-08 --cohort excluding_uasc  the same without UASC
  {PROGRAM} explain kent 17 2016-08 --as-at 12               as it was after load 12
"""


@click.command()
@click.argument("month", metavar="MONTH")
@workbook_option
@outputs_option
@notebooks_option
@click.option("--since", metavar="LOAD", help="Compare with a load, not with what is published.")
def diff(
    month: str, workbook: Path, outputs: Path | None, notebooks: Path, since: str | None
) -> None:
    """Say what has changed since MONTH was published: figures, ratings, targets, commentary."""
    from scorecard.batch import other_changes, past, record
    from scorecard.batch.published import check_in_ledger
    from scorecard.batch.since import Since, shown_units
    from scorecard.ledger import ledger, versions
    from scorecard.params.wording import time_zone
    from scorecard.store import difference
    from scorecard.store.store import Store

    with errors():
        wanted, book = Month.parse(month), Workbook.at(workbook)
        folder = PacksFolder(outputs or workbook / "outputs")
        pack = folder.pack(wanted)
        found: Sequence[Difference] = ()
        files: Sequence[str] | None = ()
        other: list[str] = []
        known, version, units = versions.read(book), None, None
        with Store.open(book) as store:
            if since is not None:
                before = store.load_as_at(since)
                found, files = difference.found(store, wanted, before), None
                version = past.found(book, folder, wanted, before, since).version
            else:
                run = record.read(pack)
                if run:
                    check_in_ledger(run, book, shown(pack))
                root, loads = shown(folder.root), ledger.read(book)
                before = difference.published_from(run, wanted, root, loads)
                if run:
                    changes = Since(book, notebooks).changes(run, wanted, pack)
                    found, files = changes.differences, changes.files
                    version = past.published_version(book, run, known)
                    units = shown_units(run, store)
            if version:
                then = versions.state(known[:version])
                names = other_changes.changed(book, then, wanted, files)
                other += other_changes.lines(book, known[version - 1], names, time_zone(book))
                files = [name for name in files or () if name not in {*then, *names}]
                if other_changes.decide_figures(names):
                    figures = past.differences(book, store, wanted, before, version, units)
                    other += [other_changes.BY_TODAY] if figures is None else []
                    found = found if figures is None else figures
            lines = difference.lines(found, store.loads(), wanted, before)
            click.echo("\n".join([*lines, *other, *difference.others(files or ())]))


@click.command(epilog=EXAMPLES)
@click.argument("files", nargs=-1, metavar="FILE…", type=click.Path(path_type=Path))
@click.option("--edits", is_flag=True, help="Record what was edited in data/results by hand.")
@click.option("--why", metavar="TEXT", help="Why the figures change, as `explain` will show.")
@click.option(
    "--by", metavar="NAME", help="Who loads it.  [default: git's user.name, else the login]"
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and load nothing.")
@click.option(
    "--yes",
    is_flag=True,
    help="Agree to revise what is published, to load hidden rows or fractions, or to leave a gap.",
)
@click.option("--sheet", metavar="NAME", help="Sheet of a spreadsheet.  [default: the first]")
@click.option(
    "--extract",
    metavar="NAME",
    help="How to read it, from params/extracts.yml or params/extracts/NAME.sql.",
)
@click.option(
    "--with",
    "with_files",
    metavar="NAME=FILE",
    multiple=True,
    help="Another file that the SQL of the extract reads, as the table NAME; may be repeated.",
)
@click.option("--month", metavar="MONTH", help="Month of the results, if the file names none.")
@click.option("--provenance", metavar="NAME", help="The provenance of every row of the files.")
@workbook_option
@outputs_option
def load(workbook: Path, outputs: Path | None, month: str | None, **given: Any) -> None:
    """Load results from CSV files, spreadsheets or extracts: all of it or nothing."""
    from scorecard.batch.published import published
    from scorecard.commands import load_terminal as terminal
    from scorecard.commands.load import LoadRequest, run_load

    with errors():
        book, folder = Workbook.at(workbook), PacksFolder(outputs or workbook / "outputs")
        request = LoadRequest(**given, month=Month.parse(month) if month else None, again=typed())
        run_load(book, published(book, folder), request, terminal.console())


@click.command()
@workbook_option
def loads(workbook: Path) -> None:
    """List the loads and what else changed: when, by whom, why."""
    from scorecard.commands import load_terminal as terminal
    from scorecard.ledger import ledger, versions
    from scorecard.params.wording import time_zone

    with errors():
        book = Workbook.at(workbook)
        ledger.recover(book)
        console, zone = terminal.console(), time_zone(book)
        terminal.loads(console, ledger.read(book), zone)
        terminal.versions(console, versions.read(book), zone)


@click.command()
@click.argument("unit", metavar="UNIT")
@click.argument("code", metavar="INDICATOR")
@click.argument("month", metavar="[MONTH]", required=False)
@workbook_option
def history(unit: str, code: str, month: str | None, workbook: Path) -> None:
    """List every version of a UNIT's results of an INDICATOR: load, who, why."""
    from scorecard.commands import history as versions
    from scorecard.commands import load_terminal as terminal

    with errors():
        wanted = Month.parse(month) if month else None
        found = versions.versions(Workbook.at(workbook), unit, code, wanted)
        versions.show(terminal.console(), found, every=bool(month))


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--sheet", metavar="NAME", help="Sheet of a spreadsheet.  [default: the first]")
@click.option("--name", metavar="NAME", help="The extract's name.  [default: that of the file]")
@click.option("--write", is_flag=True, help="Write the draft into params/, for you to check.")
@workbook_option
def describe(file: Path, sheet: str | None, name: str | None, write: bool, workbook: Path) -> None:
    """Draft how to read a FILE, for `load --extract`: its header, month, units and indicators."""
    from scorecard.commands import load_terminal as terminal
    from scorecard.commands.describe import run_describe

    with errors():
        run_describe(Workbook.at(workbook), file, sheet, name, terminal.console(), write=write)


@click.command(epilog=EXPLAINED)
@click.argument("unit", metavar="UNIT")
@click.argument("code", metavar="INDICATOR")
@click.argument("month", metavar="MONTH")
@workbook_option
@click.option(
    "--cohort", metavar="COHORT", default="all", help="Cohort to explain.  [default: all]"
)
@click.option(
    "--as-at", metavar="LOAD", default="", help="As it was after load LOAD, or at the end of a day."
)
def explain(unit: str, code: str, month: str, workbook: Path, cohort: str, as_at: str) -> None:
    """Say where a UNIT's figure of an INDICATOR is from: rows, data period, target, comparisons."""
    from scorecard.commands import explain as explanation
    from scorecard.commands import load_terminal as terminal
    from scorecard.store.store import Store

    with errors(), Store.open(Workbook.at(workbook), as_at=as_at) as store:
        explanation.show(terminal.console(), store, unit, code, Month.parse(month), cohort)
