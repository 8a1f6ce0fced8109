"""No input uses up the machine: whole commands, with their processor time and memory."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from itertools import pairwise

import pytest
import xlsxwriter

from places import REPOSITORY
from scorecard.staging import ROWS
from scorecard.workbook import Workbook

SECONDS = 5.0
"""Of processor time: how long a command takes depends on what else the machine does."""

MEMORY = 500 << 20
HEADER = "month,unit,code,cohort,num,denom,provenance\n"
SOUND = HEADER + "2024-07,fenwold,s1,all,7,,supplied\n"
SHEET = "xl/worksheets/sheet1.xml"
GIGABYTE = 1 << 30
LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{here}: &{here} [{','.join([f'*{above}'] * 10)}]\n" for above, here in pairwise("abcdefgh")
)
MEASURED = """
import atexit, runpy, sys
sys.argv = sys.argv[1:]
peak = lambda: next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
atexit.register(lambda: print(peak(), end=""))
runpy.run_path(sys.argv[0], run_name="__main__")
"""
"""Runs a program and ends with its peak memory: the system counts the parent's in a child's."""

DIGITS = "1" * 5000
NESTED = "[" * 100_000


@dataclass
class Done:
    """What a command said, its status, and what it used."""

    said: str
    status: int
    seconds: float
    memory: int

    def refused(self, *places):
        assert self.status == 2, self.said
        assert "Traceback" not in self.said
        for place in places:
            assert place in self.said
        assert len(self.said) < 2000
        assert self.seconds < SECONDS
        assert self.memory < MEMORY


@dataclass
class Desk:
    """The second council, and a file to load."""

    workbook: Workbook
    file: object

    def run(self, *words):
        command = [sys.executable, "-c", MEASURED, REPOSITORY / "run_month.py", *words]
        process = subprocess.Popen(
            [*map(str, command), "--workbook", str(self.workbook.root)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        said, _, peak = process.stdout.read().decode().rpartition("VmHWM:")
        process.stdout.close()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = used.ru_utime + used.ru_stime
        return Done(said, process.returncode, seconds, int(peak.split()[0]) << 10)

    def load(self, *words):
        return self.run("load", self.file, "--why", "Late", *words)


@pytest.fixture
def desk(tmp_path):
    shutil.copytree(REPOSITORY / "tests/second_council", tmp_path / "fenwold")
    return Desk(Workbook.at(tmp_path / "fenwold"), tmp_path / "late")


def spreadsheet(desk, rows, part=SHEET, before=b"</sheetData>"):
    """A spreadsheet into which pieces are put, before the end of its table or of another part."""
    with xlsxwriter.Workbook(desk.file) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(SOUND.splitlines()):
            sheet.write_row(number, 0, line.split(","))
    with zipfile.ZipFile(desk.file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    start, _, rest = parts.pop(part).partition(before)
    with zipfile.ZipFile(desk.file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in parts.items():
            package.writestr(name, content)
        with package.open(part, "w") as file:
            file.write(start)
            file.writelines(rows)
            file.write(before + rest)


def long_line(path, start):
    """A file with a line of a gigabyte, most of which is a hole on the disk."""
    path.write_text(start)
    os.truncate(path, GIGABYTE)


def test_a_small_spreadsheet_that_unpacks_to_300_megabytes(desk):
    spreadsheet(desk, [b" " * (1 << 20)] * 300)
    assert desk.file.stat().st_size < 3 << 20

    desk.load().refused(str(desk.file), "would unpack to 314,")


def test_a_small_spreadsheet_whose_texts_unpack_to_300_megabytes(desk):
    text = b"<si><t>a</t></si>" * 61_681
    spreadsheet(desk, [text] * 300, "xl/sharedStrings.xml", b"</sst>")

    desk.load().refused(str(desk.file), "would unpack to 31")


def test_a_spreadsheet_of_more_rows_than_a_sheet_can_hold(desk):
    rows = (b'<row r="%d"><c r="E%d"><v>%d</v></c></row>' % (n, n, n) for n in range(3, ROWS + 9))
    spreadsheet(desk, rows)

    desk.load().refused(str(desk.file), "row 1048577: the sheet has more than the 1,048,576 rows")


def test_a_number_of_5000_digits_in_a_spreadsheet(desk):
    spreadsheet(desk, [b"<row r='3'><c r='E3'><v>%s</v></c></row>" % DIGITS.encode()])

    desk.load().refused(str(desk.file), "row 3: a number has thousands of digits")


@pytest.mark.parametrize("loaded", [True, False])
def test_a_table_of_a_million_columns(desk, loaded):
    target = desk.file if loaded else desk.workbook.month_results("2024-05")
    target.write_text(HEADER.strip() + "," * 1_000_000 + "\n")

    done = desk.load() if loaded else desk.run("2024-06")
    name = str(desk.file) if loaded else "data/results/2024-05.csv"
    done.refused(name, "row 1: there are 1000007 columns")


@pytest.mark.parametrize("loaded", [True, False])
@pytest.mark.parametrize(("start", "row"), [("month", 1), (SOUND + "2024-07,fenwold", 3)])
def test_a_line_of_a_gigabyte(desk, loaded, start, row):
    long_line(desk.file if loaded else desk.workbook.month_results("2024-05"), start)

    done = desk.load() if loaded else desk.run("2024-06")
    name = str(desk.file) if loaded else "data/results/2024-05.csv"
    done.refused(name, f"row {row}: the line is longer than 1 MiB")


@pytest.mark.parametrize("how", ["loaded", "extract", "standing"])
def test_a_number_of_5000_digits_in_a_table(desk, how):
    desk.workbook.params("extracts").write_text(
        "extracts: {teams: {unit_column: Team, provenance: supplied, "
        "results: [{code: s1, num: Open}]}}\n"
    )
    target = desk.workbook.month_results("2024-07") if how == "standing" else desk.file
    if how == "extract":
        target.write_text(f"Team,Open\nFenwold,{DIGITS}\n")
        done = desk.load("--extract", "teams", "--month", "2024-07")
    else:
        target.write_text(HEADER + f"2024-07,fenwold,s1,all,{DIGITS},,supplied\n")
        done = desk.run("2024-06") if how == "standing" else desk.load()

    column = "Open" if how == "extract" else "num"
    done.refused(f"row 2, column {column}: the numerator `1111", "1…` is not a number")


PARAMETERS = {
    "reports": "appendices", "wording": "council", "2024-06": "committee", "disclosure": "footnote",
    "extracts": "extracts", "checks": "flows",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "problem"),
    [(LAUGHS, "more than 100000 values"), (NESTED, "more than 50 lists"), (DIGITS, "18 digits")],
    ids=["laughs", "nested", "digits"],
)
@pytest.mark.parametrize("name", PARAMETERS)
def test_parameters_that_explode(desk, name, text, problem):
    key = PARAMETERS[name]
    desk.workbook.params(name).write_text(text if text == LAUGHS else f"{key}: {text}")
    desk.file.write_text(SOUND)
    command = {
        "extracts": ["load", desk.file, "--extract", "teams", "--month", "2024-07"],
        "checks": ["check", "2024-06"],
    }.get(name, ["2024-06"])

    desk.run(*command).refused(f"params/{name}.yml, line ", problem)


@pytest.mark.parametrize("name", ["reports", "2024-06"])
def test_parameters_of_a_gigabyte(desk, name):
    long_line(desk.workbook.params(name), "")

    desk.run("2024-06").refused(f"params/{name}.yml is larger than 1024 KiB")


@pytest.mark.parametrize("size", [len(NESTED), GIGABYTE])
def test_a_commentary_without_end(desk, size):
    path = desk.workbook.commentary("2024-06", "a2")
    path.write_text(NESTED)
    os.truncate(path, size)

    desk.run("2024-06").refused("data/commentary/2024-06/a2.md is larger than 64 KiB")


def notebook(desk, **cell):
    """Notebooks of one's own, of which one has another cell of parameters."""
    folder = desk.file.parent / "notebooks"
    shutil.copytree(REPOSITORY / "notebooks", folder)
    content = json.loads((folder / "county.ipynb").read_text())
    tagged = next(c for c in content["cells"] if "parameters" in c["metadata"].get("tags", ()))
    tagged.update(cell)
    (folder / "county.ipynb").write_text(json.dumps(content))
    return folder


