"""The columns of the tables we publish: how a record of the store becomes cells and data.

Those of activity, of cases, of UASC and of variation, and those that compare months, have modules
of their own: `columns_…`. What files say below a column is in `in_files.py`.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from scorecard import display
from scorecard.report import bandings, in_files
from scorecard.report.cell import Cell
from scorecard.report.tables import Col

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorecard.figure import Figure, Withheld
    from scorecard.report.cell import Record


def code() -> Col:
    """The indicator's code, which numbers its row."""
    return Col(
        "code",
        "ID",
        lambda row: Cell(row["code"]),
        numeric=False,
        data=[in_files.key("code", "Code of the indicator, as in indicators.csv")],
    )


def name() -> Col:
    """The indicator's name, the header of its row."""
    data = [in_files.key("name", "Name of the indicator")]
    return Col(
        "name", "Indicator", _named("name", _report_of), numeric=False, header=True, data=data
    )


def _report_of(row: Record) -> str:
    """Where the name of an indicator links to."""
    return str(row["code"])


def _page_of(row: Record) -> str:
    """Where the name of a unit links to: its page, and there the indicator of the row."""
    return f"{row.get('code') or ''}@{row['unit']}"


def unit(heading: str = "Unit", *, header: bool = True) -> Col:
    """The unit's name, the header of its row unless something else is."""
    return Col(
        "unit",
        heading,
        _named("unit_name", _page_of),
        numeric=False,
        header=header,
        data=in_files.UNIT_KEYS,
    )


def _named(field: str, to: Callable[[Record], str]) -> Callable[[Record], Cell]:
    """A cell of a name, which links to what there is of it."""
    return lambda row: Cell(row[field], to=to(row))


def polarity() -> Col:
    """H, L or T, in full for a screen reader."""

    def cell(row: Record) -> Cell:
        term = display.POLARITIES[row["polarity"]]
        return Cell(term.sign, hidden=f": {term.word}")

    return Col(
        "polarity",
        "Polarity",
        cell,
        numeric=False,
        data=[in_files.key("polarity", in_files.POLARITY_MEANING)],
    )


def data_period() -> Col:
    """SS, R12M or YTD, in full for a screen reader."""

    def cell(row: Record) -> Cell:
        term = display.DATA_PERIODS[row["data_period"]]
        return Cell(term.sign, hidden=f": {term.word}")

    return Col(
        "data_period",
        "Data period",
        cell,
        numeric=False,
        data=[in_files.key("data_period", in_files.PERIOD_MEANING)],
    )


def result(
    *,
    place: str = "latest",
    field: str = "result",
    heading: str = "Result",
    about: str = "the reporting month",
    which: Callable[[Record], str] = lambda row: "",
) -> Col:
    """A rated result: the figure that the record has in `place`, or a dash where it has none.

    A note explains a result that rounds onto a threshold and so seems to have another rating;
    `which` says there, after the indicator's name, which of its results it is. A file has such a
    result with more decimals.
    """

    def cell(row: Record) -> Cell:
        figure: Figure | None = row[place]
        if figure is None:
            return Cell("-", hidden=" not used for this data period", quiet=True)
        if figure.shown is None:
            return absent(figure)
        note = bandings.near_threshold(f"{row['name']}{which(row)}", figure)
        return Cell(figure.rounded, rating=figure.rating, note=note, marker=figure.signs)

    named = heading if heading == "Result" else f"Result, {heading}"
    return Col(
        field,
        heading,
        cell,
        data=[
            in_files.part(field, f"Result of {about}, {in_files.ROUNDED}", place, heading=named),
            in_files.part(
                f"{field}_status",
                f"Whether there is a result of {about}, and if not, why",
                place,
                "status",
            ),
            in_files.part(
                f"{field}_rating",
                f"Rating of {about}: green, amber, red or not-rated",
                place,
                "rating",
            ),
            in_files.provenance_of(field, place),
        ],
    )


def numerator(
    of: str = "", *, place: str = "latest", field: str = "num", counts: bool = False
) -> Col:
    """A numerator with its indicator's decimals; `of` says in its heading of which result.

    A count's numerator is its result, so it is shown only where `counts` asks for it.
    """
    return _count("num", "Numerator", place, field, of, counts=counts)


def denominator(of: str = "", *, place: str = "latest", field: str = "denom") -> Col:
    """A denominator with its indicator's decimals; empty for a count, which has none."""
    return _count("denom", "Denominator", place, field, of)


