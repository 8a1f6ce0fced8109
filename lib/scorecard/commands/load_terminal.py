"""What a load would do, and the loads there are, on a terminal or in a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from scorecard import display
from scorecard.unseen import visible
from scorecard.wording import counted, moment, named

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from decimal import Decimal
    from zoneinfo import ZoneInfo

    from scorecard.importing.effect import Effect, MonthEffect, Revision
    from scorecard.importing.plan import LoadPlan
    from scorecard.ledger.entry import Load
    from scorecard.ledger.versions import Version

MONTHS = 24
"""Months that are listed; the others are only added up."""

LOG_WIDTH = 160
"""The width of a table in characters, where no window sets it."""


def console() -> Console:
    """What to print on: as wide as the window, or wide enough for tables in a log."""
    made = Console()
    return made if made.is_terminal else Console(width=LOG_WIDTH)


def show(console: Console, plan: LoadPlan) -> None:
    """Say what `plan` would do."""
    for note in (*plan.notes, *(f"{each}." for each in plan.questioned)):
        say(console, note)
    if plan.baseline and plan.effect:
        say(console, "The results in data/results are recorded first, as load 1.")
    if plan.effect:
        _print(console, _months(plan.effect))
        if plan.effect.largest:
            _print(console, _largest(plan.effect.largest))
        for line in _packs(plan):
            say(console, line)


def loads(console: Console, found: Sequence[Load], zone: ZoneInfo) -> None:
    """List the loads, the last one last, with their times in `zone`."""
    if not found:
        say(console, "Nothing has been loaded yet.")
        return
    table = _table("Load", "When", "By", "Why", right=("Added", "Changed", "Removed"))
    for each in found:
        when = moment(each.loaded_at.astimezone(zone))
        counts = (each.added, each.changed, each.removed)
        _row(table, [str(each.load), when, each.loaded_by, each.why, *map(str, counts)])
    _print(console, table)


def versions(console: Console, found: Sequence[Version], zone: ZoneInfo) -> None:
    """List the versions of reference data, parameters and commentary, each with what changed."""
    if not found:
        return
    table = _table("Version", "When", "By", "Why", "After load", "Changed")
    known: set[str] = set()
    for each in found:
        when = moment(each.at.astimezone(zone))
        after = str(each.load) if each.load else "none"
        _row(table, [str(each.version), when, each.by, each.why, after, _changed(each, known)])
        known = {name for name in {*known, *each.files} if each.files.get(name, name)}
    say(console, "Reference data, parameters and commentary:")
    _print(console, table)


def _changed(version: Version, known: Collection[str]) -> str:
    """The files that a version changed; of the first, which has them all, how many."""
    if not known:
        return counted(len(version.files), "file, the first version", "files, the first version")
    words = [
        f"{name} {'removed' if value is None else 'changed' if name in known else 'added'}"
        for name, value in version.files.items()
    ]
    return named(words, NAMED)


NAMED = 4
"""Changed files of a version that are named; more are only counted."""


def history(console: Console, lines: Sequence[Sequence[str]]) -> None:
    """The versions of a result, one a line."""
    table = _table("Month", "Result", "Load", "When", "By", "Why")
    for line in lines:
        _row(table, line)
    _print(console, table)


def facts(console: Console, found: Sequence[tuple[str, str]]) -> None:
    """What is known of a figure, a name and words a line."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for name, words in found:
        _row(table, [name, words])
    _print(console, table)


def trace(console: Console, lines: Sequence[Sequence[str]]) -> None:
    """The results that a figure is made of, one a line."""
    table = _table("Month", "Result", "File", "Row", "Load")
    for line in lines:
        _row(table, line)
    _print(console, table)


def say(console: Console, words: str) -> None:
    """A sentence, folded on a terminal and left whole in a log."""
    console.print(Text(visible(words)), soft_wrap=not console.is_terminal, highlight=False)


def figure(
    num: str, denom: str | None, shown: Decimal | None, form: str, provenance: str | None
) -> str:
    """A result in words: `290 of 1167 = 24.9%, published`.

    `denom` is `result` where `num` is a finished one, as in a file of results.
    """
    words = num
    if denom == "result":
        words = f"{num}{display.unit_sign(form)} (finished)"
    elif denom is not None:
        result = display.result(shown, form) or "not applicable"
        words = f"{num} of {denom} = {result}"
    return f"{words}, {provenance}" if provenance else words


def finished(result: Decimal, places: int, form: str, provenance: str | None) -> str:
    """A finished result in words, with the decimals that it was given with: `94.25% (finished)`."""
    return figure(display.figure(result, places), "result", None, form, provenance)


def _months(effect: Effect) -> Table:
    """How many results of each month are added, changed, removed and unchanged."""
    removed = ("Removed",) if effect.removed else ()
    table = _table("Month", right=("Added", "Changed", *removed, "Unchanged"))
    touched = [each for each in effect.months if each.added or each.changed or each.removed]
    for each in touched[:MONTHS]:
        name = f"{each.month} (new)" if each.new else each.month
        _row(table, [name, *_counts(each, removed=bool(removed))])
    others = len(effect.months) - len(touched[:MONTHS])
    if others or len(touched) > 1:
        name = f"all {len(effect.months)} months" if len(effect.months) > 1 else "in all"
        _row(table, [name, *_counts(effect, removed=bool(removed))], style="bold")
    return table


def _counts(each: MonthEffect | Effect, *, removed: bool) -> list[str]:
    gone = [each.removed] if removed else []
    return [str(count) for count in (each.added, each.changed, *gone, each.unchanged)]


def _largest(largest: Sequence[Revision]) -> Table:
    """The largest changes, one a line."""
    table = _table("Month", "Unit", "Indicator", "Before", "After")
    table.title = "The largest changes" if len(largest) > 1 else "The change"
    for each in largest:
        other = each.num is not None and each.provenance != each.provenance_before
        before = figure(
            each.num_before, each.denom_before, each.shown_before, each.format,
            each.provenance_before if other else None,
        )  # fmt: skip
        after = (
            "removed"
            if each.num is None
            else figure(
                each.num, each.denom, each.shown, each.format, each.provenance if other else None
            )
        )
        name = f"{each.code}  {each.indicator}" if each.code != each.indicator else each.code
        _row(table, [each.month, each.unit, name + each.cohort_words, before, after])
    return table


def _packs(plan: LoadPlan) -> list[str]:
    """What the load means for published packs."""
    effect, lines = plan.effect, []
    if plan.revised:
        lines.append(f"It revises results that are published: {', '.join(plan.revised)}.")
    elsewhere = [
        month
        for month in effect.shown_in
        if month not in plan.revised and not (plan.edits and plan.published[month].current)
    ]
    if elsewhere:
        lines.append(
            "Other published months whose trends and comparisons can show these results: "
            f"{', '.join(elsewhere)}."
        )
    return lines


def _table(*columns: str, right: Sequence[str] = ()) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, title_justify="left",
        title_style="bold",
    )  # fmt: skip
    for name in columns:
        table.add_column(name, overflow="fold")
    for name in right:
        table.add_column(name, justify="right")
    return table


def _row(table: Table, cells: Sequence[str], style: str = "") -> None:
    """Add a row of plain text: what a file says is not markup."""
    table.add_row(*(Text(visible(cell)) for cell in cells), style=style)


def _print(console: Console, table: Table) -> None:
    console.print(table, highlight=False)
    console.print()
