"""Direction of travel: performance, not the number, on exact results."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.workbooks import each, macros

CONNECTION = macros()
MACRO = (
    "direction(polarity, target::DECIMAL(9, 4),"
    " result_top('percent', num::DECIMAL(13, 4)), result_bottom('percent', denom::DECIMAL(13, 4)),"
    " result_top('percent', before::DECIMAL(13, 4)),"
    " result_bottom('percent', whole::DECIMAL(13, 4)))"
)
OPPOSITE = {"better": "worse", "worse": "better", "same": "same"}


class Case(NamedTuple):
    """A result now, num / denom, and earlier, before / whole."""

    polarity: str
    num: int
    denom: int
    before: int
    whole: int
    target: Decimal = Decimal("17.5")

    @property
    def turned(self) -> Case:
        """Now and earlier exchanged."""
        return Case(self.polarity, self.before, self.whole, self.num, self.denom, self.target)


def in_sql(cases: list[Case]) -> list[str | None]:
    columns = {name: [str(getattr(case, name)) for case in cases] for name in Case._fields}
    return each(CONNECTION, MACRO, **columns)


def expected(case: Case) -> str:
    """The rule in fractions."""
    now, earlier = Fraction(100 * case.num, case.denom), Fraction(100 * case.before, case.whole)
    gain = {
        "H": now - earlier,
        "L": earlier - now,
        "T": abs(earlier - Fraction(case.target)) - abs(now - Fraction(case.target)),
    }[case.polarity]
    return "better" if gain > 0 else "worse" if gain < 0 else "same"


@st.composite
def cases(draw) -> Case:
    """Two results; every third pair equal, though written with other numbers."""
    denom = draw(st.integers(1, 999_999_999))
    num = draw(st.integers(0, denom))
    whole = draw(st.integers(1, 999_999_999))
    before = draw(st.integers(0, whole))
    if draw(st.integers(0, 2)) == 0:
        times = draw(st.integers(1, 5))
        num, denom = num % 10**8, denom % 10**8 + 1
        before, whole = num * times, denom * times
    target = Decimal(draw(st.integers(0, 1000))) / 10
    return Case(draw(st.sampled_from("HLT")), num, denom, before, whole, target)


@given(st.lists(cases(), min_size=1, max_size=40))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_follows_the_rule(found):
    assert in_sql(found) == [expected(case) for case in found]


@given(st.lists(cases(), min_size=1, max_size=40))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_the_way_back_is_the_opposite(found):
    there, back = in_sql(found), in_sql([case.turned for case in found])

    assert back == [OPPOSITE[direction] for direction in there]


@given(st.lists(cases(), min_size=1, max_size=40))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_what_is_better_for_h_is_worse_for_l(found):
    high = in_sql([case._replace(polarity="H") for case in found])
    low = in_sql([case._replace(polarity="L") for case in found])

    assert low == [OPPOSITE[direction] for direction in high]


def test_an_arrow_means_performance_not_the_number():
    rose = Case("L", 3543, 15921, 3521, 15921)

    assert in_sql([rose, rose._replace(polarity="H")]) == ["worse", "better"]


def test_results_that_only_look_equal_are_not_the_same():
    looks_equal = Case("H", 2136, 2175, 2135, 2173)  # both 98.2%

    assert in_sql([looks_equal]) == ["worse"]


def test_results_that_only_look_different_are_the_same():
    assert in_sql([Case("H", 7, 100, 14, 200)]) == ["same"]


def test_t_is_better_when_nearer_the_target_from_either_side():
    over, under, far = (Case("T", num, 1000, 500, 1000) for num in (200, 150, 900))

    assert in_sql([over, under, far]) == ["better", "better", "worse"]
    assert in_sql([Case("T", 200, 1000, 150, 1000)]) == ["same"]  # 2.5 above, 2.5 below


@pytest.mark.parametrize(("denom", "whole"), [(0, 1), (1, 0), (0, 0)])
def test_without_both_results_there_is_no_arrow(denom, whole):
    assert in_sql([Case("H", 0, denom, 0, whole)]) == [None]


def test_without_a_target_t_has_no_arrow():
    (found,) = each(
        CONNECTION,
        MACRO,
        polarity=["T"], num=["1"], denom=["2"], before=["1"], whole=["3"], target=[None],
    )  # fmt: skip

    assert found is None
