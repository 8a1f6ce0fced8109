"""Many councils in one run: each whole, and none in the way of another."""

from __future__ import annotations

import select
import subprocess
import threading

import click
import pytest

from scorecard.batch import region
from scorecard.commands import publish
from scorecard.commands import region as of_many
from scorecard.months import Month
from support.region import ask, break_wording, make


@pytest.fixture(scope="module")
def councils(tmp_path_factory):
    """A folder of two councils, each with a notebook of one page, and one without its wording."""
    folder = make(tmp_path_factory.mktemp("region"), "north", "south", "faulty")
    break_wording(folder / "faulty")
    (folder / "README.md").write_text("Not a council.")
    return folder


def test_each_council_is_published_though_another_fails_and_the_next_run_has_nothing_to_do(
    councils,
):
    first = ask("2024-06", "--workbooks", f"{councils}/[fnR]*", "--jobs", "2")
    record = councils / "north/outputs/2024-06/run.json"
    made = record.read_bytes()
    again = ask("2024-06", "--workbooks", f"{councils}/north")

    assert [first[0], again[0]] == [1, 0]
    assert first[1].endswith("2 councils: 1 failed, 1 published.\n")
    assert again[1].endswith("1 council: 1 up to date.\n")
    why = "Error: params/wording.yml is missing; the workbook needs it"
    assert (first[2], again[2]) == (f"{councils}/faulty failed:\n  {why}\n", "")
    assert record.read_bytes() == made
    assert str(councils) not in made.decode()
    assert not (councils / "faulty/outputs/2024-06").exists()


@pytest.fixture
def asked(monkeypatch):
    """The tasks of a run that carries out none of them."""
    seen = []
    monkeypatch.setattr(
        region, "run", lambda tasks, at_once: (seen.extend([*tasks, at_once]), iter(()))[1]
    )
    return seen


def test_each_option_goes_to_every_council(councils, asked):
    ask(
        "--month-range", "2024-05:2024-06", "--workbooks", f"{councils}/north", "--workbooks",
        f"{councils}/../{councils.name}/*th", "--only", "one", "two", "--force",
        "--keep-going", "--dry-run", "--pdf", "--verbose", "--engine", "standard",
        "--as-at", "1", "--jobs", "5", "--notebooks", "/x",
    )  # fmt: skip

    north, south, at_once = asked
    assert north.workbook == councils / "north"
    assert south.workbook.resolve() == councils / "south"
    assert at_once == 2
    assert north.months == (Month(2024, 5), Month(2024, 6))
    assert north.words == south.words
    assert north.words == (
        "--month-range=2024-05:2024-06", "--only=one", "--only=two", "--jobs=2", "--notebooks=/x",
        "--as-at=1", "--force", "--keep-going", "--dry-run", "--pdf", "--verbose",
        "--engine=standard",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("option", "given", "goes"),
    [
        (click.Option(["--large-print"], is_flag=True), ["--large-print"], ["--large-print"]),
        (click.Option(["--large-print"], is_flag=True), [], []),
        (click.Option(["--paper"], default="a4"), ["--paper", "a3"], ["--paper=a3"]),
        (click.Option(["--paper"], default="a4"), [], []),
        (click.Option(["--copies"], default=1, type=int), ["--copies", "0"], ["--copies=0"]),
        (
            click.Option(["--leave-out"], multiple=True),
            ["--leave-out", "a", "--leave-out", "b"],
            ["--leave-out=a", "--leave-out=b"],
        ),
    ],
)
def test_an_option_that_the_command_gets_later_goes_to_every_council_too(
    councils, asked, monkeypatch, option, given, goes
):
    monkeypatch.setattr(publish.publish, "params", [*publish.publish.params, option])
    ask("2024-06", "--workbooks", f"{councils}/north", "--jobs", "1", *given)

    assert list(asked[0].words) == ["2024-06", "--jobs=1", *goes]


