"""What is said of pages made again as at an earlier load, beside those that were published."""

from __future__ import annotations

import pytest

from scorecard.batch.summary import made_again
from scorecard.disk import file_hash
from support.runs import make_run


@pytest.fixture
def pack(tmp_path):
    """A folder with a published page and its download."""
    for name in ("a.html", "a.csv"):
        (tmp_path / name).write_text(f"{name}, as published")
    return tmp_path


def record(pack, load=1, **changes):
    """A record of what lies in the folder; `changes` are other hashes, None for no such file."""
    page = make_run().appendices[0]
    files = {name: file_hash(pack / name) for name in ("a.html", "a.csv")}
    files["notebooks/a.ipynb"] = "times"
    files |= {name.replace("_", "."): value for name, value in changes.items()}
    page = page.model_copy(update={"files": {n: value for n, value in files.items() if value}})
    return make_run(load=load, appendices=[page])


def told(run, published, pack):
    return list(made_again(run, published, pack, "outputs/2024-06"))


def test_the_same_bytes_are_reported_as_those_published(pack):
    again = record(pack).model_copy(deep=True)
    again.appendices[0].files["notebooks/a.ipynb"] = "other times"

    assert told(again, record(pack), pack) == [
        "All pages and downloads are, byte for byte, those published in outputs/2024-06."
    ]


def test_without_a_pack_or_with_one_of_another_load_nothing_is_compared(pack):
    assert told(record(pack), None, pack) == [
        "There is no pack in outputs/2024-06 to compare these pages with."
    ]
    for load, shows in ((2, "shows load 2"), (None, "shows results of several loads, or of none")):
        assert told(record(pack), record(pack, load=load), pack) == [
            f"outputs/2024-06 {shows}, so there are no pages of load 1 to compare these with."
        ]


def test_a_published_page_that_was_changed_by_hand_is_not_the_same(pack):
    published = record(pack)
    (pack / "a.html").write_text("Changed")

    assert told(published, published, pack) == [
        "Changed by hand in outputs/2024-06 since it was published: a.html."
    ]


def test_a_page_that_is_not_published_is_not_the_same(pack):
    assert told(record(pack), record(pack, a_csv=None), pack) == [
        "Not published in outputs/2024-06: a.csv."
    ]


def test_a_page_that_came_out_another_is_reported_with_what_has_changed_since(pack):
    again = record(pack, a_html="other")
    assert told(again, record(pack), pack) == [
        "Not as published in outputs/2024-06: a.html.",
        "  Changed since, besides results: nothing that is recorded.",
    ]
    again.inputs |= {"data/results/2024-06.csv": "2", "params/wording.yml": "2"}
    again.versions = {"altair": "5"}
    assert told(again, record(pack), pack)[1] == (
        "  Changed since, besides results: params/wording.yml, altair."
    )