def _count(
    part: str, heading: str, place: str, field: str, of: str, *, counts: bool = False
) -> Col:
    """The `num` or `denom` of a result."""

    def is_result(row: Record) -> bool:
        return row["format"] == "count" and not counts

    def cell(row: Record) -> Cell:
        if is_result(row):
            return Cell(hidden="none: the result is a count")
        figure: Figure | None = row[place]
        if figure is None:
            return Cell("-", hidden=" not used for this data period", quiet=True)
        text, how = figure.count(part), figure.withheld(part)
        if text:
            return Cell(text, marker=figure.count_signs)
        if figure.finished and not how:
            return no_count(figure)
        return not_shown(how) if how else Cell(hidden="not available")

    given = in_files.part(field, f"{heading} over the data period", place, part)
    data = replace(given, value=lambda row: None if is_result(row) else given.value(row))
    return Col(field, _of(heading, of), cell, data=[data])


def _of(heading: str, of: str) -> str:
    """A heading that says of which of several results its column is."""
    return ", ".join(filter(None, (heading, of)))


def target(of: str = "", *, place: str = "latest", field: str = "target") -> Col:
    """The target that the figure in `place` is rated against."""

    def cell(row: Record) -> Cell:
        figure: Figure = row[place]
        text = display.threshold(figure.target, row["format"])
        return Cell(text) if text else Cell("none", quiet=True)

    when = "that month" if field == "target" else "in the previous report"
    data = [in_files.part(field, f"Target in force {when}", place, "target")]
    return Col(field, _of("Target", of), cell, set=True, data=data)


def floor() -> Col:
    """The floor standard in force; a T indicator has distances instead, shown as a band."""

    def cell(row: Record) -> Cell:
        figure: Figure = row["latest"]
        if figure.floor_standard is not None:
            return Cell(display.threshold(figure.floor_standard, row["format"]))
        if figure.amber_within is None:
            return Cell("none", quiet=True)
        low, high = figure.band
        ends = (Decimal(0) if low is None else low, Decimal(100) if high is None else high)
        return Cell(" to ".join(display.threshold(end, row["format"]) for end in ends))

    meaning = "Floor standard in force that month"
    data = [in_files.part("floor_standard", meaning, "latest", "floor_standard")]
    return Col("floor", "Floor standard", cell, set=True, data=data)


def absent(figure: Figure) -> Cell:
    """The cell of a result that is not there, because there is none or because it is withheld."""
    how = figure.withheld()
    if how:
        return not_shown(how)
    # A published result that no longer exists counts as revised, so it keeps its marker.
    return replace(missing(figure.status), marker=figure.revised_marker)


def no_count(figure: Figure) -> Cell:
    """The cell of a numerator that is not there, likewise."""
    how = figure.withheld("num")
    if how:
        return not_shown(how)
    if figure.finished:
        words = f" {display.FINISHED.word}"
        return Cell(display.FINISHED.sign, hidden=words, quiet=True)
    return missing(figure.status if figure.status in display.STATED else "not-available")


def not_shown(how: Withheld) -> Cell:
    """The cell of a figure that is withheld."""
    return Cell(how.sign, hidden=f" {how.words}", quiet=True)


def missing(status: str) -> Cell:
    """The cell of a result that is not there: the reason in words, never a blank."""
    term = display.STATUSES[status]
    return Cell(term.sign, hidden=f" {term.word}" if status in display.STATED else "", quiet=True)


def other_result(unit_name: str) -> Col:
    """The result of the same indicator in another unit (`scorecard.with_other`)."""
    return beside("other", unit_name, unit_name, unit_name)


def beside(place: str, heading: str, about: str, which: str) -> Col:
    """One of several results of an indicator; `which` names it in a note."""
    return result(
        place=place,
        field=f"{place}_result",
        heading=heading,
        about=about,
        which=lambda row: f", {which}",
    )


def result_in_full(field: str, heading: str, place: str) -> Col:
    """A rated result with as many decimals as it takes to see its rating."""
    data = [
        in_files.part(
            field, f"Result in {heading}, {in_files.ROUNDED}", place, heading=f"Result, {heading}"
        ),
        in_files.part(f"{field}_rating", f"Rating in {heading}", place, "rating"),
        in_files.provenance_of(field, place),
    ]
    return Col(field, heading, in_full(place), data=data)


def in_full(place: str) -> Callable[[Record], Cell]:
    """The cell of a rated result with as many decimals as it takes to see its rating."""

    def cell(row: Record) -> Cell:
        figure: Figure = row[place]
        if figure.shown is None:
            return absent(figure)
        return Cell(figure.in_full, rating=figure.rating, marker=figure.signs)

    return cell
