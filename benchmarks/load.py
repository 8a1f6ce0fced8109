"""Measure loading, and building the store, against DuckDB's own COPY; see README.md here."""

from __future__ import annotations

import csv
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice, product
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

import click
import duckdb

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
AREAS, TEAMS = 10, 20
FIRST_YEAR = 2000
COPY, NEW, AGAIN, BUILD, CHECK, GROW, NOTHING, CHECK_EDIT = (
    "DuckDB's COPY into a table", "load into an empty workbook",
    "load again, one row in a hundred changed", "build the store", "check the last month",
    "make it current after one changed month", "look that it is current",
    "check the last month, with an edit in no load",
)  # fmt: skip
GOALS = {
    BUILD: "12 times COPY, 512 MiB", GROW: "3 times COPY, 512 MiB", NOTHING: "0.5 s",
    CHECK: "0.8 s, 512 MiB", CHECK_EDIT: "0.8 s, 512 MiB",
}  # fmt: skip
COPY_CODE = """
import duckdb, sys
with duckdb.connect(sys.argv[1]) as connection:
    connection.execute("CREATE TABLE results (month VARCHAR, unit VARCHAR, code VARCHAR, "
                       "cohort VARCHAR, num VARCHAR, denom VARCHAR, provenance VARCHAR)")
    connection.execute("COPY results FROM '" + sys.argv[2] + "' (HEADER)")
"""
STORE_CODE = """
import sys
from pathlib import Path
from scorecard.store import building
from scorecard.workbook import Workbook
building.refresh(Workbook.at(Path(sys.argv[1])))
"""


@dataclass
class Bench:
    """Files of `rows` results, a workbook to load them into, and what has been measured."""

    rows: int
    folder: Path
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    processor: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    peaks: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def make(cls, rows: int, folder: Path) -> Bench:
        """A county of ten areas with twenty teams each, and the indicators of this repository."""
        bench = cls(rows, folder)
        reference = folder / "workbook/data/reference"
        reference.mkdir(parents=True)
        for name in ("data/results", "params"):
            (folder / "workbook" / name).mkdir()
        for name in ("indicators", "targets", "provenance"):
            shutil.copy(ROOT / f"data/reference/{name}.csv", reference)
        shutil.copy(ROOT / "params/wording.yml", folder / "workbook/params")
        units = list(_units())
        _write(reference / "units.csv", ["unit", "name", "kind", "parent"], units)
        with (reference / "indicators.csv").open(encoding="utf-8", newline="") as file:
            indicators = [(row["code"], row["format"]) for row in csv.DictReader(file)]
        names = ["month", "unit", "code", "cohort", "num", "denom", "provenance"]
        for name, changed in (("new.csv", 0), ("again.csv", 100)):
            _write(
                folder / name,
                names,
                islice(_results([u[0] for u in units], indicators, changed), rows),
            )
        return bench

    def round(self) -> None:
        """COPY, load, load again, and the store, one after the other."""
        workbook = self.folder / "workbook"
        for name in ("data/loads", "data/results", "data/.store"):
            shutil.rmtree(workbook / name, ignore_errors=True)
        (workbook / "data/results").mkdir()
        (self.folder / "copy.duckdb").unlink(missing_ok=True)
        self._measure(COPY, "-c", COPY_CODE, self.folder / "copy.duckdb", self.folder / "new.csv")
        for name, file in ((NEW, "new.csv"), (AGAIN, "again.csv")):
            self._measure(
                name, ROOT / "run_month.py", "load", self.folder / file, "--workbook", workbook,
                "--why", "measured", "--by", "benchmark",
            )  # fmt: skip
        self._measure(BUILD, "-c", STORE_CODE, workbook)
        last = max((workbook / "data/results").glob("*.csv"))
        check = (ROOT / "run_month.py", "check", last.stem, "--workbook", workbook)
        self._measure(CHECK, *check)
        _change_one(last)
        for name in (GROW, NOTHING):
            self._measure(name, "-c", STORE_CODE, workbook)
        self._measure(CHECK_EDIT, *check)

    def _measure(self, name: str, *words: object) -> None:
        began = perf_counter()
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, *(str(word) for word in words)],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert process.stderr  # noqa: S101 (it is a pipe)
        said = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        self.seconds[name].append(perf_counter() - began)
        self.processor[name].append(used.ru_utime + used.ru_stime)
        self.peaks[name].append(used.ru_maxrss / 1024)
        if status:
            raise SystemExit(f"{name} failed:\n{said.decode()}")

    def table(self) -> str:
        """The medians and ratios as a Markdown table."""
        lines = [
            f"| {self.rows:,} rows | seconds (median) | of COPY | processors | memory | goal |",
            "|---|---:|---:|---:|---:|---|",
        ]
        base = median(self.seconds[COPY])
        for name, seconds in self.seconds.items():
            ratio = "" if name == COPY else f"{median(seconds) / base:.1f} times"
            spent, peak = median(self.processor[name]), median(self.peaks[name])
            lines.append(
                f"| {name} | {median(seconds):.2f} | {ratio} | {spent:.2f} s | {peak:.0f} MiB "
                f"| {GOALS.get(name, '')} |"
            )
        rounds = len(self.seconds[COPY])
        measured = (
            f"Measured in one run on {len(os.sched_getaffinity(0))} cores, Python "
            f"{platform.python_version()}, DuckDB {duckdb.__version__}; whole commands, "
            f"{rounds} rounds, one after the other."
        )
        return "\n".join([*lines, "", measured]) + "\n"


