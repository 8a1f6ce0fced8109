"""Which files in the outputs runs have made: a run removes and replaces no others.

The record of a pack names its files with their hashes. A folder that is being put together has no
record yet: a list in it names each file before the run writes it. Whatever else is in a folder,
and a file that was changed since a run made it, belongs to the people who use the folder.
"""

from __future__ import annotations

import os
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from scorecard.disk import SYSTEM, file_hash
from scorecard.months import WRITTEN
from scorecard.store.packs import RECORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

LIST = ".files"
STAGING = ".staging-"
"""The beginning of the name of a folder that is being put together."""

FOLDERS = frozenset({"notebooks"})
"""The folders that a run makes before it has a file for them."""

OF_MONTH = re.compile(rf"(\.[a-z]+-)?(?P<month>{WRITTEN})")
"""The name of a folder that belongs to a month, such as `.staging-2016-08`."""

CHANGED = ", changed since a run made it"

Made = dict[str, str | None]
"""Path in a folder → SHA-256, or None where the run wrote the file but recorded no hash."""


class _Files(BaseModel):
    """The part of a record, of this version of the workbook or another, that names files."""

    files: dict[str, str] = {}


class _Record(_Files):
    month: str
    appendices: list[_Files]


def reader(name: str) -> str | None:
    """The only month whose runs read a file of the outputs; None when runs of every month do.

    Of other months' packs a run reads the records, which say what each was made from
    (`published.py`, `edits.py`), and nothing else: all figures come from `data/`.
    """
    *folders, file = PurePosixPath(name).parts
    found = next(filter(None, map(OF_MONTH.fullmatch, folders)), None)
    if not found or (file == RECORD and folders[-1] == found["month"]):
        return None
    return found["month"]


def announce(folder: Path, names: Iterable[str]) -> None:
    """Enter in the list of `folder` the files that are about to be written there."""
    with (folder / LIST).open("a", encoding="utf-8") as file:
        file.writelines(f"{name}\n" for name in names)
        file.flush()
        os.fsync(file.fileno())  # it must survive what the files survive


def conclude(folder: Path) -> None:
    """Delete the list of `folder`, whose record names everything now, and folders left empty."""
    (folder / LIST).unlink()
    for name in FOLDERS:
        if (folder / name).is_dir() and not _has_content(folder / name):
            (folder / name).rmdir()


def recorded(folder: Path) -> dict[str, str] | None:
    """The files of the record; None when it is missing, or is not that of the folder's month."""
    try:
        found = _Record.model_validate_json((folder / RECORD).read_bytes())
    except (OSError, ValidationError):
        return None
    if folder.name[-len("2016-08") :] != found.month:
        return None
    parts = (found, *found.appendices)
    return {name: value for part in parts for name, value in part.files.items()}


def foreign(folder: Path) -> list[Path]:
    """What in `folder` no run made, or is not as it was made; `folder` itself if it is a file.

    Of folders only the empty ones are named. Links are never followed: no run makes one.
    """
    if is_no_folder(folder):
        return [folder]
    if not folder.exists():
        return []
    made = _made(folder)
    found = (path for path in _inside(folder) if not _is_ours(path, folder, made))
    return sorted(path for path in found if path.is_symlink() or not _has_content(path))


def is_no_folder(path: Path) -> bool:
    """Whether `path` is there and is not a folder."""
    return os.path.lexists(path) and (path.is_symlink() or not path.is_dir())


def described(path: Path, folder: Path) -> str:
    """The words after the name of something foreign in `folder`, such as that it is a link."""
    if path.is_symlink():
        return ", a link"
    if path.is_dir():
        return ", an empty folder"
    if path == folder:
        return ", a file where a folder belongs"
    changed = path.relative_to(folder).as_posix() in _made(folder)
    return CHANGED if changed else ""


def remove(folder: Path) -> None:
    """Delete what runs have made in `folder`, and `folder` itself when nothing else is in it.

    The record and the list go last, so that a removal that is interrupted can be finished.
    """
    if folder.is_symlink() or not folder.is_dir():
        return
    made = _made(folder)
    last = (folder / RECORD, folder / LIST)
    for path in sorted(_inside(folder), reverse=True):  # what is in a folder before the folder
        if path in last or not _is_ours(path, folder, made):
            continue
        if not path.is_dir():
            path.unlink()
        elif not _has_content(path):
            path.rmdir()
    if {path.name for path in folder.iterdir()} <= {path.name for path in last}:
        for path in last:
            path.unlink(missing_ok=True)
        folder.rmdir()


def _has_content(path: Path) -> bool:
    """Whether `path` is a folder with something in it."""
    return path.is_dir() and any(path.iterdir())


def _inside(folder: Path) -> Iterator[Path]:
    """Everything below `folder`, without following links."""
    with os.scandir(folder) as entries:
        for entry in entries:
            yield folder / entry.name
            if entry.is_dir(follow_symlinks=False):
                yield from _inside(folder / entry.name)


def _is_ours(path: Path, folder: Path, made: Mapping[str, str | None]) -> bool:
    """Whether a run made `path` and it was not changed since."""
    name = path.relative_to(folder).as_posix()
    if path.is_symlink():
        return False
    if path.is_dir():
        return name in FOLDERS or any(each.startswith(f"{name}/") for each in made)
    if name in made:
        return made[name] in (None, file_hash(path))
    return path.name in SYSTEM


def _made(folder: Path) -> Made:
    """What the record and the list of `folder` name."""
    named: Made = {}
    listed = _listed(folder)
    if listed is not None:
        named |= {LIST: None, **dict.fromkeys(listed)}
    of_record = recorded(folder)
    if of_record is not None:
        named |= {RECORD: None, **of_record}
    return named


def _listed(folder: Path) -> list[str] | None:
    """The files that the list names; None when there is no list, as in any finished folder."""
    if not folder.name.startswith(STAGING):
        return None
    try:
        return (folder / LIST).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
