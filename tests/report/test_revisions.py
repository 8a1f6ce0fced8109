"""A month is published, corrected, compared and published again; the first pack can be made again.

With the workbook's own notebooks, by its own commands, as the README tells it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import duckdb
import pytest

from scorecard.batch import record
from support import council
from support.batches import contents
from support.places import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.thorough
"""The how-to of late figures is run by the whole check, and does the same on the county."""

LATE = """\
month,unit,code,cohort,num,denom,provenance
2024-06,fenwold,a1,all,240,255,supplied
2024-06,lower-fen,a1,all,150,160,supplied
"""


class Story:
    """A made-up council's workbook, and what each command said."""

    def __init__(self, folder: Path) -> None:
        self.workbook = folder / "workbook"
        self.outputs = self.workbook / "outputs"
        council.copy(self.workbook)
        self.late = folder / "late.csv"
        self.late.write_text(LATE, encoding="utf-8")

    def run(self, *words: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, str(REPOSITORY / "run_month.py"), *words,
             "--workbook", str(self.workbook)],
            capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    def pages(self, pack: str = "2024-06") -> dict[str, bytes]:
        """What readers get of a pack: an executed notebook holds its own timings besides."""
        found = contents(self.outputs / pack)
        return {name: text for name, text in found.items() if not name.startswith("notebooks/")}


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """The whole story: published from nothing numbered, corrected as load 2, published again."""
    told = Story(tmp_path_factory.mktemp("story"))
    told.first = told.run("2024-06")
    told.was = told.pages()
    told.refused = told.run("load", str(told.late), "--why", "Late records")
    told.results = (told.workbook / "data/results/2024-06.csv").read_text(encoding="utf-8")
    told.loaded = told.run("load", str(told.late), "--why", "Late records", "--yes")
    told.diff = told.run("diff", "2024-06")
    told.second = told.run("2024-06")
    told.now = told.pages()
    told.again = told.run("2024-06", "--as-at", "1")
    return told


def test_a_published_month_is_revised_only_with_a_yes(story):
    status, said = story.refused
    assert status == 2
    assert "2024-06" in said
    assert "--yes" in said
    assert "240" not in story.results
    assert story.loaded[0] == 0
    results = (story.workbook / "data/results/2024-06.csv").read_text(encoding="utf-8")
    assert "2024-06,fenwold,a1,all,240,255,supplied\n" in results


def test_the_difference_is_listed_figure_by_figure_with_its_load_and_reason(story):
    status, said = story.diff
    assert status == 0
    assert "Late records" in said
    assert "result: 86.9% (2612 of 3007), amber" in said
    assert "87.3% (2624 of 3007), amber" in said


def test_the_pack_published_again_marks_what_was_revised_and_says_why(story):
    assert story.second[0] == 0
    (page,) = (text.decode() for name, text in story.now.items() if name == "borough.html")
    assert "[r]" in page
    assert "Late records (load 2, " in page
    assert "[r]" not in story.was["borough.html"].decode()
    assert record.read(story.outputs / "2024-06").load == 2


def test_the_pack_as_at_the_earlier_load_is_the_one_published_then_byte_for_byte(story):
    status, said = story.again
    assert status == 0, said
    assert story.pages("as-at/1/2024-06") == story.was
    assert story.pages() == story.now


def test_the_same_file_again_changes_nothing(story):
    loads = sorted(path.name for path in (story.workbook / "data/loads").iterdir())
    status, said = story.run("load", str(story.late), "--why", "Once more")
    assert (status, "Nothing was loaded" in said) == (0, True)
    assert sorted(path.name for path in (story.workbook / "data/loads").iterdir()) == loads


def test_a_store_that_is_lost_is_built_again_with_its_whole_history(story):
    shutil.rmtree(story.workbook / "data/.store")
    status, said = story.run("diff", "2024-06", "--since", "1")
    assert status == 0
    assert "87.3% (2624 of 3007), amber" in said


@pytest.mark.thorough
def test_what_somebody_writes_into_the_store_and_its_copy_is_never_published(story):
    (store,) = (story.workbook / "data/.store").glob("*.duckdb")
    for path in (store, story.workbook / "data/scorecard.duckdb"):
        with duckdb.connect(str(path)) as prompt:
            prompt.execute("UPDATE figure_versions SET num = denom WHERE code = 'a1'")
    assert "nothing that the pack shows has changed since" in story.run("status")[1]
    status, said = story.run("2024-06", "--force")
    assert status == 0, said
    assert story.pages() == story.now
