"""Commentary whose figures disagree with the store.

title: Commentary with figures that the store doesn't know
group: catalogue
grade: look
rank: 53
remedy: Correct the commentary, or ask whether the figures were revised after it was written.

"293 of 2,246 (13.0%)" must be a numerator and denominator of that indicator, with that result;
"42.9% in July" must be the county's result, target or floor of July; any other percentage must be
a result, target or floor of some month and unit.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from scorecard import display
from scorecard.checks.commentary import MONTH, named, shows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorecard.checks.material import Material
    from scorecard.months import Month

NUMBER = r"[\d,]*\d(?:\.\d+)?"
PAIR = re.compile(rf"(?<![\d.,])({NUMBER}) of ({NUMBER})(?![\d%])(?:[^.%()]*\((\d+(?:\.\d+)?)%\))?")
PERCENT_IN = re.compile(rf"(\d+(?:\.\d+)?)%(?: \([^)]*\))? in {MONTH}")
PERCENT = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)%")
FIGURES = """
WITH known AS (
    SELECT unit IN (SELECT unit FROM units WHERE parent IS NULL) AND cohort = 'all'
               AND NOT short AS own,
           strftime(month, '%Y-%m') AS month, num, denom, result, shown, shown_places, target,
           floor_standard
    FROM (SELECT *, false AS short FROM figures UNION ALL SELECT *, true FROM short_term_figures)
    WHERE list_contains($codes, code) AND month <= getvariable('this_month')
      AND (num IS NOT NULL OR finished)
)
FROM known
WHERE own OR near(num, $counts, 0.001) OR near(result, $percentages, 0.51)
   OR near(target, $percentages, 0.001) OR near(floor_standard, $percentages, 0.001)
"""
"""The county's figures, and of the others those that match a figure of the text."""


def rows(material: Material) -> Iterator[dict[str, Any]]:
    """One row for each commentary with figures that are not in the store."""
    for each in material.ask("FROM texts"):
        counts = [float(found[1].replace(",", "")) for found in PAIR.finditer(each["text"])]
        percentages = [float(found) for found in PERCENT.findall(each["text"])]
        if not counts and not percentages:
            continue
        asked = {"counts": counts or [0.0], "percentages": percentages or [0.0]}
        known = material.ask(FIGURES, codes=each["codes"], **asked)
        wrong = list(dict.fromkeys(_wrong(each["text"], known, material.month, each["code"])))
        if wrong:
            yield {
                "unit": each["unit"],
                "code": each["code"],
                "says": f"{each['path']} says {'; '.join(wrong)}.",
                "weight": len(wrong),
            }


def _wrong(
    text: str, known: Sequence[dict[str, Any]], month: Month, code: str | None
) -> Iterator[str]:
    """The figures that are not in the store; without a `code` the text is a section's overview."""
    whose = "this indicator" if code else "an indicator of this section"
    for found in PAIR.finditer(text):
        num, denom = (Decimal(figure.replace(",", "")) for figure in found.groups()[:2])
        same = [row for row in known if (row["num"], row["denom"]) == (num, denom)]
        if not same:
            yield f"“{found[1]} of {found[2]}”, which is not a result of {whose}"
        elif found[3] and not any(shows(found[3], row["result"]) for row in same):
            yield f"{found[1]} of {found[2]} is {found[3]}%, but it is {_percentage(same[0])}"
    for found in PERCENT_IN.finditer(text):
        then = named(found[2], found[3], month)
        own = [row for row in known if row["own"] and row["month"] == str(then)]
        if own and not _is_known(found[1], own):
            was = f"when it was {_percentage(own[0])}"
            yield f"{found[1]}% in {then.words}, {was if code else f'no result of {whose} then'}"
    dated = {found[1] for found in PERCENT_IN.finditer(text)}
    paired = {found[3] for found in PAIR.finditer(text)}
    for figure in dict.fromkeys(PERCENT.findall(text)):
        if figure not in dated | paired and not _is_known(figure, known):
            yield f"{figure}%, which is not a result, target or floor of {whose}"


def _is_known(figure: str, known: Sequence[dict[str, Any]]) -> bool:
    bands = {row[name] for row in known for name in ("target", "floor_standard")}
    return Decimal(figure) in bands or any(shows(figure, row["result"]) for row in known)


def _percentage(row: dict[str, Any]) -> str:
    return display.result(row["shown"], "percent", row["shown_places"])
