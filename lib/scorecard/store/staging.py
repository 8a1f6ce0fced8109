"""A CSV file is copied into its staging table, before anything in it is believed.

Every CSV file goes this way, in `data/` or loaded: as a program wrote it, with or without a byte
order mark, with any line ends, with spaces around cells, and with months as a spreadsheet writes
them (`as_month` in `sql/schema.sql`).
"""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any

import duckdb

from scorecard.errors import Fault, in_words
from scorecard.unseen import SPACES, UNSEEN, described
from scorecard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import TypeAlias

    Rows: TypeAlias = Generator[list[str], None, None]

SQL = files("scorecard") / "sql"


def sql(name: str) -> str:
    """The text of a file in `sql/`: `loads/tally`, `schema`."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def query(name: str) -> str:
    """The text of a file in `sql/queries/`, which holds what is more than a call of a macro."""
    return sql(f"queries/{name}")


@contextmanager
def at_once(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit many statements as one, since each commit goes to the disk by itself."""
    connection.execute("BEGIN")
    yield
    connection.execute("COMMIT")


MEMORY = "320MiB"
"""What DuckDB keeps in memory at most while it loads results or builds a store; the rest it writes
to the disk. The process takes some 130 MiB besides.
"""

CHUNK = 1 << 20
ALIKE = 50_000
"""Lines of the longest file that is read together with others: of longer ones planning is hardly
any of the time, and reading them again, where one can't be read, is much.
"""
LINE = 1 << 20
"""Bytes of the longest line or row: a hundred times what a row of a table needs."""

csv.field_size_limit(LINE)

WHY = {
    "field limit": f"a cell is longer than {LINE >> 20} MiB",
    "unexpected end of data": "a quote opens a cell that has no end",
    "expected after": "a cell goes on behind its closing quote",
}
"""What Python's reader of CSV says → what that means."""

TOO_LONG = f"the line is longer than {LINE >> 20} MiB, and is no row of a table."
BLANK = "hundreds of thousands of blank lines follow one another."
LOOK = "Look whether the file was exported as CSV."

ROWS, COLUMNS_AT_MOST = 1_048_576, 16_384
"""What the sheet of a spreadsheet can hold."""

SEPARATOR = "sep=,"

PLAIN = bytes([*range(0x20, 0x7F), *b"\t\r\n"])
"""The ASCII characters that are seen, with those that part cells and lines."""

COLUMNS = {
    "units": ("unit", "name", "kind", "parent"),
    "indicators": (
        "code", "section", "name", "polarity", "data_period", "format", "supplied",
        "comparable_from", "definition", "data_source",
    ),
    "targets": (
        "code", "valid_from", "target", "floor", "green_within", "amber_within", "note",
    ),
    "changes": ("code", "month", "change", "reason"),
    "steps": ("code", "month", "reason"),
    "comparators": ("code", "comparator", "valid_from", "period", "result", "source"),
    "cohorts": ("cohort", "dimension", "name", "exhaustive"),
    "provenance": ("provenance", "marker", "count_marker", "footnote"),
    "period_provenance": ("month", "unit", "code", "cohort", "data_period", "provenance"),
    "results": ("month", "unit", "code", "cohort", "num", "denom", "provenance"),
}  # fmt: skip
"""The columns each kind of file must have; there may be more."""

INSTEAD = ("status", "result")
"""The columns of results that may be there, for what is in place of num and denom."""


class UnreadableError(Exception):
    """Raised when a file can't be read at all; holds the `fault`."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault


def stage(
    connection: duckdb.DuckDBPyConnection, kind: str, named: Mapping[Path, str]
) -> Iterator[Fault]:
    """Copy files into the staging table of their `kind`; yield what makes one unreadable.

    `named` says what each is called in faults. A file is read in passing: it may be large.
    """
    alike: dict[tuple[Any, ...], list[Table]] = {}
    for path, name in named.items():
        try:
            table = Table.of(path, name)
            faults = list(header_faults(name, table.header, COLUMNS[kind]))
            yield from table.unseen() if table.hides else faults
        except UnreadableError as error:
            yield error.fault
            continue
        if not (faults or table.hides):
            alone = path if table.lines > ALIKE else None
            alike.setdefault((*table.header, table.skip, table.spaces, alone), []).append(table)
    for tables in alike.values():
        yield from _copy(connection, kind, tables)


def _copy(connection: duckdb.DuckDBPyConnection, kind: str, tables: list[Table]) -> Iterator[Fault]:
    """Copy tables that are alike by one statement, which takes longer to plan than to run."""
    first, rows = tables[0], [table.lines - 1 for table in tables]
    try:
        connection.execute("BEGIN")
        copied = connection.execute(
            sql(f"stage/{kind}"),
            {
                "paths": [str(table.path) for table in tables],
                "files": [table.name for table in tables],
                "above": [0, *accumulate(rows[:-1])],
                "spaces": first.spaces, "longest": LINE, "skip": first.skip,
                "columns": dict.fromkeys(first.header, "VARCHAR"),
            },
        ).fetchone()  # fmt: skip
    except duckdb.InvalidInputException:
        copied = None
    if len(tables) > 1 and copied != (sum(rows),):  # a row has several lines, or a line none
        connection.execute("ROLLBACK")
        for table in tables:
            yield from _copy(connection, kind, [table])
        return
    if not copied:
        connection.execute("ROLLBACK")
        yield from _unreadable(first)
        return
    connection.execute("COMMIT")
    if kind == "results" and "result" in first.header:
        for table in tables:
            has_result_column(connection, table.name)
    if copied != (sum(rows),):
        _count_blank_lines(connection, kind, first)


def has_result_column(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Note that the finished results of a file have a column of their own."""
    connection.execute(sql("stage/result_column"), {"file": name})


