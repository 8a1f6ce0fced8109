"""Divide the county's history between the areas and services."""

from __future__ import annotations

from reconstruction import baseline
from reconstruction.assumptions import (
    AREAS,
    PUBLISHED_FOR_AREAS,
    ROUTES,
    SERVICES,
    SHAPES,
    UASC_SERVICE,
    UNIT_DENOMINATORS,
)
from reconstruction.division import Division, Table, share_out
from reconstruction.indicator import Series
from reconstruction.paper import AUGUST, JULY, MONTHS, Paper


def basis_weights(paper: Paper, basis: str, month: str = "2016-08") -> dict[str, float]:
    """Printed activity of the areas and services that a division rests on."""

    def stock(code: str, unit: str) -> int:
        return paper.activity[month][unit][code]

    units = (*AREAS, *SERVICES)
    if " of " in basis:
        code, _, word = basis.partition(" of ")
        word = "" if word == "teams" else word
        return {
            unit: sum(
                stock(code, team["unit"])
                for team in paper.units
                if team["parent"] == unit and team["name"].endswith(word)
            )
            for unit in AREAS
        }
    if basis == "in-need":
        return {u: stock("caseloads", u) - stock("cp-plans", u) - stock("lac", u) for u in units}
    if basis == "lac-rest":
        return {u: stock("lac", u) - stock("uasc-lac", u) for u in units}
    return {u: stock(basis, u) for u in units}


