"""A page as a browser shows it: opened from its file, everything it asked for and said noted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
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
    listeners: dict[str, Callable[[Any], None]] = field(default_factory=dict)

    def all(self, selector: str, script: str) -> list[Any]:
        """`script`, a function of one element, for every element of `selector`."""
        found: list[Any] = self.page.locator(selector).evaluate_all(
            f"elements => elements.map({script})"
        )
        return found

    def close(self) -> None:
        """Leave the tab to the next page: a new one takes four times as long to open it."""
        for event, listener in self.listeners.items():
            self.page.remove_listener(event, listener)
        self.page.emulate_media(media="null", color_scheme="null", forced_colors="null")
        _LEFT.append(self.page)


_LEFT: list[Page] = []
"""The tabs that were left."""


def opened(browser: Browser, file: Path, width: int = DESKTOP) -> View:
    """`file` in a tab of `width` by itself, loaded and with every `details` open."""
    left = [page for page in _LEFT if page.context.browser == browser]
    page = left[-1] if left else browser.new_page()
    if left:
        _LEFT.remove(page)
    view = View(file, page)
    view.listeners = {
        "request": lambda request: view.requests.append(request.url),
        "console": lambda said: view.messages.append(f"{said.type}: {said.text}"),
        "pageerror": lambda error: view.messages.append(f"pageerror: {error}"),
    }
    for event, listener in view.listeners.items():
        page.on(event, listener)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(file.resolve().as_uri(), wait_until="load")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    return view
