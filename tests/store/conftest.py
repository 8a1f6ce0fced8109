"""Stores of this folder's tests are written to their files as those of users are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support import prepared

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module", autouse=True)
def written() -> Iterator[None]:
    """No file of a store is copied, apart from those that `stored` copies."""
    with prepared.writing():
        yield
