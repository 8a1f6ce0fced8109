"""Rounding for display: halves away from zero, as spreadsheets do, on exact fractions."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.workbooks import each, macros

CONNECTION = macros()
WIDE = Context(prec=60)
BOTTOMS = st.integers(1, 10**12)


def rounded(top: int, bottom: int, places: int) -> Decimal:
    """The rule in Python: exact to one decimal beyond, then halves away from zero.

    `ROUND_HALF_UP` is Python's name for halves away from zero. The last digit is made odd when
    anything is left over, so that nothing below a half passes for one.
    """
    scaled = abs(Fraction(top, bottom)) * 10 ** (places + 2)
    digits, left = divmod(scaled.numerator, scaled.denominator)
    text = Decimal(digits * 10 + (1 if left else 0)).scaleb(-places - 3, WIDE)
    value = text.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, WIDE)
    return value if Fraction(top, bottom) >= 0 else -value


def in_sql(cases: list[tuple[int, int, int]]) -> list[Decimal]:
    tops, bottoms, places = (list(column) for column in zip(*cases, strict=True))
    return each(
        CONNECTION,
        "round_fraction(top::HUGEINT, bottom::HUGEINT, places::INTEGER)",
        top=[str(top) for top in tops], bottom=[str(b) for b in bottoms], places=places,
    )  # fmt: skip


@given(st.lists(st.tuples(st.integers(-(10**15), 10**15), BOTTOMS, st.integers(0, 10)), min_size=1))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_agrees_with_decimals(cases):
    kept = [case for case in cases if abs(case[0] / case[1]) < 10**13] or [(1, 8, 2)]

    assert in_sql(kept) == [rounded(*case) for case in kept]


@given(st.lists(st.tuples(st.integers(-(10**8), 10**8), st.integers(0, 10)), min_size=1))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_exact_halves_go_away_from_zero(cases):
    """(2n + 1) / (2 · 10^places) lies exactly between two displayed figures."""
    halves = [(2 * n + 1, 2 * 10**places, places) for n, places in cases]
    outward = [Decimal(n + 1 if n >= 0 else n).scaleb(-places) for n, places in cases]

    assert in_sql(halves) == outward


@given(st.lists(st.tuples(st.integers(0, 10**12), BOTTOMS, st.integers(0, 4)), min_size=1))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_a_negative_figure_is_the_mirror_image(cases):
    mirrored = [(-top, bottom, places) for top, bottom, places in cases]

    assert in_sql(mirrored) == [-value for value in in_sql(cases)]


@pytest.mark.parametrize(
    ("num", "denom", "shown"),
    [
        ("49", "400", "12.3"),  # 12.25
        ("293", "2246", "13.0"),
        ("47", "362", "13.0"),
        ("1", "1000", "0.1"),
        ("1", "2001", "0.0"),
        ("404.3", "524", "77.2"),
        ("1", "3", "33.3"),
        ("0", "7", "0.0"),
    ],
)
def test_a_percentage_as_shown(num, denom, shown):
    (found,) = each(
        CONNECTION,
        "shown(result_top('percent', num::DECIMAL(13, 4)),"
        " result_bottom('percent', denom::DECIMAL(13, 4)), 'percent')",
        num=[num], denom=[denom],
    )  # fmt: skip

    assert found == Decimal(shown)


@given(
    st.lists(
        st.tuples(
            st.one_of(
                st.integers(-(10**9), 10**9),
                st.integers(10**13 - 3, 10**13 + 3),
                st.integers(10**15, 10**17),
            ),
            st.one_of(st.integers(1, 10**8), st.integers(10**13 - 3, 10**13 + 3)),
        ),
        min_size=1,
    )
)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_what_64_bits_do_not_hold_is_rounded_alike(cases):
    """A thousand million has 10^13 ten-thousandths."""
    found = each(
        CONNECTION,
        "[rounded(top::DECIMAL(24, 4), bottom::DECIMAL(24, 4), 1),"
        " shown(top::DECIMAL(24, 4), bottom::DECIMAL(24, 4), 'percent')]",
        top=[f"{Decimal(top).scaleb(-4):f}" for top, _ in cases],
        bottom=[f"{Decimal(bottom).scaleb(-4):f}" for _, bottom in cases],
    )  # fmt: skip

    assert found == [[rounded(top, bottom, 1)] * 2 for top, bottom in cases]


@pytest.mark.parametrize(("num", "shown"), [("0.5", "1"), ("7.9", "8"), ("7.4999", "7")])
def test_a_count_has_no_decimals(num, shown):
    (found,) = each(
        CONNECTION,
        "shown(result_top('count', num::DECIMAL(13, 4)), result_bottom('count', NULL), 'count')",
        num=[num],
    )

    assert found == Decimal(shown)


def test_nothing_can_be_shown_of_a_fraction_without_a_bottom():
    assert in_sql([(1, 0, 1)]) == [None]


@given(st.lists(st.tuples(st.integers(-(10**12), 10**12), st.integers(1, 10**9)), min_size=1))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_whole_cases_are_rounded_up(cases):
    found = each(
        CONNECTION,
        "ceil_fraction(top::HUGEINT, bottom::HUGEINT)",
        top=[str(top) for top, _ in cases], bottom=[str(bottom) for _, bottom in cases],
    )  # fmt: skip

    assert found == [-((-top) // bottom) for top, bottom in cases]