def test_an_option_that_is_dealt_with_for_all_councils_is_one_of_the_command():
    known = {each.name for each in publish.publish.params}

    assert {*of_many.NOT_PASSED_ON, *of_many.OWN} <= known


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--workbooks", "nowhere/*"], "--workbooks: no folder matches `nowhere/*`"),
        (["--workbooks", ".", "--outputs", "x"], "--outputs is for one workbook"),
        (["--workbooks", ".", "--workbook", "x"], "--workbook is for one workbook"),
        (["--cluster", "tcp://127.0.0.1:1"], "--cluster runs many councils"),
        (["--workbooks", "ftp://x/*"], "this storage can't stop one run from overwriting another"),
    ],
)
def test_what_makes_no_sense_for_many_is_refused(words, why):
    status, _, wrong = ask("2024-06", *words)

    assert status == 2
    assert why in wrong


@pytest.mark.parametrize(
    ("status", "word", "result"), [(0, "--dry-run", "planned"), (3, "x", "failed")]
)
def test_what_became_of_a_command_is_said(monkeypatch, tmp_path, status, word, result):
    monkeypatch.setattr(region, "_command", lambda task, folder, lead: (status, "", ""))
    outcome = region.Processes().run(region.Task(tmp_path, (Month(2024, 6),), (word,)))

    assert (outcome.result, outcome.busy) == (result, status == 3)


def test_a_worker_runs_in_the_name_of_who_asked(monkeypatch, tmp_path):
    seen = []

    def run(command, **given):
        seen.append(given["env"])
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(region.subprocess, "run", run)
    for by in ("A. Nalyst", ""):
        region.Processes().run(region.Task(tmp_path, (Month(2024, 6),), (), by))

    named, unnamed = (env.get("GIT_CONFIG_VALUE_0") for env in seen)
    assert (named, unnamed) == ("A. Nalyst", None)
    assert seen[0]["LOGNAME"] == "A. Nalyst"


def tasks(folder):
    return [region.Task(folder / name, (Month(2024, 6),), ()) for name in "abc"]


def test_a_fault_of_our_own_fails_one_council(monkeypatch, tmp_path):
    def command(task, folder, lead):
        if folder.name == "b":
            raise OSError("no more processes")
        return 0, "", ""

    monkeypatch.setattr(region, "_command", command)
    found = {each.workbook.name: each for each in region.run(tasks(tmp_path), 2)}

    assert [found[name].result for name in "abc"] == ["up to date", "failed", "up to date"]
    assert found["b"].why == "OSError: no more processes"


def test_after_an_interruption_no_council_is_begun_and_the_others_are_ended(monkeypatch, tmp_path):
    ended, begun = {}, threading.Event()

    def command(task, folder, lead):
        if folder.name != "a":
            begun.set()
            ended[folder.name] = bool(select.select([lead], [], [], 20)[0])  # or nobody ends it
        return 0, "", ""

    monkeypatch.setattr(region, "_command", command)
    running = region.run(tasks(tmp_path), 1)
    assert next(running).workbook.name == "a"
    assert begun.wait(20)
    running.close()

    assert ended == {"b": True}


def test_a_process_ends_when_the_run_does(monkeypatch, tmp_path):
    begun = tmp_path / "begun"
    start = "import sys, time, pathlib; from scorecard.commands import console\n"
    start += f"console.run = lambda: (pathlib.Path({str(begun)!r}).touch(), time.sleep(60))\n"
    monkeypatch.setattr(region, "START", start + "console.led()")
    processes = region.Processes()
    ended = []
    task = region.Task(tmp_path, (Month(2024, 6),), ())
    thread = threading.Thread(target=lambda: ended.append(processes.run(task)))
    thread.start()
    while not begun.exists() and thread.is_alive():
        thread.join(0.02)
    processes.end()
    thread.join(30)

    assert [(each.result, each.why) for each in ended] == [
        ("failed", "its process ended with status -15")
    ]
    assert processes.run(task).result == "failed"  # one that begins later ends at once


def test_what_an_interruption_leaves_is_counted(councils, monkeypatch):
    def interrupted(tasks, at_once):
        yield region.Outcome(tasks[0].workbook, "published", "", "", 1.0)
        raise click.Abort

    monkeypatch.setattr(region, "run", interrupted)
    _, out, _ = ask("2024-06", "--workbooks", f"{councils}/*th")

    assert out.endswith("2 councils: 1 published, 1 not run to the end.\n")
