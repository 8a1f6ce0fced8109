"""The committed results against the published paper, in exact arithmetic.

Independent of the program that made them: it reads only data/ and tests/published/.
"""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import pytest

from support.places import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

RESULTS = REPOSITORY / "data" / "results"
REFERENCE = REPOSITORY / "data" / "reference"
PUBLISHED = REPOSITORY / "tests" / "published"

MONTHS = [f"{2014 + (8 + i) // 12}-{(8 + i) % 12 + 1:02d}" for i in range(24)]
JULY, AUGUST, YEAR_AGO = "2016-07", "2016-08", "2015-08"
FIRST_MONTH = {"8": "2016-04", "9": "2015-05", "35": "2016-04"}
AREAS = ["north-kent", "east-kent", "south-kent", "west-kent"]
SERVICES = ["disability-service", "suasc-service", "adoption-sg", "care-leaver-service-18"]
AREA_INDICATORS = ["17", "18", "21", "22", "23", "24", "25", "26", "27"]

STOCKS = {
    "caseloads": "Caseloads",
    "cp-plans": "CP Plans",
    "lac": "Total LAC",
    "uasc-lac": "UASC LAC",
    "pf-cases": "PF Cases",
}
FLOWS = {
    "referrals": "Referrals in last month",
    "assessments": "CF Assessments in last month",
    "cp-starts": "CP Starts in last month",
    "cp-ends": "CP Ends in last month",
    "lac-starts": "LAC Starts in last month",
    "lac-ends": "LAC Ends in last month",
}


class Row(NamedTuple):
    """A result's figures and where they come from."""

    num: Fraction
    denom: Fraction | None
    provenance: str


@cache
def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def results() -> dict[tuple[str, str, str, str], Row]:
    """Every row by (month, unit, code, cohort)."""
    found = {}
    for path in sorted(RESULTS.glob("*.csv")):
        for row in table(path):
            key = (row["month"], row["unit"], row["code"], row["cohort"])
            denom = Fraction(row["denom"]) if row["denom"] else None
            found[key] = Row(Fraction(row["num"]), denom, row["provenance"])
    return found


def published(name: str) -> list[dict[str, str]]:
    return table(PUBLISHED / f"{name}.csv")


SCORECARD = {row["id"]: row for row in published("scorecard_kent_2016-08")}
TARGETS = {row["id"]: row for row in published("targets_2016-17")}
IMPACT = published("uasc_impact_2016-08")
SLUGS = {row["name"]: row["unit"] for row in published("units")}
INDICATORS = list(SCORECARD)
COUNTED = [code for code, row in SCORECARD.items() if not row["denom"]]
PERCENT = [code for code, row in SCORECARD.items() if row["result"].endswith("%")]
ROLLING = [code for code, row in SCORECARD.items() if row["period"] == "R12M"]
COUNTY_COHORTS = [row["id"] for row in IMPACT if row["unit"] == "Kent"]


def months_of(code: str) -> list[str]:
    return MONTHS[MONTHS.index(FIRST_MONTH.get(code, MONTHS[0])) :]


def series(unit: str, code: str, cohort: str = "all") -> dict[str, Row]:
    """A unit's rows by month, in order."""
    found = {month: results().get((month, unit, code, cohort)) for month in MONTHS}
    return {month: row for month, row in found.items() if row is not None}


def window(unit: str, code: str, end: str, length: int, cohort: str = "all") -> Row:
    """Sums over the months ending at `end`; every month must be there."""
    last = MONTHS.index(end)
    assert last - length + 1 >= 0, f"no {length} months before {end}"
    rows = [results()[month, unit, code, cohort] for month in MONTHS[last - length + 1 : last + 1]]
    denoms = [row.denom for row in rows]
    denom = None if None in denoms else sum(denoms)
    return Row(sum(row.num for row in rows), denom, "")


def result(row: Row, code: str) -> Fraction:
    """The exact result: a percentage, an average or a count."""
    if row.denom is None:
        return row.num
    return row.num / row.denom * (100 if code in PERCENT else 1)


def latest(code: str, end: str = AUGUST) -> Fraction:
    return result(window("kent", code, end, 12 if code in ROLLING else 1), code)


