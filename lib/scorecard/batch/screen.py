"""What the operator sees while a run goes on: an appendix a line, live or as a log."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.live import Live
from rich.table import Table
from rich.text import Text

from scorecard.errors import unprinted

if TYPE_CHECKING:
    from types import TracebackType

    from rich.console import Console

    from scorecard.batch.engine.schedule import Result
    from scorecard.batch.engine.tasks import CellStarted

LONGEST = 48
"""Characters of a cell's first line that are shown."""


class Quiet:
    """Shows nothing."""

    def __enter__(self) -> Quiet:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing to end."""

    def month(self, month: str) -> None:
        """Another month begins."""

    def started(self, name: str) -> None:
        """An appendix's notebook has been given to a process."""

    def cell(self, name: str, cell: CellStarted) -> None:
        """A cell is about to run."""

    def rendering(self, name: str) -> None:
        """The notebook is through; its page is being made."""

    def ended(self, result: Result) -> None:
        """The page is made, or has failed."""


class Log(Quiet):
    """A line for each thing that happens, for a file or a pipe; `verbose` adds the cells."""

    def __init__(self, console: Console, *, verbose: bool = False) -> None:
        self._console, self._verbose = console, verbose
        self._began: dict[str, float] = {}
        self._month = ""

    def month(self, month: str) -> None:
        """Another month begins."""
        self._month = month

    def started(self, name: str) -> None:
        """An appendix's notebook has been given to a process."""
        self._began[name] = time.monotonic()
        self._say(name, "started")

    def cell(self, name: str, cell: CellStarted) -> None:
        """A cell is about to run."""
        if self._verbose:
            self._say(name, f"cell {cell.number}: {cell.line}")

    def rendering(self, name: str) -> None:
        """The notebook is through; its page is being made."""
        if self._verbose:
            self._say(name, "making the page")

    def ended(self, result: Result) -> None:
        """The page is made, or has failed."""
        name = result.work.name
        seconds = time.monotonic() - self._began.get(name, time.monotonic())
        self._say(name, f"{'failed' if result.failure else 'done'} after {seconds:.1f} s")

    def _say(self, name: str, what: str) -> None:
        try:
            self._console.print(f"{self._month} {name}: {what}", markup=False, highlight=False,
                                soft_wrap=True)  # fmt: skip
        except OSError as error:  # a log on a full disk
            raise unprinted(error) from error


@dataclass
class _Line:
    """One appendix on the screen; `seconds` once it has ended."""

    what: Text
    began: float = field(default_factory=time.monotonic)
    seconds: float | None = None


class LiveTable(Quiet):
    """A table that changes in place, for a terminal."""

    def __init__(self, console: Console) -> None:
        self._lines: dict[str, _Line] = {}
        self._live = Live(
            console=console, get_renderable=self._table, refresh_per_second=8, transient=False
        )

    def __enter__(self) -> LiveTable:
        self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the last state on the screen, and the terminal as it was."""
        self._live.stop()

    def month(self, month: str) -> None:
        """Another month begins: what is on the screen stays above it."""
        if self._lines:
            self._live.console.print(self._table())
        self._lines.clear()

    def started(self, name: str) -> None:
        """An appendix's notebook has been given to a process."""
        self._lines[name] = _Line(Text("started", style="dim"))

    def cell(self, name: str, cell: CellStarted) -> None:
        """A cell is about to run."""
        line = cell.line if len(cell.line) <= LONGEST else cell.line[:LONGEST] + "…"
        self._lines[name].what = Text(f"cell {cell.number}: {line}", style="dim")

    def rendering(self, name: str) -> None:
        """The notebook is through; its page is being made."""
        self._lines[name].what = Text("making the page", style="dim")

    def ended(self, result: Result) -> None:
        """The page is made, or has failed."""
        line = self._lines[result.work.name]
        line.seconds = time.monotonic() - line.began
        line.what = Text("failed", style="bold red") if result.failure else Text("done", "green")

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 2))
        now = time.monotonic()
        for name, line in self._lines.items():
            seconds = line.seconds if line.seconds is not None else now - line.began
            table.add_row(name, Text(f"{seconds:5.1f} s", style="cyan"), line.what)
        return table


def screen(console: Console, *, quiet: bool, verbose: bool) -> Quiet:
    """A table that changes in place on a terminal, else a log; nothing where `quiet`."""
    if quiet:
        return Quiet()
    if console.is_terminal and not verbose:
        return LiveTable(console)
    return Log(console, verbose=verbose)
