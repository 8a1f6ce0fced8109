"""Columns that compare months: earlier results, the last three months, trends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorecard import display
from scorecard.months import Month
from scorecard.report import columns, in_files
from scorecard.report.cell import Cell
from scorecard.report.datum import OWN, Datum
from scorecard.report.sparklines import sparkline
from scorecard.report.tables import Col

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scorecard.data_table import Value
    from scorecard.figure import Figure
    from scorecard.report.cell import Record


EARLIER = {
    "month_ago": "one month earlier",
    "year_ago": "one year earlier",
    "previous": "of the previous report",
}
"""An earlier figure of a record → what a file says of it."""


def earlier(place: str, heading: str) -> Col:
    """An earlier result with the direction of travel since; `place` is one of `EARLIER`."""

    def cell(row: Record) -> Cell:
        figure: Figure = row[place]
        if figure.shown is None:
            return columns.absent(figure)
        field, places = _beside(row["latest"], figure)
        return Cell(
            display.result(getattr(figure, field), row["format"], places),
            direction=arrow(row, figure),
            marker=figure.signs,
        )

    return Col(
        place,
        heading,
        cell,
        data=[
            Datum(
                place,
                f"Result {EARLIER[place]}, rounded as shown",
                lambda row: row[place].for_file(*_beside(row["latest"], row[place])),
                f"Result {EARLIER[place]}",
                OWN,
            ),
            in_files.part(
                f"{place}_status",
                "Whether there is a comparable result, and if not, why",
                place,
                "status",
            ),
            in_files.part(
                f"{place}_direction",
                "Direction of travel since: better, worse or same",
                place,
                "direction",
            ),
            in_files.provenance_of(place, place),
        ],
    )


def _beside(latest: Figure, earlier: Figure) -> tuple[str, int | None]:
    """The part that holds an earlier result, and its decimals, which are the usual ones.

    Where the latest result rounds to the same and a note shows it with more decimals, the earlier
    one has as many.
    """
    if earlier.shown == latest.shown != latest.precise:
        return "result", latest.places
    return "shown", earlier.shown_places


def arrow(row: Record, earlier: Figure) -> str | None:
    """The direction of travel since an earlier result; as near the target is not the same."""
    moved = display.is_near(row["polarity"]) and row["latest"].shown != earlier.shown
    return display.AS_NEAR if earlier.direction == "same" and moved else earlier.direction


def short_term() -> Col:
    """The rolling three months, for indicators that have them; a dash for the others."""
    return columns.result(
        place="r3m",
        field="r3m",
        heading="Rolling 3 months",
        which=lambda row: ", rolling 3 months",
        about="the last three months",
    )


def lasting() -> list[Datum]:
    """What a file says of how long a result moves one way, and has its rating."""

    def of(part: str) -> Callable[[Record], Value]:
        def value(row: Record) -> Value:
            found = getattr(row["streak"], part)
            return str(found) if isinstance(found, Month) else found

        return value

    def was(row: Record) -> Value:
        known = row["streak"]
        if known.was is None:
            return None
        return display.rounded(known.was, row["format"], known.was_places)

    known = "; empty where that rests on estimates or small numbers, or is not known"
    return [
        Datum("moving", f"{WAYS}{known}", of("direction"), "Moves the same way"),
        Datum(
            "moving_months",
            "For how many months",
            lambda row: of("months")(row) or None,
            "Moves the same way for",
            "months",
        ),
        Datum(
            "moving_from", "The month before them, YYYY-MM", of("since"), "Month before it moved"
        ),
        Datum(
            "moving_from_result", "Its result, rounded as shown", was,
            "Result of the month before it moved", OWN,
        ),
        Datum(
            "rated_since", f"First month with its rating, YYYY-MM{known}", of("rated_since"),
            "Rated so since",
        ),
    ]  # fmt: skip


WAYS = "Which way the result moves as displayed, for three months or more: better, worse or same"
"""What a file says that a movement is."""


def trend_line(trends: Mapping[Any, Sequence[Record]], data: Sequence[Datum] = ()) -> Col:
    """A sparkline of each trend; `trends` maps (unit, code) to records, oldest first.

    `data` is what a file has in its place.
    """
    months = max((len(rows) for rows in trends.values()), default=0)
    return Col(
        "trend",
        f"Last {months} months" if months > 1 else "Trend",
        lambda row: Cell(html=sparkline(trends[row["unit"], row["code"]])),
        numeric=False,
        data=data,
    )


def month() -> Col:
    """The reporting month of a trend, the header of its row."""
    return Col(
        "month",
        "Month",
        lambda row: Cell(row["month_words"]),
        numeric=False,
        header=True,
        data=[in_files.key("month", "Reporting month, YYYY-MM")],
    )


def trend_result(heading: str = "Result") -> Col:
    """A month's result with as many decimals as it takes to see its rating.

    A month without a target has no rating, which the column of targets beside it says.
    """
    in_full = columns.in_full("latest")

    def cell(row: Record) -> Cell:
        made = in_full(row)
        return replace(made, rating=None) if row["latest"].target is None else made

    data = [
        in_files.part("result", f"Result, {in_files.ROUNDED}", "latest"),
        in_files.part("status", "Whether there is a result, and if not, why", "latest", "status"),
        in_files.part("rating", "Rating against the target then in force", "latest", "rating"),
        in_files.provenance_of("result"),
    ]
    return Col("result", heading, cell, data=data)
