"""The catalogue in time: indicators that are added, amended, retired and replaced."""

from __future__ import annotations

import pytest

from scorecard.disclosure.counts import counts
from scorecard.errors import MonthError
from scorecard.input_faults import InputFaultsError
from scorecard.months import Month
from scorecard.store.store import in_memory
from support.ledgers import record_load
from support.workbooks import INDICATORS, make_workbook, record, records

CHANGES = """\
code,month,change,reason,recounted,replaced_by
count,2016-06,added,It replaces another.,,
l,2016-06,retired,It was counted twice.,,count
h,2016-04,amended,Visits count too.,yes,
roll,2016-04,amended,Only half are counted.,,
days,2016-04,amended,Working days are counted.,no,
free,2016-02,added,It is new.,,
free,2016-04,retired,It was a trial.,,
free,2016-07,added,The trial is repeated.,,
stock,2016-06,retired,Another team counts it.,,
"""
FIRST, MAY, JUNE, AUGUST = Month(2015, 3), Month(2016, 5), Month(2016, 6), Month(2016, 8)
FIGURES = {
    "h": "9,10", "l": "1,10", "roll": "8,10", "days": "40,10", "count": "3,", "free": "5,10",
    "stock": "7,", "flow": "7,",
}  # fmt: skip


@pytest.fixture(scope="module")
def changing(tmp_path_factory):
    """A workbook with a result of every indicator in every month."""
    lines = "\n".join(f"shire,{code},all,{figures}" for code, figures in FIGURES.items())
    folder = tmp_path_factory.mktemp("changing")
    workbook = make_workbook(folder, {str(each): lines for each in FIRST.until(AUGUST)})
    workbook.reference("changes").write_text(CHANGES)
    return workbook


@pytest.fixture(scope="module")
def store(changing):
    with in_memory(changing) as opened:
        yield opened


def codes(found):
    return {row["code"] for row in found}


@pytest.mark.parametrize(
    ("month", "gone"),
    [
        ("2016-01", {"count", "free"}),
        ("2016-02", {"count"}),
        ("2016-03", {"count"}),
        ("2016-04", {"count", "free"}),
        ("2016-05", {"count", "free"}),
        ("2016-06", {"l", "free", "stock"}),
        ("2016-07", {"l", "stock"}),
    ],
)
def test_a_month_has_the_indicators_of_its_catalogue(store, month, gone):
    every = codes(store.records.indicators())
    month = Month.parse(month)
    assert codes(store.records.indicators_in(month)) == every - gone
    assert codes(store.records.scorecards(["shire"], month)) == every - gone - {"stock", "flow"}
    assert codes(store.records.activity("shire", month)) == {"stock", "flow"} - gone
    assert codes(store.records.signals("shire", month)) == every - gone
    assert codes(store.records.streaks("shire", month)) == every - gone - {"stock", "flow"}
    (totals,) = store.rows("FROM rating_totals('shire', $month)", month=str(month))
    whole = {"roll"} if month in (Month(2016, 2), Month(2016, 3)) else set()
    rated = ({"h", "l", "count", "days"} | whole) - gone
    assert totals["rated"] == len(rated)


@pytest.mark.parametrize(
    ("code", "month", "words"),
    [
        ("l", JUNE, "Lower is better (`l`) is not in the catalogue in 2016-06, but until 2016-05"),
        ("count", MAY, "Count (`count`) is not in the catalogue in 2016-05, but from 2016-06 on"),
        (
            "free", MAY,
            (
                "Without target (`free`) is not in the catalogue in 2016-05, but from 2016-02 on "
                "until 2016-03 and from 2016-07 on"
            ),
        ),
    ],
)  # fmt: skip
def test_a_question_about_an_indicator_of_other_months_says_which(store, code, month, words):
    with pytest.raises(MonthError) as caught:
        store.trends(["shire"], [code], month)
    assert str(caught.value) == words


