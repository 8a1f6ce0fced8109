"""Charts: Vega-Lite 5 with everything written that a reader must know, and labels kept apart."""

from __future__ import annotations

import itertools
import json
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.report import activity_charts, charts, drawings, scales, trend_chart, uasc_chart
from support.figures import figure

SCHEMA = "https://vega.github.io/schema/vega-lite/v5"


def month(n: int, result: float | None, **changed):
    name = changed.pop("name", "Measure")
    parts = {"target": 90.0, "floor_standard": 80.0, "num": result, **changed}
    return {
        "month": f"2016-{n:02d}", "month_short": f"M{n} 2016", "month_words": f"Month {n} 2016",
        "format": "percent", "name": name, "latest": figure(result, **parts),
    }  # fmt: skip


def impact(code: str, name: str, including: float, excluding: float, sign: int):
    return {
        "code": code, "name": name, "format": "percent", "marker": "",
        "including": figure(including), "excluding": figure(excluding),
        "variance": Decimal(str(round(excluding - including, 1))), "variance_sign": sign,
    }  # fmt: skip


TREND = [month(n, 70.0 + n) for n in range(1, 11)]


def texts(specification) -> set[str]:
    """Every text that the chart writes at a place of its own."""
    return {
        row["text"] for rows in specification["datasets"].values() for row in rows if "text" in row
    }


def valid(specification) -> bool:
    """Whether it is Vega-Lite 5, plain JSON, with its data inside."""
    json.dumps(specification, allow_nan=False)
    return specification["$schema"].startswith(SCHEMA) and "url" not in json.dumps(
        specification.get("data", {})
    )


def test_the_drawings_kept_are_those_that_altair_makes():
    kept = {path.name: path.read_text(encoding="utf-8") for path in charts.FOLDER.iterdir()}
    assert kept == drawings.texts(), "run `uv run python -m scorecard.report.drawings`"


IMPACTS = [
    impact("17", "Placements", 13.0, 12.0, 1),
    impact("9", "Adoptions", 71.0, 71.0, 1),
]
DRAWN = {
    "trend": lambda: trend_chart.trend(TREND),
    "specification": lambda: activity_charts.specification(TREND),
    "dumbbells": lambda: uasc_chart.dumbbells(
        IMPACTS, {"including": "All", "excluding": "Without"}
    ),
}
"""Each kind of chart, with figures."""


def encodings(specification):
    """Every channel of every layer of a chart, by name."""
    for inside in ("layer", "concat", "hconcat", "vconcat"):
        for part in specification.get(inside, ()):
            yield from encodings(part)
    if "spec" in specification:
        yield from encodings(specification["spec"])
    yield from specification.get("encoding", {}).items()


AXES = {"x", "y", "xOffset", "yOffset", "row", "column", "facet"}
WORDS = {"text", "detail", "key", "href", "url", "description"}


def unsorted(specification) -> set[str]:
    """The channels that put names in an order, and leave to the release of Vega-Lite in which.

    A colour or shape has its order from the domain of its scale; without a scale it has none.
    """
    return {
        channel
        for channel, encoding in encodings(specification)
        if isinstance(encoding, dict)
        and encoding.get("type") in ("ordinal", "nominal")
        and "sort" not in encoding
        and channel not in WORDS
        and (channel in AXES or "domain" not in (encoding.get("scale", {}) or ["domain"]))
    }


def test_every_kind_of_chart_is_drawn_here():
    drawn = {
        name
        for path in Path(charts.__file__).parent.glob("*_chart*.py")
        for name, each in vars(import_module(f"scorecard.report.{path.stem}")).items()
        if getattr(each, "__annotations__", {}).get("return") == "Specification"
    }
    assert drawn - {"drawing"} == set(DRAWN)


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
def test_names_keep_the_order_of_the_figures(draw):
    """Without `sort`, JupyterLab's Vega-Lite 5.6 joins months in alphabetical order."""
    specification = draw()
    assert unsorted(specification) == set()
    for _, encoding in encodings(specification):
        if isinstance(encoding, dict):
            assert encoding.pop("sort", None) is None, "another order than the figures'"
    assert unsorted(specification) & AXES


