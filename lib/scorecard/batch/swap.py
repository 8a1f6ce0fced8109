"""Two folders change places in one step, where the system can do it, and safely where it can't."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from scorecard.batch.belongings import recorded, remove
from scorecard.disk import rename, settle

if TYPE_CHECKING:
    from pathlib import Path

AT_FDCWD = -100
RENAME_EXCHANGE = 2
RENAME_SWAP = 2
"""Linux's and macOS's word for it; both happen to be 2."""

PREVIOUS = ".previous-"


def put_in_place(new: Path, final: Path) -> None:
    """Make the folder `new` appear as `final`, and delete what runs had made of the one before.

    A reader sees the old folder or the new one, whole. Where folders can't be exchanged there
    is an instant with neither; `recover` then brings the old one back. `OSError` when a program has
    something in one of them open, on Windows; both are then where they were.
    """
    old = final.with_name(PREVIOUS + final.name)
    if not final.exists():
        rename(new, final)
    elif _exchange(new, final):
        old = new
    else:
        rename(final, old)
        try:
            rename(new, final)
        except OSError:
            old.rename(final)
            raise
    settle(final.parent)
    with suppress(OSError):  # a file that somebody has open, on Windows: the next run deletes it
        remove(old)


def recover(folder: Path) -> list[str]:
    """Finish what a killed `put_in_place` began in `folder`; the names brought back."""
    restored = []
    for previous in sorted(folder.glob(f"{PREVIOUS}*")):
        final = previous.with_name(previous.name.removeprefix(PREVIOUS))
        if os.path.lexists(final):
            with suppress(OSError):  # open in a program: the next run deletes it
                remove(previous)
        elif recorded(previous) is not None:
            previous.rename(final)
            restored.append(final.name)
    return restored


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; whether the system could."""
    if os.name != "posix":
        return False
    library = ctypes.CDLL(None)
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        done = library.renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE)
    elif sys.platform == "darwin" and hasattr(library, "renamex_np"):
        done = library.renamex_np(names[0], names[1], RENAME_SWAP)
    else:
        return False
    return bool(done == 0)
