"""Write the monthly results that the published paper follows from.

    uv run --group reconstruction python -m reconstruction tests/published data/results

The paper prints rolling totals; this finds whole monthly numbers that give every one of them
back, divides the county between its areas and services, and writes one file a month. The same
paper always gives the same files. data/README.md says what is published and what is not.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from reconstruction import activity
from reconstruction.apportion import Apportionment
from reconstruction.assumptions import AREAS, ORDER, PUBLISHED_FOR_AREAS
from reconstruction.county import solve_indicator
from reconstruction.indicator import Known, Series
from reconstruction.paper import (
    ACTIVITY_ORDER,
    AUGUST,
    JULY,
    MONTHS,
    YEAR_AGO,
    Paper,
    code_order,
    read_paper,
)

COLUMNS = ["month", "unit", "code", "cohort", "num", "denom", "provenance"]


@dataclass
class County:
    """The county's solved history: indicators, and activity by code."""

    indicators: dict[str, Series] = field(default_factory=dict)
    activity: dict[str, list[int]] = field(default_factory=dict)


def solve_county(paper: Paper) -> County:
    """Solve every indicator in order; the stocks between them follow from the flows."""
    county, known = County(), Known({})
    for code in ORDER:
        solved = county.indicators
        if code == "cp-plans":
            starts, ends = solved["13"].denom[0], solved["14"].denom[0]
            plans = activity.child_protection(paper, starts, ends)
            county.activity |= {"cp-plans": plans, "cp-starts": starts, "cp-ends": ends}
            known.series["cp-plans"] = [plans]
        elif code == "lac":
            children = activity.looked_after(paper, solved["25"].denom, solved["31"].denom[0])
            rest = children.pop("rest")
            county.activity |= children
            known.series["lac"] = [rest, children["uasc-lac"]]
            known.series["lac-rest"] = [rest]
        else:
            solved[code] = solve_indicator(paper, code, known)
    for code, indicator in (("referrals", "1"), ("assessments", "2")):
        denoms = county.indicators[indicator].denom
        county.activity[code] = [sum(month) for month in zip(*denoms, strict=True)]
    county.activity["caseloads"] = activity.smooth_stock(paper, "caseloads", 1.02, 0.007)
    county.activity["pf-cases"] = activity.smooth_stock(paper, "pf-cases", 1.2, 0.10)
    return county


class Results:
    """The rows of all months, collected and then written in a fixed order."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.places = {unit["unit"]: place for place, unit in enumerate(paper.units)}
        self.rows: dict[str, list[dict[str, str]]] = {month: [] for month in MONTHS}

    def add(
        self,
        t: int,
        unit: str,
        code: str,
        cohort: str,
        num: Decimal | int,
        denom: Decimal | int | None,
        provenance: str,
    ) -> None:
        """Add a row; whole numbers have no decimal point, a count has no denominator."""
        cells = (MONTHS[t], unit, code, cohort, plain(num), plain(denom), provenance)
        self.rows[MONTHS[t]].append(dict(zip(COLUMNS, cells, strict=True)))

    def indicator(
        self,
        unit: str,
        code: str,
        cohort: str,
        columns: Series,
        provenance: list[str],
        counted: bool,
    ) -> None:
        """Add every month of an indicator for a unit and cohort."""
        num_scale, denom_scale = columns.scale
        for t in range(columns.first, len(MONTHS)):
            num = Decimal(sum(column[t] for column in columns.num)) / num_scale
            denom = None
            if not counted:
                denom = Decimal(sum(column[t] for column in columns.denom)) / denom_scale
            self.add(t, unit, code, cohort, num, denom, provenance[t])

    def write(self, folder: Path) -> None:
        """One file a month, sorted by unit, indicator and cohort."""
        folder.mkdir(parents=True, exist_ok=True)
        for month, rows in self.rows.items():
            rows.sort(
                key=lambda row: (self.places[row["unit"]], code_order(row["code"]), row["cohort"])
            )
            with (folder / f"{month}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)


def plain(value: Decimal | int | None) -> str:
    """A number as people write it: 524, 404.3, or nothing."""
    if value is None:
        return ""
    value = Decimal(value)
    return str(int(value)) if value == value.to_integral_value() else f"{value.normalize():f}"


def mark(default: str, published: list[int]) -> list[str]:
    """Provenance by month."""
    return ["published" if t in published else default for t in range(len(MONTHS))]


def add_county(results: Results, paper: Paper, indicators: dict[str, Series]) -> None:
    """The county's 45 indicators, and the cohort without UASC where it is published."""
    for code, series in indicators.items():
        counted = paper.measures[code].cell.denom is None
        own = [AUGUST] if paper.measures[code].period == "SS" else []
        whole = [YEAR_AGO, JULY, AUGUST] if counted else own
        results.indicator("kent", code, "all", series, mark("reconstructed", whole), counted)
        if len(series.num) > 1:
            rest = Series(series.num[:1], series.denom[:1], series.first, series.scale)
            provenance = mark("reconstructed", own)
            results.indicator("kent", code, "excluding_uasc", rest, provenance, counted)


def add_units(results: Results, paper: Paper, divided: Apportionment) -> None:
    """Areas and services: apportioned, except what is published for the areas."""
    for code, parts in divided.parts.items():
        counted = paper.measures[code].cell.denom is None
        rolling = paper.measures[code].period == "R12M"
        series = divided.county[code]
        units = [u for u in results.places if any(u in part.units for part in parts)]
        for unit in units:
            provenance = mark("apportioned", [])
            if code in PUBLISHED_FOR_AREAS and unit in AREAS:
                provenance = mark("apportioned", [] if rolling else [AUGUST])
                if rolling:
                    provenance[YEAR_AGO + 1 :] = ["reconstructed"] * 12
            held = [part for part in parts if unit in part.units]
            whole = Series(
                [part.num[unit] for part in held],
                [part.denom[unit] for part in held],
                series.first,
                series.scale,
            )
            results.indicator(unit, code, "all", whole, provenance, counted)
            if code in PUBLISHED_FOR_AREAS and unit in parts[0].units:
                rest = Series(whole.num[:1], whole.denom[:1], series.first, series.scale)
                results.indicator(unit, code, "excluding_uasc", rest, provenance, counted)


def add_activity(results: Results, paper: Paper, history: dict[str, list[int]]) -> None:
    """Activity as printed for July and August; before that for the county only."""
    for code in ACTIVITY_ORDER:
        for t, month in enumerate(MONTHS):
            printed = paper.activity.get(month, {})
            if code in printed.get("kent", {}):
                for unit in results.places:
                    results.add(t, unit, code, "all", printed[unit][code], None, "published")
            else:
                results.add(t, "kent", code, "all", history[code][t], None, "reconstructed")


def main(published: Path, results_folder: Path) -> None:
    """Read the paper in one folder, solve, divide, and write one file a month to the other."""
    paper = read_paper(published)
    county = solve_county(paper)
    divided = Apportionment(paper, county.indicators)
    for code in ORDER:
        if code in county.indicators:
            divided.add(code)
    results = Results(paper)
    add_county(results, paper, county.indicators)
    add_units(results, paper, divided)
    add_activity(results, paper, county.activity)
    results.write(results_folder)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m reconstruction FOLDER_OF_THE_PUBLISHED_PAPER FOLDER_OF_RESULTS")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
