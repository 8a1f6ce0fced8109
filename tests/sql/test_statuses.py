"""What is said in place of a figure: withheld, not applicable, not available, low."""

from __future__ import annotations

import pytest

from scorecard.disclosure.decision import decision
from scorecard.input_faults import InputFaultsError
from scorecard.months import Month
from scorecard.params.disclosure import Profile
from scorecard.report import columns
from scorecard.report.source import Source
from scorecard.store.store import in_memory
from support.check_workbook import Given, examined
from support.workbooks import HEADER, added_up, make_workbook, records

THIS = Month(2016, 8)
FIVE = Profile(threshold=5, footnote="Numbers from 1 to {threshold} are {sign}.")
STATES = (
    "shire,h,all,90,100 north,h,all,withheld, south,h,all,not_applicable, "
    "north,days,all,not_available, shire,stock,all,low, south,stock,all,5, "
    "shire,roll,all,9,10 north,roll,all,withheld, south,roll,all,not_applicable,"
)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    months = (THIS - 11).until(THIS - 1)
    before = "shire,roll,all,9,10 north,roll,all,4,5 south,roll,all,5,5"
    given = {**{str(month): before for month in months}, "2016-08": STATES}
    made = make_workbook(tmp_path_factory.mktemp("stated"), given)
    (made.root / "params/wording.yml").write_text("council: C\nservice: S\n")
    return made


@pytest.fixture(scope="module")
def store(workbook):
    with in_memory(workbook) as opened:
        yield opened


def test_a_figure_says_what_its_row_says_and_a_data_period_what_its_months_say(store):
    found = {
        (row["unit"], row["code"]): (row["status"], row["num"], row["denom"])
        for row in store.rows("FROM figures WHERE month = '2016-08-01' AND cohort = 'all'")
    }
    assert found["north", "h"] == ("withheld", None, None)
    assert found["south", "h"] == ("stated-not-applicable", None, None)
    assert found["north", "days"] == ("stated-not-available", None, None)
    assert found["shire", "stock"] == ("low", None, None)
    assert found["north", "roll"] == ("withheld", None, None)
    assert found["south", "roll"] == ("available", 55, 55)
    assert found["north", "l"] == ("not-available", None, None)


def test_nothing_counts_or_compares_what_is_no_figure(store):
    assert {row["unit"] for row in store.rows("FROM results WHERE code = 'h'")} == {"shire"}
    (judged,) = store.rows("FROM signals('north', '2016-08') WHERE code = 'roll'")
    assert judged["status"] == "not-available"
    assert records(store.movement("shire", "h", THIS)) == []


def test_explain_says_it_with_the_place_of_the_row(store):
    (row,) = records(store.explain_rows("north", "h", THIS))
    assert (row["status"], row["num"], row["file"], row["row"]) == (
        "withheld", None, "data/results/2016-08.csv", 3
    )  # fmt: skip


def test_pages_and_files_show_the_sign_and_the_key_its_meaning(workbook):
    source = Source.open("2016-08", "north", workbook)
    (row,) = source.rows(["h"])
    column = columns.result()
    cell = column.cell(row)
    assert (cell.text, cell.hidden) == ("[c]", " withheld")
    assert [str(each.value(row)) for each in column.data[:2]] == ["[c]", "withheld"]
    assert columns.result().cell(source.rows(["days"])[0]).text == "[x]"
    assert str(row["latest"].for_file("denom")) == "[c]"
    assert row["latest"].for_file("rating") is None
    assert "withheld" in source.footnotes.statuses
    source.store.close()


def test_a_column_status_is_read_and_each_fault_in_it_named(tmp_path):
    workbook = make_workbook(tmp_path, {})
    path = tmp_path / "data/results/2016-08.csv"
    path.write_text(
        HEADER.strip() + ",status\n2016-08,shire,h,all,,,p,low\n2016-08,north,h,all,1,2,p,\n"
    )
    with in_memory(workbook) as store:
        (row,) = store.rows("FROM figures WHERE unit = 'shire' AND code = 'h'")
    assert row["status"] == "low"
    path.write_text(
        HEADER.strip()
        + ",status\n2016-08,shire,h,all,,,p,lwo\n2016-08,north,h,all,1,2,p,withheld\n"
        "2016-08,south,h,all,,9,p,withheld\n"
    )
    with pytest.raises(InputFaultsError) as caught:
        in_memory(workbook)
    for words in (
        "row 2, column status: unknown status `lwo`",
        "row 3, column status: the status withheld is beside the numerator 1",
        "row 4, column denom: the denominator is 9, but the result is withheld",
    ):
        assert words in str(caught.value)


def test_a_sum_passes_over_what_is_not_applicable_and_is_none_where_a_part_is_withheld(tmp_path):
    lines = (
        "north,h,all,1,2 south,h,all,not_applicable, north,stock,all,3, south,stock,all,withheld,"
    )
    workbook = make_workbook(tmp_path, {"2016-08": lines}, indicators=added_up("h", "stock"))
    with in_memory(workbook) as store:
        found = store.rows("SELECT code, num, denom FROM results WHERE unit = 'shire'")
    assert [tuple(row.values()) for row in found] == [("h", 1, 2)]


def test_what_one_unit_withheld_can_not_be_worked_out_from_ours(tmp_path):
    """Shire less south is north's 60: one of the two is withheld too, though neither is small."""
    lines = "shire,stock,all,100, north,stock,all,withheld, south,stock,all,40,"
    workbook = make_workbook(tmp_path, {"2016-08": lines})
    with in_memory(workbook) as store:
        found = decision(store, workbook, THIS, FIVE)
    assert found.of("shire", "stock", "all", THIS) or found.of("south", "stock", "all", THIS)


GROUPS = "cohort,dimension,name,exhaustive\nyoung,age,Young,yes\nold,age,Old,yes\n"


def test_a_withheld_total_can_not_be_worked_out_from_its_groups(tmp_path):
    """60 and 40 are all children, of whom the number was withheld: one of the two is too."""
    lines = "shire,stock,all,withheld, shire,stock,young,60, shire,stock,old,40, "
    lines += "north,h,all,withheld, north,h,young,30,50 north,h,old,20,50"
    workbook = make_workbook(tmp_path, {"2016-08": lines})
    workbook.reference("cohorts").write_text(GROUPS)
    with in_memory(workbook) as store:
        found = decision(store, workbook, THIS, FIVE)
    for unit, code in (("shire", "stock"), ("north", "h")):
        assert found.of(unit, code, "young", THIS) or found.of(unit, code, "old", THIS)


def test_the_checks_miss_nothing_that_is_stated_and_say_what_can_be_worked_out(tmp_path):
    given = Given({
        THIS - 1: "shire,stock,all,9,\nnorth,stock,all,4,\nsouth,stock,all,5,",
        THIS: "shire,stock,all,9,\nnorth,stock,all,withheld,\nsouth,stock,all,6,",
    })  # fmt: skip
    names = {each.check: each.says for each in examined(tmp_path, given).findings}
    assert "missing_result" not in names
    assert "parts_and_whole" not in names
    assert "window_gap" not in names
    assert names["withheld_derivable"] == (
        "North, Stock, is withheld, and is what Shire reports less the other units directly "
        "below it."
    )
