"""The words of the published month's pages."""

from __future__ import annotations

import pytest

from scorecard.months import Month
from scorecard.workbook import Workbook
from support import page_words, quick, reading_age
from support.places import REPOSITORY


def test_every_title_of_a_chart_is_short_and_names_its_indicator(month):
    titles = [*page_words.titles(month)]

    assert page_words.too_long(month) == []
    assert len(titles) > 20
    assert "Returner Interviews: 66.8% to 67.7% since last month, still Red" in titles
    assert "Leaving UASC out, 10 percentages are higher, 3 lower and 1 the same" in titles


def test_sentences_have_commas_between_thousands_and_differences_in_points(month):
    assert page_words.figures_badly_written(month) == []
    assert sum(1 for path in month.glob("*.html") for _ in page_words.said(path)) > 2000


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1281 of 1,891 since May 2016.", ["1281"]),
        ("In Aug 2016 and August 2016, 2016 cases.", ["2016"]),
        ("It differs by 3.4%.", ["differs by 3.4%"]),
        ("It is +17.4% without them, and 2% higher.", ["+17.4%", "2% higher"]),
        ("It is 3 pp lower.", ["pp"]),
        ("It went from 3.4% to 4.2%, 0.8 percentage points higher, in 2016/17.", []),
    ],
)
def test_figures_that_are_badly_written_are_seen(text, found):
    assert page_words.badly_written(text) == found


def test_a_pupil_of_eighth_grade_can_read_every_page(month):
    assert page_words.hard_to_read(month, REPOSITORY) == []


def test_out_turns_and_quarters_are_as_easy_and_as_well_written(tmp_path):
    made = quick.pages(Workbook.at(REPOSITORY), Month(2016, 3), ("outturn", "quarter"))
    for name, page in made.items():
        (tmp_path / f"{name}.html").write_text(page.html, encoding="utf-8")

    assert {"outturn", "quarterly"} < made.keys()
    assert page_words.hard_to_read(tmp_path, REPOSITORY) == []
    assert page_words.figures_badly_written(tmp_path) == []


def test_a_grade_is_that_of_flesch_and_kincaid():
    """Ten words of one syllable, and four of 4, 4, 2 and 3."""
    easy, hard = "We saw all the kids at home in that month.", "Indicator evaluation needs numbers."

    assert reading_age.grade(easy) == pytest.approx(0.39 * 10 + 11.8 - 15.59)
    assert reading_age.grade(hard) == pytest.approx(0.39 * 4 + 11.8 * 12 / 4 - 15.59)


def test_what_a_council_wrote_is_not_measured(tmp_path):
    (tmp_path / "data/reference").mkdir(parents=True)
    (tmp_path / "params").mkdir()
    catalogue = "name,definition\nVery long indicator name,A definition that has many words.\n"
    (tmp_path / "data/reference/indicators.csv").write_text(catalogue)
    (tmp_path / "params/wording.yml").write_text("a: {b: [Words of this council alone.]}\n")
    texts = [
        "A definition that has many words.", "Words of this council alone.",
        "Very long indicator name is 12.5% [e] now. 3 more would do it.", "No sentence at all",
    ]  # fmt: skip

    assert reading_age.sentences(texts, reading_age.written(tmp_path)) == {
        "Visits is ten now.", "ten more would do it.",
    }  # fmt: skip
