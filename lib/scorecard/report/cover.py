"""The cover report: what a committee is asked to do, and every Amber and Red in a paragraph.

Its fixed words are those of `params/cover.yml`. Each paragraph is numbered by the page.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from scorecard.months import day_words
from scorecard.outputs import Fragment, Nothing
from scorecard.params.attachments import attached
from scorecard.params.cover import filled, read_cover
from scorecard.report import catalogue, cover_prose, outlook_prose, page_furniture, prose, scorecard
from scorecard.report.children_in_care import AMBERS
from scorecard.report.commentary import on_indicator
from scorecard.report.outlook import Outlook
from scorecard.report.result_prose import against_target, cases_moved
from scorecard.report.since import read_since
from scorecard.report.tables import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorecard.report.cell import Record
    from scorecard.report.source import Source

THE_COMMITTEE = "The committee"
"""What a text calls a committee without a name."""


class Cover:
    """One committee's cover report on the indicators `codes`, or on all if there are none.

    `committee` is the month's unless given. Each method is a section of the report.
    """

    def __init__(self, source: Source, committee: str, codes: Sequence[str]) -> None:
        self._source, self._codes = source, codes
        self._words = read_cover(source.workbook)
        meeting = source.meeting
        self._committee = committee or meeting.committee or ""
        self._day = meeting.meetings.get(self._committee)
        if not self._day and self._committee == meeting.committee:
            self._day = meeting.meeting_date

    def heading(self, title: str) -> Fragment:
        """From whom, to whom and when, on what, and who may read it."""
        source, day = self._source, self._day
        roles = source.responsible_for("")
        asked = {
            "From": " and ".join(filter(None, [roles.cabinet_member, roles.director])),
            "To": ", ".join(filter(None, [self._committee, day_words(day) if day else ""])),
            "Subject": f"{title}, {source.month.words}",
            "Classification": self._words.classification,
        }
        attention = []
        if not (self._committee and day):
            path = source.workbook.show(source.workbook.params(str(source.month)))
            attention.append(f"No committee or meeting date for the cover report: write {path}.")
        if not asked["From"]:
            path = source.workbook.show(source.workbook.params("roles"))
            attention.append(f"Nobody that the cover report is from: write {path}.")
        html = render(
            "cover_heading.html.jinja",
            title=title,
            unit=source.name,
            month=source.month.words,
            asked=[(term, words) for term, words in asked.items() if words],
            caution=source.wording.caution,
        )
        return page_furniture.opening(source, html, attention)

    def summary(self) -> Fragment:
        """How many indicators are rated and how, and how many ratings and results changed."""
        source, rows = self._source, self._rows
        cautions = source.cautions(rows)
        selection = prose.selection(source.selection(self._codes))
        sentences = [
            selection,
            prose.ratings(rows),
            prose.change_count(rows, source.previous),
            cover_prose.moved_count(rows, source.previous),
        ]
        html = render("cover_cautions.html.jinja", cautions=cautions)
        return Fragment(
            html + _paragraphs(sentences),
            headline=scorecard.headline(source, rows, self._codes, cautions),
            notes=scorecard.selection_notes(selection),
        )

    def recommendation(self) -> Fragment:
        """What the committee is asked to do."""
        return self._fixed_words([self._words.recommendation])

    def introduction(self) -> Fragment:
        """What the report is about, in the council's own words."""
        return self._fixed_words(self._words.introduction)

    def periods(self) -> Fragment:
        """Of which period the results are, and what each data period means."""
        source, begins = self._source, self._source.wording.year_begins
        first = cover_prose.results_to(source.month, source.previous)
        return Fragment(_paragraphs([first], cover_prose.periods(self._rows, begins)))

    def rating_basis(self) -> Fragment:
        """What each rating means, and how targets are set."""
        if not any(prose.tally(self._rows).values()):
            return Fragment(_paragraphs([prose.none_could_be_rated(self._rows)]))
        opening = "Each result is rated against its target and its floor standard."
        given = [self._filled(each) for each in self._words.rating_basis]
        return Fragment(_paragraphs([opening], cover_prose.bases()) + _paragraphs(given))

    def changes(self) -> Fragment:
        """What was added to the scorecard, amended and retired, and why."""
        sentence, table = catalogue.described(self._source, self._codes)
        if not table:
            return Fragment(_paragraphs([sentence]))
        return Fragment(_paragraphs([sentence]) + table.html, tables=[table.data])

    def performance(self) -> Fragment:
        """Each rating that changed, and every Amber and Red, grouped by how it moved.

        A paragraph on each, with both figures, the difference in cases, since when, the area that
        stands out, and the lead officer's commentary.
        """
        source, rows = self._source, self._rows
        changed = source.explained(prose.changed(rows))
        sentences = prose.changes(changed)
        made = [prose.directions(rows, source.previous)]
        made += [
            f"{sentence} {cover_prose.target_met(row)}"
            for row, sentence in zip(changed, sentences, strict=True)
        ]
        due = cover_prose.missed(rows)
        groups = [
            (heading, [row for row in due if read_since(row) == read])
            for read, heading in AMBERS.items()
        ]
        named = iter(source.explained([row for _, found in groups for row in found]))
        outlook = Outlook(source, due)
        parts = [
            (heading, [self._on(next(named), outlook) for _ in found])
            for heading, found in groups
            if found
        ]
        html = render("cover_performance.html.jinja", paragraphs=made, groups=parts)
        return Fragment(html)

    def totals(self) -> Fragment | Nothing:
        """How many indicators of each section are Green, Amber and Red."""
        return scorecard.totals(self._source, self._codes)

    def next_steps(self) -> Fragment | Nothing:
        """What comes next, in the council's own words."""
        if not self._words.next_steps:
            return Nothing("params/cover.yml has no next steps.")
        return self._fixed_words(self._words.next_steps)

    def background(self) -> Fragment | Nothing:
        """The documents behind the report, and those that are attached to the pack."""
        given = [self._filled(text) for text in self._words.background_documents]
        attached_ones = [
            cover_prose.attachment(each.title, each.words)
            for each in attached(self._source.workbook, self._source.month)
        ]
        if not (given or attached_ones):
            return Nothing("params/cover.yml has no background documents.")
        return Fragment(_paragraphs([*given, *attached_ones]))

    def contacts(self) -> Fragment | Nothing:
        """Whom to ask, by role."""
        found = self._words.contacts
        if not found:
            return Nothing("params/cover.yml has no contacts.")
        return Fragment(render("cover_contacts.html.jinja", contacts=found))

    @cached_property
    def _rows(self) -> list[Record]:
        return self._source.rows(self._source.catalogue.rated_of(self._codes))

    def _fixed_words(self, texts: Sequence[str]) -> Fragment:
        """Fixed words as numbered paragraphs."""
        return Fragment(_paragraphs([self._filled(text) for text in texts]))

    def _filled(self, text: str) -> str:
        source = self._source
        words = {
            "committee": self._committee or THE_COMMITTEE,
            "council": source.wording.council,
            "service": source.wording.service,
            "month": source.month.words,
            "previous": source.previous.words,
        }
        return filled(text, words)

    def _on(self, row: Record, outlook: Outlook) -> dict[str, object]:
        """What the paragraph on an indicator has."""
        source = self._source
        areas = outlook.areas(row["code"])
        # What rests on estimates is no reason to name an area to a committee.
        known = not any(each["marker"] for each in areas)
        apart = known and any(each["evidence"] in ("some", "evidence") for each in areas)
        sentences = [
            against_target(row),
            cases_moved(row),
            outlook_prose.in_no_area(row, areas, len(source.areas)) if apart else "",
            outlook_prose.areas_by_chance(areas, len(source.areas)) if apart else "",
            cover_prose.rationale(source.catalogue.rationales.get(row["code"], "")),
        ]
        return {
            "row": row,
            "words": " ".join(filter(None, sentences)),
            "by": source.responsible(row).lead_officer,
            "commentary": on_indicator(source, row),
        }


def _paragraphs(texts: Sequence[str], points: Sequence[str] = ()) -> str:
    """Numbered paragraphs; the last one may have `points` below it."""
    found = [text for text in texts if text]
    return render("cover_paragraphs.html.jinja", texts=found, points=points) if found else ""
