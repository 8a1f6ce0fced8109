"""The history of reference data, parameters and commentary: a numbered version for each change.

    data/loads/versions/0001.yml           when, by whom, why, and which files changed (`Version`)
    data/loads/versions/files/3f29….csv    a copy of each file, named after its SHA-256

A load and a publication record the files that have changed since the last version. A version names
only these files, and holds the SHA-256 of the version before. Files with the same text and
extension share one copy. No secret is copied.

A workbook of format 1 has no versions; its upgrade adds them.
"""

from __future__ import annotations

import warnings
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any

import yaml
from pydantic import AwareDatetime, Field

from scorecard.disk import content_hash, settle, text_hash, write_whole
from scorecard.errors import LedgerError, Notice, plain_words
from scorecard.ledger import ledger
from scorecard.ledger.entry import Hash, MonthText, Part, Text, now, parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from scorecard.workbook import Workbook

FROM_FORMAT = 2
"""The first format of a workbook that has versions."""

COPIES = "files"
PARAMETERS = (
    "params/*.yml", "params/brand*.svg", "params/brand*.png", "params/attachments/*.*",
)  # fmt: skip
"""The parameters, with a council's logo and attached documents."""
KEPT = ("data/reference/*.csv", "data/commentary/*/*.md", *PARAMETERS)
"""The files that are copied, besides results: what pages are made from."""
NOT_KEPT = frozenset({"params/extracts.yml"})
"""No page depends on how extracts are read: the results hold what was read."""

Name = Annotated[str, Field(pattern=r"^(data|params)(/[^./\\:][^/\\:]*)+$")]
State = dict[str, str]
"""Name of a file → the SHA-256 of its text with plain line ends (`disk.text_hash`)."""


class Version(Part):
    """One version of reference data, parameters and commentary."""

    version: Annotated[int, Field(ge=1)]
    """Its number."""
    at: AwareDatetime
    """When it was recorded, in UTC, to the second."""
    by: Text
    """Who recorded it."""
    why: Text
    """Why the files changed, or what recorded the change."""
    load: Annotated[int, Field(ge=1)] | None
    """The last load at that time; None before the first."""
    files: dict[Name, Hash | None]
    """Each file that changed → its SHA-256, as in its copy's name; None for a removed file."""
    published: tuple[MonthText, ...] = ()
    """The months whose packs, published before there were versions, were made from these files."""
    previous: Hash | None
    """The SHA-256 of the version before; None for version 1."""

    @property
    def text(self) -> str:
        """The version as its file holds it."""
        whole: dict[str, Any] = self.model_dump(mode="json") | {"at": self.at.isoformat()}
        return yaml.safe_dump(whole, sort_keys=False, allow_unicode=True, width=100)


def has_versions(workbook: Workbook) -> bool:
    """Whether the format of the workbook has versions."""
    return workbook.format >= FROM_FORMAT


def kept(workbook: Workbook) -> dict[str, Path]:
    """Name → path of each file that a version would record now."""
    found = chain.from_iterable(sorted(workbook.root.glob(pattern)) for pattern in KEPT)
    named = {path.relative_to(workbook.root).as_posix(): path for path in found if path.is_file()}
    return {name: path for name, path in named.items() if "/." not in name and name not in NOT_KEPT}


def read(workbook: Workbook) -> tuple[Version, ...]:
    """Every version, oldest first; none when the workbook has none.

    Raises `LedgerError` when one is missing, can't be read, or was modified after the next one was
    made.
    """
    found: list[Version] = []
    previous = None
    paths = workbook.versions.glob("[0-9]*.yml") if workbook.versions.is_dir() else ()
    for number, path in enumerate(sorted(paths, key=lambda path: (len(path.name), path.name)), 1):
        if path != entry(workbook, number):
            missing = workbook.show(entry(workbook, number))
            raise LedgerError(f"{missing} is missing, though {path.name} is there. {BRING_BACK}")
        shown = workbook.show(path)
        try:
            content = path.read_bytes()
            version = parsed(Version, content)
        except OSError as error:
            raise LedgerError(f"{shown} can't be read: {plain_words(error)}.") from error
        except ValueError as error:
            raise LedgerError(f"{shown} is not a valid version: {error}. {BRING_BACK}") from error
        if version.version != number:
            raise LedgerError(f"{shown} says it is version {version.version}. {BRING_BACK}")
        if version.previous != previous:
            before = workbook.show(entry(workbook, number - 1)) if found else shown
            raise LedgerError(f"{before} was modified after version {number}. {BRING_BACK}")
        found.append(version)
        previous = content_hash(content)
    return tuple(found)


