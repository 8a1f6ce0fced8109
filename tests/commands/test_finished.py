"""Finished results as an analyst loads, corrects and explains them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from click.testing import CliRunner

from scorecard.commands import program
from scorecard.errors import LoadError
from scorecard.months import Month
from scorecard.store.difference import found
from scorecard.store.store import in_memory
from support import council
from support.ledgers import record_load
from support.load_command import Desk, recorded
from support.workbooks import make_workbook, records

JULY, AUGUST = Month(2016, 7), Month(2016, 8)
FIRST = {
    "2016-07": "shire,h,all,93.10,result\nshire,l,all,10,100",
    "2016-08": "shire,h,all,94.25,result\nshire,l,all,9.5,result",
}
CORRECTED = FIRST | {"2016-08": "shire,h,all,79,result\nshire,l,all,9,100"}


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    """A finished result that was revised after it was published, and one whose counts came."""
    made = make_workbook(tmp_path_factory.mktemp("finished"), {})
    record_load(made, FIRST)
    record_load(made, CORRECTED, published={"2016-08": 1})
    return made


def ask(workbook, *words):
    done = CliRunner().invoke(program.main, [*words, f"--workbook={workbook.root}"])
    assert done.exit_code == 0, done.stderr
    return done.stdout


def test_explain_says_that_it_was_supplied_so_and_what_it_was(workbook):
    said = ask(workbook, "explain", "shire", "h", "2016-08")
    for words in (
        "79% (finished): supplied without numerator and denominator",
        "Red: 79 is below 80, the floor standard",
        "July 2016: 93.10% (finished); worse: 79 is less than 93.1",
        "yes: first published as 94.25% (finished), Green from load 1, changed by load 2",
    ):
        assert words in " ".join(said.split())
    counted = ask(workbook, "explain", "shire", "l", "2016-08")
    assert "first published as 9.5% (finished), Green" in " ".join(counted.split())


def test_history_lists_each_as_it_was_given(workbook):
    said = ask(workbook, "history", "shire", "h", "2016-08")
    assert "94.25% (finished), published" in said
    assert "79% (finished), published" in said


def test_it_is_revised_and_diff_says_how(workbook):
    with in_memory(workbook) as store:
        (revised, counted) = records(store.revisions(["shire"], AUGUST))
        differences = {each.code: dict(each.lines()) for each in found(store, AUGUST, 1)}
    assert (revised["was_shown"], revised["shown"]) == (Decimal("94.25"), 79)
    assert (counted["was_finished"], counted["finished"]) == (True, False)
    assert differences["h"]["result"] == "94.25% (finished), green → 79% (finished), red"
    assert differences["l"]["result"] == "9.5% (finished), green → 9.0% (9 of 100), green"
    assert differences["h"]["since a month ago"] == "better → worse"


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "in").mkdir()
    return recorded(Desk(council.files(tmp_path / "workbook"), tmp_path / "in"))


def test_a_column_of_finished_results_is_described_loaded_and_corrected(desk):
    path = desk.workbook.params("extracts")
    path.write_text(
        "extracts:\n  trust:\n    unit_column: Team\n    provenance: supplied\n"
        "    signs: {c: withheld}\n    results: [{code: b1, result: In time %}]\n"
    )
    file = desk.file(text="Team,In time %\nUpper Fen,94.25%\nLower Fen,c\n")
    desk.load(file, extract="trust", month=Month(2024, 7), yes=True)
    assert desk.text("2024-07").splitlines() == [
        "2024-07,upper-fen,b1,all,94.25,result,supplied",
        "2024-07,lower-fen,b1,all,withheld,,supplied",
    ]
    late = desk.file("2024-07,upper-fen,b1,all,95.5,result,supplied")
    said = desk.load(late)
    assert "94.25% (finished)" in said
    assert "95.5% (finished)" in said
    assert desk.changes(desk.numbers[-1]) == [
        "2024-07,upper-fen,b1,all,changed,95.5,result,supplied,94.25,result,supplied"
    ]


def test_a_fraction_where_a_count_or_a_percentage_is_expected_is_questioned(desk):
    lines = "2024-07,upper-fen,b1,all,0.947,1,supplied 2024-07,upper-fen,c3,all,0.5,result,supplied"
    with pytest.raises(LoadError) as asked:
        desk.load(desk.file(lines))
    for words in (
        "late.csv, row 2, column num: 0.947 of 1 looks like a finished result and not like a count",
        "late.csv, row 3, column num: a finished result of 0.5% looks like a fraction of 1",
        "of 1: add --yes to load it as it is",
    ):
        assert words in str(asked.value)
    desk.load(desk.file(lines), yes=True)
    later = desk.file(lines.replace("2024-07", "2024-08"))
    assert "looks like" not in desk.load(later)


def test_sql_gives_finished_results_and_a_file_keeps_none_of_its_own_columns(desk):
    query = desk.workbook.root / "params/extracts/trust.sql"
    query.parent.mkdir(exist_ok=True)
    query.write_text(
        "SELECT row, $month AS month, Team AS unit, 'c1' AS code, 'all' AS cohort, NULL AS num,\n"
        "       NULL AS denom, Cases AS result, 'supplied' AS provenance\nFROM sheet\n"
    )
    file = desk.file(text="Team,Cases\nUpper Fen,17.50\n")
    desk.load(file, extract="trust", month=Month(2024, 6), yes=True)
    (row,) = [line for line in desk.text("2024-06").splitlines() if ",upper-fen,c1,all," in line]
    assert row == "2024-06,upper-fen,c1,all,17.50,result,supplied"
    (given,) = [line for line in desk.text("2024-06").splitlines() if ",fenwold,b3,all," in line]
    assert given == "2024-06,fenwold,b3,all,474.35,result,supplied"
    with in_memory(desk.workbook) as store:
        (figure,) = store.rows(
            "FROM figures WHERE unit = 'upper-fen' AND code = 'c1' AND cohort = 'all' "
            "AND month = $month",
            month=date(2024, 6, 1),
        )
    assert (figure["shown"], figure["shown_places"]) == (Decimal("17.5"), 2)
