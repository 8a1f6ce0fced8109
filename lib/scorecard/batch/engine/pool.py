"""The processes of a run, started when they are first needed and ended when the run ends."""

from __future__ import annotations

import ast
import json
import os
import tempfile
from contextlib import ExitStack, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from scorecard.batch.engine.children import Forker, Launcher, Spawner
from scorecard.batch.engine.schedule import Result, Schedule, Watcher, Work
from scorecard.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

Kind = Literal["forked", "standard"]
NOTEBOOK_SIDE = "scorecard.batch.engine.notebook"
PAGE_SIDE = "scorecard.batch.engine.pages"
BOTH_SIDES = ("nbformat", "nbclient", "IPython.core.interactiveshell", "jinja2", "markdown_it")
"""What both sides import; one process does it for both."""


class Pool:
    """Runs notebooks and makes pages with `workers` processes at a time.

    `kind` is how notebooks are executed: `forked` from a server that has imported what they
    import, or `standard`, each by a new Python in a Jupyter kernel. `auto` takes the first where
    the system can. Use it as a context; leaving it ends every process.
    """

    def __init__(self, kind: str, workers: int, notebooks: Path, watcher: Watcher) -> None:
        self.workers = workers
        self.kind: Kind = "standard" if kind == "standard" or not _can_fork() else "forked"
        self._notebooks, self._watcher = notebooks, watcher
        self._stack = ExitStack()
        self._launchers: tuple[Launcher, ...] = ()
        self._schedule: Schedule | None = None
        self._warm = False
        self._profile: str | None = None

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def begin(self) -> None:
        """Start importing, without waiting for it."""
        if self._launchers:
            return
        if self.kind == "forked":
            with suppress(OSError):
                notebooks = Forker(BOTH_SIDES)
                self._stack.callback(notebooks.close)
                pages = notebooks.branch([PAGE_SIDE])
                notebooks.load([NOTEBOOK_SIDE, *imported(self._notebooks)])
                self._launch(notebooks, pages)
                return
        self._fall_back()

    def run(self, works: Sequence[Work]) -> list[Result]:
        """The result of each of `works`, in their order."""
        try:
            schedule = self._ready(len(works))
            return schedule.run([self._settled(work) for work in works])
        except OSError as error:
            raise EngineError(
                f"the processes that run the notebooks have ended: {error}. Run it again; if it "
                "happens again, use `--engine standard`"
            ) from error

    def call(self, function: str, *arguments: Any) -> Any:
        """What `function` (`module:name`) gives where pages are made."""
        return self._ready(1).call(function, *arguments)

    def _settled(self, work: Work) -> Work:
        """`work` with our engine, and with an IPython profile that nobody has set up."""
        if self._profile is None:
            folder = tempfile.TemporaryDirectory(prefix="scorecard-", ignore_cleanup_errors=True)
            self._profile = self._stack.enter_context(folder)
        environment = {**work.task.environment, "IPYTHONDIR": self._profile}
        return replace(work, task=replace(work.task, environment=environment, engine=self.kind))

    def _ready(self, pages: int) -> Schedule:
        """The schedule, with its processes warm; falls back when the servers can't start."""
        self.begin()
        assert self._schedule is not None  # noqa: S101 (begin has seen to it)
        if not self._warm:
            try:
                self._schedule.warm_up(pages)
                for launcher in self._launchers:
                    launcher.ready()
            except OSError:
                if self.kind == "standard":
                    raise
                self._fall_back()
                self._schedule.warm_up(pages)
            self._warm = True
        return self._schedule

    def _fall_back(self) -> None:
        """Go on without forking: slower, with the same results."""
        self.kind = "standard"
        spawner = Spawner()
        self._stack.callback(spawner.close)
        self._launch(spawner, spawner)

    def _launch(self, notebooks: Launcher, pages: Launcher) -> None:
        """Have a schedule that starts processes there, and its first page worker at once."""
        self._launchers = notebooks, pages
        self._schedule = Schedule(notebooks, pages, self.workers, self._watcher)
        self._schedule.warm_up(1)


def imported(notebooks: Path) -> list[str]:
    """The modules that the notebooks in a folder import by name, each once."""
    found: dict[str, None] = {}
    for path in sorted(notebooks.glob("*.ipynb")):
        with suppress(
            ValueError, KeyError, TypeError, RecursionError
        ):  # the plan names such a file
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
                if cell["cell_type"] == "code":
                    found |= dict.fromkeys(_imports("".join(cell["source"])))
    return list(found)


def _imports(source: str) -> list[str]:
    """The modules that one cell imports; none when it is not plain Python."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names += [node.module]
    return names


def _can_fork() -> bool:
    """Whether to fork here: on macOS its own libraries don't survive it, Windows never does."""
    return hasattr(os, "fork") and os.uname().sysname == "Linux"
