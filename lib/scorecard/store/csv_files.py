"""Any CSV file, row by row, and why it can't be read."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from scorecard.errors import plain_words
from scorecard.input_faults import Fault
from scorecard.unseen import SPACES, UNSEEN, described

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import TypeAlias

    Rows: TypeAlias = Generator[list[str], None, None]

CHUNK = 1 << 20
LINE = 1 << 20
"""Bytes of the longest line or row: a hundred times what a row of a table needs."""

csv.field_size_limit(LINE)

WHY = {
    "field limit": f"a cell is longer than {LINE >> 20} MiB",
    "unexpected end of data": "a quote opens a cell that has no end",
    "expected after": "there is text after a closing quote",
}
"""What Python's reader of CSV says → what that means."""

TOO_LONG = f"the line is longer than {LINE >> 20} MiB, so it can't be a row of a table."
BLANK = "hundreds of thousands of blank lines follow one another."
LOOK = "Check whether the file was exported as CSV."

ROWS, COLUMNS_AT_MOST = 1_048_576, 16_384
"""What the sheet of a spreadsheet can hold."""

SEPARATOR = "sep=,"

PLAIN = bytes([*range(0x20, 0x7F), *b"\t\r\n"])
"""The visible ASCII characters, the space, the tab and the ends of lines."""


class UnreadableError(Exception):
    """Raised when a file can't be read at all; holds the `fault`."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault


@dataclass(frozen=True)
class Table:
    """A CSV file of any length that has been read once; `name` is its name in faults.

    `skip` counts the lines above its header and `lines` all its lines, `spaces` says whether a cell
    may have spaces around its text, and `hides` whether there is an invisible character.
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
        """Read a file once; `UnreadableError` says why it is not a table of text."""
        try:
            lines, spaces, hides = _looked_through(path, name)
            return cls(path, name, skip(path), lines, spaces, hides, header(path, name))
        except FileNotFoundError:
            fault = Fault(name, 0, "", "the file is missing.", "The workbook needs it.")
        except OSError as error:
            problem = f"the file can't be read: {plain_words(error)}."
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

    Spreadsheet programs write and read such a line, which names the separator of cells.
    """
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return int(file.readline(len(SEPARATOR) + 1).strip().casefold() == SEPARATOR)


def header(path: Path, name: str) -> list[str]:
    """The first row of a CSV file, without the spaces around the text of a cell."""
    with closing(rows(path, name)) as found:
        return next(islice(found, skip(path), None), [])


def rows(path: Path, name: str, undecodable: str = "strict") -> Rows:
    """The rows of a CSV file, without spaces around a cell's text; blank lines give empty rows.

    So does a first line `sep=,`. Raises `UnreadableError` at a row that can't be read.
    `undecodable` is the `errors` of `open`.
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
            problem = f"`{cell}` holds an invisible character ({described(found[0])})."
            yield Fault(name, row, column, problem, "Type the cell again.")


def _looked_through(path: Path, name: str) -> tuple[int, bool, bool]:
    """The lines of a file, whether its cells may have spaces, and whether it hides a character.

    Raises `UnreadableError` when it is not UTF-8 or a line is too long.
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
                # This raises, unless the quote counted above opens no cell, as a sign for inches.
                looked = True
                for _ in islice(rows(path, name, "replace"), lines):
                    pass
            yield chunk


def _unended(chunk: bytes, before: int) -> int:
    """The length of the first line if that is too long, else of the last line so far.

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
