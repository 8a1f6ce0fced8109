"""Where the workbook, its outputs and the notebooks are, and the options that say so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from scorecard.batch.freshness import PACKAGE
from scorecard.batch.packs_folder import PacksFolder

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorecard.workbook import Workbook

Command = TypeVar("Command", bound="Callable[..., Any] | click.Command")


def _here() -> Path:
    """The folder of `run_month.py`, which it gives to its commands, or else the current one."""
    return Path(click.get_current_context().find_root().obj or ".").resolve()


def package_notebooks() -> Path:
    """The notebooks that come with the package: in it once installed, beside `lib/` before."""
    installed = PACKAGE / "notebooks"
    return installed if installed.is_dir() else PACKAGE.parents[1] / "notebooks"


def _folder(name: str, text: str, **more: Any) -> Callable[[Command], Command]:
    """An option that names a folder."""
    return click.option(name, type=click.Path(path_type=Path, file_okay=False), help=text, **more)


workbook_option = _folder(
    "--workbook",
    "Folder that holds data/ and params/.  [default: the folder of run_month.py; with `scorecard`, "
    "the current one]",
    default=_here,
)
outputs_option = _folder(
    "--outputs", "Folder of the published packs.  [default: outputs/ of the workbook]"
)
notebooks_option = _folder(
    "--notebooks",
    "Folder of notebooks to use where the workbook has none of that name.  "
    "[default: the package's]",
    default=package_notebooks,
)


def outputs_of(workbook: Workbook, outputs: Path | None, notebooks: Path) -> PacksFolder:
    """The outputs to write in; `OutputsError` when they are among what pages are made from."""
    notebooks = notebooks.resolve()
    inputs = (workbook.root / "data", workbook.root / "params", workbook.notebooks)
    sources = [*inputs, workbook.built, PACKAGE]
    if not workbook.root.is_relative_to(notebooks):
        sources.append(notebooks)
    return PacksFolder.at(outputs or workbook.root / "outputs", sources)
