"""A lock that another process holds."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def held_elsewhere(imports: str, lock: str) -> Iterator[subprocess.Popen[str]]:
    """The process that holds `lock`, an expression over its `imports`; it is killed at the end."""
    code = f"{imports}\nwith {lock}:\n    print('held', flush=True)\n    input()\n"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        yield other
        other.kill()
