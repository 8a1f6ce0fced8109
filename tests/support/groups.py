"""Made-up groups for some indicators of a workbook: every result is divided by age and by need."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

COHORTS = """\
cohort,dimension,name,exhaustive
under_5,age,Under 5,yes
from_5_to_11,age,5 to 11,yes
from_12,age,12 and over,yes
speech,need,Speech,no
sight,need,Sight,no
"""
SHARES = {"under_5": 1, "from_5_to_11": 4, "speech": 2, "sight": 1}
"""The tenths of cases in each group, rounded down; the oldest are the rest."""


def divide(root: Path, codes: Collection[str]) -> None:
    """Give the workbook at `root` groups for the indicators `codes`."""
    (root / "data/reference/cohorts.csv").write_text(COHORTS, encoding="utf-8")
    for path in (root / "data/results").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        whole = [row for row in rows if row["code"] in codes and row["cohort"] == "all"]
        with path.open("a", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [*rows[0]], lineterminator="\n")
            writer.writerows(each for row in whole for each in _groups(row))


def _groups(row: dict[str, str]) -> Iterator[dict[str, str]]:
    """The groups of a percentage: those in the numerator are divided, and the others likewise."""
    num, denom = int(row["num"]), int(row["denom"])
    parts = {group: (num * n // 10, (denom - num) * n // 10) for group, n in SHARES.items()}
    young = [parts["under_5"], parts["from_5_to_11"]]
    parts["from_12"] = (num - sum(n for n, _ in young), denom - num - sum(m for _, m in young))
    for cohort, (yes, no) in parts.items():
        yield {**row, "cohort": cohort, "num": str(yes), "denom": str(yes + no)}
