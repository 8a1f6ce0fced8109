"""What a sum leaves of its parts is known exactly, so it gives small numbers away more easily."""

from __future__ import annotations

import pytest

from scorecard.disclosure.decision import decision
from scorecard.months import Month
from scorecard.params.disclosure import Profile
from scorecard.store.store import in_memory
from support.workbooks import added_up, make_workbook

MONTH = Month(2016, 8)
FIVE = Profile(threshold=5, footnote="Numbers from 1 to {threshold} are {sign}.")
UNITS = """\
unit,name,kind,parent,first_month
shire,Shire,county,,
north,North,area,shire,
south,South,area,shire,
n1,Old Team,team,north,
n2,New Team,team,north,2016-06
s1,South Team,team,south,
"""


@pytest.fixture(scope="module")
def decided(tmp_path_factory):
    """Team → the figures of August that are withheld: 3 of the old team's and of the new one's."""
    lines = {
        str(month): "n1,roll,all,20,40 s1,roll,all,30,60"
        + (" n2,roll,all,1,20" if month >= Month(2016, 6) else "")
        for month in (MONTH - 11).until(MONTH)
    }
    lines["2016-08"] += " n1,stock,all,3, n2,stock,all,40, s1,stock,all,60,"
    workbook = make_workbook(
        tmp_path_factory.mktemp("sums"), lines, units=UNITS, indicators=added_up("roll", "stock")
    )
    with in_memory(workbook) as store:
        return decision(store, workbook, MONTH, FIVE)


def hidden(decided, code, *units):
    return {unit for unit in units if "num" in decided.of(unit, code, "all", MONTH)}


def test_a_small_part_can_not_be_worked_out_from_the_sum_and_the_other_parts(decided):
    gone = hidden(decided, "stock", "n1", "n2", "north", "shire")
    assert "n1" in gone
    assert gone & {"n2", "north"}


def test_a_small_part_of_a_sum_that_has_no_figure_of_its_own_can_not_be_worked_out(decided):
    """North less the old team is the new team's three months, whose twelve are not available."""
    assert hidden(decided, "roll", "n1", "north")
