"""What a summary warns of first: results that are withheld, estimates or revised, counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from scorecard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Sized

    from scorecard.figure import Figure
    from scorecard.report.cell import Record


class Counted(NamedTuple):
    """Which results a caution counts: the figures in `place`, and the words after `result`."""

    place: str = "latest"
    words: str = ""


OWN = (Counted(),)
COHORTS = (Counted("including", " with UASC"), Counted("excluding", " without UASC"))
"""The results of a record of the scorecard, and those of a record of the UASC macro."""

UNNAMED = ("has a note on where it comes from", "have notes on where they come from")
"""The words for one result and for several whose provenance has no phrase of its own."""


def cautions(
    rows: Sequence[Record],
    known: Mapping[str, Record],
    marker: str,
    why_withheld: str = "",
    which: Sequence[Counted] = OWN,
) -> list[tuple[str, list[str]]]:
    """What a summary must say of its results: how many are estimates or revised, and why.

    Those that are withheld are counted by themselves, with `why_withheld`; `marker` is that of a
    revised figure. The results of each of `which` are counted apart.
    """
    found = []
    for place, words in which:
        figures: list[Figure] = [row[place] for row in rows]
        given = [each for each in figures if not each.withheld()]
        results = [each.provenance for each in given if each.shown is not None]
        gone = [how for each in figures if (how := each.withheld())]
        hidden = [
            (f"{_of(len(gone), len(rows), words)} {_be(gone)} {gone[0].words}.", [why_withheld])
        ] if gone else []  # fmt: skip
        found += [
            *hidden,
            *_estimates(results, known, words),
            *_revised([each for each in given if each.revised], len(given), marker, words),
        ]
    return found


def in_the_areas(cautions: Sequence[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """Cautions on the results of areas, which say so."""
    return [(f"In the areas, {count}", why) for count, why in cautions]


def explained_once(*cautions: Sequence[tuple[str, list[str]]]) -> list[tuple[str, str]]:
    """Cautions one after the other, each explanation where it is needed first."""
    given: set[str] = set()
    once = []
    for count, why in (each for several in cautions for each in several):
        once.append((count, " ".join(each for each in why if each not in given)))
        given.update(why)
    return once


def _of(number: int, whole: int, words: str, more: str = "") -> str:
    """`2 of 45 results without UASC`; with `more`, `2 more of 45 results`."""
    return f"{number}{more} of {counted(whole, 'result', 'results')}{words}"


def _be(found: Sized) -> str:
    return "is" if len(found) == 1 else "are"


def _estimates(
    results: Sequence[Sequence[str]], known: Mapping[str, Record], words: str
) -> list[tuple[str, list[str]]]:
    """How many of `results`, lists of provenances, rest on what has a footnote, and the footnotes.

    Each result is counted once, with the commonest provenance that is left; the sentence names what
    else those results rest on. Provenances with the same phrase are counted together.
    """
    owing = {name: _phrases(each) for name, each in known.items() if each["footnote"]}
    left = [names for each in results if (names := [name for name in owing if name in each])]
    named_before: set[tuple[str, str]] = set()
    found = []
    while left:
        common = Counter(phrase for names in left for phrase in {owing[name] for name in names})
        first = max(dict.fromkeys(owing.values()), key=lambda phrase: common[phrase])
        resting = [names for names in left if first in {owing[name] for name in names}]
        left = [names for names in left if names not in resting]
        also = Counter(phrase for names in resting for phrase in {owing[name] for name in names})
        more = " more" if first in named_before else ""
        sentence = f"{_of(len(resting), len(results), words, more)} {_phrase(first, len(resting))}"
        for phrase in dict.fromkeys(owing.values()):
            if also[phrase] and phrase != first:
                sentence += f"; {also[phrase]} of these also {_phrase(phrase, also[phrase])}"
        named_before.update(also)
        named = [name for name in owing if any(name in names for names in resting)]
        named.sort(key=lambda name: owing[name] != first)
        found.append((f"{sentence}.", [known[name]["footnote"] for name in named]))
    return found


def _phrase(phrase: tuple[str, str], number: int) -> str:
    """A phrase for so many results."""
    one, many = phrase
    return one if number == 1 else many


def _phrases(provenance: Record) -> tuple[str, str]:
    """The phrase for one result of a provenance, and for several."""
    one, many = provenance["phrase_one"], provenance["phrase_many"]
    return (one, many) if one and many else UNNAMED


def _revised(
    found: Sequence[Figure], whole: int, marker: str, words: str
) -> list[tuple[str, list[str]]]:
    """How many results of the month are revised, and where to read why; nothing when none is."""
    why = (
        f"Figures marked [{marker}] differ from those first published. The end of the appendix "
        "says what they were and why they changed."
    )
    return [(f"{_of(len(found), whole, words)} {_be(found)} revised.", [why])] if found else []
