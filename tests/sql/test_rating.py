"""Ratings: exact at the thresholds, and the floors of H and L are no mirror images."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from support.workbooks import each, macros

CONNECTION = macros()
FIGURES = "num::DECIMAL(13, 4), denom::DECIMAL(13, 4)"
THRESHOLDS = ", ".join(
    f"{name}::DECIMAL(9, 4)" for name in ("target", "floor", "green_within", "amber_within")
)
FRACTION = (
    "result_top('percent', num::DECIMAL(13, 4)), result_bottom('percent', denom::DECIMAL(13, 4))"
)
TENTH = Decimal("0.0001")


class Case(NamedTuple):
    """A percentage held against its thresholds; all as the store keeps them, four decimals."""

    polarity: str
    num: Decimal
    denom: Decimal
    target: Decimal | None = Decimal(90)
    floor: Decimal | None = Decimal(80)
    green_within: Decimal | None = None
    amber_within: Decimal | None = None


def in_sql(cases: list[Case], macro: str = "rating", form: str = "") -> list[str | None]:
    columns = {
        name: [None if (v := getattr(case, name)) is None else str(v) for case in cases]
        for name in Case._fields
    }
    return each(CONNECTION, f"{macro}(polarity, {form}{FRACTION}, {THRESHOLDS})", **columns)


def rated(case: Case) -> str | None:
    """The rule as section 3 of the arithmetic words it, in fractions."""
    if case.denom == 0:
        return None
    result = Fraction(case.num) * 100 / Fraction(case.denom)
    if case.target is None:
        return "not-rated"
    target = Fraction(case.target)
    if case.polarity == "T":
        off = abs(result - target)
        if off <= Fraction(case.green_within):
            return "green"
        return "red" if off > Fraction(case.amber_within) else "amber"
    floor = Fraction(case.floor)
    if case.polarity == "H":
        return "green" if result >= target else "red" if result < floor else "amber"
    return "green" if result <= target else "red" if result >= floor else "amber"


@st.composite
def cases(draw) -> Case:
    """Results on a threshold, a ten-thousandth off it, or anywhere."""
    tenths = st.integers(0, 1000).map(lambda n: Decimal(n) / 10)
    polarity = draw(st.sampled_from("HLT"))
    target, other = draw(tenths), draw(tenths)
    near, far = sorted((target, other))
    if polarity == "T":
        thresholds = (target, None, near / 10, far / 10)
        edges = [target + sign * within for sign in (1, -1) for within in (near / 10, far / 10)]
    else:
        floor = near if polarity == "H" else far
        target = far if polarity == "H" else near
        thresholds = (target, floor, None, None)
        edges = [target, floor]
    denom = Decimal(draw(st.integers(1, 99_999) | st.sampled_from([1000, 10_000, 1_000_000])))
    edge = draw(st.sampled_from(edges)) * denom / 100
    num = edge.quantize(TENTH) + draw(st.sampled_from([0, 0, -1, 1])) * TENTH
    if draw(st.booleans()):
        num = Decimal(draw(st.integers(0, int(denom))))
    return Case(polarity, max(num, Decimal(0)), denom, *thresholds)


@given(st.lists(cases(), min_size=1, max_size=40))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_follows_the_rule_on_and_around_every_threshold(found):
    assert in_sql(found) == [rated(case) for case in found]


@given(st.integers(1, 999_999_999), st.sampled_from("HL"))
@example(100, "H")
@settings(max_examples=60, deadline=None, derandomize=True)
def test_exactly_on_target_is_green_whatever_floating_point_says(denom, polarity):
    """7% of a number, in ten-thousandths: 7/100 as a binary fraction is not 0.07."""
    num = Decimal(denom) * 7 / 100
    on_target = Case(polarity, num, Decimal(denom), Decimal(7), Decimal(5))

    assert in_sql([on_target]) == ["green"]


@pytest.mark.parametrize(
    ("polarity", "num", "rating"),
    [
        ("H", 90, "green"), ("H", 89, "amber"), ("H", 80, "amber"), ("H", 79, "red"),
        ("L", 10, "green"), ("L", 11, "amber"), ("L", 12, "amber"), ("L", 13, "red"),
    ],
)  # fmt: skip
def test_published_bandings(polarity, num, rating):
    """90 and above green, below 80 red; 10 and below green, 13 and above red."""
    thresholds = (Decimal(90), Decimal(80)) if polarity == "H" else (Decimal(10), Decimal(13))

    assert in_sql([Case(polarity, Decimal(num), Decimal(100), *thresholds)]) == [rating]


def test_the_exact_result_is_rated_not_the_one_shown():
    kent = Case("L", Decimal(293), Decimal(2246), Decimal(10), Decimal(13))
    west_kent = Case("L", Decimal(47), Decimal(362), Decimal(10), Decimal(13))

    assert in_sql([kent, west_kent]) == ["red", "amber"]


@pytest.mark.parametrize(
    ("num", "rating"),
    [
        ("175", "green"), ("200", "green"), ("150", "green"), ("200.0001", "amber"),
        ("149.9999", "amber"), ("250", "amber"), ("100", "amber"), ("250.0001", "red"),
        ("99.9999", "red"),
    ],
)  # fmt: skip
def test_t_is_rated_by_the_distance_both_ends_included(num, rating):
    thresholds = (Decimal("17.5"), None, Decimal("2.5"), Decimal("7.5"))

    assert in_sql([Case("T", Decimal(num), Decimal(1000), *thresholds)]) == [rating]


def test_without_a_target_nothing_is_rated():
    assert in_sql([Case("H", Decimal(1), Decimal(2), None, None)]) == ["not-rated"]


def test_without_a_result_there_is_no_rating():
    assert in_sql([Case("H", Decimal(0), Decimal(0))]) == [None]


@given(st.lists(cases(), min_size=1, max_size=40))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_the_decimals_that_tell_the_rating_are_the_fewest(found):
    """With so many decimals the shown figure earns the rating; with one fewer it would not."""
    columns = {
        name: [None if (v := getattr(case, name)) is None else str(v) for case in found]
        for name in Case._fields
    }
    rating = f"rating(polarity, {FRACTION}, {THRESHOLDS})"
    places = each(
        CONNECTION,
        f"places_needed(polarity, 'percent', {FRACTION}, {rating}, {THRESHOLDS})",
        **columns,
    )
    for case, needed in zip(found, places, strict=True):
        tells = {p: rated(shown(case, p)) == rated(case) for p in range(1, 11)}
        assert needed == next(p for p, told in tells.items() if told)


def shown(case: Case, places: int) -> Case:
    """The case whose result is the displayed one."""
    digits = Fraction(case.num) * 100 / Fraction(case.denom) * 10**places
    whole = (2 * digits.numerator + digits.denominator) // (2 * digits.denominator)
    return case._replace(num=Decimal(whole).scaleb(-places), denom=Decimal(100))


@pytest.mark.parametrize(
    ("polarity", "form", "num", "denom", "target", "cases"),
    [
        ("H", "percent", 1281, 1891, 90, 421),  # 1701.9 needed
        ("L", "percent", 293, 2246, 10, 69),  # 224.6 allowed, so 224
        ("H", "percent", 90, 100, 90, 0),
        ("H", "percent", 95, 100, 90, 0),
        ("L", "count", 3, None, 0, 3),
        ("T", "percent", 276, 1275, 17, None),
        ("L", "days", 29462, 81, 300, None),
        ("H", "percent", 1, 2, None, None),
    ],
)
def test_cases_to_the_target(polarity, form, num, denom, target, cases):
    found = each(
        CONNECTION,
        "cases_to_target(polarity, form, num::DECIMAL(13, 4), denom::DECIMAL(13, 4),"
        " target::DECIMAL(9, 4))",
        polarity=[polarity], form=[form], num=[num], denom=[denom], target=[target],
    )  # fmt: skip

    assert found == [cases]


@given(st.integers(1, 10**6), st.integers(0, 1000), st.data())
@settings(max_examples=100, deadline=None, derandomize=True)
def test_so_many_more_cases_meet_the_target_and_one_fewer_does_not(denom, tenths, data):
    num, target = data.draw(st.integers(0, denom)), Decimal(tenths) / 10
    for polarity, step in (("H", 1), ("L", -1)):
        (cases,) = each(
            CONNECTION,
            "cases_to_target(polarity, 'percent', num::DECIMAL(13, 4), denom::DECIMAL(13, 4),"
            " target::DECIMAL(9, 4))",
            polarity=[polarity], num=[num], denom=[denom], target=[str(target)],
        )  # fmt: skip

        def met(number, polarity=polarity):
            result = Fraction(100 * number, denom)
            return result >= target if polarity == "H" else result <= target

        assert met(num + step * cases)
        assert cases == 0 or not met(num + step * (cases - 1))
