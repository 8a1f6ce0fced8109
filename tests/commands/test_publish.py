"""The command as an operator uses it: real processes, real kills, and what it says."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner

from scorecard.commands import check_and_status, program, publish
from support.batches import FRAGMENT, contents
from support.desk import NAMES, REPORTS, Desk
from support.places import REPOSITORY


@pytest.fixture(scope="module")
def untouched(tmp_path_factory):
    """A desk for commands that do nothing."""
    return Desk(tmp_path_factory.mktemp("untouched"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["2016-13"], "`2016-13` is not a month"),
        (["2024-6"], "`2024-6` is not a month"),
        (["2031-01"], "no results for 2031-01: the store holds 2023-03 to 2024-06"),
        ([], "say which month"),
        (["2024-06", "one"], "unexpected `one`; to run some appendices, name them after --only"),
        (["2024-06", "--only", "on"], "unknown appendix `on`; did you mean `one`?"),
        (["2024-06", "--only", "one", "two-uper-fen"], "did you mean `two-upper-fen`?"),
        (["--month-range", "2024-06:2024-05"], "ends before it begins"),
        (["--month-range", "2024-06"], "takes two months, as in 2015-09:2016-08"),
        (["--month-range", "2024-06:June"], "is not a month"),
        (["2024-06", "--jobs", "0"], "--jobs"),
        (["2024-06", "--forse"], "--force"),
        (["2024-06", "--quiet", "--verbose"], "--quiet and --verbose contradict each other"),
        (["2024-06", "--as-at", ""], "--as-at needs the number of a load, or a date"),
        (["statsu"], "unknown command `statsu`; did you mean `status`?"),
        (["chek", "2024-06"], "unknown command `chek`; did you mean `check`?"),
        (["2024-06", "status"], "`status` comes first, as in `run_month.py status`"),
        (["one"], "`one` is not a month"),
        (["2024-06", "--month-range", "2024-05:2024-06"], "MONTH or --month-range, not both"),
        (["2024-06", "2024-05"], "several months are run with --month-range"),
        (["2024-06", "--only", "/etc/passwd"], "unknown appendix `/etc/passwd`"),
        (["2024-06", "--only", "../one"], "unknown appendix `../one`; did you mean `one`?"),
    ],
)
def test_wrong_usage_is_one_message_and_status_2(untouched, words, said):
    status, out, err = untouched.ask(*words)
    assert (status, out) == (2, "")
    assert said in err
    assert "Traceback" not in err
    assert not self_made(untouched)


def test_a_usage_error_names_the_command_as_it_was_typed():
    script = [sys.executable, str(REPOSITORY / "run_month.py")]
    done = subprocess.run([*script, "2024-06", "--forse"], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("Usage: run_month.py [OPTIONS] [MONTH]\n")
    assert "Try 'run_month.py --help'" in done.stderr
    done = subprocess.run([*script, "check"], capture_output=True, text=True)
    assert done.stderr.startswith("Usage: run_month.py check [OPTIONS] MONTH\n")


def self_made(desk):
    """What a command left in the outputs besides its lock and the analyst's checks."""
    return [p.name for p in desk.outputs.glob("*") if p.name not in (".run.lock", "checks")]


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("params/reports.yml", REPORTS.replace("page,", "pge,"), "did you mean `page`?"),
        ("params/reports.yml", REPORTS.replace("{unit:", "{unti:"), "did you mean `unit`?"),
        ("params/reports.yml", REPORTS.replace(": fenwold", ": fenwald"), "did you mean `fenwold`"),
        ("params/reports.yml", REPORTS.replace("timeout_", "time_out_"), "unknown key"),
        ("data/results/2024-06.csv", "month,unit\n", "data/results/2024-06.csv"),
    ],
)
def test_wrong_input_is_one_message_and_status_2_before_anything_runs(desk, file, text, said):
    (desk.workbook / file).write_text(text)
    status, out, err = desk.ask("2024-06")
    assert (status, out) == (2, "")
    assert said in err
    assert not self_made(desk)


