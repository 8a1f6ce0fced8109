"""The ledger: what is read back, what is noticed, what a kill, a full disk or a rival leaves."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scorecard import disk
from scorecard.errors import LedgerError
from scorecard.ledger import ledger
from scorecard.ledger.entry import LoadedFile, parse
from support.holding import held_elsewhere
from support.loads import HEADER, again, make, results, state
from support.places import REPOSITORY, TESTS
from support.workbooks import make_workbook


@pytest.fixture
def workbook(tmp_path):
    return make_workbook(tmp_path, {"2016-07": "shire,h,all,1,2", "2016-08": "shire,h,all,3,4"})


def test_a_workbook_without_a_ledger_has_no_loads(workbook):
    assert ledger.read(workbook) == ()
    ledger.recover(workbook)
    assert not workbook.loads.exists()


def test_a_load_is_read_back_as_it_was_written(workbook):
    file = LoadedFile(name="late.csv", sha256="0" * 64, rows=2)
    published = {"2016-07": 1, "2016-08": None}
    first = make(workbook)
    second = make(workbook, why="Why: because\n- of “this” #1", files=(file,), published=published)

    assert ledger.read(workbook) == (first, second)
    assert (first.load, first.previous) == (1, None)
    assert second.previous == disk.text_hash(workbook.loads / "0001/load.yml")
    assert second.files == (file,)
    assert second.published == published


def test_load_yml_reads_as_agreed(workbook):
    make(workbook, published={"2016-08": 1})

    text = (workbook.loads / "0001/load.yml").read_text()
    assert text.startswith(
        "load: 1\nloaded_at: '2016-09-01T12:00:00+00:00'\nloaded_by: Jane Analyst\n"
        "why: Late records\nfiles: []\nadded: 1\nchanged: 0\nremoved: 0\nchanges_sha256: "
    )
    assert text.endswith("previous: null\npublished:\n  2016-08: 1\n")


def test_a_load_puts_its_results_in_place_and_leaves_nothing_else(workbook):
    make(workbook)

    assert results(workbook) == {"new"}
    assert {path.name for path in (workbook.loads / "0001").iterdir()} == {
        "load.yml",
        "changes.csv",
    }
    assert not (workbook.loads / ".new").exists()


def test_the_numbers_go_on_after_9999(workbook):
    assert ledger.folder(workbook, 12).name == "0012"
    assert ledger.folder(workbook, 12345).name == "12345"


def three_loads(workbook):
    for text in "abc":
        make(workbook, text)
    return workbook.loads


def entry(path, old, new):
    file = path / "load.yml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


DAMAGE = {
    "a load is missing": (
        lambda loads: shutil.rmtree(loads / "0002"),
        r"data/loads/0002 is missing, though 0003 is there",
    ),
    "an entry was edited": (
        lambda loads: entry(loads / "0002", "Late records", "Early records"),
        r"data/loads/0002/load\.yml was modified after load 3",
    ),
    "changes were edited": (
        lambda loads: (loads / "0003/changes.csv").write_text(HEADER + "other"),
        r"data/loads/0003/changes\.csv was modified after load 3",
    ),
    "changes are missing": (
        lambda loads: (loads / "0001/changes.csv").unlink(),
        r"data/loads/0001/changes\.csv is missing",
    ),
    "an entry is missing": (
        lambda loads: (loads / "0001/load.yml").unlink(),
        r"data/loads/0001/load\.yml is missing",
    ),
    "an entry is empty": (
        lambda loads: (loads / "0003/load.yml").write_text(""),
        r"data/loads/0003/load\.yml is not a valid entry of the ledger: no keys",
    ),
    "an entry lacks a key": (
        lambda loads: entry(loads / "0003", "why: Late records\n", ""),
        r"0003/load\.yml is not a valid entry of the ledger: `why`: field required",
    ),
    "an entry has a wrong key": (
        lambda loads: entry(loads / "0003", "why:", "reason:"),
        r"0003/load\.yml is not a valid entry of the ledger: `(why|reason)`",
    ),
    "an entry is no YAML": (
        lambda loads: (loads / "0003/load.yml").write_text("load: [\n"),
        r"0003/load\.yml is not a valid entry of the ledger: ",
    ),
    "an entry is not text": (
        lambda loads: (loads / "0003/load.yml").write_bytes(b"\xff\xfe\x00"),
        r"0003/load\.yml is not a valid entry of the ledger: ",
    ),
    "a folder has another load's number": (
        lambda loads: shutil.copytree(loads / "0003", loads / "0004"),
        r"data/loads/0004/load\.yml says it is load 3",
    ),
    "a folder has no number": (
        lambda loads: shutil.copytree(loads / "0003", loads / "0003 (copy)"),
        r"data/loads/0003 \(copy\) is not a load",
    ),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_a_ledger_that_was_touched_is_noticed_and_named(workbook, what):
    damage, message = DAMAGE[what]
    damage(three_loads(workbook))

    with pytest.raises(LedgerError, match=message) as caught:
        ledger.read(workbook)
    assert "bring the original back" in str(caught.value) or "Move it out" in str(caught.value)


def test_line_ends_of_windows_are_no_damage(workbook):
    loads = three_loads(workbook)
    for path in [*loads.glob("*/load.yml"), *loads.glob("*/changes.csv")]:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert len(ledger.read(workbook)) == 3


def test_a_text_s_hash_is_the_same_wherever_a_chunk_ends(tmp_path, monkeypatch):
    text = tmp_path / "text"
    text.write_bytes(b"a\nbc\n\r\r\n\nd\r")
    wanted = disk.text_hash(text)
    text.write_bytes(b"a\r\nbc\r\n\r\r\n\nd\r")
    for size in range(1, 14):
        monkeypatch.setattr(disk, "CHUNK", size)
        assert disk.text_hash(text) == wanted, size


def test_other_files_in_the_folder_are_no_loads(workbook):
    loads = three_loads(workbook)
    (loads / ".DS_Store").write_text("x")
    (loads / "README.md").write_text("x")

    assert len(ledger.read(workbook)) == 3


@pytest.mark.parametrize("content", [b"1", b"[]", b"load: 1", b"\x00", b"{1: 2}", b"a: &a [*a]"])
def test_an_entry_that_is_none_is_reported_in_a_sentence(content):
    with pytest.raises(ValueError, match=r"."):
        parse(content)


def test_a_name_of_a_file_never_holds_its_folder():
    with pytest.raises(ValueError, match="name"):
        LoadedFile(name="secret/late.csv", sha256="0" * 64, rows=1)


# What an interrupted load leaves.


def test_results_that_are_not_yet_in_place_are_moved_there(workbook):
    make(workbook)
    pending = workbook.loads / "0001/results"
    pending.mkdir()
    (pending / "2016-08.csv").write_text("rolled forward")
    ledger.recover(workbook)

    assert workbook.month_results("2016-08").read_text() == "rolled forward"
    assert not pending.exists()


def test_a_load_without_a_number_is_forgotten(workbook):
    make(workbook)
    (workbook.loads / ".new/results").mkdir(parents=True)
    (workbook.loads / ".new/results/2016-08.csv").write_text("half")
    ledger.recover(workbook)

    assert not (workbook.loads / ".new").exists()
    assert results(workbook) == {"new"}


def test_a_reader_leaves_a_load_alone_that_is_being_written(workbook):
    with ledger.locked(workbook):
        (workbook.loads / ".new").mkdir()
        ledger.recover(workbook)

        assert (workbook.loads / ".new").exists()


def test_the_next_load_finishes_what_was_begun(workbook):
    make(workbook)
    pending = workbook.loads / "0001/results"
    pending.mkdir()
    (pending / "2016-08.csv").write_text("rolled forward")
    with ledger.locked(workbook):
        assert workbook.month_results("2016-08").read_text() == "rolled forward"


def test_a_load_waits_for_another_and_then_says_so(workbook, monkeypatch):
    monkeypatch.setattr(ledger, "PATIENCE", 0.2)
    imports = """
