"""Sentences made from the same records as the tables and charts, so that they can't disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.phrases import counted
from scorecard.report import display
from scorecard.report.display import listed
from scorecard.report.withholding import withheld

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorecard.months import Month
    from scorecard.report.tables import Record

WORSE_FIRST = ("red", "amber", "green")


def tally(rows: Sequence[Record]) -> dict[str, int]:
    """How many records carry each rating, in the order green, amber, red."""
    return {code: sum(row["rating"] == code for row in rows) for code in ("green", "amber", "red")}


def ratings(rows: Sequence[Record]) -> str:
    """Count the ratings: `45 indicators are rated: 22 Green, 20 Amber and 3 Red.`."""
    count = tally(rows)
    rated = sum(count.values())
    words = [f"{number} {display.RATINGS[code].word}" for code, number in count.items()]
    verb = "is" if rated == 1 else "are"
    sentence = f"{counted(rated, 'indicator', 'indicators')} {verb} rated: {listed(words)}."
    left = len(rows) - rated - sum(bool(withheld(row, "rating")) for row in rows)
    return sentence + (f" {left} of {len(rows)} could not be rated." if left else "")


def directions(rows: Sequence[Record], month: Month) -> str:
    """How many results are better, worse or the same as a month earlier."""
    count = {
        code: sum(row["month_ago_direction"] == code for row in rows) for code in display.DIRECTIONS
    }
    if not sum(count.values()):
        return f"No result can be compared with {(month - 1).words}."
    verb = "is" if count["better"] == 1 else "are"
    return (
        f"Compared with {(month - 1).words}, {counted(count['better'], 'result', 'results')} "
        f"{verb} better, {count['worse']} worse and {count['same']} the same."
    )


def cautions(
    rows: Sequence[Record],
    known: Mapping[str, Record],
    marker: str,
    field: str = "shown",
    why_withheld: str = "",
) -> list[tuple[str, str]]:
    """What a summary owes its reader: how many results are estimates or revised, and why.

    Those whose `field` is withheld are counted by themselves, with `why_withheld`; `marker` is that
    of a revised figure.
    """
    given = [row for row in rows if not withheld(row, field)]
    results = [row for row in given if row[field] is not None]
    gone = [said for row in rows if (said := withheld(row, field))]
    whole = counted(len(rows), "result", "results")
    verb = "is" if len(gone) == 1 else "are"
    hidden = [(f"{len(gone)} of {whole} {verb} {gone[0].words}.", why_withheld)] if gone else []
    return [*hidden, *estimates(results, known), *revised(given, marker)]


def in_the_areas(cautions: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Cautions on the results of areas, which say so."""
    return [(f"In the areas, {count}", why) for count, why in cautions]


