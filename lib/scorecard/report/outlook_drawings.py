"""Two small drawings beside the words of `outlook_prose.py`: months behind, and areas by chance.

Inline SVG in whole numbers, a few hundred bytes each. Each is named by the sentence that says what
it shows, and its figures are in the downloads.
"""

from __future__ import annotations

from decimal import Decimal
from math import ceil, floor
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from scorecard import display
from scorecard.report.outlook import month_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorecard.report.cell import Record

STEP, BAR, TALL, FOOT = 26, 18, 56, 16
"""Pixels from one bar to the next, across a bar, up to the highest, and for the words below."""
ROW, LEFT, ACROSS = 34, 10, 320
"""Pixels from one area to the next, each below its name; left of the scale, and across it."""
HEAD = 16
"""Pixels for the words above the areas, and for each line of words below them."""


def bars(months: Sequence[Record], named_by: str) -> Markup:
    """A bar for each month behind a rolling figure, from 0; outlined where the month leaves next.

    A month that carries a marker is hollow, and one without cases has no bar.
    """
    top = max((float(each["value"] or 0) for each in months), default=0) or 1
    paths: dict[str, str] = {"full": "", "hollow": "", "leaves": ""}
    for place, each in enumerate(months):
        height = round(TALL * float(each["value"] or 0) / top)
        outline = f"M{place * STEP + 4} {TALL + 4}v-{height}h{BAR}v{height}z"
        if height:
            paths["hollow" if each["marker"] else "full"] += outline
        if each["leaves"]:
            paths["leaves"] += f"M{place * STEP + 1} {TALL + 4}v-{TALL + 3}h{BAR + 6}v{TALL + 3}z"
    width, end = len(months) * STEP, TALL + FOOT
    first, last = (month_of(each, "month").short for each in (months[0], months[-1]))
    return _drawing(
        "bars", width, TALL + FOOT + 6, named_by,
        *(f'<path class="{kind}" d="{path}"/>' for kind, path in paths.items() if path),
        f'<path d="M0 {TALL + 4}h{width}"/>',
        f'<text y="{end + 3}">{first}</text>',
        f'<text class="end" x="{width}" y="{end + 3}">{last}</text>',
    )  # fmt: skip


def ranges(rows: Sequence[Record], whole: str, named_by: str) -> Markup:
    """A line for each area, in the order of `rows`: its result, and what chance would make of it.

    Thick within 1.96 and thin within 3.09 of the whole's result, which is the upright line. Below
    is the scale, in per cent, and what thick and thin mean.
    """
    ends = [float(each[key]) for each in rows for key in ("outer_from", "outer_to", "result")]
    low, high = min(ends), max(ends)
    scale = ACROSS / ((high - low) or 1)

    def across(value: float) -> int:
        return LEFT + round((float(value) - low) * scale)

    lines, points, words = _ranges(rows, across)
    middle, foot = across(rows[0]["whole_result"]), ROW * len(rows) + HEAD + 4
    sign = display.unit_sign("percent")
    scale_at = [(across(float(tick)), f"{tick}{sign}") for tick in ticks(low, high)]
    anchor = "end" if middle > LEFT + ACROSS // 2 else "start"
    return _drawing(
        "ranges", 2 * LEFT + ACROSS, foot + 2 * HEAD + 4, named_by,
        *lines,
        f'<path d="M{middle} {HEAD}V{foot}"/>',
        *points,
        f'<text class="{anchor}" x="{middle}" y="12">{escape(whole)}</text>',
        *words,
        f'<path d="M{LEFT} {foot}h{ACROSS}{"".join(f"M{x} {foot}v4" for x, _ in scale_at)}"/>',
        *(f'<text class="mid" x="{x}" y="{foot + 15}">{text}</text>' for x, text in scale_at),
        f'<text y="{foot + 2 * HEAD}">{MEANING}</text>',
    )  # fmt: skip


MEANING = "Thick: 95 of 100 results by chance. Thin: 998 of 1,000."
"""What the lines of areas mean: the limits of 1.96 and 3.09 standard errors."""


def ticks(low: float, high: float) -> list[Decimal]:
    """Three to six round figures within a scale, with as many decimals as they need."""
    for power in range(2, -6, -1):
        for digit in (5, 2, 1):
            step = Decimal(digit).scaleb(power)
            first, last = ceil(Decimal(low) / step), floor(Decimal(high) / step)
            if last - first > 1:
                return [Decimal(f"{n * step:f}") for n in range(first, last + 1)]
    return []


def _ranges(
    rows: Sequence[Record], across: Callable[[float], int]
) -> tuple[list[str], list[str], list[str]]:
    """The lines, the points and the names of areas, one below the other."""
    paths: dict[str, str] = {"outer": "", "inner": ""}
    points, words = [], []
    for place, each in enumerate(rows):
        y = HEAD + place * ROW + 26
        for kind in paths:
            start, end = across(each[f"{kind}_from"]), across(each[f"{kind}_to"])
            paths[kind] += f"M{start} {y}H{end}"
        hollow = ' class="hollow"' if each["latest"].marker else ""
        points.append(f'<circle{hollow} cx="{across(each["result"])}" cy="{y}" r="4"/>')
        words.append(f'<text y="{y - 9}">{escape(each["unit_name"])}</text>')
    return [f'<path class="{kind}" d="{path}"/>' for kind, path in paths.items()], points, words


def _drawing(kind: str, width: int, height: int, named_by: str, *parts: str) -> Markup:
    """Inline SVG of a `kind`, whose name is the text of the element `named_by`."""
    return Markup(  # noqa: S704 (numbers, our own words, and names that were escaped)
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="{named_by}">{"".join(parts)}</svg>'
    )
