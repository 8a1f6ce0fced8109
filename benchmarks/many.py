"""Measure a pack over a million results beside the same pack over 10,000; see README.md here."""

from __future__ import annotations

import csv
import os
import platform
import random
import shutil
import tempfile
from itertools import product
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import click
from compare import BATCH, Bench

from scorecard.months import Month
from scorecard.store import building
from scorecard.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parent
MONTH = Month(2016, 8)
APPENDICES, TEAMS, YEARS = 13, 210, 7
GOAL = 1.5


def council(folder: Path, *, many: bool) -> Bench:
    """The council of this repository and `TEAMS` teams, which have results if there are `many`."""
    bench = Bench.make(APPENDICES, folder, MONTH)
    reference, results = folder / "data/reference", folder / "data/results"
    with (reference / "units.csv").open(encoding="utf-8", newline="") as file:
        areas = [row["unit"] for row in csv.DictReader(file) if row["kind"] == "area"]
    teams = [f"more-{number}" for number in range(TEAMS)]
    with (reference / "units.csv").open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows(
            [team, f"Team {number}", "team", areas[number % len(areas)]]
            for number, team in enumerate(teams)
        )
    if many:
        with (reference / "indicators.csv").open(encoding="utf-8", newline="") as file:
            indicators = [(row["code"], row["format"]) for row in csv.DictReader(file)]
        for back in range(12 * YEARS):
            _add(results / f"{MONTH - back}.csv", list(_results(MONTH - back, teams, indicators)))
    shutil.rmtree(folder / "data/loads")  # the first run records all as one load
    shutil.rmtree(folder / "data/.store", ignore_errors=True)
    building.refresh(Workbook.at(folder))
    return bench


def _results(
    month: Month, teams: list[str], indicators: list[tuple[str, str]]
) -> Iterator[dict[str, object]]:
    chance = random.Random(str(month))  # noqa: S311 (no secret)
    for team, (code, form) in product(teams, indicators):
        denom = chance.randrange(200, 3000)
        num = chance.randrange(0, denom - 1)
        yield {
            "month": month, "unit": team, "code": code, "cohort": "all", "num": num,
            "denom": "" if form == "count" else denom, "provenance": "reconstructed",
        }  # fmt: skip


def _add(path: Path, rows: list[dict[str, object]]) -> None:
    new = not path.exists()
    with path.open("a+", encoding="utf-8", newline="") as file:
        file.seek(0)
        names = list(rows[0]) if new else next(csv.reader(file))
        writer = csv.DictWriter(file, names, lineterminator="\n")
        file.seek(0, os.SEEK_END)
        if new:
            writer.writeheader()
        writer.writerows(rows)


def _count(folder: Path) -> int:
    return sum(
        len(path.read_text(encoding="utf-8").splitlines()) - 1
        for path in (folder / "data/results").glob("*.csv")
    )


@click.command()
@click.option("--rounds", default=3, help="How often each pack runs.  [default: 3]")
def main(rounds: int) -> None:
    """Measure, print and write benchmarks/many_table.md."""
    with tempfile.TemporaryDirectory(prefix="scorecard-benchmark-") as name:
        folder = Path(name)
        councils = [council(folder / word, many=word == "many") for word in ("few", "many")]
        for _ in range(1 + rounds):  # the first records the load, and compiles modules
            for bench in councils:
                bench.batch()
                click.echo(f"{bench.folder.name} {bench.seconds[BATCH][-1]:.2f}", err=True)
        few, many = (median(bench.seconds[BATCH][1:]) for bench in councils)
        peaks = [median(bench.peaks[BATCH][1:]) for bench in councils]
        rows = [_count(bench.folder) for bench in councils]
    measured = (
        f"Measured in one run on {len(os.sched_getaffinity(0))} cores, Python "
        f"{platform.python_version()}; whole commands into an empty folder, with a current store, "
        f"{rounds} rounds, one after the other."
    )
    ratio = f"{many / few:.2f} times"
    text = "\n".join([
        f"| {APPENDICES} appendices | seconds (median) | of the smaller | memory | goal |",
        "|---|---:|---:|---:|---|",
        f"| of {rows[0]:,} results | {few:.2f} | | {peaks[0]:.0f} MiB | |",
        f"| of {rows[1]:,} results | {many:.2f} | {ratio} | {peaks[1]:.0f} MiB | {GOAL} times |",
        "",
        measured,
    ])  # fmt: skip
    (HERE / "many_table.md").write_text(text + "\n", encoding="utf-8")
    click.echo(text)


if __name__ == "__main__":
    main()
