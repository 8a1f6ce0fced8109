"""What the files of a table say below its columns: keys, parts of figures, where they come from."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from scorecard import display
from scorecard.report.datum import NUMBER, OWN, Datum
from scorecard.report.tables import Col, Table
from scorecard.report.withholding import withheld

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorecard.data_table import DataTable, Value
    from scorecard.figure import Figure
    from scorecard.report.cell import Record


def key(name: str, meaning: str, heading: str = "", unit: str = "") -> Datum:
    """A download column that carries a value of the record unchanged."""
    return Datum(name, meaning, given(name), heading, unit)


def given(field: str) -> Callable[[Record], Value]:
    """What a file says of a field: its value, or the sign that it is withheld."""

    def value(row: Record) -> Value:
        how = withheld(row, field)
        return how.sign if how else row[field]

    return value


def compared(
    name: str,
    meaning: str,
    field: str,
    write: Callable[[Record, Decimal], Decimal],
    unit: str = NUMBER,
) -> Datum:
    """A download column of what compares two figures, as `write` gives it."""

    def value(row: Record) -> Value:
        found = given(field)(row)
        return write(row, found) if isinstance(found, Decimal) else found

    return Datum(name, meaning, value, unit=unit, signed=True)


UNITS = {
    "precise": OWN, "target": OWN, "floor_standard": OWN, "num": NUMBER, "denom": NUMBER,
}  # fmt: skip
"""Part of a figure → its unit."""


def part(name: str, meaning: str, place: str, of: str = "precise", heading: str = "") -> Datum:
    """A download column of a part of the figure in `place`; empty where the record has none."""

    def value(row: Record) -> Value:
        return row[place].for_file(of) if row[place] else None

    return Datum(name, meaning, value, heading, UNITS.get(of, ""))


ROUNDED = "rounded as shown, with more decimals where only they show its rating"


UNIT_KEYS = (
    key("unit", "Slug of the unit, as in units.csv", "Unit's short name"),
    key("unit_name", "Name of the unit", "Unit"),
)
MEASURE = key("code", "Code of the measure", "Measure's short name")
SECTION = key("section", "Section of the scorecard", "Section")
PROVENANCE_MEANING = (
    "Where the figure comes from: the notes explain each word that needs it; + joins several"
)
OF_ONE = (
    key("unit", "Slug of the unit", "Unit's short name"),
    key("code", "Code of the indicator", "ID"),
)
"""What a file says of each row of a table that is of one unit and indicator."""
ADDED_UP = "added-up"
"""What a file calls a figure that is the sum of those of the units below."""
FINISHED = "finished"
"""What a file calls a result that was supplied without numerator and denominator."""
REVISED = "revised"
"""What a file calls a figure that differs from the one first published."""
POLARITY_MEANING = ", ".join(f"{each.sign} {each.word}" for each in display.POLARITIES.values())
PERIOD_MEANING = "Data period: " + ", ".join(
    f"{each.sign} {each.word}"
    for code, each in display.DATA_PERIODS.items()
    if code != display.SHORT_TERM
)
"""What a file says of polarities and data periods, which it gives by their signs."""


def provenance_of(field: str, place: str = "latest") -> Datum:
    """Where a figure comes from, as in `provenance.csv`; several are joined by a plus sign."""
    return Datum(
        f"{field}_provenance",
        PROVENANCE_MEANING,
        lambda row: " + ".join(_provenances(row[place])),
    )


def unrated(field: str, meaning: str, place: str) -> list[Datum]:
    """What a file has of a result without a rating: itself, whether there is one, its source."""
    return [
        part(field, meaning, place),
        part(f"{field}_status", "Whether there is one, and if not, why", place, "status"),
        provenance_of(field, place),
    ]


def _provenances(figure: Figure | None) -> list[str]:
    if figure is None:
        return []
    marks = {
        ADDED_UP: figure.added_up,
        FINISHED: figure.finished,
        REVISED: figure.revised,
    }
    return [*figure.provenance, *(word for word, carried in marks.items() if carried)]


def alone(
    name: str, caption: str, data: Sequence[Datum], rows: Sequence[Record], sheet: str, when: str
) -> DataTable:
    """A file of indicators' `rows` that no page shows as a table; `sheet` is its worksheet."""
    column = Col("", "", lambda row: NotImplemented, data=data)
    groups = [("", rows)]
    return Table(name, caption, [column], groups, keys=OF_ONE, sheet=sheet, when=when).data
