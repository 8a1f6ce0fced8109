"""A chart of one's own, from the cell to the published page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from unittest.mock import patch

import altair as alt
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_output

from scorecard.errors import PublishError
from scorecard.outputs import ATTENTION, VEGALITE
from scorecard.pages.appendix import render
from scorecard.report import Report
from support import council
from support import sample_notebook as sample

SAYS = "One bar for each area. Upper Fen has the most cases."


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    made = council.copy(tmp_path_factory.mktemp("fenwold") / "workbook")
    return Report("2024-06", "fenwold", made)


def bars(data=alt.Undefined):
    return alt.Chart(data).mark_bar().encode(x="cases:Q", y=alt.Y("unit_name:N", sort=None))


FRAME = pd.DataFrame({"unit_name": ["Upper Fen", "Lower Fen"], "cases": [31.0, None]})


def made(report, data=FRAME, chart=None, **more):
    return report.figure(chart or bars(data), data, title="Most in Upper Fen", says=SAYS, **more)


def test_it_reaches_the_page_with_headline_words_table_and_file(report):
    output = new_output("display_data", data=made(report)._repr_mimebundle_())
    page = render(sample.notebook(sample.code(output)), sample.ABOUT)
    figure = BeautifulSoup(page.html, "html.parser").select_one("figure#most-in-upper-fen")

    assert figure.select_one(".figure-title").get_text() == "Most in Upper Fen"
    assert figure.select_one(".figure-subtitle").get_text() == "Fenwold, June 2024"
    assert figure.select_one("svg desc").get_text() == SAYS
    assert figure.select("svg path, svg rect")
    cells = [[each.get_text() for each in row("th") + row("td")] for row in figure("tr")]
    assert cells == [["Unit name", "Cases"], ["Upper Fen", "31"], ["Lower Fen", "Not available"]]
    file = page.files["downloads/sample-most-in-upper-fen-data.csv"].decode("utf-8-sig")
    assert file.splitlines() == [
        "reporting_month,unit_name,cases",
        "2016-08,Upper Fen,31",
        "2016-08,Lower Fen,",
    ]


def test_the_gate_names_it(report):
    output = new_output("display_data", data={VEGALITE: bars(FRAME).to_dict()})
    with pytest.raises(PublishError, match=r"`report\.figure\(chart, data, title=…, says=…\)`"):
        render(sample.notebook(sample.code(output)), sample.ABOUT)


def test_words_that_are_missing_stop_the_page_and_name_it_too(report):
    figure = report.figure(bars(FRAME), FRAME, title="Cases", says=" ")
    output = new_output("display_data", data=figure._repr_mimebundle_())
    with pytest.raises(PublishError, match=r"without `description`: `report\.figure"):
        render(sample.notebook(sample.code(output)), sample.ABOUT)


def test_it_has_our_look_and_keeps_its_own(report):
    own = bars(FRAME).configure_axis(labelFontSize=20).configure_mark(color="#801650")
    config = made(report, chart=own).spec["config"]

    assert config["font"].startswith("Arial")
    assert config["axis"]["labelFontSize"] == 20
    assert config["axis"]["labelColor"] == "#0B0C0C"
    assert config["mark"]["color"] == "#801650"
    assert made(report).spec["config"]["mark"]["color"] == "#12436D"


def test_a_chart_without_data_draws_the_rows_of_its_table(report):
    rows = [{"unit_name": "Upper Fen", "cases": 31}]

    assert made(report, rows, bars()).spec["data"] == {"values": rows}


def test_values_are_written_as_they_are_without_the_types_of_a_library(report):
    frame = pd.DataFrame({
        "month": [pd.Timestamp("2024-05-01"), date(2024, 6, 1)],
        "met": [True, False],
        "rate": [12.25, float("nan")],
        "exact": [Decimal("1.50"), Decimal("2.00")],
        "count": pd.array([1, None], dtype="Int64"),
    })  # fmt: skip
    table = made(report, frame, bars()).tables[0]

    assert table.rows == [
        ["2024-05", "yes", Decimal("12.25"), Decimal("1.50"), 1],
        ["2024-06", "no", None, Decimal("2.00"), None],
    ]


def test_names_and_headings_can_be_given(report):
    figure = made(report, name="cases", subtitle="June", headings={"cases": "Open cases"})

    assert (figure.name, figure.subtitle) == ("cases", "June")
    assert [each.meaning for each in figure.tables[0].columns] == ["Unit name", "Open cases"]


def test_a_figure_without_rows_is_refused(report):
    with pytest.raises(PublishError, match="“Most in Upper Fen” has no data"):
        made(report, FRAME.head(0))


def test_an_operator_is_asked_to_look_where_small_numbers_are_withheld(report):
    assert ATTENTION not in made(report)._repr_mimebundle_()
    with patch.object(report._source, "withholding", object()):
        (asked,) = made(report)._repr_mimebundle_()[ATTENTION]

    assert "look for small numbers in it" in asked
