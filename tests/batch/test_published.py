"""The load that a pack shows is known only while the ledger is the one that it was made with."""

from __future__ import annotations

import shutil

import pytest

from scorecard.batch import freshness, record
from scorecard.batch.packs_folder import PacksFolder
from scorecard.batch.published import check_in_ledger, check_packs, published
from scorecard.errors import DisclosureError, LedgerError, OutputsError
from scorecard.ledger import ledger
from scorecard.months import Month
from scorecard.params import disclosure
from support.ledgers import record_load
from support.runs import make_run
from support.workbooks import HEADER, make_workbook


@pytest.fixture
def workbook(tmp_path):
    """August was published from load 2 of two."""
    made = make_workbook(tmp_path, {})
    record_load(made, {"2016-08": "shire,h,all,70,100"})
    record_load(made, {"2016-08": "shire,h,all,71,100"})
    pack = tmp_path / "outputs/2016-08"
    pack.mkdir(parents=True)
    inputs = freshness.inputs(made).of(Month(2016, 8))
    record.write(make_run(load=2, inputs=inputs), pack)
    return made


def of(workbook):
    outputs = PacksFolder(workbook.root / "outputs")
    run = record.read(outputs.pack(Month(2016, 8)))
    return run, published(workbook, outputs)["2016-08"].load


def another_second_load(workbook):
    shutil.rmtree(ledger.folder(workbook, 2))
    (workbook.root / "data/results/2016-08.csv").unlink()
    record_load(workbook, {"2016-08": "shire,h,all,72,100"}, why="Another")


def another_reason(workbook):
    path = ledger.folder(workbook, 2) / ledger.ENTRY
    path.write_text(path.read_text().replace("Late", "No"))


def without_it(workbook):
    shutil.rmtree(ledger.folder(workbook, 2))


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (another_second_load, "was modified since"),
        (another_reason, "was modified since"),
        (without_it, "is missing"),
    ],
)
def test_a_load_of_another_ledger_is_not_the_pack_s(workbook, spoil, what):
    check_packs(workbook, PacksFolder(workbook.root / "outputs"))
    spoil(workbook)
    run, load = of(workbook)
    assert load is None
    said = f"outputs/2016-08 was made from load 2, and data/loads/0002/load.yml {what}"
    with pytest.raises(OutputsError, match=said):
        check_in_ledger(run, workbook, "outputs/2016-08")
    with pytest.raises(LedgerError, match=f"the pack of 2016-08 was made from load 2, .* {what}"):
        check_packs(workbook, PacksFolder(workbook.root / "outputs"))


def test_a_pack_that_withholds_needs_the_file_that_says_so(workbook):
    outputs, file = PacksFolder(workbook.root / "outputs"), workbook.params(disclosure.NAME)
    record.write(make_run(sealed=True), outputs.pack(Month(2016, 8)))
    with pytest.raises(DisclosureError, match="is missing, and the pack of 2016-08 withholds"):
        check_packs(workbook, outputs)

    file.parent.mkdir(exist_ok=True)
    file.write_text("threshold: 0\nfootnote: All figures are shown.\n")  # said on purpose
    check_packs(workbook, outputs)


def test_a_ledger_with_other_line_ends_is_the_same(workbook):
    for path in ledger.folder(workbook, 2).iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    run, load = of(workbook)
    check_in_ledger(run, workbook, "outputs/2016-08")
    assert load == 2


def test_later_loads_leave_it_as_it_is(workbook):
    record_load(workbook, {"2016-08": "shire,h,all,72,100"})
    run, load = of(workbook)
    check_in_ledger(run, workbook, "outputs/2016-08")
    assert load == 2


def change(workbook, month):
    path = workbook.month_results(month)
    path.write_text(path.read_text().replace(",7", ",8") if path.exists() else HEADER)


@pytest.mark.parametrize(
    ("touch", "current"),
    [
        (lambda workbook: None, True),
        (lambda workbook: change(workbook, "2016-09"), True),  # no pack of August shows it
        (lambda workbook: change(workbook, "2016-08"), False),
        (lambda workbook: change(workbook, "2014-01"), False),
        (lambda workbook: workbook.month_results("2016-08").unlink(), False),
    ],
)
def test_a_pack_is_current_while_the_results_that_it_can_show_are_what_it_was_made_from(
    workbook, touch, current
):
    touch(workbook)
    assert published(workbook, PacksFolder(workbook.root / "outputs"))["2016-08"].current is current
