"""The report: every question answered for every month and unit, in words without a figure."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from scorecard.errors import MonthError, NoResultsError, ScorecardError, UnknownNameError
from scorecard.months import Month
from scorecard.outputs import Chart, Fragment, Nothing, Stack
from scorecard.report import Report, prose
from scorecard.store.answer_types import Records
from scorecard.store.store import Store
from support import council
from support.workbooks import INDICATORS, UNITS, make_workbook

THIS = Month(2016, 8)

CODES = ["b1", "b2", "b3"]
QUESTIONS = {
    "heading": ("A title",),
    "summary": (),
    "activity_table": (),
    "activity_over_time": (),
    "scorecard": (),
    "rating_totals": (),
    "rating_changes": (),
    "catalogue_changes": (),
    "reds": (),
    "exceptions": (),
    "commentary": (),
    "overviews": (),
    "ambers": (CODES,),
    "panels": (CODES,),
    "result": ("b1",),
    "trend": ("b1",),
    "trends": (["b1", "b2"],),
    "next_month": ("b1",),
    "areas": ("b1",),
    "others": ("b1",),
    "breakdowns": (CODES,),
    "why_ratings_changed": (),
    "uasc_summary": (CODES,),
    "uasc_chart": (CODES,),
    "uasc_reasons": (CODES,),
    "uasc_tables": (["b1"], ["b2"]),
    "uasc_changes": (CODES,),
    "key": (),
    "footnotes": (),
}
"""Every question a notebook asks, with the arguments that Fenwold's council would give."""


BLUNDERS = {"nan", "None", "NaT", "[]", "<NA>", "nan%", "None%", "inf"}
"""Words that a page never says: Python's own for what is not there."""


@pytest.fixture(scope="module")
def fenwold(tmp_path_factory):
    """The made-up council's workbook, in a folder of its own."""
    return council.copy(tmp_path_factory.mktemp("fenwold") / "workbook")


@pytest.fixture(scope="module")
def report(fenwold):
    """The report of its last month on the county."""
    return Report("2024-06", "fenwold", fenwold)


def pieces(output) -> list[str]:
    """All the HTML and all the words of an output."""
    if isinstance(output, Stack):
        return [text for part in output.shown for text in pieces(part)]
    if isinstance(output, Chart):
        return [output.title, output.subtitle, output.description, output.table_html]
    if isinstance(output, Nothing):
        return [output.why]
    assert isinstance(output, Fragment)
    return [output.html, *output.attention, output.headline.sentence if output.headline else ""]


@pytest.mark.parametrize("unit", ["fenwold", "upper-fen", "children-with-disabilities"])
@pytest.mark.parametrize("month", ["2023-03", "2023-07", "2024-06"])
def test_every_question_has_an_answer(fenwold, month, unit):
    """The first month of all, one with a gap, and the last; a unit with few figures too."""
    report = Report(month, unit, fenwold)
    for question, arguments in QUESTIONS.items():
        for text in pieces(getattr(report, question)(*arguments)):
            seen = BeautifulSoup(text, "html.parser").get_text(" ")
            found = {word for word in seen.split() if word in BLUNDERS}
            assert not found, f"{question} says {found}: {seen[:300]}"


def test_each_question_about_chosen_codes_leaves_out_the_others(report):
    """b1 is Green, s1 an activity measure: a report of b1 alone has no Red and no activity."""
    chosen = ["s1", "b1"]

    assert 'data-code="b1"' in report.scorecard(chosen).html
    assert 'data-code="a1"' not in report.scorecard(chosen, beside="upper-fen").html
    assert report.reds(chosen).html == report.exceptions(chosen).parts[0].html
    assert "No indicator of this selection is rated Red" in report.reds(chosen).html
    assert "1 Green" in report.summary(chosen).html
    assert report.rating_totals(chosen).html.count("<tr>") == 3
    assert len(report.activity_over_time(chosen).parts) == 1
    assert "Contacts" not in report.activity_table(chosen).html
    for question in ("activity_table", "activity_residuals"):
        ask = getattr(report, question)
        assert "Upper Fen" in ask().html
        assert "Upper Fen" not in pieces(ask(["b1"]))[0]
    assert isinstance(report.activity_over_time(["b1"]).parts[0], Nothing)
    assert isinstance(report.scorecard(["s1"]), Nothing)
    assert [len(report.why_ratings_changed(codes).parts) for codes in (["b1"], ["b3"])] == [1, 0]


