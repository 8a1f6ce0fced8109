"""Run every check on a month, and sort the findings by grade, rank and weight."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from scorecard.checks.finding import GRADES, LISTED, Examined, Finding, Findings
from scorecard.checks.library import library

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorecard.checks.library import Check
    from scorecard.checks.material import Material


def examine(material: Material, checks: Iterable[Check] | None = None) -> Findings:
    """What `checks`, by default all, find in the month of `material`."""
    made: list[Examined] = []
    found: list[Finding] = []
    for check in library() if checks is None else checks:
        rows = sorted(check.ask(material), key=_weightiest)
        of_check = [_finding(check, row, str(material.month)) for row in rows]
        of_check.sort(key=_gravest)
        found += of_check[:LISTED]
        made.append(
            Examined(
                check=check.name,
                title=check.head.title,
                group=check.head.group,
                found=dict(Counter(each.grade for each in of_check)),
            )
        )
    return Findings(month=str(material.month), checks=made, findings=sorted(found, key=_gravest))


def _finding(check: Check, row: Mapping[str, Any], month: str) -> Finding:
    lasting, estimated = row.get("lasting"), bool(row.get("estimated"))
    return Finding(
        check=check.name,
        grade=check.head.grade_of(lasting=lasting, estimated=estimated),
        unit=row["unit"],
        code=row["code"],
        month=month,
        reading=row.get("reading"),
        says=row["says"],
        remedy=row.get("remedy") or check.head.remedy,
        lasting=lasting,
        estimated=estimated,
    )


def _weightiest(row: Mapping[str, Any]) -> tuple[float, str]:
    """The order of a check's rows; weights are rounded: a mean may differ in its last digit."""
    return -round(float(row.get("weight") or 0), 6), row["says"]


def _gravest(finding: Finding) -> int:
    """The order of findings by grade; within one, sorting leaves them in the order of rank."""
    return GRADES.index(finding.grade)
