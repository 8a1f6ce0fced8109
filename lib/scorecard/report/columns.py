"""The columns of the tables we publish: how a record of the store becomes cells and data.

Those of activity, and those that compare months, stand in `columns_of_activity.py` and
`columns_over_time.py`.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from markupsafe import Markup

from scorecard import display
from scorecard.report import prose
from scorecard.report.tables import Cell, Col, Datum
from scorecard.report.withholding import withheld

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorecard.outputs import Value
    from scorecard.report.tables import Record
    from scorecard.report.withholding import Withheld


def key(name: str, meaning: str) -> Datum:
    """A download column that carries a value of the record as it stands."""
    return Datum(name, meaning, given(name))


def given(field: str) -> Callable[[Record], Value]:
    """What a file says of a field: its value, or the sign that it is withheld."""

    def value(row: Record) -> Value:
        said = withheld(row, field)
        return said.sign if said else row[field]

    return value


def exactly(field: str, places: str) -> Callable[[Record], Value]:
    """What a file says of a figure: with the decimals that the record gives in `places`."""
    return _written(field, lambda row, value: display.fixed(value, row[places]))


def written(field: str, places: int) -> Callable[[Record], Value]:
    """What a file says of a figure: with so many decimals."""
    return _written(field, lambda row, value: display.fixed(value, places))


def rounded(field: str) -> Callable[[Record], Value]:
    """What a file says of a result: as the page shows it."""
    return _written(field, lambda row, value: display.rounded(value, row["format"]))


ROUNDED = "rounded as shown, with more decimals where only they show its rating"


def in_full(name: str, meaning: str, prefix: str) -> Datum:
    """A download column of a rated result, with the decimals that show its rating."""
    return Datum(name, meaning, exactly(f"{prefix}precise", f"{prefix}places"))


def threshold(field: str) -> Callable[[Record], Value]:
    """What a file says of a target or floor: as the page shows it."""
    return _written(field, lambda row, value: display.threshold_set(value, row["format"]))


def _written(field: str, write: Callable[[Record, Decimal], Decimal]) -> Callable[[Record], Value]:
    """A figure of the record as `write` gives it, the sign that it is withheld, or nothing."""

    def value(row: Record) -> Value:
        found = given(field)(row)
        return write(row, found) if isinstance(found, Decimal) else found

    return value


UNIT_KEYS = (
    key("unit", "Slug of the unit, as in units.csv"),
    key("unit_name", "Name of the unit"),
)
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
    """The indicator's name, the header of its row, with the abbreviations it uses first."""
    data = [key("name", "Name of the indicator")]
    return Col("name", "Indicator", _named("name"), numeric=False, header=True, data=data)


def unit(heading: str = "Unit", *, header: bool = True) -> Col:
    """The unit's name, the header of its row unless something else is."""
    return Col("unit", heading, _named("unit_name"), numeric=False, header=header, data=UNIT_KEYS)


def _named(field: str) -> Callable[[Record], Cell]:
    """A cell of a name with the abbreviations that it uses first (`abbreviations.py`)."""

    def cell(row: Record) -> Cell:
        expansions = Markup("").join(
            Markup(' <span class="expansion">{}: {}.</span>').format(short, term)
            for short, term in row.get(f"{field}_first_uses", ())
        )
        return Cell(row[field], html=expansions)

    return cell


def polarity() -> Col:
    """H, L or T, said in full to a screen reader."""

    def cell(row: Record) -> Cell:
        said = display.POLARITIES[row["polarity"]]
        return Cell(said.sign, hidden=f": {said.word}")

    return Col(
        "polarity",
        "Polarity",
        cell,
        numeric=False,
        data=[key("polarity", "H higher is better, L lower is better, T near the target")],
    )


def data_period() -> Col:
    """SS, R12M or YTD, said in full to a screen reader."""

    def cell(row: Record) -> Cell:
        said = display.DATA_PERIODS[row["data_period"]]
        return Cell(said.sign, hidden=f": {said.word}")

    return Col(
        "data_period", "Data period", cell, numeric=False, data=[key("data_period", PERIOD_MEANING)]
    )