def explained_once(*cautions: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Cautions one after the other, without an explanation that was given already."""
    told: set[str] = set()
    once = []
    for count, why in (each for several in cautions for each in several):
        once.append((count, "" if why in told else why))
        told.add(why)
    return once


def estimates(rows: Sequence[Record], known: Mapping[str, Record]) -> list[tuple[str, str]]:
    """For each provenance that owes a footnote: how many results rest on it, and the footnote."""
    told = []
    for name, provenance in known.items():
        resting = sum(name in (row["provenance"] or ()) for row in rows)
        if resting and provenance["footnote"]:
            verb = "is" if resting == 1 else "are"
            whole = counted(len(rows), "result", "results")
            told.append((f"{resting} of {whole} {verb} {name}.", provenance["footnote"]))
    return told


def revised(rows: Sequence[Record], marker: str) -> list[tuple[str, str]]:
    """How many results of the month are revised, and where to read why; nothing when none is."""
    count = sum(bool(row["revised"]) for row in rows)
    verb = "is" if count == 1 else "are"
    whole = counted(len(rows), "result", "results")
    told = (
        f"Figures marked [{marker}] differ from those first published. What they were, and why "
        "they changed, stands at the end of the appendix."
    )
    return [(f"{count} of {whole} {verb} revised.", told)] if count else []


def changed(rows: Sequence[Record]) -> list[Record]:
    """The records whose rating differs from last month's, where both months are rated."""
    return _differing(rows, "month_ago_rating", "rating")


def _differing(rows: Sequence[Record], before: str, after: str) -> list[Record]:
    """The records with two ratings that are not the same."""
    rated = set(WORSE_FIRST)
    return [
        row
        for row in rows
        if row[before] in rated and row[after] in rated and row[before] != row[after]
    ]


def _for_the_better(rows: Sequence[Record], before: str, after: str) -> int:
    """How many records have the better rating under `after`."""
    return sum(WORSE_FIRST.index(row[after]) > WORSE_FIRST.index(row[before]) for row in rows)


def changes(rows: Sequence[Record]) -> list[str]:
    """One sentence for each changed rating."""
    return [
        f"{row['name']} ({row['code']}) went from "
        f"{display.RATINGS[row['month_ago_rating']].word} to "
        f"{display.RATINGS[row['rating']].word}: {was_and_is(row)}."
        for row in changed(rows)
    ]


def change_count(rows: Sequence[Record], month: Month) -> str:
    """How many ratings changed since last month, and which way."""
    both = changed(rows)
    if not both:
        return f"No rating has changed since {(month - 1).words}."
    up = _for_the_better(both, "month_ago_rating", "rating")
    has = "rating has" if len(both) == 1 else "ratings have"
    return f"Since {(month - 1).words}, {len(both)} {has} changed{_for_better_or_worse(up, both)}."


def _for_better_or_worse(up: int, changed: Sequence[Record]) -> str:
    """The end of a sentence on changed ratings, `up` of which are for the better."""
    down = len(changed) - up
    if up and down:
        return f": {up} for the better and {down} for the worse"
    way = "for the better" if up else "for the worse"
    return f", {way}" if len(changed) == 1 else f", {'both' if len(changed) == 2 else 'all'} {way}"


def was_and_is(row: Record) -> str:
    """Two results in words: `89.3% last month, 89.9% now`."""
    return f"{earlier(row)} last month, {now(row)} now"


def now(row: Record) -> str:
    """The reporting month's result, with the decimals that show its rating, and its marker."""
    return display.result(row["telling"], row["format"], row["places"]) + _mark(row, "marker")


def earlier(row: Record) -> str:
    """The result a month earlier, likewise."""
    shown = display.result(row["month_ago_telling"], row["format"], row["month_ago_places"])
    return shown + _mark(row, "month_ago_marker")


def _mark(row: Record, name: str) -> str:
    return f" [{row[name]}]" if row.get(name) else ""


def against_target(row: Record) -> str:
    """A result held against its target, with the distance in cases where it has a meaning."""
    said = withheld(row, "shown")
    if said:
        return f"The result is {said.words}: {said.meaning}."
    if row["shown"] is None:
        return f"There is no result: {display.STATUSES[row['status']].meaning}."
    target = display.threshold(row["target"], row["format"])
    sentence = now(row) + (f" against a target of {target}" if target else "; there is no target")
    cases = row["cases_to_target"]
    if cases and row["format"] == "percent":
        more = "more" if row["polarity"] == "H" else "fewer"
        whole = display.figure(row["denom"], row["denom_places"])
        sentence += f"; {cases} {more} of the {whole} would be needed to meet it"
    if row["month_ago_direction"]:
        than = {"better": "better than", "worse": "worse than", "same": "the same as"}
        slightly = row["month_ago_direction"] != "same" and row["shown"] == row["month_ago_shown"]
        sentence += (
            f". This is {'slightly ' if slightly else ''}{than[row['month_ago_direction']]} "
            f"last month ({earlier(row)})"
        )
    return sentence + "."


def moved(row: Record) -> str:
    """A result and the one a month before, with the direction of travel."""
    if not row["month_ago_direction"]:
        return f"{row['name']}: {now(row)}."
    word = display.DIRECTIONS[row["month_ago_direction"]].word
    return f"{row['name']}: {was_and_is(row)}. Performance is {word}."


def bandings(row: Record) -> list[tuple[str, str]]:
    """What earns each rating, as pairs of rating code and words; none without a target."""
    form = row["format"]
    if row["target"] is None:
        return []
    target = display.threshold(row["target"], form)
    floor = display.threshold(row["floor_standard"], form)
    if row["polarity"] == "H":
        return [
            ("green", f"{target} and above"),
            ("amber", f"{floor} to below {target}"),
            ("red", f"below {floor}"),
        ]
    if row["polarity"] == "L":
        return [
            ("green", f"{target} and below"),
            ("amber", f"above {target} and below {floor}"),
            ("red", f"{floor} and above"),
        ]
    points = " percentage points" if form == "percent" else ""
    green, amber = (f"{row[key]:g}" for key in ("green_within", "amber_within"))
    return [
        ("green", f"within {green}{points} of {target}"),
        ("amber", f"within {amber}{points} of {target}"),
        ("red", f"more than {amber}{points} from {target}"),
    ]


def trend_title(rows: Sequence[Record]) -> str:
    """What a trend shows, as a headline: the latest result and how long it has been so rated."""
    last = rows[-1]
    said = withheld(last, "shown")
    if said:
        return f"Result of {last['month_words']} {said.words}"
    if last["shown"] is None:
        return f"No result in {last['month_words']}"
    shown = display.result(last["shown"], last["format"], last["places"])
    start = f"{shown} in {last['month_words']}"
    if last["rating"] == "not-rated":
        return f"{start}, not rated"
    word = display.RATINGS[last["rating"]].word
    rated = [row["rating"] for row in rows if row["rating"] in WORSE_FIRST]
    streak = 0
    for row in reversed(rows):
        if row["rating"] != last["rating"]:
            break
        streak += 1
    if rated.count(last["rating"]) == len(rated) > 1:
        return f"{start}, {word} in every month that could be rated"
    if streak > 1:
        return f"{start}, {word} for {streak} months running"
    if len(rated) > 1 and rows[-2]["rating"] in WORSE_FIRST:
        return f"{start}, {word} after {display.RATINGS[rows[-2]['rating']].word} the month before"
    return f"{start}, {word}"


def trend_subtitle(rows: Sequence[Record]) -> str:
    """What a trend counts, where and when."""
    last = rows[-1]
    period = display.DATA_PERIODS[last["data_period"]].word
    return (
        f"{last['name']}: {last['unit_name']}, {period}, "
        f"{rows[0]['month_words']} to {last['month_words']}"
    )


def hollow_points(rows: Sequence[Record], field: str) -> str:
    """The end of a chart's subtitle where some of its figures, in `field`, carry a marker."""
    found = markers([row for row in rows if row[field] is not None])
    return f". Hollow points: figures marked {listed(found, 'or')}" if found else ""


def markers(rows: Sequence[Record]) -> list[str]:
    """The markers that `rows` carry, each once, as they stand in a cell: `[e]`."""
    carried = ", ".join(row["marker"] for row in rows if row.get("marker"))
    return [f"[{each}]" for each in dict.fromkeys(carried.split(", ")) if each]


def gaps(rows: Sequence[Record], field: str) -> str:
    """The end of a chart's subtitle where some of its figures are withheld."""
    found = (withheld(row, field) for row in rows)
    said = next((each for each in found if each), None)
    return f". Gaps: figures {said.words} {said.sign}" if said else ""


def left_out(rows: Sequence[Record], field: str) -> str:
    """The end of a chart's subtitle where whole indicators are missing, as they are withheld."""
    gone = [said for row in rows if (said := withheld(row, field))]
    if not gone:
        return ""
    count = counted(len(gone), "indicator", "indicators")
    return f". Left out: {count} with figures {gone[0].words} {gone[0].sign}"


def trend_description(rows: Sequence[Record]) -> str:
    """The text alternative of a trend chart; each figure stands in the table beneath it too."""
    shown = [row for row in rows if row["shown"] is not None]
    if not shown:
        return "There is no result to draw."

    def at(row: Record) -> str:
        figure = display.result(row["shown"], row["format"], row["places"])
        return f"{figure} in {row['month_words']}"

    lowest = min(shown, key=lambda row: row["result"])
    highest = max(shown, key=lambda row: row["result"])
    last = rows[-1]
    sentences = [
        (
            f"Line chart of {counted(len(shown), 'month', 'months')}. The result goes from "
            f"{at(shown[0])} to {at(shown[-1])}. The lowest is {at(lowest)} and the highest "
            f"{at(highest)}."
        )
    ]
    if last["target"] is not None:
        sentences.append(
            f"The target in {last['month_words']} is "
            f"{display.threshold(last['target'], last['format'])}."
        )
    if last["floor_standard"] is not None:
        sentences.append(
            f"The floor standard is {display.threshold(last['floor_standard'], last['format'])}."
        )
    return " ".join(sentences)


def multiples_title(rows: Sequence[Record], month: Month, doubtful: set[str]) -> str:
    """The measure that moved most since last month, as the headline of several small charts.

    A headline never rests on a figure of a `doubtful` provenance, one that owes a footnote; where
    last month's figures are such, it says this month's only.
    """
    moves = []
    for name in dict.fromkeys(row["name"] for row in rows):
        figures = {
            row["month"]: row["num"]
            for row in rows
            if row["name"] == name and not doubtful.intersection(row["provenance"] or ())
        }
        before, after = figures.get(str(month - 1)), figures.get(str(month))
        if before and after is not None:
            moves.append((abs(after - before) / before, name, before, after))
    if not moves:
        latest = [row for row in rows if row["month"] == str(month) and row["num"] is not None]
        said = [f"{row['name']} {row['num']:.0f}" for row in latest[:3]]
        return f"In {month.words}: {listed(said)}" if said else f"No figures for {month.words}"
    share, name, before, after = max(moves)
    if after == before:
        return f"No measure changed in {month.words}"
    verb = "rose" if after > before else "fell"
    most = ", the largest change of the month" if len(moves) > 1 else ""
    return f"{name} {verb} by {100 * share:.1f}%, from {before:.0f} to {after:.0f}{most}"


def multiples_description(rows: Sequence[Record]) -> str:
    """The text alternative of several small charts: first and last figure of each measure."""
    sentences = []
    for name in dict.fromkeys(row["name"] for row in rows):
        known = [row for row in rows if row["name"] == name and row["num"] is not None]
        if known:
            first, last = known[0], known[-1]
            sentences.append(
                f"{name}: {first['num']:.0f} in {first['month_words']}, "
                f"{last['num']:.0f} in {last['month_words']}."
            )
    return "A small line chart for each measure. " + " ".join(sentences)


def uasc_changed(rows: Sequence[Record]) -> list[Record]:
    """The records of the UASC macro whose rating is another one when UASC are left out."""
    return _differing(rows, "including_rating", "excluding_rating")


def uasc_change_count(rows: Sequence[Record]) -> str:
    """How many ratings change when UASC are left out, and which way."""
    both = uasc_changed(rows)
    if not both:
        return "No rating changes."
    up = _for_the_better(both, "including_rating", "excluding_rating")
    verb = "changes" if len(both) == 1 else "change"
    return f"{counted(len(both), 'rating', 'ratings')} {verb}{_for_better_or_worse(up, both)}."


def uasc_summary(rows: Sequence[Record]) -> str:
    """How many results are better and worse when UASC are left out."""
    count = {
        code: sum(row["excluding_direction"] == code for row in rows) for code in display.DIRECTIONS
    }
    verb = "is" if count["better"] == 1 else "are"
    left = len(rows) - sum(count.values())
    return (
        f"Leaving UASC out, {count['better']} of {len(rows)} results {verb} better, "
        f"{count['worse']} worse and {count['same']} the same."
    ) + (f" {left} can't be compared." if left else "")


def uasc_title(rows: Sequence[Record]) -> str:
    """The indicator that differs most, as the headline of the chart."""
    widest = max(rows, key=lambda row: abs(row["variance"]))
    difference = display.variance(widest["variance"], int(widest["variance_sign"]), "percent")
    return f"Leaving UASC out changes one result most: {difference} for “{widest['name']}”"


def uasc_description(rows: Sequence[Record]) -> str:
    """The text alternative of the chart: both results and the variance of each indicator."""
    sentences = []
    for row in rows:
        both = [
            display.result(row[f"{cohort}_shown"], row["format"])
            for cohort in ("including", "excluding")
        ]
        variance = display.variance(row["variance"], int(row["variance_sign"]), row["format"])
        sentences.append(
            f"Indicator {row['code']}: {both[0]} including, {both[1]} excluding, {variance}."
        )
    return f"Two points for each of {len(rows)} indicators, joined. " + " ".join(sentences)
