"""What may be asked of the store, by unit, indicator and month; each question is a macro.

Answers are flat data frames for people (`Store`), or records for pages (`Records`) in which a
figure is one value.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import contextmanager
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from duckdb import Error

from scorecard.errors import MonthError, NoResultsError, UnknownNameError, message_first
from scorecard.figure import Figure
from scorecard.months import Month
from scorecard.store.staging import sql
from scorecard.wording import named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import duckdb

Answer = TypeVar("Answer")

UNITS, INDICATORS = "FROM units ORDER BY position", "FROM indicators ORDER BY position"
COHORTS = "FROM cohorts ORDER BY position"


class Questions(ABC, Generic[Answer]):
    """Questions to an open store, answered as at a load, or now if `as_at` is None.

    Columns are as in the macros. A month may be written as text: `signals("kent", "2016-08")`. An
    unknown unit or indicator, or a month without results, raises an error that names the nearest.
    """

    form = ""
    """What follows the name of a macro that gives figures: nothing for the flat one."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, as_at: int | None) -> None:
        self._connection = connection
        self.as_at = as_at

    def rows(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        """As `sql`, as plain records with exact decimals and dates: pandas isn't needed."""
        found = self._connection.execute(query, parameters or None)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def units(self) -> Answer:
        """Every unit there ever was, in order of display: `position unit name kind parent`."""
        return self._ask(UNITS)

    def units_in(self, month: Month | str) -> Answer:
        """The units that there are in a month (`macros/reference.sql`): as `units`, with months."""
        return self._ask("FROM units_in($month)", month=str(month))

    def units_within(self, unit: str, month: Month | str) -> Answer:
        """A unit and everything below it in a month: as `units`, with `depth` below the unit."""
        if unit not in self._known_units:
            raise UnknownNameError("unit", unit, self._known_units)
        return self._ask("FROM units_within($unit, $month)", unit=unit, month=str(month))

    def indicators(self) -> Answer:
        """The catalogue in order of display, as in `schema.sql`."""
        return self._ask(INDICATORS)

    def indicators_in(self, month: Month | str) -> Answer:
        """The catalogue of a month, in order of display (`macros/reference.sql`)."""
        return self._ask("FROM indicators_in($month)", month=str(month))

    def catalogue_changes(self, month: Month | str, since: Month | str | None = None) -> Answer:
        """What was added, amended and retired since the previous report, or `since` a month.

        As in `macros/reference.sql`; since the month before unless given.
        """
        asked = {"month": str(month), "since": str(since) if since else None}
        return self._ask("FROM catalogue_changes($month, since := $since)", **asked)

    def rationales(self, month: Month | str) -> Answer:
        """Why the targets in force in a month are what they are, of those that have a rationale."""
        query = "FROM targets_in_force(month_start($month)) WHERE rationale IS NOT NULL"
        return self._ask(f"SELECT code, rationale {query}", month=str(month))

    def provenances(self) -> Answer:
        """What is known of each provenance: columns as in `schema.sql`."""
        return self._ask("FROM provenances")

    def scorecards(
        self, units: Sequence[str], month: Month | str, since: Month | str | None = None
    ) -> Answer:
        """One row for each unit and rated indicator (`macros/scorecard.sql`).

        `since` is the month of the previous report; the month before unless given.
        """
        self.check(units, month)
        asked = {"units": [*units], "since": str(since) if since else None}
        return self._of(month, f"scorecards{self.form}($units, $month, since := $since", **asked)

    def trends(
        self,
        units: Sequence[str],
        codes: Sequence[str],
        month: Month | str,
        months: int | None = None,
        cohort: str = "all",
    ) -> Answer:
        """One row for each unit, indicator and month, oldest first (`macros/trend.sql`).

        Of as many `months` as a page shows, unless given.
        """
        self.check(units, month, codes)
        takes = "$units, $codes, $month, months := $months, for_cohort := $cohort"
        asked = {"units": [*units], "codes": [*codes], "months": months, "cohort": cohort}
        return self._of(month, f"trends{self.form}({takes}", **asked)

    def activity(self, unit: str, month: Month | str) -> Answer:
        """One row for each unit within `unit` and activity measure (`macros/activity.sql`)."""
        return self._of_unit(f"activity{self.form}", unit, month)

    def activity_to_date(self, unit: str, month: Month | str) -> Answer:
        """What came in since the financial year began, and a year ago (`macros/activity.sql`)."""
        return self._of_unit("activity_to_date", unit, month)

    def reconciliation(self, unit: str, month: Month | str) -> Answer:
        """Each activity figure beside the sum of its parts (`macros/activity.sql`)."""
        return self._of_unit("reconciliation", unit, month)

    def movement(
        self, unit: str, code: str, month: Month | str, since: Month | str | None = None
    ) -> Answer:
        """Which units below moved a result since last month, or `since` (`macros/movement.sql`)."""
        return self._of_one("movement", unit, code, month, since=since)

    def turnover(
        self, unit: str, code: str, month: Month | str, since: Month | str | None = None
    ) -> Answer:
        """Which months came into a data period and dropped out (`macros/movement.sql`)."""
        return self._of_one("turnover", unit, code, month, since=since)

    def uasc_impacts(self, units: Sequence[str], month: Month | str) -> Answer:
        """One row for each unit and indicator with both cohorts (`macros/uasc_impact.sql`)."""
        self.check(units, month)
        return self._of(month, f"uasc_impacts{self.form}($units, $month", units=[*units])

    def revisions(self, units: Sequence[str], month: Month | str) -> Answer:
        """The figures of that month's pack that were revised (`macros/revisions.sql`)."""
        self.check(units, month)
        return self._of(month, f"revisions{self.form}($units, $month", units=[*units])

    def signals(self, unit: str, month: Month | str) -> Answer:
        """What the chart of each indicator and measure says of the month (`macros/signals.sql`)."""
        return self._of_unit("signals", unit, month)

    def signals_of(self, units: Sequence[str], month: Month | str) -> Answer:
        """The same of several units, one after the other."""
        self.check(units, month)
        return self._of(month, "signals_of($units, $month", units=[*units])

    def process_limits(
        self, unit: str, code: str, month: Month | str, cohort: str = "all"
    ) -> Answer:
        """The process behaviour chart of an indicator, a row a month (`macros/signals.sql`)."""
        return self._of_one("process_limits", unit, code, month, cohort)

    def all_process_limits(
        self, units: Sequence[str], codes: Sequence[str], month: Month | str
    ) -> Answer:
        """The same of several indicators of several units."""
        self.check(units, month, codes)
        asked = {"units": [*units], "codes": [*codes]}
        return self._of(month, "all_process_limits($units, $codes, $month", **asked)

    def streaks(self, unit: str, month: Month | str) -> Answer:
        """For how long results move, and have their rating (`macros/streaks.sql`)."""
        return self._of_unit("streaks", unit, month)

    def all_streaks(self, units: Sequence[str], month: Month | str) -> Answer:
        """As `streaks`, of several units (`macros/streaks.sql`)."""
        self.check(units, month)
        return self._of(month, "all_streaks($units, $month", units=[*units])

    def margins(self, unit: str, month: Month | str) -> Answer:
        """How many cases each result is from target and floor (`macros/what_next.sql`)."""
        return self._of_unit("margins", unit, month)

    def months_behind(
        self, unit: str, code: str, month: Month | str, cohort: str = "all"
    ) -> Answer:
        """The months that a figure is added up from (`macros/what_next.sql`)."""
        return self._of_one("months_behind", unit, code, month, cohort)

    def all_months_behind(
        self, units: Sequence[str], codes: Sequence[str], month: Month | str
    ) -> Answer:
        """As `months_behind`, of several units and indicators (`macros/what_next.sql`)."""
        return self._of_all("all_months_behind", units, codes, month)

    def all_what_next(
        self, units: Sequence[str], codes: Sequence[str], month: Month | str
    ) -> Answer:
        """As `what_next`, of several units and indicators (`macros/what_next.sql`)."""
        return self._of_all("all_what_next", units, codes, month)

    def what_next(self, unit: str, code: str, month: Month | str, cohort: str = "all") -> Answer:
        """What next month's rolling figure will be, and what it needs (`macros/what_next.sql`)."""
        return self._of_one("what_next", unit, code, month, cohort)

    def funnel(self, unit: str, code: str, month: Month | str, cohort: str = "all") -> Answer:
        """Whether the units below differ by more than chance (`macros/funnel.sql`)."""
        return self._of_one("funnel", unit, code, month, cohort)

    def funnels(self, unit: str, codes: Sequence[str], month: Month | str) -> Answer:
        """As `funnel`, of several indicators (`macros/funnel.sql`)."""
        return self._of_codes("funnels", unit, codes, month)

    def breakdowns(self, units: Sequence[str], month: Month | str) -> Answer:
        """One row for each unit, indicator and group of a dimension (`macros/breakdown.sql`)."""
        self.check(units, month)
        return self._of(month, f"breakdowns{self.form}($units, $month", units=[*units])

    def breakdown(self, unit: str, code: str, dimension: str, month: Month | str) -> Answer:
        """The groups of one dimension beside the whole, flat (`macros/breakdown.sql`)."""
        self.check([unit], month, [code])
        if dimension not in self._known_dimensions:
            raise UnknownNameError("dimension", dimension, self._known_dimensions)
        asked = {"unit": unit, "code": code, "dimension": dimension}
        return self._of(month, "breakdown($unit, $code, $dimension, $month", **asked)

    def rate_and_mix(self, unit: str, code: str, month: Month | str) -> Answer:
        """Why the whole differs from the smaller cohort (`macros/rate_and_mix.sql`)."""
        return self._of_one("rate_and_mix", unit, code, month)

    def all_rate_and_mix(self, unit: str, codes: Sequence[str], month: Month | str) -> Answer:
        """As `rate_and_mix`, of several indicators (`macros/rate_and_mix.sql`)."""
        return self._of_codes("all_rate_and_mix", unit, codes, month)

    def explain(self, unit: str, code: str, month: Month | str, cohort: str = "all") -> Answer:
        """Where a figure comes from: window, target, comparisons (`macros/explain.sql`)."""
        return self._of_one("explain", unit, code, month, cohort)

    def explain_rows(self, unit: str, code: str, month: Month | str, cohort: str = "all") -> Answer:
        """The results that a figure is made of, with file, row and load (`macros/explain.sql`)."""
        return self._of_one("explain_rows", unit, code, month, cohort)

    def explain_parts(
        self, unit: str, code: str, month: Month | str, cohort: str = "all"
    ) -> Answer:
        """The units below that months of a figure are added up from (`macros/explain.sql`)."""
        return self._of_one("explain_parts", unit, code, month, cohort)

    def comparators(self, unit: str, code: str, month: Month | str) -> Answer:
        """The results of others beside a unit's (`macros/comparators.sql`)."""
        return self._of_one("comparators", unit, code, month)

    def all_comparators(self, unit: str, codes: Sequence[str], month: Month | str) -> Answer:
        """As `comparators`, of several indicators (`macros/comparators.sql`)."""
        return self._of_codes("all_comparators", unit, codes, month)

    def page_opens(self, month: Month) -> Month:
        """The first month of which the pages of `month` show a figure."""
        return Month.of(
            self.rows("SELECT page_opens(month_start($month)) AS month", month=str(month))[0][
                "month"
            ]
        )

    def reference(self, month: Month, since: Month | None = None) -> dict[str, list[str]]:
        """What the pages of `month` show of the catalogue: file of data/reference → rows.

        `since` is the month of the previous report; the month before unless given.
        """
        found: dict[str, list[str]] = {}
        asked = {"month": str(month), "since": str(since) if since else None}
        for row in self.rows(query("reference"), **asked):
            found.setdefault(row["file"], []).append(row["row"])
        return found

    def small_counts(self, units: Sequence[str], month: Month, threshold: int) -> list[str]:
        """The codes of counts of which one that limits can rest on is from 1 to `threshold`."""
        asked = {"units": [*units], "month": str(month), "threshold": threshold}
        return [row["code"] for row in self.rows(query("small_counts"), **asked, as_at=self.as_at)]

    def small_months(self, month: Month, threshold: int) -> list[str]:
        """The codes with a small count, in any unit, in a month that limits can rest on."""
        asked = {"month": str(month), "threshold": threshold}
        return [row["code"] for row in self.rows(query("small_months"), **asked, as_at=self.as_at)]

    def finished_codes(self, month: Month) -> list[str]:
        """The codes with a finished result in a month that pages, or limits on them, rest on."""
        asked = {"month": str(month), "as_at": self.as_at}
        return [row["code"] for row in self.rows(query("finished_codes"), **asked)]

    def pack_figures(self, month: Month) -> list[dict[str, Any]]:
        """What that month's pack says of each figure (`macros/revisions.sql`)."""
        return self.rows(query("pack_figures"), month=str(month), as_at=self.as_at)

    def differences(
        self, month: Month, earlier: int, units: Sequence[str] | None = None
    ) -> list[dict[str, Any]]:
        """What that month's pack says otherwise than after a load (`macros/revisions.sql`).

        Of all units, or of `units`.
        """
        self.check(units or [], month, ever=True)
        asked = {"month": str(month), "earlier": earlier, "units": list(units) if units else None}
        return self.rows(query("differences"), **asked, as_at=self.as_at)

    def displaced(self, month: Month, units: Sequence[str] | None = None) -> dict[str, int]:
        """What reference data has lost that pages of `month` show → results of it in the last load.

        Of all units, or of `units` and those that are in no month any more: "unit `north`" → 23.
        """
        asked = {"month": str(month), "units": list(units) if units else None}
        return {row["gone"]: row["results"] for row in self.rows(query("displaced"), **asked)}

    def check(
        self,
        units: Iterable[str],
        month: Month | str,
        codes: Iterable[str] = (),
        *,
        ever: bool = False,
    ) -> None:
        """Raise `UnknownNameError` or `MonthError` for what the store doesn't hold.

        With `ever`, a month may have had results that were removed, and a unit or indicator may be
        one of other months.
        """
        for unit in units:
            if unit not in self._known_units:
                raise UnknownNameError("unit", unit, self._known_units)
        codes = [*codes]
        for code in codes:
            if code not in self._known_codes:
                raise UnknownNameError("indicator", code, self._known_codes)
        month = Month.parse(str(month))
        if str(month) not in (self.months_ever if ever else self.months):
            raise NoResultsError(month, self.months, self.months_ever)
        if ever:
            return
        for kind, names, spells, asked in (
            ("no unit", self._known_units, self._spells, units),
            ("not in the catalogue", self._known_codes, self._code_spells, codes),
        ):
            for each in asked:
                if not any(first <= month <= last for first, last in spells[each]):
                    there = named([_span(*span) for span in spells[each]], len(spells[each]))
                    raise MonthError(f"{names[each]} (`{each}`) is {kind} in {month}, but {there}")

    @cached_property
    def _known_units(self) -> dict[str, str]:
        return {row["unit"]: row["name"] for row in self.rows(UNITS)}

    @cached_property
    def _spells(self) -> dict[str, list[tuple[Month, Month]]]:
        """Unit → the first and the last month of each time that it was there."""
        return _spans(
            self.rows("SELECT unit AS name, first_month, last_month FROM unit_spells ORDER BY ALL")
        )

    @cached_property
    def _code_spells(self) -> dict[str, list[tuple[Month, Month]]]:
        """Code → the first and the last month of each time that it was in the catalogue."""
        return _spans(
            self.rows(
                "SELECT code AS name, first_month, last_month FROM indicator_spells ORDER BY ALL"
            )
        )

    @cached_property
    def _known_codes(self) -> dict[str, str]:
        return {row["code"]: row["name"] for row in self.rows(INDICATORS)}

    @cached_property
    def cohorts(self) -> dict[str, str]:
        """How each cohort is named after the name of a figure; nothing where all are counted."""
        return {row["cohort"]: row["words"] for row in self.rows(COHORTS)}

    @cached_property
    def _known_dimensions(self) -> list[str]:
        found = (row["dimension"] for row in self.rows(COHORTS))
        return list(dict.fromkeys(each for each in found if each))

    @cached_property
    def months(self) -> list[str]:
        """Every month that has results, the earliest first."""
        return [row["month"] for row in self.rows(query("months"), as_at=self.as_at)]

    @cached_property
    def months_ever(self) -> list[str]:
        """Every month that has results, or had some that were removed."""
        return [row["month"] for row in self.rows(query("months_ever"))]

    def _of_unit(self, macro: str, unit: str, month: Month | str) -> Answer:
        """The answer of a macro about one unit and month."""
        self.check([unit], month)
        return self._of(month, f"{macro}($unit, $month", unit=unit)

    def _of_one(
        self,
        macro: str,
        unit: str,
        code: str,
        month: Month | str,
        cohort: str | None = None,
        since: Month | str | None = None,
    ) -> Answer:
        """The answer of a macro about one unit, indicator and month, a cohort and a span if any."""
        self.check([unit], month, [code])
        if cohort and cohort not in self.cohorts:
            raise UnknownNameError("cohort", cohort, self.cohorts)
        asked = {"unit": unit, "code": code} | ({"cohort": cohort} if cohort else {})
        asked |= {"since": str(since)} if since else {}
        taken = ", for_cohort := $cohort" if cohort else ""
        taken += ", since := $since" if since else ""
        return self._of(month, f"{macro}($unit, $code, $month{taken}", **asked)

    def _of_all(
        self, macro: str, units: Sequence[str], codes: Sequence[str], month: Month | str
    ) -> Answer:
        """The answer of a macro about several units and indicators, and a month."""
        self.check(units, month, codes)
        return self._of(month, f"{macro}($units, $codes, $month", units=[*units], codes=[*codes])

    def _of_codes(self, macro: str, unit: str, codes: Sequence[str], month: Month | str) -> Answer:
        """The answer of a macro about a unit, several indicators and a month."""
        self.check([unit], month, codes)
        return self._of(month, f"{macro}($unit, $codes, $month", unit=unit, codes=[*codes])

    def _of(self, month: Month | str, call: str, **parameters: Any) -> Answer:
        """The answer of a macro of a month, called with all it takes but `as_at`."""
        asked = {"month": str(month), "as_at": self.as_at, **parameters}
        return self._ask(f"FROM {call}, as_at := $as_at)", **asked)

    @abstractmethod
    def _ask(self, query: str, **parameters: Any) -> Answer:
        """The answer to a query with `$name` parameters."""


class Forms(Questions[Answer]):
    """Answers in another form than that of pandas: what `made` makes of a result."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        as_at: int | None,
        made: Callable[[duckdb.DuckDBPyRelation], Answer],
    ) -> None:
        super().__init__(connection, as_at)
        self._made = made

    def sql(self, query: str, **parameters: Any) -> Answer:
        """An analyst's own SQL, with `$name` parameters, on tables and macros alike."""
        with shown_in_brief():
            return self._made(self._connection.sql(query, params=parameters or None))

    def _ask(self, query: str, **parameters: Any) -> Answer:
        return self.sql(query, **parameters)


class Records(Questions["list[Mapping[str, Any]]"]):
    """Answers as records: figures as one value (`Figure`), nothing as None."""

    form = "_as_figures"

    def _ask(self, query: str, **parameters: Any) -> list[Mapping[str, Any]]:
        return [
            {
                name: Figure.of(each) if isinstance(each, dict) else each
                for name, each in row.items()
            }
            for row in self.rows(query, **parameters)
        ]


@contextmanager
def shown_in_brief() -> Iterator[None]:
    """Have a notebook show what is wrong in somebody's query, and not the way through our code."""
    try:
        yield
    except Error as error:
        shown = partial(message_first, error)
        error._render_traceback_ = shown  # type: ignore[attr-defined]  # as IPython asks
        raise


def query(name: str) -> str:
    """The text of a file in `sql/queries/`, which holds what is more than a call of a macro."""
    return sql(f"queries/{name}")


def _spans(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[tuple[Month, Month]]]:
    """Name → the first and the last month of each span of `rows`; one follows on another."""
    found: dict[str, list[tuple[Month, Month]]] = {}
    for row in rows:
        first, last = Month.of(row["first_month"]), Month.of(row["last_month"])
        spans = found.setdefault(row["name"], [])
        if spans and spans[-1][1] + 1 == first:
            first, _ = spans.pop()
        spans.append((first, last))
    return found


def _span(first: Month, last: Month) -> str:
    """A span of months in words; one without a beginning or an end is open there."""
    begins = f"from {first} on" if first.year > 1 else ""
    return f"{begins} until {last}".strip() if last.year < 9999 else begins or "always"
