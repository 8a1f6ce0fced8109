"""The profile, the decision of a month, and what is one quantity under two names."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from scorecard.data_table import Column, DataTable, Sign
from scorecard.disclosure import decision as deciding
from scorecard.disclosure.counts import Counts, Series, counts
from scorecard.disclosure.decision import Decision, decision
from scorecard.disclosure.linked_series import linked
from scorecard.errors import ParamsError
from scorecard.figure import Withheld
from scorecard.months import Month
from scorecard.pages import downloads
from scorecard.pages.page import About
from scorecard.params.disclosure import Profile, profile
from scorecard.report.captions import gaps, left_out
from scorecard.report.columns import absent, no_count
from scorecard.report.prose import ratings
from scorecard.report.result_prose import against_target
from scorecard.report.titles import trend_title
from scorecard.report.withholding import Withholding
from scorecard.store.store import in_memory
from support.figures import figure
from support.workbooks import make_workbook

MONTH = Month(2016, 8)
FIVE = Profile(threshold=5, footnote="Numbers from 1 to {threshold} are {sign}.")
RESULTS = {
    "2016-07": "shire,h,all,90,100 north,h,all,40,45 south,h,all,50,55 shire,stock,all,9,",
    "2016-08": "shire,h,all,53,103 north,h,all,3,45 south,h,all,50,58 shire,stock,all,4,",
}
HOW = Withheld(Sign("[c]", "why"), "not shown", "small")
GONE = figure(12.5, num=3, denom=24).without(["num"], HOW)
ROW = {"latest": GONE, "month_words": "August 2016"}


@pytest.fixture
def workbook(tmp_path):
    return make_workbook(tmp_path, RESULTS)


def write(workbook, text):
    workbook.params("disclosure").write_text(text, encoding="utf-8")


def test_without_a_file_or_with_a_threshold_of_0_everything_is_shown(workbook):
    assert profile(workbook) is None
    write(workbook, "threshold: 0\nfootnote: None.\n")
    assert profile(workbook) is None


def test_the_profile_says_what_is_shown_instead(workbook):
    write(workbook, "threshold: 5\nmarker: x\nfootnote: 1 to {threshold} are {sign}.\n")
    found = profile(workbook)

    assert (found.sign, found.shown_footnote, found.words) == (
        "[x]",
        "1 to 5 are [x].",
        "not shown",
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("treshold: 5\nfootnote: A.\n", "unknown key `treshold`; did you mean `threshold`?"),
        ("threshold: -1\nfootnote: A.\n", "line 1: `threshold` is -1"),
        ("threshold: 5\nmarker: 5\nfootnote: A.\n", "line 2: `marker` is 5"),
        ("threshold: 5\nmarker: '5'\nfootnote: A.\n", "line 2: `marker` is '5'"),
        ("threshold: 5\n", "key `footnote` is missing"),
    ],
)
def test_a_fault_in_the_profile_is_reported_with_its_place(workbook, text, told):
    write(workbook, text)
    with pytest.raises(ParamsError, match=r"params/disclosure\.yml") as caught:
        profile(workbook)
    assert told in str(caught.value)


def test_a_decision_names_the_figures_of_its_month_and_of_those_before(workbook):
    with in_memory(workbook) as store:
        found = decision(store, workbook, MONTH, FIVE)

    assert found.of("north", "h", "all", MONTH) == {"num"}
    assert found.of("south", "h", "all", MONTH) == {"num"}
    assert found.of("shire", "h", "all", MONTH) == frozenset()
    assert found.of("north", "h", "all", MONTH - 1) == {"num"}, "the complement is 5"
    assert found.of("shire", "stock", "all", MONTH) == {"num"}
    assert found.of("shire", "stock", "all", MONTH - 1) == frozenset()


def test_a_decision_is_made_once_and_read_after_that(workbook, monkeypatch):
    with in_memory(workbook) as store:
        first = decision(store, workbook, MONTH, FIVE)
        monkeypatch.setattr(deciding, "_decided", lambda *_: pytest.fail("decided again"))

        assert decision(store, workbook, MONTH, FIVE) == first


@pytest.mark.parametrize(
    "change", ["threshold", "month", "results", "flows", "an edit", "{", "[1]", "{}"]
)
def test_a_decision_is_made_again_when_what_it_rests_on_has_changed(workbook, monkeypatch, change):
    with in_memory(workbook) as store:
        decision(store, workbook, MONTH, FIVE)
    made = []
    monkeypatch.setattr(deciding, "_decided", lambda *given: made.append(given) or [])
    month, known = MONTH, FIVE
    if change == "threshold":
        known = FIVE.model_copy(update={"threshold": 6})
    elif change == "month":
        month = MONTH - 1
    elif change == "results":
        path = workbook.results()[0]
        path.write_text(path.read_text().replace("90,100", "91,100"))
    elif change == "flows":
        workbook.params("checks").write_text("flows: []\n")
    elif change == "an edit":
        path = workbook.withheld(MONTH)
        held = json.loads(path.read_text())
        path.write_text(json.dumps({**held, "withheld": held["withheld"][1:]}))
    else:
        workbook.withheld(MONTH).write_text(change)
    with in_memory(workbook) as store:
        decision(store, workbook, month, known)
    assert made
    assert not list(workbook.withheld(MONTH).parent.glob(".*withheld*"))


def test_words_and_footnote_change_no_decision(workbook, monkeypatch):
    with in_memory(workbook) as store:
        first = decision(store, workbook, MONTH, FIVE)
        monkeypatch.setattr(deciding, "_decided", lambda *_: pytest.fail("decided again"))
        other = FIVE.model_copy(update={"footnote": "Else.", "marker": "x"})

        assert decision(store, workbook, MONTH, other) == first


def test_the_file_beside_the_store_holds_no_figure(workbook):
    with in_memory(workbook) as store:
        decision(store, workbook, MONTH, FIVE)
    held = json.loads(workbook.withheld(MONTH).read_text())["withheld"]

    assert ["north", "h", "all", "2016-08", "", "num"] in held
    assert all(isinstance(each, str) for line in held for each in line)


def test_what_each_cohort_leaves_of_all_is_a_series_too(workbook):
    workbook.reference("cohorts").write_text(
        "cohort,dimension,name,exhaustive\nyoung,age,Under 10,yes\nold,age,Others,yes\n"
    )
    path = workbook.results()[1]
    rows = ("young,20,40", "old,33,63")
    more = "".join(f"2016-08,shire,h,{row},published\n" for row in rows)
    path.write_text(path.read_text() + more)
    with in_memory(workbook) as store:
        found = counts(store, MONTH)

    of_shire = found.supplied["shire"]
    assert [*of_shire[Series("h", "denom", "young", rest=True)].values()] == [63]
    assert [*of_shire[Series("h", "num", "old", rest=True)].values()] == [20]
    assert Series("h", "num", "all", rest=True) not in of_shire
    assert {name: row["exhaustive"] for name, row in found.cohorts.items()} == {
        "excluding_uasc": False, "young": True, "old": True,
    }  # fmt: skip


def series(code, part="num"):
    return Series(code, part, "all")


def supplied(**units):
    indicators = {
        code: {"data_period": period, "supplied": how}
        for code, period, how in [
            ("a", "SS", "monthly"), ("b", "SS", "monthly"), ("roll", "R12M", "monthly"),
            ("done", "R12M", "window"), ("flow", "M", "monthly"),
        ]
    }  # fmt: skip
    found = {
        unit: {series(code): dict(enumerate(values)) for code, values in of.items()}
        for unit, of in units.items()
    }
    return Counts(9, {}, found, {}, indicators, {}, {})


def test_series_that_agree_for_long_are_one():
    found = linked(supplied(north={"a": (7, 8, 9), "b": (7, 8, 9)}), 5)

    assert [(each.one.code, each.other.code) for each in found] == [("a", "b")]


@pytest.mark.parametrize(
    "other",
    [
        {"a": (7, 8, 9), "b": (7, 8, 10)},
        {"a": (7, 8, 8), "b": (7, 8, 8)},
        {"a": (1, 2, 3), "b": (1, 2, 3)},
        {"a": (7, 8, 9), "roll": (7, 8, 9)},
        {"roll": (7, 8, 9), "done": (7, 8, 9)},
    ],
)
def test_series_that_differ_or_agree_too_little_are_two(other):
    assert linked(supplied(north=other), 5) == []


def test_a_measure_of_the_month_can_be_a_rolling_one_s_months():
    assert linked(supplied(north={"flow": (7, 8, 9), "roll": (7, 8, 9)}), 5)


def test_what_is_one_in_a_unit_is_so_where_nothing_contradicts_it():
    alike = supplied(
        north={"a": (7, 8, 9), "b": (7, 8, 9)}, south={"a": (1,), "b": (1,)}, west={"a": (1,)}
    )
    unlike = replace(alike, supplied={**alike.supplied, "south": {series("a"): {0: 1}}})
    unlike.supplied["south"][series("b")] = {0: 2}

    assert [each.unit for each in linked(alike, 5)] == ["north", "south"]
    assert [each.unit for each in linked(unlike, 5)] == ["north"]


def test_a_cell_says_that_its_figure_is_withheld():
    for cell in (absent(GONE), no_count(GONE)):
        assert (cell.text, cell.hidden) == ("[c]", " not shown")
    assert absent(figure()).text == no_count(figure()).text == "Not available"


def test_sentences_say_that_a_result_is_withheld():
    shown, unrated = {"latest": figure(1, rating="green")}, {"latest": figure()}
    effect = {"including": GONE, "excluding": figure(1), "variance": None}

    assert against_target(ROW) == "The result is not shown: small."
    assert trend_title("Visits", [ROW], None, "") == "Visits: result of August 2016 not shown"
    assert gaps([shown, ROW]) == ". Gaps: figures not shown [c]"
    assert gaps([shown]) == ""
    assert left_out([effect], "variance") == ". Left out: 1 indicator with figures not shown [c]"
    assert left_out([effect | {"including": figure(1)}], "variance") == ""
    assert ratings([shown, ROW]) == "1 indicator is rated: 1 Green, 0 Amber and 0 Red."
    assert ratings([shown, ROW, unrated, ROW]).endswith(" 1 of 4 could not be rated.")


@pytest.mark.parametrize(
    ("was", "hidden_now", "told"),
    [
        (40, False, (40, 41)),
        (3, False, (None, 41)),
        (58, False, (None, 41)),
        (40, True, (None, None)),
        (3, True, (None, None)),
    ],
)
def test_of_a_revised_figure_no_small_version_is_shown(was, hidden_now, told):
    """58 of 60 leaves 2. What isn't withheld now stands on the page anyway."""
    counts = {("north", "h", "all", "2016-08", ""): frozenset({"num"})} if hidden_now else {}
    gone = Withholding(MONTH, MONTH - 12, FIVE, Decision(counts))
    versions = (figure(50, unit="north", num=num, denom=60) for num in (was, 41))
    found = gone.revision(dict(zip(("was", "now"), versions, strict=True)))

    assert (found["was"].num, found["now"].num) == told
    assert gone.used is (None in told)


