"""A sheet of a spreadsheet as text, read row by row and within the bounds of what a sheet can hold.

openpyxl reads spreadsheets here. calamine is ten times as fast, but gives an empty cell for an
error such as #REF!: a result would then be missing without a message.

What a file unpacks to is known from its directory before anything is unpacked; a part never gives
more than the directory says, since `zipfile` stops there.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from scorecard.errors import brief, suggestion
from scorecard.importing.grid import UNCALCULATED, Grid, text
from scorecard.input_faults import Fault
from scorecard.store.csv_files import ROWS, UnreadableError
from scorecard.unseen import SPACES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scorecard.store.csv_files import Rows

CHUNK = 1 << 20
SMALL = 10 << 20
"""Bytes that a spreadsheet may unpack to, however small it is."""

TIMES = 100
"""How many times its size a larger one may unpack to: sheets as programs write them reach 20."""

WHOLE = 64 << 20
"""Bytes of a part that is held in memory as a whole: all but the sheets are."""

ROW = 8 << 20
"""Bytes of the longest row of a sheet."""

CELLS = 32 * ROWS
"""Cells of a sheet, counted from the first column to the last of each row."""

TAG = re.compile(rb"<(?:\w+:)?(?:(row|col)\b([^>]*)>|f[ >/])")
"""What a sheet is looked through for: its rows, its columns, and formulas."""

ROW_NUMBER = re.compile(rb"""\br\s*=\s*["'](\d+)["']""")
CELL = re.compile(rb"""<c [^>]*?\br\s*=\s*["']([A-Z]{1,3})\d""")
COLUMN_NUMBERS = re.compile(rb"""\b(min|max)\s*=\s*["'](\d+)["']""")
HIDDEN = re.compile(
    rb"""\bhidden\s*=\s*["'](?:1|true)["']|\b(?:ht|width)\s*=\s*["']0(?:\.0*)?["']"""
)
"""A row or column that is hidden, or has no height or width."""

NAMED = 12
"""Sheets that are named in a message."""


@dataclass(frozen=True)
class Sheet:
    """What is known of a sheet before it is read."""

    title: str
    formulas: bool
    hidden_rows: frozenset[int]
    hidden_columns: tuple[range, ...]


def read(path: Path, wanted: str | None, name: str) -> tuple[str, Grid, list[str]]:
    """The `wanted` sheet, or the first that can be seen: its title, its cells, notes on sheets.

    Raises `UnreadableError` when there is none, or the file is damaged or beyond all bounds.
    """
    with _damage_reported(name):
        _check_package(path, name)
        with _opened(path, values=True) as book:
            found = _sheet(book, wanted, name)
            notes = list(_hidden_sheets(book, found, name))
            sheet = _looked_through(path, str(found.title), found._worksheet_path, name)
    rows = partial(_rows, path, sheet, name)
    return sheet.title, Grid(rows, sheet.hidden_rows, sheet.hidden_columns), notes


def _check_package(path: Path, name: str) -> None:
    """Raise `UnreadableError` when a file would unpack to more than a spreadsheet does."""
    with zipfile.ZipFile(path) as package:
        parts = package.infolist()
    size, whole = path.stat().st_size, sum(part.file_size for part in parts)
    if whole > max(SMALL, TIMES * size):
        problem = (
            f"the file of {size:,} bytes would unpack to {whole:,}, which no spreadsheet "
            "program writes."
        )
        raise UnreadableError(Fault(name, 0, "", problem, REMEDY))
    for part in parts:
        if part.file_size > WHOLE and not part.filename.startswith("xl/worksheets/"):
            problem = f"its part `{part.filename}` would unpack to {part.file_size:,} bytes."
            raise UnreadableError(Fault(name, 0, "", problem, REMEDY))


REMEDY = "Save the sheet that is needed as a file of its own."


def _check_last_row(path: Path, part: str, name: str) -> None:
    """Raise `UnreadableError` when the last row that has a number is beyond what a sheet can hold.

    It is found before the rows are looked at one by one, which takes much longer.
    """
    last = before = b""
    with zipfile.ZipFile(path) as package, package.open(part) as file:
        while chunk := file.read(CHUNK):
            if b"row" in chunk:
                last = before + chunk
            before = chunk
    numbers = [row for found in TAG.finditer(last) if (row := ROW_NUMBER.search(found[2] or b""))]
    if numbers:
        _check_row(int(numbers[-1][1]), name)


def _check_row(number: int, name: str) -> None:
    if number > ROWS:
        problem = f"the sheet has more than the {ROWS:,} rows that one can hold."
        raise UnreadableError(Fault(name, ROWS + 1, "", problem, REMEDY))


def _check_cells(number: int, cells: int, name: str) -> None:
    if cells > CELLS:
        problem = f"the sheet has more than {CELLS:,} cells up to here."
        raise UnreadableError(Fault(name, number, "", problem, REMEDY))


def _width(row: bytes) -> int:
    """The column of the last cell in the text of a row; 0 where it does not say."""
    found = CELL.match(row, max(row.rfind(b"<c "), 0))
    letters = found[1] if found else b""
    return sum((each - 64) * 26**power for power, each in enumerate(reversed(letters)))


def _looked_through(path: Path, title: str, part: str, name: str) -> Sheet:
    """Go through a sheet without understanding it; `UnreadableError` beyond what one can hold."""
    _check_last_row(path, part, name)
    formulas, number, row_began, place, rest = False, 0, 0, 0, b""
    cells = 0
    rows: set[int] = set()
    columns: list[range] = []
    with zipfile.ZipFile(path) as package, package.open(part) as file:
        while chunk := file.read(CHUNK):
            if b"\0" in chunk:
                raise ValueError("no UTF-8")  # openpyxl could read it, but this here could not
            piece, end, row_end = rest + chunk, 0, 0
            for found in TAG.finditer(piece):
                end = found.end()
                if found[1] is None:
                    formulas = True
                    continue
                written = found[2]
                if found[1] == b"row":
                    cells += _width(piece[row_end : found.start()])
                    row_end = end
                    _check_cells(number, cells, name)
                    row = ROW_NUMBER.search(written)
                    number, row_began = int(row[1]) if row else number + 1, place + end
                    if HIDDEN.search(written):
                        rows.add(number)
                    _check_row(number, name)
                elif HIDDEN.search(written):
                    edges = dict(COLUMN_NUMBERS.findall(written))
                    columns.append(range(int(edges[b"min"]), int(edges[b"max"]) + 1))
            start = max(piece.rfind(b"<"), end)  # a tag may go on in the next piece
            place, rest = place + start, piece[start:]
            if place + len(rest) - row_began > ROW:
                problem = f"the row is longer than {ROW >> 20} MiB."
                raise UnreadableError(Fault(name, number, "", problem, REMEDY))
    return Sheet(title, formulas, frozenset(rows), tuple(columns))


def _rows(path: Path, sheet: Sheet, name: str) -> Rows:
    """The rows of a sheet from its first one on: what each cell says.

    Raises `UnreadableError` at a row that can't be read.
    """
    number = cells = 0
    try:
        with _opened(path, values=True) as book:
            rows = _sheet(book, sheet.title, name).iter_rows()
            for number, row in enumerate(_marked(rows, path, sheet, name), start=1):
                cells += len(row)
                _check_row(number, name)
                _check_cells(number, cells, name)
                yield row
    except UnreadableError:
        raise
    except Exception as error:
        problem = MANY_DIGITS if "digits" in str(error) else DAMAGED
        raise UnreadableError(Fault(name, number + 1, "", problem, SAVE_AGAIN)) from error


def _marked(rows: Iterator[Any], path: Path, sheet: Sheet, name: str) -> Iterator[list[str]]:
    """What the cells of each row say, with a mark where there is a formula and no value."""
    if not sheet.formulas:
        for row in rows:
            yield [_written(cell) or "" for cell in row]
        return
    with _opened(path, values=False) as book:
        for row, formulas in zip(rows, _sheet(book, sheet.title, name).iter_rows(), strict=True):
            yield [
                UNCALCULATED if written is None and formula.data_type == "f" else written or ""
                for written, formula in zip(map(_written, row), formulas, strict=False)
            ]


def _written(cell: Any) -> str | None:
    """What a cell says; None when it says nothing, as a formula without a value does."""
    calculated = cell.data_type == "str"  # a formula that came out as no text
    return None if cell.value is None and not calculated else text(cell.value).strip(SPACES)


DAMAGED = "the spreadsheet is damaged, or of another kind than .xlsx."
MANY_DIGITS = "a number has thousands of digits, more than a spreadsheet can hold."
SAVE_AGAIN = "Open it in a spreadsheet program and save it again as .xlsx."


@contextmanager
def _damage_reported(name: str) -> Iterator[None]:
    """Report whatever error openpyxl raises at a damaged spreadsheet as one fault."""
    try:
        yield
    except UnreadableError:
        raise
    except Exception as error:
        raise UnreadableError(Fault(name, 0, "", DAMAGED, SAVE_AGAIN)) from error


@contextmanager
def _opened(path: Path, *, values: bool) -> Iterator[Any]:
    """The spreadsheet with the values, or the texts, of its formulas."""
    from scorecard.importing.openpyxl_sheets import opened

    with warnings.catch_warnings(), path.open("rb") as file:
        warnings.filterwarnings("ignore", module="openpyxl")  # of styles that it leaves out
        book = opened(file, values=values)
        try:
            yield book
        finally:
            book.close()


def _sheet(book: Any, wanted: str | None, name: str) -> Any:
    seen = [each for each in book.worksheets if each.sheet_state == "visible"]
    sheets = {each.title: each for each in book.worksheets}
    if wanted is None and seen:
        found = seen[0]
    elif wanted in sheets:
        found = sheets[wanted]
    else:
        what = f"there is no sheet `{wanted}`{suggestion(wanted, sheets)}" if wanted else "no sheet"
        raise UnreadableError(Fault(name, 0, "", f"{what}.", "Name one with --sheet."))
    return found


def _hidden_sheets(book: Any, read: Any, name: str) -> Iterator[str]:
    """A word on sheets that can't be seen in a spreadsheet program."""
    if read.sheet_state != "visible":
        yield f"{name}: the sheet `{brief(read.title)}` is hidden, and is loaded."
    others = [
        f"`{brief(each.title)}`" for each in book.worksheets
        if each.sheet_state != "visible" and each is not read
    ]  # fmt: skip
    if others:
        more = f" and {len(others) - NAMED} more" if len(others) > NAMED else ""
        yield f"{name}: hidden sheets are not loaded: {', '.join(others[:NAMED])}{more}."