def replaced(file, old, new):
    return file, lambda text: text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("file", "change"),
    [
        replaced("params/reports.yml", "name: one", "name: ../one"),
        replaced("params/reports.yml", "name: one", "name: /one"),
        replaced("params/reports.yml", "name: one", "name: c:one"),
        replaced("params/reports.yml", "name: one", "name: con"),
        replaced("params/reports.yml", '"two-{unit}"', '"../{unit}"'),
        replaced("params/reports.yml", "notebook: page", "notebook: ../page"),
        replaced("params/reports.yml", "unit: fenwold", "unit: ../fenwold"),
        replaced("data/reference/units.csv", "upper-fen", "../upper-fen"),
        replaced("data/reference/units.csv", "upper-fen", "/upper-fen"),
        replaced("data/reference/units.csv", "upper-fen", ".."),
        replaced("data/reference/indicators.csv", "a2,", "../a2,"),
        replaced("data/reference/indicators.csv", "a2,", "a/2,"),
        ("params/2024-06.yml", lambda _: "letters: {../one: A}\n"),
    ],
)
def test_nothing_that_a_file_says_can_lead_out_of_the_outputs(desk, file, change):
    path = desk.workbook / file
    text = path.read_text() if path.exists() else ""
    path.write_text(change(text))
    assert path.read_text() != text
    before = set(desk.folder.rglob("*"))
    status, out, err = desk.ask("2024-06")
    assert (status, out) == (2, "")
    assert Path(file).name in err
    made = {p for p in set(desk.folder.rglob("*")) - before if ".store" not in p.parts}
    assert {path.relative_to(desk.folder).parts[0] for path in made} <= {"outputs", "workbook"}
    assert {path.name for path in made if path.is_relative_to(desk.workbook)} <= {
        "scorecard.duckdb", "scorecard.duckdb.lock",
    }  # fmt: skip
    assert not self_made(desk)


def test_a_folder_that_is_no_workbook_says_so(tmp_path):
    done = CliRunner().invoke(program.main, ["2024-06", "--workbook", str(tmp_path)])
    assert done.exit_code == 2
    assert "no folder `data/`" in done.stderr


def test_the_first_run_publishes_the_month_and_says_where(published):
    desk, (status, out, err) = published
    assert (status, err) == (0, "")
    assert sorted(path.stem for path in desk.pack.glob("*.html")) == sorted([*NAMES, "index"])
    assert re.search(r"2024-06 is published: .*outputs/2024-06 \(3 made, [\d.]+ s\)", out)
    assert (
        "Needs attention:\n  one, two-upper-fen and two-lower-fen: Write the commentary.\n" in out
    )
    assert re.search(r"^2024-06 one: done after [\d.]+ s$", out, re.MULTILINE)
    assert "\x1b" not in out, "a log has no colours"


def test_a_second_run_has_nothing_to_do_and_starts_no_process(published):
    desk, _ = published
    with desk.start("2024-06") as process:
        seen = set()
        while process.poll() is None:
            seen |= set(children(process.pid))
            time.sleep(0.01)
        assert (process.returncode, seen) == (0, set())
        assert "2024-06 is up to date" in process.stdout.read()


def test_dry_run_says_what_would_be_done_and_why(published):
    desk, _ = published
    before = contents(desk.outputs)
    _, out, _ = desk.ask("2024-06", "--dry-run")
    assert "0 appendices to run" in out
    assert re.search(r"one +unchanged +nothing it is made of has changed", out)
    _, out, _ = desk.ask("2024-06", "--dry-run", "--force", "--only", "one")
    assert re.search(r"one +run +it was forced \(month=2024-06, unit=fenwold\)", out)
    assert re.search(r"two-upper-fen +keep +not asked for", out)
    _, out, _ = desk.ask("2024-05", "--dry-run")
    assert re.search(r"one +run +it has not been made yet", out)
    assert contents(desk.outputs) == before


def everything(*folders):
    """Every path below `folders` with its times, kind and content."""
    paths = [path for folder in folders for path in (folder, *sorted(folder.rglob("*")))]
    return {path: (path.stat().st_mtime_ns, path.stat().st_ctime_ns, path.stat().st_ino,
                   path.read_bytes() if path.is_file() else None) for path in paths}  # fmt: skip


