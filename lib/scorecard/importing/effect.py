"""What a load would do to the results, before it does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal


@dataclass(frozen=True)
class MonthEffect:
    """How many results of a month are added, changed, removed and repeated unchanged."""

    month: str
    added: int
    changed: int
    removed: int
    unchanged: int
    new: bool
    """Whether the month had no results before the load."""


@dataclass(frozen=True)
class Revision:
    """One result before and after; `shown` is the figure that a reader sees, if there is one.

    `num` is None when the result is removed.
    """

    month: str
    unit: str
    code: str
    indicator: str
    cohort_words: str
    format: str
    num_before: str
    denom_before: str | None
    provenance_before: str | None
    shown_before: Decimal | None
    num: str | None
    denom: str | None
    provenance: str | None
    shown: Decimal | None


@dataclass(frozen=True)
class Effect:
    """All that a load would do.

    `largest` holds the changed and removed results that differ most. `revised` names the published
    months that report a result it touches, unless the touched month had no results before;
    `shown_in` those and the months whose pages show it in a trend or a comparison.
    """

    months: Sequence[MonthEffect]
    largest: Sequence[Revision] = ()
    revised: Sequence[str] = ()
    shown_in: Sequence[str] = ()

    def __bool__(self) -> bool:
        """Whether it would do anything."""
        return bool(self.added or self.changed or self.removed)

    @property
    def added(self) -> int:
        """Results that are not there yet."""
        return sum(each.added for each in self.months)

    @property
    def changed(self) -> int:
        """Results that get other figures or another provenance."""
        return sum(each.changed for each in self.months)

    @property
    def removed(self) -> int:
        """Results that are there no more."""
        return sum(each.removed for each in self.months)

    @property
    def unchanged(self) -> int:
        """Results that are repeated unchanged."""
        return sum(each.unchanged for each in self.months)

    @property
    def only_new(self) -> bool:
        """Whether it only brings months that had no results before the load."""
        return all(each.new for each in self.months if each.added or each.changed or each.removed)
