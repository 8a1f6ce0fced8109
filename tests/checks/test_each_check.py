"""Every check: a month that makes it fire, and nearly the same month that it is quiet about."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pytest

from scorecard.checks.examine import examine
from scorecard.checks.library import library
from scorecard.params.checks import Flow
from support.check_workbook import FLOWS, LAST, THIS, Given, examined, looked_at, series, wave
from support.workbooks import TARGETS, UNITS, added_up, called

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.checks.finding import Finding
    from scorecard.checks.material import Material
    from scorecard.months import Month

MINUS = "\N{MINUS SIGN}"
RED = {LAST: "shire,h,all,60,100", THIS: "shire,h,all,50,100"}
TEN = [f"{unit},{code},all,7,9" for unit in ("shire", "north", "south") for code in "hlt"]
LATE = "Ten visits were late in {} 2016 because two workers were away and no one else could go."
STOCK = (Flow(stock="stock", starts="into", ends="out"),)


class Case(NamedTuple):
    """The grade, unit, code and words of the one finding, and two months."""

    grade: str
    unit: str | None
    code: str | None
    says: str
    fires: Given
    quiet: Given


def lines(*each: str) -> str:
    return "\n".join(each)


def wrote(text: str, *, before: str = "", month: str = "2016-08") -> Given:
    """A Red indicator and its commentary."""
    texts = {f"{month}/h": text, **({"2016-07/h": before} if before else {})}
    return Given(RED, {name: each for name, each in texts.items() if each})


def few(text: str) -> Given:
    """A small number that is not shown, and its commentary."""
    results = {LAST: "shire,h,all,60,100", THIS: "shire,h,all,4,100"}
    return Given(results, {"2016-08/h": text}, threshold=5)


def rate(values: dict, this: str) -> Given:
    return Given({**values, THIS: this})


def waved(text: str, this: int | None = None) -> Given:
    """A year and more of ordinary variation, the month as usual or not, and its commentary."""
    value = wave(0) if this is None else this
    return Given({**WAVES, THIS: f"shire,h,all,{value},100"}, {"2016-08/h": text})


ADDED = added_up("h")
SHIRE = {LAST: lines("shire,h,all,17,20", "north,h,all,9,10", "south,h,all,8,10")}
PARTS = lines("north,h,all,9,10", "south,h,all,8,10")
WAVES = series(lambda n: f"shire,h,all,{wave(n)},100", 13)
RESULTS_OF_L = {THIS: "shire,l,all,1,9\nnorth,l,all,1,9"}
CHANGES = "code,month,change,reason\n"
CASES = {
    "incomplete_month": Case(
        "stops", None, None, "Of the 4 results of July 2016, August 2016 has only 1.",
        Given({LAST: lines("shire,h,all,90,100", "north,h,all,1,2", "south,h,all,1,2",
                           "shire,l,all,1,9"), THIS: "shire,h,all,91,100"}),
        Given({LAST: lines("shire,h,all,90,100", "north,h,all,1,2"), THIS: "shire,h,all,91,100"}),
    ),
    "sum_in_place": Case(
        "look", "shire", "h",
        "Shire, Higher is better: added up to 17 of 20 from the units below; July 2016 was "
        "supplied, 18 of 20.",
        Given({LAST: f"{PARTS}\nshire,h,all,18,20", THIS: PARTS}, indicators=ADDED),
        Given({LAST: PARTS, THIS: PARTS}, indicators=ADDED),
    ),
    "sum_without_unit": Case(
        "information", "shire", "h",
        "Shire, Higher is better: the sum is without South, which has never had a result of it.",
        Given({LAST: "north,h,all,9,10", THIS: "north,h,all,8,10"}, indicators=ADDED),
        Given({LAST: PARTS, THIS: PARTS}, indicators=ADDED),
    ),
    "withheld_derivable": Case(
        "look", "north", "h",
        "North, Higher is better, is withheld, and is what Shire reports less the other units "
        "directly below it.",
        rate(SHIRE, lines("shire,h,all,18,20", "north,h,all,withheld,", "south,h,all,8,10")),
        rate(SHIRE, lines("shire,h,all,18,20", "north,h,all,withheld,", "south,h,all,withheld,")),
    ),
    "not_applicable_above": Case(
        "look", "north", "h",
        "North, Higher is better, is not applicable, but North Team has a figure.",
        Given({THIS: lines("north,h,all,not_applicable,", "north-team,h,all,0,9")}),
        Given({THIS: lines("north,h,all,not_applicable,", "north-team,h,all,0,0")}),
    ),
    "finished_parts": Case(
        "look", "shire", "h",
        "Shire, Higher is better, has no sum: South came finished, without numerator and "
        "denominator, and finished results can't be added up.",
        Given({THIS: lines("north,h,all,9,10", "south,h,all,94.5,result")}, indicators=ADDED),
        Given({THIS: lines("shire,h,all,94.1,result", "south,h,all,94.5,result")},
              indicators=ADDED),
    ),
    "fraction_for_count": Case(
        "look", "shire", "h",
        "Shire, Higher is better: 0.947 of 1 looks like a finished result of 94.7% and not like a "
        "count.",
        Given({THIS: "shire,h,all,0.947,1"}), Given({THIS: "shire,h,all,1,1"}),
    ),
    "copied_month": Case(
        "stops", None, None, "9 of 10 results of August 2016 are exactly those of July 2016.",
        Given({LAST: lines(*TEN, "shire,count,all,3,"), THIS: lines(*TEN, "shire,count,all,4,")}),
        Given({LAST: lines(*TEN, "shire,count,all,3,"),
               THIS: lines(*TEN[:-1], "south,t,all,8,9", "shire,count,all,4,")}),
    ),
    "missing_result": Case(
        "look", "north", "h", "North, Higher is better has no result for August 2016; the last one "
        "is for July 2016.",
        Given({LAST: lines("shire,h,all,90,100", "north,h,all,9,10"), THIS: "shire,h,all,91,100"}),
        Given({LAST: lines("shire,h,all,90,100", "north,h,all,9,10"),
               THIS: lines("shire,h,all,91,100", "north,h,all,8,10")}),
    ),
    "window_gap": Case(
        "look", "shire", "roll", "Shire, Rolling: the data period from September 2015 lacks July "
        "2016.",
        Given({LAST - 2: "shire,roll,all,9,10", LAST - 1: "shire,roll,all,9,10",
               THIS: "shire,roll,all,9,10"}),
        Given(series(lambda _: "shire,roll,all,9,10", 3, THIS)),
    ),
    "restated_stock": Case(
        "look", "shire", "stock",
        "Shire, Stock: July 2016 was 90 when it was loaded and is 85 now.",
        Given({LAST: "shire,stock,all,85,", THIS: "shire,stock,all,87,"},
              loads=[{LAST: "shire,stock,all,90,"},
                     {LAST: "shire,stock,all,85,", THIS: "shire,stock,all,87,"}]),
        Given({LAST: "shire,stock,all,90,", THIS: "shire,stock,all,87,"},
              loads=[{LAST: "shire,stock,all,90,"},
                     {LAST: "shire,stock,all,90,", THIS: "shire,stock,all,87,"}]),
    ),
    "unrecorded_edit": Case(
        "look", None, None, "3 results of August 2016 were edited by hand since load 1.",
        Given({THIS: lines("shire,stock,all,87,", "shire,l,all,1,9")},
              loads=[{THIS: lines("shire,stock,all,86,", "shire,l,all,1,9", "shire,h,all,8,9",
                                   "gone,h,all,8,9")}]),
        Given({THIS: "shire,stock,all,87,"}, loads=[{THIS: "shire,stock,all,87,"}]),
    ),
    "contradicted_figure": Case(
        "look", "north", "stock", "North reports 3, but its teams add up to 7. With 7, the areas "
        "of Shire add up to the 25 that Shire reports; with 3 they come to 21.",
        Given({THIS: lines("shire,stock,all,25,", "north,stock,all,3,", "south,stock,all,18,",
                           "north-team,stock,all,7,")}),
        Given({THIS: lines("shire,stock,all,24,", "north,stock,all,3,", "south,stock,all,18,",
                           "north-team,stock,all,7,")}),
    ),
    "parts_and_whole": Case(
        "look", "north", "h", "North reports 10, its teams add up to 7, 3 less; in July 2016 they "
        "agreed.",
        Given({LAST: lines("north,h,all,8,20", "north-team,h,all,8,20"),
               THIS: lines("north,h,all,10,20", "north-team,h,all,7,20")}),
        Given({LAST: lines("north,h,all,8,20", "north-team,h,all,8,20"),
               THIS: lines("north,h,all,10,20", "north-team,h,all,10,20")}),
    ),
    "cohort_remainder": Case(
        "stops", "shire", "h", "Shire, Higher is better: 9 of 10 in all, 5 of 8 of cohort "
        "`excluding_uasc`; that leaves 4 of 2 for the others.",
        Given({THIS: lines("shire,h,all,9,10", "shire,h,excluding_uasc,5,8")}),
        Given({THIS: lines("shire,h,all,9,10", "shire,h,excluding_uasc,7,8")}),
    ),
    "stock_and_flow": Case(
        "look", "shire", "stock", f"Shire: 10 + 4 {MINUS} 3 = 11, reported 12.",
        Given({LAST: "shire,stock,all,10,",
               THIS: lines("shire,stock,all,12,", "shire,into,all,4,", "shire,out,all,3,")},
              indicators=FLOWS, flows=STOCK),
        Given({LAST: "shire,stock,all,10,",
               THIS: lines("shire,stock,all,11,", "shire,into,all,4,", "shire,out,all,3,")},
              indicators=FLOWS, flows=STOCK),
    ),
    "stock_and_flow_below": Case(
        "information", "south", "stock", f"South: 1 + 0 {MINUS} 3 = {MINUS}2, reported 1.",
        Given({LAST: "south,stock,all,1,",
               THIS: lines("south,stock,all,1,", "south,into,all,0,", "south,out,all,3,")},
              indicators=FLOWS, flows=STOCK),
        Given({LAST: "south,stock,all,1,",
               THIS: lines("south,stock,all,1,", "south,into,all,3,", "south,out,all,3,")},
              indicators=FLOWS, flows=STOCK),
    ),
    "outside_limits": Case(
        "look", "shire", "h", "Shire, Higher is better: 57.0% in August 2016; its 13 earlier "
        "months allow 45.6% to 56.2%.",
        rate(WAVES, "shire,h,all,57,100"),
        rate(WAVES, "shire,h,all,56,100"),
    ),
    "jump": Case(
        "look", "shire", "h", "Shire, Higher is better: from 58.0% to 50.0%; the usual step "
        "between months is 2.3 percentage points.",
        rate({**WAVES, LAST: "shire,h,all,58,100"}, "shire,h,all,50,100"),
        rate({**WAVES, LAST: "shire,h,all,58,100"}, "shire,h,all,51,100"),
    ),
    "jump_without_history": Case(
        "look", "shire", "stock", "Shire, Stock: from 100 to 150 in a month.",
        Given({LAST: "shire,stock,all,100,", THIS: "shire,stock,all,150,"}),
        Given({LAST: "shire,stock,all,100,", THIS: "shire,stock,all,140,"}),
    ),
    "denominator_shrank": Case(
        "look", "shire", "h", "Shire, Higher is better: a denominator of 79; its 13 earlier months "
        "have 100 on average.",
        rate(series(lambda n: f"shire,h,all,{wave(n)},100", 13), "shire,h,all,40,79"),
        rate(series(lambda n: f"shire,h,all,{wave(n)},100", 13), "shire,h,all,40,80"),
    ),
    "all_or_nothing": Case(
        "look", "shire", "h", "Shire, Higher is better: 100.0% (90 of 90) in August 2016; in the "
        "year before between 90.0% and 90.0%.",
        rate(series(lambda _: "shire,h,all,90,100", 3), "shire,h,all,90,90"),
        rate({**series(lambda _: "shire,h,all,90,100", 3), LAST - 1: "shire,h,all,9,9"},
             "shire,h,all,90,90"),
    ),
    "no_target": Case(
        "look", None, "free", "Without target has no target for August 2016; the first starts in "
        "September 2016.",
        Given(RED, targets=TARGETS + "free,2016-09,90,80,,,\n"),
        Given(RED, targets=TARGETS + "free,2016-08,90,80,,,\n"),
    ),
    "repeated_target": Case(
        "look", None, "h", "Higher is better has the target 90 from April 2015 and the same again "
        "from April 2016.",
        Given(RED, targets=TARGETS + "h,2016-04,90,80,,,\n"),
        Given(RED, targets=TARGETS + "h,2016-04,90,85,,,\n"),
    ),
    "commentary_missing": Case(
        "look", "shire", "h", "Shire, Higher is better is Red (50.0%) and has no commentary.",
        Given(RED), wrote("It fell in August 2016."),
    ),
    "long_name": Case(
        "information", None, "l", "data/reference/indicators.csv, row 3, column short_name: “No "
        "name is as long as this one” has 8 words. The titles of its charts have room for 7.",
        Given(RED, indicators=called(l="No name is as long as this one")),
        Given(RED, indicators=called(l="A name that is not as long")),
    ),
    "retired_result": Case(
        "look", None, "l", "Lower is better has 2 results for August 2016; it was retired in "
        "August 2016.",
        Given(RESULTS_OF_L, changes=f"{CHANGES}l,2016-08,retired,Seen elsewhere.\n"),
        Given(RESULTS_OF_L, changes=f"{CHANGES}l,2016-09,added,Asked for.\n"),
    ),
    "commentary_unused": Case(
        "information", None, "stock", "data/commentary/2016-08/stock.md is not shown: Stock is an "
        "activity measure, and commentary is on indicators.",
        Given(RED, {"2016-08/stock": "Well."}), Given(RED, {"2016-08/l": "Well."}),
    ),
    "commentary_figures": Case(
        "look", "shire", "h", "data/commentary/2016-08/h.md says “51 of 100”, which is not a "
        "result of this indicator; 61.0% in July 2016, when it was 60.0%; 45%, which is not a "
        "result, target or floor of this indicator.",
        wrote("It is Red: 51 of 100 (51.0%), after 61.0% in July and 45% before August 2016."),
        wrote("It is Red: 50 of 100 (50.0%), after 60.0% in July 2016; the target was 90% in July "
              "and the floor 80%. In August it fell."),
    ),
    "commentary_direction": Case(
        "look", "shire", "h", "data/commentary/2016-08/h.md speaks only of better results, but "
        "50.0% follows 60.0% a month ago.",
        wrote("The result has improved in August 2016."),
        wrote("The result had improved by July and is worse in August 2016."),
    ),
    "commentary_old": Case(
        "look", "shire", "h", "data/commentary/2016-08/h.md speaks of July 2016 at the latest.",
        wrote("It was Red in July, as in June 2016; 60 of 100."),
        wrote("It was Red in July, and is in August."),
    ),
    "commentary_repeated": Case(
        "look", "shire", "h", "data/commentary/2016-08/h.md repeats 94% of what was written for "
        "July 2016.",
        wrote(LATE.format("August"), before=LATE.format("July")),
        wrote(LATE.format("August"),
              before="Staff had no cars for a week in July 2016, so visits waited."),
    ),
    "commentary_withheld": Case(
        "stops", "shire", "h", "data/commentary/2016-08/h.md says “4 of 100” and “4.0%”, which the "
        "tables don't show.",
        few("It is Red in August 2016: 4 of 100 (4.0%), after 60 of 100 (60.0%) in July."),
        few("It is Red in August 2016: a few of 100, after 60 of 100 (60.0%) in July."),
    ),
    "commentary_small_number": Case(
        "look", "shire", "h", "data/commentary/2016-08/h.md says “Two looked-after children”.",
        few("Two looked-after children were late in August 2016."),
        few("Six looked-after children were late in August 2016, in 2 areas."),
    ),
    "commentary_counts": Case(
        "look", "shire", "h", "data/commentary/2016-08/h.md says “310 looked-after children” and "
        "“60 young people”. Does this indicator count that?",
        wrote("In this month 310 looked-after children waited, 50 children did not, and 60 young "
              "people were late. It is August."),
        wrote("50 children of 100 children were late in August 2016, 40 fewer children than "
              "planned. In July 60 children were, and 40 young people were not."),
    ),
    "commentary_dates": Case(
        "look", "shire", "h", "data/commentary/2016-08/h.md says “31 June”, “52% in September "
        "2016” and “months to July 2016” in August 2016.",
        wrote("Since 31 June it fell over the 12 months to July 2016. It will be 52% in September "
              "2016."),
        wrote("On 30 June it was high. Over the 12 months to August it fell, and was low at the "
              "end of July 2016. From September 2016 a team of 5 will help."),
    ),
    "commentary_superlatives": Case(
        "look", "shire", "h", "data/commentary/2016-08/h.md says “the best” and “lowest result "
        "ever”. Compared with what?",
        wrote("Ours is **the best** service, after the lowest result ever in August."),
        wrote("In the best interests of children, and by the best practice, it was best to wait in "
              "August. There were some outstanding assessments."),
    ),
    "commentary_causes": Case(
        "look", "shire", "h", "data/commentary/2016-08/h.md says “due to sickness in two of the” "
        "and “because of new forms”. How is that known?",
        wrote("It fell due to sickness in two of the teams that visit. Then it rose in August, "
              "because of new forms. That is all."),
        wrote("An audit found that it fell because of sickness. It rose due to new forms; a count "
              "of visits shows it. It fell as a result of leave: 20 of 100 were away in August."),
    ),
    "commentary_signal": Case(
        "look", "shire", "h", "data/commentary/2016-08/h.md says “improved”, but its monthly "
        "results show ordinary variation.",
        waved("It improved in August."), waved("It has not improved in August, and is to become "
                                               "better."),
    ),
}  # fmt: skip


def of_check(name: str, folder: Path, given: Given) -> list[Finding]:
    """What a check finds when it is asked alone."""
    with looked_at(folder, given) as material:
        return asked(name, material)


def asked(name: str, material: Material) -> list[Finding]:
    return examine(material, [check for check in library() if check.name == name]).findings


@pytest.mark.parametrize(
    ("text", "this", "shows"),
    [
        ("It improved in August.", 20, "a concern"),
        ("It is worse in August.", 20, None),
        ("It worsened in August.", 99, "an improvement"),
        ("It improved in August.", 99, None),
        ("It improved in July and got worse in August.", 20, None),
    ],
)
def test_commentary_may_say_what_the_signal_says(tmp_path, text, this, shows):
    says = [each.says for each in of_check("commentary_signal", tmp_path, waved(text, this))]

    assert [shows] * bool(shows) == [one.partition("results show ")[2].rstrip(".") for one in says]


NOT_RATED = "data/commentary/2016-08/h.md calls the indicator Red; it is not rated."


@pytest.mark.parametrize("now", ["0,0", "not_available,"])
@pytest.mark.parametrize(("text", "says"), [("It is Red.", [NOT_RATED]), ("It improved.", [])])
def test_commentary_on_an_indicator_without_a_result_claims_no_direction(tmp_path, now, text, says):
    """It ended the check, and with it every pack of the month, with an error of Python's."""
    given = Given({LAST: "shire,h,all,60,100", THIS: f"shire,h,all,{now}"}, {"2016-08/h": text})
    found = of_check("commentary_direction", tmp_path, given)
    assert [each.says for each in found] == says


