"""What a load does: which results change, what the ledger keeps of it, and when it refuses."""

from __future__ import annotations

import csv

import pytest

from scorecard.errors import LoadError
from scorecard.importing.plan import BASELINE, PublishedMonth, edits_planned
from scorecard.input_faults import InputFaultsError
from scorecard.ledger import ledger
from scorecard.store.store import Store
from scorecard.workbook import Workbook
from support.load_command import make_desk, recorded
from support.places import REPOSITORY
from support.workbooks import HEADER, PROVENANCES

NOW = PublishedMonth(load=None, current=True)
OLD = PublishedMonth(load=None, current=False)


CHANGES = (
    "code,month,change,reason\nl,2016-08,added,Asked for.\nt,2016-08,retired,Seen elsewhere.\n"
)


@pytest.fixture
def bare(tmp_path):
    """A desk without a ledger."""
    return make_desk(tmp_path, provenance=PROVENANCES)


@pytest.fixture
def desk(bare):
    """A desk with a ledger of one load."""
    return recorded(bare)


def test_a_load_changes_what_it_says_and_nothing_else(desk):
    july = desk.text("2016-07")
    desk.load(desk.file("2016-08,shire,h,all,91,100,published"))

    assert desk.text("2016-07") == july
    assert desk.text("2016-08").splitlines() == [
        "2016-08,shire,h,all,91,100,published",
        "2016-08,shire,stock,all,60,,published",
        "2016-08,north,h,all,45,50,published",
    ]


def test_the_history_of_an_added_indicator_revises_no_pack_before_it(desk):
    desk.workbook.reference("changes").write_text(CHANGES)
    file = desk.file("2016-07,shire,l,all,1,100,published")
    said = desk.load(file, published={"2016-07": NOW, "2016-08": NOW})

    assert (
        "Other published months whose trends and comparisons can show these results: 2016-08."
        in said
    )
    assert "revises" not in said
    assert "2016-07" not in said.partition("Other published")[2]


@pytest.mark.parametrize(
    ("lines", "notes"),
    [
        ("2016-07,shire,t,all,1,100,published", ""),
        (
            "2016-08,shire,t,all,1,100,published",
            "1 result of Near is best (t) is of months after it was retired, and no page shows it.",
        ),
        (
            "2016-08,shire,t,all,1,100,published\n2016-08,north,t,all,1,100,published",
            "2 results of Near is best (t) are of months after it was retired",
        ),
    ],
)
def test_results_of_a_retired_indicator_are_loaded_with_a_word(desk, lines, notes):
    desk.workbook.reference("changes").write_text(CHANGES)
    said = desk.load(desk.file(lines))

    assert ("retired" in said) == bool(notes)
    assert notes in said
    assert "This is load 2" in said


def test_what_stood_before_the_first_load_is_recorded_as_load_1(bare):
    bare.load(bare.file("2016-08,shire,h,all,91,100,published"))
    first, second = ledger.read(bare.workbook)

    assert (first.why, first.added, first.changed, first.removed) == (BASELINE, 6, 0, 0)
    assert [(file.name, file.rows) for file in first.files] == [
        ("2016-07.csv", 3), ("2016-08.csv", 3)
    ]  # fmt: skip
    assert bare.changes(1)[0] == "2016-07,shire,h,all,added,80,100,published,,,"
    assert (second.why, second.added, second.changed, second.removed) == ("Late records", 0, 1, 0)
    assert [(file.name, file.rows) for file in second.files] == [("late.csv", 1)]
    assert second.loaded_by == "Jane Analyst"


def test_the_changes_say_what_was_there_before(desk):
    desk.load(
        desk.file("2016-08,shire,h,all,91,100,estimate 2016-08,south,stock,all,7,,published"
                  .replace("estimate ", "estimate\n"))
    )  # fmt: skip

    assert desk.changes(2) == [
        "2016-08,shire,h,all,changed,91,100,estimate,90,100,published",
        "2016-08,south,stock,all,added,7,,published,,,",
    ]


