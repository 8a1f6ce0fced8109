"""Reading the files: what a spreadsheet may have done to them, and every fault told at once."""

from __future__ import annotations

import pytest

from scorecard.batch import freshness
from scorecard.input_faults import InputFaultsError
from scorecard.months import Month
from scorecard.store import building, trusted
from scorecard.store.store import Store, in_memory
from support.workbooks import HEADER, TARGETS, make_store, make_workbook

GOOD = "2016-08,shire,h,all,90,100,published\n"
FILE = "data/results/2016-08.csv"


def workbook_with(folder, content: bytes | str, file: str = FILE):
    """A sound workbook, but for one file."""
    workbook = make_workbook(folder, {"2016-08": "shire,h,all,90,100"})
    raw = content if isinstance(content, bytes) else content.encode()
    (folder / file).write_bytes(raw)
    return workbook


def faults(workbook):
    with pytest.raises(InputFaultsError) as caught:
        in_memory(workbook)
    return caught.value.faults


def only_fault(folder, content: bytes | str, file: str = FILE):
    (fault,) = faults(workbook_with(folder, content, file))
    assert fault.file == file
    assert fault.remedy, "a fault without a remedy"
    return fault


NAMES_COMMA = [
    f"{start}{end}" for start in ("sep=,", "\ufeffSEP=,") for end in ("\n", "\r\n", "\r")
]
"""First lines that name the comma; the other lines of the file end as they do."""


def below(first: str) -> str:
    """A results file below such a line."""
    return first + (HEADER + GOOD).replace("\n", first.partition(",")[2])


WRITTEN: dict[str, bytes | str] = {
    "plain": HEADER + GOOD,
    "no last line end": (HEADER + GOOD).removesuffix("\n"),
    "line ends of Windows": (HEADER + GOOD).replace("\n", "\r\n"),
    "byte order mark": b"\xef\xbb\xbf" + (HEADER + GOOD).encode(),
    "more columns": HEADER.replace("\n", ",remark\n") + GOOD.replace("\n", ',"checked, twice"\n'),
    "another order": (
        "num,denom,month,cohort,code,unit,provenance\n90,100,2016-08,all,h,shire,published\n"
    ),
    "quoted": HEADER + '"2016-08","shire","h","all","90","100","published"\n',
    "blank lines at the end": HEADER + GOOD + "\n\n",
    **{repr(first): below(first) for first in NAMES_COMMA},
}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """Each file of `WRITTEN`, in a month of its own → its results."""
    workbook = make_workbook(tmp_path_factory.mktemp("written"), {})
    months = dict(zip(WRITTEN, Month(2015, 7).until(Month(2016, 8)), strict=True))
    for name, content in WRITTEN.items():
        raw = content if isinstance(content, bytes) else content.encode()
        path = workbook.month_results(str(months[name]))
        path.write_bytes(raw.replace(b"2016-08", str(months[name]).encode()))
    asked = "SELECT month, unit, code, num, denom FROM results"
    rows = [row.values() for row in in_memory(workbook).rows(asked)]
    return {
        name: [(*row,) for at, *row in rows if Month.of(at) == month]
        for name, month in months.items()
    }


@pytest.mark.parametrize("name", WRITTEN)
def test_what_programs_write_is_read(loaded, name):
    assert loaded[name] == [("shire", "h", 90, 100)]


def test_quoted_commas_and_line_ends_stay_inside_their_cell(tmp_path):
    targets = TARGETS + 'free,2015-04,90,80,,,"agreed, see\n""minutes"""\n'
    workbook = make_workbook(tmp_path, {"2016-08": "shire,free,all,1,2"}, targets=targets)
    row = in_memory(workbook).sql("SELECT note FROM targets WHERE code = 'free'")

    assert list(row["note"]) == ['agreed, see\n"minutes"']


