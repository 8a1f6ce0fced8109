"""Situations that sentences must get right: one thing and several, all, none, and what is rare.

Each family holds what the sentence functions of one kind are given: the records of a scorecard, one
record of it, a trend, activity, results with and without UASC, and warnings.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from scorecard.figure import Figure
from scorecard.months import Month
from scorecard.report.streaks import Streak
from scorecard.report.variation import Process
from support import figures
from support.figures import figure, hidden

MONTH = Month(2016, 8)
KNOWN = {
    "published": {"footnote": None, "phrase_one": None, "phrase_many": None},
    "apportioned": {
        "footnote": "Estimates.", "phrase_one": "is apportioned", "phrase_many": "are apportioned",
    },
    "part-known": {
        "footnote": "Results only.", "phrase_one": "lacks a count", "phrase_many": "lack counts",
    },
    "wordless": {"footnote": "Worked out.", "phrase_one": None, "phrase_many": None},
    "as-wordless": {"footnote": "Guessed.", "phrase_one": None, "phrase_many": None},
    "unused": {"footnote": "Never.", "phrase_one": "is unused", "phrase_many": "are unused"},
}  # fmt: skip
Record = dict[str, Any]


HELD = {
    "target": Decimal(90), "floor_standard": Decimal(80), "num": Decimal(1281),
    "denom": Decimal(1891),
}  # fmt: skip
RATED = ("green", "amber", "red")


def row(
    now: str | None = "67.7",
    before: str | None = "66.8",
    direction: str | None = "better",
    rating: str | None = "green",
    was: str | None = "green",
    earlier: dict[str, Any] | None = None,
    **changed: Any,
) -> Record:
    """A record of the scorecard: the result now and in the previous report, arrow and both ratings.

    `changed` are fields of the record, or parts of its latest figure; `earlier` parts of the other.
    """
    parts = {key: changed.pop(key) for key in {*changed} & Figure.__dataclass_fields__.keys()}
    form = parts.get("format", "percent")
    held = {"floor_standard": Decimal(80), "target": Decimal(90) if was in RATED else None}
    return {
        "code": "1", "name": "Measure", "short_name": "Measure", "format": form, "polarity": "H",
        "data_period": "R12M", "unit_name": "Shire", "cases_to_target": None,
        "cases_to_floor": None, "cases_to_red": None, "counted_as": None, "others_are": None,
        "rating_by_earlier_target": rating, "streak": Streak(),
        "latest": figure(now, **{**HELD, "rating": rating, **parts}),
        "previous": figure(
            before, **{"month": date(2016, 7, 1), **held, "format": form, "rating": was,
                       "direction": direction, **(earlier or {})},
        ),
        **changed,
    }  # fmt: skip


def withheld(**changed: Any) -> Record:
    """A record of the scorecard whose result is withheld."""
    return {**row(**FIRST), "latest": hidden(), "rating_by_earlier_target": None, **changed}


NEAR = {
    "polarity": "T", "target": Decimal(15), "floor_standard": None,
    "green_within": Decimal(5), "amber_within": Decimal(8),
}  # fmt: skip
"""An indicator for which near the target is best."""

DAYS = {"format": "days", "polarity": "L", "target": Decimal(426), "floor_standard": Decimal(500)}
MAY, NOVEMBER = {"month": date(2016, 5, 1)}, {"month": date(2015, 11, 1)}
"""Parts of a figure of the previous report, where that is not last month's."""
FIRST = {"before": None, "direction": None, "was": None}
"""A result in the first month of all."""

