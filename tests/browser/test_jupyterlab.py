"""Charts in JupyterLab on a machine without a network: alive, and drawn as on the page."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import nbformat
import pytest
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from scorecard.batch.record import RECORD
from scorecard.outputs import CHART_WORDS
from support import browser_drawn as drawn
from support import page_figures as reading
from support.lab import run_all, serving
from support.places import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bs4 import Tag
    from playwright.sync_api import Browser, Locator, Page

PAGES = {
    "area": "area-north-kent",
    "children_in_care": "children-in-care",
    "county": "county",
    "cover": "cover",
    "uasc_impact": "uasc-impact",
}
"""Each notebook, and the page of August 2016 that it makes."""

OF_CODES = ("children_in_care", "uasc_impact")
"""The notebooks that make that page with codes alone; without any they show every indicator."""

OF_OTHER_MONTHS = ("outturn", "quarter")
"""The notebooks that August 2016 has no page of."""

EXPLORE, REGION = "explore", "region"
"""The notebook that no page is made from."""

OWN = "own"
"""The notebook of a region, with a chart of the analyst's own at its end."""
OWN_CHART = """import altair as alt
import pandas as pd

data = pd.DataFrame({"month": ["Jul", "Aug"], "cases": [3, 4]})
alt.Chart(data).mark_line(point=True).encode(alt.X("month:O", sort=None), y="cases:Q")"""
"""What an analyst may write in a notebook that has imported the report."""

DRAWINGS = """async name => {
    function* inside(widget) {
        yield widget;
        for (const child of widget.children ? widget.children() : []) yield* inside(child);
    }
    const drawings = {};
    for (const cell of window.jupyterapp.shell.currentWidget.content.widgets) {
        const area = cell.outputArea;
        for (let i = 0; i < (area ? area.model.length : 0); i++) {
            const figure = area.model.get(i).data[name];
            for (const widget of figure ? inside(area.widgets[i]) : [])
                if (widget._result) drawings[figure.name] = await widget._result.view.toSVG();
        }
    }
    return drawings;
}"""
"""By figure, the SVG of what JupyterLab's own Vega has drawn; its canvas holds the same marks."""


