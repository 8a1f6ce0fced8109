"""The tables of an appendix as one spreadsheet that a screen reader can follow.

It follows the Analysis Function's guidance "Releasing statistics in spreadsheets": a cover sheet,
contents and notes; one table a sheet, from column A, marked as a table with a name; a title and one
sentence above it; units in headings; no merged cells, filters or frozen panes, no empty row or cell
above or in a table, no colour alone.
`gptables` follows the same guidance but takes 20 times as long, too long for a month of 40
appendices; XlsxWriter, which `gptables` uses, is enough.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, cast

import xlsxwriter

from scorecard.data_table import Column

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from scorecard.data_table import DataTable, Value
    from scorecard.outputs import Note
    from scorecard.pages.page import About

NOT_AVAILABLE = "[x]"
"""The Analysis Function's symbol for a figure that is not available."""

FONT = {"font_name": "Arial", "font_size": 12, "valign": "top", "text_wrap": True}
WIDEST = 60
SHEET_NAME_LENGTH = 31
"""Excel's limit."""

WARNING = (
    "Before you use a figure, read what must be known of it. Columns whose headings end in "
    "“source” say which figures a word below is about:"
)
EVERYWHERE = "All"
"""What the notes name as the worksheet when they are about all worksheets."""

BACK = "Back to the contents"


@dataclass(frozen=True)
class Styles:
    """The formats of the cells of a workbook."""

    text: Format
    title: Format
    heading: Format
    link: Format
    beside_figures: Format
    figures: Mapping[str, Format]
    """Number format (`0.0`) → the format of the cells that have it."""


def workbook(tables: Sequence[DataTable], about: About, warnings: Sequence[Note] = ()) -> bytes:
    """The `.xlsx` of an appendix: cover, contents, notes, then a sheet for each of `tables`.

    `warnings` are the page's notes on its figures; the cover and the sheet `Notes` have them.
    """
    content = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties(
            {
                "title": about.window_title,
                "subject": about.summary,
                "company": about.council,
                # A fixed date: the same figures must give the same file.
                "created": datetime.combine(about.month.first_day, datetime.min.time(), UTC),
            }
        )
        styles = Styles(
            text=book.add_format(FONT),
            title=book.add_format({**FONT, "bold": True, "font_size": 16, "text_wrap": False}),
            heading=book.add_format({**FONT, "bold": True, "bottom": 1}),
            link=book.add_format({**FONT, "font_color": "#12436D", "underline": 1}),
            beside_figures=book.add_format({**FONT, "align": "right"}),
            figures=_figures(book, tables),
        )
        names = sheet_names([table.sheet or table.name for table in tables])
        _cover(book.add_worksheet("Cover"), about, tables, warnings, styles)
        _contents(book.add_worksheet("Contents"), tables, names, styles)
        _notes(book.add_worksheet("Notes"), tables, names, warnings, styles)
        for table, name in zip(tables, names, strict=True):
            _table(book.add_worksheet(name), table, styles)
    return content.getvalue()


def sheet_names(tables: Sequence[str]) -> list[str]:
    """A sheet name for each table name: in words, no longer than Excel allows, and unique."""
    names: list[str] = []
    for table in tables:
        base = re.sub(r"[\[\]:*?/\\']", "", table)
        base = base if base != base.lower() else base.removesuffix("-data").replace("-", " ")
        base = base[:1].upper() + base[1:]
        name = base[:SHEET_NAME_LENGTH].rstrip()
        number = 2
        while name.lower() in {"cover", "contents", "notes", "history", *map(str.lower, names)}:
            end = f" {number}"
            name = base[: SHEET_NAME_LENGTH - len(end)] + end
            number += 1
        names.append(name)
    return names


def _cover(
    sheet: Worksheet,
    about: About,
    tables: Sequence[DataTable],
    warnings: Sequence[Note],
    styles: Styles,
) -> None:
    """Write the cover: what the workbook is, its publisher, `warnings`, and how to read it."""
    count = len(tables)
    signs = {sign: meaning for table in tables for sign, meaning in table.signs.items()}
    sheet.set_column(0, 0, 90, styles.text)
    sheet.write_string(0, 0, f"{about.heading}, {about.month.words}", styles.title)
    held = f"{count} {'table' if count == 1 else 'tables'}, one on each worksheet"
    lines = [
        f"{about.council}, {about.service}",
        about.summary,
        f"Figures for {about.month.words}, to {about.month.last_day.day} {about.month.words}.",
        f"Published by {about.published_by}. {_licence(about)}",
        *([WARNING] if warnings else []),
        *(f"{each.of}: {each.text}" for each in warnings),
        f"{held}, with exactly the figures of {about.shown_on}.",
        "A figure that a note on the page explains has the decimals of that note.",
        f"{NOT_AVAILABLE} means that a figure is not available or does not apply.",
        *(f"{sign} means that a figure is {meaning}." for sign, meaning in signs.items()),
        "The contents list every table. The notes say what each column means.",
    ]
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, line, styles.text)
    sheet.write_url(len(lines) + 1, 0, "internal:'Contents'!A1", styles.link, "Contents")


