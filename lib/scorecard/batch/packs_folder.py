"""Where packs are: `outputs/2016-08/`, its staging folder and what is beside it.

Nothing that a run did not make is removed or replaced (`belongings.py`): a run that would have to
ends before it begins, and says which files are in its way.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from scorecard.batch import belongings, run_lock, swap
from scorecard.batch.belongings import STAGING
from scorecard.checks import stamp
from scorecard.disk import flush, in_use
from scorecard.errors import MonthError, OutputsError, plain_words
from scorecard.interruption import held_back
from scorecard.months import Month
from scorecard.store.packs import RECORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import tzinfo
    from pathlib import Path

UNPUBLISHED = ".unpublished-"
FAILED = "failed"
CHECKS = "checks"
LISTED = 10
"""Files in the way that are named; more are only counted."""


@dataclass(frozen=True)
class PacksFolder:
    """The folder `root` that packs are published in."""

    root: Path

    @classmethod
    def at(cls, folder: Path, inputs: Iterable[Path]) -> PacksFolder:
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

    def checks_page(self, month: Month) -> Path:
        """The page of what the checks found: beside the packs, since it is not part of one."""
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
    def locked(self, doing: str, zone: tzinfo = UTC) -> Iterator[list[str]]:
        """Keep other runs out, after finishing or clearing away what a killed one left.

        Another run reads that this one is `doing` something since a time in `zone`.
        Gives the months whose pack had to be brought back. Raises `RunningError`, saying who and
        since when, when another run holds the folder, and `OutputsError` when it can't be written.
        """
        with run_lock.locked(self.root, doing, zone):
            try:
                restored = swap.recover(self.root)
                self.clear()
            except OSError as error:
                raise run_lock.unwritable(self.root, error) from error
            yield restored

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
        """Raise `OutputsError` when files are in the way of a run of `month`, and name them.

        These are files that no run made and, where the pack is to be `replaced`, those that a
        program has open on Windows.
        """
        previous = self.root / f"{swap.PREVIOUS}{month}"
        folders = (self.pack(month), self.staging(month), self.unpublished(month), previous)
        page = self.checks_page(month)
        places = (self.root / FAILED, self.failed(month), self.root / CHECKS, page.parent)
        found = {path: path for path in places if belongings.is_no_folder(path)}
        if not found and not stamp.is_ours(page):
            found = {page: page.parent}
        self._refuse_foreign(month, folders, found)
        used = self._used(self.pack(month)) if replaced else ""
        if used:
            raise OutputsError(f"the pack of {month} can't be replaced: {used}")

    def _refuse_foreign(
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
                f"{month} can't be published in {self.root}: these files were not made by a run, "
                "or were changed since; publishing would delete them:\n"
                + "\n".join(lines[:LISTED] + more)
                + "\n"
                "Nothing was published or removed. Move these elsewhere or delete them, and run "
                "again; or publish in another folder with --outputs"
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
        self._refuse_foreign(
            month, [self.pack(month)]
        )  # somebody may have saved a file there meanwhile
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

    def hindrance(self, month: Month, error: OSError) -> str:
        """Why the pack of `month` can't be written: files that are open, or the system's words."""
        used = isinstance(error, PermissionError) and self._used(
            self.pack(month), self.staging(month)
        )
        return used or plain_words(error)

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


def take(source: Path, target: Path) -> None:
    """Put the file `source` at `target` too: as a hard link, or as a copy where there are none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
