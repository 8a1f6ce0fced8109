"""The spreadsheets of both councils keep to the guidance "Releasing statistics in spreadsheets".

That is the Government Analysis Function's; each test is one of its points, or what it takes for a
file to be understood without its page. The spreadsheets are those of whole months.
"""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from scorecard.months import Month
from scorecard.pages.spreadsheet import NOT_AVAILABLE
from scorecard.workbook import Workbook
from support import council, quick
from support.places import REPOSITORY

FIRST = 3
"""The row of a table's headings counted from 0: below title, what it contains, and the way back."""
FRONT = ("Cover", "Contents", "Notes")
MONTHS = {"county": "2016-08", "year-end": "2016-03", "second": "2024-06"}
SIGN = re.compile(r"\[\w+\]")
SLUG = re.compile(r"^[a-z]+([_-][a-z0-9]+)+$")
NO_UNIT = {"ID", "Unit's short name", "Measure's short name", "Replaced by", "Group's short name"}
"""Columns of names that may be figures."""


@pytest.fixture(scope="module", params=MONTHS)
def files(request, tmp_path_factory):
    """Name of an appendix → the bytes of its spreadsheet, for a month of a council."""
    root = tmp_path_factory.mktemp(request.param) / "workbook"
    workbook = council.copy(root) if request.param == "second" else Workbook.at(REPOSITORY)
    made = quick.appendices(workbook, Month.parse(MONTHS[request.param]))
    found = {
        page.about.name: content
        for _, page in made
        for name, content in page.files.items()
        if name.endswith(".xlsx")
    }
    assert len(found) > 5
    return found


@pytest.fixture(scope="module")
def books(files):
    """The same, opened."""
    return {name: openpyxl.load_workbook(io.BytesIO(each)) for name, each in files.items()}


def tables(books):
    """Each sheet that has a table of figures, with the appendix, its headings and its rows."""
    for name, book in books.items():
        for sheet in book.worksheets[len(FRONT) :]:
            _, heads, *rows = [*sheet.iter_rows(min_row=FIRST, values_only=True)]
            yield f"{name}: {sheet.title}", sheet, heads, rows


def test_each_begins_with_a_cover_a_list_of_contents_and_notes(books):
    for book in books.values():
        assert tuple(book.sheetnames[:3]) == FRONT
        listed = [row[0] for row in book["Contents"].iter_rows(min_row=4, values_only=True)]
        assert listed == book.sheetnames[2:]
        for row in book["Contents"].iter_rows(min_row=4, max_col=1):
            assert row[0].hyperlink.location == f"'{row[0].value}'!A1"


def test_the_cover_says_whose_figures_of_when_and_under_which_licence(books, request):
    second = "second" in request.node.name
    for name, book in books.items():
        cover = [row[0] for row in book["Cover"].iter_rows(values_only=True)]
        said = " ".join(cover)
        if second:
            assert "Figures for June 2024, to 30 June 2024." in cover
            assert (
                "Published by Fenwold Borough Council, Performance and Insight. "
                "Licence: Open Government Licence v3.0."
            ) in cover
        else:
            assert re.search(r"Figures for \w+ 2016, to 31 \w+ 2016\.", said), name
            assert (
                "Published by Kent County Council. No licence is named: ask the publisher before "
                "you use the figures elsewhere."
            ) in cover


def test_a_sheet_has_one_named_table_that_fills_it_from_the_first_column(books):
    for place, sheet, heads, rows in tables(books):
        (found,) = sheet.tables.values() or [None]
        assert found.ref == f"A{FIRST + 1}:{sheet.dimensions.split(':')[1]}", place
        assert re.fullmatch(r"t_\w+", found.displayName), place
        assert len(rows) == sheet.max_row - FIRST - 1, place
        assert len({head.lower() for head in heads}) == len(heads), f"{place} repeats a heading"
        assert sheet["A2"].value == "This worksheet contains one table."


def test_names_of_tables_are_unlike_in_a_file(books):
    for book in books.values():
        names = [table.displayName for sheet in book for table in sheet.tables.values()]
        assert len(names) == len({each.lower() for each in names})


def test_no_row_column_or_cell_is_empty(books):
    for name, book in books.items():
        for sheet in book:
            cells = [*sheet.iter_rows(values_only=True)]
            above = FIRST if sheet.title not in FRONT else 2
            assert all(row[0] not in (None, "") for row in cells), f"{name}: {sheet.title}"
            if sheet.title != "Cover":
                blank = [row for row in cells[above:] for each in row if each in (None, "")]
                assert not blank, f"{name}: {sheet.title}"


