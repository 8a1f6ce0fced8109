"""Invisible characters: they move a terminal's cursor, turn a line round, or hide in a name.

No input file may hold one, and where one comes from elsewhere, such as a file's name, it is shown
by its number.
"""

from __future__ import annotations

import re
import unicodedata

UNSEEN = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, but for tab and line ends
    "\xad\u034f\u061c\u070f\u180b-\u180f"  # what may part a word, and joins letters
    "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # letters without a shape
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"  # no width, line ends, directions
    "\ufe00-\ufe0f\U000e0000-\U000e0fff"  # variants and tags of the character before
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "]"
)
SPACES = (
    "\t\n\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u202f\u205f\u3000"
)
"""What may surround the text of a cell, and is passed over (`cell_text` in `sql/schema.sql`)."""

UNUSUAL = re.compile(rf"{UNSEEN.pattern}|[\t\n\r]|(?! )\s")
"""What a line would show as nothing, as a line's end or as a plain space."""


def visible(text: str) -> str:
    """A text of one or more lines, with invisible characters by number: `fen[U+200B]wold`."""
    return UNSEEN.sub(_number, text)


def visible_line(text: str) -> str:
    """As `visible`, of a text that is shown within a line: its line ends and odd spaces too."""
    return UNUSUAL.sub(_number, text)


def described(character: str) -> str:
    """A character in words: `U+200B, zero width space`."""
    name = unicodedata.name(character, "a control character").lower()
    return f"U+{ord(character):04X}, {name}"


def _number(found: re.Match[str]) -> str:
    return f"[U+{ord(found[0]):04X}]"
