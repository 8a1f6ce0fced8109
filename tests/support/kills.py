"""Work that is killed at one touch of the disk after the other; imported by scripts of tests."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

EVENTS = {"open", "os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree"}


WRITING = os.O_WRONLY | os.O_RDWR | os.O_DIRECTORY


def attempt(
    work: Callable[[], object], root: Path, die_at: int, *, reading_counts: bool = True
) -> int:
    """Do `work` in a fork that is killed at its n-th touch of `root`; the fork's exit status."""
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    touched = 0

    def audit(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal touched
        if event == "open" and not (reading_counts or arguments[2] & WRITING):
            return
        if event in EVENTS and any(
            str(root) in os.fsdecode(each)
            for each in arguments
            if isinstance(each, (str, bytes, Path))
        ):
            touched += 1
            if touched == die_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(audit)
    try:
        work()
    except BaseException as error:
        print("unexpected", repr(error), flush=True)
        os._exit(9)
    os._exit(0)
