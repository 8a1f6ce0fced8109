"""What is wrong in input files: faults with their place, gathered and shown file by file."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from scorecard.errors import LINES, LONGEST, ScorecardError
from scorecard.unseen import visible, visible_line
from scorecard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LONG = re.compile(rf"`([^`]{{{LONGEST}}})[^`]+`")

QUOTED = re.compile(r"`[^`]*`|\d+")
"""What differs between faults of one kind."""

KEPT = 50 * LINES
"""Distinct faults of a file that are remembered: more than all rules together list."""


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in one place of one input file, or in the same column of `rows` rows of it.

    `row`, the first of them, counts as a spreadsheet does (the header is row 1); 0 speaks of the
    file as a whole.
    """

    file: str
    row: int
    column: str
    problem: str
    remedy: str = ""
    rows: int = 1

    def __str__(self) -> str:
        """The place, the problem and the remedy on one line."""
        row = f"row {self.row}" if self.row else ""
        if self.rows > 1:
            row = f"{self.rows} rows from {self.row}"
        column = f"column {self.column}" if self.column else ""
        place = ", ".join(part for part in (row, column) if part)
        message = f"{place + ': ' if place else ''}{self.problem} {self.remedy}".strip()
        return visible_line(LONG.sub(r"`\1…`", message))


class Faults:
    """Faults as they are found: alike ones as one, and those beyond `KEPT` only counted."""

    def __init__(self, found: Iterable[Fault] = ()) -> None:
        self._alike: dict[tuple[str, str, str, str], list[int]] = {}
        self._others: Counter[str] = Counter()
        self._distinct: Counter[str] = Counter()
        self.add(found)

    def add(self, found: Iterable[Fault]) -> None:
        """Take in what is found; the same in the same row again is the same fault."""
        for fault in found:
            key = (fault.file, fault.column, fault.problem, fault.remedy)
            before = self._alike.get(key)
            if before:
                row, rows = before
                same = row == fault.row
                before[:] = (
                    min(row, fault.row), max(rows, fault.rows) if same else rows + fault.rows
                )  # fmt: skip
            elif self._distinct[fault.file] < KEPT:
                self._distinct[fault.file] += 1
                self._alike[key] = [fault.row, fault.rows]
            else:
                self.count(fault.file, fault.rows)

    def count(self, file: str, faults: int) -> None:
        """Count faults of a file that are not listed."""
        self._others[file] += faults

    def __bool__(self) -> bool:
        return bool(self._alike)

    def __iter__(self) -> Iterator[Fault]:
        """The distinct faults, in the order of file, row and column."""
        return iter(
            sorted(
                Fault(file, row, column, problem, remedy, rows)
                for (file, column, problem, remedy), (row, rows) in self._alike.items()
            )
        )

    @property
    def files(self) -> list[str]:
        """The files that have faults, in order."""
        return sorted({*self._distinct, *self._others})

    def number(self, file: str) -> int:
        """How many faults a file has, every row counted."""
        return self._others[file] + sum(each.rows for each in self if each.file == file)


class InputFaultsError(ScorecardError):
    """Raised when input files break the contract; holds the faults of all files, in order."""

    def __init__(self, found: Iterable[Fault]) -> None:
        """List the faults by file, row and column, as many as a message has room for."""
        faults = found if isinstance(found, Faults) else Faults(found)
        self.faults = tuple(faults)
        lines: list[str] = []
        shown = _shown(self.faults)
        left = sum(map(faults.number, faults.files)) - sum(fault.rows for fault in shown)
        for file, its in groupby(shown, key=lambda fault: fault.file):
            number = counted(faults.number(file), "fault", "faults")
            lines += [f"{visible(file)} has {number}:", *(f"  {fault}" for fault in its)]
        if left:
            lines.append(f"{counted(left, 'fault is', 'faults are')} not listed here.")
        lines.append("Nothing was loaded and nothing already stored or published has changed.")
        super().__init__("\n".join(lines))


def _shown(faults: Sequence[Fault]) -> list[Fault]:
    """The faults that a message has room for, in their order: of each kind at least the first."""
    kinds: dict[tuple[str, str], Fault] = {}
    for fault in faults:
        kinds.setdefault((fault.column, QUOTED.sub("", fault.problem)), fault)
    shown: set[Fault] = set()
    room = LINES - 2  # for the two last lines
    for fault in dict.fromkeys([*kinds.values(), *faults]):
        lines = 1 if any(fault.file == other.file for other in shown) else 2  # with its heading
        if lines <= room:
            shown.add(fault)
            room -= lines
    return sorted(shown)
