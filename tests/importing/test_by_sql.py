"""Extracts that are read by the SQL of `params/extracts/NAME.sql`."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas
import pytest
from openpyxl import Workbook as Spreadsheet

from scorecard.errors import LoadError, ParamsError, UnknownNameError
from scorecard.importing import by_sql, sandbox, sql_tables
from scorecard.importing.grid import letters
from scorecard.input_faults import InputFaultsError
from scorecard.ledger import ledger
from scorecard.months import Month
from support.load_command import make_desk, recorded

CHILD = "Jane Smith"
TABLE = f"""\
Report,{CHILD},,
Team,Stock,c,Stock
North,7,x,8
South,9,,

Shire,60,{CHILD},
"""
QUERY = """\
-- Stock of each team.
-- header_row: 2
SELECT row, '2016-09' AS month, Team AS unit, 'stock' AS code, 'all' AS cohort, B AS num,
       NULL AS denom, 'published' AS provenance
FROM sheet
"""
LOADED = [
    "2016-09,shire,stock,all,60,,published", "2016-09,north,stock,all,7,,published",
    "2016-09,south,stock,all,9,,published",
]  # fmt: skip


@pytest.fixture
def desk(tmp_path):
    made = recorded(make_desk(tmp_path))
    (made.workbook.root / "params/extracts").mkdir()
    return made


def query(desk, old="", new="", text=QUERY, name="list"):
    assert old in text
    path = desk.workbook.root / f"params/extracts/{name}.sql"
    path.write_text(text.replace(old, new))


def load(desk, text=TABLE, **asked):
    return desk.load(desk.file(text=text, name="list.csv"), extract="list", **asked)


def read(desk, text=TABLE, **asked):
    """The results that a file gives."""
    results, _ = desk.read(desk.file(text=text, name="list.csv"), extract="list", **asked)
    return results


def refused(desk, kind=ParamsError, text=TABLE, **asked):
    """What is said when a file is refused; it quotes no cell."""
    with pytest.raises(kind) as caught:
        read(desk, text, **asked)
    assert CHILD not in str(caught.value)
    return caught.value


def test_the_columns_are_named_by_letter_and_by_header(desk):
    query(desk)
    said = load(desk)

    assert desk.text("2016-09").splitlines() == LOADED
    assert "list.csv: params/extracts/list.sql makes 3 results of 3 rows." in said


def test_a_header_that_is_not_enough_has_its_letter_behind_it(desk):
    columns = """ "Stock (B)", "c (C)", D, "Stock (D)", "team", A, cast(row AS VARCHAR) """
    query(desk, "B AS num", f"CASE WHEN coalesce({columns}) IS NOT NULL THEN B END AS num")

    assert read(desk) == LOADED


def test_a_header_that_is_a_letter_is_no_other_column(desk):
    """Column C is headed c; `c` is the letter C, and never another column."""
    text = "Team,C,B\nNorth,1,2\n"
    query(desk, "-- header_row: 2\n", "")
    assert read(desk, text) == ["2016-09,north,stock,all,1,,published"]
    query(desk, "B AS num", '"B (C)" AS num', text=QUERY.replace("-- header_row: 2\n", ""))
    assert read(desk, text) == ["2016-09,north,stock,all,2,,published"]


def test_what_is_above_the_header_is_another_table(desk):
    query(desk, "'2016-09' AS month", "(SELECT B FROM top WHERE row = 1) AS month")
    assert read(desk, TABLE.replace(f"Report,{CHILD}", "Report,30 September 2016")) == LOADED

    query(desk, "FROM sheet", "FROM sheet WHERE (SELECT count(*) FROM top) = 2")
    assert read(desk) == LOADED


def test_the_month_of_the_command_is_a_parameter(desk):
    query(desk, "'2016-09' AS month", "$month AS month")
    with pytest.raises(LoadError, match="say which month the extract is of: --month"):
        read(desk)
    assert read(desk, month=Month(2016, 9)) == LOADED

    query(desk)
    with pytest.raises(LoadError, match="leave out --month"):
        read(desk, month=Month(2016, 9))


def test_figures_of_every_type_are_written_as_they_are(desk):
    numbers = "CASE Team WHEN 'North' THEN 7 WHEN 'South' THEN 8.5 ELSE 9::DECIMAL(9,2) END"
    query(desk, "B AS num", f"{numbers} AS num")
    assert [line.split(",")[4] for line in read(desk)] == ["9.00", "7.00", "8.50"]

    query(desk, "B AS num", "0.1::DOUBLE + 0.2::DOUBLE AS num")
    assert [line.split(",")[4] for line in read(desk)] == ["0.3"] * 3

    query(desk, "'2016-09' AS month", "DATE '2016-09-30' AS month")
    assert read(desk) == LOADED


def test_a_fault_is_in_the_row_that_the_result_keeps(desk):
    query(desk, "B AS num", "coalesce(C, B) AS num")
    error = refused(desk, InputFaultsError, TABLE.replace(f"60,{CHILD}", "60,many"))

    assert [(each.row, each.column, each.problem) for each in error.faults] == [
        (3, "num", "the numerator `x` is not a number."),
        (6, "num", "the numerator `many` is not a number."),
    ]
    assert error.faults[0].remedy.endswith("The row comes from params/extracts/list.sql.")


def test_a_fault_without_a_row_names_the_result(desk):
    query(desk, "SELECT row, ", "SELECT ", text=QUERY.replace("B AS num", "C AS num"))
    error = refused(desk, InputFaultsError, TABLE.replace(f"60,{CHILD}", "60,y"))

    assert {(each.row, each.column, each.problem) for each in error.faults} == {
        (0, "num", "result 1 of the SQL: the numerator `x` is not a number."),
        (0, "num", "result 2 of the SQL: the numerator is missing."),
        (0, "num", "result 3 of the SQL: the numerator `y` is not a number."),
    }


@pytest.mark.parametrize("row", ["row, ", ""])
def test_a_result_that_comes_twice_is_a_fault(desk, row):
    twice = QUERY.replace("SELECT row, ", f"SELECT {row}")
    twice += f"UNION ALL BY NAME {twice.partition('header_row: 2')[2]}"
    query(desk, text=twice)
    error = refused(desk, InputFaultsError)

    assert len(error.faults) == 3
    assert "a second result for unit `north`" in str(error)


def test_a_unit_is_a_slug_or_a_name_and_an_unknown_one_is_a_fault(desk):
    query(desk)
    error = refused(desk, InputFaultsError, TABLE.replace("South,", "Soth,"))
    assert [(each.row, each.column, each.problem) for each in error.faults] == [
        (4, "unit", "unknown unit `Soth`.")
    ]

    two = "unit,name,kind,parent\nshire,Shire,county,\nnorth,North,area,shire\n"
    units = two + "south,South,area,shire\neast,South,team,north\n"
    (desk.workbook.root / "data/reference/units.csv").write_text(units)
    error = refused(desk, InputFaultsError)
    assert [(each.row, each.column, each.problem, each.remedy) for each in error.faults] == [(
        4, "unit", "`South` can mean `south`, South (Shire), or `east`, South (North).",
        "Give the slug of one of them. The row comes from params/extracts/list.sql.",
    )]  # fmt: skip


MOVED = """\
unit,name,kind,parent,first_month,last_month
shire,Shire,county,,,
north,Upper,area,shire,,2016-08
north,North,area,shire,2016-09,
south,South,area,shire,,
"""


def test_units_of_an_earlier_month_have_their_names_of_then(tmp_path):
    """Given as a result's unit, and found in the table of what units were called."""
    desk = recorded(make_desk(tmp_path, units=MOVED))
    (desk.workbook.root / "params/extracts").mkdir()
    august = "month\n2016-08\n"
    query(desk, text="SELECT row, month, 'Upper' AS unit, 'stock' AS code, 'all' AS cohort, "
          "7 AS num, NULL AS denom, 'published' AS provenance FROM sheet")  # fmt: skip
    assert read(desk, august) == ["2016-08,north,stock,all,7,,published"]

    query(desk, text="SELECT s.row, s.month, u.unit, 'stock' AS code, 'all' AS cohort, 8 AS num, "
          "NULL AS denom, 'published' AS provenance FROM sheet AS s JOIN unit_spells AS u "
          "ON u.name = 'Upper' AND s.month BETWEEN coalesce(u.first_month, '') AND u.last_month "
          "AND u.parent = 'shire' AND u.kind = 'area'")  # fmt: skip
    assert read(desk, august) == ["2016-08,north,stock,all,8,,published"]


