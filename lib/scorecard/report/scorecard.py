"""The scorecard: every rated indicator of a unit, its summary, and what changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorecard import display
from scorecard.display import RATED
from scorecard.outputs import Fragment, Headline, Note, Nothing
from scorecard.report import (
    columns,
    columns_of_cases,
    columns_of_variation,
    columns_over_time,
    in_files,
    prose,
    variation,
)
from scorecard.report.cards import cards
from scorecard.report.cell import Cell
from scorecard.report.tables import Col, Table, grouped, render, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from scorecard.report.cell import Record
    from scorecard.report.source import Source


NO_INDICATORS = Nothing("No indicators with a polarity, only activity measures.")


def summary(source: Source, chosen: Sequence[str], *, areas: bool, ambers: bool) -> Fragment:
    """How we are doing, what changed and what needs attention, in sentences and a bar.

    With `areas` it warns of their results too; with `ambers` it leaves out those near Red. It says
    how many are `chosen`, where that is not all.
    """
    codes = source.catalogue.rated_of(chosen)
    rows = source.rows(codes)
    beside = source.scorecards(source.areas, codes) if areas else []
    cautions = source.cautions(rows, beside)
    found = source.signals.by_code
    signals = [found[row["code"]] for row in rows]
    real, leads = variation.variation_count(signals), bool(variation.judged(signals))
    selection = prose.selection(source.selection(chosen))
    html = render(
        "summary.html.jinja",
        selection=selection,
        tally=prose.tally(rows),
        lead=real if leads else "",
        real_changes=variation.real_changes(signals),
        cautions=cautions,
        sentences=[
            prose.ratings(rows),
            prose.directions(rows, source.previous),
            *([real] if real and not leads else []),
            prose.change_count(rows, source.previous),
        ],
        changed=[
            (row, prose.because_of_target(row)) for row in source.explained(prose.changed(rows))
        ],
        cards=cards(source, codes, ambers=not ambers),
    )
    return Fragment(
        html,
        headline=headline(source, rows, chosen, cautions),
        notes=selection_notes(selection),
    )


def headline(
    source: Source,
    rows: Sequence[Record],
    chosen: Sequence[str],
    cautions: Sequence[tuple[str, str]],
) -> Headline:
    """What the index page says of a page with the records `rows` of the `chosen` indicators."""
    selection = prose.selection(source.selection(chosen))
    return Headline(
        " ".join(filter(None, [selection, prose.ratings(rows)])),
        prose.tally(rows),
        prose.changes(rows),
        [f"{count} {footnote}".strip() for count, footnote in cautions],
        prose.change_count(rows, source.previous),
        [(row["code"], row["name"]) for row in rows if row["latest"].rating == "red"],
    )


def selection_notes(selection: str) -> list[Note]:
    """What every file says of a page that has some indicators only."""
    return [Note("Indicators", selection)] if selection else []


def table(source: Source, codes: Sequence[str], beside: str | None) -> Fragment | Nothing:
    """Each rated indicator in its section; `beside` adds the results of another unit."""
    rows = source.rows(source.catalogue.rated_of(codes))
    if not rows:
        return NO_INDICATORS
    cols = [
        columns.code(),
        columns.name(),
        columns.polarity(),
        columns.data_period(),
        columns.result(),
        columns.numerator(),
        columns.denominator(),
        columns.target(),
    ]
    if beside:
        rows = with_other(source, rows, beside)
        cols.append(columns.other_result(source.unit_name(beside)))
    cols += [
        columns_over_time.trend_line(
            source.trends([row["code"] for row in rows]), columns_over_time.lasting()
        ),
        columns_of_variation.column(source.signals.shown([row["code"] for row in rows])),
        columns_over_time.earlier("month_ago", "One month ago"),
        columns_over_time.earlier("year_ago", "One year ago"),
        columns_over_time.short_term(),
    ]
    made = shown(
        Table(
            "scorecard",
            f"Scorecard, {source.name}",
            cols,
            grouped(rows, "section"),
            wide=True,
            linked=True,
            keys=[
                *in_files.UNIT_KEYS,
                in_files.SECTION,
            ],
            when=source.month.words,
        )
    )
    explained = any(row["name_first_uses"] for row in rows)
    link = render("glossary_link.html.jinja") if explained else ""
    return replace(made, html=link + made.html)


def totals(source: Source, codes: Sequence[str]) -> Fragment | Nothing:
    """How many indicators of each section are rated Green, Amber and Red, and how many are not.

    Each row adds up to the indicators of its section: where small numbers are withheld, a column
    counts the results that are, whose ratings the scorecard does not show either.
    """
    rows = source.rows(source.catalogue.rated_of(codes))
    if not any(prose.tally(rows).values()):
        return Nothing(prose.ratings(rows))
    groups = [*grouped(rows, "section"), ("All sections", rows)]
    gone = source.withholding.profile.words if source.withholding else ""
    records = [
        {
            "section": section,
            **prose.tally(inside),
            "not_rated": prose.unrated(inside),
            "withheld_ratings": prose.hidden(inside),
        }
        for section, inside in groups
    ]
    return shown(
        Table(
            "rating-totals",
            f"Ratings by section, {source.name}",
            _totals_columns(gone),
            [("", records)],
            sheet="Ratings by section",
            when=source.month.words,
        )
    )


def changes(source: Source, codes: Sequence[str]) -> Fragment:
    """The indicators whose rating is another one than in the previous report."""
    rows = source.rows(source.catalogue.rated_of(codes))
    changed = prose.changed(rows)
    if not changed:
        none = prose.change_count(rows, source.previous, source.of_selection(codes))
        return Fragment(render("paragraph.html.jinja", text=none))
    before = source.previous.words
    table = Table(
        "changed-ratings",
        f"Ratings that changed since {before}",
        _changed_columns(before, source.month.words, changed),
        [("", changed)],
    )
    return shown(table)


def reds(source: Source, chosen: Sequence[str], beside: str | None) -> Fragment:
    """The Red indicators, how far from their targets; `beside` adds another unit's results."""
    codes = source.catalogue.rated_of(chosen)
    rows = source.rated("red", codes)
    if not rows:
        none = prose.none_rated(source.rows(codes), "red", source.of_selection(chosen))
        return Fragment(render("paragraph.html.jinja", text=none))
    if beside:
        rows = with_other(source, rows, beside)
    table = Table(
        "reds",
        f"Indicators rated Red, {source.name}",
        _red_columns(
            source.unit_name(beside) if beside else None,
            source.trends([row["code"] for row in rows]),
        ),
        [("", rows)],
        sheet="Rated Red",
        when=source.month.words,
    )
    return shown(table)


