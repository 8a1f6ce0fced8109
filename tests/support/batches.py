"""What the tests of the batch share: tiny notebooks, jobs, and a stand-in for the engine."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import nbformat
from nbformat import v4

from scorecard.batch import belongings, freshness, month_plan, record
from scorecard.batch.engine.schedule import Result
from scorecard.batch.freshness import Sources
from scorecard.batch.jobs import Job
from scorecard.batch.packs_folder import PacksFolder  # noqa: TC001 (the killing test imports it from here)
from scorecard.batch.run import Batch, run_month
from scorecard.batch.stages import Stages
from scorecard.disk import file_hash
from scorecard.months import Month
from scorecard.pages.page import Link, Page
from scorecard.params.disclosure import profile
from scorecard.params.wording import read_wording
from scorecard.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from scorecard.batch.engine.schedule import Work
    from scorecard.batch.engine.tasks import CellStarted
    from scorecard.batch.run import Outcome

MONTH = Month(2024, 6)
REPORTS = "appendices:\n- {name: a, notebook: a, title: A, summary: A page.}\n"
STORE = f"{'0' * 16}-{sha256(b'').hexdigest()[:32]}"
"""The name of a store that is an empty file."""
PARAMETERS = "month = '2024-06'\nunit = 'fenwold'"
FRAGMENT = """from scorecard.data_table import Column, DataTable
from scorecard.outputs import Chart, Fragment, Headline
TABLE = DataTable("t", "A table", [Column("n", "A number")], [[1]])
Fragment(
    f"<h1>{unit} in {month}</h1>",
    tables=[TABLE],
    headline=Headline("All is well.", {"green": 1}),
    attention=["Write the commentary."],
)"""
FIGURE = """Chart(
    "chart",
    {"$schema": "https://vega.github.io/schema/vega-lite/v5.json",
     "data": {"values": [{"a": 1, "b": 2}, {"a": 2, "b": 4}]}, "mark": "line",
     "encoding": {"x": {"field": "a", "type": "quantitative"},
                  "y": {"field": "b", "type": "quantitative"}}},
    "It rises", "b by a", "From 2 to 4.",
    '<table><caption>b</caption><thead><tr><th scope="col">a</th><th scope="col">b</th></tr>'
    '</thead><tbody><tr><th scope="row">1</th><td>2</td></tr></tbody></table>',
)"""


def make_notebook(path: Path, *cells: str, parameters: str | None = PARAMETERS) -> Path:
    """A notebook with a parameters cell and then `cells`, at `path`."""
    notebook = v4.new_notebook()
    notebook.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python"
    }  # fmt: skip
    if parameters is not None:
        cell = v4.new_code_cell(parameters, id="parameters")
        cell.metadata["tags"] = ["parameters"]
        notebook.cells.append(cell)
    notebook.cells += [v4.new_code_cell(c, id=f"c{n}") for n, c in enumerate(cells)]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


def make_workbook(folder: Path) -> Workbook:
    """A workbook with the least that a batch looks at; nothing is asked of its store."""
    for name, text in {
        "data/reference/units.csv": "unit,name,kind,parent\nfenwold,Fenwold,county,\n",
        "data/results/2024-06.csv": "month,unit,code,cohort,num,denom,provenance\n",
        "data/commentary/2024-06/a1.md": "It rose.\n",
        "params/reports.yml": REPORTS,
        "params/wording.yml": "council: Fenwold Council\nservice: Children\n",
        "params/2024-06.yml": "letters: {}\n",
        f"data/.store/{STORE}.duckdb": "",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Workbook.at(folder)


def job(notebook: Path, name: str = "", timeout: int = 60, **parameters: Any) -> Job:
    """A job for `notebook`."""
    given = {"month": str(MONTH), "unit": "fenwold", **parameters}
    return Job(name or notebook.stem, notebook, notebook.stem.title(), "A page.", timeout, given)


@dataclass
class Seen:
    """A watcher that remembers what it is told."""

    cells: list[tuple[str, CellStarted]] = field(default_factory=list)
    started_names: list[str] = field(default_factory=list)

    def started(self, name: str) -> None:
        self.started_names.append(name)

    def cell(self, name: str, cell: CellStarted) -> None:
        self.cells.append((name, cell))

    def rendering(self, name: str) -> None:
        pass

    def ended(self, result: Result) -> None:
        pass


@dataclass
class StandIn:
    """Takes the place of `Pool` where a test is about files: a page is its name and `text`."""

    text: str = "one"
    kind: str = "forked"
    workers: int = 1
    ran: list[str] = field(default_factory=list)

    def run(self, works: Sequence[Work]) -> list[Result]:
        """A page for each work, at once."""
        return [self._result(work) for work in works]

    def call(self, function: str, *arguments: Any) -> str:
        """An index page."""
        whole = "".join(f"<a href={link.href}>" for link in arguments[2])
        names = ",".join(record.name for _, record, _ in arguments[1])
        return f"<h1>{self.text}</h1>{whole}{names}"

    def _result(self, work: Work) -> Result:
        self.ran.append(work.name)
        work.task.executed.write_text(self.text, encoding="utf-8")
        html = f"<main><h1>{work.name}: {self.text}</h1></main><!--next--><!--/next-->"
        files = {
            f"{work.name}.html": html.encode(),
            f"downloads/{work.name}.csv": self.text.encode(),
        }
        links = (Link(f"downloads/{work.name}.csv", "A table", "CSV", 3),)
        return Result(work, Page(work.about, html, None, (), links, files), None, {"notebook": 0.1})


def run(
    workbook: Workbook,
    outputs: PacksFolder,
    pool: Any,
    jobs: Sequence[Job],
    *,
    only: Iterable[str] = (),
    force: bool = False,
    load: int | None = None,
    editions: Sequence[str] = (),
    **options: Any,
) -> Outcome:
    """One month's run, from the plan to the published pack."""
    names = set(only) or {each.name for each in jobs}
    inputs = freshness.inputs(workbook)
    pack = outputs.pack(MONTH)
    sealed = profile(workbook) is not None
    if sealed:
        inputs.seal.create()
    with outputs.locked("a test"):
        plan = month_plan.decide(
            MONTH, jobs, names, inputs, record.read(pack), pack, outputs.unpublished(MONTH),
            force=force, sealed=sealed,
        )  # fmt: skip
        outputs.check(MONTH, replaced=not plan.is_published(editions))
        batch = Batch(
            workbook,
            outputs,
            Sources(inputs, STORE, {str(MONTH): load}),
            pool,
            editions=editions,
            **options,
        )
        read_wording(workbook)
        return run_month(batch, plan, Stages())


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a pack except its record, which says when it was made."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != record.RECORD
    }


def finished_pack(path: Path, text: str) -> Path:
    """A finished pack at `path`, as a run leaves it."""
    path.mkdir(parents=True)
    page = path / "page.html"
    page.write_text(text)
    files = {page.name: file_hash(page)}
    record = {"month": path.name[-7:], "files": {}, "appendices": [{"files": files}]}
    (path / belongings.RECORD).write_text(json.dumps(record))
    return path