def test_measures_and_indicators_are_in_the_order_of_the_codes(report):
    heads = BeautifulSoup(report.activity_table(["f1", "b1", "s1"]).html, "html.parser")("thead")

    assert re.findall("Contacts|Open cases|looked after", heads[0].get_text()) == [
        "Contacts", "Open cases"
    ]  # fmt: skip
    shown = report.scorecard(["c1", "f1", "a1"]).html
    assert re.findall(r'<tr[^>]*data-code="(\w+)"', shown) == ["c1", "a1"]


def test_a_summary_names_those_near_red_of_its_codes_unless_the_page_has_the_ambers(fenwold):
    report = Report("2024-06", "upper-fen", fenwold)
    near = ["a2"]

    assert "it would be Red." in report.summary(near).html
    assert "it would be Red." not in report.summary(near, ambers=True).html
    assert "it would be Red." not in report.summary(["c1"]).html


def test_no_codes_are_all_in_every_question(report):
    catalogue = "SELECT code FROM indicators WHERE polarity IS NOT NULL ORDER BY position"
    rated = [row["code"] for row in report.store.rows(catalogue)]
    for question in ("scorecard", "rating_totals", "ambers", "breakdowns", "exceptions"):
        ask = getattr(report, question)
        assert pieces(ask([])) == pieces(ask(rated)), question
    assert "A selection" not in report.summary(rated).html


def test_why_a_result_moved_is_asked_of_the_previous_report_a_month_or_a_year(fenwold):
    def words(since=None):
        html = Report("2024-06", "fenwold", fenwold).why("a1", since=since).html
        return BeautifulSoup(html, "html.parser").get_text(" ")

    plain, since_march = words(), words("2024-03")
    assert "it remained at 86.9%" in plain
    assert "change from May 2024 to June 2024" in plain
    assert "in March" in since_march
    assert "change from March 2024 to June 2024" in since_march
    path = fenwold.params("2024-06")
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before}previous: 2024-03\n", encoding="utf-8")
    try:
        assert words() == since_march
        assert "change from May 2024" in words("2024-05")
    finally:
        path.write_text(before, encoding="utf-8")


@pytest.mark.parametrize("since", ["2024-06", "2023-02", "June"])
def test_why_since_a_month_that_is_none_or_not_before_is_an_error(report, since):
    with pytest.raises((MonthError, NoResultsError)):
        report.why("a1", since=since)


def test_an_area_is_not_among_its_own_areas(fenwold):
    """Its page would say everything twice, which no pack takes."""
    report = Report("2024-06", "upper-fen", fenwold)
    tables = [t.name for part in report.uasc_tables(["b1"], []).shown for t in part.tables]
    assert tables == ["uasc-upper-fen"]
    panel = next(part for part in report.panels(["b1"]).shown if "result-b1" in str(part))
    units = BeautifulSoup(panel.html, "html.parser").select("#result-b1-table tbody tr")
    assert [row["data-unit"] for row in units] == ["upper-fen"]


def titles(stack: Stack) -> list[str]:
    return [table.title for part in stack.shown for table in part.tables]


def test_without_codes_the_effect_of_uasc_is_of_every_indicator_that_has_both_results(report):
    named, every = report.uasc_tables(["b1"], ["b2"]), report.uasc_tables()
    assert {name.partition(",")[0] for name in titles(named)} == {
        "Children in care", "Other indicators"
    }  # fmt: skip
    assert titles(every)[0] == "Indicators, Fenwold: including and excluding UASC"
    page = BeautifulSoup("".join(pieces(every)), "html.parser")
    shown = page.select("#uasc-other-table tbody tr")
    assert [row["data-code"] for row in shown] == ["b1", "b2"]
    assert report.uasc_summary().html == report.uasc_summary(["b1", "b2"]).html
    assert titles(report.uasc_tables(["b1"])) == [
        each for each in titles(named) if each.startswith("Children in care")
    ]


