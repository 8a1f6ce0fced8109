"""Every error that a person can cause, as one small tree; each message is to be read as is."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class ScorecardError(Exception):
    """Base of all errors raised on purpose; its message says what is wrong, where, what to do."""


class UnknownNameError(ScorecardError):
    """Raised when a unit, indicator, appendix, parameter or key is not one we know."""

    def __init__(self, kind: str, name: str, known: Iterable[str], where: str = "") -> None:
        """`kind` is the noun in the message, `known` the allowed names, `where` the place."""
        place = f"{where}: " if where else ""
        super().__init__(f"{place}unknown {kind} `{name}`{suggestion(name, known)}")


class MonthError(ScorecardError):
    """Raised when a text is not a month written `YYYY-MM`, or a month has no results."""


class WorkbookError(ScorecardError):
    """Raised when a folder does not hold the `data/` and `params/` of a workbook."""


class ParamsError(ScorecardError):
    """Raised when a file in `params/` does not say what the workbook needs."""


class StoreError(ScorecardError):
    """Raised when the store can't be built, opened or swapped in."""


class LedgerError(ScorecardError):
    """Raised when `data/loads/` is not the unbroken record it must be, or can't be written."""


class LoadError(ScorecardError):
    """Raised when a load needs a word from the analyst first: a reason, an agreement, a record."""


class DisclosureError(ScorecardError):
    """Raised when a small number can't be withheld: what else is known gives it away."""


class PublishError(ScorecardError):
    """Raised when an executed notebook holds something that must not become a page."""


class PrintError(ScorecardError):
    """Raised when a page can't be printed to PDF, for want of a browser or by its failure."""


class OutputsError(ScorecardError):
    """Raised when the outputs can't be written: no permission, no room."""


class EngineError(ScorecardError):
    """Raised when the processes that run notebooks or make pages can't be kept going."""


class RunningError(ScorecardError):
    """Raised when another run is writing to the same outputs."""


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in one place of one input file.

    `row` counts as a spreadsheet does (the header is row 1); 0 speaks of the file as a whole.
    """

    file: str
    row: int
    column: str
    problem: str
    remedy: str = ""

    def __str__(self) -> str:
        """The place, the problem and the remedy on one line."""
        row = f"row {self.row}" if self.row else ""
        column = f"column {self.column}" if self.column else ""
        place = ", ".join(part for part in (row, column) if part)
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{place + ': ' if place else ''}{self.problem}{remedy}"


class InputFaultsError(ScorecardError):
    """Raised when input files break the contract; holds all faults of all files, in order."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Group `faults` by file, in the order of file, row and column."""
        self.faults = tuple(sorted(faults))
        lines = []
        for file in dict.fromkeys(fault.file for fault in self.faults):
            of_file = [fault for fault in self.faults if fault.file == file]
            count = "1 fault" if len(of_file) == 1 else f"{len(of_file)} faults"
            lines.append(f"{file} has {count}:")
            lines += [f"  {fault}" for fault in of_file]
        lines.append("Nothing was loaded and nothing already stored or published has changed.")
        super().__init__("\n".join(lines))


def suggestion(name: str, known: Iterable[str]) -> str:
    """The end of an "unknown …" message: the nearest of `known`, or all of them when few."""
    names = list(dict.fromkeys(known))
    near = get_close_matches(name, names, n=1, cutoff=0.6)
    if near:
        return f"; did you mean `{near[0]}`?"
    if 0 < len(names) <= 12:
        return "; known are " + ", ".join(f"`{n}`" for n in names)
    return ""
