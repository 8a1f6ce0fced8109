"""Measure packs of many councils: one worker, two, and a cluster of two; see README.md here."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import click
from distributed import LocalCluster

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
MONTH = "2016-08"
ONE, TWO, CLUSTER = "one worker", "two workers", "a cluster of two workers"
GOALS = {TWO: "at least 1.7 times as fast as one worker", CLUSTER: "at most 10 % longer than two"}


@dataclass
class Bench:
    """Councils, copies of this repository's, and what has been measured with them."""

    folder: Path
    councils: int
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    busy: list[float] = field(default_factory=list)

    def make(self) -> None:
        """Copy the councils, without stores and packs."""
        for number in range(self.councils):
            for name in ("data", "params"):
                shutil.copytree(
                    ROOT / name, self.folder / f"council-{number}" / name,
                    ignore=shutil.ignore_patterns(".store", "*.duckdb*"),
                )  # fmt: skip

    def round(self, cluster: Any) -> None:
        """Each way once, one after the other."""
        self.busy.append(os.getloadavg()[0])
        for name, words in (
            (ONE, ["--jobs", "1"]), (TWO, ["--jobs", "2"]),
            (CLUSTER, ["--cluster", cluster.scheduler_address]),
        ):  # fmt: skip
            self._measure(name, words)

    def _measure(self, name: str, words: list[str]) -> None:
        """The seconds of the whole command, without a store or a pack from before."""
        for made in ("outputs", "data/.store"):
            for council in self.folder.iterdir():
                shutil.rmtree(council / made, ignore_errors=True)
        began = perf_counter()
        done = subprocess.run(  # noqa: S603
            [sys.executable, str(ROOT / "run_month.py"), MONTH, "--workbooks", f"{self.folder}/*",
             *words],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self.seconds[name].append(perf_counter() - began)
        if done.returncode:
            raise SystemExit(f"{name} failed:\n{done.stdout}")

    def table(self) -> str:
        """The medians, and the median of the ratios of each round, as a Markdown table."""
        lines = [
            f"| {self.councils} councils | seconds (median) | beside | goal |",
            "|---|---:|---:|---|",
        ]
        faster = ratio(self.seconds[ONE], self.seconds[TWO])
        longer = ratio(self.seconds[CLUSTER], self.seconds[TWO])
        beside = {ONE: "", TWO: f"{faster:.2f} times as fast", CLUSTER: f"{longer - 1:+.0%}"}
        lines += [
            f"| {name} | {median(seconds):.1f} | {beside[name]} | {GOALS.get(name, '')} |"
            for name, seconds in self.seconds.items()
        ]
        measured = (
            f"Measured in one run on {len(os.sched_getaffinity(0))} cores, Python "
            f"{platform.python_version()}; whole commands, {len(self.busy)} rounds, one after the "
            f"other. When a round began, {min(self.busy):.1f} to {max(self.busy):.1f} processes of "
            "the machine were at work."
        )
        return "\n".join([*lines, "", measured]) + "\n"


def ratio(slow: list[float], quick: list[float]) -> float:
    """The median of how many times as long one way takes as another in the same round."""
    return median(a / b for a, b in zip(slow, quick, strict=True))


@click.command()
@click.option("--councils", default=4, help="How many councils.  [default: 4]")
@click.option("--rounds", default=3, help="How often each way runs.  [default: 3]")
def main(councils: int, rounds: int) -> None:
    """Measure, print and write benchmarks/region_table.md."""
    with (
        tempfile.TemporaryDirectory(prefix="scorecard-benchmark-") as folder,
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
    ):
        bench = Bench(Path(folder), councils)
        bench.make()
        bench.round(cluster)  # the first run of all compiles modules
        for kept in (bench.seconds, bench.busy):
            kept.clear()
        for _ in range(rounds):
            bench.round(cluster)
            click.echo(dict(bench.seconds), err=True)
    text = bench.table()
    (HERE / "region_table.md").write_text(text, encoding="utf-8")
    click.echo(text)


if __name__ == "__main__":
    main()
