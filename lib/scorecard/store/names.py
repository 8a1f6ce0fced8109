"""What an open store knows by name: units, indicators, cohorts and months.

An unknown name is an error that names the nearest, before the store is queried.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from scorecard.errors import MonthError, NoResultsError, UnknownNameError
from scorecard.months import Month
from scorecard.store.sql_files import query
from scorecard.wording import named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import duckdb

UNITS, INDICATORS = "FROM units ORDER BY position", "FROM indicators ORDER BY position"
COHORTS = "FROM cohorts ORDER BY position"
UNIT_SPELLS = "SELECT unit AS name, first_month, last_month FROM unit_spells ORDER BY ALL"
INDICATOR_SPELLS = "SELECT code AS name, first_month, last_month FROM indicator_spells ORDER BY ALL"


def records(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The rows of an answer as records, with exact decimals and dates."""
    found = connection.execute(query, dict(parameters) or None)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def with_those_above(unit: str, parents: Mapping[str, str | None]) -> list[str]:
    """A unit and all those that it belongs to, the nearest first; `parents` is unit → parent."""
    found = [unit]
    while parent := parents.get(found[-1]):
        found.append(parent)
    return found


class Names:
    """The names in an open store as at a load, or now if `as_at` is None."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, as_at: int | None) -> None:
        self._connection = connection
        self.as_at = as_at

    def rows(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        """The answer of a query as plain records with exact decimals and dates, without pandas."""
        return records(self._connection, query, parameters)

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
        units, codes = [*units], [*codes]
        for unit in units:
            if unit not in self._known_units:
                raise UnknownNameError("unit", unit, self._known_units)
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
        return _spans(self.rows(UNIT_SPELLS))

    @cached_property
    def _code_spells(self) -> dict[str, list[tuple[Month, Month]]]:
        """Code → the first and the last month of each time that it was in the catalogue."""
        return _spans(self.rows(INDICATOR_SPELLS))

    @cached_property
    def _known_codes(self) -> dict[str, str]:
        return {row["code"]: row["name"] for row in self.rows(INDICATORS)}

    @cached_property
    def cohorts(self) -> dict[str, str]:
        """Cohort → the words that follow the name of a figure; empty for everybody."""
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


def _spans(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[tuple[Month, Month]]]:
    """Name → the first and the last month of each span of `rows`; adjoining spans are one."""
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
