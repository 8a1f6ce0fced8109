"""What changed in reference data, parameters and commentary since a version of them, in words."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from scorecard import yamls
from scorecard.batch.freshness import concerns
from scorecard.errors import brief
from scorecard.ledger import versions
from scorecard.store import reference_changes
from scorecard.wording import moment
from scorecard.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence
    from datetime import tzinfo

    from scorecard.ledger.versions import State, Version
    from scorecard.months import Month
    from scorecard.store.reference_changes import Tables

REFERENCE = re.compile(r"data/reference/(\w+)\.csv")
COMMENTARY = re.compile(r"data/commentary/([^/]+)/([^/]+)\.md")
WORDING = "params/wording.yml"
"""It says when the year begins."""
BY_TODAY = "The figures above are compared by today's catalogue and targets."
WRITTEN = "is written in another way, or in another order; no value changed"


def changed(
    workbook: Workbook, before: State, month: Month, among: Container[str] | None = None
) -> list[str]:
    """The files a pack of `month` is made of that changed since, of all or of those `among`."""
    now = versions.state_now(workbook)
    return [
        name for name in sorted({*before, *now})
        if before.get(name) != now.get(name)
        and concerns(name, month) and (among is None or name in among)
    ]  # fmt: skip


def decide_figures(names: Sequence[str]) -> bool:
    """Whether one of the files decides figures, ratings or directions of travel."""
    return any(name.startswith("data/reference/") or name == WORDING for name in names)


def lines(
    workbook: Workbook, version: Version, names: Sequence[str], zone: tzinfo
) -> Iterator[str]:
    """What changed since `version` in the files `names`.

    Raises `LedgerError` when the ledger is not as it was made.
    """
    before = versions.state(versions.read(workbook)[: version.version])
    if not names:
        return
    when = moment(version.at.astimezone(zone))
    yield f"Besides results, these changed since version {version.version}, recorded {when}:"
    yield from (f"  {line}" for line in _lines(workbook, before, names))


def _lines(workbook: Workbook, before: State, names: Sequence[str]) -> Iterator[str]:
    tables = [_then(workbook, before), reference_changes.read(workbook)]
    indicators = {
        str(row["code"]): str(row["name"]) for each in tables for row in each.get("indicators", ())
    }
    for name in names:
        path = workbook.root / name
        there = (name in before, path.is_file())
        what = {(True, True): "changed", (False, True): "added"}.get(there, "removed")
        reference, commentary = REFERENCE.fullmatch(name), COMMENTARY.fullmatch(name)
        if reference:
            found = list(reference_changes.lines(reference[1], *tables))
        elif commentary:
            called = indicators.get(commentary[2])
            of = f"{commentary[2]} ({called})" if called else commentary[2]
            found = [f"commentary on {of} for {commentary[1]}: {what}"]
        elif all(there) and path.suffix == ".yml":
            then = versions.content(workbook, name, before[name])
            found = [f"{name}, {line}" for line in _keys(then, path.read_bytes())]
        else:
            found = [f"{name}: {what}"]
        yield from found or [f"{name} {WRITTEN}"]


def _then(workbook: Workbook, before: State) -> Tables:
    """The reference data of a version."""
    with tempfile.TemporaryDirectory(prefix="scorecard-as-at-") as folder:
        made = Workbook(Path(folder))
        for name, value in before.items():
            if REFERENCE.fullmatch(name):
                path = made.root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(versions.content(workbook, name, value))
        return reference_changes.read(made)


def _keys(before: bytes, now: bytes) -> Iterator[str]:
    """What changed in a parameter file: `council: Fenwold → Kent`."""
    was, here = (dict(_flat(_loaded(content))) for content in (before, now))
    for key in dict.fromkeys((*was, *here)):
        if was.get(key) != here.get(key):
            yield f"{key}: {was.get(key, 'none')} → {here.get(key, 'none')}"


def _loaded(content: bytes) -> Any:
    try:
        return yamls.load(content.decode("utf-8-sig"), hidden=True)[0]
    except (yaml.YAMLError, UnicodeDecodeError):
        return {"the whole file": "it can't be read"}


def _flat(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Each value of a parameter file by its place: `appendices.county.parameters.unit`."""
    parts: Mapping[Any, Any] | None = None
    if isinstance(value, dict):
        parts = value
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        parts = {_called(each, number): each for number, each in enumerate(value, 1)}
    if parts is None:
        yield place, brief(", ".join(map(str, value)) if isinstance(value, list) else value)
        return
    for key, part in parts.items():
        yield from _flat(part, f"{place}.{key}" if place else str(key))


def _called(part: Any, number: int) -> str:
    """An entry of a list by its name, or else by its number."""
    named = part if isinstance(part, dict) else {}
    return str(named.get("name", named.get("term", number)))
