"""A council's own workbook: init, validate, upgrade and lab."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from scorecard.commands.places import notebooks_option, outputs_option, workbook_option
from scorecard.commands.usage import WRONG, errors, shown
from scorecard.wording import to_type
from scorecard.workbook import VARIABLE, Workbook


@click.command()
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a workbook of a made-up council in FOLDER, to be replaced piece by piece by your own."""
    from scorecard.batch import starting

    with errors():
        month = starting.make(folder)
        where = shown(folder.resolve())
        click.echo(f"Made a workbook in {where}. Every figure and name in it is made up.")
        click.echo(f"Publish its last month: `{to_type(f'{month} --workbook {where}')}`")
        click.echo(f"What each file is for: {shown(folder.resolve() / starting.README)}")


@click.command()
@workbook_option
@notebooks_option
def validate(workbook: Path, notebooks: Path) -> None:
    """List every fault of a workbook's files that can be found without running a month."""
    from scorecard.batch import workbook_faults

    with errors():
        found = workbook_faults.faults(Workbook.at(workbook), notebooks)
        if found:
            click.echo("\n".join(found), err=True)
            sys.exit(WRONG)
        click.echo("No fault found in data/ and params/.")


@click.command()
@click.option("--yes", is_flag=True, help="Do it. Without this, only list what would be done.")
@workbook_option
@outputs_option
def upgrade(yes: bool, workbook: Path, outputs: Path | None) -> None:
    """Bring a workbook to the current format; without --yes, only list what would be done."""
    from scorecard.batch import upgrading
    from scorecard.batch.packs_folder import PacksFolder
    from scorecard.commands.load import current_user

    with errors():
        book = Workbook.at(workbook)
        upgrade = upgrading.found(book, PacksFolder(outputs or workbook / "outputs"))
        click.echo("\n".join(upgrade.lines()))
        if upgrade.needed and yes:
            upgrading.do(upgrade, current_user(book))
            click.echo(f"This workbook now has format {book.format}.")
        elif upgrade.needed:
            click.echo(f"Nothing was written. To do it: `{to_type('upgrade --yes')}`")


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("options", nargs=-1, metavar="[-- OPTION…]", type=click.UNPROCESSED)
@workbook_option
@notebooks_option
def lab(options: tuple[str, ...], workbook: Path, notebooks: Path) -> None:
    """Open JupyterLab on a workbook; OPTIONs after `--` are for JupyterLab."""
    with errors():
        book = Workbook.at(workbook)
    os.environ[VARIABLE] = str(book.root)
    folder = book.notebooks if book.notebooks.is_dir() else notebooks
    from jupyterlab.labapp import LabApp

    sys.argv[0] = "jupyter-lab"
    LabApp.launch_instance([f"--ServerApp.root_dir={folder.resolve()}", *options])
