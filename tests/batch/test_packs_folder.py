"""The folder of packs: the published pack is old or new, never between."""

import json
import os
import subprocess
import sys
from threading import Timer

import pytest

from scorecard import disk
from scorecard.batch import belongings, failed_notebooks, packs_folder, swap
from scorecard.batch.packs_folder import PacksFolder
from scorecard.disk import file_hash
from scorecard.errors import OutputsError
from scorecard.months import Month
from support.batches import (
    MONTH,
    StandIn,
    contents,
    finished_pack,
    job,
    make_notebook,
    make_workbook,
    run,
)
from support.places import TESTS


@pytest.fixture
def outputs(tmp_path):
    return PacksFolder(tmp_path / "outputs")


def test_a_run_clears_away_what_a_killed_one_left(outputs):
    finished_pack(outputs.staging(MONTH), "half")
    finished_pack(outputs.staging(MONTH + 1), "half")
    with outputs.locked("a test"):
        assert not list(outputs.root.glob(".staging-*"))


def test_months_are_the_folders_with_a_record(outputs):
    for name in ("2024-06", "2024-05", "failed", "2024-13"):
        finished_pack(outputs.root / name, "x")
    (finished_pack(outputs.root / "2024-04", "no record") / belongings.RECORD).unlink()
    assert outputs.months() == [Month(2024, 5), Month(2024, 6)]


def test_a_kept_file_is_not_copied_where_it_can_be_linked(tmp_path, monkeypatch):
    source = tmp_path / "page.html"
    source.write_text("page")
    packs_folder.take(source, tmp_path / "new/page.html")
    assert (tmp_path / "new/page.html").samefile(source)
    monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError("no links here")))
    packs_folder.take(source, tmp_path / "copied/page.html")
    assert (tmp_path / "copied/page.html").read_text() == "page"


ATTEMPTS = """
import os, shutil, signal, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from support.batches import *
from support.kills import attempt as kills_at
from scorecard.batch import swap
from scorecard.batch.engine.tasks import Failed

root, exchange = Path(sys.argv[1]), sys.argv[2] != "two renames"
if not exchange:
    swap._exchange = lambda *_: False
outputs = PacksFolder(root / "outputs")
workbook = Workbook.at(root)
jobs = [job(root / "notebooks" / "page.ipynb", name) for name in ("a", "b", "c")]

class Failing(StandIn):
    def _result(self, work):
        failed = Result(work, None, Failed("no"))
        return failed if work.name == "a" else super()._result(work)

def attempt(pool, die_at, force=True):
    work = lambda: run(workbook, outputs, pool, jobs, force=force)
    return kills_at(work, outputs.root, die_at)

def state():
    return contents(outputs.pack(MONTH))

assert attempt(StandIn("old"), 0) == 0
old = state()
"""
KILLER = """
assert attempt(StandIn("new"), 0) == 0
new = state()
assert old != new and set(old) == set(new)
text, before, after, kills, seen = "old", new, old, 0, set()
for n in range(1, 10_000):
    ended = attempt(StandIn(text), n)
    if ended == 0:
        break
    assert ended == -signal.SIGKILL, ended
    kills += 1
    if exchange or outputs.pack(MONTH).exists():
        assert state() in (before, after), n      # before any recovery
    with outputs.locked("recovery"):
        found = state()
        assert found in (before, after), n        # and after it
        left = {{path.name for path in outputs.root.iterdir()}}
        assert left <= {{"2024-06", ".run.lock", ".run.json"}}, left
    seen.add("new" if found == after else "old")
    if found == after:                            # aim at the other text from now on
        text, before, after = ("new" if text == "old" else "old"), after, before
assert seen == {{"old", "new"}}, seen
print(kills)
"""


KILLER_WHEN_ONE_FAILS = """
(root / "params/wording.yml").write_text("council: Other\\nservice: Children\\n")
shutil.copytree(outputs.root, root / "before")
set_aside = 0
for n in range(1, 10_000):
    ended = attempt(Failing("new"), n, force=False)
    assert state() == old, n
    left = {{path.name for path in outputs.root.iterdir()}}
    set_aside += ".unpublished-2024-06" in left
    assert attempt(StandIn("new"), 0, force=False) == 0
    made = state()
    assert {{content for name, content in made.items() if name.endswith(".csv")}} == {{b"new"}}, n
    assert len(made) == len(old)
    left = {{path.name for path in outputs.root.iterdir()}}
    assert left <= {{"2024-06", ".run.lock"}}, left
    shutil.rmtree(outputs.root)
    shutil.copytree(root / "before", outputs.root)
    if ended == 0:
        break
    assert ended == -signal.SIGKILL, ended
assert set_aside > 1
print(n)
"""


@pytest.mark.thorough
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the killing is done in forks")
@pytest.mark.parametrize(
    "way",
    [
        "exchange",
        *(pytest.param(way, marks=pytest.mark.thorough) for way in ("two renames", "one fails")),
    ],
)
def test_a_kill_at_any_touch_of_the_disk_leaves_the_old_pack_or_the_new(tmp_path, way):
    make_workbook(tmp_path)
    make_notebook(tmp_path / "notebooks/page.ipynb")
    then = KILLER_WHEN_ONE_FAILS if way == "one fails" else KILLER
    code = (ATTEMPTS + then).format(tests=str(TESTS))
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), way], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 30, "every touch of the disk should have been a chance to die"


