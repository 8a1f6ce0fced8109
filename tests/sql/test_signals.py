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
from support.workbooks import INDICATORS, TARGETS, make_workbook, records

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


def book(folder, series, **texts):
    """A workbook with an indicator for each series, all of one unit, up to this month.

    What has a polarity is a percentage of 100, what has none an activity measure.
    """
    indicators, targets = INDICATORS.splitlines()[0] + "\n", TARGETS.splitlines()[0] + "\n"
    months = {}
    for code, each in series.items():
        period = "SS,percent" if each.polarity else "M,count"
        indicators += f"{code},S,Name {code},{each.polarity},{period},monthly,,,\n"
        if each.target is not None:
            bands = {"T": f",{each.target},,1,2"}.get(
                each.polarity, f",{each.target},{each.target},,"
            )
            targets += f"{code},2015-04{bands},\n"
        for back, value in enumerate(reversed(each.values)):
            if value is not None:
                line = f"shire,{code},all,{value},{100 if each.polarity else ''}"
                months.setdefault(str(THIS - back), []).append(line)
    lines = {month: "\n".join(each) for month, each in months.items()}
    return make_workbook(folder, lines, indicators=indicators, targets=targets, **texts)


def store_of(folder, series, **texts):
    return in_memory(book(folder, series, **texts))


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


@pytest.mark.parametrize(
    ("values", "lower", "mean", "upper"),
    [
        (CHECK, "-3.063", "1.944", "6.952"),
        (RESISTANCE, "3188.72", "4135.50", "5082.28"),
        (VISCOSITY, "32.24", "33.52", "34.80"),
    ],
)
def test_the_limits_are_those_of_published_charts(tmp_path, values, lower, mean, upper):
    found = signals(store_of(tmp_path, {"a": Series(values)}))["a"]

    for name, published in (("lower", lower), ("mean", mean), ("upper", upper)):
        places = len(published.partition(".")[2])
        assert f"{found[name]:.{places}f}" == published, name


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
    found = signals(store_of(tmp_path, {code: Series(values) for code, values in series.items()}))

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


def test_each_signal(tmp_path):
    store = store_of(tmp_path, {f"c{n}": Series(case[0]) for n, case in enumerate(CASES.values())})
    for n, (case, (values, wanted, side)) in enumerate(CASES.items()):
        last = records(store.process_limits("shire", f"c{n}", THIS))[-1]

        assert signal_of(values)[0] == wanted, f"{case} is no such case"
        assert (last["signal"], last["side"]) == (wanted, side), case


def test_a_chart_has_each_month_with_what_its_limits_signal(tmp_path):
    chart = store_of(tmp_path, {"a": Series(CHECK)}).process_limits("shire", "a", THIS)

    assert list(chart["value"]) == CHECK
    assert list(chart["signal"]) == ["ordinary"] * 4 + ["beyond-limit"] + ["ordinary"] * 13
    assert [str(Month.of(m)) for m in chart["month"].iloc[[0, -1]]] == ["2015-03", "2016-08"]
    assert (chart["expected_from"] == 0).all()
    assert (chart["expected_to"] == chart["upper"]).all()


def test_a_percentage_is_expected_between_0_and_100(tmp_path):
    found = signals(store_of(tmp_path, {"a": Series([0, 100] * 7, "H")}))["a"]

    assert found["lower"] < 0 < 100 < found["upper"]
    assert (found["expected_from"], found["expected_to"]) == (0, 100)


def test_a_gap_leaves_out_what_is_before_it(tmp_path):
    found = signals(store_of(tmp_path, {"a": Series([50, None, *[10, 12] * 7])}))["a"]

    assert (found["points"], found["mean"]) == (14, 11)


def test_a_month_of_nobody_is_a_gap(tmp_path):
    workbook = book(tmp_path, {"a": Series([10, 12] * 10, "H")})
    path = workbook.month_results(THIS - 14)
    path.write_text(path.read_text().replace("12,100", "0,0").replace("10,100", "0,0"), "utf-8")
    with in_memory(workbook) as store:
        assert signals(store)["a"]["points"] == 14


def test_without_a_result_in_the_month_there_are_no_limits(tmp_path):
    found = signals(store_of(tmp_path, {"a": Series([*FLAT, None]), "b": Series([1])}))

    assert (found["a"]["status"], found["a"]["points"]) == ("not-available", None)
    assert (found["b"]["status"], found["b"]["points"]) == ("too-few", 1)
    assert found["a"]["signal"] is found["b"]["signal"] is None
    assert found["b"]["expected_from"] is found["b"]["expected_to"] is None


