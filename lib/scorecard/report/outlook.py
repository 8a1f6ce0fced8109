"""What a panel says of an indicator beyond its own result: what is next, and how others do.

The months that a rolling figure is added up from, what next month's will be, how far areas differ
by more than chance, and the results of comparators: asked once for all indicators of a page,
without what rests on small numbers.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from scorecard import display
from scorecard.months import Month
from scorecard.report import comparators
from scorecard.report.streaks import Streak

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard.report.cell import Record
    from scorecard.report.source import Source


class Outlook:
    """The outlook of a unit's indicators, whose records of the scorecard are `rows`.

    Each answer is by the code of an indicator, and empty where there is none or it is not shown.
    """

    def __init__(self, source: Source, rows: Sequence[Record]) -> None:
        self._source = source
        self._rows = {row["code"]: row for row in rows}
        self._unit = source.unit["unit"]
        self._codes = [*self._rows]

    def months(self, code: str) -> list[Record]:
        """The months behind a figure of twelve, as in `months_behind`, each with its `marker`."""
        return [] if self.hides_months(code) else self._rolling.get(code, [])

    def next(self, code: str) -> Record | None:
        """What next month's figure will be, as in `what_next`, with the markers of its parts."""
        months, found = self.months(code), self._next.get(code)
        if not months or not found or self._rows[code]["latest"].shown is None:
            return None
        leaving, *stay = months
        marks = self._source.footnotes.marker_of([each["provenance"] for each in stay])
        return {
            **found,
            "leaving_marker": leaving["marker"],
            "coming_marker": stay[-1]["marker"],
            "next_marker": marks,
        }

    def hides_months(self, code: str) -> bool:
        """Whether an indicator has months behind it that could give a small number away."""
        withholding, months = self._source.withholding, self._rolling.get(code)
        flows = self._source.catalogue.flows
        return bool(
            withholding and months and withholding.hides_months(self._unit, code, flows, months)
        )

    def areas(self, code: str) -> list[Record]:
        """The areas whose results are shown, as in `funnels`; none if the whole's is not."""
        return self._beside.get(code, [])

    def comparators(self, code: str) -> list[Record]:
        """The results of comparators beside the unit's, as in `comparators.py`."""
        found = [each for each in self._comparators if each["code"] == code]
        return comparators.with_ours(found, self._rows[code]["latest"])

    @cached_property
    def _rolling(self) -> Mapping[str, list[Record]]:
        """Code → the months behind each rolling figure that has all of them."""
        source = self._source
        found: dict[str, list[Record]] = {}
        codes = [
            code for code, row in self._rows.items()
            if display.DATA_PERIODS[row["data_period"]].over_months
        ]  # fmt: skip
        asked = source.records.all_months_behind([self._unit], codes, source.month) if codes else ()
        for row in asked:
            found.setdefault(row["code"], []).append(row)
        return {
            code: [
                {**each, "marker": source.footnotes.marker_of([each["provenance"]])}
                for each in months
            ]
            for code, months in found.items()
            if months[0]["leaves"] and all(each["num"] is not None for each in months)
        }

    @cached_property
    def _next(self) -> Mapping[str, Record]:
        codes, source = [*self._rolling], self._source
        found = source.records.all_what_next([self._unit], codes, source.month) if codes else ()
        return {row["code"]: row for row in found}

    @cached_property
    def _beside(self) -> Mapping[str, list[Record]]:
        """Code → the areas beside the whole, each with the markers of the two figures."""
        source = self._source
        codes = [c for c, row in self._rows.items() if row["latest"].shown is not None]
        asked = source.records.funnels(self._unit, codes, source.month) if codes else ()
        figures = {
            (row["unit"], row["code"]): row["latest"]
            for row in source.scorecards(source.areas, codes)
        }
        found: dict[str, list[Record]] = {}
        for row in asked:
            area = figures.get((row["unit"], row["code"]))
            if area and area.shown is not None and row["z"] is not None:
                whole = self._rows[row["code"]]["latest"]
                marker = source.footnotes.marker_of([*area.provenance, *whole.provenance])
                streak = source.streaks.get((row["unit"], row["code"]), Streak())
                known = {"latest": area, "marker": marker, "streak": streak}
                own = {part: self._rows[row["code"]][part] for part in ("polarity", "format")}
                found.setdefault(row["code"], []).append({**row, **own, **known})
        return found

    @cached_property
    def _comparators(self) -> Sequence[Record]:
        source = self._source
        if not source.has_comparators:
            return []
        return source.records.all_comparators(self._unit, self._codes, source.month)


def month_of(found: Record, field: str) -> Month:
    """A month of a record, such as `leaving_month`."""
    return Month.of(found[field])
