"""Files as systems and statistics offices print them, each with a description that loads it."""

from __future__ import annotations

import csv
import shutil
from datetime import date

import pytest

from scorecard.errors import ParamsError
from scorecard.importing.grid import Grid
from scorecard.input_faults import InputFaultsError
from scorecard.months import Month
from support import council, placements
from support.load_command import Desk, make_desk, recorded
from support.places import TESTS
from support.workbooks import INDICATORS, TARGETS

CASES, COUNCIL = TESTS / "cases", TESTS / "second_council"
JULY = Month(2024, 7)


@pytest.fixture
def desk(tmp_path):
    """The second council, to load into."""
    (tmp_path / "in").mkdir()
    return recorded(Desk(council.files(tmp_path / "workbook"), tmp_path / "in"))


def read(desk, file, of="2024-07", **asked):
    """The results of a month that a file gives."""
    lines, _ = desk.read(file, **asked)
    return [line.removeprefix(f"{of},") for line in lines if line.startswith(of)]


def test_months_across(desk):
    file, extract = CASES / "months-and-measures-across/monthcols.xlsx", "months-across"

    assert read(desk, file, extract=extract) == [
        "upper-fen,f1,all,90,,supplied", "lower-fen,f1,all,150,,supplied"
    ]  # fmt: skip
    assert "upper-fen,f1,all,91,,supplied" in read(desk, file, "2024-05", extract=extract)


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
    assert read(desk, CASES / file, extract=extract, month=month) == results


def test_a_measure_that_no_indicator_is_called_is_a_fault_in_its_row(desk):
    book = desk.folder / "across.csv"
    book.write_text("Measure,Upper Fen,Lower Fen\nContacts,90,150\nOpen case,350,340\n")
    with pytest.raises(InputFaultsError) as caught:
        desk.read(book, extract="measures-in-rows", month=JULY)
    assert {(each.row, each.column) for each in caught.value.faults} == {(3, "code")}


def test_a_national_file_gives_the_rows_of_our_units(desk):
    results, said = desk.read(COUNCIL / "extracts/national.csv", extract="national")

    assert "national.sql makes 2 results of 48 rows." in said
    assert results == [
        "2023-03,fenwold,b2,all,19,176,supplied", "2024-03,fenwold,b2,all,21,181,supplied"
    ]  # fmt: skip


def test_a_number_that_a_national_file_withholds_is_no_result(desk):
    text = (COUNCIL / "extracts/national.csv").read_text()
    text = text.replace("Fenwold,3 or more placements,21,", "Fenwold,3 or more placements,c,")
    _, said = desk.read(desk.file(text=text), extract="national")

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
    lines = read(
        desk, COUNCIL / "extracts/placements.csv", extract="placements", month=JULY,
        with_files=[f"teams={COUNCIL / 'extracts/teams.csv'}"],
    )  # fmt: skip
    found = {}
    for line in lines:
        unit, code, cohort, num, denom, _ = line.split(",")
        assert code == "b2"
        found[unit, cohort] = (int(num), int(denom))

    assert found == expected
    assert found["fenwold", "all"] == (10, 108)
    assert len(set(found.values())) > 8


def test_a_list_of_placements_is_counted_by_age(desk):
    indicators = desk.workbook.reference("indicators")
    line = ",Children we care for,{},L,SS,percent,monthly,,,,,,\n"
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
    file = COUNCIL / "extracts/placements.csv"

    assert read(desk, file, extract="placements-by-age", month=JULY) == [
        f"fenwold,{code},all,{num},{denom},supplied" for code, (num, denom) in expected.items()
    ]


def test_a_child_whose_team_is_in_no_list_is_a_fault_that_names_no_child(desk):
    teams = desk.file(text="code,unit\nT1,upper-fen-first-contact\n", name="teams.csv")
    with pytest.raises(InputFaultsError) as caught:
        desk.read(
            COUNCIL / "extracts/placements.csv", extract="placements", month=JULY,
            with_files=[f"teams={teams}"],
        )  # fmt: skip
    said = str(caught.value)

    assert "of the SQL: unknown unit ``." in said
    assert not [each for each in placements.placements() if each.name in said]


