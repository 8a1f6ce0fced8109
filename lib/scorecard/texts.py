"""Small text files that people write: parameters and commentary, of a bounded size, in UTF-8."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.errors import TextError, plain_words
from scorecard.unseen import UNSEEN, described

if TYPE_CHECKING:
    from pathlib import Path

PARAMETERS = 1 << 20
"""Bytes of the largest parameter file."""

COMMENTARY = 1 << 16
"""Bytes of the longest commentary on an indicator: thirty pages."""

NOTEBOOK = 1 << 26
"""Bytes of the largest notebook; without its outputs one has some thousands."""


def read(path: Path, name: str, most: int, *, hidden: bool = False) -> str:
    """The text of a file of at most so many bytes; a byte order mark is not part of it.

    `name` is what errors call it. Raises `FileNotFoundError`, and `TextError` when it is larger, is
    not UTF-8, can't be read or, unless `hidden`, holds an invisible character.
    """
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise TextError(f"{name} can't be read: {plain_words(error)}") from error
    if len(content) > most:
        raise TextError(f"{name} is larger than {most >> 10} KiB; shorten it")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TextError(f"{name} is not UTF-8 text; save it as UTF-8") from None
    if not hidden and (found := UNSEEN.search(text)):
        before = text[: found.start()]
        line, column = before.count("\n") + 1, found.start() - before.rfind("\n")
        raise TextError(
            f"{name}, line {line}, column {column}: there is an invisible character "
            f"({described(found[0])}); delete it"
        )
    return text
