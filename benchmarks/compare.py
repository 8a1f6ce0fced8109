"""Measure the batch against the command lines and against plain Python; see README.md here."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import click
import psutil
import yaml

from scorecard.batch import freshness, manifest
from scorecard.months import Month
from scorecard.store import building, store
from scorecard.workbook import VARIABLE, Workbook

if TYPE_CHECKING:
    from scorecard.batch.jobs import Job
    from scorecard.store.store import Catalogue

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
NOTEBOOKS = ROOT / "notebooks"
BIN = Path(sys.executable).parent
SET_BY_BATCH = {"month", "title", "as_at"}
COUNTY_ONLY = {"uasc_impact"}
"""Notebooks that show a county and each of its areas, and so are of no use for an area."""

NAIVE, BATCH, PLAIN, CELLS, AGAIN = (
    "command lines", "batch", "plain cells, whole command", "plain cells, cells only",
    "nothing to do",
)  # fmt: skip
GOALS = {8: 10, 40: 15}
"""How many times as fast as the command lines a batch of so many appendices is to be."""
GOAL_OF_PLAIN = 1.8
"""How many times as long as the plain cells, whole command, it may take."""


@dataclass
class Bench:
    """A workbook of `count` appendices, and what has been measured with it."""

    count: int
    folder: Path
    month: Month
    jobs: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    peaks: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def make(cls, count: int, folder: Path, month: Month) -> Bench:
        """The month's appendices, and again for other units, until there are `count`.

        For other units, or a chart drawn for one appendix would serve for its copies.
        """
        home = Workbook.at(ROOT)
        shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("*.lock"))
        (folder / "params").mkdir()
        for path in (ROOT / "params").glob("*.yml"):
            shutil.copy(path, folder / "params")
        building.refresh(home)
        known = store.catalogue(home)
        plan = manifest.jobs_of_month(home, NOTEBOOKS, month, known)
        bench = cls(count, folder, month)
        appendices = []
        for number in range(count):
            job, turn = plan[number % len(plan)], number // len(plan)
            parameters = {**job.parameters, "unit": another_unit(job, turn, known)}
            bench.jobs.append((str(job.notebook), parameters))
            ours = {key: parameters[key] for key in parameters if key not in SET_BY_BATCH}
            appendices.append({
                "name": f"{job.name}-{turn}", "notebook": job.notebook.stem, "title": job.title,
                "summary": job.summary, "parameters": ours,
            })  # fmt: skip
        (folder / "params/reports.yml").write_text(yaml.safe_dump({"appendices": appendices}))
        (folder / f"params/{month}.yml").unlink(missing_ok=True)
        (folder / "jobs.json").write_text(json.dumps(bench.jobs))
        building.refresh(Workbook.at(folder))
        return bench

    def warm_up(self) -> None:
        """Run everything once and forget the times: the first run of all compiles modules."""
        jobs, self.jobs = self.jobs, self.jobs[:1]
        self.naive()
        self.batch()
        self.plain()
        self.jobs = jobs
        self.seconds.clear()
        self.peaks.clear()

    def naive(self) -> None:
        """One appendix after the other through the command lines."""
        out = self.folder / "naive"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        with self._measured(NAIVE) as run:
            for number, (notebook, parameters) in enumerate(self.jobs):
                done = out / f"{number}.ipynb"
                run(BIN / "papermill", notebook, done, "-y", json.dumps(parameters),
                    "--no-progress-bar", "--cwd", NOTEBOOKS)  # fmt: skip
                run(BIN / "jupyter", "nbconvert", "--to", "html", "--no-input", done)

    def batch(self) -> None:
        """`run_month.py` into an empty folder, and again with nothing to do."""
        outputs = self.folder / "outputs"
        shutil.rmtree(outputs, ignore_errors=True)
        command = (sys.executable, ROOT / "run_month.py", self.month, "--quiet", "--workbook",
                   self.folder, "--outputs", outputs)  # fmt: skip
        for name in (BATCH, AGAIN):
            with self._measured(name) as run:
                run(*command)

    def plain(self) -> None:
        """The cells as plain Python on all cores."""
        with self._measured(PLAIN) as run:
            said = run(sys.executable, HERE / "plain.py", self.folder / "jobs.json")
        self.seconds[CELLS].append(float(said.split()[-1]))

    def _measured(self, name: str) -> Measure:
        return Measure(self.seconds[name], self.peaks[name], self.folder)


def another_unit(job: Job, turn: int, known: Catalogue) -> str:
    """The unit that lies `turn` places after the job's own among the county and its areas."""
    unit: str = job.parameters["unit"]
    units = [*known.kinds["county"], *known.kinds["area"]]
    if job.notebook.stem in COUNTY_ONLY:
        return unit
    return units[(units.index(unit) + turn) % len(units)]


