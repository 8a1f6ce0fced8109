"""The cells of a CSV file or of a spreadsheet's sheet, as the text that they mean."""

from __future__ import annotations

import csv
import errno
import re
import shutil
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from scorecard.errors import brief, plain_words
from scorecard.input_faults import Fault
from scorecard.store.csv_files import Table, UnreadableError, pieces
from scorecard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from scorecard.params.extracts import Layout
    from scorecard.store.csv_files import Rows

DIGITS = 15
"""Digits that a spreadsheet keeps and shows; what follows is the noise of binary fractions."""

OLD_FORMAT = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"

UNCALCULATED = "=?"
"""The cell of a formula without a value: no figure, month, unit or code can be that."""

NEVER_CALCULATED = "the cell holds a formula that was never calculated."
CALCULATE = "Open the file in a spreadsheet program and save it."

BITS = 32
"""Bits of a row's number; above them is which of its results is meant (`place_of` in SQL)."""


class Row(NamedTuple):
    """A result as a file says it, cell by cell, before a rule has looked at it.

    `row` may be `packed`. A status or a finished result may be in place of num and denom.
    """

    row: int
    month: str | None
    unit: str | None
    code: str | None
    cohort: str | None
    num: str | None
    denom: str | None
    provenance: str | None
    status: str | None
    result: str | None


def packed(row: int, count: int) -> int:
    """One number for a row of a file and which of its results is meant, from 1."""
    return row | count << BITS


def unpacked(number: int) -> tuple[int, int]:
    """The row and which of its results is meant, of a number that is `packed`."""
    return number & (1 << BITS) - 1, number >> BITS


@dataclass(frozen=True)
class Grid:
    """A table of text, read from its file each time that it is asked: it may be a large one.

    `rows` gives the cells of each row from the file's first one on, without spaces around what they
    say; empty cells and rows as they are. Rows and columns count from 1, the hidden ones too.
    What is above row `first` is not of the table.
    """

    rows: Callable[[], Rows]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[range, ...] = ()
    first: int = 1

    def row(self, number: int) -> list[str]:
        """The cells of a row; none beyond the last."""
        with closing(self.rows()) as rows:
            return next(islice(rows, number - 1, None), [])

    def header(self, number: int, rows: int = 1) -> list[str]:
        """The names of the columns, without the empty ones at the end.

        They are in row `number`, or in several `rows` from there on: `Contacts / This month`.
        A text in an upper row also belongs to the columns to its right, up to the next text, as in
        merged cells.
        """
        with closing(self.rows()) as found:
            levels = list(islice(found, number - 1, number - 1 + rows))
        width = max(map(len, levels), default=0)
        names = [""] * width
        for level in reversed(levels):
            above = ""
            for place, cell in enumerate([*level, *[""] * (width - len(level))]):
                # A name of all the rows, such as Team, is over no other column.
                above = "" if cell and not names[place] else cell or above
                name = plain(cell or (above if names[place] else ""))
                names[place] = " / ".join(filter(None, (name, names[place])))
        while names and not names[-1]:
            names.pop()
        return names

    def below(self, number: int) -> Iterator[tuple[int, list[str]]]:
        """The rows below row `number` that are not empty, with their numbers."""
        with closing(self.rows()) as rows:
            for each, cells in enumerate(rows, start=1):
                if each > number and any(cells):
                    yield each, cells

    def hides(self, column: int) -> bool:
        """Whether a column is hidden."""
        return any(column in hidden for hidden in self.hidden_columns)


@dataclass
class Hidden:
    """What is loaded of a sheet though a spreadsheet program doesn't show it, as by a filter."""

    grid: Grid
    rows: list[int] = field(default_factory=list)

    def row(self, number: int) -> None:
        """A row of which something is loaded."""
        if number in self.grid.hidden_rows:
            self.rows.append(number)

    def lines(self, name: str, header: list[str], loaded: Iterable[str]) -> Iterator[str]:
        """A line on hidden rows, and on those of the `loaded` columns that are hidden."""
        if self.rows:
            rows = counted(len(self.rows), "hidden row is", "hidden rows are")
            first = f"{'row' if len(self.rows) == 1 else 'from row'} {self.rows[0]}"
            yield f"{name}: {rows} loaded too, {first}"
        columns = [each for each in loaded if self.grid.hides(header.index(each) + 1)]
        if columns:
            names = ", ".join(f"`{brief(each)}`" for each in columns)
            hidden = "a hidden column is" if len(columns) == 1 else "hidden columns are"
            yield f"{name}: {hidden} loaded too, {names}"


def copy(path: Path, target: Path, name: str) -> None:
    """Copy a file; `UnreadableError` when that can't be."""
    try:
        if not path.is_file():
            problem = "there is no such file." if not path.exists() else "this is not a file."
            raise UnreadableError(Fault(name, 0, "", problem, "Correct its name."))
        with path.open("rb") as file, target.open("wb") as copied:
            start = file.read(len(ZIP))
            file.seek(0)
            if start == ZIP:
                shutil.copyfileobj(file, copied)
            else:
                # `pieces` stops at a line that is too long, before it fills the disk.
                copied.writelines(pieces(path, name))
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
    table = Table.of(path, name)
    return Grid(table.rows, first=table.skip + 1)


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


def letters(number: int) -> str:
    """The letters by which spreadsheet programs name a column: 1 is A, 28 is AB."""
    name = ""
    while number:
        number, last = divmod(number - 1, 26)
        name = chr(ord("A") + last) + name
    return name


def column_names(header: list[str], width: int) -> dict[int, str]:
    """Number of each column that has a header → the name that SQL has for it: its header.

    A header that two columns have, or that is a column's letter, gets its own letter: `Cases (B)`.
    """
    taken = {"row", *(letters(number).casefold() for number in range(1, width + 1))}
    often = Counter(name.casefold() for name in header)
    names = {}
    for number, name in enumerate(header, start=1):
        clear = often[name.casefold()] == 1 and name.casefold() not in taken
        unique = name if clear else f"{name} ({letters(number)})"
        if name and unique.casefold() not in taken:
            taken.add(unique.casefold())
            names[number] = unique
    return names


def plain(name: str) -> str:
    """A name without line ends, double spaces and outer spaces."""
    return " ".join(name.split())


def recode(path: Path, target: Path, layout: Layout, name: str) -> None:
    """Copy a CSV file as it has to be to be read: UTF-8, with commas.

    Raises `UnreadableError` when it is not written as `layout` says.
    """
    try:
        with (
            path.open(encoding=layout.encoding, newline="") as file,
            target.open("w", encoding="utf-8", newline="") as copied,
        ):
            if layout.separator == ",":
                shutil.copyfileobj(file, copied)
            else:
                rows = csv.reader(file, delimiter=layout.separator, strict=True)
                csv.writer(copied).writerows(rows)
    except (UnicodeError, csv.Error) as error:
        problem = f"the file is not {layout.encoding} text with `{layout.separator}` between cells."
        remedy = "Correct encoding or separator where the extract is described."
        raise UnreadableError(Fault(name, 0, "", problem, remedy)) from error


def _number(value: float) -> str:
    short = f"{value:.{DIGITS}g}"
    if not re.search(r"\d", short) or abs(value) >= 10**DIGITS:
        return short
    plain = f"{Decimal(short):f}"
    return "0" if not value else plain


def _unreadable(name: str, error: OSError) -> Fault:
    problem = f"the file can't be read: {plain_words(error)}."
    return Fault(name, 0, "", problem, "Close it elsewhere, or correct its name.")
