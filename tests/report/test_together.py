"""Several indicators as lines of one chart, and what can't be drawn so."""

from __future__ import annotations

import pytest

from scorecard.errors import ChartError
from scorecard.pages import svg
from scorecard.report import Report
from support import council


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return Report(
        "2024-06", "fenwold", council.copy(tmp_path_factory.mktemp("fenwold") / "workbook")
    )


def test_each_indicator_is_a_line_with_its_words_and_its_column(report):
    chart = report.trends(["b1", "a1"])
    points = chart.spec["datasets"]["results"]
    last = {each["line"].partition(".")[0]: each for each in points}

    assert list(last) == ["b1", "a1"]
    assert last["b1"]["Result"] == "95.9%"
    assert chart.title == "2 indicators beside each other, June 2023 to June 2024"
    assert "Reviews held on time: " in chart.description
    assert "95.9% in June 2024" in chart.description
    assert chart.df["b1"].iloc[-1] == 95.9
    assert [*chart.df.columns[:4]] == ["month", "b1", "b1_status", "b1_provenance"]
    assert "<path" in svg.chart(chart.spec, chart.name, chart.description)


def test_what_has_no_scale_in_common_is_no_chart(report):
    catalogue = report.store.indicators_in("2024-06")
    rated = catalogue[catalogue["polarity"].notna()]
    apart = [*rated.drop_duplicates("format")["code"]]

    assert len(apart) > 1
    with pytest.raises(ChartError, match=r"no scale in common .*: ask for one kind"):
        report.trends(apart)


def test_more_lines_than_can_be_told_apart_are_no_chart(report):
    catalogue = report.store.indicators_in("2024-06")
    alike = catalogue[catalogue["polarity"].notna() & (catalogue["format"] == "percent")]

    with pytest.raises(ChartError, match="lines can't be told apart: ask for at most 5"):
        report.trends([*alike["code"]][:6])


def test_a_month_in_which_one_has_no_record_is_not_available_in_its_column(report, monkeypatch):
    found = report._source.trends(["b1", "a1"])
    short = {key: rows[1:] if key[1] == "a1" else rows for key, rows in found.items()}
    monkeypatch.setattr(report._source, "trends", lambda *_: short)
    chart = report.trends(["b1", "a1"])

    assert chart.table_html.count("Not available") >= 1
    assert chart.tables[0].rows[0][4] is None