@pytest.mark.parametrize(
    ("content", "row", "problem"),
    [
        (HEADER.replace(",", ";") + "2016-08;shire;h;all;1;2;x\n", 1, "separated by semicolons"),
        ((HEADER + "2016-08,shire,h,all,90,100,caf\xe9\n").encode("latin-1"), 2, "not UTF-8"),
        (HEADER.replace(",", "\t") + "2016-08\tshire\th\tall\t1\t2\tx\n", 1, "separated by tabs"),
        (HEADER + GOOD + "2016-08,north,h,all\n", 3, "can't be read"),
        (HEADER + GOOD + "2016-08,north,h,all,1,2,x,y,z\n", 3, "can't be read"),
        (HEADER + GOOD + '2016-08,north,h,all,1,2,"open\n', 3, "can't be read"),
        (HEADER.replace("denom", "num"), 1, "occurs twice"),
        (HEADER.replace("\n", ",\n"), 1, "column 8 has no name"),
        (HEADER.replace("denom", "denominator"), 1, "the column is missing"),
    ],
    ids=[
        "semicolons", "not UTF-8", "tabs", "too few cells", "too many cells", "open quote",
        "a column twice", "a column without name", "a misnamed column",
    ],
)  # fmt: skip
def test_what_is_not_the_contract_s_csv_is_reported(tmp_path, content, row, problem):
    found = faults(workbook_with(tmp_path, content))

    assert [(fault.file, fault.row) for fault in found if problem in fault.problem] == [(FILE, row)]
    assert all(fault.remedy for fault in found)


def test_every_missing_column_is_named(tmp_path):
    found = faults(workbook_with(tmp_path, "month,unit\n2016-08,shire\n"))

    assert [fault.column for fault in found] == ["code", "cohort", "denom", "num", "provenance"]


def test_an_empty_file_is_reported_as_such(tmp_path):
    fault = only_fault(tmp_path, "")

    assert (fault.file, fault.row, fault.problem) == (FILE, 0, "the file is empty.")
    assert fault.remedy == "Name its columns in the first row."


STRAYS = {
    "2016-13.csv": ("is not named after a month", "or write its name like `2016-08.csv`"),
    "2016-07.CSV": ("extension is not in lower case", "Rename it to 2016-07.csv."),
    "2016-08.Csv": ("extension is not in lower case", "There is 2016-08.csv too"),
    "2016-08 (1).csv": ("are only read from 2016-08.csv", "out of this folder if it is a copy"),
    "notes.txt": ("only results files are read", "Move it out of this folder."),
    "2016-07.xlsx": ("no spreadsheet is read", "load it: `run_month.py load 2016-07.xlsx`."),
    "June final.XLSX": ("no spreadsheet is read", "`run_month.py load 'June final.XLSX'`."),
    "~$2016-08.csv": ("lock file of an open spreadsheet", "Close that spreadsheet"),
}


@pytest.mark.parametrize("name", STRAYS)
def test_a_stray_file_among_the_results_is_named_with_its_remedy(tmp_path, name):
    workbook = workbook_with(tmp_path, HEADER + GOOD)
    before = trusted.fingerprint(workbook)
    (tmp_path / "data/results" / name).write_text(HEADER, encoding="utf-8")
    (fault,) = faults(workbook)

    assert (fault.file, fault.row) == (f"data/results/{name}", 0)
    for part, told in zip(STRAYS[name], (fault.problem, fault.remedy), strict=True):
        assert part in told
    assert trusted.fingerprint(workbook) != before, "a store of the files before would be used"


def test_a_folder_among_the_results_is_named(tmp_path):
    workbook = workbook_with(tmp_path, HEADER + GOOD)
    (tmp_path / "data/results/2016-07.csv").mkdir()
    (fault,) = faults(workbook)

    assert (fault.file, fault.problem) == (
        "data/results/2016-07.csv", "this is a folder, and nothing in it is read."
    )  # fmt: skip


def test_what_systems_leave_among_the_results_is_passed_over(tmp_path):
    workbook = workbook_with(tmp_path, HEADER + GOOD)
    before = freshness.inputs(workbook).files, trusted.fingerprint(workbook)
    for name in (".DS_Store", "desktop.ini", ".~lock.2016-08.csv#"):
        (tmp_path / "data/results" / name).write_text("x", encoding="utf-8")
        assert (freshness.inputs(workbook).files, trusted.fingerprint(workbook)) == before

    assert len(in_memory(workbook).sql("FROM results")) == 1


