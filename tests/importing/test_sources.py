"""Files as people have them: spreadsheets with dates, errors and formulas, and CSV of any kind."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time, timedelta

import duckdb
import pytest
from openpyxl import Workbook as Spreadsheet
from openpyxl.worksheet.formula import ArrayFormula

from scorecard.errors import LoadError
from scorecard.importing.grid import text
from scorecard.input_faults import InputFaultsError
from scorecard.store.sql_files import SQL
from support.load_command import make_desk, recorded
from support.workbooks import HEADER, INDICATORS, TARGETS

NAMES = HEADER.strip().split(",")
FIRST, NOON, SIXTEENTH = map(
    datetime.fromisoformat, ("2016-08-01", "2016-08-01T12:00:00", "2026-08-16")
)
ROW = ["2016-08", "shire", "h", "all", 91, 100, "published"]


@pytest.fixture
def desk(tmp_path):
    return recorded(make_desk(tmp_path))


def spreadsheet(desk, *rows, name="late.xlsx", header=NAMES, title="Results", **others):
    """A spreadsheet with one sheet of results, and others."""
    book = Spreadsheet()
    sheet = book.active
    sheet.title = title
    for cells in (header, *rows):
        sheet.append(cells)
    for other, state in others.items():
        book.create_sheet(other, 0).sheet_state = state
    path = desk.folder / name
    book.save(path)
    return path


def row(**cells):
    """The cells of a result, but for some."""
    return list({**dict(zip(NAMES, ROW, strict=True)), **cells}.values())


def read(desk, path, **asked):
    """The figures of each unit that a file gives."""
    results, _ = desk.read(path, **asked)
    return {line.split(",")[1]: line.split(",")[4] for line in results}


def faults(desk, path, **asked):
    with pytest.raises(InputFaultsError) as caught:
        desk.read(path, **asked)
    assert all(fault.remedy for fault in caught.value.faults)
    return [(fault.row, fault.column, fault.problem) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (None, ""), (12, "12"), (12.0, "12"), (0.1 + 0.2, "0.3"), (404.3, "404.3"), (-0.0, "0"),
        (0.1 + 0.7, "0.8"), (1e15, "1e+15"), (1e300, "1e+300"), (1 / 3, "0.333333333333333"),
        (123456789.1234, "123456789.1234"), (0.0001, "0.0001"), (1e-7, "0.0000001"),
        (float("nan"), "nan"), (float("inf"), "inf"), (True, "TRUE"), ("  pad ", "  pad "),
        (FIRST, "2016-08-01"), (NOON, "2016-08-01 12:00:00"),
        (date(2016, 8, 1), "2016-08-01"), (time(1, 2), "01:02:00"),
        (timedelta(days=40), "40 days, 0:00:00"),
        ("0012", "0012"), (10**20, "100000000000000000000"),
    ],
)  # fmt: skip
def test_a_cell_is_taken_for_what_it_says(value, wanted):
    assert text(value) == wanted


MONTHS = {
    "2016-08": "2016-08", "2016-08-01": "2016-08", "2016-08-31": "2016-08",
    "2016-02-29": "2016-02", "2015-02-28": "2015-02", "Aug-16": "2016-08", "aug-16": "2016-08",
    "Aug 2016": "2016-08", "August 2016": "2016-08", "May 2016": "2016-05", "Dec-99": "2099-12",
    **{each: each for each in (
        "2016-08-16", "2016-02-28", "2015-02-29", "16-Aug", "01/08/2016", "Aug", "Augu 2016",
        "2016-8", "", "August 16", "2016-08-01 00:00:00", "9999-12-31", "August 0016", "42583",
        "\N{ARABIC-INDIC DIGIT TWO}016-08",
    )},
}  # fmt: skip


def test_a_month_is_understood_or_left_as_it_is():
    with duckdb.connect() as connection:
        connection.execute((SQL / "schema.sql").read_text())
        found = connection.execute(
            "SELECT said, as_month(said) FROM (SELECT unnest($said) AS said)", {"said": [*MONTHS]}
        ).fetchall()

    assert dict(found) == MONTHS


def test_a_month_in_a_spreadsheet_may_be_a_date(desk):
    months = ["2016-08", "Aug-16", FIRST, date(2016, 8, 31)]
    units = ["shire", "north", "south", "north-team"]
    rows = [row(month=month, unit=unit) for month, unit in zip(months, units, strict=True)]
    desk.load(spreadsheet(desk, *rows))

    assert [line for line in desk.text("2016-08").splitlines() if ",91," in line] == [
        f"2016-08,{unit},h,all,91,100,published" for unit in units
    ]


def test_a_typed_aug_16_that_became_a_day_is_reported(desk):
    found = faults(desk, spreadsheet(desk, row(month=SIXTEENTH)))

    assert found == [(2, "month", "`2026-08-16` is not a month.")]


def test_the_months_of_a_csv_that_a_spreadsheet_saved_are_understood(desk):
    desk.load(desk.file("Aug-16,shire,h,all,91,100,published\nSep-16,shire,h,all,1,2,published"))

    assert desk.text("2016-09") == "2016-09,shire,h,all,1,2,published\n"


def test_a_number_of_a_spreadsheet_is_what_it_shows(desk):
    nums = {"shire": 91.0, "north": 0.1 + 0.2, "south": "91.5", "north-team": 91.0001}
    path = spreadsheet(desk, *(row(unit=unit, num=num) for unit, num in nums.items()))

    assert read(desk, path) == {
        "shire": "91", "north": "0.3", "south": "91.5", "north-team": "91.0001"
    }  # fmt: skip


def test_a_code_that_is_a_number_is_text(tmp_path):
    names = INDICATORS.splitlines()[0]
    indicators = f"{names}\n17,S,Seventeen,,SS,count,monthly,,,\n"
    targets = f"{TARGETS.splitlines()[0]}\n"
    desk = make_desk(tmp_path, {}, indicators=indicators, targets=targets)
    results, _ = desk.read(spreadsheet(desk, row(code=17, denom=None)))

    assert results == ["2016-08,shire,17,all,91,,published"]


NO_RESULTS = [
    ({"num": "#REF!"}, "num", "the numerator `#REF!` is not a number"),
    ({"num": "#N/A"}, "num", "`#N/A` is not a number"),
    ({"num": 1 / 3}, "num", "0.333333333333333 has more than four decimals"),
    ({"num": -1}, "num", "the numerator -1 is negative"),
    ({"num": True}, "num", "`TRUE` is not a number"),
    ({"num": 1e20}, "num", "`1e+20` is not a number"),
    ({"num": FIRST}, "num", "`2016-08-01` is not a number"),
    ({"num": None}, "num", "the numerator is missing"),
    ({"num": '=HYPERLINK("http://a.b")'}, "num", "a formula that was never calculated"),
    ({"unit": "=cmd|' /C calc'!A0"}, "unit", "a formula that was never calculated"),
    ({"unit": "shi re"}, "unit", "unknown unit `shi re`"),
    ({"provenance": "=A1"}, "provenance", "a formula that was never calculated"),
    ({"code": "-h"}, "code", "unknown indicator `-h`"),
]


def test_a_cell_that_is_no_part_of_a_result_is_reported_with_its_place(desk):
    rows = [row(**{"month": f"2015-{n:02}" if n < 13 else "2016-09", **cells})
            for n, (cells, *_) in enumerate(NO_RESULTS, start=1)]  # fmt: skip
    path = spreadsheet(desk, row(), *rows)
    before = desk.state()
    with pytest.raises(InputFaultsError) as caught:
        desk.load(path)

    assert desk.state() == before
    found = {fault.row: fault for fault in caught.value.faults}
    assert len(found) == len(caught.value.faults) == len(NO_RESULTS)
    for number, (_, column, said) in enumerate(NO_RESULTS, start=3):
        fault = found[number]
        assert (fault.file, fault.column) == (f"{path}, sheet Results", column)
        assert said in fault.problem


def test_a_formula_is_taken_for_its_value(desk):
    """As a spreadsheet program saves it: the formula, and what came out."""
    path = with_cell(spreadsheet(desk, row(num=77)), "<v>77</v>", "<f>70+7</f><v>77</v>")

    assert read(desk, path) == {"shire": "77"}


def test_a_formula_whose_value_is_an_error_is_reported(desk):
    path = with_cell(
        spreadsheet(desk, row(num=77)), '<c r="E2" t="n"><v>77</v>',
        '<c r="E2" t="e"><f>1/0</f><v>#DIV/0!</v>',
    )  # fmt: skip

    assert faults(desk, path) == [(2, "num", "the numerator `#DIV/0!` is not a number.")]


def test_a_formula_that_came_out_as_nothing_is_an_empty_cell(desk):
    """As `=IF(A1="","",A1)` does in many a template."""
    path = with_cell(
        spreadsheet(desk, row(code="stock", num=61, denom=7)), '<c r="F2" t="n"><v>7</v>',
        '<c r="F2" t="str"><f>IF(1,"","")</f><v></v>',
    )  # fmt: skip

    assert desk.read(path)[0] == ["2016-08,shire,stock,all,61,,published"]


def test_an_error_in_a_cell_that_may_be_empty_is_not_taken_for_empty(desk):
    found = faults(desk, spreadsheet(desk, row(code="stock", denom="#REF!")))

    assert found == [(2, "denom", "the denominator is #REF!, but `stock` is a count.")]


def with_cell(path, old, new):
    """The spreadsheet with a piece of its first sheet's XML changed."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    assert old in sheet
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(old, new).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def test_a_wrong_size_that_a_program_wrote_cuts_nothing_off(desk):
    path = spreadsheet(desk, row(), row(unit="north"))
    with_cell(path, '<dimension ref="A1:G3"', '<dimension ref="A1"')

    assert read(desk, path) == {"shire": "91", "north": "91"}


