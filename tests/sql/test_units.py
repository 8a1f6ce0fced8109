"""Units in time: an area that is split, and a team that moves and gets another name."""

from __future__ import annotations

import pytest

from scorecard.disclosure.counts import Count, counts
from scorecard.disclosure.relations import knowledge
from scorecard.errors import MonthError
from scorecard.input_faults import InputFaultsError
from scorecard.months import Month
from scorecard.store.store import in_memory
from support.workbooks import make_workbook, records

UNITS = """\
unit,name,kind,parent,first_month,last_month
shire,Shire,county,,,
upper,Upper Fen,area,shire,,2016-03
lower,Lower Fen,area,shire,,
east,Fen East,area,shire,2016-04,
west,Fen West,area,shire,2016-04,
team,Fen Team,team,upper,,2016-03
team,Fen Duty Team,team,east,2016-04,
"""
BEFORE, AFTER = Month(2016, 3), Month(2016, 4)


@pytest.fixture(scope="module")
def split(tmp_path_factory):
    """A workbook in which Upper Fen is split in April 2016."""
    lines = {}
    for month in Month(2015, 4).until(Month(2016, 6)):
        areas = ["upper"] if month <= BEFORE else ["east", "west"]
        figures = {"shire": (18, 20), "lower": (6, 7), "team": (4, 5)}
        figures |= {area: (12 // len(areas), 13 // len(areas)) for area in areas}
        lines[str(month)] = "\n".join(
            f"{unit},h,all,{num},{denom}\n{unit},stock,all,{num},"
            for unit, (num, denom) in figures.items()
        )
    return make_workbook(tmp_path_factory.mktemp("split"), lines, units=UNITS)


@pytest.fixture(scope="module")
def store(split):
    with in_memory(split) as opened:
        yield opened


@pytest.mark.parametrize("row", [",,,,2016-04,", ",,,,,2016-03"])
def test_a_row_that_has_a_month_alone_is_a_fault_and_not_forgotten(tmp_path, row):
    workbook = make_workbook(
        tmp_path, {"2016-04": "shire,h,all,1,2"}, units=UNITS + row + "\n,,,,,\n"
    )

    with pytest.raises(InputFaultsError) as error:
        in_memory(workbook)

    found = {(each.row, each.column) for each in error.value.faults}
    assert found == {(9, column) for column in ("unit", "name", "kind", "parent")}


def within(store, month, unit="shire"):
    return [
        (row["unit"], row["name"], row["depth"]) for row in records(store.units_within(unit, month))
    ]


def test_a_unit_is_there_in_its_months_under_its_name_and_parent_of_then(store):
    assert within(store, BEFORE) == [
        ("shire", "Shire", 0), ("upper", "Upper Fen", 1), ("lower", "Lower Fen", 1),
        ("team", "Fen Team", 2),
    ]  # fmt: skip
    assert within(store, AFTER) == [
        ("shire", "Shire", 0), ("lower", "Lower Fen", 1), ("east", "Fen East", 1),
        ("west", "Fen West", 1), ("team", "Fen Duty Team", 2),
    ]  # fmt: skip
    assert within(store, BEFORE, "upper")[1:] == [("team", "Fen Team", 1)]
    assert within(store, AFTER, "east")[1:] == [("team", "Fen Duty Team", 1)]


ALL = ["shire", "upper", "lower", "east", "west", "team"]


@pytest.mark.parametrize(
    ("month", "there"),
    [(BEFORE, {"Upper Fen", "Fen Team"}), (AFTER, {"Fen East", "Fen West", "Fen Duty Team"})],
)
@pytest.mark.parametrize("macro", ["scorecards", "trends"])
def test_figures_are_only_of_units_that_there_are(store, month, there, macro):
    asked = {
        "scorecards": "SELECT DISTINCT unit_name FROM scorecards($units, $month)",
        "trends": "SELECT DISTINCT unit_name FROM trends($units, ['h'], $month)",
    }
    names = store.sql(asked[macro], units=ALL, month=str(month))["unit_name"]
    assert set(names) == {"Shire", "Lower Fen", *there}


@pytest.mark.parametrize(("month", "units"), [(BEFORE, 4), (AFTER, 5)])
def test_activity_and_movement_go_by_the_units_of_the_month(store, month, units):
    activity = records(store.activity("shire", month))
    assert len({row["unit"] for row in activity}) == units
    parts = {row["unit"] for row in records(store.movement("shire", "h", month))}
    assert parts == ({"upper", "lower"} if month == BEFORE else {"lower", None})
    funnel = {row["unit"] for row in records(store.funnel("shire", "h", month))}
    assert funnel == {"lower", *({"upper"} if month == BEFORE else {"east", "west"})}


def test_a_new_unit_has_no_figure_from_before_it_began(store):
    months = [row["month"] for row in store.records.trends(["east"], ["h"], Month(2016, 6))]
    assert [Month.of(month) for month in months] == AFTER.until(Month(2016, 6))


@pytest.mark.parametrize(
    ("unit", "month", "words"),
    [
        ("upper", AFTER, "Upper Fen (`upper`) is no unit in 2016-04, but until 2016-03"),
        ("east", BEFORE, "Fen East (`east`) is no unit in 2016-03, but from 2016-04 on"),
    ],
)
def test_a_question_about_a_unit_of_other_months_says_which(store, unit, month, words):
    with pytest.raises(MonthError) as caught:
        store.scorecards([unit], month)
    assert str(caught.value) == words


def test_a_plan_has_the_units_of_its_month(store):
    known = store.catalogue()
    assert store.in_month(known, BEFORE).kinds["area"] == ["upper", "lower"]
    there = store.in_month(known, AFTER)
    assert there.kinds == {"county": ["shire"], "area": ["lower", "east", "west"], "team": ["team"]}
    assert there.units["team"] == "Fen Duty Team"


def test_a_new_unit_changes_nothing_of_the_months_before_it(store, split, tmp_path):
    other = make_workbook(
        tmp_path, {}, units=UNITS.replace("west,", "south,South,area,shire,2016-06,\nwest,")
    )
    for path in split.results():
        (other.root / "data/results" / path.name).write_text(path.read_text())
    with in_memory(other) as opened:
        for month in (BEFORE, AFTER):
            assert opened.reference(month) == store.reference(month)
        assert opened.reference(Month(2016, 6)) != store.reference(Month(2016, 6))


def test_what_adds_up_to_what_is_of_the_month_of_the_figures(store):
    """Who withholds small numbers knows that a team counted in the area that it was in then."""
    known = knowledge(counts(store, Month(2016, 6)), 5)
    numbers = {count: number for number, inside in enumerate(known.names) for count in inside}

    def form(whole, part, month):
        found = [
            numbers[Count(unit, "stock", "all", 12 * month.year + month.number - 1, "", "num")]
            for unit in (whole, part)
        ]
        return tuple(sorted(zip(found, (1, -1), strict=True)))

    assert form("upper", "team", BEFORE) in known.fixed
    assert form("east", "team", AFTER) in known.fixed


def test_a_circle_of_an_earlier_time_is_a_fault_and_no_endless_search(tmp_path):
    units = UNITS + "a,A,area,b,,2015-12\nb,B,area,a,,2015-12\na,A,area,shire,2016-01,\n"
    workbook = make_workbook(tmp_path, {"2016-04": "shire,h,all,1,2"}, units=units)
    with pytest.raises(InputFaultsError, match="unit `a` is its own ancestor"):
        in_memory(workbook)
