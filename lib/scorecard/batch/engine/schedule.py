"""Keeps every core busy until each notebook is a page or has failed; stops what takes too long."""

from __future__ import annotations

import signal
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Protocol

from scorecard.batch.engine.progress import Progress
from scorecard.batch.engine.tasks import (
    DIED,
    Begun,
    CallTask,
    CellStarted,
    Done,
    Failed,
    NotebookTask,
    PageTask,
    Ran,
)
from scorecard.errors import EngineError
from scorecard.interruption import stop_if_asked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.batch.engine.processes import Child, Launcher
    from scorecard.pages.page import About, Page

NOTEBOOK = "scorecard.batch.engine.notebook:run"
PAGES = "scorecard.batch.engine.pages:run"
PAGE_TIMEOUT = 120
"""Seconds that drawing one page may take; the slowest real one takes under one."""


@dataclass(frozen=True)
class Work:
    """One appendix to make: its notebook's task, what its page says of itself, its time."""

    task: NotebookTask
    about: About
    timeout: int

    @property
    def name(self) -> str:
        """The appendix's slug."""
        return self.about.name


@dataclass
class Result:
    """One appendix on its way; filled in as it goes: a page or a failure; `seconds` by stage."""

    work: Work
    page: Page | None = None
    failure: Failed | None = None
    seconds: dict[str, float] = field(default_factory=dict)


Message = Begun | CellStarted | Ran | Done | Failed


class Watcher(Protocol):
    """What follows the run, such as the screen."""

    def started(self, name: str) -> None:
        """An appendix's notebook has been given to a process."""

    def cell(self, name: str, cell: CellStarted) -> None:
        """A cell is about to run."""

    def rendering(self, name: str) -> None:
        """The notebook is through; its page is being made."""

    def ended(self, result: Result) -> None:
        """The page is made, or has failed."""


@dataclass
class _Running:
    """A task in a child, until `deadline`."""

    child: Child
    result: Result
    deadline: float
    stage: str
    progress: Progress = field(default_factory=Progress)


