"""Charts that an analyst makes with Altair: drawn by JupyterLab itself, and nothing imported early.

`tests/browser/test_jupyterlab.py` looks at one in JupyterLab.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from scorecard.outputs import VEGALITE

PROGRAM = """
import json, sys
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
from scorecard.report import Report
early = sorted({"altair", "pandas"} & set(sys.modules))
import altair as alt
chart = alt.Chart(alt.Data(values=[{"a": 1, "b": "x"}])).mark_point().encode(x="a:Q")
def kinds(chart):
    return sorted(shell.display_formatter.format(chart)[0])
charts = {"one": chart, "layer": chart + chart, "beside": chart | chart, "below": chart & chart,
          "facet": chart.facet("b:N"), "repeat": chart.repeat(["a"])}
with alt.renderers.enable(embed_options={"renderer": "svg"}):
    options = shell.display_formatter.format(chart)[1]
shown = {name: kinds(each) for name, each in charts.items()}
alt.renderers.enable("html")
print(json.dumps({"early": early, "shown": shown, "options": options, "chosen": kinds(chart)}))
"""


@pytest.fixture(scope="module")
def seen():
    """What an IPython shell shows of an analyst's charts."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, check=True)
    return json.loads(done.stdout)


def test_no_chart_asks_another_host_for_its_script(seen):
    assert set(map(tuple, seen["shown"].values())) == {(VEGALITE, "text/plain")}


def test_altair_and_pandas_are_not_imported_before_they_are_used(seen):
    assert seen["early"] == []


def test_options_and_a_renderer_that_the_analyst_chose_are_kept(seen):
    assert seen["options"] == {VEGALITE: {"embed_options": {"renderer": "svg"}}}
    assert "text/html" in seen["chosen"]
