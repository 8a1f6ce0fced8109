"""One object for a reporting month and a unit; each method answers one question of a notebook."""

from __future__ import annotations

from functools import cached_property
from inspect import signature
from typing import TYPE_CHECKING

from scorecard.figure import WHOLE
from scorecard.report import (
    activity,
    activity_to_date,
    analyst_charts,
    breakdown,
    catalogue,
    children_in_care,
    commentary,
    exceptions,
    indicator,
    page_furniture,
    parts,
    scorecard,
    together,
    uasc,
    year,
)
from scorecard.report.cover import Cover
from scorecard.report.outlook import Outlook
from scorecard.report.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from scorecard.outputs import Chart, Fragment, Nothing, Stack
    from scorecard.workbook import Workbook


CLOSING = """\
Each answer has `.df` and `.chart`, or `.dfs` and `.charts` where it has several, for pandas and
Altair. `report.store` answers SQL and more questions as data frames."""


class Report:
    """Questions about one unit in one reporting month, answered as outputs for a page.

    `Report("2016-08", "kent")` finds the workbook by itself (`Workbook.find`). An unknown unit or
    indicator, or a month without results, raises an error that names the nearest. `store` answers
    an analyst's own questions. With `as_at`, the number of a load or a date as 2016-11-20, all
    results are as they were then. `period="quarter"` makes a quarter's report, which compares with
    the quarter before, and `period="year"` a year's out-turn, beside the year before's.

    Where a method takes `codes`, it answers about these indicators and activity measures, in that
    order, or about all if there are none. Give the same to all methods of a page. Those are left
    out that are not in the month's catalogue: they were not added yet, or are retired.
    """

    def __init__(
        self,
        month: str,
        unit: str,
        workbook: Workbook | None = None,
        *,
        as_at: str | int = "",
        period: str = "month",
    ) -> None:
        self._source = Source.open(month, unit, workbook, as_at, period)
        self.store = self._source.store

    def of(self, month: str, unit: str) -> Report:
        """A report about another month and unit: quick, since the store is open already."""
        found = Report.__new__(Report)
        found._source, found.store = self._source.of(month, unit), self.store
        return found

    def __repr__(self) -> str:
        """What it is of, and every question that it answers."""
        asked = [each for name, each in vars(Report).items() if not name.startswith("_")]
        calls = {
            f"report.{each.__name__}({', '.join(list(signature(each).parameters)[1:])})": each
            for each in asked
            if callable(each)
        }
        width = max(map(len, calls))
        lines = [
            f"  {call:<{width}}  {str(each.__doc__).splitlines()[0]}"
            for call, each in calls.items()
        ]
        opening = f"{self._source.name}, {self._source.month.words}. It answers:"
        return "\n".join([opening, *lines, CLOSING])

    @property
    def county(self) -> str:
        """The slug of the county that the unit belongs to, for `beside`."""
        return self._source.county

    @property
    def previous(self) -> str:
        """The month of the previous report, with which this one compares, as `2016-05`."""
        return str(self._source.previous)

    def heading(self, title: str, *, meeting: bool = True) -> Fragment:
        """The title block: unit, title, reporting month and, with `meeting`, the committee."""
        return page_furniture.heading(self._source, title, meeting=meeting)

    def summary(
        self, codes: Sequence[str] = (), *, areas: bool = False, ambers: bool = False
    ) -> Fragment:
        """How are we doing, what changed, and what needs attention?

        Say `areas=True` on a page that shows the areas' results too: it warns of them first. Say
        `ambers=True` on one that shows `ambers`, which names those near Red.
        """
        return scorecard.summary(self._source, self._of_month(codes), areas=areas, ambers=ambers)

    def activity_table(self, codes: Sequence[str] = ()) -> Fragment | Nothing:
        """How busy is the unit and everything below it, and what changed since last month?"""
        return activity.table(self._source, self._of_month(codes))

    def activity_over_time(self, codes: Sequence[str] = ()) -> Stack:
        """How has the unit's own activity moved over a year?"""
        return activity.over_time(self._source, self._of_month(codes))

    def activity_residuals(self, codes: Sequence[str] = ()) -> Fragment:
        """For the analyst: which activity figures differ from the sum of their parts?"""
        return activity.residuals(self._source, self._of_month(codes))

    def scorecard(
        self, codes: Sequence[str] = (), *, beside: str | None = None
    ) -> Fragment | Nothing:
        """How is each indicator doing? `beside` adds the results of another unit."""
        return scorecard.table(self._source, self._of_month(codes), beside)

    def quarter(self, codes: Sequence[str] = ()) -> Fragment | Nothing:
        """How was each indicator in each month of the quarter, and in the quarter before?"""
        return year.quarter(self._source, self._of_month(codes))

    def outturn(self, codes: Sequence[str] = ()) -> Fragment | Nothing:
        """What is each indicator's out-turn of the year, beside the year before's?"""
        return year.outturn(self._source, self._of_month(codes))

    def activity_to_date(self, codes: Sequence[str] = ()) -> Fragment | Nothing:
        """How much came in since the financial year began, and in the same months before?"""
        return activity_to_date.table(self._source, self._of_month(codes))

    def rating_totals(self, codes: Sequence[str] = ()) -> Fragment | Nothing:
        """How many indicators of each section are Green, Amber and Red?"""
        return scorecard.totals(self._source, self._of_month(codes))

    def rating_changes(self, codes: Sequence[str] = ()) -> Fragment:
        """Which ratings changed since the previous report?"""
        return scorecard.changes(self._source, self._of_month(codes))

    def catalogue_changes(self, codes: Sequence[str] = ()) -> Fragment | Nothing:
        """What was added, amended and retired since the previous report, and why?"""
        return catalogue.changes(self._source, codes)

    def reds(self, codes: Sequence[str] = (), *, beside: str | None = None) -> Fragment:
        """Which indicators are Red, and how far from their targets?"""
        return scorecard.reds(self._source, self._of_month(codes), beside)

    def exceptions(self, codes: Sequence[str] = ()) -> Stack:
        """Why is each Red indicator Red: trend, chart, commentary and data notes?"""
        return exceptions.reports(self._source, self._of_month(codes))

    def commentary(self, codes: Sequence[str] = (), *, reds: bool = True) -> Fragment | Nothing:
        """What do lead officers say of each indicator that has a commentary?

        Say `reds=False` on a page that shows `exceptions`, which have those of the Reds.
        """
        return commentary.commentaries(self._source, self._of_month(codes), reds=reds)

    def overviews(self, codes: Sequence[str] = ()) -> Fragment | Nothing:
        """What do lead officers say of each section that has an overview?"""
        return commentary.overviews(self._source, self._of_month(codes))

    def ambers(self, codes: Sequence[str]) -> Fragment:
        """Which Amber indicators improved, and which declined?"""
        return children_in_care.ambers(self._source, self._of_month(codes))

    def panels(self, codes: Sequence[str]) -> Stack:
        """How is each indicator doing over time and in every area?"""
        return indicator.panels(self._source, self._of_month(codes))

    def result(self, code: str, since: str | None = None) -> Stack:
        """What is an indicator's result, and how is it beside the previous report, or a month?"""
        return parts.result(self._source, code, since)

    def trend(self, code: str, cohort: str = WHOLE) -> Stack:
        """How did an indicator move, beside its target and the limits of ordinary variation?

        Of a `cohort`, such as `excluding_uasc` or a group, its results alone.
        """
        return parts.trend(self._source, code, cohort)

    def trends(self, codes: Sequence[str]) -> Chart | Nothing:
        """How do up to five indicators move beside each other, in one chart?

        All of them are percentages, or all of another format; otherwise it is a `ChartError`.
        """
        return together.trends(self._source, codes)

    def next_month(self, code: str) -> Stack:
        """Which months are behind a rolling figure, and what will next month's be?"""
        return parts.next_month(self._source, self._outlook, code)

    def areas(self, code: str) -> Stack:
        """How is an indicator in every area, and do they differ by more than chance?"""
        return parts.areas(self._source, code)

    def others(self, code: str) -> Stack:
        """How is an indicator beside the results of others, such as England's?"""
        return parts.others(self._source, code)

    def breakdowns(self, codes: Sequence[str]) -> Stack:
        """How is each group doing, such as each age, and how many are in it?"""
        return breakdown.groups(self._source, self._of_month(codes))

    def why(self, code: str, since: str | None = None) -> Fragment:
        """For the analyst: why did an indicator move since the previous report, or `since` a month?

        `report.why("25", since="2015-08")` is of a year.
        """
        return indicator.movement(self._source, code, since)

    def why_ratings_changed(self, codes: Sequence[str] = ()) -> Stack:
        """For the analyst: why did each indicator move whose rating changed?"""
        return indicator.movements(self._source, self._of_month(codes))

    def uasc_summary(self, codes: Sequence[str] = ()) -> Fragment:
        """What difference does it make to leave UASC out?"""
        return uasc.summary(self._source, self._rated(codes))

    def uasc_chart(self, codes: Sequence[str] = ()) -> Stack:
        """What does the difference look like?"""
        return uasc.chart(self._source, self._rated(codes))

    def uasc_reasons(self, codes: Sequence[str] = ()) -> Fragment | Nothing:
        """How much of the difference is the share of UASC, and how much their own results?"""
        return uasc.reasons(self._source, self._rated(codes))

    def uasc_tables(
        self, children_in_care: Sequence[str] = (), others: Sequence[str] = ()
    ) -> Stack:
        """What are the figures with and without UASC, for the unit and its areas?"""
        chosen = self._rated([*children_in_care, *others])
        first = [code for code in chosen if code in children_in_care]
        rest = [code for code in chosen if code not in children_in_care]
        return uasc.tables(self._source, first, rest)

    def uasc_changes(self, codes: Sequence[str] = ()) -> Fragment | Nothing:
        """Which ratings, of the unit or an area, are others when UASC are left out?"""
        return uasc.changes(self._source, self._rated(codes))

    def figure(
        self,
        chart: Any,
        data: Any,
        *,
        title: str,
        says: str,
        subtitle: str = "",
        name: str = "",
        headings: Mapping[str, str] | None = None,
    ) -> Chart:
        """How does an Altair chart of one's own reach the page: with its data as table and file.

        `data` is a data frame, or a list with a mapping for each row: what the chart draws. `title`
        is its headline and `says` the text alternative, what a reader who can't see it must know.
        The page adds `subtitle`, else unit and month. `headings` of columns are made from their
        names, and `name`, that of the files, from the title, where they are not given. Small
        numbers in it are not withheld: the analyst answers for what it shows.
        """
        return analyst_charts.figure(
            self._source, chart, data, title=title, says=says, subtitle=subtitle, name=name,
            headings=headings,
        )  # fmt: skip

    def cover(self, committee: str = "", codes: Sequence[str] = ()) -> Cover:
        """What does a committee's cover report say, section by section?

        Of the month's committee, unless another is named.
        """
        return Cover(self._source, committee, self._of_month(codes))

    def key(self) -> Fragment:
        """What do the colours, shapes, letters, arrows and abbreviations mean?"""
        return page_furniture.key(self._source)

    def footnotes(self) -> Fragment:
        """Where do the figures shown so far come from?"""
        return page_furniture.footnotes(self._source)

    @cached_property
    def _outlook(self) -> Outlook:
        """The outlook of all indicators, asked for at once."""
        return Outlook(self._source, self._source.rows())

    def _of_month(self, codes: Sequence[str]) -> Sequence[str]:
        """Those of `codes` in the month's catalogue; `MonthError` if none is: no codes mean all."""
        found = self._source.catalogue.of_month(codes)
        if codes and not found:
            self._source.records.check((), self._source.month, codes)
        return found

    def _rated(self, codes: Sequence[str]) -> Sequence[str]:
        """As `_of_month`; without codes every indicator that can be rated."""
        return self._of_month(codes) or self._source.catalogue.rated


def ask_ahead(report: Report) -> Iterator[None]:
    """Ask the store for what most questions rest on, a part at a time."""
    return report._source.ask_ahead()