SCORECARDS: dict[str, list[Record]] = {
    "nothing": [],
    "one": [row(rating="red", was="amber", direction="worse", now="61.0")],
    "several": [
        row(), row(rating="amber"), row(rating="red", direction="worse", now="61.0"),
        row(now="66.8", was="amber"), row(rating="amber", direction="worse", now="61.0"),
    ],
    "all of one kind": [row(was="amber"), row(was="red"), row(was="amber")],
    "another target": [
        row("87.2", "87.6", "worse", "amber", "green", earlier={"target": Decimal(85)},
            rating_by_earlier_target="green"),
    ],
    "another floor, and others": [
        row("79.0", "79.0", "same", "red", "amber", earlier={"floor_standard": Decimal(70)},
            rating_by_earlier_target="amber"),
        row("87.2", "87.6", "worse", "amber", "green", earlier={"target": Decimal(85)},
            rating_by_earlier_target="green"),
        row(was="amber"),
    ],
    "other bands": [
        row("7.0", "7.0", "same", "red", "amber", rating_by_earlier_target="amber",
            earlier={"floor_standard": None, "target": Decimal(15)}, **NEAR),
    ] * 2,
    "since May": [
        row("87.2", "87.6", "worse", "amber", "green", rating_by_earlier_target="green",
            earlier={"target": Decimal(85), **MAY}),
        row("60.0", "60.0", "same", "red", "amber", earlier=MAY),
    ],
    "both the same": [row(now="66.8", direction="better"), row(now="66.8", direction="same")],
    "some": [row(was="amber"), row(direction="worse", now="61.0"), row(**FIRST)],
    "one of several": [row(was="amber"), row(**FIRST), row(rating="not-rated", **FIRST)],
    "first month": [row(**FIRST), row(rating="red", **FIRST)],
    "first targets": [row(was="not-rated"), row(was="not-rated", rating="amber")],
    "first targets but one": [row(was="not-rated"), row(earlier={"target": Decimal(90)}, **FIRST)],
    "without targets": [row(rating="not-rated", was="not-rated")] * 2,
    "ratings lost": [row(), row(was="red", now=None, rating=None, direction=None)],
    "ratings lost, others changed": [
        row(), row(was="amber"), row(was="red", rating="not-rated"),
    ],
    "without results": [row(now=None, rating=None, **FIRST)] * 2,
    "near the target": [
        row("7.0", "23.0", "same", **NEAR), row("7.1", "23.0", "better", **NEAR),
        row("7.0", "7.0", "same", **NEAR),
    ],
    "one as near the target": [row("7.0", "23.0", "same", **NEAR)],
    "all as near the target": [row("7.0", "23.0", "same", **NEAR)] * 3,
    "withheld": [row(), withheld()],
    "several, and one withheld": [
        row(), row(was="amber"), withheld(),
    ],
    "all withheld": [withheld()],
}  # fmt: skip


def given(now: str, before: str, **changed: Any) -> Record:
    """A record whose results were supplied finished: better, with the decimals that they have."""
    known = {
        place: {"finished": True, "num": None, "denom": None, "shown_places": figures.places(value)}
        for place, value in (("now", Decimal(now)), ("before", Decimal(before)))
    }
    return row(now, before, "better", earlier=known["before"], **{**known["now"], **changed})


RESULTS: dict[str, Record] = {
    "better": row(rating="red", cases_to_target=421),
    "better, with a noun": row(
        rating="red", cases_to_target=421, counted_as="interview / interviews"
    ),
    "one more, with a noun": row(
        rating="red", cases_to_target=1, counted_as="interview / interviews"
    ),
    "worse, lower is better": row(
        "13.0", "12.9", "worse", "red", "amber", polarity="L", target=Decimal(10),
        floor_standard=Decimal(13), cases_to_target=1,
    ),
    "the same": row(now="66.8", direction="same"),
    "displayed the same": row(now="66.8", direction="worse", marker="e"),
    "since May": row(rating="red", earlier=MAY),
    "the same since another year": row(now="66.8", direction="same", marker="e", earlier=NOVEMBER),
    "the same, another target": row("85.0", "85.0", "same", "amber", "green"),
    "nearer": row("8.0", "23.0", "better", **NEAR),
    "further": row("23.0", "8.0", "worse", **NEAR),
    "as near": row("7.0", "23.0", "same", **NEAR),
    "displayed as near": row("7.0", "23.0", "better", **NEAR),
    "as near, displayed nearer": row("7.1", "23.0", "same", **NEAR),
    "near, first month": row(**{**NEAR, **FIRST}),
    "near, the same": row("7.0", "7.0", "better", **NEAR),
    "days": row("363.7", "370.1", "better", **DAYS),
    "a count": row("35", "35", "same", format="count", polarity="L", target=Decimal(0),
                   floor_standard=Decimal(10), denom=None),
    "more decimals": row(
        "12.97", "13.0", "better", "amber", "red", polarity="L", target=Decimal(10),
        floor_standard=Decimal(13),
    ),
    "one case": row("0.0", None, None, "red", denom=Decimal(1), cases_to_target=1),
    "one case too many": row("100.0", "100.0", "same", "red", polarity="L", target=Decimal(0),
                             denom=Decimal(1), cases_to_target=1),
    "one case, with a noun": row("0.0", None, None, "red", denom=Decimal(1), cases_to_target=1,
                                 counted_as="child / children"),
    "every child": row("0.0", "0.0", "same", "red", denom=Decimal(5), cases_to_target=5,
                       counted_as="child / children"),
    "every case": row("0.0", "0.0", "same", "red", denom=Decimal(5), cases_to_target=5),
    "no case": row("100.0", "0.0", "worse", "red", polarity="L", target=Decimal(0),
                   denom=Decimal(5), cases_to_target=5),
    "first month": row(**FIRST),
    "without target": row(rating="not-rated", was="not-rated", target=None, floor_standard=None),
    "without result": row(None, rating=None, direction=None, status="not-available"),
    "withheld": withheld(),
    "markers": row("66.8", "66.8", "same", marker="e", earlier={"marker": "p"}),
    "markers that differ": row(marker="e", earlier={"marker": "p"}),
    "finished": given("94.25", "93.1"),
    "finished, without decimals": given("94", "93.75", rating="red"),
}  # fmt: skip


