"""What a notebook's parameters cell declares, and that papermill reads it the same way."""

import warnings

import pytest

from scorecard.batch.notebook_parameters import declared
from scorecard.errors import ParamsError
from support.batches import make_notebook
from support.places import REPOSITORY

CELL = """# What this notebook takes
month = "2016-08"  # the reporting month
unit: str = "kent"
codes: list[str] = ["9", "17"]
limit = 1.5
top = 3
flag = False
free = None
"""


@pytest.fixture
def parameters(tmp_path):
    return declared(make_notebook(tmp_path / "page.ipynb", "later = 1", parameters=CELL))


def test_names_and_defaults_are_those_of_the_cell(parameters):
    assert {name: each.default for name, each in parameters.items()} == {
        "month": "2016-08", "unit": "kent", "codes": ["9", "17"], "limit": 1.5, "top": 3,
        "flag": False, "free": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("month", "2016-09", 201609),
        ("unit", "x", None),
        ("codes", ["1"], "1"),
        ("codes", [], [1]),
        ("limit", 2, "2"),
        ("limit", 2.5, True),
        ("top", 4, 4.5),
        ("flag", True, 1),
    ],
)
def test_a_value_must_have_the_type_of_the_default(parameters, name, good, bad):
    assert parameters[name].accepts(good)
    assert not parameters[name].accepts(bad)


def test_a_default_of_none_takes_anything(parameters):
    assert all(parameters["free"].accepts(value) for value in ("x", 1, ["x"], None))


NAMED = """unit: "Unit" = "kent"
beside: "list[Unit]" = []
codes: "list[Indicator]" = [
    "9",
    "17",
]
plain: "list[str]" = ["x"]
"""


def test_text_can_be_declared_to_name_an_indicator_or_a_unit(tmp_path):
    found = declared(make_notebook(tmp_path / "page.ipynb", parameters=NAMED))
    assert {name: each.names_a for name, each in found.items()} == {
        "unit": "unit", "beside": "unit", "codes": "indicator", "plain": None,
    }  # fmt: skip
    assert found["codes"].type_words == "a list of text"
    assert not found["codes"].accepts([1])
    assert not found["unit"].accepts(["kent"])


@pytest.mark.parametrize("word", ["Indicater", "list[Indicater]", "Indicator]"])
def test_a_misspelt_declaration_is_reported(tmp_path, word):
    path = make_notebook(tmp_path / "page.ipynb", parameters=f'codes: "{word}" = []')
    with pytest.raises(ParamsError, match=r"page\.ipynb: parameter `codes`: unknown type `"):
        declared(path)


def test_the_repository_s_notebooks_declare_every_list_of_codes():
    for path in (REPOSITORY / "notebooks").glob("*.ipynb"):
        for each in declared(path).values():
            assert each.kind is not list or each.names_a == "indicator", (path.name, each.name)


@pytest.mark.parametrize("cell", [CELL, NAMED])
def test_papermill_finds_the_same_names(tmp_path, cell):
    from papermill import inspect_notebook

    path = make_notebook(tmp_path / "page.ipynb", parameters=cell)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        assert list(inspect_notebook(path)) == list(declared(path))


def test_the_notebooks_of_the_repository_declare_parameters():
    notebooks = sorted((REPOSITORY / "notebooks").glob("*.ipynb"))
    assert notebooks
    assert all("month" in declared(path) for path in notebooks)


def test_a_notebook_without_a_parameters_cell_says_so(tmp_path):
    with pytest.raises(ParamsError, match="no cell tagged `parameters`"):
        declared(make_notebook(tmp_path / "page.ipynb", "x = 1", parameters=None))


def test_a_file_that_is_no_notebook_says_so(tmp_path):
    path = tmp_path / "page.ipynb"
    for text in ("", "[]", '{"cells": 5}', "not json"):
        path.write_text(text)
        with pytest.raises(ParamsError, match="not a Jupyter notebook"):
            declared(path)


def test_a_cell_that_is_no_python_names_the_line(tmp_path):
    path = make_notebook(tmp_path / "page.ipynb", parameters="month = '2016-08'\nunit = = 3")
    with pytest.raises(ParamsError, match="line 2"):
        declared(path)
