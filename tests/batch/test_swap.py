"""Two folders change places, and a pack that was set aside comes back."""

import sys

import pytest

from scorecard.batch import swap
from support.batches import finished_pack


@pytest.mark.parametrize("exchange", [True, False])
def test_a_new_folder_takes_the_place_of_the_old(tmp_path, monkeypatch, exchange):
    if not exchange:
        monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    final = finished_pack(tmp_path / "2024-06", "old")
    swap.put_in_place(finished_pack(tmp_path / ".staging-2024-06", "new"), final)
    assert (final / "page.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["2024-06"]


@pytest.mark.skipif(sys.platform != "linux", reason="renameat2 is Linux's")
def test_linux_exchanges_two_folders_in_one_step(tmp_path):
    one, other = finished_pack(tmp_path / "one", "1"), finished_pack(tmp_path / "other", "2")
    assert swap._exchange(one, other)
    assert ((one / "page.html").read_text(), (other / "page.html").read_text()) == ("2", "1")


def test_recovery_brings_back_a_pack_that_was_set_aside(tmp_path):
    finished_pack(tmp_path / ".previous-2024-06", "old")
    assert swap.recover(tmp_path) == ["2024-06"]
    assert (tmp_path / "2024-06/page.html").read_text() == "old"


def test_recovery_deletes_what_was_set_aside_once_the_new_pack_is_in_place(tmp_path):
    finished_pack(tmp_path / ".previous-2024-06", "old")
    finished_pack(tmp_path / "2024-06", "new")
    assert swap.recover(tmp_path) == []
    assert [path.name for path in tmp_path.iterdir()] == ["2024-06"]
