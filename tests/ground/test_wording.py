"""Words that several rooms say alike."""

from __future__ import annotations

from scorecard import wording as phrases


def test_counted():
    assert phrases.counted(1, "result", "results") == "1 result"
    assert phrases.counted(0, "result", "results") == "0 results"