def test_other_files_are_held_to_the_rules_beside_one_that_cannot_be_read(tmp_path):
    """The unreadable file itself is told of by its unreadable row alone."""
    workbook = workbook_with(tmp_path, HEADER + "2016-08,nowhere,h,all,1,2,\n2016-08,north,h\n")
    other = workbook.root / "data/results/2016-07.csv"
    other.write_text(HEADER + "2016-07,nowhere,h,all,1,2,\n", encoding="utf-8")
    found = {(fault.file, fault.row, fault.column) for fault in faults(workbook)}

    assert found == {("data/results/2016-07.csv", 2, "unit"), (FILE, 3, "")}


def test_a_missing_catalogue_file_is_reported(tmp_path):
    workbook = make_workbook(tmp_path, {"2016-08": "shire,h,all,90,100"})
    workbook.reference("targets").unlink()
    (fault,) = faults(workbook)

    assert (fault.file, fault.problem) == ("data/reference/targets.csv", "the file is missing.")


def test_no_results_at_all_is_reported(tmp_path):
    (fault,) = faults(make_workbook(tmp_path, {}))

    assert (fault.file, fault.row) == ("data/results", 0)
    assert "Add one a month" in fault.remedy


@pytest.mark.parametrize("blank", ["\n", "\n\n\n"], ids=["one", "three"])
def test_a_row_is_numbered_as_a_spreadsheet_numbers_it_below_blank_lines(tmp_path, blank):
    fault = only_fault(tmp_path, HEADER + GOOD + blank + "2016-08,north,h,all,x,2,\n")

    assert (fault.row, fault.column) == (3 + len(blank), "num")


def test_a_row_is_numbered_as_a_spreadsheet_numbers_it_below_a_cell_of_two_lines(tmp_path):
    """A line end inside quotes makes no new row in a spreadsheet."""
    header = HEADER.replace("\n", ",remark\n")
    text = header + '2016-08,shire,h,all,1,2,,"two\nlines"\n' + "2016-08,north,h,all,x,2,,\n"

    assert only_fault(tmp_path, text).row == 3


def test_rows_named_inside_a_message_are_numbered_so_too(tmp_path):
    fault = only_fault(tmp_path, HEADER + "\n\n" + GOOD + "\n" + GOOD)

    assert fault.row == 6
    assert "the first is in row 4" in fault.problem


def test_a_line_far_down_that_is_not_utf_8_is_reported(tmp_path):
    lines = "".join(f"2016-08,north,h,all,1,2,{n}\n" for n in range(5000))
    fault = only_fault(tmp_path, (HEADER + lines).encode() + b"2016-08,south,h,all,1,2,caf\xe9\n")

    assert (fault.row, "not UTF-8" in fault.problem) == (5002, True)


def test_an_open_quote_that_swallows_the_file_is_reported(tmp_path):
    fault = only_fault(tmp_path, 'month,"unit' + "x" * 200_000)

    assert fault.row == 1


def test_all_faults_of_all_files_are_reported_together(tmp_path):
    workbook = workbook_with(
        tmp_path, HEADER + "2016-08,shire,hh,none,x,2,\n2016-07,nowhere,h,all,1,2,\n"
    )
    path = workbook.reference("targets")
    path.write_text(path.read_text(encoding="utf-8") + "no,x,1,1,,,\n", encoding="utf-8")
    with pytest.raises(InputFaultsError) as caught:
        in_memory(workbook)

    found = {(fault.file, fault.row, fault.column) for fault in caught.value.faults}
    targets = "data/reference/targets.csv"
    assert found == {
        (targets, 10, "code"), (targets, 10, "valid_from"),
        (FILE, 2, "code"), (FILE, 2, "cohort"), (FILE, 2, "num"),
        (FILE, 3, "month"), (FILE, 3, "unit"),
    }  # fmt: skip
    assert "data/results/2016-08.csv has 5 faults:" in str(caught.value)
    assert "Nothing was loaded and nothing already stored or published" in str(caught.value)


def test_unreadable_files_are_reported_together(tmp_path):
    workbook = workbook_with(tmp_path, "a;b\n")
    workbook.reference("units").unlink()

    assert {fault.file for fault in faults(workbook)} == {FILE, "data/reference/units.csv"}


