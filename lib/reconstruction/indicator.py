"""One county indicator: its printed figures, and a seeded baseline for its history."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from reconstruction import baseline
from reconstruction.assumptions import (
    ARRIVALS,
    DENOMINATOR_IS,
    FIRST_MONTH,
    SCALES,
    SEASONS,
    SHAPES,
    Shape,
)
from reconstruction.paper import AUGUST, JULY, MONTHS, YEAR_AGO, Measure, Paper, Shown

if TYPE_CHECKING:
    from collections.abc import Sequence

LENGTH = len(MONTHS)
Columns = list[list[int]]


@dataclass(frozen=True)
class Series:
    """A solved history in whole numbers: a list of months for each group of children.

    Group 0 is everyone, or the children other than UASC when there is a group 1, the UASC.
    Months before `first` have no figure; a count has no `denom`. `scale` is how many units of
    num and of denom make one whole.
    """

    num: Columns
    denom: Columns
    first: int = 0
    scale: tuple[int, int] = (1, 1)


@dataclass
class Known:
    """The series that later indicators may follow, each as columns by group."""

    series: dict[str, Sequence[Sequence[float]]]

    def follow(self, name: str, groups: int) -> Sequence[Sequence[float]]:
        """A series for so many groups; one group of a split series is the whole."""
        columns = self.series[name]
        if groups == len(columns):
            return columns
        return [[sum(month) for month in zip(*columns, strict=True)]]

    def add(self, code: str, series: Series) -> None:
        """Let later indicators follow a solved one."""
        self.series[f"{code}.num"] = series.num
        self.series[f"{code}.denom"] = series.denom


class Indicator:
    """One county indicator: its printed figures, its baseline and its model."""

    def __init__(self, paper: Paper, code: str, known: Known) -> None:
        self.code = code
        self.paper = paper
        self.measure: Measure = paper.measures[code]
        self.shape: Shape = SHAPES[code]
        self.known = known
        self.rng = baseline.seeded(code)
        self.first = FIRST_MONTH.get(code, 0)
        self.scale = SCALES.get(code, (1, 1))
        self.factor = (100 if self.measure.percent else 1) * self.scale[1] // self.scale[0]
        self.rolling = self.measure.period == "R12M"
        self.totals = self.group_totals()

    def group_totals(self) -> list[tuple[int, int]]:
        """Published numerator and denominator of each group, in units of the scale."""
        whole = self.measure.cell
        cells = [(whole.num, whole.denom or 1)]
        if ("kent", self.code) in self.paper.cohorts:
            _, others = self.paper.cohorts["kent", self.code]
            rest = (others.num, others.denom or 1)
            cells = [rest, (whole.num - rest[0], (whole.denom or 1) - rest[1])]
        return [(int(n * self.scale[0]), int(d * self.scale[1])) for n, d in cells]

    def fraction(self, shown: Shown) -> float:
        """A printed result as num / denom."""
        return float(shown.value) / self.factor

    @property
    def latest(self) -> Fraction:
        """The exact published result, as displayed (percent, days, ratio or count)."""
        num, denom = (sum(column) for column in zip(*self.totals, strict=True))
        return Fraction(self.factor * num, denom)

    # Baseline ------------------------------------------------------------------------------

    def denominators(self) -> Sequence[Sequence[float]]:
        """A baseline for the denominators of each group."""
        groups = len(self.totals)
        if self.shape.same:
            return self.known.follow(self.shape.same, groups)
        return [self.denominator(group) for group in range(groups)]

    def denominator(self, group: int) -> list[float]:
        """Volume: a driver or a drifting level, a season and noise, scaled to the paper."""
        before = self.shape.before[group]
        total = self.totals[group][1]
        is_arrivals = self.code == "25" and group == 1
        if self.shape.like:
            level = self.known.follow(self.shape.like, len(self.totals))[group]
        elif is_arrivals:
            level = [float(n) for n in ARRIVALS]
        elif self.rolling:
            level = baseline.interpolate({5.5: before, 17.5: 1.0}, LENGTH)
        else:
            pins = {t: pin[group] / total for t, pin in self.shape.pins.items()}
            level = baseline.interpolate({0: before, AUGUST: 1.0} | pins, LENGTH)
        if not self.rolling:
            noise = baseline.persistent_noise(self.rng, self.shape.noise, LENGTH)
            noise = baseline.bridged(noise, [*self.shape.pins, AUGUST])
            return [total * x / level[-1] * (1 + e) for x, e in zip(level, noise, strict=True)]
        season = SEASONS["even" if is_arrivals else self.shape.season]
        volume = [
            x * season[(8 + t) % 12] * (1 + self.rng.gauss(0, self.shape.noise))
            for t, x in enumerate(level)
        ]
        scale = total / sum(volume[YEAR_AGO + 1 :])
        volume = [x * scale for x in volume]
        rows = [(baseline.window(YEAR_AGO + 1, AUGUST, LENGTH), float(total))]
        if self.measure.month_arrow == "→":
            rows.append((baseline.window(YEAR_AGO, JULY, LENGTH), float(total)))
        for t, pin in self.month_pins().items():
            rows.append((baseline.window(t, t, LENGTH), float(pin[group])))
        return [max(0.0, x) for x in baseline.project(volume, volume, rows)]

    def month_pins(self) -> dict[int, tuple[int, ...]]:
        """Denominators known for a month: assumed, or another of the paper's figures."""
        pins = dict(self.shape.pins)
        if self.code in DENOMINATOR_IS:
            whole = self.paper.stock("kent", DENOMINATOR_IS[self.code])
            uasc = round(self.totals[1][1] / 12) if len(self.totals) > 1 else 0
            pins[AUGUST] = (whole - uasc, uasc)
        return pins

    def rates(self, denoms: list[float]) -> list[float]:
        """Baseline monthly rates: straight lines through the printed results, and scatter."""
        m = self.measure
        if self.rolling:
            path = baseline.interpolate(self.shape.rates or self.rolling_knots(), LENGTH)
            noise = [
                self.rng.gauss(0, self.scatter(p, d)) for p, d in zip(path, denoms, strict=True)
            ]
        else:
            pins = self.snapshot_pins()
            path = baseline.interpolate(self.shape.rates | pins, LENGTH)
            spread = self.scatter(sum(path) / LENGTH, denoms[-1])
            noise = baseline.persistent_noise(self.rng, 0.8 * spread, LENGTH)
            noise = baseline.bridged(noise, sorted(pins))
        rates = [p + e for p, e in zip(path, noise, strict=True)]
        return [min(max(r, 0.0), 1.0) for r in rates] if m.percent else rates

    def rolling_knots(self) -> dict[float, float]:
        """The printed rolling results, each in the middle of its window."""
        printed = {5.5: self.measure.year_ago, 22.0: self.measure.short_term}
        return {middle: self.fraction(shown) for middle, shown in printed.items() if shown}

    def snapshot_pins(self) -> dict[int, float]:
        """The months whose printed result is that month's own rate."""
        m = self.measure
        pins = {MONTHS.index(month): self.fraction(shown) for month, shown in m.trend.items()}
        if m.year_ago:
            pins[YEAR_AGO] = self.fraction(m.year_ago)
        return pins | {JULY: self.fraction(m.month_ago), AUGUST: float(self.latest) / self.factor}

    def scatter(self, rate: float, denom: float) -> float:
        """Standard deviation of a month's rate: chance, as far as the measure allows."""
        if self.measure.percent:
            chance = max(rate * (1 - rate), 0.002) / max(denom, 1.0)
            return self.shape.wander * math.sqrt(chance)
        return rate * (0.3 / math.sqrt(max(denom, 1.0)) if self.rolling else 0.012)

    def numerators(self, denoms: Sequence[Sequence[float]]) -> list[list[float]]:
        """A baseline for the numerators of each group that already meets the windows' centres."""
        whole = [sum(month) for month in zip(*denoms, strict=True)]
        rates = self.rates(whole)
        nums = [r * d for r, d in zip(rates, whole, strict=True)]
        if self.rolling:
            spread = [
                d * (max(r * (1 - r), 0.003) if self.measure.percent else r)
                for r, d in zip(rates, whole, strict=True)
            ]
            nums = baseline.project(nums, spread, self.window_rows(whole))
        if self.measure.percent:
            nums = [min(max(n, 0.0), d) for n, d in zip(nums, whole, strict=True)]
        if len(denoms) == 1:
            return [nums]
        smooth = [n / d if d else 0.0 for n, d in zip(nums, whole, strict=True)]
        uasc = self.uasc_numerators(nums, smooth, denoms)
        return [[n - u for n, u in zip(nums, uasc, strict=True)], uasc]

    def uasc_numerators(
        self, nums: list[float], rates: list[float], denoms: Sequence[Sequence[float]]
    ) -> list[float]:
        """Share the county's numerators between the groups by their published results.

        Each group starts from the county's rate shifted to its own result; what is left over is
        divided by how much each group's numerator can vary.
        """
        used = slice(YEAR_AGO + 1, LENGTH) if self.rolling else slice(AUGUST, LENGTH)
        shift = [
            baseline.offset_to_total(rates[used], column[used], num)
            for column, (num, _) in zip(denoms, self.totals, strict=True)
        ]
        uasc, spread = [], []
        for num, rate, rest, group in zip(nums, rates, *denoms, strict=True):
            wish, other = shift[1](rate) * group, shift[0](rate) * rest
            varies = [
                max(r * (1 - r), 0.003) * d
                for r, d in ((shift[0](rate), rest), (shift[1](rate), group))
            ]
            share = varies[1] / sum(varies) if sum(varies) else 0.0
            wish += share * (num - wish - other) + self.rng.gauss(0, 0.4) * math.sqrt(varies[1])
            uasc.append(min(max(wish, 0.0), group))
            spread.append(varies[1] + 0.001)
        weights = baseline.window(used.start, AUGUST, LENGTH)
        return baseline.project(uasc, spread, [(weights, float(self.totals[1][0]))])

    def window_rows(self, denoms: list[float]) -> list[baseline.Row]:
        """Rows that put every printed rolling result in the middle of its rounding interval."""
        num = float(sum(n for n, _ in self.totals))
        rows: list[baseline.Row] = [(baseline.window(AUGUST - 11, AUGUST, LENGTH), num)]
        for (first, last), shown in self.earlier():
            same = last == JULY and self.measure.month_arrow == "→"
            wanted = num if same else self.fraction(shown) * sum(denoms[first : last + 1])
            rows.append((baseline.window(first, last, LENGTH), wanted))
        return rows

    def earlier(self) -> list[tuple[tuple[int, int], Shown]]:
        """Every printed result but the latest: its first month, its last month, the result."""
        m = self.measure
        shown: dict[int, Shown | None] = {JULY: m.month_ago, YEAR_AGO: m.year_ago}
        shown |= {MONTHS.index(month): result for month, result in m.trend.items()}
        shown.pop(AUGUST, None)
        back = 11 if self.rolling else 0
        found = [((end - back, end), result) for end, result in shown.items() if result]
        return [*found, ((AUGUST - 2, AUGUST), m.short_term)] if m.short_term else found
