"""Situations of the sentences on what comes next, and on how a result is beside others."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from scorecard.report.streaks import Streak
from support.figures import figure
from support.situations import DAYS, MAY, Record, given, lasting, row, withheld

CHILDREN = {"counted_as": "child / children"}
LOW = {"polarity": "L", "target": Decimal(10), "floor_standard": Decimal(13)}
COUNT = {"format": "count", "polarity": "L", "denom": None, "num": 35, "denom_places": 0}
PLACES = {"num_places": 0, "denom_places": 0}

MARGINS: dict[str, Record] = {
    "higher": row(rating="red", cases_to_floor=232, cases_to_red=None, **CHILDREN),
    "one lower": row(rating="red", cases_to_floor=1, cases_to_red=1, **LOW, **CHILDREN),
    "two lower": row(rating="amber", cases_to_floor=0, cases_to_red=2, **LOW, **CHILDREN),
    "one higher, without a noun": row(rating="amber", cases_to_floor=0, cases_to_red=1),
    "a count": row("35", rating="red", cases_to_floor=26, cases_to_red=0, **COUNT),
    "no number would do": row(rating="red", cases_to_floor=None, cases_to_red=None),
    "far from Red": row(rating="amber", cases_to_floor=0, cases_to_red=3),
    "withheld": withheld(),
}  # fmt: skip
"""Results with cases to the floor and to Red."""

NEAR_RED: dict[str, list[Record]] = {
    "nothing": [],
    "none near": [MARGINS["far from Red"], MARGINS["no number would do"]],
    "one near": [MARGINS["two lower"], MARGINS["far from Red"]],
    "two near": [MARGINS["one higher, without a noun"], MARGINS["two lower"], withheld()],
}
"""Several Amber results."""


def month(of: date, shown: str | None, marker: str = "") -> Record:
    """A month behind a figure."""
    return {"month": of, "shown": shown and Decimal(shown), "marker": marker}


SEPTEMBER, AUGUST = date(2015, 9, 1), date(2016, 8, 1)
MONTHS: dict[str, tuple[Record, list[Record]]] = {
    "all known": (row(), [month(SEPTEMBER, "32.9"), month(AUGUST, "96.4")]),
    "some marked": (row(), [month(SEPTEMBER, "32.9", "e"), month(AUGUST, "96.4")]),
    "two markers": (row(), [month(SEPTEMBER, "32.9", "e"), month(AUGUST, "96.4", "p")]),
    "no cases": (row(), [month(SEPTEMBER, None), month(AUGUST, "96.4")]),
    "days": (row("363.7", **DAYS), [month(SEPTEMBER, "300.0"), month(AUGUST, "410.5")]),
}
"""A rolling figure, and the months behind it."""


def coming(
    target: tuple[bool | None, int | None],
    floor: tuple[bool | None, int | None],
    of: dict[str, Any] | None = None,
    **changed: Any,
) -> tuple[Record, Record]:
    """A rolling figure and its next one; what the month needs for target and floor."""
    found = {
        "leaving_month": SEPTEMBER, "month": AUGUST, "next_month": date(2016, 9, 1),
        "leaving_num": Decimal(48), "leaving_denom": Decimal(146), "leaving_marker": "",
        "coming_num": Decimal(53), "coming_denom": Decimal(55), "coming_marker": "",
        "next_precise": Decimal("52.6"), "next_places": 1, "next_rating": "red", "next_marker": "",
        "target_reachable": target[0], "target_num": target[1], "target_shown": Decimal("350.2"),
        "floor_reachable": floor[0], "floor_num": floor[1], "floor_shown": Decimal("380.5"),
        **changed,
    }  # fmt: skip
    return row(**{**CHILDREN, **(of or {})}), found


OUT = (False, None)
NEXT: dict[str, tuple[Record, Record]] = {
    "both needed": coming((True, 50), (True, 40)),
    "none would do": coming(OUT, OUT),
    "only the floor can be kept": coming(OUT, (True, 40)),
    "any for the floor": coming((True, 50), (True, 0)),
    "any for both": coming((True, 0), (True, 0), next_rating="green"),
    "none for one, any for the other": coming(OUT, (True, 0)),
    "lower, at most": coming((True, 5), (True, 8), LOW),
    "lower, any": coming((True, 55), (True, 55), LOW),
    "lower, none": coming(OUT, (True, 8), LOW),
    "marked": coming(
        (True, 50), (True, 40), leaving_marker="e", coming_marker="p", next_marker="e, p"
    ),
    "more decimals": coming((None, None), (None, None), next_precise=Decimal("79.97"),
                            next_places=2, next_rating="red"),
    "without target": coming((None, None), (None, None), next_rating="not-rated"),
    "days": coming((True, 3000), (True, 4000), DAYS),
    "days, none would do": coming(OUT, OUT, DAYS),
    "a count": coming((True, 15), (True, 19), COUNT, leaving_denom=None, coming_denom=None),
    "a count, none would do": coming(OUT, OUT, COUNT, leaving_denom=None, coming_denom=None),
    "one child": coming((True, 1), (True, 0), coming_num=Decimal(1), coming_denom=Decimal(1)),
}  # fmt: skip
"""A rolling figure, and what the next one will be."""


def area(
    name: str, z: str, marker: str = "", shown: str = "14.3", streak: Streak | None = None,
    rating: str = "amber",
) -> Record:  # fmt: skip
    """An area beside the whole."""
    size = abs(Decimal(z))
    evidence = (
        "evidence" if size > Decimal("3.09") else "some" if size > Decimal("1.96") else "none"
    )
    return {
        "unit_name": name, "z": Decimal(z), "evidence": evidence, "marker": marker,
        "latest": figure(shown, marker=marker, rating=rating), "streak": streak or Streak(),
        "polarity": "L", "format": "percent",
    }  # fmt: skip


PLAIN = [area("North", "0.4"), area("East", "-0.1"), area("South", "1.9")]
CHANCE: dict[str, tuple[list[Record], int]] = {
    "no more than chance": (PLAIN, 3),
    "of some": (PLAIN, 5),
    "one area": (PLAIN[:1], 1),
    "estimated": ([*PLAIN[:2], area("South", "1.9", "e")], 3),
    "one beyond": ([*PLAIN, area("West", "3.2")], 4),
    "one beyond, one left": ([PLAIN[0], area("West", "-3.2")], 2),
    "perhaps": ([*PLAIN, area("West", "-2.4")], 4),
    "both, none left": ([area("North", "4.0"), area("East", "-5.1"), area("West", "2.4")], 3),
    "beyond, and moving": (
        [
            area("North", "4.0", streak=lasting("worse", 3, "12.0")),
            PLAIN[1],
            area("West", "2.4", streak=lasting("better", 4, "16.0"), rating="green"),
        ],
        3,
    ),
    "two perhaps, marked": ([PLAIN[0], area("East", "2.0", "e"), area("West", "2.1", "e, r")], 3),
}
"""Areas beside the whole, and how many there are."""


def parts(
    *areas: tuple[str, int | None], of: int | None = 50, several: int | None = None, **whole: Any
) -> tuple[Record, list[Record], int]:
    """A whole of `of` cases, and its areas, each with its z and its cases."""
    rows = [area(name, z) for name, (z, _) in zip(("North", "East"), areas, strict=False)]
    for each, (_, cases) in zip(rows, areas, strict=True):
        each["latest"] = figure("14.3", denom=cases)
    return row(denom=of, unit_name="Fenwold", **whole), rows, several or len(rows)


IN_NO_AREA: dict[str, tuple[Record, list[Record], int]] = {
    "all higher": parts(("0.4", 20), ("2.1", 29), **CHILDREN),
    "all lower, without a noun": parts(("-0.4", 20), ("-2.1", 20)),
    "one each way": parts(("0.4", 20), ("-2.1", 20)),
    "one the same": parts(("0.4", 20), ("0", 20)),
    "no case besides": parts(("0.4", 20), ("0.1", 30)),
    "not all compared": parts(("0.4", 20), ("0.1", 20), several=3),
    "one area": parts(("0.4", 20)),
    "a count withheld": parts(("0.4", 20), ("0.1", None)),
    "the whole withheld": parts(("0.4", 20), ("0.1", 20), of=None),
}
"""A whole and its areas, and how many areas there are."""


def beside(
    theirs: str, difference: str | None, sign: int | None, places: int = 1, **of: Any
) -> tuple[Record, Record]:
    """A result and that of others, with the difference and its sign before rounding."""
    found = {
        "comparator": "England", "period": "year to 31 March 2015", "source": "A return",
        "shown": Decimal(theirs), "difference": difference and Decimal(difference),
        "difference_sign": sign, "difference_places": places,
    }  # fmt: skip
    return row(**of), found


COMPARATORS: dict[str, list[Record]] = {
    "none": [],
    "one": [{"comparator": "England"}],
    "three": [{"comparator": name} for name in ("England", "South East", "Councils like ours")],
}
"""The comparators of an indicator."""

BESIDE_COMPARATORS: dict[str, tuple[Record, Record]] = {
    "higher": beside("64.0", "3.7", 1, marker="e"),
    "lower": beside("68.7", "-1.0", -1),
    "the same": beside("67.7", "0.0", 1),
    "the same before rounding": beside("67.7", "0.0", 0),
    "less than shown": beside("67.6", "0.0", 1),
    "days": beside("350.0", "13.7", 1, now="363.7", **DAYS),
    "days, less than shown": beside("363.6", "0.0", 1, now="363.7", **DAYS),
    "a count": beside("40", "-5", -1, 0, now="35", **COUNT),
    "finished": beside("450.5", "23.85", 1, 2, now="474.35", shown_places=2, **DAYS),
    "finished, the same": beside("195", "0.0", 0, now="195", shown_places=0, **DAYS),
    "without ours": beside("64.0", None, None),
}
"""A result beside that of a comparator."""


NOUN = {"counted_as": "review / reviews"}


def moved(
    now: tuple[int, int], was: tuple[int, int], before: dict[str, Any] | None = None, **of: Any
) -> Record:
    """A result with its counts and those of the previous report, which has other parts too."""
    return row(
        num=now[0], denom=now[1], earlier={"num": was[0], "denom": was[1], **(before or {})},
        **{"others_are": "late review / late reviews", **of},
    )  # fmt: skip


OTHERS_MOVED: dict[str, Record] = {
    "fewer": moved((412, 500), (410, 505)),
    "one more": moved((410, 500), (410, 499)),
    "as many": moved((412, 500), (410, 498)),
    "without a noun": moved((412, 500), (410, 505), others_are=None),
    "a ratio": moved((412, 500), (410, 505), format="ratio"),
    "without counts": row(others_are="late review / late reviews"),
    "withheld": withheld(others_are="late review / late reviews"),
    "more, and worse": moved((633, 1089), (622, 1060), others_are=None, direction="worse", **NOUN),
    "fewer, and better": moved((60, 80), (61, 83), others_are=None, direction="better"),
    "one more, and worse": moved((411, 412), (410, 410), others_are=None, direction="worse"),
    "fewer, lower is better, and worse": moved(
        (60, 80), (61, 83), others_are=None, direction="worse", polarity="L"
    ),
    "more, near the target": moved(
        (633, 1089), (622, 1060), others_are=None, direction="worse", polarity="T"
    ),
}  # fmt: skip
"""A result of which those not in the numerator have a name."""

CASES_MOVED: dict[str, Record] = {
    **OTHERS_MOVED,
    "with a noun": moved((1281, 1891), (1240, 1856), **NOUN, others_are=None),
    "with both": moved((1281, 1891), (1240, 1856), **NOUN),
    "one of each": moved((1, 2), (2, 2), **NOUN),
    "neither moved": moved((410, 500), (410, 500)),
    "not comparable": moved((412, 500), (410, 505), direction=None),
    "since May": moved((412, 500), (410, 505), before=MAY),
    "marked": moved((412, 500), (410, 505), **NOUN, before={"count_marker": "e"}, count_marker="p"),
    "a count": row("35", "25", "worse", earlier={"num": 25}, **COUNT, **NOUN),
    "a count in parts": row(
        "7.9",
        "9.8",
        "better",
        **{**COUNT, "num": "7.9"},
        num_places=1,
        earlier={"num": "9.8", "num_places": 1, "marker": "e"},
    ),
    "finished": given("94.25", "93.1"),
    "a count that did not move": row("35", "35", "same", earlier={"num": 35}, **COUNT),
}
"""A result with its counts, and those of the previous report."""