def with_other(source: Source, rows: Sequence[Record], unit: str) -> list[Record]:
    """`rows` with the result of the same indicator in another unit as `other`."""
    codes = [row["code"] for row in rows]
    theirs = {row["code"]: row["latest"] for row in source.rows(codes, unit)}
    return [{**row, "other": theirs[row["code"]]} for row in rows]


def _totals_columns(gone: str) -> list[Col]:
    """A section and how many of its indicators carry each rating, or none.

    `gone` is how to say that a result is withheld; empty where small numbers are shown.
    """
    counts = [
        _count(rating, term.word, f"Indicators rated {term.word}")
        for rating, term in display.RATINGS.items()
        if rating in RATED
    ]
    counts.append(_count("not_rated", "Not rated", "Indicators without a result or a target"))
    if gone:
        meaning = f"Indicators whose result, and so their rating, is {gone}"
        counts.append(_count("withheld_ratings", f"{gone[:1].upper()}{gone[1:]}", meaning))
    section = Col(
        "section",
        "Section",
        lambda row: Cell(row["section"]),
        numeric=False,
        header=True,
        data=[in_files.SECTION],
    )
    return [section, *counts]


def _count(field: str, heading: str, meaning: str) -> Col:
    data = [in_files.key(field, meaning, unit="indicators")]
    return Col(field, heading, lambda row: Cell(str(row[field])), data=data)


def _changed_columns(before: str, now: str, rows: Sequence[Record]) -> list[Col]:
    """An indicator whose rating changed: both months' results and ratings, and what decided them.

    The earlier target is a column where any of `rows` had another one.
    """
    another = any(row["previous"].target != row["latest"].target for row in rows)
    return [
        columns.code(),
        columns.name(),
        columns.result_in_full("previous", before, "previous"),
        *([columns.target(before, place="previous", field="previous_target")] if another else []),
        columns.result_in_full("result", now, "latest"),
        columns.target(now if another else ""),
    ]


def _red_columns(other: str | None, trends: Mapping[Any, Sequence[Record]]) -> list[Col]:
    """A Red indicator: result, target, how far off, before, and elsewhere."""
    return [
        columns.code(),
        columns.name(),
        columns.result(),
        columns.target(),
        columns_of_cases.cases_to_target(),
        columns_of_cases.cases_to_floor(),
        columns_over_time.earlier("month_ago", "One month ago"),
        *([columns.other_result(other)] if other else []),
        columns_over_time.trend_line(trends, data=columns_over_time.lasting()),
    ]
