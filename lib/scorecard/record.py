"""`run.json`, the record in each pack: enough to know and to repeat how every page came about."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from scorecard.freshness import changed, file_hash
from scorecard.pack import RECORD
from scorecard.page import Link

if TYPE_CHECKING:
    from pathlib import Path

FORMAT: Literal[1] = 1
"""Goes up when a reader of older records would misread a newer one."""


def _inside(path: str) -> str:
    """Refuse a path that leads out of the pack."""
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or "\\" in path or ":" in path:
        raise ValueError("a file of a pack lies in the pack")
    return path


InPack = Annotated[str, AfterValidator(_inside)]


class _Record(BaseModel):
    """Base of the record's parts."""

    model_config = ConfigDict(extra="forbid")


class Download(_Record):
    """A file offered beside a page: where, called what, of what kind, of how many bytes."""

    href: InPack
    text: str
    kind: str
    size: int


class Headline(_Record):
    """What the index says of an appendix, as in `outputs.Headline`."""

    sentence: str
    ratings: dict[str, int] = {}
    changes: list[str] = []


class AppendixRecord(_Record):
    """One appendix of the pack.

    `status` is how this run left it: `made`; `unchanged`, its inputs being the same; `kept`, from
    an earlier run because this one was asked for others; `failed` or `missing`, and then it has no
    files. `key` says from what it was made, `seconds` how long each stage took, `stale` which
    inputs of a kept page have changed since.
    """

    name: str
    title: str
    notebook: str
    parameters: dict[str, Any]
    status: Literal["made", "unchanged", "kept", "failed", "missing"]
    made: datetime | None = None
    key: dict[str, str] = {}
    files: dict[InPack, str] = {}
    seconds: dict[str, float] = {}
    headline: Headline | None = None
    attention: list[str] = []
    downloads: list[Download] = []
    failure: str | None = None
    stale: list[str] = []

    def links(self) -> list[Link]:
        """The downloads as the pages list them."""
        return [Link(**each.model_dump()) for each in self.downloads]

    def intact(self, pack: Path) -> bool:
        """Whether every file of the appendix stands in `pack` as it was made."""
        return _intact(self.files, pack)


class Machine(_Record):
    """What the run ran on: Python, system, and how notebooks were executed."""

    python: str
    system: str
    engine: str
    workers: int


class Run(_Record):
    """The record of one month's run.

    `status` is `complete` or `partial`; `inputs` maps every input file to its SHA-256; `store` is
    the store's own hash; `commit` the git commit of the notebooks and code, `changed_code` whether
    files under git differed from it; `index` the hash of what the index page is made of;
    `seconds` how long each stage took; `attention` what somebody must still mend.
    """

    format: Literal[1] = FORMAT
    month: str
    status: Literal["complete", "partial"]
    started: datetime
    finished: datetime
    command: list[str]
    machine: Machine
    commit: str | None
    changed_code: bool
    store: str
    code: str
    inputs: dict[str, str]
    versions: dict[str, str]
    seconds: dict[str, float]
    index: str
    files: dict[InPack, str] = {}
    appendices: list[AppendixRecord]
    attention: list[str] = Field(default_factory=list)

    def appendix(self, name: str) -> AppendixRecord | None:
        """What is known of one appendix."""
        return next((each for each in self.appendices if each.name == name), None)

    def intact(self, pack: Path) -> bool:
        """Whether the pack's own files, such as the index, stand in `pack` as they were made."""
        return _intact(self.files, pack)

    def unprinted(self) -> list[str]:
        """The appendices that have a page but no PDF."""
        return [a.name for a in self.appendices if a.files and f"{a.name}.pdf" not in a.files]

    def changed_inputs(self, now: dict[str, str], code: str) -> list[str]:
        """The input files that have changed since, and `the helper package` if that has."""
        package = ["the helper package"] if self.code != code else []
        return changed(self.inputs, now) + package


def _intact(files: dict[str, str], pack: Path) -> bool:
    paths = ((pack / name, value) for name, value in files.items())
    return bool(files) and all(p.is_file() and file_hash(p) == h for p, h in paths)


def read(pack: Path) -> Run | None:
    """The record of the pack in folder `pack`; `None` when there is none that we can read."""
    try:
        return Run.model_validate_json((pack / RECORD).read_bytes())
    except (OSError, ValidationError):
        return None


def write(run: Run, folder: Path) -> None:
    """Write the record into `folder`."""
    (folder / RECORD).write_text(run.model_dump_json(indent=2) + "\n", encoding="utf-8")
