"""What leaves a record when a figure of it is withheld, in whatever column the figure is."""

from __future__ import annotations

from dataclasses import fields

import pytest

from scorecard.disclosure.decision import Decision
from scorecard.figure import NOT_SHOWN, RESULT, Figure
from scorecard.months import Month
from scorecard.params.disclosure import Profile
from scorecard.report.report import Report
from scorecard.report.withholding import Withholding, every_field_known, withheld
from support.figures import figure
from support.places import MONTH

THIS = Month(2016, 8)
FIVE = Profile(threshold=5, footnote="Numbers from 1 to {threshold} are {sign}.")


def whole(month: Month = THIS, **parts) -> Figure:
    """A figure of which every part is there."""
    return figure(
        50.0, unit="north", month=month.first_day, num=30, denom=60, near_threshold=True,
        direction="better", **parts,
    )  # fmt: skip


SCORED = {
    "latest": whole(), "month_ago": whole(THIS - 1), "year_ago": whole(THIS - 12),
    "previous": whole(THIS - 3), "r3m": whole(period="R3M"), "cases_to_target": 1,
    "cases_to_floor": 1, "cases_to_red": 1,
    "rating_by_earlier_target": "red",
}  # fmt: skip
EFFECT = {
    "including": whole(), "excluding": whole(cohort="excluding_uasc"), "variance": 1,
    "variance_sign": 1,
}  # fmt: skip
ACTIVITY = {"latest": whole(), "month_ago": whole(THIS - 1), "change": 1}


def withholding(*figures: tuple[str, str, Month, str], part: str = "num") -> Withholding:
    """What withholds these figures of one unit: code, cohort, month and data period."""
    gone = {("north", code, cohort, str(m), period): {part} for code, cohort, m, period in figures}
    counts = {figure: frozenset(parts) for figure, parts in gone.items()}
    return Withholding(THIS, THIS - 12, FIVE, Decision(counts))


def left_out(given: Withholding, row) -> set[str]:
    """What is no longer in a record: `latest.num`, `variance`. It is all said to be withheld."""
    found = given.applied(row)
    empty = {name for name in row if found[name] is None}
    assert {name for name in row if withheld(found, name)} == empty
    for place, before in row.items():
        if isinstance(before, Figure):
            parts = {
                each.name for each in fields(Figure)
                if getattr(found[place], each.name) is None and getattr(before, each.name)
            }  # fmt: skip
            assert parts == {part for part in RESULT | {"num", "denom"}
                             if found[place].withheld(part)}  # fmt: skip
            assert (found[place].status == NOT_SHOWN) == bool(parts & {"num", "denom"})
            empty |= {f"{place}.{part}" for part in parts}
    return empty


def all_of(place: str, part: str = "num") -> set[str]:
    """What leaves with one count of a figure."""
    return {f"{place}.{each}" for each in {part, *RESULT}}


@pytest.mark.parametrize(
    ("month", "period", "gone"),
    [
        (THIS, "", all_of("latest") | {"cases_to_target", "cases_to_floor", "cases_to_red",
                                       "rating_by_earlier_target",
                                       "month_ago.direction", "year_ago.direction",
                                       "previous.direction", "r3m.direction"}),
        (THIS - 3, "", all_of("previous")),
        (THIS - 1, "", all_of("month_ago")),
        (THIS - 12, "", all_of("year_ago")),
        (THIS, "R3M", all_of("r3m")),
    ],
)  # fmt: skip
def test_of_a_scorecard_s_record_all_that_rests_on_a_figure_leaves(month, period, gone):
    given = withholding(("h", "all", month, period))

    assert left_out(given, SCORED) == gone
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

    assert given.applied(SCORED) == SCORED
    assert not given.used


def test_with_a_denominator_the_result_leaves_too_and_the_numerator_stays():
    given = withholding(("h", "all", THIS, ""), part="denom")

    assert left_out(given, {"latest": whole()}) == all_of("latest", "denom")


def test_a_month_of_a_trend_is_held_against_its_own_month():
    given = withholding(("h", "all", THIS - 3, ""))

    assert left_out(given, {"latest": whole(THIS - 3)}) == all_of("latest")
    assert left_out(given, {"latest": whole()}) == set()


