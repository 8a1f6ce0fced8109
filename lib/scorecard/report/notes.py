"""What explains a figure: data notes from the catalogue, commentary, and provenance."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markupsafe import Markup

from scorecard import display, texts
from scorecard.errors import TextError
from scorecard.outputs import Note
from scorecard.report import prose
from scorecard.report.tables import render

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorecard.months import Month
    from scorecard.report.tables import Record
    from scorecard.workbook import Workbook


def data_notes(row: Record, year_begins: int, *, unfolded: bool = False) -> str:
    """The catalogue's word on an indicator: definition, direction, bandings, period, source.

    The financial year begins in month `year_begins`, 1 to 12.
    """
    return render(
        "data_notes.html.jinja",
        row=row,
        unfolded=unfolded,
        polarity=display.POLARITIES[row["polarity"]],
        period=display.data_period(row["data_period"], year_begins),
        target=display.threshold(row["latest"].target, row["format"]),
        bandings=prose.bandings(row["polarity"], row["latest"]),
    )


def commentary(workbook: Workbook, month: Month, code: str) -> Markup:
    """The lead officer's commentary as HTML; empty when there is none.

    Raw HTML in it is shown as text. Its headings become bold lines, since the page decides where
    a heading belongs. Raises `TextError` when it shows a picture.
    """
    path = workbook.commentary(month, code)
    try:
        text = texts.read(path, workbook.show(path), texts.COMMENTARY)
    except FileNotFoundError:
        return Markup()
    parser = _parser()
    tokens = parser.parse(text)
    if any(each.type == "image" for line in tokens for each in line.children or ()):
        raise TextError(
            f"{workbook.show(path)} shows a picture, and commentary is words: say in a sentence "
            "what the picture shows, or link to it without the `!`"
        )
    html = parser.renderer.render(tokens, parser.options, {})
    return Markup(html)  # noqa: S704 (raw HTML is off in the parser)


def provenance_notes(used: Iterable[str], known: Mapping[str, Record]) -> list[Note]:
    """The notes a reader is owed for figures of the provenances `used`, in the file's order."""
    names = set(used)
    return [
        Note(name, each["footnote"])
        for name, each in known.items()
        if name in names and each["footnote"]
    ]


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    for kind, tag in (("heading_open", "<p><strong>"), ("heading_close", "</strong></p>\n")):
        parser.add_render_rule(kind, lambda *_, tag=tag: tag)
    return parser