def test_nothing_of_the_list_of_placements_is_kept(desk):
    said = desk.load(
        COUNCIL / "extracts/placements.csv", extract="placements", month=JULY,
        with_files=[f"teams={COUNCIL / 'extracts/teams.csv'}"],
    )  # fmt: skip
    shutil.rmtree(desk.workbook.root / "extracts")
    files = [path for path in desk.workbook.root.rglob("*") if path.is_file()]
    kept = b"\n".join([said.encode(), *(path.read_bytes() for path in files)])

    for each in placements.placements():
        for word in (each.name, f"{each.child},", f"{each.born:%d/%m/%Y}"):
            assert word.encode() not in kept


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
    assert read(desk, file, extract="x", month=JULY) == [
        "upper-fen,f1,all,90,,supplied", "lower-fen,f1,all,150,,supplied"
    ]  # fmt: skip


def test_a_file_that_is_not_written_as_described_is_a_fault(desk):
    desk.workbook.params("extracts").write_text("""\
extracts:
  x: {encoding: utf-16, unit_column: T, provenance: supplied, results: [{code: f1, num: C}]}
""")
    with pytest.raises(InputFaultsError) as caught:
        desk.read(desk.file(text="T,C\nUpper Fen,1\n "), extract="x", month=JULY)
    assert str(caught.value.faults[0]) == (
        "the file is not utf-16 text with `,` between cells. Correct encoding or separator where "
        "the extract is described."
    )


def describe(desk, case):
    shutil.copy(CASES / case / "extracts.yml", desk.workbook.params("extracts"))


@pytest.mark.parametrize("name", ["h2", "h2dup"])
def test_several_header_rows_are_joined(desk, name):
    describe(desk, "two-header-rows")
    assert read(desk, CASES / f"two-header-rows/{name}.xlsx", extract=name, month=JULY) == FEN


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        (("Team,,Contacts,", ",Code,This month,Last month"),
         ["Team", "Code", "Contacts / This month", "Contacts / Last month"]),
        (("Contacts,,,", "In time,,Late,", "No.,Of,No.,Of"),
         ["Contacts / In time / No.", "Contacts / In time / Of", "Contacts / Late / No.",
          "Contacts / Late / Of"]),
        (("Team,Contacts", "", ",No.,Of,,"), ["Team", "Contacts / No.", "Contacts / Of"]),
    ],
)  # fmt: skip
def test_a_name_counts_for_the_columns_to_its_right_up_to_the_next(rows, header):
    cells = [row.split(",") for row in rows]
    assert Grid(lambda: (row for row in cells)).header(1, len(rows)) == header


def test_a_fault_of_a_joined_header_is_in_its_last_row(desk):
    describe(desk, "two-header-rows")
    path = desk.workbook.params("extracts")
    path.write_text(path.read_text().replace("Contacts / Month}", "Contacts / Monht}"))
    with pytest.raises(InputFaultsError) as caught:
        desk.read(CASES / "two-header-rows/h2.xlsx", extract="h2", month=JULY)
    assert (2, "Contacts / Monht") in {(each.row, each.column) for each in caught.value.faults}


def test_a_table_ends_above_its_first_empty_row(desk):
    describe(desk, "footer-rows")
    results, said = desk.read(CASES / "footer-rows/e_foot.xlsx", extract="team")

    assert results == [
        f"2024-07,upper-fen,{code},all,{num},,supplied"
        for code, num in (("s1", 350), ("s2", 80), ("f1", 90))
    ]
    assert "sheet Sheet1: the table ends above row 7: 2 rows are not read." in said


def test_half_a_pair_that_is_withheld_is_withheld_and_no_fault(desk):
    describe(desk, "half-suppressed-pair")
    file = CASES / "half-suppressed-pair/in.csv"
    results, said = desk.read(file, extract="pair", month=JULY)

    assert results == [
        "2024-07,upper-fen,b2,all,withheld,,supplied", "2024-07,lower-fen,b2,all,7,38,supplied"
    ]  # fmt: skip
    assert "a sign is in place of the figure: 1 withheld." in said