def lasting(direction: str, months: int, was: str = "60.0") -> Streak:
    """A streak of so many months, and its rating as old."""
    return Streak(direction, months, MONTH - months, Decimal(was), MONTH - months)


LEVEL = {"now": "66.8", "direction": "same", "rating": "amber"}
STREAKS: dict[str, Record] = {
    "nothing known": row(rating="red"),
    "Green": row(streak=lasting("better", 3)),
    "improving": row(rating="red", streak=lasting("better", 5)),
    "declining": row("61.0", "62.0", "worse", "amber", streak=lasting("worse", 3, "65.0")),
    "into another year": row(rating="red", streak=lasting("better", 20)),
    "very long": row(rating="red", streak=lasting("better", 23)),
    "a rating alone": row(rating="red", streak=Streak(rated_since=Month(2016, 5))),
    "a movement alone": row(rating="red", streak=replace(lasting("better", 3), rated_since=None)),
    "unchanged": row(**LEVEL, streak=lasting("same", 3, "66.8")),
    "unchanged, more decimals": row(
        "12.97", "13.0", "better", "amber", shown=Decimal("13.0"),
        streak=lasting("same", 3, "13.0"),
    ),
    "displayed unchanged, more decimals before": row(
        "13.0", "12.98", "worse", "red", streak=lasting("same", 3, "13.0"),
    ),
    "coming nearer": row("8.0", "23.0", "better", "amber", **NEAR,
        streak=lasting("better", 3, "25.0")),
    "moving further": row("23.0", "8.0", "worse", "amber", **NEAR,
        streak=lasting("worse", 3, "7.0")),
    "on the other side": row("7.0", "23.0", "same", "amber", **NEAR,
        streak=lasting("better", 3, "25.0")),
    "unchanged since before the previous report": row(
        **LEVEL, earlier=MAY, streak=lasting("same", 4, "66.8"),
    ),
    "unchanged since then": row(**LEVEL, earlier=MAY, streak=replace(lasting("same", 3, "66.8"),
                                                                    since=Month(2016, 6))),
    "declining since then": row(rating="red", earlier=MAY, streak=replace(
        lasting("worse", 3, "69.0"), since=Month(2016, 6))),
    "finished, improving": given("94", "93.75", rating="red", streak=replace(
        lasting("better", 3, "92.25"), was_places=2)),
    "nothing before": row(rating="red", **FIRST, streak=Streak(rated_since=Month(2016, 5))),
    "withheld, with a streak": withheld(streak=Streak()),
}  # fmt: skip
"""Results with what is known of how long they move one way."""

ROUNDED: dict[str, Record] = {
    "as displayed": row(),
    "rounds onto the floor": row(
        "12.98", rating="amber", polarity="L", shown=Decimal("13.0"), near_threshold=True
    ),
    "one decimal": row(
        "2.5", rating="amber", polarity="L", format="count", shown=Decimal(3), near_threshold=True
    ),
}
"""Results whose displayed figure has their rating, or seems to have another."""

SELECTIONS = {
    "all": [(45, 45), (8, 8)],
    "some indicators": [(10, 45), (0, 8)],
    "both": [(10, 45), (2, 8)],
    "all indicators, some measures": [(45, 45), (1, 8)],
    "measures alone": [(0, 45), (2, 8)],
    "without measures": [(1, 45), (0, 0)],
}
"""How many indicators of how many, and how many activity measures of how many, a page has."""

BEGUN = {
    "always": ({"name": "Fen East", "first_month": None}, MONTH - 12),
    "after the first month shown": (
        {"name": "Fen East", "first_month": date(2016, 4, 1)},
        MONTH - 12,
    ),
    "in the first month shown": ({"name": "Fen East", "first_month": date(2015, 8, 1)}, MONTH - 12),
    "the month after": ({"name": "Fen East", "first_month": date(2015, 9, 1)}, MONTH - 12),
}
"""What units_in says of a unit, and the first month that its page shows."""


def amendment(change: str = "added", polarity: str | None = "H", **changed: Any) -> Record:
    """A record of the catalogue_changes macro."""
    return {
        "change": change, "polarity": polarity, "reason": "Visits count too", "recounted": False,
        "over_months": False, "replaced_by": None, "replaced_by_name": None, **changed,
    }  # fmt: skip