class Measure:
    """Times a `with` block and watches the memory of the commands it runs."""

    def __init__(self, seconds: list[float], peaks: list[float], workbook: Path) -> None:
        self._seconds, self._peaks = seconds, peaks
        self._environment = {**os.environ, VARIABLE: str(workbook)}
        # Modules are compiled once and kept, as on anybody's machine.
        self._environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self._peak = 0.0
        self._done = threading.Event()
        self._watcher = threading.Thread(target=self._watch)

    def __enter__(self) -> Measure:
        self._watcher.start()
        self._began = time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self._seconds.append(time.perf_counter() - self._began)
        self._done.set()
        self._watcher.join()
        self._peaks.append(self._peak)

    def __call__(self, *command: object) -> str:
        """Run a command; what it printed."""
        done = subprocess.run(  # noqa: S603
            [str(word) for word in command], env=self._environment, capture_output=True, text=True
        )
        if done.returncode:
            raise SystemExit(f"{command[0]} failed:\n{done.stderr}")
        return done.stdout

    def _watch(self) -> None:
        """Keep the greatest sum of the family's memory, looking four times a second."""
        while not self._done.wait(0.25):
            family = psutil.Process().children(recursive=True)
            self._peak = max(self._peak, sum(_memory(process) for process in family))


def _memory(process: psutil.Process) -> float:
    """A process's share of memory in MiB, pages shared with others counted by their part."""
    try:
        return float(process.memory_full_info().pss) / 2**20
    except (psutil.Error, OSError):
        return 0.0


def table(benches: list[Bench]) -> str:
    """The medians and ratios as a Markdown table."""
    lines = [
        "| appendices | way | seconds (median) | to command lines | to plain cells | goal | peak |",
        "|---:|---|---:|---:|---:|---|---:|",
    ]
    for bench in benches:
        slow, plain = median(bench.seconds[NAIVE]), median(bench.seconds[PLAIN])
        goals = [f"{GOALS[bench.count]} times as fast"] if bench.count in GOALS else []
        goals += [f"{GOAL_OF_PLAIN} times the plain cells, whole command"]
        for name, seconds in bench.seconds.items():
            peak = f"{median(bench.peaks[name]):.0f} MiB" if name in bench.peaks else ""
            ratio = "" if name == NAIVE else f"{slow / median(seconds):.1f} times as fast"
            of_plain = f"{median(seconds) / plain:.2f} times" if name == BATCH else ""
            goal = ", ".join(goals) if name == BATCH else ""
            lines.append(
                f"| {bench.count} | {name} | {median(seconds):.2f} | {ratio} | {of_plain} | {goal} "
                f"| {peak} |"
            )
    cores = len(os.sched_getaffinity(0))
    versions = freshness.versions()
    rounds = max(len(each) for bench in benches for each in bench.seconds.values())
    measured = (
        f"Measured in one run on {cores} cores, Python {platform.python_version()}, papermill "
        f"{versions['papermill']}, nbconvert {versions['nbconvert']}; up to {rounds} rounds, "
        "one after the other."
    )
    lines += ["", measured]
    return "\n".join(lines) + "\n"


@click.command()
@click.option("--month", default="2016-08", help="The latest month to run.  [default: 2016-08]")
@click.option("--counts", default="8,40", help="How many appendices.  [default: 8,40]")
@click.option("--rounds", default=3, help="How often the quick ways run.  [default: 3]")
@click.option("--slow-rounds", default=1, help="How often the command lines run.  [default: 1]")
def main(month: str, counts: str, rounds: int, slow_rounds: int) -> None:
    """Measure, print and write benchmarks/table.md."""
    with tempfile.TemporaryDirectory(prefix="scorecard-benchmark-") as folder:
        benches = [
            Bench.make(int(count), Path(folder) / count, Month.parse(month))
            for count in counts.split(",")
        ]
        benches[0].warm_up()
        for number in range(rounds):
            for bench in benches:
                if number < slow_rounds:
                    bench.naive()
                bench.batch()
                bench.plain()
                click.echo(f"{bench.count} appendices: {dict(bench.seconds)}", err=True)
    text = table(benches)
    (HERE / "table.md").write_text(text, encoding="utf-8")
    click.echo(text)


if __name__ == "__main__":
    main()