def display(value: Fraction, like: str) -> str:
    """Rounded half away from zero, with as many decimals and the same sign as `like`."""
    places = len(like.rstrip("%").partition(".")[2])
    units = (abs(value) * 10**places + Fraction(1, 2)).__floor__()
    text = f"{Decimal(units).scaleb(-places):f}"
    return text + ("%" if like.endswith("%") else "")


def rating(value: Fraction, code: str) -> str:
    row = TARGETS[code]
    target = Fraction(row["target"].rstrip("%"))
    if row["polarity"] == "T":
        gap = abs(value - target)
        if gap <= Fraction(row["green_within"]):
            return "G"
        return "R" if gap > Fraction(row["amber_within"]) else "A"
    floor = Fraction(row["floor"])
    if row["polarity"] == "H":
        return "G" if value >= target else "R" if value < floor else "A"
    return "G" if value <= target else "R" if value >= floor else "A"


def arrow(now: Fraction, then: Fraction, code: str) -> str:
    if now == then:
        return "→"
    polarity = TARGETS[code]["polarity"]
    if polarity == "T":
        target = Fraction(TARGETS[code]["target"].rstrip("%"))
        better = abs(now - target) < abs(then - target)
    else:
        better = (now > then) == (polarity == "H")
    return "↑" if better else "↓"


# The files ------------------------------------------------------------------------------------


def test_there_is_a_file_for_each_of_24_months():
    assert [path.stem for path in sorted(RESULTS.glob("*.csv"))] == MONTHS


@pytest.mark.parametrize("month", MONTHS)
def test_file_follows_the_contract(month):
    rows = table(RESULTS / f"{month}.csv")
    codes = [row["code"] for row in table(REFERENCE / "indicators.csv")]
    units = [row["unit"] for row in table(REFERENCE / "units.csv")]
    provenances = [row["provenance"] for row in table(REFERENCE / "provenance.csv")]
    assert list(rows[0]) == ["month", "unit", "code", "cohort", "num", "denom", "provenance"]
    keys = []
    for row in rows:
        assert row["month"] == month
        assert row["provenance"] in provenances
        assert row["cohort"] in ("all", "excluding_uasc")
        for field in ("num", "denom"):
            assert re.fullmatch(r"\d+(\.\d*[1-9])?|", row[field]), row
        assert row["num"], row
        counted = row["code"] in COUNTED or row["code"] in (*STOCKS, *FLOWS)
        assert (row["denom"] == "") == counted, row
        keys.append((units.index(row["unit"]), codes.index(row["code"]), row["cohort"]))
    assert keys == sorted(set(keys)), "rows repeat or are out of order"


@pytest.mark.parametrize("code", INDICATORS)
def test_county_has_every_month_it_should(code):
    assert list(series("kent", code)) == months_of(code)


@pytest.mark.parametrize("code", INDICATORS)
def test_other_units_have_the_same_months_as_the_county(code):
    for unit in (*AREAS, *SERVICES):
        found = list(series(unit, code))
        assert found in ([], months_of(code)), f"{unit} has gaps in {code}"
        assert found or unit in SERVICES, f"{unit} lacks {code}"


def test_people_are_counted_whole():
    parts = {key for key, row in results().items() if row.num.denominator > 1}
    assert {code for _, _, code, _ in parts} == {"41", "42"}
    parts = {key for key, row in results().items() if row.denom and row.denom.denominator > 1}
    assert {code for _, _, code, _ in parts} == {"41", "42", "43", "44", "45"}


# The county scorecard -------------------------------------------------------------------------


@pytest.mark.parametrize("code", INDICATORS)
def test_august_numerator_and_denominator(code):
    row = SCORECARD[code]
    found = window("kent", code, AUGUST, 12 if code in ROLLING else 1)
    if code in COUNTED:
        assert found.num == Fraction(row["result"])
    else:
        assert (found.num, found.denom) == (Fraction(row["num"]), Fraction(row["denom"]))


@pytest.mark.parametrize("code", INDICATORS)
def test_latest_result_and_rating(code):
    row = SCORECARD[code]
    assert display(latest(code), row["result"]) == row["result"]
    assert rating(latest(code), code) == row["rag"]


