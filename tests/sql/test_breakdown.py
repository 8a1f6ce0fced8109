"""The groups of a dimension beside the whole: shown with their counts, never rated."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scorecard.months import Month
from scorecard.store.store import Store, in_memory
from support.ledgers import record_load
from support.workbooks import make_workbook

THIS = Month(2016, 8)
COHORTS = """\
cohort,dimension,name,exhaustive
old,age,10 and over,yes
sight,need,Sight,no
young,age,Under 10,yes
"""
RESULTS = {
    "2016-07": "shire,h,all,80,100 shire,h,sight,1,2 shire,l,all,5,50 shire,l,sight,1,9",
    "2016-08": (
        "shire,h,all,91,100 shire,h,excluding_uasc,50,60 shire,h,young,31,33 shire,h,old,60,67 "
        "shire,h,sight,0,0 shire,l,all,5,50 shire,roll,all,3,4 shire,roll,young,1,2 "
        "shire,roll,old,2,2 north,h,all,1,3 north,h,young,1,1 north,h,old,0,2 shire,stock,all,7.5, "
        "shire,stock,young,4, shire,stock,old,3.5,"
    ),
}


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    made = make_workbook(tmp_path_factory.mktemp("breakdown"), RESULTS)
    made.reference("cohorts").write_text(COHORTS, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def store(workbook):
    with in_memory(workbook) as opened:
        yield opened


def shown(rows):
    return [(r["dimension"], r["cohort_name"], r["latest"].num, r["latest"].shown) for r in rows]


def test_groups_come_in_the_order_of_their_file_dimension_by_dimension(store):
    rows = [row for row in store.records.breakdowns(["shire"], THIS) if row["code"] == "h"]

    assert shown(rows) == [
        ("age", "10 and over", 60, Decimal("89.6")),
        ("age", "Under 10", 31, Decimal("93.9")),
        ("need", "Sight", 0, None),
    ]
    assert [row["exhaustive"] for row in rows] == [True, True, False]
    assert {row["whole"].shown for row in rows} == {Decimal("91.0")}
    assert rows[2]["latest"].status == "not-applicable"


def test_a_group_is_not_rated_and_has_no_target(store):
    rows = store.records.breakdowns(["shire"], THIS)
    group, whole = rows[0]["latest"], rows[0]["whole"]

    assert (group.rating, group.target, group.floor_standard) == ("not-rated", None, None)
    assert (whole.rating, whole.target) == ("green", Decimal(90))
    assert (group.places, group.near_threshold) == (1, False)


def test_the_cohort_without_uasc_is_rated_as_before(store):
    (row,) = (r for r in store.records.uasc_impacts(["shire"], THIS) if r["code"] == "h")

    assert (row["excluding"].rating, row["excluding"].target) == ("amber", Decimal(90))


def test_a_dimension_without_a_figure_in_the_month_has_no_rows(store):
    """Of one indicator a group has a result in July only, of another its months are too few."""
    codes = {(row["code"], row["dimension"]) for row in store.records.breakdowns(["shire"], THIS)}

    assert codes == {("h", "age"), ("h", "need"), ("stock", "age")}


def test_a_measure_has_groups_too(store):
    rows = [r for r in store.records.breakdowns(["shire"], THIS) if r["code"] == "stock"]

    assert [row["latest"].count() for row in rows] == ["3.5", "4.0"]


def test_one_dimension_of_one_unit(store):
    rows = store.records.breakdown("north", "h", "age", THIS)

    assert [(row["cohort"], row["num"], row["denom"], row["whole_num"]) for row in rows] == [
        ("old", 0, 2, 1), ("young", 1, 1, 1),
    ]  # fmt: skip


def test_a_group_as_at_a_load_and_after_it_has_left_the_catalogue(tmp_path):
    workbook = make_workbook(tmp_path, {})
    workbook.reference("cohorts").write_text(COHORTS, encoding="utf-8")
    lines = "shire,h,all,20,30 shire,h,sight,{},9"
    record_load(workbook, {"2016-08": lines.format(4)})
    record_load(workbook, {"2016-08": lines.format(5)})
    with in_memory(workbook) as store:
        now, then = (s.records.breakdown("shire", "h", "need", THIS)
                     for s in (store, Store(store._connection, 1)))  # fmt: skip
        listed = store.rows("FROM differences('2016-08', 1)")
        steps = store.rows("FROM history('shire', 'h', '2016-08')")
    assert (now[0]["num"], then[0]["num"]) == (5, 4)
    assert [each["cohort_words"] for each in listed] == [", need: Sight"]
    assert (listed[0]["was"]["num"], listed[0]["now"]["num"]) == (4, 5)
    assert listed[0]["now"]["month_ago_shown"] is None
    assert [each["cohort_words"] for each in steps] == ["", ", need: Sight", ", need: Sight"]

    workbook.reference("cohorts").unlink()
    path = workbook.results()[0]
    path.write_text("\n".join(path.read_text().splitlines()[:2]) + "\n")
    with in_memory(workbook) as store:
        assert len(store.rows("FROM result_versions")) == 1


def test_a_renamed_group_is_another_page(workbook, tmp_path):
    other = make_workbook(tmp_path, RESULTS)
    other.reference("cohorts").write_text(COHORTS.replace("Sight", "Vision"), encoding="utf-8")
    with in_memory(workbook) as before, in_memory(other) as after:
        was, now = before.reference(THIS), after.reference(THIS)

    assert {name for name in now if was[name] != now[name]} == {"cohorts"}
    assert len(now["cohorts"]) == 3
