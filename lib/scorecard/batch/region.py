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
from dataclasses import dataclass, replace
from glob import glob
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal

from scorecard.batch import addresses, record, storage
from scorecard.batch.packs_folder import PacksFolder
from scorecard.batch.storage import OvertakenError
from scorecard.errors import BUSY, OutputsError, WorkbookError
from scorecard.wording import PROGRAM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from scorecard.months import Month

Result = Literal["published", "up to date", "planned", "failed"]

START = "import sys; sys.argv = sys.argv[1:]; from scorecard.commands.console import led; led()"
"""The program of a council's process: it ends when its input does, as `console.led` says."""


OVERTAKEN = 3
"""Times that a task is run again because another run of its workbook was published meanwhile."""


@dataclass(frozen=True)
class Task:
    """One council's months: the `words` of the command, without the place of the workbook.

    The workbook is a folder, or an address in object storage. `by` is who runs it, if that is not
    who runs the process.
    """

    workbook: Path | str
    months: tuple[Month, ...]
    words: tuple[str, ...]
    by: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of a task: what its command `says`, or why it failed, in `seconds`.

    It is `busy` when it failed since another run holds the workbook.
    """

    workbook: Path | str
    result: Result
    says: str
    why: str
    seconds: float
    busy: bool = False


def workbooks(patterns: Sequence[str]) -> list[Path | str]:
    """The workbooks that match `patterns`, each once; `WorkbookError` when there are none.

    A folder that is not a workbook is among them, for its run to name what is missing. What is in
    object storage is an address.
    """
    found: dict[Path | str, Path | str] = {}
    for pattern in patterns:
        if addresses.is_remote(pattern):
            urls = addresses.workbooks(pattern)
            if not urls:
                raise WorkbookError(f"--workbooks: nothing matches `{pattern}`")
            found |= dict(zip(urls, urls, strict=True))
            continue
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

    def run(self, task: Task, within: Path | None = None) -> Outcome:
        """Run one task to its end; what it needs of object storage is brought below `within`.

        Raises what object storage does when it can't be reached, and publishes nothing then.
        """
        if isinstance(task.workbook, Path):
            return self._run(task, task.workbook)
        began = time.perf_counter()
        for _ in range(OVERTAKEN):
            with storage.local_copy(task.workbook, task.months, within) as (folder, remote):
                outcome = self._run(task, folder)
                try:
                    remote.write_back(folder)
                except OutputsError as error:
                    outcome = replace(outcome, result="failed", says="", why=str(error))
                    if isinstance(error, OvertakenError):
                        continue  # what is published now may be all that is asked
                break
        return replace(outcome, workbook=task.workbook, seconds=time.perf_counter() - began)

    def _run(self, task: Task, workbook: Path) -> Outcome:
        """Run a task whose workbook is in the folder `workbook`."""
        began = time.perf_counter()
        before = _published(workbook, task.months)
        with self._lead() as lead:
            status, says, why = _command(task, workbook, lead)
        published = _published(workbook, task.months)
        result: Result = "failed"
        if not status:
            result = "published" if published != before else "up to date"
            result = "planned" if "--dry-run" in task.words else result
        elif not why.strip():
            why = f"its process ended with status {status}"
        seconds = time.perf_counter() - began
        return Outcome(workbook, result, says, why, seconds, busy=status == BUSY)

    def end(self) -> None:
        """Interrupt every process, so that it removes what it has begun and ends; start no more."""
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
        waiting = {threads.submit(processes.run, task): task for task in tasks}
        try:
            for ended in as_completed(waiting):
                error = ended.exception()
                yield failed(waiting[ended], error) if error else ended.result()
        except BaseException:
            for each in waiting:
                each.cancel()
            processes.end()
            raise


def failed(task: Task, error: BaseException) -> Outcome:
    """The outcome of a task that did not finish."""
    return Outcome(task.workbook, "failed", "", f"{type(error).__name__}: {error}", 0.0)


def _command(task: Task, workbook: Path, lead: int) -> tuple[int, str, str]:
    """Run the command of one workbook; its exit status, and what it says of success and failure."""
    command = [sys.executable, "-c", START, PROGRAM, *task.words, f"--workbook={workbook}"]
    done = subprocess.run(  # noqa: S603 (our own command)
        command, stdin=lead, capture_output=True, encoding="utf-8", errors="replace", check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **(_named(task.by) if task.by else {})},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def _named(person: str) -> dict[str, str]:
    """The environment in which git and the system take `person` for the user of a process."""
    git = {"COUNT": "1", "KEY_0": "user.name", "VALUE_0": person}
    return {**{f"GIT_CONFIG_{key}": value for key, value in git.items()}, "LOGNAME": person}


def _published(workbook: Path, months: Sequence[Month]) -> list[datetime | None]:
    """When the pack of each month was made."""
    packs = PacksFolder((workbook / "outputs").resolve())
    records = [record.read(packs.pack(month)) for month in months]
    return [each.finished if each else None for each in records]
