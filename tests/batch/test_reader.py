"""Which files of the outputs a run of a month reads: its own, and the records of other packs."""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager

import pytest

from scorecard.batch.belongings import reader
from support.region import MONTH, ask, make

OTHER = "2024-05"


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("2016-08/index.html", "2016-08"),
        ("2016-08/notebooks/county.ipynb", "2016-08"),
        ("2016-08/attachments/2016-07/minutes.pdf", "2016-08"),
        ("2016-08/run.json", None),
        ("as-at/3/2016-08/run.json", None),
        ("as-at/3/2016-08/county.html", "2016-08"),
        ("checks/2016-08/checks.html", "2016-08"),
        ("failed/2016-08/county.ipynb", "2016-08"),
        (".unpublished-2016-08/run.json", "2016-08"),
        (".previous-2016-08/county.html", "2016-08"),
        ("2016-08.html", None),
        ("notes/index.html", None),
    ],
)
def test_a_file_of_the_outputs_is_read_by_runs_of_its_month_or_of_every_month(name, month):
    assert reader(name) == month


@contextmanager
def opened_in(folder):
    """The files below `folder` that this process opens, as names."""
    names, root = set(), f"{folder}/"
    watching = [True]

    def hook(event, given):
        if watching and event == "open" and str(given[0]).startswith(root):
            names.add(str(given[0]).removeprefix(root))

    sys.addaudithook(hook)
    try:
        yield names
    finally:
        watching.clear()  # a hook stays for good


def test_a_run_reads_of_another_pack_its_record_alone_and_says_the_same_without_the_rest(tmp_path):
    book = make(tmp_path, "north") / "north"
    ask("--month-range", f"{OTHER}:{MONTH}", "--workbook", str(book))
    results = book / f"data/results/{OTHER}.csv"
    edited = results.read_text().replace("a1,all,201,", "a1,all,202,", 1)
    assert edited != results.read_text()
    with opened_in(book / "outputs") as opened:
        again = ask(MONTH, "--workbook", str(book), "--force")
        results.write_text(edited)
        refused = ask(MONTH, "--workbook", str(book))
    for path in (book / "outputs" / OTHER).iterdir():
        if path.name != "run.json":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    alone = ask(MONTH, "--workbook", str(book))

    assert again[0] == 0
    assert {name for name in opened if reader(name) == OTHER} == set()
    assert f"{OTHER}/run.json" in opened
    assert f"{MONTH}/index.html" in opened
    assert refused == alone
    assert f"{OTHER}: " in refused[2]  # the edit changes what that month's pack shows
