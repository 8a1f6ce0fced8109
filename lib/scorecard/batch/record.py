"""`run.json`, the record in each pack: enough to know and to repeat how every page came about.

The folder of a pack is for publication as a whole, with this record and the executed notebooks.
Where small numbers are withheld (`params/disclosure.yml`), nothing in it may say more than its
pages do. Its record is then `sealed`:

- hashes of what is made from results are sealed with a secret beside the data (`seal.py`), since
  against a plain one a guess of a withheld count could be checked: `inputs`, `store`, `reference`
  and the part `data` of each key. The data may be under git too, so no commit is named;
- the findings of the checks, and even their number, are on the analyst's page only;
- of a failure or a warning it has the place and not the message;
- executed notebooks, which hold what analysts see, are not in the pack at all;
- no page of an earlier run is kept beside pages that are made from something else.

What is beside the packs is never for publication: `checks/`, `failed/`, and folders whose name
begins with a dot.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from scorecard.batch.belongings import announce
from scorecard.batch.freshness import changed, notebook_hash
from scorecard.checks.finding import Findings
from scorecard.disk import file_hash
from scorecard.pages.page import WHOLE, Link
from scorecard.store.packs import RECORD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

FORMAT: Literal[1] = 1
"""Goes up when a reader of older records would misread a newer one."""


def _inside(path: str) -> str:
    """Refuse a path that leads out of the pack."""
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or "\\" in path or ":" in path:
        raise ValueError("a file of a pack is in the pack")
    return path


InPack = Annotated[str, AfterValidator(_inside)]


class _Record(BaseModel):
    """Base of the record's parts; the text below a field is its documentation."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class Download(_Record):
    """A file offered beside a page."""

    href: InPack
    """Its path from the page."""
    text: str
    """What the link says."""
    kind: str
    """Its format, such as `CSV`."""
    size: int
    """Its size in bytes."""


class HeadlineRecord(_Record):
    """What the index says of an appendix, as in `outputs.Headline`."""

    sentence: str
    """The appendix in a sentence."""
    ratings: dict[str, int] = {}
    """Rating → how many indicators have it; empty when the page rates nothing."""
    changes: list[str] = []
    """Sentences about ratings that changed since last month."""
    cautions: list[str] = []
    """Sentences about results that rest on figures which owe the reader an explanation."""
    change_count: str = ""
    """How many ratings changed, of those that can be compared."""
    reds: list[tuple[str, str]] = []
    """The code and the name of each Red indicator."""


class AppendixRecord(_Record):
    """One appendix of the pack."""

    name: str
    """Its slug, the stem of its files."""
    title: str
    """Its title, without the letter."""
    notebook: str
    """The file name of its notebook."""
    parameters: dict[str, Any]
    """What the notebook was given."""
    status: Literal["made", "unchanged", "kept", "failed", "missing"]
    """How this run left it: `made`; `unchanged` since an earlier run made it, its inputs being the
    same; `kept` from an earlier run, because this one was asked for others; `failed` or `missing`,
    and then it has no files."""
    made: datetime | None = None
    """When the run that made its page began."""
    key: dict[str, str] = {}
    """What it was made from, as hashes: notebook, code, packages, data, params, appendix."""
    files: dict[InPack, str] = {}
    """Each of its files in the pack → SHA-256."""
    seconds: dict[str, float] = {}
    """How long its notebook ran and its page took to make."""
    headline: HeadlineRecord | None = None
    """What the index says of it."""
    attention: list[str] = []
    """Outstanding actions on its page."""
    downloads: list[Download] = []
    """The files offered beside its page."""
    failure: str | None = None
    """Why it has no page: cell, line and message, or that it was not asked for."""
    stale: list[str] = []
    """Of a kept page, which kinds of input have changed since it was made."""

    def links(self) -> list[Link]:
        """The downloads as the pages list them."""
        return [Link(**each.model_dump()) for each in self.downloads]

    def intact(self, pack: Path) -> bool:
        """Whether every file of the appendix is in `pack` as it was made."""
        return _intact(self.files, pack)


class Machine(_Record):
    """What the run ran on."""

    python: str
    """The version of Python."""
    system: str
    """The operating system."""
    engine: str
    """How notebooks were executed: `forked` or `standard`."""
    workers: int
    """How many processes worked at a time."""


