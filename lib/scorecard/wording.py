"""Words that several rooms share: numbers with nouns, the command."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

PROGRAM = "scorecard" if Path(sys.argv[0]).stem == "scorecard" else "run_month.py"
"""The command that messages name: the one that was typed, or else the one of the repository."""


PLACES = {
    "load": ("--workbook", "--outputs"),
    "loads": ("--workbook",),
    "history": ("--workbook",),
    "explain": ("--workbook",),
    "describe": ("--workbook",),
    "init": (),
    "validate": ("--workbook", "--notebooks"),
    "upgrade": ("--workbook", "--outputs"),
    "lab": ("--workbook", "--notebooks"),
    "comparators": (),
}
"""The options that say where things are, for the commands that don't take all of `EVERYWHERE`."""
EVERYWHERE = ("--workbook", "--outputs", "--notebooks")

RECORD_EDITS = 'load --edits --why "…"'


def to_type(words: str) -> str:
    """A command as a person types it: `run_month.py load --edits --workbook fenwold`.

    It has those options of `PLACES` that this command was given and that it takes too.
    """
    parts, command = [PROGRAM, words], words.split()[0]
    for option in PLACES.get(command, EVERYWHERE):
        for number, word in enumerate(sys.argv):
            name, sign, value = word.partition("=")
            if name == option:
                given = value if sign else "".join(sys.argv[number + 1 : number + 2])
                parts += [option, shlex.quote(given)]
    return " ".join(parts)


def slug(text: str) -> str:
    """Words as an id or a part of a file's name: `Key and glossary` is `key-and-glossary`."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: `1 indicator`, `3 indicators`."""
    return f"{number} {one if number == 1 else many}"


def named(names: Sequence[str], at_most: int) -> str:
    """`a`, `a and b`, or `a, b, c and 4 more`."""
    shown = [*names[:at_most], *([f"{len(names) - at_most} more"] if names[at_most:] else [])]
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if shown[1:] else shown)


def moment(at: datetime) -> str:
    """A time of day with its zone: `2026-07-01 00:30 BST`."""
    return f"{at:%Y-%m-%d %H:%M %Z}"
