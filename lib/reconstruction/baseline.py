"""Seeded baseline series: what the months might look like before the paper is imposed."""

from __future__ import annotations

import math
from random import Random
from typing import TYPE_CHECKING

from reconstruction.assumptions import SEED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Row = tuple[list[float], float]


def seeded(*names: str) -> Random:
    """A random generator of its own for whatever is named, the same in every run."""
    return Random("-".join((SEED, *names)))  # noqa: S311 - noise, not secrets


def interpolate(knots: dict[int, float] | dict[float, float], length: int) -> list[float]:
    """Straight lines between the knots, level outside them."""
    heights = {float(place): height for place, height in knots.items()}
    places = sorted(heights)
    series = []
    for t in range(length):
        left = max((k for k in places if k <= t), default=places[0])
        right = min((k for k in places if k >= t), default=places[-1])
        share = (t - left) / (right - left) if right > left else 0.0
        series.append(heights[left] + share * (heights[right] - heights[left]))
    return series


def persistent_noise(rng: Random, spread: float, length: int, memory: float = 0.6) -> list[float]:
    """First-order autoregressive noise with the given standard deviation."""
    step = spread * math.sqrt(1 - memory**2)
    series = [rng.gauss(0, spread)]
    for _ in range(length - 1):
        series.append(memory * series[-1] + rng.gauss(0, step))
    return series


def bridged(noise: Sequence[float], pins: Sequence[float]) -> list[float]:
    """The noise bent so that it is zero in the pinned months."""
    if not pins:
        return list(noise)
    bend = interpolate({pin: noise[int(pin)] for pin in pins}, len(noise))
    return [value - shift for value, shift in zip(noise, bend, strict=True)]


def logit(rate: float) -> float:
    """Log odds, kept finite at 0 and 1."""
    rate = min(max(rate, 0.001), 0.999)
    return math.log(rate / (1 - rate))


def logistic(odds: float) -> float:
    """The rate with these log odds."""
    return 1 / (1 + math.exp(-odds))


def offset_to_total(
    rates: Sequence[float], weights: Sequence[float], total: float
) -> Callable[[float], float]:
    """The shift in log odds that makes the weighted rates add up to `total`."""
    low, high = -8.0, 8.0
    for _ in range(60):
        middle = (low + high) / 2
        reached = sum(logistic(logit(r) + middle) * w for r, w in zip(rates, weights, strict=True))
        low, high = (middle, high) if reached < total else (low, middle)
    return lambda rate: logistic(logit(rate) + low)


def solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gaussian elimination with partial pivoting, for the handful of rows of a projection."""
    size = len(right)
    work = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda r: abs(work[r][column]))
        work[column], work[pivot] = work[pivot], work[column]
        for below in range(column + 1, size):
            factor = work[below][column] / work[column][column]
            work[below] = [a - factor * b for a, b in zip(work[below], work[column], strict=True)]
    answer = [0.0] * size
    for i in reversed(range(size)):
        known = sum(work[i][j] * answer[j] for j in range(i + 1, size))
        answer[i] = (work[i][size] - known) / work[i][i]
    return answer


def project(series: Sequence[float], variances: Sequence[float], rows: list[Row]) -> list[float]:
    """The series nearest to `series`, in units of its variances, that satisfies every row.

    A row is (weights, total): the weighted sum of the series must be the total. The correction
    is spread over all the months a row touches, so that no single month takes it all.
    """
    if not rows:
        return list(series)
    gaps = [
        total - sum(w * x for w, x in zip(weights, series, strict=True)) for weights, total in rows
    ]
    matrix = [
        [
            sum(a * v * b for a, v, b in zip(first, variances, second, strict=True))
            for second, _ in rows
        ]
        for first, _ in rows
    ]
    multipliers = solve(matrix, gaps)
    return [
        x + v * sum(m * weights[t] for m, (weights, _) in zip(multipliers, rows, strict=True))
        for t, (x, v) in enumerate(zip(series, variances, strict=True))
    ]


def window(first: int, last: int, length: int) -> list[float]:
    """Weights of a window: one from `first` to `last`, nought elsewhere."""
    return [1.0 if first <= t <= last else 0.0 for t in range(length)]