from scorecard.ledger import ledger
from scorecard.workbook import Workbook
"""
    lock = f"ledger.locked(Workbook.at({str(workbook.root)!r}))"
    with (
        held_elsewhere(imports, lock),
        pytest.raises(LedgerError, match="another load is being written"),
    ):
        make(workbook)
    assert make(workbook).load == 1


@pytest.mark.parametrize("problem", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_an_error_at_any_touch_of_the_disk_leaves_all_or_nothing(workbook, monkeypatch, problem):
    """Each call of the system in turn fails once; afterwards everything works again."""
    make(workbook, "old")
    seen = set()
    for nth in range(1, 200):
        book, calls = again(workbook), 0
        with monkeypatch.context() as patch:

            def failing(function, nth=nth):
                def call(*arguments, **named):
                    nonlocal calls
                    calls += 1
                    if calls == nth:
                        raise OSError(problem, os.strerror(problem))
                    return function(*arguments, **named)

                return call

            for name in ("rename", "replace", "rmdir", "fsync", "mkdir", "unlink", "open"):
                patch.setattr(os, name, failing(getattr(os, name)))
            patch.setattr(Path, "write_text", failing(Path.write_text))
            patch.setattr(Path, "open", failing(Path.open))
            with contextlib.suppress(LedgerError):
                make(book, "new")
        if calls < nth:
            break
        ledger.recover(book)
        seen.add(state(book))
        assert not (book.loads / ".new").exists()
    assert calls < nth, "every call should have had its turn"
    assert seen == {(1, "old"), (2, "new")}


KILLER = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from support.kills import attempt
from support.loads import again, make, state
from scorecard.ledger import ledger
from scorecard.workbook import Workbook

workbook = Workbook.at(sys.argv[1])
make(workbook, "old")
kills, seen = 0, set()
for n in range(1, 10_000):
    book = again(workbook)
    ended = attempt(lambda: make(book, "new"), book.root, n)
    if ended == 0:
        break
    assert ended == -signal.SIGKILL, ended
    kills += 1
    ledger.recover(book)
    seen.add(state(book))
    assert {{path.name for path in book.loads.iterdir()}} <= {{".lock", "0001", "0002"}}, n
assert seen == {{(1, "old"), (2, "new")}}, seen
print(kills)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the killing is done in forks")
def test_a_kill_at_any_touch_of_the_disk_leaves_all_or_nothing(workbook):
    done = subprocess.run(
        [sys.executable, "-c", KILLER.format(tests=str(TESTS)), str(workbook.root)],
        capture_output=True, text=True, cwd=REPOSITORY,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout) > 15, "every touch of the disk should have been a chance to die"


def test_a_ledger_that_can_not_be_written_says_so(workbook):
    workbook.loads.write_text("a file")
    with pytest.raises(LedgerError, match="the ledger can't be written"):
        make(workbook)


def test_a_half_finished_load_that_can_not_be_finished_says_so(workbook, monkeypatch):
    make(workbook)
    pending = workbook.loads / "0001/results"
    pending.mkdir()
    (pending / "2016-08.csv").write_text("rolled forward")

    def refuse(*_):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(pending))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with pytest.raises(LedgerError, match=r"interrupted and can't be finished: .*Read-only"):
            ledger.recover(workbook)
    ledger.recover(workbook)
    assert workbook.month_results("2016-08").read_text() == "rolled forward"


def test_nothing_to_recover_costs_no_lock(workbook, monkeypatch):
    make(workbook)
    monkeypatch.setattr(ledger, "FileLock", None)
    ledger.recover(workbook)


def test_on_windows_results_that_are_open_are_reported_before_anything_is_loaded(workbook, windows):
    make(workbook, "one")
    path = workbook.month_results("2016-08")
    with (
        path.open("rb"),
        pytest.raises(
            LedgerError,
            match=rf"^the load can't be written: data/results/{path.name}: this user has no "
            r"permission, or a program has it open \(.*\)\. Nothing was loaded\.$",
        ),
    ):
        make(workbook, "two")
    assert len(ledger.read(workbook)) == 1

    make(workbook, "two")
    assert len(ledger.read(workbook)) == 2