@pytest.mark.parametrize("source", [f"month = {NESTED}", "month = " + "-" * 100_000 + "1",
                                    f"month = {DIGITS}"])  # fmt: skip
def test_parameters_of_a_notebook_without_end(desk, source):
    folder = notebook(desk, source=source)

    desk.run("2024-06", "--notebooks", folder).refused(
        "notebooks/county.ipynb: ", "the cell tagged `parameters` is not Python"
    )


@pytest.mark.parametrize("text", [NESTED, '{"cells": ' + "[" * 100_000, DIGITS])
def test_a_notebook_without_end(desk, text):
    folder = notebook(desk)
    (folder / "county.ipynb").write_text(text)

    done = desk.run("2024-06", "--notebooks", folder)
    done.refused("notebooks/county.ipynb is not a Jupyter notebook")


def test_a_parameter_of_a_notebook_of_5000_digits(desk):
    path = desk.workbook.params("reports")
    path.write_text(path.read_text().replace("unit: fenwold", f"unit: {DIGITS}", 1))

    desk.run("2024-06").refused("params/reports.yml, line ", "a number has more than 18 digits")


def test_many_honest_rows_are_loaded(desk):
    """A hundredth of the ten million that were loaded once by hand, in every way of writing."""
    codes = [line.split(",")[0] for line in
             desk.workbook.reference("indicators").read_text().splitlines()[1:]]  # fmt: skip
    counts = [code for code in codes if code in ("s1", "s2", "f1")]
    months = [f"{year}-{month:02d}" for year in range(1000, 2400) for month in range(1, 13)]
    rows = [f"{month},fenwold,{code},all,7,,supplied\r\n" for month in months for code in counts]
    desk.file.write_text("\ufeff" + HEADER + "".join(rows), newline="")
    done = desk.load("--yes", "--dry-run")

    assert done.status == 0, done.said
    assert str(len(rows)) in done.said
    assert done.memory < MEMORY
