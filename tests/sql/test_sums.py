"""Adding up: a unit without a result of its own has the sum of the units right below it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scorecard.input_faults import InputFaultsError
from scorecard.months import Month
from scorecard.store.store import in_memory
from support.ledgers import record_load
from support.workbooks import PROVENANCES, added_up, make_store, make_workbook, records

UNITS = """\
unit,name,kind,parent,first_month,last_month
shire,Shire,county,,,
north,North,area,shire,,
south,South,area,shire,,
service,Service,service,shire,,
n1,First Team,team,north,,
n2,Second Team,team,north,,2016-06
n2,Second Team,team,south,2016-07,
s1,Third Team,team,south,,
"""
CATALOGUE = added_up("h", "roll", "days", "stock")
TEAMS = "n1,h,all,1,2 n2,h,all,3,4 s1,h,all,5,7"
JUNE, JULY, AUGUST = Month(2016, 6), Month(2016, 7), Month(2016, 8)


def store_of(folder, results, **texts):
    return make_store(folder, results, units=UNITS, **{"indicators": CATALOGUE, **texts})


def sums(store, code="h", cohort="all"):
    """(unit, month) → numerator, denominator and whether it is a sum, of all but teams."""
    found = store.rows(
        "SELECT unit, strftime(month, '%m') AS month, num, denom, added_up FROM results "
        "WHERE code = $code AND cohort = $cohort AND unit NOT IN ('n1', 'n2', 's1')",
        code=code,
        cohort=cohort,
    )
    return {
        (row["unit"], row["month"]): (row["num"], row["denom"], row["added_up"]) for row in found
    }


def test_areas_and_county_are_the_sums_of_the_units_below_in_the_month(tmp_path):
    store = store_of(tmp_path, {"2016-06": TEAMS, "2016-07": TEAMS})
    assert sums(store) == {
        ("north", "06"): (4, 6, True), ("south", "06"): (5, 7, True),
        ("north", "07"): (1, 2, True), ("south", "07"): (8, 11, True),
        ("shire", "06"): (9, 13, True), ("shire", "07"): (9, 13, True),
    }  # fmt: skip


def test_only_what_the_catalogue_says_is_added_up(tmp_path):
    store = store_of(
        tmp_path, {"2016-06": "n1,l,all,1,2 n2,l,all,1,2 s1,l,all,1,2 n1,stock,all,3,"}
    )
    assert sums(store, "l") == {}
    assert sums(store, "stock") == {
        ("north", "06"): (3, None, True),
        ("shire", "06"): (3, None, True),
    }


def test_a_result_of_its_own_wins_also_over_the_sum_of_another_cohort(tmp_path):
    cohorts = "n1,h,excluding_uasc,1,1 n2,h,excluding_uasc,1,1 s1,h,excluding_uasc,5,5"
    store = store_of(tmp_path, {"2016-06": f"{TEAMS} {cohorts} north,h,all,8,9"})
    assert sums(store) == {
        ("north", "06"): (8, 9, False), ("south", "06"): (5, 7, True),
        ("shire", "06"): (13, 16, True),
    }  # fmt: skip
    assert sums(store, cohort="excluding_uasc") == {("south", "06"): (5, 5, True)}


def test_an_average_is_not_averaged_and_fractions_are_exact(tmp_path):
    store = store_of(tmp_path, {"2016-06": "n1,days,all,10.1,1 n2,days,all,40.2,3 s1,days,all,0,0"})
    assert sums(store, "days")["north", "06"] == (Decimal("50.3"), 4, True)
    (row,) = store.rows("SELECT shown FROM scorecard('shire', '2016-06') WHERE code = 'days'")
    assert row["shown"] == Decimal("12.6")


def test_a_part_that_is_missing_leaves_no_sum_and_one_that_never_was_counts_nothing(tmp_path):
    """The service never had a result; the third team had one in June, and in August again."""
    without = "n1,h,all,1,2 n2,h,all,3,4"
    store = store_of(tmp_path, {"2016-06": TEAMS, "2016-07": without, "2016-08": TEAMS})
    assert {unit for unit, month in sums(store) if month == "07"} == {"north"}
    assert sums(store)["shire", "08"] == (9, 13, True)


def test_an_area_that_had_a_result_is_missing_where_nobody_below_it_has_one(tmp_path):
    june, july = "north,h,all,8,9 s1,h,all,5,7", "s1,h,all,5,7"
    assert sums(store_of(tmp_path, {"2016-06": june, "2016-07": july})) == {
        ("north", "06"): (8, 9, False), ("south", "06"): (5, 7, True),
        ("shire", "06"): (13, 16, True), ("south", "07"): (5, 7, True),
    }  # fmt: skip


def test_a_part_without_the_cohort_leaves_no_sum_of_the_cohort(tmp_path):
    cohorts = "n1,h,excluding_uasc,1,1 s1,h,excluding_uasc,5,5"
    store = store_of(tmp_path, {"2016-06": f"{TEAMS} {cohorts}"})
    assert sums(store, cohort="excluding_uasc") == {("south", "06"): (5, 5, True)}


def test_windows_are_of_sums_and_supplied_months_and_need_every_month(tmp_path):
    months = Month(2015, 9).until(AUGUST)
    lines = {str(month): "n1,roll,all,1,2 s1,roll,all,3,4" for month in months}
    lines["2016-01"] = "shire,roll,all,7,9 n1,roll,all,1,2"
    store = store_of(tmp_path, lines)
    rows = {
        row["unit"]: (row["status"], row["num"], row["denom"], row["added_up"])
        for row in store.rows(
            "SELECT * FROM scorecards(['shire', 'north', 'south'], '2016-08') WHERE code = 'roll'"
        )
    }
    assert rows["north"] == ("available", 12, 24, True)
    assert rows["south"] == ("not-available", None, None, False)
    assert rows["shire"] == ("available", 11 * 4 + 7, 11 * 6 + 9, True)


def test_a_sum_has_the_provenances_of_its_parts_and_is_estimated_if_one_is(tmp_path):
    known = PROVENANCES.replace("estimate,,,", "estimate,e,,Some are estimates.")
    workbook = make_workbook(
        tmp_path, {"2016-06": TEAMS}, units=UNITS, indicators=CATALOGUE, provenance=known
    )
    path = workbook.results()[0]
    path.write_text(path.read_text().replace("3,4,published", "3,4,estimate"))
    with in_memory(workbook) as store:
        found = {row["unit"]: row for row in store.rows("FROM figures WHERE code = 'h'")}
        (month,) = store.rows("SELECT provenance FROM results WHERE unit = 'shire'")
    assert found["shire"]["provenance"] == ["estimate", "published"]
    assert found["south"]["provenance"] == ["published"]
    assert month["provenance"] == "estimate"


def test_a_load_of_a_part_is_one_of_the_sum_and_no_other_load_is(tmp_path):
    workbook = make_workbook(tmp_path, {}, units=UNITS, indicators=CATALOGUE)
    record_load(workbook, {"2016-06": TEAMS})
    record_load(workbook, {"2016-06": TEAMS, "2016-07": TEAMS}, published={"2016-06": 1})
    record_load(workbook, {"2016-06": TEAMS.replace("1,2", "2,2"), "2016-07": TEAMS})
    record_load(
        workbook, {"2016-06": f"{TEAMS.replace('1,2', '2,2')} shire,h,all,12,13", "2016-07": TEAMS}
    )
    with in_memory(workbook) as store:
        found = store.rows(
            "SELECT num, added_up, first_load, last_load, revised FROM result_versions "
            "WHERE unit = 'shire' AND month = '2016-06-01' ORDER BY first_load"
        )
        history = records(store.sql("FROM history('shire', 'h', '2016-06')"))
    assert [tuple(row.values()) for row in found] == [
        (9, True, 1, 2, False), (10, True, 3, 3, True), (12, False, 4, 2147483647, True)
    ]  # fmt: skip
    assert [step["added_up"] for step in history] == [True, True, False]


def test_a_first_result_of_an_earlier_month_is_expected_from_its_load_on_and_until_it_is_taken_away(
    tmp_path,
):
    workbook = make_workbook(tmp_path, {}, units=UNITS, indicators=CATALOGUE)
    july = {"2016-07": TEAMS}
    for june in ("n1,h,all,1,2", "n1,h,all,1,2 service,h,all,1,1", "n1,h,all,1,2"):
        record_load(workbook, {"2016-06": june, **july})
    with in_memory(workbook) as store:
        spans = store.rows(
            "SELECT first_load, last_load FROM result_versions "
            "WHERE unit = 'shire' AND month = '2016-07-01' ORDER BY first_load"
        )
    assert [tuple(row.values()) for row in spans] == [(1, 1), (3, 2147483647)]


def test_explain_names_the_parts_and_what_has_none(tmp_path):
    store = store_of(tmp_path, {"2016-06": TEAMS, "2016-07": "n1,h,all,1,2 s1,h,all,5,7"})
    (row,) = records(store.explain_rows("shire", "h", JUNE))
    assert (row["num"], row["added_up"], row["file"], row["row"]) == (9, True, None, None)
    parts = [
        (row["unit_name"], row["num"], row["added_up"], row["file"], row["row"])
        for row in store.records.explain_parts("north", "h", JUNE)
    ]
    assert parts == [
        ("First Team", 1, False, "data/results/2016-06.csv", 2),
        ("Second Team", 3, False, "data/results/2016-06.csv", 3),
    ]
    missing = {row["unit"]: row["num"] for row in store.records.explain_parts("south", "h", JULY)}
    assert missing == {"n2": None, "s1": 5}
    assert records(store.explain_parts("n1", "h", JUNE)) == []


def test_the_catalogue_says_yes_or_no(tmp_path):
    with pytest.raises(InputFaultsError, match="added_up `perhaps` is not known"):
        store_of(tmp_path, {"2016-06": TEAMS}, indicators=CATALOGUE.replace(",yes", ",perhaps"))