def _unreadable(table: Table) -> Iterator[Fault]:
    """The rows that are none of the table, as DuckDB found there are; it stops at the first."""
    known, columns = False, len(table.header)
    try:
        for number, cells in enumerate(table.rows(), start=1):
            # DuckDB passes over one empty cell at the end, which some programs write.
            if sum(map(len, cells)) > LINE:
                known = True
                yield Fault(table.name, number, "", TOO_LONG, LOOK)
            elif cells and len(cells) != columns and [*cells[columns:]] != [""]:
                known = True
                have = counted(len(cells), "cell", "cells")
                problem = f"the row can't be read: it has {have}, and the header {columns}."
                yield Fault(table.name, number, "", problem, "Compare it with the others.")
    except UnreadableError as error:
        known = True
        yield error.fault
    if not known:
        problem = "the lines don't all end in the same way, or a quote is out of place."
        remedy = "Open the file in a spreadsheet program and save it as CSV UTF-8."
        yield Fault(table.name, 0, "", problem, remedy)


@dataclass(frozen=True)
class Table:
    """A CSV file that has been looked through once, of any length; `name` is that in faults.

    `skip` counts the lines above its header and `lines` all its lines, `spaces` says whether a cell
    may have space around what it says, and `hides` whether there is a character that nobody sees.
    """

    path: Path
    name: str
    skip: int
    lines: int
    spaces: bool
    hides: bool
    header: list[str]

    @classmethod
    def of(cls, path: Path, name: str) -> Table:
        """Look through a file; `UnreadableError` says why it is no table of text."""
        try:
            lines, spaces, hides = _looked_through(path, name)
            return cls(path, name, skip(path), lines, spaces, hides, header(path, name))
        except FileNotFoundError:
            fault = Fault(name, 0, "", "the file is missing.", "The workbook needs it.")
        except OSError as error:
            problem = f"the file can't be read: {in_words(error)}."
            fault = Fault(name, 0, "", problem, "Close it elsewhere, or correct its name.")
        raise UnreadableError(fault)

    def rows(self) -> Rows:
        """As the function `rows`."""
        return rows(self.path, self.name)

    def unseen(self) -> Iterator[Fault]:
        """The cells that hide a character."""
        for row, cells in enumerate(self.rows(), start=1):
            yield from unseen(self.name, row, cells, self.header if row > 1 else ())


def skip(path: Path) -> int:
    """The number of lines above the header of a CSV file: 1 where it begins with `sep=,`, or 0.

    Spreadsheet programs write and read such a line, which says what parts the cells.
    """
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return int(file.readline(len(SEPARATOR) + 1).strip().casefold() == SEPARATOR)


def header(path: Path, name: str) -> list[str]:
    """The first row of a CSV file, without the spaces around what a cell says."""
    with closing(rows(path, name)) as found:
        return next(islice(found, skip(path), None), [])


def rows(path: Path, name: str, undecodable: str = "strict") -> Rows:
    """The rows of a CSV file, without the spaces around what a cell says; blank ones are empty.

    So is a first line `sep=,`. Raises `UnreadableError` at a row that can't be read. `undecodable`
    is how `open` takes what is not UTF-8.
    """
    number = 1
    with path.open(encoding="utf-8-sig", errors=undecodable, newline="") as file:
        try:
            if skip(path):
                file.readline()
                yield []
                number += 1
            for cells in csv.reader(file, strict=True):
                yield [cell.strip(SPACES) for cell in cells]
                number += 1
        except csv.Error as error:
            why = next((why for text, why in WHY.items() if text in str(error)), str(error))
            problem = f"the row can't be read: {why}."
            fault = Fault(name, number, "", problem, "Compare it with the others.")
            raise UnreadableError(fault) from error


