"""What a reader knows of a month's numbers, and which quantities are too small to be known.

Everything is linear: a `LinearForm` is a sum of quantities with a factor each. A reader knows the
value of some forms (`fixed`), may have guessed that of others (`guessed`), and knows that some
can't be negative (`floors`); a `small` form is one whose value is above 0 and up to the threshold.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from scorecard.disclosure.counts import Count, Counts
from scorecard.disclosure.linked_series import Link, linked
from scorecard.display import DATA_PERIODS, is_part
from scorecard.figure import WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from scorecard.disclosure.counts import Series
    from scorecard.params.checks import Flow

LinearForm = tuple[tuple[int, int], ...]
"""Quantity → factor, by the quantity's number."""
Terms = list[tuple[Count, int]]
"""Counts, each with a factor."""


@dataclass(frozen=True)
class Knowledge:
    """The quantities of a month; linked counts are one quantity.

    `names` and `values` are by the quantity's number.
    """

    names: Sequence[Sequence[Count]]
    values: Sequence[float]
    fixed: Sequence[LinearForm]
    guessed: Sequence[LinearForm]
    floors: Sequence[LinearForm]
    small: Sequence[LinearForm]

    def value(self, form: LinearForm) -> float:
        """The value of a form, rounded to remove floating-point error."""
        return round(sum(factor * self.values[number] for number, factor in form), 4)


def knowledge(counts: Counts, threshold: int, flows: Sequence[Flow] = ()) -> Knowledge:
    """What a reader can know of the numbers of a month."""
    return _Reader(counts, threshold, flows).knowledge()


