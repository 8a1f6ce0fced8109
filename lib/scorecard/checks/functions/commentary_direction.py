"""Commentary whose rating or direction differs from the store's.

title: Commentary with another rating or direction
group: catalogue
grade: look
rank: 54
remedy: Correct the commentary, or ask whether the figures were revised after it was written.

Its first rating must be the indicator's. A text that only speaks of a rise, or only of better
results, contradicts a result that is lower, or worse, than both a month and a year ago.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scorecard import display

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from scorecard.checks.material import Material

RATING = re.compile(r"\b(?:is|are|was|stays|remains)\W+(Red|Amber|Green)\b")
UP = re.compile(
    r"\b(rose|risen|rising|rises|increas(?:e|ed|ing)|(?:gone|went) up|higher than)\b", re.I
)
DOWN = re.compile(
    r"\b(fell|fallen|falling|falls|decreas(?:e|ed|ing)|(?:gone|went) down|lower than)\b", re.I
)
BETTER = re.compile(r"\b(improved|improving|improvement|better)\b", re.I)
WORSE = re.compile(r"\b(worse|worsened|worsening|deteriorated|declined|declining)\b", re.I)
RESULTS = """
SELECT date_diff('month', month, getvariable('this_month')) AS ago, result, shown, shown_places
FROM figures WHERE unit = $unit AND code = $code AND cohort = 'all' AND result IS NOT NULL
  AND month IN (months_before(getvariable('this_month'), 1),
                year_before(getvariable('this_month')))
"""


def rows(material: Material) -> Iterator[dict[str, Any]]:
    """One row for each contradiction."""
    for each in material.ask("FROM exceptions WHERE text IS NOT NULL"):
        text = each["text"].replace("*", "").replace("_", "")
        row = {"unit": each["unit"], "code": each["code"]}
        rating = RATING.search(text)
        if rating and rating[1].lower() != each["rating"]:
            now = each["rating"].capitalize() if each["rating"] else "not rated"
            yield {**row, "says": f"{each['path']} calls the indicator {rating[1]}; it is {now}."}
        if each["result"] is None:
            continue
        earlier = material.ask(RESULTS, unit=each["unit"], code=each["code"])
        claim = _claim(text)
        moves = [each["result"] - before["result"] for before in earlier]
        if claim and moves and all(_opposite(claim, move, each["polarity"]) for move in moves):

            def shown(row: dict[str, Any], form: str = each["format"]) -> str:
                return display.result(row["shown"], form, row["shown_places"])

            since = " and ".join(
                f"{shown(before)} {'a month' if before['ago'] == 1 else 'a year'} ago"
                for before in sorted(earlier, key=lambda before: before["ago"])
            )
            yield {**row, "says": f"{each['path']} speaks only of {claim} results, but "
                                  f"{shown(each)} follows {since}."}  # fmt: skip


def _claim(text: str) -> str | None:
    """The one direction a text claims, in its own kind of words; none if it claims both."""
    for one, other, word in ((UP, DOWN, "rising"), (DOWN, UP, "falling"),
                             (BETTER, WORSE, "better"), (WORSE, BETTER, "worse")):  # fmt: skip
        if one.search(text) and not other.search(text):
            return word
    return None


def _opposite(claim: str, move: Decimal, polarity: str) -> bool:
    """Whether a change of the result contradicts the claim."""
    if claim in ("better", "worse"):
        if display.is_near(polarity):
            return False  # nearer or farther depends on the target of each month
        up = (claim == "better") == display.POLARITIES[polarity].is_higher
    else:
        up = claim == "rising"
    return move < 0 if up else move > 0
