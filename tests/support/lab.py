"""A real JupyterLab over a copy of the notebooks, for tests in a browser and for a picture."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from support.places import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

PATIENCE = 90
"""Seconds for JupyterLab to start, and again for a notebook to run."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of JupyterLab in `folder`, with this repository's notebooks and workbook."""
    shutil.copytree(REPOSITORY / "notebooks", folder / "notebooks", dirs_exist_ok=True)
    settings = folder / "SETTINGS/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    everything = {"windowingMode": "none"}  # drawn without scrolling
    settings.write_text(json.dumps(everything))
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", "--port=0",
        "--allow-root", "--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True",
        "--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        f"--ServerApp.root_dir={folder}",
    ]  # fmt: skip
    environment = {**os.environ, "SCORECARD_WORKBOOK": str(REPOSITORY)}
    environment |= {f"JUPYTER_{kind}_DIR": str(folder / kind) for kind in ("CONFIG", "RUNTIME")}
    environment["JUPYTERLAB_SETTINGS_DIR"] = str(folder / "SETTINGS")
    log = folder / "log"
    with log.open("w") as said:
        server = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
        try:
            yield _address(server, log)
        finally:
            server.terminate()
            server.wait(timeout=30)


def _address(server: subprocess.Popen[bytes], log: Path) -> str:
    """Where the server listens, once it says so."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        found = re.search(r"http://127\.0\.0\.1:\d+/", log.read_text())
        if found:
            return found[0]
        time.sleep(0.2)
    raise AssertionError(f"JupyterLab did not start:\n{log.read_text()}")


def run_all(page: Page, lab: str, name: str) -> None:
    """Open a notebook and start all its cells, without waiting for the last one."""
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(f"{lab}lab/tree/notebooks/{name}.ipynb?reset")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    page.locator("#jp-bottom-panel, #jp-main-statusbar").get_by_text("| Idle").wait_for()
    # Not waited for: the promise keeps until the last cell, which a hidden dialog could hold up.
    page.evaluate("void window.jupyterapp.commands.execute('notebook:run-all-cells')")
