"""Notebooks run by plain tools: papermill's and nbconvert's command lines, and our template."""

from __future__ import annotations

import os
import subprocess
import sys

import nbformat
import pytest
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook

from scorecard import stills
from scorecard.batch.notebook_parameters import declared
from scorecard.outputs import HTML
from scorecard.report import Report
from support import council
from support import sample_notebook as sample
from support.places import REPOSITORY

CHART = sample.figure()
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
TEMPLATES = REPOSITORY / "lib/scorecard/templates"


@pytest.fixture
def alone(monkeypatch):
    """A kernel without a person or a run behind it."""
    for name in (stills.RUN, *stills.SESSION):
        monkeypatch.delenv(name, raising=False)
    shell = type("Shell", (), {"kernel": None})()
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    return shell


def test_a_chart_brings_its_drawing_where_nobody_looks_on(alone):
    html = CHART._repr_mimebundle_()[HTML]

    assert "<svg" in html
    assert f"<strong>{CHART.title}</strong>" in html
    assert CHART.table_html in html


@pytest.mark.parametrize("name", [stills.RUN, *stills.SESSION])
def test_it_does_not_in_a_run_or_where_somebody_works(alone, monkeypatch, name):
    monkeypatch.setenv(name, "x")

    assert HTML not in CHART._repr_mimebundle_()


def test_it_does_not_without_a_kernel():
    assert HTML not in CHART._repr_mimebundle_()


def plain(notebook):
    """The page that `nbconvert --template plain` makes of a notebook."""
    maker = HTMLExporter(template_name="plain", extra_template_basedirs=[str(TEMPLATES)])
    return maker.from_notebook_node(notebook)[0]


def test_our_plain_template_shows_prose_and_answers_without_code_and_other_hosts(alone):
    page = plain(
        sample.notebook(
            sample.code(CHART._repr_mimebundle_(), source="chart"),
            sample.code(sample.display({HTML: "<p>Hidden</p>"}), tags=("analyst",)),
            new_code_cell(
                "result",
                outputs=[
                    nbformat.v4.new_output(
                        "execute_result", data={HTML: "<p>A result</p>"}, execution_count=1
                    )
                ],
            ),
        )
    )

    assert page.count("<figure") == 1
    assert "<p>A result</p>" in page
    assert "Hidden" not in page
    assert "<script" not in page
    assert "https://" not in page.replace("https://vega.github.io", "")
    assert "<pre>" not in page


@pytest.mark.thorough
def test_the_command_lines_of_papermill_and_nbconvert_run_a_notebook(tmp_path):
    made = council.copy(tmp_path / "workbook")
    notebook = made.root / "notebooks/own.ipynb"
    notebook.parent.mkdir()
    cells = [
        new_code_cell('unit = "upper-fen"', metadata={"tags": ["parameters"]}),
        new_code_cell("from scorecard.report import Report"),
        new_code_cell('Report("2024-06", unit).trend("b1")'),
    ]
    nbformat.write(new_notebook(cells=cells, metadata=KERNEL), notebook)
    assert set(declared(notebook)) == {"unit"}
    environment = {key: value for key, value in os.environ.items() if key not in stills.SESSION}

    def run(*command):
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=tmp_path, env=environment,
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stderr

    said = run("papermill", str(notebook), "run.ipynb", "-p", "unit", "fenwold", "-p", "unitt", "x",
               "--cwd", str(notebook.parent))  # fmt: skip
    assert "Passed unknown parameter: unitt" in said
    title = Report("2024-06", "fenwold", made).trend("b1")[0].title
    assert title in (tmp_path / "run.ipynb").read_text(encoding="utf-8")
    run("nbconvert", "--execute", "--to", "html", str(notebook), "--output-dir", str(tmp_path))
    page = (tmp_path / "own.html").read_text(encoding="utf-8")
    assert "<figure" in page
    assert "<svg" in page
    assert "&lt;Chart" not in page
