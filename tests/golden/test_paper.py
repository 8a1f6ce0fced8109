"""Every figure, rating and arrow of the published paper, against pages made afresh."""

from __future__ import annotations

import csv
import re
from copy import copy
from fractions import Fraction

import pytest

from support.page_figures import Shown, differences, figures, page, rows, table
from support.places import TESTS

PUBLISHED = TESTS / "published"
RATING = {"G": "green", "A": "amber", "R": "red"}
DIRECTION = {"↑": "better", "↓": "worse", "→": "same"}
DASH = Shown("-")
NOTHING = Shown("")
STOCKS = {
    "Caseloads": "caseloads",
    "CP Plans": "cp-plans",
    "Total LAC": "lac",
    "UASC LAC": "uasc-lac",
    "PF Cases": "pf-cases",
}
READINGS = {"This month": "this", "Last month": "last", "Change": "change"}
FLOWS = {
    "Referrals in last month": "referrals",
    "CF Assessments in last month": "assessments",
    "CP Starts in last month": "cp-starts",
    "CP Ends in last month": "cp-ends",
    "LAC Starts in last month": "lac-starts",
    "LAC Ends in last month": "lac-ends",
}


def published(name: str) -> list[dict[str, str]]:
    """A file of the transcribed paper."""
    with (PUBLISHED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SCORECARD = published("scorecard_kent_2016-08")
ACTIVITY = published("activity_2016-08")
UASC = published("uasc_impact_2016-08")
TRENDS = published("exceptions_trend_2016-08")
SLUGS = {unit["name"]: unit["unit"] for unit in published("units")}


def scorecard_row(paper: dict[str, str]) -> dict[str, Shown]:
    """What the page must show of one indicator; a figure the paper leaves out is not compared."""
    expected = {
        "result": Shown(paper["result"], RATING[paper["rag"]]),
        "num": Shown(paper["num"]),
        "denom": Shown(paper["denom"]),
        "target": Shown(paper["target_2016_17"]),
        "polarity": Shown(paper["polarity"]),
        "data_period": Shown(paper["period"]),
        "month_ago": Shown(paper["one_month_ago"], direction=DIRECTION.get(paper["dot_month"])),
        "year_ago": Shown(paper["one_year_ago"], direction=DIRECTION.get(paper["dot_year"])),
        "r3m": Shown(paper["rolling_3_months"], RATING.get(paper["rolling_3_months_rag"])),
    }
    if not paper["one_year_ago"]:
        expected["year_ago"] = Shown("Not comparable")
    if not paper["rolling_3_months"]:
        expected["r3m"] = DASH
    return expected


def activity_row(paper: dict[str, str]) -> dict[str, Shown]:
    """What the page must show of one unit's activity, in the paper's order of columns.

    A change that is a rise has its plus sign, which our transcript leaves out.
    """
    fields = {}
    for column in list(paper)[1:]:
        measure, _, reading = column.partition(" - ")
        field = f"{STOCKS[measure]}-{READINGS[reading]}" if reading else FLOWS[column]
        change = reading == "Change" and int(paper[column]) > 0
        fields[field] = Shown(f"+{paper[column]}" if change else paper[column])
    return fields


def uasc_row(paper: dict[str, str]) -> dict[str, Shown]:
    """What the page must show of one indicator with and without UASC.

    A count has no denominator, and its numerator is its result, which is shown once.
    """
    count = not paper["denom_including"]
    expected = {
        "including_num": Shown("" if count else paper["num_including"]),
        "including_denom": Shown(paper["denom_including"]),
        "excluding_num": Shown("" if count else paper["num_excluding"]),
        "excluding_denom": Shown(paper["denom_excluding"]),
        "target": Shown(paper["target"]),
    }
    if paper["variance"]:  # the paper prints results for the county only
        for cohort in ("including", "excluding"):
            text, rag = paper[f"result_{cohort}"], paper[f"rag_{cohort}"]
            expected[f"{cohort}_result"] = Shown(text, RATING[rag])
        expected["variance"] = Shown(paper["variance"])
    return expected


def uasc_table(paper: dict[str, str]) -> str:
    """The name of the table that a row of the paper stands in."""
    return "uasc-other" if paper["block"].startswith("Other") else f"uasc-{SLUGS[paper['unit']]}"


def of_code(found, code: str):
    """The one row of an indicator in a table."""
    (row,) = found.select(f'tr[data-code="{code}"]')
    return row


@pytest.fixture(scope="module")
def county(month):
    return page(month / "county.html")


@pytest.fixture(scope="module")
def uasc(month):
    return page(month / "uasc-impact.html")


@pytest.mark.parametrize("paper", SCORECARD, ids=[row["id"] for row in SCORECARD])
def test_scorecard_row(county, paper):
    row = of_code(table(county, "scorecard"), paper["id"])

    assert row["data-unit"] == "kent"
    assert differences(figures(row), scorecard_row(paper)) == []


def test_scorecard_holds_the_paper_s_indicators_in_its_order(county):
    codes = [row["data-code"] for row in rows(table(county, "scorecard"))]

    assert codes == [paper["id"] for paper in SCORECARD]


def test_scorecard_is_grouped_in_the_paper_s_sections(county):
    headings = table(county, "scorecard").select("tr.group th")

    assert [th.get_text().upper() for th in headings] == list(
        dict.fromkeys(paper["section"] for paper in SCORECARD)
    )


@pytest.mark.parametrize("field", ["result", "num", "month_ago", "year_ago", "r3m", "target"])
def test_a_changed_figure_is_noticed(county, field):
    row = copy(of_code(table(county, "scorecard"), "1"))
    text = row.select_one(f'[data-field="{field}"]').find(string=re.compile(r"\d"))
    text.replace_with(text.replace("2", "3", 1) if "2" in text else text.replace("3", "4", 1))

    (difference,) = differences(figures(row), scorecard_row(SCORECARD[0]))
    assert difference.startswith(f"{field}: ")


def test_a_changed_rating_and_a_changed_arrow_are_noticed(county):
    row = copy(of_code(table(county, "scorecard"), "1"))
    row.select_one('[data-field="result"]')["data-rating"] = "red"
    row.select_one('[data-field="month_ago"] [data-direction]')["data-direction"] = "same"
    row.select_one('[data-field="r3m"]').decompose()

    found = differences(figures(row), scorecard_row(SCORECARD[0]))
    assert [difference.split(":")[0] for difference in found] == ["result", "month_ago", "r3m"]


@pytest.mark.parametrize("paper", ACTIVITY, ids=[row["unit"] for row in ACTIVITY])
def test_activity_row(county, paper):
    (row,) = table(county, "activity").select(f'tr[data-unit="{SLUGS[paper["unit"]]}"]')
    found = figures(row)

    assert found.pop("unit") == Shown(paper["unit"])
    assert differences(found, activity_row(paper)) == []
    assert list(found) == list(activity_row(paper)), "the columns stand in another order"


def test_activity_lists_the_paper_s_units_in_its_order(county):
    found = [row["data-unit"] for row in rows(table(county, "activity"))]

    assert found == [SLUGS[paper["unit"]] for paper in ACTIVITY]
    assert (len(found), len(activity_row(ACTIVITY[0]))) == (28, 21)


def test_a_changed_activity_figure_is_noticed(county):
    row = copy(rows(table(county, "activity"))[3])
    row.select_one('[data-field="cp-plans-change"]').string = "21"

    (difference,) = differences(figures(row), activity_row(ACTIVITY[3]))
    assert "cp-plans-change" in difference
    assert "text='+20'" in difference


@pytest.mark.parametrize("paper", UASC, ids=[f"{row['unit']}-{row['id']}" for row in UASC])
def test_uasc_row(uasc, paper):
    row = of_code(table(uasc, uasc_table(paper)), paper["id"])

    assert row["data-unit"] == SLUGS[paper["unit"]]
    assert differences(figures(row), uasc_row(paper)) == []


AREAS = [row for row in UASC if row["unit"] != "Kent"]


@pytest.mark.parametrize("paper", AREAS, ids=[f"{row['unit']}-{row['id']}" for row in AREAS])
def test_uasc_results_of_areas_follow_from_the_paper_s_numerators(uasc, paper):
    """The paper leaves the areas' results to the reader; so each is worked out here again."""
    found = figures(of_code(table(uasc, uasc_table(paper)), paper["id"]))
    exact = {
        cohort: Fraction(100 * int(paper[f"num_{cohort}"]), int(paper[f"denom_{cohort}"]))
        for cohort in ("including", "excluding")
    }
    difference = exact["excluding"] - exact["including"]
    sign = "+" if difference > 0 else "-" if difference < 0 else ""

    assert found["including_result"].text == f"{one_decimal(exact['including'])}%"
    assert found["excluding_result"].text == f"{one_decimal(exact['excluding'])}%"
    assert found["variance"].text == f"{sign}{one_decimal(abs(difference))}%"


def one_decimal(value: Fraction) -> str:
    """A value not below zero, rounded with halves away from zero."""
    tenths = (20 * value.numerator + value.denominator) // (2 * value.denominator)
    return f"{tenths // 10}.{tenths % 10}"


def test_uasc_tables_hold_the_paper_s_rows_in_its_order(uasc):
    for name in dict.fromkeys(map(uasc_table, UASC)):
        found = [row["data-code"] for row in rows(table(uasc, name))]
        assert found == [paper["id"] for paper in UASC if uasc_table(paper) == name]


def test_a_variance_that_loses_its_sign_is_noticed(uasc):
    paper = next(row for row in UASC if row["variance"] == "+0.0%")
    row = copy(of_code(table(uasc, uasc_table(paper)), paper["id"]))
    row.select_one('[data-field="variance"]').string = "0.0%"

    (difference,) = differences(figures(row), uasc_row(paper))
    assert difference.startswith("variance: ")


@pytest.mark.parametrize("paper", TRENDS, ids=[row["id"] for row in TRENDS])
def test_exception_trend(county, paper):
    found = {
        row["data-month"]: figures(row)["result"].text
        for row in rows(table(county, f"exception-{paper['id']}-trend"))
    }

    assert found == {month: text for month, text in paper.items() if re.match(r"\d{4}", month)}


def test_a_result_that_rounds_onto_the_floor_shows_the_decimal_that_explains_its_rating(county):
    ratings = {
        row["data-month"]: figures(row)["result"]
        for row in rows(table(county, "exception-17-trend"))
    }

    assert ratings["2016-06"] == Shown("12.97%", "amber")
    assert ratings["2016-08"] == Shown("13.0%", "red")


def test_each_red_indicator_has_an_exception_report(county):
    reds = [paper["id"] for paper in SCORECARD if paper["rag"] == "R"]
    headings = [h3["id"] for h3 in county.select('h3[id^="exception-"]')]

    assert headings == [f"exception-{code}" for code in reds]
    assert not county.select(".missing"), "a Red indicator has no commentary"


def test_ratings_are_counted_as_the_paper_counts_them(county):
    count = {rag: sum(paper["rag"] == rag for paper in SCORECARD) for rag in "GAR"}
    said = f"45 indicators are rated: {count['G']} Green, {count['A']} Amber and {count['R']} Red."

    assert said in county.get_text()
    totals = figures(rows(table(county, "rating-totals"))[-1])
    assert [totals[code].text for code in (*RATING.values(), "not_rated")] == ["22", "20", "3", "0"]


def test_west_kent_s_near_threshold_result_is_amber_and_explained(uasc):
    row = of_code(table(uasc, "uasc-west-kent"), "17")
    note = row.select_one('[data-field="including_result"] sup a')["href"]

    assert figures(row)["including_result"] == Shown("13.0%", "amber")
    assert "12.98%" in uasc.select_one(note).get_text()
