"""Councils of one page each, for tests that run many of them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from click.testing import CliRunner

from scorecard.batch import record
from scorecard.commands import program
from support import council
from support.batches import FRAGMENT, make_notebook
from support.stores import stored

if TYPE_CHECKING:
    from pathlib import Path

MONTH = "2024-06"
REPORTS = """\
timeout_seconds: 60
appendices:
  - {name: one, notebook: page, title: One, summary: A page., parameters: {unit: fenwold}}
"""


def make(folder: Path, *names: str) -> Path:
    """A folder of councils of these names, with their stores."""
    first, *others = names
    root = folder / first
    made = council.files(root)
    (root / "params/reports.yml").write_text(REPORTS)
    (root / "params/2024-06.yml").unlink()
    make_notebook(root / "notebooks/page.ipynb", FRAGMENT)
    stored(made)
    for name in others:
        shutil.copytree(root, folder / name)
    return folder


def break_wording(root: Path) -> None:
    """Make a council one that can't be run."""
    (root / "params/wording.yml").unlink()


def ask(*words: str) -> tuple[int, str, str]:
    """The command's exit status, and what it says of success and failure."""
    done = CliRunner().invoke(program.main, words)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


def is_whole(root: Path) -> bool:
    """Whether a council has a pack, all of it as its run made it, with nothing left beside it."""
    pack = root / "outputs" / MONTH
    run = record.read(pack)
    if run is None:
        assert not pack.exists()
        return False
    assert run.intact(pack)
    assert all(each.intact(pack) for each in run.appendices)
    return True
