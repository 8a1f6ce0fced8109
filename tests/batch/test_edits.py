"""Edits by hand that no load has recorded: what they change in what has been published."""

from __future__ import annotations

import pytest

from scorecard.batch import edits, freshness, record
from scorecard.batch.packs_folder import PacksFolder
from scorecard.months import Month
from scorecard.store.store import in_memory
from support.batches import contents
from support.desk import Desk
from support.ledgers import record_load
from support.runs import make_run
from support.workbooks import HEADER, INDICATORS, UNITS, make_workbook

JULY, AUGUST, SEPTEMBER = Month(2016, 7), Month(2016, 8), Month(2016, 9)
RESULTS = {
    "2016-07": "shire,h,all,95,100\nnorth,h,all,81,100",
    "2016-08": "shire,h,all,85,100\nnorth,h,all,82,100\nshire,stock,all,1020,",
}


@pytest.fixture
def workbook(tmp_path):
    """July and August were loaded, and published from load 1."""
    made = make_workbook(tmp_path, {})
    record_load(made, RESULTS)
    publish(made, JULY)
    publish(made, AUGUST)
    return made


def publish(workbook, month, load=1, units=("shire",)):
    """A pack with a page of each of `units`, made from the results as they are now."""
    pack = workbook.root / f"outputs/{month}"
    pack.mkdir(parents=True, exist_ok=True)
    inputs = freshness.inputs(workbook).of(month)
    page = make_run().appendices[0]
    pages = [
        page.model_copy(update={"name": unit, "parameters": {"unit": unit, "codes": ["h"]}})
        for unit in units
    ]
    record.write(make_run(month=str(month), load=load, inputs=inputs, appendices=pages), pack)


def edit(workbook, old, new, month=AUGUST):
    path = workbook.month_results(str(month))
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def waiting(workbook, *months):
    """Those of `months` whose figures are in no load: unrecorded edits may keep them back."""
    with in_memory(workbook) as store:
        return [month for month in months if store.load_of(month) is None]


def told(workbook, *months):
    """What a run of `months` that wait for a load says of unrecorded edits; nothing of others."""
    outputs = PacksFolder(workbook.root / "outputs")
    with in_memory(workbook) as store:
        found = edits.edited_packs(workbook, outputs, store)
    return list(edits.lines(found, months)) if found else []


def test_an_edit_of_a_published_month_is_reported_with_its_figures(workbook):
    edit(workbook, "stock,all,1020,", "stock,all,1,")
    edit(workbook, "shire,h,all,85,", "shire,h,all,96,")

    heading, count, *figures, remedy = told(workbook, AUGUST)
    assert heading == (
        "2016-08 can't be published: results were edited by hand after they had been published, "
        "and no load has recorded it. What was published before is unchanged."
    )
    assert count == (
        "  2016-08: since load 1, 2 figures of indicators and activity measures differ; "
        "1 rating and 1 direction of travel differ."
    )
    assert figures == [
        "",
        "  Shire",
        "    h  Higher is better",
        "        result: 85.0% (85 of 100), amber → 96.0% (96 of 100), green",
        "        since a month ago: worse → better",
        "    stock  Stock",
        "        result: 1020 → 1",
    ]
    assert remedy == (
        'Undo the edit, or record it: `run_month.py load --edits --why "…" --yes`. '
        "Then run the month again."
    )


def test_a_later_month_that_shows_the_edited_one_waits_too_and_others_go_on(workbook):
    edit(workbook, "stock,all,1020,", "stock,all,1,")
    months = [AUGUST - 24, JULY, AUGUST, AUGUST + 1, AUGUST + 12]

    assert waiting(workbook, *months) == months[2:]
    for later in (1, 12):
        assert told(workbook, AUGUST + later)[1].startswith("  2016-08: since load 1, 1 figure")


def test_no_edit_of_a_published_month_is_recorded_beside_results_of_a_later_one(workbook):
    edit(workbook, "stock,all,1020,", "stock,all,1,")
    lines = "2018-08,shire,h,all,1,2,published\n"
    workbook.month_results("2018-08").write_text(HEADER + lines)

    assert waiting(workbook, AUGUST + 24) == [AUGUST + 24]
    assert told(workbook, AUGUST + 24)[1].startswith("  2016-08: since load 1, 1 figure")


def test_a_removed_published_month_stops_with_its_figures(workbook):
    workbook.month_results("2016-07").unlink()

    assert "        result: 95.0% (95 of 100), green → not-available" in told(workbook, AUGUST)