def test_a_figure_in_a_column_that_nobody_has_heard_of_is_withheld_all_the_same():
    given = withholding(("h", "all", THIS - 9, ""))

    assert left_out(given, {**SCORED, "nine_months_ago": whole(THIS - 9)}) == all_of(
        "nine_months_ago"
    )


def test_a_direction_in_a_column_that_nobody_has_heard_of_leaves_with_the_latest_result():
    given = withholding(("h", "all", THIS, ""))
    found = given.applied({"latest": whole(), "nine_months_ago": whole(THIS - 9)})

    assert found["nine_months_ago"].direction is None
    assert found["nine_months_ago"].shown is not None


def test_a_figure_of_a_month_that_nothing_is_decided_of_is_withheld():
    given = withholding(("h", "all", THIS, ""))
    found = given.applied({"oldest": whole(THIS - 12), "older": whole(THIS - 13)})

    assert found["oldest"].shown is not None
    assert found["older"].withheld("num")
    assert found["older"].withheld("denom")
    assert found["older"].shown is None


def test_where_there_is_no_figure_nothing_is_withheld():
    given = withholding(("h", "all", THIS, ""))

    row = {"latest": figure(unit=None, month=None), "r3m": None}

    assert given.applied(row) == row


@pytest.mark.parametrize(
    ("cohort", "place", "arrow"),
    [("all", "including", {"excluding.direction"}), ("excluding_uasc", "excluding", set())],
)
def test_of_the_effect_of_uasc_the_difference_leaves_with_either_result(cohort, place, arrow):
    given = withholding(("h", cohort, THIS, ""))

    assert left_out(given, EFFECT) == all_of(place) | arrow | {"variance", "variance_sign"}


@pytest.mark.parametrize(("month", "place"), [(THIS, "latest"), (THIS - 1, "month_ago")])
def test_of_an_activity_measure_the_change_leaves_with_either_month(month, place):
    given = withholding(("h", "all", month, ""))
    gone = left_out(given, ACTIVITY) - {"month_ago.direction"}

    assert gone == all_of(place) - {"month_ago.direction"} | {"change"}


@pytest.mark.parametrize(
    ("month", "gone"),
    [
        (THIS, {"num", "difference"}),
        (THIS - 12, {"year_ago_num", "difference"}),
        (THIS - 1, set()),
    ],
)
def test_of_a_stock_in_the_year_to_date_each_end_leaves_by_itself(month, gone):
    given = withholding(("h", "all", month, ""))
    row = {"unit": "north", "code": "h", "data_period": "SS"}
    row |= {"num": 30, "year_ago_num": 28, "difference": 2}
    found = given.sums(row, ["h"], {"h": ["other"]})

    assert {name for name in row if found[name] is None} == gone
    assert (bool(found["how"]), bool(found["year_ago_how"])) == (
        "num" in gone,
        "year_ago_num" in gone,
    )
    assert given.used == bool(gone)


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
    assert withholding().is_small(num, denom) is small


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


def test_a_longer_span_is_concerned_by_a_figure_of_either_end():
    given = withholding(("h", "all", THIS - 3, ""))

    assert given.concerns(["north"], ["h"], THIS - 3)
    assert not given.concerns(["north"], ["h"], THIS - 4)
    assert given.concerns(["north"], ["l"], THIS - 13)  # nothing is decided of that month


@pytest.mark.parametrize("value", [1, "worse", False])
def test_a_field_that_nobody_says_the_figures_of_is_refused(value):
    rows = [SCORED | {"code": "1", "from_target": each} for each in (None, value)]

    with pytest.raises(LookupError, match="name `from_target` in `CALCULATED_FROM`"):
        every_field_known(rows)


@pytest.mark.parametrize("record", [SCORED, EFFECT, ACTIVITY, {"latest": None, "code": "1"}, {}])
def test_the_fields_of_records_are_known(record):
    every_field_known([record] if record else [])


def test_a_page_refuses_records_with_such_a_field():
    source = Report(MONTH, "kent")._source
    row = source.rows()[0]

    with pytest.raises(LookupError, match="from_target"):
        source.use([{**row, "from_target": 1}])
