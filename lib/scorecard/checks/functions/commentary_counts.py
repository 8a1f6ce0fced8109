"""Commentary with counts that are not in the store.

title: Commentary with counts that the store doesn't know
group: catalogue
grade: look
rank: 57
remedy: Ask the lead officer what was counted, and when; a committee compares it with the table.

"310 children" and "79.4 FTE" should be a numerator or denominator of that indicator, or the
denominator less the numerator: of the reporting month, or of an earlier one where the sentence
names one. Changes ("69 fewer") are not checked.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from scorecard.checks.commentary import MONTH, NUMBER, quoted, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorecard.checks.material import Material

NOUNS = ("children", "young people", "FTE", "full-time equivalents", "posts")
"""What commentary on any indicator may count."""
THEN = re.compile(
    rf"{MONTH}|\b(?:last|previous) (?:month|year)\b|\b(?:month|year)s? (?:ago|before)\b"
)
COUNTS = """
SELECT month, num, denom
FROM (
    SELECT code, month, num, denom FROM figures
    UNION ALL
    SELECT code, month, num, denom FROM short_term_figures
    UNION ALL
    SELECT code, month, num, denom FROM results
)
WHERE list_contains($codes, code) AND month <= getvariable('this_month')
  AND (near(num, $numbers, 0.001) OR near(denom, $numbers, 0.001)
       OR near(denom - num, $numbers, 0.001))
"""
NOUN = """
SELECT unnest([counted_as, others_are]) AS noun FROM indicators
WHERE list_contains($codes, code)
"""


def rows(material: Material) -> Iterator[dict[str, Any]]:
    """One row for each commentary with such counts."""
    for each in material.ask("FROM texts"):
        nouns = [row["noun"] for row in material.ask(NOUN, codes=each["codes"]) if row["noun"]]
        counted = [
            (sentence, words, number)
            for sentence in sentences(each["text"])
            for words, number in _counted(sentence, nouns)
        ]
        if not counted:
            continue
        numbers = [float(number) for _, _, number in counted]
        known = material.ask(COUNTS, codes=each["codes"], numbers=numbers)
        now = _counts([row for row in known if row["month"] == material.month.first_day])
        ever = _counts(known)
        unknown = [
            words
            for sentence, words, number in counted
            if number not in (ever if THEN.search(sentence) else now)
        ]
        if unknown:
            yield {
                "unit": each["unit"],
                "code": each["code"],
                "says": f"{each['path']} says {quoted(unknown)}. Does this indicator count that?",
                "weight": len(unknown),
            }


def _counts(rows: Sequence[dict[str, Any]]) -> set[Decimal]:
    """The numerators, the denominators, and each denominator less its numerator."""
    found = {row[part] for row in rows for part in ("num", "denom") if row[part] is not None}
    return found | {
        row["denom"] - row["num"]
        for row in rows if row["num"] is not None and row["denom"] is not None
    }  # fmt: skip


def _counted(sentence: str, nouns: Sequence[str]) -> Iterator[tuple[str, Decimal]]:
    """The counts of a sentence: `310 looked-after children`, as words and as a number."""
    given = [noun.partition(" / ")[2] for noun in nouns]
    things = "|".join(re.escape(noun) for noun in dict.fromkeys([*NOUNS, *given]))
    for found in re.finditer(rf"({NUMBER}) (?:[\w-]+ )?(?:{things})\b", sentence):
        yield found[0], Decimal(found[1].replace(",", ""))
