"""Process behaviour charts on pages: limits, mean, signals, steps, and each month by itself."""

from __future__ import annotations

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from scorecard.outputs import Chart
from scorecard.report import Report
from support.workbooks import make_workbook

MONTHS = [f"2015-{number:02}" for number in range(6, 13)] + [
    f"2016-{number:02}" for number in range(1, 9)
]
INDICATORS = """\
code,section,name,polarity,data_period,format,supplied,comparable_from,definition,data_source
snap,S,Snapshot,H,SS,percent,monthly,,,
roll,S,Rolling,L,R12M,percent,monthly,,,
guess,S,Guessed,L,R12M,percent,monthly,,,
part,S,Partly guessed,H,SS,percent,monthly,,,
"""
VALUES = {
    "snap": [46, 54] * 7 + [20], "roll": [46, 54] * 7 + [90], "guess": [50, 52] * 7 + [51],
    "part": [46, 54] * 7 + [20],
}  # fmt: skip
PROVENANCES = (
    "provenance,marker,count_marker,footnote,phrase_one,phrase_many\npublished,,,,,\n"
    "guess,g,g,Guesses.,is a guess,are guesses\n"
)
TARGETS = "code,valid_from,target,floor,green_within,amber_within,note\nroll,2016-01,60,70,,,\n"


def made(folder):
    lines = {
        month: "\n".join(f"shire,{code},all,{values[place]},100" for code, values in VALUES.items())
        for place, month in enumerate(MONTHS)
    }
    book = make_workbook(folder, lines, indicators=INDICATORS, targets=TARGETS)
    book.reference("provenance").write_text(PROVENANCES, encoding="utf-8")
    wording = "council: Shire\nservice: Children\nglossary: []\n"
    book.params("wording").write_text(wording, encoding="utf-8")
    book.reference("steps").write_text("code,month,reason\nsnap,2015-08,A new form\n", "utf-8")
    for month in MONTHS:
        path = book.month_results(month)
        text = path.read_text(encoding="utf-8").splitlines()
        guessed = ["guess,all", *(["part,all"] if month == MONTHS[0] else [])]
        lines = [
            line.replace(",published", ",guess") if any(each in line for each in guessed) else line
            for line in text
        ]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return book


@pytest.fixture(scope="module")
def charts(tmp_path_factory):
    report = Report("2016-08", "shire", made(tmp_path_factory.mktemp("process")))
    parts = report.panels([*VALUES]).shown
    return {part.name: part for part in parts if isinstance(part, Chart)}


def test_a_result_over_several_months_has_a_chart_of_each_month_by_itself(charts):
    assert [*charts] == [
        "trend-snap",
        "trend-roll",
        "trend-roll-months",
        "trend-guess",
        "trend-part",
    ]


def test_a_snapshots_limits_begin_at_its_step_and_its_signals_have_another_shape(charts):
    data = charts["trend-snap"].spec["datasets"]

    # 13 values since the step: 46 and 54 six times each, and 20; 11 moving ranges of 8, one of 34.
    assert data["band"] == [
        {"month": month, "figure": pytest.approx(20.649, abs=0.001),
         "upper": pytest.approx(74.736, abs=0.001), "mean": pytest.approx(620 / 13),
         "hollow": False}
        for month in ("Aug 2015", "Aug 2016")
    ]  # fmt: skip
    assert [point["shape"] for point in data["results"]] == ["circle"] * 12 + ["triangle-down"]
    assert {point["month"] for point in data["steps"]} == {"Aug 2015"}
    assert len(data["steps"]) == 2


def test_limits_that_rest_on_an_estimate_are_hollow_and_its_months_are_in_words_and_files(charts):
    chart = charts["trend-part"]

    assert {each["hollow"] for each in chart.spec["datasets"]["band"]} == {True}
    assert ". Dashed band: expected range, " in chart.subtitle
    assert chart.subtitle.endswith(" by 15 months [g]. Real changes by estimates: ▼ concern")
    assert "Variation" not in chart.table_html
    assert "variation" in [column.name for column in chart.tables[0].columns]
    assert chart.title == "Partly guessed: 54.0% to 20.0% since last month, still not rated"
    assert "real change" not in chart.title


def test_the_headline_of_a_real_change_names_it_and_the_table_has_every_month(charts):
    chart = charts["trend-snap"]
    cells = BeautifulSoup(chart.table_html, "html.parser").select('[data-field="variation"]')

    assert chart.title == "Snapshot: 20.0%, not rated; a real change for the worse"
    assert [cell.get_text() for cell in cells] == ["Ordinary"] * 12 + ["Concern"]


def test_each_month_by_itself_has_its_own_result_limits_and_target(charts):
    chart = charts["trend-roll-months"]
    names = [column.name for column in chart.tables[0].columns]
    last = dict(zip(names, chart.tables[0].rows[-1], strict=True))

    assert chart.title == "Rolling, August alone: 90.0%, a real change for the worse"
    assert last == {
        "unit": "shire", "code": "roll", "month": "2016-08", "own_month": Decimal("90.0"),
        "own_month_provenance": "published", "variation": "concern",
        "expected_from": Decimal("26.1"), "expected_to": Decimal("79.3"),
        "expected_mean": Decimal("52.7"), "format": "percent", "measured_in": "%",
    }  # fmt: skip
    lines = chart.spec["datasets"]["lines"]
    held = {each["month"]: each["figure"] for each in lines if each["line"] == "Target"}
    assert (held["Dec 2015"], held["Jan 2016"], held["Aug 2016"]) == (None, 60, 60)
    assert {each["line"] for each in lines} == {"Target"}
    assert len(chart.tables[0].rows) == 15
    assert chart.spec["height"] < charts["trend-roll"].spec["height"]


def test_a_chart_of_small_numbers_has_no_limits(tmp_path):
    book = made(tmp_path)
    profile = "threshold: 20\nfootnote: Numbers from 1 to {threshold} are {sign}.\n"
    book.params("disclosure").write_text(profile, encoding="utf-8")
    parts = Report("2016-08", "shire", book).panels([*VALUES]).shown
    found = {part.name: part for part in parts if isinstance(part, Chart)}

    assert [*found] == ["trend-snap", "trend-roll", "trend-guess", "trend-part"]
    for chart in found.values():
        assert chart.spec["datasets"]["band"] == []
        assert chart.spec["datasets"]["steps"] == []
        assert "expected range" not in chart.subtitle + chart.description
        assert "variation" not in [column.name for column in chart.tables[0].columns]
