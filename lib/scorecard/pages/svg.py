"""A Vega-Lite specification becomes an accessible still picture.

The drawing is inline SVG that scales by its `viewBox` and keeps text as text; screen readers read
its description once. What a browser does not need is removed, and ids are made from the figure's
name, so that the same specification gives the same bytes on every machine.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import vl_convert
from defusedxml.ElementTree import fromstring
from markupsafe import Markup, escape

from scorecard.errors import PublishError
from scorecard.stills import version

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMESPACE = "http://www.w3.org/2000/svg"
FIGURE = """<figure class="figure" id="{name}">
<figcaption id="{name}-caption"><p class="figure-title">{title}</p>
<p class="figure-subtitle">{subtitle}</p></figcaption>
{chart}
<details class="figure-data">
<summary>Figures in this chart<span class="visually-hidden">: {title}</span></summary>
{table}
</details>
</figure>"""
WIDE = """<div class="chart-scroll">
<p class="sideways" tabindex="0">Scroll sideways to see the whole chart.</p>
{chart}
</div>"""
"""The markup around a drawing wider than a phone: it scrolls, so the keyboard must reach it."""
PHONE = 360
"""The width of a page on a phone, in pixels."""
INHERITED = (
    "fill fill-opacity stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin "
    "stroke-miterlimit stroke-opacity font-size font-family font-weight font-style text-anchor"
).split()
"""Presentation attributes that the elements of a group inherit."""

USELESS = {"class", "role", "pointer-events", "version", "aria-hidden", "aria-label"}
DEFAULTS = {
    "opacity": "1",
    "fill-opacity": "1",
    "stroke-opacity": "1",
    "transform": "translate(0,0)",
    "text-anchor": "start",
    "font-weight": "normal",
    "x2": "0",
    "y2": "0",
    "stroke-width": "1",
    "stroke-dasharray": "",
    "stroke-dashoffset": "0",
}
NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
PLACE = re.compile(r"translate\(([-\d.]+),([-\d.]+)\)")
ROUND = re.compile(r"M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0")
"""The path that Vega writes for a circle, nearly three times as long as a `circle`."""

STRAIGHT = re.compile(r"M[-\d.]+,[-\d.]+(L[-\d.]+,[-\d.]+)+")
"""A path of straight lines without a gap."""

PNG_SCALE = 2
"""Dots of a PNG for each pixel of a drawing."""

COORDINATES = frozenset("d transform x y x1 x2 y1 y2 cx cy r rx ry width height points".split())


def figure(spec: Mapping[str, Any], words: Mapping[str, str]) -> Markup:
    """A chart as `<figure>`: its headline, what is counted, the drawing and the figures behind it.

    `words` has the keys of `outputs.Chart`: name, title, subtitle, description and table_html.
    """
    text = {key: escape(words[key]) for key in ("name", "title", "subtitle")}
    drawing = chart(spec, words["name"], words["description"])
    width = re.search(r' width="([\d.]+)', drawing)
    if width and float(width[1]) > PHONE:
        drawing = Markup(WIDE).format(chart=drawing)  # noqa: S704 (our own)
    return Markup(FIGURE).format(**text, chart=drawing, table=Markup(words["table_html"]))  # noqa: S704


def chart(spec: Mapping[str, Any], name: str, description: str) -> Markup:
    """The drawing of `spec` as inline SVG, whose one text alternative is `description`.

    Raises `PublishError` when the specification can't be drawn, or asks another host for its data.
    """
    root = fromstring(_draw(spec, name))
    size = {key: root.get(key, "") for key in ("viewBox", "width", "height")}
    root.attrib.clear()
    _tidy(root)
    _share_font(root)
    _rename_ids(root, name)
    labels = {"class": "chart", **size, "role": "img"}
    root.attrib.update(labels | {"aria-labelledby": f"{name}-description"})
    root[:0] = [_element("desc", f"{name}-description", description)]
    ElementTree.register_namespace("", NAMESPACE)
    written = ElementTree.tostring(root, encoding="unicode").replace(" />", "/>")
    return Markup(written)  # noqa: S704 (escaped by ElementTree)


def png(spec: Mapping[str, Any], name: str) -> bytes:
    """The drawing of `spec` as a PNG on white, large enough for a slide; errors as in `chart`."""
    release = version(spec.get("$schema", ""))
    on_white = {**spec, "background": "white"}
    try:
        drawn = vl_convert.vegalite_to_png(
            json.dumps(on_white), release, scale=PNG_SCALE, allowed_base_urls=[]
        )
    except ValueError as error:
        raise _not_drawn(name, error) from error
    return bytes(drawn)


def _draw(spec: Mapping[str, Any], name: str) -> str:
    """The converter's SVG of `spec`."""
    try:
        return _drawn(json.dumps(spec))
    except ValueError as error:
        raise _not_drawn(name, error) from error


