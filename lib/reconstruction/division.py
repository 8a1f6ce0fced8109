"""Divide one county series between units, month by month, exactly."""

from __future__ import annotations

import math

from ortools.sat.python import cp_model

from reconstruction import baseline, constraints
from reconstruction.assumptions import AREA_DAYS_EFFECT, AREA_EFFECT, AREA_RATIO_EFFECT
from reconstruction.indicator import LENGTH, Series
from reconstruction.paper import AUGUST, YEAR_AGO

Table = dict[str, list[int]]


def share_out(total: int, wishes: list[float], caps: list[int] | None = None) -> list[int]:
    """Whole shares of a total, nearest to the wishes by largest remainder, within their caps."""
    room = caps if caps is not None else [total] * len(wishes)
    wishes = [max(0.0, wish) for wish in wishes]
    if not sum(wishes):
        wishes = [float(limit) for limit in room]
    scale = total / sum(wishes) if sum(wishes) else 0.0
    shares = [min(int(wish * scale), limit) for wish, limit in zip(wishes, room, strict=True)]
    while sum(shares) < total:
        gaps = [
            (wish * scale - share if share < limit and limit else -math.inf)
            for wish, share, limit in zip(wishes, shares, room, strict=True)
        ]
        shares[gaps.index(max(gaps))] += 1
    return shares


def unit_rates(
    county: float,
    effects: dict[str, float],
    noise: dict[str, float],
    weights: dict[str, int],
    total: int,
    percent: bool,
) -> list[float]:
    """Numerators wished for each unit: the county's rate, a lasting effect and a month's noise."""
    if not percent:
        return [weights[u] * county * math.exp(effects[u] + noise[u]) for u in weights]
    odds = {u: baseline.logit(county) + effects[u] + noise[u] for u in weights}
    rates = [baseline.logistic(odds[u]) for u in weights]
    shift = baseline.offset_to_total(rates, list(weights.values()), total)
    return [shift(rate) * weight for rate, weight in zip(rates, weights.values(), strict=True)]