def test_an_added_indicator_shows_its_earlier_results(store):
    trend = store.records.trends(["shire"], ["count"], JUNE)
    assert [Month.of(row["month"]) for row in trend][-2:] == [MAY, JUNE]
    assert {row["latest"].status for row in trend} == {"available"}
    row = record(store.scorecards(["shire"], JUNE), code="count")
    assert (row["month_ago_status"], row["month_ago_direction"]) == ("available", "same")


def test_a_new_indicator_without_earlier_results_is_not_comparable(store, tmp_path):
    lines = {"2016-05": "shire,h,all,1,2", "2016-06": "shire,h,all,1,2\nshire,l,all,1,2"}
    workbook = make_workbook(tmp_path, lines)
    head = CHANGES.splitlines()[0]
    workbook.reference("changes").write_text(f"{head}\nl,2016-06,added,It is new.,,\n")
    with in_memory(workbook) as opened:
        found = records(opened.scorecards(["shire"], JUNE))
        by_code = {row["code"]: row["month_ago_status"] for row in found}
        assert (by_code["l"], by_code["days"]) == ("not-comparable", "not-available")
        trend = opened.trends(["shire"], ["l"], JUNE)["status"]
        assert [*trend] == ["not-comparable", "available"]
        (why,) = records(opened.explain("shire", "l", JUNE))
        assert why["month_ago_status"] == "not-comparable"


@pytest.mark.parametrize(("code", "comparable"), [("h", "available"), ("days", "not-comparable")])
def test_an_amendment_parts_results_unless_they_were_recounted(store, code, comparable):
    row = record(store.scorecards(["shire"], Month(2016, 4)), code=code)
    assert row["month_ago_status"] == comparable
    later = record(store.scorecards(["shire"], MAY), code=code)
    assert later["month_ago_status"] == "available"
    assert later["year_ago_status"] == comparable
    before = record(store.scorecards(["shire"], Month(2016, 3)), code=code)
    assert (before["year_ago_status"], before["comparable_from"]) == ("available", None)
    charted = records(store.process_limits("shire", code, AUGUST))
    assert len(charted) == (18 if comparable == "available" else 5)


def test_a_rolling_result_never_adds_up_two_definitions(store):
    """Amended in April 2016: the first twelve months of one definition end in March 2017."""
    found = {
        str(month): record(store.scorecards(["shire"], month), code="roll")
        for month in Month(2016, 3).until(AUGUST)
    }
    assert {month: row["status"] for month, row in found.items()} == {
        "2016-03": "available", **dict.fromkeys(list(found)[1:], "not-available"),
    }  # fmt: skip
    assert [row["r3m_status"] for row in found.values()] == [
        "available", "not-available", "not-available", "available", "available", "available",
    ]  # fmt: skip
    assert found["2016-06"]["r3m_denom"] == 30
    behind = records(store.months_behind("shire", "roll", JUNE))
    assert [row["num"] for row in behind] == [None] * 9 + [8] * 3


def test_changes_are_those_since_the_previous_report(store):
    def found(month, since=None):
        rows = store.records.catalogue_changes(month, since)
        return [(row["change"], row["code"], str(Month.of(row["month"]))) for row in rows]

    assert found(MAY) == []
    assert found(JUNE) == [
        ("added", "count", "2016-06"), ("retired", "l", "2016-06"), ("retired", "stock", "2016-06"),
    ]  # fmt: skip
    assert found(Month(2016, 4), Month(2016, 1)) == [
        ("added", "free", "2016-02"), ("amended", "h", "2016-04"), ("amended", "roll", "2016-04"),
        ("amended", "days", "2016-04"), ("retired", "free", "2016-04"),
    ]  # fmt: skip
    (retired,) = [row for row in store.records.catalogue_changes(JUNE) if row["code"] == "l"]
    assert (retired["replaced_by"], retired["replaced_by_name"]) == ("count", "Count")


def test_a_plan_counts_results_of_the_month_s_catalogue_only(store):
    known = store.catalogue()
    assert store.in_month(known, JUNE).supplied["2016-06"]["shire"] == frozenset(FIGURES) - {
        "l", "free", "stock",
    }  # fmt: skip


