"""The store as a file: built when its inputs change, swapped in whole, read by many."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from makers import HEADER, make_workbook
from scorecard import store
from scorecard.errors import MonthError, StoreError, UnknownNameError
from scorecard.months import Month
from scorecard.store import Store

THIS = Month(2016, 8)
HERE = Path(__file__).parent


@pytest.fixture
def workbook(tmp_path):
    return make_workbook(tmp_path, {"2016-08": "shire,h,all,90,100"})


def change(workbook, num: int) -> None:
    """New figures, as a month's correction would bring them."""
    path = workbook.root / "data/results/2016-08.csv"
    path.write_text(f"{HEADER}2016-08,shire,h,all,{num},100,published\n", encoding="utf-8")


def figure(workbook) -> float:
    with Store.open(workbook) as opened:
        return opened.sql("SELECT num FROM results")["num"][0]


def identity(workbook) -> int:
    """Which file the store is: another one after each build."""
    return workbook.store.stat().st_ino


def test_it_is_built_when_it_is_missing_and_not_again_while_nothing_changes(workbook):
    assert figure(workbook) == 90
    built = workbook.store.stat()
    assert figure(workbook) == 90

    assert workbook.store.stat().st_mtime_ns == built.st_mtime_ns
    assert identity(workbook) == built.st_ino


@pytest.mark.parametrize("name", ["units", "indicators", "targets"])
def test_it_is_built_again_when_a_catalogue_file_changes(workbook, name):
    before = store.refresh(workbook)
    path = workbook.reference(name)
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")

    assert store.refresh(workbook) != before


def test_it_is_built_again_when_a_result_changes_or_a_month_comes_or_an_option_appears(workbook):
    seen = [store.refresh(workbook)]
    change(workbook, 91)
    seen.append(store.refresh(workbook))
    (workbook.root / "data/results/2016-07.csv").write_text(HEADER, encoding="utf-8")
    seen.append(store.refresh(workbook))
    workbook.reference("provenance").write_text(
        "provenance,marker,count_marker,footnote\n", encoding="utf-8"
    )
    seen.append(store.refresh(workbook))

    assert len(set(seen)) == 4
    assert figure(workbook) == 91


def test_it_is_built_again_when_the_sql_changes(workbook, monkeypatch):
    before = store.fingerprint(workbook)
    files = store.sql_files
    monkeypatch.setattr(store, "sql_files", lambda folder: files(folder)[:-1])

    assert store.fingerprint(workbook) != before


def test_a_new_report_sees_new_results_while_an_old_one_is_still_open(workbook):
    """As in JupyterLab, where a cell is run again with the report before it still in hand."""
    with Store.open(workbook) as before:
        change(workbook, 95)
        built = store.refresh(workbook)
        inode = identity(workbook)

        assert figure(workbook) == 95
        assert store.refresh(workbook) == built
        assert identity(workbook) == inode, "the store was built again though nothing changed"
        assert before.sql("SELECT num FROM results")["num"][0] == 90


@pytest.mark.parametrize("length", [0, 10, 5000, 100_000])
def test_a_cut_off_store_is_built_again(workbook, length):
    store.refresh(workbook)
    workbook.store.write_bytes(workbook.store.read_bytes()[:length])

    assert figure(workbook) == 90


def test_a_file_that_is_no_store_is_replaced(workbook):
    workbook.store.write_text("not a database", encoding="utf-8")

    assert figure(workbook) == 90


def test_a_store_without_the_tables_of_this_version_is_built_again(workbook):
    with duckdb.connect(str(workbook.store)) as other:
        other.execute("CREATE TABLE something AS SELECT 1")

    assert figure(workbook) == 90


OLDER = """CREATE TABLE about (version INTEGER, made DATE);
INSERT INTO about VALUES (1, '2020-01-01');
CREATE TABLE results (month DATE, value DOUBLE);"""


@pytest.mark.parametrize("schema", [OLDER, OLDER.replace("version INTEGER", "built_from TEXT")])
def test_a_store_of_an_older_schema_is_built_again(workbook, schema):
    with duckdb.connect(str(workbook.store)) as older:
        older.execute(schema)

    assert figure(workbook) == 90


