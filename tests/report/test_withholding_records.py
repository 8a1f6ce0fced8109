"""What leaves a record when a figure of it is withheld, figure by figure."""

from __future__ import annotations

from datetime import date

import pytest

from scorecard.disclosure.decision import Decision
from scorecard.months import Month
from scorecard.params.disclosure import Profile
from scorecard.report.withholding import (
    ACTIVITY,
    IMPACT,
    SCORECARD,
    STATUS,
    TREND,
    Withholding,
    joined,
    withheld,
)

THIS = Month(2016, 8)
FIVE = Profile(threshold=5, footnote="Numbers from 1 to {threshold} are {sign}.")
RESULT = {"result", "shown", "precise", "places", "rating", "near_threshold"}
ARROWS = {"month_ago_direction", "year_ago_direction", "rating_by_earlier_target"}
DIFFERENCE = {"variance", "variance_sign", "excluding_direction"}
COUNTS = {"num", "denom"}


def prefixed(prefix: str, *names: str) -> set[str]:
    return {f"{prefix}{name}" for name in names}


SCORED = {
    *COUNTS, *RESULT, "status", "cases_to_target", "top", "bottom", "rating_by_earlier_target",
    *prefixed("month_ago_", *COUNTS, *RESULT, "direction", "status"),
    *prefixed("year_ago_", *RESULT, "direction", "status"),
    *prefixed("r3m_", *COUNTS, *RESULT, "status"),
}  # fmt: skip
COMPARED = {
    *prefixed("including_", *COUNTS, *RESULT, "status"),
    *prefixed("excluding_", *COUNTS, *RESULT, "status"), *DIFFERENCE,
}  # fmt: skip


def withholding(*figures: tuple[str, str, Month, str], part: str = "num") -> Withholding:
    """What withholds these figures of one unit: code, cohort, month and data period."""
    gone = {("north", code, cohort, str(m), period): {part} for code, cohort, m, period in figures}
    counts = {figure: frozenset(parts) for figure, parts in gone.items()}
    return Withholding(THIS, FIVE, Decision(counts))


def left_out(given: Withholding, fields: set[str], views, **row) -> tuple[set[str], set[str]]:
    """The fields of a record that are empty, and those that say it is not shown."""
    held = {"unit": "north", "code": "h", "year_ago_month": date(2015, 8, 1)}
    whole = {**held, **dict.fromkeys(fields, 1), **row}
    found = given.applied(whole, views)
    empty = {name for name in fields if found[name] is None}
    assert all(withheld(found, name) for name in empty)
    assert not any(withheld(found, name) for name in fields - empty)
    return empty, {name for name in fields if found[name] == STATUS}


@pytest.mark.parametrize(
    ("month", "period", "prefix", "gone"),
    [
        (THIS, "", "", {"num", *RESULT, "cases_to_target", "top", "bottom", *ARROWS}),
        (THIS - 1, "", "month_ago_", prefixed("month_ago_", "num", *RESULT, "direction")),
        (THIS - 12, "", "year_ago_", prefixed("year_ago_", *RESULT, "direction")),
        (THIS, "R3M", "r3m_", prefixed("r3m_", "num", *RESULT)),
    ],
)
def test_of_a_scorecard_s_record_all_that_rests_on_a_figure_leaves(month, period, prefix, gone):
    given = withholding(("h", "all", month, period))

    assert left_out(given, SCORED, SCORECARD) == (gone, {f"{prefix}status"})
    assert given.used


@pytest.mark.parametrize(
    "figure",
    [
        ("l", "all", THIS, ""), ("h", "excluding_uasc", THIS, ""), ("h", "all", THIS - 2, ""),
        ("h", "all", THIS - 11, ""), ("h", "all", THIS - 13, ""), ("h", "all", THIS - 1, "R3M"),
    ],
)  # fmt: skip
def test_a_record_that_holds_no_withheld_figure_stays_as_it_is(figure):
    given = withholding(figure)

    assert left_out(given, SCORED, SCORECARD) == (set(), set())
    assert not given.used


def test_with_a_denominator_the_result_leaves_too_and_the_numerator_stays():
    empty, _ = left_out(withholding(("h", "all", THIS, ""), part="denom"), SCORED, SCORECARD)

    assert "denom" in empty
    assert "num" not in empty
    assert empty >= RESULT


def test_a_month_of_a_trend_is_held_against_its_own_month():
    given = withholding(("h", "all", THIS - 3, ""))
    fields = {*COUNTS, *RESULT, "status"}

    assert left_out(given, fields, TREND, month=(THIS - 3).first_day)[0] == {"num", *RESULT}
    assert left_out(given, fields, TREND, month=THIS.first_day)[0] == set()


@pytest.mark.parametrize(
    ("cohort", "prefix"), [("all", "including_"), ("excluding_uasc", "excluding_")]
)
def test_of_the_effect_of_uasc_the_difference_leaves_with_either_result(cohort, prefix):
    given = withholding(("h", cohort, THIS, ""))
    gone = prefixed(prefix, "num", *RESULT) | DIFFERENCE

    assert left_out(given, COMPARED, IMPACT) == (gone, {f"{prefix}status"})


@pytest.mark.parametrize(("month", "reading"), [(THIS, "this"), (THIS - 1, "last")])
def test_of_an_activity_measure_the_change_leaves_with_either_month(month, reading):
    given = withholding(("h", "all", month, ""))

    assert left_out(given, {"this", "last", "change"}, ACTIVITY)[0] == {reading, "change"}


@pytest.mark.parametrize(
    ("num", "denom", "small"),
    [
        (1, 60, True), (5, 60, True), (6, 60, False), (0, 60, False), (0, None, False),
        (3, None, True), (5, None, True), (6, None, False), (None, None, False),
        (None, 5, True), (0, 5, True), (0, 6, False),
        (55, 60, True), (59, 60, True), (54, 60, False), (60, 60, False),
    ],
)  # fmt: skip
def test_a_count_or_what_it_leaves_is_small_from_1_to_the_threshold(num, denom, small):
    row = {"num": num, "denom": denom, "was_num": 100, "was_denom": 1000}
    given = withholding()

    assert given.is_small(row) is small
    assert given.is_small({"was_num": num, "was_denom": denom, "num": 100}, "was_") is small
    assert not given.is_small(row, "was_")


@pytest.mark.parametrize(
    ("figure", "concerned"),
    [
        (("h", "all", THIS, ""), True), (("h", "all", THIS - 1, ""), True),
        (("h", "all", THIS - 2, ""), False), (("l", "all", THIS, ""), False),
        (("h", "excluding_uasc", THIS, ""), False), (("h", "all", THIS, "R3M"), False),
    ],
)  # fmt: skip
def test_what_compares_two_months_is_concerned_by_a_figure_of_either(figure, concerned):
    given = withholding(figure)

    assert given.concerns(["south", "north"], ["h"]) is concerned
    assert not given.concerns(["south"], ["h"])


def test_a_record_beside_another_brings_what_is_withheld_of_it():
    fields = {"unit": "north", "code": "h", "shown": 1}
    own = withholding(("h", "all", THIS, "")).applied(dict(fields), TREND)
    other = {**fields, "unit": "south"}

    both = {**other, **joined(other, own, "other_")}
    assert withheld(both, "other_shown")
    assert not withheld(both, "shown")
    assert joined(own, other, "other_") == {}
    whole = {**own, **joined(own, own, "other_")}
    assert withheld(whole, "other_shown")
    assert withheld(whole, "shown")
