"""The findings of a month on a terminal: what needs action in full, the rest counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from scorecard.checks.words import sections, summary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console

    from scorecard.checks.finding import Finding, Findings
    from scorecard.checks.words import Block

STYLES = {"stops": "bold red", "look": "bold yellow"}
SHOWN = 10
"""The most findings of one check that are shown; the page has the others."""


def show(
    console: Console, findings: Findings, units: Mapping[str, str], *, everything: bool = False
) -> None:
    """Print the findings; `everything` shows also what is only for information."""
    _say(console, Text(f"{findings.month}: {summary(findings)}", style="bold"))
    for section in sections(findings):
        _say(console, Text(""))
        _say(console, Text(section.title, style=STYLES.get(section.id, "bold")))
        for block in section.blocks:
            if section.id in STYLES or everything:
                _block(console, block, units, everything=everything)
            else:
                number = len(block.findings) + block.unlisted
                _say(console, Text(f"{block.title}: {number}", style="dim"), 2)


def _block(console: Console, block: Block, units: Mapping[str, str], *, everything: bool) -> None:
    """One check: its title, its findings and what to do about them."""
    _say(console, Text(block.title, style="underline"), 2)
    shown = block.findings if everything else block.findings[:SHOWN]
    for finding in shown:
        _say(console, _finding(finding, units), 4)
    more = len(block.findings) + block.unlisted - len(shown)
    if more:
        _say(console, Text(f"and {more} more", style="dim"), 4)
    _say(console, Text(block.findings[0].remedy, style="italic"), 4)


def _finding(finding: Finding, units: Mapping[str, str]) -> Text:
    about = ", ".join(part for part in (units.get(finding.unit or ""), finding.code) if part)
    line = Text(f"{about}: " if about else "", style="cyan")
    line.append(finding.says, style="default")
    return line.append(f" ({finding.lasting})" if finding.lasting else "", style="dim")


def _say(console: Console, text: Text, indent: int = 0) -> None:
    """Print a line: wrapped with its indent on a terminal, unwrapped in a pipe."""
    if console.is_terminal:
        console.print(Padding(text, (0, 0, 0, indent)))
    else:
        console.print(Text(" " * indent) + text, soft_wrap=True, highlight=False)