def test_every_question_a_notebook_may_ask_is_asked_above():
    asked = {name for name in vars(Report) if not name.startswith("_")}

    assert asked - set(QUESTIONS) == {
        "county", "cover", "of", "previous", "activity_residuals", "why", "figure",
        "outturn", "quarter", "activity_to_date",  # asked in `test_year.py`
    }  # fmt: skip


def test_the_county_of_a_team_is_the_one_at_the_top(fenwold):
    assert Report("2024-06", "upper-fen-care", fenwold).county == "fenwold"


def test_a_report_of_another_month_and_unit_asks_the_same_store(fenwold, report):
    report.next_month("b1")
    other = report.of("2024-05", "upper-fen")

    assert other.store is report.store
    assert other.result("b1").df.to_dict() == (
        Report("2024-05", "upper-fen", fenwold).result("b1").df.to_dict()
    )
    with pytest.raises(UnknownNameError, match="did you mean `upper-fen`"):
        report.of("2024-05", "uper-fen")


def test_another_unit_s_results_are_beside(fenwold):
    report = Report("2024-06", "upper-fen", fenwold)
    page = BeautifulSoup(report.scorecard(beside="fenwold").html, "html.parser")

    assert (
        page.select_one('[data-code="a1"] [data-field="other_result"]')
        .get_text()
        .startswith("86.9%")
    )


SECTIONS = INDICATORS.replace("\nl,Section", "\nl,Plans").replace(
    "\ncount,Section", "\ncount,Plans"
)
SECTION_RESULTS = {
    "2016-08": "shire,h,all,95,100 shire,l,all,3,20 shire,days,all,0,0 shire,free,all,50,100"
    " shire,t,all,50,100 shire,count,all,8,"
}
DISCLOSURE = "threshold: {threshold}\nwords: not told\nfootnote: Small numbers are {{sign}}.\n"


@pytest.fixture(scope="module")
def sections(tmp_path_factory):
    """The workbook of a catalogue whose sections alternate."""
    made = make_workbook(tmp_path_factory.mktemp("sections"), SECTION_RESULTS, indicators=SECTIONS)
    made.params("wording").write_text("council: C\nservice: S\n", encoding="utf-8")
    return made


@pytest.mark.parametrize(
    ("threshold", "columns", "rows"),
    [
        (0, [], [[1, 0, 1, 5], [0, 1, 1, 0], [1, 1, 2, 5]]),
        (5, ["withheld_ratings"], [[0, 0, 1, 5, 1], [0, 1, 0, 0, 1], [0, 1, 1, 5, 2]]),
    ],
)
def test_each_section_is_counted_once_and_adds_up_to_its_indicators(
    sections, threshold, columns, rows
):
    """Without a target, a result, or either shown."""
    said = DISCLOSURE.format(threshold=threshold)
    sections.params("disclosure").write_text(said, encoding="utf-8")
    report = Report("2016-08", "shire", sections)

    (totals,) = report.rating_totals().tables
    assert [each.name for each in totals.columns] == [
        "section", "green", "amber", "red", "not_rated", *columns,
    ]  # fmt: skip
    names = ["Section", "Plans", "All sections"]
    assert totals.rows == [[name, *row] for name, row in zip(names, rows, strict=True)]
    assert [sum(row) for row in rows] == [7, 2, 9]
    page = BeautifulSoup(report.scorecard().html, "html.parser")
    assert [each.get_text(strip=True) for each in page.select(".group")] == names[:2]
    assert [each["data-code"] for each in page.select("tbody [data-code]")] == [
        "h", "t", "roll", "ytd", "done", "days", "free", "l", "count",
    ]  # fmt: skip


