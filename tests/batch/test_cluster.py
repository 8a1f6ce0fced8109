"""Many councils on a Dask cluster: workers, the scheduler and storage fail; every pack is whole."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time

import dask
import distributed
import fsspec
import psutil
import pytest
from distributed import LocalCluster, Status
from werkzeug.serving import make_server

from scorecard.batch import cluster, record, region, storage
from scorecard.batch.packs_folder import PacksFolder
from scorecard.months import Month
from support.region import MONTH, ask, break_wording, is_whole, make

SECRET = "not-a-secret"  # noqa: S105


class Faulty:
    """Storage that at every third request says that it is busy, or ends the connection, or both."""

    def __init__(self, application):
        self._application, self._requests, self.faults = application, 0, 0

    def __call__(self, environ, start):
        self._requests += 1
        kind = self._requests % 9
        if kind == 3:
            self.faults += 1
            start("503 Slow Down", [("Content-Length", "0")])
            return []
        answer = self._application(environ, start)
        if kind in (6, 0):  # it is done, but nobody hears of it
            self.faults += 1
            environ["werkzeug.socket"].close()
        return answer


@pytest.fixture(scope="module")
def bucket():
    """A bucket in faulty storage, for this process and those that it starts."""
    from moto.server import DomainDispatcherApplication, create_backend_app  # long to import

    application = DomainDispatcherApplication(create_backend_app)
    server = make_server("127.0.0.1", 0, application, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    given = {"ENDPOINT_URL": f"http://127.0.0.1:{server.port}", "KEY": "x", "SECRET": SECRET}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in given.items():
            patch.setenv(f"FSSPEC_S3_{name}", value)  # for processes that import fsspec later
        patch.setitem(fsspec.config.conf, "s3", {n.lower(): value for n, value in given.items()})
        system = fsspec.filesystem("s3")
        system.mkdir("region")
        yield server, system
    server.shutdown()


@pytest.fixture(scope="module")
def workers(bucket):
    """A cluster of two processes, each replaced when it is killed."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0",
        env=dict(os.environ),
    ) as made:  # fmt: skip
        yield made


