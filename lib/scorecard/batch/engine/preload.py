"""What the server that forks the processes of a run imports, once, for all of them.

The standard library's server preloads modules by name, but stops at the first one that raises
another error than `ImportError`, as a notebook's own module may. So it preloads only this module,
which takes the names from the environment, and also prepares the server for forking.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
from contextlib import suppress

VARIABLE = "SCORECARD_PRELOAD"
"""The environment variable that holds the modules' names, in JSON."""

WARM_UP = "warm_up"
"""The function of a module that is called once, before the forks, to do what every child would do
first. It must start no thread and open nothing."""

MANY_OBJECTS = 50_000
"""New objects of a child before Python collects garbage."""


def leave_terminal() -> None:
    """Ignore Ctrl-C, leave the terminal's session, and discard what native code prints.

    The run ends a process, never Ctrl-C; what cells print goes into their outputs.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if os.name == "posix":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)


def prepare(modules: list[str]) -> None:
    """Import `modules` and warm them up, and keep what they made from the garbage collector."""
    leave_terminal()
    gc.disable()  # imports create many objects and free few
    for name in modules:
        with suppress(Exception):  # the notebook that needs it reports it
            getattr(importlib.import_module(name), WARM_UP, int)()
    gc.freeze()
    gc.enable()
    gc.set_threshold(MANY_OBJECTS)  # after a freeze every collection would be a full one


if VARIABLE in os.environ:
    prepare(json.loads(os.environ.pop(VARIABLE)))
