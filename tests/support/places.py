"""Where the tests stand: this repository, and the month that it publishes."""

from __future__ import annotations

from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
MONTH = "2016-08"
TESTS = REPOSITORY / "tests"
