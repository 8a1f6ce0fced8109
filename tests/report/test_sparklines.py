"""Sparklines: small, within their frame, broken at gaps, and said in words."""

from __future__ import annotations

import re

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


def hollow(page: BeautifulSoup) -> list[str]:
    """Where the small hollow points are; a ring and its hole lie on each other."""
    found = {path["d"] for path in page.select(".ring, .hole")}
    return re.findall(r"M([\d.]+ [\d.]+)h0", "".join(found)) if len(found) < 2 else []


@given(st.lists(st.none() | st.floats(0, 1000, allow_subnormal=False), min_size=2, max_size=13))
@settings(deadline=None, derandomize=True)
def test_every_point_is_within_the_frame(results):
    page = drawn(*results)
    if sum(each is not None for each in results) < 2:
        assert page.get_text() == "No trend yet"
        return
    points = [
        (float(x), float(y))
        for path in page.select("path")
        for x, y in re.findall(r"([\d.]+) ([\d.]+)", path["d"])
    ]
    points.append((float(page.circle["cx"]), float(page.circle["cy"])))

    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)


def test_a_gap_breaks_the_line():
    assert len(drawn(1, 2, None, 3, 4).select("path")) == 2


def test_a_rise_goes_up_and_ends_in_the_dot():
    (x0, y0), (x1, y1) = re.findall(r"(\d+) ([\d.]+)", drawn(10, 20).path["d"])

    assert float(y1) < float(y0)
    assert float(x1) > float(x0)
    assert float(drawn(10, 20).circle["cy"]) == float(y1)


def test_an_unchanging_result_is_a_level_line():
    heights = {y for _, y in re.findall(r"(\d+) ([\d.]+)", drawn(5, 5, 5).path["d"])}

    assert len(heights) == 1


def test_it_is_in_words_with_the_figures_of_the_page():
    assert drawn(9.5, 12.5, 11).svg["aria-label"] == (
        "From 9.5% to 11.0% over 3 months, lowest 9.5%, highest 12.5%"
    )


@pytest.mark.parametrize("results", [(), (None,), (1.0,), (None, 1.0, None)])
def test_nothing_is_drawn_from_fewer_than_two_results(results):
    assert "<svg" not in sparkline(trend(*results))


def test_a_year_weighs_a_few_hundred_bytes():
    year = [97.123456 + n / 7 for n in range(13)]

    assert len(sparkline(trend(*year))) < 500
    assert len(sparkline(trend(*year, markers=dict.fromkeys(range(13), "e")))) < 900


def test_results_with_a_marker_are_hollow_points_and_called_marked():
    page = drawn(9, None, 8, 10, markers={0: "e", 1: "e", 2: "e, r"})

    assert hollow(page) == ["3 10.0", "47 17.0"]
    assert page.circle.get("class") is None
    assert page.svg["aria-label"].endswith("; 2 of 3 are marked [e] and [r]")
    assert drawn(9, 8, markers={0: "p"}).svg["aria-label"].endswith("; 1 of 2 is marked [p]")


def test_the_last_point_is_hollow_too_when_its_result_carries_a_marker():
    assert drawn(9, 8, markers={1: "e"}).circle["class"] == ["hollow"]
    assert drawn(9, 8, None, markers={1: "e"}).circle["class"] == ["hollow"]


def test_without_a_marker_no_point_is_hollow_and_no_sentence_mentions_it():
    page = drawn(9, 8, markers={0: "", 1: ""})

    assert not page.select(".ring, .hole, .hollow")
    assert "marked" not in page.svg["aria-label"]


def test_a_marker_cannot_break_the_markup():
    page = drawn(9, 8, markers={0: '"><b>'})

    assert page.svg["aria-label"].endswith('["><b>]')
    assert not page.select("b")
