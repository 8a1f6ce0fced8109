"""Revised figures on a page: marked where they stand, and explained at its end."""

from __future__ import annotations

import shutil

import pytest
from bs4 import BeautifulSoup, Tag

from scorecard.months import Month
from scorecard.report import Report
from scorecard.store.store import in_memory
from scorecard.workbook import Workbook
from support.ledgers import record_load
from support.stores import asked_only
from support.workbooks import by_month, make_workbook, with_areas

THIS = Month(2016, 8)
YEAR = [str(THIS - back) for back in range(12, -1, -1)]
COUNTS = "shire,h,all,70,100\nshire,stock,all,90,\nshire,roll,all,9,10\nnorth,h,all,35,50"
BOTH = "\nshire,h,excluding_uasc,60,80"


def empty(folder, **texts):
    """A workbook without results."""
    made = make_workbook(folder, {}, **texts)
    made.params("wording").write_text("council: C\nservice: S\n", encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    """August was published from load 1; load 2 corrected August, July and last September."""
    made = empty(tmp_path_factory.mktemp("workbook"))
    states = dict.fromkeys(YEAR, COUNTS + BOTH)
    record_load(made, states)
    states["2016-08"] = states["2016-08"].replace("shire,h,all,70", "shire,h,all,95")
    states["2016-07"] = states["2016-07"].replace("stock,all,90", "stock,all,80")
    states["2015-09"] = states["2015-09"].replace("roll,all,9,", "roll,all,4,")
    record_load(made, states, published={"2016-08": 1}, why="Two teams sent their records late.")
    return made


@pytest.fixture
def copied(workbook, tmp_path):
    """A copy of it that may be changed."""
    return Workbook.at(shutil.copytree(workbook.root, tmp_path / "copy"))


@pytest.fixture(scope="module")
def report(workbook):
    """The report on August, whose scorecard and activity are on the page."""
    made = Report("2016-08", "shire", workbook)
    made.scorecard()
    made.activity_table()
    return made


def marked(html: str, code: str) -> set[str]:
    """The fields of an indicator's row that carry the marker of a revision."""
    (row,) = BeautifulSoup(html, "html.parser").select(f'tr[data-code="{code}"]')
    return revised(row)


def revised(row: Tag) -> set[str]:
    """The fields of a row whose figures are marked, by themselves or in a heading."""
    return {
        cell["data-field"]
        for cell in row.select("td[data-field]")
        if "[r]" in cell.get_text() or cell.get("data-marked") == "r"
    }


def explained(report: Report) -> list[list[str]]:
    """The rows of the table of revised figures, as a reader sees them."""
    page = BeautifulSoup(report.footnotes().html, "html.parser")
    rows = page.select("#revised-figures-table tbody tr")
    return [[" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")] for row in rows]


def test_a_revised_figure_is_marked_wherever_it_is_shown(report):
    scorecard = report.scorecard().html
    assert marked(scorecard, "h") == {"result", "num", "denom"}
    # Last September is in the year that ends in August and in that which ends in July, not in the
    # three months to August.
    assert marked(scorecard, "roll") == {"result", "num", "denom", "month_ago"}
    page = BeautifulSoup(report.activity_table().html, "html.parser")
    cells = page.select('#activity-table [data-field="stock-last"]')
    assert ("80", "r") in [(cell.get_text(), cell.get("data-marked")) for cell in cells]


def test_what_was_first_published_and_why_it_changed_is_at_the_end(report):
    assert explained(report) == [
        ["Shire", "h", "Higher is better", "August 2016 note 1", "70.0% (70 of 100) R Red",
         "95.0% (95 of 100) G Green"],
        ["Shire", "roll", "Rolling", "August 2016; July 2016 too note 1",
         "90.0% (108 of 120) G Green",
         "85.8% (103 of 120) A Amber"],
        ["Shire", "- : an activity measure", "Stock", "July 2016 note 1", "90", "80"],
    ]  # fmt: skip
    page = BeautifulSoup(report.footnotes().html, "html.parser")
    assert [note.get_text() for note in page.select("ol.notes li")] == [
        "Two teams sent their records late (load 2, 2 September 2016)."
    ]


