"""The charts are alive in JupyterLab on a machine without a network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE = 90
"""Seconds for JupyterLab to start, and again for the notebook to run."""


@pytest.fixture(scope="module")
def lab(month: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real JupyterLab over a copy of the notebooks; the store is built."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(REPOSITORY / "notebooks", folder / "notebooks")
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", "--port=0",
        "--allow-root", "--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True",
        "--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        f"--ServerApp.root_dir={folder}",
    ]  # fmt: skip
    environment = {**os.environ, "SCORECARD_WORKBOOK": str(REPOSITORY)}
    environment |= {f"JUPYTER_{kind}_DIR": str(folder / kind) for kind in ("CONFIG", "RUNTIME")}
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
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()}")


@pytest.fixture
def page(browser: Browser, lab: str) -> Iterator[Page]:
    """A page that can reach JupyterLab and nothing else; what else it asks for is in `strays`."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    page.strays = []  # type: ignore[attr-defined]

    def only_lab(route):
        if route.request.url.startswith(lab):
            route.continue_()
        else:
            page.strays.append(route.request.url)
            route.abort()

    page.route(re.compile("^https?://"), only_lab)
    yield page
    context.close()


def test_a_chart_answers_the_pointer_with_the_network_closed(page, lab):
    page.goto(f"{lab}lab/tree/notebooks/county.ipynb?reset")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    page.locator("#jp-bottom-panel, #jp-main-statusbar").get_by_text("| Idle").wait_for()
    # Not waited for: the promise keeps until the last cell, which a hidden dialog could hold up.
    page.evaluate("void window.jupyterapp.commands.execute('notebook:run-all-cells')")
    charts = page.locator(".jp-OutputArea-output .vega-embed").locator("canvas, svg.marks")
    charts.first.wait_for()
    assert "month" in tooltip_of(page, charts.first).lower()
    assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    assert page.strays == []


def tooltip_of(page: Page, chart: Locator) -> str:
    """The words that appear as the pointer sweeps over `chart`, as a reader would do it."""
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box
    tip = page.locator("#vg-tooltip-element.visible")
    for row in range(8, int(box["height"]), 6):
        for column in range(8, int(box["width"]), 6):
            page.mouse.move(box["x"] + column, box["y"] + row)
            if tip.count():
                return tip.inner_text()
    pytest.fail("no tooltip anywhere on the chart")
