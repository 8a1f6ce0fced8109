"""What has changed since a pack was published: what it shows, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scorecard.batch import freshness, record, summary
from scorecard.batch.since import Since
from scorecard.disk import file_hash
from scorecard.months import Month
from scorecard.params.wording import time_zone
from scorecard.store.store import look
from support.ledgers import record_load
from support.runs import make_run
from support.stores import stored
from support.workbooks import TARGETS, UNITS, make_workbook

AUGUST = Month(2016, 8)
MONTHS = [str(Month(2015, 8) + n) for n in range(38)]
"""August 2015 to September 2018."""
LINES = "shire,h,all,85,100\nshire,roll,all,8,10\nnorth,h,all,82,100\nshire,stock,all,1020,"


def make(folder, results=None, **texts):
    """A workbook whose results are load 1."""
    made = make_workbook(folder, {}, **texts)
    record_load(made, dict.fromkeys(MONTHS, LINES) if results is None else results)
    return made


def publish(workbook, month, load=1, units=("shire",), old=False):
    """A pack with a page of each of `units`; an `old` one says nothing of reference data."""
    pack = workbook.root / f"outputs/{month}"
    pack.mkdir(parents=True, exist_ok=True)
    stored(workbook)
    with look(workbook) as store:
        reference = {} if old else freshness.reference(store, workbook, month)
    inputs = freshness.inputs(workbook)
    page = make_run().appendices[0]
    (pack / "page.html").write_text("A page.")
    files = {"page.html": file_hash(pack / "page.html")}
    pages = [
        page.model_copy(update={"name": unit, "parameters": {"unit": unit}, "files": files})
        for unit in units
    ]
    run = make_run(
        month=str(month), load=load, inputs=inputs.of(month), reference=reference, code=inputs.code,
        appendices=pages, files=files, finished=datetime(2016, 8, 31, tzinfo=UTC),
    )  # fmt: skip
    record.write(run, pack)


def changes(workbook, month=AUGUST):
    """The figures that differ, and the files that have changed."""
    pack = workbook.root / f"outputs/{month}"
    found = Since(workbook, workbook.root).changes(record.read(pack), month, pack)
    return [(each.unit_name, each.code) for each in found.differences], list(found.files)


def edit(path, old, new):
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_a_file_that_can_not_be_read_is_no_change_of_an_earlier_month(tmp_path):
    workbook = make(tmp_path)
    publish(workbook, AUGUST)
    publish(workbook, AUGUST + 1)
    edit(workbook.month_results("2016-09"), "north,h,all,82", "north,h,all,x")

    assert changes(workbook) == ([], [])
    assert changes(workbook, AUGUST + 1) == ([], ["data/results/2016-09.csv"])


def test_a_change_of_one_month_is_reported_for_the_packs_that_show_it(tmp_path):
    # Nothing moves one way for three months, or a pack would show how long it does.
    varied = {
        month: LINES.replace("85", str(85 - n % 2)).replace("8,10", f"{8 - (n % 5 > 0)},10")
        for n, month in enumerate(MONTHS)
    }
    workbook = make(tmp_path, varied)
    told = {}
    months = ["2016-08", "2017-08", "2017-09", "2018-07", "2018-08"]  # both sides of each end
    for month in map(Month.parse, months):
        publish(workbook, month)
    path = workbook.month_results("2016-08")
    edit(path, "shire,h,all,85", "shire,h,all,86")
    edit(path, "shire,roll,all,7", "shire,roll,all,6")
    stored(workbook)
    for month in map(Month.parse, months):
        told[str(month)] = [code for _, code in changes(workbook, month)[0]]

    # A trend goes back twelve months, and each of its rolling figures another eleven; limits rest
    # on as many months.
    assert told == {month: ["h", "roll"] if month <= "2018-07" else [] for month in months}


def test_a_month_older_than_a_page_is_reported_where_a_streak_goes_back_to_it(tmp_path):
    workbook = make(tmp_path)  # all alike since August 2015
    publish(workbook, Month(2018, 9))
    edit(workbook.month_results("2015-09"), "shire,h,all,85", "shire,h,all,84")
    assert changes(workbook, Month(2018, 9)) == ([("Shire", "h")], [])


@pytest.mark.thorough
def test_a_later_month_leaves_a_pack_as_it_is(tmp_path):
    workbook = make(tmp_path, dict.fromkeys(MONTHS[:13], LINES))
    publish(workbook, AUGUST)
    record_load(workbook, dict.fromkeys(MONTHS[:14], LINES.replace("1020", "1020.25")))

    assert changes(workbook) == ([("Shire", "stock")], [])  # its trend too is of other figures
    record_load(workbook, {**dict.fromkeys(MONTHS[:13], LINES), MONTHS[13]: "shire,h,all,1.5,2"})
    assert changes(workbook) == ([], [])


TARGETS_BEFORE = TARGETS + "h,2014-04,70,60,,,\nl,2016-06,11,14,,,\n"
TARGET_CHANGES = {
    "a target of a later month": ("", "h,2016-09,95,85,,,\n", False),
    "a target that is in force in the last month": ("", "h,2016-08,95,85,,,\n", True),
    "a target that was in force in the first month of the trend": (
        "l,2015-04,10,13,,,\n", "l,2015-04,9,13,,,\n", True
    ),
    "a target that was in force no more": ("h,2014-04,70,60", "h,2014-04,71,60", False),
    "a note that readers see": ("l,2016-06,11,14,,,", "l,2016-06,11,14,,,assumed", True),
    "a column that nothing reads": (
        "note\n", "note,minute\n", False
    ),
}  # fmt: skip


def test_targets_in_force_in_a_month_that_the_pack_shows_are_reported(tmp_path):
    workbook = make(tmp_path, targets=TARGETS_BEFORE)
    publish(workbook, AUGUST)
    path = workbook.reference("targets")
    head, *lines = TARGETS_BEFORE.splitlines(keepends=True)
    for what, (old, new, told) in TARGET_CHANGES.items():
        if "minute" in new:
            text = head.replace(old, new) + "".join(lines).replace("\n", ",\n")
        else:
            text = TARGETS_BEFORE.replace(old, new) if old else TARGETS_BEFORE + new
        assert text != TARGETS_BEFORE
        path.write_text(text)
        assert changes(workbook) == ([], ["data/reference/targets.csv"] * told), what


def test_units_indicators_and_provenances_are_reported_in_every_pack(tmp_path):
    workbook = make(tmp_path)
    publish(workbook, AUGUST)
    path = workbook.reference("units")
    path.write_text(UNITS.replace("North Team", "Northern Team"))
    workbook.reference("provenance").write_text(
        "provenance,marker,count_marker,footnote\npublished,,,\n"
    )

    assert changes(workbook) == (
        [], ["data/reference/provenance.csv", "data/reference/units.csv"]
    )  # fmt: skip


@pytest.mark.thorough
def test_a_unit_that_no_page_shows_is_not_reported(tmp_path):
    workbook = make(tmp_path)
    publish(workbook, AUGUST, units=["south"])
    edit(workbook.month_results("2016-08"), "north,h,all,82", "north,h,all,83")

    assert changes(workbook) == ([], [])
    publish(workbook, AUGUST, units=["north-team"])  # a page may show what is above its unit
    edit(workbook.month_results("2016-08"), "north,h,all,83", "north,h,all,82")
    record_load(workbook, dict.fromkeys(MONTHS, LINES.replace("all,82", "all,81")))
    assert ("North", "h") in changes(workbook)[0]


def test_where_no_load_records_what_a_pack_shows_its_files_do(tmp_path):
    workbook = make_workbook(tmp_path, {"2016-07": LINES, "2016-08": LINES, "2016-09": LINES})
    publish(workbook, AUGUST, load=None)
    edit(workbook.month_results("2016-09"), "all,85", "all,86")
    assert changes(workbook) == ([], [])

    edit(workbook.month_results("2016-07"), "all,85", "all,86")
    assert changes(workbook) == ([], ["data/results/2016-07.csv"])


def test_a_pack_of_another_ledger_is_held_against_files(tmp_path):
    workbook = make(tmp_path, dict.fromkeys(MONTHS[:13], LINES))
    publish(workbook, AUGUST, load=7)
    record_load(workbook, dict.fromkeys(MONTHS[:13], LINES.replace("85", "86")))

    figures, files = changes(workbook)
    assert figures == []
    assert "data/results/2016-08.csv" in files
    assert "data/loads/0002/load.yml" in files


def test_a_record_that_does_not_say_what_it_shows_of_the_catalogue_is_held_against_files(tmp_path):
    workbook = make(tmp_path)
    publish(workbook, AUGUST, old=True)
    path = workbook.reference("targets")
    path.write_text(path.read_text() + "h,2030-09,95,85,,,\n")

    assert changes(workbook) == ([], ["data/reference/targets.csv"])


def test_a_month_whose_results_are_gone_is_named_with_its_file(tmp_path):
    workbook = make(tmp_path, dict.fromkeys(MONTHS[:13], LINES))
    publish(workbook, AUGUST)
    workbook.month_results("2016-08").unlink()

    assert changes(workbook) == ([], ["data/results/2016-08.csv"])


def test_data_that_break_a_rule_are_reported_after_the_files(tmp_path):
    workbook = make(tmp_path)
    publish(workbook, AUGUST)
    edit(workbook.month_results("2016-08"), "all,85,", "all,850,")
    since = Since(workbook, workbook.root)
    pack = workbook.root / "outputs/2016-08"
    found = since.changes(record.read(pack), AUGUST, pack)

    assert "data/results/2016-08.csv" in found.files
    assert "850 is above the denominator 100" in str(since.fault)


def test_status_says_what_differs_and_where_it_is_listed(tmp_path):
    workbook = make(tmp_path)
    publish(workbook, AUGUST)
    pack = workbook.root / "outputs/2016-08"
    zone = time_zone(workbook)

    def status():
        run = record.read(pack)
        found = Since(workbook, workbook.root).changes(run, AUGUST, pack)
        return list(summary.status(run, found, zone))[1:]

    assert status() == ["  nothing that the pack shows has changed since"]
    edit(workbook.month_results("2016-08"), "shire,h,all,85", "shire,h,all,95")
    workbook.params("2016-08").write_text("committee: Other")
    count = (
        "1 figure of an indicator or activity measure differs; 1 rating and 1 direction of travel "
        "differ"
    )
    assert status() == [
        f"  since load 1, {count}: `run_month.py diff 2016-08` lists them",
        "  changed since: params/2016-08.yml",
    ]


def test_comparators_that_hold_in_the_month_are_reported(tmp_path):
    workbook = make(tmp_path)
    path = workbook.reference("comparators")
    head = "code,comparator,valid_from,period,result,source\n"
    first = "h,England,2016-04,year to March 2015,90,A return\n"
    path.write_text(head + first, encoding="utf-8")
    publish(workbook, AUGUST)
    for lines, reported in (
        (f"{first}h,England,2016-08,year to March 2016,91,A return\n", True),
        ("h,England,2016-04,year to March 2015,89,Another return\n", True),
        (f"{first}h,England,2016-09,year to March 2016,91,A return\n", False),
        (f"{first}h,England,2015-04,year to March 2014,91,A return\n", False),
    ):
        path.write_text(head + lines, encoding="utf-8")
        found = ["data/reference/comparators.csv"] * reported
        assert changes(workbook) == ([], found), lines