def test_only_what_the_page_shows_is_explained(workbook):
    report = Report("2016-08", "shire", workbook)
    report.activity_table()
    assert [row[2] for row in explained(report)] == ["Stock"]
    other = Report("2016-08", "north", workbook)
    other.scorecard()
    assert explained(other) == []


def test_a_revised_cohort_is_explained_only_where_it_is_shown(tmp_path):
    made = empty(tmp_path)
    record_load(made, {"2016-08": COUNTS + BOTH})
    other = BOTH.replace("60,80", "61,80")
    record_load(made, {"2016-08": COUNTS + other}, published={"2016-08": 1})
    report = Report("2016-08", "shire", made)
    report.scorecard()
    assert explained(report) == []
    report.uasc_tables(["h"], [])
    assert [row[3] for row in explained(report)] == ["August 2016, excluding UASC note 1"]


def test_of_the_effect_of_uasc_only_the_revised_cohort_and_the_variance_are_marked(workbook):
    report = Report("2016-08", "shire", workbook)
    (part,) = report.uasc_tables(["h"], []).shown
    assert marked(part.html, "h") == {
        "including_result", "including_num", "including_denom", "variance",
    }  # fmt: skip
    (table,) = part.tables
    found = dict(zip([column.name for column in table.columns], table.rows[0], strict=True))
    assert found["including_result_provenance"] == "published + revised"
    assert found["excluding_result_provenance"] == "published"


def test_of_an_activity_measure_only_the_revised_month_and_the_change_are_marked(report):
    part = report.activity_table()
    row = BeautifulSoup(part.html, "html.parser").select_one("tbody tr")
    assert revised(row) == {"stock-last", "stock-change"}
    table, *_ = part.tables
    found = dict(zip([column.name for column in table.columns], table.rows[0], strict=True))
    assert found["stock_provenance"] == "published"


def test_a_result_that_is_gone_is_marked_as_revised(tmp_path):
    made = empty(tmp_path)
    states = dict.fromkeys(YEAR, COUNTS)
    record_load(made, states)
    states["2016-08"] = states["2016-08"].replace("shire,h,all,70,100\n", "")
    record_load(made, states, published={"2016-08": 1}, why="Withdrawn.")
    row = BeautifulSoup(Report("2016-08", "shire", made).scorecard().html, "html.parser")
    cell = row.select_one('tr[data-code="h"] [data-field="result"]')
    assert " ".join(cell.get_text(" ").split()) == "Not available [r]"


def test_an_earlier_result_that_is_gone_is_marked_too(copied):
    states = {month: COUNTS + BOTH for month in YEAR if month not in ("2015-08", "2016-07")}
    record_load(copied, states, published={"2016-08": 1}, why="Withdrawn.")
    html = Report("2016-08", "shire", copied).scorecard().html
    assert {"month_ago", "year_ago"} <= marked(html, "h")


AUGUST = "2016-08"
FULL = dict.fromkeys(YEAR, "h,all,70,100 roll,all,9,10")
CASES = {
    "cohort": (FULL, *[FULL | {AUGUST: f"{FULL[AUGUST]} h,excluding_uasc,60,80"}] * 2),
    "begun": (FULL, *[{month: f"{lines} l,all,5,100" for month, lines in FULL.items()}] * 2),
    "gap": (FULL | {"2015-09": "h,all,70,100"}, FULL, FULL),
    "late": (FULL, *(FULL | {AUGUST: f"{FULL[AUGUST]} l,all,{num},100"} for num in (5, 6))),
    "again": (FULL, FULL | {AUGUST: FULL[AUGUST].replace("70", "71")}, FULL),
    "stays": (FULL, *[FULL | {AUGUST: FULL[AUGUST].replace("70", "71")}] * 2),
}  # fmt: skip
"""A unit for each case: its results after each of three loads."""


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """All cases, of which August was published from load 1 and from load 2."""
    made = empty(tmp_path_factory.mktemp("cases"), units=with_areas(*CASES))
    for load in range(3):
        results = by_month({unit: states[load] for unit, states in CASES.items()})
        record_load(made, results, published={AUGUST: load, "2016-07": 1} if load else {})
    return made


