"""Which quantities are withheld: the small ones, and the few that would give them away."""

from __future__ import annotations

from collections import defaultdict
from math import log2
from typing import TYPE_CHECKING

from scorecard.disclosure.alternatives import EXACT, Alternatives, change
from scorecard.disclosure.relations import Knowledge
from scorecard.errors import DisclosureError
from scorecard.figure import WHOLE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from scorecard.disclosure.relations import LinearForm

Need = tuple["LinearForm", float]
"""A small form and by how much it must be able to change."""
WITHHELD = 1e-3
"""The price of changing what is withheld already: almost 0."""
ZERO = 1e6
"""The price of withholding a zero: so high that it is the last choice."""
LEVEL = 12
"""How many times the price of a unit is that of one a level below it."""


def withheld(known: Knowledge, threshold: int, depths: Mapping[str, int]) -> set[int]:
    """The quantities to withhold. `depths` says how far each unit is below the top.

    Each small form gets two alternatives: one in which it is 1 and one in which it is the
    threshold, or as near to these as what is known allows. Every quantity that they change is
    withheld. A later choice never removes an earlier alternative, because withholding more only
    makes more possible.
    """
    hidden = {form[0][0] for form in known.small if len(form) == 1}
    for numbers, inside in _components(known):
        _Component(inside, numbers, _Prices(known, numbers, depths, hidden)).protect(threshold)
    return hidden


class _Component:
    """Quantities, given by their `numbers`, that what is `known` of them connects."""

    def __init__(self, known: Knowledge, numbers: Sequence[int], prices: _Prices) -> None:
        self._known, self._numbers, self._prices = known, numbers, prices
        self._unprotected = dict.fromkeys(known.small)
        """The small forms that no alternative changes yet."""

    def protect(self, threshold: int) -> None:
        """Withhold what is needed; first against a reader who guesses well."""
        needs = [
            (form, need)
            for form in self._known.small
            for need in (
                max(threshold, 2) - self._known.value(form),
                min(1 - self._known.value(form), 0),
            )
            if abs(need) > EXACT
        ]
        needs = self._sought(needs, guesses=True)
        needs = self._sought(needs)
        # A form that is as large as the threshold and can't be smaller must be able to be larger.
        for zeros in (False, True):
            for need in (1, -1):
                if self._unprotected:
                    self._sought([(form, need) for form in self._unprotected], zeros=zeros)
        for form in self._unprotected:
            name = self._known.names[form[0][0]][0]
            raise DisclosureError(
                f"the small number behind `{name.code}` of `{name.unit}` can't be withheld: what "
                "is known of its total and the other parts leaves it no other value. Correct the "
                "results, or raise the threshold in params/disclosure.yml."
            )

    def _sought(
        self, needs: Sequence[Need], *, guesses: bool = False, zeros: bool = False
    ) -> list[Need]:
        """Withhold what gives each need an alternative, or the nearest one; the unmet needs."""
        if not needs:
            return []
        alternatives = Alternatives(self._known, self._numbers, guesses=guesses, zeros=zeros)
        unmet: list[Need] = []
        needs = list(needs)
        while needs:
            form, need = needs.pop(0)
            alternative = alternatives.find(form, need, self._prices.now())
            if alternative is None:
                unmet.append((form, need))
                nearest = alternatives.reach(form, need)
                near = abs(nearest) > EXACT
                alternative = alternatives.find(form, nearest, self._prices.now()) if near else None
            if alternative:
                self._prices.hidden.update(alternative)
                needs = [each for each in needs if not _gives(alternative, *each)]
                unmet = [each for each in unmet if not _gives(alternative, *each)]
                self._unprotected = {
                    f: None for f in self._unprotected if abs(change(f, alternative)) <= EXACT
                }
        return unmet


def _gives(alternative: Mapping[int, float], form: LinearForm, need: float) -> bool:
    """Whether an alternative changes a form by what it needs."""
    done = change(form, alternative)
    return done >= need - EXACT if need > 0 else done <= need + EXACT


class _Prices:
    """The price of withholding each of some quantities, given what is `hidden` so far."""

    def __init__(
        self,
        known: Knowledge,
        numbers: Sequence[int],
        depths: Mapping[str, int],
        hidden: set[int],
    ) -> None:
        self._known, self._numbers, self.hidden = known, numbers, hidden
        deepest = max(depths.values())
        self._levels = {unit: float(LEVEL ** (deepest - depth)) for unit, depth in depths.items()}

    def now(self) -> list[float]:
        """The prices: highest for the top unit, and half if the result is withheld already."""
        partly_hidden = {
            name[:5]
            for number in self._numbers
            if number in self.hidden
            for name in self._known.names[number]
        }
        return [self._price(number, partly_hidden) for number in self._numbers]

    def _price(self, number: int, partly_hidden: Collection[tuple[object, ...]]) -> float:
        if number in self.hidden:
            return WITHHELD
        value = self._known.values[number]
        if not value:
            return ZERO
        return log2(1 + value) * sum(
            self._levels[name.unit]
            * (1.5 if name.part == "denom" else 1.0)
            * (1.0 if name.cohort == WHOLE else 0.7)
            * (0.5 if name[:5] in partly_hidden else 1.0)
            for name in self._known.names[number]
        )


def _components(known: Knowledge) -> Iterator[tuple[list[int], Knowledge]]:
    """The connected components that have a small form: their quantities, and what is known."""
    leader = list(range(len(known.values)))

    def root(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    for form in (*known.fixed, *known.guessed, *known.floors, *known.small):
        for number, _ in form[1:]:
            leader[root(number)] = root(form[0][0])
    members: dict[int, list[int]] = defaultdict(list)
    for number in range(len(known.values)):
        members[root(number)].append(number)

    def apart(forms: Sequence[LinearForm]) -> dict[int, list[LinearForm]]:
        found: dict[int, list[LinearForm]] = defaultdict(list)
        for form in forms:
            found[root(form[0][0])].append(form)
        return found

    fixed, guessed, floors = apart(known.fixed), apart(known.guessed), apart(known.floors)
    for lead, small in apart(known.small).items():
        yield (
            members[lead],
            Knowledge(known.names, known.values, fixed[lead], guessed[lead], floors[lead], small),
        )