def plain(folder, line, values=FLAT, **texts):
    """What is said of each indicator of the plain catalogue, with so many months of a line."""
    months = {str(THIS - back): line.format(v) for back, v in enumerate(reversed(values))}
    return signals(in_memory(make_workbook(folder, months, **texts)))


def test_a_finished_rolling_figure_has_no_limits(tmp_path):
    found = plain(tmp_path, "shire,done,all,{0},100\nshire,roll,all,{0},100")

    assert (found["done"]["status"], found["done"]["points"]) == ("finished-window", None)
    # and one that is added up here has those of its months
    assert (found["roll"]["value"], found["roll"]["mean"], found["roll"]["points"]) == (12, 11, 16)
    # every indicator and measure has a row, in order of display
    assert [*found] == [line.split(",")[0] for line in INDICATORS.splitlines()[1:]]


def test_months_before_a_changed_definition_are_left_out(tmp_path):
    own = "Higher is better,H,SS,percent,monthly,"
    indicators = INDICATORS.replace(own, f"{own}2015-08")
    found = plain(tmp_path, "shire,h,all,{},100", indicators=indicators)["h"]

    assert (found["points"], str(Month.of(found["since"]))) == (13, "2015-08")


def test_a_cohort_has_limits_of_its_own(tmp_path):
    line = "shire,h,all,{},20\nshire,h,excluding_uasc,{},10"
    months = {str(THIS - n): line.format(value, value - 8) for n, value in enumerate(FLAT)}
    store = in_memory(make_workbook(tmp_path, months))
    asked = "FROM process_limits('shire', 'h', '2016-08', for_cohort := 'excluding_uasc')"

    assert {row["cohort"] for row in store.rows(asked)} == {"excluding_uasc"}
    assert {row["mean"] for row in store.rows(asked)} == {30}
    assert signals(store)["h"]["mean"] == 55


def stepped(folder, values, steps):
    workbook = book(folder, {"a": Series(values), "b": Series(values)})
    text = "code,month,reason\n" + "\n".join(steps)
    workbook.reference("steps").write_text(text, encoding="utf-8")
    return in_memory(workbook)


def test_a_declared_step_begins_the_limits_anew(tmp_path):
    values = [50, 52] * 4 + FLAT[:14]
    steps = ["a,2015-01,Earlier", "a,2015-07,A new team began", "a,2016-09,Later"]
    store = stepped(tmp_path, values, steps)
    found, chart = signals(store), store.process_limits("shire", "a", THIS)

    assert (found["a"]["points"], found["a"]["mean"]) == (14, 11)
    assert (str(Month.of(found["a"]["step_month"])), found["a"]["step"]) == (
        "2015-07", "A new team began",
    )  # fmt: skip
    assert list(chart["value"]) == values
    assert list(chart["counted"]) == [False] * 8 + [True] * 14
    assert list(chart["mean"].isna()) == [True] * 8 + [False] * 14
    assert list(chart["signal"].isna()) == [True] * 8 + [False] * 14
    assert list(chart["step"].dropna()) == ["Earlier", "A new team began"]
    # another indicator's steps change nothing
    assert (found["b"]["points"], found["b"]["step"]) == (22, None)


def test_twelve_values_since_a_step_are_too_few(tmp_path):
    found = signals(stepped(tmp_path, FLAT, ["a,2015-09,A new team began"]))["a"]

    assert (found["status"], found["points"], found["mean"]) == ("too-few", 12, None)


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


def test_what_a_signal_means_goes_by_polarity(tmp_path):
    found = signals(store_of(
        tmp_path, {f"c{n}": Series(case[1], case[0], case[2]) for n, case in enumerate(MEANT)}
    ))  # fmt: skip

    for n, case in enumerate(MEANT):
        assert found[f"c{n}"]["variation"] == case[-1], case


ASSURED = [
    ("H", SPREAD, "5.87", "will-meet"), ("H", SPREAD, "5.88", "may-or-may-not"),
    ("H", SPREAD, "16.13", "may-or-may-not"), ("H", SPREAD, "16.14", "will-not-meet"),
    ("L", SPREAD, "16.13", "will-meet"), ("L", SPREAD, "16.12", "may-or-may-not"),
    ("L", SPREAD, "5.87", "may-or-may-not"), ("L", SPREAD, "5.86", "will-not-meet"),
    ("T", SPREAD, "11", None), ("H", SPREAD, None, None), ("", SPREAD, None, None),
    ("H", SPREAD[:12], "1", None),
]  # fmt: skip


