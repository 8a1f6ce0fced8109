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
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from scorecard.store.csv_files import ROWS
from support import council
from support.places import REPOSITORY

if TYPE_CHECKING:
    from scorecard.workbook import Workbook

SECONDS = 20
"""Of processor time, after which the system ends a command. On an idle machine each is refused
within 5 s; what else the machine does lengthens that, so no test measures it."""

MEMORY = 500 << 20
HEADER = "month,unit,code,cohort,num,denom,provenance\n"
SOUND = HEADER + "2024-07,fenwold,s1,all,7,,supplied\n"
SHEET = "xl/worksheets/sheet1.xml"
GIGABYTE = 1 << 30
LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{here}: &{here} [{','.join([f'*{above}'] * 10)}]\n" for above, here in pairwise("abcdefgh")
)
MEASURED = """
import atexit, resource, runpy, sys
sys.argv = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
peak = lambda: next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
atexit.register(lambda: print(peak(), end=""))
runpy.run_path(sys.argv[0], run_name="__main__")
""".replace("SECONDS", str(SECONDS))
"""Runs a program and ends with its peak memory: the system counts the parent's in a child's."""

DIGITS = "1" * 5000
NESTED = "[" * 100_000


@dataclass
class Done:
    """What a command said, its status, and what it used."""

    said: str
    status: int
    memory: int

    def refused(self, *places):
        assert self.status == 2, self.said
        assert "Traceback" not in self.said
        for place in places:
            assert place in self.said
        assert len(self.said) < 2000
        assert self.memory < MEMORY


