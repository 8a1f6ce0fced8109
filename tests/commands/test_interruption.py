"""Ctrl-C at any moment: exit status 130, no traceback, and nothing half done."""

import os
import re
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from scorecard import interruption
from scorecard.batch import swap
from scorecard.batch.engine import processes
from scorecard.batch.packs_folder import PacksFolder
from scorecard.commands import program
from scorecard.ledger import ledger
from scorecard.workbook import Workbook
from support import council
from support.batches import MONTH, StandIn, contents, job, make_notebook, make_workbook, run
from support.places import REPOSITORY
from support.workbooks import HEADER

UNCHANGED = "Interrupted; what was published before is unchanged.\n"
posix = pytest.mark.skipif(os.name != "posix", reason="signals to other processes")


def interrupted():
    signal.raise_signal(signal.SIGINT)


def test_an_interruption_of_the_work_is_an_exception():
    with interruption.heard():
        with pytest.raises(KeyboardInterrupt):
            interrupted()
        assert interruption.asked()
    with interruption.heard():
        assert not interruption.asked(), "the one before is forgotten"


@pytest.mark.parametrize("number", interruption.SIGNALS)
def test_the_signals_are_given_back(number):
    before = signal.getsignal(number)
    with interruption.heard():
        assert signal.getsignal(number) != before
    assert signal.getsignal(number) == before


def test_an_interruption_is_held_back_until_something_is_in_place():
    done = []

    def put_in_place():
        with interruption.held_back("2024-06 is published"):
            with interruption.held_back():
                interrupted()
                done.append("inner")
            done.append("outer")
        done.append("after")

    with interruption.heard():
        with pytest.raises(KeyboardInterrupt):
            put_in_place()
        assert done == ["inner", "outer"]
        assert interruption.message() == (
            "Interrupted; 2024-06 is published; what else was published before is unchanged."
        )


def test_what_was_not_put_in_place_is_not_called_so():
    with interruption.heard():
        with pytest.raises(ValueError, match="no room"), interruption.held_back("it is published"):
            raise ValueError("no room")
        assert interruption.message() == UNCHANGED.strip()


def test_an_interruption_that_a_library_lost_is_raised_at_the_next_halt():
    with interruption.heard():
        interruption.stop_if_asked()
        with pytest.raises(KeyboardInterrupt):
            interrupted()
        with pytest.raises(KeyboardInterrupt):
            interruption.stop_if_asked()


def python(code, **options):
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, timeout=60,
        **options,
    )  # fmt: skip


COMMAND = """
import signal, sys, time
from scorecard import interruption
from scorecard.commands.usage import errors
"""


@pytest.mark.parametrize("number", interruption.SIGNALS)
def test_before_the_work_the_process_ends_at_once(number):
    done = python(f"""{COMMAND}
interruption.begin()
signal.raise_signal({int(number)})
print("no")""")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", UNCHANGED)


def test_after_the_work_its_exit_status_is_kept():
    done = python(f"""{COMMAND}
interruption.begin()
with errors():
    pass
signal.raise_signal(signal.SIGINT)
sys.exit(1)""")
    assert (done.returncode, done.stderr) == (1, "")


def test_in_a_destructor_an_interruption_is_not_lost_and_no_traceback_shown():
    done = python(f"""{COMMAND}
class Late:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)
interruption.begin()
with errors():
    Late()
    time.sleep(30)""")
    assert (done.returncode, done.stderr) == (130, UNCHANGED)


def test_another_error_in_a_destructor_is_still_shown():
    done = python(f"""{COMMAND}
class Faulty:
    def __del__(self):
        1 / 0
interruption.begin()
with errors():
    Faulty()""")
    assert (done.returncode, "ZeroDivisionError" in done.stderr) == (0, True)


def test_a_second_interruption_waits_a_moment_and_then_ends_what_hangs():
    done = python(f"""{COMMAND}
interruption.begin()
began = time.monotonic()
with errors():
    try:
        signal.raise_signal(signal.SIGINT)
    finally:
        signal.raise_signal(signal.SIGINT)
        print("being cleared away", flush=True)
        time.sleep(interruption.PATIENCE)
        signal.raise_signal(signal.SIGINT)
        print("no")""")
    assert (done.returncode, done.stdout, done.stderr) == (130, "being cleared away\n", UNCHANGED)


@posix
def test_a_hangup_that_nohup_ignores_is_ignored():
    done = python(f"""{COMMAND}
signal.signal(signal.SIGHUP, signal.SIG_IGN)
interruption.begin()
with errors():
    signal.raise_signal(signal.SIGHUP)
    print("goes on")
signal.raise_signal(signal.SIGHUP)""")
    assert (done.returncode, done.stdout) == (0, "goes on\n")


