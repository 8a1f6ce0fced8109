"""Small text files that people write: parameters and commentary, of a bounded size, in UTF-8."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.errors import TextError
from scorecard.unseen import UNSEEN, described

if TYPE_CHECKING:
    from pathlib import Path

MOST = 1 << 20
"""Bytes of a text that a person writes: some five hundred pages."""


def read(path: Path, name: str) -> str:
    """The text of a file, which faults call `name`; a byte order mark is no part of it.

    Raises `FileNotFoundError`, and `TextError` when it is too large, is not UTF-8, can't be read or
    holds a character that nobody sees.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise TextError(f"{name} can't be read: {error.strerror}") from error
    if len(content) > MOST:
        raise TextError(f"{name} is larger than {MOST >> 20} MiB, which nobody writes: shorten it")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TextError(f"{name} is not UTF-8 text; save it as UTF-8") from None
    if found := UNSEEN.search(text):
        raise TextError(f"{place(name, text, found.start())}: {told(found[0])}")
    return text


def place(name: str, text: str, at: int) -> str:
    """Where the character at `at` stands: `params/reports.yml, line 3, column 7`."""
    line = text.count("\n", 0, at) + 1
    return f"{name}, line {line}, column {at - text.rfind(chr(10), 0, at)}"


def told(character: str) -> str:
    """What is wrong with a character that nobody sees, and what to do about it."""
    return f"there is a character that nobody sees ({described(character)}); delete it"
