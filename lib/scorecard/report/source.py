"""The figures behind one report: records of one unit and month, and what was used of them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from scorecard.errors import MonthError, ScorecardError, UnknownNameError
from scorecard.months import Month
from scorecard.params.disclosure import profile
from scorecard.params.month import previous_report, read_meeting_file
from scorecard.params.reports import MONTHS_OF, closes
from scorecard.params.roles import Responsible, Roles, read_roles
from scorecard.params.wording import Wording, read_wording, year_begins
from scorecard.report import cautions, prose
from scorecard.report.abbreviations import explained
from scorecard.report.cell import Record
from scorecard.report.footnotes import Footnotes
from scorecard.report.streaks import Streak, streak
from scorecard.report.variation import Process, has_own_months, is_of_trend
from scorecard.report.withholding import Withholding, figures
from scorecard.store.store import Store
from scorecard.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


Trends = dict[tuple[str, str], list[Record]]
"""(unit, code) → the records of the trend macro, oldest first."""


class Source:
    """Records of the store for one unit and month.

    `footnotes` records what the page has used of them. What one part of a page alone asks is in the
    module of that part.
    """

    previous: Month
    """The month of the previous report, with which this one compares."""

    def __init__(
        self, month: str, unit: str, workbook: Workbook, store: Store, period: str = "month"
    ) -> None:
        self.month = Month.parse(month)
        self.workbook, self.store, self.records = workbook, store, store.records
        self.records.check([unit], self.month)
        written = read_meeting_file(workbook, self.month)
        self.meeting = written.value
        self.previous = (
            previous_report(written, self.month, self.records.months)
            if period == "month"
            else self._before(period)
        )
        self.unit = self._unit(unit)
        self._scorecards: dict[str, list[Record]] = {}

    def _before(self, period: str) -> Month:
        """The last month of the quarter or year before the one that ends with the month."""
        if period not in MONTHS_OF:
            raise UnknownNameError("period", period, MONTHS_OF)
        if not closes(period, self.month, year_begins(self.workbook)):
            raise MonthError(
                f"{self.month} is not the last month of a {period}: name one that is, or say "
                f"`every: {period}` in {self.workbook.show(self.workbook.params('reports'))}"
            )
        return self.month - MONTHS_OF[period]

    @property
    def name(self) -> str:
        """The unit's name."""
        return str(self.unit["name"])

    @cached_property
    def wording(self) -> Wording:
        """The council's own names and words."""
        return read_wording(self.workbook)

    @cached_property
    def _roles(self) -> Roles:
        catalogue = self.records.indicators()
        sections = {row["section"] for row in catalogue}
        return read_roles(self.workbook, sections, [row["code"] for row in catalogue])

    def responsible(self, row: Record) -> Responsible:
        """Who answers for a record of an indicator, as `params/roles.yml` says."""
        return self._roles.of(row["section"], row["code"])

    def responsible_for(self, section: str) -> Responsible:
        """Who answers for a section of the catalogue."""
        return self._roles.of(section)

    @cached_property
    def rationales(self) -> dict[str, str]:
        """Why targets are what they are, by the codes of indicators that have a rationale."""
        return {row["code"]: row["rationale"] for row in self.records.rationales(self.month)}

    @property
    def county(self) -> str:
        """The county at the top of the units that the unit belongs to."""
        unit = self.unit
        while unit["parent"]:
            unit = self._unit(unit["parent"])
        return str(unit["unit"])

    @cached_property
    def areas(self) -> list[str]:
        """The areas below the unit, in order of display; an area has none."""
        within = self.records.units_within(self.unit["unit"], self.month)
        return [row["unit"] for row in within if row["kind"] == "area" and row["depth"]]

    @cached_property
    def indicators(self) -> list[Record]:
        """The month's catalogue, in order of display."""
        return self.records.indicators_in(self.month)

    def held(self, codes: Sequence[str]) -> list[str]:
        """`codes` without those that are in the catalogue of other months only.

        An appendix has one list of codes for all months.
        """
        now = {row["code"] for row in self.indicators}
        other = self._codes_ever - now
        return [code for code in codes if code not in other]

    @cached_property
    def _codes_ever(self) -> set[str]:
        """The codes of the catalogue of all months."""
        return {row["code"] for row in self.records.indicators()}

    @cached_property
    def measures(self) -> list[Record]:
        """The activity measures of the catalogue, which may have none."""
        return [row for row in self.indicators if row["polarity"] is None]

    @cached_property
    def rated_codes(self) -> list[str]:
        """The indicators of the catalogue that can be rated, in order of display."""
        return [row["code"] for row in self.indicators if row["polarity"]]

    def measures_of(self, codes: Sequence[str]) -> list[str]:
        """The activity measures among a page's `codes`, in that order; all where it names none."""
        measures = [row["code"] for row in self.measures]
        return [code for code in codes if code in measures] if codes else measures

    def rated_of(self, codes: Sequence[str]) -> list[str] | None:
        """The others among a page's `codes`, in that order; None where it names none: all."""
        measures = self.measures_of(())
        return [code for code in codes if code not in measures] if codes else None

    def selection(self, codes: Sequence[str]) -> list[tuple[int, int]]:
        """How many indicators of how many a page has by its `codes`; then activity measures."""
        rated = self._records_of([self.unit["unit"]])
        chosen = self.rated_of(codes)
        of_rated = [row for row in rated if chosen is None or row["code"] in chosen]
        return [(len(of_rated), len(rated)), (len(self.measures_of(codes)), len(self.measures))]

    def of_selection(self, codes: Sequence[str]) -> str:
        """What sentences add to the indicators that they count, where a page has not all."""
        return prose.of_selection(self.selection(codes))

    @cached_property
    def flows(self) -> set[str]:
        """The activity measures that count what happened in a month."""
        return {row["code"] for row in self.measures if row["data_period"] == "M"}

    @cached_property
    def has_comparators(self) -> bool:
        """Whether there are results of others at all: most workbooks are asked no further."""
        return bool(self.store.rows("SELECT 1 FROM comparators LIMIT 1"))

    @cached_property
    def footnotes(self) -> Footnotes:
        """The footnotes that the page owes for what it has used."""
        return Footnotes(self.records, self.wording)

    @cached_property
    def withholding(self) -> Withholding | None:
        """What is withheld this month; None when small numbers are shown."""
        return Withholding.of(self.store, self.workbook, self.month)

    def cautions(
        self,
        rows: Sequence[Record],
        areas: Sequence[Record] = (),
        which: Sequence[cautions.Counted] = cautions.OWN,
    ) -> list[tuple[str, str]]:
        """What a summary of the results `which` of `rows` owes its reader (`cautions.py`).

        `areas` are records of the areas on the same page.
        """
        why_withheld = self.withholding.profile.shown_footnote if self.withholding else ""
        known, marker = self.footnotes.known, self.wording.revised_marker
        own, theirs = (
            cautions.cautions(each, known, marker, why_withheld, which) for each in (rows, areas)
        )
        return cautions.explained_once(own, cautions.in_the_areas(theirs))

    @cached_property
    def loads(self) -> dict[int, Record]:
        """What is known of each load, by its number."""
        return {row["load"]: row for row in self.store.loads()}

    def unit_name(self, unit: str) -> str:
        """The name of any unit."""
        return str(self._unit(unit)["name"])

    @classmethod
    def open(
        cls,
        month: str,
        unit: str,
        workbook: Workbook | None = None,
        as_at: str | int = "",
        period: str = "month",
    ) -> Source:
        """The same with a store of its own, which is closed again if there is nothing to ask."""
        found = workbook or Workbook.find()
        store = Store.open(found, as_at=as_at)
        try:
            return cls(month, unit, found, store, period)
        except ScorecardError:
            store.close()
            raise

    def of(self, month: str, unit: str) -> Source:
        """The records of another month and unit, from the same store."""
        return Source(month, unit, self.workbook, self.store)

    def rows(self, codes: Sequence[str] | None = None, unit: str | None = None) -> list[Record]:
        """The scorecard's records: all of them, or those of `codes` in that order.

        Each has its `streak` (`streaks.py`).
        """
        found = self.scorecards([unit or self.unit["unit"]], codes)
        rows = [self.with_streak(row) for row in found]
        if codes is None:
            return self.explained(rows)
        self.check_rated(codes)
        by_code = {row["code"]: row for row in rows}
        return self.explained([by_code[code] for code in codes])

    def check_rated(self, codes: Sequence[str]) -> None:
        """Raise `UnknownNameError` for what is not an indicator of the month that can be rated."""
        for code in codes:
            if code not in self.rated_codes:
                self.records.check((), self.month, [code])
                raise UnknownNameError("rated indicator", code, self.rated_codes)

    def with_streak(self, row: Record) -> Record:
        """A record of the unit or an area of it with its `streak` (`streaks.py`)."""
        return {**row, "streak": self.streaks.get((row["unit"], row["code"]), Streak())}

    def rated(self, rating: str, codes: Sequence[str] | None = None) -> list[Record]:
        """Those of `rows` that carry one rating, explained anew among themselves."""
        return self.explained([row for row in self.rows(codes) if row["latest"].rating == rating])

    def explained(self, rows: Sequence[Record]) -> list[Record]:
        """`rows` with the abbreviations that their names use first (`abbreviations.py`)."""
        return explained(rows, self.wording.glossary)

    def scorecards(self, units: Sequence[str], codes: Sequence[str] | None = None) -> list[Record]:
        """The scorecards' records of several units, one after the other; of `codes` if given."""
        rows = self._records_of(units)
        chosen = [row for row in rows if codes is None or row["code"] in codes]
        return self.use(chosen)

    def _records_of(self, units: Sequence[str]) -> list[Record]:
        """The scorecards' records of several units as the store gives them: none is used yet."""
        if not self._scorecards.keys() >= set(units):
            # Nearly all that a question costs is its planning: the units that most pages hold side
            # by side are asked for at once.
            asked = dict.fromkeys([*units, self.unit["unit"], self.county, *self.areas])
            new = [unit for unit in asked if unit not in self._scorecards]
            found = self.records.scorecards(new, self.month, self.previous)
            self._scorecards |= {
                unit: [row for row in found if row["unit"] == unit] for unit in new
            }
        return [row for unit in units for row in self._scorecards[unit]]

    def trends(self, codes: Sequence[str], units: Sequence[str] = ()) -> Trends:
        """Each indicator over the months that a page shows, for this unit or `units`."""
        if units:
            rows = self.records.trends(units, codes, self.month)
        else:
            rows = [row for row in self._own_trends if row["code"] in codes]
        found: Trends = {}
        for row in self.use(rows):
            found.setdefault((row["unit"], row["code"]), []).append(_with_month(row))
        return found

    def trend_of(self, code: str, cohort: str) -> list[Record]:
        """The unit's trend of a smaller cohort, whose name is added to that of the indicator.

        `UnknownNameError` names the nearest cohort.
        """
        if cohort not in self.records.cohorts:
            raise UnknownNameError("cohort", cohort, self.records.cohorts)
        words = self.records.cohorts[cohort]
        found = self.records.trends([self.unit["unit"]], [code], self.month, cohort=cohort)
        named = [
            {**row, **{key: row[key] + words for key in ("name", "short_name")}} for row in found
        ]
        return [_with_month(row) for row in self.use(named)]

    def signals(self, shown: Sequence[str] = ()) -> dict[str, Record]:
        """What the process behaviour chart of each indicator and measure says, by code.

        `marker` is that of all it rests on, and `how` says how it is withheld; None where it isn't.
        The page owes footnotes for those of the codes that are `shown`.
        """
        for code in shown:
            self.footnotes.signals[code] = None
            self.footnotes.marker_of(self._signals[code]["provenance"] or ())
        return self._signals

    def limit_months(self) -> list[Record]:
        """The months that the limits of the page so far rest on: `rests_on` of the signals macro.

        One record for each month, but for indicators of which that could give away a small number.
        """
        gone, unit, wary = self.withholding, self.unit["unit"], set[str]()
        if gone:
            wary = {*self.records.small_months(self.month, gone.profile.threshold)}
        found: list[Record] = []
        for code in self.footnotes.signals:
            signal = self._signals[code]
            months = signal["rests_on"] or ()
            if signal["mean"] is None or code in wary:
                continue
            if not gone or not gone.hides_months(unit, code, self.flows, months):
                of = {"unit": unit, "code": code, "format": signal["format"]}
                found += [{**of, **_with_month(each)} for each in months]
        return found

    def processes(self, codes: Sequence[str]) -> dict[str, Process]:
        """The process behaviour charts of `codes`, but for those that are withheld.

        The page owes footnotes for what they rest on.
        """
        signals = {code: self._signals[code] for code in codes if not self._signals[code]["how"]}
        found: dict[str, list[Record]] = {code: [] for code in signals}
        drawn = [code for code, row in signals.items() if is_of_trend(row) or has_own_months(row)]
        unit, records = [self.unit["unit"]], self.records
        for row in records.all_process_limits(unit, drawn, self.month) if drawn else ():
            marker = self.footnotes.marker([row["provenance"]])
            found[row["code"]].append({**_with_month(row), "marker": marker})
        self.signals([code for code, row in signals.items() if row["mean"] is not None])
        return {code: Process(signal, found[code]) for code, signal in signals.items()}

    def earlier(self, month: str | None) -> Month:
        """A month to compare with: that of the previous report, unless given as text.

        Raises `MonthError` for one that is not before the report's, and `NoResultsError` for one
        without results.
        """
        if month is None:
            return self.previous
        found = Month.parse(month)
        if found >= self.month:
            raise MonthError(f"`{month}` is not before {self.month}: name an earlier month")
        self.records.check((), found)
        return found

    def since(self, code: str, month: Month) -> Record:
        """An indicator's record with the figure of an earlier month as its `previous`."""
        (row,) = self.rows([code])
        if month == self.previous:
            return row
        found = self.records.scorecards([self.unit["unit"]], self.month, month)
        (then,) = self.use([each for each in found if each["code"] == code])
        return {**row, **then}

    @cached_property
    def breakdowns(self) -> list[Record]:
        """The breakdown macro's records of the unit, of all indicators: asked for at once."""
        return self.use(self.records.breakdowns([self.unit["unit"]], self.month))

    @property
    def _kin(self) -> list[str]:
        """The unit, those above it and those below it."""
        above, parent = [], self.unit["parent"]
        while parent:
            above.append(parent)
            parent = self._unit(parent)["parent"]
        within = self.records.units_within(self.unit["unit"], self.month)
        return [*above, *(row["unit"] for row in within)]

    def _unit(self, unit: str) -> Record:
        if unit not in self._units:
            raise UnknownNameError("unit", unit, self._units)
        return self._units[unit]

    @cached_property
    def streaks(self) -> dict[tuple[str, str], Streak]:
        """(unit, code) → for how long its results move one way, of the unit and its areas."""
        found = self.records.all_streaks([self.unit["unit"], *self.areas], self.month)
        return {(row["unit"], row["code"]): streak(row, self.withholding) for row in found}

    def ask_ahead(self) -> Iterator[None]:
        """Ask for what most questions rest on, one part at a time, before any is asked.

        Not for what rests on which small numbers are withheld: to decide that may take long.
        """
        asks: list[Callable[[], object]] = [
            lambda: self._records_of([self.unit["unit"]]), lambda: self._own_trends,
        ]  # fmt: skip
        if profile(self.workbook) is None:
            asks += [lambda: self.streaks, lambda: self._signals]
        for ask in asks:
            ask()
            yield

    @cached_property
    def _own_trends(self) -> list[Record]:
        """The trends of everything about the unit, asked for at once."""
        codes = [row["code"] for row in self.indicators]
        return self.records.trends([self.unit["unit"]], codes, self.month)

    @cached_property
    def uasc_impacts(self) -> list[Record]:
        """The effect of UASC on the unit and its areas, asked for at once."""
        return self.records.uasc_impacts([self.unit["unit"], *self.areas], self.month)

    @cached_property
    def _signals(self) -> dict[str, Record]:
        """The records of the signals macro for the unit, marked and without what is withheld."""
        gone = self.withholding
        rows = self.records.signals(self.unit["unit"], self.month)
        if gone:
            kin = self._kin
            small = self.records.small_counts(kin, self.month, gone.profile.threshold)
            rows = gone.signals(rows, kin, small)
        return {
            row["code"]: {
                "how": None, **row, "marker": self.footnotes.marker(row["provenance"] or ())
            }
            for row in rows
        }  # fmt: skip

    @cached_property
    def _units(self) -> dict[str, Record]:
        return {row["unit"]: row for row in self.records.units_in(self.month)}

    def use(self, rows: Sequence[Record]) -> list[Record]:
        """Records with the markers of their figures, and without what is withheld of them.

        Their provenances owe the page a footnote.
        """
        used = [self.footnotes.marked(row) for row in rows]
        gone = self.withholding
        made = [gone.applied(row) for row in used] if gone else used
        self.footnotes.finished = self.footnotes.finished or any(
            each.finished and not each.withheld() for row in made for each in figures(row).values()
        )
        return made


def _with_month(row: Record) -> dict[str, Any]:
    """A trend's record with its month as text: `2016-08`, `August 2016`, `Aug 2016`."""
    month = Month.of(row["month"])
    return {**row, "month": str(month), "month_words": month.words, "month_short": month.short}
