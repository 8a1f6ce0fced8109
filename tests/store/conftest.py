"""The workbook of this folder's tests, whose stores are written to files as those of users are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support import prepared
from support.one_figure import one_figure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scorecard.workbook import Workbook


@pytest.fixture(scope="module", autouse=True)
def written() -> Iterator[None]:
    """No file of a store is copied, apart from those that `stored` copies."""
    with prepared.writing():
        yield


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    """A workbook with one figure."""
    return one_figure(tmp_path)
