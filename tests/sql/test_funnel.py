"""Areas beside the whole: the published August, and an independent calculation."""

from __future__ import annotations

from math import sqrt

import pytest

from scorecard.months import Month
from scorecard.store.store import in_memory
from scorecard.workbook import Workbook
from support.places import REPOSITORY
from support.workbooks import make_store, make_workbook

THIS = Month(2016, 8)
UNITS = "unit,name,kind,parent\nshire,Shire,county,\n" + "".join(
    f"u{n},Unit {n},area,shire\n" for n in range(9)
)
WHOLE = (300, 1000)


def parts(folder, pairs, whole=WHOLE, code="h"):
    lines = "".join(f"u{n},{code},all,{num},{denom}\n" for n, (num, denom) in enumerate(pairs))
    store = make_store(
        folder, {"2016-08": f"shire,{code},all,{whole[0]},{whole[1]}\n{lines}"}, units=UNITS
    )
    return store.records.funnel("shire", code, THIS)


def test_the_check_of_the_rules():
    """Placement stability, August 2016: one area is Amber and three are Red."""
    with in_memory(Workbook.at(REPOSITORY)) as store:
        rows = store.records.funnel("kent", "17", THIS)
    areas = {row["unit"]: row for row in rows if row["unit_kind"] == "area"}

    assert {unit: f"{row['z']:.2f}" for unit, row in areas.items()} == {
        "north-kent": "0.39", "east-kent": "0.13", "south-kent": "0.73", "west-kent": "-0.04",
    }  # fmt: skip
    assert {row["evidence"] for row in areas.values()} == {"none"}
    assert [row["rating"] for row in areas.values()] == ["red", "red", "red", "amber"]


def test_z_and_bounds_equal_an_independent_calculation(tmp_path):
    pairs = [(30, 100), (39, 100), (40, 100), (45, 100), (5, 60), (0, 4), (170, 400)]
    words = ["none", "some", "some", "evidence", "evidence", "none", "evidence"]
    found = parts(tmp_path, pairs)

    assert [row["evidence"] for row in found] == words
    for row, (num, denom) in zip(found, pairs, strict=True):
        sigma = sqrt(0.3 * 0.7 / denom)
        assert float(row["z"]) == pytest.approx((num / denom - 0.3) / sigma)
        bounds = [30 - 309 * sigma, 30 - 196 * sigma, 30 + 196 * sigma, 30 + 309 * sigma]
        names = ("outer_from", "inner_from", "inner_to", "outer_to")
        assert [float(row[name]) for name in names] == pytest.approx(
            [min(100, max(0, bound)) for bound in bounds], abs=1e-8
        )


def test_exactly_on_a_bound_is_within_it(tmp_path):
    """Where the whole is one half, z is twice the difference times the root of n, here ten."""
    pairs = [(59.8, 100), (59.81, 100), (65.45, 100), (65.46, 100), (40.2, 100), (34.54, 100)]
    found = parts(tmp_path, pairs, (500, 1000))

    assert [f"{row['z']:.4f}" for row in found[:4]] == ["1.9600", "1.9620", "3.0900", "3.0920"]
    assert [row["evidence"] for row in found] == [
        "none",
        "some",
        "some",
        "evidence",
        "none",
        "evidence",
    ]


@pytest.mark.parametrize("whole", [(0, 1000), (1000, 1000)])
def test_where_all_are_alike_nothing_can_differ(tmp_path, whole):
    found = parts(tmp_path, [(whole[0] // 100, 10)], whole)

    assert [(row["z"], row["evidence"]) for row in found] == [(None, None)]


def test_a_part_without_a_result_is_left_out(tmp_path):
    found = parts(tmp_path, [(3, 10), (0, 0), (4, 10)])

    assert [row["unit"] for row in found] == ["u0", "u2"]


@pytest.mark.parametrize("code", ["days", "count"])
def test_only_percentages_are_proportions(tmp_path, code):
    denoms = ("", "") if code == "count" else (10, 100)
    assert parts(tmp_path, [(3, denoms[0])], (30, denoms[1]), code) == []


@pytest.mark.parametrize(
    ("guessed", "estimated"),
    [("south,h,all,3,10", [False, True]), ("shire,h,all,30,100", [True, True])],
)
def test_what_rests_on_an_estimate_says_so(tmp_path, guessed, estimated):
    workbook = make_workbook(
        tmp_path, {"2016-08": "shire,h,all,30,100\nnorth,h,all,3,10\nsouth,h,all,3,10"},
        provenance="provenance,marker,count_marker,footnote\npublished,,,\nguessed,e,,A guess.\n",
    )  # fmt: skip
    path = workbook.month_results(THIS)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f"{guessed},published", f"{guessed},guessed"), "utf-8")

    with in_memory(workbook) as store:
        rows = store.records.funnel("shire", "h", THIS)
    assert [row["estimated"] for row in rows] == estimated


def test_several_at_once_are_each_by_itself():
    with in_memory(Workbook.at(REPOSITORY)) as store:
        found = store.records.funnels("kent", ["25", "17", "43"], THIS)
        by_itself = [
            row for code in ("17", "25") for row in store.records.funnel("kent", code, THIS)
        ]

    assert found == by_itself
    assert {row["whole_num"] for row in found if row["code"] == "17"} == {293}
