"""What programs do to files is read alike, whether a file is loaded or stands in `data/`."""

from __future__ import annotations

import shutil

import duckdb
import pytest

from scorecard.input_faults import InputFaultsError
from scorecard.months import Month
from scorecard.store.semantic_layer import BEFORE_LOADING
from scorecard.store.sql_files import sql
from scorecard.store.staging import COLUMNS, stage
from scorecard.store.store import in_memory
from support import council
from support.load_command import Desk, make_desk, recorded
from support.places import TESTS
from support.workbooks import HEADER, INDICATORS, TARGETS, UNITS, make_workbook

CASES = TESTS / "cases"
NBSP = "\u00a0"
SOUND = HEADER + "2016-09,shire,h,all,91,100,published\n2016-09,north,stock,all,7,,published\n"
WRITTEN = {
    "plainly": SOUND,
    "with a byte order mark": "\ufeff" + SOUND,
    "with line ends of Windows": SOUND.replace("\n", "\r\n"),
    "with line ends of old Macs": SOUND.replace("\n", "\r"),
    "with months of a spreadsheet": SOUND.replace("2016-09,", "Sep-16,"),
    "with days that open months": SOUND.replace("2016-09,", "2016-09-01,"),
    "by a spreadsheet": "\ufeff" + SOUND.replace("2016-09,", "Sep-16,").replace("\n", "\r\n"),
    "with spaces": SOUND.replace(",", " , "),
    "with no-break spaces": SOUND.replace(",", f"{NBSP},{NBSP}\u202f"),
    "with tabs": SOUND.replace(",", "\t,\t"),
    "with spaces in quotes": SOUND.replace("shire", '" shire "').replace("91", f'"91{NBSP}"'),
    "with line ends in cells": SOUND.replace("shire", '"shire\n"').replace("91", '"\r\n91"'),
    "with spaces in the header": SOUND.replace("unit,code", f" unit ,{NBSP}code"),
    "with blank lines": SOUND.replace("published\n", "published\n\n\n"),
    "with rows of commas": SOUND + ",,,,,,\n , ,,,,,\n",
    "with the separator named": "sep=,\n" + SOUND,
    "with more columns": SOUND.replace("\n", ', a remark\n'),
}  # fmt: skip
MONTHS = {how: Month(2016, 9) + number for number, how in enumerate(WRITTEN)}
"""Each way of writing has a month of its own, so that one workbook holds them all."""


def content(how, text=None):
    """What a file of the month of `how` holds, written so, or `text` of that month."""
    month = MONTHS[how]
    text = (text or WRITTEN[how]).replace("2016-09", str(month))
    return text.replace("Sep-16", f"{month.first_day:%b-%y}").encode()


QUERY = """
SELECT strftime(month, '%Y-%m') AS month, unit, code, CAST(num AS INTEGER) AS num,
       CAST(denom AS INTEGER) AS denom, provenance
FROM results WHERE strftime(month, '%Y-%m') = $month ORDER BY unit DESC
"""


def expected(month):
    rest = {"month": str(month), "provenance": "published"}
    return [
        {"unit": "shire", "code": "h", "num": 91, "denom": 100, **rest},
        {"unit": "north", "code": "stock", "num": 7, "denom": None, **rest},
    ]


@pytest.fixture(scope="module")
def in_data(tmp_path_factory):
    """The store of a workbook whose results files are written in every way."""
    workbook = make_desk(tmp_path_factory.mktemp("data")).workbook
    for how, month in MONTHS.items():
        workbook.month_results(str(month)).write_bytes(content(how))
    with in_memory(workbook) as store:
        yield store


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """A desk at which files written in every way were loaded, and its store."""
    desk = make_desk(tmp_path_factory.mktemp("loaded"))
    files = [desk.folder / f"{how}.csv" for how in WRITTEN]
    for how, file in zip(WRITTEN, files, strict=True):
        file.write_bytes(content(how))
    desk.load(*files, yes=True)
    with in_memory(desk.workbook) as store:
        yield desk, store


@pytest.mark.parametrize("how", WRITTEN)
def test_a_file_is_read_alike_in_data_and_when_it_is_loaded(in_data, loaded, how):
    month, (desk, store) = str(MONTHS[how]), loaded
    assert in_data.rows(QUERY, month=month) == expected(month)
    assert store.rows(QUERY, month=month) == expected(month)
    assert f"{HEADER}{desk.text(month)}".encode() == content(how, SOUND)


def test_a_results_file_in_any_writing_is_no_edit_of_what_was_loaded(loaded):
    """What is said of an edit names its month, and so the way of writing."""
    desk, _ = loaded
    for how, month in MONTHS.items():
        desk.workbook.month_results(str(month)).write_bytes(content(how))

    assert "Nothing was edited" in desk.load(edits=True)


