"""The generated reference is current, and leaves nothing out."""

from __future__ import annotations

import re

import pytest

from scorecard.commands.program import main
from scorecard.store import semantic_layer
from scorecard.store.sql_files import sql
from support.generating import generate
from support.places import REPOSITORY

DOCS = REPOSITORY / "docs"


@pytest.fixture(scope="module")
def made():
    return generate.pages()


def test_the_reference_is_current(made):
    found = {path.name: path.read_text(encoding="utf-8") for path in (DOCS / "reference").iterdir()}

    assert found == made, "run `python docs/generate.py` and commit what it writes"


@pytest.fixture(scope="module")
def macros():
    """Every macro of the store."""
    return [
        macro
        for name in (*semantic_layer.BEFORE_LOADING, *semantic_layer.SEMANTIC_LAYER)
        for macro in semantic_layer.macros(sql(name))
    ]


@pytest.mark.parametrize(
    ("page", "folder", "pattern"),
    [("macros.md", "macros", r"^CREATE MACRO (\w+)"), ("checks.md", "checks", None)],
)
def test_every_macro_and_check_is_in_the_reference(made, page, folder, pattern):
    for path in (REPOSITORY / "lib/scorecard/sql" / folder).glob("*.sql"):
        text = path.read_text(encoding="utf-8")
        for name in re.findall(pattern, text, re.MULTILINE) if pattern else [path.stem]:
            assert re.search(rf"(### |`){name}[(`]", made[page]), name


CALL = re.compile(r"(\w+)\((.*?)\)(?= *(?:[:→,]|$))", re.DOTALL)
"""A call as a head begins with it: `trend('kent', '17', '2016-08') : …`."""


def test_a_macros_head_begins_with_a_call_that_names_its_parameters(macros):
    """Bare names are all parameters in order; else values for those without a default, in order."""
    for macro in macros:
        call = CALL.match(macro.words)
        assert call, macro
        assert call[1] == macro.name, macro
        given = [part.strip() for part in re.split(r",(?![^\[]*\])", call[2]) if part.strip()]
        parameters = [part.strip() for part in macro.parameters.split(",") if part.strip()]
        names = [part.partition(" :=")[0] for part in parameters]
        named = [part.partition(" := ")[0] for part in given if ":=" in part]
        values = [part for part in given if ":=" not in part]
        if values and re.fullmatch(r"[a-z_]\w*", values[0]):
            assert given == names, macro
        else:
            assert not any(re.fullmatch(r"[a-z_]\w*|…", part) for part in values), macro
            assert len(values) == len([part for part in parameters if ":=" not in part]), macro
            assert set(named) <= set(names), macro


def test_every_rule_is_in_the_reference_once(made):
    rules = list((REPOSITORY / "lib/scorecard/sql/rules").iterdir())

    assert len(re.findall(r"^- ", made["inputs.md"], re.MULTILINE)) == len(rules)


def test_every_parameter_file_is_in_the_reference(made):
    for path in (REPOSITORY / "params").glob("*.yml"):
        name = re.sub(r"\d{4}-\d\d", "YYYY-MM", path.name)
        assert f"## params/{name}\n" in made["parameters.md"]


def test_every_command_and_option_is_in_the_reference(made):
    for command in main.commands.values():
        for option in command.params:
            if option.param_type_name == "option":
                assert option.opts[0] in made["commands.md"]
