"""Results and figures as they were after a load: the same as if later loads had never been."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard.errors import StoreError
from scorecard.months import Month
from scorecard.store.sql_files import query, sql, sql_names
from scorecard.store.store import Store, in_memory
from scorecard.workbook import Workbook
from support.ledgers import record_load
from support.stores import asked_only
from support.workbooks import added_up, make_workbook, record

THIS = Month(2016, 8)
MACRO = re.compile(r"CREATE MACRO (\w+)\(([^)]*(?:\([^)]*\)[^)]*)*)\) AS TABLE")
UNITS = ["shire", "north", "south"]
EVERY = [*UNITS, "north-team"]
SUMS = added_up("h", "roll", "stock", "days")
"""A catalogue in which the county has the sums of its areas where it has no results."""
MONTHS = [str(THIS - back) for back in range(14, -2, -1)]
"""From before a rolling year to the month after the reporting month."""

ANSWERS = {
    "scorecards": "FROM scorecards($units, $month, as_at := $as_at)",
    "scorecards_excluding": (
        "FROM scorecards($units, $month, for_cohort := 'excluding_uasc', as_at := $as_at)"
    ),
    "scorecard": "FROM scorecard($units[1], $month, as_at := $as_at)",
    "rating_totals": "FROM rating_totals($units[1], $month, as_at := $as_at)",
    "trends": (
        "FROM trends($units, (SELECT list(code) FROM indicators), $month, months := 15, "
        "as_at := $as_at)"
    ),
    "trend": "FROM trend($units[1], 'roll', $month, as_at := $as_at)",
    "activity_to_date": "FROM activity_to_date($units[1], $month, as_at := $as_at)",
    "activity": "FROM activity($units[1], $month, as_at := $as_at)",
    "reconciliation": "FROM reconciliation($units[1], $month, as_at := $as_at)",
    "movement": "FROM movement($units[1], 'roll', $month, as_at := $as_at)",
    "turnover": "FROM turnover($units[1], 'roll', $month, as_at := $as_at)",
    "uasc_impacts": "FROM uasc_impacts($units, $month, as_at := $as_at)",
    "uasc_impact": "FROM uasc_impact($units[1], $month, as_at := $as_at)",
    "figures": (
        "SELECT * EXCLUDE (last_load) FROM figures_as_at($as_at) "
        "WHERE list_contains($units, unit) AND month <= month_start($month) ORDER BY ALL"
    ),
    "results": (
        "FROM results_as_at($as_at) "
        "WHERE list_contains($units, unit) AND month <= month_start($month) ORDER BY ALL"
    ),
    "places_as_at": "FROM places_as_at($month, as_at := $as_at) WHERE len($units) > 0 ORDER BY ALL",
    "monthly_values": "FROM monthly_values($units, $month, as_at := $as_at) ORDER BY ALL",
    "process_charts": "FROM process_charts($units, $month, as_at := $as_at)",
    "all_process_limits": (
        "FROM all_process_limits($units, ['roll', 'h'], $month, as_at := $as_at)"
    ),
    "process_limits": "FROM process_limits($units[1], 'roll', $month, as_at := $as_at)",
    "signals_of": "FROM signals_of($units, $month, as_at := $as_at)",
    "signals": "FROM signals($units[1], $month, as_at := $as_at)",
    "margins": "FROM margins($units[1], $month, as_at := $as_at)",
    "months_behind": "FROM months_behind($units[1], 'roll', $month, as_at := $as_at)",
    "what_next": "FROM what_next($units[1], 'roll', $month, as_at := $as_at)",
    "all_months_behind": (
        "FROM all_months_behind($units, ['roll', 'ytd'], $month, as_at := $as_at)"
    ),
    "movements": "FROM movements($units[1], ['roll', 'h'], $month, as_at := $as_at)",
    "turnovers": "FROM turnovers($units[1], ['roll'], $month, as_at := $as_at)",
    "all_what_next": "FROM all_what_next($units, ['roll'], $month, as_at := $as_at)",
    "funnels": "FROM funnels($units[1], ['roll', 'h'], $month, as_at := $as_at)",
    "all_comparators": "FROM all_comparators($units[1], ['roll', 'h'], $month, as_at := $as_at)",
    "funnel": "FROM funnel($units[1], 'roll', $month, as_at := $as_at)",
    "rate_and_mix": "FROM rate_and_mix($units[1], 'roll', $month, as_at := $as_at)",
    "breakdowns": "FROM breakdowns($units, $month, as_at := $as_at)",
    "breakdown": "FROM breakdown($units[1], 'roll', 'age', $month, as_at := $as_at)",
    "streaks": "FROM streaks($units[1], $month, as_at := $as_at)",
    "all_rate_and_mix": "FROM all_rate_and_mix($units[1], ['roll'], $month, as_at := $as_at)",
    "all_streaks": "FROM all_streaks($units, $month, as_at := $as_at)",
    "comparators": "FROM comparators($units[1], 'roll', $month, as_at := $as_at)",
    "explain": "FROM explain($units[1], 'roll', $month, as_at := $as_at)",
    # Where a result is now, later loads decide.
    "explain_rows": (
        "SELECT * EXCLUDE (file, row) FROM explain_rows($units[1], 'roll', $month, as_at := $as_at)"
    ),
    "explain_parts": (
        "SELECT * EXCLUDE (file, row) "
        "FROM explain_parts($units[1], 'roll', $month, as_at := $as_at)"
    ),
    "pack_figures_of": (
        "FROM pack_figures_of($units, $month, as_at := $as_at) ORDER BY unit, code, cohort"
    ),
    "revisions": "FROM revisions($units, $month, as_at := $as_at)",
    "outturn": (
        "FROM outturn($units[1], '2016-03', as_at := $as_at) "
        "WHERE month_start($month) > DATE '2016-03-01'"
    ),
}


def answers(store: Store, as_at: int | str | None) -> dict[str, list[dict]]:
    """Every macro's answer, as at a load."""
    return {
        name: store.rows(query, units=UNITS, month=str(THIS), as_at=as_at)
        for name, query in ANSWERS.items()
    }


