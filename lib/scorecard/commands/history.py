"""A result's history: every version of it, with the load that brought it, who loaded it and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard.commands import load_terminal as terminal
from scorecard.display import plain
from scorecard.errors import MonthError, UnknownNameError
from scorecard.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console

    from scorecard.months import Month
    from scorecard.workbook import Workbook

Row = dict[str, Any]
"""A row of the macro `history` (`sql/macros/revisions.sql`)."""


def versions(workbook: Workbook, unit: str, code: str, month: Month | None = None) -> list[Row]:
    """The versions of a result, oldest first, month by month.

    Raises `UnknownNameError` when there is no such unit or indicator, and `MonthError` when it has
    no results.
    """
    with Store.open(workbook) as store:
        known = store.catalogue([])
        indicators = {row["code"]: row["name"] for row in store.records.indicators()}
        if unit not in known.units:
            raise UnknownNameError("unit", unit, known.units)
        if code not in indicators:
            raise UnknownNameError("indicator", code, indicators)
        found = store.rows(
            "FROM history($unit, $code, $month)",
            unit=unit,
            code=code,
            month=str(month) if month else None,
        )
    if not found:
        of_month = f" in {month}" if month else ""
        raise MonthError(
            f"{known.units[unit]} has never had a result of indicator {code}{of_month}"
        )
    return found


def show(console: Console, found: Sequence[Row], *, every: bool) -> None:
    """Print the versions; without `every`, only of what was changed since it first came."""
    terminal.say(console, f"{found[0]['unit']}, {found[0]['code']}  {found[0]['indicator']}")
    shown = [row for row in found if every or row["steps"] > 1]
    if shown:
        terminal.history(console, [_line(row) for row in shown])
    others = len({(row["month"], row["cohort"]) for row in found if row["steps"] == 1})
    if not every and others:
        results = "1 result has" if others == 1 else f"{others} results have"
        terminal.say(console, f"{results} one version; name a month to see it.")


def _line(row: Mapping[str, Any]) -> list[str]:
    words = (row["status"] or "removed").replace("_", " ")
    if row["num"] is not None:
        denom = None if row["denom"] is None else plain(row["denom"])
        words = terminal.figure(
            plain(row["num"]), denom, row["shown"], row["format"], row["provenance"]
        ) + (", added up from the units below" if row["added_up"] else "")
    if row["result"] is not None:
        words = terminal.finished(
            row["result"], row["result_places"], row["format"], row["provenance"]
        )
    month = row["month"] + row["cohort_words"]
    if not row["recorded"]:
        return [month, words, "none", "", "", "by hand in data/results"]
    when = f"{row['loaded_at']:%Y-%m-%d %H:%M} {row['time_zone']}"
    return [month, words, str(row["load"]), when, row["loaded_by"], row["why"]]
