"""The files beside a page: the same figures, for programs and for people."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
import time
import zipfile
from xml.etree import ElementTree

import duckdb
import pandas
import pytest

from scorecard.data_table import Column, DataTable
from scorecard.outputs import Note
from scorecard.pages import downloads, spreadsheet
from support import sample_notebook as sample

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LONG = DataTable(
    name="a-very-long-name-of-a-table-of-figures",
    title="Rates, with gaps",
    columns=(Column("month", "Month"), Column("rate", "Rate"), Column("count", "Count")),
    rows=(("2016-07", 1.25, 3), ("2016-08", None, 4)),
)
EMPTY = DataTable("none", "No rows", (Column("month", "Month"),), ())
NOTES = (
    Note("worked-out", "Worked out, marked [e]: they are not the council's records."),
    Note("Indicators 1, 2", "The floor standard is assumed."),
)
TABLES = (sample.SCORECARD_DATA, LONG, EMPTY)


@pytest.fixture(scope="module")
def files():
    return downloads.of(TABLES, sample.ABOUT, NOTES)[0]


@pytest.fixture(scope="module")
def book(files):
    with zipfile.ZipFile(io.BytesIO(files["downloads/sample.xlsx"])) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def rows(files, name):
    text = files[f"downloads/sample-{name}.csv"].decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_each_table_is_a_csv_with_its_description_and_all_are_one_spreadsheet(files):
    names = [f"downloads/sample-{table.name}.csv" for table in TABLES]
    described = [f"{name}-metadata.json" for name in names]
    assert set(files) == {"downloads/sample.xlsx", *names, *described}


def test_csv_holds_exactly_the_figures_with_their_reporting_month_and_leaves_gaps_empty(files):
    assert rows(files, LONG.name) == [
        ["reporting_month", "month", "rate", "count"],
        ["2016-08", "2016-07", "1.25", "3"],
        ["2016-08", "2016-08", "", "4"],
    ]
    described = json.loads(files[f"downloads/sample-{LONG.name}.csv-metadata.json"])
    assert described["tableSchema"]["columns"][0]["dc:title"] == "Reporting month"


def test_a_csv_begins_with_one_byte_order_mark_for_excel_and_is_read_by_programs(tmp_path):
    """Names of a Welsh council, as the case csv-without-bom has them."""
    name = "Gofal Ŷ Môn £é"
    table = DataTable("t", "T", (Column("unit", "A"), Column("n", "B")), ((name, 1), (name, 2)))
    content = downloads.comma_separated(table)
    (tmp_path / "t.csv").write_bytes(content)

    assert content.startswith(codecs.BOM_UTF8 + b"unit,n\r\n")
    assert content.count(codecs.BOM_UTF8) == 1
    assert list(pandas.read_csv(tmp_path / "t.csv").itertuples(index=False, name=None)) == [
        (name, 1), (name, 2)
    ]  # fmt: skip
    with duckdb.connect() as connection:
        asked = {"path": str(tmp_path / "t.csv")}
        found = connection.execute("SELECT unit FROM read_csv($path)", asked)
        assert found.fetchall() == [(name,), (name,)]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=SUM(A1)", "'=SUM(A1)"),
        ("@import", "'@import"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("+17.4%", "+17.4%"),
        ("-0.0%", "-0.0%"),
        ("-", "-"),
        ("", ""),
        ("Kent", "Kent"),
    ],
)
def test_text_in_a_csv_never_runs_as_a_formula(value, written):
    table = DataTable("t", "T", (Column("a", "A"), Column("b", "B")), ((value, -1),))
    line = list(csv.reader(io.StringIO(downloads.comma_separated(table).decode("utf-8-sig"))))[1]
    assert line == [written, "-1"]


def test_description_names_every_column_with_meaning_and_type(files):
    text = files["downloads/sample-scorecard.csv-metadata.json"]
    content = json.loads(text)
    assert content["url"] == "sample-scorecard.csv"
    columns = {
        c["titles"]: (c["dc:description"], c["datatype"]) for c in content["tableSchema"]["columns"]
    }
    assert columns["result"] == ("The latest result, in percent", "decimal")
    assert columns["code"] == ("The indicator's number", "string")


def test_links_give_kind_and_size(files):
    links = downloads.of(TABLES, sample.ABOUT, NOTES)[1]
    assert [link.kind for link in links] == ["Excel", "CSV", "CSV", "CSV"]
    assert all(link.size == len(files[link.href]) for link in links)
    assert links[0].size_words == f"{round(links[0].size / 1000)} KB"


def test_no_tables_no_files():
    assert downloads.of((), sample.ABOUT) == ({}, ())


def test_files_are_the_same_bytes_at_another_time(files):
    time.sleep(1.1)  # a time stamp in a spreadsheet counts seconds
    assert downloads.of(TABLES, sample.ABOUT, NOTES)[0] == files


def test_spreadsheet_has_cover_contents_notes_and_one_table_a_sheet(files):
    sheets = pandas.read_excel(
        io.BytesIO(files["downloads/sample.xlsx"]), sheet_name=None, header=None
    )
    third = "A very long name of a table of"
    assert list(sheets) == ["Cover", "Contents", "Notes", "Scorecard", third, "None"]
    first = {name: frame.iloc[0, 0] for name, frame in sheets.items()}
    assert first["Cover"] == "Appendix A: Performance scorecard, August 2016"
    assert first["Scorecard"] == "Scorecard, August 2016"
    assert sheets["None"].iloc[1, 0].endswith("which has no rows this month.")


def test_spreadsheet_carries_the_figures_and_marks_the_gaps(files):
    frame = pandas.read_excel(io.BytesIO(files["downloads/sample.xlsx"]), sheet_name=4, header=3)
    assert frame.to_numpy().tolist() == [["2016-07", 1.25, 3], ["2016-08", "[x]", 4]]


def sheet(files, name: str) -> list[list[str]]:
    """The cells of a worksheet that hold something, by row."""
    content = io.BytesIO(files["downloads/sample.xlsx"])
    frame = pandas.read_excel(content, sheet_name=name, header=None, dtype=str)
    return [[each for each in row if isinstance(each, str)] for row in frame.to_numpy().tolist()]


def test_every_file_holds_the_notes_of_the_page_on_its_figures(files):
    told = [f"{note.of}: {note.text}" for note in NOTES]
    cover = [row[0] for row in sheet(files, "Cover") if row]
    first = cover.index(spreadsheet.WARNING) + 1
    assert cover[first : first + 2] == told
    assert [row for row in sheet(files, "Notes") if row and row[0] == "All"] == [
        ["All", note.of, note.text] for note in NOTES
    ]
    described = [json.loads(text) for name, text in files.items() if name.endswith("metadata.json")]
    assert [each["dc:description"] for each in described] == [told] * len(TABLES)


def test_without_notes_no_file_announces_any():
    files, _ = downloads.of(TABLES, sample.ABOUT)
    assert not [row for row in sheet(files, "Cover") if spreadsheet.WARNING in row]
    assert "dc:description" not in json.loads(files["downloads/sample-none.csv-metadata.json"])


def test_the_notes_on_what_columns_mean_follow_those_on_figures(files):
    rows = sheet(files, "Notes")
    heading = rows.index(["Worksheet", "Column or figures", "Meaning"])
    assert rows[heading + 3] == ["Scorecard", "Code", "The indicator's number"]


def test_tables_are_marked_named_and_without_filters(book):
    tables = [ElementTree.fromstring(text) for name, text in book.items() if "/tables/" in name]  # noqa: S314
    names = {table.get("displayName") for table in tables}
    assert names == {
        "t_contents",
        "t_notes",
        "t_scorecard",
        "t_a_very_long_name_of_a_table_of_figures",
    }
    assert not [table for table in tables if table.find(f"{MAIN}autoFilter") is not None]


def test_no_formula_no_merged_cell_no_frozen_pane(book):
    for name, text in book.items():
        if name.startswith("xl/worksheets/sheet"):
            assert not re.search(r"<f>|<f |mergeCell|<pane", text)


@pytest.mark.parametrize(
    ("tables", "names"),
    [
        (["notes", "Notes"], ["Notes 2", "Notes 3"]),
        (["x" * 40, "x" * 40], ["X" + "x" * 30, "X" + "x" * 28 + " 2"]),
        (["a/b[c]-d"], ["Abc d"]),
    ],
)
def test_sheet_names_keep_excels_rules(tables, names):
    assert spreadsheet.sheet_names(tables) == names
