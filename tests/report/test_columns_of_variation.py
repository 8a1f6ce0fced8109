"""The cells of variation and expected ranges, and what files say below them."""

from __future__ import annotations

import pytest

from scorecard.report import columns_of_variation
from scorecard.report.cell import Cell
from support.figures import HOW
from support.situations import GUESSED, signal


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (signal("concern", **GUESSED), Cell("Concern", variation="concern", marker="e")),
        (signal(None, status="not-available"), Cell(
            "–", note="Variation can't be judged: the month has no result of its own.", quiet=True
        )),
        (signal(None, status="not-shown", how=HOW),
         Cell(HOW.sign, hidden=" kept back", quiet=True)),
    ],
)  # fmt: skip
def test_a_cell(given, expected):
    assert columns_of_variation.column({"1": given}).cell({"code": "1"}) == expected


def test_a_file_has_the_sign_in_place_of_all_that_is_withheld():
    column = columns_of_variation.column({"1": signal(None, status="not-shown", how=HOW)})

    values = [datum.value({"code": "1"}) for datum in column.data]
    assert values == ["[c]", "not-shown", "[c]", "[c]", "[c]", "[c]", "[c]"]


@pytest.mark.parametrize(
    ("signal_name", "words"),
    [
        ("one-side", "seven months or more on one side of the mean"),
        ("beyond-limit", "outside the range"),
    ],
)
def test_a_real_change_of_activity_says_what_shows_it(signal_name, words):
    row = signal("high", signal=signal_name, format="count")

    assert (
        columns_of_variation.column({"1": row}, why=True).cell({"code": "1"}).text
        == f"High: {words}"
    )
    assert columns_of_variation.column({"1": row}).cell({"code": "1"}).text == "High"


def test_a_range_that_is_withheld_has_the_sign_and_without_limits_it_has_a_dash():
    hidden, none = signal(None, status="not-shown", how=HOW), signal(None)
    cells = [
        columns_of_variation.range_column({"1": each}).cell({"code": "1"})
        for each in (hidden, none)
    ]

    assert [cell.text for cell in cells] == ["[c]", "–"]