@pytest.mark.parametrize(
    "words", [[], ["--force"], ["--only", "one"], ["--pdf"], ["--verbose"], ["--as-at", "1"]]
)
def test_a_dry_run_changes_nothing_on_disk(published, words):
    desk, _ = published
    before = everything(desk.workbook, desk.outputs)
    assert desk.ask("2024-06", "--dry-run", *words)[0] == 0
    assert everything(desk.workbook, desk.outputs) == before


@pytest.mark.thorough
def test_a_pack_of_an_earlier_load_is_planned_from_the_files_of_its_version(published):
    desk, _ = published
    targets = desk.workbook / "data/reference/targets.csv"
    before = targets.read_text()
    targets.write_text(before.replace("a1,2024-04,90,80", "a1,2024-04,85,80"))
    try:
        _, out, _ = desk.ask("2024-06", "--as-at", "1", "--dry-run")
        _, listed, _ = desk.ask("diff", "2024-06")
    finally:
        targets.write_text(before)
    assert out.startswith(
        "2024-06: reference data, parameters and commentary are those of version 1, recorded "
    )
    assert "target of a1 (Decided within one working day) from 2024-04: 90.0% → 85.0%" in listed
    assert "; 2 ratings and 0 directions of travel differ" in listed
    assert re.search(r"result: .* \(.*\), amber → .*, green\n", listed)
    assert "not compared here" not in listed
    assert "compared by today's" not in listed


def test_a_dry_run_needs_no_store_and_makes_none_and_no_outputs(desk):
    shutil.rmtree(desk.workbook / "data/.store", ignore_errors=True)
    before = everything(desk.workbook)
    status, out, err = desk.ask("2024-06", "--dry-run")
    assert (status, err) == (0, "")
    assert out.startswith("First, the store is built: it is missing, or its inputs have changed.\n")
    assert "3 appendices to run" in out
    assert everything(desk.workbook) == before
    assert not desk.outputs.exists()


@pytest.mark.thorough
def test_a_dry_run_names_a_store_that_somebody_wrote_to(desk):
    assert desk.ask("check", "2024-06")[0] == 0
    (store,) = (desk.workbook / "data/.store").glob("*.duckdb")
    with store.open("ab") as file:
        file.write(b"x")
    out = desk.ask("2024-06", "--dry-run")[1]
    assert out.startswith(f"First, data/.store/{store.name} is rebuilt: it was changed after")

    change = desk.workbook / "data/results/2024-06.csv"
    change.write_text(change.read_text() + "\n")
    assert desk.ask("2024-06", "--dry-run")[1].startswith(
        "First, the store is built: it is missing"
    )


def test_a_dry_run_in_the_middle_of_another_run_s_work_changes_nothing(desk):
    for name in (".staging-2024-06", ".previous-2024-05", ".unpublished-2024-06"):
        (desk.outputs / name).mkdir(parents=True)
    before = everything(desk.outputs)
    assert desk.ask("2024-06", "--dry-run")[0] == 0
    assert everything(desk.outputs) == before


def test_status_shows_what_is_published_and_whether_inputs_changed(published, monkeypatch):
    desk, _ = published
    status, out, _ = desk.ask("status")
    assert status == 0
    when = r"\d{4}-\d\d-\d\d \d\d:\d\d (GMT|BST)"
    assert re.search(rf"^2024-06  complete, published {when} from load 1, data \w", out)
    assert "nothing that the pack shows has changed since" in out
    file = desk.workbook / "data/commentary/2024-06/a2.md"
    text = file.read_text()
    file.write_text("Changed.\n")
    assert "changed since: data/commentary/2024-06/a2.md" in desk.ask("status")[1]
    file.write_text(text)
    minutes = desk.pack / "minutes.docx"
    minutes.write_text("theirs")
    assert "\n  no run made minutes.docx: move it elsewhere" in desk.ask("status")[1]
    for words in ([], ["--dry-run"]):
        status, _, err = desk.ask("2024-06", *words)
        assert (status, "\n  2024-06/minutes.docx\n" in err) == (2, True)
    minutes.unlink()


