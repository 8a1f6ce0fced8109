"""A year's out-turn beside the year before's, and a quarter's months."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorecard.months import Month
from scorecard.report import columns, columns_over_time, in_files, year_prose
from scorecard.report.cell import Cell
from scorecard.report.scorecard import NO_INDICATORS
from scorecard.report.tables import Col, Table, grouped, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorecard.figure import Figure
    from scorecard.outputs import Fragment, Nothing
    from scorecard.report.cell import Record
    from scorecard.report.source import Source

KEYS = (*in_files.UNIT_KEYS, in_files.SECTION)


def outturn(source: Source, codes: Sequence[str]) -> Fragment | Nothing:
    """The last month by itself, the year's out-turn and that of the year before, side by side.

    Above it, why some can't be compared.
    """
    rows = _outturn_rows(source, source.catalogue.rated_of(codes))
    if not rows:
        return NO_INDICATORS
    begins, month = source.wording.year_begins, source.month
    this, last = (each.financial_year(begins) for each in (month, source.previous))
    alone = f"{month.words} alone"
    another = any(row["previous"].target not in (None, row["latest"].target) for row in rows)
    years = {this: _without_targets(rows, "latest"), last: _without_targets(rows, "previous")}
    table = Table(
        "outturn",
        f"Out-turn {this} beside {last}, {source.name}",
        [
            columns.code(),
            columns.name(),
            columns.polarity(),
            columns.data_period(),
            _alone(alone),
            columns.numerator(alone, place="month_alone", field="month_alone_num"),
            columns.denominator(alone, place="month_alone", field="month_alone_denom"),
            _without_ratings(columns.result(heading=f"Out-turn {this}"), unrated=years[this]),
            columns.numerator(this),
            columns.denominator(this),
            *([] if years[this] else [columns.target(this)]),
            _without_ratings(_last_year(f"Out-turn {last}"), unrated=years[last]),
            *([columns.target(last, place="previous", field="previous_target")] if another else []),
        ],
        grouped(rows, "section"),
        wide=True,
        linked=True,
        keys=KEYS,
        sheet="Out-turn",
    )
    added = {row["code"] for row in source.catalogue.rows if _is_new(row, source.previous)}
    before = [
        year_prose.not_rated("out-turn", [year for year, without in years.items() if without]),
        year_prose.alone(month) if any(row["month_alone"] for row in rows) else "",
        year_prose.not_compared(rows, added, last),
    ]
    return shown(table, before=" ".join(filter(None, before)))


def _without_targets(rows: Sequence[Record], place: str) -> bool:
    """Whether no result in `place` has a target, so that none of them is rated."""
    return all(row[place].target is None for row in rows)


def _without_ratings(column: Col, *, unrated: bool) -> Col:
    """A column of results whose cells don't say that they are not rated, if a sentence does."""
    if not unrated:
        return column
    return replace(column, cell=lambda row: replace(column.cell(row), rating=None))


def _is_new(indicator: Record, since: Month) -> bool:
    """Whether an indicator was added after a month."""
    return indicator["added"] is not None and Month.of(indicator["added"]) > since


def quarter(source: Source, codes: Sequence[str]) -> Fragment | Nothing:
    """The quarter's three months, beside the quarter before and the same quarter a year ago."""
    rows = _quarter_rows(source, source.catalogue.rated_of(codes))
    if not rows:
        return NO_INDICATORS
    months = [source.month - 2, source.month - 1, source.month]
    places = (*EARLIER, "latest")
    unrated = [
        month.words
        for month, place in zip(months, places, strict=True)
        if _without_targets(rows, place)
    ]
    this = source.month.words
    table = Table(
        "quarter",
        f"Quarter to {this}, {source.name}",
        [
            columns.code(),
            columns.name(),
            columns.polarity(),
            columns.data_period(),
            *(
                _without_ratings(column, unrated=month.words in unrated)
                for month, column in zip(months, _quarter_results(months), strict=True)
            ),
            columns.numerator(this),
            columns.denominator(this),
            *([] if this in unrated else [columns.target(this)]),
            columns_over_time.earlier("previous", "One quarter ago"),
            columns_over_time.earlier("year_ago", "One year ago"),
        ],
        grouped(rows, "section"),
        wide=True,
        linked=True,
        keys=KEYS,
    )
    return shown(table, before=year_prose.not_rated("result", unrated))


def _quarter_rows(source: Source, codes: Sequence[str] | None) -> list[Record]:
    """The scorecard's records with the figures of the quarter's first two months (`EARLIER`)."""
    rows = source.rows(codes)
    trends = source.trends([row["code"] for row in rows])
    return [
        {**row, **dict(zip(EARLIER, (each["latest"] for each in earlier), strict=True))}
        for row in rows
        for earlier in [trends[row["unit"], row["code"]][-3:-1]]
    ]


def _quarter_results(months: Sequence[Month]) -> list[Col]:
    """The results of a quarter's three months."""
    earlier = [
        columns.result(
            place=place,
            field=place,
            heading=month.words,
            about=f"the {words} month of the quarter",
            which=_in(month),
        )
        for place, month, words in zip(EARLIER, months[:2], ("first", "second"), strict=True)
    ]
    return [*earlier, columns.result(heading=months[2].words)]


EARLIER = ("first_month", "second_month")
"""The figures of a quarter's first two months in a record; the third is `latest`."""


def _in(month: Month) -> Callable[[Record], str]:
    return lambda row: f", {month.words}"


def _alone(heading: str) -> Col:
    """The month by itself, which is not rated; a dash where the out-turn is the month's result."""

    def cell(row: Record) -> Cell:
        figure: Figure | None = row["month_alone"]
        if figure is None:
            return Cell("-", hidden=" the out-turn is the result of this month", quiet=True)
        if figure.shown is None:
            return columns.absent(figure)
        return Cell(figure.rounded, marker=figure.signs)

    return Col(
        "month_alone",
        heading,
        cell,
        data=in_files.unrated("month_alone", "Result of the last month by itself", "month_alone"),
    )


def _last_year(heading: str) -> Col:
    """The out-turn of the year before with its rating, and the direction of travel since."""
    result = columns.result(
        place="previous",
        field="year_ago",
        heading=heading,
        about="the year before",
        which=_last,
    )

    def cell(row: Record) -> Cell:
        return replace(result.cell(row), direction=columns_over_time.arrow(row, row["previous"]))

    direction = in_files.part(
        "year_ago_direction",
        "Direction of travel since: better, worse or same",
        "previous",
        "direction",
    )
    return replace(result, cell=cell, data=[*result.data, direction])


def _last(row: Record) -> str:
    return ", the year before"


def _outturn_rows(source: Source, codes: Sequence[str] | None = None) -> list[Record]:
    """The outturn macro's records of the unit, of `codes` in that order if there are any.

    `month_alone` is withheld where the months behind the out-turn are (`hides_months`).
    """
    unit, withholding = source.unit["unit"], source.withholding
    found = {row["code"]: row for row in source.records.outturn(unit, source.month)}
    rows = [found[code] for code in (found if codes is None else codes)]
    summed = [row["code"] for row in rows if row["month_alone"]]
    if withholding and summed:
        behind: dict[str, list[Record]] = {code: [] for code in summed}
        for each in source.records.all_months_behind([unit], summed, source.month):
            behind[each["code"]].append(each)
        rows = [
            withholding.without_month(row) if row["month_alone"] and withholding.hides_months(
                unit, row["code"], source.catalogue.flows, behind[row["code"]]
            ) else row
            for row in rows
        ]  # fmt: skip
    return source.explained(source.use(rows))
