"""Where packs lie: `outputs/2016-08/` and its staging folder, and the lock that one run holds."""

from __future__ import annotations

import json
import os
import shutil
import socket
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from scorecard.batch import swap
from scorecard.disk import flush
from scorecard.errors import MonthError, OutputsError, RunningError
from scorecard.months import Month

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

RECORD = "run.json"
STAGING = ".staging-"
UNPUBLISHED = ".unpublished-"
FAILED = "failed"
CHECKS = "checks"
LOCK = ".run.lock"
HOLDER = ".run.json"


@dataclass(frozen=True)
class Outputs:
    """The folder `root` that packs are published in."""

    root: Path

    def pack(self, month: Month) -> Path:
        """Where the pack of `month` is published."""
        return self.root / str(month)

    def staging(self, month: Month) -> Path:
        """Where the pack of `month` is put together."""
        return self.root / f"{STAGING}{month}"

    def unpublished(self, month: Month) -> Path:
        """What succeeded of a month that was not published because something else failed."""
        return self.root / f"{UNPUBLISHED}{month}"

    def failed(self, month: Month) -> Path:
        """Where notebooks that failed are kept for inspection."""
        return self.root / FAILED / str(month)

    def checks(self, month: Month) -> Path:
        """The page of what the checks found: beside the packs, since it is no part of one."""
        return self.root / CHECKS / str(month) / f"{CHECKS}.html"

    def months(self) -> list[Month]:
        """The months that have a pack, oldest first."""
        found = []
        for path in self.root.glob("*/" + RECORD) if self.root.is_dir() else ():
            try:
                found.append(Month.parse(path.parent.name))
            except MonthError:
                continue
        return sorted(found)

    @contextmanager
    def held(self, doing: str) -> Iterator[list[str]]:
        """Keep other runs out, after finishing or clearing away what a killed one left.

        Gives the months whose pack had to be brought back. Raises `RunningError`, saying who and
        since when, when another run holds the folder, and `OutputsError` when it can't be written.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.root / LOCK)
            lock.acquire(blocking=False)
        except Timeout:
            raise RunningError(self._holder()) from None
        except OSError as error:
            raise OutputsError(self._unwritable(error)) from error
        holder = self.root / HOLDER
        try:
            try:
                holder.write_text(json.dumps(_me(doing)), encoding="utf-8")
                restored = swap.recover(self.root)
                self.clear()
            except OSError as error:
                raise OutputsError(self._unwritable(error)) from error
            yield restored
        finally:
            swap.remove(holder)
            lock.release()

    def clear(self) -> None:
        """Delete what an unfinished run put together."""
        for path in self.root.glob(f"{STAGING}*"):
            swap.remove(path)

    def stage(self, month: Month) -> Path:
        """A new, empty staging folder for `month`."""
        staging = self.staging(month)
        swap.remove(staging)
        (staging / "notebooks").mkdir(parents=True)
        return staging

    def publish(self, month: Month) -> None:
        """Make what is staged the pack of `month`, all at once."""
        staging = self.staging(month)
        flush(staging)
        swap.put_in_place(staging, self.pack(month))
        self.forget_unpublished(month)

    def set_aside(self, month: Month) -> None:
        """Keep what is staged for the next run, which trusts only files that are as recorded."""
        self.forget_unpublished(month)
        self.staging(month).rename(self.unpublished(month))

    def forget_unpublished(self, month: Month) -> None:
        """Delete what was set aside of `month`."""
        swap.remove(self.unpublished(month))

    def keep_failed(self, month: Month, executed: Path) -> Path | None:
        """Move the notebook of a failed appendix to where it can be inspected."""
        if not executed.exists():
            return None
        kept = self.failed(month) / executed.name
        kept.parent.mkdir(parents=True, exist_ok=True)
        executed.replace(kept)
        return kept

    def forget_failed(self, month: Month, but: Collection[str]) -> None:
        """Delete the failed notebooks of `month` except those of the appendices named in `but`."""
        for path in self.failed(month).glob("*.ipynb"):
            if path.stem not in but:
                path.unlink()
        for folder in (self.failed(month), self.root / FAILED):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()

    def _unwritable(self, error: OSError) -> str:
        """What can't be written and why, in words."""
        return f"{error.filename or self.root} can't be written: {error.strerror or error}"

    def _holder(self) -> str:
        """Who holds the lock, in a sentence."""
        try:
            who = json.loads((self.root / HOLDER).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return f"another run is writing to {self.root}; wait until it is done"
        return (
            f"another run is writing to {self.root}: {who['doing']}, process {who['pid']} on "
            f"{who['host']}, since {who['since']}. Wait until it is done, or stop it"
        )


def take(source: Path, target: Path) -> None:
    """Have the file `source` in `target` too, without a copy where the disk can."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _me(doing: str) -> dict[str, str | int]:
    """Who we are, for a run that comes second."""
    now = datetime.now().astimezone().isoformat(" ", "seconds")
    return {"doing": doing, "pid": os.getpid(), "host": socket.gethostname(), "since": now}