def unseen(
    name: str, row: int, cells: Sequence[str], header: Sequence[str] = ()
) -> Iterator[Fault]:
    """The cells of a row that hide a character, named by the `header` of their columns."""
    if not UNSEEN.search("".join(cells)):
        return
    for number, cell in enumerate(cells, start=1):
        if found := UNSEEN.search(cell):
            column = header[number - 1] if number <= len(header) else str(number)
            problem = f"`{cell}` holds a character that nobody sees ({described(found[0])})."
            yield Fault(name, row, column, problem, "Type the cell again.")


def _looked_through(path: Path, name: str) -> tuple[int, bool, bool]:
    """The lines of a file, whether its cells may have spaces, and whether it hides a character.

    Raises `UnreadableError` when it is not UTF-8 or a line has no end.
    """
    decoder, lines, last = codecs.getincrementaldecoder("utf-8-sig")(), 0, b"\n"
    spaces = hides = False
    for chunk in pieces(path, name):
        text = _decoded(decoder, chunk, name, lines)
        if text.isascii() and chunk.isascii():
            hides = hides or bool(chunk.translate(None, PLAIN))
            spaces = spaces or any(each in chunk for each in b' \t"')
        else:
            hides = hides or bool(UNSEEN.search(text))
            spaces = True
        lines += chunk.count(b"\n")
        last = chunk
    _decoded(decoder, b"", name, lines, final=True)
    return lines + (not last.endswith(b"\n")), spaces, hides


def pieces(path: Path, name: str) -> Iterator[bytes]:
    """The bytes of a CSV file, piece by piece.

    Raises `UnreadableError` at a line or a quoted cell longer than `LINE`, or so many blank lines.
    """
    lines = length = blank = quoted = 0
    inside = looked = False
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            length = _unended(chunk, length)
            blank = 0 if chunk.strip(b"\r\n") else blank + len(chunk)
            if max(length, blank) > LINE:
                problem = BLANK if blank > LINE else TOO_LONG
                raise UnreadableError(Fault(name, lines + 1, "", problem, LOOK))
            lines += chunk.count(b"\n")
            end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"), 0)
            within = inside ^ (chunk.count(b'"', 0, end) % 2 == 1)
            quoted = quoted + len(chunk) if within else 0
            inside = within ^ (chunk.count(b'"', end) % 2 == 1)
            if quoted > LINE and not looked:
                # Or else a quote was counted that opens no cell, as of inches.
                looked = True
                for _ in islice(rows(path, name, "replace"), lines):
                    pass
            yield chunk


def _unended(chunk: bytes, before: int) -> int:
    """The length of the longest line that is seen to be too long, else of the last one's start.

    A line within a piece is not too long, since a piece is no longer than `LINE`.
    """
    first = min((at for at in (chunk.find(b"\n"), chunk.find(b"\r")) if at >= 0), default=None)
    if first is None:
        return before + len(chunk)
    if before + first > LINE:
        return before + first
    return len(chunk) - 1 - max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))


def _decoded(
    decoder: codecs.IncrementalDecoder,
    chunk: bytes,
    name: str,
    lines: int,
    *,
    final: bool = False,
) -> str:
    try:
        return decoder.decode(chunk, final)
    except UnicodeDecodeError as error:
        row = lines + error.object[: error.start].count(b"\n") + 1
        fault = Fault(name, row, "", "the file is not UTF-8 text.", "Save it as CSV UTF-8.")
        raise UnreadableError(fault) from None


def header_faults(name: str, header: list[str], needed: Iterable[str]) -> Iterator[Fault]:
    """What is wrong with the names in a file's first row."""
    if not header:
        yield Fault(name, 0, "", "the file is empty.", "Name its columns in the first row.")
        return
    for sign, word in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and sign in header[0]:
            yield Fault(name, 1, "", f"columns are separated by {word}.", "Save it with commas.")
            return
    if len(header) > COLUMNS_AT_MOST:
        problem = f"there are {len(header)} columns, more than a spreadsheet can hold."
        yield Fault(name, 1, "", problem, LOOK)
        return
    for column in needed:
        if column not in header:
            yield Fault(name, 1, column, "the column is missing.", "Name it in the first row.")
    for position, column in enumerate(header, start=1):
        if not column:
            yield Fault(name, 1, "", f"column {position} has no name.", "Name or delete it.")
    for column, times in Counter(filter(None, header)).items():
        if times > 1:
            yield Fault(name, 1, column, "the column occurs twice.", "Delete one of the two.")


def _count_blank_lines(connection: duckdb.DuckDBPyConnection, kind: str, table: Table) -> None:
    """Number the rows of a file as a spreadsheet does: DuckDB passes over blank lines."""
    blank, counted = 0, 0
    first: list[int] = []
    above: list[int] = []
    for number, cells in enumerate(table.rows(), start=1):
        if not cells:
            blank += 1
        elif blank > counted:
            first.append(number - blank)
            above.append(blank)
            counted = blank
    if first:
        text = sql("stage/blank_lines").format(kind=kind)
        connection.execute(text, {"file": table.name, "first": first, "blank": above})