def test_the_first_file_of_an_empty_workbook_is_load_1(tmp_path):
    desk = make_desk(tmp_path, {})
    said = desk.load(desk.file("2016-08,shire,h,all,90,100,published"), why=None)

    (load,) = ledger.read(desk.workbook)
    assert (load.added, load.why) == (1, "Loaded late.csv.")
    assert desk.text("2016-08") == "2016-08,shire,h,all,90,100,published\n"
    assert "2016-08 (new)" in said


def test_loading_the_same_file_twice_changes_nothing_and_numbers_nothing(desk):
    file = desk.file("2016-08,shire,h,all,91,100,published")
    desk.load(file)
    before = desk.state()
    said = desk.load(file)

    assert "Nothing was loaded" in said
    assert desk.state() == before


def test_a_file_with_loaded_results_alone_makes_no_ledger(bare):
    before = bare.state()
    bare.load(bare.file("2016-08,shire,h,all,90,100,published"))

    assert bare.state() == before
    assert bare.numbers == []


def test_figures_that_are_equal_as_numbers_are_no_change(desk):
    file = desk.file(
        "2016-07,shire,h,all,80.0,100,published\n2016-08,shire,h,all,90,100.0000,published\n"
        "2016-08,north,h,all,045,50,published"
    )
    assert "Nothing was loaded" in desk.load(file)


def test_another_numerator_denominator_or_provenance_is_a_change(desk):
    july = "2016-07,shire,h,all,80.0001,100,published"
    august = "2016-08,shire,h,all,90,100.0001,published", "2016-08,north,h,all,45,50,estimate"
    desk.load(desk.file("\n".join([july, *august])))

    assert july in desk.text("2016-07").splitlines()
    assert {*august} < {*desk.text("2016-08").splitlines()}
    assert ledger.read(desk.workbook)[-1].changed == 3


def test_a_figure_stays_written_as_it_was_supplied(desk):
    desk.load(desk.file("2016-08,shire,stock,all,61.50,,published"))

    assert "shire,stock,all,61.50,," in desk.text("2016-08")
    assert desk.changes(2) == ["2016-08,shire,stock,all,changed,61.50,,published,60,,published"]


def test_a_file_may_hold_several_months_and_many_files_make_one_load(desk):
    one = desk.file("2016-09,shire,h,all,1,2,published\n2016-08,shire,h,all,91,100,published")
    two = desk.file("2016-10,shire,h,all,1,2,published", "more.csv")
    desk.load(one, two)

    assert desk.numbers == [1, 2]
    assert [path.stem for path in desk.workbook.results()][-2:] == ["2016-09", "2016-10"]
    assert [file.name for file in ledger.read(desk.workbook)[1].files] == ["late.csv", "more.csv"]


def test_rows_are_in_the_order_of_the_catalogue(tmp_path):
    desk = make_desk(tmp_path, {})
    lines = [
        f"2016-08,{unit},{code},{cohort},1,{'' if code == 'stock' else 2},published"
        for unit in ("shire", "north", "south")
        for code in ("h", "stock")
        for cohort in ("all", "excluding_uasc")
    ]
    desk.load(desk.file("\n".join(reversed(lines))))

    assert desk.text("2016-08").splitlines() == lines
    assert [",".join(line.split(",")[:4]) for line in desk.changes(1)] == [
        ",".join(line.split(",")[:4]) for line in lines
    ]


def test_columns_of_a_results_file_that_no_result_needs_are_kept(bare):
    path = bare.workbook.month_results("2016-08")
    path.write_text(
        "num,remark,month,unit,code,cohort,denom,provenance\n"
        '45,"checked, twice",2016-08,north,h,all,50,published\n'
        "90,,2016-08,shire,h,all,100,published\n"
    )
    bare.load(bare.file("2016-08,shire,h,all,91,100,published\n2016-08,south,h,all,1,2,published"))

    with path.open(newline="") as file:
        found = list(csv.DictReader(file))
    assert [(row["unit"], row["num"], row["remark"]) for row in found] == [
        ("shire", "91", ""), ("north", "45", "checked, twice"), ("south", "1", "")
    ]  # fmt: skip
    assert list(found[0]) == [*HEADER.strip().split(","), "remark"]


def test_a_column_of_the_loaded_file_that_no_result_has_is_reported(desk):
    text = HEADER.replace("\n", ",remark\n") + "2016-08,shire,h,all,91,100,published,late\n"
    said = desk.load(desk.file(text=text))

    assert "not loaded, since no result has it: `remark`" in said
    assert "remark" not in desk.workbook.month_results("2016-08").read_text()


