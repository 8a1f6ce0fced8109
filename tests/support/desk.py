"""A made-up council's workbook at which commands are given, as an operator and an analyst do."""

from __future__ import annotations

import subprocess
import sys

from click.testing import CliRunner

from scorecard.commands import program
from scorecard.ledger import ledger
from scorecard.workbook import Workbook
from support import council
from support.batches import FRAGMENT, make_notebook
from support.places import REPOSITORY
from support.workbooks import HEADER

REPORTS = """\
timeout_seconds: 60
appendices:
  - {name: one, notebook: page, title: One, summary: The first page., parameters: {unit: fenwold}}
  - {name: "two-{unit}", notebook: page, title: "{unit_name}", summary: Pages., for_each: area}
"""
NAMES = ["one", "two-upper-fen", "two-lower-fen"]
CORRECTION = "2024-06,fenwold,a1,all,230,255,supplied\n2024-06,upper-fen,a1,all,92,95,supplied\n"
PLACES = {"load": ("workbook", "outputs")}
PLACES |= dict.fromkeys(("loads", "history", "explain"), ("workbook",))


class Desk:
    """A made-up council's workbook, with notebooks of its own, at which commands are given.

    It is made in `folder` unless it is there already.
    """

    def __init__(self, folder):
        self.folder = folder
        self.workbook = folder / "workbook"
        self.outputs = folder / "outputs"
        self.pack = self.outputs / "2024-06"
        if not self.workbook.exists():
            self._make()

    def _make(self):
        council.copy(self.workbook)
        (self.workbook / "params/reports.yml").write_text(REPORTS)
        (self.workbook / "params/2024-06.yml").unlink()
        self.notebook(FRAGMENT)

    def notebook(self, *cells):
        make_notebook(self.folder / "notebooks/page.ipynb", *cells)

    def arguments(self, *words):
        places = [f"--{n}={self.folder / n}" for n in ("workbook", "outputs", "notebooks")]
        return [*words, *(places[:2] if {*words} & {"check", "load"} else places)]

    def start(self, *words, **options):
        return subprocess.Popen(
            [sys.executable, str(REPOSITORY / "run_month.py"), *self.arguments(*words)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
            **options,
        )  # fmt: skip

    def run(self, *words):
        with self.start(*words) as process:
            out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    def ask(self, *words):
        """The same in this process: quick, for what does not start other processes."""
        done = CliRunner().invoke(program.main, self.arguments(*words))
        return done.exit_code, done.stdout, done.stderr


class Analyst(Desk):
    """A desk at which files are loaded."""

    def arguments(self, *words):
        if words[0] not in PLACES:
            return super().arguments(*words)
        return [*words, *(f"--{name}={self.folder / name}" for name in PLACES[words[0]])]

    def file(self, lines=CORRECTION, name="late.csv"):
        path = self.folder / name
        path.write_text(HEADER + lines)
        return str(path)

    def state(self):
        """Every file of the workbook that a load may touch, but the lock."""
        data = self.workbook / "data"
        return {
            path.relative_to(data).as_posix(): path.read_bytes()
            for folder in ("results", "loads")
            for path in (data / folder).rglob("*")
            if path.is_file() and path.name != ledger.LOCK
        }

    def book(self):
        return Workbook.at(self.workbook)
