"""What `import scorecard` does to a notebook: errors in brief, and helper code as it is now."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from scorecard import reloading
from scorecard.workbook import STORE_VARIABLE
from support.places import REPOSITORY

PROGRAM = """
import json, os, sys
from pathlib import Path
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance(colors="nocolor")
shown = []
shell._showtraceback = lambda kind, error, lines: shown.append("\\n".join(lines))
def cell(source):
    shell.run_cell(source, store_history=True)
    return shown.pop() if shown else ""
helper = Path(sys.argv[1]) / "helper.py"
helper.write_text("def answer(): return 1")
sys.path.insert(0, sys.argv[1])
cell("from scorecard.report import Report\\nreport = Report('2016-08', 'kent')")
found = {
    "unit": cell("x = 1\\nReport('2016-08', 'kant')"),
    "code": cell("def ask():\\n    return report.panels(['177'])\\nask()"),
    "sql": cell("report.store.sql(\\"FROM scorecard('kant', '2016-08')\\")"),
    "ours": cell("report.panels(17)"),
}
cell("import helper")
helper.write_text("def answer(): return 'another'")
os.utime(helper, (1, 2_000_000_000))
cell("found = helper.answer()")
found["helper"] = shell.user_ns["found"]
print(json.dumps(found))
"""


def seen(tmp_path, **variables):
    """What cells show, in a session with these environment variables."""
    environment = {key: value for key, value in os.environ.items() if key not in reloading.SESSION}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        capture_output=True, check=True, cwd=REPOSITORY, env={**environment, **variables},
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    return seen(tmp_path_factory.mktemp("session"), JPY_SESSION_NAME="own.ipynb")


def test_a_wrong_name_shows_its_message_first_and_the_line_of_the_cell(session):
    assert session["unit"] == (
        "UnknownNameError: unknown unit `kant`; did you mean `kent`?\n\n"
        "Cell In[2], line 2: Report('2016-08', 'kant')"
    )
    assert session["code"].splitlines()[0].startswith("UnknownNameError: unknown indicator `177`")
    assert session["code"].endswith("Cell In[3], line 2: return report.panels(['177'])")


def test_a_wrong_name_in_sql_does_too(session):
    first, *rest = session["sql"].splitlines()

    assert first.endswith("unknown unit `kant`: the nearest is `kent`")
    assert rest == [
        "",
        "Cell In[4], line 1: report.store.sql(\"FROM scorecard('kant', '2016-08')\")",
    ]


def test_a_fault_of_ours_keeps_the_way_through_our_code(session):
    assert "Traceback (most recent call last)" in session["ours"]
    assert "report.py" in session["ours"]


def test_helper_code_that_changed_is_imported_anew(session):
    assert session["helper"] == "another"


def test_a_run_keeps_the_code_that_it_began_with(tmp_path, monkeypatch):
    class Shell:
        def run_line_magic(self, *_):
            raise AssertionError

        magics_manager = None

    monkeypatch.setenv("JPY_SESSION_NAME", "own.ipynb")
    monkeypatch.setenv(STORE_VARIABLE, "store")
    reloading.reload_changed(Shell())
    assert reloading.RUN == STORE_VARIABLE


def test_who_works_in_no_notebook_keeps_it_too(monkeypatch):
    for name in reloading.SESSION:
        monkeypatch.delenv(name, raising=False)
    reloading.reload_changed(object())