@pytest.fixture(scope="module")
def lab(month: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real JupyterLab over a copy of the notebooks; the store is built."""
    folder = tmp_path_factory.mktemp("lab")
    own = nbformat.read(REPOSITORY / "notebooks" / f"{REGION}.ipynb", as_version=4)
    own.cells.append(nbformat.v4.new_code_cell(OWN_CHART))
    (folder / "notebooks").mkdir()
    nbformat.write(own, folder / "notebooks" / f"{OWN}.ipynb")
    record = json.loads((month / RECORD).read_text(encoding="utf-8"))
    given = {each["name"]: each["parameters"] for each in record["appendices"]}
    with serving(folder) as address:
        for each in OF_CODES:
            path = folder / "notebooks" / f"{each}.ipynb"
            notebook = parameterize_notebook(load_notebook_node(str(path)), given[PAGES[each]])
            nbformat.write(notebook, path)
        yield address


@dataclass
class Opened:
    """A notebook open in JupyterLab, all of its cells started; what it asked other hosts for."""

    page: Page
    strays: list[str] = field(default_factory=list)

    @property
    def charts(self) -> Locator:
        """The charts that are drawn."""
        return self.page.locator(".jp-OutputArea-output .vega-embed").locator("canvas, svg.marks")

    @property
    def errors(self) -> int:
        """How many cells failed."""
        return self.page.locator("[data-mime-type='application/vnd.jupyter.error']").count()


@pytest.fixture(scope="module")
def opened(browser: Browser, lab: str) -> Iterator[Callable[[str], Opened]]:
    """Opens a notebook, once, in a browser that reaches JupyterLab and nothing else."""
    found: dict[str, Opened] = {}

    def get(name: str) -> Opened:
        if name not in found:
            found[name] = _open(browser, lab, name)
        return found[name]

    yield get
    for each in found.values():
        each.page.context.close()


def _open(browser: Browser, lab: str, name: str) -> Opened:
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    notebook = Opened(context.new_page())
    page = notebook.page

    def only_lab(route):
        if route.request.url.startswith(lab):
            route.continue_()
        else:
            notebook.strays.append(route.request.url)
            route.abort()

    page.route(re.compile("^https?://"), only_lab)
    run_all(page, lab, name)
    return notebook


def test_every_notebook_is_looked_at():
    found = {path.stem for path in (REPOSITORY / "notebooks").glob("*.ipynb")}

    assert found == {*PAGES, *OF_OTHER_MONTHS, EXPLORE, REGION}


@pytest.mark.parametrize(
    "notebook",
    # The charts of the county's page are of the same kinds, and fewer.
    ["county", "uasc_impact", pytest.param("children_in_care", marks=pytest.mark.thorough)],
)
def test_every_chart_is_drawn_as_on_the_page(opened, month, notebook):
    figures = reading.page(month / f"{PAGES[notebook]}.html").select("figure.figure")
    assert figures
    lab = opened(notebook)
    lab.charts.nth(len(figures) - 1).wait_for()
    drawings = lab.page.evaluate(DRAWINGS, CHART_WORDS)
    assert list(drawings) == [figure["id"] for figure in figures]
    for figure in figures:
        ours = drawn.on_page(figure.select_one("svg.chart"))
        theirs = drawn.by_vega(drawings[figure["id"]])
        assert ours.differences(theirs) == []
        assert_complete(theirs, figure)
    assert lab.errors == 0
    assert lab.strays == []


STEP = [(0.0, 9.0), (5.0, 9.0), (10.0, 9.0), (10.0, 4.0), (20.0, 4.0)]
BENDS = [STEP[0], *STEP[2:]]
DRAWING = drawn.Drawn([BENDS], [[(0, 8), (20, 8), (20, 9)]], [[(5, 5), (0, -6)]], ["white"], ["9%"])


def test_a_line_without_the_points_that_it_passes_is_the_same():
    assert DRAWING.differences(replace(DRAWING, lines=[STEP])) == []
    assert replace(DRAWING, lines=[STEP]).differences(DRAWING) == []


@pytest.mark.parametrize(
    "change",
    [
        {"lines": [[STEP[0], (5.0, 9.3), *STEP[2:]]]},
        {"lines": [STEP[:-1]]},
        {"lines": [[*STEP[:-1], (20.0, 4.3)]]},
        {"lines": [STEP[:3], STEP[3:]]},
        {"lines": [[STEP[0], STEP[3], STEP[4]]]},
        {"lines": []},
        {"bands": []},
        {"bands": [[(0, 8), (20, 8), (20, 9.3)]]},
        {"symbols": [[(5, 5), (0, 6)]]},
        {"symbols": [[(5, 5)]]},
        {"fills": ["black"]},
        {"words": ["9%", "8%"]},
    ],
)
def test_another_drawing_is_found(change):
    assert DRAWING.differences(replace(DRAWING, **change))
    assert replace(DRAWING, **change).differences(DRAWING)


def test_an_area_s_notebook_has_no_chart(month):
    assert not reading.page(month / f"{PAGES['area']}.html").select("figure.figure")


def assert_complete(chart: drawn.Drawn, figure: Tag) -> None:
    """Every line goes from left to right; that of the target has two points for each month.

    There is none of a target that is far from all results.
    """
    for line in chart.lines:
        assert all(left[0] <= right[0] for left, right in pairwise(line))
    targets = [cell for cell in figure.select("[data-field=target]") if "%" in cell.get_text()]
    far = [
        each for each in chart.words if re.fullmatch("Target .* is (above|below) this chart", each)
    ]
    assert not targets or (2 * len(targets) in map(len, chart.lines)) != far


def test_a_chart_answers_the_pointer(opened):
    lab = opened("county")
    lab.charts.first.wait_for()
    assert "month" in tooltip_of(lab.page, lab.charts.first).lower()


def test_an_analyst_s_own_chart_is_drawn_with_the_network_closed(opened):
    lab = opened(OWN)
    lab.charts.first.wait_for()
    assert lab.errors == 0
    assert lab.strays == []


def test_a_region_without_a_pack_says_what_to_run(opened):
    lab = opened(OWN)
    assert (
        lab.page.get_by_text("has published August 2016. Run")
        .first.inner_text()
        .endswith("first, then run this notebook again.")
    )
    assert lab.errors == 0


def test_an_analyst_explores_with_the_network_closed(opened):
    lab = opened(EXPLORE)
    page = lab.page
    line = page.locator(".explored svg.chart path").first
    page.get_by_role("button", name="Trend", exact=True).click()
    line.wait_for()
    before = line.get_attribute("d")

    page.get_by_label("Indicator").select_option(
        "24. % of CIC cases where all Health Assessments were held within required timescale"
    )
    page.get_by_text('report.trend("24")').wait_for()
    page.locator(".explored #trend-24").wait_for()
    assert line.get_attribute("d") != before

    page.get_by_role("cell", name="24", exact=True).first.wait_for()
    page.get_by_placeholder("month").press_sequentially("2016-0")
    page.get_by_text("Showing 1 to 8 of 8 entries").wait_for()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the table as CSV").click()
    months = saved.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert saved.value.suggested_filename == "kent-2016-08-24-trend-24-data.csv"
    assert months[-1].startswith("2016-08,kent,24,2016-08")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the call").click()
    copied = "async call => (await navigator.clipboard.readText()).endsWith(call)"
    page.wait_for_function(copied, arg='report.trend("24")\n')
    assert lab.errors == 0
    assert lab.strays == []


def tooltip_of(page: Page, chart: Locator) -> str:
    """The words that appear as the pointer sweeps over `chart`, as a reader would do it."""
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box
    tip = page.locator("#vg-tooltip-element.visible")
    for row in range(8, int(box["height"]), 6):
        for column in range(8, int(box["width"]), 6):
            page.mouse.move(box["x"] + column, box["y"] + row)
            if tip.count():
                return tip.inner_text()
    pytest.fail("no tooltip anywhere on the chart")
