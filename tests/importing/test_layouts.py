"""Files as systems and statistics offices print them, each with a description that loads it."""

from __future__ import annotations

import csv
import shutil
from datetime import date

import pytest

from scorecard.errors import InputFaultsError
from scorecard.months import Month
from scorecard.workbook import Workbook
from support import placements
from support.load_command import Desk
from support.places import TESTS

CASES, COUNCIL = TESTS / "cases", TESTS / "second_council"
JULY = Month(2024, 7)


@pytest.fixture
def desk(tmp_path):
    """The second council, to load into."""
    (tmp_path / "in").mkdir()
    shutil.copytree(COUNCIL, tmp_path / "workbook")
    return Desk(Workbook.at(tmp_path / "workbook"), tmp_path / "in")


def loaded(desk, month="2024-07"):
    return [line.removeprefix(f"{month},") for line in desk.text(month).splitlines()]


def test_months_across(desk):
    desk.load(
        CASES / "months-and-measures-across/monthcols.xlsx", extract="months-across", yes=True
    )

    assert loaded(desk) == ["upper-fen,f1,all,90,,supplied", "lower-fen,f1,all,150,,supplied"]
    assert "2024-05,upper-fen,f1,all,91,,supplied" in desk.text("2024-05")


FEN = [
    "upper-fen,s1,all,350,,supplied", "upper-fen,f1,all,90,,supplied",
    "lower-fen,s1,all,340,,supplied", "lower-fen,f1,all,150,,supplied",
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "extract", "month", "results"),
    [
        ("months-and-measures-across/transposed.xlsx", "measures-in-rows", JULY, FEN),
        ("months-and-measures-across/longform.xlsx", "one-figure-a-row", None, [*FEN[:2], FEN[3]]),
        ("months-and-measures-across/hmonth.xlsx", "month-in-headers", None, FEN),
        ("two-header-rows/h2.xlsx", "two-header-rows", JULY, FEN),
    ],
)
def test_the_same_figures_in_other_layouts(desk, file, extract, month, results):
    desk.load(CASES / file, extract=extract, month=month)
    assert loaded(desk) == results


def test_a_measure_that_no_indicator_is_called_is_a_fault_in_its_row(desk):
    book = desk.folder / "across.csv"
    book.write_text("Measure,Upper Fen,Lower Fen\nContacts,90,150\nOpen case,350,340\n")
    with pytest.raises(InputFaultsError) as caught:
        desk.load(book, extract="measures-in-rows", month=JULY)
    assert {(each.row, each.column) for each in caught.value.faults} == {(3, "code")}


def test_a_national_file_gives_the_rows_of_our_units(desk):
    said = desk.load(COUNCIL / "extracts/national.csv", extract="national", yes=True)

    assert "national.sql makes 2 results of 48 rows." in said
    assert "2024-03,fenwold,b2,all,21,181,published" in desk.text("2024-03")
    assert "2023-03,fenwold,b2,all,19,176,published" in desk.text("2023-03")


def test_a_number_that_a_national_file_withholds_is_no_result(desk):
    text = (COUNCIL / "extracts/national.csv").read_text()
    text = text.replace("Fenwold,3 or more placements,21,", "Fenwold,3 or more placements,c,")
    said = desk.load(desk.file(text=text), extract="national", yes=True)

    assert "national.sql makes 1 result of 48 rows." in said


TEAMS = {"T1": "upper-fen-first-contact", "T2": "upper-fen-care", "T3": "lower-fen-first-contact",
         "T4": "lower-fen-care"}  # fmt: skip


def test_a_list_of_placements_is_counted(desk):
    """Against a count in Python, over the same list."""
    expected = {}
    for child, moves in placements.counted(date(2023, 8, 1), date(2024, 7, 31)):
        team = TEAMS[child.team]
        for unit in (team, "-".join(team.split("-")[:2]), "fenwold"):
            for cohort in ("all", "excluding_uasc"):
                if cohort == "all" or not child.uasc:
                    num, denom = expected.get((unit, cohort), (0, 0))
                    expected[unit, cohort] = (num + (moves >= 3), denom + 1)
    desk.load(
        COUNCIL / "extracts/placements.csv", extract="placements", month=JULY,
        joined=[f"teams={COUNCIL / 'extracts/teams.csv'}"],
    )  # fmt: skip
    found = {}
    for line in loaded(desk):
        unit, code, cohort, num, denom, _ = line.split(",")
        assert code == "b2"
        found[unit, cohort] = (int(num), int(denom))

    assert found == expected
    assert found["fenwold", "all"] == (10, 108)
    assert len(set(found.values())) > 8


def test_a_list_of_placements_is_counted_by_age(desk):
    indicators = desk.workbook.reference("indicators")
    line = ",Children we care for,{},L,SS,percent,monthly,,,\n"
    groups = {"b2-under-10": range(10), "b2-10-15": range(10, 16), "b2-16-17": range(16, 18)}
    indicators.write_text(
        indicators.read_text() + "".join(code + line.format(code) for code in groups)
    )
    last = date(2024, 7, 31)
    expected = dict.fromkeys(groups, (0, 0))
    for child, moves in placements.counted(date(2023, 8, 1), last):
        born = child.born
        age = last.year - born.year - ((last.month, last.day) < (born.month, born.day))
        code = next(code for code, ages in groups.items() if age in ages)
        num, denom = expected[code]
        expected[code] = (num + (moves >= 3), denom + 1)
    desk.load(COUNCIL / "extracts/placements.csv", extract="placements-by-age", month=JULY)

    assert loaded(desk) == [
        f"fenwold,{code},all,{num},{denom},supplied" for code, (num, denom) in expected.items()
    ]


