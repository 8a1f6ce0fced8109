"""Where packs are: `outputs/2016-08/` and its staging folder, and the lock that one run holds.

Nothing that a run did not make is removed or replaced (`belongings.py`): a run that would have to
ends before it begins, and says which files are in its way.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from scorecard.batch import belongings, swap
from scorecard.batch.belongings import STAGING
from scorecard.checks import stamp
from scorecard.disk import file_hash, flush, in_use
from scorecard.errors import MonthError, OutputsError, RunningError, in_words
from scorecard.interruption import held_back
from scorecard.months import Month
from scorecard.store.packs import RECORD
from scorecard.wording import moment

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import tzinfo
    from pathlib import Path

UNPUBLISHED = ".unpublished-"
FAILED = "failed"
KEPT = ".kept.json"
KEPT_FILES = TypeAdapter(dict[str, str])
CHECKS = "checks"
LOCK = ".run.lock"
HOLDER = ".run.json"
LISTED = 10
"""Files in the way that are named; more are only counted."""


@dataclass(frozen=True)
class Outputs:
    """The folder `root` that packs are published in."""

    root: Path

    @classmethod
    def at(cls, folder: Path, inputs: Iterable[Path]) -> Outputs:
        """The outputs in `folder`; `OutputsError` when that is in one of the folders `inputs`."""
        root = folder.resolve()
        for each in inputs:
            if root.is_relative_to(each):
                raise OutputsError(
                    f"nothing can be published in {root}: {each} holds what pages are made from. "
                    "Name another folder with --outputs"
                )
        return cls(root)

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
    def held(self, doing: str, zone: tzinfo = UTC) -> Iterator[list[str]]:
        """Keep other runs out, after finishing or clearing away what a killed one left.

        Another run reads that this one is `doing` something since a time in `zone`.
        Gives the months whose pack had to be brought back. Raises `RunningError`, saying who and
        since when, when another run holds the folder, and `OutputsError` when it can't be written.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            self._insist_on_own_lock()
            lock = FileLock(self.root / LOCK)
            lock.acquire(blocking=False)
        except Timeout:
            raise RunningError(self._holder()) from None
        except OSError as error:
            raise OutputsError(self._unwritable(error)) from error
        holder = self.root / HOLDER
        try:
            try:
                holder.write_text(json.dumps(_me(doing, zone)), encoding="utf-8")
                restored = swap.recover(self.root)
                self.clear()
            except OSError as error:
                raise OutputsError(self._unwritable(error)) from error
            yield restored
        finally:
            with suppress(OSError):  # another run is just reading who we are
                holder.unlink(missing_ok=True)
            lock.release()

    def foreign(self, month: Month) -> list[str]:
        """What no run made in the pack of `month`; not a page that was changed since."""
        pack = self.pack(month)
        found = ((path, belongings.described(path, pack)) for path in belongings.foreign(pack))
        return [
            f"{path.relative_to(pack).as_posix()}{what}"
            for path, what in found
            if what != belongings.CHANGED
        ]

    def check(self, month: Month, *, replaced: bool) -> None:
        """Raise `OutputsError`, naming it, when a run of `month` would meet what no run made.

        So it does of a file that a program has open, where that is an obstacle and the pack is to
        be `replaced`.
        """
        previous = self.root / f"{swap.PREVIOUS}{month}"
        folders = (self.pack(month), self.staging(month), self.unpublished(month), previous)
        page = self.checks(month)
        places = (self.root / FAILED, self.failed(month), self.root / CHECKS, page.parent)
        found = {path: path for path in places if belongings.is_no_folder(path)}
        if not found and not stamp.is_ours(page):
            found = {page: page.parent}
        self._insist(month, folders, found)
        used = self._used(self.pack(month)) if replaced else ""
        if used:
            raise OutputsError(f"the pack of {month} can't be replaced: {used}")

    def _insist(
        self, month: Month, folders: Iterable[Path], others: Mapping[Path, Path] | None = None
    ) -> None:
        """Raise `OutputsError` when something foreign is in `folders`, or there are `others`.

        `others` maps each to the folder in which it is foreign.
        """
        inside = {path: folder for folder in folders for path in belongings.foreign(folder)}
        inside |= others or {}
        found = [(path, belongings.described(path, folder)) for path, folder in inside.items()]
        if found:
            lines = [f"  {path.relative_to(self.root).as_posix()}{why}" for path, why in found]
            more = [f"  and {len(lines) - LISTED} more"] if lines[LISTED:] else []
            raise OutputsError(
                f"{month} can't be published in {self.root}: no run made what follows, or it was "
                "changed since, and it would be lost:\n" + "\n".join(lines[:LISTED] + more) + "\n"
                "Nothing was published or removed. Move these elsewhere or delete them, and run "
                "again; or publish in another folder with --outputs"
            )

    def _insist_on_own_lock(self) -> None:
        """Raise `OutputsError` when the lock or the file beside it are not those of a run."""
        lock, holder = self.root / LOCK, self.root / HOLDER
        foreign = [lock] if lock.is_symlink() or (lock.is_file() and lock.stat().st_size) else []
        if holder.is_symlink() or (holder.is_file() and holder.stat().st_size and not self._who()):
            foreign.append(holder)
        if foreign:
            raise OutputsError(
                f"{foreign[0]} was not made by a run, which needs a file of this name. Move it "
                "elsewhere, or publish in another folder with --outputs"
            )

    def clear(self) -> None:
        """Delete what an unfinished run put together, but for what a program has open."""
        for path in self.root.glob(f"{STAGING}*"):
            with suppress(OSError):
                belongings.remove(path)

    def stage(self, month: Month) -> Path:
        """A new, empty staging folder for `month`."""
        staging = self.staging(month)
        belongings.remove(staging)
        (staging / "notebooks").mkdir(parents=True)
        return staging

    def publish(self, month: Month) -> None:
        """Make what is staged the pack of `month`, all at once."""
        staging = self.staging(month)
        belongings.conclude(staging)
        flush(staging)
        self._insist(month, [self.pack(month)])  # somebody may have saved a file there meanwhile
        with held_back(f"{month} is published"):
            swap.put_in_place(staging, self.pack(month))
            self.forget_unpublished(month)

    def set_aside(self, month: Month) -> None:
        """Keep what is staged for the next run, which trusts only files that are as recorded."""
        self.forget_unpublished(month)
        belongings.conclude(self.staging(month))
        self.staging(month).rename(self.unpublished(month))

    def forget_unpublished(self, month: Month) -> None:
        """Delete what was set aside of `month`, but for what a program has open."""
        with suppress(OSError):
            belongings.remove(self.unpublished(month))

    def keep_failed(self, month: Month, executed: Path) -> Path | None:
        """Move the notebook of a failed appendix to where it can be inspected.

        It takes another name where somebody has worked on the one that was kept before.
        """
        if not executed.exists():
            return None
        folder, kept = self.failed(month), self._kept(month)
        folder.mkdir(parents=True, exist_ok=True)
        names = (f"{executed.stem} ({number}).ipynb" for number in count(2))
        for name in chain([executed.name], names):
            if not os.path.lexists(folder / name) or _is_as_kept(folder / name, kept):
                break
        self._keep(month, {**kept, name: file_hash(executed)})
        return executed.replace(folder / name)

    def forget_failed(self, month: Month, but: Collection[str]) -> None:
        """Delete the failed notebooks of `month` except those of the appendices named in `but`."""
        folder, kept = self.failed(month), self._kept(month)
        for name in [name for name in kept if name.removesuffix(".ipynb").split()[0] not in but]:
            try:
                if _is_as_kept(folder / name, kept):
                    (folder / name).unlink()
            except OSError:
                continue  # a program has it open: the next run deletes it
            del kept[name]
        with suppress(OSError):  # the month may just have been published: that must not fail now
            self._keep(month, kept)
            for path in (folder, folder.parent):
                if path.is_dir() and not any(path.iterdir()):
                    path.rmdir()

    def _kept(self, month: Month) -> dict[str, str]:
        """The failed notebooks of `month` that runs have kept, each with its SHA-256."""
        try:
            return KEPT_FILES.validate_json((self.failed(month) / KEPT).read_bytes())
        except (OSError, ValidationError):
            return {}

    def _keep(self, month: Month, kept: dict[str, str]) -> None:
        """Write down which failed notebooks of `month` are kept."""
        path = self.failed(month) / KEPT
        if kept:
            path.write_text(json.dumps(kept, indent=1), encoding="utf-8")
        else:
            path.unlink(missing_ok=True)

    def hindrance(self, month: Month, error: OSError) -> str:
        """Why the pack of `month` can't be written: files that are open, or the system's words."""
        used = isinstance(error, PermissionError) and self._used(
            self.pack(month), self.staging(month)
        )
        return used or in_words(error)

    def _used(self, *folders: Path) -> str:
        """Which files in `folders`, or which of them, a program has open, and what to do about it.

        Nothing if none is, or where that is no obstacle.
        """
        there = [each for each in folders if each.is_dir()]
        inside = [path for each in there for path in sorted(each.rglob("*")) if path.is_file()]
        used = in_use(inside) or in_use(there)
        if not used:
            return ""
        names = ", ".join(path.relative_to(self.root).as_posix() for path in used)
        are, them = ("is", "it") if len(used) == 1 else ("are", "them")
        return f"{names} {are} open in another program. Close {them} and run the month again"

    def _unwritable(self, error: OSError) -> str:
        """What can't be written and why, in words."""
        return f"{error.filename or self.root} can't be written: {in_words(error)}"

    def _holder(self) -> str:
        """Who holds the lock, in a sentence."""
        who = self._who()
        if not who:
            return f"another run is writing to {self.root}; wait until it is done"
        return (
            f"another run is writing to {self.root}: {who['doing']}, process {who['pid']} on "
            f"{who['host']}, since {who['since']}. Wait until it is done, or stop it"
        )

    def _who(self) -> Mapping[str, Any]:
        """What the run that holds the lock wrote about itself, as `_me` does; empty if nothing."""
        try:
            who = json.loads((self.root / HOLDER).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return who if isinstance(who, dict) and who.keys() == _me("").keys() else {}


def take(source: Path, target: Path) -> None:
    """Have the file `source` in `target` too, without a copy where the disk can."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _is_as_kept(path: Path, kept: Mapping[str, str]) -> bool:
    """Whether `path` is a notebook as a run kept it."""
    return path.is_file() and not path.is_symlink() and kept.get(path.name) == file_hash(path)


def _me(doing: str, zone: tzinfo = UTC) -> dict[str, str | int]:
    """Who we are, for a run that comes second."""
    since = moment(datetime.now(zone))
    return {"doing": doing, "pid": os.getpid(), "host": socket.gethostname(), "since": since}
