"""What next month's figure will be and needs, and cases to target and floor, against counting."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from scorecard.months import Month
from scorecard.store.store import in_memory
from support.workbooks import (
    INDICATORS,
    TARGETS,
    macros,
    make_store,
    make_workbook,
    record,
    records,
)

THIS = Month(2016, 8)
YEAR = (THIS - 11).until(THIS)
HEAD = INDICATORS.splitlines()[0] + "\n"
BANDS = TARGETS.splitlines()[0] + "\n"
LEAVES, COMES, BETWEEN = (48, 146), (53, 55), [(44, 93)] * 9 + [(45, 92)]


def catalogue(*rows):
    """Indicators over twelve months, `(code, polarity, format, target, floor)` each."""
    indicators, targets = HEAD, BANDS
    for code, polarity, form, target, floor in rows:
        indicators += f"{code},S,Name {code},{polarity},R12M,{form},monthly,,,\n"
        bands = ",1,2" if polarity == "T" else f"{floor},,"
        targets += f"{code},2015-04,{target},{bands},\n"
    return {"indicators": indicators, "targets": targets}


def year(code, pairs):
    """Twelve months of an indicator: month → line."""
    return {
        str(m): f"shire,{code},all,{num},{denom}"
        for m, (num, denom) in zip(YEAR, pairs, strict=True)
    }


def together(*months):
    """The lines of several indicators, month by month."""
    return {str(month): "\n".join(each[str(month)] for each in months) for month in YEAR}


def test_the_check_of_the_rules(asked):
    row = asked["rules"]

    assert (row["num"], row["denom"], row["shown"]) == (542, 1130, 48)
    assert (str(Month.of(row["leaving_month"])), row["leaving_num"], row["leaving_denom"]) == (
        "2015-09", *LEAVES,
    )  # fmt: skip
    assert (row["coming_num"], row["coming_denom"]) == COMES
    assert (str(row["next_month"]), row["next_num"], row["next_denom"]) == ("2016-09-01", 547, 1039)
    assert (f"{row['next_shown']:.1f}", row["next_rating"]) == ("52.6", "red")
    assert row["next_direction"] == "better"
    # 936 of 1039 would meet 90%, and 494 stay: more than a month of 55 can have
    assert (row["target_num"], row["target_reachable"], row["floor_reachable"]) == (
        None,
        False,
        False,
    )


TEN = [(10, 20)] * 12
"""110 of 220 stay; with 20 more cases the denominator is 240."""
NEEDS = [  # polarity, format, target, floor, what the target needs, what the floor needs
    ("H", "percent", 50, 45, 10, 0),
    ("H", "percent", "50.0001", 50, 11, 10),
    ("H", "percent", "54.1667", "54.1666", None, 20),
    ("L", "percent", 50, 50, 10, 9),
    ("L", "percent", "49.9999", "50.0001", 9, 10),
    ("L", "percent", 45, "45.8334", None, 0),
    ("L", "percent", 45, "45.8333", None, None),
    ("L", "percent", 60, 90, 20, 20),
    ("L", "days", "0.5", 2, 10, 369),
    ("H", "ratio", 2, "0.5", 370, 10),
    ("H", "count", 130, 115, 20, 5),
    ("L", "count", 125, 130, 15, 19),
    ("T", "percent", 50, None, None, None),
]


LATER = [f"{polarity}-{form}-later" for polarity in "HL" for form in ("percent", "count", "days")]
ROWS = [
    ("rules", "H", "percent", 90, 80), ("then", "H", "percent", 90, 80),
    ("big", "H", "percent", 75.5, 70), *((f"c{n}", *case[:4]) for n, case in enumerate(NEEDS)),
    *((code, *code.split("-")[:2], 50, 50) for code in LATER),
]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A year of every indicator that `asked` has, the same in shire and in north."""
    pairs = {code: [(10, "" if form == "count" else 20)] * 12 for code, _, form, *_ in ROWS} | {
        "rules": [LEAVES, *BETWEEN, COMES],
        "big": [(300_000, 400_000)] * 12,
    }
    texts = catalogue(*ROWS)
    texts["targets"] = texts["targets"].replace("later,2015-04", "later,2016-10")
    texts["targets"] += "then,2016-09,50,40,,,\nthen,2016-10,90,80,,,\n"
    lines = together(*(year(code, given) for code, given in pairs.items()))
    both = {month: text + "\n" + text.replace("shire,", "north,") for month, text in lines.items()}
    return make_store(tmp_path_factory.mktemp("next"), both, **texts)


@pytest.fixture(scope="module")
def asked(store):
    """What next month's figure of each indicator will be and needs."""
    found = store.records.all_what_next(["shire"], [code for code, *_ in ROWS], THIS)
    return {row["code"]: row for row in found}


def test_the_least_that_next_month_needs(asked):
    for n, (polarity, form, *_, target, floor) in enumerate(NEEDS):
        row = asked[f"c{n}"]
        assert (row["target_num"], row["floor_num"]) == (target, floor), NEEDS[n]
        if polarity != "T":
            assert (row["target_reachable"], row["floor_reachable"]) == (
                target is not None, floor is not None,
            )  # fmt: skip
        else:
            assert row["target_reachable"] is row["floor_reachable"] is None
        if form == "percent" and target is not None:
            assert row["target_shown"] == 5 * target