def test_every_row_can_be_given_one_provenance(desk):
    desk.load(
        desk.file("2016-08,shire,h,all,90,100,published\n2016-08,north,h,all,45,50,x"),
        provenance="provisional",
    )

    assert desk.text("2016-08").count("provisional") == 2


def test_a_dry_run_writes_nothing(bare):
    before = bare.state()
    said = bare.load(
        bare.file("2016-08,shire,h,all,91,100,published"), dry_run=True, why=None, by=None
    )

    assert "this was a dry run" in said
    assert bare.state() == before
    assert not bare.workbook.loads.exists()


def test_a_fault_anywhere_loads_nothing(desk):
    good = desk.file("2016-08,shire,h,all,91,100,published")
    bad = desk.file("2016-08,nroth,h,all,1,2,published", "bad.csv")
    before = desk.state()
    with pytest.raises(InputFaultsError, match="unknown unit `nroth`"):
        desk.load(good, bad)

    assert desk.state() == before


def test_all_faults_of_all_files_are_reported_with_file_row_and_column(desk):
    one = desk.file("2016-08,shire,hh,all,1,2,published\n2016-13,shire,h,all,x,2,published")
    two = desk.file("2016-08,shire,stock,all,1,2,published", "more.csv")
    with pytest.raises(InputFaultsError) as caught:
        desk.load(one, two)

    assert {(fault.file, fault.row, fault.column) for fault in caught.value.faults} == {
        (str(one), 2, "code"), (str(one), 3, "month"), (str(one), 3, "num"), (str(two), 2, "denom"),
    }  # fmt: skip
    assert all(fault.remedy for fault in caught.value.faults)


def test_a_row_in_two_files_is_reported(desk):
    one = desk.file("2016-08,shire,h,all,91,100,p")
    two = desk.file("2016-08,shire,h,all,92,100,p", "more.csv")
    with pytest.raises(InputFaultsError, match=rf"the first is in row 2 of {one}"):
        desk.load(one, two)


def test_rules_hold_between_loaded_rows_and_earlier_ones(desk):
    """Of a whole and its part one comes with the file, the other stands."""
    desk.load(desk.file("2016-08,shire,h,excluding_uasc,80,95,published"))
    with pytest.raises(InputFaultsError) as caught:
        desk.load(desk.file("2016-08,shire,h,all,70,90,published", "whole.csv"))

    columns = {(fault.file, fault.column) for fault in caught.value.faults}
    assert columns == {("data/results/2016-08.csv", "num"), ("data/results/2016-08.csv", "denom")}
    assert f"above the numerator of all, 70 (row 2 of {desk.folder / 'whole.csv'})" in str(
        caught.value
    )


def test_a_part_may_come_without_its_whole_when_that_is_loaded(desk):
    desk.load(desk.file("2016-08,north,h,excluding_uasc,40,45,published"))

    assert "2016-08,north,h,all,45,50,published\n2016-08,north,h,excluding_uasc,40,45" in desk.text(
        "2016-08"
    )


def test_a_fault_that_the_file_mends_does_not_stop_it(bare):
    path = bare.workbook.month_results("2016-08")
    path.write_text(path.read_text().replace("all,90,", "all,900,"))
    with pytest.raises(InputFaultsError, match=r"data/results/2016-08\.csv has 1 fault"):
        bare.load(bare.file("2016-08,north,h,all,46,50,published"))
    assert "90 of 100" in bare.load(bare.file("2016-08,shire,h,all,90,100,published"), dry_run=True)


# Edits by hand.


def edit(desk, old, new, month="2016-08"):
    path = desk.workbook.month_results(month)
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_edits_of_a_workbook_without_ledger_are_all_there_is(bare):
    bare.load(edits=True)
    (load,) = ledger.read(bare.workbook)
    assert (load.added, load.changed, load.removed) == (6, 0, 0)


def test_a_load_refuses_while_edits_are_not_recorded(desk):
    edit(desk, "all,90,", "all,92,")
    before = desk.state()
    with pytest.raises(
        LoadError, match=r"data/results/2016-08\.csv was edited since the last load"
    ):
        desk.load(desk.file("2016-09,shire,h,all,1,2,published"))

    assert desk.state() == before