def test_a_month_of_the_past_shows_in_each_pack_that_its_trend_is_in(workbook):
    edit(workbook, "shire,h,all,95,", "shire,h,all,94,", JULY)
    said = told(workbook, AUGUST)

    counts = [line for line in said if "since load 1, 1 figure" in line]
    assert [line[2:9] for line in counts] == ["2016-07", "2016-08"]
    assert "        a month ago: 95.0% → 94.0%" in said


def test_a_result_that_was_taken_away_stops(workbook):
    edit(workbook, "2016-08,shire,stock,all,1020,,published\n", "")

    assert "        result: 1020 → not-available" in told(workbook, AUGUST)


def test_what_no_page_of_the_pack_shows_does_not_stop(workbook):
    publish(workbook, JULY, units=["south"])
    publish(workbook, AUGUST, units=["south"])
    edit(workbook, "north,h,all,82,", "north,h,all,83,")
    assert told(workbook, AUGUST) == []

    edit(workbook, "shire,h,all,85,", "shire,h,all,86,")  # the county stands above the area
    assert told(workbook, AUGUST)
    publish(workbook, AUGUST, units=["shire"], load=1)  # from the edited results
    assert told(workbook, AUGUST) == []


def test_recorded_edits_and_files_written_another_way_go_on(workbook):
    edit(workbook, "stock,all,1020,", "stock,all,1020.0,")
    assert told(workbook, AUGUST) == []

    after = {**RESULTS, "2016-08": RESULTS["2016-08"].replace("1020", "1")}
    record_load(workbook, after)
    assert told(workbook, AUGUST) == []


def units(**months):
    """units.csv with `north` and its team: their `first_month` or `last_month`, or without them."""
    heading, *lines = UNITS.splitlines()
    (column, month), *_ = [*months.items(), ("last_month", "")]
    rows = [
        f"{line},{month * line.startswith('north')}"
        for line in lines
        if months or not line.startswith("north")
    ]
    return "\n".join([f"{heading},{column}", *rows])


def catalogue(workbook, name, text):
    (workbook.root / f"data/reference/{name}.csv").write_text(text)


NO_STOCK = INDICATORS.replace("stock,Activity,Stock,,SS,count,monthly,,,\n", "")
LACKS = "and data/reference no longer has {} unit, indicator or cohort: "
ONE = f"1 result of load 1 was taken out, {LACKS.format('its')}"
TWO = f"2 results of load 1 were taken out, {LACKS.format('their')}"


@pytest.mark.parametrize(
    ("name", "text", "taken", "words"),
    [
        ("units", units(last_month="2016-07"), {AUGUST: "north,h,all,82,100"},
         f"{ONE}unit `north` (1)."),
        ("units", units(), {JULY: "north,h,all,81,100", AUGUST: "north,h,all,82,100"},
         f"{TWO}unit `north` (2)."),
        ("indicators", NO_STOCK, {AUGUST: "shire,stock,all,1020,"}, f"{ONE}indicator `stock` (1)."),
    ],
    ids=["closed unit", "no such unit", "no such indicator"],
)  # fmt: skip
def test_results_of_what_has_left_reference_data_stop_as_any_edit_does(
    workbook, name, text, taken, words
):
    catalogue(workbook, name, text)
    for month, row in taken.items():
        edit(workbook, f"{month},{row},published\n", "", month)
    *_, line, remedy = told(workbook, AUGUST)
    assert line == f"  2016-08: {words}"
    assert "load --edits" in remedy

    edit(workbook, "shire,h,all,85,", "shire,h,all,86,")  # the page shows the closed area too
    said = told(workbook, AUGUST)
    assert "        result: 85.0% (85 of 100), amber → 86.0% (86 of 100), amber" in said
    assert said[-2:] == [line, remedy]


def test_what_has_left_reference_data_is_recorded_where_no_pack_shows_it(workbook):
    publish(workbook, AUGUST, units=["south"])
    catalogue(workbook, "units", units(last_month="2016-07"))
    edit(workbook, "2016-08,north,h,all,82,100,published\n", "")

    # From load 1 and these units no pack could be made again, of whatever month.
    with in_memory(workbook) as store:
        assert [store.load_of(JULY), store.load_of(AUGUST), store.last_load] == [None] * 3
    assert told(workbook, JULY) == []
    made = edits.record(workbook, PacksFolder(workbook.root / "outputs"), [JULY], "Jane Operator")
    assert (made.load, made.removed) == (2, 1)
    with in_memory(workbook) as store:
        assert [store.load_of(JULY), store.load_of(AUGUST), store.last_load] == [2] * 3