def test_a_sign_is_declared_in_the_description_of_a_file():
    columns = [Column("unit", "Unit"), Column("num", "Numerator")]
    rows = [["north", "[c]"], ["south", 7]]
    table = DataTable("t", "Title", columns, rows, {"[c]": "not shown"})
    about = About("a", "A", "", "Council", "Service", MONTH)
    described = json.loads(downloads.description(table, "t.csv", about))
    unit, num = described["tableSchema"]["columns"]

    assert "null" not in unit
    assert num["datatype"] == "integer"
    assert num["null"] == ["", "[c]"]
    assert num["dc:description"] == "Numerator. [c] not shown"


def test_a_table_without_signs_says_nothing_of_them():
    table = DataTable("t", "Title", [Column("unit", "Unit")], [["north"]])

    assert "signs" not in table.plain
    assert replace(table, signs={"[c]": "why"}).plain["signs"] == {"[c]": "why"}


def test_what_a_retired_indicator_showed_is_protected_in_the_months_that_it_was_shown(tmp_path):
    """Packs of July show it: shire less south would be the 3 of north."""
    july = "shire,l,all,40,100 north,l,all,3,45 south,l,all,37,55 shire,h,all,90,100"
    workbook = make_workbook(tmp_path, {"2016-07": july, "2016-08": "shire,h,all,90,100"})
    workbook.reference("changes").write_text(
        "code,month,change,reason\nl,2016-08,retired,Nobody asked for it.\n", encoding="utf-8"
    )
    with in_memory(workbook) as store:
        known = counts(store, MONTH)
        found = decision(store, workbook, MONTH, FIVE)
    assert {count.month for count in known.values if count.code == "l"} == {known.month - 1}
    assert found.of("north", "l", "all", MONTH - 1)
    assert any(found.of(unit, "l", "all", MONTH - 1) for unit in ("shire", "south"))
