"""Extracts, one row a team and one column a measure, as params/extracts.yml describes them."""

from __future__ import annotations

from datetime import datetime

import pytest
from openpyxl import Workbook as Spreadsheet

from scorecard.errors import LoadError, ParamsError, UnknownNameError
from scorecard.input_faults import InputFaultsError
from scorecard.months import Month
from scorecard.workbook import Workbook
from support.load_command import Desk, make_desk, recorded
from support.places import REPOSITORY
from support.workbooks import PROVENANCES

EXAMPLE = REPOSITORY / "tests/extracts/team-activity.csv"
DESCRIBED = """\
extracts:
  teams:
    header_row: 2
    unit_column: Team
    units: {The North: north}
    skip: [Total]
    empty: ["-"]
    provenance: published
    results:
      - {code: stock, num: Stock}
      - {code: h, num: In time, denom: Due}
      - {code: h, num: In time (exc), denom: Due (exc), cohort: excluding_uasc}
    ignore: [Manager]
"""
TABLE = """\
Report,,,,,,
Team,Manager,Stock,In time,Due,In time (exc),Due (exc)
Shire,Ann,61,91,100,80,90
The North,Bob,7,41,50,-,-
south,,,,,,
Total,,68,132,150,80,90
"""


@pytest.fixture
def desk(tmp_path):
    made = recorded(make_desk(tmp_path, provenance=PROVENANCES))
    describe(made)
    return made


def describe(desk, old="", new=""):
    """Say how the extract is read, but for one piece."""
    assert old in DESCRIBED
    desk.workbook.params("extracts").write_text(DESCRIBED.replace(old, new))


def table(desk, old="", new=""):
    """The extract, but for one piece."""
    assert old in TABLE
    return desk.file(text=TABLE.replace(old, new))


def load(desk, file, **asked):
    return desk.load(file, **{"extract": "teams", "month": Month(2016, 8), **asked})


def read(desk, file, **asked):
    return desk.read(file, **{"extract": "teams", "month": Month(2016, 8), **asked})


def faults(desk, file, **asked):
    with pytest.raises(InputFaultsError) as caught:
        read(desk, file, **asked)
    assert all(fault.remedy for fault in caught.value.faults)
    return [(fault.row, fault.column, fault.problem) for fault in caught.value.faults]


def test_each_cell_becomes_a_result(desk):
    said = load(desk, table(desk))

    assert desk.text("2016-08").splitlines() == [
        "2016-08,shire,h,all,91,100,published",
        "2016-08,shire,h,excluding_uasc,80,90,published",
        "2016-08,shire,stock,all,61,,published",
        "2016-08,north,h,all,41,50,published",
        "2016-08,north,stock,all,7,,published",
    ]
    assert "skipped Total (row 6)" in said
    assert "results left out because their cells are empty: 4." in said


def test_a_column_may_be_a_group_of_the_council_s_own(desk):
    desk.workbook.reference("cohorts").write_text(
        "cohort,dimension,name,exhaustive\nyoung,age,Under 10,no\n", encoding="utf-8"
    )
    describe(desk, "cohort: excluding_uasc", "cohort: young")
    load(desk, table(desk))

    assert "2016-08,shire,h,young,80,90,published" in desk.text("2016-08").splitlines()
    said = load(desk, table(desk, ",80,90\nThe", ",79,90\nThe"), why="A later count")
    assert "Higher is better, age: Under 10" in " ".join(said.split())


def test_the_example_of_this_repository_says_what_the_paper_says(tmp_path):
    """The worked example of params/extracts.yml is the activity of August 2016."""
    desk = Desk(copy_of(REPOSITORY, tmp_path / "workbook"), tmp_path)
    said = desk.load(EXAMPLE, extract="team-activity")

    assert "skipped Total (row 28)" in said
    assert "These results are already loaded." in said


def copy_of(root, folder):
    """The repository's own workbook, to load into."""
    for path in [*(root / "data/reference").glob("*.csv"), *(root / "data/results").glob("*.csv"),
                 root / "params/extracts.yml"]:  # fmt: skip
        target = folder / path.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    return Workbook.at(folder)


