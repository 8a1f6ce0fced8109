"""The processes of a run, started when they are first needed and ended when the run ends."""

from __future__ import annotations

import ast
import json
import os
import tempfile
from contextlib import ExitStack, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from scorecard.batch.engine.processes import Launcher
from scorecard.batch.engine.schedule import Result, Schedule, Watcher, Work
from scorecard.errors import EngineError
from scorecard.notebook_tags import ANALYST

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

Kind = Literal["forked", "standard"]
NOTEBOOK_SIDE = ("IPython.core.interactiveshell", "scorecard.batch.engine.notebook")
"""What the server imports besides the notebooks' own modules. A page worker imports the rest by
itself, while the first notebooks run."""


class Pool:
    """Runs notebooks and makes pages with `workers` processes at a time.

    `kind` is how notebooks are executed: `forked` from a server that has imported what they
    import, or `standard`, each by a new Python in a Jupyter kernel. `auto` takes the first where
    the system can. Use it as a context; leaving it ends every notebook and page worker.
    """

    def __init__(self, kind: str, workers: int, notebooks: Path, watcher: Watcher) -> None:
        self.workers = workers
        self.kind: Kind = "standard" if kind == "standard" or not _can_fork() else "forked"
        self._notebooks, self._watcher = notebooks, watcher
        self._stack = ExitStack()
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
        if self._schedule is None and self.kind == "forked":
            modules = [*NOTEBOOK_SIDE, *imported(self._notebooks)]
            with suppress(OSError):
                self._launch(Launcher("forkserver", modules))
        if self._schedule is None:
            self._fall_back()

    def run(self, works: Sequence[Work]) -> list[Result]:
        """The result of each of `works`, in their order."""
        try:
            schedule = self._ready(len(works))
            return schedule.run([self._with_engine(work) for work in works])
        except (OSError, EOFError) as error:
            raise EngineError(
                f"the processes that run the notebooks have ended: {error}. Run it again; if it "
                "happens again, use `--engine standard`"
            ) from error

    def call(self, function: str, *arguments: Any) -> Any:
        """What `function` (`module:name`) gives where pages are made."""
        return self._ready(1).call(function, *arguments)

    def _with_engine(self, work: Work) -> Work:
        """`work` with our engine, and with an empty IPython profile."""
        if self._profile is None:
            folder = tempfile.TemporaryDirectory(prefix="scorecard-", ignore_cleanup_errors=True)
            self._profile = self._stack.enter_context(folder)
        environment = {**work.task.environment, "IPYTHONDIR": self._profile}
        return replace(work, task=replace(work.task, environment=environment, engine=self.kind))

    def _ready(self, pages: int) -> Schedule:
        """The schedule, with a page worker at least; falls back when the server can't start."""
        self.begin()
        assert self._schedule is not None  # noqa: S101 (begin has seen to it)
        try:
            self._schedule.warm_up(pages)
        except (OSError, EOFError):
            if self.kind == "standard":
                raise
            self._fall_back()
            self._schedule.warm_up(pages)
        return self._schedule

    def _fall_back(self) -> None:
        """Go on without forking: slower, with the same results."""
        self.kind = "standard"
        self._launch(Launcher("spawn"))

    def _launch(self, launcher: Launcher) -> None:
        """Make the schedule, which starts processes by `launcher`."""
        self._stack.callback(launcher.close)
        self._schedule = Schedule(launcher, self.workers, self._watcher)


def imported(notebooks: Path) -> list[str]:
    """The modules that the notebooks in a folder import by name for their pages, each once.

    What only cells tagged `analyst` import is left out: it may be large, and no page needs it.
    """
    found: dict[str, None] = {}
    for path in sorted(notebooks.glob("*.ipynb")):
        with suppress(
            ValueError, KeyError, TypeError, RecursionError
        ):  # `batch/plan_faults.py` names such a file
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
                tags = cell.get("metadata", {}).get("tags", ())
                if cell["cell_type"] == "code" and ANALYST not in tags:
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