def test_edits_are_recorded_as_a_load(desk):
    edit(desk, "shire,h,all,90,100,published\n", "shire,h,all,92,100,published\n")
    edit(desk, "2016-08,shire,stock,all,60,,published\n", "2016-08,south,h,all,1,2,published\n")
    desk.workbook.month_results("2016-07").unlink()
    stood = desk.text("2016-08")
    said = desk.load(edits=True, why="Typing errors")

    load = ledger.read(desk.workbook)[-1]
    assert (load.load, load.added, load.changed, load.removed) == (2, 1, 1, 4)
    assert desk.changes(2)[-1] == "2016-08,south,h,all,added,1,2,published,,,"
    assert desk.changes(2)[0] == "2016-07,shire,h,all,removed,,,,80,100,published"
    assert desk.text("2016-08") == stood
    assert "Removed" in said
    assert "Nothing was edited" in desk.load(edits=True)


def test_a_line_written_another_way_is_no_edit(desk):
    edit(desk, "all,90,100", "all,90.0,100")

    assert "Nothing was edited" in desk.load(edits=True)


def test_edits_that_revise_what_is_published_need_an_agreement(desk):
    edit(desk, "all,90,", "all,92,")
    published = {
        "2016-07": PublishedMonth(1, current=True),
        "2016-08": PublishedMonth(1, current=False),
    }
    before = desk.state()
    with pytest.raises(LoadError, match="it would revise what is published for 2016-08: add --yes"):
        desk.load(edits=True, published=published)
    assert desk.state() == before

    said = desk.load(edits=True, published=published, yes=True)
    assert "It revises results that are published: 2016-08." in said
    assert desk.numbers == [1, 2]


def test_edits_that_the_published_pack_shows_already_revise_nothing(desk):
    edit(desk, "all,90,", "all,92,")
    said = desk.load(edits=True, published={"2016-08": NOW})

    assert "published" not in said.lower().split("this is load")[0]


@pytest.mark.parametrize("asked", [{"edits": True}, {}])
def test_results_that_were_published_and_edited_before_any_load_need_an_agreement(bare, asked):
    """Nobody can say which figures differ, but somebody must know that some may."""
    files = [] if asked else [bare.file("2016-09,shire,h,all,91,100,published")]
    published = {"2016-07": NOW, "2016-08": OLD}
    before = bare.state()
    with pytest.raises(LoadError) as caught:
        bare.load(*files, **asked, published=published)

    assert str(caught.value).startswith(
        "2016-08: published with other results than those in data/results, and no load holds them: "
        "add --yes to load it all the same"
    )
    assert bare.state() == before
    bare.load(*files, **asked, published=published, yes=True)
    assert bare.numbers


def test_edits_of_what_was_published_without_a_load_need_an_agreement(desk):
    desk.workbook.month_results("2016-09").write_text(
        HEADER + "2016-09,shire,h,all,1,2,published\n"
    )
    with pytest.raises(LoadError, match=r"\A2016-09: published with other results"):
        desk.load(edits=True, published={"2016-07": OLD, "2016-09": OLD})


def test_a_new_file_with_a_gap_needs_an_agreement_too(desk):
    desk.workbook.month_results("2061-09").write_text(
        HEADER + "2061-09,shire,h,all,1,2,published\n"
    )
    with pytest.raises(LoadError, match="no month next to 2061-09 has been loaded"):
        desk.load(edits=True)


def test_edits_that_break_a_rule_are_not_recorded(desk):
    edit(desk, "all,90,", "all,900,")
    with pytest.raises(InputFaultsError):
        desk.load(edits=True)
    assert desk.numbers == [1]


def test_a_result_that_was_removed_can_come_back(desk):
    edit(desk, "2016-08,shire,stock,all,60,,published\n", "")
    desk.load(edits=True)
    desk.load(desk.file("2016-08,shire,stock,all,60,,published"))

    assert ledger.read(desk.workbook)[-1].added == 1
    assert "Nothing was edited" in desk.load(edits=True)


# Reasons and agreement.


