"""A file is read in passing, piece by piece: where a piece ends makes no difference."""

from __future__ import annotations

import csv

import duckdb
import pytest

from scorecard.input_faults import InputFaultsError
from scorecard.store import csv_files, sql_files
from scorecard.store.store import in_memory
from scorecard.unseen import SPACES, UNSEEN
from support.workbooks import HEADER, make_workbook

CHUNKS = [*range(1, 9), 1 << 20]


def looked_through(tmp_path, content, chunk, monkeypatch):
    monkeypatch.setattr(csv_files, "CHUNK", chunk)
    path = tmp_path / "text"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return csv_files.Table.of(path, "text")


@pytest.mark.parametrize("chunk", CHUNKS)
@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("", 0), ("a", 1), ("a\n", 1), ("a\nb", 2), ("\n\n", 2), ("é\n€", 2), ("a\r\nb\r\n", 2),
        ("\ufeffé€😀\n" * 3, 3),
    ],
)  # fmt: skip
def test_lines_are_counted_whatever_the_size_of_a_piece(
    tmp_path, monkeypatch, chunk, content, lines
):
    assert looked_through(tmp_path, content, chunk, monkeypatch).lines == lines


@pytest.mark.parametrize("chunk", CHUNKS)
@pytest.mark.parametrize(
    ("content", "row"),
    [
        (b"\xff", 1), (b"a\nb\n\xff\n", 3), ("é\n€".encode()[:-1], 2), (b"a\n\xe2\x82\n", 2),
        ("a\n".encode("utf-16"), 1),
    ],
)  # fmt: skip
def test_the_line_that_is_no_utf_8_is_found_whatever_the_size_of_a_piece(
    tmp_path, monkeypatch, chunk, content, row
):
    with pytest.raises(csv_files.UnreadableError) as caught:
        looked_through(tmp_path, content, chunk, monkeypatch)
    assert (caught.value.fault.row, caught.value.fault.problem) == (
        row, "the file is not UTF-8 text."
    )  # fmt: skip


@pytest.mark.parametrize("chunk", CHUNKS)
@pytest.mark.parametrize(
    ("content", "spaces", "hides"),
    [
        ("a,b\n1,2\n", False, False), ("a,b\r\n1,2\r\n", False, False), ("a, b\n", True, False),
        ("a\tb\n", True, False), ('a,"b"\n', True, False), ("a\u00a0\n", True, False),
        ("\ufeffa,b\n1,2\n", None, False), ("a\ufeff,b\n", True, True),
        ("a\n\ufeffb\n", True, True),
        ("a\x1bb\n", False, True), ("a\nb\x00", False, True), ("é\u202e\n", True, True),
        ("a\x7f\n", False, True),
    ],
)  # fmt: skip
def test_what_a_file_holds_besides_is_seen_whatever_the_size_of_a_piece(
    tmp_path, monkeypatch, chunk, content, spaces, hides
):
    found = looked_through(tmp_path, content, chunk, monkeypatch)
    assert found.hides == hides
    assert spaces in (None, found.spaces)


@pytest.mark.parametrize("chunk", [1, 3, 7, 20])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("before", [0, 1, 4])
def test_a_line_without_end_is_reported_with_its_number(tmp_path, monkeypatch, chunk, end, before):
    monkeypatch.setattr(csv_files, "LINE", 20)
    rows = f"123456789{end}" * before
    sound = looked_through(tmp_path, rows + "x" * 20 + end + "y" * 20, chunk, monkeypatch)
    assert sound.lines == (before + 2 if "\n" in end else 1)
    with pytest.raises(csv_files.UnreadableError) as caught:
        looked_through(tmp_path, rows + "x" * 60 + end, chunk, monkeypatch)
    assert caught.value.fault.row == (before + 1 if "\n" in end else 1)
    assert "the line is longer than" in caught.value.fault.problem


@pytest.mark.parametrize("between", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [0, 1, 2])
@pytest.mark.parametrize("blank", [0, 1, 2])
def test_rows_have_their_numbers_whatever_the_line_ends(tmp_path, between, last, blank):
    workbook = make_workbook(tmp_path, {"2016-08": "shire,h,all,90,100"})
    rows = [HEADER.strip(), "2016-08,shire,h,all,90,100,p", "2016-08,north,h,all,x,50,p"]
    text = between.join([*rows[:2], *[""] * blank, rows[2], *[""] * last])
    workbook.month_results("2016-08").write_bytes(text.encode())

    (fault,) = faults(workbook)
    assert (fault.row, fault.column) == (3 + blank, "num")