class Apportionment:
    """Every county indicator divided; `parts[code]` has a division for each group."""

    def __init__(self, paper: Paper, county: dict[str, Series]) -> None:
        self.paper, self.county = paper, county
        self.parts: dict[str, list[Division]] = {}

    def add(self, code: str) -> None:
        """Divide one indicator, after those it depends on."""
        if code in PUBLISHED_FOR_AREAS:
            groups = range(len(self.county[code].num))
            self.parts[code] = [self.published(code, group) for group in groups]
        else:
            self.parts[code] = [self.routed(code)]

    # Not published for areas ----------------------------------------------------------------

    def whole(self, code: str) -> Series:
        """The county's series with its groups added together; a count divides by itself."""
        s = self.county[code]
        num = [sum(month) for month in zip(*s.num, strict=True)]
        if not s.denom:
            return Series([num], [num], s.first, s.scale)
        denom = [sum(month) for month in zip(*s.denom, strict=True)]
        return Series([num], [denom], s.first, s.scale)

    def routed(self, code: str) -> Division:
        """An indicator the paper gives for the county only."""
        measure = self.paper.measures[code]
        counted = measure.cell.denom is None
        division = Division(
            code,
            0,
            self.whole(code),
            self.route_shares(code),
            measure.period == "R12M",
            measure.percent or counted,
        )
        division.random_effects()
        division.divide(
            fixed_denom=self.unit_denominators(code),
            same_denom=self.same_denominators(code),
            fixed_num=self.team_caseloads(code),
            room=self.room(code),
        )
        return division

    def route_shares(self, code: str) -> dict[str, float]:
        """The share of each area and service in August 2016."""
        route = ROUTES[code]
        weights = basis_weights(self.paper, route.basis)
        fixed = {u: share for u, share in route.services.items() if share is not None}
        by_basis = [*AREAS, *(u for u, share in route.services.items() if share is None)]
        total = sum(weights[u] for u in by_basis)
        rest = 1 - sum(fixed.values())
        shares = {u: rest * weights[u] / total for u in by_basis} | fixed
        return {u: shares[u] for u in (*AREAS, *SERVICES) if u in shares}

    def unit_denominators(self, code: str) -> dict[int, dict[str, int]] | None:
        """Denominators printed unit by unit in the activity table."""
        if code not in UNIT_DENOMINATORS:
            return None
        measure, months = UNIT_DENOMINATORS[code]
        return {
            MONTHS.index(month): {
                unit: self.paper.stock(unit, measure, month) for unit in (*AREAS, *SERVICES)
            }
            for month in months
        }

    def same_denominators(self, code: str) -> Table | None:
        """A denominator that is another indicator's figure stays so in every unit."""
        source, _, part = SHAPES[code].same.partition(".")
        if source not in self.parts:
            return None
        division = self.parts[source][0]
        return division.num if part == "num" else division.denom

    def team_caseloads(self, code: str) -> dict[int, dict[str, int]] | None:
        """Caseloads of the teams an indicator is about, printed for July and August."""
        basis = ROUTES[code].basis
        if not basis.startswith("caseloads of"):
            return None
        return {
            t: {u: int(n) for u, n in basis_weights(self.paper, basis, MONTHS[t]).items()}
            for t in (JULY, AUGUST)
        }

    def room(self, code: str) -> Table | None:
        """What is left of a shared denominator: audits not yet rated good, posts not yet filled."""
        earlier = {"38": "37", "42": "41"}.get(code)
        if earlier is None:
            return None
        taken = self.parts[earlier][0]
        return {
            u: [d - n for d, n in zip(taken.denom[u], taken.num[u], strict=True)]
            for u in taken.units
        }

    # Published for areas --------------------------------------------------------------------

    def published(self, code: str, group: int) -> Division:
        """One group of an indicator the paper gives for the areas too."""
        areas = {unit: self.area_cell(code, unit, group) for unit in AREAS}
        num, denom = self.county_cell(code, group)
        rest = (num - sum(n for n, _ in areas.values()), denom - sum(d for _, d in areas.values()))
        cells = areas | self.service_cells(code, group, rest)
        rolling = self.paper.measures[code].period == "R12M"
        shares = {unit: cell[1] / denom for unit, cell in cells.items()}
        division = Division(code, group, self.county[code], shares, rolling, True)
        for unit in division.units:
            unit_num, unit_denom = cells[unit]
            gap = baseline.logit((unit_num + 0.5) / (unit_denom + 1)) - baseline.logit(num / denom)
            division.effects[unit] = max(-1.5, min(1.5, 0.9 * gap))
        august = {
            part: {u: cells[u][i] for u in division.units}
            for i, part in enumerate(("num", "denom"))
        }
        if rolling:
            division.divide()
            known = {u: cell for u, cell in areas.items() if u in division.units}
            division.window_totals("denom", {u: d for u, (_, d) in known.items()}, None)
            division.window_totals("num", {u: n for u, (n, _) in known.items()}, division.denom)
            return division
        same = None
        if code == "24":
            same = self.parts["23"][group].denom
        fixed = {AUGUST: august["denom"]}
        if code == "17":
            fixed[JULY] = self.july_children(group)
        division.divide(fixed, same, {AUGUST: august["num"]})
        return division

    def area_cell(self, code: str, unit: str, group: int) -> tuple[int, int]:
        """A published area cell for a group: others than UASC, or UASC."""
        whole, others = (cell.children() for cell in self.paper.cohorts[unit, code])
        if group == 0:
            return others
        return whole[0] - others[0], whole[1] - others[1]

    def county_cell(self, code: str, group: int) -> tuple[int, int]:
        """The county's published cell for a group."""
        return self.area_cell(code, "kent", group)

    def service_cells(
        self, code: str, group: int, rest: tuple[int, int]
    ) -> dict[str, tuple[int, int]]:
        """What the areas leave of the county, with the services."""
        num, denom = rest
        if group == 1:
            return {UASC_SERVICE: rest} if denom else {}
        units = PUBLISHED_FOR_AREAS[code]
        children = basis_weights(self.paper, "lac-rest")
        weights = [children[u] for u in units]
        denoms = share_out(denom, weights)
        nums = share_out(num, [num * d / denom for d in denoms], denoms)
        return dict(zip(units, zip(nums, denoms, strict=True), strict=True))

    def july_children(self, group: int) -> dict[str, int]:
        """Looked-after children of a group in July, unit by unit."""
        basis = "uasc-lac" if group else "lac-rest"
        weights = basis_weights(self.paper, basis, MONTHS[JULY])
        return {unit: int(n) for unit, n in weights.items()}
