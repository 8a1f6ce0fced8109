"""What a panel shows of an indicator's outlook (`outlook.py`): words, small drawings, files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard import display
from scorecard.outputs import Fragment
from scorecard.report import (
    comparators,
    in_files,
    outlook_drawings,
    outlook_prose,
    result_prose,
)
from scorecard.report.datum import OWN, PERCENT, Datum, own_counts
from scorecard.report.outlook import Outlook, month_of
from scorecard.report.tables import render

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorecard.data_table import DataTable, Value
    from scorecard.report.cell import Record
    from scorecard.report.source import Source

Z_PLACES, LIMIT_PLACES = 2, 1
"""Decimals of a file: of z, and of the limits that it gives."""


def words(row: Record, outlook: Outlook) -> str:
    """The cases that moved, how far a Red result is from not Red, and results of comparators."""
    moved = result_prose.cases_moved(row)
    return render(
        "outlook_words.html.jinja",
        moved=moved,
        red=outlook_prose.out_of_red(row),
        comparators=_compared(row, outlook),
    )


def beside_comparators(row: Record, outlook: Outlook) -> str:
    """The results of comparators alone."""
    found = _compared(row, outlook)
    return render("outlook_words.html.jinja", moved="", red="", comparators=found)


def _compared(row: Record, outlook: Outlook) -> list[str]:
    return [comparators.compared(row, each) for each in outlook.comparators(row["code"])]


def months(row: Record, outlook: Outlook, *, drawn: bool) -> list[Fragment]:
    """The months behind a rolling figure, with small bars if `drawn`, and what comes next.

    Nothing for other figures.
    """
    code = row["code"]
    found, after = outlook.months(code), outlook.next(code)
    name = f"months-{code}"
    html = render(
        "outlook_months.html.jinja",
        name=name,
        hidden=outlook_prose.NOT_SHOWN if outlook.hides_months(code) else "",
        behind=outlook_prose.months_behind(row, found) if found and drawn else "",
        bars=outlook_drawings.bars(found, name) if found and drawn else "",
        after=outlook_prose.next_month(row, after) if after else "",
    )
    return [Fragment(html)] if html.strip() else []


def areas(row: Record, outlook: Outlook, side: Sequence[Record]) -> str:
    """Whether the areas of a percentage differ by more than chance; `side` are all of them."""
    found = outlook.areas(row["code"])
    if not found:
        return ""
    name = f"chance-{row['code']}"
    whole = f"{row['latest'].in_full} {row['unit_name']}"
    return render(
        "outlook_areas.html.jinja",
        name=name,
        sentences=[
            outlook_prose.areas_by_chance(found, len(side)),
            outlook_prose.in_no_area(row, found, len(side)),
        ],
        ranges=outlook_drawings.ranges(found, whole, name),
    )


def files(
    source: Source, rows: Sequence[Record], outlook: Outlook, *, areas: bool
) -> list[DataTable]:
    """The figures behind words and drawings, each in one file for all indicators of a page.

    Those of `areas` only where a page shows them.
    """
    tables = [
        file_of_months(source, rows, outlook),
        file_of_areas(source, rows if areas else (), outlook),
        file_of_comparators(source, rows, outlook),
    ]
    return [each for each in tables if each.rows]


def file_of_months(source: Source, rows: Sequence[Record], outlook: Outlook) -> DataTable:
    """The months behind rolling figures."""
    monthly = [
        {**each, "of": row["latest"]} for row in rows for each in outlook.months(row["code"])
    ]
    return _file(source, "months-behind", "The months behind rolling figures, ", _months(), monthly)


def file_of_areas(source: Source, rows: Sequence[Record], outlook: Outlook) -> DataTable:
    """The areas beside the whole, with the limits of what chance makes."""
    beside = [each for row in rows for each in outlook.areas(row["code"])]
    return _file(source, "funnel", "Areas and what chance would make, ", _areas(), beside)


def file_of_comparators(source: Source, rows: Sequence[Record], outlook: Outlook) -> DataTable:
    """The results of comparators."""
    found = [each for row in rows for each in outlook.comparators(row["code"])]
    return comparators.file(found, source.name, source.month.words)


def _file(
    source: Source, name: str, caption: str, data: Sequence[Datum], rows: Sequence[Record]
) -> DataTable:
    """A file of `rows`; its `caption` ends with the unit's name."""
    caption += source.name
    return in_files.alone(name, caption, data, rows, SHEETS[name], source.month.words)


SHEETS = {
    "months-behind": "Months of rolling figures",
    "funnel": "Areas and chance",
}
"""What worksheets are called."""


def _months() -> list[Datum]:
    """A month behind a rolling figure."""

    def count(part: str) -> Callable[[Record], Value]:
        def value(row: Record) -> Value:
            found = row[part]
            places = getattr(row["of"], f"{part}_places")
            return None if found is None else display.fixed(found, places)

        return value

    def result(row: Record) -> Value:
        shown = row["shown"]
        return None if shown is None else display.rounded(shown, row["of"].format)

    return [
        Datum("month", "Month", lambda row: str(month_of(row, "month")), "Month"),
        *own_counts(count),
        Datum(
            "result", "Result of the month by itself, rounded as shown", result,
            "Result of the month alone", OWN,
        ),
        Datum(
            "leaves", "yes where the month leaves the data period next month", _leaves,
            "Leaves the data period next month",
        ),
        in_files.key("provenance", "Where the figures come from", "Source"),
    ]  # fmt: skip


def _leaves(row: Record) -> Value:
    return "yes" if row["leaves"] else "no"


def _areas() -> list[Datum]:
    """An area beside the whole."""
    return [
        in_files.key("unit_name", "Name of the unit", "Unit"),
        in_files.part("result", f"Result, {in_files.ROUNDED}", "latest", heading="Result"),
        in_files.part("num", "Numerator over the data period", "latest", "num", "Numerator"),
        in_files.part(
            "denom", "Denominator over the data period", "latest", "denom", "Denominator"
        ),
        *beside_whole(),
    ]


def beside_whole() -> list[Datum]:
    """How far a part is from the whole, and what chance would make of it."""
    about = {
        "inner_from": "From here results are within 1.96 of the whole's",
        "inner_to": "Up to here results are within 1.96 of the whole's",
        "outer_from": "From here results are within 3.09 of the whole's",
        "outer_to": "Up to here results are within 3.09 of the whole's",
    }
    return [
        Datum("z", "Distance from the whole's result in standard errors", _fixed("z", Z_PLACES),
              "Distance from the whole", "standard errors"),
        in_files.key("evidence", "Evidence of a difference: none, some or evidence", "Evidence"),
        *(Datum(key, f"{words}, in %", _fixed(key, LIMIT_PLACES), words, PERCENT)
          for key, words in about.items()),
    ]  # fmt: skip


def _fixed(key: str, places: int) -> Callable[[Record], Value]:
    """What a file has of a value, with so many decimals; empty without one."""
    return lambda row: None if row[key] is None else display.fixed(row[key], places)