def result(
    group: str = "",
    *,
    prefix: str = "",
    field: str = "result",
    heading: str = "Result",
    about: str = "the reporting month",
    which: Callable[[Record], str] = lambda row: "",
) -> Col:
    """A rated result. `prefix` names the record's keys: `including_`, `r3m_`, `other_` or none.

    A note explains a result that rounds onto a threshold and so seems to have another rating;
    `which` says there, after the indicator's name, which of its results it is. A file has such a
    result with more decimals.
    """

    def cell(row: Record) -> Cell:
        if row[f"{prefix}shown"] is None:
            return absent(row, f"{prefix}shown", row[f"{prefix}status"])
        return Cell(
            display.result(row[f"{prefix}shown"], row["format"]),
            rating=row[f"{prefix}rating"],
            note=prose.near_threshold(row, prefix, which(row)),
            marker=marker(row, prefix),
        )

    return Col(
        field,
        heading,
        cell,
        group,
        data=[
            in_full(field, f"Result of {about}, {ROUNDED}", prefix),
            Datum(
                f"{field}_status",
                f"Whether there is a result of {about}, and if not, why",
                lambda row: row[f"{prefix}status"],
            ),
            Datum(
                f"{field}_rating",
                f"Rating of {about}: green, amber, red or not-rated",
                given(f"{prefix}rating"),
            ),
            provenance_of(field, prefix),
        ],
    )


def provenance_of(field: str, prefix: str) -> Datum:
    """Where a figure comes from, as in `provenance.csv`; several are joined by a plus sign."""
    source = f"{prefix}provenance"
    return Datum(
        f"{field}_provenance",
        "Where the figure comes from: the notes explain each word that needs it; + joins several",
        lambda row: " + ".join([*(row.get(source) or ()), *_revised(row, source)]),
    )


def _revised(row: Record, source: str) -> list[str]:
    return [REVISED] if row.get(source.replace("provenance", "revised")) else []


def marker(row: Record, prefix: str, kind: str = "marker") -> str:
    """The marker of a result or, as `count_marker`, of its counts."""
    return row.get(f"{prefix}{kind}") or ""


def numerator(
    group: str = "", *, prefix: str = "", field: str = "num", counts: bool = False
) -> Col:
    """A numerator with its indicator's decimals.

    A count's numerator is its result, so it stands only where `counts` asks for it.
    """
    return _count("num", "Numerator", prefix, field, group, counts=counts)


def denominator(group: str = "", *, prefix: str = "", field: str = "denom") -> Col:
    """A denominator with its indicator's decimals; empty for a count, which has none."""
    return _count("denom", "Denominator", prefix, field, group)


def _count(
    part: str, heading: str, prefix: str, field: str, group: str, *, counts: bool = False
) -> Col:
    """The `num` or `denom` of a result."""
    source = f"{prefix}{part}"

    def cell(row: Record) -> Cell:
        if row["format"] == "count" and not counts:
            return Cell(hidden="none: the result is a count")
        if row[source] is None:
            said = withheld(row, source)
            return not_shown(said) if said else Cell(hidden="not available")
        mark = marker(row, prefix, "count_marker")
        return Cell(display.figure(row[source], row[f"{part}_places"]), marker=mark)

    def value(row: Record) -> Value:
        if row["format"] == "count" and not counts:
            return None
        return exactly(source, f"{part}_places")(row)

    meaning = f"{heading} over the data period"
    return Col(field, heading, cell, group, data=[Datum(field, meaning, value)])


def target(group: str = "", heading: str = "Target", field: str = "target") -> Col:
    """The target in force in the month; as `month_ago_target` the one a month earlier."""

    def cell(row: Record) -> Cell:
        if row[field] is None:
            return Cell("No target held", quiet=True)
        return Cell(display.threshold(row[field], row["format"]))

    when = "that month" if field == "target" else "a month earlier"
    return Col(
        field,
        heading,
        cell,
        group,
        data=[Datum(field, f"Target in force {when}", threshold(field))],
    )


