"""Child processes with a pipe: one kind started afresh anywhere, one forked from a warm server.

Both kinds die with the run, however it ends, and take their own children along.
"""

from __future__ import annotations

import gc
import importlib
import json
import multiprocessing
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from abc import ABC, abstractmethod
from collections import deque
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

import psutil

from scorecard import interruption

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NUMBER = struct.Struct("i")
WARM_UP = "warm_up"
"""What a module may define to do, once and before the forks, what everybody would do first. It must
start no thread and open nothing."""

MANY_OBJECTS = 50_000
"""How much a child makes before Python looks for what may be thrown away."""

SETTLED = {"PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""The environment of every child: sets in the same order each time, and one thread a process,
since the processes already use all the cores (and a thread would not survive a fork)."""


class Child(ABC):
    """A running child; `connection` is our end of its pipe."""

    connection: Connection

    @property
    @abstractmethod
    def pid(self) -> int:
        """The number of its process."""

    def kill(self) -> None:
        """End it now, with everything it has started."""
        family = end_tree(self.pid)
        self.wait()
        _await(family)

    @abstractmethod
    def wait(self) -> int:
        """Wait for its end: the exit status, or minus the signal that killed it."""


class Launcher(ABC):
    """Starts children that run `function`, written `module:name`, with their end of the pipe."""

    @abstractmethod
    def start(self, function: str) -> Child:
        """Start a child."""

    @abstractmethod
    def ready(self) -> None:
        """Wait until a child can start; `OSError` when none can."""

    @abstractmethod
    def close(self) -> None:
        """Start no more; end what is left."""


class _Spawned(Child):
    """A child with a Python of its own."""

    def __init__(self, function: str) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_spawned, args=(function, theirs))
        with interruption.held_back(), _blocked():
            self._process.start()
            theirs.close()

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid or 0

    def wait(self) -> int:
        """Wait for its end."""
        self._process.join()
        return self._process.exitcode or 0


@contextmanager
def _blocked() -> Iterator[None]:
    """Keep Ctrl-C from the child that is started meanwhile, as it starts without a handler.

    It reaches every process of the terminal; a child is ended by us, not by that.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Spawner(Launcher):
    """Starts each child as a new Python: works everywhere, and imports everything each time."""

    def __init__(self) -> None:
        self._children: list[_Spawned] = []
        self._before = {name: os.environ.get(name) for name in SETTLED}
        os.environ.update(SETTLED)

    def start(self, function: str) -> Child:
        """Start a child."""
        child = _Spawned(function)
        self._children.append(child)
        return child

    def ready(self) -> None:
        """At once: a child can always start."""

    def close(self) -> None:
        """End what is left."""
        for child in self._children:
            child.kill()
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


class _Forked(Child):
    """A child of the server, which tells us its number and how it ended."""

    def __init__(self, server: Forker, connection: Connection) -> None:
        self.connection, self._server = connection, server
        self.told: int | None = None
        self._status: int | None = None

    @property
    def pid(self) -> int:
        """The number of its process; waits until the server has forked it."""
        if self.told is None:
            self._server.settle()
        return self.told or 0

    def wait(self) -> int:
        """Wait for its end."""
        if self._status is None:
            self._status = self._server.status(self.pid)
        return self._status


class Forker(Launcher):
    """A server that imports `modules` once and forks a clean child whenever it is asked.

    What it is asked it does in order, and nobody waits for it before an answer is needed. Raises
    `OSError` where processes can't be forked.
    """

    def __init__(self, modules: Sequence[str]) -> None:
        if not hasattr(os, "fork"):
            raise OSError("this system can't fork")
        self._control, theirs = socket.socketpair()
        self._unanswered: deque[_Forked] = deque()
        self._branches: list[Branch] = []
        with theirs:
            code = f"from scorecard.batch.engine.children import serve; serve({theirs.fileno()})"
            self._process = subprocess.Popen(  # noqa: S603 (our own Python, our own code)
                [sys.executable, "-c", code],
                pass_fds=[theirs.fileno()],
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                env={**os.environ, **SETTLED},
            )
        self.load(modules)

    def load(self, modules: Sequence[str]) -> None:
        """Have the server import `modules` before whatever it is asked next."""
        names = json.dumps(modules).encode()
        self._control.sendall(b"i" + NUMBER.pack(len(names)) + names)

    def branch(self, modules: Sequence[str]) -> Branch:
        """Another server, which shares what this one has imported so far, and ends with it."""
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._control, [b"b"], [theirs.fileno()])
        self._branches.append(Branch(ours, modules))
        return self._branches[-1]

    def start(self, function: str) -> Child:
        """Fork a child, without waiting for it."""
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._control, [b"f"], [theirs.fileno()])
        child = _Forked(self, Connection(ours.detach()))
        self._unanswered.append(child)
        child.connection.send(function)
        return child

    def settle(self) -> None:
        """Hear the numbers of the children that have been asked for."""
        while self._unanswered:
            self._unanswered[0].told = self._answer()
            self._unanswered.popleft()

    def status(self, pid: int) -> int:
        """Wait for the end of the child `pid`."""
        self.settle()
        self._control.sendall(b"w" + NUMBER.pack(pid))
        return self._answer()

    def ready(self) -> None:
        """Wait until the server has imported everything; `OSError` when it could not start."""
        self.settle()
        self._control.sendall(b"r")
        self._answer()

    def close(self) -> None:
        """End the server, which ends what is left."""
        family = end_tree(self._process.pid)
        self._process.wait()
        _await(family)
        for server in (self, *self._branches):
            server._control.close()

    def _answer(self) -> int:
        """The server's next number; `OSError` when it is gone."""
        answer = self._control.recv(NUMBER.size)
        if len(answer) < NUMBER.size:
            raise OSError("the server of the notebooks has ended")
        return int(NUMBER.unpack(answer)[0])


