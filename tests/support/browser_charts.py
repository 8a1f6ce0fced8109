"""What every chart of a published page must be, as the checks of `browser_checks`."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from support.browser_view import View

NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
"""A figure, in a sentence with commas between thousands, which cells have not."""

REPEATED = re.compile(r"(\S+) in (\d+) of the months")
"""A result with the number of months that have it, in a chart's description."""

CHANGES = re.compile(r"Real changes(?: by estimates)?: ([^.]*)\.")
CHANGE = re.compile(r"(improvement|concern|high|low) in (?:(\d+) months up to )?")
"""A kind of real change in a chart's description, with the number of its months above one."""

SHAPES = {"improvement": "upward", "concern": "downward", "high": "diamond", "low": "diamond"}


def charts_are_described(view: View) -> list[str]:
    """Every chart has a description with figures of its data table and its caption.

    How many rows the table has, how many of them have a figure, and in how many it is the same,
    count among its figures. So do the months with a real change, each of which has its shape.
    """
    script = """figure => {
        const chart = figure.querySelector('svg[role=img]');
        const of = key => document.getElementById(chart.getAttribute(key))?.textContent.trim();
        return {
            name: figure.id, words: chart && of('aria-labelledby'),
            table: figure.querySelector('table')?.innerText,
            caption: figure.querySelector('figcaption')?.innerText,
            symbols: [...figure.querySelectorAll('svg path[transform]')].map(
                path => path.getAttribute('d')),
            rows: [...figure.querySelectorAll('tbody tr')].map(
                row => row.querySelector('td')?.innerText ?? ''),
        };
    }"""
    wrong = []
    for chart in view.all("figure", script):
        if not (chart["words"] and chart["table"]):
            wrong.append(f"{chart['name']}: a chart without description or table")
            continue
        rows = [row.split() for row in chart["rows"]]
        given = [row[0] for row in rows if row and NUMBER.search(row[0])]
        known = {*_numbers(chart["table"]), str(len(rows)), str(len(given))}
        known |= {
            count for value, count in REPEATED.findall(chart["words"])
            if given.count(value.replace(",", "")) == int(count)
        }  # fmt: skip
        known |= {*_numbers(chart["caption"])}
        said, drawn = _changes_said(chart["words"]), _changes_drawn(chart["symbols"])
        # A chart of two cohorts has diamonds for one of them.
        if said != drawn and (said or {*drawn} - {"diamond"}):
            wrong.append(f"{chart['name']}: {drawn} drawn, {said} in `{chart['words']}`")
        known |= {str(count) for count in said.values()}
        strange = [each for each in _numbers(chart["words"]) if each not in known]
        if strange or not NUMBER.search(chart["words"]):
            wrong.append(f"{chart['name']}: {strange or 'no figure'} in `{chart['words']}`")
    return wrong


def _numbers(text: str) -> list[str]:
    """The figures of a text, without commas."""
    return [each.replace(",", "") for each in NUMBER.findall(text)]


def _changes_said(words: str) -> Counter[str]:
    """How many months a chart's description calls a real change, by the shape of its kind."""
    said: Counter[str] = Counter()
    for kind, count in CHANGE.findall("".join(CHANGES.findall(words))):
        said[SHAPES[kind]] += int(count or 1)
    return said


def _changes_drawn(paths: list[str]) -> Counter[str]:
    """How many triangles and diamonds a chart has; a triangle points to where its one corner is."""
    drawn: Counter[str] = Counter()
    for path in paths:
        heights = [float(y) for y in re.findall(r"[ML][-\d.]+,([-\d.]+)", path)]
        above = sum(each < 0 for each in heights)
        if len(heights) in (3, 4):
            drawn["diamond" if len(heights) == 4 else "upward" if above == 1 else "downward"] += 1
    return drawn


def chart_text_is_not_clipped(view: View) -> list[str]:
    """Every text of a chart lies within its drawing, a pixel of grace on each side."""
    script = """text => {
        const box = text.getBoundingClientRect();
        const frame = text.closest('svg').getBoundingClientRect();
        const out = box.left < frame.left - 1 || box.right > frame.right + 1 ||
            box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
        return out ? text.textContent : '';
    }"""
    return [f"clipped: {each}" for each in view.all("figure svg text", script) if each]


def results_are_not_squeezed(view: View) -> list[str]:
    """The results of a trend take a third of its height, and each line is drawn or named.

    But for results that hardly vary, or are within a band. Words at an edge touch no point.
    """
    script = """figure => {
        const box = each => each.getBoundingClientRect();
        const chart = figure.querySelector('svg.chart');
        const axis = [...chart.querySelectorAll('line[stroke]')].find(
            each => !each.hasAttribute('transform') && each.getAttribute('x2') === '210');
        const points = [...chart.querySelectorAll('circle, path[transform]')].map(box);
        const heights = points.map(each => (each.top + each.bottom) / 2);
        const edges = [...chart.querySelectorAll('text')].filter(
            each => each.textContent.endsWith('this chart')).map(box);
        const row = [...figure.querySelectorAll('tbody tr')].at(-1);
        return {
            name: figure.id,
            taken: (Math.max(...heights) - Math.min(...heights)) / (box(axis).top - box(chart).top),
            results: [...figure.querySelectorAll(
                'td[data-field=result], td[data-field=own_month]')].map(
                each => parseFloat(each.innerText)).filter(each => !isNaN(each)),
            band: /band:/.test(figure.innerText),
            texts: [...chart.querySelectorAll('text')].map(each => each.textContent).join('|'),
            held: ['target', 'floor'].map(
                field => row.querySelector(`[data-field=${field}]`)?.innerText ?? ''),
            touched: edges.some(edge => points.some(point => point.top < edge.bottom &&
                point.bottom > edge.top && point.left < edge.right && point.right > edge.left)),
        };
    }"""
    wrong = []
    for chart in view.all("figure:has(td[data-field=result], td[data-field=own_month])", script):
        low, high = (end(chart["results"]) for end in (min, max))
        if not chart["band"] and high - low > high / 20 and chart["taken"] < 1 / 3:
            wrong.append(f"{chart['name']}: the results take {chart['taken']:.2f} of the height")
        figures = [each for held in chart["held"] for each in NUMBER.findall(held)]
        wrong += [
            f"{chart['name']}: {each} is nowhere in the drawing"
            for each in figures if each not in NUMBER.findall(chart["texts"])
        ]  # fmt: skip
        wrong += [f"{chart['name']}: words on a point"] if chart["touched"] else []
    return wrong
