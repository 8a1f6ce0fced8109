"""The desk: choosers above, the view that is shown below, and buttons to copy and save it.

The desk asks for and draws only the view that is shown, and keeps up to `KEPT` views. While the
kernel is idle, it asks ahead for the nearest units and months.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from html import escape
from importlib.resources import files as resources
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from scorecard.errors import ScorecardError
from scorecard.explore import answers, browser, files, options
from scorecard.explore.ahead import Ahead
from scorecard.explore.calls import ABOUT, Choice, not_offered, program, views
from scorecard.months import Month
from scorecard.pages.page import About
from scorecard.params.wording import read_wording
from scorecard.report import Report
from scorecard.report.page_furniture import style
from scorecard.report.report import ask_ahead
from scorecard.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from scorecard.explore.answers import Answer
    from scorecard.explore.calls import Call
    from scorecard.explore.files import File
    from scorecard.explore.options import Options

KEPT = 500
"""How many views a desk keeps at most."""
NEAR = 12
"""How many units, and how many months, are asked for ahead: the nearest to those chosen."""


def explore(
    month: str,
    unit: str,
    indicator: str,
    *,
    as_at: str | int = "",
    workbook: Workbook | None = None,
) -> Desk:
    """A desk that opens at an indicator of a unit in a month; `as_at` as in `Report`.

    Raises `UnknownNameError` for an unknown unit or indicator, and `NoResultsError` for a month
    without results.
    """
    return Desk(month, unit, indicator, as_at, workbook or Workbook.find())


class Desk(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """The widgets of the desk; the `value` of each chooser can be set from Python.

    `month`, `unit`, `indicator`, `cohort` and `since` choose, `view` is what is shown, `table` and
    `chart` are what is saved. `code` shows the call that made the view; `answer` is its `Answer`.
    """

    def __init__(
        self, month: str, unit: str, indicator: str, as_at: str | int, workbook: Workbook
    ) -> None:
        self._as_at, self._wording = as_at, read_wording(workbook)
        opened = Report(month, unit, workbook, as_at=as_at)
        self._report = lru_cache(maxsize=KEPT)(opened.of)
        self._answer = lru_cache(maxsize=KEPT)(self._answered)
        self._catalogue = lru_cache(maxsize=KEPT)(self._catalogue_of)
        self._records = opened.store.records
        self._records.check([unit], month, [indicator])
        self._create_choosers(month, unit, indicator)
        self._create_files()
        self.view = widgets.ToggleButtons(
            options=[*views(self.choice)], style={"button_width": "auto"}
        )
        self.code, self.offered = widgets.HTML(), widgets.HTML()
        self.shown = widgets.HTML()
        self.sorted, self.done = widgets.Output(), widgets.Output()
        self._changing, self._ahead = False, Ahead()
        self.answer = answers.Answer("", {}, {})
        super().__init__(self._rows())
        self._observe()
        self._show()

    def _create_choosers(self, month: str, unit: str, indicator: str) -> None:
        """Create the choosers above the view."""
        units, catalogue = self._records.units_in(month), self._catalogue(month)
        self.month = _chooser("Month", options.months(reversed(self._records.months)), month)
        self.unit = _chooser("Unit", options.units(units), unit)
        self.indicator = _chooser("Indicator", options.indicators(catalogue), indicator)
        self.cohort = _chooser("Children", options.cohorts(self._records.cohorts))
        self.since = _chooser("Compare with", self._earlier(month, unit))
        self._choosers = (self.month, self.unit, self.indicator, self.cohort, self.since)

    def _create_files(self) -> None:
        """Create the choosers of a table and a chart, and the buttons that copy and save."""
        self.table, self.chart = _chooser("Table", []), _chooser("Chart", [])
        self.copy = _button("Copy the call", self._copy)
        self.save = {
            "CSV": _button("Save the table as CSV", self._saver(self._csv)),
            "xlsx": _button("Save all as xlsx", self._saver(self._xlsx)),
            "SVG": _button("Save the chart as SVG", self._saver(self._svg)),
            "PNG": _button("… as PNG", self._saver(self._png)),
        }

    def _rows(self) -> list[Any]:
        """The widgets of the desk from top to bottom."""
        started = widgets.Output(layout={"display": "none"})
        started.outputs = (browser.beginning(),)
        row = {"flex_flow": "row wrap", "align_items": "center"}
        return [
            widgets.HTML(f"<style>{style()}{_style()}</style>"),
            widgets.Box(self._choosers, layout=row),
            self.view,
            self.offered,
            widgets.Box([self.copy, self.code], layout=row),
            self.shown,
            widgets.Box([self.table, self.chart, *self.save.values()], layout=row),
            self.sorted,
            started,
            self.done,
        ]

    def _observe(self) -> None:
        """Update the desk when a chooser, the view or the table changes."""
        for each in self._choosers:
            each.observe(self._chosen, "value")
        self.view.observe(self._view_chosen, "value")
        self.table.observe(self._sort, "value")

    @property
    def choice(self) -> Choice:
        """What is chosen now."""
        row = self._catalogue(self.month.value)[self.indicator.value]
        return Choice(
            self.month.value, self.unit.value, self.indicator.value, self.cohort.value,
            self.since.value, measure=row["polarity"] is None,
        )  # fmt: skip

    @property
    def call(self) -> Call:
        """The call that makes what is shown."""
        return views(self.choice)[self.view.value].call(self.choice)

    def _answered(self, choice: Choice, view: str) -> Answer:
        call = views(choice)[view].call(choice)
        return answers.shown(call.answer(self._report(choice.month, choice.unit)))

    def _chosen(self, change: Mapping[str, Any]) -> None:
        """Update what the other choosers offer after a choice, and show the view."""
        if self._changing:
            return
        self._changing = True
        try:
            if change["owner"] is self.month:
                _offer(self.unit, options.units(self._records.units_in(self.month.value)))
                _offer(self.indicator, options.indicators(self._catalogue(self.month.value)))
            if change["owner"] in (self.month, self.unit):
                _offer(self.since, self._earlier(self.month.value, self.unit.value))
            shown = [*views(self.choice)]
            if shown != [*self.view.options]:
                _offer(self.view, shown)
        finally:
            self._changing = False
        self._show()

    def _view_chosen(self, _: object) -> None:
        if not self._changing:
            self._show()

    def _show(self) -> None:
        """Ask for what is chosen, and draw it."""
        self.code.value = f"<code>{escape(self.call.text)}</code>"
        # The views in ABOUT explain the views shown so far, so they are asked for each time.
        ask = self._answered if self.view.value in ABOUT else self._answer
        try:
            found = ask(self.choice, self.view.value)
        except ScorecardError as error:
            found = answers.Answer(f"<p>{escape(str(error))}</p>", {}, {})
        self.answer = found
        self._offer_beside(self.choice)
        self.shown.value = f'<div class="explored">{found.html}</div>'
        self._changing = True
        try:
            _offer(self.table, [(table.title, name) for name, table in found.tables.items()])
            _offer(self.chart, [(chart.title, name) for name, chart in found.charts.items()])
        finally:
            self._changing = False
        for kind, there in {"CSV": found.tables, "xlsx": found.tables}.items():
            self.save[kind].disabled = not there
        for kind in ("SVG", "PNG"):
            self.save[kind].disabled = not found.charts
        self.chart.layout.display = "" if len(found.charts) > 1 else "none"
        self._sort(None)
        self._ahead.take(self._likely())

    def _likely(self) -> Iterator[None]:
        """Ask for what the next choice is likely to need: the nearest units and months."""
        for month, unit in self._near_choices():
            with suppress(ScorecardError):  # such as for a unit that does not exist in the month
                yield from ask_ahead(self._report(month, unit))

    def _near_choices(self) -> list[tuple[str, str]]:
        """The months and units that are one choice away, the nearest first."""
        month, unit = self.month.value, self.unit.value
        units = [(month, each) for each in _near(self.unit)]
        return [*units, *((each, unit) for each in _near(self.month))]

    def _offer_beside(self, choice: Choice) -> None:
        """Show the choosers that change the view, and say in which views the others are."""
        view = views(choice)[self.view.value]
        self.cohort.layout.display = "" if view.of_cohort else "none"
        self.since.layout.display = "" if view.since_month else "none"
        self.offered.value = f'<p class="offered">{not_offered(choice, self.view.value)}</p>'

    def _sort(self, _: object) -> None:
        """Show the chosen table to sort and to filter."""
        if self._changing:
            return
        there = self.table.value is not None
        self.sorted.outputs = (
            (browser.sortable(self.answer.tables[self.table.value]),) if there else ()
        )

    def _copy(self, _: object) -> None:
        self.done.outputs = (browser.copying(program(self.choice, self.call, self._as_at)),)

    def _saver(self, made: Callable[[], File]) -> Callable[[object], None]:
        def save(_: object) -> None:
            file = made()
            self.done.outputs = (browser.saving(file.name, file.kind, file.content),)

        return save

    def _csv(self) -> File:
        return files.comma_separated(self._about, self.answer.tables[self.table.value])

    def _xlsx(self) -> File:
        notes = self._report(self.choice.month, self.choice.unit).footnotes().notes
        return files.spreadsheet_of(self._about, [*self.answer.tables.values()], notes)

    def _svg(self) -> File:
        return files.drawing(self._about, self.answer.charts[self.chart.value])

    def _png(self) -> File:
        return files.picture(self._about, self.answer.charts[self.chart.value])

    @property
    def _about(self) -> About:
        """The description that the saved files have."""
        choice, words = self.choice, self._wording
        name = self._catalogue(choice.month)[choice.code]["name"]
        title = f"{self.view.value}: {name}, {self.unit.label.strip()}"
        return About(
            f"{choice.unit}-{choice.month}-{choice.code}", title, self.call.text,
            words.council, words.service, Month.parse(choice.month),
            shown_on="the view that was explored",
            publisher=words.publisher, licence=words.licence,
        )  # fmt: skip

    def _catalogue_of(self, month: str) -> dict[str, Mapping[str, Any]]:
        return {row["code"]: row for row in self._records.indicators_in(month)}

    def _earlier(self, month: str, unit: str) -> Options:
        """The months that a result of `month` can be compared with."""
        return options.earlier(month, self._report(month, unit).previous, self._records.months)


def _chooser(words: str, options: Options, value: str | None = None) -> widgets.Dropdown:
    """A chooser, at its first option unless `value` is given."""
    chosen = {} if value is None else {"value": value}
    return widgets.Dropdown(
        options=options, description=words, style={"description_width": "initial"},
        layout={"width": "auto", "max_width": "100%"}, **chosen,
    )  # fmt: skip


def _button(words: str, clicked: Callable[[object], None]) -> widgets.Button:
    button = widgets.Button(description=words, layout={"width": "auto"})
    button.on_click(clicked)
    return button


def _offer(chooser: Any, options: Sequence[Any]) -> None:
    """Give a chooser other options; keep its value if that is among them, else take the first."""
    kept = chooser.value
    values = [each[1] if isinstance(each, tuple) else each for each in options]
    if [*chooser.options] != [*options]:
        chooser.options = options
    chooser.value = kept if kept in values else next(iter(values), None)


def _near(chooser: widgets.Dropdown) -> list[str]:
    """The values of a chooser beside the chosen one, the nearest first."""
    values = [value for _, value in chooser.options]
    place = values.index(chooser.value)
    return sorted(values, key=lambda value: abs(values.index(value) - place))[1 : NEAR + 1]


def _style() -> str:
    """The style of the desk, besides that of tables."""
    return (resources("scorecard") / "templates/explore.css").read_text(encoding="utf-8")