def test_assurance_says_whether_the_limits_meet_the_target(tmp_path):
    found = signals(store_of(
        tmp_path, {f"c{n}": Series(case[1], case[0], case[2]) for n, case in enumerate(ASSURED)}
    ))  # fmt: skip

    assert (float(found["c0"]["lower"]), float(found["c0"]["upper"])) == (5.87, 16.13)
    for n, case in enumerate(ASSURED):
        assert found[f"c{n}"]["assurance"] == case[-1], case


def test_the_target_is_the_one_in_force_in_the_month(tmp_path):
    workbook = book(tmp_path, {"a": Series(SPREAD, "H", 5)})
    with workbook.reference("targets").open("a", encoding="utf-8") as file:
        file.write("a,2016-08,17,17,,,\na,2016-09,5,5,,,\n")
    with in_memory(workbook) as store:
        found = signals(store)["a"]
        chart = store.process_limits("shire", "a", THIS)
    assert (found["target"], found["assurance"]) == (17, "will-not-meet")
    assert set(chart["target"]) == {17}
    assert list(chart["target_then"]) == [5] * 14 + [17]


@pytest.mark.parametrize(("period", "target"), [("SS", 17), ("YTD", None), ("R12M", None)])
def test_a_month_is_not_held_against_the_target_of_a_count_over_several(tmp_path, period, target):
    workbook = book(tmp_path, {"a": Series(SPREAD)})
    files = workbook.reference("indicators"), workbook.reference("targets")
    files[0].write_text(files[0].read_text().replace(",,M,count,", f",H,{period},count,"))
    files[1].write_text(files[1].read_text() + "a,2015-04,17,17,,,\n")
    with in_memory(workbook) as store:
        found, chart = signals(store)["a"], store.process_limits("shire", "a", THIS)
    assert (found["status"], chart["target"].isna().all()) == ("available", target is None)
    assert chart["target_then"].isna().all() == (target is None)
    assert found["target"] == target
    assert found["assurance"] == (target and "will-not-meet")


def test_what_rests_on_an_estimate_says_so(tmp_path):
    provenance = "provenance,marker,count_marker,footnote\npublished,,,\nguessed,e,,A guess.\n"
    workbook = book(
        tmp_path, {"a": Series(FLAT), "b": Series([None, *FLAT[1:]])}, provenance=provenance
    )
    first = workbook.month_results(THIS - 15)
    first.write_text(first.read_text().replace("published", "guessed"), encoding="utf-8")
    with in_memory(workbook) as store:
        found, chart = signals(store), store.process_limits("shire", "a", THIS)
    assert (found["a"]["estimated"], found["a"]["estimated_points"]) == (True, 1)
    assert (found["b"]["estimated"], found["b"]["estimated_points"]) == (False, 0)
    assert list(chart["estimated"]) == [True] + [False] * 15


def test_what_pages_say_of_ranges_and_runs_has_the_numbers_of_the_macros(tmp_path):
    asked = "SELECT points_needed(), points_counted(), limit_hundredths(), points_in_a_run()"
    needed, counted, hundredths, run = (
        store_of(tmp_path, {"a": Series(FLAT)}).rows(asked)[0].values()
    )
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


def test_a_pack_shows_the_steps_that_its_limits_know(tmp_path):
    shown = ["a,2014-09,First", "a,2016-08,Last"]
    store = stepped(tmp_path, FLAT, ["a,2014-08,Before", *shown, "a,2016-09,Later"])

    assert [row.split("'reason': ")[1].strip("}'") for row in store.reference(THIS)["steps"]] == [
        "First", "Last",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "value", "limits", "places"),
    [
        ("percent", "26.64", ("10", "26.62"), 2), ("percent", "26.7", ("10", "26.62"), 1),
        ("percent", "26.6", ("10", "26.6"), 1), ("percent", "10.001", ("10", "20"), 3),
        ("count", "704", ("704.35", "900"), 1), ("count", "704", ("703.4", "900"), 0),
    ],
)  # fmt: skip
def test_a_value_is_displayed_on_its_side_of_the_limits(tmp_path, form, value, limits, places):
    store = store_of(tmp_path, {"a": Series([1])})
    exact = "CAST({} AS DECIMAL(38, 10))"
    asked = ", ".join(exact.format(name) for name in ("$value", "$lower", "$upper"))
    given = {"form": form, "value": value, "lower": limits[0], "upper": limits[1]}

    assert store.rows(f"SELECT range_places($form, {asked}) AS n", **given) == [{"n": places}]