def test_a_workbook_s_packs_go_into_its_own_outputs_by_default(desk):
    said = CliRunner().invoke(program.main, ["status", f"--workbook={desk.workbook}"]).stdout
    assert said == f"Nothing is published in {desk.workbook / 'outputs'}.\n"


def test_status_of_empty_outputs_says_so(desk):
    assert "Nothing is published" in desk.ask("status")[1]


def test_help_explains_every_option_and_gives_examples():
    said = CliRunner().invoke(program.main, ["--help"]).stdout
    for command in (publish.publish, check_and_status.status):
        for option in command.params:
            if option.param_type_name == "option":
                assert option.help, option.name
    for option in publish.publish.params:
        assert option.param_type_name != "option" or option.opts[0] in said
    assert "run_month.py 2016-08 --only county" in said
    assert "status" in said


def test_a_failing_appendix_is_reported_once_and_nothing_is_published(desk):
    desk.notebook(FRAGMENT, "x = unit\nif 'upper' in unit: raise ValueError('no such thing')")
    status, out, err = desk.run("2024-06", "--quiet")
    assert (status, out) == (1, "")
    assert err.count("no such thing") == 2, "once as the line of the cell, once as the message"
    assert "two-upper-fen failed: cell 3, line 2" in err
    assert "month=2024-06, unit=upper-fen" in err
    assert (desk.outputs / "failed/2024-06/two-upper-fen.ipynb").exists()
    assert not desk.pack.exists()
    status, out, err = desk.run("2024-06", "--keep-going")
    assert status == 1
    assert "2024-06 is published in part" in out
    assert "2 unchanged, 1 failed" in out, "what succeeded was not made again"
    index = (desk.pack / "index.html").read_text()
    assert "Not in this pack" in index
    assert "no such thing" in index
    assert not (desk.pack / "two-upper-fen.html").exists()


@pytest.mark.thorough
def test_a_notebook_that_runs_out_of_time_is_kept_with_what_it_had_done(desk):
    desk.notebook("'before'", "import time\ntime.sleep(40)", FRAGMENT)
    (desk.workbook / "params/reports.yml").write_text(REPORTS.replace(": 60", ": 2"))
    status, _, err = desk.run("2024-06", "--only", "one", "--engine", "auto")
    assert status == 1
    kept = desk.outputs / "failed/2024-06/one.ipynb"
    assert "one failed: cell 3 (`import time`): timed out after 2 s" in err
    assert f"its notebook is kept for inspection: {kept}" in err
    assert "'before'" in kept.read_text()
    assert self_made(desk) == ["failed"]


@pytest.mark.thorough
def test_only_takes_several_names_and_keeps_the_others(desk):
    status, out, _ = desk.run("2024-06", "--only", "one", "two-lower-fen")
    assert (status, "2 made, 1 missing" in out) == (0, True)
    assert "2024-06 is published in part: " in out
    assert out.count("two-upper-fen") == 1
    assert "  the pack is partial: two-upper-fen is not in it; run the month without --only" in out
    status, out, _ = desk.run("--only", "two-upper-fen", "2024-06")
    assert (status, "1 made, 2 kept" in out) == (0, True)
    assert sorted(path.stem for path in desk.pack.glob("*.html")) == sorted([*NAMES, "index"])


@pytest.mark.thorough
def test_a_range_of_months_makes_a_pack_for_each(desk):
    status, out, err = desk.run("--month-range", "2024-05:2024-06", "--only", "one")
    assert (status, err) == (0, "")
    for month in ("2024-05", "2024-06"):
        assert f"{month} is published" in out
        assert f"fenwold in {month}" in (desk.outputs / month / "one.html").read_text()


SLOW = ["import time\ntime.sleep(90)", FRAGMENT]


def children(pid):
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def wait_for(condition, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.02)
    pytest.fail("it took too long")


