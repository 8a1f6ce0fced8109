"""The words around a chart but its title: subtitle and text alternative, from the chart's rows."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from scorecard import display
from scorecard.display import listed
from scorecard.report.counting import at
from scorecard.report.titles import with_marker, without_uasc
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
    if others:
        whose = listed([each["comparator"] for each in others])
        sentences.append(f"Level lines show the results of {whose}.")
    return " ".join(sentences)


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


def multiples_description(rows: Sequence[Record]) -> str:
    """The text alternative of several small charts: first and last figure of each measure.

    Months that are not those of the whole chart are said beside the figures.
    """
    months = span(rows)
    sentences = [f"A small line chart for each indicator, {months}."]
    for name in dict.fromkeys(row["name"] for row in rows):
        known = [row for row in rows if row["name"] == name and row["latest"].num is not None]
        ends = [known[0], known[-1]] if len(known) > 1 else known
        if ends and span(ends) == months:
            words = " to ".join(with_marker(row["latest"]) for row in ends)
            sentences.append(f"{name}: {words}.")
        elif ends:
            words = ", ".join(
                f"{with_marker(row['latest'])} in {row['month_words']}" for row in ends
            )
            sentences.append(f"{name}: {words}.")
    return " ".join(sentences)


def uasc_differences(rows: Sequence[Record]) -> str:
    """The end of a subtitle: how far apart results are that differ; nothing when its title says."""
    found = sorted(
        (row for row in rows if len(rows) > 1 and without_uasc(row) != "same"),
        key=lambda row: (row["variance"], row["variance_sign"]),
    )
    words = list(dict.fromkeys(_points(row) for row in found))
    if not words:
        return ""
    if len(words) > 1:
        return f". The differences run from {words[0]} to {words[-1]} percentage points"
    each = "The" if len(found) == 1 else "Each"
    return f". {each} difference is {words[0]} percentage points"


def _points(row: Record) -> str:
    """The variance without the percent sign, which is one of percentage points."""
    return display.variance(row["variance"], int(row["variance_sign"]), "ratio")


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


def uasc_description(rows: Sequence[Record]) -> str:
    """The text alternative of the chart: both results and the difference of each percentage."""
    sentences = ["Differences are in percentage points."]
    for row in rows:
        including, excluding = (
            f"{row[place].in_words}{display.mark(row[place].signs)}"
            for place in ("including", "excluding")
        )
        sentences.append(
            f"Indicator {row['code']}: {including} including, {excluding} excluding, "
            f"difference {_points(row)}{display.mark(row['marker'])}."
        )
    whose = f"each of {len(rows)} indicators" if len(rows) > 1 else "one indicator"
    return f"Two points for {whose}, joined. " + " ".join(sentences)
