"""Work that a kernel does while it is idle: a part at a time, between messages."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PAUSE = 0.1
"""Seconds between two parts, in which the kernel answers messages."""


class Ahead:
    """Does a piece of work part by part, until it is done or another piece of work is given."""

    def __init__(self) -> None:
        self._next: asyncio.TimerHandle | None = None

    def take(self, parts: Iterator[None]) -> None:
        """Do these parts from now on, in place of others; do nothing if no kernel is running."""
        if self._next:
            self._next.cancel()
        try:
            self._next = asyncio.get_running_loop().call_later(PAUSE, self._take_one, parts)
        except RuntimeError:
            self._next = None

    def _take_one(self, parts: Iterator[None]) -> None:
        for _ in parts:
            self.take(parts)
            return
