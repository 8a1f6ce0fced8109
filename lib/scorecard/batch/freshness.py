"""Whether an appendix would come out the same if it were made again.

Its key has a part for everything it is made of. The parts err on the safe side: an appendix is
taken to see all the data, and to be touched by any change of any module or template.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
import re
import sys
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorecard.batch.seal import Seal
from scorecard.disk import SYSTEM, file_hash
from scorecard.ledger.versions import NOT_KEPT, PARAMETERS
from scorecard.params.month import previous_report, read_meeting_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorecard.batch.jobs import Job
    from scorecard.months import Month
    from scorecard.store.store import Store
    from scorecard.workbook import Workbook

PACKAGE = Path(__file__).parents[1]
SEEN = ("reference", "results", "loads", "commentary")
"""The folders of `data/` that a notebook reads."""

WORDED = (
    "params/wording.yml", "params/brand", "params/disclosure.yml", "params/checks.yml",
    "params/roles.yml", "params/cover.yml",
)  # fmt: skip
"""The beginnings of the names of parameter files that decide what pages say and look like. Those of
checks are among them: a stock follows from its flows, so these decide what is withheld."""
MONTHLY = re.compile(
    r"params/(\d{4}-\d\d)\.yml|data/commentary/(\d{4}-\d\d)/.*|"
    r"params/attachments/.*(\d{4}-\d\d).*"
)
"""The files that belong to one month only. Results don't: the decimals of a figure and the first
month of a trend depend on all of them."""

AS_AT = "as_at"
"""The parameter that names the load that a page shows: it belongs to the part `data` of a key."""

REASONS = {
    "notebook": "its notebook has changed",
    "code": "the helper package has changed",
    "packages": "Python or an installed package has changed",
    "data": "the data have changed",
    "params": "the parameter files have changed",
    "appendix": "its title, letter or parameters have changed",
}

Key = dict[str, str]
"""Part → SHA-256, with the parts of `REASONS`."""


@dataclass(frozen=True)
class Inputs:
    """What all the appendices of a month have in common: `files` maps each input to its hash."""

    files: Mapping[str, str]
    code: str
    packages: str
    seal: Seal

    def key(self, job: Job, month: Month, *, sealed: bool = False) -> Key:
        """The key of one appendix, as a record holds it that is `sealed` or not."""
        given = {name: value for name, value in job.parameters.items() if name != AS_AT}
        plain = replace(job, notebook=Path(job.notebook.name), timeout=0, parameters=given)
        shown = [f"{AS_AT} {job.parameters[AS_AT]}"] if AS_AT in job.parameters else []
        files = self.of(month).items()
        data = digest(shown + [f"{name} {v}" for name, v in files if name.startswith("data/")])
        return {
            "notebook": notebook_hash(job.notebook),
            "code": self.code,
            "packages": self.packages,
            **self.seal.as_in({"data": data}, sealed=sealed),
            "params": digest(self._under(*WORDED, f"params/{month}.yml")),
            "appendix": digest([json.dumps(vars(plain), sort_keys=True, default=str)]),
        }

    def of(self, month: Month, *, sealed: bool = False) -> dict[str, str]:
        """Name → hash of each file that a month's pack is made of; no other month's own files.

        The hashes are as the record of a pack has them; those of a `sealed` record are sealed.
        """
        own = {name: value for name, value in self.files.items() if concerns(name, month)}
        return self.seal.as_in(own, sealed=sealed)

    def _under(self, *prefixes: str) -> list[str]:
        return [
            f"{name} {value}" for name, value in self.files.items() if name.startswith(prefixes)
        ]


@dataclass(frozen=True)
class Sources:
    """What the pages of one run are made from.

    `store` is the name of the store (`building`). By month, `loads` has the load whose results its
    pages show, None while some are in no load, and `reference` what they show of the catalogue
    (`reference`).
    """

    inputs: Inputs
    store: str
    loads: Mapping[str, int | None] = field(default_factory=dict)
    reference: Mapping[str, dict[str, str]] = field(default_factory=dict)


def concerns(name: str, month: Month) -> bool:
    """Whether a pack of `month` may be made of the file `name`: not of one of another month."""
    other = MONTHLY.fullmatch(name)
    return not other or str(month) in other.groups()


def inputs(workbook: Workbook) -> Inputs:
    """The inputs of `workbook` as they are now."""
    paths = [path for folder in SEEN for path in (workbook.root / "data" / folder).rglob("*")]
    for pattern in PARAMETERS:
        paths += workbook.root.glob(pattern)
    shown = {workbook.show(path): path for path in sorted(paths) if path.is_file()}
    past = f"{workbook.show(workbook.versions)}/"  # no pack of now is made of earlier versions
    # A name that starts with a dot is a lock, or a load that is being written.
    files = {
        name: file_hash(path)
        for name, path in shown.items()
        if not ("/." in name or name.startswith(past) or name in NOT_KEPT or path.name in SYSTEM)
    }
    return Inputs(files, code(), packages(), Seal(workbook))


def reference(store: Store, workbook: Workbook, month: Month) -> dict[str, str]:
    """What the pages of `month` show of each file of data/reference, as a hash by file."""
    since = previous_report(read_meeting_file(workbook, month), month, store.months)
    return {
        f"data/reference/{name}.csv": digest(rows)
        for name, rows in store.reference(month, since).items()
    }


def notebook_hash(notebook: Path) -> str:
    """The SHA-256 of a notebook and of the modules beside it."""
    return digest(file_hash(path) for path in (notebook, *sorted(notebook.parent.glob("*.py"))))


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The parts of a key, or the files, that differ or came or went, sorted."""
    return sorted(name for name in {*before, *now} if before.get(name) != now.get(name))


@cache
def code() -> str:
    """One hash over every file of the helper package: modules, SQL, templates, styles."""
    paths = (path for path in PACKAGE.rglob("*") if "__pycache__" not in path.parts)
    files = sorted(path for path in paths if path.is_file())
    return digest(f"{path.relative_to(PACKAGE).as_posix()} {file_hash(path)}" for path in files)


@cache
def packages() -> str:
    """One hash over Python, the system and every installed package with its version."""
    return digest([sys.version, sys.platform, platform.machine(), *sorted(versions().items())])


@cache
def versions() -> dict[str, str]:
    """Package → version, read from the names of the installed packages' folders."""
    found: dict[str, str] = {}
    for folder in sys.path:
        for path in Path(folder).glob("*.dist-info"):
            name, _, version = path.name.removesuffix(".dist-info").partition("-")
            found.setdefault(name.replace("_", "-").lower(), version)
    return dict(sorted(found.items())) or _slow_versions()


def _slow_versions() -> dict[str, str]:
    """The same from the packages' own records, for an installation without such folders."""
    return {each.name: each.version for each in importlib.metadata.distributions()}


def digest(parts: Iterable[Any]) -> str:
    """One SHA-256 over several texts, each with its length: where one ends makes a difference."""
    whole = hashlib.sha256()
    for part in parts:
        text = str(part).encode()
        whole.update(b"%d:" % len(text) + text)
    return whole.hexdigest()
