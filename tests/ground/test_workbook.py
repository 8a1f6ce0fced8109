"""Where a workbook's files lie, and how a notebook finds its workbook."""

from __future__ import annotations

import pytest

from scorecard.errors import WorkbookError
from scorecard.months import Month
from scorecard.workbook import FOLDER_VARIABLE, VARIABLE, Workbook


@pytest.fixture
def folder(tmp_path):
    for name in ("data/results", "params", "notebooks/deep"):
        (tmp_path / name).mkdir(parents=True)
    return tmp_path.resolve()


def test_a_folder_without_data_and_params_is_no_workbook(tmp_path):
    (tmp_path / "data").mkdir()
    with pytest.raises(WorkbookError, match="is not a workbook: it has no folder `params/`"):
        Workbook.at(tmp_path)


def test_a_notebook_finds_the_nearest_workbook_above_it(folder, monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.chdir(folder / "notebooks/deep")

    assert Workbook.find().root == folder


def test_the_batch_s_word_goes_before_the_folder(folder, tmp_path_factory, monkeypatch):
    other = tmp_path_factory.mktemp("other")
    monkeypatch.setenv(VARIABLE, str(folder))
    monkeypatch.chdir(other)

    assert Workbook.find().root == folder


def test_without_a_workbook_the_message_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(
        WorkbookError, match=f"Start JupyterLab inside the workbook, or set {VARIABLE}"
    ):
        Workbook.find()


def test_the_store_may_be_in_another_folder_with_all_that_belongs_to_it(folder, monkeypatch):
    monkeypatch.setenv(FOLDER_VARIABLE, "/var/cache/scorecard")
    workbook, other = Workbook(folder), Workbook(folder / "elsewhere" / folder.name)
    parts = [workbook.store("a"), workbook.store_copy, workbook.withheld(Month(2016, 8))]

    assert {path.relative_to(workbook.built).parts[0] for path in parts} == {
        ".store", "scorecard.duckdb", "scorecard.withheld-2016-08.json"
    }  # fmt: skip
    assert str(workbook.built).startswith(f"/var/cache/scorecard/{folder.name}-")
    assert workbook.built.parent == other.built.parent
    assert workbook.built != other.built
    assert workbook.secret.parent == folder / "data"


def test_the_folder_of_the_store_does_not_depend_on_the_current_one(folder, monkeypatch):
    monkeypatch.setenv(FOLDER_VARIABLE, "stores")
    with pytest.raises(WorkbookError, match=f"{FOLDER_VARIABLE} is `stores`, which depends on"):
        Workbook(folder).stores  # noqa: B018


def test_results_come_oldest_first(folder):
    for name in ("2016-08.csv", "2015-12.csv", "notes.txt"):
        (folder / "data/results" / name).touch()

    assert [path.name for path in Workbook.at(folder).results()] == ["2015-12.csv", "2016-08.csv"]


def test_paths_are_shown_from_the_workbook(folder, tmp_path_factory):
    workbook = Workbook.at(folder)
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    shown = workbook.show(workbook.commentary(Month(2016, 8), "17"))

    assert shown == "data/commentary/2016-08/17.md"
    assert workbook.show(elsewhere) == str(elsewhere)
