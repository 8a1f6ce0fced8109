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

Step = dict[str, Any]
"""A row of the macro `history` (`sql/macros/revisions.sql`)."""


def versions(workbook: Workbook, unit: str, code: str, month: Month | None = None) -> list[Step]:
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


def show(console: Console, found: Sequence[Step], *, every: bool) -> None:
    """Print the versions; without `every`, only of what was changed since it first came."""
    terminal.say(console, f"{found[0]['unit']}, {found[0]['code']}  {found[0]['indicator']}")
    shown = [step for step in found if every or step["steps"] > 1]
    if shown:
        terminal.history(console, [_line(step) for step in shown])
    others = len({(step["month"], step["cohort"]) for step in found if step["steps"] == 1})
    if not every and others:
        results = "1 result has" if others == 1 else f"{others} results have"
        terminal.say(console, f"{results} one version; name a month to see it.")


def _line(step: Mapping[str, Any]) -> list[str]:
    words = (step["status"] or "taken away").replace("_", " ")
    if step["num"] is not None:
        denom = None if step["denom"] is None else plain(step["denom"])
        words = terminal.figure(
            plain(step["num"]), denom, step["shown"], step["format"], step["provenance"]
        ) + (", added up from the units below" if step["added_up"] else "")
    if step["result"] is not None:
        words = terminal.finished(
            step["result"], step["result_places"], step["format"], step["provenance"]
        )
    month = step["month"] + step["cohort_words"]
    if not step["recorded"]:
        return [month, words, "none", "", "", "by hand in data/results"]
    when = f"{step['loaded_at']:%Y-%m-%d %H:%M} {step['time_zone']}"
    return [month, words, str(step["load"]), when, step["loaded_by"], step["why"]]
