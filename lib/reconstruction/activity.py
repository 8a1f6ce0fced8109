"""The county's activity: stocks that follow from the flows, back to September 2014."""

from __future__ import annotations

import math
from decimal import Decimal

from reconstruction import baseline
from reconstruction.assumptions import UASC_LEAVING_RATE
from reconstruction.paper import AUGUST, JULY, MONTHS, Paper, Shown

LENGTH = len(MONTHS)


def backwards(last: tuple[int, int], starts: list[int], ends: list[int]) -> list[int]:
    """A stock from its July and August figures: before July, previous + starts - ends."""
    stock = [0] * LENGTH
    stock[JULY], stock[AUGUST] = last
    for t in range(JULY, 0, -1):
        stock[t - 1] = stock[t] - starts[t] + ends[t]
    return stock


def pair(paper: Paper, code: str) -> tuple[int, int]:
    """The county's July and August figures of a stock."""
    return paper.stock("kent", code, MONTHS[JULY]), paper.stock("kent", code)


def child_protection(paper: Paper, starts: list[int], ends: list[int]) -> list[int]:
    """Child protection plans at each month end."""
    return backwards(pair(paper, "cp-plans"), starts, ends)


def looked_after(
    paper: Paper, referred: list[list[int]], leavers: list[int]
) -> dict[str, list[int]]:
    """Looked-after children, UASC among them, and the children starting and leaving.

    Starts are the children due an initial health assessment (indicator 25) and a few more;
    those leaving are the leavers of indicator 31 and a few more. UASC leave at a steady rate.
    """
    rng = baseline.seeded("lac")
    starts = [[n + rng.randrange(3) for n in column] for column in referred]
    ends = [n + rng.randrange(4) for n in leavers]
    whole, uasc = pair(paper, "lac"), pair(paper, "uasc-lac")
    rest = backwards((whole[0] - uasc[0], whole[1] - uasc[1]), starts[0], ends)
    uasc_stock = [0] * LENGTH
    uasc_stock[JULY], uasc_stock[AUGUST] = uasc
    uasc_ends = [0] * LENGTH
    for t in range(JULY, 0, -1):
        leaving = UASC_LEAVING_RATE * (1 + rng.gauss(0, 0.12))
        uasc_ends[t] = round(uasc_stock[t] * leaving)
        uasc_stock[t - 1] = uasc_stock[t] - starts[1][t] + uasc_ends[t]
    uasc_ends[0] = round(uasc_stock[0] * UASC_LEAVING_RATE)
    more = shift_to_show(
        paper.measures["17"].trend["2016-06"], rest[JULY - 1] + uasc_stock[JULY - 1]
    )
    rest[:JULY] = [n + more for n in rest[:JULY]]
    ends[JULY] += more
    return {
        "rest": rest,
        "uasc-lac": uasc_stock,
        "lac": [a + b for a, b in zip(rest, uasc_stock, strict=True)],
        "lac-starts": [a + b for a, b in zip(*starts, strict=True)],
        "lac-ends": [a + b for a, b in zip(ends, uasc_ends, strict=True)],
    }


def shift_to_show(shown: Shown, denom: int) -> int:
    """The smallest shift of a denominator that lets some whole numerator show a percentage.

    Two decimals of a percentage of some two thousand children leave out most denominators.
    """
    half = Decimal(5).scaleb(-shown.places - 1)
    for more in (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5):
        low, high = ((shown.value + side) * (denom + more) for side in (-half, half))
        if math.ceil(low / 100) * 100 < high:
            return more
    raise RuntimeError(f"no denominator near {denom} shows {shown.value}%")


def smooth_stock(paper: Paper, code: str, before: float, noise: float) -> list[int]:
    """A stock with nothing to derive it from: a drifting level through July and August."""
    rng = baseline.seeded(code)
    july, august = pair(paper, code)
    path = baseline.interpolate({0: before * july, JULY: july, AUGUST: august}, LENGTH)
    scatter = baseline.bridged(baseline.persistent_noise(rng, noise, LENGTH), [JULY, AUGUST])
    return [round(p * (1 + e)) for p, e in zip(path, scatter, strict=True)]
