"""The store's file: it holds what its inputs give, or it is built again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import duckdb
import pytest
from filelock import FileLock

from scorecard import disk
from scorecard.errors import Notice, StoreError
from scorecard.store import building, sql_files, trusted
from scorecard.store.store import Store, in_memory
from scorecard.workbook import FOLDER_VARIABLE, STORE_VARIABLE, Workbook
from support import prepared
from support.one_figure import change, copied, figure, files, identities
from support.places import TESTS
from support.stores import stored
from support.workbooks import HEADER, INDICATORS, make_workbook


def test_it_is_built_when_it_is_missing_and_not_again_while_nothing_changes(workbook):
    name = building.refresh(workbook)
    before = identities(workbook, name)

    assert building.refresh(workbook) == name
    assert identities(workbook, name) == before
    assert figure(workbook) == copied(workbook) == 90


@pytest.mark.parametrize("name", ["units", "indicators", "targets"])
def test_it_is_due_again_when_a_catalogue_file_changes(workbook, name):
    before = stored(workbook)
    assert trusted.current(workbook) == before
    path = workbook.reference(name)
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")

    assert trusted.current(workbook) is None


def test_it_is_built_again_when_a_result_changes_or_a_month_comes_or_an_option_appears(workbook):
    stored(workbook)
    inputs = [trusted.fingerprint(workbook)]
    change(workbook, 91)
    inputs.append(trusted.fingerprint(workbook))
    (workbook.root / "data/results/2016-07.csv").write_text(HEADER, encoding="utf-8")
    inputs.append(trusted.fingerprint(workbook))
    workbook.reference("provenance").write_text(
        "provenance,marker,count_marker,footnote\n", encoding="utf-8"
    )
    inputs.append(trusted.fingerprint(workbook))
    name = building.refresh(workbook)

    assert len(set(inputs)) == 4
    assert name.startswith(inputs[-1][:16])
    assert figure(workbook) == copied(workbook) == 91
    assert files(workbook) == {f"{name}.duckdb"}


def test_inputs_that_change_while_it_is_built_make_no_store(workbook, monkeypatch):
    write = building._write

    def edited(*arguments):
        write(*arguments)
        change(workbook, 91)

    monkeypatch.setattr(building, "_write", edited)
    with pytest.raises(StoreError, match="changed while the store was built from them"):
        building.refresh(workbook)
    assert not files(workbook)


def test_a_new_report_sees_new_results_while_an_old_one_is_still_open(workbook):
    """As in JupyterLab, where a cell is run again with the report before it still in hand."""
    with Store.open(workbook) as before:
        change(workbook, 95)
        built = building.refresh(workbook)

        assert figure(workbook) == 95
        assert building.refresh(workbook) == built
        assert before.sql("SELECT num FROM results")["num"][0] == 90


def test_a_notebook_of_a_batch_reads_the_store_that_the_batch_checked(workbook, monkeypatch):
    name = stored(workbook)
    monkeypatch.setenv(STORE_VARIABLE, name)
    change(workbook, 91)
    assert figure(workbook) == 90

    monkeypatch.delenv(STORE_VARIABLE)
    assert figure(workbook) == 91
    monkeypatch.setenv(STORE_VARIABLE, name)
    with pytest.raises(StoreError, match=rf"data/\.store/{name}.duckdb is gone: the inputs have"):
        figure(workbook)


def test_figures_worked_out_unit_by_unit_are_those_worked_out_at_once(tmp_path, monkeypatch):
    """A large store is worked out some units at a time, which bounds the memory that it takes."""
    rows = "shire,7,all,{0},20 north,7,all,{0},9 north,7,excluding_uasc,1,9 shire,flow,all,3,"
    workbook = make_workbook(
        tmp_path,
        {f"2016-{month:02}": rows.format(month) for month in range(1, 9)},
        indicators=f"{INDICATORS}7,Section,By number,H,R12M,percent,monthly,,,\n",
    )
    tables = ("figure_versions", "short_term_figure_versions")
    with in_memory(workbook) as once:
        expected = [once.rows(f"FROM {table}") for table in tables]
    in_slices = [0]

    def sliced(name: str) -> str:
        in_slices[0] += name == "figures_of"
        return sql_files.sql(name).replace("400000", "1")

    monkeypatch.setattr(building, "sql", sliced)
    with prepared.nothing(), in_memory(workbook) as unit_by_unit:
        assert [
            unit_by_unit.rows(f"FROM {table} ORDER BY unit, code, cohort, month")
            for table in tables
        ] == expected
        assert in_slices == [unit_by_unit.rows("SELECT count(*) AS n FROM units")[0]["n"]]
    assert all(expected)


def test_what_other_tests_copy_is_what_a_build_makes(workbook):
    change(workbook, 77)
    with prepared.nothing():
        name = building.refresh(workbook)
    with building.connect(workbook, name) as built:
        whole = building._contents(built)
    for _ in ("macros are copied", "the store is kept", "the store is copied"):
        with in_memory(workbook) as made:
            assert building._contents(made._connection) == whole


# Held by another program


@contextmanager
def held_by_another_program(path: Path):
    """Another program has `path` open to write, so that nobody else can open it."""
    code = "import duckdb, sys\nc = duckdb.connect(sys.argv[1])\nprint('open', flush=True)\ninput()"
    with subprocess.Popen(
        [sys.executable, "-c", code, path],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as program:  # fmt: skip
        assert program.stdout.readline() == "open\n"
        yield
        program.communicate("\n")


@pytest.mark.parametrize("place", ["store", "copy"])
def test_what_another_program_has_open_is_in_nobody_s_way_when_inputs_change(workbook, place):
    name = stored(workbook)
    path = workbook.store_copy if place == "copy" else workbook.store(name)
    with held_by_another_program(path):
        change(workbook, 91)
        assert figure(workbook) == 91
    assert figure(workbook) == copied(workbook) == 91


def test_a_copy_that_another_program_writes_to_does_not_stop_a_store_that_is_current(workbook):
    stored(workbook)
    with held_by_another_program(workbook.store_copy):
        assert figure(workbook) == 90


def test_a_current_store_that_another_program_could_write_to_is_reported(workbook):
    name = stored(workbook)
    with (
        held_by_another_program(workbook.store(name)),
        pytest.raises(StoreError, match=rf"^data/\.store/{name}\.duckdb can't be opened: .*Close"),
    ):
        figure(workbook)
    assert figure(workbook) == 90


# On Windows, where what is open stays


def test_on_windows_a_store_that_is_open_is_in_nobody_s_way_and_goes_when_it_is_closed(
    workbook, windows
):
    with Store.open(workbook) as before:
        (old,) = files(workbook)
        change(workbook, 91)
        new = f"{building.refresh(workbook)}.duckdb"

        assert figure(workbook) == copied(workbook) == 91
        assert before.sql("SELECT num FROM results")["num"][0] == 90
        assert files(workbook) == {old, new}
    change(workbook, 92)
    assert figure(workbook) == 92
    assert len(files(workbook)) == 1


@pytest.mark.parametrize("suffix", ["", ".wal"])
def test_on_windows_a_copy_that_is_open_is_reported_and_brought_up_to_date_once_it_is_closed(
    workbook, windows, suffix
):
    stored(workbook)
    change(workbook, 91)
    path = workbook.store_copy.with_name(workbook.store_copy.name + suffix)
    with (
        path.open("ab"),
        pytest.warns(Notice, match=r"^data/scorecard\.duckdb, .*close that") as told,
    ):
        assert figure(workbook) == 91
    assert len(told) == 1
    workbook.store_copy.with_name(f"{workbook.store_copy.name}.wal").unlink(missing_ok=True)
    assert copied(workbook) == 90

    assert figure(workbook) == copied(workbook) == 91
    assert not list(workbook.store_copy.parent.glob(".scorecard*"))


def test_on_windows_a_scanner_that_looks_at_the_new_store_is_waited_for(
    workbook, windows, monkeypatch
):
    monkeypatch.setattr(disk, "PATIENCE", 5)
    fingerprint, scanners = trusted.fingerprint, []

    def scanned(book):
        """Called when the new store is written, and before it gets its name."""
        for path in book.stores.glob("*/new.duckdb"):
            scanner = path.open("rb")
            scanners.append(Timer(0.2, scanner.close))
            scanners[-1].start()
        return fingerprint(book)

    monkeypatch.setattr(trusted, "fingerprint", scanned)
    assert figure(workbook) == 90
    assert len(scanners) == 1


# Being built


def test_a_store_that_another_process_builds_for_too_long_is_reported(workbook, monkeypatch):
    monkeypatch.setattr(building, "PATIENCE", 0.1)
    lock = workbook.store_copy.with_suffix(".duckdb.lock")
    with (
        FileLock(lock),
        pytest.raises(StoreError, match=r"another process has been building the store in data/\."),
    ):
        building.refresh(workbook)


REFRESH = """
import sys
from scorecard.store import building
from scorecard import disk
from scorecard.workbook import Workbook
workbook = Workbook.at(sys.argv[1])
build = building._build
def counted(*arguments):
    with open(sys.argv[2], "a") as file:
        file.write("built\\n")
    return build(*arguments)
