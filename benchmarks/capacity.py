"""Measure what one council's pack, month and years take; see README.md here."""

from __future__ import annotations

import csv
import ctypes
import os
import platform
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import TYPE_CHECKING

import click
from compare import ROOT, Bench, Measure

from scorecard.months import Month

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parent
MONTH = Month(2016, 8)
APPENDICES, YEARS = (13, 40), (2, 5, 10)
MIB = 2**20
ADOPT = 36
"""PR_SET_CHILD_SUBREAPER of Linux: what outlives a command becomes our child, and is counted."""
REFRESH = """
import sys
from scorecard.store import building
from scorecard.workbook import Workbook
building.refresh(Workbook.at(sys.argv[1]))
"""


class Costs:
    """The rows of the table: what was done, and what it took."""

    def __init__(self) -> None:
        self.lines = [
            "| one council | seconds | processors | memory | on disk | files |",
            "|---|---:|---:|---:|---:|---:|",
        ]

    def measure(self, name: str, workbook: Path, made: Path, *command: object) -> None:
        """Run a command, which makes what is in the folder `made`."""
        seconds: list[float] = []
        peaks: list[float] = []
        before = _spent()
        with Measure(seconds, peaks, workbook) as run:
            run(sys.executable, *command)
        files = [path for path in made.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files) / MIB
        self.lines.append(
            f"| {name} | {seconds[0]:.1f} | {_spent() - before:.1f} s | {peaks[0]:.0f} MiB "
            f"| {size:.1f} MiB | {len(files)} |"
        )
        click.echo(self.lines[-1], err=True)


def _spent() -> float:
    """The processor seconds of the commands that have ended, and of all that they started."""
    with suppress(ChildProcessError):
        while True:
            os.wait()
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def packs(costs: Costs, folder: Path) -> None:
    """A month's pack, for the first time and again, and with ten years of packs beside it."""
    for count in APPENDICES:
        book = folder / str(count)
        Bench.make(count, book, MONTH)
        outputs = book / "outputs"
        command = (ROOT / "run_month.py", MONTH, "--quiet", "--workbook", book)
        pack = outputs / str(MONTH)
        costs.measure(f"a pack of {count} appendices", book, pack, *command)
        costs.measure("the same, unchanged", book, pack, *command)
    for number in range(1, 12 * YEARS[-1]):
        other = outputs / str(MONTH - number)
        shutil.copytree(pack, other)
        record = other / "run.json"
        record.write_text(record.read_text().replace(f'"{MONTH}"', f'"{MONTH - number}"', 1))
    costs.measure(f"the same beside {12 * YEARS[-1]} packs", book, outputs, *command)


def years(costs: Costs, folder: Path) -> None:
    """The store of years of results, in which each year has the figures of the last one."""
    for number in YEARS:
        book = folder / f"years-{number}"
        for name in ("data", "params"):
            shutil.copytree(
                ROOT / name, book / name, ignore=shutil.ignore_patterns(".store", "loads")
            )
        results = book / "data/results"
        last = [list(_rows(ROOT / f"data/results/{MONTH - back}.csv")) for back in range(12)]
        shutil.rmtree(results)
        results.mkdir()
        for back in range(12 * number):
            month = str(MONTH - back)
            with (results / f"{month}.csv").open("w", newline="", encoding="utf-8") as file:
                header, *rows = last[back % 12]
                csv.writer(file).writerows([header, *([month, *row[1:]] for row in rows)])
        name = f"the store of {12 * number} months"
        costs.measure(name, book, book / "data/.store", "-c", REFRESH, book)


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        yield from csv.reader(file)


@click.command()
def main() -> None:
    """Measure, print and write benchmarks/capacity_table.md."""
    ctypes.CDLL(None).prctl(ADOPT, 1)
    costs = Costs()
    with tempfile.TemporaryDirectory(prefix="scorecard-benchmark-") as folder:
        Bench.make(1, Path(folder) / "warm", MONTH).batch()  # the first run of all compiles modules
        packs(costs, Path(folder))
        years(costs, Path(folder))
    measured = (
        f"Measured once on {len(os.sched_getaffinity(0))} cores, Python "
        f"{platform.python_version()}; whole commands. Memory is that of all processes, pages "
        f"that they share counted once. {os.getloadavg()[2]:.0f} processes of the machine were at "
        "work on average."
    )
    text = "\n".join([*costs.lines, "", measured]) + "\n"
    (HERE / "capacity_table.md").write_text(text, encoding="utf-8")
    click.echo(text)


if __name__ == "__main__":
    main()
