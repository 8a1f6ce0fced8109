"""The cells of a CSV file or of a spreadsheet's sheet, as the text that they mean.

openpyxl reads spreadsheets here. calamine is ten times as fast, but gives an empty cell for an
error such as #REF!: a result would then be missing instead of being told of.
"""

from __future__ import annotations

import errno
import re
import shutil
import warnings
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from scorecard.errors import Fault, suggestion
from scorecard.staging import Table, UnreadableError, pieces
from scorecard.unseen import SPACES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DIGITS = 15
"""Digits that a spreadsheet keeps and shows; what follows is the noise of binary fractions."""

FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
CHUNK = 1 << 20
OLD_FORMAT = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"

UNCALCULATED = "=?"
"""What stands for a formula without a value: no figure, month, unit or code can be that."""

NEVER_CALCULATED = "the cell holds a formula that was never calculated."
CALCULATE = "Open the file in a spreadsheet program and save it."

Row = tuple[int, str | None, str | None, str | None, str | None, str | None, str | None, str | None]
"""Row number, month, unit, code, cohort, num, denom, provenance: as staged_results holds them."""


@dataclass(frozen=True)
class Grid:
    """A table of text: `rows` from the file's first one on, empty cells and rows as they stand."""

    rows: list[list[str]]

    def row(self, number: int) -> list[str]:
        """The cells of a row, which counts from 1; none beyond the last."""
        return self.rows[number - 1] if number <= len(self.rows) else []

    def header(self, number: int) -> list[str]:
        """The names in a row, without the empty cells at its end."""
        names = list(self.row(number))
        while names and not names[-1]:
            names.pop()
        return names

    def below(self, number: int) -> Iterator[tuple[int, list[str]]]:
        """The rows below row `number` that are not empty, with their numbers."""
        for each, cells in enumerate(self.rows[number:], start=number + 1):
            if any(cells):
                yield each, cells


def copy(path: Path, target: Path, name: str) -> None:
    """Copy a file; `UnreadableError` when that can't be."""
    try:
        if not path.is_file():
            problem = "there is no such file." if not path.exists() else "this is no file."
            raise UnreadableError(Fault(name, 0, "", problem, "Correct its name."))
        with path.open("rb") as file, target.open("wb") as copied:
            start = file.read(len(ZIP))
            file.seek(0)
            if start == ZIP:
                shutil.copyfileobj(file, copied)
            else:
                # What has no end is found before a disk is full of it.
                copied.writelines(pieces(file, name))
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise  # it is the copy that fails
        raise UnreadableError(_unreadable(name, error)) from error


def is_spreadsheet(path: Path, name: str) -> bool:
    """Whether a file is a spreadsheet, by its content; `UnreadableError` when it is an old one."""
    with path.open("rb") as file:
        start = file.read(len(ZIP))
    if start == OLD_FORMAT:
        raise UnreadableError(
            Fault(name, 0, "", "the file is a spreadsheet of the old format or has a password.",
                  "Save it as .xlsx without a password.")
        )  # fmt: skip
    return start == ZIP


def read_csv(path: Path, name: str) -> Grid:
    """A CSV file; `UnreadableError` when it is none."""
    return Grid(list(Table.of(path, name).rows()))


def read_sheet(path: Path, sheet: str | None, name: str) -> tuple[str, Grid]:
    """A sheet of a spreadsheet, the first that can be seen when `sheet` is None, and its name."""
    with _damage_told(name):
        with _opened(path, values=True) as book:
            found = _sheet(book, sheet, name)
            title = str(found.title)
            rows = [[_said(cell) for cell in row] for row in found.iter_rows()]
        if _has_formulas(path):
            with _opened(path, values=False) as book:
                _mark_uncalculated(rows, _sheet(book, title, name))
    return title, Grid([[(cell or "").strip(SPACES) for cell in row] for row in rows])


def _said(cell: Any) -> str | None:
    """What a cell says; None when it says nothing, as a formula without a value does."""
    calculated = getattr(cell, "data_type", None) == "str"  # a formula that came out as no text
    return None if cell.value is None and not calculated else text(cell.value)


def text(value: Any) -> str:
    """What a cell says: a number without the noise of binary fractions, a day as 2016-08-01."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return str(value.date() if value.time() == time() else value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _number(value: float) -> str:
    short = f"{value:.{DIGITS}g}"
    if not re.search(r"\d", short) or abs(value) >= 10**DIGITS:
        return short
    plain = f"{Decimal(short):f}"
    return "0" if not value else plain


@contextmanager
def _damage_told(name: str) -> Iterator[None]:
    """A damaged spreadsheet makes openpyxl fail in whatever way it happens to: all one fault."""
    try:
        yield
    except UnreadableError:
        raise
    except Exception as error:
        raise UnreadableError(
            Fault(name, 0, "", "the spreadsheet is damaged, or of another kind than .xlsx.",
                  "Open it in a spreadsheet program and save it again as .xlsx.")
        ) from error  # fmt: skip


@contextmanager
def _opened(path: Path, *, values: bool) -> Iterator[Any]:
    """The spreadsheet with the values, or the texts, of its formulas."""
    from openpyxl import load_workbook

    with warnings.catch_warnings(), path.open("rb") as file:
        warnings.filterwarnings("ignore", module="openpyxl")  # of styles that it leaves out
        book = load_workbook(file, read_only=True, data_only=values, keep_links=False)
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
    found.reset_dimensions()  # some programs write a wrong size, which would cut the sheet short
    return found


def _has_formulas(path: Path) -> bool:
    """Whether any sheet has a formula, at the price of unpacking it."""
    with zipfile.ZipFile(path) as package:
        for part in package.namelist():
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                with package.open(part) as file:
                    before = b""
                    while chunk := file.read(CHUNK):
                        if FORMULA.search(before[-50:] + chunk):
                            return True
                        before = chunk
    return False


def _mark_uncalculated(rows: list[list[str | None]], sheet: Any) -> None:
    """Put a mark where there is a formula and no value."""
    for cells, formulas in zip(rows, sheet.iter_rows(), strict=True):
        for column, cell in enumerate(formulas[: len(cells)]):
            if cells[column] is None and getattr(cell, "data_type", None) == "f":
                cells[column] = UNCALCULATED


def _unreadable(name: str, error: OSError) -> Fault:
    problem = f"the file can't be read: {error.strerror or error}."
    return Fault(name, 0, "", problem, "Close it elsewhere, or correct its name.")