def test_the_analyst_sees_where_parts_do_not_add_up(tmp_path):
    workbook = make_workbook(
        tmp_path, {"2016-08": "shire,stock,all,90, north,stock,all,60, south,stock,all,20,"}
    )
    (workbook.root / "params/wording.yml").write_text("council: C\nservice: S\n", encoding="utf-8")
    found = Report("2016-08", "shire", workbook).activity_residuals()

    (table,) = found.tables
    assert [row[-3:] for row in table.rows] == [[90, 80, 10]]


def test_why_a_result_moved_marks_what_is_estimated_and_nothing_else(tmp_path):
    """An area of two this month, whose figure the whole does not rest on, and one month of two."""
    lines = "shire,h,all,{},25 north,h,all,{},10 south,h,all,9,10 shire,roll,all,9,10"
    provenance = "provenance,marker,count_marker,footnote\npublished,,,\nguess,e,e,A guess.\n"
    given = {str(THIS - n): lines.format(18 + n % 2, 6 + n % 2) for n in range(13)}
    workbook = make_workbook(tmp_path, given, provenance=provenance)
    (workbook.root / "params/wording.yml").write_text("council: C\nservice: S\n", encoding="utf-8")
    for month, row in ((THIS, "north,h,all,6,10"), (THIS - 12, "shire,roll,all,9,10")):
        path = workbook.root / f"data/results/{month}.csv"
        text = path.read_text(encoding="utf-8").replace(f"{row},published", f"{row},guess")
        path.write_text(text, encoding="utf-8")
    report = Report(str(THIS), "shire", workbook)

    def cells(code: str) -> list[list[str]]:
        page = BeautifulSoup(report.why(code).html, "html.parser")
        rows = [row.select("th,td") for row in page.select("tbody tr")]
        for cell in page.select("[data-marked]"):  # a heading says the marker
            cell.append(f"[{cell['data-marked']}]")
        for mark in page.select("th .marker"):
            mark.decompose()
        return [[cell.get_text(strip=True) for cell in row] for row in rows]

    marked = {row[0]: [cell.endswith("[e]") for cell in row[1:]] for row in cells("h")}
    assert marked == {
        "North": [False, False, True, True, True, True],
        "South": [False] * 6,
        "Elsewhere": [False, False, True, True, True, True],
    }
    *_, came, dropped = cells("roll")
    assert [came[0], *(cell.endswith("[e]") for cell in came[2:])] == ["August 2016"] + [False] * 3
    assert [cell.endswith("[e]") for cell in dropped[2:]] == [True] * 3


def test_why_a_result_moved_gives_parts_and_months(report):
    fragment = report.why("a1")

    assert [table.name for table in fragment.tables] == ["movement-a1", "turnover-a1"]
    assert "Upper Fen" in fragment.html
    parts, months = fragment.dfs.values()
    assert parts["unit_name"][0] == "Upper Fen"
    assert months["month"].dt.year.tolist() == [2024, 2023]
    assert months["reading"].tolist() == ["came in", "dropped out"]
    assert months["result"].round(1).tolist() == [
        round(100 * num / denom, 1)
        for num, denom in zip(months["num"], months["denom"], strict=True)
    ]


def test_a_page_asks_once_for_its_scorecards_and_once_for_what_moved_results(fenwold, monkeypatch):
    report = Report("2024-06", "fenwold", fenwold)
    monkeypatch.setattr(prose, "changed", lambda rows: rows)  # each is one whose rating changed
    asked, ask = [], Records.rows

    def rows(self, query, **parameters):
        asked.append(query.partition("(")[0])
        return ask(self, query, **parameters)

    monkeypatch.setattr(Records, "rows", rows)
    shown = report.why_ratings_changed()
    report.scorecard()
    report.areas("b1")

    assert len(shown.shown[0].tables) > 4  # of several indicators
    names = ("scorecards_as_figures", "movements", "turnovers")
    counts = {name: asked.count(f"FROM {name}") for name in names}
    assert counts == dict.fromkeys(names, 1)