@pytest.mark.parametrize("exchange", [True, False])
def test_a_pack_is_put_in_place_as_a_whole_and_reported(tmp_path, monkeypatch, exchange):
    outputs, workbook = PacksFolder(tmp_path / "outputs"), make_workbook(tmp_path)
    jobs = [job(make_notebook(tmp_path / "notebooks/page.ipynb"))]
    run(workbook, outputs, StandIn("one"), jobs)
    rename, swapped = Path.rename, swap._exchange

    def interrupted_rename(path, target):
        if path != target:  # a file renamed to itself is only asked whether it is open
            interrupted()
        return rename(path, target)

    def interrupted_exchange(one, other):
        interrupted()
        return exchange and swapped(one, other)

    monkeypatch.setattr(Path, "rename", interrupted_rename)
    monkeypatch.setattr(swap, "_exchange", interrupted_exchange)
    with interruption.heard():
        with pytest.raises(KeyboardInterrupt):
            run(workbook, outputs, StandIn("two"), jobs, force=True)
        assert interruption.message() == (
            "Interrupted; 2024-06 is published; what else was published before is unchanged."
        )
    made = contents(outputs.pack(MONTH))
    assert b"<h1>page: two</h1>" in made["page.html"]
    assert made["index.html"] == b"<h1>two</h1>page"
    assert {path.name for path in outputs.root.iterdir()} == {"2024-06", ".run.lock"}


def test_a_load_is_recorded_as_a_whole_and_reported(tmp_path, monkeypatch):
    book = tmp_path / "book"
    council.copy(book)
    results, late = book / "data/results/2024-06.csv", tmp_path / "late.csv"
    changed = "2024-06,fenwold,a1,all,1,255,supplied"
    assert changed not in results.read_text().splitlines()
    late.write_text(f"{HEADER}{changed}\n")

    def load(*words):
        places = ["--why", "x", "--by", "A", "--workbook", str(book)]
        return CliRunner().invoke(program.main, ["load", *words, *places])

    assert load("--edits").exit_code == 0
    finish = ledger._finish

    def interrupted_finish(workbook):
        if ledger.is_pending(workbook):
            interrupted()
        finish(workbook)

    monkeypatch.setattr(ledger, "_finish", interrupted_finish)
    done = load(str(late))
    assert done.exit_code == 130
    assert done.stderr == (
        "Interrupted; load 2 is recorded; what else was published before is unchanged.\n"
    )
    assert changed in results.read_text().splitlines()
    assert not ledger.is_pending(Workbook.at(book))


@posix
def test_an_interruption_while_a_process_starts_is_not_lost(monkeypatch):
    launcher = processes.Launcher("spawn")
    process = processes.multiprocessing.get_context("spawn").Process
    start = process.start

    def interrupted_start(self):
        interrupted()
        start(self)
        time.sleep(0.2)

    monkeypatch.setattr(process, "start", interrupted_start)
    with interruption.heard(), pytest.raises(KeyboardInterrupt):
        launcher.start("time:sleep")
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])
    launcher.close()


READY = """
import os, sys
def ready(event, arguments):
    if event == "import" and arguments[0] == "click" and told:
        os.write(int(told.pop()), b"x")
told = [os.environ.pop("READY")] if "READY" in os.environ else []  # not for its children
sys.addaudithook(ready)
"""
"""Tells when the command's own first lines have run: Python's start before them is not ours."""


class Interrupted:
    """The command in a process of its own, interrupted when it has run for a time."""

    def __init__(self, folder):
        self.folder = folder
        council.copy(folder / "book")
        (folder / "site").mkdir()
        (folder / "site/sitecustomize.py").write_text(READY)
        self.outputs = folder / "outputs"

    def after(self, seconds, *words, moment=""):
        """Interrupt it `seconds` after its first lines, or after it has said `moment`."""
        ours, theirs = os.pipe()
        places = [f"--workbook={self.folder / 'book'}"]
        if words[0] != "loads":
            places.append(f"--outputs={self.outputs}")
        process = subprocess.Popen(
            [sys.executable, str(REPOSITORY / "run_month.py"), *words, *places],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
            pass_fds=[theirs],
            env={**os.environ, "PYTHONPATH": str(self.folder / "site"), "READY": str(theirs)},
        )  # fmt: skip
        os.close(theirs)
        assert os.read(ours, 1) == b"x"
        os.close(ours)
        said = ""
        while not re.search(moment, said, re.DOTALL):
            said += process.stdout.readline()
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
        return process.returncode, said + out, err


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return Interrupted(tmp_path_factory.mktemp("interrupted"))


EARLY = [0, 0.001, 0.003, 0.006, 0.01, 0.02, 0.03, 0.05, 0.08, 0.13, 0.2, 0.35]


@posix
@pytest.mark.parametrize("seconds", [0, pytest.param(0.03, marks=pytest.mark.thorough)])
@pytest.mark.parametrize("moment", ["borough: started", "making the page", "(done after.*){5}"])
def test_ctrl_c_during_a_run_leaves_no_half_pack(desk, moment, seconds):
    status, out, err = desk.after(seconds, "2024-06", "--force", "--verbose", moment=moment)
    assert "Traceback" not in out + err
    assert status in (0, 130)
    left = {path.name for path in desk.outputs.glob("*")}
    assert left <= {".run.lock", "checks", "2024-06"}
    assert ("2024-06" in left) == ("2024-06 is published" in out + err)
    if "2024-06" in left:
        assert len(list((desk.outputs / "2024-06").glob("*.html"))) == 6
        assert (desk.outputs / "2024-06/run.json").exists()
        shutil.rmtree(desk.outputs / "2024-06")
