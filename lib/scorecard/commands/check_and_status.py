"""The commands `check` and `status`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from rich.console import Console

from scorecard.batch.packs_folder import PacksFolder
from scorecard.commands.places import notebooks_option, outputs_of, outputs_option, workbook_option
from scorecard.commands.usage import FAILED, errors, shown
from scorecard.months import Month
from scorecard.wording import PROGRAM
from scorecard.workbook import Workbook

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = f"""
\b
Examples:
  {PROGRAM} check 2016-08         what stops publication, or needs a look
  {PROGRAM} check 2016-08 --all   what is for information only, too
"""
UNREADABLE = (
    "{month}  has a run.json that can't be read; move the folder away and run the month again"
)


@click.command()
@workbook_option
@outputs_option
@notebooks_option
def status(workbook: Path, outputs: Path | None, notebooks: Path) -> None:
    """List the months published, when, from what, and whether what they show has changed since."""
    from scorecard.batch import record, summary
    from scorecard.batch.since import Since
    from scorecard.params.wording import time_zone

    with errors():
        book = Workbook.at(workbook)
        since, zone = Since(book, notebooks), time_zone(book)
        folder = PacksFolder(outputs or workbook / "outputs")
        if not folder.months():
            click.echo(f"Nothing is published in {shown(folder.root)}.")
        for month in folder.months():
            run = record.read(folder.pack(month))
            lines = (
                summary.status(run, since.changes(run, month, folder.pack(month)), zone)
                if run
                else [UNREADABLE.format(month=month)]
            )
            click.echo("\n".join([*lines, *summary.foreign(folder.foreign(month))]))
        if since.fault:
            click.echo("The figures could not be compared, only files:", err=True)
            raise since.fault


@click.command(epilog=EXAMPLES)
@click.argument("month", metavar="MONTH")
@workbook_option
@outputs_option
@notebooks_option
@click.option("--all", "everything", is_flag=True, help="Show also what is for information only.")
def check(
    month: str, workbook: Path, outputs: Path | None, notebooks: Path, everything: bool
) -> None:
    """Say what is odd in the data of MONTH; status 1 when something stops publication."""
    from scorecard.batch import edits, month_findings
    from scorecard.checks import terminal
    from scorecard.store import building
    from scorecard.store.store import Store

    with errors():
        wanted, book = Month.parse(month), Workbook.at(workbook)
        folder = outputs_of(book, outputs, notebooks)
        page = folder.checks_page(wanted)
        store_name = building.refresh(book)
        made = month_findings.examination(book, wanted, store_name)
        month_findings.write(book, page, made)
        terminal.show(Console(), made.findings, made.units, everything=everything)
        click.echo(f"\nAll findings: {shown(page)}")
        edited = None
        with Store.open(book, store_name) as store:
            if store.load_of(wanted) is None:
                edited = edits.edited_packs(book, folder, store)
        if edited:
            click.echo("\n" + "\n".join(edits.lines(edited, [wanted])))
        sys.exit(FAILED if made.findings.stops or edited else 0)