@pytest.mark.parametrize(
    "now",
    [
        lines("shire,h,all,18,20", "north,h,all,withheld,", "south,h,all,79.9,result"),
        lines("shire,h,all,89.9,result", "north,h,all,withheld,", "south,h,all,8,10"),
        lines("shire,h,all,18,20", "north,h,all,withheld,"),
    ],
    ids=["a part is finished", "the whole is finished", "a part did not come"],
)
def test_nothing_can_be_worked_out_from_what_is_not_known(tmp_path, now):
    assert of_check("withheld_derivable", tmp_path, rate(SHIRE, now)) == []


@pytest.mark.parametrize("unit", ["south", "south-team"])
def test_what_is_not_applicable_is_not_left_out_of_a_sum(tmp_path, unit):
    units = f"{UNITS}south-team,South Team,team,south\n"
    months = {LAST: f"north,h,all,9,10\n{unit},h,all,8,10"}
    now = f"north,h,all,9,10\n{unit},h,all,not_applicable,"
    given = Given({**months, THIS: now}, indicators=ADDED, units=units)
    with looked_at(tmp_path, given) as material:
        assert asked("sum_without_unit", material) == []
        sums = "SELECT num FROM results WHERE unit = 'shire' AND month = '2016-08-01'"
        assert [row["num"] for row in material.store.rows(sums)] == [9]