def rated(polarity, result, target, floor):
    """A rating by the words of the rules."""
    if polarity == "H":
        return "green" if result >= target else "red" if result < floor else "amber"
    return "green" if result <= target else "red" if result >= floor else "amber"


def test_what_is_needed_is_the_first_that_counting_finds(tmp_path):
    chosen = random.Random(3)  # noqa: S311
    rows, months, given = [], [], {}
    for n in range(40):
        denoms = [chosen.randint(1, 9) for _ in range(12)]
        pairs = [(chosen.randint(0, denom), denom) for denom in denoms]
        polarity = chosen.choice("HL")
        low, high = sorted(chosen.sample(range(20, 81), 2))
        target, floor = (high, low) if polarity == "H" else (low, high)
        rows.append((f"c{n}", polarity, "percent", target, floor))
        months.append(year(f"c{n}", pairs))
        given[f"c{n}"] = pairs, polarity, target, floor
    store = make_store(tmp_path, together(*months), **catalogue(*rows))
    margins = {row["code"]: row for row in store.records.margins("shire", THIS)}
    nexts = {row["code"]: row for row in store.records.all_what_next(["shire"], [*given], THIS)}

    for code, (pairs, polarity, target, floor) in given.items():
        row = nexts[code]
        rest, last = sum(num for num, _ in pairs[1:]), pairs[-1][1]
        whole = sum(denom for _, denom in pairs[1:]) + last
        ratings = [
            rated(polarity, Fraction(100 * (rest + x), whole), target, floor)
            for x in range(last + 1)
        ]
        best = min if polarity == "H" else max
        meets = [x for x, each in enumerate(ratings) if each == "green"]
        saved = [x for x, each in enumerate(ratings) if each != "red"]
        assert row["target_num"] == (best(meets) if meets else None), code
        assert row["floor_num"] == (best(saved) if saved else None), code

        num, denom = sum(num for num, _ in pairs), sum(denom for _, denom in pairs)
        better, worse = (1, -1) if polarity == "H" else (-1, 1)

        def first(way, wanted, num=num, denom=denom, polarity=polarity, target=target, floor=floor):
            """The least number of cases that way to such a rating, if there is one."""
            found = (
                k for k in range(denom + 1) if 0 <= num + way * k <= denom
                and rated(polarity, Fraction(100 * (num + way * k), denom), target, floor) in wanted
            )  # fmt: skip
            return next(found, None)

        asked = margins[code]
        assert asked["cases_to_target"] == first(better, {"green"}), code
        assert asked["cases_to_floor"] == first(better, {"green", "amber"}), code
        assert asked["cases_to_red"] == first(worse, {"red"}), code


@pytest.mark.parametrize(
    ("line", "to_target", "to_floor", "to_red"),
    [  # exactly on the floor is Amber for H and Red for L
        ("h,all,80,100", 10, 0, 1), ("h,all,79,100", 11, 1, 0), ("h,all,90,100", 0, 0, 11),
        ("l,all,13,100", 3, 1, 0), ("l,all,12,100", 2, 0, 1), ("l,all,10,100", 0, 0, 3),
        ("count,all,10,", 10, 1, 0), ("count,all,9,", 9, 0, 1), ("count,all,0,", 0, 0, 10),
        ("t,all,17,100", None, None, None), ("days,all,500,1", None, None, None),
        ("h,all,79.5,100", None, None, None), ("free,all,1,2", None, None, None),
        ("h,all,0,0", None, None, None), ("l,all,0,1", 0, 0, 1), ("h,all,1,1", 0, 0, 1),
    ],
)  # fmt: skip
def test_cases_to_target_floor_and_red(margins, line, to_target, to_floor, to_red):
    row = margins[line]

    assert (row["cases_to_target"], row["cases_to_floor"], row["cases_to_red"]) == (
        to_target, to_floor, to_red,
    )  # fmt: skip


@pytest.fixture(scope="module")
def margins(tmp_path_factory, request):
    """Each line of the test above, of an indicator of its own → what is said of it."""
    marks = test_cases_to_target_floor_and_red.pytestmark
    lines = [case[0] for case in marks[0].args[1]]
    shapes = {row.split(",")[0]: row.split(",", 1)[1] for row in INDICATORS.splitlines()[1:]}
    bands = {row.split(",")[0]: row.split(",", 1)[1] for row in TARGETS.splitlines()[1:]}
    indicators, targets, results = HEAD, BANDS, ""
    for n, line in enumerate(lines):
        code, rest = line.split(",", 1)
        shape = shapes[code].split(",")
        indicators += ",".join([f"c{n}", shape[0], f"Name {n}", *shape[2:]]) + "\n"
        targets += f"c{n},{bands[code]}\n" if code in bands else ""
        results += f"shire,c{n},{rest}\n"
    store = make_store(
        tmp_path_factory.mktemp("margins"),
        {str(THIS): results},
        indicators=indicators,
        targets=targets,
    )
    found = {row["code"]: row for row in records(store.margins("shire", THIS))}
    return {line: found[f"c{n}"] for n, line in enumerate(lines)}