@pytest.mark.parametrize("code", INDICATORS)
@pytest.mark.parametrize(
    ("month", "shown", "dot"),
    [(JULY, "one_month_ago", "dot_month"), (YEAR_AGO, "one_year_ago", "dot_year")],
)
def test_earlier_result_and_arrow(code, month, shown, dot):
    row = SCORECARD[code]
    if not row[shown]:
        assert code in FIRST_MONTH
        assert month not in series("kent", code) or MONTHS.index(month) < 11 + MONTHS.index(
            FIRST_MONTH[code]
        )
        return
    then = latest(code, month)
    assert display(then, row[shown]) == row[shown]
    assert arrow(latest(code), then, code) == row[dot]


@pytest.mark.parametrize("code", ROLLING)
def test_short_term_result_and_rating(code):
    row = SCORECARD[code]
    found = result(window("kent", code, AUGUST, 3), code)
    assert display(found, row["rolling_3_months"]) == row["rolling_3_months"]
    assert rating(found, code) == row["rolling_3_months_rag"]


@pytest.mark.parametrize("row", published("exceptions_trend_2016-08"), ids=lambda row: row["id"])
def test_exception_trend(row):
    for month in ("2016-05", "2016-06", "2016-07", "2016-08"):
        assert display(latest(row["id"], month), row[month]) == row[month], month


def test_placement_stability_is_just_below_its_floor_in_june():
    assert latest("17", "2016-06") < 13
    assert display(latest("17", "2016-06"), "0.0%") == "13.0%"


# UASC -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", IMPACT, ids=lambda row: f"{row['unit']}-{row['id']}")
def test_uasc_impact(row):
    unit, code = SLUGS[row["unit"]], row["id"]
    for cohort, word in (("all", "including"), ("excluding_uasc", "excluding")):
        found = window(unit, code, AUGUST, 12 if code in ROLLING else 1, cohort)
        assert found.num == Fraction(row[f"num_{word}"]), cohort
        denom = row[f"denom_{word}"]
        assert found.denom == (Fraction(denom) if denom else None), cohort


def test_the_cohort_without_uasc_is_where_it_should_be():
    found = {(unit, code) for _, unit, code, cohort in results() if cohort == "excluding_uasc"}
    areas = {(unit, code) for unit in AREAS for code in AREA_INDICATORS}
    county = {("kent", code) for code in COUNTY_COHORTS}
    services = {(unit, code) for unit, code in found if unit in SERVICES}
    assert found - services == areas | county
    assert {code for _, code in services} <= set(AREA_INDICATORS)
    assert {unit for unit, _ in services} == {"disability-service", "adoption-sg"}


@pytest.mark.parametrize("code", COUNTY_COHORTS)
def test_uasc_are_a_valid_group_in_every_month(code):
    for unit in ("kent", *AREAS, *SERVICES):
        others = series(unit, code, "excluding_uasc")
        whole = series(unit, code)
        assert list(others) in ([], list(whole)), f"{unit}: months differ"
        for month, rest in others.items():
            num = whole[month].num - rest.num
            assert num >= 0, f"{unit} {month}"
            if rest.denom is not None:
                assert 0 <= num <= whole[month].denom - rest.denom, f"{unit} {month}"


# Validity and plausibility --------------------------------------------------------------------


@pytest.mark.parametrize("code", PERCENT)
def test_no_numerator_above_its_denominator(code):
    for key, row in results().items():
        if key[2] == code:
            assert 0 <= row.num <= row.denom, key


@pytest.mark.parametrize("code", [c for c in INDICATORS if c not in PERCENT and c not in COUNTED])
def test_nothing_without_a_denominator(code):
    for key, row in results().items():
        if key[2] == code:
            assert row.num == 0 or row.denom > 0, key


SNAPSHOT_PERCENT = [code for code in PERCENT if code not in ROLLING]
# Points a county snapshot may move in a month; the paper's own moves reach 3.0 (indicator 8).
SNAPSHOT_JUMP = 3
# Standard deviations of pure chance a county month may lie from the mean of its neighbours.
CHANCE_JUMP = {"25": 6}


@pytest.mark.parametrize("code", SNAPSHOT_PERCENT)
def test_snapshots_do_not_jump(code):
    found = [result(row, code) for row in series("kent", code).values()]
    for before, after in pairwise(found):
        assert abs(after - before) <= SNAPSHOT_JUMP, (float(before), float(after))