def test_what_is_older_than_the_pages_of_a_pack_does_not_stop_it(workbook):
    record_load(workbook, {**RESULTS, "2012-08": "north,h,all,1,2"})
    publish(workbook, AUGUST, load=2)
    catalogue(workbook, "units", units(first_month="2016-07"))
    workbook.month_results("2012-08").unlink()
    with in_memory(workbook) as store:
        assert store.load_of(AUGUST) is None
    assert told(workbook, AUGUST) == []


@pytest.mark.thorough
def test_results_of_a_month_that_is_not_published_go_on(workbook):
    workbook.month_results("2016-09").write_text(HEADER + "2016-09,shire,h,all,1,2,published\n")

    assert told(workbook, SEPTEMBER) == []
    publish(workbook, SEPTEMBER, load=None)
    assert told(workbook, SEPTEMBER) == []  # it shows what stands there
    edit(workbook, "h,all,1,2,", "h,all,2,2,", SEPTEMBER)
    assert "        result: none → 100.0% (2 of 2), green" in told(workbook, SEPTEMBER)


def test_more_than_twenty_figures_are_counted(tmp_path):
    made = make_workbook(tmp_path, {})
    codes = ("h", "l", "t", "done", "days", "free")
    lines = "\n".join(f"{u},{c},all,{{}},100" for u in ("shire", "north", "south", "north-team")
                      for c in codes)  # fmt: skip
    record_load(made, {"2016-08": lines.replace("{}", "50")})
    publish(made, AUGUST)
    edit(made, ",50,100,", ",51,100,")

    said = told(made, AUGUST)
    assert sum("result:" in line for line in said) == 20
    assert "  and 4 more figures: `run_month.py diff 2016-08 --since 1` lists all" in said


def test_without_any_load_only_the_files_are_known(tmp_path):
    made = make_workbook(tmp_path, RESULTS)
    publish(made, JULY, load=None)
    publish(made, AUGUST, load=None)
    assert told(made, JULY, AUGUST) == []

    made.month_results("2016-06").write_text(HEADER)  # what nobody has seen is no edit
    assert told(made, AUGUST) == []
    edit(made, "stock,all,1020,", "stock,all,1,")
    assert told(made, AUGUST)[1] == (
        "  2016-08: data/results/2016-08.csv changed since it was published. No load has the "
        "earlier figures."
    )


def test_a_run_records_what_is_in_no_load_once(tmp_path):
    made = make_workbook(tmp_path, RESULTS)
    outputs = PacksFolder(tmp_path / "outputs")
    first = edits.record(made, outputs, [JULY, AUGUST], "Jane Operator")

    assert (first.load, first.added) == (1, 5)
    assert first.why == "Recorded for the packs of 2016-07 to 2016-08."
    assert [each.name for each in first.files] == ["2016-07.csv", "2016-08.csv"]
    assert edits.recorded_message(first) == (
        "The results in data/results are recorded as load 1, by Jane Operator."
    )
    publish(made, AUGUST)
    made.month_results("2016-09").write_text(HEADER + "2016-09,shire,h,all,1,2,published\n")
    second = edits.record(made, outputs, [SEPTEMBER], "Jane Operator")
    assert (second.load, second.added, second.published) == (2, 1, {"2016-08": 1})


@pytest.mark.thorough
def test_an_edit_is_not_published_before_it_is_recorded(tmp_path):
    desk = Desk(tmp_path)
    assert desk.ask("load", "--edits", "--why", "As published")[0] == 0
    assert desk.run("2024-06")[0] == 0
    before = contents(desk.pack)
    path = desk.workbook / "data/results/2024-06.csv"
    path.write_text(path.read_text().replace("fenwold,a1,all,228,", "fenwold,a1,all,128,"))

    for words, status in (
        (["2024-06"], 1),
        (["2024-06", "--dry-run"], 0),
        (["check", "2024-06"], 1),
    ):
        done = desk.ask(*words)
        assert done[0] == status, done
        assert "2024-06 can't be published" in done[1] + done[2]
        assert "last 3 months: 85.9% → 72.1%" in done[1] + done[2]
    assert contents(desk.pack) == before

    status, _, err = desk.ask("load", "--edits", "--why", "Typed by hand")
    assert (status, "add --yes" in err) == (2, True)
    assert desk.ask("load", "--edits", "--why", "Typed by hand", "--yes")[0] == 0
    assert desk.run("2024-06")[0] == 0
    assert desk.ask("2024-06", "--dry-run")[1].startswith("2024-06, 0 appendices to run:")
