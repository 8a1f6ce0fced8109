"""The checks before publication: made for every month that anything has changed for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.checks.words import summary
from scorecard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.batch.freshness import Sources
    from scorecard.batch.month_plan import MonthPlan
    from scorecard.batch.packs_folder import PacksFolder
    from scorecard.checks.finding import Findings
    from scorecard.workbook import Workbook


def checked(
    workbook: Workbook, outputs: PacksFolder, plan: MonthPlan, sources: Sources
) -> Findings | None:
    """What the checks find in the month of `plan`, with the analyst's page written.

    A pack that is up to date has its findings in its record, or none if it withholds small numbers:
    they are still the same.
    """
    page, before = outputs.checks_page(plan.month), plan.before
    if before and (before.checks or before.sealed) and plan.up_to_date and page.exists():
        now = sources.inputs.of(plan.month, sealed=before.sealed)
        changed = before.changed_inputs(now, sources.inputs.code)
        if not changed:
            return before.checks
    from scorecard.batch import month_findings  # what it needs takes longer to import than all else

    made = month_findings.examination(workbook, plan.month, sources.store or None)
    month_findings.write(workbook, page, made)
    return made.findings


def stopped(findings: Findings, page: str) -> Iterator[str]:
    """Why a month is not published: what was found and what to do about each."""
    found = findings.of("stops")
    stops = counted(len(found), "finding stops", "findings stop")
    yield f"{findings.month} is not published: {stops} it. What was published before is unchanged."
    yield from (f"  {each.says} {each.remedy}" for each in found)
    yield f"  All findings: {page}"


def line(findings: Findings, page: str) -> str:
    """The findings of a published month in a line."""
    return f"Checks of {findings.month}: {summary(findings)} {page}"