BRING_BACK = (
    "A version must never be edited or removed: bring the original back from git or from a copy."
)


def state(versions: Iterable[Version]) -> State:
    """The files in force after `versions`: every version up to one of them, oldest first."""
    found: dict[str, str | None] = {}
    for each in versions:
        found |= each.files
    return {name: value for name, value in sorted(found.items()) if value is not None}


def state_now(workbook: Workbook) -> State:
    """The files in force now."""
    return {name: text_hash(path) for name, path in kept(workbook).items()}


def content(workbook: Workbook, name: str, value: str) -> bytes:
    """What the file `name` held when its SHA-256 was `value`, from its copy.

    Raises `LedgerError` when the copy is missing, can't be read or was modified.
    """
    path = _copy(workbook, name, value)
    shown = workbook.show(path)
    try:
        if text_hash(path) == value:
            return path.read_bytes()
    except FileNotFoundError:
        raise LedgerError(f"{shown}, a copy of {name}, is missing. {BRING_BACK}") from None
    except OSError as error:
        raise LedgerError(
            f"{shown}, a copy of {name}, can't be read: {plain_words(error)}."
        ) from error
    raise LedgerError(f"{shown}, a copy of {name}, was modified. {BRING_BACK}")


def check(workbook: Workbook) -> None:
    """Raise `LedgerError` when a version or a copy is missing, can't be read or was modified."""
    copies = {(name, value) for each in read(workbook) for name, value in each.files.items()}
    for name, value in sorted((name, value) for name, value in copies if value):
        content(workbook, name, value)


def unrecorded(workbook: Workbook, versions: Sequence[Version]) -> dict[str, str | None]:
    """The files that differ from the last version, in the form of `Version.files`."""
    before, now = state(versions), state_now(workbook)
    return {
        name: now.get(name) for name in sorted({*before, *now}) if before.get(name) != now.get(name)
    }


def record(
    workbook: Workbook, by: str, why: str, published: Sequence[str] = ()
) -> tuple[Version | None, Mapping[str, str | None]]:
    """Record the files as a new version if any has changed; the last version, and what changed.

    Call it while the ledger is `locked`, for a workbook whose format `has_versions` or is about to.
    If the version can't be written, it shows a `Notice` and returns None and no changes.
    """
    versions = read(workbook)
    changed = unrecorded(workbook, versions)
    if not changed:
        return versions[-1] if versions else None, changed
    loads = ledger.read(workbook)
    version = Version(
        version=len(versions) + 1,
        at=now(),
        by=by,
        why=why,
        load=len(loads) or None,
        files=changed,
        published=tuple(published),
        previous=text_hash(entry(workbook, len(versions))) if versions else None,
    )
    try:
        _write(workbook, version)
    except OSError as error:
        warnings.warn(
            "the present reference data, parameters and commentary can't be recorded in "
            f"{workbook.show(workbook.versions)}: {plain_words(error)}. Once one of them changes, "
            "a pack that was made from them can't be made again.",
            Notice,
            stacklevel=3,
        )
        return None, {}
    return version, changed


def _write(workbook: Workbook, version: Version) -> None:
    """Write the new copies, and then the version, so that it only names copies that exist."""
    files = kept(workbook)
    copies = workbook.versions / COPIES
    copies.mkdir(parents=True, exist_ok=True)
    for name, value in version.files.items():
        if value is None:
            continue
        path = _copy(workbook, name, value)
        if path.exists():
            content(workbook, name, value)
        else:
            write_whole(path, files[name].read_bytes())
        if text_hash(path) != value:
            path.unlink()
            raise LedgerError(f"{name} changed while it was recorded. Run the command again.")
    settle(copies)
    write_whole(entry(workbook, version.version), version.text.encode())
    settle(workbook.versions)
    settle(workbook.loads)


def entry(workbook: Workbook, version: int) -> Path:
    """The file of a version."""
    return workbook.versions / f"{version:04d}.yml"


def _copy(workbook: Workbook, name: str, value: str) -> Path:
    """The path of a file's copy: the SHA-256 `value`, with the file's own extension."""
    return workbook.versions / COPIES / f"{value}.{name.rpartition('.')[2]}"
