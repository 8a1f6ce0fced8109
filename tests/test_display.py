"""Figures as text: decimals, signs, and nothing decided."""

from __future__ import annotations

import pytest

from scorecard.report import display


@pytest.mark.parametrize(
    ("value", "form", "places", "text"),
    [
        (22.3, "percent", None, "22.3%"),
        (100, "percent", None, "100.0%"),
        (12.98, "percent", 2, "12.98%"),
        (363.7, "days", None, "363.7"),
        (35, "count", None, "35"),
        (15, "ratio", None, "15.0"),
        (None, "percent", None, ""),
    ],
)
def test_result(value, form, places, text):
    assert display.result(value, form, places) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [(15921, 0, "15921"), (404.3, 1, "404.3"), (524, 1, "524.0"), (None, 0, "")],
)
def test_figure_has_no_grouping_and_its_indicator_s_decimals(value, places, text):
    assert display.figure(value, places) == text


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (25, "percent", "25.0%"), (17.5, "percent", "17.5%"), (12.75, "percent", "12.75%"),
        (0.1234, "percent", "0.1234%"), (0, "count", "0"), (2.5, "count", "2.5"),
        (426, "days", "426.0"), (None, "percent", ""),
    ],
)  # fmt: skip
def test_threshold_has_as_many_decimals_as_it_was_set_with(value, form, text):
    assert display.threshold(value, form) == text


@pytest.mark.parametrize(
    ("value", "sign", "form", "text"),
    [
        (17.4, 1, "percent", "+17.4%"), (-0.2, -1, "percent", "-0.2%"),
        (0.0, 1, "percent", "+0.0%"), (0.0, -1, "percent", "-0.0%"), (-0.0, -1, "percent", "-0.0%"),
        (0.0, 0, "percent", "0.0%"), (-7, -1, "count", "-7"), (0, 0, "count", "0"),
        (None, 0, "percent", ""),
    ],
)  # fmt: skip
def test_variance_keeps_the_sign_of_the_exact_difference(value, sign, form, text):
    assert display.variance(value, sign, form) == text


@pytest.mark.parametrize(("value", "text"), [(53, "+53"), (-267, "-267"), (0, "0"), (None, "")])
def test_change(value, text):
    assert display.change(value) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [(5, 0, "+5"), (-3, 0, "-3"), (0, 0, "no change"), (-0.04, 1, "no change"), (0.5, 1, "+0.5")],
)
def test_signed(value, places, text):
    assert display.signed(value, places) == text


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_listed(items, text):
    assert display.listed(items) == text


@pytest.mark.parametrize(
    "said", [display.RATINGS, display.DIRECTIONS, display.POLARITIES, display.DATA_PERIODS]
)
def test_no_two_codes_share_a_sign_or_a_word(said):
    alike = display.AS_NEAR in said  # as near the target is an arrow as for the same
    assert len({each.sign for each in said.values()}) == len(said) - alike
    assert len({each.word for each in said.values()}) == len(said)
    assert all(each.meaning for each in said.values())
