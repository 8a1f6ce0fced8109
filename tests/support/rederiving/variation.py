"""What pages say of real change and ordinary variation, from the results as they were supplied."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, product
from typing import TYPE_CHECKING, NamedTuple

from support.rederiving.pages import key
from support.rederiving.writing import listed, sentence

if TYPE_CHECKING:
    from support.rederiving.pages import Council, Page

LEAST, MOST = 13, 24
"""Monthly values that limits need, and that they rest on."""
WORDS = {"concern": "Concern", "improvement": "Improvement", "high": "High", "low": "Low"}
WHY = {
    "estimates": ("rests on estimates", "rest on estimates"),
    "few": ("has fewer than 13 monthly values", "have fewer than 13 monthly values"),
    "none": ("has no result of the month", "have no result of the month"),
    "window": (
        "is supplied as a finished rolling figure", "are supplied as finished rolling figures",
    ),
}  # fmt: skip
REASONS = {
    "few": "there are fewer than 13 monthly values without a gap",
    "none": "the month has no result of its own",
    "window": "it is supplied as a finished rolling figure, without its months",
}


class Judged(NamedTuple):
    """What can be said of an indicator: why nothing can, or its variation; and its limits."""

    why: str
    variation: str = ""
    estimated: bool = False
    mean: Fraction | None = None
    lower: Fraction | None = None
    upper: Fraction | None = None
    points: int = 0
    provenances: frozenset[str] = frozenset()
    side: int = 0
    is_trend: bool = False


def supplied(council: Council) -> dict[tuple[str, str, str], dict[str, str]]:
    """(unit, code, month) → the row of all children, as supplied."""
    if not council.monthly:
        for path in sorted((council.root / "data/results").glob("*.csv")):
            with path.open(encoding="utf-8-sig", newline="") as file:
                council.monthly |= {
                    (row["unit"], row["code"], row["month"]): row
                    for row in csv.DictReader(file)
                    if row["cohort"] == "all"
                }
        _add_up(council)
    return council.monthly


def _add_up(council: Council) -> None:
    """Add the sums of units right below one without a row, from the lowest units up."""
    with (council.root / "data/reference/units.csv").open(encoding="utf-8-sig") as file:
        parents = {row["unit"]: row["parent"] for row in csv.DictReader(file)}
    months = {month for _, _, month in council.monthly}
    given = {(unit, code) for unit, code, _ in council.monthly}
    summed = [code for code, row in council.indicators.items() if row.get("added_up") == "yes"]
    for unit in reversed(parents):
        below = [each for each, parent in parents.items() if parent == unit]
        for code, month in product(summed, months):
            parts = [each for each in below if (each, code) in given]
            rows = [council.monthly.get((each, code, month)) for each in parts]
            if rows and all(rows) and (unit, code, month) not in council.monthly:
                sums = {
                    part: str(sum(Decimal(row[part]) for row in rows)) if rows[0][part] else ""
                    for part in ("num", "denom")
                }
                council.monthly[unit, code, month] = {**rows[0], **sums}
        given |= {(unit, code) for code in summed if any((each, code) in given for each in below)}


def judged(council: Council, unit: str, code: str, month: str, which: str = "") -> Judged:
    """An indicator of a unit, judged by its own monthly values up to `month`.

    It is its last month that is judged, or another: `which`.
    """
    asked = (unit, code, month, which)
    if asked not in council.judged:
        council.judged[asked] = _judged(council, *asked)
    return council.judged[asked]


def _judged(council: Council, unit: str, code: str, month: str, which: str) -> Judged:
    known, rows = council.indicators[code], supplied(council)
    if known["supplied"] == "window":
        return Judged("window")
    begins = max(
        [row["month"] for row in council.steps if row["code"] == code and row["month"] <= month],
        default="",
    )
    changed = known["comparable_from"] or ""
    opens = max(begins, changed if changed <= month else "")
    values, estimated, provenances, months = [], False, set(), []
    for back in range(MOST):
        row = rows.get((unit, code, key(month, back)))
        value = row and own(row, known["format"])
        if value is None or key(month, back) < opens:
            break
        values.insert(0, value)
        months.insert(0, key(month, back))
        provenances.add(row["provenance"])
        estimated |= row["provenance"] in council.phrases
    if len(values) < LEAST:
        return Judged("few" if values else "none", estimated=estimated)
    mean = sum(values) / len(values)
    ranges = [abs(b - a) for a, b in pairwise(values)]
    reach = Fraction(266, 100) * sum(ranges) / len(ranges)
    said, side, is_trend = "", 0, False
    if not which or which in months:
        values = values[: months.index(which or month) + 1]
        side, moved_from, is_trend = signal(values, mean, reach)
        said = meaning(council, code, month, side, values[-1], moved_from)
    return Judged(
        "", said, estimated, mean, mean - reach, mean + reach, len(months), frozenset(provenances),
        side, is_trend,
    )  # fmt: skip


def own(row: dict[str, str], form: str) -> Fraction | None:
    """A month's own result; None where there was nothing to count."""
    if form == "count":
        return Fraction(row["num"])
    if not Fraction(row["denom"]):
        return None
    return Fraction(row["num"]) * (100 if form == "percent" else 1) / Fraction(row["denom"])


