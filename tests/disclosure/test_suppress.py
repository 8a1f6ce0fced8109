"""Which counts are withheld in small hierarchies, and that nobody can work them out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.disclosure.counts import Count, Counts, Series, windows
from scorecard.disclosure.relations import Knowledge, LinearForm, knowledge
from scorecard.disclosure.suppress import withheld
from scorecard.errors import DisclosureError
from scorecard.params.checks import Flow
from scorecard.store.sql_files import query
from support.attacker import HIDDEN, Attack, Seen, Truth
from support.attacker import Count as Known
from support.workbooks import macros

if TYPE_CHECKING:
    from collections.abc import Iterable

MONTH = 12 * 2016 + 7
T = 5
PARENTS = {
    "shire": "", "north": "shire", "south": "shire", "west": "shire", "service": "shire",
    "a-team": "north", "b-team": "north", "c-team": "south",
}  # fmt: skip
KINDS = {"shire": "county", "service": "service"}
INDICATORS = {
    "share": {"format": "percent", "data_period": "SS", "supplied": "monthly"},
    "days": {"format": "days", "data_period": "SS", "supplied": "monthly"},
    "roll": {"format": "percent", "data_period": "R12M", "supplied": "monthly"},
    "ytd": {"format": "count", "data_period": "YTD", "supplied": "monthly"},
    "stock": {"format": "count", "data_period": "SS", "supplied": "monthly"},
    "in": {"format": "count", "data_period": "M", "supplied": "monthly"},
    "out": {"format": "count", "data_period": "M", "supplied": "monthly"},
}
Values = dict[Count, float]


class Cell(NamedTuple):
    """A count by the little that tests of one month need."""

    unit: str
    code: str = "stock"
    part: str = "num"
    cohort: str = "all"
    month: int = MONTH
    period: str = ""

    @property
    def count(self) -> Count:
        return Count(self.unit, self.code, self.cohort, self.month, self.period, self.part)


COHORTS = {
    "excluding_uasc": {"dimension": None, "exhaustive": False},
    **{name: {"dimension": "age", "exhaustive": True} for name in ("young", "middle", "old")},
    **{name: {"dimension": "need", "exhaustive": False} for name in ("speech", "sight")},
}  # fmt: skip


def counts(values: Values, parents: dict[str, str] = PARENTS) -> Counts:
    """The numbers of a month, with nothing supplied but themselves."""
    units = {
        unit: {"parent": parent or None, "kind": KINDS.get(unit, "part")}
        for unit, parent in parents.items()
    }
    return Counts(MONTH, values, {}, units, INDICATORS, periods(), COHORTS)


@cache
def periods() -> dict[tuple[str, int], range]:
    """The months of each data period, as the macros say."""
    with macros() as connection:
        connection.execute("CREATE TABLE indicators (data_period VARCHAR)")
        for row in INDICATORS.values():
            connection.execute("INSERT INTO indicators VALUES (?)", [row["data_period"]])
        found = connection.execute(query("windows"), {"month": "2016-08"})
        names = [column[0] for column in found.description]
        return windows([dict(zip(names, row, strict=True)) for row in found.fetchall()])


def hidden(values: Values, threshold: int = T, flows: tuple[Flow, ...] = ()) -> set[Count]:
    """The counts that are withheld."""
    known = knowledge(counts(values), threshold, flows)
    depths = {unit: depth(unit) for unit in PARENTS}
    return {name for number in withheld(known, threshold, depths) for name in known.names[number]}


def depth(unit: str) -> int:
    return 1 + depth(PARENTS[unit]) if PARENTS[unit] else 0


def stocks(**values: float) -> Values:
    return {Cell(unit.replace("_", "-")).count: value for unit, value in values.items()}


def cells(*found: Cell) -> set[Count]:
    return {cell.count for cell in found}


def told(known: Knowledge, forms: Iterable[LinearForm]) -> list[dict[Count, int]]:
    """Forms by the first name of each of their quantities."""
    return [{known.names[number][0]: factor for number, factor in form} for form in forms]


def test_a_reader_knows_what_a_unit_leaves_of_its_parent_and_may_guess_what_a_kind_leaves():
    values = stocks(shire=100, north=30, south=40, service=29)
    known = knowledge(counts(values), T)
    shire, north, south, service = values

    assert told(known, known.fixed) == [{shire: 1, north: -1, south: -1, service: -1}]
    assert told(known, known.guessed) == [
        {shire: 1, north: -1, south: -1}, {shire: 1, service: -1},
    ]  # fmt: skip
    assert known.small == []


def test_the_differences_of_a_percentage_are_those_of_its_parts_and_of_its_cohorts():
    num = Cell("shire", "share")
    denom = num._replace(part="denom")
    other_num, other_denom = (each._replace(cohort="excluding_uasc") for each in (num, denom))
    figures = dict(zip((num, denom, other_num, other_denom), (60, 90, 57, 70), strict=True))
    known = knowledge(counts({cell.count: value for cell, value in figures.items()}), T)
    n, d, m, e = (cell.count for cell in figures)

    assert told(known, known.floors) == [
        {n: 1, m: -1},
        {n: -1, d: 1},
        {d: 1, e: -1},
        {n: -1, d: 1, m: 1, e: -1},
        {m: -1, e: 1},
    ]
    assert told(known, known.small) == [{n: 1, m: -1}]


def test_the_differences_of_a_rolling_result_are_with_its_last_three_months():
    year, denom = Cell("shire", "roll"), Cell("shire", "roll", "denom")
    short, short_denom = (each._replace(period="R3M") for each in (year, denom))
    figures = dict(zip((year, denom, short, short_denom), (43, 90, 40, 50), strict=True))
    known = knowledge(counts({cell.count: value for cell, value in figures.items()}), T)
    n, d, m, e = (cell.count for cell in figures)

    assert told(known, known.floors) == [
        {n: -1, d: 1},
        {n: 1, m: -1},
        {m: -1, e: 1},
        {d: 1, e: -1},
        {n: -1, d: 1, m: 1, e: -1},
    ]
    assert told(known, known.small) == [{n: 1, m: -1}]


@pytest.mark.parametrize(("month", "compared"), [(MONTH, True), (12 * 2016 + 3, False)])
def test_a_year_to_date_less_the_month_before_is_a_count_but_not_in_april(month, compared):
    now = Cell("shire", "ytd", month=month).count
    before = now._replace(month=month - 1)
    known = knowledge(counts({now: 90, before: 60}), T)

    assert told(known, known.floors) == ([{now: 1, before: -1}] if compared else [])


def test_a_stock_and_its_flows_are_known_to_balance_where_they_do():
    now = Cell("shire").count
    before, starts, ends = (
        now._replace(month=MONTH - 1), now._replace(code="in"), now._replace(code="out"),
    )  # fmt: skip
    flows = (Flow(stock="stock", starts="in", ends="out"),)
    even = knowledge(counts({now: 52, before: 50, starts: 14, ends: 12}), T, flows)
    odd = knowledge(counts({now: 53, before: 50, starts: 14, ends: 12}), T, flows)

    assert told(even, even.fixed) == [{now: 1, before: -1, starts: -1, ends: 1}]
    assert odd.fixed == []


def test_a_small_count_is_hidden_with_its_smallest_sufficient_sibling():
    values = stocks(shire=100, north=3, south=40, west=57)

    assert hidden(values) == cells(Cell("north"), Cell("south"))


def test_a_sibling_too_small_to_make_room_is_not_enough():
    """3 must be able to be 5 while the other stays at 1 or more."""
    values = stocks(shire=100, north=3, south=2, west=95)

    assert hidden(values) == cells(Cell("north"), Cell("south"), Cell("west"))


def test_the_threshold_itself_is_hidden_and_the_next_number_is_not():
    assert hidden(stocks(shire=5)) == cells(Cell("shire"))
    assert hidden(stocks(shire=6)) == set()


def test_zero_is_shown():
    values = stocks(shire=60, north=0, south=4, west=56)

    assert hidden(values) == cells(Cell("south"), Cell("west"))


def test_a_total_goes_only_when_its_parts_give_no_choice():
    assert Cell("shire").count in hidden(stocks(shire=4, north=4, south=0, west=0))
    assert Cell("shire").count in hidden(stocks(shire=63, north=3))
    assert Cell("shire").count not in hidden(stocks(shire=63, north=3, south=60))


def test_teams_are_closed_within_their_area():
    values = stocks(shire=200, north=80, south=120, a_team=2, b_team=78, c_team=120)

    assert hidden(values) == cells(Cell("a-team"), Cell("b-team"))


def test_a_remainder_of_unlisted_units_protects_nobody():
    """7 of the area's 80 are in no team; who knows that must not find the 2."""
    values = stocks(north=80, a_team=2, b_team=71)

    assert hidden(values) == cells(Cell("a-team"), Cell("b-team"))


