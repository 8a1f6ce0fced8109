"""The effect of unaccompanied asylum-seeking children (UASC) on results and ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.outputs import Fragment, Headline, Stack
from scorecard.report import columns, figures, prose
from scorecard.report.tables import Table, render, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.report.source import Source
    from scorecard.report.tables import Record


def summary(source: Source, codes: Sequence[str]) -> Fragment:
    """How the unit's results and ratings differ when UASC are left out."""
    rows = source.impacts([source.unit["unit"]], codes)
    sentences = [prose.uasc_summary(rows), prose.uasc_change_count(rows)]
    html = render("uasc_summary.html.jinja", sentences=sentences, changed=prose.uasc_changed(rows))
    return Fragment(html, headline=Headline(" ".join(sentences)))


def chart(source: Source, codes: Sequence[str]) -> Stack:
    """Both results of each percentage, so that the effect can be seen."""
    rows = [
        row
        for row in source.impacts([source.unit["unit"]], codes)
        if row["format"] == "percent" and row["variance"] is not None
    ]
    return Stack([figures.uasc_effect(rows, source.name, source.month)] if rows else [])


def tables(source: Source, children_in_care: Sequence[str], others: Sequence[str]) -> Stack:
    """Including, excluding and variance: the unit, each of its areas, then other indicators."""
    unit = source.unit["unit"]
    parts = [
        _table(source, f"uasc-{each}", f"Children in care, {source.unit_name(each)}", rows)
        for each in [unit, *source.areas]
        if (rows := source.impacts([each], children_in_care))
    ]
    rows = source.impacts([unit], others)
    if rows:
        parts.append(_table(source, "uasc-other", f"Other indicators, {source.name}", rows))
    return Stack(parts)


def changes(source: Source, codes: Sequence[str]) -> Fragment:
    """Every area's rating that is another one when UASC are left out."""
    rows = source.impacts(source.areas, codes)
    said = prose.uasc_change_count(rows)
    changed = prose.uasc_changed(rows)
    if not changed:
        return Fragment(render("paragraph.html.jinja", text=said))
    table = Table(
        "uasc-changed-ratings",
        f"Ratings that differ in the areas, {source.month.words}",
        columns.uasc_changed(),
        [("", changed)],
    )
    return shown(table, before=said)


def _table(source: Source, name: str, caption: str, rows: Sequence[Record]) -> Fragment:
    numbered, notes = columns.with_notes(rows, ("including_", "excluding_"))
    table = Table(
        name,
        f"{caption}, {source.month.words}: including and excluding UASC",
        columns.uasc_impact(),
        [("", numbered)],
        notes=notes,
        wide=True,
        keys=columns.UNIT_KEYS,
    )
    return shown(table)
