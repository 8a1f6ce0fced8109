"""Sparklines: small, within their frame, broken at gaps, and said in words."""

from __future__ import annotations

import re
from itertools import accumulate

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.report.sparklines import HEIGHT, WIDTH, sparkline
from support.figures import figure


def trend(*results: float | None, markers: dict[int, str] | None = None):
    """Records with these results; `markers` are those of some, by place."""
    marks = markers or {}
    return [
        {"latest": figure(each and float(each), places=1, marker=marks.get(place, ""))}
        for place, each in enumerate(results)
    ]


def drawn(*results: float | None, markers: dict[int, str] | None = None):
    return BeautifulSoup(sparkline(trend(*results, markers=markers)), "html.parser")


def hollow(page: BeautifulSoup) -> list[tuple[int, int]]:
    """Where the small hollow points are."""
    return [point for path in page.select(".dots") for point in places(path["d"].replace("h0", ""))]


def places(path: str) -> list[tuple[int, int]]:
    """The points of a path that begins at a place and goes on from each to the next."""
    numbers = [int(each) for each in re.findall(r"-?\d+", path)]
    return list(zip(accumulate(numbers[::2]), accumulate(numbers[1::2]), strict=True))


@given(st.lists(st.none() | st.floats(0, 1000, allow_subnormal=False), min_size=2, max_size=13))
@settings(deadline=None, derandomize=True)
def test_every_point_is_within_the_frame(results):
    page = drawn(*results)
    if sum(each is not None for each in results) < 2:
        assert page.get_text() == "No trend yet"
        return
    points = [point for path in page.select("path") for point in places(path["d"])]
    points.append((int(page.circle["cx"]), int(page.circle["cy"])))

    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)


def test_a_gap_breaks_the_line():
    assert len(drawn(1, 2, None, 3, 4).select("path")) == 2


def test_a_rise_goes_up_and_ends_in_the_dot():
    (x0, y0), (x1, y1) = places(drawn(10, 20).path["d"])

    assert (x0, y0, x1, y1) == (6, 34, 138, 6)
    assert int(drawn(10, 20).circle["cy"]) == y1


def test_an_unchanging_result_is_a_level_line():
    assert [y for _, y in places(drawn(5, 5, 5).path["d"])] == [34] * 3


def test_it_is_in_words_with_the_figures_of_the_page():
    assert drawn(9.5, 12.5, 11).svg["aria-label"] == (
        "From 9.5% to 11.0% over 3 months, lowest 9.5%, highest 12.5%"
    )


@pytest.mark.parametrize("results", [(), (None,), (1.0,), (None, 1.0, None)])
def test_nothing_is_drawn_from_fewer_than_two_results(results):
    assert "<svg" not in sparkline(trend(*results))


def test_a_year_weighs_a_few_hundred_bytes():
    year = [97.123456 + n / 7 for n in range(13)]

    assert len(sparkline(trend(*year))) < 360
    assert len(sparkline(trend(*year, markers=dict.fromkeys(range(13), "e")))) < 480


def test_results_with_a_marker_are_hollow_points_and_called_marked():
    page = drawn(9, None, 8, 10, markers={0: "e", 1: "e", 2: "e, r"})

    assert hollow(page) == [(6, 20), (94, 34)]
    assert page.circle.get("class") is None
    assert page.svg["aria-label"].endswith("; 2 of 3 are marked [e] and [r]")
    assert drawn(9, 8, markers={0: "p"}).svg["aria-label"].endswith("; 1 of 2 is marked [p]")


def test_the_last_point_is_hollow_too_when_its_result_carries_a_marker():
    assert drawn(9, 8, markers={1: "e"}).circle["class"] == ["hollow"]
    assert drawn(9, 8, None, markers={1: "e"}).circle["class"] == ["hollow"]


def test_without_a_marker_no_point_is_hollow_and_no_sentence_mentions_it():
    page = drawn(9, 8, markers={0: "", 1: ""})

    assert not page.select(".dots, .hollow")
    assert "marked" not in page.svg["aria-label"]


def test_a_marker_cannot_break_the_markup():
    page = drawn(9, 8, markers={0: '"><b>'})

    assert page.svg["aria-label"].endswith('["><b>]')
    assert not page.select("b")