def figures(workbook, code: str, unit: str = "shire", as_at: int | None = None) -> dict[str, tuple]:
    """Versions of a figure by month: numerator, whether revised, since which load it is shown."""
    with asked_only(workbook) as store:
        rows = store.rows(
            "FROM figures_as_at($as_at) WHERE unit = $unit AND code = $code AND cohort = 'all'",
            code=code, unit=unit, as_at=as_at,
        )  # fmt: skip
    return {
        str(Month.of(row["month"])): (
            row["num"] and int(row["num"]), row["revised"], row["shown_from"]
        )
        for row in rows
    }  # fmt: skip


def test_a_cohort_that_came_after_the_month_was_published_is_new_and_not_revised(published):
    report = Report("2016-08", "cohort", published)
    (part,) = report.uasc_tables(["h"], []).shown
    assert marked(part.html, "h") == set()
    assert explained(report) == []


def test_a_new_indicator_with_its_earlier_months_is_not_revised(published):
    report = Report("2016-08", "begun", published)
    assert marked(report.scorecard().html, "l") == set()
    assert explained(report) == []
    assert set(figures(published, "l", "begun").values()) == {(5, False, None)}


def test_a_rolling_result_that_has_all_its_months_since_is_not_revised(published):
    """It was published as not available: last September had no figures."""
    assert figures(published, "roll", "gap")["2016-08"] == (108, False, None)


def test_a_new_figure_is_revised_once_it_was_published_and_then_changed(published):
    """August was published from load 1 without it, and from load 2 with it."""
    assert figures(published, "l", "late")["2016-08"] == (6, True, 2)
    report = Report("2016-08", "late", published)
    report.scorecard()
    assert explained(report) == [
        ["late", "l", "Lower is better", "August 2016 note 1", "5.0% (5 of 100) G Green",
         "6.0% (6 of 100) G Green"],
    ]  # fmt: skip


def test_a_figure_that_is_again_as_first_published_is_not_revised(published):
    assert figures(published, "h", "again", as_at=2)["2016-08"] == (71, True, 1)
    assert figures(published, "h", "again")["2016-08"] == (70, False, 1)


def test_a_figure_stays_revised_when_a_later_load_finds_a_pack_with_it(published):
    assert figures(published, "h", "stays")["2016-08"] == (71, True, 1)


@pytest.mark.parametrize(("later", "revised"), [("2016-08", True), ("2015-07", False)])
def test_a_month_shown_beside_a_later_one_was_published_with_it(tmp_path, later, revised):
    """August 2016 shows the months back to August 2015; July 2015 shows none of them."""
    made, states = empty(tmp_path), dict.fromkeys(YEAR, COUNTS)
    record_load(made, states)
    states["2015-08"] = COUNTS.replace("70", "71")
    record_load(made, states, published={later: 1})
    assert figures(made, "h")["2015-08"] == (71, revised, 1 if revised else None)


def test_as_at_a_load_nothing_is_revised_that_was_published_only_later(tmp_path):
    """August was published from load 2; what load 1 held had been shown to nobody."""
    made = empty(tmp_path)
    for num, packs in ((70, {}), (71, {}), (72, {"2016-08": 2})):
        record_load(made, {"2016-08": f"shire,h,all,{num},100"}, published=packs)
    with in_memory(made) as store:
        found = store.rows("FROM figure_versions WHERE code = 'h' AND unit = 'shire' "
                           "ORDER BY first_load")  # fmt: skip
    assert [(row["num"], row["revised"]) for row in found] == [(70, False), (71, False), (72, True)]


@pytest.mark.parametrize("own", [True, False])
def test_a_cohort_and_the_last_three_months_are_published_in_their_own_month_only(tmp_path, own):
    made, states = empty(tmp_path), dict.fromkeys(YEAR, COUNTS + BOTH)
    record_load(made, states)
    states["2016-07"] = states["2016-07"].replace("60,80", "61,80").replace("9,10", "8,10")
    record_load(made, states, published={"2016-07" if own else "2016-08": 1})
    with in_memory(made) as store:
        july = "FROM {} WHERE unit = 'shire' AND month = '2016-07-01'"
        rows = store.rows(july.format("figures"))
        (short_term,) = store.rows(july.format("short_term_figures"))
    found = {(row["code"], row["cohort"]): (row["num"], row["revised"]) for row in rows}
    assert found["h", "excluding_uasc"] == (61, own)
    assert found["roll", "all"] == (107, True)
    assert (int(short_term["num"]), short_term["revised"]) == (26, own)