def floor(group: str = "", heading: str = "Floor standard") -> Col:
    """The floor standard in force; a T indicator has distances instead, said as a band."""

    def cell(row: Record) -> Cell:
        if row["floor_standard"] is not None:
            return Cell(display.threshold(row["floor_standard"], row["format"]))
        if row["amber_within"] is None:
            return Cell("No floor held", quiet=True)
        low, high = display.band(row)
        ends = (Decimal(0) if low is None else low, Decimal(100) if high is None else high)
        return Cell(" to ".join(display.threshold(end, row["format"]) for end in ends))

    return Col(
        "floor",
        heading,
        cell,
        group,
        data=[
            Datum(
                "floor_standard", "Floor standard in force that month", threshold("floor_standard")
            )
        ],
    )


def variance() -> Col:
    """Excluding minus including, with its sign."""

    def cell(row: Record) -> Cell:
        if row["variance"] is None:
            missed = [row[f"{cohort}_status"] for cohort in ("including", "excluding")]
            status = next(status for status in missed if status != "available")
            return absent(row, "variance", status)
        text = display.variance(row["variance"], int(row["variance_sign"]), row["format"])
        return Cell(text, marker=marker(row, ""))

    return Col(
        "variance",
        "Variance",
        cell,
        data=[
            Datum(
                "variance",
                "Excluding minus including, of percentages in percentage points, on exact results, "
                "rounded",
                rounded("variance"),
            )
        ],
    )


def absent(row: Record, field: str, status: str | None) -> Cell:
    """The cell of a figure that is not there, because there is none or because it is withheld."""
    said = withheld(row, field)
    if said:
        return not_shown(said)
    # A result that was published and is gone is another one than was published.
    marker = row.get(f"{field.removesuffix('shown')}revised_marker") or ""
    return replace(missing(status), marker=marker)


def not_shown(said: Withheld) -> Cell:
    """The cell of a figure that is withheld."""
    return Cell(said.sign, hidden=f" {said.words}", quiet=True)


def missing(status: str | None) -> Cell:
    """The cell of a result that is not there: the reason in words, never a blank."""
    return Cell(display.STATUSES[status or "not-available"].sign, quiet=True)


def other_result(unit_name: str, group: str = "") -> Col:
    """The result of the same indicator in another unit (`scorecard.with_other`)."""
    return result(
        group,
        prefix="other_",
        field="other_result",
        heading=unit_name,
        about=unit_name,
        which=lambda row: f", {unit_name}",
    )


def including(group: str = "", heading: str = "Result") -> Col:
    """The result of all children."""
    return result(
        group,
        prefix="including_",
        field="including_result",
        heading=heading,
        about="all children",
        which=lambda row: ", including UASC",
    )


def excluding(group: str = "", heading: str = "Result") -> Col:
    """The result of children other than UASC."""
    return result(
        group,
        prefix="excluding_",
        field="excluding_result",
        heading=heading,
        about="children other than UASC",
        which=lambda row: ", excluding UASC",
    )


def told(field: str, heading: str, prefix: str) -> Col:
    """A rated result with as many decimals as it takes to see its rating."""

    def cell(row: Record) -> Cell:
        return Cell(
            display.in_full(row, prefix),
            rating=row[f"{prefix}rating"],
            marker=marker(row, prefix),
        )

    return Col(
        field,
        heading,
        cell,
        data=[
            in_full(field, f"Result in {heading}, {ROUNDED}", prefix),
            Datum(f"{field}_rating", f"Rating in {heading}", lambda row: row[f"{prefix}rating"]),
            provenance_of(field, prefix),
        ],
    )


def cases_to_target() -> Col:
    """How many more or fewer cases would have met the target."""

    def cell(row: Record) -> Cell:
        if row["cases_to_target"] is None:
            near = row["polarity"] == "T"
            why = "Near the target is best" if near else "Not a count of cases"
            return Cell(why, quiet=True)
        more = "more" if row["polarity"] == "H" else "fewer"
        return Cell(f"{row['cases_to_target']} {more}")

    return Col(
        "cases_to_target",
        "Cases to target",
        cell,
        data=[key("cases_to_target", "Cases more (H) or fewer (L) that would meet the target")],
    )