def killing(workers, times, chance, apart=2.0):
    """Kill a worker at some moments, at most so many seconds apart; the thread that does.

    It kills one of two that have started: Dask doesn't replace one that is killed while it starts.
    """

    def started():
        return [
            each.process.pid
            for each in workers.workers.values()
            if each.process and each.process.status == Status.running
        ]

    def kill():
        for _ in range(times):
            time.sleep(chance.uniform(0.2, apart))
            found = started()
            if len(found) > 1:
                os.kill(chance.choice(found), signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    return thread


def packs(folder, names):
    return [is_whole(folder / name) for name in names]


@pytest.mark.thorough
def test_workers_that_are_killed_are_replaced_and_one_fault_stops_no_other(workers, tmp_path):
    """As with two councils in object storage below."""
    sound = [f"council-{number:02}" for number in range(19)]
    folder = make(tmp_path, *sound, "faulty")
    break_wording(folder / "faulty")
    seed = random.randrange(1 << 32)  # noqa: S311
    print(f"seed {seed}")
    words = (MONTH, "--workbooks", f"{folder}/*", "--cluster", workers.scheduler_address)
    thread = killing(workers, 8, random.Random(seed), 10.0)  # noqa: S311
    first = ask(*words)
    thread.join()
    made = [(folder / name / "outputs" / MONTH / record.RECORD) for name in sound]
    before = [path.read_bytes() for path in made]
    again = ask(*words)

    assert first[0] == again[0] == 1
    assert first[1].splitlines()[1].strip().startswith("1 of 20  ")
    assert packs(folder, sound) == [True] * 19
    assert packs(folder, ["faulty"]) == [False]
    assert again[1].endswith("20 councils: 1 failed, 19 up to date.\n")
    assert [path.read_bytes() for path in made] == before


def test_object_storage_that_fails_and_a_killed_worker_leave_whole_packs(workers, bucket, tmp_path):
    server, system = bucket
    folder = make(tmp_path / "councils", "north", "faulty")
    break_wording(folder / "faulty")
    system.put(f"{folder}/", "region/councils/", recursive=True)
    application = server.app
    server.app = faulty = Faulty(application)
    words = (MONTH, "--workbooks", "s3://region/councils/*", "--cluster")
    thread = killing(workers, 1, random.Random())  # noqa: S311
    first = ask(*words, workers.scheduler_address)
    thread.join()
    server.app = application
    again = ask(*words, workers.scheduler_address)

    assert faulty.faults > 10
    assert first[0] == again[0] == 1
    said, line, *_ = first[1].splitlines()
    assert said.startswith(f"Cluster {workers.scheduler_address}: 2 workers, dashboard http://")
    assert line.strip().startswith("1 of 2  ")
    assert "params/wording.yml is missing" in first[2]
    assert again[1].endswith("2 councils: 1 failed, 1 up to date.\n")
    address = "s3://region/councils/north"
    with storage.local_copy(address, [Month.parse(MONTH)], tmp_path) as (brought, _):
        assert is_whole(brought)
        run = record.read(brought / "outputs" / MONTH)
        assert SECRET not in run.model_dump_json()
    commits = system.glob(f"{address}/outputs/.runs/*.json")
    assert len(commits) == 1  # and never twice


class Failed:
    """A task that came to nothing."""

    status = "error"

    def exception(self):
        return OSError("storage is away")


class Client:
    """A client whose tasks all fail, as when too many workers are lost."""

    loop, status = None, "running"

    def __init__(self):
        self.asked, self.cancelled = [], []

    def submit(self, *_, **how):
        self.asked.append(how)
        return Failed()

    def cancel(self, waiting):
        self.cancelled += waiting


def test_a_task_that_fails_is_tried_again_and_then_fails_its_council_alone(monkeypatch, tmp_path):
    monkeypatch.setattr(distributed, "as_completed", lambda waiting, loop: iter([*waiting]))
    client, task = Client(), region.Task(tmp_path / "north", (Month.parse(MONTH),), ())
    outcomes = [*cluster.run(client, [task]), *cluster.run(client, [task])]

    assert [(each.result, each.why) for each in outcomes] == [
        ("failed", "OSError: storage is away")
    ] * 2
    assert [how["retries"] for how in client.asked] == [2, 2]
    first, second = (how["key"] for how in client.asked)
    assert first.startswith("north-")
    assert first != second  # or the second run would have the outcome of the first
    assert len(client.cancelled) == 2


def test_a_task_waits_for_the_lost_worker_that_still_runs_its_council(monkeypatch, tmp_path):
    folder = make(tmp_path, "north")
    monkeypatch.setattr(cluster, "_room", lambda: tmp_path)
    task = region.Task(folder / "north", (Month.parse(MONTH),), (MONTH,), "A. Nalyst")
    outputs, free, ended = PacksFolder(folder / "north/outputs"), threading.Event(), []
    with outputs.locked("a run that was lost"):
        monkeypatch.setattr(cluster, "PATIENCE", 0.0)
        refused = cluster.run_on_worker(task, cluster.freshness.code())
        monkeypatch.setattr(cluster, "PATIENCE", 60.0)
        monkeypatch.setattr(cluster.time, "sleep", lambda _: free.set())
        thread = threading.Thread(
            target=lambda: ended.append(cluster.run_on_worker(task, cluster.freshness.code()))
        )
        thread.start()
        assert free.wait(60)
        assert not thread.join(0.1)
        assert thread.is_alive()
    thread.join(60)

    assert (refused.result, refused.busy) == ("failed", True)
    assert "another run is writing to" in refused.why
    assert [each.result for each in ended] == ["published"]


def test_a_worker_with_another_version_of_the_package_runs_nothing(tmp_path):
    task = region.Task(tmp_path, (Month.parse(MONTH),), (MONTH,))
    outcome = cluster.run_on_worker(task, "another")

    assert outcome.result == "failed"
    assert "another version of this program" in outcome.why


def process(*words):
    return subprocess.Popen(
        [sys.executable, "-m", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


@pytest.mark.parametrize(
    ("councils", "published"),
    [(1, 0), pytest.param(20, 5, marks=pytest.mark.thorough)],
    ids=["1 council", "20 councils"],
)
def test_a_lost_scheduler_is_an_error_and_nothing_is_half_published(tmp_path, councils, published):
    names = [f"council-{number:02}" for number in range(councils)]
    folder = make(tmp_path / "councils", *names)
    known = tmp_path / "scheduler.json"
    scheduler = process(
        "distributed.cli.dask_scheduler", "--host=127.0.0.1", "--port=0", "--no-dashboard",
        f"--scheduler-file={known}",
    )  # fmt: skip
    worker = process(
        "distributed.cli.dask_worker", f"--scheduler-file={known}", "--no-dashboard",
        "--nthreads=1", f"--local-directory={tmp_path}",
    )  # fmt: skip
    try:
        while not known.exists():
            time.sleep(0.05)
        address = json.loads(known.read_text())["address"]

        def kill():
            while (
                len(list(folder.glob(f"*/outputs/{MONTH}"))) < published
                or not list(folder.glob("*/outputs/.run.json"))
            ):  # fmt: skip
                time.sleep(0.02)
            scheduler.kill()

        thread = threading.Thread(target=kill)
        thread.start()
        with dask.config.set({"distributed.comm.timeouts.connect": "2s"}):
            status, out, wrong = ask(MONTH, "--workbooks", f"{folder}/*", "--cluster", address)
            thread.join()
            gone = ask(MONTH, "--workbooks", f"{folder}/*", "--cluster", address)
    finally:
        scheduler.kill()
        for each in psutil.Process(worker.pid).children(recursive=True):
            each.kill()
        worker.kill()
        scheduler.wait()
        worker.wait()

    assert status == 2
    assert "the scheduler was lost. What was published stays" in wrong
    done = r"(?:(\d+) published, )?(\d+) not run to the end\.\n$"
    ended, left = re.search(f"\n{councils} councils?: {done}", f"\n{out}").groups()
    assert int(ended or 0) + int(left) == councils
    assert int(left) >= 1
    assert gone[0] == 2
    assert "no scheduler answers at" in gone[2]
    assert sum(packs(folder, names)) >= published
    local = ask(MONTH, "--workbooks", f"{folder}/*")
    assert local[0] == 0
    assert packs(folder, names) == [True] * councils


def test_without_dask_the_command_says_what_to_install(monkeypatch, tmp_path):
    folder = make(tmp_path, "north")
    monkeypatch.setitem(sys.modules, "distributed", None)
    status, _, wrong = ask(MONTH, "--workbooks", f"{folder}/*", "--cluster", "tcp://x:1")

    assert status == 2
    assert "Dask is not installed" in wrong
    assert "childrens-scorecard[cluster]" in wrong