@pytest.mark.parametrize("other", ["\r\n", "\r"])
@pytest.mark.parametrize("first", [True, False])
def test_lines_that_end_in_several_ways_are_reported(tmp_path, other, first):
    workbook = make_workbook(tmp_path, {"2016-08": "shire,h,all,90,100"})
    rows = [HEADER.strip(), "2016-08,shire,h,all,90,100,p", "2016-08,north,h,all,40,50,p"]
    ends = (other, "\n") if first else ("\n", other)
    text = rows[0] + ends[0] + rows[1] + ends[1] + rows[2] + ends[0]
    workbook.month_results("2016-08").write_bytes(text.encode())

    (fault,) = faults(workbook)
    assert fault.problem.startswith("the lines don't all end in the same way")
    assert "save it as CSV UTF-8" in fault.remedy


def test_blank_lines_without_end_are_reported(tmp_path, monkeypatch):
    monkeypatch.setattr(csv_files, "LINE", 20)
    assert looked_through(tmp_path, "a\n" + "\r\n" * 9, 5, monkeypatch).lines == 10
    with pytest.raises(csv_files.UnreadableError) as caught:
        looked_through(tmp_path, "a\n" + "\n" * 40, 5, monkeypatch)
    assert "blank lines follow one another" in caught.value.fault.problem


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("2016-08,north,h", "it has 3 cells, and the header 7."),
        ("2016-08", "it has 1 cell, and the header 7."),
        ("2016-08,north,h,all,40,50,p,x", "it has 8 cells, and the header 7."),
    ],
)
def test_rows_of_another_number_of_cells_are_reported_once_with_their_number(
    tmp_path, line, problem
):
    workbook = make_workbook(tmp_path, {"2016-08": "shire,h,all,90,100"})
    text = f"{HEADER}\n2016-08,shire,h,all,90,100,p\n" + f"{line}\n" * 3
    workbook.month_results("2016-08").write_text(text)

    (fault,) = faults(workbook)
    assert (fault.row, fault.rows) == (4, 3)
    assert fault.problem == f"the row can't be read: {problem}"


def test_a_comma_at_the_end_of_a_row_is_no_cell(tmp_path):
    workbook = make_workbook(tmp_path, {"2016-08": "shire,h,all,90,100"})
    sound = HEADER + "2016-08,shire,h,all,90,100,p,\n"
    workbook.month_results("2016-08").write_text(sound)
    with in_memory(workbook) as store:
        assert len(store.rows("FROM results")) == 1

    workbook.month_results("2016-08").write_text(sound + "2016-08\n")
    assert [fault.row for fault in faults(workbook)] == [3]


def test_a_cell_may_hold_as_much_as_a_line_may(tmp_path):
    workbook = make_workbook(tmp_path, {"2016-08": "shire,h,all,90,100"})
    note = '"' + "x\n" * (csv_files.LINE // 2 - 100) + '"'
    workbook.month_results("2016-08").write_text(
        f"{HEADER.strip()},note\n2016-08,shire,h,all,90,100,p,{note}\n2016-08,north,h,all,x,2,p,\n"
    )

    assert [(fault.row, fault.column) for fault in faults(workbook)] == [(3, "num")]


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ('"a"b', "the row can't be read: there is text after a closing quote."),
        ('"open', "the row can't be read: a quote opens a cell that has no end."),
        ('"' + "x\n" * (csv_files.LINE // 2 + 1) + '"',
         "the row can't be read: a cell is longer than 1 MiB."),
    ],
    ids=["quote within", "open quote", "long cell"],
)  # fmt: skip
def test_a_cell_that_has_no_end_is_reported_with_its_row(tmp_path, cell, problem):
    workbook = make_workbook(tmp_path, {"2016-08": "shire,h,all,90,100"})
    text = f"{HEADER}2016-08,shire,h,all,90,100,p\n2016-08,north,h,all,40,50,{cell}\n"
    workbook.month_results("2016-08").write_text(text)

    (fault,) = faults(workbook)
    assert (fault.row, fault.file, fault.problem) == (3, "data/results/2016-08.csv", problem)