AMENDMENTS: dict[str, list[Record]] = {
    "one added": [amendment()],
    "several added": [amendment()] * 3,
    "added and amended": [amendment(), *[amendment("amended")] * 6],
    "all three": [amendment(), *[amendment("amended")] * 2, amendment("retired")],
    "one measure retired": [amendment("retired", None)],
    "measures retired": [amendment("retired", None)] * 2,
    "an indicator or a measure": [amendment(), amendment("retired", None)],
    "indicators and measures": [*[amendment()] * 2, amendment(polarity=None)],
}
"""What changed in the catalogue since the previous report."""

AMENDMENT: dict[str, Record] = {
    "added": amendment(),
    "with a full stop": amendment(reason="Visits count too."),
    "retired": amendment("retired"),
    "replaced": amendment("retired", replaced_by="a8", replaced_by_name="% of visits in time"),
    "recounted": amendment("amended", recounted=True),
    "recounted, over several months": amendment("amended", recounted=True, over_months=True),
    "not recounted": amendment("amended"),
    "not recounted, over several months": amendment("amended", over_months=True),
}
"""One change, of which its reason is given."""

AGES: dict[str, tuple[Month, date | None]] = {
    "no meeting": (MONTH, None),
    "this year": (MONTH, date(2016, 11, 10)),
    "next year": (Month(2016, 2), date(2017, 1, 3)),
}
"""The reporting month, and the day of the meeting."""

TARGETS: dict[str, Record] = {
    "higher": row(),
    "lower": row(polarity="L", target=Decimal(10), floor_standard=Decimal("13.25")),
    "near": row(**{**NEAR, "target": Decimal("17.5"), "green_within": Decimal("2.5")}),
    "near, close to 0": row("7.0", "8.0", "worse", **{**NEAR, "target": Decimal(1)}),
    "near, every result": row(**{**NEAR, "target": Decimal(50), "amber_within": Decimal(50)}),
    "near, one band": row("7.0", "8.0", "worse", **{**NEAR, "green_within": Decimal(8)}),
    "near, a ratio": row(
        "18.2", "16.3", "worse", format="ratio",
        **{**NEAR, "green_within": Decimal(1), "amber_within": Decimal(3)},
    ),
    "near, one point": row("15.1", "16.3", "better", **{**NEAR, "green_within": Decimal(1)}),
    "days": row(**DAYS),
    "a count": row(format="count", polarity="L", target=Decimal(0), floor_standard=Decimal(10)),
    "target and floor alike": row(
        "426.3", "425.0", "worse", "red", "green", **{**DAYS, "floor_standard": Decimal(426)}
    ),
    "target and floor alike, higher": row(target=Decimal(80)),
    "from 0 to 100": row("50.0", target=Decimal(100), floor_standard=Decimal(0)),
    "from 0 to 100, lower": row(
        "50.0", polarity="L", target=Decimal(0), floor_standard=Decimal(100)
    ),
    "below 1": row(target=Decimal(1), floor_standard=Decimal("0.5")),
    "below 1, lower": row(polarity="L", target=Decimal("0.5"), floor_standard=Decimal(1)),
    "none": row(target=None, floor_standard=None),
}  # fmt: skip
"""What a result is held against."""


def trend(*shown: str | None, rating: str | None = "green", **changed: Any) -> list[Record]:
    """The records of a trend that ends in August 2016."""
    months = [MONTH - back for back in range(len(shown))][::-1]
    return [
        row(each, rating=rating if each else None, month_words=month.words, **changed)
        | {"month": str(month)}
        for month, each in zip(months, shown, strict=True)
    ]  # fmt: skip


def rated(*ratings: str | None) -> list[Record]:
    """A trend of one result with these ratings."""
    return [
        trend("67.7" if rating else None, rating=rating)[0]
        | {"month": each["month"], "month_words": each["month_words"]}
        for each, rating in zip(trend(*["67.7"] * len(ratings)), ratings, strict=True)
    ]


