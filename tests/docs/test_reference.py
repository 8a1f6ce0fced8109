"""The generated reference is current, and leaves nothing out."""

from __future__ import annotations

import re

import pytest

from scorecard.commands.program import main
from support.generating import generate
from support.places import REPOSITORY

DOCS = REPOSITORY / "docs"


@pytest.fixture(scope="module")
def made():
    return generate.pages()


def test_the_reference_is_current(made):
    found = {path.name: path.read_text(encoding="utf-8") for path in (DOCS / "reference").iterdir()}

    assert found == made, "run `python docs/generate.py` and commit what it writes"


@pytest.mark.parametrize(
    ("page", "folder", "pattern"),
    [("macros.md", "macros", r"^CREATE MACRO (\w+)"), ("checks.md", "checks", None)],
)
def test_every_macro_and_check_is_in_the_reference(made, page, folder, pattern):
    for path in (REPOSITORY / "lib/scorecard/sql" / folder).glob("*.sql"):
        text = path.read_text(encoding="utf-8")
        for name in re.findall(pattern, text, re.MULTILINE) if pattern else [path.stem]:
            assert re.search(rf"(### |`){name}[(`]", made[page]), name


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
