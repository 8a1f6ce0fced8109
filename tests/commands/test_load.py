"""`load`, `loads` and `history` as an analyst types them: what they say, and what kills leave."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner

from scorecard.batch.packs_folder import PacksFolder
from scorecard.batch.published import published
from scorecard.commands import load as command
from scorecard.commands import program
from scorecard.disk import file_hash
from scorecard.importing.plan import BASELINE, PublishedMonth
from scorecard.ledger import ledger, versions
from scorecard.workbook import Workbook
from support.desk import Analyst
from support.places import TESTS


@pytest.fixture
def desk(tmp_path):
    return Analyst(tmp_path)


def pack(desk, month="2024-06", **record_says):
    """A published pack, of which only the record matters here."""
    book = desk.book()
    inputs = {book.show(path): file_hash(path) for path in book.results()}
    folder = desk.outputs / month
    folder.mkdir(parents=True)
    said = {
        "month": month, "status": "complete", "started": "2026-01-01T00:00:00Z",
        "finished": "2026-01-01T00:00:01Z", "command": [], "commit": None, "changed_code": False,
        "machine": {"python": "3", "system": "x", "engine": "forked", "workers": 1}, "store": "",
        "code": "", "inputs": inputs, "versions": {}, "seconds": {}, "index": "", "appendices": [],
    }  # fmt: skip
    (folder / "run.json").write_text(json.dumps({**said, **record_says}))


def test_a_dry_run_shows_what_would_change_and_loads_nothing(desk):
    before = desk.state()
    status, out, err = desk.ask("load", desk.file(), "--dry-run")

    assert (status, err) == (0, "")
    assert "228 of 255 = 89.4%" in out
    assert "230 of 255 = 90.2%" in out
    assert out.endswith(
        "Nothing was loaded: this was a dry run. It would be refused: it needs a reason, "
        "which `explain` will show.\n"
    )
    out = desk.ask("load", desk.file(), "--dry-run", "--why", "Late records")[1]
    assert out.endswith("Nothing was loaded: this was a dry run.\n")
    assert desk.state() == before


def test_a_load_is_listed_alone_and_in_the_history_of_its_results(desk):
    status, out, _ = desk.ask("load", desk.file(), "--why", "Late records", "--by", "Jane Analyst")
    assert (status, out.splitlines()[-1]) == (0, "This is load 2, by Jane Analyst: Late records")

    status, out, _ = desk.ask("loads")
    results, other = out.split("Reference data, parameters and commentary:")
    lines = [line.split() for line in results.splitlines() if line[:1].isdigit()]
    book = Workbook.at(desk.workbook)
    files = len(versions.state_now(book))
    rows = sum(len(path.read_text().splitlines()) - 1 for path in book.results())
    assert f" {files} files, the first version\n" in other
    assert status == 0
    assert [(line[0], line[-3:]) for line in lines] == [
        ("1", [str(rows), "0", "0"]), ("2", ["0", "2", "0"])
    ]  # fmt: skip
    assert BASELINE in out

    status, out, _ = desk.ask("history", "fenwold", "a1", "2024-06")
    lines = [line for line in out.splitlines() if line.startswith("2024-06")]
    assert status == 0
    assert out.startswith("Fenwold, a1  Decided within one working day\n")
    assert lines[0].startswith("2024-06   228 of 255 = 89.4%, supplied   1 ")
    assert lines[1].startswith("2024-06   230 of 255 = 90.2%, supplied   2 ")
    assert lines[1].rstrip().endswith("Jane Analyst   Late records")


def test_other_files_that_changed_are_recorded_with_a_reason(desk):
    desk.ask("load", "--edits", "--why", "All that is there")
    targets = desk.workbook / "data/reference/targets.csv"
    targets.write_text(targets.read_text().replace("a1,2024-04,90", "a1,2024-04,85"))
    words = ["load", "--edits", "--why", "The Cabinet agreed it", "--by", "Jane Analyst"]
    nothing = "Nothing was edited since the last load.\n"

    assert desk.ask(*words, "--dry-run")[1] == (
        f"{nothing}Changed and not recorded: data/reference/targets.csv.\n"
    )
    assert desk.ask(*words)[1] == (
        f"{nothing}This is version 2 of reference data, parameters and commentary, by "
        "Jane Analyst: data/reference/targets.csv.\n"
    )
    assert desk.ask(*words)[1] == nothing
    listed = desk.ask("loads")[1]
    assert "The Cabinet agreed it" in listed
    assert "data/reference/targets.csv changed" in listed


def test_nothing_is_loaded_while_a_version_of_other_files_has_a_fault(desk):
    desk.ask("load", "--edits", "--why", "All that is there")
    (desk.workbook / "data/loads/versions/0001.yml").write_text("version: 1\n")
    before = desk.state()

    status, _, err = desk.ask("load", desk.file(), "--why", "Late records")
    assert (status, desk.state()) == (2, before)
    assert "data/loads/versions/0001.yml is not a valid version" in err


def test_a_workbook_that_loads_nothing_says_so(desk):
    assert desk.ask("loads")[:2] == (0, "Nothing has been loaded yet.\n")


@pytest.mark.thorough
def test_a_history_without_month_lists_only_changes(desk):
    desk.ask("load", desk.file(), "--why", "Late records")
    _, out, _ = desk.ask("history", "fenwold", "a1")

    assert [line[:7] for line in out.splitlines() if line.startswith("20")] == ["2024-06"] * 2
    assert "15 results have one version; name a month to see it." in out


def test_a_history_lists_edits_and_removed_results(desk):
    desk.ask("load", desk.file(), "--why", "Late records")
    path = desk.workbook / "data/results/2024-06.csv"
    path.write_text(path.read_text().replace("2024-06,fenwold,a1,all,230,255,supplied\n", ""))
    out = desk.ask("history", "fenwold", "a1", "2024-06")[1]
    assert "removed" in out.splitlines()[5]
    assert "by hand in data/results" in out.splitlines()[5]

    assert desk.ask("load", "--edits", "--why", "Not theirs")[0] == 0
    out = desk.ask("history", "fenwold", "a1", "2024-06")[1]
    assert out.splitlines()[5].startswith("2024-06   removed ")
    assert out.splitlines()[5].rstrip().endswith("Not theirs")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["history", "fenwald", "a1"], "unknown unit `fenwald`; did you mean `fenwold`?"),
        (["history", "fenwold", "a11"], "unknown indicator `a11`; did you mean `a1`?"),
        (["history", "fenwold", "a1", "2030-01"], "has never had a result of indicator a1 in"),
        (["history", "fenwold", "a1", "June"], "`June` is not a month"),
        (["load"], "name the files to load"),
        (["load", "late.csv", "--edits"], "one of the two"),
        (["load", "--edits", "--sheet", "x"], "--edits reads no file: leave out --sheet"),
        (["load", "none.csv"], "there is no such file"),
        (["load", "none.csv", "--month", "2024-13"], "`2024-13` is not a month"),
        (["load", "none.csv", "--extract", "teams"], "params/extracts.yml is missing"),
        (["load", "none.csv", "--sheep", "x"], "--sheet"),
    ],
)
def test_wrong_usage_is_one_message_and_status_2(desk, words, said):
    before = desk.state()
    status, out, err = desk.ask(*words)

    assert (status, out) == (2, "")
    assert said in err
    assert desk.state() == before


def test_faults_are_reported_with_status_2(desk):
    before = desk.state()
    faulty, empty = "2024-06,fenwuld,a1,all,1,2,supplied\n", desk.file("", "empty.csv")
    status, _, err = desk.ask("load", desk.file(faulty))

    assert status == 2
    assert "row 2, column unit: unknown unit `fenwuld`. Did you mean `fenwold`?" in err
    assert err.endswith("Nothing was loaded and nothing already stored or published has changed.\n")

    status, _, err = desk.ask("load", desk.file(), empty, "--why", "x")
    assert status == 2
    assert "empty.csv has 1 fault:\n  the file holds no result." in err
    assert desk.state() == before


def test_who_loads_is_as_git_says_or_the_system(desk, monkeypatch):
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(desk.folder / "gitconfig"))
    (desk.folder / "gitconfig").write_text("[user]\nname = Jané\n")
    desk.ask("load", desk.file(), "--why", "x")
    assert ledger.read(desk.book())[-1].loaded_by == "Jané"

    monkeypatch.setattr(command.shutil, "which", lambda _: None)
    monkeypatch.setattr(command.getpass, "getuser", lambda: "jane")
    desk.ask("load", desk.file("2024-06,fenwold,a1,all,1,2,supplied\n"), "--why", "x")
    assert ledger.read(desk.book())[-1].loaded_by == "jane"


def test_who_and_why_are_a_line_of_text_without_anything_unseen(desk):
    status, _, err = desk.ask("load", desk.file(), "--why", "\x1b\u202e\n")
    assert status == 2
    assert "it needs a reason" in err

    unseen = "Late\r\nrecords\x1b[31m of \u202eJune caf\udce9"
    who = "J\u00e4n\n Doe\udce9"
    status, out, err = desk.ask("load", desk.file(), "--why", unseen, "--by", who)
    assert (status, err) == (0, "")
    load = ledger.read(desk.book())[-1]
    assert (load.why, load.loaded_by) == ("Late records [31m of June caf?", "J\u00e4n Doe?")
    assert out.endswith("by J\u00e4n Doe?: Late records [31m of June caf?\n")


# What is published.


def test_a_pack_is_known_by_its_load_or_its_inputs(desk):
    pack(desk, "2024-04", load=7)
    pack(desk, "2024-05")
    path = desk.workbook / "data/results/2024-04.csv"
    path.write_text(path.read_text() + "\n")
    pack(desk, "2024-06")
    (desk.outputs / "2024-03").mkdir()
    (desk.outputs / "2024-03/run.json").write_text("{}")

    edited = ("data/results/2024-04.csv",)
    assert published(desk.book(), PacksFolder(desk.outputs)) == {
        "2024-03": PublishedMonth(None, current=False),
        "2024-04": PublishedMonth(None, current=False, edited=edited),
        "2024-05": PublishedMonth(None, current=False, edited=edited),
        "2024-06": PublishedMonth(None, current=True),
    }


def test_revising_a_published_month_wants_yes_and_says_what_to_type(desk):
    pack(desk)
    before, file = desk.state(), desk.file()
    status, out, err = desk.run("load", file, "--why", "Late records")

    assert status == 2
    assert "It revises results that are published: 2024-06." in out
    assert err.startswith(
        "Error: it would revise what is published for 2024-06: add --yes to revise it"
    )
    assert f"run_month.py load {file} --why 'Late records'" in err
    assert err.endswith(" --yes\n")
    assert desk.state() == before

    status, out, err = desk.ask("load", file, "--why", "Late records", "--yes")
    assert (status, err) == (0, "")
    assert ledger.read(desk.book())[-1].published == {"2024-06": 1}


def test_a_message_is_whole_in_a_log(desk):
    """No line is cut or folded where nobody's window is too narrow for it."""
    _, out, _ = desk.run("load", desk.file(), "--dry-run")

    (line,) = [line for line in out.splitlines() if "228 of 255" in line]
    assert line.startswith("2024-06   Fenwold     a1  Decided within one working day   228 of ")
    assert "230 of 255 = 90.2%" in line
    assert "\x1b" not in out


