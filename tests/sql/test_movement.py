"""Why a result moved: the parts' effects add up to the change of the whole, always."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.months import Month
from support.workbooks import make_store, records

THIS = Month(2016, 8)
COUNTS = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda p: (min(p), max(p)))


def line(unit: str, figure: tuple[int, int]) -> str:
    return f"{unit},h,all,{figure[0]},{figure[1]}"


def movement(folder, before: dict, after: dict):
    store = make_store(
        folder,
        {
            "2016-07": " ".join(line(*each) for each in before.items()),
            "2016-08": " ".join(line(*each) for each in after.items()),
        },
    )
    return records(store.movement("shire", "h", THIS))


@pytest.mark.thorough
@given(*[COUNTS] * 6)
@settings(max_examples=12, deadline=None, derandomize=True)
def test_the_effects_add_up_to_the_change(tmp_path_factory, n0, s0, e0, n1, s1, e1):
    before, after = (
        {"shire": tuple(map(sum, zip(*parts, strict=True))), "north": parts[0], "south": parts[1]}
        for parts in ((n0, s0, e0), (n1, s1, e1))
    )
    found = movement(tmp_path_factory.mktemp("movement"), before, after)

    if before["shire"][1] and after["shire"][1]:
        change = 100 * after["shire"][0] / after["shire"][1]
        change -= 100 * before["shire"][0] / before["shire"][1]
        effects = sum(row["rate_effect"] + row["mix_effect"] for row in found)
        assert effects == pytest.approx(change, abs=1e-9)
    else:
        assert found == []


def test_a_better_result_in_one_part_is_that_part_s_effect(tmp_path):
    found = movement(
        tmp_path,
        {"shire": (100, 200), "north": (50, 100), "south": (50, 100)},
        {"shire": (120, 200), "north": (70, 100), "south": (50, 100)},
    )

    assert [(row["unit"], row["rate_effect"], row["mix_effect"]) for row in found] == [
        ("north", pytest.approx(10), pytest.approx(0)),
        ("south", pytest.approx(0), pytest.approx(0)),
    ]


def test_growing_where_results_are_low_is_an_effect_of_weight(tmp_path):
    found = movement(
        tmp_path,
        {"shire": (100, 200), "north": (90, 100), "south": (10, 100)},
        {"shire": (120, 400), "north": (90, 100), "south": (30, 300)},
    )
    effects = {row["unit"]: row for row in found}

    assert all(row["rate_effect"] == pytest.approx(0) for row in found)
    assert effects["north"]["mix_effect"] < 0
    assert effects["south"]["mix_effect"] < 0


def test_what_no_part_explains_is_elsewhere(tmp_path):
    found = movement(
        tmp_path,
        {"shire": (50, 100), "north": (25, 50)},
        {"shire": (60, 100), "north": (25, 50)},
    )

    assert [row["unit_name"] for row in found] == ["North", "Elsewhere"]
    assert (found[1]["num"], found[1]["earlier_num"]) == (35, 25)


def test_without_a_month_there_is_nothing_to_explain(tmp_path):
    store = make_store(tmp_path, {"2016-08": line("shire", (1, 2))})

    assert store.movement("shire", "h", THIS).empty


def test_of_a_count_the_change_is_the_difference(tmp_path):
    store = make_store(
        tmp_path,
        {
            "2016-07": "shire,count,all,10, north,count,all,4,",
            "2016-08": "shire,count,all,13, north,count,all,9,",
        },
    )
    found = records(store.movement("shire", "count", THIS))

    assert [(row["unit_name"], row["rate_effect"]) for row in found] == [
        ("North", 5), ("Elsewhere", -2),
    ]  # fmt: skip


def test_a_rolling_figure_lists_the_months_that_came_and_left(tmp_path):
    months = Month(2015, 8).until(THIS)
    store = make_store(
        tmp_path, {str(m): f"shire,roll,all,{n},20" for n, m in enumerate(months, start=1)}
    )
    found = records(store.turnover("shire", "roll", THIS))

    assert [(row["reading"], f"{row['month']:%Y-%m}", row["num"]) for row in found] == [
        ("came in", "2016-08", 13), ("dropped out", "2015-08", 1),
    ]  # fmt: skip


def test_over_a_longer_span_as_many_months_come_and_go(tmp_path):
    months = Month(2014, 8).until(THIS)
    store = make_store(
        tmp_path, {str(m): f"shire,roll,all,{n},30" for n, m in enumerate(months, start=1)}
    )

    def turned(since):
        found = records(store.turnover("shire", "roll", THIS, Month.parse(since)))
        return [(row["reading"], f"{row['month']:%Y-%m}") for row in found]

    assert turned("2016-06") == [
        ("came in", "2016-08"), ("came in", "2016-07"),
        ("dropped out", "2015-08"), ("dropped out", "2015-07"),
    ]  # fmt: skip
    year = turned("2015-07")  # with a month between the two data periods
    assert [month for reading, month in year if reading == "came in"] == [
        str(month) for month in Month(2015, 9).until(THIS)[::-1]
    ]
    assert year[-1] == ("dropped out", "2014-08")
    assert len(year) == 24


def test_over_a_longer_span_the_effects_are_those_between_its_ends(tmp_path):
    lines = {
        "2016-05": {"shire": (100, 200), "north": (50, 100), "south": (50, 100)},
        "2016-07": {"shire": (90, 200), "north": (45, 100), "south": (45, 100)},
        "2016-08": {"shire": (120, 200), "north": (70, 100), "south": (50, 100)},
    }
    given = {month: " ".join(line(*e) for e in each.items()) for month, each in lines.items()}
    found = records(make_store(tmp_path, given).movement("shire", "h", THIS, Month(2016, 5)))

    assert [(row["earlier_num"], row["num"], row["rate_effect"]) for row in found] == [
        (50, 70, 10), (50, 50, 0),
    ]  # fmt: skip


def test_what_cannot_be_compared_has_no_movement(tmp_path):
    months = Month(2015, 12).until(THIS)
    store = make_store(tmp_path, {str(month): "shire,ytd,all,1,2" for month in months})

    assert store.movement("shire", "ytd", THIS, Month(2016, 3)).empty
    assert store.turnover("shire", "ytd", THIS, Month(2016, 3)).empty
    assert not store.movement("shire", "ytd", THIS, Month(2016, 4)).empty
    assert list(store.turnover("shire", "ytd", THIS, Month(2016, 6))["reading"]) == ["came in"] * 2


def test_nothing_drops_out_of_a_year_to_date(tmp_path):
    months = Month(2016, 3).until(THIS)
    store = make_store(tmp_path, {str(month): "shire,ytd,all,1,2" for month in months})

    assert list(store.turnover("shire", "ytd", THIS)["reading"]) == ["came in"]


def test_a_snapshot_has_no_months_that_come_and_go(tmp_path):
    store = make_store(tmp_path, {"2016-08": "shire,h,all,1,2"})

    assert store.turnover("shire", "h", THIS).empty


def test_of_several_indicators_each_has_the_rows_that_it_has_by_itself(tmp_path):
    months = [str(THIS - back) for back in range(13)]
    rows = "shire,h,all,1{0},20 north,h,all,{0},10 shire,count,all,{0}, shire,roll,all,1{0},20"
    store = make_store(
        tmp_path, {month: rows.format(number % 10) for number, month in enumerate(months)}
    )
    codes = ["roll", "count", "h"]

    for many, one in ((store.movements, store.movement), (store.turnovers, store.turnover)):
        found = records(many("shire", codes, THIS, "2016-07"))
        alone = {code: records(one("shire", code, THIS, "2016-07")) for code in codes}
        assert found == [{"code": c, **row} for c in ("h", "roll", "count") for row in alone[c]]
        assert sum(map(bool, alone.values())) == (3 if many == store.movements else 1)