building._build = counted
building.refresh(workbook)
"""


def test_of_several_at_once_one_builds_and_the_others_wait(workbook, tmp_path):
    builds = tmp_path / "builds"
    running = [
        subprocess.Popen([sys.executable, "-c", REFRESH, workbook.root, builds]) for _ in range(2)
    ]

    assert [process.wait(60) for process in running] == [0, 0]
    assert builds.read_text(encoding="utf-8") == "built\n"
    assert figure(workbook) == 90


LOSSES = {
    "everything": "",
    "a table less": "DROP TABLE provenances",
    "a view less": "DROP VIEW results",
    "a macro less": "DROP MACRO TABLE scorecard",
    "another value": "UPDATE result_versions SET num = num + 1",
}


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_a_store_that_does_not_hold_what_was_put_in_is_not_used(workbook, monkeypatch, loss):
    stored(workbook)
    before = files(workbook)
    change(workbook, 91)
    opened = building._attached

    def lost(path):
        if not loss:
            path.unlink()
        with duckdb.connect(str(path)) as connection:
            connection.execute(loss or "CHECKPOINT")
        return opened(path)

    with monkeypatch.context() as patched:
        patched.setattr(building, "_attached", lost)
        with pytest.raises(StoreError, match="does not hold what was put in"):
            building.refresh(workbook)
        assert files(workbook) == before
        assert copied(workbook) == 90


def test_a_store_that_can_not_be_brought_to_the_disk_is_not_used(workbook, monkeypatch):
    stored(workbook)
    before = files(workbook)
    change(workbook, 91)

    def failing(descriptor):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", failing)
    told = r"can't be built in data/\.store\. .*\(Input/output error\)"
    with pytest.raises(StoreError, match=told):
        building.refresh(workbook)
    assert files(workbook) == before
    assert copied(workbook) == 90


def test_wrong_sql_of_our_own_is_not_blamed_on_the_disk(workbook, monkeypatch):
    monkeypatch.setattr(building, "fill", lambda connection, *_: connection.execute("FROM nowhere"))

    with pytest.raises(
        StoreError, match=r"own SQL failed\. Send .+ unchanged\. .+nowhere"
    ) as raised:
        building.refresh(workbook)
    assert "disk" not in str(raised.value)
    assert files(workbook) == set()


@pytest.mark.parametrize("step", ["copyfile", "replace"])
def test_a_copy_that_can_not_be_made_is_reported_and_the_store_is_used(workbook, monkeypatch, step):
    stored(workbook)
    change(workbook, 91)
    real = Path.replace

    def full(source, target, **_):
        if Path(target).name.endswith("scorecard.duckdb") or step == "copyfile":
            Path(source).with_name("part").touch()
            raise OSError(28, "No space left on device")
        return real(source, target)

    monkeypatch.setattr(*((shutil, step) if step == "copyfile" else (Path, step)), full)
    told = r"^data/scorecard.duckdb, the copy .* may be out of date.*: the disk is full \(No space"
    with pytest.warns(Notice, match=told):
        assert figure(workbook) == 91
    assert copied(workbook) == 90
    assert not list(workbook.store_copy.parent.glob(".scorecard*"))


def as_anybody(*command):
    """Run a command without the power of root to write where it must not."""
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("root can write everywhere")
        command = ("setpriv", "--bounding-set", "-dac_override,-fowner", *command)
    return subprocess.run(command, capture_output=True, text=True)


ANSWER = """
import sys
from scorecard.store.store import Store
from scorecard.workbook import Workbook
with Store.open(Workbook.at(sys.argv[1])) as store:
    print(store.sql("SELECT num FROM results")["num"][0])