@dataclass
class Desk:
    """The second council, and a file to load."""

    workbook: Workbook
    file: object

    def run(self, *words):
        command = [sys.executable, "-c", MEASURED, REPOSITORY / "run_month.py", *words]
        process = subprocess.run(
            [*map(str, command), "--workbook", str(self.workbook.root)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
        said, _, peak = process.stdout.rpartition("VmHWM:")
        assert peak, f"no end within {SECONDS} s: {process.stdout}"
        return Done(said, process.returncode, int(peak.split()[0]) << 10)

    def load(self, *words):
        return self.run("load", self.file, "--why", "Late", *words)


@pytest.fixture
def desk(tmp_path):
    return Desk(council.copy(tmp_path / "fenwold"), tmp_path / "late")


def spreadsheet(desk, rows, part=SHEET, before=b"</sheetData>"):
    """A spreadsheet into which pieces are put, before the end of its table or of another part."""
    with xlsxwriter.Workbook(desk.file) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(SOUND.splitlines()):
            sheet.write_row(number, 0, line.split(","))
    with zipfile.ZipFile(desk.file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    start, _, rest = parts.pop(part).partition(before)
    start = start.replace(b'<dimension ref="A1:G2"/>', b"")  # some programs write none
    with zipfile.ZipFile(desk.file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in parts.items():
            package.writestr(name, content)
        with package.open(part, "w") as file:
            file.write(start)
            file.writelines(rows)
            file.write(before + rest)


def long_line(path, start, size=GIGABYTE):
    """A file with a line of that size, most of which is a hole on the disk."""
    path.write_text(start)
    os.truncate(path, size)


def test_a_small_spreadsheet_that_unpacks_to_300_megabytes(desk):
    spreadsheet(desk, [b" " * (1 << 20)] * 300)
    assert desk.file.stat().st_size < 3 << 20

    desk.load().refused(str(desk.file), "would unpack to 314,")


@pytest.mark.thorough
def test_a_small_spreadsheet_whose_texts_unpack_to_300_megabytes(desk):
    text = b"<si><t>a</t></si>" * 61_681
    spreadsheet(desk, [text] * 300, "xl/sharedStrings.xml", b"</sst>")

    desk.load().refused(str(desk.file), "would unpack to 31")


@pytest.mark.thorough
def test_a_spreadsheet_of_more_rows_than_a_sheet_can_hold(desk):
    rows = (b'<row r="%d"><c r="E%d"><v>%d</v></c></row>' % (n, n, n) for n in range(3, ROWS + 9))
    spreadsheet(desk, rows)

    desk.load().refused(str(desk.file), "row 1048577: the sheet has more than the 1,048,576 rows")


@pytest.mark.thorough
def test_a_spreadsheet_with_a_cell_in_the_last_column_of_each_row(desk):
    spreadsheet(
        desk, (b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(3, ROWS))
    )

    desk.load().refused(str(desk.file), "row 2050: the sheet has more than 33,554,432 cells")


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


@pytest.mark.parametrize(
    ("start", "row", "loaded"),
    [
        ("month", 1, True),
        (SOUND + "2024-07,fenwold", 3, True),
        pytest.param(SOUND + "2024-07", 3, False, marks=pytest.mark.thorough),
    ],
)
def test_a_line_of_a_gigabyte(desk, start, row, loaded):
    long_line(desk.file if loaded else desk.workbook.month_results("2024-05"), start)

    done = desk.load() if loaded else desk.run("2024-06")
    name = str(desk.file) if loaded else "data/results/2024-05.csv"
    done.refused(name, f"row {row}: the line is longer than 1 MiB")


@pytest.mark.parametrize("loaded", [True, pytest.param(False, marks=pytest.mark.thorough)])
def test_a_quoted_cell_of_a_gigabyte_in_short_lines(desk, loaded):
    path = desk.file if loaded else desk.workbook.month_results("2024-05")
    path.write_text(SOUND + '2024-07,"fenwold\n' + 'a ""short"" line, with a comma\n' * 100_000)
    os.truncate(path, GIGABYTE)  # a hole on the disk, which is not reached

    done = desk.load() if loaded else desk.run("2024-06")
    name = str(desk.file) if loaded else "data/results/2024-05.csv"
    done.refused(name, "row 3: the row can't be read: a cell is longer than 1 MiB")


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


EXPLODING = {
    "reports": f"appendices: {NESTED}",
    "wording": LAUGHS,
    "2024-06": f"committee: {DIGITS}",
    "disclosure": LAUGHS,
    "extracts": f"extracts: {DIGITS}",
    "checks": f"flows: {NESTED}",
}
PROBLEMS = ("more than 50 lists", "more than 100000 values", "more than 18 digits")


@pytest.mark.thorough
@pytest.mark.parametrize("name", EXPLODING)
def test_parameters_that_explode(desk, name):
    desk.workbook.params(name).write_text(EXPLODING[name])
    desk.file.write_text(SOUND)
    command = {
        "extracts": ["load", desk.file, "--extract", "teams", "--month", "2024-07"],
        "checks": ["check", "2024-06"],
    }.get(name, ["2024-06"])

    done = desk.run(*command)
    done.refused(f"params/{name}.yml, line ")
    assert sum(problem in done.said for problem in PROBLEMS) == 1


def test_large_parameters(desk):
    long_line(desk.workbook.params("reports"), "", 64 << 20)

    desk.run("2024-06").refused("params/reports.yml is larger than 1024 KiB")


def test_a_large_commentary(desk):
    long_line(desk.workbook.commentary("2024-06", "a2"), NESTED, 64 << 20)

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


@pytest.mark.thorough
@pytest.mark.parametrize("source", [f"month = {NESTED}", f"month = {DIGITS}"])
def test_parameters_of_a_notebook_without_end(desk, source):
    folder = notebook(desk, source=source)

    desk.run("2024-06", "--notebooks", folder).refused(
        "notebooks/county.ipynb: ", "the cell tagged `parameters` is not Python"
    )


@pytest.mark.thorough
@pytest.mark.parametrize("text", ['{"cells": ' + NESTED, DIGITS])
def test_a_notebook_without_end(desk, text):
    folder = notebook(desk)
    (folder / "county.ipynb").write_text(text)

    done = desk.run("2024-06", "--notebooks", folder)
    done.refused("notebooks/county.ipynb is not a Jupyter notebook")


def test_a_parameter_of_a_notebook_of_5000_digits(desk):
    path = desk.workbook.params("reports")
    path.write_text(path.read_text().replace("unit: fenwold", f"unit: {DIGITS}", 1))

    desk.run("2024-06").refused("params/reports.yml, line ", "a number has more than 18 digits")
