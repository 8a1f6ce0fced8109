"""The markers of figures, such as `[e]`, and the footnotes that a page needs for them."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from scorecard.report.withholding import CALCULATED_FROM, figures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorecard.figure import Figure
    from scorecard.params.wording import Wording
    from scorecard.report.cell import Record
    from scorecard.store.answer_types import Records


class Footnotes:
    """Marks the records that a page uses, and remembers what their footnotes have to explain."""

    provenances: set[str]
    revised: set[tuple[str, str, str, str]]
    """The unit, code, cohort and data period (empty for the indicator's own) of revised figures."""
    statuses: set[str]
    signals: dict[str, None]
    """The codes of the signals that are shown."""
    target_notes: dict[str, dict[str, None]]
    """The note of a target → the codes of the indicators that have it."""
    activity: bool
    sums: bool
    finished: bool
    """Whether there was activity, a figure that was added up, a finished result."""

    def __init__(self, records: Records, wording: Wording) -> None:
        self._records, self._wording = records, wording
        self.provenances, self.revised, self.statuses = set(), set(), set()
        self.signals, self.target_notes = {}, {}
        self.activity = self.sums = self.finished = False

    @cached_property
    def known(self) -> dict[str, Record]:
        """What is known of each provenance, by its name."""
        return {row["provenance"]: row for row in self._records.provenances()}

    @cached_property
    def doubtful(self) -> set[str]:
        """The provenances that owe a reader a footnote: estimates, reconstructions."""
        return {name for name, known in self.known.items() if known["footnote"]}

    @property
    def has_markers(self) -> bool:
        """Whether a figure given out so far carries a marker."""
        names = self.provenances & self.known.keys()
        return bool(self.revised) or any(self.known[each]["marker"] for each in names)

    def marked(self, row: Record) -> Record:
        """A record with the markers of its figures, whatever column they are in.

        `marker` is that of what compares two of them, and `signs` says also whether one is a sum.
        """
        if row.get("target_note"):
            self.target_notes.setdefault(row["target_note"], {})[row["code"]] = None
        given = figures(row)
        made: dict[str, Any] = {name: self.with_markers(each) for name, each in given.items()}
        both = [
            given[place]
            for field, places in CALCULATED_FROM.items()
            if field in row and len(places) > 1
            for place in places
            if place in given
        ]
        if both:
            names = sorted({name for each in both for name in each.provenance})
            made["marker"] = self.marker(names, any(each.revised for each in both))
            sums = [self._wording.added_up_marker] * any(each.added_up for each in both)
            made["signs"] = ", ".join(filter(None, [made["marker"], *sums]))
        return {**row, **made}

    def with_markers(self, figure: Figure) -> Figure:
        """A figure with the markers of its result and of its counts, and that of its revision."""
        self.provenances.update(figure.provenance)
        self.statuses.add(figure.status)
        if figure.added_up:
            self.sums = True
            figure = replace(figure, sum_marker=self._wording.added_up_marker)
        if figure.revised:
            self.revised.add((figure.unit, figure.code, figure.cohort, figure.period))
        marker = self.marker(figure.provenance, figure.revised)
        counts = self.marker(figure.provenance, figure.revised, "count_marker")
        if not marker and not counts:
            return figure
        alone = self.marker((), figure.revised)
        return replace(figure, marker=marker, count_marker=counts, revised_marker=alone)

    def marker_of(self, provenances: Iterable[str]) -> str:
        """The markers of figures of `provenances`, which owe the page a footnote then."""
        names = sorted({each for each in provenances if each})
        self.provenances.update(names)
        return self.marker(names)

    def marker(
        self, provenances: Iterable[str], revised: bool = False, kind: str = "marker"
    ) -> str:
        """The markers of `provenances`, and that of a revised figure: `e, r`."""
        known = (self.known.get(each) for each in provenances)
        marks = [each[kind] for each in known if each and each[kind]]
        return ", ".join(dict.fromkeys([*marks, *[self._wording.revised_marker] * revised]))
