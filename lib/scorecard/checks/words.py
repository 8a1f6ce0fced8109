"""The findings in words and in sections, the same on the page and on the terminal."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from scorecard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.checks.finding import Finding, Findings, Grade

GRADE_WORDS = {"stops": "Stops publication", "look": "Needs a look", "information": "Information"}
SINCE = {"every month": "every month", "new": "new", None: "–"}


@dataclass(frozen=True)
class Block:
    """The findings of one check within a section; `unlisted` are only counted."""

    check: str
    title: str
    findings: list[Finding]
    unlisted: int = 0


@dataclass(frozen=True)
class Section:
    """Findings that an analyst reads together; `folded` ones are closed until they are opened."""

    id: str
    title: str
    says: str
    folded: bool = False
    blocks: list[Block] = field(default_factory=list)


SECTIONS = (
    Section("stops", "Stops publication", "The month is not published until these are corrected."),
    Section(
        "look",
        "Needs a look",
        "Each of these is likely to be asked about; what other figures contradict comes first.",
    ),
    Section(
        "structural",
        "The same every month",
        "Differences of the same kind in every month that can be compared: part of how the figures "
        "are counted. Any new difference is listed above.",
    ),
    Section(
        "information",
        "For information",
        "Nothing to do unless something else points here too.",
        folded=True,
    ),
    Section(
        "estimated",
        "Rests on estimates",
        "The figures, or the earlier months they are compared with, are marked as estimates in the "
        "data: such a finding may say more about the estimate than about the service.",
        folded=True,
    ),
)


def _section(finding: Finding) -> str:
    """The section that a finding belongs to."""
    if finding.grade != "information":
        return finding.grade
    if finding.estimated:
        return "estimated"
    return "structural" if finding.lasting == "every month" else "information"


def sections(findings: Findings) -> Iterator[Section]:
    """The sections that have findings, each with its checks in the order of the findings."""
    for section in SECTIONS:
        of_check: dict[str, list[Finding]] = {}
        for each in findings.findings:
            if _section(each) == section.id:
                of_check.setdefault(each.check, []).append(each)
        blocks = [
            Block(check, findings.title(check), found, _unlisted(findings, found[-1]))
            for check, found in of_check.items()
        ]
        if blocks:
            yield replace(section, blocks=blocks)


def _unlisted(findings: Findings, last: Finding) -> int:
    """How many findings of a check are not listed, if `last` is its last listed one; else 0.

    Only the last findings of a check are left out, so the number follows its last listed one.
    """
    listed = [each for each in findings.findings if each.check == last.check]
    (check,) = (each for each in findings.checks if each.check == last.check)
    return check.total - len(listed) if listed[-1] == last else 0


def summary(findings: Findings) -> str:
    """A month in one sentence."""
    stops = _count(findings, "stops", "stops publication", "stop publication")
    look = _count(findings, "look", "needs a look", "need a look")
    informed = _count(findings, "information", "is for information", "are for information")
    parts = (stops or "nothing stops publication", look or "nothing needs a look", informed)
    return ", ".join(part for part in parts if part) + "."


def _count(findings: Findings, grade: Grade, one: str, many: str) -> str:
    """`1 finding needs a look`; empty for none."""
    number = findings.count(grade)
    return counted(number, f"finding {one}", f"findings {many}") if number else ""