def test_the_example_as_a_spreadsheet_says_the_same(tmp_path):
    desk = Desk(copy_of(REPOSITORY, tmp_path / "workbook"), tmp_path)
    book = Spreadsheet()
    for number, line in enumerate(EXAMPLE.read_text().splitlines()):
        cells = [int(cell) if cell.isdigit() else cell for cell in line.split(",")]
        if number == 1:
            cells[1] = datetime(2016, 8, 1)  # noqa: DTZ001 (as openpyxl wants it)
        if cells[0] == "Ashford CSWT":
            cells[2] += 1
        book.active.append(cells)
    book.save(tmp_path / "teams.xlsx")
    said = desk.load(tmp_path / "teams.xlsx", extract="team-activity", dry_run=True)

    assert [line.split()[:4] for line in said.splitlines() if line.startswith("2016-08 ")] == [
        ["2016-08", "0", "1", "252"], ["2016-08", "Ashford", "CSWT", "caseloads"]
    ]  # fmt: skip


@pytest.mark.parametrize("when", ["2016-09", "Sep-16", "September 2016", "2016-09-30"])
def test_the_month_may_be_in_a_column_or_a_cell(desk, when):
    describe(desk, "    unit_column", "    month_column: Month\n    unit_column")
    text = TABLE.replace("Team,", "Team,Month,").replace("\nReport,", "\nReport,,")
    text = text.replace("Shire,", f"Shire,{when},").replace("North,", f"North,{when},")
    text = text.replace("south,", f"south,{when},").replace("Total,", "Total,,")
    by_column, _ = read(desk, desk.file(text=text), month=None)
    describe(desk, "    unit_column", "    month_cell: B1\n    unit_column")

    assert read(desk, table(desk, "Report,,", f"Report,{when},"), month=None)[0] == by_column
    assert by_column[0] == "2016-09,shire,h,all,91,100,published"


def test_a_month_that_is_none_is_reported_once_with_its_place(desk):
    describe(desk, "    unit_column", "    month_cell: B1\n    unit_column")

    assert faults(desk, table(desk, "Report,,", "Report,16-Aug,"), month=None) == [
        (1, "B1", "`16-Aug` is not a month.")
    ]
    assert faults(desk, table(desk), month=None) == [(1, "B1", "`` is not a month.")]


FAULTY = """\
Report,,,,,,
Team,Manager,Stock,In time,Due,In time (exc),Due (exc)
Shire,Ann,61,91,100,95,99
Shrie,Ann,1,2,3,-,-
,Ann,1,2,3,-,-
Sum,Ann,1,2,3,-,-
The North,Bob,"1,061",x,50,-,-
north-team,Bob,7,41,#REF!,-,-
south,Bob,7,,50,41,
Shire,Bob,7,-,-,-,-
north,Bob,-,-,-,-,-,1
"""
AGAIN = "a second result for unit `shire`, indicator `stock`, cohort `all`; the first is in row 3."
ABOVE = "the numerator of cohort `excluding_uasc`, 95, is above the numerator of all, 91 (row 3)."
FAULTS = [
    (3, "In time (exc)", ABOVE),
    (4, "Team", "unknown unit `Shrie`."),
    (5, "Team", "unknown unit ``."),
    (6, "Team", "unknown unit `Sum`."),
    (7, "In time", "the numerator `x` is not a number."),
    (7, "Stock", "the numerator `1,061` is not a number."),
    (8, "Due", "the denominator `#REF!` is not a number."),
    (9, "Due (exc)", "the denominator is missing, and `h` is a percent."),
    (9, "In time", "the numerator is missing."),
    (10, "Stock", AGAIN),
    (11, "", "a cell is outside the table."),
]


def test_each_fault_is_reported_in_its_cell(desk):
    before = desk.state()
    with pytest.raises(InputFaultsError):
        load(desk, desk.file(text=FAULTY))

    assert desk.state() == before
    assert faults(desk, desk.file(text=FAULTY)) == FAULTS


def test_faults_of_a_header_are_reported_in_its_columns(desk):
    assert faults(desk, table(desk, "Team,Manager,Stock,In time,", "Team,Boss,,Due,")) == [
        (2, "", "column 3 has no name."), (2, "Boss", "nothing says what the column is."),
        (2, "Due", "the column occurs twice."), (2, "In time", "the column is missing."),
        (2, "Stock", "the column is missing."),
    ]  # fmt: skip


