"""What officers write: commentary on an indicator, and the overview of a section.

Both are about the whole council, and are shown on each page with the indicator or the section.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markupsafe import Markup

from scorecard import texts
from scorecard.errors import TextError
from scorecard.outputs import Fragment, Nothing
from scorecard.report.tables import render
from scorecard.wording import slug

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scorecard.report.cell import Record
    from scorecard.report.source import Source
    from scorecard.workbook import Workbook


def written(workbook: Workbook, path: Path) -> Markup:
    """A file of commentary as HTML; empty when there is none.

    Raw HTML in it is shown as text. Its headings become bold lines, since the page decides where
    a heading belongs. Raises `TextError` when it shows a picture.
    """
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


def on_indicator(source: Source, row: Record) -> Markup:
    """The lead officer's commentary on an indicator; empty when there is none."""
    return written(source.workbook, source.workbook.commentary(source.month, row["code"]))


def on_panel(source: Source, row: Record) -> str:
    """The commentary as part of an indicator's panel; nothing when there is none."""
    words = on_indicator(source, row)
    by = source.responsible(row).lead_officer
    return render("commentary.html.jinja", words=words, row=row, by=by) if words else ""


def commentaries(source: Source, chosen: Sequence[str], *, reds: bool) -> Fragment | Nothing:
    """The commentary on each indicator that has one; without `reds` on those that are not Red."""
    rows = source.rows(source.catalogue.rated_of(chosen))
    found = [
        (row, source.responsible(row).lead_officer, words)
        for row in rows
        if (reds or row["latest"].rating != "red") and (words := on_indicator(source, row))
    ]
    if not found:
        return Nothing("No other indicator has a commentary." if not reds else "No commentary.")
    about = "" if source.unit["unit"] == source.county else source.unit_name(source.county)
    return Fragment(render("commentaries.html.jinja", found=found, about=about))


def overviews(source: Source, chosen: Sequence[str]) -> Fragment | Nothing:
    """The overview of each section of a page that has one, by its lead officer."""
    sections = dict.fromkeys(
        row["section"] for row in source.rows(source.catalogue.rated_of(chosen))
    )
    found = [
        (slug(section), section, source.responsible_for(section).lead_officer, words)
        for section in sections
        if (words := written(source.workbook, source.workbook.overview(source.month, section)))
    ]
    if not found:
        return Nothing("No section has an overview.")
    return Fragment(render("overviews.html.jinja", found=found))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    for kind, tag in (("heading_open", "<p><strong>"), ("heading_close", "</strong></p>\n")):
        parser.add_render_rule(kind, lambda *_, tag=tag: tag)
    return parser
