"""Messages are the product: they name the place, the nearest name, and what to do."""

from __future__ import annotations

import errno
import inspect

import pytest

from scorecard import errors, input_faults
from scorecard.errors import (
    LINES,
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
        for module in (errors, input_faults)
        for _, each in inspect.getmembers(module, inspect.isclass)
        if issubclass(each, Exception) and each not in (ScorecardError, errors.Notice)
    ]

    assert tree
    for each in tree:
        assert issubclass(each, ScorecardError)
        assert (each.__doc__ or "").startswith("Raised when"), each
