"""Small numbers in a record: what is withheld of it leaves the record, and only a sign remains.

Every record of the store passes here on its way to tables, charts, sentences and downloads, so that
none of them has a figure which is not to be shown. Of a figure whose numerator or denominator is
withheld, everything else goes too: result, rating, distance from the target, and what compares it
with another figure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from scorecard.disclosure.decision import decision
from scorecard.months import Month
from scorecard.outputs import Sign
from scorecard.params.disclosure import profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scorecard.disclosure.decision import Decision
    from scorecard.params.disclosure import Profile
    from scorecard.report.tables import Record
    from scorecard.store.store import Store
    from scorecard.workbook import Workbook

STATUS = "not-shown"
"""The status of a result that is withheld."""


@dataclass(frozen=True)
class Withheld:
    """What a record lacks, under `withheld`: the names of its fields, and how to say so."""

    fields: frozenset[str]
    sign: Sign
    words: str
    meaning: str


class View(NamedTuple):
    """A figure in a record: its prefix there, and which figure it is.

    It is of the month in the record's field `at`, or `back` months before the record's own.
    `rests` names the fields, without the prefix, that rest on the figure, and `compares` those of
    the record that compare it with another.
    """

    prefix: str
    rests: Sequence[str]
    back: int = 0
    period: str = ""
    cohort: str = "all"
    compares: Sequence[str] = ()
    at: str = ""


RESULT = ("result", "shown", "precise", "places", "rating", "near_threshold")
ARROWS = ("month_ago_direction", "year_ago_direction", "rating_by_earlier_target")
SCORECARD = (
    View("", (*RESULT, "cases_to_target", "top", "bottom"), compares=ARROWS),
    View("month_ago_", (*RESULT, "direction"), back=1),
    View("year_ago_", (*RESULT, "direction"), at="year_ago_month"),
    View("r3m_", RESULT, period="R3M"),
)
TREND = (View("", RESULT),)
DIFFERENCE = ("variance", "variance_sign", "excluding_direction")
IMPACT = (
    View("including_", RESULT, compares=DIFFERENCE),
    View("excluding_", RESULT, cohort="excluding_uasc", compares=DIFFERENCE),
)
ACTIVITY = (
    View("", ("this",), compares=("change",)),
    View("", ("last",), back=1, compares=("change",)),
)


class Withholding:
    """What is withheld in a month, taken out of its records; `used` once there was something."""

    def __init__(self, month: Month, known: Profile, decided: Decision) -> None:
        self._month, self.profile, self._decided = month, known, decided
        self._sign = Sign(known.sign, f"{known.words}: {known.meaning}")
        self.used = False

    @classmethod
    def of(cls, store: Store, workbook: Workbook, month: Month) -> Withholding | None:
        """What `month` withholds; None when small numbers are shown."""
        known = profile(workbook)
        return cls(month, known, decision(store, workbook, month, known)) if known else None

    def applied(self, row: Record, views: Iterable[View]) -> Record:
        """A record of the store without what is withheld, which `withheld` then names."""
        month = Month.of(row["month"]) if "month" in row else self._month
        fields: set[str] = set()
        statuses = {}
        for view in views:
            when = Month.of(row[view.at]) if view.at else month - view.back
            parts = self._decided.of(row["unit"], row["code"], view.cohort, when, view.period)
            if parts:
                fields.update(f"{view.prefix}{name}" for name in (*parts, *view.rests))
                fields.update(view.compares)
                statuses[f"{view.prefix}status"] = STATUS
        return self._without(row, fields, statuses)

    def revision(self, row: Record, fields: Sequence[str]) -> Record:
        """A revised figure with all its `fields`, or without those of what is withheld.

        Without any when it is withheld as it is now, and else, when it was small, without what it
        was: the page shows it as it is.
        """
        month, period = Month.of(row["month"]), row["data_period"] or ""
        if self._decided.of(row["unit"], row["code"], row["cohort"], month, period):
            return self._without(row, fields, {})
        if self.is_small(row, "was_"):
            return self._without(row, [each for each in fields if each.startswith("was_")], {})
        return row

    def is_small(self, row: Record, prefix: str = "") -> bool:
        """Whether a count of a record, or what it leaves of its denominator, is a small number."""
        num, denom = row[f"{prefix}num"], row.get(f"{prefix}denom")
        rest = denom - num if denom is not None and num is not None else None
        return any(
            each is not None and 0 < each <= self.profile.threshold for each in (num, denom, rest)
        )

    def concerns(self, units: Iterable[str], codes: Iterable[str], back: int = 1) -> bool:
        """Whether a figure of `units` and `codes` is withheld, of this month or `back` before."""
        wanted = list(codes)
        return any(
            self._decided.of(unit, code, "all", self._month - ago)
            for unit in units
            for code in wanted
            for ago in range(back + 1)
        )

    def _without(self, row: Record, fields: set[str] | Sequence[str], statuses: Record) -> Record:
        gone = frozenset(row.keys() & set(fields))
        if not gone:
            return row
        self.used = True
        nothing: Mapping[str, Any] = dict.fromkeys(gone)
        said = Withheld(gone, self._sign, self.profile.words, self.profile.meaning)
        known = {name: status for name, status in statuses.items() if name in row}
        return {**row, **nothing, **known, "withheld": said}


def joined(row: Record, other: Record, prefix: str) -> Record:
    """What is withheld of `row` and of another record whose fields it takes in under `prefix`."""
    own, theirs = row.get("withheld"), other.get("withheld")
    if not theirs:
        return {}
    fields = {f"{prefix}{name}" for name in theirs.fields}
    return {"withheld": replace(theirs, fields=fields | own.fields if own else frozenset(fields))}


def withheld(row: Record, field: str) -> Withheld | None:
    """How to say that a field of a record is withheld; None when it isn't."""
    found: Withheld | None = row.get("withheld")
    return found if found and field in found.fields else None