"""


@pytest.mark.skipif(os.name != "posix", reason="permissions")
def test_in_a_folder_that_can_not_be_written_a_current_store_is_read_and_an_old_one_reported(
    workbook,
):
    building.refresh(workbook)
    workbook.store_copy.with_suffix(".duckdb.lock").unlink()
    folders = (workbook.store_copy.parent, workbook.stores)
    try:
        for mode in (0o555, 0o755):
            for folder in folders:
                folder.chmod(mode)
            if mode == 0o555:
                done = as_anybody(sys.executable, "-c", ANSWER, workbook.root)
                assert (done.stdout.strip(), done.stderr) == ("90.0", "")
        change(workbook, 91)
        for folder in folders:
            folder.chmod(0o555)
        done = as_anybody(sys.executable, "-c", ANSWER, workbook.root)
        assert "StoreError: the store can't be built in data/.store. Check whether" in done.stderr
        assert "(this user has no permission" in done.stderr
    finally:
        for folder in folders:
            folder.chmod(0o755)


def test_a_store_in_another_folder_leaves_the_data_as_they_were(workbook, tmp_path, monkeypatch):
    before = sorted((workbook.root / "data").rglob("*"))
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "far" / "away"))

    assert figure(workbook) == 90
    assert sorted((workbook.root / "data").rglob("*")) == before
    (folder,) = (tmp_path / "far/away").iterdir()
    assert {".store", "scorecard.duckdb"} <= {path.name for path in folder.iterdir()}


def test_two_workbooks_that_share_a_folder_keep_their_stores_apart(
    workbook, tmp_path_factory, monkeypatch
):
    shared = tmp_path_factory.mktemp("shared")
    monkeypatch.setenv(FOLDER_VARIABLE, str(shared))
    name = building.refresh(workbook)
    other = Workbook(shutil.copytree(workbook.root, shared / "other" / workbook.root.name))
    change(other, 91)

    assert (figure(workbook), figure(other)) == (90, 91)
    assert trusted.current(workbook) == name


def test_another_folder_that_can_not_be_made_is_reported(workbook, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "file"))
    with pytest.raises(StoreError, match=rf"can't be built in file/.+{FOLDER_VARIABLE} name"):
        building.refresh(workbook)


def test_an_unwritable_place_is_reported_and_nothing_is_lost(workbook):
    workbook.stores.write_text("somebody's", encoding="utf-8")
    with pytest.raises(StoreError, match=r"the store can't be built in data/\.store\. .+unchanged"):
        building.refresh(workbook)

    assert workbook.stores.read_text(encoding="utf-8") == "somebody's"


def test_what_a_killed_build_left_is_deleted_and_what_is_not_ours_stays(workbook):
    (workbook.stores / "building-killed").mkdir(parents=True)
    (workbook.stores / "building-killed/new.duckdb").touch()
    (workbook.stores / "notes.txt").touch()
    name = building.refresh(workbook)

    assert files(workbook) == {"notes.txt", f"{name}.duckdb"}


def squeezed(folder: Path, way: str, *before: str) -> list[tuple[object, object, list[str]]]:
    """What `squeezed_store.py` says of each step: its number, how it ended, what is wrong."""
    done = subprocess.run(
        [*before, sys.executable, TESTS / "support/squeezed_store.py", folder, way],
        env={**os.environ, "PYTHONPATH": str(TESTS)}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [tuple(step) for step in json.loads(done.stdout)]


def mounting() -> list[str]:
    """The words before a command that may mount: as root, or as root of a namespace of its own."""
    for words in (["unshare", "-m"], ["unshare", "-r", "-m"]):
        if shutil.which("unshare") and not subprocess.run(
            [*words, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True
        ).returncode:  # fmt: skip
            return words
    pytest.skip("no disk of a certain size can be mounted here")


@pytest.mark.thorough
@pytest.mark.skipif(os.name != "posix", reason="mounts and limits of Linux and macOS")
@pytest.mark.parametrize("way", ["room", "limit"])
def test_at_every_size_of_free_space_the_old_store_stays_or_a_whole_new_one_comes(tmp_path, way):
    steps = squeezed(tmp_path, way, *(mounting() if way == "room" else ()))
    told = [said for _, said, _ in steps if said]

    assert [(size, wrong) for size, _, wrong in steps if wrong] == []
    assert len(told) > 5
    assert all("What was there before is unchanged" in said for (said,) in told)
    assert [said for _, said, _ in steps][-2:] == [[], []]


@pytest.mark.thorough
@pytest.mark.skipif(os.name != "posix", reason="kills of Linux and macOS")
def test_killed_at_any_moment_it_leaves_the_old_store_or_a_whole_new_one(tmp_path):
    steps = squeezed(tmp_path, "kill")

    assert [(moment, wrong) for moment, _, wrong in steps if wrong] == []
    assert [status for _, status, _ in steps[:-1]] == [-9] * (len(steps) - 1)
    assert len(steps) > 10
