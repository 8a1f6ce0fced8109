"""What of an executed notebook may become a page, checked before anything is drawn.

A page shows three things: HTML fragments, figures and Markdown. Any other output of a cell (printed
text, a bare value, a picture, a widget, an error) stops the appendix with a `PublishError` that
names the cell and the remedy, so that nothing is dropped silently; warnings are for the operator.
Markup is checked as the elements that a browser makes of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

from scorecard.data_table import DataTable
from scorecard.errors import PublishError, brief
from scorecard.notebook_tags import HIDDEN, INJECTED
from scorecard.outputs import (
    ATTENTION,
    CHART_WORDS,
    HEADLINE,
    HTML,
    NOTES,
    NOTHING,
    STYLED,
    TABLES,
    VEGALITE,
    Headline,
    Note,
)
from scorecard.pages import markdown, tree
from scorecard.unseen import UNSEEN, described

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nbformat import NotebookNode
    from selectolax.lexbor import LexborNode

HIDE = "tag the cell `analyst` to keep it off the page"
MIME_TYPE_REMEDY = f"end the cell with a fragment or a figure of the report, or {HIDE}"
CHART = "application/vnd.vega"
"""How the MIME types of charts begin."""

BLOCKED = frozenset(
    "script style link iframe frame frameset object embed applet form base meta noscript template"
    .split()
)  # fmt: skip
"""Elements that the page's policy blocks, or whose content a check of the elements can't see."""

ADDRESSES = frozenset(
    "href xlink:href src srcset poster data background action formaction ping".split()
)
"""Attributes that hold an address."""

OWN = frozenset({"href", "xlink:href", "src"})
"""Those of them that may be a `data:` address, or name a part of the page."""

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""The schemes that a reader's link may have; a link without one leads to a file of the pack."""

PICTURE_FILE = re.compile(r".*\.(png|jpe?g|gif|svg|webp|bmp|tiff?)", re.IGNORECASE)
"""The file name of a picture, which does not describe the picture."""

WORDS = ("name", "title", "subtitle", "description")
"""The texts that a chart must have beside its table."""

FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
"""A valid name of a table, which is part of a file name."""


@dataclass(frozen=True)
class Contents:
    """What a notebook has for a page beside its fragments and figures.

    `tables` and `notes` are in the order of the page; `attention` are sentences for the operator.
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
    nothing: list[str] = []
    figures = 0
    for place, cell in _cells(notebook):
        if cell.cell_type == "markdown" and not is_hidden(cell):
            check_markup(place, markdown.html(cell))
        for output in cell.get("outputs", ()):
            attention += _warnings(place, output)
            if output.output_type == "error":
                raise PublishError(f"{place} failed: {output.ename}: {output.evalue}")
            if is_hidden(cell) or (output.output_type == "stream" and output.name == "stderr"):
                continue
            data = _data(place, output)
            if NOTHING in data:
                nothing.append(data[NOTHING]["why"])
                continue
            if CHART_WORDS in data:
                _check_figure(place, data[CHART_WORDS])
                figures += 1
            else:
                elements = check_markup(place, data.get(STYLED) or data[HTML])
                figures += sum(each.tag == "table" or _is_numbered(each) for each in elements)
            tables += [_table(place, each) for each in data.get(TABLES, ())]
            notes += [Note(**each) for each in data.get(NOTES, ())]
            headlines += [_headline(data[HEADLINE])] if HEADLINE in data else []
            attention += data.get(ATTENTION, ())
    if nothing and not figures:
        raise PublishError(
            f"the page would have no table and no chart: {' '.join(dict.fromkeys(nothing))} Load "
            "the results that are missing, or leave the appendix out of params/reports.yml"
        )
    _once("headline", [headline.sentence for headline in headlines])
    _once("table", [table.name for table in tables])
    return Contents(
        tuple(tables), tuple(notes), headlines[0] if headlines else None, tuple(attention)
    )


def _is_numbered(element: LexborNode) -> bool:
    """Whether an element holds numbered paragraphs, which a page may have instead of tables."""
    return "paragraphs" in (element.attributes.get("class") or "").split()


def is_hidden(cell: NotebookNode) -> bool:
    """Whether `cell` stays off the page."""
    return bool(HIDDEN.intersection(cell.metadata.get("tags", ())))


def check_markup(place: str, html: str) -> list[LexborNode]:
    """The elements of a fragment, which may be published.

    Raises `PublishError` when it leaves an element open, closes one that it did not open, breaks
    the page's policy, or holds a table without a caption or an invisible character.
    """
    check_seen(place, html)
    elements = tree.of_fragment(html)
    if elements is None:
        raise PublishError(
            f"{place} leaves an element open, or closes one that it did not open: the rest of the "
            "page would go wrong; close every element"
        )
    check_policy(place, elements)
    for table in elements:
        if table.tag == "table" and not any(
            each.tag == "caption" and tree.words(each) for each in table.iter()
        ):
            raise PublishError(
                f"{place} shows a table without a caption, as a bare data frame does: "
                + MIME_TYPE_REMEDY
            )
    return elements


def check_seen(place: str, html: str) -> None:
    """Raise `PublishError` when markup holds an invisible character, as itself or as an entity."""
    if found := UNSEEN.search(unescape(html)):
        raise PublishError(
            f"{place} holds an invisible character ({described(found[0])}); delete it where "
            "it is written"
        )


def check_policy(place: str, elements: Iterable[LexborNode]) -> None:
    """Raise `PublishError` when one of `elements` breaks a page's policy.

    The policy forbids scripts, styles of an element, addresses outside the page other than links,
    and pictures without a text alternative.
    """
    for element in elements:
        if element.tag in BLOCKED:
            raise _blocked(place, f"<{element.tag}>")
        for name, value in element.attributes.items():
            if name == "style" or name.startswith("on"):
                raise _blocked(place, name)
            if name in ADDRESSES:
                _check_address(place, element, name, value or "")
        if element.tag == "img" and not _says_something(element.attributes.get("alt")):
            raise PublishError(
                f"{place} shows a picture without words for readers who can't see it: say what it "
                "shows, in Markdown as `![what it shows](…)`, in HTML as `alt`"
            )


def _says_something(words: str | None) -> bool:
    """Whether a picture has a text alternative that is not a file name."""
    return bool(words and words.strip() and not PICTURE_FILE.fullmatch(words.strip()))


def _blocked(place: str, what: str) -> PublishError:
    return PublishError(
        f"{place} holds `{what}`, which the page's security policy blocks: use a class of the "
        "style sheet instead of a style, and no script"
    )


def _check_address(place: str, element: LexborNode, name: str, address: str) -> None:
    """Raise `PublishError` unless an address is in the page, or a link that readers can follow."""
    plain = re.sub(r"[\x00-\x20]", "", address)  # as browsers read it
    if element.tag == "a" and name == "href":
        scheme = re.match(r"([^/?#:]*):", plain)
        if scheme and scheme[1].lower() not in SCHEMES:
            raise PublishError(
                f"{place} links to `{brief(address)}`, which readers can't follow: a link begins "
                "with `https:` or `mailto:`, or names a file of the pack or a heading (`#summary`)"
            )
    elif name not in OWN or not plain.startswith(("data:", "#")):
        raise PublishError(
            f"{place} asks for another file, `{brief(address)}`: a page holds everything itself. "
            "Put the picture in: drag it into the Markdown cell in JupyterLab, or give it as a "
            "`data:` address or as inline SVG"
        )


def _check_figure(place: str, words: Mapping[str, str]) -> None:
    """Raise `PublishError` when a chart lacks one of `WORDS` or a table of its figures."""
    elements = check_markup(place, words.get("table_html", ""))
    missing = [key for key in WORDS if not words.get(key, "").strip()]
    if not any(each.tag == "td" for each in elements):
        missing.append("table_html")
    if missing:
        raise PublishError(
            f"{place} has a chart without {' and '.join(f'`{key}`' for key in missing)}: "
            "`report.figure(chart, data, title=…, says=…)` gives it a headline, a text alternative "
            f"and a table of its figures, or {HIDE}"
        )


def _cells(notebook: NotebookNode) -> Iterator[tuple[str, NotebookNode]]:
    """Every cell of the notebook's file with its place: `county.ipynb, cell 4 (`report.key()`)`."""
    name = notebook.metadata.get("papermill", {}).get("input_path", "")
    number = 0
    for cell in notebook.cells:
        number += INJECTED not in cell.metadata.get("tags", ())
        lines = cell.source.strip().splitlines()
        place = f"{name}, cell {number}" if name else f"cell {number}"
        place += f" (`{lines[0].strip()}`)" if lines else ""
        if cell.cell_type == "raw" and not is_hidden(cell):
            raise PublishError(f"{place} is a raw cell: make it Markdown, or tag it `analyst`")
        yield place, cell


