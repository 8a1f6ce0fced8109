"""`run_month.py describe`: draft the description of a file, and write it into `params/`."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import yaml

from scorecard import texts, yamls
from scorecard.commands.load_terminal import say
from scorecard.errors import LoadError
from scorecard.importing.comparing import comparison
from scorecard.importing.describing import drafted
from scorecard.input_faults import InputFaultsError
from scorecard.store.csv_files import UnreadableError
from scorecard.wording import to_type

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from scorecard.importing.describing import Draft
    from scorecard.workbook import Workbook

EXTRACTS = "extracts:"


def run_describe(
    workbook: Workbook, path: Path, sheet: str | None, name: str | None, console: Console, *,
    write: bool,
) -> None:  # fmt: skip
    """Show a draft, what it leaves open, and how to try it.

    Raises `InputFaultsError` for a file that can't be read, and `LoadError` when the name is
    used already, or is not valid.
    """
    name = name or re.sub("[^a-z0-9]+", "-", path.stem.lower()).strip("-")
    if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", name):
        raise LoadError("give it a name of small letters, digits and hyphens: --name NAME.")
    try:
        with comparison(workbook) as into:
            draft = drafted(into, path, sheet, name)
    except UnreadableError as error:
        raise InputFaultsError([error.fault]) from None
    say(console, draft.text)
    for each in draft.unplaced:
        say(console, f"Check: {each}.")
    file = _file(workbook, draft)
    if not write:
        say(console, f"Nothing was written. To write it into {workbook.show(file)}, add --write.")
        return
    _write(workbook, file, draft)
    month = " --month YYYY-MM" if draft.needs_month else ""
    words = f"load {shlex.quote(str(path))} --extract {name}{month} --dry-run"
    say(console, f"Written into {workbook.show(file)}. Try it: `{to_type(words)}`.")


def _file(workbook: Workbook, draft: Draft) -> Path:
    if draft.sql:
        return workbook.root / "params" / "extracts" / f"{draft.name}.sql"
    return workbook.params("extracts")


def _write(workbook: Workbook, file: Path, draft: Draft) -> None:
    """Write a draft beside the descriptions there are, of which none is changed."""
    shown = workbook.show(file)
    if draft.sql:
        if file.exists():
            raise LoadError(f"{shown} is there already: give another name with --name.")
        file.parent.mkdir(exist_ok=True)
        file.write_text(draft.text, encoding="utf-8")
        return
    before = texts.read(file, shown, texts.PARAMETERS) if file.exists() else f"{EXTRACTS}\n"
    after = f"{before.rstrip()}\n{draft.text}"
    # Read again, the file has every old description unchanged, and the new one.
    try:
        held, made = (yamls.load(text)[0]["extracts"] or {} for text in (before, after))
    except (yaml.YAMLError, KeyError, TypeError):
        held = made = {}
    if draft.name in held:
        raise LoadError(f"{shown} describes `{draft.name}` already: give another with --name.")
    if made != {**held, draft.name: made.get(draft.name)}:
        raise LoadError(f"{shown} can't be added to: copy the draft into it under `{EXTRACTS}`.")
    file.write_text(after, encoding="utf-8")
