"""Where things lie: the workbook, its outputs, the notebooks; and the options that say so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from scorecard.batch.freshness import PACKAGE
from scorecard.batch.pack import Outputs

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorecard.workbook import Workbook

Command = TypeVar("Command", bound="Callable[..., Any] | click.Command")


def _here() -> Path:
    """The folder of `run_month.py`, which it gives to its commands."""
    return Path(click.get_current_context().find_root().obj)


def _folder(
    name: str, default: Callable[[], Path] | None, text: str
) -> Callable[[Command], Command]:
    """An option that names a folder."""
    path = click.Path(path_type=Path, file_okay=False)
    return click.option(name, type=path, default=default, help=text)


workbook_option = _folder(
    "--workbook", _here, "Folder that holds data/ and params/.  [default: this repository]"
)
outputs_option = _folder(
    "--outputs", None, "Folder to publish in.  [default: outputs/ of the workbook]"
)
notebooks_option = _folder(
    "--notebooks", lambda: _here() / "notebooks", "Folder of the notebooks.  [default: notebooks/]"
)


def outputs_of(workbook: Workbook, outputs: Path | None, notebooks: Path) -> Outputs:
    """The outputs to write in; `OutputsError` when they lie among what pages are made from."""
    notebooks = notebooks.resolve()
    sources = [workbook.root / "data", workbook.root / "params", PACKAGE]
    if not workbook.root.is_relative_to(notebooks):
        sources.append(notebooks)
    return Outputs.at(outputs or workbook.root / "outputs", sources)