def test_a_text_that_is_read_as_empty_in_half_a_pair_withholds_it(desk):
    results, said = simple(desk, "empty: [c]", TABLE.replace("3,100", "c,100"))

    assert "a sign is in place of the figure: 1 withheld." in said
    assert len(results) == 2


def test_such_a_text_beside_an_empty_cell_says_nothing_of_a_figure_that_is_withheld(desk):
    results, said = simple(desk, "empty: [c]", TABLE.replace("3,100", "c,"))

    assert not [line for line in said if "withheld" in line]
    assert len(results) == 1


@pytest.fixture
def ynys_wen(tmp_path):
    """A made-up Welsh council, which its system's file describes."""
    areas = {"north": "Gogledd", "mid": "Canolbarth", "south": "De"}
    teams = ["Duty & Assessment", "Family Support", "Children Looked After", "Leaving Care"]
    lines = ["unit,name,kind,parent", "ynys-wen,Ynys Wen,county,"]
    lines += [f"{slug},{name},area,ynys-wen" for slug, name in areas.items()]
    for slug in areas:
        for number, team in enumerate(teams):
            lines.append(f"{slug}-{number},{slug.title()} {team},team,{slug}")
    forms = {"5": "ratio", "6": "days", "8": "count", "10": "count"}
    indicators = INDICATORS.partition("\n")[0] + "\n"
    for code in map(str, range(1, 16)):
        form = forms.get(code, "percent")
        indicators += f"{code},Section,Indicator {code},H,SS,{form},monthly,,,\n"
    desk = make_desk(
        tmp_path, {}, units="\n".join(lines) + "\n", indicators=indicators,
        targets=TARGETS.partition("\n")[0] + "\n",
    )  # fmt: skip
    describe(desk, "welsh-extract")
    return desk


def test_a_welsh_extract(ynys_wen):
    file = CASES / "welsh-extract/measures_2026-09.xlsx"
    lines, said = ynys_wen.read(file, extract="wccis")
    found = [line.removeprefix("2026-09,") for line in lines]

    assert {
        "ynys-wen,1,all,3091,3456,published", "ynys-wen,6,all,14178,388,published",
        "ynys-wen,8,all,2,,published", "north,12,all,110,179,published",
        "north-3,14,all,96,105,published",
    } < set(found)  # fmt: skip
    assert len(found) == 4 * 14 + 3 * (8 + 14 + 14 + 2)
    assert "no column `Core groups within ten days (old definition) (num)` and `Core" in said
    assert "so no result of `13`." in said
    assert "the table ends above row 22: 1 row is not read." in said


def test_a_welsh_extract_with_two_header_rows(ynys_wen):
    file = CASES / "welsh-extract/two_row_header.xlsx"

    assert read(ynys_wen, file, "2026-09", extract="two-rows") == [
        "north-0,1,all,10,12,published", "north-0,4,all,4,5,published"
    ]  # fmt: skip


SIMPLE = """\
extracts:
  x:
    unit_column: Council
    provenance: supplied
    results: [{code: b2, num: Moved, denom: All}, {code: f1, num: Contacts, optional: true}]
"""


def simple(desk, key, text):
    """What a text gives, with one more key in its description, and notes on it."""
    desk.workbook.params("extracts").write_text(SIMPLE.replace("    prov", f"    {key}\n    prov"))
    return desk.read(desk.file(text=text), extract="x", month=JULY)


def faults(desk, key, text):
    with pytest.raises(InputFaultsError) as caught:
        simple(desk, key, text)
    return [(each.row, each.column, each.problem) for each in caught.value.faults]


TABLE = "Council,Moved,All,Contacts\nUpper Fen,3,100,20\n"


def test_names_of_no_unit_are_passed_over_and_counted_where_that_is_described(desk):
    text = TABLE + "".join(f"Place {n // 2},1,2,3\n" for n in range(2010))
    results, said = simple(desk, "unknown_units: skip", text)

    assert (
        "passed over 2010 rows whose name is not a unit's: `Place 0`, `Place 1`, `Place 2` and "
        in said
    )
    assert "and 1,002 more." in said
    assert len(results) == 2
    assert faults(desk, "unknown_units: refuse", TABLE + "X,1,2,3\n")[0][:2] == (3, "Council")


