"""A store that grows out of the one before holds what a full build holds, table by table."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard.input_faults import InputFaultsError
from scorecard.store import building, growing, trusted
from scorecard.store.sql_files import query
from scorecard.store.store import in_memory
from scorecard.workbook import Workbook
from support import prepared
from support.growing_council import MONTHS, STEPS, Council
from support.workbooks import HEADER, added_up, make_workbook

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(autouse=True)
def grown(monkeypatch):
    """Stores grow whatever share of their months changes; of each refresh, whether it did.

    No file is read again to see that it holds what was put in: `differences` does that.
    """
    monkeypatch.setattr(growing, "AT_MOST", 0)
    monkeypatch.setattr(building, "_contents", lambda _: {("database", "as it is"): None})
    said: list[bool] = []
    real = building._grown

    def watched(*arguments):
        found = real(*arguments)
        said.append(found is not None)
        return found

    monkeypatch.setattr(building, "_grown", watched)
    return said


def differences(workbook, name: str) -> list[tuple[str, str, tuple[object, ...]]]:
    """Each row that the store `name` has and a full build has not, or the other way round."""
    found: list[tuple[str, str, tuple[object, ...]]] = []
    with in_memory(workbook) as fresh:
        connection = fresh._connection
        connection.execute(f"ATTACH '{workbook.store(name)}' AS grown (READ_ONLY)")
        tables = "SELECT table_name FROM duckdb_tables() WHERE NOT temporary AND database_name = "
        here, there = (
            {table for (table,) in connection.execute(tables + kind).fetchall()}
            for kind in ("current_database()", "'grown'")
        )
        assert here == there
        for table in sorted(here):
            sums = f"SELECT count(*), sum(hash(t)) FROM {{}}.{table} AS t"  # noqa: S608 (ours)
            one, other = (
                connection.execute(sums.format(place)).fetchone() for place in ("memory", "grown")
            )
            if one == other:
                continue
            for one, other, words in (
                (f"grown.{table}", table, "more"),
                (table, f"grown.{table}", "less"),
            ):
                rows = connection.execute(f"FROM {one} EXCEPT ALL FROM {other}").fetchall()
                found += [(table, words, row) for row in rows]
    return found


def compare_after(seed: int, steps: list[Callable[[Council], None]]) -> None:
    """Take steps with a council's files; its store holds after each what a full build holds."""
    with tempfile.TemporaryDirectory() as folder:
        council = Council(Path(folder), Random(seed))  # noqa: S311 (no secret)
        building.refresh(council.workbook)
        for step in steps:
            step(council)
            name = building.refresh(council.workbook)
            assert differences(council.workbook, name) == [], step.__name__


@pytest.mark.parametrize("steps", [STEPS[:3], STEPS[3:]], ids=["edits", "loads"])
def test_after_each_thing_that_can_happen_it_holds_what_a_full_build_holds(grown, steps):
    compare_after(1, steps)

    assert grown == [False, *(step is not Council.change_catalogue for step in steps)]


@pytest.mark.thorough
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 10_000), steps=st.lists(st.sampled_from(STEPS), min_size=3, max_size=8))
def test_after_much_that_happens_it_holds_what_a_full_build_holds(grown, seed, steps):
    compare_after(seed, steps)


def test_the_figures_of_a_first_or_last_month_that_is_removed_go_with_it(tmp_path, grown):
    months = ("2016-05", "2016-06", "2016-07", "2016-08")
    workbook = make_workbook(tmp_path, dict.fromkeys(months, "shire,h,all,9,10 shire,roll,all,1,2"))
    building.refresh(workbook)
    for gone in ("2016-05", "2016-08"):
        workbook.month_results(gone).unlink()
        assert differences(workbook, building.refresh(workbook)) == []
    assert grown == [False, True, True]


def test_a_unit_of_which_no_earlier_result_is_left_is_no_longer_missing_in_a_sum(tmp_path, grown):
    workbook = make_workbook(
        tmp_path,
        {"2016-06": "south,flow,all,3, north,flow,all,1,", "2016-07": "north,flow,all,2,"},
        indicators=added_up("flow"),
    )
    building.refresh(workbook)
    june = workbook.month_results("2016-06")
    june.write_text(june.read_text().replace("2016-06,south,flow,all,3,,published\n", ""))
    name = building.refresh(workbook)

    assert differences(workbook, name) == []
    with building.connect(workbook, name) as connection:
        july = "SELECT num FROM figures WHERE (unit, code, month) = ('shire', 'flow', '2016-07-01')"
        assert connection.execute(july).fetchall() == [(2,)]
    assert grown == [False, True]


