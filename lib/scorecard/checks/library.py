"""Every check, found by listing the folders of checks, with its head.

The head of a file is its first comment (SQL) or its docstring (Python), up to an empty line after
the keys. It has lines `key: value`; a value may continue on the lines below:

    title        what it looks for, as a heading
    group        completeness, reconciliation, plausibility or catalogue
    grade        stops, look or information
    structural   the grade of a finding that recurs every month; `grade` if left out
    estimated    the grade of a finding that rests on estimates; if left out, information, or stops
                 where `grade` is stops
    rank         its place among the checks of its grade, the smallest first
    remedy       what to do about a finding

Its rows have `unit`, `code` and `says`, and may have `reading`, `lasting`, `estimated` and `weight`
(the greatest first).
"""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from scorecard.checks.finding import Grade, Group

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from scorecard.checks.material import Material

PACKAGE = files("scorecard")
KEY = re.compile(r"^(\w+): +(\S.*)$")


class CheckHead(BaseModel):
    """What the head of a check's file says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    group: Group
    grade: Grade
    rank: int
    remedy: str
    structural: Grade | None = None
    estimated: Grade | None = None

    def grade_of(self, *, lasting: str | None, estimated: bool) -> Grade:
        """The grade of a finding; `estimated` takes precedence over `structural`."""
        if estimated:
            return self.estimated or ("stops" if self.grade == "stops" else "information")
        return (self.structural or self.grade) if lasting == "every month" else self.grade


@dataclass(frozen=True)
class Check:
    """One check: `ask` gives its rows from the material of a month."""

    name: str
    head: CheckHead
    ask: Callable[[Material], Iterable[Mapping[str, Any]]]


@cache
def library() -> tuple[Check, ...]:
    """Every check there is, in order of rank and name."""
    found = [*_queries(), *_functions()]
    return tuple(sorted(found, key=lambda check: (check.head.rank, check.name)))


def head(text: str) -> CheckHead:
    """The head of a check from the text of its comment or docstring."""
    keys: dict[str, str] = {}
    last = ""
    for line in text.splitlines():
        started = KEY.match(line)
        if started:
            last = started[1]
            keys[last] = started[2].strip()
        elif keys and not line.strip():
            break
        elif keys:
            keys[last] += " " + line.strip()
    return CheckHead.model_validate(keys)


def _queries() -> Iterable[Check]:
    for file in (PACKAGE / "sql" / "checks").iterdir():
        if file.name.endswith(".sql"):
            query = file.read_text(encoding="utf-8")
            lines = takewhile(lambda line: line.startswith("--"), query.splitlines())
            about = head("\n".join(line.removeprefix("--").removeprefix(" ") for line in lines))
            name = file.name.removesuffix(".sql")
            yield Check(name, about, partial(_rows, query))


def _rows(query: str, material: Material) -> list[dict[str, Any]]:
    return material.ask(query)


def _functions() -> Iterable[Check]:
    for file in (PACKAGE / "checks" / "functions").iterdir():
        name = file.name.removesuffix(".py")
        if file.name.endswith(".py") and name != "__init__":
            module = importlib.import_module(f"scorecard.checks.functions.{name}")
            yield Check(name, head(module.__doc__ or ""), module.rows)
