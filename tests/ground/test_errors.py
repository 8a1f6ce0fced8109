"""Messages are the product: they name the place, the nearest name, and all faults in order."""

from __future__ import annotations

import errno
import inspect

import pytest

from scorecard import errors
from scorecard.errors import (
    KEPT,
    LINES,
    LONGEST,
    Fault,
    Faults,
    InputFaultsError,
    NoResultsError,
    ScorecardError,
    UnknownNameError,
    lines_of,
    plain_words,
    suggestion,
)


def test_an_unknown_name_is_reported_with_the_nearest():
    error = UnknownNameError("unit", "noth-kent", ["north-kent", "east-kent"], "params/reports.yml")

    assert str(error) == (
        "params/reports.yml: unknown unit `noth-kent`; did you mean `north-kent`?"
    )


def test_a_name_with_other_capitals_is_the_nearest():
    assert str(UnknownNameError("indicator", "A1", ["a10", "a1", "A2"])) == (
        "unknown indicator `A1`; did you mean `a1`?"
    )


def test_a_name_that_several_have_is_reported_with_all_of_them():
    units = {"upper-team": "First Contact", "upper": "Upper Fen", "lower-team": "First contact"}
    assert str(UnknownNameError("unit", "First contact", units)) == (
        "unknown unit `First contact`; that is the name of `upper-team` and `lower-team`"
    )


def test_without_a_near_name_a_few_are_listed_and_many_are_not():
    assert suggestion("zzz", ["a", "b", "a"]) == "; the names are `a`, `b`"
    assert suggestion("zzz", [f"u{n}" for n in range(12)]).endswith(" `u10`, `u11`")
    assert suggestion("zzz", [f"u{n}" for n in range(13)]) == ""
    assert suggestion("zzz", []) == ""


def test_of_many_names_without_a_near_one_the_first_are_listed_and_the_others_counted():
    names = [f"u{n}" for n in range(13)]
    listed = ", ".join(f"`u{n}`" for n in range(12))

    assert str(UnknownNameError("unit", "zzz", names)) == (
        f"unknown unit `zzz`; the names are {listed} and 1 more"
    )
    assert str(UnknownNameError("unit", "zzz", names[:12])).endswith(f"the names are {listed}")
    assert str(UnknownNameError("unit", "zzz", [])) == "unknown unit `zzz`"


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (["2016-06", "2016-04"], "the store holds 2016-04 to 2016-06"),
        (["2016-09", "2016-11"], "the store holds 2016-09 to 2016-11"),
        (["2016-04", "2016-06", "2016-09", "2016-10"],
         "the nearest that have are 2016-06 and 2016-09"),
        ([], "the store holds none"),
    ],
)  # fmt: skip
def test_for_a_month_without_results_the_months_that_have_some_are_listed(months, said):
    assert str(NoResultsError("2016-07", months)) == (
        f"there are no results for 2016-07: {said}. Add data/results/2016-07.csv, or choose "
        "another month"
    )


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


def test_problems_without_end_are_cut_to_thirty_lines():
    assert lines_of(["a", "b"]) == "a\nb"
    lines = lines_of([f"Bad {n}" for n in range(100)]).splitlines()
    assert (len(lines), lines[-2:]) == (LINES, ["Bad 28", "and 71 more"])


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left"), "the disk is full (No space left)"),
        (OSError(errno.EROFS, "Read-only"), "the disk can only be read (Read-only)"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
        (OSError("odd"), "odd"),
    ],
)
def test_an_error_of_the_system_is_plain_words_with_its_own_in_brackets(error, words):
    assert plain_words(error) == words


def test_every_error_is_one_of_ours_and_says_when_it_is_raised():
    tree = [
        each
        for _, each in inspect.getmembers(errors, inspect.isclass)
        if issubclass(each, Exception) and each not in (ScorecardError, errors.Notice)
    ]

    assert tree
    for each in tree:
        assert issubclass(each, ScorecardError)
        assert (each.__doc__ or "").startswith("Raised when"), each
