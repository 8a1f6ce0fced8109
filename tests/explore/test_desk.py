"""The desk, driven as a person would: choose, look at the view, save what it shows."""

from __future__ import annotations

import base64
import io
import re
from itertools import islice
from xml.etree import ElementTree

import openpyxl
import pytest

from scorecard.errors import NoResultsError, PublishError, UnknownNameError
from scorecard.explore import explore
from scorecard.pages.appendix import render
from scorecard.report import Report
from scorecard.store.answer_types import Records
from support import council
from support import sample_notebook as sample

VIEWS = ("Result", "Trend", "What next", "Areas", "Groups", "Others", "Why", "Key", "Sources")


@pytest.fixture(scope="module")
def fenwold(tmp_path_factory):
    return council.copy(tmp_path_factory.mktemp("fenwold") / "workbook")


@pytest.fixture(scope="module")
def opened(fenwold):
    return explore("2024-06", "fenwold", "b1", workbook=fenwold)


@pytest.fixture
def desk(opened):
    """A desk at the reviews held on time of the borough, whatever the test before it chose."""
    for chooser, value in (
        (opened.month, "2024-06"), (opened.unit, "fenwold"), (opened.indicator, "b1"),
        (opened.cohort, "all"), (opened.since, ""), (opened.view, "Trend"),
    ):  # fmt: skip
        chooser.value = value
    return opened


def path(desk):
    """The line that is drawn."""
    return re.search(r'<path[^>]* d="([^"]+)"', desk.shown.value)[1]


def saved(desk, kind):
    """The name and the content of the file that a button saves."""
    assert not desk.save[kind].disabled
    desk.save[kind].click()
    (output,) = desk.done.outputs
    script = output["data"]["application/javascript"]
    content = base64.b64decode(re.search(r'atob\("([^"]*)"\)', script)[1])
    return re.search(r'link\.download = "([^"]+)"', script)[1], content


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_shows_what_its_call_answers(desk, view):
    desk.view.value = view
    report = desk._report("2024-06", "fenwold")
    answer = eval(desk.call.text, {"report": report})  # noqa: S307 (what an analyst would run)

    assert [*desk.answer.tables] == [table.name for table in answer.tables if table.rows]
    small = [name for name in desk.answer.charts if name not in answer.charts]
    assert [*desk.answer.charts] == [*answer.charts, *small]
    assert small == (["chance-b1"] if view == "Areas" else [])
    assert f"<code>{desk.call.text.replace(chr(34), '&quot;')}</code>" == desk.code.value
    assert len(desk.sorted.outputs) == bool(desk.answer.tables)


def test_another_indicator_draws_another_line_and_its_call(desk):
    before = path(desk)
    desk.indicator.value = "a1"

    assert path(desk) != before
    assert desk.call.text == 'report.trend("a1")'
    assert 'id="trend-a1"' in desk.shown.value


def test_a_view_is_asked_for_once(desk, monkeypatch):
    desk.indicator.value = "a1"
    desk.indicator.value = "b1"
    monkeypatch.setattr(Report, "trend", None)
    desk.indicator.value = "a1"

    assert 'id="trend-a1"' in desk.shown.value


def test_the_nearest_units_and_months_are_asked_of_ahead(fenwold, monkeypatch):
    made = explore("2024-06", "upper-fen", "b1", workbook=fenwold)
    names = made._near_choices()
    assert names[:2] == [("2024-06", "fenwold"), ("2024-06", "lower-fen")]
    assert ("2024-05", "upper-fen") in names
    assert ("2024-06", "upper-fen") not in names
    for _ in islice(made._likely(), 4):
        pass
    monkeypatch.setattr(Records, "scorecards", None)
    monkeypatch.setattr(Records, "trends", None)
    made.unit.value = "fenwold"

    assert "Reviews held on time" in made.shown.value


def test_a_cohort_has_its_own_trend(desk):
    everybody = path(desk)
    desk.cohort.value = "age_16_17"

    assert path(desk) != everybody
    assert desk.call.text == 'report.trend("b1", cohort="age_16_17")'


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_offers_the_choices_that_change_it_and_says_where_others_are(desk, view):
    desk.view.value = view
    before = desk.call.text
    of_all = "This view is of all children. Choose others in Trend."
    month = "Choose a month to compare with in Result and Why."
    for chooser, other, words in (
        (desk.cohort, "age_16_17", of_all),
        (desk.since, "2023-06", month),
    ):
        first, chooser.value = chooser.value, other
        offered = chooser.layout.display != "none"
        assert offered == (desk.call.text != before)
        assert (words in desk.offered.value) == (not offered and view not in ("Key", "Sources"))
        chooser.value = first


def test_results_are_compared_with_the_month_that_is_chosen(desk):
    assert desk.since.options[0] == ("the previous report (May 2024)", "")
    desk.view.value = "Result"
    desk.since.value = "2023-06"

    assert desk.call.text == 'report.result("b1", since="2023-06")'
    assert "in June 2023" in desk.shown.value


