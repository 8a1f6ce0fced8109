"""Hashes that only people with the data can check, for the record of a pack that withholds.

Anybody could put a guess of a withheld count into a copy of the results and compare the hash of
that file with one in the record. So there the hash of an input is *sealed* with a secret that is
beside the data and in no pack. People with the data can still see whether an input has changed.
"""

from __future__ import annotations

import hmac
import os
import secrets
from functools import cached_property
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard.workbook import Workbook

BYTES = 32


class Seal:
    """Seals the hashes of one workbook's inputs."""

    def __init__(self, workbook: Workbook) -> None:
        self._path = workbook.secret

    def create(self) -> None:
        """Make the secret, whole or not at all, unless there is one; only its owner can read it."""
        if self._path.exists():
            return
        folder, name = self._path.parent, self._path.name
        with NamedTemporaryFile("w", dir=folder, prefix=f"{name}-", delete=False) as file:
            file.write(secrets.token_hex(BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(self._path)

    def as_in(self, values: Mapping[str, str], *, sealed: bool) -> dict[str, str]:
        """Name → hash, as a record holds them: `sealed`, or as they are."""
        return {name: self._of(name, value) if sealed else value for name, value in values.items()}

    def _of(self, name: str, value: str) -> str:
        """A sealed hash. The name is part of it, so that equal files have different ones."""
        return hmac.new(self._secret, f"{name}\0{value}".encode(), "sha256").hexdigest()

    @cached_property
    def _secret(self) -> bytes:
        """The secret; where it is lost a new one, to which nothing that was sealed is equal."""
        try:
            return self._path.read_bytes()
        except FileNotFoundError:
            return secrets.token_bytes(BYTES)