def test_a_small_complement_hides_the_numerator():
    values = {Cell("shire", "share").count: 97, Cell("shire", "share", "denom").count: 100}

    assert hidden(values) == cells(Cell("shire", "share"))


def test_days_have_no_complement():
    values = {Cell("shire", "days").count: 97, Cell("shire", "days", "denom").count: 100}

    assert hidden(values) == set()


def test_a_small_difference_between_cohorts_hides_one_of_two_large_figures():
    everyone = Cell("shire", "share")
    values = {
        everyone.count: 60, everyone._replace(part="denom").count: 90,
        everyone._replace(cohort="excluding_uasc").count: 57,
        everyone._replace(cohort="excluding_uasc", part="denom").count: 70,
    }  # fmt: skip

    assert hidden(values) == cells(everyone._replace(cohort="excluding_uasc"))


def test_a_cohort_larger_than_the_whole_is_no_reason_to_hide_more():
    """The checks of the month tell of it; a reader can't know it from what is shown."""
    everyone = Cell("shire")
    values = {everyone.count: 4, everyone._replace(cohort="excluding_uasc").count: 6}

    assert hidden(values) == cells(everyone)


def by_age(young: float, middle: float, old: float, whole: float, unit: str = "shire") -> Values:
    values = dict(zip(("young", "middle", "old", "all"), (young, middle, old, whole), strict=True))
    return {Cell(unit, cohort=cohort).count: value for cohort, value in values.items()}


