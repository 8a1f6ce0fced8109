"""The installed package has all that a council needs beside its own `data/` and `params/`.

`tests/golden/test_second_council.py` publishes a month with it.
"""

from __future__ import annotations

import pytest

from support import council
from support.places import REPOSITORY
from support.wheel import Installed


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    return Installed(tmp_path_factory.mktemp("installed"))


@pytest.fixture
def book(tmp_path):
    return council.files(tmp_path / "book").root


def test_the_wheel_holds_the_package_the_notebooks_and_the_licence_only(installed):
    wanted = {
        "scorecard": REPOSITORY / "lib/scorecard", "scorecard/notebooks": REPOSITORY / "notebooks"
    }  # fmt: skip
    files = {
        f"{place}/{path.relative_to(folder).as_posix()}"
        for place, folder in wanted.items()
        for path in folder.rglob("*")
        if path.is_file() and not {"__pycache__", ".ipynb_checkpoints"} & {*path.parts}
    }
    found = {
        path.relative_to(installed.packages).as_posix()
        for path in installed.packages.rglob("*")
        if path.is_file()
    }

    assert {name for name in found if not name.startswith(installed.record.name)} == files
    assert (installed.record / "licenses/LICENSE").is_file()
    assert [*installed.commands] == ["scorecard"]


def test_messages_name_the_command_that_was_typed(installed, tmp_path, book):
    done = installed.run("scorecard", "--workbook", book, cwd=tmp_path)

    assert done.returncode == 2
    assert done.stderr.startswith("Usage: scorecard [OPTIONS] [MONTH]\n")
    assert "say which month, as in `scorecard 2016-08 --workbook " in done.stderr


def test_the_workbook_is_the_current_folder_if_no_option_names_another(installed, tmp_path, book):
    assert installed.run("scorecard", "status", cwd=book).stdout.startswith("Nothing is published")

    done = installed.run("scorecard", "status", cwd=tmp_path)
    assert done.returncode == 2
    assert f"{tmp_path} is not a workbook" in done.stderr


def test_a_workbook_s_own_notebooks_come_before_those_of_the_package(installed, book):
    (book / "notebooks").mkdir()
    (book / "notebooks/county.ipynb").write_text("{}", encoding="utf-8")
    done = installed.run("scorecard", "2024-06", "--dry-run", cwd=book)

    assert done.returncode == 2
    assert "notebooks/county.ipynb" in done.stderr
    assert "unknown notebook" not in done.stderr
