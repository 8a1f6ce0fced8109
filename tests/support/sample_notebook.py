"""A hand-made executed notebook with one of everything a page can hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from scorecard.data_table import Column, DataTable
from scorecard.months import Month
from scorecard.outputs import HTML, VEGALITE, Chart, Fragment, Headline
from scorecard.pages.page import About

if TYPE_CHECKING:
    import nbformat

ABOUT = About(
    name="sample",
    title="Performance scorecard",
    summary="Every indicator of a made-up county, for August 2016.",
    council="Midshire County Council",
    service="Children's Social Care",
    month=Month(2016, 8),
    letter="A",
)
TOP = """<div class="title-block"><h1 id="top">Performance scorecard: August 2016</h1>
<p class="lede">2 indicators are rated: 1 Green, 0 Amber, 1 Red.</p></div>"""
CELL = (
    '<td data-field="result" data-rating="{rating}"><span class="rating">'
    '<svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true" focusable="false">'
    '<circle cx="5" cy="5" r="5"/></svg><span>{result}</span><span aria-hidden="true">{letter}'
    '</span><span class="visually-hidden">{word}</span></span></td>'
)
SCORECARD = """<h2 id="scorecard-heading">Scorecard</h2>
<div class="table-scroll wide">
<table id="scorecard" class="data"><caption id="scorecard-caption">Scorecard, August 2016</caption>
<thead><tr><th scope="col">Indicator</th><th scope="col">Result</th>
<th scope="col">Target</th></tr></thead>
<tbody><tr data-code="1" data-unit="midshire"><th scope="row">Reviews in time</th>{good}
<td data-field="target">90.0%</td></tr>
<tr data-code="2" data-unit="midshire"><th scope="row">Visits in time</th>{bad}
<td data-field="target">95.0%</td></tr></tbody></table></div>""".format(
    good=CELL.format(rating="green", result="92.0%", letter="G", word="Green"),
    bad=CELL.format(rating="red", result="70.5%", letter="R", word="Red"),
)
SCORECARD_DATA = DataTable(
    name="scorecard",
    title="Scorecard, August 2016",
    columns=(
        Column("code", "The indicator's number"),
        Column("indicator", "The indicator's name"),
        Column("result", "The latest result, in percent"),
        Column("rating", "Green, Amber or Red"),
    ),
    rows=(("1", "Reviews in time", 92.0, "Green"), ("2", "=SUM(A1)", 70.5, "Red")),
)
MONTHS = (("2016-05", 71.2), ("2016-06", 70.9), ("2016-07", 70.1), ("2016-08", 70.5))
TREND_TABLE = (
    '<div class="table-scroll">'
    '<table class="data" id="trend-2-table"><caption id="trend-2-caption-table">Visits in time'
    '</caption><thead><tr><th scope="col">Month</th><th scope="col">Result</th></tr></thead>'
    "<tbody>"
    + "".join(f'<tr><th scope="row">{m}</th><td>{v}%</td></tr>' for m, v in MONTHS)
    + "</tbody></table></div>"
)


def spec() -> dict[str, Any]:
    """A line with points and numbers, clipped, so that ids and texts are both in it."""
    values = [{"month": month, "result": result} for month, result in MONTHS]
    encoding = {
        "x": {"field": "month", "type": "ordinal", "axis": {"labelAngle": 0}},
        "y": {"field": "result", "type": "quantitative", "scale": {"domain": [60, 80]}},
    }
    text = {**encoding, "text": {"field": "result", "type": "quantitative"}}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.20.1.json",
        "width": 560,
        "height": 240,
        "data": {"values": values},
        "config": {"font": "Arial, Helvetica, sans-serif"},
        "layer": [
            {"mark": {"type": "line", "clip": True, "color": "#12436D"}, "encoding": encoding},
            {"mark": {"type": "text", "dy": -10}, "encoding": text},
        ],
    }


def figure(**changes: Any) -> Chart:
    """A chart with its words and its data."""
    words = {
        "name": "trend-2",
        "spec": spec(),
        "title": "Visits in time stay far below the target",
        "subtitle": "Percentage of visits in time, May to August 2016",
        "description": "From 71.2% in May the result fell to 70.1% in July and is now 70.5%.",
        "table_html": TREND_TABLE,
    }
    return Chart(**{**words, **changes})


def display(bundle: Any) -> Any:
    """An output as IPython leaves it, with the plain text that it always adds."""
    data = bundle if isinstance(bundle, dict) else bundle._repr_mimebundle_()
    return new_output("display_data", data={"text/plain": "<repr>", **data})


def code(*outputs: Any, source: str = "report.scorecard()", tags: tuple[str, ...] = ()) -> Any:
    """A code cell that left `outputs`; values with a MIME bundle are displayed."""
    made = [each if hasattr(each, "output_type") else display(each) for each in outputs]
    return new_code_cell(source, outputs=made, metadata={"tags": list(tags)})


def notebook(*cells: Any) -> nbformat.NotebookNode:
    """A notebook of `cells` after the top that every page needs."""
    top = Fragment(TOP, headline=Headline("1 of 2 is Green.", {"green": 1, "amber": 0, "red": 1}))
    return new_notebook(cells=[code(top, source="report.heading()"), *cells])


def changed(**changes: Any) -> About:
    """What the sample says of itself, but for `changes`."""
    return replace(ABOUT, **changes)


def full() -> nbformat.NotebookNode:
    """The whole sample: hidden cells, prose, a table and a chart."""
    missing = Fragment(
        '<h2 id="visits">Visits</h2><p class="note">No commentary.</p>',
        attention=("Indicator 2 has no commentary.",),
    )
    return notebook(
        new_markdown_cell("## Summary\n\nOne of two indicators is Green."),
        new_markdown_cell("# For the analyst only", metadata={"tags": ["analyst"]}),
        code(source='month = "2016-08"', tags=("parameters",)),
        code(Fragment(SCORECARD, tables=(SCORECARD_DATA,), style="td { color: pink }")),
        new_markdown_cell("## How to read it\n\nGreen is *on target*."),
        code(missing, figure(), source="report.exceptions()"),
    )


__all__ = [
    "ABOUT",
    "HTML",
    "VEGALITE",
    "changed",
    "code",
    "display",
    "figure",
    "full",
    "notebook",
    "spec",
]
