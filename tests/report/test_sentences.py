"""Every sentence function in every situation of `situations.py`, held against `sentences.yml`."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from scorecard import report
from scorecard.months import Month
from scorecard.report import (
    activity_charts,
    bandings,
    captions,
    catalogue,
    cautions,
    comparators,
    cover_prose,
    outlook_prose,
    process,
    prose,
    result_prose,
    titles,
    uasc_chart,
    uasc_prose,
    variation,
    year_prose,
)
from support import outlook_situations, situations
from support.places import TESTS
from support.situations import KNOWN, MONTH

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType

TABLE: dict[str, dict[str, Any]] = yaml.safe_load(
    (TESTS / "sentences.yml").read_text(encoding="utf-8")
)
SENTENCES = {"str", "list[str]", "list[tuple[str, str]]", "list[tuple[str, list[str]]]"}
"""What a function returns that makes sentences, or parts of them."""


def drawn(trends: Mapping[str, Any]) -> dict[str, Any]:
    """The trends of which a sparkline is drawn: two results at least."""
    enough = {
        name: sum(row["latest"].shown is not None for row in rows) for name, rows in trends.items()
    }
    return {name: rows for name, rows in trends.items() if enough[name] > 1}


def lacking(rows: list[situations.Record]) -> list[str]:
    """The ratings that no record carries, the worst first."""
    return [code for code in prose.RATED if code not in {row["latest"].rating for row in rows}]


def without_a_rating(scorecards: Mapping[str, Any]) -> dict[str, Any]:
    """The scorecards on which none carries some rating."""
    return {name: rows for name, rows in scorecards.items() if lacking(rows)}


def of_all_and_of_some(scorecards: Mapping[str, Any]) -> dict[str, Any]:
    """The same scorecards, some of them as a selection too: what their indicators are of."""
    of = prose.of_selection(situations.SELECTIONS["some indicators"])
    chosen = {name: rows for name, rows in scorecards.items() if name in SELECTED}
    return {name: (rows, "") for name, rows in scorecards.items()} | {
        f"{name}, of a selection": (rows, of) for name, rows in chosen.items()
    }


SELECTED = {
    "one", "several", "both the same", "some", "one of several", "without results", "withheld",
    "several, and one withheld", "all withheld",
}  # fmt: skip


def cautioned(rows: list[situations.Record], why: str = "") -> Any:
    """The cautions of a scorecard's records, or of the UASC macro's."""
    which = cautions.COHORTS if "including" in (rows or [{}])[0] else cautions.OWN
    return cautions.cautions(rows, KNOWN, "r", why, which)


TEXTS = {
    "charts", "commentary", "counting", "datum", "notes", "outlook_views", "since", "tables",
    "two_ratings",
}  # fmt: skip
"""Modules whose functions give words, markup and files that are no sentences of their own."""


def modules() -> list[ModuleType]:
    """Where sentences may be made: every other module of `report/`, also a new one."""
    names = {path.stem for path in Path(report.__path__[0]).glob("[a-z]*.py")}
    return [import_module(f"scorecard.report.{name}") for name in sorted(names - TEXTS)]


Situations = dict[str, Any]
FUNCTIONS: dict[str, tuple[Situations, Callable[[Any], Any]]] = {
    "ratings": (situations.SCORECARDS, prose.ratings),
    "selection": (situations.SELECTIONS, prose.selection),
    "results_age": (situations.AGES, lambda given: prose.results_age(*given)),
    "history": (situations.BEGUN, lambda given: prose.history(*given)),
    "of_selection": (situations.SELECTIONS, prose.of_selection),
    "changes_counted": (
        {
            **{name: (rows, "") for name, rows in situations.AMENDMENTS.items()},
            "several added, of a selection": (
                situations.AMENDMENTS["several added"],
                " of this selection",
            ),
        },
        lambda given: catalogue.changes_counted(given[0], MONTH - 1, given[1]),
    ),
    "change_reason": (situations.AMENDMENT, catalogue.change_reason),
    "none_could_be_rated": (
        {
            name: situations.SCORECARDS[name]
            for name in ("nothing", "without targets", "without results", "all withheld")
        },
        prose.none_could_be_rated,
    ),
    "none_rated": (
        of_all_and_of_some(without_a_rating(situations.SCORECARDS)),
        lambda given: prose.none_rated(given[0], lacking(given[0])[0], given[1]),
    ),
    "directions": (situations.SCORECARDS, lambda rows: prose.directions(rows, MONTH - 1)),
    "change_count": (
        of_all_and_of_some(situations.SCORECARDS),
        lambda given: prose.change_count(given[0], MONTH - 1, given[1]),
    ),
    "changes": (situations.SCORECARDS, prose.changes),
    "because_of_target": (
        situations.SCORECARDS,
        lambda rows: [prose.because_of_target(row) for row in prose.changed(rows)],
    ),
    "cases_moved": (
        outlook_situations.CASES_MOVED,
        result_prose.cases_moved,
    ),
    "movement": (situations.STREAKS, result_prose.movement),
    "streak": (situations.STREAKS, result_prose.streak),
    "against_target": (situations.RESULTS | situations.STREAKS, result_prose.against_target),
    "moved": (situations.RESULTS, lambda row: result_prose.moved(row, MONTH - 1)),
    "near_threshold": (
        situations.ROUNDED,
        lambda row: bandings.near_threshold(f"{row['name']}, excluding UASC", row["latest"]),
    ),
    "bandings": (situations.TARGETS, lambda row: bandings.bandings(row["polarity"], row["latest"])),
    "trend_title": (
        situations.TREND_TITLES,
        lambda given: titles.trend_title(*given),
    ),
    "trend_subtitle": (situations.TRENDS, captions.trend_subtitle),
    "span": (situations.TRENDS, captions.span),
    "trend_description": (situations.TRENDS, captions.trend_description),
    "sparkline_words": (drawn(situations.TRENDS), captions.sparkline_words),
    "hollow_points": (situations.TRENDS, captions.hollow_points),
    "gaps": (situations.TRENDS, captions.gaps),
    "multiples_title": (
        situations.ACTIVITY,
        lambda rows: activity_charts.multiples_title(rows, MONTH, {"apportioned"}),
    ),
    "multiples_description": (situations.ACTIVITY, activity_charts.multiples_description),
    "uasc_summary": (situations.IMPACTS, uasc_prose.uasc_summary),
    "uasc_change_count": (situations.IMPACTS, uasc_prose.uasc_change_count),
    "uasc_hidden": ({"none": 0, "one": 1, "several": 3}, uasc_prose.uasc_hidden),
    "left_out": (situations.IMPACTS, lambda rows: captions.left_out(rows, "variance")),
    "groups": (situations.BREAKDOWNS, captions.groups),
    "groups_withheld": (situations.BREAKDOWNS, captions.groups_withheld),
    "uasc_title": (situations.PERCENTAGES, uasc_chart.uasc_title),
    "uasc_differences": (situations.PERCENTAGES, uasc_chart.uasc_differences),
    "without_uasc": (
        {name: rows[0] for name, rows in situations.PERCENTAGES.items()},
        uasc_chart.without_uasc,
    ),
    "with_marker": (
        {
            name: rows[-1]["latest"]
            for name, rows in situations.ACTIVITY.items()
            if rows[-1]["latest"].num is not None
        },
        activity_charts.with_marker,
    ),
    "fitting": (
        {
            "room": ["1 " * 15, "no"],
            "no room": ["1 " * 16, "so"],
            "none has": ["1 " * 16, "2 " * 16],
        },
        titles.fitting,
    ),
    "uasc_description": (situations.PERCENTAGES, uasc_chart.uasc_description),
    "cautions": (
        situations.CAUTIONS,
        lambda rows: cautioned(rows, "To protect children."),
    ),
    "in_the_areas": (
        situations.CAUTIONS,
        lambda rows: cautions.in_the_areas(cautioned(rows)),
    ),
    "variation_count": (situations.SIGNALS, variation.variation_count),
    "real_changes": (situations.SIGNALS, variation.real_changes),
    "expected_range": (situations.RANGES, variation.expected_range),
    "own_title": (
        {
            **{name: ("Measure", each) for name, each in situations.LIMITED.items()},
            "a long name": (situations.LONG, situations.LIMITED["a concern"]),
        },
        lambda given: process.own_title(*given),
    ),
    "process_title": (situations.PROCESSES, process.process_title),
    "process_subtitle": (
        situations.PROCESSES,
        lambda each: process.process_subtitle(each, each.rows),
    ),
    "process_description": (
        situations.PROCESSES,
        lambda each: process.process_description(each, each.rows),
    ),
    "explained_once": (
        situations.CAUTIONS,
        lambda rows: cautions.explained_once(*[cautioned(rows)] * 2),
    ),
    "unchanged": (
        {"of all": "", "of a selection": " of this selection"},
        lambda of: catalogue.unchanged(MONTH - 3, of),
    ),
    "moved_count": (
        situations.SCORECARDS
        | {
            "some can be compared": [
                situations.row(rating="amber"),
                situations.row(rating="red", direction="worse", now="61.0"),
                situations.row(rating="amber", now="66.8", direction="better"),
                situations.row(rating="amber", **situations.FIRST),
            ],
            "as near": [
                situations.row("18.0", "12.0", "same", "amber", "amber", **situations.NEAR),
                situations.row("66.8", "66.8", "worse", "red"),
                situations.row("68.0", "66.8", "better", "amber"),
            ],
        },
        lambda rows: cover_prose.moved_count(rows, MONTH - 1),
    ),
    "not_compared": (
        situations.OUTTURNS,
        lambda rows: year_prose.not_compared(rows, {"new"}, "2014/15"),
    ),
    "not_rated": (
        {"none": (), "one": ("2014/15",), "several": ("2015/16", "2014/15")},
        lambda years: year_prose.not_rated("out-turn", years),
    ),
    "sums_missing": (
        situations.SUMS,
        lambda rows: year_prose.sums_missing(rows, "2015/16", "2014/15"),
    ),
    "alone": ({"ever": MONTH}, year_prose.alone),
    "attachment": (
        {"title": ("Plan", ""), "all": ("Plan", "Finance, 30 April 2016")},
        lambda given: cover_prose.attachment(*given),
    ),
    "target_met": (
        {
            f"{name} {number}": row
            for name, rows in situations.SCORECARDS.items()
            for number, row in enumerate(prose.changed(rows), 1)
        },
        cover_prose.target_met,
    ),
    "rationale": (
        {"none": "", "a phrase": "the average of 2015/16", "a sentence": "It is law."},
        cover_prose.rationale,
    ),
    "results_to": (
        {"last month": (MONTH, MONTH - 1), "February": (Month(2016, 2), Month(2015, 11))},
        lambda given: cover_prose.results_to(*given),
    ),
    "periods": (
        {
            "one": ([situations.row(data_period="SS")], 4),
            "several": ([situations.row(), situations.row(), situations.row(data_period="YTD")], 4),
            "none": ([], 4),
        },
        lambda given: cover_prose.periods(*given),
    ),
    "bases": ({"always": ()}, lambda given: cover_prose.bases(*given)),
    "out_of_red": (outlook_situations.MARGINS, outlook_prose.out_of_red),
    "near_red": (outlook_situations.NEAR_RED, outlook_prose.near_red),
    "would_be_red": (outlook_situations.MARGINS, outlook_prose.would_be_red),
    "standing_out": (
        {
            name: [each for each in rows if each["evidence"] == "evidence"]
            for name, (rows, _) in outlook_situations.CHANCE.items()
        },
        outlook_prose.standing_out,
    ),
    "to_red": (
        {name: row for name, row in outlook_situations.MARGINS.items() if row["cases_to_red"]},
        outlook_prose.to_red,
    ),
    "others_moved": (outlook_situations.OTHERS_MOVED, outlook_prose.others_moved),
    "months_behind": (outlook_situations.MONTHS, lambda of: outlook_prose.months_behind(*of)),
    "next_month": (outlook_situations.NEXT, lambda of: outlook_prose.next_month(*of)),
    "areas_by_chance": (
        outlook_situations.CHANCE,
        lambda of: outlook_prose.areas_by_chance(*of),
    ),
    "in_no_area": (outlook_situations.IN_NO_AREA, lambda of: outlook_prose.in_no_area(*of)),
    "compared": (outlook_situations.BESIDE_COMPARATORS, lambda of: comparators.compared(*of)),
    "level_lines": (outlook_situations.COMPARATORS, comparators.level_lines),
}
"""Sentence function → the situations it is asked in, and how it is called."""


def said(answer: Any) -> Any:
    """An answer as the table writes it: pairs are lists there."""
    if isinstance(answer, str):
        return answer
    return [list(each) if isinstance(each, tuple) else each for each in answer]


@pytest.mark.parametrize(
    ("name", "situation"),
    [(name, situation) for name, (asked, _) in FUNCTIONS.items() for situation in asked],
)
def test_sentence(name, situation):
    asked, function = FUNCTIONS[name]

    assert said(function(asked[situation])) == TABLE[name][situation]


def test_every_sentence_function_is_in_the_table_with_every_situation():
    public = {
        name
        for module in modules()
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
        and inspect.signature(function).return_annotation in SENTENCES
    }  # fmt: skip

    assert set(FUNCTIONS) == public
    assert {name: set(found) for name, found in TABLE.items()} == {
        name: set(asked) for name, (asked, _) in FUNCTIONS.items()
    }
