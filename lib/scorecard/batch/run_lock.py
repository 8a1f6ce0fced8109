"""The lock that one run at a time holds on a folder of packs, and who holds it."""

from __future__ import annotations

import json
import os
import socket
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from scorecard.errors import OutputsError, RunningError, plain_words
from scorecard.wording import moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import tzinfo
    from pathlib import Path

LOCK = ".run.lock"
HOLDER = ".run.json"


@contextmanager
def locked(root: Path, doing: str, zone: tzinfo = UTC) -> Iterator[None]:
    """Keep other runs out of the folder `root`, which is made if there is none.

    Another run reads that this one is `doing` something since a time in `zone`.
    Raises `RunningError`, saying who and since when, when another run holds the folder, and
    `OutputsError` when it can't be written.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        _check_own_lock(root)
        lock = FileLock(root / LOCK)
        lock.acquire(blocking=False)
    except Timeout:
        raise RunningError(_holder(root)) from None
    except OSError as error:
        raise unwritable(root, error) from error
    holder = root / HOLDER
    try:
        try:
            holder.write_text(json.dumps(_me(doing, zone)), encoding="utf-8")
        except OSError as error:
            raise unwritable(root, error) from error
        yield
    finally:
        with suppress(OSError):  # another run is just reading who we are
            holder.unlink(missing_ok=True)
        lock.release()


def unwritable(root: Path, error: OSError) -> OutputsError:
    """What of the folder `root` can't be written and why, in words."""
    return OutputsError(f"{error.filename or root} can't be written: {plain_words(error)}")


def _check_own_lock(root: Path) -> None:
    """Raise `OutputsError` when the lock or the file beside it are not those of a run."""
    lock, holder = root / LOCK, root / HOLDER
    foreign = [lock] if lock.is_symlink() or (lock.is_file() and lock.stat().st_size) else []
    if holder.is_symlink() or (holder.is_file() and holder.stat().st_size and not _who(root)):
        foreign.append(holder)
    if foreign:
        raise OutputsError(
            f"{foreign[0]} was not made by a run, which needs a file of this name. Move it "
            "elsewhere, or publish in another folder with --outputs"
        )


def _holder(root: Path) -> str:
    """Who holds the lock, in a sentence."""
    who = _who(root)
    if not who:
        return f"another run is writing to {root}; wait until it is done"
    return (
        f"another run is writing to {root}: {who['doing']}, process {who['pid']} on "
        f"{who['host']}, since {who['since']}. Wait until it is done, or stop it"
    )


def _who(root: Path) -> Mapping[str, Any]:
    """What the run that holds the lock wrote about itself, as `_me` does; empty if nothing."""
    try:
        who = json.loads((root / HOLDER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return who if isinstance(who, dict) and who.keys() == _me("").keys() else {}


def _me(doing: str, zone: tzinfo = UTC) -> dict[str, str | int]:
    """Who we are, for a run that comes second."""
    since = moment(datetime.now(zone))
    return {"doing": doing, "pid": os.getpid(), "host": socket.gethostname(), "since": since}
