"""Read the published August 2016 paper: the figures the reconstruction must reproduce."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MONTHS = [f"{2014 + (8 + i) // 12}-{(8 + i) % 12 + 1:02d}" for i in range(24)]
AUGUST = len(MONTHS) - 1
JULY = AUGUST - 1
YEAR_AGO = AUGUST - 12
APRIL = AUGUST - 4

ACTIVITY_STOCKS = {
    "caseloads": "Caseloads",
    "cp-plans": "CP Plans",
    "lac": "Total LAC",
    "uasc-lac": "UASC LAC",
    "pf-cases": "PF Cases",
}
ACTIVITY_FLOWS = {
    "referrals": "Referrals in last month",
    "assessments": "CF Assessments in last month",
    "cp-starts": "CP Starts in last month",
    "cp-ends": "CP Ends in last month",
    "lac-starts": "LAC Starts in last month",
    "lac-ends": "LAC Ends in last month",
}
ACTIVITY_ORDER = [
    "caseloads",
    "referrals",
    "assessments",
    "cp-plans",
    "cp-starts",
    "cp-ends",
    "lac",
    "uasc-lac",
    "lac-starts",
    "lac-ends",
    "pf-cases",
]


@dataclass(frozen=True)
class Shown:
    """A printed result: its value, and how many decimals were printed."""

    value: Decimal
    places: int

    @classmethod
    def read(cls, text: str) -> Shown:
        """Read "12.97%" or "403.4"."""
        number = text.strip().rstrip("%")
        return cls(Decimal(number), len(number.partition(".")[2]))

    @classmethod
    def find(cls, text: str) -> Shown | None:
        """Read a cell that may be empty: it has no result."""
        return cls.read(text) if text else None


@dataclass(frozen=True)
class Target:
    """Where Green ends and Red begins in August 2016, for results above a T target."""

    polarity: str
    green: Decimal
    red: Decimal


@dataclass(frozen=True)
class Cell:
    """A printed numerator and denominator, as written (a count has no denominator)."""

    num: Decimal
    denom: Decimal | None

    def children(self) -> tuple[int, int]:
        """The cell of a percentage of children: whole numbers."""
        return int(self.num), int(self.denom or 0)


@dataclass(frozen=True)
class Measure:
    """One row of the county scorecard."""

    code: str
    period: str
    cell: Cell
    percent: bool
    target: Target
    month_ago: Shown
    month_arrow: str
    year_ago: Shown | None
    year_arrow: str
    short_term: Shown | None
    short_term_rating: str
    trend: dict[str, Shown] = field(default_factory=dict)


@dataclass(frozen=True)
class Paper:
    """Everything the paper prints that the reconstruction uses."""

    units: list[dict[str, str]]
    measures: dict[str, Measure]
    cohorts: dict[tuple[str, str], tuple[Cell, Cell]]
    activity: dict[str, dict[str, dict[str, int]]]

    def stock(self, unit: str, code: str, month: str = "2016-08") -> int:
        """An activity figure as printed for a unit and month."""
        return self.activity[month][unit][code]


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> Decimal | None:
    """A decimal without its percent sign; empty is None."""
    return Decimal(text.rstrip("%")) if text else None


def read_target(row: dict[str, str]) -> Target:
    """The bounds of an indicator's bands, for T on both sides of its target."""
    target = Decimal(row["target"].rstrip("%"))
    if row["polarity"] == "T":
        within = Decimal(row["green_within"]), Decimal(row["amber_within"])
        return Target("T", target + within[0], target + within[1])
    return Target(row["polarity"], target, Decimal(row["floor"]))


def read_measures(folder: Path) -> dict[str, Measure]:
    """The county scorecard by indicator code; a count's only figure is its result."""
    targets = {row["id"]: read_target(row) for row in rows(folder / "targets_2016-17.csv")}
    trends = {
        row["id"]: {month: Shown.read(row[month]) for month in MONTHS if month in row}
        for row in rows(folder / "exceptions_trend_2016-08.csv")
    }
    return {
        row["id"]: Measure(
            code=row["id"],
            period=row["period"],
            cell=Cell(Decimal(row["num"] or row["result"]), number(row["denom"])),
            percent=row["result"].endswith("%"),
            target=targets[row["id"]],
            month_ago=Shown.read(row["one_month_ago"]),
            month_arrow=row["dot_month"],
            year_ago=Shown.find(row["one_year_ago"]),
            year_arrow=row["dot_year"],
            short_term=Shown.find(row["rolling_3_months"]),
            short_term_rating=row["rolling_3_months_rag"],
            trend=trends.get(row["id"], {}),
        )
        for row in rows(folder / "scorecard_kent_2016-08.csv")
    }


def read_activity(folder: Path, slugs: dict[str, str]) -> dict[str, dict[str, dict[str, int]]]:
    """Activity by month, unit and code: August in full, July's stocks."""
    august, july = {}, {}
    for row in rows(folder / "activity_2016-08.csv"):
        unit = slugs[row["unit"]]
        flows = {code: int(row[column]) for code, column in ACTIVITY_FLOWS.items()}
        stocks = {code: int(row[f"{name} - This month"]) for code, name in ACTIVITY_STOCKS.items()}
        august[unit] = stocks | flows
        july[unit] = {
            code: int(row[f"{name} - Last month"]) for code, name in ACTIVITY_STOCKS.items()
        }
    return {"2016-08": august, "2016-07": july}


def read_paper(folder: Path) -> Paper:
    """Read the whole paper from its folder of CSV files."""
    units = rows(folder / "units.csv")
    slugs = {unit["name"]: unit["unit"] for unit in units}
    cohorts = {
        (slugs[row["unit"]], row["id"]): (
            Cell(Decimal(row["num_including"]), number(row["denom_including"])),
            Cell(Decimal(row["num_excluding"]), number(row["denom_excluding"])),
        )
        for row in rows(folder / "uasc_impact_2016-08.csv")
    }
    return Paper(units, read_measures(folder), cohorts, read_activity(folder, slugs))


def code_order(code: str) -> tuple[int, int]:
    """Sort key: indicators by number, then activity in the paper's column order."""
    if re.fullmatch(r"\d+", code):
        return 0, int(code)
    return 1, ACTIVITY_ORDER.index(code)
