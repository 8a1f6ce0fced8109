"""Where a figure comes from, on one page of the terminal: it answers "why is this 13.0%?"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard import display
from scorecard.commands import load_terminal as terminal
from scorecard.months import Month
from scorecard.wording import named

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from rich.console import Console

    from scorecard.store.store import Store

    Row = Mapping[str, Any]
    """A row of the macros `explain` and `explain_rows` (`sql/macros/explain.sql`)."""

BY_HAND = "an edit by hand"
EARLIER = {"month_ago": "A month ago", "year_ago": "A year ago"}


def show(console: Console, store: Store, unit: str, code: str, month: Month, cohort: str) -> None:
    """Print the figure, what decided it and what it is made of.

    Raises `UnknownNameError` and `NoResultsError` for what the store doesn't hold.
    """
    made = store.records.explain(unit, code, month, cohort)
    rows = store.records.explain_rows(unit, code, month, cohort)
    parts = store.records.explain_parts(unit, code, month, cohort)
    words = store.records.cohorts[cohort]
    if not made:
        problem = f"{unit} has no figure of indicator {code} for {month.words}{words}."
        terminal.say(console, problem)
        return
    (figure,) = made
    terminal.say(
        console,
        f"{figure['unit_name']}, {code}  {figure['name']}{words}, {month.words}",
    )
    recorded = {each["load"] for each in store.loads() if each["recorded"]}
    terminal.facts(console, [*_facts(figure, rows), ("Revised", _revised(figure, recorded))])
    terminal.trace(console, list(_lines(rows, parts, figure["format"])))
    for words in _notes(rows):
        terminal.say(console, words)


def _facts(figure: Row, rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """What is known of the figure: a name and words."""
    yield "Result", _result(figure, rows)
    yield "Data period", _period(figure)
    yield from [("Definition", figure["definition"])] if figure["definition"] else []
    if figure["polarity"]:
        yield "Target", _target(figure)
        yield from [("", figure["target_note"])] if figure["target_note"] else []
        yield "Rating", _because(display.RATINGS, figure["rating"], figure["rating_why"])
        for prefix, name in EARLIER.items():
            yield name, _earlier(figure, prefix)
    yield "Provenance", named(figure["provenance"] or ["none"], 12)


def _result(figure: Row, rows: Sequence[Row]) -> str:
    if figure["finished_below"]:
        return (
            "not available: finished results can't be added up, and those of "
            f"{named(figure['finished_below'], 12)} were supplied finished"
        )
    if figure["status"] == "not-available":
        missing = [
            Month.of(row["month"]).words
            for row in rows
            if row["num"] is None and row["status"] != "not_applicable"
        ]
        return f"not available: there are no figures of {named(missing, 12)}"
    if figure["status"] in display.STATED:
        return display.STATED[figure["status"]].meaning
    if figure["finished"]:
        result = terminal.finished(figure["shown"], figure["shown_places"], figure["format"], None)
        return f"{result}: supplied without numerator and denominator"
    if figure["num"] is None:
        return display.STATUSES[figure["status"]].meaning
    words = _fraction(figure["num"], figure["denom"], figure["shown"], figure["format"])
    if figure["near_threshold"]:
        precise = display.result(figure["precise"], figure["format"], figure["places"])
        words += f", {precise} with the decimals that show its rating"
    return words


def _fraction(num: Any, denom: Any, shown: Any, form: str, provenance: str | None = None) -> str:
    """A figure with what it is made of: `293 of 2246 = 13.0%`, and its provenance if any."""
    below = None if denom is None else display.plain(denom)
    return terminal.figure(display.plain(num), below, shown, form, provenance)


def _period(figure: Row) -> str:
    first, last = (Month.of(figure[name]).words for name in ("opens", "month"))
    words = f"{display.DATA_PERIODS[figure['data_period']].word}: "
    words += last if first == last else f"{first} to {last}, added up"
    return f"{words}, supplied as the finished figure" if figure["supplied"] == "window" else words


def _target(figure: Row) -> str:
    if figure["target"] is None:
        return "none is in force"
    form = figure["format"]
    words = [display.threshold(figure["target"], form)]
    for name, says in (
        ("floor_standard", "floor standard {}"),
        ("green_within", "Green within {} of the target"),
        ("amber_within", "Amber within {} of the target"),
    ):
        if figure[name] is not None:
            distance = display.distance(display.plain(figure[name]), form)
            level = display.threshold(figure[name], form) if name == "floor_standard" else distance
            words.append(says.format(level))
    return f"{', '.join(words)}, in force from {Month.of(figure['target_from']).words}"


def _because(terms: Mapping[str, display.Term], code: str | None, why: str | None) -> str:
    """A rating or a direction, and the comparison that decided it."""
    words = terms[code].word if code else "none: there is no result"
    return f"{words}: {why}" if why else words


def _earlier(figure: Row, prefix: str) -> str:
    month, status = Month.of(figure[f"{prefix}_month"]).words, figure[f"{prefix}_status"]
    if status != "available":
        return f"{month}: {display.STATUSES[status].word}"
    then = _shown(figure, prefix)
    moved = _because(display.DIRECTIONS, figure[f"{prefix}_direction"], figure[f"{prefix}_why"])
    return f"{month}: {then}; {moved}" if figure["shown"] is not None else f"{month}: {then}"


def _shown(figure: Row, prefix: str) -> str:
    """An earlier figure, or one that was published before: with what it is made of."""
    num, denom, shown, places = (
        figure[f"{prefix}_{name}"] for name in ("num", "denom", "shown", "shown_places")
    )
    if num is None and shown is not None:
        return terminal.finished(shown, places, figure["format"], None)
    return _fraction(num, denom, shown, figure["format"])


def _revised(figure: Row, recorded: Collection[int]) -> str:
    """What the figure was when it was first published, and which of the loads changed it."""
    if not figure["revised"]:
        return "no"
    was = _shown(figure, "was")
    rating = f", {display.RATINGS[figure['was_rating']].word}" if figure["was_rating"] else ""
    by = [f"load {load}" if load in recorded else BY_HAND for load in figure["revised_by"]]
    return (
        f"yes: first published as {was}{rating} from load {figure['shown_from']}, "
        f"changed by {named(by, len(by))}"
    )


def _lines(rows: Sequence[Row], parts: Sequence[Row], form: str) -> Iterator[list[str]]:
    """The results that the figure is made of, each with the units below if it is their sum."""
    for row in rows:
        month = str(Month.of(row["month"]))
        load = str(row["load"]) if row["recorded"] else "none"
        yield [month, *_line(row, form, load if row["load"] is not None else "")]
        for part in parts:
            if part["month"] == row["month"]:
                yield [f"  {part['unit_name']}", *_line(part, form, "")]


def _line(row: Row, form: str, load: str) -> list[str]:
    """One result, where it is, and the load that brought it."""
    if row["result"] is not None:
        words = terminal.finished(row["result"], row["result_places"], form, row["provenance"])
        return [words, row["file"], "" if row["row"] is None else str(row["row"]), load]
    if row["num"] is None and not row["status"]:
        return ["no figures", "", "", load]
    if row["status"]:
        place = "" if row["row"] is None else str(row["row"])
        return [row["status"].replace("_", " "), row["file"] or "", place, load]
    words = _fraction(row["num"], row["denom"], row["shown"], form, row["provenance"])
    if row["added_up"]:
        return [f"{words}, added up from the units below", "", "", load]
    return [words, row["file"], "" if row["row"] is None else str(row["row"]), load]


def _notes(rows: Sequence[Row]) -> Iterator[str]:
    """What is known of the loads and the provenances of these results."""
    found = [row for row in rows if (row["num"], row["result"]) != (None, None)]
    for row in {row["load"]: row for row in found}.values():
        if row["recorded"]:
            when = f"{row['loaded_at']:%Y-%m-%d %H:%M} {row['time_zone']}"
            yield f"Load {row['load']}: {when}, {row['loaded_by']}: {row['why']}"
        else:
            yield "No load has this result: it was edited by hand in data/results, or never loaded."
    for row in {row["provenance"]: row for row in found if row["footnote"]}.values():
        yield f"{row['provenance']}: {row['footnote']}"