def test_a_chart_is_filled_into_a_drawing_of_its_own():
    trend_chart.trend(TREND)
    assert charts.drawing("trend") == json.loads(drawings.texts()["trend.json"])


def test_a_trend_names_its_result_target_and_floor():
    specification = trend_chart.trend(TREND)

    assert valid(specification)
    assert texts(specification) == {"80.0%", "Target 90.0%", "Floor 80.0%"}


def test_lines_that_would_squeeze_the_results_are_named_at_the_edge_instead():
    rows = [month(n, 50.0 + n, target=90.0, floor_standard=80.0) for n in range(1, 7)]
    below = [month(n, 50.0 + n, target=20.0, floor_standard=40.0) for n in range(1, 7)]
    far, low = trend_chart.trend(rows), trend_chart.trend(below)
    bottom, top = far["layer"][0]["encoding"]["y"]["scale"]["domain"]

    assert far["datasets"]["lines"] == low["datasets"]["lines"] == []
    assert texts(far) == {
        "56.0%", "Target 90.0% is above this chart", "Floor 80.0% is above this chart",
    }  # fmt: skip
    assert texts(low) == {
        "56.0%", "Target 20.0% is below this chart", "Floor 40.0% is below this chart",
    }  # fmt: skip
    assert (56 - 51) / (top - bottom) > 1 / 3
    places = {each["text"].split()[0]: each["figure"] for each in far["datasets"]["names"]}
    assert top > places["Target"] > places["Floor"] > 56
    places = {each["text"].split()[0]: each["figure"] for each in low["datasets"]["names"]}
    assert places["Target"] < places["Floor"] < 51


@pytest.mark.parametrize(
    ("results", "target", "floor", "named"),
    [
        ((60.0, 64.0), 66.0, 90.0, {"Floor": True}),
        ((60.0, 64.0), 62.0, 5.0, {"Floor": False}),
        ((60.0, 60.0), 90.0, 80.0, {}),
        ((98.0, 98.2), 95.0, 90.0, {}),
        ((98.0, 98.2), 95.0, 50.0, {"Floor": False}),
    ],
)
def test_a_line_is_out_of_sight_only_where_it_would_squeeze_the_results(
    results, target, floor, named
):
    lines = {"Target": [Decimal(target)], "Floor": [None, Decimal(floor)]}
    far = scales.far_lines(results, lines, "percent")
    near = [float(lines[line][-1]) for line in lines if line not in far]
    low, high = scales.scale_beside(results, near, "percent", far, 200)

    assert far == named
    assert low <= min(*results, *near)
    assert high >= max(*results, *near)
    if results == (98.0, 98.2) and far:
        assert high - low > 5  # much is not made of a small difference


def test_each_of_others_has_a_line_of_its_own_with_its_whole_name():
    long = "Councils like ours in the whole of the region"
    others = [
        {"comparator": "England", "shown": Decimal("71.5")},
        {"comparator": long, "shown": Decimal("83.2")},
    ]
    specification = trend_chart.trend(TREND, others)
    lines = [row for row in specification["datasets"]["lines"] if row["line"] == trend_chart.OTHERS]

    assert valid(specification)
    assert texts(specification) == {
        "80.0%", "Target 90.0%", "Floor 80.0%", "England 71.5%",
        f"{long} 83.2%",
    }  # fmt: skip
    assert {(row["name"], row["figure"]) for row in lines} == {
        ("England", 71.5), (long, 83.2),
    }  # fmt: skip
    assert len(lines) == 2 * len(TREND)
    names = specification["datasets"]["names"]
    assert {each["month"] for each in names} == {TREND[0]["month_short"]}
    assert "England" not in str(specification["datasets"]["ends"])


def test_a_t_indicator_has_the_band_beyond_which_it_is_red():
    rows = [
        month(n, 20.0, target=17.5, floor_standard=None, green_within=2.5, amber_within=7.5)
        for n in (1, 2, 3)
    ]

    assert texts(trend_chart.trend(rows)) == {
        "20.0%", "Target 17.5%", "Red above 25.0%", "Red below 10.0%",
    }  # fmt: skip


