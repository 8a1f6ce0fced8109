"""What of an executed notebook may become a page, decided before anything is drawn.

A page shows three things: HTML fragments, figures and Markdown. Everything else that a cell can
leave behind (printed text, a bare value, a picture, a widget, an error) stops the appendix with a
`PublishError` that names the cell and what to do, so that nothing is dropped without a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scorecard.errors import PublishError
from scorecard.outputs import (
    ATTENTION,
    FIGURE,
    HEADLINE,
    HTML,
    NOTES,
    STYLED,
    TABLES,
    VEGALITE,
    Column,
    DataTable,
    Headline,
    Note,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode

HIDDEN = frozenset({"analyst", "parameters", "injected-parameters"})
"""Cells with one of these tags are for people at the notebook and never show on a page."""

MIME_TYPE_REMEDY = (
    "end the cell with a fragment or a figure of the report, or tag the cell `analyst` to keep it "
    "off the page"
)
FORBIDDEN = re.compile(
    r"<(?P<element>script|style|link|iframe|object|embed|form|base|meta)\b"
    r"|<[^<>]*?\s(?P<attribute>style|on[a-z]+)\s*="
    r"|<(?!a\b)[^<>]*?\s(?P<address>(?:xlink:)?href|src|srcset)\s*=\s*[\"']?(?!data:|\#)",
    re.IGNORECASE,
)
"""Markup that the page's Content-Security-Policy blocks, or that would ask another file for it."""

FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
"""What a table can be called: it is part of the name of a file."""


@dataclass(frozen=True)
class Contents:
    """What a notebook hands over beside its fragments.

    `tables` and `notes` in the order of the page, `attention` as sentences for the operator.
    """

    tables: tuple[DataTable, ...]
    notes: tuple[Note, ...]
    headline: Headline | None
    attention: tuple[str, ...]


def contents(notebook: NotebookNode) -> Contents:
    """Check every output of `notebook` and gather its tables, notes, headline and attention.

    Raises `PublishError` for the first thing that must not become a page.
    """
    tables: list[DataTable] = []
    notes: list[Note] = []
    headlines: list[Headline] = []
    attention: list[str] = []
    for place, cell in _cells(notebook):
        if cell.cell_type != "code":
            continue
        hidden = is_hidden(cell)
        for output in cell.outputs:
            attention += _warnings(place, output)
            if output.output_type == "error":
                raise PublishError(f"{place} failed: {output.ename}: {output.evalue}")
            if hidden or (output.output_type == "stream" and output.name == "stderr"):
                continue
            data = _data(place, output)
            check_markup(place, data.get(STYLED) or data.get(HTML) or data[FIGURE]["table_html"])
            tables += [_table(place, each) for each in data.get(TABLES, ())]
            notes += [Note(**each) for each in data.get(NOTES, ())]
            headlines += [_headline(data[HEADLINE])] if HEADLINE in data else []
            attention += data.get(ATTENTION, ())
    _once("headline", [headline.sentence for headline in headlines])
    _once("table", [table.name for table in tables])
    return Contents(
        tuple(tables), tuple(notes), headlines[0] if headlines else None, tuple(attention)
    )


def is_hidden(cell: NotebookNode) -> bool:
    """Whether `cell` stays off the page."""
    return bool(HIDDEN.intersection(cell.metadata.get("tags", ())))


def check_markup(place: str, html: str) -> None:
    """Raise `PublishError` when a fragment breaks the page's policy or holds a bare data frame."""
    found = FORBIDDEN.search(html)
    if found:
        what = f"<{found['element']}>" if found["element"] else found["attribute"]
        if found["address"]:
            raise PublishError(
                f"{place} asks for another file in `{found[0].strip()}`: a page holds everything "
                "itself; put the picture in as a `data:` address or as inline SVG"
            )
        raise PublishError(
            f"{place} holds `{what}`, which the page's security policy blocks: use a class of the "
            "style sheet instead of a style, and no script"
        )
    if html.count("<table") > html.count("<caption"):
        raise PublishError(
            f"{place} shows a table without a caption, as a bare data frame does: "
            + MIME_TYPE_REMEDY
        )


def _cells(notebook: NotebookNode) -> Iterator[tuple[str, NotebookNode]]:
    """Every cell with its place in words: `cell 4 (`report.scorecard()`)`."""
    for number, cell in enumerate(notebook.cells, start=1):
        lines = cell.source.strip().splitlines()
        place = f"cell {number} (`{lines[0].strip()}`)" if lines else f"cell {number}"
        if cell.cell_type == "raw" and not is_hidden(cell):
            raise PublishError(f"{place} is a raw cell: make it Markdown, or tag it `analyst`")
        yield place, cell


def _data(place: str, output: NotebookNode) -> dict[str, Any]:
    """The MIME bundle of an output that may be published; otherwise `PublishError`."""
    if output.output_type == "stream":
        raise PublishError(f"{place} prints text: remove the `print`, or tag the cell `analyst`")
    data: dict[str, Any] = output.data
    if FIGURE in data and VEGALITE not in data:
        raise PublishError(f"{place} has a figure's words but no chart: {MIME_TYPE_REMEDY}")
    if not {STYLED, HTML, FIGURE}.intersection(data):
        kinds = ", ".join(f"`{kind}`" for kind in sorted(data)) or "nothing"
        raise PublishError(f"{place} shows {kinds}, which no page can hold: {MIME_TYPE_REMEDY}")
    return data


def _warnings(place: str, output: NotebookNode) -> list[str]:
    """What a cell wrote to its error stream, without the machine's paths."""
    if output.output_type != "stream" or output.name != "stderr":
        return []
    lines = [line.strip() for line in output.text.splitlines() if line.strip()]
    warned = [line for line in lines if re.search(r"Warning\b", line)] or lines[:1]
    return [f"{place} warned: {re.sub(r'^.*?(?=[A-Za-z]*Warning:)', '', line)}" for line in warned]


def _headline(content: dict[str, Any]) -> Headline:
    """A `Headline` as it went into the notebook, without the types that nbformat makes of it."""
    return Headline(**{**content, "ratings": dict(content["ratings"])})


def _table(place: str, content: dict[str, Any]) -> DataTable:
    """A `DataTable` as it went into the notebook."""
    if not FILE_NAME.fullmatch(content["name"]):
        raise PublishError(
            f"{place} has a table called `{content['name']}`, which is not a name for files: use "
            "letters, digits, dots and hyphens, 80 at most"
        )
    columns = [Column(**column) for column in content["columns"]]
    return DataTable(**{**content, "columns": columns})


def _once(what: str, names: list[str]) -> None:
    """Raise `PublishError` when two outputs claim to be the same thing."""
    if what == "headline" and len(names) > 1:
        raise PublishError(f"the notebook has {len(names)} headlines; the index page can show one")
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise PublishError(
            f"{what} `{repeated[0]}` occurs twice: give each {what} a name of its own"
        )
