"""Files as Windows treats them: one that is open can't be renamed, replaced or deleted.

Nor can the folder that it is in, and a rename never replaces. Open is what this process or a child
has open, by whatever library: DuckDB's own files too.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import psutil
import pytest

from scorecard.batch import swap

USED = "The process cannot access the file because it is being used by another process"


def refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every rename and removal refused that Windows would refuse."""
    if os.name == "nt":
        return
    if sys.platform != "linux":
        pytest.skip("which files are open is read from /proc")
    monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    # With it, a folder is removed by descriptors, whose names can't be looked up afterwards.
    monkeypatch.setattr(shutil, "_use_fd_functions", False)
    for name in ("rename", "replace"):
        monkeypatch.setattr(os, name, _renaming(getattr(os, name), replaces=name == "replace"))
    for name in ("unlink", "remove", "rmdir"):
        monkeypatch.setattr(os, name, _removing(getattr(os, name)))


def _renaming(real, *, replaces):
    def rename(source, target, **options):
        for path in (source, target):
            _insist_on_closed(path)
        same = Path(source).absolute() == Path(target).absolute()
        if os.path.lexists(target) and not same and (not replaces or Path(target).is_dir()):
            kind = PermissionError if replaces else FileExistsError
            raise kind(13, "Access is denied", os.fspath(source), None, os.fspath(target))
        real(source, target, **options)

    return rename


def _removing(real):
    def remove(path, **options):
        _insist_on_closed(path)
        real(path, **options)

    return remove


def _insist_on_closed(path):
    whole = Path(path).absolute()
    if any(each == whole or each.is_relative_to(whole) for each in _open_files()):
        raise PermissionError(13, USED, os.fspath(path))


def _open_files() -> set[Path]:
    this = psutil.Process()
    found = set()
    for process in (this, *this.children(recursive=True)):
        try:
            found |= {Path(each.path) for each in process.open_files()}
        except psutil.NoSuchProcess:
            continue
    return found
