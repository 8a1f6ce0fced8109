"""The figures behind one report: records of one unit and month, and what was used of them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from scorecard.errors import MonthError, ScorecardError, UnknownNameError
from scorecard.months import Month
from scorecard.params.disclosure import profile
from scorecard.params.month import previous_report, read_meeting_file
from scorecard.params.reports import MONTHS_OF, closes
from scorecard.params.roles import Responsible, Roles, read_roles
from scorecard.params.wording import Wording, read_wording, year_begins
from scorecard.report import cautions, prose
from scorecard.report.abbreviations import explained
from scorecard.report.cell import Record, with_month
from scorecard.report.footnotes import Footnotes
from scorecard.report.month_catalogue import MonthCatalogue
from scorecard.report.signals import Signals
from scorecard.report.streaks import Streak, streak
from scorecard.report.withholding import Withholding, every_field_known, figures
from scorecard.store.names import with_those_above
from scorecard.store.store import Store
from scorecard.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


Trends = dict[tuple[str, str], list[Record]]
"""(unit, code) → the records of the trend macro, oldest first."""


class Source:
    """Records of the store for one unit and month.

    `footnotes` records what the page has used of them. Questions that only one part of a page
    asks are in the module of that part.
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
        self._had: set[tuple[str, str]] = set()

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

    @property
    def county(self) -> str:
        """The county at the top of the units that the unit belongs to."""
        return self._with_those_above[-1]

    @property
    def _with_those_above(self) -> list[str]:
        parents = {unit: row["parent"] for unit, row in self._units.items()}
        return with_those_above(self.unit["unit"], parents)

    @cached_property
    def areas(self) -> list[str]:
        """The areas below the unit, in order of display; an area has none."""
        within = self.records.units_within(self.unit["unit"], self.month)
        return [row["unit"] for row in within if row["kind"] == "area" and row["depth"]]

    @cached_property
    def catalogue(self) -> MonthCatalogue:
        """The month's indicators and activity measures."""
        return MonthCatalogue(self.records, self.month)

    def selection(self, codes: Sequence[str]) -> list[tuple[int, int]]:
        """How many indicators of how many a page has by its `codes`; then activity measures."""
        rated = self._records_of([self.unit["unit"]])
        chosen, measures = self.catalogue.rated_of(codes), self.catalogue.measures_of(codes)
        of_rated = [row for row in rated if chosen is None or row["code"] in chosen]
        return [(len(of_rated), len(rated)), (len(measures), len(self.catalogue.measures))]

    def of_selection(self, codes: Sequence[str]) -> str:
        """What sentences add to the indicators that they count, where a page has not all."""
        return prose.of_selection(self.selection(codes))

    @cached_property
    def has_comparators(self) -> bool:
        """Whether the workbook has comparators; most have none, and are not asked for them."""
        return bool(self.store.rows("SELECT 1 FROM comparators LIMIT 1"))

    @cached_property
    def footnotes(self) -> Footnotes:
        """The footnotes that the page needs for what it has used."""
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
        """What a summary of the results `which` of `rows` must say of them (`cautions.py`).

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
        """The records of a month and a unit, from a store that is opened for them."""
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
        """The scorecard's records: those that concern the unit, or of `codes` in that order.

        Each has its `streak` (`streaks.py`).
        """
        found = self._chosen([unit or self.unit["unit"]], codes)
        wanted = [row for row in found if codes is not None or self._concerns(row)]
        rows = [self.with_streak(row) for row in self.use(wanted)]
        if codes is None:
            return self.explained(rows)
        self.catalogue.check_rated(codes)
        by_code = {row["code"]: row for row in rows}
        return self.explained([by_code[code] for code in codes])

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
        """The scorecards' records of several units, one after the other; of `codes` if given.

        Of other units than the page's, those that concern them.
        """
        own, found = self.unit["unit"], self._chosen(units, codes)
        return self.use([row for row in found if row["unit"] == own or self._concerns(row)])

    def _chosen(self, units: Sequence[str], codes: Sequence[str] | None) -> list[Record]:
        """The scorecards' records of several units; of `codes` if given."""
        rows = self._records_of(units)
        return [row for row in rows if codes is None or row["code"] in codes]

    def _concerns(self, row: Record) -> bool:
        """Whether an indicator concerns its unit, which has had a result of it by now.

        Every indicator concerns the county.
        """
        return row["unit"] == self.county or (row["unit"], row["code"]) in self._had

    def _records_of(self, units: Sequence[str]) -> list[Record]:
        """The scorecards' records of several units as the store gives them: none is used yet."""
        if not self._scorecards.keys() >= set(units):
            # Planning is nearly all the time that a question takes, so one question asks for every
            # unit that most pages show.
            asked = dict.fromkeys([*units, self.unit["unit"], self.county, *self.areas])
            new = [unit for unit in asked if unit not in self._scorecards]
            found = self.records.scorecards(new, self.month, self.previous)
            self._had |= self.records.indicators_had(new, self.month)
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
            found.setdefault((row["unit"], row["code"]), []).append(with_month(row))
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
        return [with_month(row) for row in self.use(named)]

    @cached_property
    def signals(self) -> Signals:
        """What the unit's process behaviour charts say."""
        withholding = self.withholding
        return Signals(
            self.records, self.unit["unit"], self.month, self.footnotes, withholding,
            self._kin if withholding else (), self.catalogue.flows if withholding else (),
        )  # fmt: skip

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
        within = self.records.units_within(self.unit["unit"], self.month)
        return [*self._with_those_above[1:], *(row["unit"] for row in within)]

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
            asks += [lambda: self.streaks, lambda: self.signals.by_code]
        for ask in asks:
            ask()
            yield

    @cached_property
    def _own_trends(self) -> list[Record]:
        """The trends of everything about the unit, asked for at once."""
        codes = [row["code"] for row in self.catalogue.rows]
        return self.records.trends([self.unit["unit"]], codes, self.month)

    @cached_property
    def uasc_impacts(self) -> list[Record]:
        """The effect of UASC on the unit and its areas, asked for at once."""
        return self.records.uasc_impacts([self.unit["unit"], *self.areas], self.month)

    @cached_property
    def _units(self) -> dict[str, Record]:
        return {row["unit"]: row for row in self.records.units_in(self.month)}

    def use(self, rows: Sequence[Record]) -> list[Record]:
        """Records with the markers of their figures, and without what is withheld of them.

        Their provenances owe the page a footnote.
        """
        every_field_known(rows)
        used = [self.footnotes.marked(row) for row in rows]
        withholding = self.withholding
        made = [withholding.applied(row) for row in used] if withholding else used
        self.footnotes.finished = self.footnotes.finished or any(
            each.finished and not each.withheld() for row in made for each in figures(row).values()
        )
        return made
