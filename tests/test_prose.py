"""Sentences: right in number, right about which way is better, and silent about nothing."""

from __future__ import annotations

import pytest

from scorecard.months import Month
from scorecard.outputs import Sign
from scorecard.report import prose
from scorecard.report.withholding import Withheld

THIS = Month(2016, 8)


def row(rating="green", **changed):
    return {
        "code": "1", "name": "Measure", "format": "percent", "polarity": "H",
        "data_period": "R12M", "unit_name": "Shire", "rating": rating, "shown": 67.7,
        "telling": 67.7, "result": 67.7, "places": 1, "status": "available", "target": 90.0,
        "floor_standard": 80.0, "green_within": None, "amber_within": None, "num": 1281.0,
        "denom": 1891.0, "num_places": 0, "denom_places": 0, "cases_to_target": 421,
        "month_ago_rating": rating, "month_ago_telling": 66.8, "month_ago_places": 1,
        "month_ago_direction": "better", "month_ago_shown": 66.8, "provenance": ["published"],
        "month": "2016-08", "month_words": "August 2016", **changed,
    }  # fmt: skip


def rows(**count: int):
    return [row(rating) for rating, number in count.items() for _ in range(number)]


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        ({"green": 22, "amber": 20, "red": 3},
         "45 indicators are rated: 22 Green, 20 Amber and 3 Red."),
        ({"red": 1}, "1 indicator is rated: 0 Green, 0 Amber and 1 Red."),
        ({"green": 2}, "2 indicators are rated: 2 Green, 0 Amber and 0 Red."),
    ],
)  # fmt: skip
def test_ratings(count, sentence):
    assert prose.ratings(rows(**count)) == sentence


def test_what_is_not_rated_is_not_counted_but_told():
    told = prose.ratings([row("green"), row("not-rated"), row(None)])

    assert told == ("1 indicator is rated: 1 Green, 0 Amber and 0 Red. 2 of 3 could not be rated.")


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (["better", "worse", "worse", "same", None],
         "Compared with July 2016, 1 result is better, 2 worse and 1 the same."),
        (["worse"], "Compared with July 2016, 0 results are better, 1 worse and 0 the same."),
        ([None, None], "No result can be compared with July 2016."),
    ],
)  # fmt: skip
def test_directions(found, sentence):
    assert prose.directions([row(month_ago_direction=each) for each in found], THIS) == sentence


@pytest.mark.parametrize(
    ("pairs", "sentence"),
    [
        ([], "No rating has changed since July 2016."),
        ([("amber", "green")], "Since July 2016, 1 rating has changed, for the better."),
        ([("green", "red")], "Since July 2016, 1 rating has changed, for the worse."),
        ([("amber", "green"), ("red", "amber")],
         "Since July 2016, 2 ratings have changed, both for the better."),
        ([("green", "amber"), ("amber", "red"), ("green", "red")],
         "Since July 2016, 3 ratings have changed, all for the worse."),
        ([("green", "amber"), ("amber", "red"), ("red", "amber")],
         "Since July 2016, 3 ratings have changed: 1 for the better and 2 for the worse."),
        ([("not-rated", "red"), (None, "green"), ("green", None)],
         "No rating has changed since July 2016."),
    ],
)  # fmt: skip
def test_change_count(pairs, sentence):
    found = [row(now, month_ago_rating=before) for before, now in pairs] + [row()]

    assert prose.change_count(found, THIS) == sentence


def test_a_change_is_told_with_both_ratings_and_both_results():
    assert prose.changes([row("amber", month_ago_rating="red"), row()]) == [
        "Measure (1) went from Red to Amber: 66.8% last month, 67.7% now."
    ]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({}, ("67.7% against a target of 90.0%; 421 more of the 1891 would be needed to meet it."
             " This is better than last month (66.8%).")),
        ({"polarity": "L", "cases_to_target": 69, "month_ago_direction": "worse"},
         ("67.7% against a target of 90.0%; 69 fewer of the 1891 would be needed to meet it."
         " This is worse than last month (66.8%).")),
        ({"cases_to_target": 0, "month_ago_direction": "same"},
         "67.7% against a target of 90.0%. This is the same as last month (66.8%)."),
        ({"cases_to_target": None, "month_ago_direction": None},
         "67.7% against a target of 90.0%."),
        ({"target": None, "cases_to_target": None, "month_ago_direction": None},
         "67.7%; there is no target."),
        ({"shown": None, "status": "not-available"},
         "There is no result: a month of the data period has no figures."),
        ({"telling": 12.98, "places": 2, "target": 10.0, "cases_to_target": None,
          "month_ago_direction": None}, "12.98% against a target of 10.0%."),
        ({"cases_to_target": None, "month_ago_shown": 67.7, "month_ago_telling": 67.7},
         "67.7% against a target of 90.0%. This is slightly better than last month (67.7%)."),
        ({"cases_to_target": None, "month_ago_shown": 67.7, "month_ago_telling": 67.7,
          "month_ago_direction": "worse", "marker": "e"},
         "67.7% [e] against a target of 90.0%. This is slightly worse than last month (67.7%)."),
        ({"cases_to_target": None, "month_ago_shown": 67.7, "month_ago_telling": 67.7,
          "month_ago_direction": "same", "month_ago_marker": "e"},
         "67.7% against a target of 90.0%. This is the same as last month (67.7% [e])."),
    ],
)  # fmt: skip
def test_against_target(changed, sentence):
    assert prose.against_target(row("red", **changed)) == sentence


