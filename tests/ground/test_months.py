"""Months as values: written one way, counted across years, put in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.errors import MonthError
from scorecard.months import Month, day_words

MONTHS = st.builds(Month, st.integers(1900, 2899), st.integers(1, 12))


@given(MONTHS)
def test_what_is_written_is_read_again(month):
    assert Month.parse(str(month)) == month


@pytest.mark.parametrize(
    "text",
    ["2016-13", "2016-00", "2016-8", "16-08", "2016/08", "2016-08-01", " 2016-08", "", "August",
     "0016-08", "2016-08\n", "2\u096616-08"],
)  # fmt: skip
def test_anything_else_is_no_month_and_the_message_shows_how(text):
    with pytest.raises(MonthError, match="is not a month: write year and month as `2016-08`"):
        Month.parse(text)


@given(MONTHS, st.integers(-1000, 1000))
def test_counting_there_and_back(month, count):
    there = month + count

    assert there - count == month
    assert 1 <= there.number <= 12
    assert (there.year * 12 + there.number) - (month.year * 12 + month.number) == count


def test_across_the_turn_of_the_year():
    assert Month(2015, 12) + 1 == Month(2016, 1)
    assert Month(2016, 8) - 12 == Month(2015, 8)


@given(MONTHS, st.integers(0, 40))
def test_from_one_month_to_another_both_included(month, count):
    months = month.until(month + count)

    assert months == [month + step for step in range(count + 1)]
    assert months == sorted(months)
    assert (month + 1).until(month) == []


def test_words():
    august = Month.of(date(2016, 8, 31))

    assert (august.words, august.short, str(august)) == ("August 2016", "Aug 2016", "2016-08")
    assert august.first_day == date(2016, 8, 1)
    assert august.last_day == date(2016, 8, 31)


@pytest.mark.parametrize(
    ("month", "words"),
    [("2016-07", "last month"), ("2016-05", "May"), ("2015-12", "December 2015")],
)
def test_a_month_as_seen_from_a_later_one(month, words):
    assert Month.parse(month).seen_from(Month(2016, 8)) == words


def test_december_as_seen_from_january_is_last_month():
    assert Month(2015, 12).seen_from(Month(2016, 1)) == "last month"


def test_a_day_is_written_in_words():
    assert day_words(date(2016, 9, 8)) == "8 September 2016"
