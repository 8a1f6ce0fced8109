"""A spreadsheet beyond what a sheet can hold, or that unpacks without end, is refused unread."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from scorecard.importing import xlsx
from scorecard.store.csv_files import UnreadableError
from support.workbooks import HEADER

SHEET = "xl/worksheets/sheet1.xml"
NAMES = HEADER.strip().split(",")
ROW = ["2016-09", "shire", "h", "all", 180, 190, "published"]
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "xxxxxxxxxx">'
    + b"".join(
        b'<!ENTITY %c "%b">' % (here, b"&%c;" % above * 10)
        for above, here in zip(b"abcdefgh", b"bcdefghi", strict=True)
    )
    + b"]>"
)


@pytest.fixture
def spread(tmp_path):
    """Make a spreadsheet of which a piece is another one: `spread(old, new)`."""
    plain = io.BytesIO()
    with xlsxwriter.Workbook(plain) as book:
        sheet = book.add_worksheet("Results")
        for number, row in enumerate([NAMES, ROW, ROW]):
            sheet.write_row(number, 0, row)

    def make(old=b"", new=b"", part=SHEET, level=None, **others):
        path = tmp_path / "late.xlsx"
        with (
            zipfile.ZipFile(plain) as before,
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as after,
        ):
            for name in before.namelist():
                content = before.read(name)
                assert old in content or name != part
                after.writestr(name, content.replace(old, new, 1) if name == part else content)
            for name, content in others.items():
                after.writestr(name.replace("__", "/"), content)
        return path

    return make


def read(path):
    """Every row of the first sheet."""
    return list(xlsx.read(path, None, "late.xlsx")[1].rows())


def refused(path):
    """The row and the problem that are told."""
    with pytest.raises(UnreadableError) as caught:
        read(path)
    fault = caught.value.fault
    assert fault.file == "late.xlsx"
    assert fault.remedy
    return fault.row, fault.problem


def test_a_sheet_within_bounds_is_read_each_time_that_it_is_asked(spread):
    title, grid, notes = xlsx.read(spread(), None, "late.xlsx")
    rows = [NAMES, [str(cell) for cell in ROW], [str(cell) for cell in ROW]]

    assert (title, notes) == ("Results", [])
    assert (list(grid.rows()), list(grid.rows())) == (rows, rows)
    assert (grid.header(1), grid.row(2), grid.row(9)) == (NAMES, rows[1], [])
    assert list(grid.below(2)) == [(3, rows[2])]


def test_a_small_file_that_unpacks_to_a_large_one_is_refused(spread, monkeypatch):
    monkeypatch.setattr(xlsx, "_opened", None)  # nothing is unpacked
    path = spread(b"</sheetData>", b" " * (20 << 20) + b"</sheetData>")
    row, problem = refused(path)

    assert row == 0
    assert problem.startswith(f"the file of {path.stat().st_size:,} bytes would unpack to 20,9")


def test_any_part_counts_for_what_a_file_unpacks_to(spread):
    path = spread(xl__media__image1="\0" * (20 << 20))

    assert "would unpack to" in refused(path)[1]


def test_a_small_file_may_unpack_to_something_small(spread):
    assert len(read(spread(b"</sheetData>", b" " * (5 << 20) + b"</sheetData>"))) == 3


def test_a_part_that_is_held_in_memory_as_a_whole_has_a_bound(spread, monkeypatch):
    monkeypatch.setattr(xlsx, "WHOLE", 10_000)
    assert len(read(spread(b"</sheetData>", b" " * 20_000 + b"</sheetData>"))) == 3

    path = spread(b"</sst>", b" " * 20_000 + b"</sst>", "xl/sharedStrings.xml")
    assert refused(path) == (0, "its part `xl/sharedStrings.xml` would unpack to 20,415 bytes.")


def test_a_directory_that_says_less_than_there_is_makes_a_damaged_file(spread):
    path = spread(b"</sheetData>", b" " * (5 << 20) + b"</sheetData>")
    raw = bytearray(path.read_bytes())
    entry = raw.rindex(b"PK\x01\x02", 0, raw.rindex(SHEET.encode()))
    raw[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")
    path.write_bytes(raw)

    assert refused(path)[1] == xlsx.DAMAGED


@pytest.mark.parametrize(
    "row",
    [b'<row r="6">', b"<row r = '6' spans='1:7'>", b'<x:row r="6" hidden="1"/>',
     b'<row r="99999999999999999999999999">', b"<row>" * 3],
)  # fmt: skip
def test_a_row_that_no_sheet_can_hold_is_refused(spread, monkeypatch, row):
    monkeypatch.setattr(xlsx, "ROWS", 5)
    assert len(read(spread(b"</sheetData>", b'<row r="5"/></sheetData>'))) == 5

    assert refused(spread(b"</sheetData>", row + b"</sheetData>")) == (
        6, "the sheet has more than the 5 rows that one can hold."
    )  # fmt: skip


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 50, 1 << 20])
def test_what_a_sheet_holds_is_found_whatever_the_size_of_a_piece(spread, monkeypatch, chunk):
    monkeypatch.setattr(xlsx, "CHUNK", chunk)
    path = spread(
        b"<sheetData>", b'<cols><col min="5" max="6" hidden="1"/><col min="7" max="7"/></cols>'
        b'<sheetData><row r="1" hidden="1"/><row/><row hidden="true" r="4"></row>'
    )  # fmt: skip
    found = xlsx._looked_through(path, "Results", SHEET, "late.xlsx")

    assert found == xlsx.Sheet("Results", False, frozenset({1, 4}), (range(5, 7),))
    path = spread(b"<v>180</v>", b"<f>90+90</f><v>180</v>")
    assert xlsx._looked_through(path, "Results", SHEET, "late.xlsx").formulas


@pytest.mark.parametrize("chunk", [7, 300, 1 << 20])
def test_a_row_without_end_is_refused(spread, monkeypatch, chunk):
    monkeypatch.setattr(xlsx, "ROW", 3000)
    monkeypatch.setattr(xlsx, "CHUNK", chunk)
    many = b"".join(b'<row r="%d"><c><v>1</v></c></row>' % row for row in range(4, 400))
    assert len(read(spread(b"</sheetData>", many + b"</sheetData>"))) == 399

    long = b'<row r="4">' + b"<c><v>1</v></c>" * 300 + b"</row></sheetData>"
    row, problem = refused(spread(b"</sheetData>", long))
    assert (row, problem.startswith("the row is longer than")) == (4, True)


def test_cells_far_from_the_table_are_bounded(spread, monkeypatch):
    monkeypatch.setattr(xlsx, "CELLS", 100)
    far = b'<row r="4"><c r="CV4"/></row></sheetData>'

    assert refused(spread(b"</sheetData>", far)) == (
        4, "the sheet has more than 100 cells up to here."
    )  # fmt: skip


def test_cells_far_from_the_table_are_bounded_before_any_is_read(spread, monkeypatch):
    monkeypatch.setattr(xlsx, "CELLS", 7 * 3 + 2 * 100 - 1)
    far = b'<row r="4"><c r="A4"/><c s="1" r="CV4"><v>1</v></c></row><row r="5"><c r="CV5"/></row>'
    path = spread(b"</sheetData>", far + b'<row r="6"/></sheetData>')
    with pytest.raises(UnreadableError) as caught:
        xlsx.read(path, None, "late.xlsx")
    assert (caught.value.fault.row, caught.value.fault.problem) == (
        5, "the sheet has more than 220 cells up to here."
    )  # fmt: skip

    monkeypatch.setattr(xlsx, "CELLS", 7 * 3 + 2 * 100)
    assert len(read(path)) == 6


def test_the_last_row_is_looked_at_before_the_others(spread, monkeypatch):
    monkeypatch.setattr(xlsx, "ROW", 4000)
    monkeypatch.setattr(xlsx, "ROWS", 5)
    rows = b'<row r="4">' + b"<c><v>1</v></c>" * 300 + b'</row><row r="6"/></sheetData>'

    assert refused(spread(b"</sheetData>", rows + b'<rowBreaks count="9"/>'))[0] == 6


@pytest.mark.parametrize(
    ("old", "new", "part", "row", "problem"),
    [
        (b"<v>180</v>", b"<v>" + b"1" * 5000 + b"</v>", SHEET, 2, xlsx.MANY_DIGITS),
        (b"<v>180</v>", b"<v>1e</v>", SHEET, 2, xlsx.DAMAGED),
        (b"</sheetData>", b"<a>" * 100_000, SHEET, 4, xlsx.DAMAGED),
        (b"<worksheet", LAUGHS + b"<worksheet", SHEET, 1, xlsx.DAMAGED),
        (b"<sst", LAUGHS + b"<sst", "xl/sharedStrings.xml", 0, xlsx.DAMAGED),
    ],
    ids=["digits", "no number", "nested", "entities", "entities of texts"],
)  # fmt: skip
def test_what_can_not_be_read_is_reported_with_the_row_that_was_reached(
    spread, old, new, part, row, problem
):
    assert refused(spread(old, new, part)) == (row, problem)


def test_a_sheet_in_another_encoding_is_not_looked_through_in_vain(spread):
    path = spread()
    with zipfile.ZipFile(path) as package:
        text = package.read(SHEET).decode().partition("?>")[2]
        parts = {name: package.read(name) for name in package.namelist()}
    parts[SHEET] = text.encode("utf-16")
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)

    assert refused(path)[1] == xlsx.DAMAGED
