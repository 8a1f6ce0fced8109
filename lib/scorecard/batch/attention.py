"""The outstanding actions of a month's pack, in sentences, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.batch.month_plan import NOT_ASKED
from scorecard.wording import named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorecard.batch.record import AppendixRecord

NAMED = 3
"""Appendices with the same sentence that are named; more are only counted."""


def sentences(records: Sequence[AppendixRecord]) -> Iterator[str]:
    """What is missing first, then each sentence with the appendices that it is about."""
    missing = [each.name for each in records if _unasked(each)]
    if missing:
        one = len(missing) == 1
        yield (
            f"the pack is partial: {named(missing, len(missing))} {'is' if one else 'are'} not "
            f"in it; run the month without --only to make {'it' if one else 'them'}"
        )
    about: dict[str, list[str]] = {}
    for each in records:
        for sentence in _of(each):
            about.setdefault(sentence, []).append(each.name)
    yield from (f"{named(names, NAMED)}: {sentence}" for sentence, names in about.items())


def _unasked(each: AppendixRecord) -> bool:
    """Whether an appendix is missing only because the run was not asked for it."""
    return each.status == "missing" and NOT_ASKED in (each.failure or "")


def _of(each: AppendixRecord) -> Iterator[str]:
    """The outstanding actions of one appendix; its page may have one of them twice."""
    yield from dict.fromkeys(each.attention)
    if each.status == "failed":
        yield f"failed, and not in the pack: {each.failure}"
    if each.status == "missing" and not _unasked(each):
        yield f"not in the pack: {each.failure}"
    if each.stale:
        yield f"kept from an earlier run, but {' and '.join(each.stale)} since"