def test_blank_rows_and_columns_of_a_sheet_are_no_results_but_counted(desk):
    path = spreadsheet(desk, [], row(), [None, ""], row(unit="north", num="x"), [])

    assert [place[:2] for place in faults(desk, path)] == [(5, "num")]


def test_a_cell_beside_the_table_is_reported(desk):
    path = spreadsheet(desk, row(), [*row(unit="north"), None, "note to self"])

    assert faults(desk, path) == [(3, "", "a cell is outside the table.")]


def test_a_column_that_no_result_has_is_reported_and_left_out(desk):
    path = spreadsheet(desk, [*row(), "late"], header=[*NAMES, "remark"])

    assert "not loaded, since no result has it: `remark`" in desk.read(path)[1]


def test_of_many_columns_that_no_result_has_some_are_named(desk):
    others = [f"c{n}" for n in range(100)]
    path = spreadsheet(desk, row(), header=[*NAMES, *others])

    assert "`c10`, `c11` and 88 more." in desk.read(path)[1]


def test_missing_columns_of_a_sheet_are_reported(desk):
    path = spreadsheet(desk, ["2016-08", "shire"], header=["month", "unit"])

    assert [column for _, column, _ in faults(desk, path)] == [
        "code", "cohort", "denom", "num", "provenance"
    ]  # fmt: skip


