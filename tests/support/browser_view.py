"""A page as a browser shows it: opened from its file, everything it asked for and said noted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

DESKTOP, PHONE = 1280, 320
"""Widths in CSS pixels; 320 is also 1280 at 400% zoom."""


@dataclass
class View:
    """One page in one width, with its `details` opened."""

    file: Path
    page: Page
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def all(self, selector: str, script: str) -> list[Any]:
        """`script`, a function of one element, for every element of `selector`."""
        found: list[Any] = self.page.locator(selector).evaluate_all(
            f"elements => elements.map({script})"
        )
        return found


def opened(browser: Browser, file: Path, width: int = DESKTOP) -> View:
    """`file` in a fresh page of `width`, loaded and with every `details` open."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    view = View(file, page)
    page.on("request", lambda request: view.requests.append(request.url))
    page.on("console", lambda said: view.messages.append(f"{said.type}: {said.text}"))
    page.on("pageerror", lambda error: view.messages.append(f"pageerror: {error}"))
    page.goto(file.resolve().as_uri(), wait_until="load")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    return view