def test_the_commands_are_listed_and_help_with_examples():
    def help_of(*words):
        return CliRunner().invoke(program.main, [*words, "--help"]).output

    whole = help_of()
    for name in ("load", "loads", "history"):
        assert f"  {name} --help" in whole
        assert help_of(name).startswith(f"Usage: root {name}")
    for option in ("--edits", "--why", "--by", "--dry-run", "--yes", "--sheet", "--extract"):
        assert option in help_of("load")
    assert "run_month.py load late.csv --dry-run" in help_of("load")


# Kills, a full disk, and two at once.

KILLS = """
import shutil, sys
from pathlib import Path
from support.desk import Analyst
from support.kills import attempt

root = Path(sys.argv[1])
ended, nth = -1, 1
while ended:
    shutil.copytree(root / "desk", root / str(nth))
    desk = Analyst(root / str(nth))
    words = "load", desk.file(), "--why", "x", "--by", "y"
    data = desk.workbook / "data"
    ended = attempt(lambda: desk.ask(*words), data, nth, reading_counts=False)
    print(nth, ended)
    nth += 3
"""
"""Makes the first load again and again, killed at every third write to the workbook."""


@pytest.mark.thorough
def test_a_kill_while_the_first_load_is_made_leaves_nothing_half_done(tmp_path):
    """The first load records what stood as load 1 and is load 2: either, both or none is there."""
    before = Analyst(tmp_path / "desk").state()
    done = subprocess.run(
        [sys.executable, "-c", KILLS, tmp_path], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
    )  # fmt: skip
    *kills, (last, whole) = (line.split() for line in done.stdout.splitlines())
    assert (len(kills) > 5, whole) == (True, "0")
    made = Analyst(tmp_path / last).state()
    after = {name: text for name, text in made.items() if name.startswith("results/")}
    seen = set()
    for nth, ended in kills:
        assert int(ended) == -signal.SIGKILL
        desk = Analyst(tmp_path / nth)
        status, _, err = desk.ask("loads")
        assert (status, err) == (0, "")
        left = desk.state()
        numbers = [each.load for each in ledger.read(desk.book())]
        wanted = after if numbers == [1, 2] else before
        assert {n: t for n, t in left.items() if n.startswith("results/")} == wanted, nth
        assert not [name for name in left if "/.new/" in name or "/results/" in name]
        seen.add(len(numbers))
    assert desk.ask("load", desk.file(), "--why", "x")[0] == 0
    assert [each.load for each in ledger.read(desk.book())] == [1, 2]
    assert seen == {0, 1, 2}, "kills come before, between and after the numbers of the loads"