lines = st.dictionaries(
    st.tuples(
        st.sampled_from(UNITS),
        st.sampled_from(["h", "roll", "ytd", "done", "stock", "flow", "days"]),
    ),
    st.tuples(st.integers(0, 30), st.integers(30, 60), st.booleans()),
    min_size=1,
    max_size=8,
)
states = st.dictionaries(st.sampled_from(MONTHS), lines, min_size=1, max_size=6)
"""One state of all results: month → (unit, code) → numerator, denominator, both cohorts or one."""


def text(state: dict) -> dict[str, str]:
    """A state in the words of a results file; each has results of two months that are asked for."""
    found = dict.fromkeys(("2016-03", str(THIS)), "shire,h,all,1,2")
    for month, rows in state.items():
        of_month = []
        for (unit, code), (num, denom, both) in rows.items():
            bottom = "" if code in ("stock", "flow") else denom
            of_month.append(f"{unit},{code},all,{num},{bottom}")
            if both and bottom:
                of_month.append(f"{unit},{code},excluding_uasc,{num // 2},{denom}")
        found[month] = "\n".join(of_month)
    return found


SLOW = [HealthCheck.too_slow]


@pytest.mark.thorough
@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=SLOW)
@given(states, st.sampled_from(["7", "7.25"]))
def test_every_macro_answers_as_if_later_months_had_never_been(state, figure):
    """Else a pack would come out another one when the next month's results are there."""
    shown = {**text(state), str(THIS): "shire,h,all,1,2"}
    until = {month: lines for month, lines in shown.items() if month <= str(THIS)}
    later = "\n".join(
        f"{unit},{code},all,{figure},{'' if code in ('stock', 'flow', 'count') else 9}"
        for unit in UNITS for code in ("h", "roll", "ytd", "done", "stock", "flow", "days", "count")
    )  # fmt: skip
    with TemporaryDirectory() as before, TemporaryDirectory() as after:
        later_too = {**until, str(THIS + 1): later, str(THIS + 3): later}
        now = make_workbook(Path(before), until, indicators=SUMS)
        then = make_workbook(Path(after), later_too, indicators=SUMS)
        with in_memory(now) as store, in_memory(then) as other:
            assert answers(store, None) == answers(other, None)


