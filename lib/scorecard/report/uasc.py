"""The effect of unaccompanied asylum-seeking children (UASC) on results and ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard import display
from scorecard.outputs import Fragment, Headline, Nothing, Stack
from scorecard.report import captions, columns, columns_of_uasc, in_files, uasc_chart, uasc_prose
from scorecard.report.cautions import COHORTS
from scorecard.report.cell import Cell
from scorecard.report.datum import NUMBER, OWN, PERCENT, Datum
from scorecard.report.tables import Col, Table, render, shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from scorecard.report.cell import Record
    from scorecard.report.source import Source


SPLIT = ("share_shown", "left_out_num", "left_out_denom", "left_out_shown", "others_shown")
"""The parts of a record of the rate_and_mix macro that a page shows."""

ALONE = "UASC alone"
NOT_SUPPLIED = "No result that leaves UASC out was supplied."


def summary(source: Source, codes: Sequence[str]) -> Fragment:
    """How the unit's results and ratings differ when UASC are left out."""
    rows = _impacts(source, [source.unit["unit"]], codes)
    sentences = [uasc_prose.uasc_summary(rows), uasc_prose.uasc_change_count(rows)]
    areas = _impacts(source, source.areas, codes)
    cautions = source.cautions(rows, areas, COHORTS)
    html = render(
        "uasc_summary.html.jinja",
        sentences=sentences,
        cautions=cautions,
        changed=source.explained(uasc_prose.uasc_changed(rows)),
    )
    counts = [f"{count} {footnote}".strip() for count, footnote in cautions]
    return Fragment(html, headline=Headline(" ".join(sentences), cautions=counts))


def chart(source: Source, codes: Sequence[str]) -> Stack:
    """Both results of each percentage, so that the effect can be seen."""
    impacts = _impacts(source, [source.unit["unit"]], codes)
    percentages = [row for row in impacts if display.is_part(row["format"])]
    rows = [row for row in percentages if row["variance"] is not None]
    gone = captions.left_out(percentages, "variance")
    return Stack([uasc_chart.uasc_effect(rows, source.name, source.month, gone)] if rows else [])


def reasons(source: Source, codes: Sequence[str]) -> Fragment | Nothing:
    """How much of each effect is the share of UASC, and how much their own results."""
    if not _impacts(source, [source.unit["unit"]], codes):
        return Nothing(NOT_SUPPLIED)
    rows, hidden = rates_and_mixes(source, codes)
    gone = uasc_prose.uasc_hidden(hidden)
    if not rows:
        return Nothing(gone or "No effect of UASC can be split into their share and their results.")
    table = Table(
        "rate-and-mix",
        f"Share and results of UASC, {source.name}",
        _reason_columns(),
        [("", rows)],
        keys=in_files.UNIT_KEYS,
        sheet="UASC, share and results",
        when=source.month.words,
    )
    return shown(table, before=gone)


def tables(source: Source, children_in_care: Sequence[str], others: Sequence[str]) -> Stack:
    """Including, excluding and variance: the unit and each of its areas, then other indicators.

    Where no indicator is named as one of children in care, the others are simply indicators.
    """
    own = source.unit["unit"]
    units = [own, *source.areas]
    sections = [(f"uasc-{unit}", "Children in care", unit, children_in_care) for unit in units]
    rest = "Other indicators" if children_in_care else "Indicators"
    sections += [
        ("uasc-other" if unit == own else f"uasc-other-{unit}", rest, unit, others)
        for unit in units
    ]
    parts = [
        _table(source, name, what, source.unit_name(unit), rows)
        for name, what, unit, codes in sections
        if (rows := _impacts(source, [unit], codes))
    ]
    return Stack(parts or [Nothing(NOT_SUPPLIED)])


def changes(source: Source, codes: Sequence[str]) -> Fragment | Nothing:
    """Every area's rating that is another one when UASC are left out."""
    if not source.areas:
        return Nothing(f"{source.name} has no areas.")
    rows = _impacts(source, source.areas, codes)
    if not rows:
        return Nothing("No result of an area that leaves UASC out was supplied.")
    sentence = uasc_prose.uasc_change_count(rows)
    changed = uasc_prose.uasc_changed(rows)
    if not changed:
        return Fragment(render("paragraph.html.jinja", text=sentence))
    table = Table(
        "uasc-changed-ratings",
        "Ratings that differ in the areas",
        _changed_columns(),
        [("", changed)],
        sheet="UASC, ratings that differ",
        when=source.month.words,
    )
    return shown(table, before=sentence)


