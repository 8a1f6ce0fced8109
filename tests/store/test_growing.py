"""A store that grows out of the one before holds what a full build holds, table by table."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard.errors import InputFaultsError
from scorecard.store import building, growing
from scorecard.store.store import in_memory
from support.growing_council import STEPS, Council
from support.workbooks import HEADER, added_up, make_workbook

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(autouse=True)
def grown(monkeypatch):
    """Stores grow whatever share of their months changes; of each refresh, whether it did."""
    monkeypatch.setattr(growing, "AT_MOST", 0)
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


SEEDS = st.integers(0, 10_000)
SLOW = [HealthCheck.function_scoped_fixture]


@settings(max_examples=1, deadline=None, derandomize=True, suppress_health_check=SLOW)
@given(seed=SEEDS, steps=st.lists(st.sampled_from(STEPS), min_size=5, max_size=5))
def test_after_whatever_happens_it_holds_what_a_full_build_holds(grown, seed, steps):
    compare_after(seed, steps)


@pytest.mark.parametrize("step", STEPS)
def test_after_each_thing_that_can_happen_it_holds_what_a_full_build_holds(grown, step):
    compare_after(STEPS.index(step), [Council.load_after_publishing, step])

    assert sum(grown) == (1 if step is Council.change_catalogue else 2)


@pytest.mark.thorough
@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(seed=SEEDS, steps=st.lists(st.sampled_from(STEPS), min_size=3, max_size=8))
def test_after_much_that_happens_it_holds_what_a_full_build_holds(grown, seed, steps):
    compare_after(seed, steps)


def test_a_month_that_changes_is_taken_in_and_any_other_change_builds_the_store(tmp_path, grown):
    workbook = make_workbook(
        tmp_path, {"2016-07": "shire,h,all,9,10", "2016-08": "shire,h,all,9,9"}
    )
    building.refresh(workbook)
    text = workbook.month_results("2016-08").read_text()
    workbook.month_results("2016-08").write_text(text.replace(",9,9,", ",8,9,"))
    assert differences(workbook, building.refresh(workbook)) == []
    targets = workbook.reference("targets")
    targets.write_text(targets.read_text().replace("h,2015-04,90", "h,2015-04,91"))
    assert differences(workbook, building.refresh(workbook)) == []

    assert grown == [False, True, False]


@pytest.mark.parametrize("gone", ["2016-06", "2016-08"])
def test_the_figures_of_a_first_or_last_month_that_is_removed_go_with_it(tmp_path, grown, gone):
    months = ("2016-06", "2016-07", "2016-08")
    workbook = make_workbook(tmp_path, dict.fromkeys(months, "shire,h,all,9,10 shire,roll,all,1,2"))
    building.refresh(workbook)
    workbook.month_results(gone).unlink()
    assert differences(workbook, building.refresh(workbook)) == []
    assert grown == [False, True]


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
        assert building.intact(workbook, name)
    assert grown == [False, False, False]


def test_of_a_store_that_somebody_changed_nothing_is_kept(tmp_path, grown):
    workbook = make_workbook(
        tmp_path, {"2016-07": "shire,h,all,9,10", "2016-08": "shire,h,all,9,9"}
    )
    path = workbook.store(building.refresh(workbook))
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE result_versions SET num = 1")
    workbook.month_results("2016-08").unlink()
    assert differences(workbook, building.refresh(workbook)) == []
    assert grown == [False, False]