class Schedule:
    """Runs works with at most `workers` busy processes at a time."""

    def __init__(self, launcher: Launcher, workers: int, watcher: Watcher) -> None:
        self._launcher = launcher
        self._workers, self._watcher = workers, watcher
        # Half are enough for pages: a page takes a third of its notebook's time.
        self._page_workers = max(1, workers // 2)
        self._idle: list[Child] = []
        self._running: dict[Any, _Running] = {}
        self._to_run: deque[Result] = deque()
        self._to_render: deque[Result] = deque()
        self._ended: list[Child] = []

    def warm_up(self, pages: int) -> None:
        """Start the page workers that so many pages will need."""
        while len(self._idle) < min(pages, self._page_workers):
            self._idle.append(self._launcher.start(PAGES))

    def run(self, works: Sequence[Work]) -> list[Result]:
        """The result of each of `works`, in their order."""
        results = [Result(work) for work in works]
        self._to_run.extend(results)
        try:
            while self._to_run or self._to_render or self._running:
                self._fill()
                self._reap()
                self._listen()
                stop_if_asked()
            self._reap()
        except BaseException:  # no child may write files that are being removed
            self._cancel()
            raise
        return results

    def call(self, function: str, *arguments: Any) -> Any:
        """What `function` (`module:name`) gives when a page worker calls it."""
        self.warm_up(1)
        child = self._idle.pop()
        child.connection.send(CallTask(function, arguments))
        answer = child.connection.recv()
        self._idle.append(child)
        if isinstance(answer, Failed):
            raise EngineError(answer.message)
        return answer.value

    def _cancel(self) -> None:
        """End everything that is running and forget what was still to do."""
        for child in (*self._ended, *(running.child for running in self._running.values())):
            child.kill()
        for each in (self._ended, self._running, self._to_run, self._to_render):
            each.clear()

    def _fill(self) -> None:
        """Give every free worker something to do, a page before a notebook."""
        while len(self._running) < self._workers:
            rendering = sum(running.stage == "page" for running in self._running.values())
            if self._to_render and rendering < self._page_workers:
                self._render(self._to_render.popleft())
            elif self._to_run:
                self._execute(self._to_run.popleft())
            else:
                return

    def _execute(self, result: Result) -> None:
        child = self._launcher.start(NOTEBOOK)
        child.connection.send(result.work.task)
        deadline = time.monotonic() + result.work.timeout
        self._running[child.connection] = _Running(child, result, deadline, "notebook")
        self._watcher.started(result.work.name)

    def _render(self, result: Result) -> None:
        self.warm_up(1)
        child = self._idle.pop()
        child.connection.send(PageTask(result.work.task.executed, result.work.about))
        deadline = time.monotonic() + PAGE_TIMEOUT
        self._running[child.connection] = _Running(child, result, deadline, "page")
        self._watcher.rendering(result.work.name)

    def _listen(self) -> None:
        """Wait for the next message, end or deadline, and deal with it."""
        first = min(running.deadline for running in self._running.values())
        for connection in wait(list(self._running), max(0.0, first - time.monotonic())):
            running = self._running[connection]
            message: Message
            try:
                message = running.child.connection.recv()
            except (EOFError, OSError):
                message = Failed(self._death(running))
            self._handle(running, message)
        for running in list(self._running.values()):
            if running.deadline <= time.monotonic():
                running.child.kill()
                self._catch_up(running)
                limit = running.result.work.timeout if running.stage == "notebook" else PAGE_TIMEOUT
                self._handle(running, Failed(f"timed out after {limit} s"))

    def _catch_up(self, running: _Running) -> None:
        """Record what a child that was killed had sent before."""
        with suppress(EOFError, OSError):  # its last message may be cut short
            while running.child.connection.poll():
                message = running.child.connection.recv()
                if isinstance(message, (Begun, CellStarted, Ran)):
                    running.progress.record(message)

    def _handle(self, running: _Running, message: Message) -> None:
        """Act on a child's message, or on its end."""
        result, name = running.result, running.result.work.name
        if isinstance(message, (Begun, CellStarted, Ran)):
            running.progress.record(message)
            if isinstance(message, CellStarted):
                self._watcher.cell(name, message)
            return
        self._release(running, alive=not isinstance(message, Failed))
        if isinstance(message, Failed):
            result.failure = self._placed(running, message)
            self._watcher.ended(result)
            return
        result.seconds[running.stage] = round(message.seconds, 3)
        if running.stage == "notebook":
            self._to_render.append(result)
        else:
            result.page = message.value
            self._watcher.ended(result)

    def _placed(self, running: _Running, failed: Failed) -> Failed:
        """`failed` with the cell that it happened in.

        If the child could not save its notebook, it is saved here.
        """
        if running.stage != "notebook":
            return failed
        at = running.progress.cell
        if not failed.cell and at:
            failed = replace(failed, cell=at.number, source=at.line)
        if not failed.saved:
            task = running.result.work.task
            running.progress.save(task.notebook, task.executed, failed.message)
        return failed

    def _release(self, running: _Running, *, alive: bool) -> None:
        """The child's task is over: a page worker waits for the next, any other child ends."""
        del self._running[running.child.connection]
        if running.stage == "page" and alive:
            self._idle.append(running.child)
        else:
            self._ended.append(running.child)

    def _reap(self) -> None:
        """End the children whose task is over: after `_fill`, so that no worker waits."""
        while self._ended:
            child = self._ended.pop()
            child.kill()
            child.connection.close()

    def _death(self, running: _Running) -> str:
        """How a child ended that sent neither `Done` nor `Failed`."""
        status = running.child.wait()
        what = DIED if running.stage == "notebook" else "the process that makes the page died"
        if status < 0:
            return f"{what} ({signal.Signals(-status).name})"
        return f"{what} (exit status {status})"
