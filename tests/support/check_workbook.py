"""What the tests of checks share: a small workbook, examined."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scorecard.checks.examine import examine
from scorecard.checks.material import Material
from scorecard.months import Month
from support.ledgers import record_load
from support.stores import asked_only
from support.workbooks import INDICATORS, TARGETS, UNITS, make_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from scorecard.checks.finding import Findings
    from scorecard.params.checks import Flow

THIS = Month(2016, 8)
LAST = THIS - 1
FLOWS = INDICATORS + (
    "into,Activity,Starts,,M,count,monthly,,,\nout,Activity,Ends,,M,count,monthly,,,\n"
)


@dataclass(frozen=True)
class Given:
    """A small workbook: month → result lines, and what else differs from the plain one."""

    results: dict[Month, str]
    commentary: dict[str, str] = field(default_factory=dict)
    """`2016-08/h` → the text."""
    units: str = UNITS
    targets: str = TARGETS
    indicators: str = INDICATORS
    provenance: str = ""
    flows: Sequence[Flow] = ()
    threshold: int = 0
    """From 1 to here numbers are withheld."""
    steps: str = ""
    changes: str = ""
    cohorts: str = ""
    loads: Sequence[dict[Month, str]] = ()
    """What was loaded, one state after the other, before the files became `results`."""


def series(line: Callable[[int], str], months: int, last: Month = LAST) -> dict[Month, str]:
    """`line(0)`, `line(1)` … for so many months that end with `last`."""
    return {last - (months - 1 - n): line(n) for n in range(months)}


def wave(n: int) -> int:
    """A measure that goes up and down by 2: 50, 52, 50, 52 …"""
    return 50 + n % 2 * 2


def _named(results: dict[Month, str]) -> dict[str, str]:
    return {str(month): lines for month, lines in results.items()}


def examined(folder: Path, given: Given, month: Month = THIS) -> Findings:
    """What all checks find."""
    with looked_at(folder, given, month) as material:
        return examine(material)


@contextmanager
def looked_at(folder: Path, given: Given, month: Month = THIS) -> Iterator[Material]:
    """What the checks read."""
    texts = {
        "units": given.units, "targets": given.targets, "indicators": given.indicators,
        "provenance": given.provenance,
    }  # fmt: skip
    workbook = make_workbook(folder, {}, **texts)
    for state in given.loads:
        record_load(workbook, _named(state))
    make_workbook(folder, _named(given.results), **texts)
    for name in ("steps", "changes", "cohorts"):
        if text := getattr(given, name):
            workbook.reference(name).write_text(text, encoding="utf-8")
    for name, text in given.commentary.items():
        path = folder / "data/commentary" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    text = f"threshold: {given.threshold}\nfootnote: Not shown.\n"
    (folder / "params/disclosure.yml").write_text(text, encoding="utf-8")
    with asked_only(workbook) as store:
        yield Material(store, workbook, month, given.flows)
