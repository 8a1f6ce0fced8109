"""The notebooks of a month's failed appendices, kept for inspection in `outputs/failed/2016-08`.

A notebook that was changed since is neither replaced nor deleted.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from itertools import chain, count
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from scorecard.disk import file_hash

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

KEPT = ".kept.json"
KEPT_FILES = TypeAdapter(dict[str, str])


def keep(folder: Path, executed: Path) -> Path | None:
    """Move the notebook of a failed appendix to `folder`, where it can be inspected.

    It gets another name where the one that was kept before has been changed since.
    """
    if not executed.exists():
        return None
    kept = _kept(folder)
    folder.mkdir(parents=True, exist_ok=True)
    names = (f"{executed.stem} ({number}).ipynb" for number in count(2))
    for name in chain([executed.name], names):
        if not os.path.lexists(folder / name) or _is_as_kept(folder / name, kept):
            break
    _write_kept(folder, {**kept, name: file_hash(executed)})
    return executed.replace(folder / name)


def forget(folder: Path, but: Collection[str]) -> None:
    """Delete the failed notebooks in `folder` except those of the appendices named in `but`."""
    kept = _kept(folder)
    for name in [name for name in kept if name.removesuffix(".ipynb").split()[0] not in but]:
        try:
            if _is_as_kept(folder / name, kept):
                (folder / name).unlink()
        except OSError:
            continue  # a program has it open: the next run deletes it
        del kept[name]
    with suppress(OSError):  # the month may just have been published: that must not fail now
        _write_kept(folder, kept)
        for path in (folder, folder.parent):
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()


def _kept(folder: Path) -> dict[str, str]:
    """The failed notebooks in `folder` that runs have kept, each with its SHA-256."""
    try:
        return KEPT_FILES.validate_json((folder / KEPT).read_bytes())
    except (OSError, ValidationError):
        return {}


def _write_kept(folder: Path, kept: dict[str, str]) -> None:
    """Record which failed notebooks in `folder` are kept."""
    path = folder / KEPT
    if kept:
        path.write_text(json.dumps(kept, indent=1), encoding="utf-8")
    else:
        path.unlink(missing_ok=True)


def _is_as_kept(path: Path, kept: Mapping[str, str]) -> bool:
    """Whether `path` is a notebook as a run kept it."""
    return path.is_file() and not path.is_symlink() and kept.get(path.name) == file_hash(path)