def alive(processes):
    return [p for p in processes if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("engine", ["forked", pytest.param("standard", marks=pytest.mark.thorough)])
@pytest.mark.parametrize(
    "number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.thorough)]
)
def test_an_interruption_ends_soon_with_all_children(desk, engine, number):
    if engine == "standard" and number == signal.SIGTERM:
        pytest.skip("the same way as with the other engine")
    desk.notebook(*SLOW)
    with desk.start("2024-06", "--engine", engine, "--verbose", "--jobs", "2") as process:
        for line in process.stdout:
            if "import time" in line:
                break
        family = children(process.pid)
        assert len(family) >= 3
        os.killpg(process.pid, number)
        out, err = process.communicate(timeout=40)  # of two seconds when the machine is idle
    assert process.returncode == 130
    done = "load 1 is recorded; what else was published before is unchanged"
    assert err == f"Interrupted; {done}.\n"
    assert "Traceback" not in out
    wait_for(lambda: not alive(family), 40)
    assert not self_made(desk)


@pytest.mark.skipif(os.name != "posix", reason="a terminal")
def test_an_interrupted_terminal_is_left_as_it_was(desk):
    import pty
    import termios

    desk.notebook(*SLOW)
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    process = subprocess.Popen(
        [sys.executable, str(REPOSITORY / "run_month.py"), *desk.arguments("2024-06")],
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        env={**os.environ, "TERM": "xterm-256color"},
    )  # fmt: skip
    seen = b""
    while b"import time" not in seen:
        seen += os.read(ours, 10_000)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(timeout=40) == 130
    seen += os.read(ours, 100_000)
    assert seen.rfind(b"\x1b[?25h") > seen.rfind(b"\x1b[?25l") >= 0, "the cursor is back"
    assert termios.tcgetattr(theirs) == before
    os.close(ours)
    os.close(theirs)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk to be full")
def test_a_log_that_can_not_be_written_is_reported_and_nothing_published(desk):
    with Path("/dev/full").open("w") as log:
        command = [sys.executable, str(REPOSITORY / "run_month.py"), *desk.arguments("2024-06")]
        done = subprocess.run(command, stdout=log, stderr=subprocess.PIPE, text=True)
    assert done.returncode != 0
    assert "Error: the run's messages can't be written: the disk is full (No space" in done.stderr
    assert not self_made(desk)


@pytest.mark.thorough
@pytest.mark.skipif(os.name != "posix", reason="the shell's way to close a file")
def test_a_closed_screen_is_no_obstacle(desk):
    words = [sys.executable, str(REPOSITORY / "run_month.py"), *desk.arguments("2024-06")]
    done = subprocess.run(["sh", "-c", f"exec {shlex.join(words)} >&- <&-"], stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (0, b"")
    assert self_made(desk) == ["2024-06"]


@pytest.mark.thorough
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_killed_run_leaves_the_old_pack_and_no_process_and_the_next_recovers(published):
    desk, _ = published
    before = contents(desk.pack)
    desk.notebook("import time\ntime.sleep(0.3)", FRAGMENT)
    moments = ["start", "one: started", "making the page", "done after"]
    for moment in moments:
        with desk.start("2024-06", "--force", "--verbose", "--jobs", "2") as process:
            if moment == "start":
                wait_for(lambda: children(process.pid))
            else:
                for line in process.stdout:
                    if moment in line:
                        break
            family = children(process.pid)
            process.kill()
        wait_for(lambda family=family: not alive(family), 8)
        assert contents(desk.pack) == before
    status, out, _ = desk.run("2024-06", "--force")
    assert (status, "is published" in out) == (0, True)
    assert self_made(desk) == ["2024-06"]
    desk.notebook(FRAGMENT)


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_of_two_runs_at_once_the_second_says_who_is_running_and_stops(desk):
    desk.notebook(*SLOW)
    with desk.start("2024-06", "--verbose") as first:
        first.stdout.readline()
        status, out, err = desk.ask("2024-06")
        assert (status, out) == (3, "")
        assert f"process {first.pid}" in err
        first.send_signal(signal.SIGINT)
        first.communicate(timeout=40)