def test_a_change_needs_a_reason(desk):
    before = desk.state()
    with pytest.raises(LoadError, match=r"^it needs a reason, .* --why \"…\"$"):
        desk.load(desk.file("2016-08,shire,h,all,91,100,published"), why="  ")

    assert desk.state() == before


def test_a_late_row_of_a_month_that_is_there_needs_a_reason_too(desk):
    with pytest.raises(LoadError, match="it needs a reason"):
        desk.load(desk.file("2016-08,south,h,all,1,2,published"), why=None)


def test_a_new_month_needs_neither_a_reason_nor_an_agreement(desk):
    file = desk.file("2016-09,shire,h,all,1,2,published\n2016-06,shire,roll,all,1,2,published")
    desk.load(file, why=None, published={"2016-08": NOW})

    assert ledger.read(desk.workbook)[-1].why == "Loaded late.csv."


def test_a_month_that_does_not_follow_the_loaded_ones_needs_yes(desk):
    rows = "\n".join(
        f"{month},shire,h,all,1,2,published" for month in ("2016-09", "2016-10", "2061-11")
    )
    with pytest.raises(LoadError) as caught:
        desk.load(desk.file(rows), why=None)

    assert str(caught.value).startswith("no month next to 2061-11 has been loaded")
    assert "--yes" in str(caught.value)
    desk.load(desk.file(rows), why=None, yes=True)
    assert ledger.read(desk.workbook)[-1].added == 3


def test_revising_what_is_published_needs_an_agreement(desk):
    file, published = desk.file("2016-08,shire,h,all,91,100,published"), {"2016-08": NOW}
    before = desk.state()
    with pytest.raises(LoadError) as caught:
        desk.load(file, published=published)

    assert str(caught.value) == (
        "it would revise what is published for 2016-08: add --yes to revise it. Nothing was "
        "loaded. To load it, type the same again with --yes: run_month.py load late.csv --yes"
    )
    assert desk.state() == before
    desk.load(file, published=published, yes=True)
    assert desk.numbers == [1, 2]


def test_all_that_a_load_needs_is_reported_at_once(desk):
    file = desk.file("2016-08,shire,h,all,91,100,published")
    with pytest.raises(LoadError) as caught:
        desk.load(file, published={"2016-08": NOW}, why=None)

    assert "add --yes to revise it; and it needs a reason" in str(caught.value)
    assert str(caught.value).endswith(': run_month.py load late.csv --yes --why "…"')


REACH = {
    # code, month of the change → published months that report it
    ("h", "2016-08"): ["2016-08"],
    ("roll", "2016-08"): ["2016-08", "2016-09", "2017-03", "2017-07"],
    ("ytd", "2016-08"): ["2016-08", "2016-09", "2017-03"],
    ("done", "2016-08"): ["2016-08"],
    ("flow", "2016-08"): ["2016-08"],
    ("roll", "2016-07"): ["2016-07", "2016-08", "2016-09", "2017-03"],
}


@pytest.mark.parametrize(("code", "month"), REACH)
def test_a_result_revises_the_published_months_whose_figures_rest_on_it(tmp_path, code, month):
    denom = "" if code == "flow" else "100"
    lines = dict.fromkeys(("2016-07", "2016-08"), f"shire,{code},all,50,{denom}")
    desk = make_desk(tmp_path, lines)
    months = (
        "2016-06",
        "2016-07",
        "2016-08",
        "2016-09",
        "2017-03",
        "2017-07",
        "2017-08",
        "2019-01",
    )
    said = desk.load(
        desk.file(f"{month},shire,{code},all,51,{denom},published"),
        published=dict.fromkeys(months, NOW), dry_run=True,
    )  # fmt: skip

    wanted = REACH[code, month]
    assert f"It revises results that are published: {', '.join(wanted)}." in said
    others = said.split("can show these results: ")[1] if "can show" in said else ""
    assert "2017-07" in wanted or "2017-07" in others, "its trend and its year-ago figure"
    assert "2016-06" not in said
    assert "2019-01" not in said