def test_a_fault_is_that_of_a_full_build_and_the_store_before_stays(tmp_path, grown):
    workbook = make_workbook(
        tmp_path, {"2016-07": "shire,h,all,9,10", "2016-08": "shire,h,all,9,9"}
    )
    name = building.refresh(workbook)
    for line in ("shire,x,all,9,10,published", "shire,h,all,9,10,another"):
        workbook.month_results("2016-08").write_text(f"{HEADER}2016-08,{line}\n")
        with pytest.raises(InputFaultsError) as caught:
            in_memory(workbook)
        with pytest.raises(InputFaultsError) as found:
            building.refresh(workbook)
        assert str(found.value) == str(caught.value)
        assert trusted.intact(workbook, name)
    assert grown == [False, False, False]


def test_of_a_store_that_somebody_changed_nothing_is_kept(tmp_path, grown):
    workbook = make_workbook(
        tmp_path, {"2016-07": "shire,h,all,9,10", "2016-08": "shire,h,all,9,9"}
    )
    path = workbook.store(building.refresh(workbook))
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE result_versions SET num = 1")
    workbook.month_results("2016-08").unlink()
    building.refresh(workbook)
    assert grown == [False, False]


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """A council whose load has a year of results of two indicators, with and without UASC."""
    made = Council(tmp_path_factory.mktemp("started"), Random(1))  # noqa: S311 (no secret)
    made.results = {
        (month, "shire", code, cohort): ("6", "9", "published")
        for month in MONTHS[:12]
        for code in ("roll", "ytd")
        for cohort in ("all", "excluding_uasc")
    }
    made.load({}, {})
    building.refresh(made.workbook)
    return made


@pytest.fixture
def council(started, tmp_path):
    """The same council in a folder of its own."""
    made = deepcopy(started)
    made.workbook = Workbook.at(shutil.copytree(started.workbook.root, tmp_path / "council"))
    return made


def test_a_figure_is_revised_once_a_load_says_that_it_was_published(council, grown):
    before, last = dict(council.results), MONTHS[11]
    for code in ("roll", "ytd"):
        council.results[MONTHS[10], "shire", code, "excluding_uasc"] = ("4", "9", "published")
    council.write()
    building.refresh(council.workbook)
    council.load(before, {last: 1})
    name = building.refresh(council.workbook)

    assert differences(council.workbook, name) == []
    with building.connect(council.workbook, name) as connection:
        for table, code in (("figure_versions", "ytd"), ("short_term_figure_versions", "roll")):
            revised = (
                connection.table(table)
                .filter("revised")
                .project("code, cohort, strftime(month, '%Y-%m')")
            )
            assert revised.fetchall() == [(code, "excluding_uasc", last)]
    council.results[MONTHS[0], "shire", "roll", "all"] = ("7", "9", "published")
    council.write()
    assert differences(council.workbook, building.refresh(council.workbook)) == []
    assert grown == [True, True, True]


def test_a_load_that_was_taken_back_by_hand_is_one_of_the_loads(council, grown):
    before = dict(council.results)
    council.results[MONTHS[5], "shire", "roll", "all"] = ("7", "9", "published")
    council.load(before, {})
    council.results = before
    council.write()
    with prepared.writing():  # the file is read again, as those of users are
        name = building.refresh(council.workbook)
    assert differences(council.workbook, name) == []
    assert grown == [True]


def test_a_result_that_was_removed_by_hand_is_one_of_the_last_load(council, grown):
    for cohort in ("all", "excluding_uasc"):
        del council.results[MONTHS[5], "shire", "ytd", cohort]
    council.write()
    building.refresh(council.workbook)
    before = dict(council.results)
    council.results[MONTHS[8], "shire", "roll", "all"] = ("7", "9", "published")
    council.load(before, {})
    assert differences(council.workbook, building.refresh(council.workbook)) == []
    assert grown == [True, True]


def test_without_any_results_file_no_store_grows(council, grown):
    for path in council.workbook.results():
        path.unlink()
    with pytest.raises(InputFaultsError, match="there is no results file"):
        building.refresh(council.workbook)
    assert grown == [False]


