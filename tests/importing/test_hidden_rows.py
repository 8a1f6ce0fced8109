"""What a spreadsheet program doesn't show is loaded only when somebody agreed to it."""

from __future__ import annotations

import zipfile

import pytest
from openpyxl import Workbook as Spreadsheet

from scorecard.errors import LoadError
from scorecard.months import Month
from support import council
from support.load_command import Desk, make_desk, recorded
from support.places import TESTS
from support.workbooks import HEADER

CASE = TESTS / "cases/hidden-rows/x_hiddenrow.xlsx"
NAMES = HEADER.strip().split(",")
ROWS = [
    ["2016-09", "shire", "h", "all", 91, 100, "published"],
    ["2016-09", "north", "h", "all", 41, 50, "published"],
    ["2016-09", "south", "h", "all", 50, 50, "published"],
]
EXTRACT = """\
extracts:
  teams:
    unit_column: Team
    skip: [Total]
    empty: ["-"]
    provenance: published
    results: [{code: stock, num: Stock}, {code: h, num: In time, denom: Due}]
    ignore: [Manager]
"""
TEAMS = [
    ["Team", "Manager", "Stock", "In time", "Due"],
    ["Shire", "Ann", 61, 91, 100],
    ["North", "Bob", "-", "-", "-"],
    ["South", "Bob", 7, 41, 50],
    ["Total", "", 68, 132, 150],
]


@pytest.fixture
def desk(tmp_path):
    made = recorded(make_desk(tmp_path))
    made.workbook.params("extracts").write_text(EXTRACT)
    return made


def sheet(desk, table, rows=(), columns=(), states=()):
    """A spreadsheet of a table, with rows and columns hidden, and other sheets of some states."""
    book = Spreadsheet()
    for row in table:
        book.active.append(row)
    book.active.title = "Results"
    for row in rows:
        book.active.row_dimensions[row].hidden = True
    for column in columns:
        book.active.column_dimensions[column].hidden = True
    for number, state in enumerate(states, start=1):
        book.create_sheet(f"Sheet {number}").sheet_state = state
    path = desk.folder / "late.xlsx"
    book.save(path)
    return path


def told(desk, path, said, **asked):
    """What is said of a file, which is loaded only with --yes."""
    assert f"{path}, sheet Results: {said}" in desk.read(path, **asked)[1].splitlines()


def test_what_is_hidden_is_loaded_only_with_a_word(desk):
    path, said = sheet(desk, [NAMES, *ROWS], [3]), "1 hidden row is loaded too, row 3"
    before = desk.state()
    with pytest.raises(LoadError) as caught:
        desk.load(path)
    assert f"{path}, sheet Results: {said}: add --yes to load it as it is" in str(caught.value)
    assert desk.state() == before
    assert f"{path}, sheet Results: {said}.\n" in desk.load(path, dry_run=True)
    assert f"{path}, sheet Results: {said}.\n" in desk.load(path, yes=True)
    assert desk.text("2016-09").count("published") == 3


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([2, 4], "2 hidden rows are loaded too, from row 2"),
        ([1, 4, 9], "1 hidden row is loaded too, row 4"),
    ],
)
def test_hidden_rows_are_reported_before_anything_counts(desk, rows, said):
    told(desk, sheet(desk, [NAMES, *ROWS], rows), said)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ("E", "a hidden column is loaded too, `num`"),
        ("EF", "hidden columns are loaded too, `num`, `denom`"),
    ],
)
def test_hidden_columns_are_reported_before_anything_counts(desk, columns, said):
    told(desk, sheet(desk, [NAMES, *ROWS], columns=columns), said)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"<row r='2'", b"<row r='2' ht='0' customHeight='1'", "1 hidden row is loaded too, row 2"),
        (b"<row r='2'", b"<row r='2' hidden = 'true'", "1 hidden row is loaded too, row 2"),
        (
            b"<sheetData", b"<cols><col width='0' max='6' min='5'/></cols><sheetData",
            "hidden columns are loaded too, `num`, `denom`",
        ),
    ],
)  # fmt: skip
def test_what_has_no_height_or_width_is_hidden(desk, old, new, said):
    """As other programs than Excel write it."""
    path = sheet(desk, [NAMES, *ROWS])
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    written = parts["xl/worksheets/sheet1.xml"].replace(b'<row r="2"', b"<row r='2'")
    assert old in written
    parts["xl/worksheets/sheet1.xml"] = written.replace(old, new)
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)

    told(desk, path, said)


def test_hidden_rows_and_columns_are_reported_together(desk):
    path = sheet(desk, [NAMES, *ROWS], [4], "E")
    told(desk, path, "1 hidden row is loaded too, row 4")
    told(desk, path, "a hidden column is loaded too, `num`")


def test_what_is_hidden_and_not_loaded_needs_no_agreement(desk):
    """A column that no result has, the header, rows below the table."""
    table = [[*NAMES, "remark"], *([*row, "late"] for row in ROWS)]
    said = desk.load(sheet(desk, table, [1, 5, 6], "H"))

    assert "loaded too" not in said
    assert desk.numbers == [1, 2]


def test_hidden_rows_of_an_extract_are_reported_when_they_hold_results(desk):
    asked = {"extract": "teams", "month": Month(2016, 9)}
    assert "loaded too" not in desk.read(sheet(desk, TEAMS, [3, 5], "B"), **asked)[1]

    told(desk, sheet(desk, TEAMS, [2, 3, 4]), "2 hidden rows are loaded too, from row 2", **asked)


def test_hidden_columns_of_an_extract_are_reported_when_they_are_read(desk):
    path = sheet(desk, TEAMS, columns="BE")
    said = "a hidden column is loaded too, `Due`"
    told(desk, path, said, extract="teams", month=Month(2016, 9))


def test_hidden_sheets_are_reported_and_not_loaded(desk):
    path = sheet(desk, [NAMES, *ROWS], states=["hidden", "visible", "veryHidden"])

    assert f"{path}: hidden sheets are not loaded: `Sheet 1`, `Sheet 3`." in desk.read(path)[1]


def test_a_hidden_sheet_that_is_named_is_reported(desk):
    book = Spreadsheet()
    hidden = book.create_sheet("Lists")
    for row in (NAMES, *ROWS):
        hidden.append(row)
    hidden.sheet_state = "hidden"
    path = desk.folder / "late.xlsx"
    book.save(path)

    results, said = desk.read(path, sheet="Lists")
    assert len(results) == 3
    assert f"{path}: the sheet `Lists` is hidden, and is loaded." in said
    assert "not loaded" not in said


def test_the_filtered_row_of_the_case_is_reported(tmp_path):
    (tmp_path / "in").mkdir()
    desk = recorded(Desk(council.files(tmp_path / "workbook"), tmp_path / "in"))

    results, said = desk.read(CASE)
    assert f"{CASE}, sheet Results: 1 hidden row is loaded too, row 3" in said
    assert results == [
        "2024-07,fenwold,b1,all,180,190,supplied", "2024-07,upper-fen,b1,all,1,190,supplied"
    ]  # fmt: skip
