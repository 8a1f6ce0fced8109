"""Words that several rooms say alike."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scorecard import phrases


def test_counted():
    assert phrases.counted(1, "result", "results") == "1 result"
    assert phrases.counted(0, "result", "results") == "0 results"


@pytest.mark.parametrize(
    ("value", "text"),
    [("404.3000", "404.3"), ("2246.0000", "2246"), ("10.0000", "10"), ("0.0000", "0")],
)
def test_an_exact_decimal_has_no_idle_zeros(value, text):
    assert phrases.plain(Decimal(value)) == text