def test_the_load_that_each_published_pack_was_made_from_is_kept(desk):
    published = {"2016-07": OLD, "2016-08": NOW}
    file = desk.file("2016-08,shire,h,all,91,100,published")
    desk.load(file, published=published, yes=True)
    assert ledger.read(desk.workbook)[-1].published == {"2016-07": None, "2016-08": 1}

    published = {"2016-07": OLD, "2016-08": PublishedMonth(load=1, current=False)}
    file = desk.file("2016-08,shire,h,all,92,100,published")
    desk.load(file, published=published, yes=True)
    assert ledger.read(desk.workbook)[-1].published == {"2016-07": None, "2016-08": 1}


def test_a_pack_of_another_ledger_was_made_from_none_of_its_loads(desk):
    file = desk.file("2016-08,shire,h,all,91,100,published")
    desk.load(file, published={"2016-08": PublishedMonth(load=7, current=False)}, yes=True)

    assert ledger.read(desk.workbook)[-1].published == {"2016-08": None}


def test_a_pack_made_before_loads_were_numbered_was_made_from_load_1(bare):
    file = bare.file("2016-08,shire,h,all,91,100,published")
    bare.load(file, published={"2016-08": NOW}, yes=True)

    assert [each.published for each in ledger.read(bare.workbook)] == [{}, {"2016-08": 1}]


def test_a_pack_made_from_edits_was_made_from_the_load_that_records_them(desk):
    edit(desk, "all,90,", "all,92,")
    desk.load(edits=True, published={"2016-08": NOW})

    assert ledger.read(desk.workbook)[-1].published == {"2016-08": 2}


# What is shown.


def test_the_largest_changes_come_first_beside_what_chance_gives(tmp_path):
    stock = {"shire": 5000, "north": 100, "south": 1, "north-team": 7}
    desk = make_desk(
        tmp_path, {"2016-08": "\n".join(f"{u},stock,all,{n}," for u, n in stock.items())}
    )
    new = {"shire": 5040, "north": 140, "south": 2, "north-team": 7}
    lines = [f"2016-08,{unit},stock,all,{number},,published" for unit, number in new.items()]
    said = desk.load(desk.file("\n".join(lines)), dry_run=True)

    table = said.split("The largest changes")[1]
    assert [name for name in table.split() if name in ("Shire", "North", "South")] == [
        "North", "South", "Shire"
    ]  # fmt: skip
    assert "1 " in said.split("Unchanged")[1]


def test_no_more_than_ten_changes_are_shown(tmp_path):
    months = [f"2015-{number:02d}" for number in range(1, 13)]
    desk = make_desk(tmp_path, dict.fromkeys(months, "shire,stock,all,10,"))
    lines = [f"{month},shire,stock,all,{11 + n},,published" for n, month in enumerate(months)]
    said = desk.load(desk.file("\n".join(lines)), dry_run=True)

    shown = said.split("The largest changes")[1]
    assert [line[:7] for line in shown.splitlines() if line.startswith("2015")] == list(
        reversed(months[2:])
    )


def test_a_result_is_shown_as_a_reader_sees_it(desk):
    """What files say is no markup."""
    said = desk.load(
        desk.file(
            "2016-08,shire,h,all,1,3,estimate\n2016-08,shire,stock,all,61,,published\n"
            "2016-08,north,h,all,0,0,[bold]it[/]"
        ),
        dry_run=True,
    )

    assert "90 of 100 = 90.0%, published" in said
    assert "1 of 3 = 33.3%, estimate" in said
    assert "0 of 0 = not applicable, [bold]it[/]" in said
    assert "Month     Added   Changed   Unchanged" in said


# The store tells what the ledger tells.


def test_the_store_answers_as_at_each_load(desk):
    for number in (91, 92):
        desk.load(desk.file(f"2016-08,shire,h,all,{number},100,published"))
    with Store.open(desk.workbook) as store:
        found = store.rows(
            "SELECT first_load, last_load, num FROM result_versions WHERE unit = 'shire' "
            "AND code = 'h' AND month = DATE '2016-08-01' ORDER BY first_load"
        )

    assert [(r["first_load"], r["last_load"], int(r["num"])) for r in found] == [
        (1, 1, 90), (2, 2, 91), (3, 2147483647, 92)
    ]  # fmt: skip


def test_the_ledger_of_this_repository_gives_its_results():
    with edits_planned(Workbook.at(REPOSITORY), {}) as plan:
        assert plan.loads
        assert not plan.effect