def test_alike_faults_are_one_line_and_the_rest_are_counted_last(tmp_path):
    alike = "2016-08,nowhere,h,all,1,2,\n" * 13
    others = "".join(f"2016-08,north,h,all,x{n},2,\n" for n in range(1500))
    with pytest.raises(InputFaultsError) as caught:
        in_memory(workbook_with(tmp_path, HEADER + GOOD + alike + others))
    said = str(caught.value).splitlines()

    assert len(said) == 30
    # A row of `others` has two faults: its numerator, and but for the first its being a second.
    assert said[0] == f"{FILE} has {13 + 12 + 1500 + 1499} faults:"
    assert said[1].startswith("  13 rows from 3, column unit: unknown unit `nowhere`.")
    assert said[-2] == f"{1500 - 24} faults are not listed here."
    assert said[-1].startswith("Nothing was loaded")


def test_after_a_fault_the_old_store_still_answers(tmp_path):
    workbook = make_workbook(tmp_path, {"2016-08": "shire,h,all,90,100"})
    path = workbook.store(building.refresh(workbook))
    before = path.read_bytes()
    (tmp_path / FILE).write_text(HEADER + "2016-08,shire,h,all,x,100,\n", encoding="utf-8")
    with pytest.raises(InputFaultsError):
        Store.open(workbook)

    assert path.read_bytes() == before
    assert list(workbook.stores.iterdir()) == [path]


def test_text_is_taken_as_it_is(tmp_path):
    """A name that looks like SQL or a number is a name."""
    units = "unit,name,kind,parent\nshire,'; DROP TABLE units; --,county,\n007,007,area,shire\n"
    found = make_store(tmp_path, {"2016-08": "007,h,all,1,2"}, units=units).units()

    assert list(found["name"]) == ["'; DROP TABLE units; --", "007"]
    assert list(found["unit"]) == ["shire", "007"]


@pytest.mark.parametrize("first", NAMES_COMMA)
def test_rows_are_numbered_with_a_first_line_that_names_the_comma(tmp_path, first):
    bad = "2016-08,nowhere,h,all,1,2,published" + first.partition(",")[2]

    assert only_fault(tmp_path, below(first) + bad).row == 4


def test_a_first_line_that_names_another_sign_is_refused(tmp_path):
    text = "sep=;\n" + HEADER.replace(",", ";")

    assert only_fault(tmp_path, text).problem == "columns are separated by semicolons."


MONTHS = ("2016-06", "2016-07", "2016-08")
"""Of three files with the same columns, which are read together."""


def three_files(folder, **texts: str):
    workbook = make_workbook(folder, dict.fromkeys(MONTHS, "shire,h,all,90,100\nshire,l,all,9,100"))
    for month, text in texts.items():
        path = workbook.month_results(month.replace("_", "-"))
        path.write_text(text.replace("2016-08", path.stem), encoding="utf-8")
    return workbook


@pytest.mark.parametrize("between", ["", "\n\n", '2016-08,shire,days,all,1,2,"two\nlines"\n'])
def test_a_fault_has_its_row_wherever_its_file_is_among_others(tmp_path, between):
    bad = HEADER + GOOD + "2016-08,shire,l,all,x,100,published\n"
    workbook = three_files(
        tmp_path, **{"2016_06": HEADER + between + GOOD, "2016_07": bad, "2016_08": bad}
    )

    assert {(fault.file, fault.row) for fault in faults(workbook) if fault.column == "num"} == {
        ("data/results/2016-07.csv", 3),
        ("data/results/2016-08.csv", 3),
    }


def test_of_several_files_the_one_that_cannot_be_read_is_named(tmp_path):
    workbook = three_files(tmp_path, **{"2016_07": HEADER + GOOD + "2016-07,shire,l\n"})

    (fault,) = faults(workbook)

    assert (fault.file, fault.row) == ("data/results/2016-07.csv", 3)


def test_files_with_other_columns_or_spaces_are_read_beside_each_other(tmp_path):
    swapped = "num,denom,month,cohort,code,unit,provenance\n80,100,2016-08,all,h,shire,published\n"
    spaced = HEADER + " 2016-08 , shire,h,all,70 ,100,published\n"
    store = in_memory(three_files(tmp_path, **{"2016_06": swapped, "2016_08": spaced}))

    found = store.rows("SELECT CAST(num AS INTEGER) AS num FROM results WHERE code = 'h'")

    assert sorted(each["num"] for each in found) == [70, 80, 90]
