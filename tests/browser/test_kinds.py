"""Pages of kinds that August 2016 has none of, and of another council, with its own colours."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from support import browser_checks as checks
from support import council
from support.browser_view import opened
from support.places import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

YEAR_END = ("outturn", "quarterly")
COUNCIL = ("borough", "area-lower-fen", "children-we-care-for", "uasc-impact", "cover")
CHECKS = (
    checks.passes_axe,
    checks.passes_ibm,
    checks.passes_html_codesniffer,
    checks.never_scrolls_sideways,
    checks.text_is_clean,
    checks.chart_text_is_not_clipped,
    checks.results_are_not_squeezed,
)


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The published pages by their names, `index` that of the other council."""
    folder = tmp_path_factory.mktemp("kinds")
    fenwold = council.files(folder / "fenwold")
    made = [
        _publishing(folder / "kent", "2016-03", YEAR_END),
        _publishing(folder / "pages", "2024-06", COUNCIL, f"--workbook={fenwold.root}"),
    ]
    for each in made:
        said, _ = each.communicate()
        assert each.returncode == 0, said
    return {page.stem: page for page in folder.glob("*/*/*.html")}


def _publishing(outputs: Path, month: str, names: tuple[str, ...], *more: str) -> subprocess.Popen:
    """What publishes some pages of a month, as an operator does."""
    only = [f"--only={name}" for name in names]
    command = [sys.executable, "run_month.py", month, f"--outputs={outputs}", *only, *more]
    return subprocess.Popen(
        command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


@pytest.mark.parametrize("name", [*YEAR_END, *COUNCIL, "index"])
def test_page_of_another_kind(packs, browser, name):
    view = opened(browser, packs[name])
    found = {check.__name__: check(view) for check in CHECKS}
    view.close()

    assert found == {check.__name__: [] for check in CHECKS}


def test_the_head_of_a_page_in_a_council_s_colour_can_be_read_on_paper(packs, browser):
    view = opened(browser, packs["borough"])
    view.page.emulate_media(media="print")
    ground = view.page.evaluate(
        "getComputedStyle(document.querySelector('.masthead')).backgroundColor"
    )
    found = checks.passes_axe(view)
    view.close()

    assert ground == "rgba(0, 0, 0, 0)"
    assert [each for each in found if each.startswith("color-contrast")] == []