@pytest.mark.parametrize("code", [code for code in ROLLING if code in PERCENT])
def test_monthly_rates_scatter_no_more_than_chance_allows(code):
    rows = list(series("kent", code).values())
    for before, row, after in zip(rows, rows[1:], rows[2:], strict=False):
        num, denom = before.num + after.num, before.denom + after.denom
        rate = max(float(num / denom) * (1 - float(num / denom)), 0.01)
        spread = (rate / float(row.denom) + rate / float(denom)) ** 0.5
        gap = abs(float(row.num / row.denom) - float(num / denom))
        assert gap <= CHANCE_JUMP.get(code, 4) * spread, (gap, spread, row)


@pytest.mark.parametrize("code", ["29", "30"])
def test_monthly_average_days_stay_believable(code):
    for month, row in series("kent", code).items():
        assert 60 <= row.num / row.denom <= 900, month


@pytest.mark.parametrize("code", ["43", "44", "45"])
def test_caseloads_move_by_at_most_a_case_and_a_half(code):
    found = [row.num / row.denom for row in series("kent", code).values()]
    for before, after in pairwise(found):
        assert abs(after - before) <= Fraction(3, 2)


@pytest.mark.parametrize("code", [code for code in INDICATORS if code not in COUNTED])
def test_volumes_do_not_jump(code):
    """A flow of over 50 a month stays within a factor of 1.6; a level within 7% of last month."""
    bound = 1.6 if code in ROLLING else 1.07
    rows = series("kent", code)
    for (_, before), (month, after) in pairwise(rows.items()):
        if code == "14" and month == AUGUST:
            continue  # 48 plans ended in August 2016: printed
        if after.denom >= 50:
            assert 1 / bound <= after.denom / before.denom <= bound, month


@pytest.mark.parametrize("code", [code for code in INDICATORS if code not in ("8", "35")])
def test_history_is_not_a_flat_line(code):
    found = [result(row, code) for row in series("kent", code).values()]
    assert len(set(found)) >= len(found) // 2


# One figure under two names -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "source", "part"),
    [
        ("37", "36", "num"),
        ("38", "36", "num"),
        ("29", "31", "num"),
        ("34", "33", "denom"),
        ("24", "23", "denom"),
        ("42", "41", "denom"),
    ],
)
def test_a_denominator_that_is_another_indicators_figure(code, source, part):
    for unit in ("kent", *AREAS, *SERVICES):
        for month, row in series(unit, code).items():
            other = results()[month, unit, source, "all"]
            assert row.denom == getattr(other, part), f"{unit} {month}"


@pytest.mark.parametrize(("first", "second"), [("37", "38"), ("41", "42")])
def test_two_parts_of_one_denominator_fit_into_it(first, second):
    for unit in ("kent", *AREAS, *SERVICES):
        for month, row in series(unit, second).items():
            assert row.num + series(unit, first)[month].num <= row.denom, f"{unit} {month}"


@pytest.mark.parametrize(
    ("code", "activity"),
    [
        ("1", "referrals"),
        ("2", "assessments"),
        ("10", "cp-plans"),
        ("13", "cp-starts"),
        ("14", "cp-ends"),
        ("17", "lac"),
    ],
)
def test_county_activity_is_the_denominator(code, activity):
    for month in MONTHS:
        counted = results()[month, "kent", activity, "all"].num
        assert results()[month, "kent", code, "all"].denom == counted, month


def test_looked_after_uasc_are_the_difference_of_the_cohorts():
    for month in MONTHS:
        whole = results()[month, "kent", "17", "all"].denom
        rest = results()[month, "kent", "17", "excluding_uasc"].denom
        assert whole - rest == results()[month, "kent", "uasc-lac", "all"].num, month


@pytest.mark.parametrize(("code", "word"), [("43", "CIC"), ("44", "CSWT")])
@pytest.mark.parametrize("month", [JULY, AUGUST])
def test_caseload_numerators_are_the_teams_caseloads(code, word, month):
    teams = [row for row in published("units") if row["name"].endswith(word)]
    for unit in ("kent", *AREAS):
        expected = sum(
            results()[month, team["unit"], "caseloads", "all"].num
            for team in teams
            if unit in ("kent", team["parent"])
        )
        assert results()[month, unit, code, "all"].num == expected, unit


@pytest.mark.parametrize(
    ("code", "activity", "month"),
    [
        ("2", "assessments", AUGUST),
        ("10", "cp-plans", JULY),
        ("10", "cp-plans", AUGUST),
        ("13", "cp-starts", AUGUST),
        ("14", "cp-ends", AUGUST),
        ("17", "lac", JULY),
        ("17", "lac", AUGUST),
    ],
)
def test_unit_denominators_are_the_units_activity(code, activity, month):
    for unit in (*AREAS, *SERVICES):
        row = results().get((month, unit, code, "all"))
        counted = results()[month, unit, activity, "all"].num
        assert (row.denom if row else 0) == counted, unit


