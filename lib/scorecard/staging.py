"""A CSV file is copied word for word into its staging table, before anything in it is believed."""

from __future__ import annotations

import codecs
import csv
from importlib.resources import files
from typing import TYPE_CHECKING

import duckdb

from scorecard.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SQL = files("scorecard") / "sql"
CHUNK = 1 << 20
COLUMNS = {
    "units": ("unit", "name", "kind", "parent"),
    "indicators": (
        "code", "section", "name", "polarity", "data_period", "format", "supplied",
        "comparable_from", "definition", "data_source",
    ),
    "targets": (
        "code", "valid_from", "target", "floor", "green_within", "amber_within", "note",
    ),
    "provenance": ("provenance", "marker", "count_marker", "footnote"),
    "period_provenance": ("month", "unit", "code", "cohort", "data_period", "provenance"),
    "results": ("month", "unit", "code", "cohort", "num", "denom", "provenance"),
}  # fmt: skip
"""The columns each kind of file must have; more may stand beside them."""


def stage(
    connection: duckdb.DuckDBPyConnection, kind: str, path: Path, name: str
) -> Iterator[Fault]:
    """Copy one file into the staging table of its `kind`; yield what makes it unreadable.

    `name` is what the file is called in faults. The file is read in passing: it may be large.
    """
    try:
        lines = count_lines(path)
        header = next(rows(path), [])
    except FileNotFoundError:
        yield Fault(name, 0, "", "the file is missing.", "The workbook needs it.")
        return
    except NotTextError as error:
        yield Fault(name, error.row, "", "the file is not UTF-8 text.", "Save it as CSV UTF-8.")
        return
    except OSError as error:
        yield Fault(
            name, 0, "", f"the file can't be read: {error.strerror}.", "Close it elsewhere."
        )
        return
    except csv.Error as error:
        yield Fault(name, 1, "", f"the row can't be read: {error}.", "Compare it with the others.")
        return
    faults = list(header_faults(name, header, COLUMNS[kind]))
    if faults:
        yield from faults
        return
    try:
        counted = connection.execute(
            (SQL / "stage" / f"{kind}.sql").read_text(encoding="utf-8"),
            {"path": str(path), "file": name, "columns": dict.fromkeys(header, "VARCHAR")},
        ).fetchone()
    except duckdb.InvalidInputException:
        yield Fault(
            name, 0, "", "the lines don't all end in the same way, or a quote is out of place.",
            "Open the file in a spreadsheet program and save it as CSV UTF-8.",
        )  # fmt: skip
        return
    rejected = connection.execute((SQL / "stage" / "rejected.sql").read_text(encoding="utf-8"))
    unreadable = rejected.fetchall()
    for row, problem in unreadable:
        yield Fault(
            name, row, "", f"the row can't be read: {problem}.", "Compare it with the others."
        )
    connection.execute((SQL / "stage" / "forget_rejected.sql").read_text(encoding="utf-8"))
    if not unreadable and counted != (lines - 1,):
        _count_blank_lines(connection, kind, name, path)


class NotTextError(Exception):
    """Raised when a file is not UTF-8; `row` is the first line that shows it."""

    def __init__(self, row: int) -> None:
        self.row = row


def count_lines(path: Path) -> int:
    """The lines of a text file; `NotTextError` when it is not UTF-8."""
    decoder, lines, last = codecs.getincrementaldecoder("utf-8")(), 0, b"\n"
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            _decode(decoder, chunk, lines)
            lines += chunk.count(b"\n")
            last = chunk
    _decode(decoder, b"", lines, final=True)
    return lines + (not last.endswith(b"\n"))


def _decode(
    decoder: codecs.IncrementalDecoder, chunk: bytes, lines: int, *, final: bool = False
) -> None:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError as error:
        raise NotTextError(lines + error.object[: error.start].count(b"\n") + 1) from None


def rows(path: Path) -> Iterator[list[str]]:
    """The rows of a CSV file, blank lines as empty ones."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.reader(file)


def header_faults(name: str, header: list[str], needed: Iterable[str]) -> Iterator[Fault]:
    """What is wrong with the names in a file's first row."""
    if not header:
        yield Fault(name, 0, "", "the file is empty.", "Name its columns in the first row.")
        return
    for sign, word in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and sign in header[0]:
            yield Fault(name, 1, "", f"columns are separated by {word}.", "Save it with commas.")
            return
    for column in needed:
        if column not in header:
            yield Fault(name, 1, column, "the column is missing.", "Name it in the first row.")
    for position, column in enumerate(header):
        if not column:
            yield Fault(name, 1, "", f"column {position + 1} has no name.", "Name or delete it.")
        elif column in header[:position]:
            yield Fault(name, 1, column, "the column stands twice.", "Delete one of the two.")


def _count_blank_lines(
    connection: duckdb.DuckDBPyConnection, kind: str, name: str, path: Path
) -> None:
    """Number the rows of a file as a spreadsheet does: DuckDB passes over blank lines."""
    numbers = [number for number, cells in enumerate(rows(path), start=1) if cells][1:]
    if numbers and numbers[-1] != len(numbers) + 1:
        connection.execute(
            f"UPDATE staged_{kind} SET row = $numbers[row - 1] WHERE file = $file",  # noqa: S608
            {"numbers": numbers, "file": name},
        )
