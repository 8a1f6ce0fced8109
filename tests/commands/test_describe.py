"""The command `describe`: a draft from which a file of any layout is loaded with small edits."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from rich.console import Console

from scorecard.commands.describe import run_describe
from scorecard.errors import LoadError
from scorecard.input_faults import InputFaultsError
from scorecard.months import Month
from support import council, placements
from support.load_command import Desk, make_desk, recorded
from support.places import TESTS
from support.workbooks import INDICATORS, TARGETS

CASES, COUNCIL = TESTS / "cases", TESTS / "second_council"
JULY = Month(2024, 7)
FEN = [
    "upper-fen,s1,all,350,,supplied", "upper-fen,f1,all,90,,supplied",
    "lower-fen,s1,all,340,,supplied", "lower-fen,f1,all,150,,supplied",
]  # fmt: skip


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "in").mkdir()
    return recorded(Desk(council.files(tmp_path / "workbook"), tmp_path / "in"))


def describe(desk, file, name="x", *, write=True, sheet=None):
    said = StringIO()
    run_describe(desk.workbook, file, sheet, name, Console(file=said, width=200), write=write)
    return said.getvalue()


def edit(desk, edits):
    """Edit the draft by hand."""
    file = desk.workbook.root / "params/extracts/x.sql"
    file = file if file.exists() else desk.workbook.params("extracts")
    text = file.read_text()
    for old, new in edits.items():
        assert old in text
        text = text.replace(old, new)
    file.write_text(text)


PAIR = {
    "code: CODE, num: CODE": "code: b2, num: Repeat, denom: Starts",
    '    ignore:\n      - "Starts"\n      - "Repeat"\n': "",
}
DRAFTS = {
    "footer-rows/e_foot.xlsx": (
        {}, None,
        ["upper-fen,s1,all,350,,supplied", "upper-fen,s2,all,80,,supplied",
         "upper-fen,f1,all,90,,supplied"],
    ),
    "half-suppressed-pair/in.csv": (
        PAIR, JULY,
        ["upper-fen,b2,all,withheld,,supplied", "lower-fen,b2,all,7,38,supplied"],
    ),
    "months-and-measures-across/hmonth.xlsx": ({}, None, FEN),
    "months-and-measures-across/longform.xlsx": ({}, None, [*FEN[:2], FEN[3]]),
    "months-and-measures-across/monthcols.xlsx": ({"CODE": "f1"}, None, [FEN[1], FEN[3]]),
    "months-and-measures-across/transposed.xlsx": ({}, JULY, FEN),
    "two-header-rows/h2.xlsx": ({}, JULY, FEN),
    "two-header-rows/h2dup.xlsx": ({}, JULY, FEN),
    "text-number-spaces/e_space.xlsx": (
        {}, None,
        ["upper-fen,s1,all,350,,supplied", "upper-fen,s2,all,80,,supplied",
         "upper-fen,f1,all,90,,supplied", "lower-fen,s1,all,340,,supplied",
         "lower-fen,s2,all,110,,supplied", "lower-fen,f1,all,150,,supplied"],
    ),
}  # fmt: skip
"""Each case of one council → the edits of its draft, the month to say, and the results of July."""


@pytest.mark.parametrize("case", DRAFTS)
def test_a_draft_loads_with_small_edits(desk, case):
    edits, month, results = DRAFTS[case]
    said = describe(desk, CASES / case)
    edit(desk, edits)
    file = "x.sql" if (desk.workbook.root / "params/extracts/x.sql").exists() else "extracts.yml"

    assert re.search(rf"Written into params/(extracts/)?{file}\. Try it: `", said)
    assert ("--month YYYY-MM" in said) == (month is not None)
    assert "Check: unit" not in said
    read, _ = desk.read(CASES / case, extract="x", month=month)
    assert [row for row in read if row.startswith("2024-07")] == [
        f"2024-07,{row}" for row in results
    ]


MEASURES = [
    "Contacts decided in one working day", "Re-referrals within 12 months",
    "Assessments with no further action", "Plans reviewed on time", "Average caseload",
    "Average days to complete an assessment", "Conferences within 15 days",
    "Adoption orders this year", "Visits in timescale", "Children in unregistered placements",
    "Children placed in county", "Welsh-language active offer made",
    "Core groups within ten days", "Care leavers in touch", "Three or more placements",
]  # fmt: skip


@pytest.fixture
def ynys_wen(tmp_path):
    """A made-up Welsh council that calls its indicators as its system does."""
    teams = ["Duty & Assessment", "Family Support", "Children Looked After", "Leaving Care"]
    units = "unit,name,kind,parent\nynys-wen,Ynys Wen,county,\n"
    for slug in ("north", "mid", "south"):
        units += f"{slug},{slug.title()},area,ynys-wen\n"
        for number, team in enumerate(teams):
            units += f"{slug}-{number},{slug.title()} {team},team,{slug}\n"
    forms = {5: "ratio", 6: "days", 8: "count", 10: "count"}
    indicators = INDICATORS.partition("\n")[0] + "\n"
    for code, name in enumerate(MEASURES, start=1):
        indicators += f"{code},Section,{name},H,SS,{forms.get(code, 'percent')},monthly,,,\n"
    targets = TARGETS.partition("\n")[0] + "\n"
    return make_desk(tmp_path, {}, units=units, indicators=indicators, targets=targets)


def test_a_draft_of_a_welsh_extract_loads_as_it_is_and_says_what_it_leaves_out(ynys_wen):
    file = CASES / "welsh-extract/measures_2026-09.xlsx"
    said = describe(ynys_wen, file)
    found, _ = ynys_wen.read(file, extract="x")

    assert len(found) == 3 * (8 + 14 + 14 + 2)
    assert "2026-09,north-1,12,all,52,81,supplied" in found
    assert "2026-09,north-1,6,all,1794,46,supplied" in found
    assert "2026-09,north-1,8,all,1,,supplied" in found
    assert "Check: rows of `Gogledd (North) total` are skipped." in said
    assert "is read as indicator" not in said


def test_a_draft_of_two_header_rows_below_a_month(ynys_wen):
    file = CASES / "welsh-extract/two_row_header.xlsx"
    said = describe(ynys_wen, file)

    assert "Check: `Plans on time` is read as indicator `4`, Plans reviewed on time." in said
    assert ynys_wen.read(file, extract="x")[0] == [
        "2026-09,north-0,1,all,10,12,supplied", "2026-09,north-0,4,all,4,5,supplied"
    ]  # fmt: skip


def test_nothing_is_written_unless_asked(desk):
    before = sorted(desk.workbook.root.rglob("*"))
    said = describe(desk, CASES / "two-header-rows/h2.xlsx", write=False)

    assert "To write it into params/extracts.yml, add --write." in said
    assert sorted(desk.workbook.root.rglob("*")) == before


def test_a_draft_is_added_to_the_descriptions_there_are(desk):
    path = desk.workbook.params("extracts")
    first = (
        "# Ours\nextracts:\n  own: {unit_column: T, provenance: p, results: [{code: f1, num: B}]}"
    )
    path.write_text(first)
    describe(desk, CASES / "two-header-rows/h2.xlsx", "two")
    assert path.read_text().startswith(f"{first}\n  two:\n    header_rows: 2\n")

    with pytest.raises(LoadError, match=r"params/extracts.yml describes `two` already"):
        describe(desk, CASES / "two-header-rows/h2dup.xlsx", "two")


@pytest.mark.parametrize("text", ["extracts: {}\n", "extracts:\n  a: [\n", "other: 1\n", "- a\n"])
def test_a_file_of_descriptions_that_can_not_be_added_to_stays_as_it_is(desk, text):
    path = desk.workbook.params("extracts")
    path.write_text(text)
    with pytest.raises(LoadError, match=r"params/extracts.yml can't be added to: copy the draft"):
        describe(desk, CASES / "two-header-rows/h2.xlsx")
    assert path.read_text() == text


def test_sql_that_is_there_is_not_replaced(desk):
    with pytest.raises(LoadError, match=r"params/extracts/placements.sql is there already: give"):
        describe(desk, COUNCIL / "extracts/placements.csv", None)


def test_a_name_is_that_of_the_file_or_has_to_be_given(desk):
    file = desk.file(text="Team,Contacts\nUpper Fen,1\n", name="Fen July (2).csv")
    assert "  fen-july-2:\n" in describe(desk, file, None, write=False)
    with pytest.raises(LoadError, match="give it a name of small letters"):
        describe(desk, desk.file(text="a,b\n", name="£.csv"), None)


def test_a_results_file_needs_no_description(desk):
    with pytest.raises(LoadError, match="has the columns of a results file: load it without"):
        describe(desk, CASES / "text-number-spaces/nbsp.csv")


def test_a_file_that_can_not_be_read_is_a_fault(desk):
    with pytest.raises(InputFaultsError, match="there is no such file"):
        describe(desk, desk.folder / "none.csv")


@pytest.mark.parametrize("text", ["\n", ",,\n"])
def test_an_empty_file_is_a_fault(desk, text):
    with pytest.raises(InputFaultsError, match="there is nothing in it"):
        describe(desk, desk.file(text=text))


@pytest.mark.parametrize("with_age", [True, False])
def test_nothing_of_a_list_of_children_is_in_a_draft(desk, with_age):
    """Also where a column of figures makes it look like a table of figures."""
    rows = [line.split(",") for line in placements.text().splitlines()]
    lines = [[*cells, "Age" if not n else str(n % 17)] if with_age else cells
             for n, cells in enumerate(rows)]  # fmt: skip
    said = describe(desk, desk.file(text="".join(",".join(each) + "\n" for each in lines)))
    words = {each.name for each in placements.placements()}
    words |= {each.child for each in placements.placements()}

    assert not [word for word in words if word in said]


def test_a_list_with_units_is_counted_by_unit(desk):
    file = desk.file(text="Name,Unit\nAnn,Upper Fen\nBob,Upper Fen\nCy,Lower Fen\n")
    said = describe(desk, file)
    edit(desk, {"CODE": "f1"})

    assert "Several rows a unit: they are counted." in said
    assert "Ann" not in said
    assert desk.read(file, extract="x", month=JULY)[0] == [
        "2024-07,upper-fen,f1,all,2,,supplied", "2024-07,lower-fen,f1,all,1,,supplied"
    ]  # fmt: skip


def test_what_cells_hold_instead_of_figures_is_described(desk):
    text = "Team;Open cases;Contacts\nUper Fen;1,281;-\nLower Fen;c;..\nOther;1;2\nTotal;3;4\n"
    file = desk.folder / "late.csv"
    file.write_bytes(text.encode("utf-16"))
    said = describe(desk, file)

    assert '    encoding: utf-16\n    separator: ";"\n' in said
    assert '    units:\n      "Uper Fen": upper-fen\n    skip: ["Total"]\n' in said
    assert '    empty: ["-"]\n    signs: {"c": withheld, "..": not available}\n' in said
    assert '    thousands: ","\n' in said
    assert "Check: unit `Uper Fen` is read as `upper-fen`." in said
    assert "Check: unit `Other`: name it under units or under skip." in said
    edit(desk, {'skip: ["Total"]': "skip: [Total, Other]"})
    assert desk.read(file, extract="x", month=JULY)[0] == [
        "2024-07,upper-fen,s1,all,1281,,supplied",
        "2024-07,lower-fen,s1,all,withheld,,supplied",
        "2024-07,lower-fen,f1,all,not_available,,supplied",
    ]


def test_the_encoding_of_windows_is_found(desk):
    file = desk.folder / "late.csv"
    file.write_bytes("Team,Contacts\nUpper Fen,1\nÂr,2\n".encode("cp1252"))
    assert "    encoding: cp1252\n" in describe(desk, file, write=False)


def test_a_measure_without_its_denominator_is_left_out_and_named(desk):
    file = desk.file(text="Team,Reviews held on time,Contacts\nUpper Fen,1,2\n")
    said = describe(desk, file)

    assert "Check: `b1` needs a numerator and a denominator." in said
    assert desk.read(file, extract="x", month=JULY)[0] == ["2024-07,upper-fen,f1,all,2,,supplied"]