class Branch(Forker):
    """A server that was forked from another one, which sees to its end."""

    def __init__(self, control: socket.socket, modules: Sequence[str]) -> None:
        self._control, self._unanswered, self._branches = control, deque(), []
        self.load(modules)

    def close(self) -> None:
        """Nothing: `close` of the server that it came from ends both."""


def serve(descriptor: int) -> None:
    """The server: do what it is asked until the run ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    children: set[int] = set()
    with socket.socket(fileno=descriptor) as control:
        while True:
            message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
            if message in (b"f", b"b"):
                pid = os.fork()
                if pid == 0:
                    control.detach()
                    os.close(descriptor)
                    (serve if message == b"b" else _forked)(descriptors[0])
                os.close(descriptors[0])
                children.add(pid)
                if message == b"f":
                    control.sendall(NUMBER.pack(pid))
            elif message == b"w":
                pid = _number(control)
                control.sendall(NUMBER.pack(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])))
                children.discard(pid)
            elif message == b"i":
                _import(json.loads(control.recv(_number(control), socket.MSG_WAITALL)))
            elif message == b"r":
                control.sendall(NUMBER.pack(os.getpid()))
            else:
                break
    for pid in children:
        end_tree(pid)
    os._exit(0)  # nothing to tidy up, and some modules' own farewells are slow or loud


def _number(control: socket.socket) -> int:
    """The number that follows a message."""
    return int(NUMBER.unpack(control.recv(NUMBER.size, socket.MSG_WAITALL))[0])


def _import(modules: Sequence[str]) -> None:
    """Import `modules` and warm them up, and keep what they made from being looked at again."""
    gc.disable()  # imports make much and throw away little
    for name in modules:
        with suppress(Exception):  # the notebook that needs it will tell
            getattr(importlib.import_module(name), WARM_UP, int)()
    gc.freeze()
    gc.enable()
    gc.set_threshold(MANY_OBJECTS)  # after a freeze every collection would be a full one


def end_tree(pid: int) -> list[psutil.Process]:
    """Kill the process `pid` and everything below it; all of them, the process first."""
    try:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []
    for each in family:
        with suppress(psutil.NoSuchProcess):
            each.kill()
    return family


def _await(family: Sequence[psutil.Process]) -> None:
    """Wait a moment for the end of killed processes that are not ours to wait for."""
    deadline = time.monotonic() + 1
    while time.monotonic() < deadline and any(_alive(process) for process in family):
        time.sleep(0.01)


def _alive(process: psutil.Process) -> bool:
    """Whether it still runs; one that nobody has taken note of yet (a zombie) does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _forked(descriptor: int) -> None:
    """The life of a forked child; it never returns."""
    status = 1
    try:
        os.setsid()
        _silence()
        connection = Connection(descriptor)
        _call(connection.recv(), connection)
        status = 0
    finally:
        os._exit(status)


def _spawned(function: str, connection: Connection) -> None:
    """The life of a spawned child: it ends when the run does, even if the run was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _silence()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _call(function, connection)


def _silence() -> None:
    """Keep what native code prints off the operator's screen; cells print into their outputs."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        end_tree(os.getpid())


def _call(function: str, connection: Connection) -> None:
    """Import and call `module:name`."""
    module, _, name = function.partition(":")
    getattr(importlib.import_module(module), name)(connection)