# Areas, services and activity -----------------------------------------------------------------


@pytest.mark.parametrize("code", INDICATORS)
def test_areas_and_services_add_up_to_the_county(code):
    cohorts = ["all", "excluding_uasc"] if code in AREA_INDICATORS else ["all"]
    for cohort in cohorts:
        parts = [series(unit, code, cohort) for unit in (*AREAS, *SERVICES)]
        for month, county in series("kent", code, cohort).items():
            rows = [part[month] for part in parts if month in part]
            assert sum(row.num for row in rows) == county.num, f"{cohort} {month}"
            if county.denom is not None:
                assert sum(row.denom for row in rows) == county.denom, f"{cohort} {month}"


@pytest.mark.parametrize("code", PERCENT)
def test_areas_differ_but_not_absurdly(code):
    """Over the last year, or in August, areas lie around the county and are not all alike."""
    length = 12 if code in ROLLING else 1
    rows = [window(area, code, AUGUST, length) for area in AREAS]
    rates = [result(row, code) for row in rows]
    assert len(set(rates)) > 1 or latest(code) == 100
    for area, row, rate in zip(AREAS, rows, rates, strict=True):
        assert row.denom > 0, area
        if code not in AREA_INDICATORS:
            odds = float(latest(code) * (100 - latest(code))) / 100
            spread = 100 * (odds / 100 / float(row.denom)) ** 0.5
            assert abs(rate - latest(code)) <= max(0.6 * odds, 3 * spread, 0.5), area


@pytest.mark.parametrize("row", published("activity_2016-08"), ids=lambda row: row["unit"])
def test_activity_is_as_printed(row):
    unit = SLUGS[row["unit"]]
    for code, column in FLOWS.items():
        assert results()[AUGUST, unit, code, "all"].num == Fraction(row[column]), code
    for code, name in STOCKS.items():
        august = results()[AUGUST, unit, code, "all"].num
        july = results()[JULY, unit, code, "all"].num
        assert august == Fraction(row[f"{name} - This month"]), code
        assert july == Fraction(row[f"{name} - Last month"]), code


def test_only_the_county_has_earlier_activity():
    early = {
        (month, unit, code)
        for month, unit, code, _ in results()
        if code in (*STOCKS, *FLOWS) and (month < JULY or (month == JULY and code in FLOWS))
    }
    assert {unit for _, unit, _ in early} == {"kent"}
    assert {code for _, _, code in early} == {*STOCKS, *FLOWS}
    assert len(early) == 22 * len(STOCKS) + 23 * len(FLOWS)


@pytest.mark.parametrize(
    ("stock", "starts", "ends"),
    [("cp-plans", "cp-starts", "cp-ends"), ("lac", "lac-starts", "lac-ends")],
)
def test_reconstructed_stocks_follow_from_their_flows(stock, starts, ends):
    for before, month in pairwise(MONTHS[:-1]):
        moved = (
            results()[month, "kent", starts, "all"].num - results()[month, "kent", ends, "all"].num
        )
        change = (
            results()[month, "kent", stock, "all"].num - results()[before, "kent", stock, "all"].num
        )
        assert change == moved, month


# Provenance -----------------------------------------------------------------------------------


def printed_keys() -> set[tuple[str, str, str, str]]:
    """The rows whose own figures are printed in the paper."""
    keys = set()
    for code, row in SCORECARD.items():
        if row["period"] == "SS":
            keys.add((AUGUST, "kent", code, "all"))
        if code in COUNTED:
            keys |= {(JULY, "kent", code, "all"), (YEAR_AGO, "kent", code, "all")}
    for row in IMPACT:
        if row["period"] == "SS":
            keys |= {(AUGUST, SLUGS[row["unit"]], row["id"], c) for c in ("all", "excluding_uasc")}
    for unit in SLUGS.values():
        keys |= {(AUGUST, unit, code, "all") for code in (*STOCKS, *FLOWS)}
        keys |= {(JULY, unit, code, "all") for code in STOCKS}
    return keys