def test_a_unit_that_is_misspelt_gets_the_nearest_and_the_way_out(desk):
    with pytest.raises(InputFaultsError) as caught:
        read(desk, table(desk, "The North", "The Noth"))

    assert str(caught.value.faults[0]).endswith(
        "unknown unit `The Noth`. Did you mean `The North`? Otherwise name it under units or under "
        "skip in params/extracts.yml."
    )


def test_line_ends_and_spaces_in_names_are_not_seen(desk):
    text = TABLE.replace("In time (exc)", '"In time\n (exc) "').replace("Shire,", "Shire ,")

    assert "2016-08,shire,h,excluding_uasc,80,90,published" in read(desk, desk.file(text=text))[0]


def test_a_first_line_that_names_the_comma_is_above_the_header(desk):
    describe(desk, "header_row: 2", "header_row: 1")
    text = TABLE.replace("Report,,,,,,\n", "sep=,\n")
    assert faults(desk, desk.file(text=text.replace("61", "x"))) == [
        (3, "Stock", "the numerator `x` is not a number.")
    ]

    assert "2016-08,shire,h,excluding_uasc,80,90,published" in read(desk, desk.file(text=text))[0]


def test_a_header_below_the_end_is_reported(desk):
    describe(desk, "header_row: 2", "header_row: 99")

    assert (99, "Team", "the column is missing.") in faults(desk, table(desk))


def test_a_provenance_on_the_command_line_overrules(desk):
    results, _ = read(desk, table(desk), provenance="provisional")

    assert [line.split(",")[-1] for line in results] == ["provisional"] * 5


def test_a_sheet_is_chosen_by_the_description_or_the_command(desk):
    describe(desk, "    header_row", "    sheet: Teams\n    header_row")
    book = Spreadsheet()
    for name in ("Teams", "Other"):
        sheet = book.create_sheet(name)
        for line in TABLE.replace("61", "62" if name == "Other" else "61").splitlines():
            sheet.append([int(cell) if cell.isdigit() else cell for cell in line.split(",")])
    book.save(desk.folder / "teams.xlsx")

    for asked, stock in (({}, 61), ({"sheet": "Other"}, 62)):
        results, _ = read(desk, desk.folder / "teams.xlsx", **asked)
        assert f"2016-08,shire,stock,all,{stock},,published" in results


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"month": None}, "say which month the extract is of: --month"),
        ({"extract": None}, "leave out --month"),
    ],
)
def test_the_month_is_given_once(desk, asked, message):
    with pytest.raises(LoadError, match=message):
        load(desk, table(desk), **asked)


def test_a_month_in_the_file_needs_no_month_on_the_command_line(desk):
    describe(desk, "    unit_column", "    month_cell: B1\n    unit_column")
    with pytest.raises(LoadError, match="leave out --month"):
        load(desk, table(desk))


DESCRIPTIONS = {
    "an unknown extract": (
        "  teams:", "  team:",
        "params/extracts.yml: unknown extract `teams`; did you mean `team`?",
    ),
    "an unknown unit": (
        "north}", "nroth}",
        "params/extracts.yml, line 5: unknown unit `nroth`; did you mean `north`?",
    ),
    "an unknown indicator": (
        "code: stock", "code: stok",
        "params/extracts.yml, line 10: unknown indicator `stok`; did you mean `stock`?",
    ),
    "an unknown key": (
        "header_row", "header",
        "params/extracts.yml, line 3: unknown key `extracts.teams.header`; did you mean",
    ),
    "a missing key": (
        "    provenance: published\n", "",
        "params/extracts.yml, line 2: key `extracts.teams.provenance` is missing",
    ),
    "an unknown cohort": (
        "cohort: excluding_uasc", "cohort: some",
        "params/extracts.yml, line 12: unknown cohort `some`",
    ),
    "two places of the month": (
        "    unit_column", "    month_cell: B1\n    month_column: Month\n    unit_column",
        "params/extracts.yml, line 4: `teams` has its month in month_column or in month_cell",
    ),
    "a cell that is none": (
        "    unit_column", "    month_cell: 1B\n    unit_column",
        (
            "params/extracts.yml, line 4: `extracts.teams.month_cell` is '1B': string should match "
            "pattern '^[A-Z]"
        ),
    ),
    "no YAML": (
        "extracts:", "extracts: [", "params/extracts.yml, line 3, column 15: a bracket is not"
    ),
    "nothing": (DESCRIBED, "", "params/extracts.yml: unknown extract `teams`"),
}  # fmt: skip


