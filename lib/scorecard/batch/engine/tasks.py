"""What is sent to a child process and what comes back: plain values, nothing that costs imports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.pages.page import About


DIED = "the kernel died"


@dataclass(frozen=True)
class NotebookTask:
    """Execute `notebook` with `parameters` and save it as `executed`, whatever comes of it.

    `environment` is added to the process's own; `engine` is `forked` or `standard`.
    """

    notebook: Path
    executed: Path
    parameters: dict[str, Any]
    environment: dict[str, str]
    engine: str = "standard"


@dataclass(frozen=True)
class PageTask:
    """Turn the executed notebook into the page that `about` speaks of."""

    executed: Path
    about: About


@dataclass(frozen=True)
class CallTask:
    """Call `function`, written `module:name`, where pages are made; for the index and the like."""

    function: str
    arguments: tuple[Any, ...]


@dataclass(frozen=True)
class CellStarted:
    """Sent before a cell starts: its place in the notebook's file (from 1) and its first line.

    `index` is its place in the notebook as it is run, from 0.
    """

    number: int
    line: str
    index: int


@dataclass(frozen=True)
class Begun:
    """Sent before the first cell: the notebook as it will be run, in JSON."""

    notebook: str


@dataclass(frozen=True)
class Ran:
    """Sent after a cell: its place in the notebook as it is run, from 0, and itself, in JSON."""

    index: int
    cell: str


@dataclass(frozen=True)
class Done:
    """Sent when a task ended well; `value` is what it made."""

    value: Any
    seconds: float


@dataclass(frozen=True)
class Failed:
    """Sent when a task ended badly: the cell (0 when none), its line, and the message.

    `saved` says that the executed notebook has been written.
    """

    message: str
    cell: int = 0
    line: int = 0
    source: str = ""
    saved: bool = False

    @property
    def place(self) -> str:
        """`cell 4, line 2`; nothing where no cell failed."""
        line = f", line {self.line}" if self.line else ""
        return f"cell {self.cell}{line}" if self.cell else ""

    def words(self) -> str:
        """One sentence: `cell 4, line 2 (`1 / 0`): ZeroDivisionError: division by zero`."""
        place = self.place + (f" (`{self.source}`)" if self.source else "")
        return f"{place}: {self.message}" if place else self.message
