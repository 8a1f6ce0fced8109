"""Columns: what a record of the store becomes on the page, and what is said without one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from scorecard.months import Month
from scorecard.report import (
    columns,
    columns_of_activity,
    columns_of_cases,
    columns_of_uasc,
    columns_over_time,
)
from scorecard.report.streaks import Streak
from scorecard.report.tables import Table
from support.figures import figure
from support.workbooks import stored

HELD = {"target": 83.0, "floor_standard": 70.0, "num_places": 1, "denom_places": 1}
ROW = {
    "code": "h", "name": "Higher", "unit": "shire", "unit_name": "Shire", "format": "percent",
    "polarity": "H", "data_period": "R12M", "marker": "", "signs": "",
    "latest": figure(77.2, num=404.3, denom=524.0, **HELD),
    "month_ago": figure(75.8, direction="better"), "r3m": None,
}  # fmt: skip
GONE = {
    **ROW, "latest": figure(**HELD), "month_ago": figure(status="not-comparable"),
}  # fmt: skip
COUNT = {**ROW, "format": "count", "latest": figure(35, format="count", num=35)}


def held(shown: float = 77.2, **parts):
    """The row with another latest figure."""
    return {**ROW, "latest": figure(shown, **{**HELD, **parts})}


def test_a_result_has_its_rating():
    cell = columns.result().cell(ROW)

    assert (cell.text, cell.rating) == ("77.2%", "amber")


@pytest.mark.parametrize(
    ("status", "text"),
    [
        ("not-available", "Not available"),
        ("not-applicable", "Not applicable"),
        ("not-comparable", "Not comparable"),
    ],
)
def test_a_missing_result_has_words(status, text):
    cell = columns.result().cell({**GONE, "latest": figure(status=status)})

    assert (cell.text, cell.rating) == (text, None)


def test_figures_have_their_indicator_s_decimals():
    assert columns.numerator().cell(ROW).text == "404.3"
    assert columns.denominator().cell(ROW).text == "524.0"


def test_a_count_has_no_denominator_and_says_so_to_a_screen_reader():
    for column in (columns.numerator(), columns.denominator()):
        cell = column.cell(COUNT)
        assert (cell.text, cell.hidden) == ("", "none: the result is a count")
    assert columns.numerator(counts=True).cell(COUNT).text == "35"


def test_a_missing_figure_has_words_for_a_screen_reader():
    assert columns.numerator().cell(GONE).hidden == "not available"


def test_an_earlier_result_has_its_direction_or_the_reason_why_not():
    cell = columns_over_time.earlier("month_ago", "One month ago").cell(ROW)
    gone = columns_over_time.earlier("month_ago", "One month ago").cell(GONE)

    assert (cell.text, cell.direction) == ("75.8%", "better")
    assert (gone.text, gone.direction) == ("Not comparable", None)


def test_three_months_are_a_dash_where_an_indicator_has_none_and_words_where_they_are_missing():
    dash = columns_over_time.short_term().cell(ROW)
    missing = columns_over_time.short_term().cell({**ROW, "r3m": figure()})
    there = columns_over_time.short_term().cell({**ROW, "r3m": figure(91.4, rating="green")})

    assert (dash.text, bool(dash.hidden)) == ("-", True)
    assert missing.text == "Not available"
    assert (there.text, there.rating) == ("91.4%", "green")


def near(target: float, green: float, amber: float, form: str = "percent"):
    """A row of which a result near the target is best."""
    parts = {"target": target, "green_within": green, "amber_within": amber}
    return {**held(floor_standard=None, format=form, **parts), "format": form}


@pytest.mark.parametrize(
    ("row", "target", "floor"),
    [
        (ROW, "83.0%", "70.0%"),
        (held(target=None, floor_standard=None), "none", "none"),
        (near(17.5, 2.5, 7.5), "17.5%", "10.0% to 25.0%"),
        (near(1.0, 5.0, 8.0), "1.0%", "0.0% to 9.0%"),  # no result is below 0
        (near(95.0, 1.0, 8.0), "95.0%", "87.0% to 100.0%"),  # and no percentage above 100
        (near(95.0, 1.0, 8.0, "ratio"), "95.0", "87.0 to 103.0"),
    ],
)
def test_thresholds(row, target, floor):
    assert columns.target().cell(row).text == target
    assert columns.floor().cell(row).text == floor


def test_polarity_and_data_period_are_letters_with_words_for_a_screen_reader():
    assert columns.polarity().cell(ROW).hidden == ": higher is better"
    assert columns.data_period().cell(ROW).hidden == ": rolling 12 months"


@pytest.mark.parametrize(
    ("value", "sign", "text"),
    [(0.0, 1, "+0.0%"), (0.0, -1, "-0.0%"), (0.0, 0, "0.0%")],
)
def test_variance(value, sign, text):
    cell = columns_of_uasc.variance().cell(
        stored({**ROW, "variance": value, "variance_sign": sign})
    )

    assert cell.text == text


def test_a_variance_has_the_marker_of_what_it_rests_on():
    row = {**ROW, "variance": Decimal("0.1"), "variance_sign": 1, "signs": "e, r, s"}

    assert columns_of_uasc.variance().cell(row).marker == "e, r, s"


@pytest.mark.parametrize(
    ("including", "excluding", "text"),
    [
        ("available", "not-applicable", "Not applicable"),
        ("available", "not-available", "Not available"),
        ("not-available", "not-available", "Not available"),
    ],
)
def test_a_variance_that_is_not_there_says_why(including, excluding, text):
    both = {"including": figure(status=including), "excluding": figure(status=excluding)}
    cell = columns_of_uasc.variance().cell({**ROW, "variance": None, "variance_sign": None, **both})

    assert cell.text == text


def test_activity_fields_are_named_by_the_measure():
    measure = {"code": "cases", "name": "Cases"}
    figures = {
        "latest": figure(90, num=90), "month_ago": figure(), "change": Decimal(-267), "marker": "",
    }  # fmt: skip
    row = {"figures": {"cases": figures}}
    stock, flow = columns_of_activity.stock(measure), columns_of_activity.flow(measure)

    assert [column.field for column in stock] == ["cases-this", "cases-last", "cases-change"]
    assert flow.field == "cases"
    assert [column.cell(row).text for column in stock] == ["90", "n/a", "-267"]


def test_every_column_says_what_it_is_in_the_download():
    for column in (columns.code(), columns.name(), columns.result(), columns.target(),
                   columns_over_time.earlier("year_ago", "One year ago"),
                   columns_over_time.short_term()):  # fmt: skip
        assert column.data
        for datum in column.data:
            assert datum.meaning
            assert "html" not in datum.name


def downloaded(column, row) -> dict[str, object]:
    """What a column puts into a file, by name."""
    return {datum.name: datum.value(row) for datum in column.data}


@pytest.mark.parametrize(
    ("column", "name", "expected"),
    [
        (columns.numerator(), "num", "404.3"),
        (columns.denominator(), "denom", "524.0"),
        (columns.result(), "result", "77.2"),
        (columns_over_time.earlier("month_ago", "One month ago"), "month_ago", "75.0"),
        (columns.target(), "target", "83.0"),
        (columns.floor(), "floor_standard", "70.25"),
    ],
)
def test_a_figure_has_the_same_decimals_in_a_file_as_on_the_page(column, name, expected):
    row = held(num=404.3, denom=524.0, floor_standard=70.25) | {"month_ago": figure("75.0")}

    assert str(downloaded(column, row)[name]) == expected
    assert column.cell(row).text.removesuffix("%") == expected


def test_a_count_is_whole_in_a_file_and_has_neither_numerator_nor_denominator():
    assert str(downloaded(columns.result(), COUNT)["result"]) == "35"
    assert downloaded(columns.numerator(), COUNT)["num"] is None
    assert str(downloaded(columns.numerator(counts=True), COUNT)["num"]) == "35"
    assert str(downloaded(columns_over_time.trend_result(), COUNT)["result"]) == "35"


def test_activity_has_the_decimals_of_its_measure_and_what_is_missing_is_empty():
    figures = {
        "cases": {"latest": figure(90, num=90, provenance=("p",))},
        "posts": {"latest": figure(52, num=52.3, num_places=1, provenance=("p",))},
        "gone": {"latest": figure()},
    }
    measures = {"figures": figures}
    cases, posts, gone = (columns_of_activity.measure(code, code) for code in figures)

    assert str(downloaded(cases, measures)["cases"]) == cases.cell(measures).text == "90"
    assert str(downloaded(posts, measures)["posts"]) == posts.cell(measures).text == "52.3"
    assert downloaded(cases, measures)["cases_provenance"] == "p"
    assert downloaded(gone, measures)["gone"] is None


PROVENANCES = {
    **ROW,
    "latest": figure(77.2, num=1, denom=2, provenance=("one", "two"), marker="a", count_marker="b"),
    "month_ago": figure(75.8, provenance=("three",), marker="c"),
    "year_ago": figure(70.0, provenance=("four",), marker="d"),
    "r3m": figure(91.4, provenance=("five",), marker="f"),
    "including": figure(9.0, num=9, provenance=("three", "four"), marker="g", count_marker="h"),
    "other": figure(8.0, provenance=("published",)),
}


@pytest.mark.parametrize(
    ("column", "row", "name", "provenance"),
    [
        (columns.result(), PROVENANCES, "result_provenance", "one + two"),
        (columns_over_time.trend_result(), PROVENANCES, "result_provenance", "one + two"),
        (columns_over_time.earlier("month_ago", "M"), PROVENANCES, "month_ago_provenance", "three"),
        (columns_over_time.earlier("year_ago", "Y"), PROVENANCES, "year_ago_provenance", "four"),
        (columns_over_time.short_term(), PROVENANCES, "r3m_provenance", "five"),
        (columns.result(place="including", field="including_result"), PROVENANCES,
         "including_result_provenance", "three + four"),
        (columns.result(place="other", field="other_result"), PROVENANCES,
         "other_result_provenance", "published"),
        (columns.result(), GONE, "result_provenance", ""),
        (columns_over_time.earlier("month_ago", "M"), GONE, "month_ago_provenance", ""),
        (columns_over_time.short_term(), ROW, "r3m_provenance", ""),
    ],
)  # fmt: skip
def test_a_file_says_where_each_figure_comes_from(column, row, name, provenance):
    assert downloaded(column, row)[name] == provenance


@pytest.mark.parametrize(
    ("column", "row", "marker"),
    [
        (columns.result(), PROVENANCES, "a"),
        (columns_over_time.trend_result(), PROVENANCES, "a"),
        (columns.numerator(), PROVENANCES, "b"),
        (columns.denominator(), PROVENANCES, "b"),
        (columns_over_time.earlier("month_ago", "M"), PROVENANCES, "c"),
        (columns_over_time.earlier("year_ago", "Y"), PROVENANCES, "d"),
        (columns_over_time.short_term(), PROVENANCES, "f"),
        (columns.result(place="including"), PROVENANCES, "g"),
        (columns.numerator(place="including"), PROVENANCES, "h"),
        (columns.result(place="other"), PROVENANCES, ""),
        (columns_of_activity.measure("m", "M"),
         {"figures": {"m": {"latest": figure(1, num=1, marker="e")}}}, "e"),
        (columns_of_activity.flow({"code": "m", "name": "M"}),
         {"figures": {"m": {"latest": figure(1, num=1, marker="e")}}}, "e"),
        (columns.result(), GONE, ""),
    ],
)  # fmt: skip
def test_every_figure_carries_the_marker_of_its_own_provenance(column, row, marker):
    assert column.cell(row).marker == marker


def test_a_result_near_a_threshold_gets_a_numbered_note():
    near = held("13.0", precise=12.98, places=2, near_threshold=True)
    table = Table(
        "t", "Table", [columns.name(), columns.result()],
        [("", [ROW, near, {**near, "name": "Other"}, near])],
    )  # fmt: skip
    page = BeautifulSoup(table.html, "html.parser")

    notes = [note.get_text() for note in page.select("ol.notes li")]
    said = "13.0% is 12.98% to 2 decimals. The rating is given on the exact result, which is Amber."
    assert notes == [f"Higher: {said}", f"Other: {said}"]
    links = [page.select_one(link["href"]).get_text() for link in page.select("td sup a")]
    assert links == [notes[0], notes[1], notes[0]]
    assert [str(row[3]) for row in table.data.rows] == ["77.2", "12.98", "12.98", "12.98"]


@pytest.mark.parametrize(
    ("lengths", "heading"),
    [((13, 13), "Last 13 months"), ((5, 3), "Last 5 months"), ((1,), "Trend"), ((), "Trend")],
)
def test_a_small_trend_is_headed_by_the_months_it_has(lengths, heading):
    trends = {("shire", str(place)): [{}] * length for place, length in enumerate(lengths)}

    assert columns_over_time.trend_line(trends).heading == heading


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        ({"polarity": "H", "cases_to_target": 2}, "2 more"),
        ({"polarity": "L", "cases_to_target": 2}, "2 fewer"),
        ({"polarity": "L", "cases_to_target": None, "format": "days"}, "Not a count of cases"),
        ({"polarity": "T", "cases_to_target": None}, "Near the target is best"),
        ({"polarity": "H", "cases_to_target": None, "latest": figure(67.7)}, "No number would do"),
        ({"polarity": "H", "cases_to_target": None, "latest": figure(67.7, num_places=1)},
         "Not a count of cases"),
        ({"polarity": "H", "cases_to_target": None, "latest": figure(67.7, finished=True)}, "-"),
    ],
)  # fmt: skip
def test_the_distance_in_cases_is_given_where_it_has_a_meaning(changed, text):
    assert columns_of_cases.cases_to_target().cell({**ROW, **changed}).text == text


@pytest.mark.parametrize(("polarity", "floor", "red"), [("H", "2 more", "3 fewer"),
                                                        ("L", "2 fewer", "3 more")])  # fmt: skip
def test_cases_to_leave_red_and_to_red_go_opposite_ways(polarity, floor, red):
    row = {**ROW, "polarity": polarity, "cases_to_floor": 2, "cases_to_red": 3}

    assert columns_of_cases.cases_to_floor().cell(row).text == floor
    assert columns_of_cases.cases_to_red().cell(row).text == red
    assert downloaded(columns_of_cases.cases_to_red(), row) == {"cases_to_red": 3}


@pytest.mark.parametrize(
    ("polarity", "before", "direction"),
    [("H", 75.8, "same"), ("T", 77.2, "same"), ("T", 88.8, "as-near")],
)
def test_a_result_as_near_its_target_is_not_called_the_same(polarity, before, direction):
    row = {**ROW, "polarity": polarity, "month_ago": figure(before, direction="same")}
    cell = columns_over_time.earlier("month_ago", "One month ago").cell(row)

    assert cell.direction == direction


def test_an_earlier_result_that_looks_the_same_has_as_many_decimals_as_the_note():
    row = held("13.0", precise=12.98, places=2) | {"month_ago": figure("13.0", result=13.02)}
    column = columns_over_time.earlier("month_ago", "One month ago")

    assert column.cell(row).text == "13.02%"
    assert str(downloaded(column, row)["month_ago"]) == "13.02"


def test_a_figure_that_an_indicator_has_not_leaves_its_fields_empty():
    assert downloaded(columns_over_time.short_term(), ROW) == {
        "r3m": None, "r3m_status": None, "r3m_rating": None, "r3m_provenance": "",
    }  # fmt: skip


def test_a_file_says_how_long_a_result_moves_and_has_its_rating():
    known = Streak("better", 3, Month(2016, 5), Decimal("31.52"), Month(2016, 7))
    row = {"format": "percent", "streak": known}

    assert [datum.value(row) for datum in columns_over_time.lasting()] == [
        "better", 3, "2016-05", Decimal("31.5"), "2016-07",
    ]  # fmt: skip
    nothing = [datum.value({**row, "streak": Streak()}) for datum in columns_over_time.lasting()]
    assert nothing == [None] * 5