@pytest.mark.parametrize("what", DESCRIPTIONS)
def test_a_description_that_is_wrong_is_reported_with_its_line(desk, what):
    old, new, message = DESCRIPTIONS[what]
    describe(desk, old, new)
    with pytest.raises((ParamsError, UnknownNameError)) as caught:
        read(desk, table(desk))

    assert str(caught.value).startswith(message)


def test_a_workbook_without_descriptions_says_what_is_missing(desk):
    desk.workbook.params("extracts").unlink()
    with pytest.raises(ParamsError, match=r"params/extracts\.yml is missing: it has to say which"):
        load(desk, table(desk))


def test_every_key_of_a_description_is_explained_where_people_write_one():
    from scorecard.params.extracts import Extract, Measured

    top = (REPOSITORY / "params/extracts.yml").read_text().split("\nextracts:")[0]
    for key in Extract.model_fields:
        assert f"\n#   {key} " in top, key
    for key in Measured.model_fields:
        assert f"`{key}`" in top, key


def test_a_flood_of_unknown_units_is_a_line_each_and_the_rest_counted(desk):
    """A national file: Durham in 13 rows, many other names, and a total in several rows."""
    names = ["Shire", *["County Durham"] * 13, *[f"Place {n}" for n in range(100)]]
    lines = "".join(f"{name},Ann,1,2,3,2,3\n" for name in names) + "Total,,,,,,\n" * 2
    file = desk.file(text="\n" + TABLE.splitlines()[1] + "\n" + lines)
    with pytest.raises(InputFaultsError) as caught:
        read(desk, file)
    said = str(caught.value).splitlines()

    assert len(said) == 30
    assert said[0] == f"{file} has 113 faults:"
    assert said[1].startswith("  13 rows from 4, column Team: unknown unit `County Durham`.")
    assert said[2].startswith("  row 17, column Team: unknown unit `Place 0`.")
    assert said[-2] == f"{100 - 26} faults are not listed here."


def test_a_fault_of_many_rows_is_one_line_in_its_own_column(desk):
    """Each of the four results of two rows has its column, or shares one with another."""
    describe(
        desk, "denom: Due (exc), cohort: excluding_uasc}\n    ignore: [Manager]",
        "denom: Due, cohort: excluding_uasc}\n    ignore: [Manager, Due (exc)]",
    )  # fmt: skip
    text = TABLE.replace("61,91,100,80,", "61,y,x,y,").replace("7,41,50,-,", "7,y,x,y,")

    with pytest.raises(InputFaultsError) as caught:
        read(desk, desk.file(text=text))
    assert [(each.rows, each.row, each.column, each.problem) for each in caught.value.faults] == [
        (2, 3, "Due", "the denominator `x` is not a number."),
        (2, 3, "In time", "the numerator `y` is not a number."),
        (2, 3, "In time (exc)", "the numerator `y` is not a number."),
    ]


def test_a_month_that_is_none_in_many_rows_is_one_line(desk):
    describe(desk, "    unit_column", "    month_column: Manager\n    unit_column")
    path = desk.workbook.params("extracts")
    path.write_text(path.read_text().replace("    ignore: [Manager]\n", ""))
    text = TABLE.replace("Ann", "soon").replace("Bob", "soon")

    with pytest.raises(InputFaultsError) as caught:
        read(desk, desk.file(text=text), month=None)
    assert [(each.rows, each.row, each.column) for each in caught.value.faults] == [
        (2, 3, "Manager")
    ]


def test_a_name_that_is_skipped_in_many_rows_is_reported_once(desk):
    _, said = read(desk, table(desk, "Total,,68,132,150,80,90", "Total,,,,,,\nTotal,,,,,,"))

    assert "skipped Total (2 rows from 6)" in said
