"""What tests of several files share."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from scorecard.batch.engine.preload import MANY_OBJECTS
from scorecard.errors import PrintError
from scorecard.pages import pdf
from support import prepared
from support.places import MONTH, REPOSITORY
from support.windows import refuse

if TYPE_CHECKING:
    from pathlib import Path


def pytest_configure() -> None:
    """Set each test process up.

    A run in the background ignores interruptions, and tests of them need to get them. Fewer
    searches for what can be thrown away save 4 % of the time.
    """
    gc.set_threshold(MANY_OBJECTS)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_xdist_auto_num_workers() -> int:
    """Two workers more than processors: many tests wait for another process."""
    return (os.cpu_count() or 1) + 2


LONGEST = ["docs", "golden", "browser", "commands", "batch", "attack"]
"""The rooms whose modules take longest: a module that starts last would be waited for alone."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest modules first; the others as they come."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.parent.name, len(places)))


@pytest.fixture(scope="session", autouse=True)
def prepared_macros(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Stores get their macros by copy."""
    prepared.install(tmp_path_factory.mktemp("macros"))


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that refuses what Windows refuses."""
    refuse(monkeypatch)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """An installed browser. Without one its tests are skipped, but in CI they fail."""
    try:
        return pdf.browser()
    except PrintError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def month(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published month, made afresh for each test session by the command an operator types.

    The workers of a session share it: the first that needs it makes it.
    """
    base = tmp_path_factory.getbasetemp()
    outputs = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "outputs"
    with FileLock(outputs.with_suffix(".lock")):
        if not (outputs / MONTH).exists():
            command = [sys.executable, "run_month.py", MONTH, "--outputs", str(outputs)]
            done = subprocess.run(
                command, cwd=REPOSITORY, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout + done.stderr
    return outputs / MONTH
