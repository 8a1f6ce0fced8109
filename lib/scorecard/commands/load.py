"""`run_month.py load`: plan it, show it, and load it.

Nothing is loaded on a dry run, or when --why or --yes is missing.
"""

from __future__ import annotations

import getpass
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.commands import load_terminal as terminal
from scorecard.errors import LoadError
from scorecard.importing.plan import edits_planned, files_planned
from scorecard.importing.sources import sources
from scorecard.ledger import ledger, versions
from scorecard.unseen import UNUSUAL, visible_line
from scorecard.wording import named, to_type

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from rich.console import Console

    from scorecard.importing.plan import LoadPlan, PublishedMonth
    from scorecard.months import Month
    from scorecard.workbook import Workbook


@dataclass(frozen=True)
class LoadRequest:
    """What the analyst asked for; `again` is the command as it was typed, for messages."""

    files: Sequence[Path]
    edits: bool
    sheet: str | None
    extract: str | None
    with_files: Sequence[str]
    month: Month | None
    provenance: str | None
    by: str | None
    why: str | None
    dry_run: bool
    yes: bool
    again: str


def run_load(
    workbook: Workbook,
    published: Mapping[str, PublishedMonth],
    request: LoadRequest,
    console: Console,
) -> None:
    """Load what is requested, unless it is a dry run or changes nothing.

    Raises `InputFaultsError` when a file breaks a rule, and `LoadError` when the analyst has to
    give a reason or agree first; then nothing was loaded.
    """
    _validate_request(request)
    with _ready(workbook, request), _planned(workbook, published, request) as plan:
        terminal.show(console, plan)
        why = one_line(request.why or "")
        if not plan.effect:
            terminal.say(console, NO_EDITS if request.edits else NO_CHANGES)
            if request.edits:
                _record_files(workbook, request, why, console)
        elif request.dry_run:
            missing = plan.missing(why, yes=request.yes)
            refused = f" It would be refused: {'; and '.join(missing)}." if missing else ""
            terminal.say(console, f"Nothing was loaded: this was a dry run.{refused}")
        else:
            why = plan.reason_or_error(why, yes=request.yes, again=request.again)
            by = one_line(request.by or "") or one_line(current_user(workbook))
            made = plan.write(by, why)
            terminal.say(console, f"This is load {made.load}, by {made.loaded_by}: {made.why}")


def _record_files(workbook: Workbook, request: LoadRequest, why: str, console: Console) -> None:
    """Record what changed in reference data, parameters and commentary; no result is loaded."""
    if not versions.has_versions(workbook):
        return
    changed = versions.unrecorded(workbook, versions.read(workbook))
    if not changed:
        return
    files = named([*changed], NAMED)
    if request.dry_run:
        terminal.say(console, f"Changed and not recorded: {files}.")
        return
    by = one_line(request.by or "") or one_line(current_user(workbook))
    made, _ = versions.record(workbook, by, why or "Recorded with no reason given.")
    if made:
        what = f"version {made.version} of reference data, parameters and commentary"
        terminal.say(console, f"This is {what}, by {by}: {files}.")


NAMED = 6
"""Changed files that are named; more are only counted."""

NO_EDITS = "Nothing was edited since the last load."
NO_CHANGES = "These results are already loaded. Nothing was loaded."


def _validate_request(request: LoadRequest) -> None:
    if bool(request.files) == request.edits:
        raise LoadError(
            f"name the files to load, as in `{to_type('load extract.csv')}`, or record what was "
            "edited by hand with --edits; one of the two."
        )
    of_files = {
        "--sheet": request.sheet, "--extract": request.extract, "--with": request.with_files,
        "--month": request.month, "--provenance": request.provenance,
    }  # fmt: skip
    given = [name for name, value in of_files.items() if value]
    word = (request.provenance or "").strip()
    if visible_line(word) != word:
        raise LoadError(f"--provenance holds an invisible character: {visible_line(word)}")
    if request.edits and given:
        raise LoadError(f"--edits reads no file: leave out {', '.join(given)}.")


@contextmanager
def _ready(workbook: Workbook, request: LoadRequest) -> Iterator[None]:
    """Keep other loads out; a dry run writes nothing and keeps nobody out."""
    if not request.dry_run:
        with ledger.locked(workbook):
            yield
    elif ledger.is_pending(workbook):
        raise LoadError(f"a load was interrupted; finish it first with `{to_type('loads')}`.")
    else:
        yield


@contextmanager
def _planned(
    workbook: Workbook, published: Mapping[str, PublishedMonth], request: LoadRequest
) -> Iterator[LoadPlan]:
    """The plan of the load: of what was edited by hand, or of the files."""
    if request.edits:
        with edits_planned(workbook, published) as plan:
            yield plan
    else:
        wanted = sources(
            workbook, request.files, request.sheet, request.extract, request.month,
            request.with_files,
        )  # fmt: skip
        with files_planned(workbook, wanted, published, request.provenance) as plan:
            yield plan


def current_user(workbook: Workbook) -> str:
    """Who is at the keyboard, as git knows them, or else the system."""
    git = shutil.which("git")
    if git:
        asked = subprocess.run(  # noqa: S603 (git itself, and nothing of the user's)
            [git, "config", "user.name"],
            cwd=workbook.root, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if asked.stdout.strip():
            return asked.stdout.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise LoadError("say who loads this: --by NAME.") from None


def one_line(words: str) -> str:
    """Words from a command line as a line that files, terminals and committees' pages can hold."""
    return " ".join(UNUSUAL.sub(" ", words.encode("utf-8", "replace").decode()).split())
