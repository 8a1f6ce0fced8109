"""A file is read in passing, piece by piece: where a piece ends makes no difference."""

from __future__ import annotations

import pytest

from makers import HEADER, make_workbook
from scorecard import staging
from scorecard.errors import InputFaultsError
from scorecard.store import in_memory

CHUNKS = [*range(1, 9), 1 << 20]


def looked_through(tmp_path, content, chunk, monkeypatch):
    monkeypatch.setattr(staging, "CHUNK", chunk)
    path = tmp_path / "text"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return staging.Table.of(path, "text")


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
    with pytest.raises(staging.UnreadableError) as caught:
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
def test_a_line_without_end_is_told_with_its_number(tmp_path, monkeypatch, chunk, end, before):
    monkeypatch.setattr(staging, "LINE", 20)
    rows = f"123456789{end}" * before
    sound = looked_through(tmp_path, rows + "x" * 20 + end + "y" * 20, chunk, monkeypatch)
    assert sound.lines == (before + 2 if "\n" in end else 1)
    with pytest.raises(staging.UnreadableError) as caught:
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
def test_lines_that_end_in_several_ways_are_told(tmp_path, other, first):
    workbook = make_workbook(tmp_path, {"2016-08": "shire,h,all,90,100"})
    rows = [HEADER.strip(), "2016-08,shire,h,all,90,100,p", "2016-08,north,h,all,40,50,p"]
    ends = (other, "\n") if first else ("\n", other)
    text = rows[0] + ends[0] + rows[1] + ends[1] + rows[2] + ends[0]
    workbook.month_results("2016-08").write_bytes(text.encode())

    (fault,) = faults(workbook)
    assert fault.problem.startswith("the lines don't all end in the same way")
    assert "save it as CSV UTF-8" in fault.remedy


def test_lines_inside_a_cell_may_end_in_another_way(tmp_path):
    """As Excel writes a cell of two lines."""
    workbook = make_workbook(tmp_path, {"2016-08": "shire,h,all,90,100"})
    text = HEADER.strip() + ',remark\r\n2016-08,shire,h,all,9,10,p,"two\nlines"\r\n'
    workbook.month_results("2016-08").write_bytes(text.encode())

    assert in_memory(workbook).rows("SELECT CAST(num AS INTEGER) AS num FROM results") == [
        {"num": 9}
    ]


def faults(workbook):
    with pytest.raises(InputFaultsError) as caught:
        in_memory(workbook)
    return caught.value.faults