def test_a_reader_knows_that_groups_add_up_where_they_do():
    values = by_age(30, 40, 29, 99)
    known = knowledge(counts(values), T)
    young, middle, old, whole = values

    assert told(known, known.fixed) == [{young: -1, middle: -1, old: -1, whole: 1}]
    assert told(known, known.floors) == [
        {young: -1, whole: 1}, {middle: -1, whole: 1}, {old: -1, whole: 1},
    ]  # fmt: skip


def test_a_small_group_is_hidden_with_its_smallest_sufficient_sibling():
    assert hidden(by_age(3, 40, 57, 100)) == cells(
        Cell("shire", cohort="young"), Cell("shire", cohort="middle")
    )


def test_a_group_that_was_not_supplied_is_hidden_as_what_the_others_leave():
    """As after a load that had no results of it: the old are 100 less 40 less 57."""
    values = by_age(40, 57, 0, 100)
    del values[Cell("shire", cohort="old").count]
    known = knowledge(counts(values), T)

    assert known.fixed == []
    assert len(known.small) == 1
    assert len(hidden(values)) == 1


def test_what_groups_leave_of_everybody_is_a_count_too_where_they_need_not_add_up():
    whole = Cell("shire").count
    speech, sight = (whole._replace(cohort=group) for group in ("speech", "sight"))
    values = {whole: 100.0, speech: 57.0, sight: 40.0}

    assert len(hidden(values)) == 1
    assert hidden({**values, sight: 43.0}) == set()
    assert hidden({**values, sight: 60.0}) == set()


def test_a_small_group_of_an_area_is_hidden_from_the_county_and_from_the_other_groups():
    """Two tables of sums: a square of four hidden counts at the least."""
    values = by_age(3, 40, 57, 100, "north") | by_age(50, 60, 70, 180, "south")
    values |= by_age(53, 100, 127, 280)
    gone = hidden(values)

    assert Cell("north", cohort="young").count in gone
    assert {each.cohort for each in gone} == {"young", "middle"}
    assert {each.unit for each in gone} == {"north", "south"}


def test_a_percentage_of_others_is_hidden_where_they_are_few():
    """Of all 60 of 90 and of the young 20 of 47: 40 of the 43 others, so 3 of them were not."""
    whole, young = Cell("shire", "share"), Cell("shire", "share", cohort="speech")
    values = {
        whole.count: 60, whole._replace(part="denom").count: 90,
        young.count: 20, young._replace(part="denom").count: 47,
    }  # fmt: skip

    assert len(hidden(values)) == 1


def test_the_rest_of_one_indicator_may_be_the_group_of_another():
    """All but the young are the denominator of the share, as the months before show."""
    values = {**by_age(40, 57, 20, 117), Cell("shire", "share", "denom").count: 77.0}
    found = counts(values)
    months = range(MONTH - 3, MONTH + 1)

    def supplied(code, part, cohort, *of_months):
        rest = cohort.startswith("not ")
        series = _series(code, part, cohort.removeprefix("not "), rest=rest)
        found.supplied.setdefault("shire", {})[series] = dict(zip(months, of_months, strict=True))

    supplied("stock", "num", "not young", 70, 71, 72, 77)
    supplied("share", "denom", "all", 70, 71, 72, 77)
    known = knowledge(found, T)

    assert {
        Cell("shire", "share", "denom").count: 1, Cell("shire").count: -1,
        Cell("shire", cohort="young").count: 1,
    } in told(known, known.fixed)  # fmt: skip


