"""Activity: what is in hand and what came in, by team and over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard import display
from scorecard.outputs import Fragment, Nothing, Stack
from scorecard.report import (
    activity_charts,
    columns,
    columns_of_activity,
    columns_of_variation,
    in_files,
)
from scorecard.report.cell import Cell
from scorecard.report.datum import NUMBER, Datum
from scorecard.report.tables import Col, Table, grouped, render, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.outputs import Part
    from scorecard.report.cell import Record
    from scorecard.report.source import Source

KINDS = (
    (False, "activity-in-hand", "At the end of each month"),
    (True, "activity-in-month", "In each month"),
)
"""Whether a measure is a flow, the name of its figure, and when it is counted."""


NO_ACTIVITY = Nothing("No activity was supplied for the months that this page shows.")


NONE_THIS_MONTH = Nothing("No activity was supplied for this month.")
LEFT_OUT = "Units without any figure this month are left out."

NOT_SUPPLIED = f"{display.NOT_SUPPLIED.sign}: a figure that was not supplied."


EXPECTED = (
    f"An expected range rests on the last {display.POINTS_COUNTED} months at most. A measure that "
    "has settled at another level stays outside it for some time."
)


def table(source: Source, chosen: Sequence[str]) -> Fragment | Nothing:
    """The unit and everything below it: this month, last month and change, or the month's count."""
    units = []
    codes = source.catalogue.measures_of(chosen)
    if not codes:
        return no_measures(chosen)
    for _, group in grouped(_rows(source, codes), "unit"):
        figures_of = {row["code"]: row for row in group}
        units.append({**group[0], "code": None, "figures": figures_of})
    own, *below = units
    known = [each for each in below if _has_any(each)]
    if not known and not _has_any(own):
        return NONE_THIS_MONTH
    cols = [columns.unit()]
    for measure in own["figures"].values():
        stock = display.DATA_PERIODS[measure["data_period"]].stock
        cols += columns_of_activity.stock(measure) if stock else [columns_of_activity.flow(measure)]
    made = Table(
        "activity",
        f"Activity by team, {source.name}",
        cols,
        [("", [own, *known])],
        wide=True,
        dense=True,
        by_unit=True,
        when=source.month.words,
    )
    expected = _expected(source, [*own["figures"].values()])
    explained = render("paragraph.html.jinja", text=EXPECTED) if expected else ""
    html = made.html + explained + "".join(each.html for each in expected)
    notes = [NOT_SUPPLIED] if f">{display.NOT_SUPPLIED.sign}<" in html else []
    notes += [LEFT_OUT] if len(known) < len(below) else []
    before = "".join(render("paragraph.html.jinja", text=each) for each in notes)
    return Fragment(before + html, tables=[each.data for each in (made, *expected)])


def _has_any(unit: Record) -> bool:
    """Whether a unit has any figure of activity, shown or withheld."""
    figures = [row[key] for row in unit["figures"].values() for key in ("latest", "month_ago")]
    return any(each and (each.num is not None or each.withheld("num")) for each in figures)


def no_measures(chosen: Sequence[str]) -> Nothing:
    """Why there is no activity: `chosen` are the codes of the page, if it names some."""
    where = "There are none among the codes of this page" if chosen else "The catalogue has none"
    return Nothing(f"No activity measures: {where[:1].lower()}{where[1:]}.")


def _expected(source: Source, rows: Sequence[Record]) -> list[Table]:
    """The unit's own figures beside their expected ranges, if any has one."""
    codes = [row["code"] for row in rows]
    signals = source.signals.by_code
    if all(signals[code]["mean"] is None for code in codes):
        return []
    source.signals.shown(codes)
    cols = [
        columns_of_activity.name(),
        columns_of_activity.this_month(),
        columns_of_variation.range_column(signals),
        columns_of_variation.column(signals, why=True),
    ]
    caption = f"Activity beside its expected range, {source.name}"
    keys = [*in_files.UNIT_KEYS, in_files.MEASURE]
    sheet, when = "Activity and expected range", source.month.words
    return [Table("activity-range", caption, cols, [("", rows)], keys=keys, sheet=sheet, when=when)]


def over_time(source: Source, chosen: Sequence[str]) -> Stack:
    """The unit's own activity over a year, one figure for stocks and one for flows."""
    parts: list[Part] = []
    shown = source.catalogue.measures_of(chosen)
    for flow, name, when in KINDS:
        codes = [code for code in shown if (code in source.catalogue.flows) == flow]
        trends = source.trends(codes) if codes else {}
        rows = [row for trend in trends.values() for row in trend]
        if any(row["latest"].num is not None for row in rows):
            parts.append(activity_charts.small_multiples(source, name, when, rows))
    return Stack(parts or [NO_ACTIVITY if shown else no_measures(chosen)])


def residuals(source: Source, chosen: Sequence[str]) -> Fragment:
    """Figures that differ from the sum of the units directly below, with the difference.

    Those with a figure that is withheld are left out.
    """
    codes = source.catalogue.measures_of(chosen)
    rows = [row for row in _reconciliation(source) if row["residual"] and row["code"] in codes]
    if not rows:
        return Fragment(render("paragraph.html.jinja", text=NO_RESIDUALS))
    caption, when = f"Activity that is not the sum of its parts, {source.name}", source.month.words
    cols = _residual_columns()
    return shown(Table("activity-residuals", caption, cols, [("", rows)], when=when))


def _residual_columns() -> list[Col]:
    """A figure as reported, what the units below it add up to, and the difference."""

    def words(field: str, heading: str) -> Col:
        return Col(
            field, heading, lambda row: Cell(row[field]), numeric=False,
            data=[in_files.key(field, heading)],
        )  # fmt: skip

    def count(field: str, heading: str) -> Col:
        return Col(
            field,
            heading,
            lambda row: Cell(display.figure(row[field], row["num_places"])),
            data=[
                Datum(
                    field,
                    heading,
                    lambda row: display.fixed(row[field], row["num_places"]),
                    unit=NUMBER,
                    signed=field == "residual",
                )
            ],
        )

    return [
        columns.unit(),
        words("name", "Measure"),
        words("reading", "Month (this or last)"),
        count("reported", "As reported"),
        count("parts", "Sum of the parts"),
        count("residual", "Difference"),
    ]


NO_RESIDUALS = "Every figure is the sum of the units directly below."


def _rows(source: Source, codes: Sequence[str]) -> list[Record]:
    """The activity macro's records of `codes` for the unit and everything below it.

    Within each unit in the order of `codes`.
    """
    source.footnotes.activity = True
    found = source.records.activity(source.unit["unit"], source.month)
    chosen = [row for row in found if row["code"] in codes]
    units = list(dict.fromkeys(row["unit"] for row in found))
    chosen.sort(key=lambda row: (units.index(row["unit"]), codes.index(row["code"])))
    return source.use(chosen)


def _reconciliation(source: Source) -> list[Record]:
    """The reconciliation macro's records, but for those with a figure that is withheld."""
    rows = source.records.reconciliation(source.unit["unit"], source.month)
    withholding = source.withholding
    if not withholding:
        return rows
    units = source.records.units_within(source.unit["unit"], source.month)
    parts: dict[str, list[str]] = {row["unit"]: [row["unit"]] for row in units}
    for row in units:
        parts.get(row["parent"], []).append(row["unit"])
    return [row for row in rows if not withholding.concerns(parts[row["unit"]], [row["code"]])]