def test_two_loads_at_once_make_two_loads(desk):
    other = desk.file("2024-05,fenwold,a1,all,1,255,supplied\n", "other.csv")
    running = [desk.start("load", file, "--why", "x") for file in (desk.file(), other)]
    ended = [process.communicate(timeout=60) and process.returncode for process in running]

    assert ended == [0, 0]
    found = ledger.read(desk.book())
    assert found[0].changed == 0
    assert {each.changed for each in found[1:]} == {1, 2}


def test_a_full_disk_loads_nothing(desk):
    pytest.importorskip("resource")
    before = desk.state()
    code = (
        "import resource, runpy, sys\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))\n"
        f"sys.argv = ['run_month.py', *{desk.arguments('load', desk.file(), '--why', 'x')!r}]\n"
        "runpy.run_path('run_month.py', run_name='__main__')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=TESTS.parent
    )

    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert desk.state() == before
    assert desk.ask("load", desk.file(), "--why", "x")[0] == 0


def test_a_workbook_that_can_not_be_written_says_so(desk):
    (desk.workbook / "data/loads").write_text("in the way")
    status, _, err = desk.ask("load", desk.file(), "--why", "x")

    assert status == 2
    assert "the ledger can't be written" in err
    assert desk.ask("load", desk.file(), "--dry-run")[0] == 0
