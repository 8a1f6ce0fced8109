"""What may be asked of the store, by unit, indicator and month; each question is a macro.

Answers are flat data frames for people (`Store`), or records for pages (`Records`) in which a
figure is one value.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from scorecard.errors import UnknownNameError
from scorecard.figure import WHOLE
from scorecard.store.names import INDICATORS, UNITS
from scorecard.store.pack_questions import PackQuestions
from scorecard.store.sql_files import query

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.months import Month

Answer = TypeVar("Answer")


class Questions(PackQuestions, ABC, Generic[Answer]):
    """Questions to an open store, answered as at a load, or now if `as_at` is None.

    Columns are as in the macros. A month may be written as text: `signals("kent", "2016-08")`. An
    unknown unit or indicator, or a month without results, raises an error that names the nearest.
    """

    form = ""
    """The suffix of the macros that give figures; empty for flat columns."""

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
        """What was added, amended and retired since the month `since`, by default the month before.

        Columns are as in `macros/reference.sql`.
        """
        asked = {"month": str(month), "since": str(since) if since else None}
        return self._ask("FROM catalogue_changes($month, since := $since)", **asked)

    def rationales(self, month: Month | str) -> Answer:
        """The rationales of the targets in force in a month, for those that have one."""
        return self._ask(query("rationales"), month=str(month))

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
        cohort: str = WHOLE,
    ) -> Answer:
        """One row for each unit, indicator and month, oldest first (`macros/trend.sql`).

        It covers the last `months`, by default as many as a page shows.
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

    def outturn(self, unit: str, month: Month | str) -> Answer:
        """A financial year's out-turn beside the year before's (`macros/outturn.sql`)."""
        return self._of_unit(f"outturn{self.form}", unit, month)

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

    def movements(
        self, unit: str, codes: Sequence[str], month: Month | str, since: Month | str
    ) -> Answer:
        """As `movement`, of several indicators (`macros/movement.sql`)."""
        return self._of_codes("movements", unit, codes, month, since)

    def turnovers(
        self, unit: str, codes: Sequence[str], month: Month | str, since: Month | str
    ) -> Answer:
        """As `turnover`, of several indicators (`macros/movement.sql`)."""
        return self._of_codes("turnovers", unit, codes, month, since)

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
        """As `signals`, of several units, one after the other (`macros/signals.sql`)."""
        self.check(units, month)
        return self._of(month, "signals_of($units, $month", units=[*units])

    def process_limits(
        self, unit: str, code: str, month: Month | str, cohort: str = WHOLE
    ) -> Answer:
        """The process behaviour chart of an indicator, a row a month (`macros/signals.sql`)."""
        return self._of_one("process_limits", unit, code, month, cohort)

    def all_process_limits(
        self, units: Sequence[str], codes: Sequence[str], month: Month | str
    ) -> Answer:
        """As `process_limits`, of several units and indicators (`macros/signals.sql`)."""
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
        self, unit: str, code: str, month: Month | str, cohort: str = WHOLE
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

    def what_next(self, unit: str, code: str, month: Month | str, cohort: str = WHOLE) -> Answer:
        """What next month's rolling figure will be, and what it needs (`macros/what_next.sql`)."""
        return self._of_one("what_next", unit, code, month, cohort)

    def funnel(self, unit: str, code: str, month: Month | str, cohort: str = WHOLE) -> Answer:
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

    def explain(self, unit: str, code: str, month: Month | str, cohort: str = WHOLE) -> Answer:
        """Where a figure comes from: window, target, comparisons (`macros/explain.sql`)."""
        return self._of_one("explain", unit, code, month, cohort)

    def explain_rows(self, unit: str, code: str, month: Month | str, cohort: str = WHOLE) -> Answer:
        """The results that a figure is made of, with file, row and load (`macros/explain.sql`)."""
        return self._of_one("explain_rows", unit, code, month, cohort)

    def explain_parts(
        self, unit: str, code: str, month: Month | str, cohort: str = WHOLE
    ) -> Answer:
        """The units below that months of a figure are added up from (`macros/explain.sql`)."""
        return self._of_one("explain_parts", unit, code, month, cohort)

    def comparators(self, unit: str, code: str, month: Month | str) -> Answer:
        """The results of others beside a unit's (`macros/comparators.sql`)."""
        return self._of_one("comparators", unit, code, month)

    def all_comparators(self, unit: str, codes: Sequence[str], month: Month | str) -> Answer:
        """As `comparators`, of several indicators (`macros/comparators.sql`)."""
        return self._of_codes("all_comparators", unit, codes, month)

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

    def _of_codes(
        self,
        macro: str,
        unit: str,
        codes: Sequence[str],
        month: Month | str,
        since: Month | str | None = None,
    ) -> Answer:
        """The answer of a macro about a unit, several indicators and a month, a span if any."""
        self.check([unit], month, codes)
        asked: dict[str, Any] = {"unit": unit, "codes": [*codes]}
        asked |= {"since": str(since)} if since else {}
        taken = ", since := $since" if since else ""
        return self._of(month, f"{macro}($unit, $codes, $month{taken}", **asked)

    def _of(self, month: Month | str, call: str, **parameters: Any) -> Answer:
        """The answer of a macro of a month, called with all it takes but `as_at`."""
        asked = {"month": str(month), "as_at": self.as_at, **parameters}
        return self._ask(f"FROM {call}, as_at := $as_at)", **asked)

    @abstractmethod
    def _ask(self, query: str, **parameters: Any) -> Answer:
        """The answer to a query with `$name` parameters."""
