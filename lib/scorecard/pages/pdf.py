"""A month's pages printed to PDF by an installed Chromium.

Chromium's own command line does it: the PDF is tagged and takes its language, outline, page sizes
and page numbers from the page, so no browser library has to be installed for it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject

from scorecard.errors import PrintError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VARIABLE = "SCORECARD_BROWSER"
"""The environment variable that names the browser to print with."""

COMMANDS = (
    "chromium chromium-browser google-chrome google-chrome-stable chrome microsoft-edge "
    "microsoft-edge-stable msedge"
).split()
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
"""Where macOS and Windows keep a browser that is not on the search path."""

FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # A page asks nobody for anything; should it ever, the printer doesn't wait for an answer.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--generate-pdf-document-outline",
    "--no-pdf-header-footer",
)
TIMEOUT_SECONDS = 120


def browser(environment: Mapping[str, str] = os.environ) -> Path:
    """The browser to print with; `PrintError` when none is installed."""
    named = environment.get(VARIABLE)
    if named:
        if Path(named).is_file():
            return Path(named)
        raise PrintError(f"{VARIABLE} names {named}, which is not a file")
    for command in COMMANDS:
        found = shutil.which(command, path=environment.get("PATH", ""))
        if found:
            return Path(found)
    for place in map(Path, PLACES):
        if place.is_file():
            return place
    raise PrintError(
        "no browser to print PDF with: install Chromium, Google Chrome or Microsoft Edge, or set "
        f"{VARIABLE} to the browser's program. The pages themselves are complete without it."
    )


def print_pages(pages: Iterable[Path], program: Path) -> list[Path]:
    """Print each page to a PDF of the same name beside it, with `program`, and return the PDFs."""
    with tempfile.TemporaryDirectory(prefix="scorecard-print-") as profile:
        return [_print(page.resolve(), program, Path(profile)) for page in pages]


def _print(page: Path, program: Path, profile: Path) -> Path:
    """Print one page, aside first, so that a half-written PDF is never left under its name."""
    target = page.with_suffix(".pdf")
    printed = profile / target.name
    command = [str(program), *FLAGS, *_root_flags(), f"--user-data-dir={profile}"]
    command += [f"--print-to-pdf={printed}", page.as_uri()]
    try:
        done = subprocess.run(  # noqa: S603 (the browser that was asked for)
            command, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise PrintError(
            f"{program.name} did not print {page.name} in {TIMEOUT_SECONDS} s"
        ) from None
    if done.returncode or not printed.exists():
        last = done.stderr.strip().splitlines()[-1:] or ["nothing"]
        raise PrintError(f"{program.name} could not print {page.name}; its last message: {last[0]}")
    _finish(printed)
    shutil.move(printed, target)
    return target


def _finish(file: Path) -> None:
    """Have readers show the document's title in place of the file's name, as WCAG asks of a PDF."""
    writer = PdfWriter(clone_from=PdfReader(file))
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
    writer.write(file)


def _root_flags() -> list[str]:
    """Chromium refuses to run as root inside its sandbox, as in a container."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ["--no-sandbox"] if is_root else []
