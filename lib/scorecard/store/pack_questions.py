"""What the program asks of a month's pack as a whole; each question is a file in `sql/queries`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard.months import Month
from scorecard.store.names import Names
from scorecard.store.sql_files import query

if TYPE_CHECKING:
    from collections.abc import Sequence


class PackQuestions(Names):
    """Questions about what the pages of a month show, for runs, checks and withholding."""

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
        """The codes of counts with a value from 1 to `threshold` that limits can rest on."""
        asked = {"units": [*units], "month": str(month), "threshold": threshold}
        return [row["code"] for row in self.rows(query("small_counts"), **asked, as_at=self.as_at)]

    def small_months(self, month: Month, threshold: int) -> list[str]:
        """The codes with a small count, in any unit, in a month that limits can rest on."""
        asked = {"month": str(month), "threshold": threshold}
        return [row["code"] for row in self.rows(query("small_months"), **asked, as_at=self.as_at)]

    def small_sums(self, month: Month, threshold: int) -> list[str]:
        """The measures whose sum of a year before the year to date is small in some unit."""
        asked = {"month": str(month), "threshold": threshold}
        return [row["code"] for row in self.rows(query("small_sums"), **asked, as_at=self.as_at)]

    def linked_measures(self, month: Month) -> dict[str, list[str]]:
        """Activity measure → the indicators that counted the same in the year before."""
        rows = self.rows(query("linked_measures"), month=str(month), as_at=self.as_at)
        return {row["measure"]: row["codes"] for row in rows}

    def finished_codes(self, month: Month) -> list[str]:
        """The codes with a finished result in a month that pages, or limits on them, rest on."""
        asked = {"month": str(month), "as_at": self.as_at}
        return [row["code"] for row in self.rows(query("finished_codes"), **asked)]

    def indicators_had(self, units: Sequence[str], month: Month) -> set[tuple[str, str]]:
        """Unit and code of each indicator of which a unit has had a result up to the month."""
        asked = {"units": [*units], "month": str(month), "as_at": self.as_at}
        return {(row["unit"], row["code"]) for row in self.rows(query("indicators_had"), **asked)}

    def pack_figures(self, month: Month) -> list[dict[str, Any]]:
        """What that month's pack says of each figure (`macros/revisions.sql`)."""
        return self.rows(query("pack_figures"), month=str(month), as_at=self.as_at)

    def differences(
        self, month: Month, earlier: int, units: Sequence[str] | None = None
    ) -> list[dict[str, Any]]:
        """The figures of that month's pack that differ since a load (`macros/revisions.sql`).

        Of all units, or of `units`.
        """
        self.check(units or [], month, ever=True)
        asked = {"month": str(month), "earlier": earlier, "as_at": self.as_at}
        reached = [row["unit"] for row in self.rows(query("reached"), **asked)]
        reached = [unit for unit in reached if units is None or unit in units]
        return self.rows(query("differences"), units=reached, **asked) if reached else []

    def displaced(self, month: Month, units: Sequence[str] | None = None) -> dict[str, int]:
        """What reference data has lost that pages of `month` show → results of it in the last load.

        Of all units, or of `units` and those that are in no month any more: "unit `north`" → 23.
        """
        asked = {"month": str(month), "units": list(units) if units else None}
        return {row["gone"]: row["results"] for row in self.rows(query("displaced"), **asked)}
