"""An outsider who wants the hidden figures: what he knows, and how he solves for them.

Nothing here is taken from the code that withholds figures. The truth is worked out from the CSV
files of results, and every hidden count is squeezed between its smallest and its largest possible
value by another solver, OR-tools' CP-SAT, in whole numbers.

He knows which unit belongs to which, and by how much all parts of a unit fall short of it; that a
numerator is part of its denominator, a cohort part of all, and three months part of twelve; that
the groups of an exhaustive dimension are all; that results are rounded to one decimal; that last
month plus starts less ends is this month, where it is; that no hidden count is 0; and which
indicators count the same thing.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from support.integer_bounds import Problem, Sum, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

HIDDEN = "[c]"
ALL, WITHOUT = "all", "excluding_uasc"
OWN = "own"
"""The period of a month by itself, of a figure over several."""
YEAR = "year"
"""The period of what an activity measure comes to in twelve months."""


class Count(NamedTuple):
    """A numerator or denominator over a data period; `month` counts from the year 0."""

    unit: str
    code: str
    cohort: str
    month: int
    part: str
    period: str = ""


Form = tuple[tuple[Count, int], ...]


def number(month: str) -> int:
    """`2016-08` as a number of months."""
    year, _, of_year = month.partition("-")
    return 12 * int(year) + int(of_year) - 1


class Truth:
    """What the results say: units with their parents, indicators, and what was supplied."""

    def __init__(
        self,
        parents: Mapping[str, str],
        indicators: Mapping[str, Mapping[str, str]],
        supplied: Mapping[Count, float],
        dimensions: Mapping[str, tuple[tuple[str, ...], bool]] | None = None,
    ) -> None:
        """`dimensions` maps each to its groups, and to whether these are everybody."""
        self.parents, self.indicators, self._supplied = parents, indicators, supplied
        self.dimensions = dimensions or {}
        groups = [g for inside, _ in self.dimensions.values() for g in inside]
        self.cohorts = [WITHOUT, *groups]

    @classmethod
    def read(cls, root: Path) -> Truth:
        """The truth in the files of a workbook."""

        def lines(path: Path) -> list[dict[str, str]]:
            with path.open(encoding="utf-8-sig", newline="") as file:
                return list(csv.DictReader(file))

        reference = root / "data/reference"
        parents = {row["unit"]: row["parent"] for row in lines(reference / "units.csv")}
        indicators = {row["code"]: row for row in lines(reference / "indicators.csv")}
        supplied = {
            Count(row["unit"], row["code"], row["cohort"], number(row["month"]), part): float(
                row[part]
            )
            for path in sorted((root / "data/results").glob("*.csv"))
            for row in lines(path)
            for part in ("num", "denom")
            if row[part]
        }
        path = reference / "cohorts.csv"
        groups = lines(path) if path.exists() else []
        return cls(
            parents,
            indicators,
            {**_sums(supplied, parents, indicators), **supplied},
            {
                of["dimension"]: (
                    tuple(r["cohort"] for r in groups if r["dimension"] == of["dimension"]),
                    of["exhaustive"] == "yes",
                )
                for of in groups
            },
        )

    def months(self, count: Count) -> range:
        """The months that a count adds up."""
        of = self.indicators[count.code]
        length = {"R12M": 12, "R3M": 3, YEAR: 12}.get(count.period or of["data_period"], 1)
        if of["data_period"] == "YTD" and count.period != OWN:
            length = (count.month % 12 - 3) % 12 + 1
        if of["supplied"] == "window" and not count.period:
            length = 1
        return range(count.month - length + 1, count.month + 1)

    def line(self, unit: str) -> list[str]:
        """A unit, those above it and those below it."""

        def above(one: str) -> list[str]:
            return [one, *(above(self.parents[one]) if self.parents[one] else [])]

        return [*above(unit), *(each for each in self.parents if unit in above(each)[1:])]

    def behind(self, unit: str, code: str, month: str) -> list[float]:
        """What the limits of a month can rest on: numerators, denominators, and what is left."""
        found = []
        for back in range(24):
            num, denom = (
                self._supplied.get(Count(unit, code, ALL, number(month) - back, part))
                for part in ("num", "denom")
            )
            if num is None or (denom == 0 and self.indicators[code]["format"] != "count"):
                break
            found += [num, *([denom, denom - num] if denom is not None else [])]
        return found

    def of(self, count: Count) -> float | None:
        """The true value of a count, if there is one."""
        found = [
            self._supplied.get(count._replace(month=month, period=""))
            for month in self.months(count)
        ]
        return None if None in found else round(sum(found), 4)

    def form(self, form: Form) -> float | None:
        """The true value of a sum of counts."""
        values = [self.of(count) for count, _ in form]
        if None in values:
            return None
        return round(sum(f * v for (_, f), v in zip(form, values, strict=True)), 4)


def _sums(
    supplied: Mapping[Count, float],
    parents: Mapping[str, str],
    indicators: Mapping[str, Mapping[str, str]],
) -> dict[Count, float]:
    """What the units at the top have of indicators that are added up."""
    found: dict[Count, float] = defaultdict(float)
    for count, value in supplied.items():
        parent = parents[count.unit]
        if indicators[count.code].get("added_up") == "yes" and parent and not parents[parent]:
            found[count._replace(unit=parent)] += value
    return found


class Seen(NamedTuple):
    """What an outsider reads.

    Counts or `HIDDEN`; rounded results, by their numerator; and differences of two counts.
    """

    counts: dict[Count, float | str]
    results: dict[Count, float]
    differences: list[Form]


class Attack:
    """The counts an outsider does not know, and what he knows of them."""

    def __init__(
        self,
        truth: Truth,
        seen: Seen,
        same: Iterable[tuple[tuple[str, str], tuple[str, str]]] = (),
        flows: Iterable[tuple[str, str, str]] = (),
    ) -> None:
        """`same` names pairs of (code, part), `flows` stock, starts and ends."""
        self._truth, self._seen = truth, seen
        self._same, self._flows = list(same), list(flows)
        unseen = [each for count in seen.results for each in (count, count._replace(part="denom"))]
        read = dict.fromkeys([*seen.counts, *unseen])
        siblings = [
            count._replace(unit=unit)
            for count in read
            for unit, parent in truth.parents.items()
            if parent and parent == truth.parents[count.unit]
        ]
        self.counts = [c for c in dict.fromkeys([*read, *siblings]) if truth.of(c) is not None]
        self._known = set(self.counts)

    @cached_property
    def scales(self) -> dict[tuple[str, str], int]:
        """By what to multiply the counts of a code so that they are whole."""
        found: dict[tuple[str, str], int] = defaultdict(lambda: 1)
        for count in self.counts:
            if self._truth.of(count) % 1:
                found[count.code, count.part] = 10
        return found

    @cached_property
    def _equal(self) -> set[Form]:
        return set(self.equations)

    @cached_property
    def equations(self) -> list[Form]:
        """Sums whose value he knows."""
        parts: dict[Count, list[Count]] = defaultdict(list)
        for count in self.counts:
            if self._truth.parents.get(count.unit):
                parts[count._replace(unit=self._truth.parents[count.unit])].append(count)
        found: list[Form] = [
            ((whole, 1), *((part, -1) for part in inside))
            for whole, inside in parts.items()
            if whole in self._known
        ]
        for count in self.counts:
            own = [count._replace(month=m, period=OWN) for m in self._truth.months(count)]
            if count.period == YEAR:
                own = [each._replace(period="") for each in own]
            if count.period != OWN and self._known.issuperset(own):
                found.append(((count, 1), *((each, -1) for each in own)))
        guesses = [form for count in self.counts for form in self._guesses(count)]
        found += [form for form in self._seen.differences if self._truth.form(form) is not None]
        return found + [
            form
            for form in guesses
            if all(count in self._known for count, _ in form) and self._truth.form(form) == 0
        ]

    def _guesses(self, count: Count) -> Iterable[Form]:
        """What he may think equal; he is taken to guess right."""
        for one, other in self._same:
            if (count.code, count.part) != one:
                continue
            twin = count._replace(code=other[0], part=other[1])
            if self._truth.indicators[other[0]]["data_period"] == "M":
                months = self._truth.months(count)
                parts = [twin._replace(month=month, period="") for month in months]
                yield ((count, 1), *((part, -1) for part in parts))
                yield ((count, 1), (twin._replace(month=count.month, period=YEAR), -1))
            else:
                yield ((count, 1), (twin, -1))
                for cohort in self._truth.cohorts:
                    rest = (count, 1), (count._replace(cohort=cohort), -1)
                    yield (*rest, (twin, -1))
                    yield (*rest, (twin, -1), (twin._replace(cohort=cohort), 1))
        if count.cohort == ALL:
            yield from (self._left(count, groups) for groups, every in self._divisions if every)
        for stock, starts, ends in self._flows:
            if count.code == stock:
                before = count._replace(month=count.month - 1)
                flows = (count._replace(code=starts), -1), (count._replace(code=ends), 1)
                yield ((count, 1), (before, -1), *flows)

    @property
    def _divisions(self) -> Iterable[tuple[tuple[str, ...], bool]]:
        return self._truth.dimensions.values()

    @staticmethod
    def _left(count: Count, groups: Iterable[str]) -> Form:
        """What is left of everybody without some groups."""
        return ((count, 1), *((count._replace(cohort=group), -1) for group in groups))

    def differences(self, count: Count) -> Iterable[Form]:
        """Quantities that can't be negative, and that are counts of children themselves."""
        wholes = [((count, 1),)]
        if count.part == "denom" and self._truth.indicators[count.code]["format"] == "percent":
            left = ((count, 1), (count._replace(part="num"), -1))
            wholes.append(left)
            yield left
        for whole in wholes:
            if count.cohort == ALL:
                left_out = [(each,) for each in self._truth.cohorts]
                left_out += [groups for groups, every in self._divisions if not every]
                for cohorts in left_out:
                    parts = [(c._replace(cohort=g), -f) for g in cohorts for c, f in whole]
                    yield (*whole, *parts)
            if count.period == "R3M":
                yield (
                    *((c._replace(period=""), f) for c, f in whole),
                    *((c, -f) for c, f in whole),
                )

    @cached_property
    def inequalities(self) -> list[Form]:
        """Sums that he knows not to be negative."""
        found = [form for count in self.counts for form in self.differences(count)]
        return [
            form
            for form in found
            if all(count in self._known for count, _ in form) and self._truth.form(form) >= 0
        ]

    def secrets(self, threshold: int) -> dict[Form, float]:
        """Every small quantity that he could be after, with its true value."""
        forms = [((count, 1),) for count in self._seen.counts if count in self._known]
        shown = set(self._seen.counts)
        forms += [form for form in self.inequalities if all(count in shown for count, _ in form)]
        found = {form: self._truth.form(form) for form in forms}
        return {form: value for form, value in found.items() if 0 < value <= threshold}

    def hides(self, count: Count) -> bool:
        """Whether he doesn't read a count anywhere."""
        return self._seen.counts.get(count, HIDDEN) == HIDDEN

    def intervals(self, forms: Iterable[Form]) -> dict[Form, tuple[float, float]]:
        """The smallest and largest value of each form that agrees with all he knows."""
        wanted: dict[Count, list[Form]] = defaultdict(list)
        found: dict[Form, tuple[float, float]] = {}
        islands = self._islands()
        for form in forms:
            hidden = [count for count, _ in form if self.hides(count)]
            if hidden:
                wanted[islands[hidden[0]]].append(form)
            else:
                found[form] = (self._truth.form(form),) * 2
        members: dict[Count, list[Count]] = defaultdict(list)
        for count, leader in islands.items():
            members[leader].append(count)
        for leader, inside in wanted.items():
            found |= self._squeezed(members[leader], inside)
        return found

    def _islands(self) -> dict[Count, Count]:
        """Each hidden count with a leader of those that it hangs together with."""
        leader = {count: count for count in self.counts if self.hides(count)}

        def root(count: Count) -> Count:
            while leader[count] != count:
                leader[count] = leader[leader[count]]
                count = leader[count]
            return count

        results = [((c, 1), (c._replace(part="denom"), 1)) for c in self._seen.results]
        for form in (*self.equations, *self.inequalities, *results):
            hidden = [count for count, _ in form if count in leader]
            for count in hidden[1:]:
                leader[root(count)] = root(hidden[0])
        return {count: root(count) for count in leader}

    def _squeezed(self, counts: list[Count], forms: list[Form]) -> dict[Form, tuple[float, float]]:
        """The intervals of forms among hidden counts that hang together."""
        numbers = {count: place for place, count in enumerate(counts)}
        least = [int(c in self._seen.counts and bool(self._truth.of(c))) for c in counts]
        rules = []
        for form in (*self.equations, *self.inequalities):
            if any(count in numbers for count, _ in form):
                scale, total = self._sum(form, numbers)
                value = round(self._truth.form(form) * scale)
                rules.append((total, value, value) if form in self._equal else (total, 0, None))
        for count, shown in self._seen.results.items():
            if count in numbers or count._replace(part="denom") in numbers:
                rules += self._rounded(count, shown, numbers)
        sums = [self._sum(form, numbers) for form in forms]
        found = squeezed(Problem(least, rules), [total for _, total in sums])
        return {
            form: (low / scale, high / scale)
            for form, (scale, _), (low, high) in zip(forms, sums, found, strict=True)
        }

    def _sum(self, form: Form, numbers: Mapping[Count, int]) -> tuple[int, Sum]:
        """A form in units of its finest count, by its hidden counts, with that scale."""
        scale = max(self.scales[count.code, count.part] for count, _ in form)
        factors: dict[int, int] = {}
        constant = 0
        for count, factor in form:
            if count in numbers:
                finer = scale // self.scales[count.code, count.part]
                factors[numbers[count]] = factors.get(numbers[count], 0) + factor * finer
            else:
                constant += round(factor * self._truth.of(count) * scale)
        return scale, Sum(factors, constant)

    def _rounded(
        self, count: Count, shown: float, numbers: Mapping[Count, int]
    ) -> Iterable[tuple[Sum, int, int | None]]:
        """What a result rounded to one decimal says of its numerator and denominator."""
        num_scale, num = self._sum(((count, 1),), numbers)
        denom_scale, denom = self._sum(((count._replace(part="denom"), 1),), numbers)
        percent = 100 if self._truth.indicators[count.code]["format"] == "percent" else 1
        whole = 20 * percent * denom_scale
        for sign in (1, -1):
            most = (1 + sign * round(20 * shown)) * num_scale
            factors = {n: most * f for n, f in denom.factors.items()}
            for n, f in num.factors.items():
                factors[n] = factors.get(n, 0) - sign * whole * f
            yield Sum(factors, most * denom.constant - sign * whole * num.constant), 0, None
