"""The month's catalogue, and the part of it that a page's list of codes selects."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from scorecard.display import DATA_PERIODS
from scorecard.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.months import Month
    from scorecard.report.cell import Record
    from scorecard.store.answer_types import Records


class MonthCatalogue:
    """The indicators and activity measures of a month."""

    def __init__(self, records: Records, month: Month) -> None:
        self._records, self._month = records, month

    @cached_property
    def rows(self) -> list[Record]:
        """Their records, in order of display."""
        return self._records.indicators_in(self._month)

    @cached_property
    def _ever(self) -> set[str]:
        """The codes of the catalogue of all months."""
        return {row["code"] for row in self._records.indicators()}

    @cached_property
    def measures(self) -> list[Record]:
        """The activity measures, of which there may be none."""
        return [row for row in self.rows if row["polarity"] is None]

    @cached_property
    def flows(self) -> set[str]:
        """The activity measures that count what happened in a month."""
        return {row["code"] for row in self.measures if DATA_PERIODS[row["data_period"]].flow}

    @cached_property
    def rated(self) -> list[str]:
        """The indicators that can be rated, in order of display."""
        return [row["code"] for row in self.rows if row["polarity"]]

    @cached_property
    def rationales(self) -> dict[str, str]:
        """Why targets are what they are, by the codes of indicators that have a rationale."""
        return {row["code"]: row["rationale"] for row in self._records.rationales(self._month)}

    def of_month(self, codes: Sequence[str]) -> list[str]:
        """`codes` without those that are in the catalogue of other months only.

        An appendix has one list of codes for all months.
        """
        now = {row["code"] for row in self.rows}
        other = self._ever - now
        return [code for code in codes if code not in other]

    def measures_of(self, codes: Sequence[str]) -> list[str]:
        """The activity measures among a page's `codes`, in that order; all where it names none."""
        measures = [row["code"] for row in self.measures]
        return [code for code in codes if code in measures] if codes else measures

    def rated_of(self, codes: Sequence[str]) -> list[str] | None:
        """The indicators among a page's `codes`, in order; None, for all, where it has none."""
        measures = self.measures_of(())
        return [code for code in codes if code not in measures] if codes else None

    def check_rated(self, codes: Sequence[str]) -> None:
        """Raise `UnknownNameError` for what is not an indicator of the month that can be rated."""
        for code in codes:
            if code not in self.rated:
                self._records.check((), self._month, [code])
                raise UnknownNameError("rated indicator", code, self.rated)