def _table(source: Source, name: str, what: str, unit: str, rows: Sequence[Record]) -> Fragment:
    table = Table(
        name,
        f"{what}, {unit}: including and excluding UASC",
        _impact_columns(),
        [("", rows)],
        wide=True,
        keys=in_files.UNIT_KEYS,
        sheet=f"UASC, {what.lower()}",
        when=source.month.words,
    )
    return shown(table)


def _changed_columns() -> list[Col]:
    """A unit's indicator with both results and ratings."""
    area = Col(
        "unit", "Area", lambda row: Cell(row["unit_name"]), numeric=False, data=in_files.UNIT_KEYS
    )
    return [
        area,
        columns.code(),
        columns.name(),
        columns.result_in_full("including_result", "Including UASC", "including"),
        columns.result_in_full("excluding_result", "Excluding UASC", "excluding"),
        columns_of_uasc.variance(),
    ]


def _reason_columns() -> list[Col]:
    """An indicator's variance, and what it is the product of."""

    def part(field: str, heading: str, meaning: str, form: str = "", places: str = "") -> Col:
        """A column that the record holds by itself: a result, or a count with its `places`."""

        def value(row: Record) -> Decimal:
            decimals = getattr(row["including"], places) if places else None
            return display.rounded(row[field], form or row["format"], decimals)

        def cell(row: Record) -> Cell:
            sign = "" if places else display.unit_sign(form or row["format"])
            marker = row["including"].count_signs if places else row["signs"]
            return Cell(f"{value(row):f}{sign}", marker=marker)

        unit = NUMBER if places else PERCENT if form else OWN
        return Col(field, heading, cell, data=[Datum(field, meaning, value, unit=unit)])

    num, denom, how = "num_places", "denom_places", "of UASC: including minus excluding"
    return [
        columns.code(),
        columns.name(),
        part("share_shown", "Share of UASC", "UASC in the denominator, in percent", form="percent"),
        part("left_out_shown", f"Result, {ALONE}", "Result of UASC alone, rounded as shown"),
        part("left_out_num", f"Numerator, {ALONE}", f"Numerator {how}", places=num),
        part("left_out_denom", f"Denominator, {ALONE}", f"Denominator {how}", places=denom),
        part("others_shown", "Result of the others", "Result excluding UASC, rounded as shown"),
        columns_of_uasc.variance(),
    ]


def _impact_columns() -> list[Col]:
    """An indicator including and excluding UASC, with the variance."""
    including, excluding = columns_of_uasc.INCLUDING, columns_of_uasc.EXCLUDING
    return [
        columns.code(),
        columns.name(),
        columns.polarity(),
        columns.data_period(),
        columns_of_uasc.including(),
        columns.numerator(including, place="including", field="including_num"),
        columns.denominator(including, place="including", field="including_denom"),
        columns.target(place="including"),
        columns_of_uasc.excluding(),
        columns.numerator(excluding, place="excluding", field="excluding_num"),
        columns.denominator(excluding, place="excluding", field="excluding_denom"),
        columns_of_uasc.variance(),
    ]


def _impacts(source: Source, units: Sequence[str], codes: Sequence[str]) -> list[Record]:
    """The UASC macro's records of `units` (the unit, its areas), in the order of `codes`."""
    source.catalogue.check_rated(codes)
    order = {code: place for place, code in enumerate(codes)}
    rows = [row for row in source.uasc_impacts if row["unit"] in units and row["code"] in order]
    chosen = source.use(rows)
    return sorted(chosen, key=lambda row: (units.index(row["unit"]), order[row["code"]]))


def rates_and_mixes(source: Source, codes: Sequence[str]) -> tuple[list[Record], int]:
    """Records of the UASC macro with what the rate_and_mix macro says of them.

    Only of indicators that count some UASC; also how many rest on what is withheld.
    """
    found = {
        row["code"]: row
        for row in source.records.all_rate_and_mix(source.unit["unit"], codes, source.month)
    }
    withholding, hidden = source.withholding, 0
    rows: list[Record] = []
    for row in _impacts(source, [source.unit["unit"]], codes):
        split = found.get(row["code"])
        # First: whether there is anything to split would say something of what is withheld.
        if row["including"].withheld() or row["excluding"].withheld():
            hidden += 1
        elif not split or not split["left_out_denom"]:
            continue
        elif withholding and withholding.is_small(split["left_out_num"], split["left_out_denom"]):
            hidden += 1
        else:
            rows.append({**row, **{part: split[part] for part in SPLIT}})
    return rows, hidden
