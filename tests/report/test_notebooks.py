"""Notebooks stay what they are for: prose and questions, runnable, without code or outputs."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import nbformat
import pytest
import yaml

from support.places import REPOSITORY, TESTS

if TYPE_CHECKING:
    from pathlib import Path

UNPUBLISHED = {
    "explore": ("from scorecard.explore import explore", 3),
    "region": ("from scorecard.report import Region", 4),
}
"""The notebooks of which nothing is published: what each imports, and its cells of code."""

ALL = sorted((REPOSITORY / "notebooks").glob("*.ipynb"))
NOTEBOOKS = [path for path in ALL if path.stem not in UNPUBLISHED]
"""Those that pages are made from."""

REPORTS = [
    REPOSITORY / "params/reports.yml",
    *TESTS.glob("*/params/reports.yml"),
]
LINES_AT_MOST = 12
ASKED_BY_THE_BATCH = {"month", "unit", "title"}


@pytest.fixture(params=ALL, ids=[path.stem for path in ALL])
def notebook(request):
    return nbformat.read(request.param, as_version=4)


@pytest.fixture(params=NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def published(request):
    return nbformat.read(request.param, as_version=4)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def parameters(path: Path) -> set[str]:
    """The names that a notebook's parameters cell gives a default."""
    (cell,) = (
        cell
        for cell in nbformat.read(path, as_version=4).cells
        if "parameters" in cell.metadata.get("tags", [])
    )
    tree = ast.parse(cell.source)
    assert all(isinstance(each, ast.Assign | ast.AnnAssign) for each in tree.body)
    targets = [
        each.targets[0] if isinstance(each, ast.Assign) else each.target for each in tree.body
    ]
    return {target.id for target in targets}


def test_codes_name_no_indicator_of_one_council(published):
    """An appendix without `codes` shows all, as params/reports.yml says."""
    given = [line for cell in code(published) for line in cell.source.splitlines()]
    lists = [line.split(": ", 1)[1] for line in given if "list[Indicator]" in line]
    assert set(lists) <= {'"list[Indicator]" = []'}


def test_the_nine_notebooks_are_there():
    assert [path.stem for path in ALL] == [
        "area",
        "children_in_care",
        "county",
        "cover",
        "explore",
        "outturn",
        "quarter",
        "region",
        "uasc_impact",
    ]


def test_it_is_a_valid_notebook(notebook):
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"


def test_no_output_is_kept(notebook):
    for cell in code(notebook):
        assert cell.outputs == []
        assert cell.execution_count is None


def test_cells_are_short_and_define_nothing(notebook):
    for cell in code(notebook):
        assert len(cell.source.splitlines()) <= LINES_AT_MOST, cell.source
        tree = ast.parse(cell.source)
        for node in ast.walk(tree):
            assert not isinstance(
                node, ast.FunctionDef | ast.ClassDef | ast.Lambda | ast.For | ast.While | ast.If
                | ast.Try
            ), cell.source  # fmt: skip
        assert not re.search(r"\b(sys\.path|SELECT|duckdb|warnings|os\.chdir)\b", cell.source)


def imports(notebook):
    return [
        ast.unparse(node)
        for cell in code(notebook)
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def test_it_imports_the_report_and_nothing_else(published):
    assert imports(published) == ["from scorecard.report import Report"]


@pytest.mark.parametrize("name", UNPUBLISHED)
def test_a_notebook_that_is_not_published_imports_one_thing_and_shows_a_page_nothing(name):
    found = nbformat.read(REPOSITORY / f"notebooks/{name}.ipynb", as_version=4)
    imported, cells = UNPUBLISHED[name]

    assert imports(found) == [imported]
    assert len(code(found)) == cells
    assert not {"unit", "title"} <= parameters(REPOSITORY / f"notebooks/{name}.ipynb")


def test_it_opens_with_a_title_and_its_sections_never_skip_a_level(notebook):
    levels = [
        len(found[1])
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for found in re.finditer(r"^(#+) ", cell.source, re.MULTILINE)
    ]

    assert notebook.cells[0].source.startswith("# ")
    assert levels[0] == 1
    assert set(levels[1:]) <= {2}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_it_has_one_parameters_cell_with_what_every_notebook_is_given(path):
    assert parameters(path) >= ASKED_BY_THE_BATCH


@pytest.mark.parametrize("reports", REPORTS, ids=lambda path: path.parts[-3])
def test_every_parameter_named_in_the_plan_exists(reports):
    plan = yaml.safe_load(reports.read_text(encoding="utf-8"))
    for appendix in plan["appendices"]:
        path = NOTEBOOKS[0].with_name(f"{appendix['notebook']}.ipynb")
        assert set(appendix.get("parameters", {})) <= parameters(path), appendix["name"]


def test_its_defaults_run_top_to_bottom(notebook, monkeypatch):
    """As JupyterLab would run it, but for drawing what comes out."""
    monkeypatch.chdir(NOTEBOOKS[0].parent)
    monkeypatch.delenv("SCORECARD_WORKBOOK", raising=False)
    names: dict[str, object] = {}
    for cell in code(notebook):
        exec(compile(cell.source, "cell", "exec"), names)  # noqa: S102 (our own notebooks)

    assert {"report", "explore", "region"} & names.keys()
