"""Work that a kernel does while nobody waits for it: a little at a time, between messages."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PAUSE = 0.1
"""Seconds between two parts, in which the kernel answers what is asked of it."""


class Ahead:
    """Parts of some work, done one after the other until others are given or none are left."""

    def __init__(self) -> None:
        self._next: asyncio.TimerHandle | None = None

    def take(self, parts: Iterator[None]) -> None:
        """Do these parts from now on; none where no kernel runs, which alone has idle time."""
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