def test_a_difference_in_number_carries_the_markers_of_both_months(copied):
    copied.reference("provenance").write_text(
        "provenance,marker,count_marker,footnote\npublished,,e,Estimated.\n", encoding="utf-8"
    )
    html = Report("2016-08", "shire", copied).ambers(["roll"]).html
    row = BeautifulSoup(html, "html.parser").select_one('tr[data-code="roll"]')
    assert row.select_one('[data-field="difference"] .marker').get_text() == "[e, r]"


def test_the_summary_says_how_many_results_are_revised(workbook):
    said = BeautifulSoup(Report("2016-08", "shire", workbook).summary().html, "html.parser")
    assert "2 of 9 results are revised." in " ".join(said.get_text(" ").split())


def test_the_summary_of_the_effect_of_uasc_says_it_too_and_so_does_the_index(workbook):
    told = Report("2016-08", "shire", workbook).uasc_summary(["h"])
    said = BeautifulSoup(told.html, "html.parser").select_one(".caution").get_text(" ")
    assert said.startswith("1 of 1 result with UASC is revised.")
    assert list(told.headline.cautions) == [" ".join(said.split())]


def test_downloads_say_which_figures_are_revised_and_what_they_were(report):
    (table,) = report.scorecard().tables
    names = [column.name for column in table.columns]
    row = next(row for row in table.rows if row[names.index("code")] == "h")
    assert row[names.index("result_provenance")] == "published + revised"
    assert row[names.index("month_ago_provenance")] == "published"

    told = report.footnotes()
    assert told.notes[0].of == "revised"
    assert "The table revised-figures says what each was" in told.notes[0].text
    revised, months = told.tables
    assert (revised.name, months.name) == ("revised-figures", "limit-months")
    found = dict(zip([column.name for column in revised.columns], revised.rows[0], strict=True))
    assert (found["was_num"], found["now_num"], found["was_rating"]) == (70, 95, "red")
    # A file must say 70 as the page does, and a rate 70.0.
    assert [str(found[f"was_{part}"]) for part in ("num", "denom", "shown")] == [
        "70", "100", "70.0"
    ]  # fmt: skip


def test_a_revised_activity_measure_has_the_decimals_it_was_supplied_with(tmp_path):
    workbook = empty(tmp_path)
    record_load(workbook, {"2016-08": "shire,stock,all,52.3,"})
    record_load(workbook, {"2016-08": "shire,stock,all,52.4,"}, published={"2016-08": 1})
    report = Report("2016-08", "shire", workbook)
    report.activity_table()
    assert explained(report)[0][4:] == ["52.3", "52.4"]
    (table,) = report.footnotes().tables
    names = [column.name for column in table.columns]
    row = dict(zip(names, table.rows[0], strict=True))
    assert [str(row[f"{when}_shown"]) for when in ("was", "now")] == ["52.3", "52.4"]


def test_as_at_the_earlier_load_the_page_says_nothing_of_it(workbook):
    report = Report("2016-08", "shire", workbook, as_at=1)
    html = report.scorecard().html + report.activity_table().html + report.footnotes().html
    assert "[r]" not in html
    assert "revised" not in html
    assert "70.0%" in html


def test_the_marker_is_the_council_s_own(copied):
    path = copied.params("wording")
    path.write_text("council: C\nservice: S\nrevised_marker: rev\n", encoding="utf-8")
    report = Report("2016-08", "shire", copied)
    assert "[rev]" in report.scorecard().html
    assert "A figure marked [rev]" in report.footnotes().html


def test_a_provisional_figure_carries_the_marker_of_its_provenance(copied):
    copied.reference("provenance").write_text(
        "provenance,marker,count_marker,footnote\npublished,,,\nprovisional,p,p,Not final.\n",
        encoding="utf-8",
    )
    path = copied.root / "data/results/2016-08.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("95,100,published", "95,100,provisional"), encoding="utf-8")
    report = Report("2016-08", "shire", copied)
    assert "[p, r]" in report.scorecard().html
    assert "Not final." in report.footnotes().html
