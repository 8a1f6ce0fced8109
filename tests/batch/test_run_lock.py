"""One run at a time in a folder of packs: the second says who has it."""

import re

import pytest

from scorecard.batch import run_lock
from scorecard.batch.packs_folder import PacksFolder
from scorecard.errors import OutputsError, RunningError
from support.holding import held_elsewhere


@pytest.fixture
def outputs(tmp_path):
    return PacksFolder(tmp_path / "outputs")


def test_the_second_run_says_who_is_running(outputs):
    imports = """
from pathlib import Path
from zoneinfo import ZoneInfo
from scorecard.batch.packs_folder import PacksFolder
"""
    doing = "'run_month.py 2024-06', ZoneInfo('Asia/Tokyo')"
    lock = f"PacksFolder(Path({str(outputs.root)!r})).locked({doing})"
    with held_elsewhere(imports, lock) as other:
        with pytest.raises(RunningError) as caught, outputs.locked("second"):
            pytest.fail("two runs at once")
        said = str(caught.value)
        assert "run_month.py 2024-06" in said
        assert f"process {other.pid}" in said
        assert re.search(r"since 20\d\d-\d\d-\d\d \d\d:\d\d JST\. Wait", said)
    with outputs.locked("third"):
        pass


def test_a_folder_that_can_not_be_written_says_so(tmp_path):
    (tmp_path / "outputs").write_text("a file")
    with (
        pytest.raises(OutputsError, match="can't be written"),
        PacksFolder(tmp_path / "outputs").locked(""),
    ):
        pass


def test_a_lock_that_can_not_be_written_is_named(outputs):
    (outputs.root / run_lock.LOCK).mkdir(parents=True)
    with pytest.raises(OutputsError, match=r"\.run\.lock can't be written"), outputs.locked(""):
        pass
