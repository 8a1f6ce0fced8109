"""How a published pack differs from the store as it is now: figures, ratings and arrows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Protocol

from scorecard import display
from scorecard.errors import OutputsError
from scorecard.months import Month
from scorecard.wording import counted, to_type

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from scorecard.ledger.entry import Load
    from scorecard.store.store import Store

EARLIER = (("month_ago", "a month ago"), ("year_ago", "a year ago"))
BESIDE = (
    ("provenance", "provenance"),
    ("r3m_provenance", "provenance of the last 3 months"),
    ("num_places", "decimals of the numerator"),
    ("denom_places", "decimals of the denominator"),
)
"""What a pack says of a figure, apart from its counts and result."""
ADDED_UP = {True: "added up from the units below", False: "supplied"}
LISTED = 3
"""Months of a trend that are listed one by one; more are only counted."""

Says = dict[str, Any]
"""What a pack says of one figure: the struct of `pack_figures` in `macros/revisions.sql`."""


@dataclass(frozen=True)
class Difference:
    """One indicator or activity measure of one unit and cohort that has changed.

    `was` and `now` are None where there was, or is, no such figure.
    """

    unit_name: str
    code: str
    name: str
    cohort: str
    cohort_words: str
    format: str
    was: Says | None
    now: Says | None

    def lines(self) -> Iterator[tuple[str, str]]:
        """Pairs of what differs and how: `("result", "13.0% (293 of 2246), red → 9.0% …")`."""
        was, now = self.was or {}, self.now or {}
        yield from _line("result", self._result(was), self._result(now))
        listed = set()
        for key, words in EARLIER:
            for line in _line(words, self._figure(was, key), self._figure(now, key)):
                listed.add((now or was)[f"{key}_month"])
                yield line
            direction = f"{key}_direction"
            yield from _line(f"since {words}", was.get(direction) or "", now.get(direction) or "")
        yield from _line("last 3 months", self._figure(was, "r3m"), self._figure(now, "r3m"))
        yield from _line("variation", was.get("variation") or "", now.get("variation") or "")
        yield from _line("expected range", self._range(was), self._range(now))
        yield from _line("moving one way", self._moving(was), self._moving(now))
        yield from _line("rated so", _since(was), _since(now))
        yield from self._trend(was, now, listed)
        for key, words in BESIDE:
            if was.get(key) is not None and now.get(key) is not None:
                yield from _line(words, _plain(was[key]), _plain(now[key]))
        if was.get("num") is not None and now.get("num") is not None:
            yield from _line("how", *(ADDED_UP[says["added_up"]] for says in (was, now)))

    def _trend(self, was: Says, now: Says, listed: Container[date]) -> Iterator[tuple[str, str]]:
        """The months of the trend that differ, but for those `listed` already, the latest first."""
        before, after = ({e["month"]: e for e in says.get("trend") or ()} for says in (was, now))
        months = sorted(
            month for month in {*before, *after}
            if month not in listed and before.get(month) != after.get(month)
        )[::-1]  # fmt: skip
        for month in months[:LISTED]:
            figures = [self._result(trend.get(month, {})) for trend in (before, after)]
            same = figures[0] == figures[1]
            parts = (
                [_plain(_origin(trend[month])) for trend in (before, after)] if same else figures
            )
            yield from _line(f"in {Month.of(month).words}", *parts)
        if months[LISTED:]:
            more = counted(len(months) - LISTED, "more month differs", "more months differ")
            yield "in its trend", more

    @property
    def rating_differs(self) -> bool:
        """Whether the rating has changed."""
        return (self.was or {}).get("rating") != (self.now or {}).get("rating")

    @property
    def direction_differs(self) -> bool:
        """Whether a direction of travel has changed."""
        keys = [f"{key}_direction" for key, _ in EARLIER]
        was, now = self.was or {}, self.now or {}
        return [was.get(key) for key in keys] != [now.get(key) for key in keys]

    def _result(self, says: Mapping[str, Any]) -> str:
        if says.get("precise") is None:
            return says.get("status") or ""
        parts = ""
        if says["num"] is None:
            parts = " (finished)"
        elif self.format != "count":
            parts = f" ({display.plain(says['num'])} of {display.plain(says['denom'])})"
        rating = f", {says['rating']}" if says["rating"] in display.RATED else ""
        result = display.result(says["precise"], self.format, says["places"])
        return f"{result}{parts}{rating}"

    def _range(self, says: Mapping[str, Any]) -> str:
        """`9.9% to 11.7%, mean 10.8%`; empty without limits."""
        if says.get("mean") is None:
            return ""
        low, high, mean = (
            display.result(says[key], self.format, says["range_places"])
            for key in ("expected_from", "expected_to", "mean")
        )
        return f"{low} to {high}, mean {mean}"

    def _moving(self, says: Mapping[str, Any]) -> str:
        """`better for 5 months, from 31.5% in March 2016`; empty without a streak."""
        if says.get("moving") is None:
            return ""
        start = display.result(says["moving_from_shown"], self.format, says["moving_from_places"])
        when = Month.of(says["moving_from"]).words
        return f"{says['moving']} for {says['moving_months']} months, from {start} in {when}"

    def _figure(self, says: Mapping[str, Any], key: str) -> str:
        shown, places = (says.get(f"{key}_{part}") for part in ("shown", "shown_places"))
        return display.result(shown, self.format, places)


def found(
    store: Store, month: Month, since: int, units: Sequence[str] | None = None
) -> list[Difference]:
    """What differs in `month` between the load `since` and now, in order of display.

    Of all units, or of `units`.
    """
    names = Difference.__dataclass_fields__
    rows = store.differences(month, since, units)
    return [Difference(**{name: row[name] for name in names}) for row in rows]


def between(
    before: Store, now: Store, month: Month, units: Sequence[str] | None = None
) -> list[Difference]:
    """What differs in `month` between the stores `before` and `now`, in order of display.

    `before` is built from the files of that time, so its ratings use the targets of that time.
    """
    was, here = (
        {(row["unit"], row["code"], row["cohort"]): row for row in store.pack_figures(month)}
        for store in (before, now)
    )
    names = [name for name in Difference.__dataclass_fields__ if name not in ("was", "now")]
    keys = [key for key in dict.fromkeys((*here, *was)) if units is None or key[0] in units]
    order = list(dict.fromkeys(unit for unit, _, _ in keys))
    found = []
    for key in sorted(keys, key=lambda key: order.index(key[0])):
        old, new = was.get(key), here.get(key)
        says = [row["says"] if row else None for row in (old, new)]
        if says[0] != says[1]:
            about = new or old or {}
            found.append(
                Difference(**{name: about[name] for name in names}, was=says[0], now=says[1])
            )
    return found


class PackRecord(Protocol):
    """What the record of a pack says of it (`batch/record.py`)."""

    @property
    def load(self) -> int | None:
        """The load that its pages show, if it is known."""

    @property
    def finished(self) -> datetime:
        """When it was made."""


def shown_load(run: PackRecord, month: Month, loads: Sequence[Load]) -> int | None:
    """The load that a published pack shows, if that is known.

    If the pack's record doesn't say, a later load does: it names the load of each published pack.
    """
    later = (load.published.get(str(month)) for load in loads if load.loaded_at >= run.finished)
    return run.load or next((load for load in later if load), None)


def published_from(run: PackRecord | None, month: Month, folder: str, loads: Sequence[Load]) -> int:
    """The load that the published pack shows; `OutputsError` when that is not known."""
    if run is None:
        raise OutputsError(f"{month} is not published in {folder}, so there is nothing to compare")
    known = shown_load(run, month, loads)
    if known is None:
        raise OutputsError(
            f"{folder}/{month} shows results that were in no load, or has pages kept from an "
            "earlier run, so no load says what it shows. Run the month again once all results are "
            f"in a load, or compare with one: `{to_type('diff MONTH --since LOAD')}`"
        )
    return known


def count(differences: Sequence[Difference]) -> str:
    """How much differs: `2 figures of …; 1 rating and 0 directions of travel differ`."""
    figures = counted(len(differences), "figure of an indicator or activity measure differs",
                      "figures of indicators and activity measures differ")  # fmt: skip
    ratings = counted(sum(each.rating_differs for each in differences), "rating", "ratings")
    arrows = counted(
        sum(each.direction_differs for each in differences),
        "direction of travel", "directions of travel",
    )  # fmt: skip
    return f"{figures}; {ratings} and {arrows} differ"


def lines(
    differences: Sequence[Difference],
    loads: Sequence[Mapping[str, Any]],
    month: Month,
    since: int,
    most: int | None = None,
) -> Iterator[str]:
    """The differences in lines, or the first `most`, by unit, after the loads that came since."""
    newer = [load for load in loads if load["load"] > since]
    for load in newer:
        if load["recorded"]:
            when = f"{load['loaded_at']:%Y-%m-%d} by {load['loaded_by']}"
            yield f"load {load['load']}, {when}: {load['why']}"
        else:
            yield "edits by hand in data/results, in no load yet"
    if not differences:
        yield f"{month}: nothing differs from load {since}."
        return
    yield f"{month}: since load {since}, {count(differences)}."
    for unit, group in groupby(differences[:most], key=lambda each: each.unit_name):
        yield ""
        yield unit
        for each in group:
            yield f"  {each.code}  {each.name}{each.cohort_words}"
            yield from (f"      {what}: {how}" for what, how in each.lines())
    if most is not None and differences[most:]:
        more = counted(len(differences) - most, "more figure", "more figures")
        yield f"and {more}: `{to_type(f'diff {month} --since {since}')}` lists all"


def besides_results(names: Sequence[str]) -> list[str]:
    """Of the names of changed inputs, those that are neither results nor loads of them."""
    return [name for name in names if not name.startswith(("data/results/", "data/loads/"))]


def others(changed: Sequence[str]) -> Iterator[str]:
    """The other inputs of a pack that have changed, whose effect `diff` can't show."""
    names = besides_results(changed)
    if names:
        yield f"Changed too, and not compared here: {', '.join(names)}."


def _origin(says: Mapping[str, Any]) -> list[str]:
    """The provenances of a figure, and whether it is a sum."""
    return [*(says["provenance"] or ()), *([ADDED_UP[True]] if says["added_up"] else [])]


def _since(says: Mapping[str, Any]) -> str:
    """`since May 2016`; empty where that is not known."""
    first = says.get("rated_since")
    return f"since {Month.of(first).words}" if first else ""


def _plain(part: Any) -> str:
    """Provenances, or a number of decimals, in words."""
    return " and ".join(part) if isinstance(part, list) else str(part)


def _line(what: str, was: str, now: str) -> Iterator[tuple[str, str]]:
    if was != now:
        yield what, f"{was or 'none'} → {now or 'none'}"