def test_nothing_is_merged_hidden_frozen_filtered_drawn_or_worked_out(files, books):
    for name, book in books.items():
        for sheet in book:
            assert not sheet.merged_cells.ranges
            assert sheet.freeze_panes is None
            assert sheet.sheet_state == "visible"
            assert not any(each.hidden for each in sheet.column_dimensions.values())
            assert not any(each.hidden for each in sheet.row_dimensions.values())
            assert all(each.autoFilter is None for each in sheet.tables.values())
            assert sheet.title == sheet.title.strip()
            assert len(sheet.title) <= 31
        with zipfile.ZipFile(io.BytesIO(files[name])) as archive:
            parts = archive.namelist()
            assert not [each for each in parts if "drawing" in each or "media" in each]
            assert not any(
                b"<f>" in archive.read(each) for each in parts if "worksheets/sheet" in each
            )


def test_every_heading_and_sheet_is_in_words(books):
    for place, sheet, heads, _ in tables(books):
        assert not [head for head in heads if SLUG.match(head)], place
        assert not [head for head in heads if head[:1] != head[:1].upper()], place
        assert "_" not in sheet.title, place


def test_every_column_of_figures_names_its_unit(books):
    """In its heading, or in the column `Measured in` where its rows have several."""
    seen = set()
    for place, _, heads, rows in tables(books):
        for n, head in enumerate(heads):
            figures = [row[n] for row in rows if isinstance(row[n], int | float)]
            if not figures or head in NO_UNIT:
                continue
            unit = re.search(r"\(([^()]*)\)$", head)
            assert unit, f"{place}: `{head}`"
            seen.add(unit[1])
            if unit[1] == "as measured":
                units = {row[heads.index("Measured in")] for row in rows}
                assert len(units) > 1, f"{place}: `{head}`"
                assert units <= {"%", "number", "days", "average"}
    assert {"%", "number", "percentage points", "as measured"} <= seen


def test_the_unit_of_a_heading_is_that_of_each_row(books):
    """A heading with the unit `%` is above rows that are measured in it."""
    for place, _, heads, rows in tables(books):
        if "Measured in" not in heads:
            continue
        units = {row[heads.index("Measured in")] for row in rows}
        for head in heads:
            if re.match(r"(Result|Target)\b.*\((%|number|days|average)\)$", head):
                assert {re.search(r"\(([^()]*)\)$", head)[1]} == units, f"{place}: `{head}`"


def test_each_shorthand_is_explained_on_the_cover(books):
    for name, book in books.items():
        cover = " ".join(row[0] for row in book["Cover"].iter_rows(values_only=True))
        used = {
            found
            for sheet in book.worksheets[len(FRONT) :]
            for row in sheet.iter_rows(min_row=FIRST + 2, values_only=True)
            for each in row
            if isinstance(each, str)
            for found in SIGN.findall(each)
        }
        assert not [sign for sign in used if f"{sign} means" not in cover], name
    assert NOT_AVAILABLE in cover


def test_notes_explain_every_column(books):
    for name, book in books.items():
        notes = {row[:2] for row in book["Notes"].iter_rows(min_row=4, values_only=True)}
        explained = {(sheet, head) for sheet, head in notes if sheet != "All"}
        for _, sheet, heads, _ in tables({name: book}):
            missing = [head for head in heads if (sheet.title, head) not in explained]
            assert not missing, f"{name}: {sheet.title}"


def test_a_difference_keeps_its_sign(books):
    """Also where it rounds to nought: the column beside it says which way it goes."""
    ways = set()
    for place, sheet, heads, _ in tables(books):
        for n, head in enumerate(heads):
            if head.startswith("Variance ("):
                for row in sheet.iter_rows(min_row=FIRST + 2):
                    if not isinstance(row[n].value, int | float):
                        continue
                    digits, *signs = (each.strip('"') for each in row[n].number_format.split(";"))
                    assert (digits[0], signs[0][0]) == ("+", "-"), place
                    value, way = Decimal(str(row[n].value)), row[n + 1].value
                    ways.add((way, value == 0))
                    assert {"higher": value >= 0, "lower": value <= 0, "same": value == 0}[way]
                    if value == 0 and way == "lower":
                        assert row[n].number_format.endswith(';"-"0.0')
    assert not ways or {("higher", False), ("lower", False)} & ways


def test_a_question_is_asked_on_one_sheet(books):
    for name, book in books.items():
        titles = [re.sub(r" \d+$", "", each) for each in book.sheetnames]
        assert len(titles) == len(set(titles)), f"{name}: {book.sheetnames}"
        assert len(titles) <= 18, name
