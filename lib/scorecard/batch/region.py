"""Many councils' packs: each by the command for one workbook, in a process of its own.

What fails in one process can't reach another, and a pack is as whole as when its council runs the
command itself.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal

from scorecard.batch import record
from scorecard.batch.pack import Outputs
from scorecard.errors import WorkbookError
from scorecard.wording import PROGRAM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from scorecard.months import Month

Result = Literal["published", "up to date", "planned", "failed"]

START = "import sys; sys.argv = sys.argv[1:]; from scorecard.commands.console import led; led()"
"""The program of a council's process: it ends when its input does, as `console.led` says."""


@dataclass(frozen=True)
class Task:
    """One council's months: the `words` of the command, without the place of the workbook."""

    workbook: Path
    months: tuple[Month, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What became of a task: what its command `says`, or why it failed, in `seconds`."""

    workbook: Path
    result: Result
    says: str
    why: str
    seconds: float


def workbooks(patterns: Sequence[str]) -> list[Path]:
    """The folders that match `patterns`, each once; `WorkbookError` when there are none.

    A folder that is no workbook is among them, for its run to name what is missing.
    """
    found: dict[Path, Path] = {}
    for pattern in patterns:
        folders = [Path(path) for path in sorted(glob(pattern, recursive=True))]  # noqa: PTH207
        folders = [path for path in folders if path.is_dir()]
        if not folders:
            raise WorkbookError(f"--workbooks: no folder matches `{pattern}`")
        for folder in folders:
            found.setdefault(folder.resolve(), folder)
    return list(found.values())


class Processes:
    """The processes of some tasks. They end with this process, or when `end` is called."""

    def __init__(self) -> None:
        self._leads: set[int] = set()
        self._ended = False
        self._lock = Lock()

    def run(self, task: Task) -> Outcome:
        """Run one task to its end."""
        began = time.perf_counter()
        before = _published(task)
        with self._lead() as lead:
            status, says, why = _command(task, lead)
        published = _published(task)
        result: Result = "failed"
        if not status:
            result = "published" if published != before else "up to date"
            result = "planned" if "--dry-run" in task.words else result
        elif not why.strip():
            why = f"its process ended with status {status}"
        return Outcome(task.workbook, result, says, why, time.perf_counter() - began)

    def end(self) -> None:
        """Have every process clear away what it has begun and end, and start no more."""
        with self._lock:
            self._ended = True
            for lead in self._leads:
                os.close(lead)
            self._leads.clear()

    @contextmanager
    def _lead(self) -> Iterator[int]:
        """The input of a process, which ends after the block or with this process."""
        theirs, ours = os.pipe()
        with self._lock:
            self._leads.add(ours)
            if self._ended:
                self._leads.remove(ours)
                os.close(ours)
        try:
            yield theirs
        finally:
            os.close(theirs)
            with self._lock:
                if ours in self._leads:
                    self._leads.remove(ours)
                    os.close(ours)


def run(tasks: Sequence[Task], at_once: int) -> Iterator[Outcome]:
    """The outcome of each task when it has ended, with `at_once` of them running."""
    processes = Processes()
    with ThreadPoolExecutor(at_once) as threads:
        waiting = [threads.submit(processes.run, task) for task in tasks]
        try:
            for ended in as_completed(waiting):
                yield ended.result()
        except BaseException:
            for each in waiting:
                each.cancel()
            processes.end()
            raise


def _command(task: Task, lead: int) -> tuple[int, str, str]:
    """Run the command of one workbook; its exit status, and what it says of success and failure."""
    command = [sys.executable, "-c", START, PROGRAM, *task.words, f"--workbook={task.workbook}"]
    done = subprocess.run(  # noqa: S603 (our own command)
        command, stdin=lead, capture_output=True, encoding="utf-8", errors="replace", check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def _published(task: Task) -> list[datetime | None]:
    """When the pack of each month was made."""
    packs = Outputs((task.workbook / "outputs").resolve())
    records = [record.read(packs.pack(month)) for month in task.months]
    return [each.finished if each else None for each in records]