@pytest.mark.thorough
@settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=SLOW)
@given(st.lists(states, min_size=2, max_size=4), st.data())
def test_every_macro_answers_as_if_later_loads_had_never_been(history, data):
    """Each earlier load is held against a store that was built when it was the last one."""
    with TemporaryDirectory() as folder:
        workbook = make_workbook(Path(folder), {}, indicators=SUMS)
        then = []
        for number, state in enumerate(history):
            published = {str(THIS): data.draw(st.integers(1, number))} if number else {}
            record_load(workbook, text(state), published=published)
            with in_memory(workbook) as store:
                then.append(answers(store, None))
        with in_memory(workbook) as store:
            for number, was in enumerate(then, start=1):
                now = answers(store, number)
                for name in ANSWERS:
                    assert now[name] == was[name], f"{name} as at load {number}"


@pytest.fixture(scope="module")
def revised(tmp_path_factory):
    """A rolling year whose first month was corrected after August was published."""
    workbook = make_workbook(tmp_path_factory.mktemp("revised"), {})
    year = dict.fromkeys(MONTHS[2:-1], "shire,roll,all,9,10\nshire,stock,all,5,")
    record_load(workbook, year)
    year["2015-09"] = "shire,roll,all,3,10\nshire,stock,all,5,"
    record_load(workbook, year, published={"2016-08": 1}, why="Nine visits were counted twice")
    return workbook


@pytest.fixture
def store(revised):
    """The store of that year."""
    with asked_only(revised) as opened:
        yield opened


@pytest.fixture
def copied(revised, tmp_path):
    """A workbook with that year that may be changed."""
    return Workbook.at(shutil.copytree(revised.root, tmp_path / "copy"))


def test_a_figure_is_reported_as_it_was_and_as_it_is(store):
    was = record(store.sql("FROM scorecard('shire', '2016-08', as_at := 1)"), code="roll")
    now = record(store.sql("FROM scorecard('shire', '2016-08')"), code="roll")
    assert (was["num"], was["rating"], was["revised"]) == (108, "green", False)
    assert (now["num"], now["rating"], now["revised"]) == (102, "amber", True)


def test_a_date_means_the_last_load_made_by_the_end_of_that_day(store):
    found = store.rows("SELECT load_as_at('2016-09-01') AS a, load_as_at(DATE '2016-09-30') AS b")
    assert found == [{"a": 1, "b": 2}]


@pytest.mark.parametrize(
    ("as_at", "problem"),
    [
        ("3", "`3` is not a load"),
        ("0", "`0` is not a load"),
        ("2016-08-31", "nothing had been loaded by 2016-08-31"),
        ("soon", "`soon` is not a load"),
    ],
)
def test_what_is_no_load_is_an_error_that_lists_the_loads(store, as_at, problem):
    with pytest.raises(StoreError) as error:
        Store(store._connection, as_at)
    assert str(error.value) == (
        f"{problem}: the loads are 1 to 2, made from 2016-09-01 to 2016-09-02."
    )


def test_a_revision_says_what_was_shown_and_which_load_changed_it(store):
    found = {
        (row["code"], str(row["month"])[:7]): (row["was"].num, row["now"].num, row["loads"])
        for row in store.records.revisions(["shire"], THIS)
    }
    # July's pack was never published, but August's showed its figure beside its own.
    assert found == {("roll", "2016-08"): (108, 102, [2]), ("roll", "2016-07"): (108, 102, [2])}


