"""A month's pages, each or all in one, printed to PDF by an installed Chromium.

Chromium's command line makes a tagged PDF that takes its language, outline, page sizes and page
numbers from the page, so no browser library is needed. The same page gives the same bytes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DecodedStreamObject, DictionaryObject, NameObject

from scorecard.errors import PrintError
from scorecard.pages import bound, links, pdf_tags

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from scorecard.pages.links import Linked
    from scorecard.pages.page import About

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
    # A page loads nothing from any host. If one ever does, printing doesn't wait for an answer.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--generate-pdf-document-outline",
    "--no-pdf-header-footer",
)
TIMEOUT_SECONDS = 120
ATTEMPTS = 4
"""How often a document is printed at most, until its contents have the right sheet numbers."""

METADATA = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


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


def of_pages(pages: Sequence[Path]) -> list[Path]:
    """Print each page to a PDF beside it, and return the PDFs."""
    return print_pages(pages, browser())


def of_pack(about: About, pages: Sequence[Linked], missing: Sequence[str], target: Path) -> None:
    """Print all pages to one PDF, `target`, with contents; `missing` as in `bound.document`."""
    linked = links.between(pages, "")
    parts = bound.bind([replace(each, html=linked[each.name]) for each in pages])
    print_numbered(
        lambda numbers: bound.document(about, parts, missing, numbers), target, browser()
    )


def print_pages(pages: Iterable[Path], program: Path) -> list[Path]:
    """Print each page to a PDF of the same name beside it, with `program`, and return the PDFs."""
    made = []
    with tempfile.TemporaryDirectory(prefix="scorecard-print-") as folder:
        for page in map(Path.resolve, pages):
            printed = _print(page, program, Path(folder))
            made.append(_finish(printed, page, page.with_suffix(".pdf")))
    return made


def print_numbered(
    document: Callable[[Mapping[str, int]], str], target: Path, program: Path
) -> None:
    """Print a document to the PDF `target`, with sheet numbers in its contents.

    `document` returns its HTML, given the sheet of each id. The sheets are known only after
    printing, so it is printed again until they agree; `PrintError` if they never do.
    """
    numbers: dict[str, int] = {}
    with tempfile.TemporaryDirectory(prefix="scorecard-print-") as folder:
        page = Path(folder) / target.with_suffix(".html").name
        for _ in range(ATTEMPTS):
            page.write_text(document(numbers), encoding="utf-8")
            printed = _print(page, program, Path(folder))
            found = _places(printed)
            if found == numbers:
                _finish(printed, page, target)
                return
            numbers = found
    raise PrintError(f"the page numbers in the contents of {target.name} did not settle")


def _places(file: Path) -> dict[str, int]:
    """The sheet, counted from 1, of each id that a link of the document leads to."""
    reader = PdfReader(file)
    found = {}
    for name, place in reader.named_destinations.items():
        sheet = reader.get_destination_page_number(place)
        if sheet is not None:
            found[name.removeprefix("/")] = sheet + 1
    return found


def _print(page: Path, program: Path, folder: Path) -> Path:
    """Print one page to a PDF in `folder`, which also holds the browser's profile; return it."""
    printed = folder / page.with_suffix(".pdf").name
    command = [str(program), *FLAGS, *_root_flags(), f"--user-data-dir={folder}"]
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
    return printed


def _finish(file: Path, page: Path, target: Path) -> Path:
    """Amend a PDF's tags, and have readers show its title, not its file name, as WCAG asks.

    Its metadata has title and language, and no date, so that it is the same each time. It is moved
    to `target` only when it is complete.
    """
    reader = PdfReader(file)
    title = str((reader.metadata and reader.metadata.title) or "")
    writer = PdfWriter(clone_from=reader)
    pdf_tags.amend(writer, page)
    root = writer.root_object
    root[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
    metadata = DecodedStreamObject()
    words = METADATA.format(title=escape(title), language=escape(str(root.get("/Lang", ""))))
    metadata.set_data(words.encode())
    metadata[NameObject("/Type")] = NameObject("/Metadata")
    metadata[NameObject("/Subtype")] = NameObject("/XML")
    root[NameObject("/Metadata")] = writer._add_object(metadata)
    writer.metadata = {"/Title": title}
    writer.write(file)
    shutil.move(file, target)
    return target


def _root_flags() -> list[str]:
    """Flags for root, as in a container: Chromium refuses to run as root inside its sandbox."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ["--no-sandbox"] if is_root else []