def test_a_child_whose_team_is_in_no_list_is_a_fault_that_names_no_child(desk):
    teams = desk.file(text="code,unit\nT1,upper-fen-first-contact\n", name="teams.csv")
    with pytest.raises(InputFaultsError) as caught:
        desk.load(
            COUNCIL / "extracts/placements.csv", extract="placements", month=JULY,
            joined=[f"teams={teams}"],
        )  # fmt: skip
    said = str(caught.value)

    assert "of the SQL: unknown unit ``." in said
    assert not [each for each in placements.placements() if each.name in said]


def test_nothing_of_the_list_of_placements_is_kept(desk):
    said = desk.load(
        COUNCIL / "extracts/placements.csv", extract="placements", month=JULY,
        joined=[f"teams={COUNCIL / 'extracts/teams.csv'}"],
    )  # fmt: skip
    shutil.rmtree(desk.workbook.root / "extracts")
    kept = said + "".join(
        path.read_text() for path in desk.workbook.root.rglob("*") if path.is_file()
    )

    for each in placements.placements():
        assert each.name not in kept
        assert f"{each.child}," not in kept
        assert f"{each.born:%d/%m/%Y}" not in kept


def test_the_list_of_placements_is_the_one_that_is_made():
    assert placements.FILE.read_text() == placements.text()
    with placements.FILE.open() as file:
        assert len(list(csv.reader(file))) == len(placements.placements()) + 1


CONTACTS = """\
SELECT row, $month AS month, Team AS unit, 'f1' AS code, 'all' AS cohort, "Açhos" AS num,
       NULL AS denom, 'supplied' AS provenance
FROM sheet
"""


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-16", "\t"), ("cp1252", ","), ("iso-8859-14", ";"), ("utf-8", ";"), ("utf-16-le", ",")],
)
@pytest.mark.parametrize("by_sql", [True, False])
def test_a_file_in_another_encoding_is_read_as_described(desk, encoding, separator, by_sql):
    text = 'Team,Açhos\n"Upper\nFen",90\nLower Fen,150\n'.replace(",", separator)
    file = desk.folder / "late.csv"
    file.write_bytes(("\ufeff" * (encoding == "utf-16-le") + text).encode(encoding))
    encoding = encoding.removesuffix("-le")
    if by_sql:
        sql = desk.workbook.root / "params/extracts/x.sql"
        head = f'-- encoding: {encoding}\n-- separator: "{separator}"\n'
        sql.write_text(head + CONTACTS)
    else:
        desk.workbook.params("extracts").write_text(f"""\
extracts:
  x:
    encoding: {encoding}
    separator: "{separator}"
    unit_column: Team
    provenance: supplied
    results: [{{code: f1, num: Açhos}}]
""")
    desk.load(file, extract="x", month=JULY)
    assert loaded(desk) == ["upper-fen,f1,all,90,,supplied", "lower-fen,f1,all,150,,supplied"]


def test_a_file_that_is_not_written_as_described_is_a_fault(desk):
    desk.workbook.params("extracts").write_text("""\
extracts:
  x: {encoding: utf-16, unit_column: T, provenance: supplied, results: [{code: f1, num: C}]}
""")
    with pytest.raises(InputFaultsError) as caught:
        desk.load(desk.file(text="T,C\nUpper Fen,1\n "), extract="x", month=JULY)
    assert str(caught.value.faults[0]) == (
        "the file is not utf-16 text with `,` between cells. Correct encoding or separator where "
        "the extract is described."
    )


HEADERS = """\
extracts:
  x:
    header_rows: 2
    unit_column: Team
    provenance: supplied
    results: [{code: f1, num: Contacts / %s}, {code: s1, num: Open cases / %s}]
    ignore: [Contacts / %s, Open cases / %s]
"""


@pytest.mark.parametrize(
    ("file", "names"),
    [("h2.xlsx", ("Month", "Month end", "Year to date", "Last year")),
     ("h2dup.xlsx", ("This month", "This month", "Last month", "Last month"))],
)  # fmt: skip
def test_several_header_rows_are_joined(desk, file, names):
    desk.workbook.params("extracts").write_text(HEADERS % names)
    desk.load(CASES / "two-header-rows" / file, extract="x", month=JULY)

    assert loaded(desk) == FEN


def test_a_fault_of_a_joined_header_is_in_its_last_row(desk):
    desk.workbook.params("extracts").write_text(HEADERS % ("Monht", "Month end", "x", "x"))
    with pytest.raises(InputFaultsError) as caught:
        desk.load(CASES / "two-header-rows/h2.xlsx", extract="x", month=JULY)
    assert (2, "Contacts / Monht") in {(each.row, each.column) for each in caught.value.faults}