def test_a_figure_of_a_month_that_was_not_published_yet_is_not_revised(tmp_path):
    workbook = make_workbook(tmp_path, {})
    record_load(workbook, {"2016-08": "shire,h,all,9,10"})
    record_load(workbook, {"2016-08": "shire,h,all,8,10"}, published={"2016-07": 1})
    with in_memory(workbook) as store:
        assert store.records.revisions(["shire"], THIS) == []


def test_a_month_too_far_back_for_the_published_pack_to_show_is_not_revised(tmp_path):
    workbook = make_workbook(tmp_path, {})
    results = {"2015-07": "shire,h,all,1,2", "2015-08": "shire,h,all,1,2",
               "2016-08": "shire,h,all,1,2"}  # fmt: skip
    record_load(workbook, results)
    results = dict.fromkeys(results, "shire,h,all,2,2")
    record_load(workbook, results, published={"2016-08": 1})
    with in_memory(workbook) as store:
        found = store.rows("SELECT month FROM figures WHERE revised AND code = 'h' ORDER BY month")
    assert [str(row["month"])[:7] for row in found] == ["2015-08", "2016-08"]


def test_a_figure_that_is_again_what_was_published_is_not_revised(tmp_path):
    workbook = make_workbook(tmp_path, {})
    record_load(workbook, {"2016-08": "shire,h,all,9,10"})
    record_load(workbook, {"2016-08": "shire,h,all,8,10"}, published={"2016-08": 1})
    record_load(workbook, {"2016-08": "shire,h,all,9,10"}, published={"2016-08": 2})
    with in_memory(workbook) as store:
        assert [row["num"] for row in store.rows("FROM figures WHERE revised")] == []
        versions = store.rows("FROM history('shire', 'h', '2016-08')")
    assert [(each["load"], each["num"], each["recorded"]) for each in versions] == [
        (1, 9, True), (2, 8, True), (3, 9, True),
    ]  # fmt: skip


def test_edits_by_hand_are_part_of_now_and_of_no_load(copied):
    path = copied.results()[-1]
    path.write_text(path.read_text(encoding="utf-8").replace("9,10", "1,10"), encoding="utf-8")
    with in_memory(copied) as store:
        assert [each["recorded"] for each in store.loads()] == [True, True, False]
        assert store.last_load is None
        now = record(store.sql("FROM scorecard('shire', '2016-08')"), code="roll")
        recorded = record(store.sql("FROM scorecard('shire', '2016-08', as_at := 2)"), code="roll")
        assert (now["num"], recorded["num"]) == (94, 102)
        with pytest.raises(StoreError, match="`3` is not a load"):
            Store(store._connection, 3)


def test_a_workbook_without_loads_answers_for_now(tmp_path):
    workbook = make_workbook(tmp_path, {"2016-08": "shire,h,all,9,10"})
    with in_memory(workbook) as store:
        assert store.last_load is store.load_of(THIS) is None
        assert record(store.sql("FROM scorecard('shire', '2016-08')"), code="h")["num"] == 9


def test_differences_hold_figures_ratings_and_arrows_of_two_loads_together(store):
    (found,) = store.differences(THIS, 1)
    assert (found["unit"], found["code"], found["cohort"]) == ("shire", "roll", "all")
    assert (found["was"]["num"], found["now"]["num"]) == (108, 102)
    assert (found["was"]["rating"], found["now"]["rating"]) == ("green", "amber")


def test_a_period_s_own_provenance_is_that_of_the_figure_first_loaded(copied):
    copied.reference("provenance").write_text(
        "provenance,marker,count_marker,footnote\npublished,,,\nprinted,p,,Printed.\n", "utf-8"
    )
    copied.reference("period_provenance").write_text(
        "month,unit,code,cohort,data_period,provenance\n2016-08,shire,roll,all,,printed\n", "utf-8"
    )
    with in_memory(copied) as store:
        was, now = (
            record(store.sql(f"FROM scorecard('shire', '2016-08', as_at := {load})"), code="roll")
            for load in (1, 2)
        )
    assert (was["provenance"], now["provenance"]) == (["printed"], ["published"])


