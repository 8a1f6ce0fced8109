"""What was added to the scorecard, amended and retired since the previous report, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.display import listed
from scorecard.months import Month
from scorecard.outputs import Fragment, Nothing
from scorecard.report import columns, in_files
from scorecard.report.cell import Cell
from scorecard.report.datum import Datum
from scorecard.report.tables import Col, Table, grouped, shown
from scorecard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.report.cell import Record
    from scorecard.report.source import Source

CHANGES = ("added", "amended", "retired")
"""What can happen to an indicator, in the order of a sentence."""


def changes(source: Source, codes: Sequence[str]) -> Fragment | Nothing:
    """A sentence that counts the changes, and a table of them with their reasons."""
    sentence, found = described(source, codes)
    return shown(found, before=sentence) if found else Nothing(sentence)


def described(source: Source, codes: Sequence[str]) -> tuple[str, Table | None]:
    """The same as a sentence, and as a table where there are changes."""
    rows, of = changed(source, codes), source.of_selection(codes)
    if not rows:
        return unchanged(source.previous, of), None
    return changes_counted(rows, source.previous, of), table(source, rows)


def unchanged(previous: Month, of: str = "") -> str:
    """That nothing has changed since the previous report.

    `of` is what the indicators are of, where they are not all (`prose.of_selection`).
    """
    changed = "has been added, amended or retired"
    return f"No indicator{of} {changed} since {previous.words}."


def changed(source: Source, codes: Sequence[str]) -> list[Record]:
    """The records of the catalogue_changes macro, of `codes` if there are any, with words."""
    found = source.records.catalogue_changes(source.month, source.previous)
    return [
        {**row, "month": str(month), "happened": f"{row['change'].capitalize()} in {month.words}"}
        for row in found
        if not codes or row["code"] in codes
        for month in [Month.of(row["month"])]
    ]


def table(source: Source, rows: Sequence[Record]) -> Table:
    """What changed, with the reasons; `rows` as in `changed`."""
    return Table(
        "catalogue-changes",
        f"Changes to the scorecard since {source.previous.words}",
        [columns.code(), columns.name(), _reason()],
        grouped(rows, "happened"),
        keys=[
            Datum("change", "What happened: added, amended or retired", _what, "Change"),
            Datum("from", "First reporting month of which it is so", _month, "From"),
        ],
        sheet="Changes to the scorecard",
    )


def changes_counted(rows: Sequence[Record], previous: Month, of: str = "") -> str:
    """Count the changes: `Since March 2016, 3 indicators were added and 6 amended.`.

    `rows` are records of the catalogue_changes macro, and there is one at least; `of` as in
    `unchanged`.
    """
    kinds = {"indicator" if row["polarity"] else "activity measure" for row in rows}
    one, many = (
        " or ".join(sorted(kinds)[::-1]),
        " and ".join(f"{kind}s" for kind in sorted(kinds)[::-1]),
    )
    parts: list[str] = []
    for change in CHANGES:
        number = sum(row["change"] == change for row in rows)
        if number and parts:
            parts.append(f"{number} {change}")
        elif number:
            parts.append(
                f"{counted(number, one, many)}{of} {'was' if number == 1 else 'were'} {change}"
            )
    return f"Since {previous.words}, {listed(parts)}."


def change_reason(row: Record) -> str:
    """Why a record of the catalogue_changes macro changed, and what that means for its results."""
    given = row["reason"]
    sentences = [given if given[-1] in ".!?" else f"{given}."]
    if row["replaced_by_name"]:
        sentences.append(f"{row['replaced_by_name']} ({row['replaced_by']}) takes its place.")
    if row["change"] == "amended":
        sentences.append(
            "Earlier results are counted by the new definition too."
            if row["recounted"]
            else "Earlier results are not comparable."
        )
        if row["over_months"] and not row["recounted"]:
            sentences.append(
                "A result over several months is not available until each of its months is "
                "counted by the new definition."
            )
    return " ".join(sentences)


def _what(row: Record) -> str:
    return str(row["change"])


def _month(row: Record) -> str:
    return str(row["month"])


def _reason() -> Col:
    """Why, in a sentence or two."""
    return Col(
        "reason",
        "Reason",
        lambda row: Cell(change_reason(row)),
        numeric=False,
        data=[
            Datum("reason", "Why, and what it means for the results", change_reason),
            in_files.key(
                "replaced_by", "Code of the indicator that takes its place", "Replaced by"
            ),
        ],
    )
