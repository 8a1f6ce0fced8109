"""A workbook in object storage: whatever fails, one whole pack is there, the old or the new."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from scorecard.batch import addresses, region, storage
from scorecard.batch.storage import OvertakenError, Remote, local_copy
from scorecard.errors import OutputsError, WorkbookError
from scorecard.months import Month

MAY, JUNE = Month(2024, 5), Month(2024, 6)
MONTHS = (JUNE,)
URL = "memory://councils/fenwold"
PACK = ("index.html", "one.html", "run.json")
CALLS = ("ls", "find", "get_file", "put_file", "pipe_file", "cat_file", "cp_file", "rm_file")
ENTRY = "data/loads/0001/load.yml"
ROOT = "/councils/fenwold"
SECRET = storage.SECRET


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


def publish(what, month=JUNE):
    """One run: its pack is three files that say `what`, and it adds an entry to the ledger."""
    with local_copy(URL, [month]) as (folder, remote):
        pack = folder / "outputs" / str(month)
        pack.mkdir(parents=True, exist_ok=True)
        for name in PACK:
            (pack / name).write_text(what)
        (folder / "outputs/.run.lock").touch()
        passing = ("data/loads/.lock", "data/.store/x.duckdb", "outputs/.staging-2024-06/x")
        for name in (ENTRY, SECRET, *passing):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("one")
        return remote.write_back(folder)


def published(*months):
    """What runs of `months` have, those of June unless given: file → what it says."""
    with local_copy(URL, months or MONTHS) as (folder, _):
        return {
            path.relative_to(folder).as_posix(): path.read_text()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }


def pack(what, month=JUNE):
    pages = {f"outputs/{month}/{name}": what for name in PACK}
    return {SECRET: "one", ENTRY: "one", "data/results/2024-06.csv": "1", **pages}


def test_what_a_run_makes_is_published_and_nothing_else_is_kept(memory):
    assert publish("first")
    assert memory.cat_file(f"{ROOT}/{ENTRY}") == b"one"
    assert published() == pack("first")
    assert not publish("first")
    assert publish("second")
    assert publish("third")

    assert published() == pack("third")
    runs = memory.find("/councils/fenwold/outputs/.runs")
    assert [name for path in runs if "/" not in (name := path.split("/.runs/")[1])] == [
        "000001.json", "000002.json", "000003.json"
    ]  # fmt: skip
    pages = sorted(path.split("/2024-06/")[1][:6] for path in runs if path.endswith("one.html"))
    assert pages == ["000002", "000003"]  # what may just be read stays


def dying(name, die_at, calls, *, after):
    """A method of storage that ends in an error at the n-th of `calls`, if any, and each later."""
    do = getattr(MemoryFileSystem, name)

    def call(self, *given, **more):
        calls.append(name)
        if len(calls) == die_at and after:
            do(self, *given, **more)
        if die_at and len(calls) >= die_at:
            raise LostError
        return do(self, *given, **more)

    return call


@pytest.mark.parametrize("after", [False, True], ids=["refused", "answer lost"])
def test_a_worker_that_is_lost_at_any_call_leaves_one_whole_pack(memory, monkeypatch, after):
    publish("may", MAY)
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
        now, may = published(MAY, JUNE), pack("may", MAY)
        assert now in ({**pack("first"), **may}, {**pack("second"), **may})
        seen.add((lost, now == {**pack("second"), **may}))
        publish("second")
        assert published(MAY, JUNE) == {**pack("second"), **may}
        if len(calls) < die_at:
            break
    else:
        pytest.fail("it never ran to its end")
    # Lost before it was published, lost afterwards, and not lost at all.
    assert seen == {(True, False), (True, True), (False, True)}


def named(memory, run=-1):
    """File → where the newest run says that it is in storage, or another one of all."""
    runs = sorted(memory.glob(f"{ROOT}/outputs/.runs/*.json"))
    read = json.loads(memory.cat_file(runs[run]))
    parts = [json.loads(memory.cat_file(f"{ROOT}/{key}")) for key, _ in read["lists"].values()]
    return {name: key for each in (read["files"], *parts) for name, (key, _) in each.items()}


def test_a_page_that_is_as_it_was_is_not_sent_again(memory):
    publish("first")
    with local_copy(URL, MONTHS) as (folder, remote):
        (folder / "outputs/2024-06/one.html").write_text("second")
        remote.write_back(folder)

    numbers = {
        name: key.removeprefix("outputs/.runs/").partition("-" + key.split("/")[3][7:])[0]
        for name, key in named(memory).items()
    }
    assert numbers == {
        "outputs/2024-06/index.html": "2024-06/000001",
        "outputs/2024-06/one.html": "2024-06/000002",
        "outputs/2024-06/run.json": "all/000001", ENTRY: "all/000001", SECRET: "all/000001",
    }  # fmt: skip


def test_a_run_brings_its_own_month_and_the_records_of_the_others():
    publish("may", MAY)
    publish("june")

    assert published() == {**pack("june"), "outputs/2024-05/run.json": "may"}
    assert published(MAY) == {**pack("may", MAY), "outputs/2024-06/run.json": "june"}
    assert published(MAY, JUNE) == {**pack("may", MAY), **pack("june")}


def test_of_one_months_run_no_other_months_files_are_lost(memory):
    publish("may", MAY)
    for what in ("first", "second", "third", "fourth"):
        publish(what)

    assert published(MAY, JUNE) == {**pack("may", MAY), **pack("fourth")}
    assert publish("later", MAY)
    assert published(MAY, JUNE) == {**pack("later", MAY), **pack("fourth")}


def test_a_file_that_a_run_removed_of_its_pack_is_no_longer_published():
    publish("may", MAY)
    publish("first")
    with local_copy(URL, MONTHS) as (folder, remote):
        (folder / "outputs/2024-06/one.html").unlink()
        assert remote.write_back(folder)

    left = pack("first")
    del left["outputs/2024-06/one.html"]
    assert published(MAY, JUNE) == {**pack("may", MAY), **left}


def test_a_run_asks_storage_no_more_where_other_months_are_published(memory, monkeypatch):
    def asked(what):
        calls = []
        with monkeypatch.context() as patch:
            for name in CALLS:
                patch.setattr(MemoryFileSystem, name, dying(name, None, calls, after=False))
            publish(what)
        return Counter(calls)

    publish("first")
    publish("second")
    before = asked("third")
    listed = len(memory.find(f"{ROOT}/outputs/.runs/2024-06"))
    others = [Month(2023, number) for number in range(1, 13)]
    for month in others:
        publish("another", month)
    after = asked("fourth")

    assert after - before == {"get_file": len(others)}  # their records
    assert len(memory.find(f"{ROOT}/outputs/.runs/2024-06")) == listed


def test_what_a_lost_run_left_out_of_the_ledger_is_added_by_the_next(memory, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(MemoryFileSystem, "cp_file", dying("cp_file", 1, [], after=False))
        with pytest.raises(LostError):
            publish("first")
    assert not memory.exists(f"{ROOT}/{ENTRY}")

    assert publish("second")
    assert memory.cat_file(f"{ROOT}/{ENTRY}") == b"one"
    assert published() == pack("second")


def test_what_the_council_added_to_the_ledger_stays_its_own(memory):
    memory.pipe_file(f"{ROOT}/data/loads/0000/load.yml", b"older")

    publish("first")

    assert "data/loads/0000/load.yml" not in named(memory)


def test_of_what_is_among_the_runs_only_files_of_lost_runs_are_deleted(memory):
    runs = f"{ROOT}/outputs/.runs"
    later, lost = (f"{runs}/2024-06/{n}-{'ab' * 16}/outputs/x" for n in ("000009", "000001"))
    others = [f"{runs}/{name}" for name in ("notes.txt", "all/notes.txt", "2024-06/000001-x/y")]
    for path in (later, lost, *others):
        memory.pipe_file(path, b"of a run that is not done")

    assert publish("first")
    assert publish("second")
    assert [memory.exists(path) for path in (later, lost, *others)] == [True, False] + [True] * 3


def test_an_old_file_that_cannot_be_deleted_stops_no_run(monkeypatch):
    for what in ("first", "second"):
        publish(what)
    monkeypatch.setattr(MemoryFileSystem, "rm_file", dying("rm_file", 1, [], after=False))

    assert publish("third")
    assert published() == pack("third")


def test_storage_that_refuses_is_not_taken_for_another_run(monkeypatch):
    def refused(*_, **__):
        raise PermissionError

    monkeypatch.setattr(MemoryFileSystem, "pipe_file", refused)
    with pytest.raises(PermissionError):
        publish("first")


def test_a_run_that_was_overtaken_looks_whether_anything_is_left_to_do(memory, monkeypatch):
    calls = []

    def command(task, folder, lead):
        calls.append(folder)
        if len(calls) == 1:
            (folder / "outputs").mkdir()
            (folder / "outputs/index.html").write_text("late")
            other = {"run": "of another worker", "files": {}, "lists": {}}
            memory.pipe_file(f"{ROOT}/outputs/.runs/000001.json", json.dumps(other).encode())
        return 0, "", ""

    monkeypatch.setattr(region, "_command", command)
    outcome = region.Processes().run(region.Task(URL, (Month(2024, 6),), ("2024-06",)))

    assert (outcome.result, outcome.why, len(calls)) == ("up to date", "", 2)
    assert named(memory) == {}


def test_an_answer_that_is_lost_is_not_taken_for_another_run(memory, monkeypatch):
    create = MemoryFileSystem.pipe_file

    def lost(self, *given, **more):
        create(self, *given, **more)
        if more.get("mode") == "create":
            raise FileExistsError  # as when the request is sent again

    monkeypatch.setattr(MemoryFileSystem, "pipe_file", lost)

    assert publish("first")
    assert published() == pack("first")


def test_of_two_runs_at_the_same_time_one_is_published():
    with local_copy(URL, MONTHS) as (slow, late):
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
    with local_copy(URL, MONTHS) as (folder, remote):
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
    with pytest.raises(OSError, match="could not be read to its end"), local_copy(URL, MONTHS):
        pass


def test_a_list_of_files_that_is_not_as_it_was_written_is_never_used(memory):
    publish("first")
    (path,) = memory.glob(f"{ROOT}/outputs/.runs/2024-06/*/files.json")
    memory.pipe_file(path, b"{}")

    with pytest.raises(OSError, match=r"files\.json .*could not be read to its end"):
        published()


def test_what_the_run_before_published_can_still_be_read(memory):
    for what in ("first", "second", "third"):
        publish(what)

    before = named(memory, -2)
    assert {name for name in before if name.startswith("outputs/")} == {
        f"outputs/2024-06/{name}" for name in PACK
    }
    assert all(memory.exists(f"{ROOT}/{key}") for key in before.values())


@pytest.mark.parametrize("name", ["data/../../x", "data\\..\\..\\x"])
def test_no_file_is_brought_to_another_place(memory, name):
    memory.store[f"{ROOT}/{name}"] = memory.store.pop("/councils/other/data/x")

    with pytest.raises(WorkbookError, match="leads out of it"), local_copy(URL, MONTHS):
        pass


def test_no_published_file_is_brought_to_another_place(memory):
    files = {"/x": (f"{ROOT}/data/results/2024-06.csv", "")}
    commit = {"run": "", "files": files, "lists": {}}
    memory.pipe_file(f"{ROOT}/outputs/.runs/000001.json", json.dumps(commit).encode())

    with pytest.raises(WorkbookError, match="leads out of it"), local_copy(URL, MONTHS):
        pass


def test_councils_are_folders_that_match(memory):
    memory.pipe_file("/councils/README.md", b"")

    assert addresses.workbooks("memory://councils/*") == [URL, "memory://councils/other"]


def test_storage_must_be_able_to_refuse_one_of_two():
    with pytest.raises(WorkbookError, match="can't stop one run from overwriting another"):
        Remote("file:///councils/fenwold", MONTHS)
    with pytest.raises(WorkbookError, match=r"can't be reached.*gcsfs"):
        Remote("gs://bucket/fenwold", MONTHS)
