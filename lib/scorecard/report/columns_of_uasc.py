"""The columns of an indicator with and without UASC, and of the difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard import display
from scorecard.report import columns, in_files
from scorecard.report.cell import Cell
from scorecard.report.datum import POINTS, Datum
from scorecard.report.tables import Col
from scorecard.report.withholding import withheld

if TYPE_CHECKING:
    from decimal import Decimal

    from scorecard.data_table import Value
    from scorecard.report.cell import Record


def variance() -> Col:
    """Excluding minus including, with its sign."""

    def cell(row: Record) -> Cell:
        if row["variance"] is None:
            how = withheld(row, "variance")
            statuses = (row["including"].status, row["excluding"].status)
            status = next(each for each in statuses if each != "available")
            return columns.not_shown(how) if how else columns.missing(status)
        text = display.variance(row["variance"], int(row["variance_sign"]), row["format"])
        return Cell(text, aloud=display.aloud(text, row["format"]), marker=row["signs"])

    meaning = "Excluding minus including, of percentages in percentage points, on exact results"
    data = in_files.compared(
        "variance",
        f"{meaning}, rounded",
        "variance",
        _signed,
        POINTS,
    )
    way = Datum(
        "variance_direction",
        "Whether excluding is higher than including, lower or the same, on exact results",
        _way,
        "Variance: direction",
    )
    return Col("variance", "Variance", cell, data=[data, way])


def _signed(row: Record, value: Decimal) -> Decimal:
    """A variance as a page rounds it; one that rounds to zero keeps its minus sign."""
    return display.rounded(value, row["format"]).copy_sign(row["variance_sign"])


def _way(row: Record) -> Value:
    """Which way an exact variance goes, though the shown one may be zero."""
    how = withheld(row, "variance")
    if how or row["variance"] is None:
        return how.sign if how else None
    return {1: "higher", 0: "same", -1: "lower"}[int(row["variance_sign"])]


INCLUDING, EXCLUDING = "including UASC", "excluding UASC"


def including() -> Col:
    """The result of all children."""
    return columns.beside("including", "Including UASC", "all children", INCLUDING)


def excluding() -> Col:
    """The result of children other than UASC."""
    return columns.beside("excluding", "Excluding UASC", "children other than UASC", EXCLUDING)
