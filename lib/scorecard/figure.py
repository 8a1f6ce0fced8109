"""One figure as one value: the STRUCT of `figure_of` in the macros.

It knows how it is written, what marks it, and whether it, or a part of it, is withheld.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from scorecard import display
from scorecard.data_table import Sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from scorecard.data_table import Value

WHOLE = "all"
"""The cohort of everybody; every other one is smaller."""

NOT_SHOWN = "not-shown"
"""The status of a figure that is withheld."""

RESULT = frozenset({
    "result", "shown", "precise", "places", "near_threshold", "rating", "direction",
})  # fmt: skip
"""The parts that rest on both counts: with either of them withheld, these are withheld too."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """How a reader learns that something is withheld: in a cell, in a sentence, and in the key."""

    sign: Sign
    words: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A result over its data period: its counts, what it is rated against, and where it comes from.

    The fields are those of `figure_of` in `sql/macros/periods.sql`, and what a page adds: the
    markers of the result and of its counts (`e, r`), those of a revision and of a sum alone, which
    parts are withheld, and how that is written.
    """

    unit: str
    code: str
    cohort: str
    month: date | None
    period: str
    format: str
    status: str
    num: Decimal | None
    denom: Decimal | None
    finished: bool
    num_places: int
    denom_places: int
    result: Decimal | None
    shown: Decimal | None
    shown_places: int | None
    precise: Decimal | None
    places: int | None
    near_threshold: bool | None
    rating: str | None
    direction: str | None
    target: Decimal | None = None
    floor_standard: Decimal | None = None
    green_within: Decimal | None = None
    amber_within: Decimal | None = None
    provenance: tuple[str, ...]
    added_up: bool
    revised: bool
    marker: str = ""
    count_marker: str = ""
    revised_marker: str = ""
    sum_marker: str = ""
    withheld_parts: frozenset[str] = frozenset()
    how: Withheld | None = None

    @classmethod
    def of(cls, struct: Mapping[str, Any]) -> Self:
        """The figure that the store gives as a STRUCT."""
        return cls(**{**struct, "provenance": tuple(struct["provenance"] or ())})

    def withheld(self, part: str = "shown") -> Withheld | None:
        """How to write that a part is withheld; None when it isn't."""
        return self.how if part in self.withheld_parts else None

    def without(self, parts: Iterable[str], how: Withheld) -> Self:
        """The figure without some `parts`, and without its result if a count is among them."""
        gone = frozenset(parts)
        counts = gone & {"num", "denom"}
        gone |= RESULT if counts else frozenset()
        nothing: dict[str, Any] = dict.fromkeys(gone)
        status = NOT_SHOWN if counts else self.status
        return replace(
            self, **nothing, status=status, withheld_parts=self.withheld_parts | gone, how=how
        )

    def for_file(self, part: str, places: int | None = None) -> Value:
        """The value of a part for a file: as on the page, or the sign that it is withheld.

        `places` overrides the decimals of the page.
        """
        how = self.withheld(part)
        value: Value = how.sign if how else getattr(self, part)
        if value is None and part in self._counted and self.status in display.STATED:
            term = display.STATED[self.status]
            return Sign(term.sign, term.meaning)
        if not isinstance(value, Decimal):
            return value
        if part in ("target", "floor_standard"):
            return display.threshold_set(value, self.format)
        usual = {
            "num": self.num_places,
            "denom": self.denom_places,
            "shown": self.shown_places,
            "precise": self.places,
        }
        return display.fixed(value, (usual[part] if places is None else places) or 0)

    @property
    def _counted(self) -> tuple[str, ...]:
        """The parts that say in a file why there is no figure."""
        return ("num", "precise") if self.format == "count" else ("num", "denom", "precise")

    @property
    def rounded(self) -> str:
        """The result as a page writes it, rounded as usual: `13.0%`; nothing without one.

        A finished one has the decimals that it was supplied with: `4.25%`.
        """
        return display.result(self.shown, self.format, self.shown_places)

    @property
    def in_full(self) -> str:
        """The result with as many decimals as it takes to see its rating: `12.98%`.

        Every view that shows a rating beside a result writes the result so; `columns.result`, which
        rounds it to the usual decimals, explains it in a note.
        """
        return display.result(self.precise, self.format, self.places)

    @property
    def in_words(self) -> str:
        """The result in full as a sentence has it, with commas between thousands."""
        return display.grouped(self.in_full)

    @property
    def rated(self) -> str:
        """The rating in words: `Amber`; nothing without one."""
        return display.RATINGS[self.rating].word if self.rating else ""

    def count(self, part: str = "num") -> str:
        """The `num` or `denom` with its usual decimals: `404.3`; nothing without one."""
        return display.figure(getattr(self, part), getattr(self, f"{part}_places"))

    def counted(self, part: str = "num") -> str:
        """The same as a sentence has it: `1,891`."""
        return display.grouped(self.count(part))

    @property
    def band(self) -> tuple[Decimal | None, Decimal | None]:
        """For a T indicator: results below the first number or above the second are Red.

        None where no result can be: none is below 0, and no percentage above 100.
        """
        if self.target is None or self.amber_within is None:
            return None, None
        low, high = self.target - self.amber_within, self.target + self.amber_within
        most = display.is_part(self.format) and high >= 100
        return low if low > 0 else None, None if most else high

    @property
    def is_doubtful(self) -> bool:
        """Whether it has a marker besides that of a revision: it rests on estimates."""
        return self.marker != self.revised_marker

    @property
    def signs(self) -> str:
        """All markers of the result, as a cell has them: `e, s`. A sum is not a doubtful figure."""
        return self._with_sum(self.marker)

    @property
    def count_signs(self) -> str:
        """Likewise of the numerator and denominator, which are sums where the result is."""
        return self._with_sum(self.count_marker)

    def _with_sum(self, marker: str) -> str:
        return ", ".join(filter(None, (marker, self.sum_marker)))

    @property
    def mark(self) -> str:
        """What follows the figure in a sentence: ` [e]`, or nothing."""
        return display.mark(self.marker)

    @property
    def marked(self) -> str:
        """The result in full with its marker, as a sentence has it: `12.98% [e]`."""
        return self.in_words + self.mark
