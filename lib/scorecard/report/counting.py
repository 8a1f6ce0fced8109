"""How a sentence counts: all that can be compared, some of it, or nothing.

A sentence never counts what can't be compared, and says so where that is not all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorecard.display import POLARITIES, fixed, is_near, is_part, listed, mark
from scorecard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Sized
    from decimal import Decimal

    from scorecard.figure import Figure
    from scorecard.report.cell import Record


class Kind(NamedTuple):
    """The words for one thing, for several, and in short after another kind: `22 worse`."""

    one: str
    many: str
    short: str

    @classmethod
    def being(cls, word: str) -> Kind:
        """What things are: `is better`, `are better`, `better`."""
        return cls(f"is {word}", f"are {word}", word)

    @classmethod
    def having(cls, verb: str) -> Kind:
        """What things did: `rose`."""
        return cls(verb, verb, verb)


class Share(NamedTuple):
    """How many things are of a kind; at least one."""

    number: int
    kind: Kind

    @property
    def words(self) -> str:
        """The kind after the number: `are better`."""
        return self.kind.one if self.number == 1 else self.kind.many


def shares(codes: Sequence[str], kinds: Mapping[str, Kind]) -> list[Share]:
    """How many of `codes` are of each kind, in the order of `kinds`; none that does not occur."""
    return [Share(codes.count(code), kind) for code, kind in kinds.items() if code in codes]


def part(found: Sized, of: Sized, what: str, then: str = "") -> str:
    """`14 of 24 ratings can be compared with May 2024`; `then` are the words after `compared`."""
    return f"{len(found)} of {len(of)} {what} can be compared{then}"


def all_of(found: Sequence[Share], one: str, many: str) -> str:
    """`20 results are better, 22 worse and 3 the same`, `all 3 results are better`.

    `one` and `many` are the noun.
    """
    first, *others = found
    if others:
        return _mixed(f"{counted(first.number, one, many)} {first.words}", others)
    return f"{_every(first.number, f'the one {one}', f' {many}')} {first.words}"


def these(found: Sequence[Share]) -> str:
    """The same of things that the sentence has counted before: `4 are better and 2 worse`."""
    first, *others = found
    if others:
        return _mixed(f"{first.number} {first.words}", others)
    return f"{_every(first.number, 'it', '')} {first.words}"


def cases(row: Record, number: Decimal | int, more: str) -> str:
    """So many `more` of an indicator's cases: `421 more of the 1,891 interviews`.

    Of a count `26 fewer assessments`. Without a noun in the catalogue there is none.
    """
    figure: Figure = row["latest"]
    of = () if figure.denom is None else ("of the", figure.counted("denom"))
    named = noun(row, number if figure.denom is None else figure.denom)
    return " ".join(filter(None, [f"{number:,}", more, *of, named]))


def noun(row: Record, number: Decimal | int) -> str:
    """What an indicator counts, for so many of them: `interviews`; nothing without a noun."""
    one, _, many = (row["counted_as"] or "").partition(" / ")
    return one if number == 1 else many


def others_difference(row: Record) -> Decimal | None:
    """How many more cases of its denominator a percentage leaves out than in the previous report.

    None without a count.
    """
    now, before = row["latest"], row["previous"]
    if None in (now.num, now.denom, before.num, before.denom):
        return None
    return fixed((now.denom - now.num) - (before.denom - before.num), now.num_places)


def others_are(row: Record) -> tuple[str, str]:
    """The nouns, of one and of several, for the cases that a percentage leaves out.

    They are those of the catalogue. Where it has none, they are `other` and `others` if the cases
    moved the other way than the performance, which the others explain; otherwise both are empty.
    """
    one, _, many = (row["others_are"] or "").partition(" / ")
    now, before = row["latest"], row["previous"]
    if one or not is_part(row["format"]) or None in (now.num, now.denom, before.num, before.denom):
        return one, many
    more = now.num - before.num
    if not more or is_near(row["polarity"]):
        return "", ""
    against = "worse" if (more > 0) == POLARITIES[row["polarity"]].is_higher else "better"
    return ("other", "others") if before.direction == against else ("", "")


def _every(number: int, one: str, many: str) -> str:
    return one if number == 1 else f"{'both' if number == 2 else f'all {number}'}{many}"


def _mixed(first: str, others: Sequence[Share]) -> str:
    return listed([first, *(f"{number} {kind.short}" for number, kind in others)])


def at(row: Record) -> str:
    """A result with its marker and its month: `184.0 [e] in June 2016`."""
    figure: Figure = row["latest"]
    return f"{figure.in_words}{mark(figure.signs)} in {row['month_words']}"
