"""How long each stage of a run takes."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scorecard.interruption import stop_if_asked

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Stages:
    """How long each stage of a run took, in seconds."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time of a `with` block to `stage`."""
        began = time.perf_counter()
        try:
            yield
        finally:
            spent = self.seconds.get(stage, 0.0) + time.perf_counter() - began
            self.seconds[stage] = round(spent, 3)
        stop_if_asked()
