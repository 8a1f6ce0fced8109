"""Columns of signals: variation and expected range, and the file of the months behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard import display
from scorecard.display import NOT_JUDGED, SIGNALS, VARIATIONS
from scorecard.report import columns, in_files, variation
from scorecard.report.cell import Cell
from scorecard.report.datum import OWN, Datum, own_counts
from scorecard.report.tables import Col

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scorecard.data_table import DataTable, Value
    from scorecard.report.cell import Record

OWN_PLACES = 4
"""The decimals of a month's own result in the file of the months."""
SHEET = "Months of expected ranges"
"""What its worksheet is called."""


def range_column(signals: Mapping[str, Record]) -> Col:
    """The range that ordinary variation keeps within; what is in a file is in `column`."""

    def cell(row: Record) -> Cell:
        signal = signals[row["code"]]
        if signal["how"]:
            return columns.not_shown(signal["how"])
        return Cell(variation.expected_range(signal) or "–", quiet=signal["mean"] is None)

    return Col("expected", "Expected range", cell)


def limit_months(rows: Sequence[Record], unit: str, when: str) -> DataTable:
    """The file of the months that limits rest on: each month's own result.

    `display.EXPECTED_RANGE` says how the limits are made of them.
    """

    def count(part: str) -> Callable[[Record], Value]:
        def value(row: Record) -> Value:
            found = row[part]
            return None if found is None else display.fixed(found, display.own_places(found))

        return value

    def own(row: Record) -> Value:
        if row["places"] is not None:
            return display.fixed(row["value"], row["places"])
        value = display.fixed(row["value"], OWN_PLACES)
        return display.fixed(value, display.own_places(value))

    def source(row: Record) -> Value:
        finished = [] if row["places"] is None else [in_files.FINISHED]
        return " + ".join(filter(None, [row["provenance"], *finished])) or None

    data = [
        Datum("month", "Month", lambda row: row["month"], "Month"),
        *own_counts(count),
        Datum(
            "own_month", "The month's own result, to four decimals", own,
            "Result of the month alone", OWN,
        ),
        Datum("provenance", "Where the figures come from", source, "Source"),
    ]  # fmt: skip
    caption = f"The months that expected ranges rest on, {unit}"
    return in_files.alone(variation.MONTHS_FILE, caption, data, rows, SHEET, when)


def column(signals: Mapping[str, Record], *, why: bool = False) -> Col:
    """What the latest monthly value of each indicator is beside those before.

    With `why`, a real change says what shows it.
    """

    def cell(row: Record) -> Cell:
        return _variation(signals[row["code"]], why=why)

    return Col("variation", "Variation", cell, numeric=False, data=_in_files(signals))


def _variation(signal: Record, *, why: bool) -> Cell:
    """What a signal is, in a word; `why` adds what shows it, where it is a real change."""
    if signal["how"]:
        return columns.not_shown(signal["how"])
    if signal["variation"] is None:
        reason = NOT_JUDGED[signal["status"]]
        note = f"Variation can't be judged: {reason.meaning}."
        return Cell(reason.sign, note=note, quiet=True)
    kind = signal["variation"]
    shows = f": {SIGNALS[signal['signal']]}" if why and kind != "ordinary" else ""
    return Cell(f"{VARIATIONS[kind].word}{shows}", variation=kind, marker=signal["marker"])


def _in_files(signals: Mapping[str, Record]) -> list[Datum]:
    """What a file has of each indicator's signal."""

    def given(read: Callable[[Record], Value]) -> Callable[[Record], Value]:
        def value(row: Record) -> Value:
            signal = signals[row["code"]]
            return signal["how"].sign if signal["how"] else read(signal)

        return value

    def figure(key: str) -> Callable[[Record], Value]:
        def read(signal: Record) -> Value:
            places: int | None = signal["range_places"]
            return None if places is None else display.fixed(signal[key], places)

        return given(read)

    kinds = f"{', '.join([*VARIATIONS][:-1])} or {[*VARIATIONS][-1]}"
    return [
        Datum("variation", f"Variation: {kinds}", given(lambda signal: signal["variation"])),
        Datum(
            "variation_status",
            "Whether variation can be judged, and if not, why",
            lambda row: signals[row["code"]]["status"],
        ),
        Datum(
            "own_month", "The month's own result, which is judged", figure("value"),
            "Result of the month alone", OWN,
        ),
        *variation.limits(figure),
        Datum(
            "variation_provenance",
            in_files.PROVENANCE_MEANING,
            given(lambda signal: " + ".join(signal["provenance"] or ())),
        ),
    ]  # fmt: skip
