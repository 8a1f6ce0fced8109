"""The words around a trend, and what other charts share of them: subtitle and text alternative."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from scorecard import display
from scorecard.display import listed
from scorecard.report import comparators
from scorecard.report.counting import at
from scorecard.report.withholding import withheld
from scorecard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scorecard.figure import Figure
    from scorecard.report.cell import Record


def trend_subtitle(rows: Sequence[Record]) -> str:
    """What a trend counts, where and when."""
    last = rows[-1]
    period = display.DATA_PERIODS[last["data_period"]].word
    return f"{last['name']}: {last['unit_name']}, {period}, {span(rows)}"


def span(rows: Sequence[Record]) -> str:
    """The months of a chart: `April 2015 to April 2016`, or the only one."""
    return " to ".join(dict.fromkeys(row["month_words"] for row in (rows[0], rows[-1])))


def hollow_points(rows: Sequence[Record]) -> str:
    """The end of a chart's subtitle where some of its figures carry a marker."""
    found = _markers(each.marker for each in _there(rows))
    return f". Hollow points: figures marked {listed(found, 'or')}" if found else ""


def _figures(rows: Sequence[Record]) -> list[Figure]:
    """The figures of a trend, month by month."""
    return [row["latest"] for row in rows]


def _there(rows: Sequence[Record]) -> list[Figure]:
    """The figures of a trend that have a result to show."""
    return [each for each in _figures(rows) if each.shown is not None]


def _markers(markers: Iterable[str]) -> list[str]:
    """Each of the `markers` of several figures once, as a cell has them: `[e]`."""
    carried = ", ".join(each for each in markers if each)
    return [f"[{each}]" for each in dict.fromkeys(carried.split(", ")) if each]


def gaps(rows: Sequence[Record]) -> str:
    """The end of a chart's subtitle where some of its figures are withheld."""
    how = next((how for each in _figures(rows) if (how := each.withheld())), None)
    return f". Gaps: figures {how.words} {how.sign}" if how else ""


def left_out(rows: Sequence[Record], field: str) -> str:
    """The end of a chart's subtitle where whole indicators are missing, as they are withheld."""
    gone = [how for row in rows if (how := withheld(row, field))]
    if not gone:
        return ""
    count = counted(len(gone), "indicator", "indicators")
    return f". Left out: {count} with figures {gone[0].words} {gone[0].sign}"


def trend_description(rows: Sequence[Record], others: Sequence[Record] = ()) -> str:
    """The text alternative of a trend chart; each figure is in the table beneath it too.

    Those of `others`, records of comparators, are above it.
    """
    shown = [row for row in rows if row["latest"].shown is not None]
    if not shown:
        return "There is no result to draw."
    form = rows[-1]["format"]
    last: Figure = rows[-1]["latest"]
    months = counted(len(rows), "month", "months")
    some = f", {len(shown)} of them with a result shown" if len(shown) < len(rows) else ""
    sentences = [f"Line chart of {months}{some}.", *_course(shown)]
    if last.target is not None:
        target = display.threshold(last.target, form)
        sentences.append(f"The target is now {target}.")
    if last.floor_standard is not None:
        floor = display.threshold(last.floor_standard, form)
        sentences.append(f"The floor standard is {floor}.")
    low, high = last.band
    beyond = [f"below {display.threshold(low, form)}"] if low is not None else []
    beyond += [f"above {display.threshold(high, form)}"] if high is not None else []
    if beyond:
        sentences.append(f"Results {listed(beyond, 'or')} are Red.")
    return " ".join(filter(None, [*sentences, comparators.level_lines(others)]))


def _course(shown: Sequence[Record]) -> list[str]:
    """Where a line begins and ends and how far it goes, in sentences."""
    first, last = shown[0], shown[-1]
    if len(shown) == 1:
        return [f"The result is {at(first)}."]
    figures = _figures(shown)
    if _flat(figures):
        result = figures[-1].in_words
        return [f"The result is {result} in each of these {len(shown)} months{_marks(figures)}."]
    lowest, highest = (
        _extreme(shown, end(figures, key=attrgetter("precise"))) for end in (min, max)
    )
    start, end = at(first), at(last)
    extremes = {"lowest": lowest, "highest": highest}
    said = {where: f", the {how}" for how, where in extremes.items() if where in (start, end)}
    begins = f"{start}{said[start]}," if start in said else start
    course = f"The result goes from {begins} to {end}{said.get(end, '')}."
    others = [f"the {how} is {where}" for how, where in extremes.items() if where not in said]
    return [course, *([f"T{listed(others)[1:]}."] if others else [])]


def _extreme(shown: Sequence[Record], figure: Figure) -> str:
    """The lowest or highest displayed figure with its month, or in how many months it was that."""
    found = [row for row in shown if row["latest"].precise == figure.precise]
    if len(found) == 1:
        return at(found[0])
    return f"{figure.in_words} in {len(found)} of the months"


def _flat(shown: Sequence[Figure]) -> bool:
    """Whether all results of a trend are displayed alike."""
    return len({each.precise for each in shown}) == 1


def sparkline_words(trend: Sequence[Record]) -> str:
    """A sparkline in words: where it begins and ends, how far it goes, and what of it is marked."""
    shown = _there(trend)
    months = f"the {len(shown)} of {len(trend)} months with a result shown"
    if len(shown) == len(trend):
        months = f"{len(shown)} months"
    if _flat(shown):
        return f"{shown[0].in_words} in each of {months}{_marks(shown)}"
    lowest, highest = (end(shown, key=attrgetter("precise")) for end in (min, max))
    return (
        f"From {shown[0].in_words} to {shown[-1].in_words} "
        f"{'over' if len(shown) == len(trend) else 'in'} {months}, "
        f"lowest {lowest.in_words}, highest {highest.in_words}{_marks(shown)}"
    )


def _marks(shown: Sequence[Figure]) -> str:
    """How many of the results carry a marker, and which: `; 12 of 13 are marked [e]`."""
    count = sum(bool(each.signs) for each in shown)
    if not count:
        return ""
    verb = "is" if count == 1 else "are"
    return (
        f"; {count} of {len(shown)} {verb} marked {listed(_markers(each.signs for each in shown))}"
    )


def groups(rows: Sequence[Record]) -> str:
    """What a table of groups (records of the breakdown macro, the last the whole) shows."""
    add = "add up to all" if rows[0]["exhaustive"] else "need not add up to all"
    sentences = [f"By {rows[0]['dimension']}, not rated. The groups {add}."]
    top, found = highest(rows), _markers(each.marker for each in _there(rows))
    sentences += [f"Bars are from 0 to {top.in_words}."] if top else []
    sentences += [f"Hollow bars: figures marked {listed(found, 'or')}."] if top and found else []
    return " ".join(sentences)


def highest(rows: Sequence[Record]) -> Figure | None:
    """The figure with the highest result; None where no result is above 0."""
    there = [each for each in _figures(rows) if each.result]
    return max(there, key=lambda each: each.result or 0, default=None)


def groups_withheld(rows: Sequence[Record]) -> str:
    """The same where no group is shown."""
    return f"By {rows[0]['dimension']}: not shown, because it rests on small numbers."