@pytest.mark.parametrize("place", [8, 12, 4096, 4096 + 8], ids=str)
def test_a_store_in_another_format_of_duckdb_is_built_again(workbook, place):
    store.refresh(workbook)
    content = bytearray(workbook.store.read_bytes())
    content[place : place + 4] = b"\xff\xff\xff\xff"
    workbook.store.write_bytes(content)

    assert figure(workbook) == 90


@pytest.mark.parametrize("change_it", [False, True])
def test_a_store_that_another_process_writes_to_is_built_beside_it(workbook, change_it):
    store.refresh(workbook)
    code = "import duckdb, sys\nc = duckdb.connect(sys.argv[1])\nprint('open', flush=True)\ninput()"
    with subprocess.Popen(
        [sys.executable, "-c", code, workbook.store],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as writer:  # fmt: skip
        assert writer.stdout.readline() == "open\n"
        if change_it:
            change(workbook, 91)
        assert figure(workbook) == (91 if change_it else 90)
        writer.communicate("\n")
    assert figure(workbook) == (91 if change_it else 90)


def test_a_store_that_another_process_builds_for_too_long_is_told(workbook, monkeypatch):
    monkeypatch.setattr(store, "PATIENCE", 0.1)
    lock = workbook.store.with_suffix(".duckdb.lock")
    with (
        FileLock(lock),
        pytest.raises(StoreError, match="another process has been building data/scorecard"),
    ):
        store.refresh(workbook)


ANSWER = """
import sys
from scorecard.store import Store
from scorecard.workbook import Workbook
with Store.open(Workbook.at(sys.argv[1])) as store:
    print(store.sql("SELECT num FROM results")["num"][0])
"""


def as_anybody(*command):
    """Run a command without the power of root to write where it must not."""
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("root can write everywhere")
        command = ("setpriv", "--bounding-set", "-dac_override,-fowner", *command)
    return subprocess.run(command, capture_output=True, text=True)


@pytest.mark.skipif(os.name != "posix", reason="permissions")
def test_in_a_folder_that_can_not_be_written_a_current_store_is_read_and_an_old_one_told(workbook):
    store.refresh(workbook)
    folder = workbook.store.parent
    (folder / "scorecard.duckdb.lock").unlink()
    folder.chmod(0o555)
    try:
        done = as_anybody(sys.executable, "-c", ANSWER, workbook.root)
        assert (done.stdout.strip(), done.stderr) == ("90.0", "")
        folder.chmod(0o755)
        change(workbook, 91)
        folder.chmod(0o555)
        done = as_anybody(sys.executable, "-c", ANSWER, workbook.root)
        assert (
            "StoreError: data/scorecard.duckdb can't be written: Permission denied" in done.stderr
        )
        assert "Make its folder writable" in done.stderr
    finally:
        folder.chmod(0o755)


def test_it_opens_for_reading_only_and_for_many(workbook):
    with Store.open(workbook) as one, Store.open(workbook) as two:
        for opened in (one, two):
            assert opened.sql("SELECT num FROM results")["num"][0] == 90
            with pytest.raises(duckdb.InvalidInputException, match="read-only"):
                opened.sql("DELETE FROM result_versions")


def test_nothing_but_the_store_is_left_beside_it(workbook):
    store.refresh(workbook)

    assert {path.name for path in workbook.store.parent.glob("scorecard*")} <= {
        "scorecard.duckdb", "scorecard.duckdb.lock",
    }  # fmt: skip


def test_an_unwritable_place_is_told_and_nothing_is_lost(workbook):
    workbook.store.mkdir()
    (workbook.store / "somebody's").touch()
    with pytest.raises(StoreError, match=r"data/scorecard.duckdb can't be written: .+unchanged"):
        store.refresh(workbook)

    assert (workbook.store / "somebody's").exists()


def test_a_folder_with_a_quote_in_its_name_is_no_obstacle(tmp_path):
    workbook = make_workbook(tmp_path / "o'brien's", {"2016-08": "shire,h,all,90,100"})

    assert figure(workbook) == 90


def test_a_bare_prompt_gets_the_answers_of_the_macros(workbook):
    store.refresh(workbook)
    with duckdb.connect(str(workbook.store), read_only=True) as prompt:
        found = prompt.sql("FROM scorecard('shire', '2016-08')").filter("code = 'h'")
        ratings = found.project("rating").fetchall()
        for question in (
            "activity('shire', '2016-08')",
            "uasc_impact('shire', '2016-08')",
            "trend('shire', 'h', '2016-08')",
            "rating_totals('shire', '2016-08')",
            "reconciliation('shire', '2016-08')",
            "units_within('shire')",
        ):
            prompt.sql(f"FROM {question}").fetchall()

    assert ratings == [("green",)]


REFRESH = """
import sys
from scorecard import store
from scorecard.workbook import Workbook
workbook = Workbook.at(sys.argv[1])
build = store._build
def counted(*arguments):
    with open(sys.argv[2], "a") as file:
        file.write("built\\n")
    build(*arguments)
store._build = counted
store.refresh(workbook)
"""


def test_who_only_looks_writes_nothing_and_sees_the_inputs_as_they_are(workbook):
    with store.look(workbook) as opened:
        assert opened.sql("SELECT num FROM results")["num"][0] == 90
    assert not list(workbook.store.parent.glob("scorecard*"))

    store.refresh(workbook)
    written = identity(workbook), workbook.store.stat().st_mtime_ns
    assert store.current(workbook)
    change(workbook, 91)
    assert not store.current(workbook)
    with store.look(workbook) as opened:
        assert opened.sql("SELECT num FROM results")["num"][0] == 91
    assert (identity(workbook), workbook.store.stat().st_mtime_ns) == written


def test_of_several_at_once_one_builds_and_the_others_wait(workbook, tmp_path):
    builds = tmp_path / "builds"
    running = [
        subprocess.Popen([sys.executable, "-c", REFRESH, workbook.root, builds]) for _ in range(3)
    ]

    assert [process.wait(60) for process in running] == [0, 0, 0]
    assert builds.read_text(encoding="utf-8") == "built\n"
    assert figure(workbook) == 90


KILLED = """
import os, signal, sys
from pathlib import Path
from scorecard import store
from scorecard.workbook import Workbook
def die(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)
{patch}
store.refresh(Workbook.at(sys.argv[1]))
"""


@pytest.mark.parametrize("patch", ["store.load = die", "Path.replace = die"])
def test_killed_while_building_it_leaves_the_old_store_and_is_built_next_time(workbook, patch):
    store.refresh(workbook)
    before = workbook.store.read_bytes()
    change(workbook, 95)
    with duckdb.connect(str(workbook.store), read_only=True) as reader:
        script = KILLED.format(patch=patch)
        ended = subprocess.run([sys.executable, "-c", script, workbook.root], check=False)

        assert ended.returncode == -9
        assert reader.execute("SELECT num FROM results").fetchone() == (90,)
    assert workbook.store.read_bytes() == before
    assert figure(workbook) == 95
    assert not list(workbook.store.parent.glob("*building*"))


def test_the_catalogue_names_units_kinds_and_months(workbook):
    found = store.catalogue(workbook)

    assert found.units["north"] == "North"
    assert found.kinds == {
        "county": ["shire"], "area": ["north", "south"], "team": ["north-team"],
    }  # fmt: skip
    assert found.months == ["2016-08"]


def test_an_unknown_unit_names_the_nearest(workbook):
    with (
        Store.open(workbook) as opened,
        pytest.raises(UnknownNameError, match="unknown unit `nroth`; did you mean `north`"),
    ):
        opened.scorecards(["shire", "nroth"], THIS)


def test_an_unknown_indicator_names_the_nearest(workbook):
    with (
        Store.open(workbook) as opened,
        pytest.raises(UnknownNameError, match="unknown indicator `rol`; did you mean `roll`"),
    ):
        opened.trends(["shire"], ["rol"], THIS)


def test_a_month_without_results_says_which_there_are(workbook):
    with (
        Store.open(workbook) as opened,
        pytest.raises(MonthError, match=r"no results for 2016-09: .* 2016-08 to 2016-08.*Add data"),
    ):
        opened.activity("shire", Month(2016, 9))