FINE = series(lambda n: f"shire,h,all,{4 + n % 2 * 0.005:g},result", 13)


DECIMALS = {
    "as given": ({}, "4.249,result", "outside_limits",
                 ": 4.249% in August 2016; its 13 earlier months allow 3.989% to 4.016%."),
    "finer limits": ({}, "4.02,result", "outside_limits",
                     ": 4.02% in August 2016; its 13 earlier months allow 3.989% to 4.016%."),
    "a jump": ({LAST: "shire,h,all,4.01,result"}, "3.992,result", "jump",
               ": from 4.01% to 3.992%; the usual step between months is 0.005 percentage points."),
    "an end": ({LAST: "shire,h,all,99.9999,result"}, "100,result", "all_or_nothing",
               ": 100% in August 2016; in the year before between 4% and 99.9999%."),
    "counted": ({LAST: "shire,h,all,4999,5000"}, "5000,5000", "all_or_nothing",
                ": 100.00% (5000 of 5000) in August 2016; in the year before between 4% and 99.98%."
                ),
}  # fmt: skip
"""Unit → what it has before, its result now, the check that finds it, and what that says."""


def test_a_result_has_the_decimals_it_was_given_with_or_needs(tmp_path):
    units, months = UNITS, {}
    for unit, (before, now, *_) in DECIMALS.items():
        slug = unit.replace(" ", "-")
        units += f"{slug},{unit},area,shire\n"
        for month, line in ({**FINE, **before, THIS: f"shire,h,all,{now}"}).items():
            months[month] = f"{months.get(month, '')}\n{line.replace('shire', slug)}"
    with looked_at(tmp_path, Given(months, units=units)) as material:
        for unit, (_, _, check, says) in DECIMALS.items():
            found = {each.says for each in asked(check, material)}
            assert f"{unit}, Higher is better{says}" in found


LEAP = rate(WAVES, "shire,h,all,90,100")
LIMITED = {
    "plain": (LEAP, True),
    "a step is declared in the month": (
        replace(LEAP, steps="code,month,reason\nh,2016-08,A new form\n"), False,
    ),
    "a month is missing, and too few follow": (
        replace(LEAP, results={m: t for m, t in LEAP.results.items() if m != LAST - 3}), False,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("given", "limited"), LIMITED.values(), ids=LIMITED)
def test_limits_are_those_of_the_process_behaviour_chart(tmp_path, given, limited):
    with looked_at(tmp_path, given) as material:
        found = [*asked("outside_limits", material), *asked("jump", material)]
    assert bool(found) == limited


@pytest.mark.parametrize(
    ("given", "finds", "leaves"),
    [
        (CASES["stock_and_flow"].fires, "stock_and_flow", "stock_and_flow_below"),
        (CASES["stock_and_flow_below"].fires, "stock_and_flow_below", "stock_and_flow"),
        (LEAP, "outside_limits", "jump"),
    ],
    ids=["the whole", "below it", "outside its limits"],
)
def test_what_one_check_finds_another_does_not_repeat(tmp_path, given, finds, leaves):
    with looked_at(tmp_path, given) as material:
        assert asked(finds, material)
        assert asked(leaves, material) == []


def test_a_finding_of_a_cohort_names_it_unless_all_children_have_the_same(tmp_path):
    groups = "cohort,dimension,name,exhaustive\nadults,age,18 and over,no\n"
    month = "{0},h,all,90,100\n{0},h,adults,70,80"
    now = "{0},h,all,{1},100\n{0},h,adults,80,80"
    results = series(lambda _: lines(month.format("shire"), month.format("north")), 3)
    results[THIS] = lines(now.format("shire", 100), now.format("north", 91))
    found = of_check("all_or_nothing", tmp_path, Given(results, cohorts=groups))
    says = {each.unit: each.says for each in found}

    assert says["shire"].startswith("Shire, Higher is better: 100.0%")
    assert says["north"].startswith("North, Higher is better, age: 18 and over: 100.0%")


def test_a_difference_of_a_cohort_names_it(tmp_path):
    now = lines("shire,h,all,not_available,", "shire,h,excluding_uasc,9,10",
                "north,h,all,not_available,", "north,h,excluding_uasc,8,10")  # fmt: skip
    (found,) = of_check("parts_and_whole", tmp_path, Given({THIS: now}))
    assert found.says.startswith("Shire, excluding UASC, reports 9, its areas add up")


def test_nobody_misses_the_results_of_a_retired_indicator(tmp_path):
    all_three = series(lambda _: "shire,h,all,9,10\nshire,l,all,1,10\nshire,t,all,1,10", 3)
    retired = f"{CHANGES}l,2016-08,retired,Seen elsewhere.\n"
    given = Given({**all_three, THIS: "shire,h,all,9,10"}, changes=retired)
    assert [each.code for each in of_check("missing_result", tmp_path, given)] == ["t"]


def test_commentary_on_an_indicator_of_other_months_says_so(tmp_path):
    changes = f"{CHANGES}l,2016-08,retired,Seen elsewhere.\n"
    given = Given(RED, {"2016-08/l": "Well."}, changes=changes)
    (found,) = of_check("commentary_unused", tmp_path, given)
    assert found.says.endswith("Lower is better is not in the catalogue for August 2016.")


def test_commentary_may_name_the_figures_of_other_units(tmp_path):
    results = {
        LAST: lines("shire,h,all,60,100", "north,h,all,17,33"),
        THIS: lines("shire,h,all,50,100", "north,h,all,23,41"),
    }
    text = "Red: North had 23 of 41, and once 52%; but 9 of 41 and 77% nowhere."
    (found,) = of_check("commentary_figures", tmp_path, Given(results, {"2016-08/h": text}))
    assert found.says.partition("says ")[2] == (
        "“9 of 41”, which is not a result of this indicator; 77%, which is not a result, target or "
        "floor of this indicator."
    )


def test_commentary_is_asked_for_a_red_that_a_page_may_show(tmp_path):
    (tmp_path / "params").mkdir()
    reports = tmp_path / "params/reports.yml"
    one = "- {name: a, notebook: n, title: A, summary: S, parameters: {codes: [%s]}}\n"
    every = "- {name: b, notebook: n, title: B, summary: S}\n"
    found = []
    for entries in (one % "l", one % "l, h", (one % "l") + every):
        reports.write_text(f"appendices:\n{entries}")
        found.append(of_check("commentary_missing", tmp_path, Given(RED)) != [])
    assert found == [False, True, True]


@pytest.mark.parametrize(("text", "missing"), [("\n", 1), ("***\n", 0)])
def test_commentary_without_a_sentence_ends_no_check(tmp_path, text, missing):
    """An empty file, as one is begun, ended every check and pack with an error of Python's."""
    with looked_at(tmp_path, wrote(text)) as material:
        assert asked("commentary_causes", material) == []
        assert len(asked("commentary_missing", material)) == missing


def test_an_overview_is_held_against_all_indicators_of_its_section(tmp_path):
    words = (
        "In August 2016 it was 50 of 100, or 4%, and one child; 20% is not the target, nor was it "
        "33% in August."
    )
    results = {THIS: lines("shire,h,all,50,100", "shire,l,all,4,100")}
    given = Given(results, {"2016-08/overview-section": words}, threshold=5)
    found = {each.check: each for each in examined(tmp_path, given).findings}
    says = {check: found[check].says for check in found if check.startswith("commentary_")}
    file = "data/commentary/2016-08/overview-section.md says"

    assert says.pop("commentary_missing")
    assert says == {
        "commentary_withheld": f"{file} “4%”, which the tables don't show.",
        "commentary_small_number": f"{file} “one child”.",
        "commentary_figures": f"{file} 33% in August 2016, no result of an indicator of "
        "this section then; 20%, which is not a result, target or floor of an indicator of this "
        "section.",
    }
    assert found["commentary_withheld"].code is None
    assert found["commentary_withheld"].unit == "shire"


def test_every_check_has_a_case():
    assert {check.name for check in library()} == set(CASES)


DALE = """\
d-shire,Dale,county,
d-north,East,area,d-shire
d-south,West,area,d-shire
d-north-team,East Team,team,d-north
"""


def beside(case: Case) -> Given:
    """Both months of a case in one workbook: Shire has the one, Dale that which is quiet."""

    def both(one: dict[Month, str], other: dict[Month, str]) -> dict[Month, str]:
        dale = {month: re.sub(r"(?m)^(?=\w)", "d-", text) for month, text in other.items()}
        return {month: lines(one.get(month, ""), dale.get(month, "")) for month in {**one, **dale}}

    loads = [both(*each) for each in zip(case.fires.loads, case.quiet.loads, strict=True)]
    results = both(case.fires.results, case.quiet.results)
    return replace(case.fires, results=results, loads=loads, units=UNITS + DALE)


@pytest.mark.parametrize("name", CASES)
def test_it_fires_and_is_quiet_about_nearly_the_same(tmp_path, name):
    """In one workbook where it finds a unit, by results alone."""
    case = CASES[name]
    together = case.unit and replace(case.quiet, results={}, loads=()) == replace(
        case.fires, results={}, loads=()
    )
    (found,) = of_check(name, tmp_path / "fires", beside(case) if together else case.fires)

    assert (found.grade, found.unit, found.code) == (case.grade, case.unit, case.code)
    assert found.says == case.says
    assert found.remedy
    assert together or of_check(name, tmp_path / "quiet", case.quiet) == []
