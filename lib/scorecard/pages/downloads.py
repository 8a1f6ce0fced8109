"""The figures of a page as files: a CSV for each table, and one accessible spreadsheet.

A CSV is RFC 4180 in UTF-8, with one header row and an empty field where there is no figure. It
begins with a byte order mark. Without it, Excel on Windows, which opens the file on a double click,
reads it in another encoding and shows `Å¶` for `Ŷ`. Beside it is a CSV on the Web description
(`…csv-metadata.json`) that says what each column means, and which signs it has instead of a figure.
The spreadsheet is for people; see `spreadsheet.py`. The descriptions and the spreadsheet hold the
page's notes on its figures.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from scorecard.data_table import Column
from scorecard.pages import sheets, spreadsheet
from scorecard.pages.page import Link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard.data_table import DataTable, Value
    from scorecard.outputs import Note
    from scorecard.pages.page import About

FOLDER = "downloads"
PLAIN = re.compile(r"[^=+\-@\t\r]|[+-]?\d[\d.,]*%?$|-$")
"""The start of text that a spreadsheet program can't read as a formula when it opens the CSV."""


def of(
    tables: Sequence[DataTable], about: About, notes: Sequence[Note] = ()
) -> tuple[dict[str, bytes], tuple[Link, ...]]:
    """The files to download beside the page, by path in the month's folder, and links to them.

    `notes` are the page's notes on its figures. A page without a table has no files.
    """
    if not tables:
        return {}, ()
    book = f"{FOLDER}/{about.name}.xlsx"
    files = {book: spreadsheet.workbook(sheets.together(tables), about, notes)}
    links = [_link(book, "All figures in one spreadsheet", "Excel", files)]
    for table in [dated(each, about) for each in tables]:
        path = f"{FOLDER}/{about.name}-{table.name}.csv"
        files[path] = comma_separated(table)
        files[f"{path}-metadata.json"] = description(table, path.rpartition("/")[2], about, notes)
        links.append(_link(path, table.title, "CSV", files))
    return files, tuple(links)


def dated(table: DataTable, about: About) -> DataTable:
    """`table` with the reporting month in each row: a file may be kept apart from its page."""
    column = Column("reporting_month", "The month that the page reports", "Reporting month")
    rows = [(str(about.month), *row) for row in table.rows]
    return replace(table, columns=(column, *table.columns), rows=rows)


def comma_separated(table: DataTable) -> bytes:
    """One table as CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows([_field(value) for value in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def description(table: DataTable, file: str, about: About, notes: Sequence[Note] = ()) -> bytes:
    """The CSV on the Web description of the CSV `file`: what it holds, and `notes`, as JSON."""
    columns = [
        _column(column, [row[index] for row in table.rows], table.signs)
        for index, column in enumerate(table.columns)
    ]
    texts = [f"{note.of}: {note.text}" for note in notes]
    content = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en-GB"}],
        "url": file,
        "dc:title": table.full_title,
        **({"dc:description": texts} if texts else {}),
        "dc:source": about.window_title,
        "dc:publisher": about.published_by,
        **({"dc:license": about.licence} if about.licence else {}),
        "dc:temporal": str(about.month),
        "tableSchema": {"columns": columns},
    }
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def _field(value: Value) -> str | int | None:
    """A value for CSV; text that would run as a formula gets an apostrophe before it."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return f"'{value}" if isinstance(value, str) and value and not PLAIN.match(value) else value


def _column(column: Column, values: Sequence[Any], signs: Mapping[str, str]) -> dict[str, Any]:
    """The description of one column. Signs are declared as `null`, so that the rest are numbers."""
    used = [sign for sign in signs if sign in values]
    meaning = "".join(f". {sign} {signs[sign]}" for sign in used)
    described: dict[str, Any] = {
        "name": re.sub(r"\W+", "_", column.name),
        "titles": column.name,
        "dc:title": column.title,
        "dc:description": column.meaning + meaning,
        "datatype": _datatype([value for value in values if value not in signs]),
    }
    return {**described, "null": ["", *used]} if used else described


def _datatype(values: Sequence[Any]) -> str:
    """The narrowest CSVW data type of a column."""
    known = [value for value in values if value is not None]
    if not known or not all(isinstance(value, int | Decimal) for value in known):
        return "string"
    whole = all(isinstance(value, int) or not value.as_tuple().exponent for value in known)
    return "integer" if whole else "decimal"


def _link(path: str, text: str, kind: str, files: dict[str, bytes]) -> Link:
    return Link(href=path, text=text, kind=kind, size=len(files[path]))