class _Reader:
    """A reader of the pages, who combines all that they show."""

    def __init__(self, counts: Counts, threshold: int, flows: Sequence[Flow]) -> None:
        self._counts, self._threshold, self._flows = counts, threshold, flows
        self._links = linked(counts, threshold)
        self._number = _numbered(counts, self._links)

    def knowledge(self) -> Knowledge:
        names: list[list[Count]] = []
        for count, number in self._number.items():
            names += [[] for _ in range(number + 1 - len(names))]
            names[number].append(count)
        values = [self._counts.values[inside[0]] for inside in names]
        plain = Knowledge(names, values, (), (), (), ())
        divided = [each for count in self._counts.values for each in self._divided([(count, 1)])]
        left = dict(self._secret_remainders(plain))
        totals = [form for form in self._totals() if plain.value(form) > 0]
        secrets = {*left.values(), *totals}
        sums = [*self._parents(), *self._sums(), *self._remainders(), *self._balances(plain)]
        sums += [form for form, adds_up in divided if adds_up]
        differences = list(dict.fromkeys(self._differences()))
        counted = [((number, 1),) for number in range(len(values))]
        return Knowledge(
            names,
            values,
            fixed=list(dict.fromkeys(form for form in sums if form and form not in left)),
            guessed=list(dict.fromkeys(form for form in self._kinds() if form)),
            # Input that breaks such a rule is left to the checks of the month.
            floors=[
                form for form in [*differences, *left.values(), *totals] if plain.value(form) >= 0
            ],
            small=[
                form
                for form in dict.fromkeys([*counted, *differences, *left.values(), *totals])
                if 0 < plain.value(form) <= self._threshold or form in secrets
            ],
        )

    def _form(self, *terms: tuple[Count, int]) -> LinearForm:
        """A form of counts; empty when one of them is missing, or when all cancel out."""
        factors: dict[int, int] = defaultdict(int)
        for count, factor in terms:
            if count not in self._number:
                return ()
            factors[self._number[count]] += factor
        return tuple((number, factor) for number, factor in sorted(factors.items()) if factor)

    def _parents(self) -> Iterator[LinearForm]:
        """A unit less the units directly below it."""
        yield from self._less(lambda _: "")

    def _secret_remainders(self, plain: Knowledge) -> Iterator[tuple[LinearForm, LinearForm]]:
        """Remainders of a sum, or of a figure withheld at source, that must stay unknown too.

        Each is a pair: a unit less the units directly below it, as in `_parents`, and the same
        with the sign that makes it positive. If the source withheld the figure of exactly one unit
        below, the remainder is that figure, and must stay unknown whatever its size. That of a sum
        must if it is small: it comes from units that have no figure of their own in a month, or
        belonged elsewhere, because they began, ended or moved within the data period.
        """
        for whole, parts in self._below(lambda _: ""):
            secret = self._kept_back[whole] == 1
            for pair in self._and_others(whole) if whole in self._counts.sums or secret else ():
                form = self._form(
                    *pair, *((each._replace(unit=p.unit), -f) for p in parts for each, f in pair)
                )
                value = plain.value(form)
                if 0 < abs(value) <= self._threshold or (secret and value > 0):
                    sign = 1 if value > 0 else -1
                    yield form, tuple((number, sign * factor) for number, factor in form)

    def _totals(self) -> Iterator[LinearForm]:
        """The sum of groups that make up everybody, where everybody's figure was withheld."""
        for count in self._counts.kept_back:
            for groups, exhaustive in self._dimensions:
                parts = [count._replace(cohort=group) for group in groups]
                if count.cohort == WHOLE and exhaustive and parts[0] in self._number:
                    yield self._form(
                        *(term for part in parts for term in self._and_others(part)[1])
                    )
                    yield self._form(*((part, 1) for part in parts))

    @cached_property
    def _kept_back(self) -> Counter[Count]:
        """How many units directly below a unit had their figure withheld at its source."""
        units = ((count, self._counts.unit(count)["parent"]) for count in self._counts.kept_back)
        return Counter(count._replace(unit=parent) for count, parent in units if parent)

    def _kinds(self) -> Iterator[LinearForm]:
        """A unit less the units of one kind directly below it.

        A page may show a county with its areas but not with its services, whose sum a reader may
        guess.
        """
        yield from self._less(lambda unit: unit["kind"])

    def _less(self, kind: Callable[[Mapping[str, Any]], str]) -> Iterator[LinearForm]:
        """A unit less the units directly below it that are of one `kind`."""
        for whole, parts in self._below(kind):
            yield self._form((whole, 1), *((part, -1) for part in parts))

    def _below(
        self, kind: Callable[[Mapping[str, Any]], str]
    ) -> Iterable[tuple[Count, Sequence[Count]]]:
        """Each unit's count, with those of the units of one kind directly below it."""
        children: dict[tuple[Count, str], list[Count]] = defaultdict(list)
        for count in self._counts.values:
            unit = self._counts.unit(count)
            if unit["parent"]:
                children[count._replace(unit=unit["parent"]), kind(unit)].append(count)
        return ((whole, parts) for (whole, _), parts in children.items())

    def _sums(self) -> Iterator[LinearForm]:
        """A rolling denominator that is the sum of an activity measure's months."""
        activity = {
            code
            for code, row in self._counts.indicators.items()
            if DATA_PERIODS[row["data_period"]].flow
        }
        for unit, one, other in self._links:
            if one.code in activity:
                one, other = other, one
            if one.code not in activity and other.code in activity:
                for period in ("", "R3M"):
                    yield from self._windows(unit, one, period, other)

    def _windows(self, unit: str, of: Series, period: str, measure: Series) -> Iterator[LinearForm]:
        """Each data period of a series less the months of a measure."""
        for month in self._counts.months:
            months = self._counts.windows[
                period or self._counts.indicators[of.code]["data_period"], month
            ]
            parts = [term for each in months for term in _terms(unit, measure, each, -1)]
            yield self._form(*_terms(unit, of, month, 1, period), *parts)

    def _remainders(self) -> Iterator[LinearForm]:
        """Everybody less a cohort, where that is linked to another quantity."""
        periods = {code: row["data_period"] for code, row in self._counts.indicators.items()}
        for unit, one, other in self._links:
            if (one.rest or other.rest) and periods[one.code] == periods[other.code]:
                for month in self._counts.months:
                    terms = [*_terms(unit, one, month, 1), *_terms(unit, other, month, -1)]
                    yield self._form(*terms)

    def _divided(self, whole: Terms) -> Iterator[tuple[LinearForm, bool]]:
        """Everybody less the groups of each dimension, and whether that is always 0."""
        count = whole[0][0]
        if count.cohort != WHOLE:
            return
        for groups, exhaustive in self._dimensions:
            there = [g for g in groups if count._replace(cohort=g) in self._number]
            parts = [(each._replace(cohort=g), -f) for g in there for each, f in whole]
            if there:
                yield self._form(*whole, *parts), exhaustive and there == groups

    @cached_property
    def _dimensions(self) -> list[tuple[list[str], bool]]:
        """The groups of each dimension, and whether they add up to everybody."""
        found: dict[str, tuple[list[str], bool]] = {}
        for cohort, row in self._counts.cohorts.items():
            if row["dimension"]:
                found.setdefault(row["dimension"], ([], row["exhaustive"]))[0].append(cohort)
        return list(found.values())

    def _balances(self, plain: Knowledge) -> Iterator[LinearForm]:
        """Stocks and their flows, for the months in which they balance."""
        for flow in self._flows:
            for count in [each for each in self._counts.values if each.code == flow.stock]:
                form = self._form(
                    (count, 1),
                    (count._replace(month=count.month - 1), -1),
                    (count._replace(code=flow.starts), -1),
                    (count._replace(code=flow.ends), 1),
                )
                if form and plain.value(form) == 0:
                    yield form

    def _differences(self) -> Iterator[LinearForm]:
        """Quantities that no page shows, but that are differences of those it does show."""
        for count in self._counts.values:
            of = self._counts.indicators[count.code]
            for form in self._between(count, of):
                if len(form) > 1:
                    yield form

    def _goes_on(self, period: str, month: int) -> bool:
        """Whether the data period of a month holds all months of that of the month before."""
        windows = self._counts.windows
        now, before = windows[period, month], windows.get((period, month - 1), range(0))
        return 0 < len(before) < len(now) and before[0] == now[0]

    def _and_others(self, count: Count) -> tuple[Terms, Terms]:
        """A count alone, and for the denominator of a percentage also that less its numerator."""
        counted: Terms = [(count, 1)]
        if count.part == "denom" and is_part(self._counts.indicators[count.code]["format"]):
            return counted, [*counted, (count._replace(part="num"), -1)]
        return counted, counted

    def _between(self, count: Count, of: Mapping[str, object]) -> Iterator[LinearForm]:
        """The differences of one count with others."""
        counted, terms = self._and_others(count)
        if len(terms) > 1:
            yield self._form(*terms)
        for pair in (counted, terms):
            if count.cohort == WHOLE:
                for cohort in self._counts.cohorts:
                    smaller = [(each._replace(cohort=cohort), -factor) for each, factor in pair]
                    yield self._form(*pair, *smaller)
                yield from (form for form, adds_up in self._divided(pair) if not adds_up)
            if count.period == "R3M":
                longer = [(each._replace(period=""), factor) for each, factor in pair]
                yield self._form(*longer, *((each, -factor) for each, factor in pair))
            elif self._goes_on(str(of["data_period"]), count.month):
                before = [(each._replace(month=each.month - 1), -factor) for each, factor in pair]
                yield self._form(*pair, *before)


