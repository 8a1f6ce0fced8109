"""The effect of leaving UASC out: the variance is that of exact results, and keeps its sign."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard import display
from scorecard.months import Month
from support.workbooks import make_store

THIS = Month(2016, 8)


def impact(folder, *lines: str, code: str = "h", unit: str = "shire"):
    store = make_store(folder, {"2016-08": " ".join(lines)})
    (found,) = (row for row in store.records.uasc_impacts([unit], THIS) if row["code"] == code)
    return found


def said(row) -> str:
    return display.variance(row["variance"], int(row["variance_sign"]), row["format"])


@pytest.mark.parametrize(
    ("all_children", "excluding", "variance"),
    [
        ("542,1130", "341,522", "+17.4%"),  # the displayed figures would give 17.3
        ("410,576", "408,573", "+0.0%"),
        ("1000,10000", "999,9991", "-0.0%"),
        ("90,100", "45,50", "0.0%"),  # exactly equal
        ("293,2246", "186,1448", "-0.2%"),
        ("0,100", "0,50", "0.0%"),
        ("1,100", "0,50", "-1.0%"),
    ],
)
def test_variance(tmp_path, all_children, excluding, variance):
    row = impact(tmp_path, f"shire,h,all,{all_children}", f"shire,h,excluding_uasc,{excluding}")

    assert said(row) == variance


def test_of_counts_it_is_the_plain_difference(tmp_path):
    row = impact(tmp_path, "shire,count,all,35,", "shire,count,excluding_uasc,28,", code="count")

    assert said(row) == "-7"


def test_both_cohorts_are_rated_and_the_direction_is_performance(tmp_path):
    row = impact(tmp_path, "shire,l,all,30,200", "shire,l,excluding_uasc,5,100", code="l")

    assert (row["including"].rating, row["excluding"].rating) == ("red", "green")
    assert (row["including"].shown, row["excluding"].shown) == (15, 5)
    assert row["excluding"].direction == "better"
    assert said(row) == "-10.0%"


def test_nothing_left_to_count_is_not_applicable(tmp_path):
    row = impact(tmp_path, "shire,h,all,9,10", "shire,h,excluding_uasc,0,0")

    assert row["excluding"].status == "not-applicable"
    assert (row["variance"], row["excluding"].rating) == (None, None)


def test_an_indicator_with_one_cohort_only_has_no_row(tmp_path):
    store = make_store(tmp_path, {"2016-08": "shire,h,all,9,10 shire,l,all,1,9"})

    assert store.uasc_impacts(["shire"], THIS).empty


def test_a_rolling_figure_needs_all_months_of_both_cohorts(tmp_path):
    line = "shire,roll,all,9,10 shire,roll,excluding_uasc,4,5"
    months = Month(2015, 9).until(THIS)
    whole = make_store(tmp_path / "whole", {str(m): line for m in months})
    broken = make_store(
        tmp_path / "broken",
        {str(m): line if m != Month(2016, 1) else line.split()[0] for m in months},
    )

    (row,) = whole.records.uasc_impacts(["shire"], THIS)
    assert said(row) == "-10.0%"
    assert not broken.uasc_impacts(["shire"], THIS)["variance"].notna().any()


def test_units_come_in_order_of_display(tmp_path):
    lines = " ".join(
        f"{unit},h,all,9,10 {unit},h,excluding_uasc,4,5" for unit in ("south", "shire", "north")
    )
    store = make_store(tmp_path, {"2016-08": lines})
    found = store.uasc_impacts(["south", "shire", "north"], THIS)

    assert list(found["unit"]) == ["shire", "north", "south"]


SHIRES = "unit,name,kind,parent\nshire,Shire,county,\n"
MANY = 300


@st.composite
def cohorts(draw):
    """Numerators and denominators of all children and of a part of them, often nearly alike."""
    denom = draw(st.integers(1, 9_999))
    left_out = draw(st.integers(0, min(denom - 1, 30)))
    num = draw(st.integers(0, denom))
    low, high = max(0, num - left_out), min(num, denom - left_out)
    return num, denom, draw(st.integers(low, high)), denom - left_out


@given(st.lists(cohorts(), min_size=MANY, max_size=MANY))
@settings(max_examples=2, deadline=None, derandomize=True)
def test_the_printed_variance_follows_from_fractions(tmp_path_factory, found):
    units = SHIRES + "".join(f"u{n},Unit {n},area,shire\n" for n in range(MANY))
    lines = " ".join(
        f"u{n},h,all,{num},{denom} u{n},h,excluding_uasc,{part},{whole}"
        for n, (num, denom, part, whole) in enumerate(found)
    )
    store = make_store(tmp_path_factory.mktemp("many"), {"2016-08": lines}, units=units)
    rows = store.records.uasc_impacts([f"u{n}" for n in range(MANY)], THIS)

    assert [said(row) for row in rows] == [printed(*case) for case in found]


def printed(num: int, denom: int, part: int, whole: int) -> str:
    """Excluding minus including, one decimal, halves away from zero, with the exact sign."""
    difference = Fraction(100 * part, whole) - Fraction(100 * num, denom)
    sign = "+" if difference > 0 else "-" if difference < 0 else ""
    size = abs(difference)
    tenths = (20 * size.numerator + size.denominator) // (2 * size.denominator)
    return f"{sign}{Decimal(tenths) / 10:.1f}%"
