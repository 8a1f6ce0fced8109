"""A workbook in object storage: whatever fails, one whole pack is there, the old or the new."""

from __future__ import annotations

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from scorecard.batch import region, storage
from scorecard.batch.storage import OvertakenError, Remote, at_hand
from scorecard.errors import OutputsError, WorkbookError
from scorecard.months import Month

URL = "memory://councils/fenwold"
CALLS = ("find", "get_file", "put_file", "pipe_file", "cat_file", "cp_file", "rm_file")
ENTRY = "data/loads/0001/load.yml"


class LostError(OSError):
    """The worker, or its connection, ends here."""


@pytest.fixture(autouse=True)
def memory():
    """Storage with the inputs of one council."""
    system = MemoryFileSystem()
    system.store.clear()
    system.pseudo_dirs[:] = [""]
    system.pipe({"/councils/fenwold/data/results/2024-06.csv": b"1", "/councils/other/data/x": b""})
    return system


def publish(what):
    """One run: its pack is two pages that say `what`, and it adds an entry to the ledger."""
    with at_hand(URL) as (folder, remote):
        pack = folder / "outputs/2024-06"
        pack.mkdir(parents=True, exist_ok=True)
        for name in ("index.html", "one.html"):
            (pack / name).write_text(what)
        (folder / "outputs/.run.lock").touch()
        for name in (ENTRY, "data/loads/.lock", "data/.store/x.duckdb"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("one")
        return remote.write_back(folder)


def published():
    """What somebody has who brings the workbook: file → what it says."""
    with at_hand(URL) as (folder, _):
        return {
            path.relative_to(folder).as_posix(): path.read_text()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }


def pack(what):
    pages = {f"outputs/2024-06/{name}.html": what for name in ("index", "one")}
    return {ENTRY: "one", "data/results/2024-06.csv": "1", **pages}


def test_what_a_run_makes_is_published_and_nothing_else_is_kept(memory):
    assert publish("first")
    assert published() == pack("first")
    assert not publish("first")
    assert publish("second")
    assert publish("third")

    assert published() == pack("third")
    assert memory.cat_file(f"/councils/fenwold/{ENTRY}") == b"one"
    runs = memory.find("/councils/fenwold/outputs/.runs")
    assert [path.rpartition("/")[2] for path in runs if path.endswith(".json")] == [
        "000001.json", "000002.json", "000003.json"
    ]  # fmt: skip
    pages = sorted(path.split("/.runs/")[1][:6] for path in runs if path.endswith("one.html"))
    assert pages == ["000002", "000003"]  # what may just be read stays


def dying(name, die_at, calls, *, after):
    """A method of storage that ends in an error at the n-th of `calls` and each later one."""
    do = getattr(MemoryFileSystem, name)

    def call(self, *given, **more):
        calls.append(name)
        if len(calls) == die_at and after:
            do(self, *given, **more)
        if len(calls) >= die_at:
            raise LostError
        return do(self, *given, **more)

    return call


@pytest.mark.parametrize("after", [False, True], ids=["refused", "answer lost"])
def test_a_worker_that_is_lost_at_any_call_leaves_one_whole_pack(memory, monkeypatch, after):
    publish("first")
    start = {name: file.getvalue() for name, file in memory.store.items()}
    seen = set()
    for die_at in range(1, 100):
        memory.store.clear()
        memory.pipe(start)
        calls = []
        with monkeypatch.context() as patch:
            for name in CALLS:
                patch.setattr(MemoryFileSystem, name, dying(name, die_at, calls, after=after))
            try:
                publish("second")
                lost = False
            except LostError:
                lost = True
        now = published()
        assert now in (pack("first"), pack("second"))
        seen.add((lost, now == pack("second")))
        publish("second")
        assert published() == pack("second")
        if len(calls) < die_at:
            break
    else:
        pytest.fail("it never ran to its end")
    # Lost before it was published, lost afterwards, and not lost at all.
    assert seen == {(True, False), (True, True), (False, True)}


def test_an_answer_that_is_lost_is_not_taken_for_another_run(memory, monkeypatch):
    create = MemoryFileSystem.pipe_file

    def lost(self, *given, **more):
        create(self, *given, **more)
        raise FileExistsError  # as when the request is sent again

    monkeypatch.setattr(MemoryFileSystem, "pipe_file", lost)

    assert publish("first")
    assert published() == pack("first")


def test_of_two_runs_at_the_same_time_one_is_published():
    with at_hand(URL) as (slow, late):
        publish("first")
        (slow / "outputs").mkdir()
        (slow / "outputs/index.html").write_text("late")
        (slow / ENTRY).parent.mkdir(parents=True)
        (slow / ENTRY).write_text("late")
        late._inputs = late._listed()  # its council changed nothing
        with pytest.raises(OvertakenError):
            late.write_back(slow)

    assert published() == pack("first")


def test_nothing_is_published_when_the_council_changes_a_file_meanwhile(memory):
    with at_hand(URL) as (folder, remote):
        memory.pipe_file("/councils/fenwold/data/results/2024-06.csv", b"2")
        (folder / "outputs").mkdir()
        (folder / "outputs/index.html").write_text("old")
        with pytest.raises(OutputsError, match="changed while it was run"):
            remote.write_back(folder)

    assert [name for name in published() if name.startswith("outputs")] == []


def test_a_run_that_is_not_published_does_not_say_what_its_command_said_of_success(
    memory, monkeypatch
):
    def command(task, folder, lead):
        memory.pipe_file("/councils/fenwold/data/results/2024-06.csv", b"2")
        (folder / "outputs").mkdir()
        (folder / "outputs/index.html").write_text("old")
        return 0, "2024-06 is published", ""

    monkeypatch.setattr(region, "_command", command)
    outcome = region.Processes().run(region.Task(URL, (Month(2024, 6),), ("2024-06",)))

    assert (outcome.workbook, outcome.result, outcome.says) == (URL, "failed", "")
    assert "changed while it was run" in outcome.why


@pytest.mark.parametrize("fault", [b"", b"shorter than it is"])
def test_a_file_that_is_cut_off_is_never_used(memory, monkeypatch, fault):
    publish("first" if fault else "")
    get = MemoryFileSystem.get_file

    def cut(self, path, local, *given, **more):
        get(self, path, local, *given, **more)
        if path.endswith("2024-06.csv" if not fault else "one.html"):
            with open(local, "wb") as file:  # noqa: PTH123
                file.write(fault)

    monkeypatch.setattr(MemoryFileSystem, "get_file", cut)
    with pytest.raises(OSError, match="could not be read to its end"), at_hand(URL):
        pass


def test_no_file_is_brought_to_another_place(memory):
    memory.store["/councils/fenwold/data/../../x"] = memory.store.pop("/councils/other/data/x")

    with pytest.raises(WorkbookError, match="leads out of it"), at_hand(URL):
        pass


def test_councils_are_folders_that_match(memory):
    memory.pipe_file("/councils/README.md", b"")

    assert storage.workbooks("memory://councils/*") == [URL, "memory://councils/other"]


def test_storage_must_be_able_to_refuse_one_of_two():
    with pytest.raises(WorkbookError, match="can't refuse one"):
        Remote("file:///councils/fenwold")
    with pytest.raises(WorkbookError, match=r"can't be reached.*gcsfs"):
        Remote("gs://bucket/fenwold")