def _terms(unit: str, of: Series, month: int, sign: int, period: str = "") -> Terms:
    """A series in a month as counts, each with its sign; a `rest` is the whole less the cohort."""
    count = Count(unit, of.code, of.cohort, month, period, of.part)
    if not of.rest:
        return [(count, sign)]
    return [(count._replace(cohort=WHOLE), sign), (count, -sign)]


def _numbered(counts: Counts, pairs: Sequence[Link]) -> dict[Count, int]:
    """A number for each quantity; counts of linked series share one."""
    first: dict[Count, Count] = {}

    def root(count: Count) -> Count:
        while count in first:
            count = first[count]
        return count

    # Everybody less a cohort is not a count: `_remainders` handles it.
    pairs = [each for each in pairs if not (each.one.rest or each.other.rest)]
    named: dict[tuple[str, str, str, str], list[Count]] = defaultdict(list)
    for count in counts.values:
        named[count.unit, count.code, count.cohort, count.part].append(count)
    period = {code: row["data_period"] for code, row in counts.indicators.items()}
    for unit, one, other in pairs:
        if period[one.code] != period[other.code]:
            continue
        for count in named[unit, one.code, one.cohort, one.part]:
            twin = count._replace(code=other.code, cohort=other.cohort, part=other.part)
            if twin in counts.values and root(twin) != root(count):
                first[root(twin)] = root(count)
    numbers: dict[Count, int] = {}
    return {count: numbers.setdefault(root(count), len(numbers)) for count in counts.values}