def _not_drawn(name: str, error: ValueError) -> PublishError:
    reason = str(error).partition("\n")[2].partition("\n")[0] or str(error)
    return PublishError(f"the chart `{name}` can't be drawn: {reason}")


@lru_cache(maxsize=64)
def _drawn(spec: str) -> str:
    """The SVG of a specification in JSON, cached for all the appendices that show it."""
    release = version(json.loads(spec).get("$schema", ""))
    return str(vl_convert.vegalite_to_svg(spec, release, allowed_base_urls=[]))


def _element(tag: str, name: str, text: str) -> ElementTree.Element:
    element = ElementTree.Element(f"{{{NAMESPACE}}}{tag}", {"id": name})
    element.text = text
    return element


def _tidy(element: ElementTree.Element) -> None:
    """Remove what draws nothing, from the leaves up; move to a group what its children share."""
    if _name(element) == "defs":
        return
    for child in list(element):
        _tidy(child)
    element[:] = [each for child in element for each in _kept(child)]
    _trim(element)
    _shorten(element)
    if _name(element) == "g" and len(element) > 1:
        _hoist(element)


def _kept(child: ElementTree.Element) -> list[ElementTree.Element]:
    """What is kept of `child`: itself, the children of a group without attributes, or nothing."""
    tag = _name(child)
    if tag == "g":
        return list(child) if not child.attrib else [child] if len(child) else []
    invisible = child.get("display") == "none" or child.get("d") in ("", "M0,0h0v0h0Z")
    backdrop = tag == "rect" and child.get("fill") == "white" and not child.get("x")
    unpainted = tag == "path" and not {"fill", "stroke"}.intersection(child.attrib)
    return [] if invisible or backdrop or unpainted else [child]


def _trim(element: ElementTree.Element) -> None:
    """Remove attributes without effect, and round coordinates to a tenth of a pixel."""
    for key, value in list(element.attrib.items()):
        if key in USELESS or key.startswith("aria-") or DEFAULTS.get(key) == value:
            del element.attrib[key]
        elif key in COORDINATES:
            element.set(key, NUMBER.sub(lambda found: f"{round(float(found[0]), 1):g}", value))


def _shorten(element: ElementTree.Element) -> None:
    """Write circles as `circle`, their places and those of texts as coordinates, lines briefly."""
    if STRAIGHT.fullmatch(element.get("d", "")):
        element.set("d", _bends(element.get("d", "")))
    drawn = ROUND.fullmatch(element.get("d", ""))
    if drawn:
        element.tag = f"{{{NAMESPACE}}}circle"
        element.set("r", drawn[1])
        del element.attrib["d"]
    across, down = {"circle": ("cx", "cy"), "text": ("x", "y")}.get(_name(element), ("", ""))
    place = PLACE.fullmatch(element.get("transform", ""))
    if across and place and not len(element):
        element.set(across, place[1])
        element.set(down, place[2])
        del element.attrib["transform"]


def _bends(path: str) -> str:
    """A line without the points inside its level and upright stretches, which a step chart has."""
    points = [tuple(map(float, each.split(","))) for each in path[1:].split("L")]
    kept = points[:1]
    for here, after in pairwise(points[1:]):
        (x0, y0), (x, y), (x1, y1) = kept[-1], here, after
        level = y0 == y == y1 and x in sorted((x0, x, x1))[1:2]
        upright = x0 == x == x1 and y in sorted((y0, y, y1))[1:2]
        if not (level or upright):
            kept.append(here)
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in [*kept, *points[1:][-1:]])


def _name(element: ElementTree.Element) -> str:
    """The element's name without its namespace."""
    return element.tag.removeprefix(f"{{{NAMESPACE}}}")


def _hoist(group: ElementTree.Element) -> None:
    """Move the most common value of a presentation attribute from the children to their group.

    Only an attribute that every child has is moved, so that no child changes.
    """
    for key in INHERITED:
        values = [value for child in group if (value := child.get(key)) is not None]
        most, count = Counter(values).most_common(1)[0] if values else ("", 0)
        if len(values) == len(group) and count > 1:
            group.set(key, most)
            for child in group:
                if child.get(key) == most:
                    del child.attrib[key]


def _share_font(root: ElementTree.Element) -> None:
    """Name the font once, if all elements that name one name the same."""
    named = [element for element in root.iter() if element.get("font-family")]
    if len({element.get("font-family") for element in named}) == 1:
        root.set("font-family", named[0].get("font-family", ""))
        for element in named:
            del element.attrib["font-family"]


def _rename_ids(root: ElementTree.Element, name: str) -> None:
    """Make ids of the figure's name: the converter's depend on how much it drew before."""
    found = [element for element in root.iter() if element.get("id")]
    names = {element.get("id"): f"{name}-{number}" for number, element in enumerate(found, 1)}
    for element in root.iter():
        for key, value in element.attrib.items():
            for old, new in names.items():
                if value == old or f"(#{old})" in value:
                    element.set(key, value.replace(old or "", new))
