"""The effect of leaving UASC out: the variance is that of exact results, and keeps its sign."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard import display
from scorecard.months import Month
from support.workbooks import make_store, with_areas

THIS = Month(2016, 8)


VARIANCES = [
    ("542,1130", "341,522", "+17.4%"),  # the displayed figures would give 17.3
    ("410,576", "408,573", "+0.0%"),
    ("1000,10000", "999,9991", "-0.0%"),
    ("90,100", "45,50", "0.0%"),  # exactly equal
    ("293,2246", "186,1448", "-0.2%"),
    ("0,100", "0,50", "0.0%"),
    ("1,100", "0,50", "-1.0%"),
]
BOTH = "{0},{1},all,{2} {0},{1},excluding_uasc,{3}"
CASES = [f"v{n}" for n in range(len(VARIANCES))] + ["whole", "broken", "one-cohort"]
"""The units of the cases, besides those that there are."""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """August of every case, and twelve months of two."""
    months = {}
    for month in Month(2015, 9).until(THIS):
        lines = BOTH.format("whole", "roll", "9,10", "4,5")
        other = lines.replace("whole", "broken")
        months[str(month)] = f"{lines} {other if month != Month(2016, 1) else other.split()[0]}"
    august = [
        BOTH.format(f"v{n}", "h", every, part) for n, (every, part, _) in enumerate(VARIANCES)
    ] + [
        BOTH.format("shire", "count", "35,", "28,"), BOTH.format("shire", "l", "30,200", "5,100"),
        BOTH.format("shire", "h", "9,10", "0,0"), BOTH.format("south", "h", "9,10", "4,5"),
        BOTH.format("north", "h", "9,10", "4,5"), "one-cohort,h,all,9,10 one-cohort,l,all,1,9",
    ]  # fmt: skip
    months[str(THIS)] += " " + " ".join(august)
    return make_store(tmp_path_factory.mktemp("cases"), months, units=with_areas(*CASES))


@pytest.fixture(scope="module")
def found(store):
    """What is said of each unit and indicator."""
    rows = store.records.uasc_impacts(["shire", *CASES], THIS)
    return {(row["unit"], row["code"]): row for row in rows}


def said(row) -> str:
    return display.variance(row["variance"], int(row["variance_sign"]), row["format"])


@pytest.mark.parametrize("n", range(len(VARIANCES)))
def test_variance(found, n):
    assert said(found[f"v{n}", "h"]) == VARIANCES[n][-1]


def test_of_counts_it_is_the_plain_difference(found):
    assert said(found["shire", "count"]) == "-7"


def test_both_cohorts_are_rated_and_the_direction_is_performance(found):
    row = found["shire", "l"]

    assert (row["including"].rating, row["excluding"].rating) == ("red", "green")
    assert (row["including"].shown, row["excluding"].shown) == (15, 5)
    assert row["excluding"].direction == "better"
    assert said(row) == "-10.0%"


def test_nothing_left_to_count_is_not_applicable(found):
    row = found["shire", "h"]

    assert row["excluding"].status == "not-applicable"
    assert (row["variance"], row["excluding"].rating) == (None, None)


def test_an_indicator_with_one_cohort_only_has_no_row(found):
    assert "one-cohort" not in {unit for unit, _ in found}


def test_a_rolling_figure_needs_all_months_of_both_cohorts(found):
    assert said(found["whole", "roll"]) == "-10.0%"
    assert found["broken", "roll"]["variance"] is None


def test_units_come_in_order_of_display(store):
    rows = store.records.uasc_impacts(["south", "shire", "north"], THIS)

    units = [row["unit"] for row in rows if row["code"] == "h"]
    assert units == ["shire", "north", "south"]


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
