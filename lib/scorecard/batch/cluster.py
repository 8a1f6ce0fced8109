"""Many councils' packs on a Dask cluster (`--cluster tcp://…`), a task for each council.

A worker runs it as this machine would (`region.Processes`). Dask gives the tasks of a lost worker
to another. The lost one may still be at work, and a task may be run again after it was published.
Neither does harm: in a shared folder the second waits for the lock of the first, in object storage
only one of them can publish (`storage`), and what is published already is up to date.
"""

from __future__ import annotations

import socket
import time
import uuid
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from scorecard.batch import freshness
from scorecard.batch.addresses import NOT_INSTALLED
from scorecard.batch.region import Outcome, Processes, failed
from scorecard.errors import EngineError
from scorecard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorecard.batch.region import Task

PATIENCE = 600.0
"""Seconds that a task waits for another run of its workbook, such as that of a lost worker."""
RETRIES = 2
"""Times that a task is tried again when object storage fails."""


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """A client of the cluster at `address`.

    Raises `EngineError` when Dask isn't installed or the cluster can't be reached.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise EngineError(f"--cluster: {NOT_INSTALLED.format(what='Dask')}") from error
    try:
        client = Client(address, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise EngineError(f"--cluster: no scheduler answers at {address}: {error}") from error
    try:
        yield client
    finally:
        client.close(timeout=5)


def described(client: Any) -> str:
    """The cluster in a line: how many workers it has now, and Dask's own page of it."""
    workers = counted(len(client.scheduler_info(n_workers=-1)["workers"]), "worker", "workers")
    page = f", dashboard {client.dashboard_link}" if client.dashboard_link else ""
    return f"Cluster {client.scheduler.address}: {workers}{page}"


def run(client: Any, tasks: Sequence[Task]) -> Iterator[Outcome]:
    """The outcome of each task when it has ended.

    Raises `EngineError` when the scheduler is lost.
    """
    from distributed import as_completed

    waiting = {
        client.submit(run_on_worker, task, freshness.code(), key=_key(task), retries=RETRIES): task
        for task in tasks
    }
    try:
        for ended in as_completed(waiting, loop=client.loop):
            if ended.status in ("cancelled", "lost"):
                raise EngineError(
                    "the scheduler was lost. What was published stays, and no pack is half "
                    "published; run the same command again for the others"
                )
            error = ended.exception()  # too many workers were lost, or storage failed
            yield failed(waiting[ended], error) if error else ended.result()
    finally:
        if client.status == "running":
            client.cancel(list(waiting))


def run_on_worker(task: Task, code: str) -> Outcome:
    """Run a task on a worker, whose package must be the one whose hash is `code`."""
    if freshness.code() != code:
        where = f"the worker on {socket.gethostname()}"
        why = f"{where} has another version of this program. Install the same version everywhere"
        return Outcome(task.workbook, "failed", "", why, 0.0)
    began = time.monotonic()
    processes = Processes()
    while True:
        outcome = processes.run(task, _room())
        if not outcome.busy or time.monotonic() - began > PATIENCE:
            return replace(outcome, seconds=time.monotonic() - began)
        time.sleep(1)


def _room() -> Path:
    """The worker's own folder, which Dask clears when it is gone."""
    from distributed import get_worker

    return Path(get_worker().local_directory)


def _key(task: Task) -> str:
    """What Dask calls a task; never the same twice, or it would give the old outcome."""
    return f"{PurePosixPath(task.workbook).name}-{uuid.uuid4().hex}"
