"""Stores of this folder's tests are built as those of users are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support import prepared

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module", autouse=True)
def whole_builds() -> Iterator[None]:
    """Nothing is copied into a store."""
    with prepared.defining():
        yield