def _units() -> Iterator[tuple[str, str, str, str]]:
    yield "county", "County", "county", ""
    for area in range(AREAS):
        yield f"area-{area}", f"Area {area}", "area", "county"
    for area, team in product(range(AREAS), range(TEAMS)):
        yield f"team-{area}-{team}", f"Team {area} {team}", "team", f"area-{area}"


def _results(
    units: Sequence[str], indicators: Sequence[tuple[str, str]], changed: int
) -> Iterator[tuple[object, ...]]:
    """Results without end, the same each time; one in `changed` has a greater numerator."""
    chance = random.Random(1)  # noqa: S311 (no secret)
    number = 0
    for year in range(FIRST_YEAR, FIRST_YEAR + 900):
        for month, unit, (code, form) in product(range(1, 13), units, indicators):
            number += 1
            denom = chance.randrange(200, 3000)
            num = chance.randrange(0, denom - 1) + bool(changed and number % changed == 0)
            whole = "" if form == "count" else denom
            yield f"{year}-{month:02d}", unit, code, "all", num, whole, "published"


def _change_one(path: Path) -> None:
    """Make the first result of a file another one, as somebody who edits it would."""
    header, first, *others = path.read_text(encoding="utf-8").splitlines(keepends=True)
    month, unit, code, cohort, num, *rest = first.split(",")
    changed = ",".join([month, unit, code, cohort, str(int(num) + 1), *rest])
    path.write_text("".join([header, changed, *others]), encoding="utf-8")


def _write(path: Path, names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)


@click.command()
@click.option("--rows", default=1_000_000, help="How many results.  [default: 1000000]")
@click.option("--rounds", default=5, help="How often each way runs.  [default: 5]")
def main(rows: int, rounds: int) -> None:
    """Measure, print and write benchmarks/load_table.md."""
    with tempfile.TemporaryDirectory(prefix="scorecard-benchmark-") as folder:
        bench = Bench.make(rows, Path(folder))
        bench.round()  # the first run of all compiles modules
        bench.seconds.clear()
        bench.processor.clear()
        bench.peaks.clear()
        for _ in range(rounds):
            bench.round()
            click.echo(dict(bench.seconds), err=True)
    text = bench.table()
    (HERE / "load_table.md").write_text(text, encoding="utf-8")
    click.echo(text)


if __name__ == "__main__":
    main()
