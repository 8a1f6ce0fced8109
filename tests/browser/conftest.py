"""A browser for the tests of this folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """The installed browser, without a network beyond this machine."""
    from playwright.sync_api import sync_playwright  # long to import, and not for other tests

    with sync_playwright() as playwright:
        flags = ["--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
        flags += ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        started = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield started
        started.close()
