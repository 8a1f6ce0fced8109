"""Make the documentation's picture of the explore notebook, as JupyterLab shows it.

uv run python tests/browser/explore_picture.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from scorecard.pages import pdf
from support.lab import run_all, serving
from support.places import REPOSITORY

TARGET = REPOSITORY / "docs/how-to/explore.png"
WIDTH, HEIGHT = 1160, 1150


def main() -> None:
    """Open the notebook, look at a trend, and photograph the window."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder)) as lab,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=pdf.browser(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        run_all(page, lab, "explore")
        page.get_by_role("button", name="Trend", exact=True).click()
        page.locator(".explored svg.chart").wait_for()
        page.get_by_role("columnheader", name="month").first.wait_for()
        page.get_by_role("button", name="No", exact=True).click()  # no news of Jupyter
        for hide in ("application:toggle-left-area", "filebrowser:hide-main"):
            page.evaluate(f"window.jupyterapp.commands.execute('{hide}')")
        page.locator(".jp-InputArea").first.hover()
        page.wait_for_timeout(1000)
        page.screenshot(path=TARGET)
        browser.close()


if __name__ == "__main__":
    main()