def test_what_was_retired_stays_known_to_who_looks_for_small_numbers(store):
    """The packs of its months show it; what was not yet added is in no pack."""
    known = {(each.code, each.month) for each in counts(store, JUNE).values}
    may, june = (12 * month.year + month.number - 1 for month in (MAY, JUNE))
    assert ("l", may) in known
    assert ("l", june) not in known
    assert ("count", may) in known
    earlier = {each.code for each in counts(store, MAY).values}
    assert "count" not in earlier
    assert "l" in earlier


@pytest.mark.parametrize(
    ("line", "moved"),
    [
        ("days,2016-08,retired,Nobody asks.,,", {"2016-08"}),
        ("ytd,2016-06,added,It was forgotten.,,", {"2016-03", "2016-05", "2016-06", "2016-08"}),
        ("done,2016-06,amended,Else.,,", {"2016-06", "2016-08"}),
    ],
)
def test_a_change_concerns_the_packs_from_its_month_on(store, changing, tmp_path, line, moved):
    other = make_workbook(tmp_path, {})
    for path in changing.results():
        (other.root / "data/results" / path.name).write_text(path.read_text())
    other.reference("changes").write_text(f"{CHANGES}{line}\n")
    with in_memory(other) as opened:
        for month in ("2016-03", "2016-05", "2016-06", "2016-08"):
            was, now = (each.reference(Month.parse(month)) for each in (store, opened))
            assert (was["changes"] != now["changes"]) == (month in moved), month


def test_a_reason_concerns_the_pack_that_says_it(store, changing, tmp_path):
    other = make_workbook(tmp_path, {})
    for path in changing.results():
        (other.root / "data/results" / path.name).write_text(path.read_text())
    other.reference("changes").write_text(CHANGES.replace("counted twice", "counted wrongly"))
    with in_memory(other) as opened:
        for month, since, moved in (
            (MAY, None, False),
            (JUNE, None, True),
            (AUGUST, None, False),
            (AUGUST, MAY, True),
        ):
            assert (opened.reference(month, since) != store.reference(month, since)) == moved


def test_a_file_without_changes_is_as_one_without_rows(store, changing, tmp_path):
    other = make_workbook(tmp_path, {"2016-08": "shire,h,all,1,2"})
    with in_memory(other) as opened:
        without = opened.reference(AUGUST)
    other.reference("changes").write_text("code,month,change,reason\nh,2016-09,amended,Later.\n")
    with in_memory(other) as opened:
        assert opened.reference(AUGUST) == without


def test_only_what_a_published_pack_showed_can_be_revised(tmp_path):
    """June's pack was made before `l` was added in July, and after `free` was retired."""
    first = "shire,h,all,1,10\nshire,l,all,1,10\nshire,free,all,1,10"
    workbook = make_workbook(tmp_path, {})
    head = CHANGES.splitlines()[0]
    workbook.reference("changes").write_text(
        f"{head}\nl,2016-07,added,It is new.,,\nfree,2016-06,retired,It was a trial.,,\n"
    )
    record_load(workbook, {"2016-06": first})
    record_load(workbook, {"2016-06": first.replace("all,1,", "all,2,")}, published={"2016-06": 1})
    with in_memory(workbook) as opened:
        found = opened.rows("SELECT code FROM result_versions WHERE revised")
        assert codes(found) == {"h"}


def test_an_amendment_and_comparable_from_do_not_say_the_same(tmp_path):
    catalogue = INDICATORS.replace("L,SS,days,monthly,,", "L,SS,days,monthly,2016-04,")
    workbook = make_workbook(tmp_path, {"2016-08": "shire,h,all,1,2"}, indicators=catalogue)
    workbook.reference("changes").write_text(CHANGES)
    said = "indicator `days` is amended in 2016-04, which says the same"
    with pytest.raises(InputFaultsError, match=said):
        in_memory(workbook)