class Division:
    """One group of children of one indicator, divided between units month by month."""

    def __init__(
        self,
        code: str,
        group: int,
        series: Series,
        shares: dict[str, float],
        rolling: bool,
        percent: bool,
    ) -> None:
        self.code, self.rolling, self.percent = code, rolling, percent
        self.series, self.group = series, group
        self.units = [unit for unit, share in shares.items() if share > 0]
        self.shares = shares
        self.effects = dict.fromkeys(self.units, 0.0)
        self.drift = {
            unit: baseline.bridged(
                baseline.persistent_noise(baseline.seeded("drift", unit), 0.05, LENGTH, 0.9),
                [AUGUST],
            )
            for unit in self.units
        }
        self.rng = baseline.seeded(code, str(group), "areas")
        self.noise = {
            unit: baseline.persistent_noise(self.rng, 1.0, LENGTH, 0.1 if rolling else 0.7)
            for unit in self.units
        }
        self.num: Table = {unit: [0] * LENGTH for unit in self.units}
        self.denom: Table = {unit: [0] * LENGTH for unit in self.units}

    def random_effects(self) -> None:
        """Lasting differences between the units, some better and some worse."""
        size = AREA_EFFECT
        if not self.percent:
            size = AREA_DAYS_EFFECT if self.rolling else AREA_RATIO_EFFECT
        draws = [self.rng.gauss(0, size) for _ in self.units]
        middle = sum(draws) / len(draws)
        self.effects = {u: x - middle for u, x in zip(self.units, draws, strict=True)}

    def weight(self, unit: str, t: int) -> float:
        """A unit's share of the county's volume in a month, drifting from August's."""
        scatter = self.rng.gauss(0, 0.05) if self.rolling else 0.0
        tilt = 0.0 if self.percent else -self.effects[unit]
        return self.shares[unit] * math.exp(self.drift[unit][t] + scatter + tilt)

    def divide(
        self,
        fixed_denom: dict[int, dict[str, int]] | None = None,
        same_denom: Table | None = None,
        fixed_num: dict[int, dict[str, int]] | None = None,
        room: Table | None = None,
    ) -> None:
        """Divide every month, carrying the rounding of a flow into the next month."""
        carry = {part: dict.fromkeys(self.units, 0.0) for part in ("num", "denom")}
        for t in range(self.series.first, LENGTH):
            if same_denom is not None:
                denoms = {u: same_denom.get(u, [0] * LENGTH)[t] for u in self.units}
            elif fixed_denom and t in fixed_denom:
                denoms = {u: fixed_denom[t].get(u, 0) for u in self.units}
            else:
                wishes = {u: self.weight(u, t) for u in self.units}
                denoms = self.rounded(self.total("denom", t), wishes, carry["denom"], None)
            caps = {u: room[u][t] for u in self.units} if room else denoms
            if fixed_num and t in fixed_num:
                nums = {u: fixed_num[t].get(u, 0) for u in self.units}
            else:
                wishes = self.numerator_wishes(denoms, t)
                nums = self.rounded(self.total("num", t), wishes, carry["num"], caps)
            for unit in self.units:
                self.denom[unit][t], self.num[unit][t] = denoms[unit], nums[unit]

    def total(self, part: str, t: int) -> int:
        """The county's figure to divide."""
        columns = self.series.num if part == "num" else self.series.denom
        return columns[self.group][t]

    def numerator_wishes(self, denoms: dict[str, int], t: int) -> dict[str, float]:
        """What each unit's numerator would be, before rounding."""
        num, denom = self.total("num", t), self.total("denom", t)
        if not denom:
            return dict.fromkeys(self.units, 0.0)
        rate = num / denom
        noise = {}
        for unit in self.units:
            size = max(denoms[unit], 1)
            noise[unit] = self.noise[unit][t] * self.scatter(rate, size)
        wishes = unit_rates(rate, self.effects, noise, denoms, num, self.percent)
        return dict(zip(self.units, wishes, strict=True))

    def scatter(self, rate: float, size: int) -> float:
        """How far a unit's month strays: half of chance in log odds, or a share of a ratio."""
        if self.percent:
            return min(0.35, 0.5 / math.sqrt(size * max(rate * (1 - rate), 0.01)))
        return 0.2 / math.sqrt(size) if self.rolling else 0.02

    def rounded(
        self,
        total: int,
        wishes: dict[str, float],
        carry: dict[str, float],
        caps: dict[str, int] | None,
    ) -> dict[str, int]:
        """Whole numbers that add up; a flow's rounding is made up for in later months."""
        scale = total / sum(wishes.values()) if sum(wishes.values()) else 0.0
        wishes = {u: wish * scale for u, wish in wishes.items()}
        owed = {u: wishes[u] + (carry[u] if self.rolling else 0.0) for u in wishes}
        limits = None
        if caps is not None:
            limits = [caps[u] if self.percent else (total if caps[u] else 0) for u in self.units]
        shares = share_out(total, list(owed.values()), limits)
        for unit, share in zip(self.units, shares, strict=True):
            carry[unit] = min(1.5, max(-1.5, owed[unit] - share))
        return dict(zip(self.units, shares, strict=True))

    def window_totals(self, part: str, totals: dict[str, int], caps: Table | None) -> None:
        """Re-divide the last twelve months so that units reach their published window totals."""
        table = self.num if part == "num" else self.denom
        months = range(YEAR_AGO + 1, LENGTH)
        wishes = proportional_fit(
            {u: [table[u][t] + 0.05 for t in months] for u in self.units},
            totals,
            [self.total(part, t) for t in months],
        )
        model = cp_model.CpModel()
        cells, distances = {}, []
        for unit in self.units:
            for place, t in enumerate(months):
                most = caps[unit][t] if caps else self.total(part, t)
                cell = model.new_int_var(0, most, "")
                near = round(wishes[unit][place] * 10)
                distances.append(constraints.distance(model, 10 * cell, near, 10**5))
                cells[unit, t] = cell
        for t in months:
            model.add(sum(cells[unit, t] for unit in self.units) == self.total(part, t))
        for unit, total in totals.items():
            if unit in self.units:
                model.add(sum(cells[unit, t] for t in months) == total)
        model.minimize(sum(distances))
        solver = constraints.solved(model, f"areas of indicator {self.code}")
        for (unit, t), cell in cells.items():
            table[unit][t] = solver.value(cell)


def proportional_fit(
    table: dict[str, list[float]], rows: dict[str, int], columns: list[int]
) -> dict[str, list[float]]:
    """Scale rows and columns in turn until they reach their totals."""
    table = {unit: list(row) for unit, row in table.items()}
    for _ in range(60):
        for unit, total in rows.items():
            if unit in table:
                reached = sum(table[unit])
                table[unit] = [x * total / reached if reached else 0.0 for x in table[unit]]
        for place, total in enumerate(columns):
            scale = total / sum(row[place] for row in table.values())
            for row in table.values():
                row[place] *= scale
    return table
