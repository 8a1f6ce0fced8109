"""For how long a result moves one way and has its rating, as far as a reader may know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scorecard.months import Month

if TYPE_CHECKING:
    from decimal import Decimal

    from scorecard.report.cell import Record
    from scorecard.report.withholding import Withholding


@dataclass(frozen=True, slots=True)
class Streak:
    """What a record of the streaks macro says that may be written; None for what may not.

    `direction` is `better`, `worse` or `same`, for so many `months` in a row, from the result `was`
    (with `was_places` decimals) of the month `since`. `rated_since` is the first month with the
    present rating.
    """

    direction: str | None = None
    months: int = 0
    since: Month | None = None
    was: Decimal | None = None
    rated_since: Month | None = None
    was_places: int | None = None


def streak(row: Record, withholding: Withholding | None) -> Streak:
    """The streak of a record of the macro, as far as pages write of it and nothing is withheld.

    It also gives away the month before the rating began, and the month before the movement began.
    """

    def known(first: Month) -> bool:
        return not (withholding and withholding.since(row["unit"], row["code"], first - 1))

    moved, rated = Streak(), None
    if row["moving_from"]:
        since = Month.of(row["moving_from"])
        if known(since):
            moved = Streak(
                row["direction"], row["months"], since, row["from_shown"],
                was_places=row["from_places"],
            )  # fmt: skip
    if row["rated_since"]:
        first = Month.of(row["rated_since"])
        rated = first if known(first) else None
    return replace(moved, rated_since=rated)
