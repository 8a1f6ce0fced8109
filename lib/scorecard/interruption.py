"""Ctrl-C, or a request to end, at any moment: no traceback, exit status 130, nothing half done.

Before a command's work has begun an interruption ends its process at once (`begin`). During the
work it is a `KeyboardInterrupt`, so that everything is cleared away (`heard`), and is held back
while something is put in place (`held_back`). After the work it changes nothing.
"""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

STATUS = 130
"""The exit status of a command that was interrupted, as a shell would give it."""

SIGNALS = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
)
PATIENCE = 1.0
"""Seconds after the first interruption; a later one then ends the process without clearing up."""

SHOW_CURSOR = b"\x1b[?25h"


@dataclass
class _State:
    """What is known of interruptions: `asked` is when, `done` what was put in place, in words."""

    alone: bool = False
    when: Literal["before", "during", "after"] = "before"
    asked: float | None = None
    held: int = 0
    done: list[str] = field(default_factory=list)


_state = _State()


def begin() -> None:
    """Let an interruption end this process at once, in a process that runs one command only."""
    _state.alone = True
    for number in SIGNALS:
        if number == signal.SIGINT or signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)  # nohup has SIGHUP ignored
    sys.unraisablehook = _again


@contextmanager
def heard() -> Iterator[None]:
    """During the work: an interruption raises `KeyboardInterrupt`."""
    _state.asked, _state.held, _state.done = None, 0, []
    before = {number: signal.getsignal(number) for number in SIGNALS}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, _interrupt)
    try:
        _state.when = "during"
        yield
    finally:
        _state.when = "after"
        for number, handler in before.items():
            signal.signal(number, signal.SIG_IGN if _state.alone else handler or signal.SIG_DFL)
        if not _state.alone:
            _state.when, _state.asked = "before", None


@contextmanager
def held_back(done: str = "") -> Iterator[None]:
    """Let no interruption into a `with` block; one that came is raised at its end.

    `done` says what the block has put in place, as in "2016-08 is published", for `message`.
    """
    _state.held += 1
    try:
        yield
    finally:
        _state.held -= 1
    if done:
        _state.done.append(done)
    stop_if_asked()


def stop_if_asked() -> None:
    """Raise `KeyboardInterrupt` if there was an interruption, which a library may have lost."""
    if _state.asked is not None and not _state.held:
        raise KeyboardInterrupt


def asked() -> bool:
    """Whether the work was interrupted."""
    return _state.asked is not None


def message() -> str:
    """What a command prints when it was interrupted."""
    done = f"{', '.join(_state.done)}; what else" if _state.done else "what"
    return f"Interrupted; {done} was published before is unchanged."


def show_cursor() -> None:
    """Show the terminal's cursor, which a table that changes in place hides."""
    if os.isatty(1):
        os.write(1, SHOW_CURSOR)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Every signal's handler."""
    if _state.when == "after":
        return
    if _state.when == "before" and _state.alone:
        _end()
    first, _state.asked = _state.asked is None, _state.asked or time.monotonic()
    if first and not _state.held:
        raise KeyboardInterrupt
    if _state.alone and not _state.held and time.monotonic() - _state.asked > PATIENCE:
        _end()


def _end() -> None:
    """End the process at once. It leaves what a kill leaves, and the next run clears that away."""
    show_cursor()
    os.write(2, f"{message()}\n".encode())
    os._exit(STATUS)


def _again(lost: Any) -> None:
    """Repeat an interruption that Python dropped, because it came in a callback or a destructor."""
    if _state.asked is None or not issubclass(lost.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(lost)
        return
    _state.asked = None
    threading.Timer(0.01, _interrupt_main).start()


def _interrupt_main() -> None:
    """Interrupt the main thread from another one."""
    if os.name == "posix":
        os.kill(os.getpid(), signal.SIGINT)  # which ends a call that waits, too
    else:
        _thread.interrupt_main()