def test_rows_without_a_name_are_skipped_where_that_is_described(desk):
    _, said = simple(desk, 'skip: [""]', TABLE + ",1,2,3\n")

    assert "skipped no name (row 3)." in said
    assert faults(desk, "skip: [Total]", TABLE + ",1,2,3\n") == [(3, "Council", "unknown unit ``.")]


@pytest.mark.parametrize(
    ("ends", "row"), [("empty row", 4), ("'Source'", 5), ("'S.*: '", 5), ("'Run|Source'", 5)]
)
def test_a_table_ends_where_that_is_described(desk, ends, row):
    text = TABLE + (",,,\n" if row == 4 else "Lower Fen,1,90,2\n,,,\n") + ",Source: us,,\nx,1,2,3\n"
    results, said = simple(desk, f"ends_before: {ends}", text)

    assert f"the table ends above row {row}: 2 rows are not read." in said
    assert len(results) == (2 if row == 4 else 4)


def test_an_empty_row_above_the_table_is_not_its_end(desk):
    text = TABLE.replace("\nUpper", "\n,,,\nUpper")
    results, said = simple(desk, "ends_before: empty row", text)

    assert len(results) == 2
    assert "the table ends" not in said


@pytest.mark.parametrize(
    ("key", "cells", "nums"),
    [('","', ["1,281", "1,281,004.25", "12"], ["1281", "1281004.25", "12"]),
     ('" "', ["1 281", "1\u202f281"], ["1281", "1281"]), ("\"'\"", ["1'281"], ["1281"])],
)  # fmt: skip
def test_figures_may_have_thousands_apart_where_that_is_described(desk, key, cells, nums):
    units = ["Fenwold", "Upper Fen", "Lower Fen"]
    rows = [f'{unit},,,"{cell}"\n' for unit, cell in zip(units, cells, strict=False)]
    results, _ = simple(desk, f"thousands: {key}", TABLE.splitlines(True)[0] + "".join(rows))
    assert [line.split(",")[4] for line in results] == nums


def test_what_is_no_number_with_thousands_stays_a_fault(desk):
    cells = ["1,28", "12,81", ",281", "1281,004", "1,2810", "1,281,", "1 281"]
    text = TABLE.splitlines(True)[0] + "".join(f'Upper Fen,,,"{cell}"\n' for cell in cells)
    assert [each for each in faults(desk, 'thousands: ","', text) if "second" not in each[2]] == [
        (row, "Contacts", f"the numerator `{cell}` is not a number.")
        for row, cell in enumerate(cells, start=2)
    ]


def test_optional_columns_may_be_missing_but_not_half_of_them(desk):
    _, said = simple(desk, "empty: []", "Council,Moved,All\nUpper Fen,3,100\n")
    assert "no column `Contacts`, so no result of `f1`." in said

    optional = SIMPLE.replace("denom: All}", "denom: All, optional: true}")
    desk.workbook.params("extracts").write_text(optional)
    with pytest.raises(InputFaultsError, match="row 1, column All: the column is missing"):
        desk.read(desk.file(text="Council,Moved\nUpper Fen,3\n"), extract="x", month=JULY)


@pytest.mark.parametrize("pair", ["c,100", "3,x", "c,z", "..,"])
def test_a_sign_instead_of_a_figure_is_a_status_and_is_counted(desk, pair):
    signs = "signs: {c: withheld, z: not applicable, x: not available, '..': not available}"
    results, said = simple(desk, signs, TABLE.replace("3,100", pair))

    meaning = {"c": "withheld", "3": "not available", ".": "not available"}[pair[0]]
    assert f"a sign is in place of the figure: 1 {meaning}." in said
    assert len(results) == 2


def test_a_pattern_that_is_none_is_named_with_its_line(desk):
    with pytest.raises(ParamsError, match=r"line 4: `extracts\.x\.ends_before` is '\['"):
        simple(desk, 'ends_before: "["', TABLE)
