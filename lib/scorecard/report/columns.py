"""The columns of the tables we publish: how a record of the store becomes cells and data.

Those of activity, and those that compare months, are in `columns_of_activity.py` and
`columns_over_time.py`.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from scorecard import display
from scorecard.report import prose
from scorecard.report.cell import Cell
from scorecard.report.datum import NUMBER, OWN, POINTS, Datum
from scorecard.report.tables import Col
from scorecard.report.withholding import withheld

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorecard.data_table import Value
    from scorecard.figure import Figure, Withheld
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


def datum(name: str, meaning: str, place: str, part: str = "precise", heading: str = "") -> Datum:
    """A download column of a part of the figure in `place`; empty where the record has none."""

    def value(row: Record) -> Value:
        return row[place].for_file(part) if row[place] else None

    return Datum(name, meaning, value, heading, UNITS.get(part, ""))


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
PERIOD_MEANING = (
    "Data period: SS snapshot, R12M rolling 12 months, YTD year to date, M in the month"
)


def code() -> Col:
    """The indicator's code, which numbers its row."""
    return Col(
        "code",
        "ID",
        lambda row: Cell(row["code"]),
        numeric=False,
        data=[key("code", "Code of the indicator, as in indicators.csv")],
    )


def name() -> Col:
    """The indicator's name, the header of its row."""
    data = [key("name", "Name of the indicator")]
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
        "unit", heading, _named("unit_name", _page_of), numeric=False, header=header, data=UNIT_KEYS
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
        data=[key("polarity", "H higher is better, L lower is better, T near the target")],
    )


def data_period() -> Col:
    """SS, R12M or YTD, in full for a screen reader."""

    def cell(row: Record) -> Cell:
        term = display.DATA_PERIODS[row["data_period"]]
        return Cell(term.sign, hidden=f": {term.word}")

    return Col(
        "data_period", "Data period", cell, numeric=False, data=[key("data_period", PERIOD_MEANING)]
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
        note = prose.near_threshold(f"{row['name']}{which(row)}", figure)
        return Cell(figure.rounded, rating=figure.rating, note=note, marker=figure.signs)

    in_files = heading if heading == "Result" else f"Result, {heading}"
    return Col(
        field,
        heading,
        cell,
        data=[
            datum(field, f"Result of {about}, {ROUNDED}", place, heading=in_files),
            datum(
                f"{field}_status",
                f"Whether there is a result of {about}, and if not, why",
                place,
                "status",
            ),
            datum(
                f"{field}_rating",
                f"Rating of {about}: green, amber, red or not-rated",
                place,
                "rating",
            ),
            provenance_of(field, place),
        ],
    )


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
        datum(field, meaning, place),
        datum(f"{field}_status", "Whether there is one, and if not, why", place, "status"),
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
            return Cell(text, marker=figure.count_marker)
        if figure.finished and not how:
            return no_count(figure)
        return not_shown(how) if how else Cell(hidden="not available")

    given = datum(field, f"{heading} over the data period", place, part)
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
    data = [datum(field, f"Target in force {when}", place, "target")]
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
    data = [datum("floor_standard", meaning, "latest", "floor_standard")]
    return Col("floor", "Floor standard", cell, set=True, data=data)


def variance() -> Col:
    """Excluding minus including, with its sign."""

    def cell(row: Record) -> Cell:
        if row["variance"] is None:
            how = withheld(row, "variance")
            statuses = (row["including"].status, row["excluding"].status)
            status = next(each for each in statuses if each != "available")
            return not_shown(how) if how else missing(status)
        text = display.variance(row["variance"], int(row["variance_sign"]), row["format"])
        return Cell(text, aloud=display.aloud(text, row["format"]), marker=row["marker"])

    meaning = "Excluding minus including, of percentages in percentage points, on exact results"
    data = compared(
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
    """A variance as a page rounds it, below nought too where it rounds to nought."""
    return display.rounded(value, row["format"]).copy_sign(row["variance_sign"])


def _way(row: Record) -> Value:
    """Which way a variance goes, though it may round to nought."""
    how = withheld(row, "variance")
    if how or row["variance"] is None:
        return how.sign if how else None
    return {1: "higher", 0: "same", -1: "lower"}[int(row["variance_sign"])]


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
    return _beside("other", unit_name, unit_name, unit_name)


INCLUDING, EXCLUDING = "including UASC", "excluding UASC"


def including() -> Col:
    """The result of all children."""
    return _beside("including", "Including UASC", "all children", INCLUDING)


def excluding() -> Col:
    """The result of children other than UASC."""
    return _beside("excluding", "Excluding UASC", "children other than UASC", EXCLUDING)


def _beside(place: str, heading: str, about: str, which: str) -> Col:
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
        datum(field, f"Result in {heading}, {ROUNDED}", place, heading=f"Result, {heading}"),
        datum(f"{field}_rating", f"Rating in {heading}", place, "rating"),
        provenance_of(field, place),
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


def cases_to_target() -> Col:
    """How many more or fewer cases would have met the target."""
    return _cases("target", "Cases to target", "would meet the target", better=True)


def cases_to_floor() -> Col:
    """How many more or fewer cases, and a Red result would not have been Red."""
    return _cases("floor", "Cases to leave Red", "would not be Red", better=True)


def cases_to_red() -> Col:
    """How many fewer or more cases, and a result would have been Red."""
    return _cases("red", "Cases to Red", "would be Red", better=False)


def _cases(end: str, heading: str, what: str, *, better: bool) -> Col:
    """So many of the cases that make a result better, or of those that make it worse."""
    field = f"cases_to_{end}"
    ways = {polarity: words[not better] for polarity, words in display.CASES.items()}

    def cell(row: Record) -> Cell:
        if row[field] is not None:
            return Cell(f"{row[field]} {ways[row['polarity']]}")
        if row["polarity"] not in ways:
            best = display.POLARITIES[row["polarity"]].word
            return Cell(f"{best[0].upper()}{best[1:]}", quiet=True)
        if row["latest"].finished:
            return no_count(row["latest"])
        whole = row["format"] in ("percent", "count") and not row["latest"].num_places
        return Cell("No number would do" if whole else "Not a count of cases", quiet=True)

    words = " or ".join(f"{way} ({polarity})" for polarity, way in ways.items())
    data = [key(field, f"Cases {words} that {what}", f"{heading}: {words}", NUMBER)]
    return Col(field, heading, cell, data=data)
