"""Commentary that speaks of an earlier month.

title: Commentary older than the month
group: catalogue
grade: look
rank: 55
remedy: Ask the lead officer for this month's; a commentary should name the month it is about.

The latest month that it names, up to the reporting month, is an earlier one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scorecard.checks.commentary import MONTH, named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.checks.material import Material

NAMED = re.compile(MONTH)


def rows(material: Material) -> Iterator[dict[str, Any]]:
    """One row for each such commentary."""
    for each in material.ask("FROM texts"):
        found = NAMED.findall(each["text"])
        months = [named(name, year, material.month) for name, year in found]
        until = [month for month in months if month <= material.month]
        if until and max(until) < material.month:
            yield {
                "unit": each["unit"],
                "code": each["code"],
                "says": f"{each['path']} speaks of {max(until).words} at the latest.",
            }