def test_the_catalogue_and_other_files_can_be_joined(desk):
    desk.file(text="short,slug\nN,north\nS,south\n", name="names.csv")
    query(
        desk,
        text="""\
SELECT sheet.row, '2016-09' AS month, units.unit, indicators.code, 'all' AS cohort, Number AS num,
       NULL AS denom, 'published' AS provenance
FROM sheet
JOIN names ON names.short = sheet.Team
JOIN units ON units.unit = names.slug AND units.kind = 'area' AND units.parent = 'shire'
JOIN indicators ON indicators.name = sheet.Measure AND indicators.section = 'Activity'
""",
    )
    joined = [f"names={desk.folder / 'names.csv'}"]
    load(desk, "Team,Measure,Number\nN,Stock,3\nS,Flow,4\n", with_files=joined)

    assert desk.text("2016-09").splitlines() == [
        "2016-09,north,stock,all,3,,published", "2016-09,south,flow,all,4,,published"
    ]  # fmt: skip
    assert [(each.name, each.rows) for each in ledger.read(desk.workbook)[-1].files] == [
        ("list.csv", 2), ("names.csv", 0)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("joined", "message"),
    [
        ("Names=x.csv", "write a name in small letters and a file"),
        ("names", "write a name in small letters and a file"),
        ("names=", "write a name in small letters and a file"),
        ("_cells=x.csv", "write a name in small letters and a file"),
        ("units=x.csv", "there is a table `units` already"),
        ("sheet=x.csv", "there is a table `sheet` already"),
    ],
)
def test_a_file_to_join_has_a_name_of_its_own(desk, joined, message):
    query(desk)
    assert message in str(refused(desk, LoadError, with_files=[joined]))


