"""Faults of input files: file by file, in order, and no more than a message has room for."""

from __future__ import annotations

import pytest

from scorecard.errors import LINES, LONGEST
from scorecard.input_faults import KEPT, Fault, Faults, InputFaultsError


def test_a_fault_is_one_line_with_place_problem_and_remedy():
    whole = Fault("f.csv", 0, "", "the file is missing.", "The workbook needs it.")
    cell = Fault("f.csv", 3, "num", "`x` is not a number.", "Write digits.")

    assert str(whole) == "the file is missing. The workbook needs it."
    assert str(cell) == "row 3, column num: `x` is not a number. Write digits."
    assert str(Fault("f.csv", 3, "", "Bad.")) == "row 3: Bad."


def test_faults_are_reported_by_file_in_order_of_row():
    error = InputFaultsError(
        [Fault("b.csv", 9, "num", "Late."), Fault("a.csv", 2, "", "One."),
         Fault("b.csv", 2, "num", "Early.")]
    )  # fmt: skip

    assert str(error).splitlines() == [
        "a.csv has 1 fault:",
        "  row 2: One.",
        "b.csv has 2 faults:",
        "  row 2, column num: Early.",
        "  row 9, column num: Late.",
        "Nothing was loaded and nothing already stored or published has changed.",
    ]


def test_a_fault_of_many_rows_is_one_line_with_the_first_of_them():
    rows = [Fault("f.csv", row, "Team", "unknown unit `County Durham`.") for row in (20, 14, 31)]

    assert list(Faults(rows)) == [
        Fault("f.csv", 14, "Team", "unknown unit `County Durham`.", rows=3)
    ]
    assert str(InputFaultsError(rows)).splitlines()[:2] == [
        "f.csv has 3 faults:",
        "  3 rows from 14, column Team: unknown unit `County Durham`.",
    ]


def test_the_same_fault_of_the_same_row_is_one():
    """Two measures of an extract may share a column."""
    twice = [Fault("f.csv", 3, "Due", "Bad.", rows=4), Fault("f.csv", 3, "Due", "Bad.", rows=4)]

    assert list(Faults(twice)) == twice[:1]


@pytest.mark.parametrize("number", [LINES - 3, LINES - 2, 5000])
@pytest.mark.parametrize("files", [1, 3])
def test_a_message_has_thirty_lines_at_most_and_counts_the_rest_last(number, files):
    faults = [
        Fault(f"{file}.csv", row, "", f"Bad {row}.") for file in range(files)
        for row in range(1, number + 1)
    ]  # fmt: skip
    lines = str(InputFaultsError(faults)).splitlines()

    shown = sum(line.startswith("  row") for line in lines)
    assert len(lines) <= LINES
    rest = number * files - shown
    assert (f"{rest} faults are not listed here." in lines) == (rest > 1)
    assert ("1 fault is not listed here." in lines) == (rest == 1)
    assert lines[-1].startswith("Nothing was loaded")
    assert f"0.csv has {number} faults:" in lines


def test_the_limit_of_lines_hides_no_kind_of_fault():
    many = [Fault("a.csv", row, "unit", f"unknown unit `u{row}`.") for row in range(2, 900)]
    others = [Fault("a.csv", 950, "num", "`x` is not a number."), Fault("b.csv", 7, "", "Bad.")]
    lines = str(InputFaultsError([*many, *others])).splitlines()

    assert len(lines) == LINES
    assert lines[:2] == ["a.csv has 899 faults:", "  row 2, column unit: unknown unit `u2`."]
    assert lines[-5:-1] == [
        "  row 950, column num: `x` is not a number.",
        "b.csv has 1 fault:",
        "  row 7: Bad.",
        "874 faults are not listed here.",
    ]


def test_distinct_faults_without_end_are_counted_and_not_kept():
    found = Faults(Fault("f.csv", row, "", f"Bad {row}.") for row in range(1, KEPT + 100))

    assert len(list(found)) == KEPT
    assert found.number("f.csv") == KEPT + 99


def test_what_is_quoted_from_a_file_is_cut_where_nobody_reads_on():
    assert str(Fault("f.csv", 2, "num", f"`{'1' * 5000}` is not a number.")) == (
        f"row 2, column num: `{'1' * LONGEST}…` is not a number."
    )
    assert str(Fault("f.csv", 2, "unit", "unknown unit `a\nb`.")) == (
        "row 2, column unit: unknown unit `a[U+000A]b`."
    )
