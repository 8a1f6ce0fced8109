"""A marker is said once where a whole column or row has it, and no figure loses its own."""

from __future__ import annotations

import pytest

from scorecard.report import marks
from scorecard.report.cell import Cell
from scorecard.report.tables import Col, Table

E = "e"


def body(*rows: str, **record: list[str]):
    """Rows of cells from texts such as `1e 2`: a figure with its marker; `-` is none."""
    made = []
    for at, row in enumerate(rows):
        cells = [Cell(f"row {at}")]
        cells += [
            Cell("-", quiet=True)
            if each == "-"
            else Cell(each.rstrip("erp"), marker=each.lstrip("0123456789"))
            for each in row.split()
        ]
        made.append(({key: values[at] for key, values in record.items()}, cells))
    return made


def shown(rows):
    """The rows as `body` takes them, with the header's marker first."""
    return [
        " ".join([cells[0].marker or ".", *(each.text + each.marker for each in cells[1:])])
        for _, cells in rows
    ]


def months(first: str, count: int) -> list[str]:
    year, number = map(int, first.split("-"))
    return [
        f"{year + (number - 1 + at) // 12}-{(number - 1 + at) % 12 + 1:02d}" for at in range(count)
    ]


def test_a_heading_says_the_marker_of_all_figures_of_its_column():
    said, rows = marks.once(body("1e 1", "2e 2", "- 3"), 0)

    assert said == {1: marks.Mark("e")}
    assert shown(rows) == [". 1 1", ". 2 2", ". - 3"]
    assert [cells[1].marked for _, cells in rows] == ["e", "e", ""]


def test_a_row_header_says_the_marker_of_all_figures_of_its_row_that_can_have_one():
    said, rows = marks.once(body("1e 1e 5", "2 2 5", "3 3 5"), 0)

    assert said == {}
    assert shown(rows) == ["e 1 1 5", ". 2 2 5", ". 3 3 5"]
    assert [each.marked for each in rows[0][1]] == ["", "e", "e", ""]


@pytest.mark.parametrize("row", ["1e 1", "1e 1r", "1e -"])
def test_a_row_of_several_markers_or_of_one_figure_keeps_them(row):
    rows = body(row, "2 2e", "3 3", "4 4r")
    assert marks.once(rows, 0) == ({}, rows)


def test_a_heading_names_the_one_unit_that_it_is_not_true_of():
    names = ["row 0", "row 1", "row 2", "row 3"]

    said, rows = marks.once(body("9", "1e", "2e", "3e", unit_name=names), 0)

    assert said == {1: marks.Mark("e", "row 0")}
    assert [cells[1].marked for _, cells in rows] == ["", "e", "e", "e"]


@pytest.mark.parametrize(
    ("column", "rest"),
    [
        ("1e 1e 1e 1e 1 1", "the last 2 months"),
        ("1 1e 1e 1e 1e 1", "August 2015 and the last month"),
        ("1e 1e 1e 1 - -", "November 2015"),
        ("1 1 1e 1e 1e 1e", "August 2015 to September 2015"),
        ("1 1e 1e 1 1e 1e", "August 2015 and November 2015"),
    ],
)
def test_a_heading_names_the_months_that_it_is_not_true_of(column, rest):
    said, _ = marks.once(body(*column.split(), month=months("2015-08", 6)), 0)
    assert said == {1: marks.Mark("e", rest)}


def test_the_months_of_one_unit_are_named_as_months():
    rows = body("1e", "2e", "3", month=months("2016-06", 3), unit_name=["Shire"] * 3)
    assert marks.once(rows, 0)[0] == {1: marks.Mark("e", "the last month")}


@pytest.mark.parametrize(
    "column", ["1 1e 1 1e 1e 1 1e 1e", "1e 1e 1 1", "1e", "1 1 1 1e 1e", "1r 1e 1e", "1 2 3"]
)
def test_a_heading_says_nothing_of_a_column_that_it_is_not_true_of(column):
    rows = body(*column.split(), month=months("2015-08", len(column.split())))
    assert marks.once(rows, 0) == ({}, rows)


def test_a_table_shows_each_marker_in_words_too():
    cols = [
        Col("month", "Month", lambda row: Cell(row["month"]), header=True),
        Col("result", "Result", lambda row: Cell("1", marker=row["mark"])),
    ]
    rows = [{"month": "2016-06", "mark": "e, q"}, {"month": "2016-07", "mark": "e, q"},
            {"month": "2016-08", "mark": ""}]  # fmt: skip

    html = Table("t", "T", cols, [("One", rows[:1]), ("Two", rows[1:])]).html

    assert (
        'Result <span class="marker" role="img" aria-label="estimated, marked q, except the '
        'last month">[e, q, except the last month]</span></th>'
    ) in html
    assert html.count("marker") == 1
    assert html.count('data-marked="e, q"') == 2


def test_a_column_that_a_row_header_does_not_speak_of_says_so():
    rows = body("1e 1e 5 7", "2 2 5 7")

    assert marks.once(rows, 0, known=[1, 2, 3])[0] == {3: marks.Mark("e", no=True)}
    assert marks.once(body("1e 5", "2e 5"), 0, known=[1, 2])[0] == {1: marks.Mark("e")}

    cols = [Col("a", "A", lambda row: Cell("x"), header=True)]
    cols += [
        Col(each, each, lambda row, each=each: Cell("1", marker=row[each]),
            set=each == "t")
        for each in ("b", "c", "d", "t")
    ]  # fmt: skip
    first, second = {**dict.fromkeys("bcdt", ""), "b": "e", "c": "e"}, dict.fromkeys("bcdt", "")
    html = Table("t", "T", cols, [("", [first, second])]).html
    assert 'd <span class="marker">[not estimated]</span></th>' in html
    assert html.count('class="marker"') == 2


def test_a_table_without_row_headers_keeps_its_markers():
    rows = body("1e", "2e")
    assert marks.once(rows, None) == ({}, rows)
    assert marks.once([], 0) == ({}, [])
