"""No input brings an invisible character to a terminal or a page, whatever kind it is of."""

from __future__ import annotations

import pytest
import xlsxwriter
import yaml
from click.testing import CliRunner

from scorecard.commands import program
from scorecard.ledger import ledger
from scorecard.unseen import UNSEEN
from support import council

HIDDEN = {"window title": "\x1b]0;owned\x07", "override": "\u202e", "no width": "\u200b"}
HEADER = "month,unit,code,cohort,num,denom,provenance\n"
PROVENANCE = "provenance,marker,count_marker,footnote\nsupplied,,,As {}supplied.\n"
BESIDE = "code,comparator,valid_from,period,result,source\na1,Eng{}land,2024-01,Year,5,Return\n"
STEPS = "code,month,reason\na1,2024-01,A new {}form\n"
PERIODS = "month,unit,code,cohort,data_period,provenance\n2024-06,fenwold,a1,all,,{}supplied\n"
EXTRACT = {
    "unit_column": "Team", "provenance": "supplied", "results": [{"code": "s1", "num": "Open"}],
}  # fmt: skip


@pytest.fixture
def workbook(tmp_path):
    return council.files(tmp_path / "fenwold")


def run(workbook, *words):
    """What a command says, and its status."""
    where = ["--workbook", str(workbook.root)]
    done = CliRunner().invoke(program.main, [*map(str, words), *where])
    return done.output, done.exit_code


def refused(said, status, *places):
    """The file and the place are told, and nothing of what was hidden reaches the terminal."""
    assert status == 2, said
    assert not UNSEEN.search(said)
    assert "invisible character" in said
    for place in places:
        assert place in said


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def hidden(request):
    """One of the characters: each place is tried with one of them, by turns, or with every kind."""
    turn = sum(request.node.name.encode()) % len(HIDDEN)
    return getattr(request, "param", list(HIDDEN.values())[turn])


every_kind = pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN, indirect=True)


@pytest.mark.parametrize(
    ("name", "old", "place"),
    [
        ("units", "Upper Fen,", "row 3, column name"),
        ("units", "kind", "row 1, column 3"),
        ("indicators", "Decided", "row 2, column name"),
        ("targets", "a1,", "row 2, column code"),
    ],
)
def test_in_reference_data(workbook, hidden, name, old, place):
    replace(workbook.reference(name), old, hidden + old)

    said = run(workbook, "2024-06", "--dry-run")
    refused(*said, f"data/reference/{name}.csv has 1 fault", place)


@every_kind
@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("provenance", PROVENANCE, "column footnote"),
        ("period_provenance", PERIODS, "provenance"),
        ("steps", STEPS, "column reason"),
        ("comparators", BESIDE, "column comparator"),
    ],
)
def test_in_what_may_be_left_out(workbook, hidden, name, text, place):
    workbook.reference(name).write_text(text.format(hidden), encoding="utf-8")

    refused(*run(workbook, "2024-06", "--dry-run"), f"data/reference/{name}.csv", "row 2", place)


@pytest.mark.parametrize("column", ["unit", "num", "provenance", "remark"])
def test_in_loaded_results(workbook, hidden, column):
    rows = {"unit": "upper-fen", "num": "90", "provenance": "supplied", "remark": "late"}
    path = workbook.month_results("2024-05")
    lines = path.read_text(encoding="utf-8").splitlines()
    lines = [f"{lines[0]},remark", *(f"{line},late" for line in lines[1:])]
    number = next(n for n, line in enumerate(lines) if f",{rows['unit']}," in line)
    cells = dict(zip(lines[0].split(","), lines[number].split(","), strict=True))
    cells[column] += hidden
    lines[number] = ",".join(cells.values())
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    place = f"row {number + 1}, column {column}"
    refused(*run(workbook, "2024-06", "--dry-run"), "data/results/2024-05.csv has 1 fault", place)


@pytest.mark.parametrize("extract", [False, True])
@pytest.mark.parametrize("spreadsheet", [False, True])
@pytest.mark.parametrize("header", [False, True])
def test_in_a_file_to_load(workbook, tmp_path, hidden, extract, spreadsheet, header):
    """A control character can't be in a spreadsheet."""
    if spreadsheet and hidden < "\x80":
        pytest.skip("XML has no such character")
    table = [HEADER.strip().split(","), ["2024-07", "fenwold", "s1", "all", "7", "", "supplied"]]
    words = []
    if extract:
        table = [["Team", "Open"], ["Fenwold", "7"]]
        words = ["--extract", "teams", "--month", "2024-07"]
        workbook.params("extracts").write_text(yaml.safe_dump({"extracts": {"teams": EXTRACT}}))
    table[0 if header else 1][0] += hidden
    path = tmp_path / "late"
    if spreadsheet:
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(table):
                sheet.write_row(number, 0, row)
    else:
        path.write_text("".join(",".join(row) + "\n" for row in table), encoding="utf-8")

    first = table[0][0] if not header else "1"
    place = f"row {1 if header else 2}, column {first}"
    refused(*run(workbook, "load", path, "--dry-run", *words), str(path), place)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("reports", "summary"), ("reports", "title"), ("wording", "council"),
        ("2024-06", "committee"), ("disclosure", "footnote"), ("checks", "stock"),
    ],
)  # fmt: skip
def test_in_parameters(workbook, hidden, name, key):
    path = workbook.params(name)
    if name == "disclosure":
        path.write_text("threshold: 4\nfootnote: Small.\n")
    if name == "checks":
        path.write_text("flows:\n- {stock: s1, starts: f1, ends: f1}\n")
    if name == "2024-06":
        path.write_text("committee: Cabinet\nmeeting_date: 2024-07-10\n")
    line, column = next(
        (number, line) for number, line in enumerate(path.read_text().splitlines(), start=1)
        if f"{key}: " in line
    )  # fmt: skip
    spelt = "".join(f"\\U{ord(character):08x}" for character in hidden)
    for written in (hidden, spelt):
        text = column.partition(f"{key}: ")[0] + f'{key}: "{written}x"'
        text += ", starts: f1, ends: f1}" if name == "checks" else ""
        lines = path.read_text(encoding="utf-8").splitlines()
        lines[line - 1] = text
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        words = ["check", "2024-06"] if name == "checks" else ["2024-06"]
        refused(*run(workbook, *words), f"params/{name}.yml, line {line}")


