"""`checks.html`: the findings of a month for the analyst, in the style of the other pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scorecard.checks.finding import GROUPS
from scorecard.checks.words import GRADE_WORDS, SINCE, sections, summary
from scorecard.months import Month
from scorecard.pages import style
from scorecard.pages.page import About

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard.checks.finding import Findings
    from scorecard.params.brand import Brand
    from scorecard.params.wording import Wording

TEMPLATES = Path(__file__).parents[1] / "templates" / "page"


def render(
    findings: Findings,
    wording: Wording,
    units: Mapping[str, str],
    indicators: Mapping[str, str],
    brand: Brand | None = None,
) -> str:
    """The page as HTML; `units` maps slugs to names, `indicators` codes to names."""
    about = About(
        name="checks",
        title="Checks",
        summary=summary(findings).capitalize(),
        council=wording.council,
        service=wording.service,
        month=Month.parse(findings.month),
        brand=brand,
    )
    found = list(sections(findings))
    groups = [group for group in GROUPS if any(each.group == group for each in findings.checks)]
    return _environment().get_template("checks.html.j2").render(
        about=about, sections=found, checks=findings.checks, groups=groups, grades=GRADE_WORDS,
        since=SINCE, units=units, indicators=indicators,
        contents=[(each.id, each.title) for each in found] + [("checks-made", "Checks made")],
    )  # fmt: skip


def _environment() -> Environment:
    """A Jinja environment without nbconvert, which takes longer to import than the checks take."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    environment.globals.update(
        style=style.sheet(), own=style.own, paper=style.paper, policy=style.policy
    )
    return environment
