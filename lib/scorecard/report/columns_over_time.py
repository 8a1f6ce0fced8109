"""Columns that compare months: earlier results, the last three months, trends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard import display
from scorecard.report import columns
from scorecard.report.sparklines import sparkline
from scorecard.report.tables import Cell, Col, Datum

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard.report.tables import Record


def earlier(months: str, heading: str, group: str = "") -> Col:
    """An earlier result with the direction of travel since; `months` is `month` or `year`."""
    prefix = f"{months}_ago"

    def cell(row: Record) -> Cell:
        if row[f"{prefix}_shown"] is None:
            return columns.absent(row, f"{prefix}_shown", row[f"{prefix}_status"])
        field, places = _beside(row, prefix)
        return Cell(
            display.result(row[field], row["format"], places),
            direction=_arrow(row, prefix),
            marker=columns.marker(row, f"{prefix}_"),
        )

    return Col(
        prefix,
        heading,
        cell,
        group,
        data=[
            Datum(
                prefix,
                f"Result one {months} earlier, rounded as shown",
                lambda row: columns.written(*_beside(row, prefix))(row),
            ),
            Datum(
                f"{prefix}_status",
                "Whether there is a comparable result, and if not, why",
                lambda row: row[f"{prefix}_status"],
            ),
            Datum(
                f"{prefix}_direction",
                "Direction of travel since: better, worse or same",
                columns.given(f"{prefix}_direction"),
            ),
            columns.provenance_of(prefix, f"{prefix}_"),
        ],
    )


def _beside(row: Record, prefix: str) -> tuple[str, int]:
    """The field that holds an earlier result, and its decimals: as usual.

    Beside a result that looks the same, and has a note with more decimals, it has as many.
    """
    if row[f"{prefix}_shown"] == row["shown"] != row["precise"]:
        return f"{prefix}_result", row["places"]
    return f"{prefix}_shown", display.usual_places(row["format"])


def _arrow(row: Record, prefix: str) -> str | None:
    """The direction of travel since an earlier result; as near the target is not the same."""
    direction: str | None = row[f"{prefix}_direction"]
    moved = row["polarity"] == "T" and row["shown"] != row[f"{prefix}_shown"]
    return display.AS_NEAR if direction == "same" and moved else direction


def short_term(group: str = "") -> Col:
    """The rolling three months, for indicators that have them; a dash for the others."""
    rated = columns.result(
        group,
        prefix="r3m_",
        field="r3m",
        heading="Rolling 3 months",
        which=lambda row: ", rolling 3 months",
        about="the last three months",
    )

    def cell(row: Record) -> Cell:
        if row["r3m_status"] is None:
            return Cell("-", hidden=" not used for this data period", quiet=True)
        return rated.cell(row)

    return Col(rated.field, rated.heading, cell, group, data=rated.data)


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

    def cell(row: Record) -> Cell:
        if row["shown"] is None:
            return columns.absent(row, "shown", row["status"])
        return Cell(
            display.in_full(row),
            rating=row["rating"],
            marker=columns.marker(row, ""),
        )

    return Col(
        "result",
        heading,
        cell,
        data=[
            columns.in_full("result", f"Result, {columns.ROUNDED}", ""),
            Datum(
                "status", "Whether there is a result, and if not, why", lambda row: row["status"]
            ),
            Datum("rating", "Rating against the target then in force", columns.given("rating")),
            columns.provenance_of("result", ""),
        ],
    )
