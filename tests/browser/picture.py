"""Make the README's picture: a finished page on a desktop and on a phone.

uv run python tests/browser/picture.py outputs/2016-08/county.html
"""

from __future__ import annotations

import base64
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from scorecard.pages import pdf

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TARGET = Path(__file__).with_name("picture.png")
SCENE = """<style>
body {{ display: flex; gap: 40px; align-items: end; margin: 40px; background: #dfe6ec }}
img {{ border-radius: 8px; box-shadow: 0 12px 40px rgb(12 47 77 / .35) }}
</style>
<img width="1040" src="data:image/png;base64,{desktop}">
<img width="300" src="data:image/png;base64,{phone}">
"""


def main() -> None:
    """Photograph the page named on the command line."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    page = Path(sys.argv[1]).resolve().as_uri()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=pdf.browser(), args=["--no-sandbox"])
        scene = SCENE.format(
            desktop=photograph(browser, page, 1280, 1220),
            phone=photograph(browser, page, 390, 844),
        )
        composed = browser.new_page(viewport={"width": 1460, "height": 1071})
        composed.set_content(scene)
        composed.screenshot(path=TARGET)
        browser.close()


def photograph(browser: Browser, address: str, width: int, height: int) -> str:
    """The top of a page in a window of this size, as base64 of a PNG."""
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(address)
    taken = page.screenshot()
    page.close()
    return base64.b64encode(taken).decode()


if __name__ == "__main__":
    main()
