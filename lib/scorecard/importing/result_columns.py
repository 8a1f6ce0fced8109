"""Which columns of a file hold which part of an indicator's results, by their headers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from scorecard.errors import brief

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorecard.importing.look import Indicator, Look

OTHER = re.compile(r"\b(?:last|previous|prior|year to date|ytd|change|variance)\b", re.I)
"""Headers of what is not this month's figure."""
PERCENT = re.compile(r"\s*[(\[]?(?:%|\bper ?cent(?:age)?\b)[)\]]?", re.I)
"""What a header has that holds a percentage, and not what it is made of."""
DENOM = re.compile(r"[\s/(]*\b(?:den|denom|denominator|out of|of)\.?\)?$", re.I)
NUM = re.compile(r"[\s/(]*\b(?:num|numerator|no|number|this month|month end|month)\.?\)?$", re.I)
"""The end of a header that says which part of a result it is."""

Parts: TypeAlias = dict[str, str]
"""`num`, `denom` or `result` → the column that holds it."""


@dataclass
class ResultColumns:
    """The columns of a file; `unplaced` gets what the analyst has to check.

    `indicator` gives the indicator that is called most nearly as a text says.
    """

    look: Look
    indicator: Callable[[str], Indicator]
    unplaced: list[str]
    _counts: dict[Indicator, Parts] = field(default_factory=dict)
    _finished: dict[Indicator, str] = field(default_factory=dict)

    def placed(self, keys: set[int]) -> tuple[dict[Indicator, Parts], list[str]]:
        """The indicators with all that a result needs, and the columns that hold nothing of that.

        The columns `keys` are left out: they say what a row is about.
        """
        ignored = []
        for number, name in enumerate(self.look.header):
            if number in keys or not name:
                continue
            is_placed = self._place_percentage if PERCENT.search(name) else self._place_count
            of_month = number in self.look.figures and not OTHER.search(name)
            if not (of_month and is_placed(name)):
                ignored.append(name)
        return self._whole(ignored), ignored

    def _place_percentage(self, name: str) -> bool:
        """Whether a column has the finished results of an indicator."""
        meant = self.look.indicator(PERCENT.sub("", name).strip())
        if not meant.finished or meant in self._finished:
            return False
        self._finished[meant] = name
        return True

    def _place_count(self, name: str) -> bool:
        """Whether a column has the numerators or the denominators of an indicator."""
        part, key = (DENOM, "denom") if DENOM.search(name) else (NUM, "num")
        indicator = self.indicator(part.sub("", name))
        if not indicator.code or key in self._counts.get(indicator, {}):
            self.unplaced.append(f"column `{brief(name)}` is not read")
            return False
        self._counts.setdefault(indicator, {})[key] = name
        return True

    def _whole(self, ignored: list[str]) -> dict[Indicator, Parts]:
        """The indicators with all that a result needs; the columns of others are `ignored`."""
        found = self._counts
        for indicator, name in self._finished.items():
            if indicator in found:
                ignored.append(name)
                continue
            found[indicator] = {"result": name}
            self.unplaced.append(
                f"`{brief(name)}` is read as finished results of `{indicator.code}`, "
                f"{indicator.name}: without numerator and denominator"
            )
        whole = {}
        for indicator, parts in found.items():
            count = indicator.format == "count" and "num" in parts
            if len(parts) == 2 or "result" in parts or count:
                whole[indicator] = parts
            else:
                ignored += parts.values()
                self.unplaced.append(f"`{indicator.code}` needs a numerator and a denominator")
        return whole
