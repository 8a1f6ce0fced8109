"""Every number that the appendices of a month could show, and the numbers as supplied."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from scorecard.figure import WHOLE
from scorecard.store.names import COHORTS
from scorecard.store.sql_files import query

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorecard.months import Month
    from scorecard.store.store import Store

PARTS = ("num", "denom")
QUERIES = ("counts", "earlier_units", "kept_back", "supplied", "windows")
"""The queries of the store, in `sql/queries`."""


class Count(NamedTuple):
    """A numerator or denominator over a data period. `month` counts from the year 0.

    `period` is `R3M` for the rolling three months, empty for the indicator's own data period;
    `part` is `num` or `denom`.
    """

    unit: str
    code: str
    cohort: str
    month: int
    period: str
    part: str


class Series(NamedTuple):
    """One quantity as supplied; with `rest`, everybody less the cohort."""

    code: str
    part: str
    cohort: str
    rest: bool = False


Supplied = dict[str, dict[Series, dict[int, float]]]
"""Unit → series → month → what was supplied."""


@dataclass(frozen=True)
class Counts:
    """The numbers of one reporting month, with what the catalogue says of units and indicators.

    `windows` holds the months of each data period, by its code and last month, for every month that
    a page shows. `cohorts` are the smaller ones. `units` are as they are now; `earlier` has those
    that differed in a month, for example before they moved. `sums` are the counts that were added
    up from those of the units below, `kept_back` those that their source withheld.
    """

    month: int
    values: Mapping[Count, float]
    supplied: Supplied
    units: Mapping[str, Mapping[str, Any]]
    indicators: Mapping[str, Mapping[str, Any]]
    windows: Mapping[tuple[str, int], range]
    cohorts: Mapping[str, Mapping[str, Any]]
    earlier: Mapping[tuple[str, int], Mapping[str, Any]] = field(default_factory=dict)
    sums: frozenset[Count] = frozenset()
    kept_back: frozenset[Count] = frozenset()

    def unit(self, count: Count) -> Mapping[str, Any]:
        """What the catalogue says of the unit of a count, in its month."""
        return self.earlier.get((count.unit, count.month), self.units[count.unit])

    @property
    def months(self) -> range:
        """The months that a page shows, up to the reporting month."""
        return range(min(month for _, month in self.windows), self.month + 1)


def counts(store: Store, month: Month) -> Counts:
    """The numbers that the appendices of `month` could show."""
    asked = {"month": str(month), "as_at": store.as_at}
    shown = store.rows(query("counts"), **asked)
    found = {
        Count(row["unit"], row["code"], row["cohort"], row["month"], row["period"], part): row
        for row in shown
        for part in PARTS
        if row[part] is not None
    }
    return Counts(
        12 * month.year + month.number - 1,
        {count: row[count.part] for count, row in found.items()},
        _supplied(store.rows(query("supplied"), **asked)),
        {row["unit"]: row for row in store.rows("FROM units ORDER BY position")},
        {row["code"]: row for row in store.rows("FROM indicators ORDER BY position")},
        windows(store.rows(query("windows"), month=str(month))),
        {row["cohort"]: row for row in store.rows(COHORTS) if row["cohort"] != WHOLE},
        {
            (row["unit"], row["month"]): row
            for row in store.rows(query("earlier_units"), month=str(month))
        },
        frozenset(count for count, row in found.items() if row["added_up"]),
        frozenset(
            Count(row["unit"], row["code"], row["cohort"], row["month"], row["period"], part)
            for row in store.rows(query("kept_back"), **asked)
            for part in PARTS
        ),
    )


def windows(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, int], range]:
    """The months of each data period, from the rows of `windows.sql`."""
    return {
        (row["data_period"], row["month"]): range(row["opens"], row["month"] + 1) for row in rows
    }


def _supplied(rows: Iterable[Mapping[str, Any]]) -> Supplied:
    """The results as series, and one more for everybody less each smaller cohort."""
    found: Supplied = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        for part in PARTS:
            if row[part] is not None:
                series = Series(row["code"], part, row["cohort"])
                found[row["unit"]][series][row["month"]] = row[part]
    for of_unit in found.values():
        for series in [each for each in of_unit if each.cohort != WHOLE]:
            whole = of_unit.get(series._replace(cohort=WHOLE), {})
            rest = {m: whole[m] - value for m, value in of_unit[series].items() if m in whole}
            of_unit[series._replace(rest=True)] = rest
    return found