def _licence(about: About) -> str:
    """The sentence that names the licence of the figures, or says whom to ask."""
    if about.licence:
        return f"Licence: {about.licence}."
    return "No licence is named: ask the publisher before you use the figures elsewhere."


def _contents(
    sheet: Worksheet, tables: Sequence[DataTable], names: Sequence[str], styles: Styles
) -> None:
    """Write the contents: a link to every worksheet, and its title."""
    sheet.write_string(0, 0, "Contents", styles.title)
    sheet.write_string(1, 0, "This worksheet lists the tables of this workbook.", styles.text)
    rows = [("Notes", "What must be known of the figures, and what the columns mean")]
    rows += [(name, table.full_title) for table, name in zip(tables, names, strict=True)]
    columns = [Column("worksheet", ""), Column("title", "")]
    _marked(sheet, 2, "contents", columns, rows, styles)
    for row, (name, _) in enumerate(rows, start=3):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", styles.link, name)


def _notes(
    sheet: Worksheet,
    tables: Sequence[DataTable],
    names: Sequence[str],
    warnings: Sequence[Note],
    styles: Styles,
) -> None:
    """Write the notes: `warnings`, and what every column of every table means."""
    sheet.write_string(0, 0, "Notes", styles.title)
    about = "This worksheet says what must be known of the figures and what the columns mean."
    sheet.write_string(1, 0, about, styles.text)
    rows = [(EVERYWHERE, each.of, each.text) for each in warnings]
    rows += [
        (name, column.title, column.meaning)
        for table, name in zip(tables, names, strict=True)
        for column in table.columns
    ]
    columns = [Column(each, "") for each in ("worksheet", "column or figures", "meaning")]
    _marked(sheet, 2, "notes", columns, rows, styles)


def _table(sheet: Worksheet, table: DataTable, styles: Styles) -> None:
    """Write one table on its sheet."""
    sheet.write_string(0, 0, table.full_title, styles.title)
    held = "one table" if table.rows else "one table, which has no rows this month"
    sheet.write_string(1, 0, f"This worksheet contains {held}.", styles.text)
    sheet.write_url(2, 0, "internal:'Contents'!A1", styles.link, BACK)
    _marked(sheet, 3, table.name, table.columns, table.rows, styles)


def _marked(
    sheet: Worksheet,
    top: int,
    name: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Value]],
    styles: Styles,
) -> None:
    """Write a table from row `top` down; if it has rows, mark it as a table with a name."""
    headings = _unlike(columns)
    for column, heading in enumerate(headings):
        sheet.write_string(top, column, heading, styles.heading)
        values = [row[column] for row in rows]
        longest = max((len(str(value)) for value in [heading, *values]), default=8)
        sheet.set_column(column, column, min(longest, WIDEST) * 1.2 + 2)
        of_figures = any(isinstance(value, int | Decimal) for value in values)
        beside = styles.beside_figures if of_figures else styles.text
        for row, value in enumerate(values, start=top + 1):
            if isinstance(value, int | Decimal):
                # XlsxWriter writes a Decimal digit by digit, though its types name floats only.
                number = cast("float", value)
                how = styles.figures[_written(value, signed=columns[column].signed)]
                sheet.write_number(row, column, number, how)
            else:
                sheet.write_string(row, column, value or NOT_AVAILABLE, beside)
    if rows:
        made = [{"header": text, "header_format": styles.heading} for text in headings]
        marks = {
            "name": "t_" + re.sub(r"\W", "_", name),
            "autofilter": False,
            "style": None,
            "columns": made,
        }
        sheet.add_table(top, 0, top + len(rows), len(headings) - 1, marks)


def _figures(book: xlsxwriter.Workbook, tables: Sequence[DataTable]) -> dict[str, Format]:
    """Number format → the format of cells, for every number format of the figures."""
    found = {
        _written(value, signed=column.signed)
        for table in tables
        for row in table.rows
        for column, value in zip(table.columns, row, strict=True)
        if isinstance(value, int | Decimal)
    }
    return {
        each: book.add_format({**FONT, "num_format": each, "align": "right"})
        for each in sorted(found)
    }


def _written(value: int | Decimal, *, signed: bool) -> str:
    """The number format of a figure: its decimals, and a sign if it is a difference.

    A difference below nought that rounds to nought keeps its sign, as on the page.
    """
    places = _places(value)
    digits = f"0.{'0' * places}" if places else "0"
    if not signed:
        return digits
    nought = f'"-"{digits}' if Decimal(value).is_signed() else digits
    return f"+{digits};-{digits};{nought}"


def _unlike(columns: Sequence[Column]) -> list[str]:
    """The headings of a table; one that is repeated has a number."""
    found: list[str] = []
    for column in columns:
        number = found.count(column.title) + 1
        found.append(f"{column.title} {number}" if number > 1 else column.title)
    return found


def _places(value: int | Decimal) -> int:
    """The number of decimals of a figure."""
    return max(0, -int(value.as_tuple().exponent)) if isinstance(value, Decimal) else 0
