"""The signals of a unit's process behaviour charts, and the months that their limits rest on."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from scorecard.report.cell import with_month
from scorecard.report.variation import Process, has_own_months, is_of_trend

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from scorecard.months import Month
    from scorecard.report.cell import Record
    from scorecard.report.footnotes import Footnotes
    from scorecard.report.withholding import Withholding
    from scorecard.store.answer_types import Records


class Signals:
    """The signals of a unit's indicators and activity measures in a month.

    `kin` are the unit, those above it and those below it, and `flows` the activity measures that
    count what happened in a month: both are needed for what `withholding` takes out.
    """

    def __init__(
        self,
        records: Records,
        unit: str,
        month: Month,
        footnotes: Footnotes,
        withholding: Withholding | None,
        kin: Sequence[str],
        flows: Collection[str],
    ) -> None:
        self._records, self._unit, self._month = records, unit, month
        self._footnotes, self._withholding = footnotes, withholding
        self._kin, self._flows = kin, flows

    @cached_property
    def by_code(self) -> dict[str, Record]:
        """Code → the record of the signals macro, without what is withheld.

        `marker` is that of all it rests on, and `how` says how it is withheld; None where it isn't.
        """
        withholding, kin = self._withholding, self._kin
        rows = self._records.signals(self._unit, self._month)
        if withholding:
            small = self._records.small_counts(kin, self._month, withholding.profile.threshold)
            rows = withholding.signals(rows, kin, small)
        return {
            row["code"]: {
                "how": None, **row, "marker": self._footnotes.marker(row["provenance"] or ())
            }
            for row in rows
        }  # fmt: skip

    def shown(self, codes: Sequence[str]) -> dict[str, Record]:
        """As `by_code`; the page gets footnotes for those of `codes`, which it shows."""
        for code in codes:
            self._footnotes.signals[code] = None
            self._footnotes.marker_of(self.by_code[code]["provenance"] or ())
        return self.by_code

    def limit_months(self) -> list[Record]:
        """The months that the limits of the page so far rest on: `rests_on` of the signals macro.

        One record for each month, without indicators whose months could give away a small number.
        """
        withholding, unit, small = self._withholding, self._unit, set[str]()
        if withholding:
            small = {*self._records.small_months(self._month, withholding.profile.threshold)}
        found: list[Record] = []
        for code in self._footnotes.signals:
            signal = self.by_code[code]
            months = signal["rests_on"] or ()
            if signal["mean"] is None or code in small:
                continue
            if not withholding or not withholding.hides_months(unit, code, self._flows, months):
                of = {"unit": unit, "code": code, "format": signal["format"]}
                found += [{**of, **with_month(each)} for each in months]
        return found

    def processes(self, codes: Sequence[str]) -> dict[str, Process]:
        """The process behaviour charts of `codes`, but for those that are withheld.

        The page gets footnotes for what they rest on.
        """
        signals = {code: self.by_code[code] for code in codes if not self.by_code[code]["how"]}
        found: dict[str, list[Record]] = {code: [] for code in signals}
        drawn = [code for code, row in signals.items() if is_of_trend(row) or has_own_months(row)]
        asked = self._records.all_process_limits
        for row in asked([self._unit], drawn, self._month) if drawn else ():
            marker = self._footnotes.marker([row["provenance"]])
            found[row["code"]].append({**with_month(row), "marker": marker})
        self.shown([code for code, row in signals.items() if row["mean"] is not None])
        return {code: Process(signal, found[code]) for code, signal in signals.items()}
