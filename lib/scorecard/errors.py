"""Every error that a person can cause, as one small tree; each message is to be read as is."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from scorecard.ipython import running_shell
from scorecard.unseen import visible_line
from scorecard.wording import RECORD_EDITS, to_type

if TYPE_CHECKING:
    from collections.abc import Iterable


BUSY = 3
"""The exit status of a command that another run keeps out (`RunningError`)."""


class ScorecardError(Exception):
    """Base of all errors raised on purpose; its message says what is wrong, where, what to do."""

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows of it, as IPython asks: the fault is in what was asked."""
        return message_first(self)


def message_first(error: Exception) -> list[str]:
    """An error as a notebook shows it, in lines, without the traceback of our code.

    Its message comes first, then the line of the cell that led to it.
    """
    cell, line = "", 0
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_globals.get("__name__") == "__main__":
            cell, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    lines = [f"{type(error).__name__}: {error}"]
    if not cell:
        return lines
    import linecache  # imported here, since most errors are not shown in a notebook

    named = _named(cell)
    source = linecache.getline(cell, line).strip()
    return [*lines, "", f"{named}, line {line}: {source}" if source else f"{named}, line {line}"]


def _named(file: str) -> str:
    """A cell as IPython names it: `Cell In[3]`; else the name of its file."""
    shell = running_shell()
    name = shell.compile.format_code_name(file) if shell else None
    return " ".join(name) if name else file


class UnknownNameError(ScorecardError):
    """Raised when a unit, indicator, appendix, parameter or key is not one we know."""

    def __init__(self, kind: str, name: str, known: Iterable[str], where: str = "") -> None:
        """`kind` is the noun in the message, `known` the allowed names, `where` the place.

        `known` may map each of them to the words that people know it by.
        """
        place = f"{where}: " if where else ""
        names = list(known)
        hint = _called(name, known) or suggestion(name, names) or first_of(names)
        super().__init__(f"{place}unknown {kind} `{name}`{hint}")


class MonthError(ScorecardError):
    """Raised when a text is not a month written `YYYY-MM`, or a month can't be meant here."""


class NoResultsError(MonthError):
    """Raised when a month has no results."""

    def __init__(self, month: object, months: Iterable[str], ever: Iterable[str] = ()) -> None:
        """`months` are those that have results, as `2016-08`, and `ever` those that had some."""
        stored = sorted(months)
        if str(month) in ever and str(month) not in stored:
            super().__init__(
                f"the results of {month}, which a load recorded, are missing: "
                f"data/results/{month}.csv was removed or has no row with a figure. Bring it back "
                "from git or a copy; if they were removed on purpose, record that: "
                f"`{to_type(RECORD_EDITS)}`"
            )
            return
        before = [each for each in stored if each < str(month)][-1:]
        after = [each for each in stored if each > str(month)][:1]
        if before and after:
            have = f"the nearest that have are {before[0]} and {after[0]}"
        else:
            have = (
                f"the store holds {stored[0]} to {stored[-1]}" if stored else "the store holds none"
            )
        super().__init__(
            f"there are no results for {month}: {have}. Add data/results/{month}.csv, or choose "
            "another month"
        )


class ChartError(ScorecardError):
    """Raised when what is asked for can't be drawn in one chart."""


class AnswerError(ScorecardError):
    """Raised when one table or chart is asked of an answer that has none, or several."""

    def __init__(self, kind: str, every: str, found: Iterable[str]) -> None:
        """`kind` is the noun, `every` the property that has all of them, `found` their names."""
        names = list(found)
        if not names:
            super().__init__(f"this answer has no {kind}")
            return
        listed = ", ".join(names)
        super().__init__(
            f"this answer has {len(names)} {kind}s: {listed}. Ask for one of them: "
            f'`.{every}["{names[0]}"]`'
        )


class WorkbookError(ScorecardError):
    """Raised when a folder does not hold the `data/` and `params/` of a workbook."""