def test_the_first_sheet_that_can_be_seen_is_read(desk):
    path = spreadsheet(desk, row(), Lists="hidden", Deeper="veryHidden")

    assert read(desk, path) == {"shire": "91"}


def test_another_sheet_is_read_when_named(desk):
    path = spreadsheet(desk, row(), Front="visible")
    assert [place[2] for place in faults(desk, path)] == ["the file is empty."]
    assert read(desk, path, sheet="Results") == {"shire": "91"}


def test_a_sheet_that_is_not_there_is_reported_with_the_nearest(desk):
    found = faults(desk, spreadsheet(desk, row()), sheet="Result")

    assert found == [(0, "", "there is no sheet `Result`; did you mean `Results`?.")]


def test_a_csv_file_has_no_sheets(desk):
    with pytest.raises(LoadError, match="has no sheets: leave out --sheet"):
        desk.read(desk.file("2016-08,shire,h,all,91,100,published"), sheet="Results")


def test_the_kind_of_a_file_is_seen_by_what_it_holds(desk):
    path = spreadsheet(desk, row()).rename(desk.folder / "late.csv")

    assert read(desk, path) == {"shire": "91"}


NO_TABLES = [
    (b"", "the file is empty"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "of the old format or has a password"),
    (b"PK\x03\x04", "is damaged"),
    (b"PK\x03\x04" + b"junk" * 100, "is damaged"),
    (b"month;unit\n", "separated by semicolons"),
    ("month,unit\n".encode("utf-16"), "not UTF-8"),
    (b"\0\0\0", "holds an invisible character (U+0000, a control character)"),
]


def test_a_file_that_is_no_table_is_reported(desk):
    paths = [desk.folder / f"{number}.xlsx" for number in range(len(NO_TABLES))]
    for path, (content, _) in zip(paths, NO_TABLES, strict=True):
        path.write_bytes(content)
    with pytest.raises(InputFaultsError) as caught:
        desk.load(*paths)

    for path, (_, problem) in zip(paths, NO_TABLES, strict=True):
        said = [fault.problem for fault in caught.value.faults if fault.file == str(path)]
        assert any(problem in each for each in said), said


def test_a_spreadsheet_without_its_sheets_is_reported(desk):
    path = desk.folder / "late.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("hello.txt", "hello")

    assert [said for _, _, said in faults(desk, path)] == [
        "the spreadsheet is damaged, or of another kind than .xlsx."
    ]


def test_a_file_that_is_not_there_or_no_file_is_reported(desk):
    assert faults(desk, desk.folder / "none.csv") == [(0, "", "there is no such file.")]
    assert faults(desk, desk.folder) == [(0, "", "this is not a file.")]


def test_a_file_s_name_is_only_a_name(desk):
    desk.file("2016-08,shire,h,all,92,100,published", "other.csv")
    names = ["late[1].csv", "*.csv", "late's.csv", "late.csv.gz", "spät.csv"]
    lines = [f"2016-{month:02},shire,h,all,91,100,published" for month in range(8, 13)]
    desk.load(*map(desk.file, lines, names))

    assert sum("shire,h,all,91" in path.read_text() for path in desk.workbook.results()) == 5


def test_a_file_is_named_once(desk):
    file = desk.file("2016-08,shire,h,all,91,100,published")
    with pytest.raises(LoadError, match=r"late\.csv is named twice"):
        desk.load(file, file)


def test_an_array_formula_without_value_is_reported(desk):
    path = spreadsheet(desk, row(num=ArrayFormula("E2", "=SUM(F2:F3)")))

    assert faults(desk, path) == [(2, "num", "the cell holds a formula that was never calculated.")]


def test_faults_of_rows_do_not_hide_those_of_others(desk):
    path = spreadsheet(desk, row(num="=1+1"), row(unit="nroth"))

    assert [place[:2] for place in faults(desk, path)] == [(2, "num"), (3, "unit")]
