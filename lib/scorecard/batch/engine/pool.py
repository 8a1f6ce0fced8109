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
        self._launchers: tuple[Launcher, Launcher] | None = None
        self._schedule: Schedule | None = None
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
        if self._launchers is not None:
            return
        if self.kind == "forked":
            with suppress(OSError):
                pages = self._opened(Forker([PAGE_SIDE]))
                notebooks = self._opened(Forker([NOTEBOOK_SIDE, *imported(self._notebooks)]))
                self._launchers = notebooks, pages
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
        if self._schedule is None:
            self._schedule = self._build(pages)
        return self._schedule

    def _build(self, pages: int) -> Schedule:
        assert self._launchers is not None  # noqa: S101 (begin has seen to it)
        schedule = Schedule(*self._launchers, self.workers, self._watcher)
        try:
            schedule.warm_up(pages)
            for launcher in self._launchers:
                launcher.ready()
        except OSError:
            if self.kind == "standard":
                raise
            self._fall_back()
            return self._build(pages)
        return schedule

    def _fall_back(self) -> None:
        """Go on without forking: slower, with the same results."""
        self.kind = "standard"
        spawner = self._opened(Spawner())
        self._launchers = spawner, spawner

    def _opened(self, launcher: Launcher) -> Launcher:
        self._stack.callback(launcher.close)
        return launcher


def imported(notebooks: Path) -> list[str]:
    """The modules that the notebooks in a folder import by name, each once."""
    found: dict[str, None] = {}
    for path in sorted(notebooks.glob("*.ipynb")):
        with suppress(ValueError, KeyError, TypeError):
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
                if cell["cell_type"] == "code":
                    found |= dict.fromkeys(_imports("".join(cell["source"])))
    return list(found)


def _imports(source: str) -> list[str]:
    """The modules that one cell imports; none when it is not plain Python."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
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