def test_a_file_is_joined_only_by_sql(desk):
    desk.workbook.params("extracts").write_text(
        "extracts: {list: {unit_column: Team, provenance: p, results: [{code: stock, num: B}]}}"
    )
    with pytest.raises(LoadError, match="--with names a table for the SQL"):
        read(desk, with_files=["names=x.csv"], month=Month(2016, 9))


def test_a_file_to_join_that_is_missing_is_named(desk):
    query(desk)
    error = refused(desk, InputFaultsError, with_files=["names=none.csv"])
    assert "none.csv has 1 fault:\n  there is no such file." in str(error)


ONE = ": it has to be one SELECT, and nothing else (no PIVOT)"
CLOSED = "it may read no file, only the table `sheet` and those named by --with"
WRONG = {
    "a column that is none": (
        "Team AS", "Tem AS",
        'line 3: Referenced column "Tem" not found in FROM clause; did you mean `Team`?',
    ),
    "a table that is none": (
        "FROM sheet", "FROM names",
        "line 5: Table with name names does not exist. Name its file: --with names=FILE",
    ),
    "no SQL": ("SELECT row", "SELEC row", 'line 3: syntax error at or near "SELEC"'),
    "two statements": ("FROM sheet", "FROM sheet; SELECT 1", ONE),
    "another statement": ("SELECT row", "CREATE TABLE x AS SELECT row", ONE),
    "nothing": (QUERY, "", ONE),
    "a table turned round": (QUERY, "PIVOT sheet ON Team USING count(*)", ONE),
    "a parameter": ("'2016-09'", "$year", ": `$year` is unknown; only `$month` is given"),
    "a file": ("FROM sheet", "FROM read_csv('/etc/passwd')", CLOSED),
    "a file by name": ("FROM sheet", "FROM '/etc/passwd'", "line 5: Table with name /etc/passwd"),
    "another host": ("FROM sheet", "FROM 'https://example.org/x.csv'", CLOSED),
    "a column that is missing": (
        ", 'published' AS provenance", "", ": it gives no column `provenance`."
    ),
    "a column that no result has": (
        "SELECT row", "SELECT C, row", ": no result has a column `c`, only "
    ),
    "a column twice": ("SELECT row", "SELECT row, row", ": it gives `row` twice. Delete one"),
    "an unknown key": ("header_row:", "heade_row:", "line 2: unknown key `heade_row`; did you"),
    "a wrong value": ("header_row: 2", "header_row: two", "line 2: `header_row` is 'two'"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_sql_that_is_wrong_is_named_with_its_line(desk, what):
    old, new, message = WRONG[what]
    query(desk, old, new)
    said = str(refused(desk))

    assert said.startswith("params/extracts/list.sql")
    assert message in said


MUCH = "WHERE (SELECT length(string_agg(repeat(Team, 20000), '')) FROM sheet, range(20000)) > 0"
FAILS = {
    "a text that is no number": (
        "B AS num", "CAST(C AS INTEGER) AS num", ", line 3, reading", "TRY_CAST"
    ),
    "a text that is no date": (
        "B AS num", "strptime(C, '%Y') AS num", ", reading", "it fails (InvalidInput)"
    ),
    "an error of its own": (
        "B AS num", "error(C) AS num", ", reading", "it fails (InvalidInput)"
    ),
    "a pattern": ("B AS num", "regexp_matches('', C || '(') AS num", ", reading", "it fails"),
    "two rows for one": (
        "B AS num", "(SELECT C FROM sheet) AS num", ", reading", "it fails"
    ),
    "too much memory": (
        "FROM sheet", f"FROM sheet {MUCH}", ", reading", "it needs more than 1GB of memory"
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", FAILS)
def test_what_a_cell_says_is_in_no_message_when_the_sql_fails(desk, what):
    """`refused` looks for the name of a child, which DuckDB quotes."""
    old, new, where, why = FAILS[what]
    query(desk, old, new)
    error = refused(desk)

    assert str(error).startswith("params/extracts/list.sql")
    assert where in str(error)
    assert why in str(error)
    assert error.__cause__ is None


@pytest.mark.parametrize("source", [" FROM sheet", ""])
def test_sql_that_takes_too_long_is_stopped(desk, monkeypatch, source):
    """With the rows of the file, and before, when it is tried without them."""
    monkeypatch.setattr(sandbox, "SECONDS", 0.05)
    endless = "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n)\n"
    endless = endless.replace(" UNION", f"{source} UNION")
    asked = QUERY.replace("B AS num", "(SELECT max(i) FROM n) AS num")
    query(desk, "SELECT row", f"{endless}SELECT row", text=asked)

    assert "it takes longer than 60 seconds" in str(refused(desk))


def test_no_message_of_the_trial_can_quote_a_file(desk):
    """What DuckDB says of the SQL is shown where it has no row of the file yet."""
    name = "(SELECT list(cells ORDER BY row)[1][2] FROM _cells)"
    query(desk, "B AS num", f"CAST({name} AS INTEGER) AS num")
    assert "reading" in str(refused(desk))


def test_a_large_file_is_handed_over_in_pieces(desk, monkeypatch):
    monkeypatch.setattr(sql_tables, "AT_ONCE", 10)
    monkeypatch.setattr(by_sql, "AT_A_TIME", 2)
    query(desk)
    assert read(desk) == LOADED


@pytest.mark.parametrize("row", ["row * -1", "row + 2000000", "'x'", "NULL"])
def test_a_row_that_is_none_is_no_place(desk, row):
    query(desk, "SELECT row,", f"SELECT {row} AS row,", text=QUERY.replace("B AS num", "C AS num"))
    error = refused(desk, InputFaultsError, TABLE.replace(f"60,{CHILD}", "60,y"))
    assert {each.row for each in error.faults} == {0}


def test_a_cell_that_hides_a_character_is_named_and_not_quoted(desk):
    query(desk)
    error = refused(desk, InputFaultsError, TABLE.replace(f"60,{CHILD}", f"60,{CHILD}\u200b"))

    assert [(each.row, each.column, each.problem) for each in error.faults] == [
        (6, "c", "a cell holds an invisible character (U+200B, zero width space).")
    ]


def test_more_columns_than_sql_reads_are_refused(desk):
    query(desk)
    error = refused(desk, InputFaultsError, TABLE + "," * 1000 + "1\n")
    assert "row 7: there are 1,001 columns, and SQL reads 1,000." in str(error)


def spreadsheet(desk, hidden=(), formula=False):
    book = Spreadsheet()
    for line in TABLE.splitlines():
        book.active.append([int(c) if c.isdigit() else c or None for c in line.split(",")])
    for row in hidden:
        book.active.row_dimensions[row].hidden = True
    if formula:
        book.active["C4"] = "=1+1"
    book.save(desk.folder / "list.xlsx")
    return desk.folder / "list.xlsx"


def test_a_spreadsheet_is_read_as_a_file_of_text_is(desk):
    query(desk)
    results, said = desk.read(spreadsheet(desk), extract="list")

    assert results == LOADED
    assert "list.xlsx, sheet Sheet: params/extracts/list.sql makes 3 results" in said


def test_a_formula_without_a_value_is_a_fault_wherever_it_is(desk):
    query(desk)
    with pytest.raises(InputFaultsError) as caught:
        desk.read(spreadsheet(desk, formula=True), extract="list")
    assert [(each.row, each.column) for each in caught.value.faults] == [(4, "c")]


@pytest.mark.parametrize(
    ("row", "where", "said"),
    [("row, ", "", "2 hidden rows are"), ("", "", "2 hidden rows are"),
     ("row, ", "WHERE row <> 4", "1 hidden row is"), ("", "WHERE row <> 4", "2 hidden rows are")],
)  # fmt: skip
def test_hidden_rows_need_a_word(desk, row, where, said):
    """Where results keep no row, any hidden one may be in them."""
    query(desk, "SELECT row, ", f"SELECT {row}", text=QUERY + where)
    assert f"{said} loaded too" in desk.read(spreadsheet(desk, hidden=(4, 6)), extract="list")[1]


def test_a_name_is_described_once(desk):
    query(desk)
    extracts = "extracts: {list: {unit_column: T, provenance: p, results: [{code: stock, num: B}]}}"
    desk.workbook.params("extracts").write_text(extracts)
    assert "`list` is described in extracts.yml and in params/extracts/list.sql" in str(
        refused(desk)
    )

    desk.workbook.params("extracts").write_text(extracts.replace("list", "other"))
    with pytest.raises(UnknownNameError, match="unknown extract `lists`; did you mean `list`"):
        desk.read(desk.file(text=TABLE), extract="lists")


def test_sql_gives_one_file_and_the_other_no_rows(desk):
    query(desk, "FROM sheet", "FROM sheet WHERE false")
    assert "the file holds no result." in str(refused(desk, InputFaultsError))


def test_nothing_of_a_list_is_kept_but_what_is_counted(desk):
    query(
        desk,
        text="""\
SELECT '2016-09' AS month, 'north' AS unit, 'stock' AS code, 'all' AS cohort, count(*) AS num,
       NULL AS denom, 'published' AS provenance
FROM sheet
""",
    )
    said = load(desk, f"Name,Born\n{CHILD},{date(2010, 1, 2)}\nHarri Elstow,2011-03-04\n")

    assert desk.text("2016-09") == "2016-09,north,stock,all,2,,published\n"
    kept = [path for path in desk.workbook.root.rglob("*") if path.is_file()]
    text = said + "".join(path.read_text() for path in kept)
    assert len(kept) > 5
    assert not [
        word for word in (CHILD, "Harri", "2010-01-02", "2011-03-04", "Born") if word in text
    ]


def test_sql_reads_no_variable_of_this_program(desk, monkeypatch):
    frame = pandas.DataFrame({"secret": [CHILD]})
    monkeypatch.setattr(by_sql, "frame", frame, raising=False)
    query(desk, "FROM sheet", "FROM sheet, frame")
    assert "Table with name frame does not exist" in str(refused(desk))


@pytest.mark.parametrize("name", ["memory_limit = '9GB'", "enable_external_access = true"])
def test_the_bounds_of_the_sql_can_not_be_changed(name):
    with (
        duckdb.connect(config=sandbox.CLOSED) as connection,
        pytest.raises(duckdb.Error, match="configuration"),
    ):
        connection.execute(f"SET {name}")


def test_columns_are_lettered_as_in_a_spreadsheet():
    assert [letters(n) for n in (1, 26, 27, 52, 53, 702, 703)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"
    ]  # fmt: skip
