"""What opens and closes every page: the title block, the key, and where the figures come from."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from scorecard import display
from scorecard.months import day_words
from scorecard.outputs import Fragment, Note
from scorecard.params.month import Meeting
from scorecard.report import columns_of_variation, comparators, in_files, prose, revisions
from scorecard.report.notes import provenance_notes
from scorecard.report.tables import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.report.source import Source


def heading(source: Source, title: str, *, meeting: bool) -> Fragment:
    """The unit, the title, the reporting month and, with `meeting`, the committee it goes to."""
    given = source.meeting if meeting else Meeting()
    day = given.meeting_date
    html = render(
        "heading.html.jinja",
        title=title,
        unit=source.name,
        slug=source.unit["unit"],
        month=source.month.words,
        wording=source.wording,
        committee=given.committee,
        meeting_date=day_words(day) if day else None,
        history=prose.history(source.unit, source.records.page_opens(source.month))
        if source.unit["first_month"]
        else "",
        age=prose.results_age(source.month, day),
    )
    attention = []
    if meeting and not (given.committee and day):
        path = source.workbook.show(source.workbook.params(str(source.month)))
        attention.append(f"No committee or meeting date for {source.month.words}: write {path}.")
    return opening(source, html, attention)


def opening(source: Source, html: str, attention: Sequence[str]) -> Fragment:
    """The first fragment of a page, which brings the style sheet and the council's caution."""
    caution = source.wording.caution
    notes = [Note("Caution", caution)] if caution else []
    return Fragment(html, style=style(), attention=attention, notes=notes)


def key(source: Source) -> Fragment:
    """The meaning of colours, shapes, letters and arrows, and the glossary.

    What only some pages have is in it after that was given out: activity, figures with a marker.
    """
    statuses = [
        term
        for code, term in display.STATUSES.items()
        if code != "available" and (code not in display.STATED or code in source.footnotes.statuses)
    ]
    if source.withholding:
        known = source.withholding.profile
        statuses.append(display.Term(known.sign, known.words, f"{known.words}: {known.meaning}"))
    if source.footnotes.activity:
        statuses.append(display.NOT_SUPPLIED)
    if source.footnotes.sums:
        statuses.append(display.SUM._replace(sign=f"[{source.wording.added_up_marker}]"))
    if source.footnotes.finished:
        statuses.append(display.FINISHED)
    if source.footnotes.has_markers:
        statuses.append(display.HOLLOW)
    signals = [source.signals.by_code[code] for code in source.footnotes.signals]
    html = render(
        "key.html.jinja",
        directions=[code for code in display.DIRECTIONS if code != display.AS_NEAR],
        variations=display.VARIATIONS if signals else (),
        expected_range=display.EXPECTED_RANGE,
        hollow_variation=" ".join(display.HOLLOW_VARIATIONS)
        if any(each["marker"] for each in signals)
        else "",
        unjudged=any(each["status"] in display.NOT_JUDGED for each in signals),
        polarities=display.POLARITIES.values(),
        periods=[
            display.data_period(code, source.wording.year_begins) for code in display.DATA_PERIODS
        ],
        statuses=statuses,
        glossary=source.wording.glossary,
    )
    return Fragment(html)


def footnotes(source: Source) -> Fragment:
    """The notes owed for all figures given out so far.

    They say what was revised, where figures come from and why some are not shown.
    """
    notes = provenance_notes(source.footnotes.provenances, source.footnotes.known)
    revised = revisions.table(source)
    if source.withholding and source.withholding.used:
        known = source.withholding.profile
        notes.insert(0, Note(known.sign, known.shown_footnote))
        if source.withholding.used_finished:
            notes.insert(1, Note(known.sign, WITHHELD_FINISHED.format(words=known.words)))
    if source.footnotes.finished:
        notes.append(Note(in_files.FINISHED, SUPPLIED_FINISHED))
    if source.footnotes.sums:
        notes.append(Note(in_files.ADDED_UP, SUMS.format(marker=source.wording.added_up_marker)))
    if source.areas and not source.has_comparators:
        notes.append(Note("Comparators", comparators.NONE_LOADED))
    targets = [
        Note(f"{'Indicator' if len(codes) == 1 else 'Indicators'} {', '.join(codes)}", note)
        for note, codes in source.footnotes.target_notes.items()
    ]
    html = render(
        "footnotes.html.jinja",
        notes=notes,
        targets=targets,
        revised=revised,
        marker=source.wording.revised_marker,
    )
    tables = [revised.data] if revised else []
    months = columns_of_variation.limit_months(
        source.signals.limit_months(), source.name, source.month.words
    )
    revised_notes = [Note(in_files.REVISED, REVISED.format(table=each.name)) for each in tables]
    tables = [*tables, *([months] if months.rows else [])]
    return Fragment(html, tables=tables, notes=[*revised_notes, *notes, *targets])


SUMS = (
    "A figure marked [{marker}] was added up here from those of the units below: numerators and "
    "denominators, of each month. It was not supplied itself."
)
"""What page and file say of figures that are sums."""
SUPPLIED_FINISHED = (
    "Some results were supplied without numerator and denominator. They are shown with the "
    "decimals that they were supplied with, and with a dash in place of both. They are not added "
    "up, and no number of cases can be given."
)
"""What page and file say of finished results."""
WITHHELD_FINISHED = (
    "A result that was supplied without numerator and denominator is {words} too: whether it rests "
    "on small numbers is not known."
)
"""The same where they are withheld."""
REVISED = (
    "These figures differ from those first published, because results behind them were corrected "
    "or came late. The table {table} says what each was, what it is now and why it changed."
)
"""What a file says of its revised figures."""


@cache
def style() -> str:
    """The style sheet that makes fragments look in JupyterLab as they do on a page."""
    folder = files("scorecard") / "templates"
    names = ("page/tokens.css", "tables.css")
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in names)