TRENDS: dict[str, list[Record]] = {
    "several": trend("50.0", "40.0", "70.0", rating="red"),
    "one month": trend("87.0", rating="red"),
    "one result": trend(None, None, "87.0"),
    "flat": trend("0.0", "0.0", "0.0", rating="red"),
    "flat, with a gap": trend("100.0", None, "100.0", "100.0"),
    "twice the lowest": trend("40.0", "50.0", "40.0", "70.0", "70.0", "70.0"),
    "a gap at the end": trend("50.0", "60.0", None),
    "no result": trend(None, None),
    "one result, then none": trend("50.0", None),
    "near the target": trend("23.0", "7.0", rating="amber", **NEAR),
    "near, close to 0": trend("7.0", "8.0", **{**NEAR, "target": Decimal(1)}),
    "near, close to 100": trend("97.0", "98.0", **{**NEAR, "target": Decimal(95)}),
    "near, every result": trend(
        "7.0", "8.0", **{**NEAR, "target": Decimal(50), "amber_within": Decimal(50)}
    ),
    "days": trend("370.1", "363.7", **DAYS),
    "a count": trend("41", "35", format="count"),
    "more decimals": trend("13.0", "12.97", rating="amber"),
    "without target": trend("1.0", "2.0", rating="not-rated", target=None, floor_standard=None),
    "withheld": [
        *trend("50.0", "60.0")[:1], {**trend(None)[0], "latest": hidden(**HELD)},
    ],
    "markers": [
        {**each, "latest": replace(each["latest"], marker=marker)}
        for each, marker in zip(trend("1.0", "2.0", "3.0", "4.0"), ("e", "", "e, r", "p"),
                                strict=True)
    ],
    "one marker": [*trend("1.0", "2.0")[:1], *trend("2.0", marker="e")],
    "markers without a result": [
        *trend("1.0", "2.0", None, marker="e")[2:], *trend("1.0", "2.0"),
    ],
    "two streaks": rated("green", "red", "red"),
    "another rating": rated("amber", "green"),
    "a gap in a streak": rated("green", "red", None, "red"),
}  # fmt: skip
REVISED = {"marker": "r", "revised_marker": "r"}
LONG = "Measure of a council with a name of eight"
BESIDE: dict[str, Record] = {
    **RESULTS,
    "revised": row(**REVISED, earlier=REVISED),
    "an estimate before": row(earlier={"marker": "e"}),
    "another rating": row("79.5", "80.2", "worse", "red", "amber"),
    "another rating, a long name": row("79.5", "80.2", "worse", "red", "amber", short_name=LONG),
    "rated for the first time": row(was="not-rated"),
    "since May": row(rating="red", streak=Streak(rated_since=Month(2016, 5)), **FIRST),
    "since May, a long name": row(
        rating="red", streak=Streak(rated_since=Month(2016, 5)), **FIRST, short_name=f"{LONG} and 2"
    ),
    "a name that leaves no room": row(rating="red", short_name=f"{LONG} and {LONG}"),
}  # fmt: skip
TREND_TITLES = {
    name: (rows[-1]["short_name"], rows, None, "") for name, rows in TRENDS.items()
} | {
    f"{name}, beside the previous report{change}": (
        each["short_name"], [{**each, "month_words": MONTH.words}], each, real,
    )
    for name, each in BESIDE.items()
    for change, real in (("", ""), (", a real change", "a real change for the worse"))
    if not real or name in ("better", "without target", "revised", "another rating, a long name")
}  # fmt: skip
"""What an indicator is called, its trend, its record of the scorecard, and a real change."""


def measures(
    *pairs: tuple[int | None, int | None], doubtful: int = 0, called: str = "Measure"
) -> list[Record]:
    """Activity measures A, B, … with the figures of two months; of so many those are doubtful."""
    return [
        {
            **dict.fromkeys(("name", "short_name"), f"{called} {letter}"), "month": str(month),
            "month_words": month.words, "latest": figure(
                num, format="count", num=None if num is None else Decimal(num),
                provenance=("apportioned" if place < doubtful else "published",),
                marker="e" if place < doubtful else "",
            ),
        }
        for place, (letter, pair) in enumerate(zip("ABCDEF", pairs, strict=False))
        for month, num in zip((MONTH - 1, MONTH), pair, strict=True)
    ]  # fmt: skip


ACTIVITY: dict[str, list[Record]] = {
    "one": measures((5, 6)),
    "one, the same": measures((5, 5)),
    "from 0": measures((5, 5), (0, 7)),
    "nearly to 0": measures((2582, 1)),
    "two, with longer names": measures((5, 6), (4, 3), called="Cases that are open"),
    "two, with names too long": measures((5, 6), (4, 3), called="Cases that are open in teams"),
    "three, with longer names": measures((1, 1), (2, 3), (3, 3), called="Cases that are open"),
    "some, of each kind": measures((1, 2), (2, 1), (3, 3), (3, None)),
    "estimates, with longer names": measures(
        (1, 2), (1, 2), doubtful=2, called="Cases in any team"
    ),
    "three": measures((1000, 900), (10, 15), (3, 3)),
    "several": measures((9711, 9444), (1092, 1145), (2248, 2246), (801, 801), (24, 25)),
    "all of one kind": measures((1, 2), (1, 2), (1, 2), (1, 2)),
    "both": measures((1, 2), (1, 2), (1, None)),
    "none changed": measures((1, 1), (1, 1), (1, 1), (1, 1)),
    "some": measures((1, 2), (None, 2), (1, 3), (4, 3)),
    "one of several": measures((1, 2), (1, 2), doubtful=1),
    "estimates": measures((1, 2), (1, 2), (1, 2), (1, 2), doubtful=4),
    "first month": measures((5, 6))[1:],
    "one month": measures((5, None)),
    "no figures": measures((None, None)),
}


