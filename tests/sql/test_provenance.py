"""Where figures come from: markers in tables, columns in downloads, and the footnotes they owe."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from scorecard.outputs import NOTES as NOTES_TYPE
from scorecard.outputs import Chart, Stack
from scorecard.report import Report
from scorecard.report.source import Source
from support.workbooks import TARGETS, make_workbook

NOTES = {
    "result-only": "Only the result.",
    "worked-out": "Worked out.",
    "divided": "Divided.",
}
PROVENANCE = """\
provenance,marker,count_marker,footnote,phrase_one,phrase_many
published,,,,,
result-only,,e,Only the result.,,
worked-out,e,e,Worked out.,,
divided,d,d,Divided.,is divided,are divided
"""
PERIODS = """\
month,unit,code,cohort,data_period,provenance
2016-08,shire,roll,all,,published
2016-08,shire,roll,all,R3M,result-only
2016-07,shire,roll,all,,result-only
2016-07,shire,h,all,,divided
"""
NOTED = TARGETS.replace("h,2015-04,90,80,,,", "h,2015-04,90,80,,,Assumed.").replace(
    "l,2015-04,10,13,,,", "l,2015-04,10,13,,,Assumed."
).replace("roll,2015-04,90,80,,,", "roll,2015-04,90,80,,,Raised.")  # fmt: skip
MONTHS = [f"{2014 + (7 + n) // 12}-{(7 + n) % 12 + 1:02d}" for n in range(25)]


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    """Two years of a small county: worked out but for August 2016, and areas that were divided."""
    folder = tmp_path_factory.mktemp("provenance")
    made = make_workbook(folder, {}, provenance=PROVENANCE, targets=NOTED)
    (folder / "data/reference/period_provenance.csv").write_text(PERIODS, encoding="utf-8")
    (folder / "params/wording.yml").write_text("council: C\nservice: S\n", encoding="utf-8")
    for month in MONTHS:
        own = "published" if month == "2016-08" else "worked-out"
        lines = [
            f"shire,h,all,70,100,{own}",
            f"shire,h,excluding_uasc,60,80,{own}",
            "shire,roll,all,9,10,worked-out",
            f"shire,l,all,20,100,{own}",
            f"shire,l,excluding_uasc,10,80,{own}",
            "north,h,all,35,50,divided",
            "north,l,all,10,50,divided",
            f"shire,stock,all,90,,{own}",
        ]
        text = "\n".join(["month,unit,code,cohort,num,denom,provenance",
                          *(f"{month},{line}" for line in lines), ""])  # fmt: skip
        (folder / f"data/results/{month}.csv").write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def report(workbook):
    return Report("2016-08", "shire", workbook)


def markers(html: str, code: str) -> dict[str, str]:
    """The marker of each cell of an indicator's row, or that a heading says of it, by field."""
    (row,) = BeautifulSoup(html, "html.parser").select(f'tr[data-code="{code}"]')
    found = {}
    for cell in row.select("[data-field]"):
        marker = cell.select_one(".marker")
        said = f"[{cell['data-marked']}]" if cell.get("data-marked") else ""
        found[cell["data-field"]] = marker.get_text() if marker else said
    return found


ALONE = (
    "No results of England or of other councils have been loaded, so no figure is compared with "
    "theirs."
)


def footnotes(report: Report) -> list[str]:
    found = BeautifulSoup(report.footnotes().html, "html.parser").select("p")
    return [note.get_text() for note in found]


def download(fragment, code: str) -> dict[str, object]:
    """The row of an indicator in the first download of a fragment."""
    table, *_ = fragment.tables
    names = [column.name for column in table.columns]
    (row,) = [dict(zip(names, row, strict=True)) for row in table.rows if code in row]
    return row


def test_a_published_result_marks_its_counts_and_not_itself(workbook):
    """In July the rolling result is published, but not the figures behind it."""
    (row,) = Source.open("2016-07", "shire", workbook).rows(["roll"])
    html = Report("2016-07", "shire", workbook).scorecard().html
    found = markers(html, "roll")

    assert (row["latest"].marker, row["latest"].count_marker) == ("", "e")
    assert (found["result"], found["num"], found["denom"]) == ("", "[e]", "[e]")


def test_earlier_and_rolling_results_carry_their_own_markers(report):
    html = report.scorecard().html
    snapshot, rolling = markers(html, "h"), markers(html, "roll")

    fields = ("result", "num", "denom", "month_ago", "year_ago", "r3m")
    assert [snapshot[field] for field in fields] == ["", "", "", "[d]", "[e]", ""]
    assert [rolling[field] for field in fields] == ["", "", "", "", "[e]", ""]


def test_a_rolling_three_months_that_was_worked_out_is_marked(workbook):
    found = markers(Report("2016-07", "shire", workbook).scorecard().html, "roll")

    assert (found["r3m"], found["month_ago"]) == ("[e]", "[e]")


def test_a_download_says_it_too_with_the_decimals_of_the_page(report):
    row = download(report.scorecard(), "h")

    names = ("result", "month_ago", "year_ago", "r3m")
    assert [row[f"{name}_provenance"] for name in names] == [
        "published", "divided", "worked-out", "",
    ]  # fmt: skip
    assert [str(row[name]) for name in ("num", "denom", "result")] == ["70", "100", "70.0"]


