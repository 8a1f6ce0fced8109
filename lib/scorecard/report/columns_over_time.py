"""Columns that compare months: earlier results, the last three months, trends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard import display
from scorecard.report import columns
from scorecard.report.sparklines import sparkline
from scorecard.report.tables import Cell, Col, Datum

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard.figure import Figure
    from scorecard.report.tables import Record


EARLIER = {
    "month_ago": "one month earlier",
    "year_ago": "one year earlier",
    "previous": "of the previous report",
}
"""An earlier figure of a record → what a file says of it."""


def earlier(place: str, heading: str, group: str = "") -> Col:
    """An earlier result with the direction of travel since; `place` is one of `EARLIER`."""

    def cell(row: Record) -> Cell:
        figure: Figure = row[place]
        if figure.shown is None:
            return columns.absent(figure)
        field, places = _beside(row["latest"], figure, row["format"])
        return Cell(
            display.result(getattr(figure, field), row["format"], places),
            direction=_arrow(row, figure),
            marker=figure.signs,
        )

    return Col(
        place,
        heading,
        cell,
        group,
        data=[
            Datum(
                place,
                f"Result {EARLIER[place]}, rounded as shown",
                lambda row: row[place].for_file(*_beside(row["latest"], row[place], row["format"])),
            ),
            columns.datum(
                f"{place}_status",
                "Whether there is a comparable result, and if not, why",
                place,
                "status",
            ),
            columns.datum(
                f"{place}_direction",
                "Direction of travel since: better, worse or same",
                place,
                "direction",
            ),
            columns.provenance_of(place, place),
        ],
    )


def _beside(latest: Figure, earlier: Figure, form: str) -> tuple[str, int | None]:
    """The part that holds an earlier result, and its decimals: as usual.

    Beside a result that looks the same, and has a note with more decimals, it has as many.
    """
    if earlier.shown == latest.shown != latest.precise:
        return "result", latest.places
    return "shown", display.usual_places(form)


def _arrow(row: Record, earlier: Figure) -> str | None:
    """The direction of travel since an earlier result; as near the target is not the same."""
    moved = row["polarity"] == "T" and row["latest"].shown != earlier.shown
    return display.AS_NEAR if earlier.direction == "same" and moved else earlier.direction


def short_term(group: str = "") -> Col:
    """The rolling three months, for indicators that have them; a dash for the others."""
    return columns.result(
        group,
        place="r3m",
        field="r3m",
        heading="Rolling 3 months",
        which=lambda row: ", rolling 3 months",
        about="the last three months",
    )


def trend_line(trends: Mapping[Any, Sequence[Record]], group: str = "") -> Col:
    """A sparkline of each trend; `trends` maps (unit, code) to records, oldest first."""
    months = max((len(rows) for rows in trends.values()), default=0)
    return Col(
        "trend",
        f"Last {months} months" if months > 1 else "Trend",
        lambda row: Cell(html=sparkline(trends[row["unit"], row["code"]])),
        group,
        numeric=False,
    )


def month() -> Col:
    """The reporting month of a trend, the header of its row."""
    return Col(
        "month",
        "Month",
        lambda row: Cell(row["month_words"]),
        numeric=False,
        header=True,
        data=[columns.key("month", "Reporting month, YYYY-MM")],
    )


def trend_result(heading: str = "Result") -> Col:
    """A month's result with as many decimals as it takes to see its rating."""
    data = [
        columns.datum("result", f"Result, {columns.ROUNDED}", "latest"),
        columns.datum("status", "Whether there is a result, and if not, why", "latest", "status"),
        columns.datum("rating", "Rating against the target then in force", "latest", "rating"),
        columns.provenance_of("result"),
    ]
    return Col("result", heading, columns.in_full("latest"), data=data)