def impact(
    including: str | None = "67.1",
    excluding: str | None = "65.7",
    direction: str | None = "worse",
    was: str | None = "green",
    rating: str | None = "green",
    **changed: Any,
) -> Record:
    """A record of the UASC macro: both results, whether it is better without UASC, both ratings.

    `changed` are fields of the record, or parts of both figures.
    """
    both = {key: changed.pop(key) for key in {*changed} & Figure.__dataclass_fields__.keys()}
    marks = [changed.pop(f"{cohort}_marker", "") for cohort in ("including", "excluding")]
    there = including is not None and excluding is not None
    difference = Decimal(excluding) - Decimal(including) if there else None
    return {
        **row(), "format": both.get("format", "percent"), "marker": "",
        "including": figure(including, **{**HELD, "rating": was, "marker": marks[0], **both}),
        "excluding": figure(excluding, **{**HELD, "rating": rating, "direction": direction,
                                          "marker": marks[1], **both}),
        "variance": difference, "variance_sign": (difference > 0) - (difference < 0)
        if there else None, **changed,
    }  # fmt: skip


def parts(*shown: str | None, exhaustive: bool = True, markers: str = "") -> list[Record]:
    """Records of the breakdown macro with these results, the last that of the whole.

    A result of None is withheld. `markers` are those of the first.
    """
    figures_there = [
        hidden() if each is None else figure(each, marker="" if place else markers)
        for place, each in enumerate(shown)
    ]
    return [
        {"dimension": "age", "exhaustive": exhaustive, "latest": each} for each in figures_there
    ]


BREAKDOWNS: dict[str, list[Record]] = {
    "several": parts("12.5", "7.7", "10.2"),
    "not exhaustive": parts("12.5", "7.7", exhaustive=False),
    "estimates": parts("12.5", "7.7", "10.2", markers="e, r"),
    "no result above 0": parts("0.0", "0.0", markers="e"),
    "one withheld": parts(None, "7.7", "10.2"),
    "all withheld": parts(None, None),
}

SAME = {"including": "71.2", "excluding": "71.2", "direction": "better"}
WITHOUT: Record = {"including": None, "excluding": None, "direction": None, "was": None,
                   "rating": None}  # fmt: skip
IMPACTS: dict[str, list[Record]] = {
    "nothing": [],
    "one": [impact(was="amber", rating="red")],
    "one, the same": [impact("66.7", "66.7", "same")],
    "several": [
        impact(), impact("48.0", "65.4", "better", "red", "amber"),
        impact(**SAME, variance=Decimal(0), variance_sign=1),
        impact("90.0", "89.0", "worse", "green", "amber"),
    ],
    "all of one kind": [impact("1.0", "2.0", "better", "red", "amber")] * 3,
    "both": [impact("95.9", "96.3", "better", "amber", "green")] * 2,
    "more decimals": [impact("94.2", "94.97", "better")],
    "estimates": [
        {**impact(including_marker="e", excluding_marker="r"), "marker": "e, r"},
        {**impact(**SAME, excluding_marker="e"), "marker": "e"},
    ],
    "one differs": [impact("95.9", "96.3", "better"), impact(**SAME)],
    "none differs": [impact(**SAME)] * 2,
    "some": [impact(), impact(was="amber", rating=None, direction=None, excluding=None),
             impact(was="amber")],
    "one of several": [impact(was="amber"), impact(rating=None, direction=None, excluding=None)],
    "one of several, the same": [impact(), impact(rating=None, direction=None, excluding=None)],
    "some have no result": [impact(), impact(), impact(**WITHOUT)],
    "none": [impact(**WITHOUT)],
    "without targets": [impact(was="not-rated", rating="not-rated")],
    "near the target": [
        impact("7.0", "23.0", "same", **NEAR), impact("7.0", "8.0", "better", **NEAR),
    ],
    "days": [impact("363.7", "360.0", "better", format="days")],
    "withheld": [impact(**WITHOUT) | {"including": hidden()}],
    "two withheld": [impact(**WITHOUT) | {"including": hidden()}] * 2,
    "one withheld": [
        impact(was="amber"), impact(), impact(**WITHOUT) | {"including": hidden()},
    ],
}  # fmt: skip
PERCENTAGES = {
    name: rows for name, rows in IMPACTS.items()
    if rows and all(row["variance"] is not None and row["format"] == "percent" for row in rows)
}  # fmt: skip
"""Those of which a chart is drawn."""