@pytest.mark.parametrize("start", ["", "sep=,\n"])
def test_a_load_keeps_the_other_columns_of_a_file_with_spaces(tmp_path, start):
    desk = make_desk(tmp_path)
    desk.workbook.month_results("2016-09").write_text(
        f"{start}month,unit , code,cohort,num,denom,provenance,remark\n"
        f"Sep-16,north{NBSP}, stock,all,7 ,,published,seen by B\n"
    )
    desk.load(desk.file("2016-09,shire,h,all,91,100,published"), yes=True)

    assert desk.workbook.month_results("2016-09").read_text().splitlines()[1:] == [
        "2016-09,shire,h,all,91,100,published,",
        "2016-09,north,stock,all,7,,published,seen by B",
    ]


def test_the_catalogue_may_have_been_saved_by_a_spreadsheet_too(tmp_path):
    """With its months, its line ends, its mark, and spaces around what cells say."""
    texts = {
        "units": UNITS.replace(",area,", f" , area{NBSP},").replace("North,", " North ,"),
        "indicators": INDICATORS.replace("monthly,,,", "monthly ,Apr-15,,"),
        "targets": TARGETS.replace("2015-04,90,", "Apr-15, 90 ,"),
    }
    saved = {name: "\ufeff" + text.replace("\n", "\r\n") for name, text in texts.items()}
    workbook = make_workbook(tmp_path, {"2016-08": "shire,h,all,90,100"}, **saved)
    with in_memory(workbook) as store:
        names = [row["name"] for row in store.rows("FROM units")]
        months = store.rows(
            "SELECT strftime(valid_from, '%Y-%m') AS m FROM targets WHERE code = 'h'"
        )

    assert names == ["Shire", "North", "South", "North Team"]
    assert months == [{"m": "2015-04"}]


def test_a_space_within_a_name_is_no_space_around_it(tmp_path):
    workbook = make_workbook(tmp_path, {})
    workbook.month_results("2016-08").write_text(
        HEADER + f"2016-08,shi{NBSP}re,h,all,90,100,p\n", encoding="utf-8"
    )
    with pytest.raises(InputFaultsError) as caught:
        in_memory(workbook)

    assert "row 2, column unit: unknown unit `shi[U+00A0]re`." in str(caught.value)


def fenwold(folder):
    """The second council, to load into."""
    (folder / "in").mkdir()
    return recorded(Desk(council.files(folder / "workbook"), folder / "in"))


@pytest.mark.parametrize(
    ("file", "loaded"),
    [
        ("spaces.csv", ["fenwold,b1,all,180,190", "upper-fen,b1,all,78,81"]),
        ("nbsp.csv", ["fenwold,b1,all,180,190", "upper-fen,b1,all,78,81"]),
        ("x_textspace.xlsx", ["fenwold,b1,all,180,190"]),
    ],
)
def test_spaces_around_what_a_cell_says_are_passed_over(tmp_path, file, loaded):
    desk = fenwold(tmp_path)
    desk.load(CASES / "text-number-spaces" / file)

    assert desk.text("2024-07").splitlines() == [f"2024-07,{row},supplied" for row in loaded]


def test_spaces_around_what_a_cell_of_an_extract_says_are_passed_over(tmp_path):
    desk = fenwold(tmp_path)
    folder = CASES / "text-number-spaces"
    shutil.copy(folder / "extracts.yml", desk.workbook.params("extracts"))
    desk.load(folder / "e_space.xlsx", extract="team")

    assert desk.text("2024-07").splitlines() == [
        f"2024-07,{row},,supplied" for row in (
            "upper-fen,s1,all,350", "upper-fen,s2,all,80", "upper-fen,f1,all,90",
            "lower-fen,s1,all,340", "lower-fen,s2,all,110", "lower-fen,f1,all,150",
        )
    ]  # fmt: skip


@pytest.mark.parametrize("kind", COLUMNS)
def test_spaces_around_each_cell_of_each_kind_of_file_are_passed_over(tmp_path, kind):
    columns = COLUMNS[kind]
    path = tmp_path / "file.csv"
    path.write_text(
        ",".join(columns) + "\n" + ",".join(f" {each}\u00a0" for each in columns) + "\n"
    )
    with duckdb.connect() as connection:
        for name in ("schema", *BEFORE_LOADING, "macros/rounding"):
            connection.execute(sql(name))
        assert list(stage(connection, kind, {path: "file.csv"})) == []
        rows = connection.table(f"staged_{kind}").filter("file = 'file.csv'").fetchall()

    assert [[each for each in row[2:] if each is not None] for row in rows] == [[*columns]]