def test_an_analyst_goes_on_with_an_answer_in_pandas_and_altair(report):
    panels = report.panels(["a1", "b1"])

    assert [*panels["b1"].dfs] == ["trend-b1-data", "groups-b1-1", "areas-b1"]
    trend = panels["a1"].dfs["trend-a1-data"]
    assert trend["month"].is_monotonic_increasing
    assert trend.attrs["meanings"]["target"].startswith("Target")
    drawn = panels["b1"].chart.properties(width=300).to_dict()
    assert drawn["width"] == 300
    assert drawn["datasets"]["results"]


def test_a_report_lists_the_questions_that_it_answers(report):
    listed = repr(report).splitlines()

    assert listed[0] == "Fenwold, June 2024. It answers:"
    why = next(line for line in listed if "report.why(" in line)
    assert why.split(maxsplit=2)[:2] == ["report.why(code,", "since)"]
    assert "why did an indicator move" in why
    assert not any("report._" in line or "report.store(" in line for line in listed)


@pytest.mark.parametrize(("code", "points"), [("a1", ", in percentage points"), ("c1", "")])
def test_why_a_percentage_moved_is_in_percentage_points(report, code, points):
    fragment = report.why(code)
    (table, *_) = fragment.tables
    page = BeautifulSoup(fragment.html, "html.parser")
    assert f"Its weight{points}" in [each.get_text() for each in page("th")]
    effects = [each.get_text() for each in page.select("[data-field=mix_effect] [aria-hidden]")]
    assert effects
    assert all(re.fullmatch(r"[+-]\d+\.\d\d", each) for each in effects)
    assert (
        table.columns[-1].meaning == f"Share of the change due to its weight in the whole{points}"
    )


def test_what_the_activity_table_writes_for_a_missing_figure_is_in_the_key(fenwold):
    report = Report("2023-03", "fenwold", fenwold)
    activity, key = (
        BeautifulSoup(each.html, "html.parser") for each in (report.activity_table(), report.key())
    )
    quiet = {each.find(string=True) for each in activity.select("td.q")}
    assert quiet == {"n/a"}
    assert quiet <= {each.get_text(strip=True) for each in key("dt")}
    assert activity.p.get_text() == "n/a: a figure that was not supplied."
    assert ">n/a<" not in Report("2023-03", "fenwold", fenwold).key().html


def test_units_without_any_figure_are_no_rows_of_activity(tmp_path):
    lines = {"2016-07": "south,stock,all,3,", "2016-08": "shire,stock,all,9, north,flow,all,2,"}
    book = make_workbook(tmp_path, lines)
    book.params("wording").write_text("council: Shire\nservice: Care\n", encoding="utf-8")
    found = BeautifulSoup(Report("2016-08", "shire", book).activity_table().html, "html.parser")
    said = [each.get_text() for each in found("p")]
    rows = [each["data-unit"] for each in found.select("#activity-table tr[data-unit]")]

    assert rows == ["shire", "north", "south"]
    assert "Units without any figure this month are left out." in said
    assert Report("2016-08", "north-team", book).activity_table().why == (
        "No activity was supplied for this month."
    )


def test_only_a_scorecard_with_an_abbreviation_sends_to_the_glossary(tmp_path):
    workbook = make_workbook(tmp_path, {"2016-08": "shire,roll,all,95,100"})
    for short, linked in (("Rolling", True), ("LAC", False)):
        workbook.params("wording").write_text(
            "council: C\nservice: S\n"
            f"glossary: [{{term: X, abbreviations: [{short}], meaning: Y}}]\n",
            encoding="utf-8",
        )
        html = Report("2016-08", "shire", workbook).scorecard().html
        assert ("Abbreviations are explained in the" in html) == linked


@pytest.mark.parametrize(
    ("month", "unit", "error", "said"),
    [
        ("2024-13", "fenwold", MonthError, "`2024-13` is not a month"),
        ("2024-07", "fenwold", MonthError, "2024-07: the store holds 2023-03 to 2024-06"),
        ("2024-06", "fenworld", UnknownNameError, "did you mean `fenwold`"),
        ("2024-06", "xyz", UnknownNameError, "unknown unit `xyz`; the names are `fenwold`, "),
    ],
)
def test_a_wrong_month_or_unit_is_refused_before_anything_is_drawn(
    fenwold, month, unit, error, said
):
    with pytest.raises(error, match=said):
        Report(month, unit, fenwold)


