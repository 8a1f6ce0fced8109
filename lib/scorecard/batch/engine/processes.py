"""Child processes with a pipe: forked by a server that has imported what they need, or new Pythons.

Both kinds are `multiprocessing`'s. With its server a month takes 4 to 7 % longer than with a server
of our own, which we gave up. A child ends with the run, however it ends, and so does whatever the
child has started.
"""

from __future__ import annotations

import importlib
import json
import multiprocessing
import os
import signal
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Literal

import psutil

from scorecard import interruption
from scorecard.batch.engine import preload

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection

Method = Literal["forkserver", "spawn"]
ENVIRONMENT = {"PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""The environment of every child: sets in the same order each time, and one thread a process,
since the processes already use all the cores (and a thread would not survive a fork)."""


class Child:
    """A running child; `connection` is our end of its pipe."""

    def __init__(self, method: Method, function: str) -> None:
        context: Any = multiprocessing.get_context(method)
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_live, args=(function, theirs))
        if method == "spawn":
            with interruption.held_back(), _blocked():
                self._process.start()
        else:  # which waits for the server, and may be interrupted
            self._process.start()
        theirs.close()

    def kill(self) -> None:
        """End it now, with everything it has started."""
        family = _descendants(self._process.pid)
        if self._process.is_alive():
            _kill_group(self._process.pid)
        self._process.kill()
        for each in family:
            with suppress(psutil.NoSuchProcess):
                each.kill()
        self._process.join()
        psutil.wait_procs(family, timeout=1)

    def wait(self) -> int:
        """Wait for its end: the exit status, or minus the signal that killed it."""
        self._process.join()
        return self._process.exitcode or 0


class Launcher:
    """Starts children by a `method` of `multiprocessing`; `spawn` works everywhere.

    With `forkserver`, a server imports `modules` once and forks each child. `start` raises
    `OSError` or `EOFError` when the server can't start. It ends with this process.
    """

    def __init__(self, method: Method, modules: Sequence[str] = ()) -> None:
        self._method = method
        self._children: list[Child] = []
        self._before = {name: os.environ.get(name) for name in ENVIRONMENT}
        os.environ.update(ENVIRONMENT)
        if method == "forkserver":
            from multiprocessing import forkserver  # which Windows doesn't have

            os.environ[preload.VARIABLE] = json.dumps([__name__, *modules])
            forkserver.set_forkserver_preload([preload.__name__])
            with _blocked():
                forkserver.ensure_running()
            del os.environ[preload.VARIABLE]  # it is for the server only

    def start(self, function: str) -> Child:
        """Start a child that runs `function`, written `module:name`, with its end of the pipe."""
        child = Child(self._method, function)
        self._children.append(child)
        return child

    def close(self) -> None:
        """End what is left."""
        for child in self._children:
            child.kill()
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def _blocked() -> Iterator[None]:
    """Keep Ctrl-C from a process that is started meanwhile, until it ignores it by itself.

    Ctrl-C reaches every process of the terminal; the run ends its children itself.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _live(function: str, connection: Connection) -> None:
    """The life of a child: it ends when the run does, even if the run was killed."""
    preload.leave_terminal()
    ending = threading.Thread(target=_end_with_run, daemon=True)
    ending.start()
    module, _, name = function.partition(":")
    try:
        getattr(importlib.import_module(module), name)(connection)
    finally:
        run = multiprocessing.parent_process()
        if run is not None and not run.is_alive():
            ending.join()  # what we waited for may have been killed, and the rest not yet


def _end_with_run() -> None:
    """Wait until the run has ended, then end this process and everything it has started.

    Looks again until nothing is alive: a notebook goes on meanwhile, and may start more.
    """
    run = multiprocessing.parent_process()
    if run is not None:
        run.join()
        while alive := [each for each in _descendants(os.getpid()) if _is_alive(each)]:
            for each in alive:
                with suppress(psutil.NoSuchProcess):
                    each.kill()
        _kill_group(os.getpid())
        os._exit(1)


def _kill_group(leader: int | None) -> None:
    """Kill a child and all of its process group in one step, where the system has groups.

    A list of processes is old when it is made: what a notebook starts meanwhile isn't on it.
    """
    if os.name == "posix" and leader is not None:
        with suppress(ProcessLookupError):  # it has not left the run's group yet
            os.killpg(leader, signal.SIGKILL)


def _is_alive(process: psutil.Process) -> bool:
    """Whether a process still runs; one that has ended may be there until its parent asks."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _descendants(pid: int | None) -> list[psutil.Process]:
    """Every process that the process `pid` has started, and those that they have."""
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []
