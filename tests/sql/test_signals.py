"""Process behaviour charts: limits and signals, against independent calculations."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

import pytest

from scorecard import display
from scorecard.months import Month
from scorecard.store import difference
from scorecard.store.store import in_memory
from support.ledgers import record_load
from support.stores import asked_only
from support.workbooks import INDICATORS, TARGETS, make_store, make_workbook

THIS = Month(2016, 8)
CHECK = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
RESISTANCE = [5045, 4350, 4350, 3975, 4290, 4430, 4485, 4285, 3980, 3925, 3645, 3760, 3300, 3685,
              3463, 5200]  # fmt: skip
"""The data set to verify software with: Wheeler, Making Sense of Data (2003), page 382."""
VISCOSITY = [33.75, 33.05, 34, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.2, 33.62, 33, 33.54,
             33.12, 33.84]  # fmt: skip
"""Batches of primer paint: Montgomery, Introduction to Statistical Quality Control (4th ed., 2001),
page 242."""
FLAT, LONG = [10, 12] * 8, [10, 12] * 10
SPREAD = [10, 12] * 7 + [11]
"""Fifteen values with the limits 5.87 and 16.13."""
LOW, HIGH = [*FLAT, 0], [*FLAT, 30]
RISING, FALLING = [20, 0] * 6 + [4, 6, 8, 10, 12, 14, 16], [20, 0] * 6 + [16, 14, 12, 10, 8, 6, 4]


class Series(NamedTuple):
    """The monthly values of an indicator, None where a month is left out."""

    values: list
    polarity: str = ""
    target: object = None
    period: str = ""
    """Its data period and format: as said below, unless given."""


def book(folder, series, **texts):
    """A workbook with an indicator for each series, all of one unit, up to this month.

    What has a polarity is a percentage of 100, what has none an activity measure.
    """
    indicators, targets = INDICATORS.splitlines()[0] + "\n", TARGETS.splitlines()[0] + "\n"
    months = {}
    for code, each in series.items():
        period = each.period or ("SS,percent" if each.polarity else "M,count")
        indicators += f"{code},S,Name {code},{each.polarity},{period},monthly,,,\n"
        if each.target is not None:
            bands = {"T": f",{each.target},,1,2"}.get(
                each.polarity, f",{each.target},{each.target},,"
            )
            targets += f"{code},2015-04{bands},\n"
        for back, value in enumerate(reversed(each.values)):
            if value is not None:
                line = f"shire,{code},all,{value},{'' if 'count' in period else 100}"
                months.setdefault(str(THIS - back), []).append(line)
    lines = {month: "\n".join(each) for month, each in months.items()}
    return make_workbook(folder, lines, indicators=indicators, targets=targets, **texts)


def signals(store):
    """What is said of each indicator by code, with exact figures."""
    return {row["code"]: row for row in store.rows("FROM signals('shire', '2016-08')")}


def limits_of(values):
    """Lower limit, mean and upper limit, as exact fractions."""
    exact = [Fraction(str(value)) for value in values]
    mean = sum(exact) / len(exact)
    reach = Fraction(266, 100) * sum(abs(b - a) for a, b in pairwise(exact)) / (len(exact) - 1)
    return mean - reach, mean, mean + reach


def signal_of(values):
    """The signal of the last value, and whether it is high, worked out the long way."""
    lower, mean, upper = limits_of(values)
    last, third = values[-1], (upper - mean) * 2 / 3
    if not lower <= last <= upper:
        return "beyond-limit", last > upper
    seven = values[-7:]
    if all(x > mean for x in seven) or all(x < mean for x in seven):
        return "one-side", last > mean
    if seven == sorted(set(seven)) or seven == sorted(set(seven), reverse=True):
        return "trend", seven[-1] > seven[0]
    for high in (True, False):
        far = [x > mean + third if high else x < mean - third for x in values[-3:]]
        if far[-1] and sum(far) >= 2:
            return "near-limit", high
    return "ordinary", None


CASES = {
    "beyond the upper limit": (HIGH, "beyond-limit", 1),
    "beyond the lower limit": (LOW, "beyond-limit", -1),
    "seven on one side": ([10, 12, 10, 8] * 3 + [9, 11, 9] + [11, 12] * 3 + [11], "one-side", 1),
    "six on one side": ([10, 12, 10, 8] * 3 + [9, 11, 9] + [11, 12] * 3, "ordinary", None),
    "seven rising": (RISING, "trend", 1),
    "six rising": ([20, 0] * 6 + [9, 6, 8, 10, 12, 14, 16], "ordinary", None),
    "seven falling": (FALLING, "trend", -1),
    "a level step ends a trend": ([20, 0] * 6 + [4, 6, 8, 10, 10, 14, 16], "ordinary", None),
    "two of three near the upper limit": ([*LONG, 16, 11, 16], "near-limit", 1),
    "two of three near the lower limit": ([*LONG, 6, 11, 6], "near-limit", -1),
    "one of three near a limit": ([*LONG, 11, 11, 16], "ordinary", None),
    "two near, but not the last": ([*LONG, 16, 16, 11], "ordinary", None),
    "near both limits": ([*LONG, 16, 11, 6], "ordinary", None),
    "all values equal": ([5] * 14, "ordinary", None),
}
MEANT = [
    ("H", HIGH, 50, "improvement"), ("H", LOW, 50, "concern"),
    ("L", HIGH, 50, "concern"), ("L", LOW, 50, "improvement"),
    ("H", RISING, 50, "improvement"), ("L", FALLING, 50, "improvement"),
    ("H", FLAT, 50, "ordinary"), ("H", HIGH, None, "improvement"),
    ("", HIGH, None, "high"), ("", LOW, None, "low"),
    # Near the target is best: compared with the mean, or with where the trend began.
    ("T", HIGH, 30, "improvement"), ("T", HIGH, 10, "concern"),
    ("T", LOW, 0, "improvement"), ("T", LOW, 20, "concern"),
    ("T", RISING, 16, "improvement"), ("T", RISING, 4, "concern"),
    ("T", RISING, 10, "high"), ("T", FALLING, 10, "low"), ("T", HIGH, None, "high"),
]  # fmt: skip
ASSURED = [
    ("H", SPREAD, "5.87", "will-meet"), ("H", SPREAD, "5.88", "may-or-may-not"),
    ("H", SPREAD, "16.13", "may-or-may-not"), ("H", SPREAD, "16.14", "will-not-meet"),
    ("L", SPREAD, "16.13", "will-meet"), ("L", SPREAD, "16.12", "may-or-may-not"),
    ("L", SPREAD, "5.87", "may-or-may-not"), ("L", SPREAD, "5.86", "will-not-meet"),
    ("T", SPREAD, "11", None), ("H", SPREAD, None, None), ("", SPREAD, None, None),
    ("H", SPREAD[:12], "1", None),
]  # fmt: skip
SERIES = {
    "check": Series(CHECK), "resistance": Series(RESISTANCE), "viscosity": Series(VISCOSITY),
    "whole": Series([0, 100] * 7, "H"), "gap": Series([50, None, *[10, 12] * 7]),
    "nobody": Series([10, 12] * 10, "H"), "ended": Series([*FLAT, None]), "one": Series([1]),
    "estimated": Series(FLAT), "flat": Series(FLAT), "raised": Series(SPREAD, "H", 5),
    "steps": Series([50, 52] * 4 + FLAT[:14]), "no-steps": Series([50, 52] * 4 + FLAT[:14]),
    "late-step": Series(FLAT), "shown-steps": Series(FLAT),
    **{f"over-{period}": Series(SPREAD, "H", 17, f"{period},count")
       for period in ("SS", "YTD", "R12M")},
    **{f"case{n}": Series(values) for n, (values, *_) in enumerate(CASES.values())},
    **{f"meant{n}": Series(case[1], case[0], case[2]) for n, case in enumerate(MEANT)},
    **{f"assured{n}": Series(case[1], case[0], case[2]) for n, case in enumerate(ASSURED)},
}  # fmt: skip
STEPS = """\
code,month,reason
steps,2015-01,Earlier
steps,2015-07,A new team began
steps,2016-09,Later
late-step,2015-09,A new team began
shown-steps,2014-08,Before
shown-steps,2014-09,First
shown-steps,2016-08,Last
shown-steps,2016-09,Later
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """The store of all `SERIES`: one month had nobody, one result is a guess, a target rises."""
    provenance = "provenance,marker,count_marker,footnote\npublished,,,\nguessed,e,,A guess.\n"
    workbook = book(tmp_path_factory.mktemp("signals"), SERIES, provenance=provenance)
    workbook.reference("steps").write_text(STEPS, encoding="utf-8")
    with workbook.reference("targets").open("a", encoding="utf-8") as file:
        file.write("raised,2016-08,17,17,,,\nraised,2016-09,5,5,,,\n")
    for back, was, now in (
        (14, "nobody,all,12,100", "nobody,all,0,0"),
        (15, "estimated,all,10,,published", "estimated,all,10,,guessed"),
    ):
        path = workbook.month_results(THIS - back)
        text = path.read_text(encoding="utf-8")
        assert was in text
        path.write_text(text.replace(was, now), encoding="utf-8")
    return asked_only(workbook)


@pytest.fixture(scope="module")
def found(store):
    """What is said of each of `SERIES`."""
    return signals(store)


@pytest.mark.parametrize(
    ("code", "lower", "mean", "upper"),
    [
        ("check", "-3.063", "1.944", "6.952"),
        ("resistance", "3188.72", "4135.50", "5082.28"),
        ("viscosity", "32.24", "33.52", "34.80"),
    ],
)
def test_the_limits_are_those_of_published_charts(found, code, lower, mean, upper):
    for name, published in (("lower", lower), ("mean", mean), ("upper", upper)):
        places = len(published.partition(".")[2])
        assert f"{found[code][name]:.{places}f}" == published, name


def drift(chosen):
    """A series that ends as every kind of signal does, or nearly so."""
    base = [10, chosen.choice([11, 12, 20])] * chosen.randint(4, 10)
    start, slope = chosen.randint(2, 14), chosen.choice([-1, -0.5, 0.5, 1, 1.5])
    ends = [
        [start + slope * n for n in range(chosen.randint(5, 8))],
        [chosen.randint(4, 18) for _ in range(3)],
        [chosen.choice(base[:2])] * chosen.randint(6, 8),
        [chosen.randint(0, 30)],
    ]
    return [max(0, value) for value in base + chosen.choice(ends)]


def test_limits_and_signals_equal_an_independent_calculation(tmp_path):
    chosen = random.Random(12)  # noqa: S311
    series = {f"c{n}": drift(chosen) for n in range(250)}
    found = signals(
        asked_only(book(tmp_path, {code: Series(drift) for code, drift in series.items()}))
    )

    seen = set()
    for code, values in series.items():
        row, counted = found[code], values[-24:]
        assert row["points"] == len(counted)
        if len(counted) < 13:
            assert (row["status"], row["mean"], row["signal"]) == ("too-few", None, None)
            continue
        exact = limits_of(counted)
        for name, wanted in zip(("lower", "mean", "upper"), exact, strict=True):
            assert abs(Fraction(row[name]) - wanted) <= Fraction(1, 2 * 10**10)
        name, high = signal_of(counted)
        assert row["signal"] == name, (code, counted)
        assert row["variation"] == {True: "high", False: "low", None: "ordinary"}[high]
        seen.add((name, high))
    assert len(seen) == 9, "not every kind of signal came up"


def test_each_signal(store):
    asked = "FROM all_process_limits(['shire'], $codes, '2016-08') WHERE month = '2016-08-01'"
    rows = store.rows(asked, codes=[f"case{n}" for n in range(len(CASES))])
    for last, (case, (values, wanted, side)) in zip(rows, CASES.items(), strict=True):
        assert signal_of(values)[0] == wanted, f"{case} is no such case"
        assert (last["signal"], last["side"]) == (wanted, side), case


def test_a_chart_has_each_month_with_what_its_limits_signal(store):
    chart = store.process_limits("shire", "check", THIS)

    assert list(chart["value"]) == CHECK
    assert list(chart["signal"]) == ["ordinary"] * 4 + ["beyond-limit"] + ["ordinary"] * 13
    assert [str(Month.of(m)) for m in chart["month"].iloc[[0, -1]]] == ["2015-03", "2016-08"]
    assert (chart["expected_from"] == 0).all()
    assert (chart["expected_to"] == chart["upper"]).all()