def test_a_ledger_that_lost_a_load_builds_the_store(council, grown):
    before = dict(council.results)
    council.results[MONTHS[5], "shire", "roll", "all"] = ("7", "9", "published")
    council.load(before, {})
    building.refresh(council.workbook)
    shutil.rmtree(council.workbook.loads / "0002")
    building.refresh(council.workbook)
    assert grown == [True, False]


def test_what_reference_data_says_of_other_months_is_asked_again(council, grown):
    """A result that it has no place for, and a provenance of a data period."""
    before = dict(council.results)
    gone = (MONTHS[5], "north-team", "roll", "all")
    council.results[gone] = ("1", "9", "published")
    council.load(before, {})
    del council.results[gone]
    council.write()
    units = council.workbook.reference("units")
    units.write_text(
        "".join(f"{u}\n" for u in units.read_text().splitlines() if "north-team" not in u)
    )
    council.workbook.reference("period_provenance").write_text(
        f"month,unit,code,cohort,data_period,provenance\n{MONTHS[11]},shire,roll,all,R3M,estimate\n"
    )
    building.refresh(council.workbook)
    council.results[MONTHS[10], "shire", "roll", "all"] = ("7", "9", "published")
    council.write()
    assert differences(council.workbook, building.refresh(council.workbook)) == []
    assert grown == [False, True]


def test_a_store_grows_only_where_few_months_changed_and_its_figures_are_in_order(monkeypatch):
    monkeypatch.undo()
    inputs = {f"data/results/{month}.csv": month for month in MONTHS[:8]}
    one, two = ({**inputs, **dict.fromkeys(list(inputs)[:n], "another")} for n in (2, 3))
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE inputs AS SELECT unnest($n), unnest($h)",
                           {"n": list(inputs), "h": list(inputs.values())})  # fmt: skip
        connection.execute("CREATE TABLE figure_versions AS FROM range(10)")
        assert growing.months(connection, one) == MONTHS[:2]
        assert growing.months(connection, two) is None
        connection.execute("DELETE FROM figure_versions WHERE range < 6")
        assert connection.execute(query("room_to_grow")).fetchall() == [(False,)]
        assert growing.months(connection, one) is None


KILLED = """
import os, sys
from pathlib import Path
from scorecard.store import building, growing
from scorecard.workbook import Workbook
growing.AT_MOST = 0
building._work_out = lambda connection: os._exit(9)
building.refresh(Workbook.at(Path(sys.argv[1])))
"""
"""Let a store grow, in a process that ends while it does."""


def test_a_process_that_ends_while_a_store_grows_leaves_the_one_before(council, grown):
    workbook = council.workbook
    before = trusted.current(workbook)
    assert before
    figure = (
        "SELECT num FROM figures WHERE month = '2015-01-01' AND cohort = 'all' AND unit = 'shire'"
    )
    with building.connect(workbook, before) as reader:
        answer = reader.execute(figure).fetchall()
        council.results[MONTHS[6], "shire", "roll", "all"] = ("7", "9", "published")
        council.write()
        ended = subprocess.run(
            [sys.executable, "-c", KILLED, str(workbook.root)],
            check=False, env={"PYTHONPATH": os.pathsep.join(sys.path), **os.environ},
        )  # fmt: skip
        assert ended.returncode == 9
        assert trusted.intact(workbook, before)
        assert [*workbook.stores.glob(f"{building.BUILDING}*")]
        name = building.refresh(workbook)
        assert reader.execute(figure).fetchall() == answer
    assert differences(workbook, name) == []
    assert not [*workbook.stores.glob(f"{building.BUILDING}*")]
    assert grown == [True]


def test_what_does_not_fit_in_memory_is_on_the_disk_while_a_store_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(building, "MEMORY", "20MiB")
    with building._writing(tmp_path / "new.duckdb") as connection:
        connection.execute("CREATE TEMP TABLE much AS SELECT hash(range) FROM range(3_500_000)")
        found = connection.execute("SELECT path FROM duckdb_temporary_files()").fetchall()
    assert found
    assert all(Path(path).is_relative_to(tmp_path) for (path,) in found)
    assert [path.name for path in tmp_path.iterdir()] == ["new.duckdb"]