def _data(place: str, output: NotebookNode) -> dict[str, Any]:
    """The MIME bundle of an output; `PublishError` if the output must not be published."""
    if output.output_type == "stream":
        raise PublishError(f"{place} prints text: remove the `print`, or tag the cell `analyst`")
    data: dict[str, Any] = output.data
    charts = [kind for kind in data if kind.startswith(CHART)]
    if CHART_WORDS in data and VEGALITE not in charts:
        raise PublishError(f"{place} has a figure's words but no chart: {MIME_TYPE_REMEDY}")
    if charts and CHART_WORDS not in data:
        raise PublishError(
            f"{place} shows a chart without its words and its figures: end the cell with "
            "`report.figure(chart, data, title=…, says=…)`, which gives it a headline, a text "
            f"alternative and a table, or {HIDE}"
        )
    if not {STYLED, HTML, CHART_WORDS}.intersection(data):
        kinds = ", ".join(f"`{kind}`" for kind in sorted(data)) or "nothing"
        raise PublishError(f"{place} shows {kinds}, which no page can hold: {MIME_TYPE_REMEDY}")
    return data


def _warnings(place: str, output: NotebookNode) -> list[str]:
    """The warnings in an error stream, without the machine's paths; if none, its first line."""
    if output.output_type != "stream" or output.name != "stderr":
        return []
    lines = [line.strip() for line in output.text.splitlines() if line.strip()]
    warned = [line for line in lines if re.search(r"Warning\b", line)] or lines[:1]
    return [f"{place} warned: {re.sub(r'^.*?(?=[A-Za-z]*Warning:)', '', line)}" for line in warned]


def _headline(content: dict[str, Any]) -> Headline:
    """The `Headline` that was put into the notebook, with a `dict` in place of nbformat's type."""
    return Headline(**{**content, "ratings": dict(content["ratings"])})


def _table(place: str, content: dict[str, Any]) -> DataTable:
    """The `DataTable` that was put into the notebook; `PublishError` if its name is not valid."""
    if not FILE_NAME.fullmatch(content["name"]):
        raise PublishError(
            f"{place} has a table called `{content['name']}`, which is not a name for files: use "
            "letters, digits, dots and hyphens, 80 at most"
        )
    return DataTable.of(content)


def _once(what: str, names: list[str]) -> None:
    """Raise `PublishError` for a second headline, or for a name that occurs twice."""
    if what == "headline" and len(names) > 1:
        raise PublishError(f"the notebook has {len(names)} headlines; the index page can show one")
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise PublishError(
            f"{what} `{repeated[0]}` occurs twice: give each {what} a name of its own"
        )
