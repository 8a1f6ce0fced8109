"""What tests of several files share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from scorecard import pdf
from scorecard.errors import PrintError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def chromium() -> Path:
    """An installed browser. Without one its tests are skipped, but in CI they fail."""
    try:
        return pdf.browser()
    except PrintError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(str(error))