def test_in_a_description_of_extracts(workbook, tmp_path, hidden):
    said = {**EXTRACT, "unit_column": f"Te{hidden}am"}
    text = yaml.safe_dump({"extracts": {"teams": said}}, allow_unicode=True)
    workbook.params("extracts").write_text(text, encoding="utf-8")
    (tmp_path / "late.csv").write_text("Team,Open\nFenwold,7\n")

    words = ["load", tmp_path / "late.csv", "--extract", "teams", "--month", "2024-07"]
    refused(*run(workbook, *words), "params/extracts.yml, line ")


@every_kind
def test_in_a_commentary(workbook, hidden):
    path = workbook.commentary("2024-06", "a2")
    path.write_text(f"As agreed.\n\nOf {hidden}255 contacts, 71.\n", encoding="utf-8")

    for command in (["check", "2024-06"], ["2024-06"]):
        place = "data/commentary/2024-06/a2.md, line 3, column 4"
        refused(*run(workbook, *command), place)
    assert not (workbook.root / "outputs/2024-06").exists()


def test_in_the_name_of_a_commentary(workbook, hidden):
    (workbook.root / f"data/commentary/2024-06/zz{hidden}.md").write_text("As agreed.")
    said, _ = run(workbook, "check", "2024-06", "--all")

    assert f"zz[U+{ord(hidden[0]):04X}]" in said
    assert not UNSEEN.search(said)


@every_kind
def test_in_the_name_of_a_file_to_load(workbook, tmp_path, hidden):
    path = tmp_path / f"late{hidden}.csv"
    path.write_text(HEADER + "2024-07,fenwold,s1,all,x,,supplied\n")
    said, status = run(workbook, "load", path)
    assert status == 2
    assert f"late[U+{ord(hidden[0]):04X}]" in said
    assert not UNSEEN.search(said)

    path.write_text(HEADER + "2024-07,fenwold,s1,all,7,,supplied\n")
    said, status = run(workbook, "load", path)
    assert status == 0
    (file,) = ledger.read(workbook)[-1].files
    assert not UNSEEN.search(file.name + said + run(workbook, "loads")[0])


def test_in_the_name_of_a_file_that_is_not_there(workbook, tmp_path, hidden):
    said, status = run(workbook, "load", tmp_path / f"{hidden}.csv")

    assert (status, UNSEEN.search(said)) == (2, None)


@every_kind
def test_in_words_about_a_load(workbook, tmp_path, hidden):
    path = tmp_path / "late.csv"
    path.write_text(HEADER + "2024-07,fenwold,s1,all,7,,supplied\n")
    said, status = run(workbook, "load", path, "--provenance", f"sup{hidden}plied")
    assert (status, "--provenance holds an invisible character" in said) == (2, True)
    assert not UNSEEN.search(said)

    said, status = run(workbook, "load", path, "--why", f"La{hidden}te", "--by", f"{hidden}Ann")
    assert (status, UNSEEN.search(said)) == (0, None)
    load = ledger.read(workbook)[-1]
    assert not UNSEEN.search(load.why + load.loaded_by)


@pytest.mark.thorough
def test_in_a_ledger_that_was_written_before_they_were_refused(workbook, tmp_path, hidden):
    """It is never changed, and shown."""
    path = tmp_path / "late.csv"
    path.write_text(HEADER + "2024-07,fenwold,s1,all,7,,supplied\n")
    run(workbook, "load", path, "--why", "Late")
    entry = ledger.folder(workbook, 2) / "load.yml"
    spelt = "".join(f"\\U{ord(character):08x}" for character in hidden)
    replace(entry, "why: Late", f'why: "La{spelt}te"')

    for command in (["loads"], ["history", "fenwold", "s1", "2024-07"]):
        said, status = run(workbook, *command)
        assert (status, UNSEEN.search(said)) == (0, None)
        assert f"La[U+{ord(hidden[0]):04X}]" in said