def test_every_macro_that_answers_for_a_month_takes_an_as_at():
    """Each is also held to its answer above; the history of a result has all its versions.

    The catalogue has none.
    """
    found = {}
    for file in sql_names("macros"):
        for name, parameters in MACRO.findall(sql(f"macros/{file}")):
            if "for_month" in parameters:
                found[name] = "as_at := NULL" in parameters
    of_the_catalogue = {
        "units_in", "units_within", "indicators_in", "catalogue_changes", "monthly_targets",
    }  # fmt: skip
    assert {name for name, takes in found.items() if not takes} == {"history", *of_the_catalogue}
    flat = {name.removesuffix("_as_figures") for name in found}
    of_the_answers = {"history", "pack_figures", "differences", "differences_of"}
    assert flat - {*of_the_answers, *of_the_catalogue} <= {*ANSWERS}


SAME = "shire,stock,all,5,\nnorth,stock,all,3,\nnorth,h,all,9,10"
CHANGED = [
    ("2016-08", "shire,stock,all,5,\nnorth,stock,all,4,\nnorth,h,all,8,10", ["north"]),
    # The county's count is no sum, but has a decimal too from now on.
    ("2016-07", "shire,stock,all,5,\nnorth,stock,all,3.5,\nnorth,h,all,9,10", EVERY),
    ("2016-06", "north,h,all,9,10", ["north"]),
    ("2016-05", "", ["shire", "north"]),
    ("2016-09", "north,h,all,9,10", []),
    ("2016-03", "north,h,all,9,10", EVERY),
]
"""A month, its lines after a load, and whose figures of August can differ from those before it."""


def test_differences_are_asked_of_the_units_that_can_differ_and_of_no_others(tmp_path):
    workbook = make_workbook(tmp_path, {})
    plain = dict.fromkeys(("2016-04", "2016-05", "2016-07", "2016-08"), SAME)
    for month, lines, _ in CHANGED:
        record_load(workbook, plain)
        record_load(workbook, {**plain, month: lines})
    with in_memory(workbook) as store:
        for earlier, (_, _, reached) in zip(range(1, 12, 2), CHANGED, strict=True):
            asked = {"month": str(THIS), "earlier": earlier, "as_at": earlier + 1}
            rows = store.rows(query("reached"), **asked)
            assert [row["unit"] for row in rows] == reached
            if reached != EVERY:
                every = store.rows("FROM differences($month, $earlier, as_at := $as_at)", **asked)
                assert {row["unit"] for row in every} <= {*reached}
        of_august, every = (
            Store(store._connection, 2),
            store.rows("FROM differences('2016-08', 1, as_at := 2)"),
        )
        assert of_august.differences(THIS, 1, ["shire"]) == []
        assert of_august.differences(THIS, 1) == every != []


def test_pages_of_a_month_keep_their_load_while_only_later_months_are_in_none(tmp_path):
    workbook = make_workbook(tmp_path, {})
    record_load(workbook, {"2016-07": "shire,h,all,1,2", "2016-08": "shire,h,all,1,2"})
    with in_memory(workbook) as store:
        assert [store.load_of(THIS - 1), store.load_of(THIS)] == [1, 1]

    path = workbook.month_results("2016-08")
    before = path.read_text()
    for edited in (
        before.replace(",1,2,", ",2,2,"),
        before.replace("2016-08,shire,h,all,1,2,published\n", ""),
    ):
        path.write_text(edited)
        with in_memory(workbook) as store:
            assert [store.load_of(THIS - 1), store.load_of(THIS)] == [1, None]
            assert Store(store._connection, 1).load_of(THIS) == 1
