"""What may be said of a streak: nothing that rests on estimates, or gives a small number away."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from scorecard.disclosure.decision import Decision
from scorecard.months import Month
from scorecard.params.disclosure import Profile
from scorecard.report.streaks import Streak, streak
from scorecard.report.withholding import Withholding

THIS = Month(2016, 8)
FIVE = Profile(threshold=5, marker="c", words="kept back", meaning="small", footnote="Kept back.")
ROW = {
    "unit": "north", "code": "h", "direction": "better", "months": 3,
    "moving_from": date(2016, 5, 1), "from_shown": Decimal("31.5"), "from_places": 1,
    "rated_since": date(2016, 7, 1),
}  # fmt: skip
WHOLE = Streak("better", 3, Month(2016, 5), Decimal("31.5"), Month(2016, 7), 1)
MOVING = Streak("better", 3, Month(2016, 5), Decimal("31.5"), was_places=1)
RATED = Streak(rated_since=Month(2016, 7))


def withholding(month: Month, opens: Month = THIS - 12) -> Withholding:
    gone = {("north", "h", "all", str(month), ""): frozenset({"num"})}
    return Withholding(THIS, opens, FIVE, Decision(gone))


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, WHOLE),
        ({"moving_from": None}, RATED),
        ({"rated_since": None}, MOVING),
        ({"moving_from": None, "rated_since": None}, Streak()),
    ],
)  # fmt: skip
def test_what_is_known_is_all_that_is_said(changed, found):
    assert streak({**ROW, **changed}, None) == found


@pytest.mark.parametrize(
    ("month", "found"),
    [
        (THIS, Streak()),
        (Month(2016, 6), Streak()),  # it had another rating
        (Month(2016, 5), RATED),  # the figure that the movement began from
        (Month(2016, 4), RATED),  # how May compares with it
        (Month(2016, 3), WHOLE),
    ],
)
def test_a_withheld_month_hides_what_rests_on_it_or_says_something_of_it(month, found):
    assert streak(ROW, withholding(month)) == found


def test_months_of_which_nothing_is_decided_are_taken_as_withheld():
    assert streak(ROW, withholding(THIS - 12, opens=Month(2016, 5))) == RATED
    assert streak(ROW, withholding(THIS - 12, opens=Month(2016, 4))) == WHOLE
    assert streak(ROW, withholding(THIS - 12, opens=Month(2016, 7))) == Streak()