def test_the_months_between_two_sums_of_a_year_to_date_are_a_count_too():
    now = Cell("shire", "ytd")
    values = {now.count: 43, now._replace(month=MONTH - 1).count: 40}

    assert len(hidden(values)) == 1
    april = now._replace(month=12 * 2016 + 3)
    assert hidden({april.count: 43, april._replace(month=12 * 2016 + 2).count: 40}) == set()


def test_what_nine_months_leave_of_twelve_is_a_count_too():
    year = Cell("shire", "roll")
    values = {year.count: 43, year._replace(period="R3M").count: 40}

    assert len(hidden(values)) == 1


def test_flows_that_balance_a_stock_hide_another_of_the_four():
    now = Cell("shire")
    values = {
        now.count: 52, now._replace(month=MONTH - 1).count: 50,
        Cell("shire", "in").count: 14, Cell("shire", "out").count: 12,
    }  # fmt: skip
    flows = (Flow(stock="stock", starts="in", ends="out"),)
    assert hidden(values, flows=flows) == set()

    values |= {now.count: 42, Cell("shire", "in").count: 4}
    assert hidden(values, flows=flows) == cells(Cell("shire", "in"), Cell("shire", "out"))
    assert hidden(values) == cells(Cell("shire", "in"))


def test_the_same_quantity_under_another_name_is_hidden_there_too():
    """The stock is the denominator of the share, as the months before show."""
    values = {Cell("shire").count: 3, Cell("shire", "share", "denom").count: 3}
    found = counts(values)
    for series in (("stock", "num"), ("share", "denom")):
        months = dict(zip(range(MONTH - 3, MONTH + 1), (7, 8, 9, 3), strict=True))
        found.supplied.setdefault("shire", {})[_series(*series)] = months
    known = knowledge(found, T)

    assert len(known.values) == 1
    assert len(knowledge(counts(values), T).values) == 2


def _series(code: str, part: str, cohort: str = "all", *, rest: bool = False) -> Series:
    return Series(code, part, cohort, rest)


@pytest.mark.parametrize("cohort", ["all", "young"])
def test_a_rolling_denominator_follows_from_twelve_months_of_a_measure(cohort):
    year = Cell("shire", "roll", "denom", cohort)
    months = {MONTH - ago: 20.0 + ago for ago in range(12)}
    months[MONTH] = 2.0
    values = {Cell("shire", "in", "num", cohort, m).count: n for m, n in months.items()}
    values[year.count] = sum(months.values())
    found = counts(values)
    found.supplied["shire"] = {
        _series("in", "num", cohort): months, _series("roll", "denom", cohort): months,
    }  # fmt: skip
    known = knowledge(found, T)
    both = {n for i in withheld(known, T, {"shire": 0}) for n in known.names[i]}

    assert Cell("shire", "in", cohort=cohort).count in both
    assert len(both) == 2


def test_twelve_months_of_a_measure_may_be_what_a_group_leaves_of_a_rolling_denominator():
    year = Cell("shire", "roll", "denom")
    young = year._replace(cohort="young")
    months = {MONTH - ago: 20.0 + ago for ago in range(12)}
    values = {Cell("shire", "in", month=m).count: n for m, n in months.items()}
    values |= {year.count: sum(months.values()) + 120, young.count: 120}
    found = counts(values)
    found.supplied["shire"] = {
        _series("roll", "denom", "young", rest=True): months, _series("in", "num"): months,
    }  # fmt: skip
    known = knowledge(found, T)

    assert told(known, known.fixed) == [
        {**{Cell("shire", "in", month=m).count: -1 for m in months},
         year.count: 1, young.count: -1},
    ]  # fmt: skip


def test_what_cannot_be_withheld_is_an_error_that_names_it():
    """A part of 3 beside a whole of 0 can't be anything else."""
    values = stocks(shire=0, north=3)
    found = counts(values, {"shire": "", "north": "shire"})
    known = knowledge(found, T)
    pinned = type(known)(
        known.names, known.values, [*known.fixed, ((1, 1),)], (), known.floors, known.small
    )

    with pytest.raises(DisclosureError, match="behind `stock` of `north`"):
        withheld(pinned, T, {"shire": 0, "north": 1})