def test_no_line_is_drawn_where_no_result_can_be():
    near_zero = month(1, 2.0, target=1.0, floor_standard=None, green_within=5, amber_within=8)
    near_all = month(1, 97.0, target=95.0, floor_standard=None, green_within=1, amber_within=8)

    assert texts(trend_chart.trend([near_zero])) == {"2.0%", "Target 1.0%", "Red above 9.0%"}
    assert texts(trend_chart.trend([near_all])) == {"97.0%", "Target 95.0%", "Red below 87.0%"}


def test_a_trend_without_target_or_with_gaps_is_drawn_all_the_same():
    rows = [month(n, None if n == 2 else 50.0, target=None, floor_standard=None) for n in (1, 2, 3)]

    assert valid(trend_chart.trend(rows))
    assert texts(trend_chart.trend(rows)) == {"50.0%"}


def test_a_trend_of_one_month_is_drawn():
    assert valid(trend_chart.trend(TREND[:1]))


def test_a_percentage_s_scale_ends_at_a_hundred():
    assert scales.scale_of([95.0, 100.0], "percent")[1] == 100
    assert scales.scale_of([0.0, 3.0], "percent")[0] == 0
    assert scales.scale_of([200.0, 900.0], "days")[1] > 900


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=9), st.sampled_from(["percent", "days"]))
def test_a_scale_holds_all_its_values(values, form):
    values = [value / 10 if form == "percent" else value for value in values]
    low, high = scales.scale_of(values, form)

    assert low < high
    assert low <= min(values)
    assert max(values) <= high


def test_small_multiples_have_a_chart_for_each_measure_with_its_last_figure():
    rows = [month(n, float(n * m), name=f"Measure {m}") for m in (1, 2, 3) for n in (1, 2)]
    specification = activity_charts.specification(rows)

    assert valid(specification)
    assert len(specification["concat"]) == 3


@pytest.mark.parametrize(
    ("draw", "dataset"),
    [(trend_chart.trend, "results"), (activity_charts.specification, "figures-0")],
)
def test_figures_with_a_marker_are_hollow_points(draw, dataset):
    rows = [month(1, 50.0, marker="e"), month(2, 51.0, marker=""), month(3, 52.0)]
    specification = draw(rows)

    assert [point["hollow"] for point in specification["datasets"][dataset]] == [True, False, False]
    fills = [
        layer["encoding"]["fill"]["condition"]
        for chart in specification.get("concat", [specification])
        for layer in chart["layer"]
        if "fill" in layer["encoding"]
    ]
    assert fills
    assert all(fill == {"test": "datum.hollow", "value": "white"} for fill in fills)


def test_dumbbells_have_both_ends_named_and_the_variance_written():
    rows = [
        impact("17", "Placements", 13.0, 12.8, -1),
        impact("18", "Stable", 71.2, 71.2, 1),
    ]
    specification = uasc_chart.dumbbells(rows, {"including": "All", "excluding": "Without"})
    written = json.dumps(specification)

    assert valid(specification)
    assert {"-0.2%", "+0.0%"} <= {
        row["variance"] for rows in specification["datasets"].values() for row in rows
    }
    assert '"All"' in written
    assert '"Without"' in written


ROOM, APART = 200.0, 15.0
PLACES = st.lists(st.floats(0, ROOM), min_size=1, max_size=8).map(sorted)


@given(PLACES)
def test_labels_are_never_closer_than_asked_nor_outside(places):
    moved = scales.spread(places, APART, ROOM)

    assert all(b - a >= APART - 1e-9 for a, b in itertools.pairwise(moved))
    assert all(-1e-9 <= place <= ROOM + 1e-9 for place in moved)


@given(PLACES)
def test_labels_far_enough_apart_stay_where_they_are(places):
    far = [place for n, place in enumerate(places) if n == 0 or place - places[n - 1] >= APART]
    if all(b - a >= APART for a, b in itertools.pairwise(far)):
        assert scales.spread(far, APART, ROOM) == far


@pytest.mark.parametrize("places", [[50.0, 50.0, 50.0], [195.0, 198.0, 200.0], [0.0, 0.0, 1.0]])
def test_labels_keep_their_order(places):
    moved = scales.spread(places, APART, ROOM)

    assert moved == sorted(moved)
