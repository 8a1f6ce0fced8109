"""The desk at which commands are given."""

from __future__ import annotations

import pytest

from support.desk import Desk


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A desk with a published month, for tests that only look; what the run said."""
    desk = Desk(tmp_path_factory.mktemp("published"))
    return desk, desk.run("2024-06", "--jobs", "2")