def test_a_full_disk_leaves_the_published_pack_as_it_was(tmp_path, outputs):
    resource = pytest.importorskip("resource")
    workbook, jobs = (
        make_workbook(tmp_path),
        [job(make_notebook(tmp_path / "notebooks/page.ipynb"))],
    )
    run(workbook, outputs, StandIn("old"), jobs)
    before = contents(outputs.pack(MONTH))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))
    try:
        with pytest.raises(OutputsError, match="published before is unchanged"):
            run(workbook, outputs, StandIn("new" * 10_000), jobs, force=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert contents(outputs.pack(MONTH)) == before
    assert not outputs.staging(MONTH).exists()


# On Windows, where what is open stays


@pytest.fixture
def published(tmp_path, outputs, windows):
    """A published month, and how to publish it again."""
    workbook = make_workbook(tmp_path / "workbook")
    jobs = [job(make_notebook(tmp_path / "notebooks/a.ipynb", "1"))]

    def publish(text):
        return run(workbook, outputs, StandIn(text), jobs, force=True)

    publish("one")
    return publish


@pytest.mark.parametrize("name", ["a.html", "downloads/a.csv"])
def test_on_windows_an_open_file_of_a_pack_is_named_before_anything_runs(outputs, published, name):
    before = contents(outputs.pack(MONTH))
    with (
        (outputs.pack(MONTH) / name).open("rb"),
        pytest.raises(
            OutputsError,
            match=rf"^the pack of 2024-06 can't be replaced: 2024-06/{name} is open in another "
            r"program\. Close it and run the month again$",
        ),
    ):
        published("two")
    assert contents(outputs.pack(MONTH)) == before

    assert published("two").published
    assert contents(outputs.pack(MONTH)) != before


def test_on_windows_files_that_are_opened_during_a_run_are_named_and_the_pack_stays(
    outputs, published, monkeypatch
):
    before = contents(outputs.pack(MONTH))
    names, opened = ("a.html", "downloads/a.csv"), []

    def flushed(staging):
        opened.extend((outputs.pack(MONTH) / name).open("rb") for name in names)

    with monkeypatch.context() as patched:
        patched.setattr(packs_folder, "flush", flushed)
        with pytest.raises(
            OutputsError,
            match=r"^the pack of 2024-06 can't be written: 2024-06/a.html, 2024-06/downloads/a.csv "
            r"are open in another program\. Close them and run the month again\. What was "
            r"published before is unchanged$",
        ):
            published("two")
    assert contents(outputs.pack(MONTH)) == before
    assert [path.name for path in outputs.root.iterdir() if path.is_dir()] == ["2024-06"]

    for each in opened:
        each.close()
    assert published("two").published
    assert contents(outputs.pack(MONTH)) != before


def test_on_windows_a_new_file_that_stays_open_keeps_the_pack_of_before(
    outputs, published, monkeypatch
):
    before = contents(outputs.pack(MONTH))
    flush, scanners = packs_folder.flush, []

    def scanned(staging):
        flush(staging)
        scanners.append((staging / "a.html").open("rb"))

    monkeypatch.setattr(packs_folder, "flush", scanned)
    with pytest.raises(OutputsError, match=r"\.staging-2024-06/a\.html is open in another program"):
        published("two")
    assert contents(outputs.pack(MONTH)) == before
    scanners.pop().close()
    monkeypatch.setattr(packs_folder, "flush", flush)

    assert published("two").published
    assert [path.name for path in outputs.root.iterdir() if path.is_dir()] == ["2024-06"]


def test_on_windows_a_scanner_that_looks_at_new_files_is_waited_for(
    outputs, published, monkeypatch
):
    monkeypatch.setattr(disk, "PATIENCE", 5)
    flush = packs_folder.flush

    def scanned(staging):
        flush(staging)
        Timer(0.2, (staging / "a.html").open("rb").close).start()

    monkeypatch.setattr(packs_folder, "flush", scanned)
    assert published("two").published


def test_on_windows_what_is_left_open_of_the_pack_before_is_deleted_by_a_later_run(
    outputs, published, monkeypatch
):
    real, left = swap.rename, []

    def opened(old, new):
        real(old, new)
        if new.name == ".previous-2024-06":
            left.append((new / "a.html").open("rb"))

    with monkeypatch.context() as patched:
        patched.setattr(swap, "rename", opened)
        assert published("two").published
    after = contents(outputs.pack(MONTH))
    with outputs.locked("a run while it is still open") as restored:
        assert restored == []
    left.pop().close()
    with outputs.locked("a run after it is closed"):
        pass

    assert contents(outputs.pack(MONTH)) == after
    assert [path.name for path in outputs.root.iterdir() if path.is_dir()] == ["2024-06"]


@pytest.mark.parametrize("place", ["failed", "unpublished"])
def test_on_windows_what_is_open_beside_the_packs_does_not_undo_a_publication(
    outputs, published, place
):
    kept = {
        "failed": outputs.failed(MONTH) / "old.ipynb",
        "unpublished": outputs.unpublished(MONTH) / "a.html",
    }[place]
    kept.parent.mkdir(parents=True)
    kept.write_text("old", encoding="utf-8")
    hashes = {kept.name: file_hash(kept)}
    if place == "failed":
        (kept.parent / failed_notebooks.KEPT).write_text(json.dumps(hashes), encoding="utf-8")
    else:
        record = {"month": "2024-06", "files": hashes, "appendices": []}
        (kept.parent / belongings.RECORD).write_text(json.dumps(record), encoding="utf-8")
    with kept.open("rb"):
        assert published("two").published
        assert kept.exists()
    assert published("three").published
    assert not kept.exists()