@pytest.mark.parametrize(
    ("changed", "bandings"),
    [
        ({}, ["90.0% and above", "80.0% to below 90.0%", "below 80.0%"]),
        ({"polarity": "L", "target": 10.0, "floor_standard": 13.0},
         ["10.0% and below", "above 10.0% and below 13.0%", "13.0% and above"]),
        ({"polarity": "T", "target": 17.5, "floor_standard": None, "green_within": 2.5,
          "amber_within": 7.5},
         ["within 2.5 percentage points of 17.5%", "within 7.5 percentage points of 17.5%",
          "more than 7.5 percentage points from 17.5%"]),
        ({"polarity": "L", "format": "count", "target": 0.0, "floor_standard": 10.0},
         ["0 and below", "above 0 and below 10", "10 and above"]),
    ],
)  # fmt: skip
def test_bandings_are_the_published_ones_in_words(changed, bandings):
    found = prose.bandings(row(**changed))

    assert [code for code, _ in found] == ["green", "amber", "red"]
    assert [words for _, words in found] == bandings


def test_without_a_target_there_are_no_bandings():
    assert prose.bandings(row(target=None)) == []


@pytest.mark.parametrize(
    ("ratings", "title"),
    [
        (["red", "red", "red"], "67.7% in August 2016, Red in every month that could be rated"),
        ([None, "red", "red"], "67.7% in August 2016, Red in every month that could be rated"),
        (["red", None, "red"], "67.7% in August 2016, Red in every month that could be rated"),
        (["green", "red", "red", "red"], "67.7% in August 2016, Red for 3 months running"),
        (["green", "red", None, "red"], "67.7% in August 2016, Red"),
        (["green", "red", None, "red", "red"], "67.7% in August 2016, Red for 2 months running"),
        (["green", "red", "red"], "67.7% in August 2016, Red for 2 months running"),
        (["amber", "green"], "67.7% in August 2016, Green after Amber the month before"),
        (["green"], "67.7% in August 2016, Green"),
        ([None, "green"], "67.7% in August 2016, Green"),
        (["not-rated"], "67.7% in August 2016, not rated"),
    ],
)
def test_trend_title(ratings, title):
    assert prose.trend_title([row(rating) for rating in ratings]) == title


@pytest.mark.parametrize(
    ("markers", "said"),
    [
        (["", None], ""),
        (["", "e", "e"], ". Hollow points: figures marked [e]"),
        (["p", "e"], ". Hollow points: figures marked [p] or [e]"),
        (["e", "e, r", "p, e"], ". Hollow points: figures marked [e], [r] or [p]"),
    ],
)
def test_hollow_points_are_explained_where_there_are_any(markers, said):
    found = [row(marker=marker) for marker in markers]

    assert prose.hollow_points(found, "shown") == said
    assert prose.hollow_points([*found, row(marker="u", shown=None)], "shown") == said


def test_a_sentence_carries_the_markers_of_its_figures():
    told = prose.was_and_is(row(marker="e", month_ago_marker="p"))

    assert told == "66.8% [p] last month, 67.7% [e] now"


def test_a_trend_without_a_last_result_says_so():
    assert prose.trend_title([row(), row(None, shown=None)]) == "No result in August 2016"


def test_a_trend_is_described_with_its_ends_and_its_extremes():
    trend = [
        row(result=value, shown=value, month_words=words)
        for value, words in ((50.0, "May 2016"), (40.0, "June 2016"), (70.0, "July 2016"))
    ]
    gap = row(None, shown=None, month_words="August 2016")

    assert prose.trend_description([*trend, gap]) == (
        "Line chart of 3 months. The result goes from 50.0% in May 2016 to 70.0% in July 2016. "
        "The lowest is 40.0% in June 2016 and the highest 70.0% in July 2016. "
        "The target in August 2016 is 90.0%. The floor standard is 80.0%."
    )


def test_a_trend_of_nothing_is_described_as_such():
    assert prose.trend_description([row(None, shown=None)]) == "There is no result to draw."


def activity(name: str, month: str, num: float | None, provenance: str = "published"):
    return {
        "name": name, "month": month, "num": num, "provenance": [provenance],
        "month_words": Month.parse(month).words,
    }  # fmt: skip