def signal(values: list[Fraction], mean: Fraction, reach: Fraction) -> tuple[int, Fraction, bool]:
    """The side of the last value's signal (0 without), what it moved from, if it is a trend."""

    def away(value: Fraction) -> Fraction:
        return (value - mean) / reach if reach else Fraction((value > mean) - (value < mean), 1)

    last = values[-1]
    for side in (1, -1):
        beyond = side * (last - mean) > reach
        on_side = len(values) > 6 and all(side * (value - mean) > 0 for value in values[-7:])
        if beyond or on_side:
            return side, mean, False
    for side in (1, -1):
        if len(values) > 6 and all(side * (b - a) > 0 for a, b in pairwise(values[-7:])):
            return side, values[-7], True
    for side in (1, -1):
        near = [side * away(value) > Fraction(2, 3) for value in values[-3:]]
        if near[-1] and sum(near) > 1:
            return side, mean, False
    return 0, mean, False


def meaning(
    council: Council, code: str, month: str, side: int, value: Fraction, moved_from: Fraction
) -> str:
    """What a signal means by polarity."""
    polarity = council.indicators[code]["polarity"]
    target = council.held(code, month).get("target")
    if not side:
        return "ordinary"
    if polarity in ("H", "L"):
        return "improvement" if (side > 0) == (polarity == "H") else "concern"
    if polarity == "T" and target:
        now, then = (abs(each - Fraction(target)) for each in (value, moved_from))
        if now != then:
            return "improvement" if now < then else "concern"
    return "high" if side > 0 else "low"


def own_of(page: Page) -> dict[str, Judged]:
    """Code → each indicator of the page's unit."""
    return {code: judged(page.council, page.unit, code, page.month) for code in page.own}


@sentence(
    r"(?:Of \d+|All \d+|Both|The one) indicators? that can be judged[, ].*",
    r"No real change is named: .*",
)
def _count(page: Page, _: str, __: object) -> str:
    every = [*own_of(page).values()]
    good = [each for each in every if not each.why and not each.estimated]
    left = Counter(each.why or "estimates" for each in every if each not in good)
    kinds = [(left[why], *words) for why, words in WHY.items() if left[why]]
    why = listed([f"{n} {one if n == 1 else many}" for n, one, many in kinds])
    if len(kinds) == 1:
        number, one, many = kinds[0]
        why = {1: f"it {one}", 2: f"both {many}"}.get(number, f"all {many}")
    if not good:
        return f"No real change is named: {why}."
    total = len(good)
    real = sum(each.variation != "ordinary" for each in good)
    which = {1: "The one indicator", 2: "Both indicators"}.get(total, f"All {total} indicators")
    said = f"{which} that can be judged "
    if real == total:
        said += f"{'shows' if total == 1 else 'show'} a real change"
    elif not real:
        said += f"{'is' if total == 1 else 'are'} within ordinary variation"
    else:
        rest = total - real
        said = (
            f"Of {total} indicators that can be judged, {real} {'shows' if real == 1 else 'show'} "
            f"a real change. The other {'one is' if rest == 1 else f'{rest} are'} within "
            "ordinary variation"
        )
    number = sum(left.values())
    end = f" {number} {'is' if number == 1 else 'are'} left out: {why}." if number else ""
    return f"{said}.{end}"


def not_judged(page: Page, place: str) -> str:
    """The note that the cells without a variation share."""
    cells = page.soup.select(f'[data-field="variation"]:has(a[href="#{place}"])')
    codes = [cell.find_parent("tr")["data-code"] for cell in cells]
    (why,) = {judged(page.council, page.unit, code, page.month).why for code in codes}
    return f"Variation can't be judged: {REASONS[why]}."
