"""Durable writes, files that are open, and hashes.

Windows neither renames nor replaces nor deletes what a program has open, nor the folder it is in.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

CHUNK = 1 << 20
SYSTEM = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""Files that macOS and Windows create in a folder when it is opened."""

PATIENCE = 2.0 if os.name == "nt" else 0.0
"""Seconds that a rename waits for a file to be closed: on Windows, a virus scanner opens each new
file for an instant."""


def flush(folder: Path) -> None:
    """Wait until everything in `folder` is on the disk."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
    for path in [folder, *(each for each in folder.rglob("*") if each.is_dir())]:
        settle(path)


def copy_whole(source: Path, target: Path) -> None:
    """Make `target` a copy of the file `source`, whole or not at all."""
    aside = target.with_name(f".{target.name}.copying")
    try:
        shutil.copyfile(source, aside)
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def write_whole(target: Path, content: bytes) -> None:
    """Write a file, whole or not at all; call `settle` on its folder afterwards."""
    aside = target.with_name(f".{target.name}.writing")
    try:
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def rename(old: Path, new: Path) -> None:
    """Rename a file or folder; `PermissionError` when a program keeps it open, on Windows."""
    last = time.monotonic() + PATIENCE
    while True:
        try:
            old.rename(new)
            break
        except PermissionError:
            if time.monotonic() >= last:
                raise
            time.sleep(0.02)


def in_use(paths: Iterable[Path]) -> list[Path]:
    """Those of `paths` that Windows can't rename, since a program has them open."""
    found = []
    for path in paths:
        try:
            path.rename(path)
        except PermissionError:
            found.append(path)
    return found


def settle(folder: Path) -> None:
    """Write a folder's own entries to the disk; Windows can't and need not."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def file_hash(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def content_hash(content: bytes) -> str:
    """The SHA-256 of a text in memory: what `text_hash` gives of its file."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def text_hash(path: Path) -> str:
    """The SHA-256 of a text file with plain line ends: git may write Windows's on Windows."""
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            while chunk.endswith(b"\r") and (more := file.read(1)):
                chunk += more
            whole.update(chunk.replace(b"\r\n", b"\n"))
    return whole.hexdigest()
