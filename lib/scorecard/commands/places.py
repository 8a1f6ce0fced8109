"""The options that say where things lie: the workbook, its outputs, the notebooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

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