def test_a_row_of_long_cells_is_reported(tmp_path):
    workbook = make_workbook(tmp_path, {"2016-08": "shire,h,all,90,100"})
    long = '"' + "x\n" * (csv_files.LINE // 3) + '"'
    workbook.month_results("2016-08").write_text(
        f"{HEADER.strip()},a,b\n2016-08,shire,h,all,90,100,p,{long},{long}\n"
    )

    (fault,) = faults(workbook)
    assert (fault.row, fault.problem) == (2, csv_files.TOO_LONG)


def test_rows_keep_their_numbers_below_many_blank_lines(tmp_path):
    workbook = make_workbook(tmp_path, {"2016-08": "shire,h,all,90,100"})
    bad = "2016-08,north,{code},all,1,2,p\n"
    lines = [bad.format(code=f"x{n}") + "\n" * (n % 3) for n in range(20)]
    workbook.month_results("2016-08").write_text(HEADER + "".join(lines))
    rows = (HEADER + "".join(lines)).splitlines()

    assert [(fault.row, fault.problem) for fault in faults(workbook)] == [
        (number, f"unknown indicator `{row.split(',')[2]}`.")
        for number, row in enumerate(rows, start=1) if row and number > 1
    ]  # fmt: skip


def test_a_header_of_more_columns_than_a_spreadsheet_holds_is_reported(tmp_path):
    workbook = make_workbook(tmp_path, {"2016-08": "shire,h,all,90,100"})
    workbook.month_results("2016-08").write_text("," * csv_files.COLUMNS_AT_MOST + "\n")

    (fault,) = faults(workbook)
    assert (fault.row, fault.problem) == (
        1, "there are 16385 columns, more than a spreadsheet can hold."
    )  # fmt: skip


def test_each_cell_that_hides_a_character_is_reported(tmp_path):
    workbook = make_workbook(tmp_path, {"2016-08": "shire,h,all,90,100"})
    text = HEADER.replace("num", "n\u200bum") + "2016-08,shi\u202ere,h,all,90,100,\x1b]0;p\x07\n"
    workbook.month_results("2016-08").write_text(text, encoding="utf-8")

    assert [(fault.row, fault.column) for fault in faults(workbook)] == [
        (1, "5"), (2, "provenance"), (2, "unit")
    ]  # fmt: skip
    with pytest.raises(InputFaultsError) as caught:
        in_memory(workbook)
    assert "row 2, column unit: `shi[U+202E]re` holds an invisible character" in str(caught.value)
    assert not {"\x1b", "\x07", "\u202e", "\u200b"} & set(str(caught.value))


def test_lines_inside_a_cell_may_end_in_another_way(tmp_path):
    """As Excel writes a cell of two lines."""
    workbook = make_workbook(tmp_path, {"2016-08": "shire,h,all,90,100"})
    text = HEADER.strip() + ',remark\r\n2016-08,shire,h,all,9,10,p,"two\nlines"\r\n'
    workbook.month_results("2016-08").write_bytes(text.encode())

    assert in_memory(workbook).rows("SELECT CAST(num AS INTEGER) AS num FROM results") == [
        {"num": 9}
    ]


def test_the_spaces_that_are_passed_over_are_those_that_sql_passes_over():
    with duckdb.connect() as connection:
        connection.execute((sql_files.SQL / "schema.sql").read_text())
        for space in map(chr, range(0x110000)):
            if space.isspace() and not UNSEEN.match(space):
                said = connection.execute(
                    "SELECT cell_text($cell, true)", {"cell": f"{space}a{space}"}
                )
                assert said.fetchone() == ("a",), hex(ord(space))
                assert space in SPACES


def faults(workbook):
    with pytest.raises(InputFaultsError) as caught:
        in_memory(workbook)
    return caught.value.faults


@pytest.fixture
def short_cells(monkeypatch):
    monkeypatch.setattr(csv_files, "LINE", 40)
    before = csv.field_size_limit(40)
    yield
    csv.field_size_limit(before)


@pytest.mark.usefixtures("short_cells")
@pytest.mark.parametrize("chunk", [2, 7, 30, 1 << 20])
@pytest.mark.parametrize("cell", ["short\n" * 20, 'a ""b""\n' * 20, "\n,\n" * 20])
def test_a_long_cell_of_short_lines_is_refused_before_the_rest_is_read(
    tmp_path, monkeypatch, chunk, cell
):
    monkeypatch.setattr(csv_files, "CHUNK", chunk)
    path = tmp_path / "text"
    path.write_text(f'a,b\n1,2\n1,"{cell}' + "more\n" * 1000)
    with pytest.raises(csv_files.UnreadableError) as caught:
        list(csv_files.pieces(path, "text"))

    assert (caught.value.fault.row, "a cell is longer" in caught.value.fault.problem) == (3, True)


@pytest.mark.usefixtures("short_cells")
@pytest.mark.parametrize("chunk", [2, 7, 30])
def test_a_quote_that_opens_no_cell_makes_no_cell_long(tmp_path, monkeypatch, chunk):
    content = 'a,b\n1,5" pipe\n' + "3,4\n" * 50 + '5,"two\nlines"\n'

    assert looked_through(tmp_path, content, chunk, monkeypatch).lines == 54