class Run(_Record):
    """The record of one month's run."""

    format: Literal[1] = FORMAT
    """The version of this record's format."""
    month: str
    """The reporting month."""
    sealed: bool = False
    """Whether the pack withholds small numbers, so that the record says less (above)."""
    status: Literal["complete", "partial"]
    """`partial` when an appendix of `params/reports.yml` is not in the pack."""
    started: datetime
    """When the run of this month began."""
    finished: datetime
    """When the pack was ready to be published."""
    command: list[str]
    """The command line."""
    machine: Machine
    """What the run ran on."""
    commit: str | None
    """The git commit of the notebooks and code; none when they are not under git, or `sealed`."""
    changed_code: bool
    """Whether files under git differed from that commit."""
    store: str
    """The name of the store: a hash of its inputs and, behind the dash, one of its file."""
    code: str
    """One hash over all files of the helper package."""
    inputs: dict[str, str]
    """Every input file of the workbook → SHA-256, or that sealed."""
    versions: dict[str, str]
    """Every installed package → version."""
    seconds: dict[str, float]
    """How long each stage took: refresh, plan, run, publish."""
    reference: dict[str, str] = {}
    """File of `data/reference` → SHA-256 of what the pages show of it, such as the targets in force
    in their months. None in records older than this field."""
    load: int | None = None
    """The load whose results the pages show: `--as-at` with it makes them again. None when there
    were results in no load, or a page was kept that shows an earlier one."""
    version: int | None = None
    """The version of reference data, parameters and commentary that the pages were made from
    (`ledger/versions.py`). None in a workbook without versions, or when a page was kept that was
    made from others."""
    index: str
    """The hash of what the index page is made of, without the appendices."""
    files: dict[InPack, str] = {}
    """Each file of the pack that belongs to no appendix → SHA-256."""
    appendices: list[AppendixRecord]
    """The appendices in the order of `params/reports.yml`."""
    attention: list[str] = Field(default_factory=list)
    """All outstanding actions, each sentence with its appendix."""
    checks: Findings | None = None
    """What the checks found before the run; none in records older than the checks, or `sealed`."""

    def appendix(self, name: str) -> AppendixRecord | None:
        """What is known of one appendix."""
        return next((each for each in self.appendices if each.name == name), None)

    def intact(self, pack: Path) -> bool:
        """Whether the pack's own files, such as the index, are in `pack` as they were made."""
        return _intact(self.files, pack)

    def has_editions(self, names: Iterable[str]) -> bool:
        """Whether the pack and each of its pages is there in these editions (`editions.py`)."""
        return all(
            f"{WHOLE}.{name}" in self.files
            and all(f"{a.name}.{name}" in a.files for a in self.appendices if a.files)
            for name in names
        )

    def changed_inputs(self, now: dict[str, str], code: str) -> list[str]:
        """The input files that have changed since, and `the helper package` if that has."""
        package = ["the helper package"] if self.code != code else []
        return changed(self.inputs, now) + package

    def changed_since(
        self, now: dict[str, str], code: str, notebook: Callable[[str], Path], pack: Path
    ) -> list[str]:
        """`changed_inputs`, the notebooks that have changed, and whether `pack` was touched.

        `notebook` gives the path of a notebook by its file's name.
        """
        found = self.changed_inputs(now, code)
        for each in self.appendices:
            path = notebook(each.notebook)
            known = each.key.get("notebook")
            if known and (not path.is_file() or notebook_hash(path) != known):
                found.append(f"notebooks/{each.notebook}")
        made = [each for each in self.appendices if each.files]
        if not self.intact(pack) or not all(each.intact(pack) for each in made):
            found.append("published files, by hand")
        return list(dict.fromkeys(found))


def _intact(files: dict[str, str], pack: Path) -> bool:
    return bool(files) and all(is_intact(pack / name, value) for name, value in files.items())


def is_intact(path: Path, recorded: str) -> bool:
    """Whether a file is there as its hash in the record says."""
    return path.is_file() and file_hash(path) == recorded


def read(pack: Path) -> Run | None:
    """The record of the pack in folder `pack`; `None` when there is none that we can read."""
    try:
        return Run.model_validate_json((pack / RECORD).read_bytes())
    except (OSError, ValidationError):
        return None


def write(run: Run, folder: Path) -> None:
    """Write the record into `folder`, which is being put together."""
    announce(folder, [RECORD])
    (folder / RECORD).write_text(run.model_dump_json(indent=2) + "\n", encoding="utf-8")
