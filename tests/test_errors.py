"""Messages are the product: they name the place, the nearest name, and all faults in order."""

from __future__ import annotations

import inspect

from scorecard import errors
from scorecard.errors import Fault, InputFaultsError, ScorecardError, UnknownNameError, suggestion


def test_an_unknown_name_is_told_with_the_nearest():
    error = UnknownNameError("unit", "noth-kent", ["north-kent", "east-kent"], "params/reports.yml")

    assert str(error) == (
        "params/reports.yml: unknown unit `noth-kent`; did you mean `north-kent`?"
    )


def test_without_a_near_name_a_few_are_listed_and_many_are_not():
    assert suggestion("zzz", ["a", "b", "a"]) == "; known are `a`, `b`"
    assert suggestion("zzz", [f"u{n}" for n in range(13)]) == ""
    assert suggestion("zzz", []) == ""


def test_a_fault_is_one_line_with_place_problem_and_remedy():
    whole = Fault("f.csv", 0, "", "the file is missing.", "The workbook needs it.")
    cell = Fault("f.csv", 3, "num", "`x` is not a number.", "Write digits.")

    assert str(whole) == "the file is missing. The workbook needs it."
    assert str(cell) == "row 3, column num: `x` is not a number. Write digits."
    assert str(Fault("f.csv", 3, "", "Bad.")) == "row 3: Bad."


def test_faults_are_told_by_file_in_order_of_row():
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


def test_every_error_is_one_of_ours_and_says_when_it_is_raised():
    tree = [
        each
        for _, each in inspect.getmembers(errors, inspect.isclass)
        if issubclass(each, Exception) and each is not ScorecardError
    ]

    assert tree
    for each in tree:
        assert issubclass(each, ScorecardError)
        assert (each.__doc__ or "").startswith("Raised when"), each
