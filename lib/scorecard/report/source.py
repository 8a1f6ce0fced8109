"""The figures behind one report: records of one unit and month, and what was used of them."""

from __future__ import annotations

from dataclasses import replace
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
from scorecard.report.streaks import Streak, streak
from scorecard.report.variation import Process, has_own_months, is_of_trend
from scorecard.report.withholding import RESTS, Withholding, figures
from scorecard.store.store import Store
from scorecard.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from scorecard.figure import Figure

SPLIT = ("share_shown", "left_out_num", "left_out_denom", "left_out_shown", "others_shown")
"""The parts of a record of the rate_and_mix macro that a page shows."""

Trends = dict[tuple[str, str], list[Record]]
"""(unit, code) → the records of the trend macro, oldest first."""


class Source:
    """Records of the store for one unit and month.

    It records what the page has used: whether there was activity, a sum or a finished result, the
    codes of signals, every provenance, and the unit, code, cohort and data period (empty for the
    indicator's own) of each revised figure.
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
        self.provenances: set[str] = set()
        self.revised: set[tuple[str, str, str, str]] = set()
        self.used_activity = False
        self.used_sums = self.used_finished = False
        self.statuses: set[str] = set()
        self.used_signals: dict[str, None] = {}
        self.target_notes: dict[str, dict[str, None]] = {}
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
        other = {row["code"] for row in self.records.indicators()} - now
        return [code for code in codes if code not in other]

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
    def withholding(self) -> Withholding | None:
        """What is withheld this month; None when small numbers are shown."""
        return Withholding.of(self.store, self.workbook, self.month)

    @cached_property
    def doubtful(self) -> set[str]:
        """The provenances that owe a reader a footnote: estimates, reconstructions."""
        return {name for name, known in self.known_provenances.items() if known["footnote"]}

    @property
    def has_markers(self) -> bool:
        """Whether a figure given out so far carries a marker."""
        names = self.provenances & self.known_provenances.keys()
        return bool(self.revised) or any(self.known_provenances[each]["marker"] for each in names)

    @cached_property
    def known_provenances(self) -> dict[str, Record]:
        """What is known of each provenance, by its name."""
        return {row["provenance"]: row for row in self.records.provenances()}

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
        known, marker = self.known_provenances, self.wording.revised_marker
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
        return self._use(chosen)

    def _records_of(self, units: Sequence[str]) -> list[Record]:
        """The scorecards' records of several units as the store gives them: none is used yet."""
        if not self._scorecards.keys() >= set(units):
            # Nearly all that a question costs is its planning: the units that most pages hold side
            # by side are asked for at once.
            asked = dict.fromkeys([*units, self.unit["unit"], self.county])
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
        for row in self._use(rows):
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
        return [_with_month(row) for row in self._use(named)]

    def activity(self, codes: Sequence[str]) -> list[Record]:
        """The activity macro's records of `codes` for the unit and everything below it.

        Within each unit in the order of `codes`.
        """
        self.used_activity = True
        found = self.records.activity(self.unit["unit"], self.month)
        chosen = [row for row in found if row["code"] in codes]
        units = list(dict.fromkeys(row["unit"] for row in found))
        chosen.sort(key=lambda row: (units.index(row["unit"]), codes.index(row["code"])))
        return self._use(chosen)

    def signals(self, shown: Sequence[str] = ()) -> dict[str, Record]:
        """What the process behaviour chart of each indicator and measure says, by code.

        `marker` is that of all it rests on, and `how` says how it is withheld; None where it isn't.
        The page owes footnotes for those of the codes that are `shown`.
        """
        for code in shown:
            self.used_signals[code] = None
            self.provenances.update(self._signals[code]["provenance"] or ())
        return self._signals

    def limit_months(self) -> list[Record]:
        """The months that the limits of the page so far rest on: `rests_on` of the signals macro.

        One record for each month, but for indicators of which that could give away a small number.
        """
        gone, unit, wary = self.withholding, self.unit["unit"], set[str]()
        if gone:
            wary = {*self.records.small_months(self.month, gone.profile.threshold)}
        found: list[Record] = []
        for code in self.used_signals:
            signal = self._signals[code]
            months = signal["rests_on"] or ()
            if signal["mean"] is None or code in wary:
                continue
            if not gone or not gone.hides_months(unit, code, self.flows, months):
                of = {"unit": unit, "code": code, "format": signal["format"]}
                found += [{**of, **_with_month(each)} for each in months]
        return found

    def outturn(self, codes: Sequence[str] | None = None) -> list[Record]:
        """The outturn macro's records of the unit, of `codes` in that order if there are any.

        `month_alone` is withheld where the months behind the out-turn are (`hides_months`).
        """
        unit, gone = self.unit["unit"], self.withholding
        found = {row["code"]: row for row in self.records.outturn(unit, self.month)}
        rows = [found[code] for code in (found if codes is None else codes)]
        summed = [row["code"] for row in rows if row["month_alone"]]
        if gone and summed:
            behind: dict[str, list[Record]] = {code: [] for code in summed}
            for each in self.records.all_months_behind([unit], summed, self.month):
                behind[each["code"]].append(each)
            rows = [
                gone.without_month(row) if row["month_alone"] and gone.hides_months(
                    unit, row["code"], self.flows, behind[row["code"]]
                ) else row
                for row in rows
            ]  # fmt: skip
        return self.explained(self._use(rows))

    def activity_to_date(self, codes: Sequence[str]) -> list[Record]:
        """The activity_to_date macro's records of the unit, of `codes` in that order.

        With `this_marker`, `year_ago_marker` and `marker` of both; `how` and `year_ago_how` say how
        a sum is withheld, None where it isn't.
        """
        unit, gone = self.unit["unit"], self.withholding
        asked = self.records.activity_to_date(unit, self.month)
        found = {row["code"]: row for row in asked if row["unit"] == unit}
        rows: list[Record] = [{**found[code], "how": None, "year_ago_how": None} for code in codes]
        if gone:
            small = self.records.small_sums(self.month, gone.profile.threshold)
            linked = self.records.linked_measures(self.month)
            rows = [gone.sums(row, small, linked) for row in rows]
        return [
            {
                **row,
                "this_marker": self.marker_of(row["this_provenance"]),
                "year_ago_marker": self.marker_of(row["year_ago_provenance"]),
                "marker": self.marker_of(row["provenance"]),
            }
            for row in rows
        ]

    def processes(self, codes: Sequence[str]) -> dict[str, Process]:
        """The process behaviour charts of `codes`, but for those that are withheld.

        The page owes footnotes for what they rest on.
        """
        signals = {code: self._signals[code] for code in codes if not self._signals[code]["how"]}
        found: dict[str, list[Record]] = {code: [] for code in signals}
        drawn = [code for code, row in signals.items() if is_of_trend(row) or has_own_months(row)]
        unit, records = [self.unit["unit"]], self.records
        for row in records.all_process_limits(unit, drawn, self.month) if drawn else ():
            marker = self._marker([row["provenance"]], revised=False)
            found[row["code"]].append({**_with_month(row), "marker": marker})
        self.signals([code for code, row in signals.items() if row["mean"] is not None])
        return {code: Process(signal, found[code]) for code, signal in signals.items()}

    def impacts(self, units: Sequence[str], codes: Sequence[str]) -> list[Record]:
        """The UASC macro's records of `units` (the unit, its areas), in the order of `codes`."""
        for code in codes:
            if code not in self.rated_codes:
                raise UnknownNameError("rated indicator", code, self.rated_codes)
        order = {code: place for place, code in enumerate(codes)}
        rows = [row for row in self._impacts if row["unit"] in units and row["code"] in order]
        chosen = self._use(rows)
        return sorted(chosen, key=lambda row: (units.index(row["unit"]), order[row["code"]]))

    def rates_and_mixes(self, codes: Sequence[str]) -> tuple[list[Record], int]:
        """Records of the UASC macro with what the rate_and_mix macro says of them.

        Only of indicators that count some UASC; besides, how many rest on what is withheld.
        """
        found = {
            row["code"]: row
            for row in self.records.all_rate_and_mix(self.unit["unit"], codes, self.month)
        }
        gone, hidden = self.withholding, 0
        rows: list[Record] = []
        for row in self.impacts([self.unit["unit"]], codes):
            split = found.get(row["code"])
            # First: whether there is anything to split would say something of what is withheld.
            if row["including"].withheld() or row["excluding"].withheld():
                hidden += 1
            elif not split or not split["left_out_denom"]:
                continue
            elif gone and gone.is_small(split["left_out_num"], split["left_out_denom"]):
                hidden += 1
            else:
                rows.append({**row, **{part: split[part] for part in SPLIT}})
        return rows, hidden

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
        (then,) = self._use([each for each in found if each["code"] == code])
        return {**row, **then}

    def movement(self, code: str, since: Month) -> tuple[list[Record], list[Record]] | None:
        """The records of the movement macro and of the turnover macro for an indicator.

        None when a small number is among them, which everything else there would give away.
        """
        unit, gone = self.unit["unit"], self.withholding
        parts = self.records.movement(unit, code, self.month, since)
        months = self.records.turnover(unit, code, self.month, since)
        if gone and (
            gone.concerns([unit, *(row["unit"] for row in parts if row["unit"])], [code], since)
            or any(gone.is_small(row["num"], row["denom"]) for row in (*parts, *months))
            or any(gone.is_small(row["earlier_num"], row["earlier_denom"]) for row in parts)
        ):
            return None
        return parts, months

    def of_part(self, whole: Figure, part: Record, earlier: str = "") -> Figure:
        """A figure of a part of `whole`, such as a unit below or a month, with its own markers.

        Those of its `provenance`; `earlier` begins the columns of the earlier month.
        """
        bare = replace(
            whole, num=part[f"{earlier}num"], denom=part[f"{earlier}denom"],
            provenance=tuple(part[f"{earlier}provenance"] or ()), revised=False, added_up=False,
            marker="", count_marker="", revised_marker="", sum_marker="",
        )  # fmt: skip
        return self._with_markers(bare)

    @cached_property
    def breakdowns(self) -> list[Record]:
        """The breakdown macro's records of the unit, of all indicators: asked for at once."""
        return self._use(self.records.breakdowns([self.unit["unit"]], self.month))

    def reconciliation(self) -> list[Record]:
        """The reconciliation macro's records, but for those with a figure that is withheld."""
        rows = self.records.reconciliation(self.unit["unit"], self.month)
        gone = self.withholding
        if not gone:
            return rows
        units = self.records.units_within(self.unit["unit"], self.month)
        parts: dict[str, list[str]] = {row["unit"]: [row["unit"]] for row in units}
        for row in units:
            parts.get(row["parent"], []).append(row["unit"])
        return [row for row in rows if not gone.concerns(parts[row["unit"]], [row["code"]])]

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
    def _impacts(self) -> list[Record]:
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
                "how": None, **row, "marker": self._marker(row["provenance"] or (), revised=False)
            }
            for row in rows
        }  # fmt: skip

    @cached_property
    def _units(self) -> dict[str, Record]:
        return {row["unit"]: row for row in self.records.units_in(self.month)}

    def _use(self, rows: Sequence[Record]) -> list[Record]:
        """Records with the markers of their figures, and without what is withheld of them.

        Their provenances owe the page a footnote.
        """
        used = [self._marked(row) for row in rows]
        gone = self.withholding
        made = [gone.applied(row) for row in used] if gone else used
        self.used_finished = self.used_finished or any(
            each.finished and not each.withheld() for row in made for each in figures(row).values()
        )
        return made

    def _marked(self, row: Record) -> Record:
        """A record with the markers of its figures, whatever column they are in.

        `marker` is that of what compares two of them.
        """
        if row.get("target_note"):
            self.target_notes.setdefault(row["target_note"], {})[row["code"]] = None
        given = figures(row)
        made: dict[str, Any] = {name: self._with_markers(each) for name, each in given.items()}
        both = [
            given[place]
            for field, places in RESTS.items()
            if field in row and len(places) > 1
            for place in places
            if place in given
        ]
        if both:
            names = sorted({name for each in both for name in each.provenance})
            made["marker"] = self._marker(names, any(each.revised for each in both))
        return {**row, **made}

    def _with_markers(self, figure: Figure) -> Figure:
        """A figure with the markers of its result and of its counts, and that of its revision."""
        self.provenances.update(figure.provenance)
        self.statuses.add(figure.status)
        if figure.added_up:
            self.used_sums = True
            figure = replace(figure, sum_marker=self.wording.added_up_marker)
        if figure.revised:
            self.revised.add((figure.unit, figure.code, figure.cohort, figure.period))
        marker = self._marker(figure.provenance, figure.revised)
        counts = self._marker(figure.provenance, figure.revised, "count_marker")
        if not marker and not counts:
            return figure
        alone = self._marker((), figure.revised)
        return replace(figure, marker=marker, count_marker=counts, revised_marker=alone)

    def marker_of(self, provenances: Iterable[str]) -> str:
        """The markers of figures of `provenances`, which owe the page a footnote then."""
        names = sorted({each for each in provenances if each})
        self.provenances.update(names)
        return self._marker(names, revised=False)

    def _marker(self, provenances: Iterable[str], revised: bool, kind: str = "marker") -> str:
        """The markers of `provenances`, and that of a revised figure: `e, r`."""
        known = (self.known_provenances.get(each) for each in provenances)
        marks = [each[kind] for each in known if each and each[kind]]
        return ", ".join(dict.fromkeys([*marks, *[self.wording.revised_marker] * revised]))


def _with_month(row: Record) -> dict[str, Any]:
    """A trend's record with its month as text: `2016-08`, `August 2016`, `Aug 2016`."""
    month = Month.of(row["month"])
    return {**row, "month": str(month), "month_words": month.words, "month_short": month.short}