def signal(variation: str | None = "ordinary", **changed: Any) -> Record:
    """A record of the signals macro as the source of a report gives it."""
    judged = variation is not None
    return {
        "code": "1", "name": "Measure", "unit": "shire", "unit_name": "Shire", "polarity": "H",
        "format": "percent", "data_period": "SS", "status": "available" if judged else "too-few",
        "variation": variation, "signal": "ordinary" if variation == "ordinary" else "one-side",
        "side": {"ordinary": None, "concern": -1, "low": -1}.get(variation, 1),
        "estimated": False, "how": None, "marker": "", "provenance": ["published"],
        "assurance": None, "value": Decimal("67.6666666667") if judged else None,
        "mean": Decimal("60.04") if judged else None, "points": 13 if judged else 5,
        "expected_from": Decimal("55.05") if judged else None,
        "expected_to": Decimal("65.0333333333") if judged else None,
        "range_places": 1 if judged else None, "result_places": None, **changed,
    }  # fmt: skip


GUESSED = {"estimated": True, "marker": "e", "provenance": ["apportioned"]}
SIGNALS: dict[str, list[Record]] = {
    "nothing": [],
    "one, ordinary": [signal()],
    "one, a concern": [signal("concern")],
    "both ordinary": [signal(), signal()],
    "both real": [signal("improvement"), signal("concern")],
    "all ordinary": [signal()] * 3,
    "all real": [signal("concern")] * 3,
    "some": [
        signal("improvement"), signal("concern", code="2", name="Other"), signal(),
        signal("concern", code="3", name="Third"), signal("high", code="4"),
        signal("low", code="5"), signal(),
    ],
    "in the month alone, and trends": [
        signal("improvement", data_period="R12M"), signal("improvement", signal="trend"),
        signal("concern", signal="trend", data_period="YTD"),
    ],
    "a large count, and one displayed as its mean": [
        signal("high", format="count", data_period="M", range_places=0, value=Decimal(1891),
               mean=Decimal("1500.4")),
        signal("low", mean=Decimal("67.7")),
    ],
    "one of several": [signal("improvement"), signal(), signal()],
    "all but one": [signal("improvement")] * 2 + [signal()],
    "some left out": [
        signal("improvement"), signal(), signal("concern", **GUESSED), signal(**GUESSED),
        signal(None), signal(None, status="not-available"), signal(None, status="finished-window"),
        signal(None, status="not-shown", how=figures.HOW),
    ],
    "one left out": [signal(), signal(), signal("concern", **GUESSED)],
    "only estimates": [signal("concern", **GUESSED)] * 2,
    "none can be judged": [signal(None), signal("low", **GUESSED), signal(None)],
    "all withheld": [signal(None, status="not-shown", how=figures.HOW)],
}  # fmt: skip
"""What process behaviour charts say."""
RANGES: dict[str, Record] = {
    "a percentage": signal(),
    "more decimals": signal(range_places=2),
    "a count": signal(
        format="count", range_places=0, expected_from=Decimal("170.2583"),
        expected_to=Decimal("187.9917"),
    ),
    "none": signal(None),
}  # fmt: skip


def process(*variations: str | None, step: int | None = None, **changed: Any) -> Process:
    """A process behaviour chart that ends in August 2016; `step` is the place of a step."""
    months = [MONTH - back for back in range(len(variations))][::-1]
    rows = [
        {
            **signal(each), "month": str(month), "month_words": month.words,
            "step": "A new form" if place == step else None, "counted": each is not None,
            "marker": changed.get("marker", ""),
        }
        for place, (month, each) in enumerate(zip(months, variations, strict=True))
    ]  # fmt: skip
    return Process(signal(variations[-1], **changed), rows)


PROCESSES = {
    "ordinary": process("ordinary", "ordinary"),
    "a concern": process("ordinary", "concern"),
    "an improvement before": process("improvement", "ordinary"),
    "several": process("low", "concern", "concern", "high", "concern"),
    "estimates": process("improvement", "concern", **GUESSED),
    "a step": process(None, "ordinary", "ordinary", step=1),
    "a step, too few since": process(None, None, step=1),
    "more decimals": process("ordinary", "high", range_places=2),
    "too few": process(None, None),
    "meets the target": process("ordinary", assurance="will-meet"),
    "may meet the target": process("ordinary", assurance="may-or-may-not", **GUESSED),
    "does not meet the target": process("concern", assurance="will-not-meet"),
    "met it before": process("concern", assurance="will-meet"),
    "did not meet it before": process("improvement", assurance="will-not-meet"),
    "improving": process("improvement", assurance="will-meet"),
    "may meet it, and moving": process("concern", assurance="may-or-may-not"),
}
LIMITED = {name: each for name, each in PROCESSES.items() if each.signal["mean"] is not None}
"""Those of which each month is drawn by itself."""


