"""The scorecard: every rated indicator of a unit, its summary, and what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.outputs import Fragment, Headline
from scorecard.report import columns, prose
from scorecard.report.tables import Table, grouped, render, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.report.source import Source
    from scorecard.report.tables import Record

TRAVEL = "Direction of travel"


def summary(source: Source, codes: Sequence[str] | None) -> Fragment:
    """How we are doing, what changed and what needs attention, in sentences and a bar."""
    rows = source.rows(codes)
    reds = [row for row in rows if row["rating"] == "red"]
    html = render(
        "summary.html.jinja",
        tally=prose.tally(rows),
        estimates=prose.estimates(rows, source.known_provenances),
        sentences=[
            prose.ratings(rows),
            prose.directions(rows, source.month),
            prose.change_count(rows, source.month),
        ],
        reds=[(row, prose.against_target(row)) for row in reds],
    )
    headline = Headline(prose.ratings(rows), prose.tally(rows), prose.changes(rows))
    return Fragment(html, headline=headline)


def table(source: Source, beside: str | None) -> Fragment:
    """Every rated indicator in its section; `beside` adds the results of another unit."""
    rows = source.rows()
    this = source.month.words
    cols = [
        columns.code(),
        columns.name(),
        columns.polarity(),
        columns.data_period(),
        columns.result(this),
        columns.numerator(this),
        columns.denominator(this),
        columns.target(this),
    ]
    if beside:
        rows = with_other(rows, source.rows(unit=beside))
        cols.append(columns.other_result(source.unit_name(beside)))
    cols += [
        columns.trend_line(source.trends([row["code"] for row in rows]), TRAVEL),
        columns.earlier("month", "One month ago", TRAVEL),
        columns.earlier("year", "One year ago", TRAVEL),
        columns.short_term(TRAVEL),
    ]
    rows, notes = columns.with_notes(rows, ("", "r3m_"))
    return shown(
        Table(
            "scorecard",
            f"Scorecard, {source.name}, {this}",
            cols,
            grouped(rows, "section"),
            notes=notes,
            wide=True,
            keys=[*columns.UNIT_KEYS, columns.key("section", "Section of the scorecard")],
        )
    )


def totals(source: Source) -> Fragment:
    """How many indicators of each section are rated Green, Amber and Red."""
    rows = source.rows()
    sections = [
        {"section": section, **prose.tally(inside)} for section, inside in grouped(rows, "section")
    ]
    whole = {"section": "All sections", **prose.tally(rows)}
    caption = f"Ratings by section, {source.name}, {source.month.words}"
    return shown(Table("rating-totals", caption, columns.totals(), [("", [*sections, whole])]))


def changes(source: Source, codes: Sequence[str] | None) -> Fragment:
    """The indicators whose rating is another one than last month."""
    rows = source.rows(codes)
    said = prose.change_count(rows, source.month)
    changed = prose.changed(rows)
    if not changed:
        return Fragment(render("paragraph.html.jinja", text=said))
    before = (source.month - 1).words
    table = Table(
        "changed-ratings",
        f"Ratings that changed since {before}",
        columns.changed(before, source.month.words),
        [("", changed)],
    )
    return shown(table, before=said)


def reds(source: Source, beside: str | None) -> Fragment:
    """The Red indicators, how far from their targets; `beside` adds another unit's results."""
    rows = [row for row in source.rows() if row["rating"] == "red"]
    if not rows:
        return Fragment(render("paragraph.html.jinja", text=NO_REDS))
    if beside:
        rows = with_other(rows, source.rows(unit=beside))
    table = Table(
        "reds",
        f"Indicators rated Red, {source.name}, {source.month.words}",
        columns.reds(
            source.unit_name(beside) if beside else None,
            source.trends([row["code"] for row in rows]),
        ),
        [("", rows)],
    )
    return shown(table)


NO_REDS = "No indicator is rated Red this month."


def with_other(rows: Sequence[Record], others: Sequence[Record]) -> list[Record]:
    """`rows` with the result of the same indicator in another unit under `other_…`."""
    theirs = {row["code"]: row for row in others}
    keys = ("shown", "status", "rating", "near_threshold", "telling", "places", "marker")
    return [{**row, **{f"other_{key}": theirs[row["code"]][key] for key in keys}} for row in rows]
