"""The words of the published month's pages."""

from __future__ import annotations

from support import page_words


def test_every_title_of_a_chart_is_short_and_names_its_indicator(month):
    titles = [*page_words.titles(month)]

    assert page_words.too_long(month) == []
    assert len(titles) > 20
    assert "Returner Interviews: 66.8% to 67.7% since last month, still Red" in titles
    assert "Leaving UASC out, 10 percentages are higher, 3 lower and 1 the same" in titles