def resting(
    *provenances: str, revised: int = 0, hidden: int = 0, place: str = "latest"
) -> list[Record]:
    """Results that rest on these provenances, several joined by a plus sign.

    Some of the first are revised; `hidden` more are withheld. `place` is the column they are in.
    """
    found = [
        figure(1, provenance=tuple(each.split("+")), revised=number < revised)
        for number, each in enumerate(provenances)
    ]
    lost = figures.hidden(provenance=("apportioned",), revised=True)
    return [{place: each} for each in [*found, *[lost] * hidden]]


def paired(including: list[Record], excluding: list[Record]) -> list[Record]:
    """Records of the UASC macro with these results."""
    return [{**a, **b} for a, b in zip(including, excluding, strict=True)]


CAUTIONS: dict[str, list[Record]] = {
    "nothing": [],
    "as published": resting("published", "published"),
    "one": resting("apportioned"),
    "one of several": resting("apportioned", "published"),
    "all": resting("apportioned", "apportioned"),
    "some of each": resting("apportioned", "published+part-known", "apportioned+published"),
    "some of both": resting("apportioned", "apportioned+part-known", "apportioned"),
    "some of three": resting(
        "apportioned",
        "apportioned+part-known",
        "apportioned+part-known+wordless",
        "part-known",
        "published",
    ),
    "without a phrase": resting("wordless", "wordless", "as-wordless", "wordless+apportioned"),
    "one without a phrase": resting("wordless", "published"),
    "in no file": resting("unheard-of"),
    "revised": resting("published", "published", revised=1),
    "withheld": resting("published", revised=1, hidden=1),
    "one, withheld": resting(hidden=1),
    "without result": [{"latest": figure(provenance=("apportioned",))}],
    "without UASC": paired(
        resting("published", "published", place="including"),
        resting("apportioned", "apportioned", revised=1, place="excluding"),
    ),
    "with and without UASC": paired(
        resting("part-known", "published", place="including"),
        resting("part-known", hidden=1, place="excluding"),
    ),
}

NONE = {"before": None, "direction": None}


def alone(status: str = "not-available", **changed: Any) -> Record:
    """A record of the outturn macro without an out-turn of the year before, for a reason."""
    return {**row(**NONE, earlier={"status": status}), **changed}


def gone() -> Record:
    """One without an out-turn of this year."""
    return row(now=None, **NONE, status="not-available")


OUTTURNS = {
    "all": [row(), row()],
    "without months": [row(), alone(), alone()],
    "one without months": [row(), alone()],
    "none": [alone(code="new")],
    "of every kind": [
        row(), withheld(), gone(), alone(code="new"), alone("not-comparable"),
        alone("not-applicable"), alone("withheld"),
    ],
    "of every kind, several": [
        *[withheld()] * 2, *[gone()] * 2, *[alone(code="new")] * 2, *[alone("not-comparable")] * 2,
        *[alone("not-applicable")] * 2,
    ],
}  # fmt: skip
"""Records of the outturn macro; `new` was added since the year before."""


def sums(
    status: str = "available", year_ago: str = "available", how: Any = None, then: Any = None
) -> Record:
    """A record of the activity_to_date macro."""
    found = {"status": status, "year_ago_status": year_ago}
    return {**found, "how": how, "year_ago_how": then or how}


AWAY, OTHERWISE = "not-available", "not-comparable"
SUMS = {
    "all": [sums()],
    "one hidden": [sums(), sums(how=figures.HOW)],
    "one of last year hidden": [sums(), sums(then=figures.HOW)],
    "two of last year hidden": [sums(then=figures.HOW)] * 2,
    "several hidden": [sums(AWAY, AWAY, figures.HOW), sums(how=figures.HOW)],
    "of every kind": [
        sums(), sums(how=figures.HOW), sums(then=figures.HOW), sums(AWAY), sums(OTHERWISE),
        sums("available", AWAY), sums("available", OTHERWISE),
    ],
    "several": [
        *[sums(AWAY)] * 2, *[sums(OTHERWISE)] * 2, *[sums("available", AWAY)] * 2,
        *[sums("available", OTHERWISE)] * 2,
    ],
}  # fmt: skip
"""Records of the activity_to_date macro."""
