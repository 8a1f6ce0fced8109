"""Why the whole differs from a smaller cohort: the three numbers give the gap exactly."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from scorecard.months import Month
from support.workbooks import INDICATORS, make_store

THIS = Month(2016, 8)


def ten(fraction):
    """A fraction to ten decimals, halves away from zero."""
    scaled = abs(fraction) * 10**10
    return (1 if fraction >= 0 else -1) * Fraction(int(scaled + Fraction(1, 2)), 10**10)


def test_share_times_difference_is_the_gap(tmp_path):
    chosen = random.Random(5)  # noqa: S311
    given, lines, indicators = {}, "", INDICATORS.splitlines()[0] + "\n"
    for n in range(30):
        denom, others = sorted([chosen.randint(1, 300), chosen.randint(1, 300)], reverse=True)
        few = chosen.randint(0, others)
        num = few + chosen.randint(0, denom - others)
        form = chosen.choice(["percent", "days"])
        given[f"c{n}"] = num, denom, few, others, 100 if form == "percent" else 1
        indicators += f"c{n},S,Name {n},H,SS,{form},monthly,,,\n"
        lines += f"shire,c{n},all,{num},{denom}\nshire,c{n},excluding_uasc,{few},{others}\n"
    targets = "code,valid_from,target,floor,green_within,amber_within,note\n"
    store = make_store(tmp_path, {"2016-08": lines}, indicators=indicators, targets=targets)

    for code, (num, denom, few, others, factor) in given.items():
        (row,) = store.records.rate_and_mix("shire", code, THIS)
        gap = factor * (Fraction(num, denom) - Fraction(few, others))
        share = Fraction(denom - others, denom)
        assert Fraction(row["share"]) == ten(share)
        assert Fraction(row["gap"]) == ten(gap)
        exact = {
            name: Fraction(value) for name, value in row.items() if name.endswith(("num", "denom"))
        }
        assert exact["left_out_num"] + exact["others_num"] == exact["whole_num"] == num
        assert exact["left_out_denom"] + exact["others_denom"] == exact["whole_denom"] == denom
        if denom == others:
            assert (row["left_out_result"], row["share"], row["gap"]) == (None, 0, 0)
            continue
        rate = factor * exact["left_out_num"] / exact["left_out_denom"]
        assert Fraction(row["left_out_result"]) == ten(rate)
        assert Fraction(row["others_result"]) == ten(factor * Fraction(few, others))
        assert gap == share * (rate - factor * Fraction(few, others))


def test_it_is_shown_with_the_usual_decimals(tmp_path):
    store = make_store(
        tmp_path, {"2016-08": "shire,h,all,293,2246\nshire,h,excluding_uasc,186,1448"}
    )
    (row,) = store.records.rate_and_mix("shire", "h", THIS)
    shown = {name: f"{value:.1f}" for name, value in row.items() if name.endswith("shown")}

    assert shown == {
        "gap_shown": "0.2", "share_shown": "35.5", "left_out_shown": "13.4", "others_shown": "12.8",
        "whole_shown": "13.0",
    }  # fmt: skip


@pytest.mark.parametrize(
    "lines",
    [
        "shire,h,all,5,10",
        "shire,h,all,5,10\nshire,h,excluding_uasc,0,0",
        "shire,count,all,5,\nshire,count,excluding_uasc,3,",
    ],
    ids=["one cohort", "a cohort of nobody", "a count"],
)
def test_without_two_results_there_is_no_gap(tmp_path, lines):
    store = make_store(tmp_path, {"2016-08": lines})

    assert store.rate_and_mix("shire", lines.split(",")[1], THIS).empty