def test_a_row_says_published_exactly_when_the_paper_prints_it():
    marked = {key for key, row in results().items() if row.provenance == "published"}
    assert marked == printed_keys()


def test_what_is_not_published_says_how_it_was_made():
    for (month, unit, code, cohort), row in results().items():
        if row.provenance == "published":
            continue
        solved_area = (
            unit in AREAS and code in AREA_INDICATORS and code in ROLLING and month > YEAR_AGO
        )
        expected = "reconstructed" if unit == "kent" or solved_area else "apportioned"
        assert row.provenance == expected, (month, unit, code, cohort)


def test_every_unpublished_provenance_has_a_footnote():
    notes = {row["provenance"]: row["footnote"] for row in table(REFERENCE / "provenance.csv")}
    assert list(notes) == [
        "published", "published-result", "reconstructed", "apportioned", "provisional",
    ]  # fmt: skip
    assert not notes["published"]
    assert "published results but not the numbers" in notes["published-result"]
    assert "not the council's own" in notes["reconstructed"]
    assert "estimates" in notes["apportioned"]


# Reference ------------------------------------------------------------------------------------


def test_indicators_are_the_papers():
    rows = table(REFERENCE / "indicators.csv")
    found = [
        (r["code"], r["section"].upper(), r["name"], r["polarity"], r["data_period"]) for r in rows
    ]
    paper = [
        (r["id"], r["section"], r["measure"], r["polarity"], r["period"])
        for r in SCORECARD.values()
    ]
    assert found[: len(paper)] == paper
    assert {r["code"] for r in rows[len(paper) :]} == {*STOCKS, *FLOWS}
    assert all(r["definition"] and r["data_source"] for r in rows)


@pytest.mark.parametrize("code", INDICATORS)
def test_target_in_force_is_the_papers(code):
    rows = [row for row in table(REFERENCE / "targets.csv") if row["code"] == code]
    row = max(rows, key=lambda row: row["valid_from"])
    paper = TARGETS[code]
    assert Fraction(row["target"]) == Fraction(paper["target"].rstrip("%"))
    for field in ("floor", "green_within", "amber_within"):
        assert row[field] == paper[field]
    assumed = paper["floor_source"] == "assumed"
    assert ("assumed" in row["note"]) == assumed, "a reader must see which floors are assumed"


def test_units_are_the_papers():
    assert table(REFERENCE / "units.csv") == published("units")


def printed_results() -> dict[tuple[str, str, str, str, str], str]:
    """What the paper prints of results over a data period, but for the rows' own figures.

    By month, unit, code, cohort and data period: `published` where it prints numerator and
    denominator too, else `published-result`.
    """
    expected = {}
    for code, row in SCORECARD.items():
        if row["period"] == "R12M":
            expected[AUGUST, "kent", code, "all", ""] = "published"
        if row["rolling_3_months"]:
            expected[AUGUST, "kent", code, "all", "R3M"] = "published-result"
        for month, column in ((JULY, "one_month_ago"), (YEAR_AGO, "one_year_ago")):
            if row[column]:
                expected[month, "kent", code, "all", ""] = "published-result"
    for row in IMPACT:
        if row["period"] == "R12M":
            for cohort in ("all", "excluding_uasc"):
                expected[AUGUST, SLUGS[row["unit"]], row["id"], cohort, ""] = "published"
    for row in published("exceptions_trend_2016-08"):
        for month in set(row) - {"id", "measure", AUGUST}:
            assert row[month]
            expected[month, "kent", row["id"], "all", ""] = "published-result"
    return expected


def test_period_provenance_lists_exactly_the_results_the_paper_prints():
    rows = table(REFERENCE / "period_provenance.csv")
    fields = ["month", "unit", "code", "cohort", "data_period"]
    found = {tuple(row[field] for field in fields): row["provenance"] for row in rows}

    assert list(rows[0]) == [*fields, "provenance"]
    assert len(found) == len(rows), "a result is here twice"
    assert found == printed_results()


def test_a_published_result_marks_its_counts_only_and_an_estimate_marks_both():
    rows = table(REFERENCE / "provenance.csv")

    assert {row["provenance"]: (row["marker"], row["count_marker"]) for row in rows} == {
        "published": ("", ""),
        "published-result": ("", "e"),
        "reconstructed": ("e", "e"),
        "apportioned": ("e", "e"),
        "provisional": ("p", "p"),
    }