def test_a_zero_is_hidden_when_nothing_else_will_do():
    assert hidden(stocks(shire=0, north=3)) == cells(Cell("shire"), Cell("north"))


def test_the_choice_does_not_depend_on_the_order_of_units():
    values = stocks(shire=100, north=3, south=40, west=57)

    assert hidden(dict(reversed(values.items()))) == hidden(values)


small = st.integers(0, 14)


@st.composite
def hierarchies(draw: st.DrawFn) -> Values:
    """A stock and a share of all units, with and without a cohort, some parts not adding up."""
    values: Values = {}
    leaves = [unit for unit in PARENTS if unit not in PARENTS.values()]
    names = [("stock", "num", "all")]
    names += [("share", p, c) for p in ("num", "denom") for c in ("all", "excluding_uasc")]

    def rest() -> int:
        return draw(st.sampled_from([0, 0, 0, 1, 6]))

    for unit in leaves:
        yes, no, other_yes, other_no = (draw(small) for _ in range(4))
        found = [draw(small), yes + other_yes, yes, yes + no + other_yes + other_no, yes + no]
        values |= {
            Cell(unit, code, part, cohort).count: float(value)
            for (code, part, cohort), value in zip(names, found, strict=True)
        }
    for unit in ("north", "south", "shire"):
        more = sorted(rest() for _ in range(4))
        extra = [rest(), more[2], more[1], more[3] + more[1], more[2] + more[1]]
        for (code, part, cohort), add in zip(names, extra, strict=True):
            parts = [u for u, parent in PARENTS.items() if parent == unit]
            total = sum(values[Cell(u, code, part, cohort).count] for u in parts)
            values[Cell(unit, code, part, cohort).count] = total + add
    return values


@st.composite
def breakdowns(draw: st.DrawFn) -> Values:
    """A share of units by age, which adds up to all, and by need, which need not."""
    values: Values = {}

    def put(unit: str, cohort: str, yes: int, no: int) -> None:
        share = Cell(unit, "share", cohort=cohort)
        values[share.count] = float(yes)
        values[share._replace(part="denom").count] = float(yes + no)

    ages = {
        unit: {group: (draw(small), draw(small)) for group in ("young", "middle", "old")}
        for unit in ("north", "south")
    }
    ages["a-team"] = {
        g: tuple(draw(st.integers(0, n)) for n in both) for g, both in ages["north"].items()
    }
    ages["shire"] = {
        g: tuple(map(sum, zip(ages["north"][g], ages["south"][g], strict=True)))
        for g in ages["north"]
    }
    for unit, groups in ages.items():
        for group, both in groups.items():
            put(unit, group, *both)
        whole = [sum(each) for each in zip(*groups.values(), strict=True)]
        put(unit, "all", *whole)
        some = [draw(st.integers(0, n)) for n in whole]
        put(unit, "speech", *some)
        rest = [n - s for n, s in zip(whole, some, strict=True)]
        put(unit, "sight", *(draw(st.integers(0, n)) for n in rest))
    return values


DIMENSIONS = {"age": (("young", "middle", "old"), True), "need": (("speech", "sight"), False)}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(values=hierarchies(), threshold=st.integers(1, 6))
def test_no_small_number_of_any_hierarchy_can_be_worked_out(values, threshold):
    nobody_works_out(values, threshold)


@settings(max_examples=20, deadline=None, derandomize=True)
@given(values=breakdowns(), threshold=st.integers(1, 6))
def test_no_small_number_of_any_breakdown_can_be_worked_out(values, threshold):
    nobody_works_out(values, threshold)


def nobody_works_out(values: Values, threshold: int) -> None:
    gone = hidden(values, threshold)
    supplied = {_known(c): value for c, value in values.items()}
    truth = Truth(PARENTS, INDICATORS, supplied, DIMENSIONS)
    read = {_known(c): HIDDEN if c in gone else value for c, value in values.items()}
    attack = Attack(truth, Seen(read, {}, []))
    found = attack.intervals(attack.secrets(threshold))

    assert not [form for form, (low, high) in found.items() if low == high]
    narrow = [form for form, (low, high) in found.items() if low > 1 or high < max(threshold, 2)]
    nothing = Seen({count: value and HIDDEN for count, value in read.items()}, {}, [])
    for form, (low, high) in Attack(truth, nothing).intervals(narrow).items():
        assert found[form][0] <= max(1, low)
        assert found[form][1] >= min(max(threshold, 2), high)


def _known(count: Count) -> Known:
    return Known(count.unit, count.code, count.cohort, count.month, count.part, count.period)
