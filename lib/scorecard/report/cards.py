"""What needs attention on the first screen: a card for each Red, and for each Amber near Red."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorecard.report import outlook_prose, result_prose, variation
from scorecard.report.outlook import Outlook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.figure import Figure
    from scorecard.report.cell import Record
    from scorecard.report.source import Source

MOST = 6
"""Of more indicators than these a card says who is asked, and the other facts are in reports."""

ANSWERS = ("lead_officer", "director", "cabinet_member")
"""Who is asked about an indicator: the first of them that is named."""


@dataclass(frozen=True)
class Card:
    """An indicator that needs attention: a sentence, and facts that are empty where there are none.

    `recent` is its result of the last three months, `signal` a real change of the month; `areas`
    says which areas differ by more than chance, and `answers` who is asked about it.
    """

    row: Record
    sentence: str
    recent: Figure | None = None
    signal: Record | None = None
    areas: str = ""
    answers: str = ""


def cards(source: Source, codes: Sequence[str] | None, *, ambers: bool) -> list[Card]:
    """The cards of the Red indicators, and with `ambers` of those Amber within two cases of Red."""
    reds = source.rated("red", codes)
    near = outlook_prose.within_reach(source.rated("amber", codes)) if ambers else []
    rows = source.explained([*reds, *near])
    sentences = [
        f"{result_prose.against_target(row)} {outlook_prose.would_be_red(row)}".strip()
        for row in rows
    ]
    if len(rows) > MOST:
        return [
            Card(row, sentence, answers=_answers(source, row))
            for row, sentence in zip(rows, sentences, strict=True)
        ]
    outlook = Outlook(source, rows)
    return [
        Card(
            row,
            sentence,
            _recent(row),
            _signal(source, row),
            _areas(source, row, outlook),
            _answers(source, row),
        )
        for row, sentence in zip(rows, sentences, strict=True)
    ]


def _recent(row: Record) -> Figure | None:
    """The result of the last three months, where the data period is longer and it is shown."""
    figure: Figure | None = row["r3m"]
    return figure if figure and figure.shown is not None else None


def _signal(source: Source, row: Record) -> Record | None:
    """The real change that a summary may speak of."""
    found = source.signals.by_code[row["code"]]
    real = variation.is_judged(found) and found["variation"] != "ordinary"
    return found if real else None


def _areas(source: Source, row: Record, outlook: Outlook) -> str:
    """Which areas differ by more than chance; nothing of what rests on estimates.

    Nothing either where all are on one side of the whole, as it has cases in no area: none of them
    stands out then.
    """
    areas = outlook.areas(row["code"]) if source.areas else []
    if outlook_prose.in_no_area(row, areas, len(source.areas)):
        return ""
    found = [
        each
        for each in areas
        if each["evidence"] == "evidence"
        and source.footnotes.doubtful.isdisjoint(
            [*row["latest"].provenance, *each["latest"].provenance]
        )
    ]
    return outlook_prose.standing_out(found)


def _answers(source: Source, row: Record) -> str:
    """The role of the person who is asked about an indicator."""
    found = source.responsible(row)
    return next((role for key in ANSWERS if (role := getattr(found, key))), "")