class ParamsError(ScorecardError):
    """Raised when a file in `params/` does not say what the workbook needs."""


class TextError(ScorecardError):
    """Raised when a text that people write can't be read, or holds invisible characters."""


class StoreError(ScorecardError):
    """Raised when the store can't be built, opened or swapped in."""


class LedgerError(ScorecardError):
    """Raised when `data/loads/` is not the unbroken record it must be, or can't be written."""


class LoadError(ScorecardError):
    """Raised when a load, or a draft for one, can't be made as asked, or needs agreement."""


class DisclosureError(ScorecardError):
    """Raised when a small number can't be withheld: what else is known gives it away."""


class PublishError(ScorecardError):
    """Raised when an executed notebook holds something that must not become a page."""


class PrintError(ScorecardError):
    """Raised when a page can't be printed to PDF, because there is no browser or it fails."""


class OutputsError(ScorecardError):
    """Raised when the outputs can't be written: no permission, no room."""


class EngineError(ScorecardError):
    """Raised when the processes that run notebooks or make pages can't be kept going."""


class RunningError(ScorecardError):
    """Raised when another run is writing to the same outputs."""


class Notice(UserWarning):
    """Shown when a person should do something, though what was asked for went well."""


PLAIN = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "there is no room left for this user on the disk",
    errno.EROFS: "the disk can only be read",
    errno.EACCES: "this user has no permission, or a program has it open",
    errno.EPERM: "this user has no permission",
}
"""What the system's numbers of errors mean, in plain words."""


def plain_words(error: OSError) -> str:
    """An error of the system in plain words, followed by the system's own in brackets."""
    own = error.strerror or str(error)
    plain = PLAIN.get(error.errno or 0)
    return f"{plain} ({own})" if plain else own


def unprinted(error: OSError) -> OutputsError:
    """The error of a run whose messages can't be written, such as to a log on a full disk."""
    return OutputsError(
        f"the run's messages can't be written: {plain_words(error)}. Nothing more was published"
    )


LONGEST = 100
"""The most characters that a message quotes from a file."""

NAMES = 12
"""The most known names that a message lists."""

LINES = 30
"""The most lines of a message: more would not be read."""


def lines_of(problems: Iterable[str]) -> str:
    """Problems as the lines of a message; those beyond `LINES` are only counted."""
    found = list(problems)
    shown = found if len(found) <= LINES else found[: LINES - 1]
    rest = len(found) - len(shown)
    return "\n".join([*shown, *([f"and {rest} more"] if rest else [])])


def brief(value: object) -> str:
    """A value as a message quotes it: on one line, and cut off after `LONGEST` characters."""
    text = str(value)
    return visible_line(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")


def _called(name: str, known: Iterable[str]) -> str:
    """The end of an "unknown …" message when `name` is what some of `known` are called."""
    words = known.items() if isinstance(known, Mapping) else ()
    meant = [each for each, called in words if str(called).casefold() == name.casefold()]
    return f"; that is the name of {' and '.join(f'`{each}`' for each in meant)}" if meant else ""


def suggestion(name: str, known: Iterable[str]) -> str:
    """The end of an "unknown …" message: the nearest of `known`, or all of them when few."""
    names = list(dict.fromkeys(known))
    same = [each for each in names if each.casefold() == name.casefold()]
    near = same or get_close_matches(name, names, n=1, cutoff=0.6)
    if near:
        return f"; did you mean `{near[0]}`?"
    return first_of(names) if len(names) <= NAMES else ""


def first_of(known: Iterable[str]) -> str:
    """The end of an "unknown …" message: the first of `known`, and how many more there are."""
    names = list(dict.fromkeys(known))
    more = f" and {len(names) - NAMES} more" if len(names) > NAMES else ""
    return "; the names are " + ", ".join(f"`{n}`" for n in names[:NAMES]) + more if names else ""
