"""A workbook of a made-up council, for a council to begin with: `templates/council`."""

from __future__ import annotations

import shutil
import tempfile
from importlib.resources import as_file, files
from pathlib import Path

from scorecard.disk import rename
from scorecard.errors import WorkbookError, plain_words

README = "README.md"


def make(folder: Path) -> str:
    """Make the workbook in `folder`, all of it or nothing.

    Returns the last month that has results.

    Raises `WorkbookError` when there is something in `folder`, or it can't be written.
    """
    folder = folder.expanduser().resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WorkbookError(f"{folder} is not empty. Name a new folder; nothing was made")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with (
            tempfile.TemporaryDirectory(prefix=".", dir=folder.parent) as aside,
            as_file(files("scorecard") / "templates" / "council") as template,
        ):
            made = Path(shutil.copytree(template, Path(aside) / folder.name))
            if folder.exists():
                folder.rmdir()
            rename(made, folder)
    except OSError as error:
        raise WorkbookError(
            f"{folder} can't be made: {plain_words(error)}. Nothing was made"
        ) from error
    return max(path.stem for path in (folder / "data" / "results").iterdir())