def test_an_activity_measure_has_views_of_its_own(desk):
    desk.indicator.value = "s1"

    assert desk.view.options == ("Trend", "Teams", "Key", "Sources")
    assert desk.call.text == 'report.activity_over_time(["s1"])'
    desk.indicator.value = "b1"
    assert desk.view.options == VIEWS
    assert desk.view.value == "Trend"


def test_another_month_offers_the_units_indicators_and_months_of_then(desk):
    desk.month.value = "2023-06"

    assert desk.call.text == 'report.trend("b1")'
    assert "June 2023" in desk.shown.value
    assert max(value for _, value in desk.since.options) < "2023-06"


def test_what_the_report_refuses_is_shown_in_its_words(desk, monkeypatch):
    def refuse(*_, **__):
        raise NoResultsError("2020-01", ["2024-05"])

    monkeypatch.setattr(Report, "why", refuse)
    desk.indicator.value = "b2"
    desk.view.value = "Why"

    assert "there are no results for 2020-01" in desk.shown.value
    assert all(button.disabled for button in desk.save.values())


def test_a_table_is_saved_as_csv_and_shown_to_sort_and_filter(desk):
    name, content = saved(desk, "CSV")
    (output,) = desk.sorted.outputs

    assert name == "fenwold-2024-06-b1-trend-b1-data.csv"
    assert (
        content.decode("utf-8-sig")
        .splitlines()[-1]
        .startswith("2024-06,fenwold,b1,2024-06,percent,%,95.9,")
    )
    assert "2024-06" in output["data"]["text/html"]
    assert "column_filters" in output["data"]["text/html"]
    assert "https://cdn" not in output["data"]["text/html"]


def test_all_tables_are_saved_with_the_notes_on_their_figures(desk):
    desk.view.value = "Areas"
    name, content = saved(desk, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))

    assert name == "fenwold-2024-06-b1.xlsx"
    assert len(book.sheetnames[3:]) == len(desk.answer.tables) == 2
    cover = [cell.value for cell in book["Cover"]["A"]]
    assert "with exactly the figures of the view that was explored." in " ".join(map(str, cover))


def test_a_chart_is_saved_as_svg_with_its_headline_and_as_png(desk):
    name, content = saved(desk, "SVG")
    chart = desk.answer.charts["trend-b1"]

    assert name == "fenwold-2024-06-b1-trend-b1.svg"
    assert ElementTree.fromstring(content).tag.endswith("svg")  # noqa: S314 (our own)
    assert chart.title.split(";")[0] in content.decode()
    assert saved(desk, "PNG")[1].startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("view", "name", "look"),
    [
        ("What next", "months-a1", ".hollow { fill: #fff; stroke: #12436d; stroke-width: 1.2; }"),
        ("Areas", "chance-a1", ".outer { stroke: #8fa9c2; stroke-width: 2; }"),
    ],
)
def test_a_small_drawing_is_saved_with_its_sentence_and_the_look_of_the_page(
    desk, view, name, look
):
    desk.indicator.value = "a1"
    desk.view.value = view
    file, content = saved(desk, "SVG")
    drawing = ElementTree.fromstring(content)  # noqa: S314 (our own)
    words = " ".join(drawing.itertext())

    assert file == f"fenwold-2024-06-a1-{name}.svg"
    assert desk.answer.charts[name].title in words
    assert f"{view}: " in words
    assert "var(" not in words
    assert look in words
    assert saved(desk, "PNG")[1].startswith(b"\x89PNG")


def test_there_is_nothing_to_save_of_a_view_without_a_chart(desk):
    desk.view.value = "Others"

    assert {kind for kind, button in desk.save.items() if button.disabled} == {"SVG", "PNG"}


def test_the_call_is_copied_as_a_cell_that_runs(desk):
    desk.copy.click()
    script = desk.done.outputs[0]["data"]["application/javascript"]

    assert r"report = Report(\"2024-06\", \"fenwold\")\nreport.trend(\"b1\")\n" in script


def test_a_page_refuses_the_desk_where_reports_yml_names_its_notebook(desk):
    with pytest.raises(PublishError, match=r"shows `.*widget-view\+json`.*which no page can hold"):
        render(sample.notebook(sample.code(desk._repr_mimebundle_())), sample.ABOUT)


def test_a_wrong_name_is_an_error_that_names_the_nearest(fenwold):
    with pytest.raises(UnknownNameError, match="did you mean `fenwold`"):
        explore("2024-06", "fenwald", "b1", workbook=fenwold)
    with pytest.raises(UnknownNameError, match="indicator `b11`; did you mean `b1`"):
        explore("2024-06", "fenwold", "b11", workbook=fenwold)
    with pytest.raises(NoResultsError):
        explore("2034-06", "fenwold", "b1", workbook=fenwold)
