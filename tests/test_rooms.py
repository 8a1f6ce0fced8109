"""Each room imports only what is below it: no arrow upward, no circle, in types too."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

import pytest

from support.places import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

LIB = REPOSITORY / "lib"
GROUND = {
    "altair_offline", "data_table", "disk", "display", "errors", "figure", "input_faults",
    "interruption", "ipython", "months", "notebook_tags", "outputs", "reloading", "stills",
    "texts", "unseen", "wording", "workbook", "yamls",
}  # fmt: skip
"""Modules that import nothing of ours but each other."""

ROOMS: dict[str, set[str]] = {
    **dict.fromkeys(GROUND, GROUND),
    "params": GROUND,
    "ledger": GROUND,
    "store": GROUND | {"params", "ledger"},
    "importing": GROUND | {"params", "ledger", "store"},
    "disclosure": GROUND | {"params", "store"},
    "checks": GROUND | {"params", "store", "disclosure"},
    "report": GROUND | {"params", "store", "disclosure"},
    "pages": GROUND | {"params", "checks"},
    "explore": GROUND | {"params", "store", "report", "pages"},
    "batch": GROUND | {"params", "ledger", "store", "importing", "disclosure", "checks", "pages"},
    "commands": GROUND | {"params", "ledger", "store", "importing", "checks", "pages", "batch"},
}
"""What each room may import, besides itself."""


@cache
def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    found = {}
    for path in (LIB / "scorecard").rglob("*.py"):
        parts = path.relative_to(LIB).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(path: Path, known: dict[str, Path]) -> set[str]:
    """The modules of ours that a file imports, anywhere in it, for types too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "a relative import would not be found by these tests"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                found.add(full if full in known else node.module)
    return {name for name in found if name.startswith("scorecard.") and name in known}


def room(module: str) -> str:
    """The room of a module: `scorecard.pages.svg` → `pages`."""
    return module.split(".")[1]


@cache
def arrows() -> dict[str, set[str]]:
    """Each module with the modules of ours that it imports."""
    known = modules()
    return {name: imports(path, known) for name, path in known.items() if name != "scorecard"}


def upward(found: dict[str, set[str]]) -> list[str]:
    """The imports that `ROOMS` does not allow."""
    return sorted(
        f"{name} imports {other}"
        for name, others in found.items()
        for other in others
        if room(other) != room(name) and room(other) not in ROOMS[room(name)]
    )


def test_every_room_imports_only_what_it_may():
    assert upward(arrows()) == []


def test_no_modules_import_each_other_in_a_circle():
    try:
        TopologicalSorter(arrows()).prepare()
    except CycleError as error:
        pytest.fail(f"circle: {' → '.join(error.args[1])}")


def test_nothing_but_the_ground_floor_is_at_package_level():
    found = {path.stem for path in (LIB / "scorecard").glob("*.py")} - {"__init__"}

    assert found == GROUND


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("report/report.py", "from scorecard.pages import page"),
        ("batch/run.py", "from scorecard.report import Report"),
        ("batch/run.py", "from scorecard.explore import explore"),
        ("report/report.py", "from scorecard.explore import explore"),
        ("report/report.py", "from scorecard.batch.packs_folder import PacksFolder"),
        ("store/store.py", "from scorecard.importing import plan"),
        ("months.py", "from scorecard.params import reports"),
    ],
)
def test_an_import_upward_is_found(tmp_path, place, line):
    (name,) = (name for name, path in modules().items() if path == LIB / "scorecard" / place)
    changed = tmp_path / "changed.py"
    changed.write_text(f"{modules()[name].read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")

    assert upward({**arrows(), name: imports(changed, modules())})


@pytest.mark.parametrize(
    "form",
    [
        "from scorecard import pages",
        "from scorecard.pages import svg",
        "import scorecard.pages.svg",
        "import scorecard.pages as drawn",
        "def late():\n    from scorecard.pages.svg import figure",
        "if TYPE_CHECKING:\n    from scorecard.pages.svg import figure",
    ],
)
def test_every_way_of_importing_a_room_is_found(tmp_path, form):
    (tmp_path / "module.py").write_text(form, encoding="utf-8")

    assert {room(name) for name in imports(tmp_path / "module.py", modules())} == {"pages"}


def test_nothing_that_a_notebook_imports_brings_the_batch_along():
    asked = "import sys, scorecard.report; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    ).stdout.split()

    assert not {name for name in loaded if re.match(r"scorecard\.(batch|pages|commands)\b", name)}