def test_small_charts_are_titled_by_what_moved_most_in_proportion():
    found = [
        activity("Big", "2016-07", 1000), activity("Big", "2016-08", 900),
        activity("Small", "2016-07", 10), activity("Small", "2016-08", 15),
    ]  # fmt: skip

    assert prose.multiples_title(found, THIS, set()) == (
        "Small rose by 50.0%, from 10 to 15, the largest change of the month"
    )
    assert prose.multiples_title(found[:2], THIS, set()) == "Big fell by 10.0%, from 1000 to 900"


def test_a_headline_never_rests_on_an_estimate():
    found = [activity("A", "2016-07", 10, "guess"), activity("A", "2016-08", 90)]

    assert prose.multiples_title(found, THIS, {"guess"}) == "In August 2016: A 90"


def test_a_headline_of_nothing_new():
    found = [activity("A", "2016-07", 10), activity("A", "2016-08", 10)]

    assert prose.multiples_title(found, THIS, set()) == "No measure changed in August 2016"
    assert prose.multiples_title([], THIS, set()) == "No figures for August 2016"


def impact(including: str | None, excluding: str | None, direction: str = "better"):
    return {
        "code": "1", "name": "Measure", "format": "percent", "including_rating": including,
        "excluding_rating": excluding, "excluding_direction": direction, "variance": -1.4,
        "variance_sign": -1, "including_shown": 67.1, "excluding_shown": 65.7,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("pairs", "sentence"),
    [
        ([("green", "green")], "No rating changes."),
        ([("amber", "green")], "1 rating changes, for the better."),
        ([("amber", "red")], "1 rating changes, for the worse."),
        ([("amber", "red"), ("green", "amber")], "2 ratings change, both for the worse."),
        ([("red", "amber")] * 3, "3 ratings change, all for the better."),
        ([("amber", "green"), ("amber", "red")],
         "2 ratings change: 1 for the better and 1 for the worse."),
        ([("amber", None), ("not-rated", "red")], "No rating changes."),
    ],
)  # fmt: skip
def test_uasc_change_count(pairs, sentence):
    assert prose.uasc_change_count([impact(*pair) for pair in pairs]) == sentence


def test_uasc_sentences():
    found = [impact("amber", "green"), impact("red", "red", "worse")]

    assert prose.uasc_summary(found) == (
        "Leaving UASC out, 1 of 2 results is better, 1 worse and 0 the same."
    )
    assert prose.uasc_title(found) == (
        "Leaving UASC out changes one result most: -1.4% for “Measure”"
    )
    assert "Indicator 1: 67.1% including, 65.7% excluding, -1.4%." in prose.uasc_description(found)


def test_estimates_are_counted_by_provenance_with_the_footnote_they_owe():
    known = {
        "published": {"footnote": None, "marker": None},
        "apportioned": {"footnote": "Estimates.", "marker": "e"},
        "unused": {"footnote": "Never.", "marker": "u"},
    }
    found = [row(), row(provenance=["apportioned", "published"]), row(provenance=None)]

    assert prose.estimates(found, known) == [("1 of 3 results is apportioned.", "Estimates.")]


def test_the_summary_does_not_count_a_revised_result_that_is_withheld():
    gone = Withheld(frozenset({"shown"}), Sign("[c]", "small"), "not shown", "small")
    found = [
        {"revised": True, "shown": 1.0, "provenance": []},
        {"revised": True, "shown": None, "provenance": [], "withheld": gone},
        {"revised": False, "shown": 1.0, "provenance": []},
    ]
    hidden, (count, told) = prose.cautions(found, {}, "r", why_withheld="To protect children.")
    assert hidden == ("1 of 3 results is not shown.", "To protect children.")
    assert count == "1 of 2 results is revised."
    # The index page says it too, so it must not speak of its own end.
    assert told.startswith("Figures marked [r] differ from those first published.")
    assert told.endswith("at the end of the appendix.")
    assert prose.cautions(found[2:], {}, "r") == []


def test_estimates_are_counted_over_the_results_that_are_shown():
    """Not over those that are withheld, and not where there is no result."""
    known = {"apportioned": {"footnote": "Estimates.", "marker": "e"}}
    gone = Withheld(frozenset({"shown"}), Sign("[c]", "small"), "not shown", "small")
    plain = {"revised": False, "provenance": ["apportioned"]}
    found = [
        {**plain, "shown": 1.0},
        {**plain, "shown": 2.0, "provenance": ["published"]},
        {**plain, "shown": None, "withheld": gone},
        {**plain, "shown": None},
    ]

    assert prose.cautions(found, known, "r")[1:] == [
        ("1 of 2 results is apportioned.", "Estimates.")
    ]


def test_an_explanation_is_given_once():
    own = [("1 of 2 results is apportioned.", "Estimates.")]
    areas = prose.in_the_areas([("3 of 4 results are apportioned.", "Estimates.")])

    assert prose.explained_once(own, areas) == [
        *own, ("In the areas, 3 of 4 results are apportioned.", ""),
    ]  # fmt: skip
