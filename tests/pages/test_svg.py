"""A Vega-Lite specification as a still picture for everyone."""

from __future__ import annotations

import os
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from scorecard.batch.engine.pages import FONTS
from scorecard.errors import PublishError
from scorecard.pages import svg
from support import sample_notebook as sample

NAMES = {"svg": svg.NAMESPACE}


def drawn(spec=None, name="trend-2"):
    """The drawing of a specification, as an XML tree."""
    return ElementTree.fromstring(svg.chart(spec or sample.spec(), name, "A & B: 1 < 2."))  # noqa: S314


def texts(root):
    return [each.text for each in root.iterfind(".//svg:text", NAMES)]


def test_drawing_is_a_picture_whose_name_is_its_description():
    root = drawn()
    assert root.get("role") == "img"
    named = root.get("aria-labelledby")
    assert root.find(f"svg:desc[@id='{named}']", NAMES).text == "A & B: 1 < 2."
    assert root.get("aria-describedby") is None
    assert root.find("svg:title", NAMES) is None


def test_text_stays_text_in_one_font():
    root = drawn()
    assert {"71.2", "70.9", "70.1", "70.5", "2016-05"} <= set(texts(root))
    fonts = [each for each in root.iter() if each.get("font-family")]
    assert fonts == [root]


def test_drawing_scales_with_the_page():
    root = drawn()
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"


def test_nothing_in_it_needs_what_the_pages_policy_blocks():
    root = drawn()
    for element in root.iter():
        assert element.tag.rpartition("}")[2] not in {"style", "script", "image", "foreignObject"}
        assert not {"style", "href"} & set(element.attrib)


def test_ids_come_from_the_name_and_every_reference_is_met():
    root = drawn(name="other")
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    assert all(each.startswith("other-") for each in ids)
    used = [value[5:-1] for e in root.iter() for value in e.attrib.values() if "url(#" in value]
    assert used
    assert set(used) <= set(ids)


def test_same_specification_gives_same_bytes_however_many_were_drawn_before():
    assert len({svg.chart(sample.spec(), "a", "D") for _ in range(12)}) == 1


def test_tidying_takes_away_more_than_half_and_nothing_that_shows():
    spec = sample.spec()
    raw = svg.vl_convert.vegalite_to_svg(spec, vl_version="5.20")
    tidy = svg.chart(spec, "a", "")
    assert len(tidy) < len(raw) / 2
    before, after = (ElementTree.fromstring(each) for each in (raw, tidy))  # noqa: S314
    assert sorted(texts(before)) == sorted(texts(after))
    for tag in ("line", "rect"):
        shown = [e for e in before.iterfind(f".//svg:{tag}", NAMES) if e.get("fill") != "white"]
        assert len(after.findall(f".//svg:{tag}", NAMES)) == len(shown)


def test_points_are_circles_in_their_place():
    spec = sample.spec()
    spec["layer"] = [{"mark": "circle", "encoding": spec["layer"][0]["encoding"]}]
    circles = drawn(spec).findall(".//svg:circle", NAMES)
    assert len(circles) == 4
    assert sorted(float(each.get("cx")) for each in circles) == [70, 210, 350, 490]
    assert {each.get("transform") for each in circles} == {None}


@pytest.mark.parametrize(
    ("children", "together", "left"),
    [
        (["b", "c", "b"], "b", [None, "c", None]),
        (["b", "b"], "b", [None, None]),
        (["b", "c"], None, ["b", "c"]),
        (["b", "b", None], None, ["b", "b", None]),
    ],
)
def test_what_most_have_in_common_is_written_once_and_none_changes(children, together, left):
    group = ElementTree.Element("g")
    for value in children:
        ElementTree.SubElement(group, "circle", {} if value is None else {"fill": value})
    svg._hoist(group)

    assert group.get("fill") == together
    assert [each.get("fill") for each in group] == left


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("M1,5L2,5L2,5L9,5", "M1,5L9,5"),
        ("M1,5L4,5L4,7L9,7", "M1,5L4,5L4,7L9,7"),
        ("M1,5L1,7L1,9L2,9", "M1,5L1,9L2,9"),
        ("M0,0L1,1L2,2", "M0,0L1,1L2,2"),
        ("M1,5L9,5L4,5", "M1,5L9,5L4,5"),
        ("M5,1L5,9L5,4", "M5,1L5,9L5,4"),
        ("M0,0L1,1", "M0,0L1,1"),
    ],
)
def test_a_line_keeps_its_ends_and_its_bends(path, short):
    assert svg._bends(path) == short


def test_a_drawing_fetches_no_data():
    spec = {**sample.spec(), "data": {"url": "http://127.0.0.1:9/figures.csv"}}
    with pytest.raises(PublishError, match="url not allowed: http://127"):
        drawn(spec)


def test_a_broken_specification_is_named():
    with pytest.raises(PublishError, match="the chart `trend-2` can't be drawn"):
        drawn({**sample.spec(), "layer": [{"mark": "no such mark"}]})


@pytest.mark.parametrize(
    ("schema", "release"),
    [
        ("https://vega.github.io/schema/vega-lite/v5.20.1.json", "5.20"),
        ("https://vega.github.io/schema/vega-lite/v5.8.json", "5.8"),
        ("https://vega.github.io/schema/vega-lite/v5.json", "5.21"),
        ("https://vega.github.io/schema/vega-lite/v6.json", "6.4"),
    ],
)
def test_release_is_that_of_the_schema(schema, release):
    assert svg.version(schema) == release


def test_figure_says_its_words_and_keeps_its_table():
    figure = sample.figure(title="Less & less", name="n")
    words = figure._repr_mimebundle_()["application/vnd.scorecard.figure+json"]
    html = svg.figure(figure.spec, words)
    assert html.startswith('<figure class="figure" id="n"')
    assert '<p class="figure-title">Less &amp; less</p>' in html
    assert sample.TREND_TABLE in html.partition("<details")[2]
    ElementTree.fromstring(html)  # noqa: S314


def test_text_is_measured_alike_whatever_fonts_a_machine_has():
    program = """
import sys
from scorecard.pages import svg
for font in sys.argv[1:]:
    spec = {"data": {"values": [{"x": "Wherever it is drawn"}]}, "mark": "point",
            "encoding": {"y": {"field": "x", "type": "nominal"}},
            "config": {"font": f"{font}, sans-serif"}}
    print(svg.chart(spec, "name", "").partition("viewBox")[2].partition("role")[0])
"""
    done = subprocess.run(
        [sys.executable, "-c", program, "Liberation Sans", "DejaVu Sans Mono"],
        env={**os.environ, "FONTCONFIG_FILE": str(FONTS)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    one, other = done.stdout.splitlines()
    assert one == other
    assert 'width="' in one
