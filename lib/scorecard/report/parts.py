"""The parts of an indicator's panel, each by itself: what an analyst looks at one after the other.

Each asks the store only for what it shows, and shows it as the panel does (`indicator.py`). An
`outlook` is that of all indicators of the unit, kept for the questions to come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.figure import WHOLE
from scorecard.outputs import Fragment, Nothing, Stack
from scorecard.report import indicator, outlook_views, scorecard, trend_outputs
from scorecard.report.notes import data_notes
from scorecard.report.outlook import Outlook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.data_table import DataTable
    from scorecard.report.cell import Record
    from scorecard.report.source import Source


def result(source: Source, code: str, since: str | None) -> Stack:
    """The result in sentences, compared with the previous report or `since`, then in figures."""
    row = source.since(code, source.earlier(since))
    words = indicator.words(row, Outlook(source, [row]))
    notes = Fragment(data_notes(row, source.wording.year_begins))
    return Stack([words, scorecard.table(source, [code], None), notes])


def trend(source: Source, code: str, cohort: str) -> Stack:
    """The trend as a chart; of a smaller cohort, the results alone."""
    source.catalogue.check_rated([code])
    name, unit = f"trend-{code}", source.unit["unit"]
    if cohort == WHOLE:
        rows = source.trends([code])[unit, code]
        others = Outlook(source, rows[-1:]).comparators(code)
        process = source.signals.processes([code]).get(code)
        (row,) = source.rows([code])
        charts = trend_outputs.trend(name, rows, row, others, process)
    else:
        rows = source.trend_of(code, cohort)
        charts = trend_outputs.trend(f"{name}-{cohort}", rows) if rows else []
    return Stack(charts or [Nothing(_no_trend(source, code, rows))])


def _no_trend(source: Source, code: str, rows: Sequence[Record]) -> str:
    """Why there is no trend to draw."""
    how = next((how for each in rows if (how := each["latest"].withheld())), None)
    (name,) = {each["name"] for each in rows or source.catalogue.rows if each["code"] == code}
    return f"{name}: {f'the results are {how.words}' if how else 'no month has a result'}."


def next_month(source: Source, outlook: Outlook, code: str) -> Stack:
    """The months behind a figure of twelve months, and what next month's will be."""
    (row,) = source.rows([code])
    shown = outlook_views.months(row, outlook, drawn=True)
    if not shown:
        return Stack([Nothing(f"{row['name']}: no months behind this result can be shown.")])
    return Stack(shown, files=_with_rows(outlook_views.file_of_months(source, [row], outlook)))


def areas(source: Source, code: str) -> Stack:
    """The unit and its areas side by side, and whether they differ by more than chance."""
    (row,) = source.rows([code])
    if not source.areas:
        return Stack([Nothing(f"{source.name} has no areas.")])
    units = [row["unit"], *source.areas]
    side = [source.with_streak(each) for each in source.scorecards(units, [code])]
    table = indicator.side_by_side(source, row, side, source.trends([code], units))
    outlook = Outlook(source, [row])
    chance = outlook_views.areas(row, outlook, side[1:])
    files = _with_rows(outlook_views.file_of_areas(source, [row], outlook))
    return Stack([Fragment(table.html + chance, tables=[table.data])], files=files)


def others(source: Source, code: str) -> Stack:
    """The results of others, such as England's, beside the unit's."""
    (row,) = source.rows([code])
    outlook = Outlook(source, [row])
    files = _with_rows(outlook_views.file_of_comparators(source, [row], outlook))
    if not files:
        return Stack([Nothing(f"{row['name']}: the workbook has no results of others.")])
    return Stack([Fragment(outlook_views.beside_comparators(row, outlook))], files=files)


def _with_rows(table: DataTable) -> list[DataTable]:
    return [table] if table.rows else []
