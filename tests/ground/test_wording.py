"""Words that several rooms say alike."""

from __future__ import annotations

import pytest

from scorecard import wording as phrases
from scorecard.commands.program import main


def test_counted():
    assert phrases.counted(1, "result", "results") == "1 result"
    assert phrases.counted(0, "result", "results") == "0 results"


@pytest.mark.parametrize(
    ("typed", "words", "expected"),
    [
        ([], "load FILE", "load FILE"),
        (["2024-06", "--workbook", "my w"], "diff 2024-06", "diff 2024-06 --workbook 'my w'"),
        (["--outputs=o", "--notebooks", "n"], "status", "status --outputs o --notebooks n"),
        (["--outputs=o", "--notebooks", "n"], "load --edits", "load --edits --outputs o"),
        (["--workbook", "w", "--outputs", "o"], "loads", "loads --workbook w"),
    ],
)
def test_a_command_to_type_goes_where_this_one_did(monkeypatch, typed, words, expected):
    monkeypatch.setattr("sys.argv", ["run_month.py", *typed])
    assert phrases.to_type(words) == f"run_month.py {expected}"


@pytest.mark.parametrize("name", [*main.commands])
def test_a_command_to_type_has_all_the_places_that_it_takes_and_no_other(monkeypatch, name):
    places = {"--workbook", "--outputs", "--notebooks"}
    monkeypatch.setattr("sys.argv", ["run_month.py", *(f"{each}=x" for each in sorted(places))])
    takes = {option for each in main.commands[name].params for option in each.opts}
    named = {word for word in phrases.to_type(name).split() if word.startswith("--")}
    assert named == places & takes