def test_next_month_is_held_against_the_target_then_in_force(asked):
    row = asked["then"]

    assert (row["rating"], row["next_rating"], row["target"]) == ("red", "green", 50)
    assert (row["target_num"], row["floor_num"], row["next_direction"]) == (10, 0, "same")


@pytest.mark.parametrize("code", LATER)
def test_without_a_target_next_month_needs_nothing(asked, code):
    ends = [f"{end}_{part}" for end in ("target", "floor") for part in ("num", "reachable")]
    assert {asked[code][name] for name in ends} == {None}


@pytest.mark.parametrize("polarity", ["H", "L"])
def test_without_a_result_there_are_no_cases_to_anywhere(polarity):
    call = f"cases_to_target('{polarity}', 'count', NULL::DECIMAL(24, 4), NULL, 5.0)"
    assert macros().execute(f"SELECT {call}").fetchone() == (None,)


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """The plain catalogue over twelve months, one of them with a guess, one gap in the north."""
    workbook = make_workbook(
        tmp_path_factory.mktemp("plain"),
        {
            str(month): "\n".join(
                [f"shire,{code},all,{n},20" for code in ("h", "roll", "ytd", "done")]
                + [f"shire,roll,excluding_uasc,{n},18"]
                + ([f"north,roll,all,{n},20"] if n != 4 else [])
            )
            for n, month in enumerate(YEAR, start=1)
        },
        provenance="provenance,marker,count_marker,footnote\npublished,,,\nguessed,e,,A guess.\n",
    )
    path = workbook.month_results(YEAR[1])
    path.write_text(path.read_text().replace("shire,roll,all,2,20,published",
                                             "shire,roll,all,2,20,guessed"), "utf-8")  # fmt: skip
    with in_memory(workbook) as store:
        yield store


def test_the_months_behind_a_rolling_figure(plain):
    rows = plain.records.months_behind("shire", "roll", THIS)

    assert [str(Month.of(row["month"])) for row in rows] == [str(month) for month in YEAR]
    assert [row["num"] for row in rows] == [*range(1, 13)]
    assert [row["shown"] for row in rows] == [5 * n for n in range(1, 13)]
    assert [row["leaves"] for row in rows] == [True] + [False] * 11
    assert [row["estimated"] for row in rows] == [False, True] + [False] * 10


def test_the_months_behind_a_year_to_date_begin_with_april_and_none_leaves(plain):
    rows = plain.records.months_behind("shire", "ytd", THIS)

    assert [str(Month.of(row["month"])) for row in rows] == [
        str(m) for m in Month(2016, 4).until(THIS)
    ]
    assert not any(row["leaves"] for row in rows)


def test_a_missing_month_is_among_those_behind(plain):
    rows = plain.records.months_behind("north", "roll", THIS)

    assert [row["num"] for row in rows] == [1, 2, 3, None, *range(5, 13)]
    assert rows[3]["shown"] is rows[3]["value"] is None


def test_of_a_cohort(plain):
    asked = "FROM {}('shire', 'roll', '2016-08', for_cohort := 'excluding_uasc')"
    (row,) = plain.rows(asked.format("what_next"))

    assert {each["denom"] for each in plain.rows(asked.format("months_behind"))} == {18}
    assert (row["leaving_num"], row["next_num"], row["next_denom"]) == (1, 89, 216)


@pytest.mark.parametrize(
    ("unit", "code"), [("shire", "h"), ("shire", "done"), ("shire", "ytd"), ("north", "roll")]
)
def test_nothing_leaves_other_figures_or_one_with_a_month_missing(plain, unit, code):
    assert plain.what_next(unit, code, THIS).empty
    assert plain.months_behind(unit, code, THIS).empty == (code in ("h", "done"))


def test_margins_have_every_rated_indicator(plain):
    found = plain.margins("shire", THIS)

    assert list(found["code"]) == ["h", "l", "t", "roll", "ytd", "done", "days", "count", "free"]
    assert record(found, code="l")["status"] == "not-available"


def test_cases_are_counted_whatever_their_number(asked):
    row = asked["big"]

    assert (row["target_num"], row["floor_num"]) == (324_000, 60_000)
    assert (row["target_shown"], row["next_shown"]) == (81, 75)


def test_several_at_once_are_each_by_itself(store):
    units, codes, records = ["shire", "north"], ["rules", "then"], store.records

    for several, one in (
        (records.all_what_next, records.what_next),
        (records.all_months_behind, records.months_behind),
    ):
        found = {}
        for row in several(units, codes, THIS):
            found.setdefault((row["unit"], row["code"]), []).append(row)
        assert [*found] == [(unit, code) for unit in units for code in codes]
        for asked in (("shire", "then"), ("north", "rules")):
            assert found[asked] == one(*asked, THIS)