def test_a_percentage_is_expected_between_0_and_100(found):
    row = found["whole"]

    assert row["lower"] < 0 < 100 < row["upper"]
    assert (row["expected_from"], row["expected_to"]) == (0, 100)


def test_a_gap_leaves_out_what_is_before_it(found):
    assert (found["gap"]["points"], found["gap"]["mean"]) == (14, 11)


def test_a_month_of_nobody_is_a_gap(found):
    assert found["nobody"]["points"] == 14


def test_without_a_result_in_the_month_there_are_no_limits(found):
    ended, one = found["ended"], found["one"]

    assert (ended["status"], ended["points"]) == ("not-available", None)
    assert (one["status"], one["points"]) == ("too-few", 1)
    assert ended["signal"] is one["signal"] is None
    assert one["expected_from"] is one["expected_to"] is None


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """The plain catalogue, in which one indicator was defined anew, and one has a cohort."""
    own = "Lower is better,L,SS,percent,monthly,"
    lines = (
        "shire,done,all,{0},100\nshire,roll,all,{0},100\nshire,l,all,{0},100\n"
        "shire,h,all,{0},20\nshire,h,excluding_uasc,{1},10"
    )
    months = {str(THIS - n): lines.format(value, value - 8) for n, value in enumerate(FLAT)}
    indicators = INDICATORS.replace(own, f"{own}2015-08")
    return make_store(tmp_path_factory.mktemp("plain"), months, indicators=indicators)


def test_a_finished_rolling_figure_has_no_limits(plain):
    found = signals(plain)

    assert (found["done"]["status"], found["done"]["points"]) == ("finished-window", None)
    # and one that is added up here has those of its months
    assert (found["roll"]["value"], found["roll"]["mean"], found["roll"]["points"]) == (10, 11, 16)
    # every indicator and measure has a row, in order of display
    assert [*found] == [line.split(",")[0] for line in INDICATORS.splitlines()[1:]]


def test_no_provenance_is_behind_limits_of_results_without_one(tmp_path, found):
    workbook = book(tmp_path, {"flat": Series(FLAT)})
    for path in workbook.results():
        path.write_text(path.read_text().replace("published", ""))

    with in_memory(workbook) as store:
        row = signals(store)["flat"]
        assert (row["points"], row["provenance"]) == (16, None)
    assert found["flat"]["provenance"] == ["published"]


def test_months_before_a_changed_definition_are_left_out(plain):
    row = signals(plain)["l"]

    assert (row["points"], str(Month.of(row["since"]))) == (13, "2015-08")


def test_a_cohort_has_limits_of_its_own(plain):
    asked = "FROM process_limits('shire', 'h', '2016-08', for_cohort := 'excluding_uasc')"

    assert {row["cohort"] for row in plain.rows(asked)} == {"excluding_uasc"}
    assert {row["mean"] for row in plain.rows(asked)} == {30}
    assert signals(plain)["h"]["mean"] == 55


def test_a_declared_step_begins_the_limits_anew(store, found):
    row, chart = found["steps"], store.process_limits("shire", "steps", THIS)

    assert (row["points"], row["mean"]) == (14, 11)
    assert (str(Month.of(row["step_month"])), row["step"]) == ("2015-07", "A new team began")
    assert list(chart["value"]) == SERIES["steps"].values
    assert list(chart["counted"]) == [False] * 8 + [True] * 14
    assert list(chart["mean"].isna()) == [True] * 8 + [False] * 14
    assert list(chart["signal"].isna()) == [True] * 8 + [False] * 14
    assert list(chart["step"].dropna()) == ["Earlier", "A new team began"]
    # another indicator's steps change nothing
    assert (found["no-steps"]["points"], found["no-steps"]["step"]) == (22, None)


def test_twelve_values_since_a_step_are_too_few(found):
    row = found["late-step"]

    assert (row["status"], row["points"], row["mean"]) == ("too-few", 12, None)