@pytest.mark.parametrize(("month", "unit"), [("2024-07", "fenwold"), ("2024-06", "xyz")])
def test_a_report_that_is_refused_keeps_no_file_open(fenwold, monkeypatch, month, unit):
    """On Windows nothing could replace the store."""
    closed = []
    monkeypatch.setattr(Store, "close", lambda store: closed.append(store))
    with pytest.raises(ScorecardError):
        Report(month, unit, fenwold)
    assert len(closed) == 1


def test_an_unknown_indicator_is_reported(report):
    for ask in (report.panels, report.ambers, report.summary):
        with pytest.raises(UnknownNameError, match=r"unknown (rated )?indicator `b4`"):
            ask(["b1", "b4"])


def test_the_headline_counts_the_ratings_of_the_page(report):
    headline = report.summary(CODES).headline

    assert headline.ratings == {"green": 2, "amber": 0, "red": 1}
    assert (
        headline.sentence
        == "A selection: 3 of the 9 indicators. 3 indicators are rated: 2 Green, 0 Amber and 1 Red."
    )
    assert len(headline.changes) == 2


def test_a_red_without_commentary_needs_attention_and_one_with_does_not(report):
    stack = report.exceptions()
    attention = [said for part in stack.shown for said in getattr(part, "attention", ())]

    assert attention == ["Days from care to adoptive home (b3) is Red and has no commentary."]


def test_an_exception_report_says_who_answers_for_the_indicator(report):
    report = BeautifulSoup(report.exceptions()["b3"].parts[0].html, "html.parser")
    said = {row.dt.text: row.dd.text for row in report.select("dl.roles > div")}

    assert said == {
        "Director": "Director of Care", "Portfolio": "Young people", "Lead officer": "Head of Care"
    }  # fmt: skip


def test_a_month_without_a_meeting_needs_attention(fenwold, report):
    with_meeting = report.heading("T")
    words = "Children and Families Scrutiny Committee"

    assert words in with_meeting.html
    assert "18 July 2024" in with_meeting.html
    without = Report("2024-05", "fenwold", fenwold).heading("T")

    assert not with_meeting.attention
    assert without.attention == [
        "No committee or meeting date for May 2024: write params/2024-05.yml."
    ]


@pytest.mark.parametrize("month", ["2024-05", "2024-06"])
def test_a_page_of_no_meeting_names_no_committee_and_asks_for_none(fenwold, month):
    heading = Report(month, "fenwold", fenwold).heading("T", meeting=False)

    assert "<dl" not in heading.html
    assert not heading.attention


def test_names_from_the_files_are_never_markup(tmp_path):
    nasty = "<script>x</script>"
    units = UNITS.replace("Shire,county", f"{nasty},county")
    workbook = make_workbook(
        tmp_path,
        {"2016-07": "shire,h,all,50,100", "2016-08": "shire,h,all,60,100 shire,stock,all,9,"},
        units=units,
    )
    (workbook.root / "params/wording.yml").write_text(
        f"council: {nasty}\nservice: S\nglossary: [{{term: {nasty}, meaning: {nasty}}}]\n",
        encoding="utf-8",
    )
    report = Report("2016-08", "shire", workbook)
    for ask in (report.summary, report.scorecard, report.exceptions, report.activity_table,
                report.key, lambda: report.heading(nasty)):  # fmt: skip
        for html in (part for part in pieces(ask()) if part.startswith("<")):
            assert not BeautifulSoup(html, "html.parser").select("script")


def test_activity_measures_among_the_codes_of_a_panel_are_charted_and_have_no_panel(report):
    codes = ["b1", "s2"]

    assert report.panels(codes).keys == ["b1"]
    assert report.ambers(codes).html == report.ambers(["b1"]).html
    assert [*report.activity_over_time(codes).charts] == ["activity-in-hand"]


def test_codes_without_an_indicator_leave_no_section_of_panels(report):
    (part,) = report.panels(["s2"]).shown
    assert isinstance(part, Nothing)
