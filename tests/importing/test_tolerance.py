"""What programs do to files is read alike, whether a file is loaded or stands in `data/`."""

from __future__ import annotations

import shutil

import duckdb
import pytest

from scorecard.errors import InputFaultsError
from scorecard.store.staging import COLUMNS, sql, stage
from scorecard.store.store import in_memory
from support import council
from support.load_command import Desk, make_desk
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
EXPECTED = [
    {"month": "2016-09", "unit": "shire", "code": "h", "num": 91, "denom": 100,
     "provenance": "published"},
    {"month": "2016-09", "unit": "north", "code": "stock", "num": 7, "denom": None,
     "provenance": "published"},
]  # fmt: skip
QUERY = """
SELECT strftime(month, '%Y-%m') AS month, unit, code, CAST(num AS INTEGER) AS num,
       CAST(denom AS INTEGER) AS denom, provenance
FROM results WHERE month = DATE '2016-09-01' ORDER BY unit DESC
"""


def september(workbook):
    with in_memory(workbook) as store:
        return store.rows(QUERY)


@pytest.mark.parametrize("how", WRITTEN)
def test_a_file_is_read_alike_in_data_and_when_it_is_loaded(tmp_path, how):
    desk = make_desk(tmp_path)
    content = WRITTEN[how].encode()
    desk.workbook.month_results("2016-09").write_bytes(content)
    assert september(desk.workbook) == EXPECTED

    desk.workbook.month_results("2016-09").unlink()
    (desk.folder / "late.csv").write_bytes(content)
    desk.load(desk.folder / "late.csv", yes=True)
    assert september(desk.workbook) == EXPECTED
    assert desk.text("2016-09") == SOUND.removeprefix(HEADER)


@pytest.mark.parametrize("how", WRITTEN)
def test_a_results_file_in_any_writing_is_no_edit_of_what_was_loaded(tmp_path, how):
    desk = make_desk(tmp_path)
    desk.load(desk.file(text=SOUND))
    desk.workbook.month_results("2016-09").write_bytes(WRITTEN[how].encode())

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
    return Desk(council.copy(folder / "workbook"), folder / "in")


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
        for name in ("schema", "macros/months", "macros/rounding"):
            connection.execute(sql(name))
        assert list(stage(connection, kind, {path: "file.csv"})) == []
        rows = connection.table(f"staged_{kind}").filter("file = 'file.csv'").fetchall()

    assert [[each for each in row[2:] if each is not None] for row in rows] == [[*columns]]