def test_another_unit_s_results_keep_their_own_provenance(workbook):
    row = download(Report("2016-08", "north", workbook).scorecard(beside="shire"), "h")

    assert (row["result_provenance"], row["other_result_provenance"]) == ("divided", "published")


def test_a_trend_draws_marked_months_hollow_and_says_so(report):
    stack = report.panels(["h"])
    (figure,) = [part for part in stack.shown if isinstance(part, Chart)]

    hollow = [point["hollow"] for point in figure.spec["datasets"]["results"]]
    assert hollow == [True] * 12 + [False]
    assert ". Hollow points: figures marked [e] or [d]. Dashed band: " in figure.subtitle


def test_the_key_says_what_a_hollow_point_is_where_a_figure_has_a_marker(report):
    def meanings():
        page = BeautifulSoup(report.key().html, "html.parser")
        terms = [each for each in page.select("dt") if each.get_text() == "○"]
        return [each.find_next("dd").get_text() for each in terms]

    assert meanings() == []
    report.scorecard()
    (meaning,) = meanings()
    assert "a figure with a marker such as [e]" in meaning


def test_small_charts_say_it_too(report):
    (figure,) = report.activity_over_time().shown

    assert figure.subtitle.endswith(
        "Each chart has its own scale. Hollow points: figures marked [e]."
    )
    (table,) = figure.tables
    names = [column.name for column in table.columns]
    rows = [dict(zip(names, row, strict=True)) for row in table.rows]
    assert [row["stock_provenance"] for row in rows] == ["worked-out"] * 12 + ["published"]
    assert str(rows[0]["stock"]).isdigit()


def test_footnotes_are_those_of_the_figures_shown_in_the_file_s_order(report):
    assert footnotes(report) == [ALONE]

    report.scorecard()
    provenances = footnotes(report)[: len(NOTES)]
    assert provenances == list(NOTES.values())


@pytest.mark.parametrize("page", ["area", "children in care", "uasc"])
def test_a_caution_is_above_the_first_figure(workbook, page):
    if page == "area":
        html = Report("2016-08", "north", workbook).summary().html
    elif page == "children in care":
        html = Report("2016-08", "shire", workbook).summary(["h", "l"], areas=True).html
    else:
        html = Report("2016-07", "shire", workbook).uasc_summary(["h"]).html
    found = BeautifulSoup(html, "html.parser").select("p, h3, li, svg")

    assert "caution" in found[0].get("class", [])


def test_a_page_that_shows_the_areas_warns_of_their_results(report):
    def cautions(**asked):
        page = BeautifulSoup(report.summary(["h", "l", "t"], **asked).html, "html.parser")
        return [" ".join(each.get_text(" ").split()) for each in page.select(".caution")]

    assert cautions() == []
    assert cautions(areas=True) == ["In the areas, 2 of 2 results are divided. Divided."]
    headline = report.summary(["h"], areas=True).headline
    assert list(headline.cautions) == ["In the areas, 1 of 1 result is divided. Divided."]


def test_the_notes_of_the_page_go_with_its_figures(report):
    """Each is called as the provenance columns of the files call it."""
    row = download(report.scorecard(), "h")
    found = report.footnotes()

    assert [(note.of, note.text) for note in found.notes] == [
        ("result-only", "Only the result."),
        ("worked-out", "Worked out."),
        ("divided", "Divided."),
        ("Comparators", ALONE),
        ("Indicators h, l", "Assumed."),
        ("Indicator roll", "Raised."),
    ]
    assert found._repr_mimebundle_()[NOTES_TYPE][0] == {
        "of": "result-only", "text": "Only the result.",
    }  # fmt: skip
    assert row["month_ago_provenance"] in {note.of for note in found.notes}


def test_a_download_says_where_each_figure_of_a_stock_comes_from(report):
    row = download(report.activity_table(), "shire")

    names = ("stock_provenance", "stock-last_provenance")
    assert [row[name] for name in names] == ["published", "worked-out"]


def test_target_notes_are_listed_once_with_their_indicators(report):
    report.scorecard()

    assert footnotes(report)[len(NOTES) :] == [
        ALONE,
        "Indicators h, l: Assumed.",
        "Indicator roll: Raised.",
    ]


@pytest.mark.parametrize("ask", ["summary", "rating_changes", "panels"])
def test_a_page_of_some_indicators_owes_notes_for_these_only(report, ask):
    getattr(report, ask)(["l"])
    said = footnotes(report)

    assert "Indicator l: Assumed." in said
    assert not [note for note in said if "Raised" in note or note == NOTES["result-only"]]


def test_the_uasc_page_claims_the_provenances_of_its_own_rows_only(report):
    """Its rows are all published; the earlier months of the same indicators are not on it."""
    assert isinstance(report.uasc_tables(["h"], ["l"]), Stack)
    report.uasc_summary(["h"])
    report.uasc_chart(["h"])
    report.uasc_changes(["h"])

    assert footnotes(report) == [ALONE, "Indicators h, l: Assumed."]


def test_a_page_with_nothing_to_note_says_so(workbook):
    """That nothing is compared with other councils is said where the whole is shown."""
    report = Report("2016-07", "north", workbook)

    assert footnotes(report) == ["There are no notes on where the figures on this page come from."]
