"""Solve the county's monthly history, one indicator at a time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from reconstruction import baseline, constraints
from reconstruction.assumptions import APRIL_RATINGS, CASELOAD_OF_TEAMS, SHAPES
from reconstruction.indicator import LENGTH, Indicator, Known, Series
from reconstruction.paper import APRIL, AUGUST, JULY, MONTHS, YEAR_AGO, Paper

if TYPE_CHECKING:
    from collections.abc import Sequence

Column = list[cp_model.LinearExprT]


class History:
    """The model of one indicator: whole numbers a month for each group, near its baseline."""

    def __init__(self, indicator: Indicator) -> None:
        self.indicator = indicator
        self.model = cp_model.CpModel()
        self.penalties: list[cp_model.LinearExprT] = []
        denoms = indicator.denominators()
        self.n = [self.variables(column, 3) for column in indicator.numerators(denoms)]
        if indicator.shape.same:
            self.d: list[Column] = [[int(x) for x in column] for column in denoms]
        else:
            self.d = [self.variables(column, 2) for column in denoms]

    def solve(self) -> Series:
        """The history nearest to the baseline that satisfies every printed figure."""
        self.within()
        self.august()
        self.printed()
        self.leave_room()
        self.model.minimize(sum(self.penalties))
        solver = constraints.solved(self.model, f"indicator {self.indicator.code}")
        num, denom = (
            [[solver.value(x) for x in column] for column in columns]
            for columns in (self.n, self.d)
        )
        return Series(num, denom, self.indicator.first, self.indicator.scale)

    def variables(self, wishes: Sequence[float], weight: int) -> Column:
        """Whole-number variables near their baseline; months without a result are nought."""
        column: Column = []
        for t, wish in enumerate(wishes):
            if t < self.indicator.first:
                column.append(0)
                continue
            near = round(wish)
            reach = 12 + near // 3
            variable = self.model.new_int_var(max(0, near - reach), near + reach, "")
            distance = constraints.distance(self.model, variable, near, reach)
            tolerated = 1 + math.isqrt(near) // 4
            beyond = constraints.excess(self.model, distance, tolerated)
            self.penalties.append(weight * distance + 8 * weight * beyond)
            column.append(variable)
        return column

    def result(self, first: int, last: int) -> constraints.Result:
        """The result of a window, all groups together."""
        num, denom = (
            sum(sum(column[first : last + 1]) for column in columns) for columns in (self.n, self.d)
        )
        return constraints.Result(self.model, num, denom, self.indicator.factor)

    def within(self) -> None:
        """Every group is a group: no more in the numerator than in the denominator."""
        if not self.indicator.measure.percent:
            return
        start = self.indicator.first
        for nums, denoms in zip(self.n, self.d, strict=True):
            for num, denom in zip(nums[start:], denoms[start:], strict=True):
                self.model.add(num <= denom)

    def august(self) -> None:
        """August 2016's numerators and denominators, and the months known from elsewhere."""
        known = self.indicator
        start = AUGUST - 11 if known.rolling else AUGUST
        for nums, denoms, (num, denom) in zip(self.n, self.d, known.totals, strict=True):
            self.model.add(sum(nums[start:]) == num)
            self.model.add(sum(denoms[start:]) == denom)
        for t, pin in known.month_pins().items():
            self.model.add(sum(column[t] for column in self.d) == sum(pin[: len(self.d)]))
        if known.code in CASELOAD_OF_TEAMS:
            word = CASELOAD_OF_TEAMS[known.code]
            teams = [unit["unit"] for unit in known.paper.units if unit["name"].endswith(word)]
            july = sum(known.paper.stock(team, "caseloads", MONTHS[JULY]) for team in teams)
            self.model.add(self.n[0][JULY] == july)

    def printed(self) -> None:
        """Every other printed result, rating and arrow."""
        known, m = self.indicator, self.indicator.measure
        for (first, last), shown in known.earlier():
            self.result(first, last).displays(shown)
        back = 11 if known.rolling else 0
        for end, arrow in ((JULY, m.month_arrow), (YEAR_AGO, m.year_arrow)):
            if arrow:
                then = self.result(end - back, end)
                then.led_to(known.latest, m.target.polarity, arrow)
        if m.short_term:
            self.result(AUGUST - 2, AUGUST).rated(m.target, m.short_term_rating)
        if known.code in APRIL_RATINGS:  # whose targets are those of August
            self.result(APRIL - back, APRIL).rated(m.target, APRIL_RATINGS[known.code])

    def leave_room(self) -> None:
        """Indicators counted out of this one's figures must find whole numerators too."""
        for code, shape in SHAPES.items():
            source, _, part = shape.same.partition(".")
            if source != self.indicator.code:
                continue
            follower = Indicator(self.indicator.paper, code, self.indicator.known)
            for (first, last), shown in follower.earlier():
                own = self.result(first, last)
                room = self.model.new_int_var(0, 10**7, "")
                denom = own.num if part == "num" else own.denom
                constraints.Result(self.model, room, denom, follower.factor).displays(shown)


def counted(indicator: Indicator) -> Series:
    """A count's history: a geometric path through the printed counts, with noise."""
    pins = indicator.snapshot_pins()
    path = baseline.interpolate({t: math.log1p(x) for t, x in pins.items()}, LENGTH)
    noise = baseline.persistent_noise(indicator.rng, 0.18, LENGTH)
    noise = baseline.bridged(noise, sorted(pins))
    whole = [max(0, round(math.expm1(p + e))) for p, e in zip(path, noise, strict=True)]
    if len(indicator.totals) == 1:
        return Series([whole], [])
    uasc = [round(0.15 * n) for n in whole]
    return Series([[n - u for n, u in zip(whole, uasc, strict=True)], uasc], [])


def solve_indicator(paper: Paper, code: str, known: Known) -> Series:
    """Solve one indicator and let the later ones follow it."""
    indicator = Indicator(paper, code, known)
    is_count = paper.measures[code].cell.denom is None
    series = counted(indicator) if is_count else History(indicator).solve()
    known.add(code, series)
    return series