def test_what_a_signal_means_goes_by_polarity(found):
    for n, case in enumerate(MEANT):
        assert found[f"meant{n}"]["variation"] == case[-1], case


def test_assurance_says_whether_the_limits_meet_the_target(found):
    assert (float(found["assured0"]["lower"]), float(found["assured0"]["upper"])) == (5.87, 16.13)
    for n, case in enumerate(ASSURED):
        assert found[f"assured{n}"]["assurance"] == case[-1], case


def test_the_target_is_the_one_in_force_in_the_month(store, found):
    row, chart = found["raised"], store.process_limits("shire", "raised", THIS)

    assert (row["target"], row["assurance"]) == (17, "will-not-meet")
    assert set(chart["target"]) == {17}
    assert list(chart["target_then"]) == [5] * 14 + [17]


@pytest.mark.parametrize(("period", "target"), [("SS", 17), ("YTD", None), ("R12M", None)])
def test_a_month_is_not_held_against_the_target_of_a_count_over_several(
    store, found, period, target
):
    row, chart = found[f"over-{period}"], store.process_limits("shire", f"over-{period}", THIS)

    assert (row["status"], chart["target"].isna().all()) == ("available", target is None)
    assert chart["target_then"].isna().all() == (target is None)
    assert row["target"] == target
    assert row["assurance"] == (target and "will-not-meet")


def test_what_rests_on_an_estimate_says_so(store, found):
    chart = store.process_limits("shire", "estimated", THIS)

    for code, points in (("estimated", 1), ("flat", 0)):
        row = found[code]
        assert (row["estimated"], row["estimated_points"]) == (points > 0, points)
    assert list(chart["estimated"]) == [True] + [False] * 15


def test_what_pages_say_of_ranges_and_runs_has_the_numbers_of_the_macros(store):
    asked = "SELECT points_needed(), points_counted(), limit_hundredths(), points_in_a_run()"
    needed, counted, hundredths, run = store.rows(asked)[0].values()
    words = "six seven eight".split()

    assert (needed, counted) == (display.POINTS_NEEDED, display.POINTS_COUNTED)
    assert Fraction(display.LIMIT_FACTOR) == Fraction(hundredths, 100)
    assert words.index(display.RUN) + 6 == run
    assert words.index(display.RUN_STEPS) + 6 == run - 1


def test_a_load_of_an_old_month_changes_what_a_pack_says_of_its_limits(tmp_path):
    """The month is older than the pages show: no figure but the limits rests on it."""
    workbook = book(tmp_path, {"a": Series([1])})
    rows = {str(THIS - back): f"shire,a,all,{12 - back % 2 * 2}," for back in range(20)}
    record_load(workbook, rows)
    record_load(workbook, {**rows, str(THIS - 19): "shire,a,all,50,"})
    with in_memory(workbook) as store:
        (found,) = difference.found(store, THIS, 1)

    assert dict(found.lines()) == {
        "variation": "ordinary → low", "expected range": "6 to 16, mean 11 → 3 to 23, mean 13",
    }  # fmt: skip


def test_a_pack_shows_the_steps_that_its_limits_know(store):
    steps = [row for row in store.reference(THIS)["steps"] if "shown-steps" in row]

    assert [row.split("'reason': ")[1].strip("}'") for row in steps] == ["First", "Last"]


@pytest.mark.parametrize(
    ("form", "value", "limits", "places"),
    [
        ("percent", "26.64", ("10", "26.62"), 2), ("percent", "26.7", ("10", "26.62"), 1),
        ("percent", "26.6", ("10", "26.6"), 1), ("percent", "10.001", ("10", "20"), 3),
        ("count", "704", ("704.35", "900"), 1), ("count", "704", ("703.4", "900"), 0),
    ],
)  # fmt: skip
def test_a_value_is_displayed_on_its_side_of_the_limits(store, form, value, limits, places):
    exact = "CAST({} AS DECIMAL(38, 10))"
    asked = ", ".join(exact.format(name) for name in ("$value", "$lower", "$upper"))
    given = {"form": form, "value": value, "lower": limits[0], "upper": limits[1]}

    assert store.rows(f"SELECT range_places($form, {asked}) AS n", **given) == [{"n": places}]
