"""Commentary that gives away a figure which the tables don't show.

title: Commentary that quotes a figure which is not shown
group: catalogue
grade: stops
rank: 54
remedy: Say it without the figure, as "a few children", or ask the person who set the threshold.

Only where `params/disclosure.yml` withholds small numbers. "4 of 52", "7.7%" and a number on its
own count as quoted when they equal a withheld figure of that indicator, of any unit or month on the
pages, and no shown one. Another check finds numbers up to the threshold.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from scorecard.checks.commentary import shows
from scorecard.disclosure.decision import decision
from scorecard.months import Month
from scorecard.params.disclosure import profile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scorecard.checks.material import Material

PAIR = re.compile(r"(?<![\d.,])([\d,]*\d) of (?:the |all )?([\d,]*\d)(?![\d%])")
PERCENT = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)(?:%| per ?cent)")
NUMBER = re.compile(r"(?<![\d.,-])(\d[\d,]*)(?![\d.,]*\d|%| per ?cent)")
FIGURES = """
SELECT unit, code, cohort, month, num, denom, finished, result, target, floor_standard
FROM figures
WHERE list_contains($codes, code) AND (num IS NOT NULL OR finished)
  AND month BETWEEN page_opens(getvariable('this_month')) AND getvariable('this_month')
"""


def rows(material: Material) -> Iterator[dict[str, Any]]:
    """One row for each commentary that quotes a withheld figure."""
    known = profile(material.workbook)
    if not known:
        return
    gone = decision(material.store, material.workbook, material.month, known)
    for each in material.ask("FROM texts"):
        figures: dict[bool, list[Mapping[str, Any]]] = {True: [], False: []}
        for row in material.ask(FIGURES, codes=each["codes"]):
            parts = gone.of(row["unit"], row["code"], row["cohort"], Month.of(row["month"]))
            if row["finished"] and row["code"] not in known.finished_shown:
                parts = frozenset(("num", "denom"))
            figures[bool(parts)].append({**row, "withheld": parts})
        found = dict.fromkeys(_quoted(each["text"], figures[True], figures[False], known.threshold))
        if found:
            quoted = " and ".join(f"“{words}”" for words in found)
            yield {
                "unit": each["unit"],
                "code": each["code"],
                "says": f"{each['path']} says {quoted}, which the tables don't show.",
                "weight": len(found),
            }


def _quoted(
    text: str,
    hidden: Sequence[Mapping[str, Any]],
    shown: Sequence[Mapping[str, Any]],
    threshold: int,
) -> Iterator[str]:
    """The words of the text that are a figure of `hidden` and not of `shown`."""
    for found in PAIR.finditer(text):
        pair = tuple(Decimal(each.replace(",", "")) for each in found.groups())
        if pair in _pairs(hidden) and pair not in _pairs(shown):
            yield found[0]
    for found in PERCENT.finditer(text):
        if _is_result(found[1], hidden) and not _is_result(found[1], shown):
            yield found[0]
    counts = {row[part] for row in hidden for part in row["withheld"] if row[part] is not None}
    shared = {row[part] for row in [*hidden, *shown] for part in ("num", "denom")
            if row[part] is not None and part not in row["withheld"]}  # fmt: skip
    for found in NUMBER.finditer(PAIR.sub(" ", text)):
        number = Decimal(found[1].replace(",", ""))
        if number > threshold and number in counts - shared:
            yield found[0]


def _pairs(rows: Sequence[Mapping[str, Any]]) -> set[tuple[Decimal, ...]]:
    return {(row["num"], row["denom"]) for row in rows if row["denom"] is not None}


def _is_result(figure: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a percentage is the result, target or floor standard of one of `rows`."""
    names = ("result", "target", "floor_standard")
    return any(shows(figure, row[name]) for row in rows for name in names)
