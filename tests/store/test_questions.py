"""The same questions, answered as data frames for people and as plain records for pages."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal

import pytest

from scorecard.errors import MonthError, UnknownNameError
from scorecard.figure import Figure
from scorecard.months import Month
from scorecard.store.store import Store, in_memory
from support.ledgers import record_load
from support.workbooks import make_workbook, records

THIS = Month(2016, 8)
ASKED = {
    "units": (),
    "units_in": (THIS,),
    "units_within": ("shire", THIS),
    "indicators": (),
    "provenances": (),
    "scorecards": (["shire"], THIS),
    "trends": (["shire"], ["h"], THIS),
    "activity": ("shire", THIS),
    "activity_to_date": ("shire", THIS),
    "outturn": ("shire", Month(2016, 3)),
    "reconciliation": ("shire", THIS),
    "movement": ("shire", "h", THIS),
    "turnover": ("shire", "roll", THIS),
    "uasc_impacts": (["shire"], THIS),
    "signals": ("shire", THIS),
    "process_limits": ("shire", "h", THIS),
    "streaks": ("shire", THIS),
    "margins": ("shire", THIS),
    "months_behind": ("shire", "roll", THIS),
    "what_next": ("shire", "roll", THIS),
    "all_months_behind": (["shire"], ["roll"], THIS),
    "all_what_next": (["shire"], ["roll"], THIS),
    "funnels": ("shire", ["h"], THIS),
    "all_comparators": ("shire", ["h"], THIS),
    "funnel": ("shire", "h", THIS),
    "rate_and_mix": ("shire", "h", THIS),
    "breakdowns": (["shire"], THIS),
    "breakdown": ("shire", "h", "age", THIS),
    "comparators": ("shire", "h", THIS),
    "explain": ("shire", "h", THIS),
    "explain_rows": ("shire", "h", THIS),
}


DATES = {
    "month", "month_ago_month", "year_ago_month", "since", "step_month", "from_month",
    "rating_since", "opens", "target_from", "comparable_from", "leaving_month", "next_month",
    "loaded_at", "last_year_month", "first_month",
}  # fmt: skip

UNFRAMED = ("r3m", "month_ago", "month_alone")
"""Figures that a record may not have."""
PARTS = (
    "num", "denom", "result", "shown", "precise", "places", "near_threshold", "status", "rating",
    "revised", "target", "floor_standard", "green_within", "amber_within",
)  # fmt: skip
"""What a figure says, besides which it is and where it comes from."""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    lines = "shire,h,all,{},30\nshire,h,excluding_uasc,9,20\nnorth,h,all,9,20\nshire,roll,all,1,2"
    lines += "\nshire,stock,all,7,\nnorth,stock,all,6,\nshire,h,young,4,12"
    workbook = make_workbook(
        tmp_path_factory.mktemp("questions"),
        {month: lines.format(10) for month in ("2016-03", "2016-07")}
        | {"2016-08": lines.format(20)},
    )
    workbook.reference("cohorts").write_text(
        "cohort,dimension,name,exhaustive\nyoung,age,Under 10,no\n", encoding="utf-8"
    )
    with in_memory(workbook) as opened:
        yield opened


@pytest.mark.parametrize("question", ASKED)
def test_frames_say_in_columns_what_records_say_in_figures(store, question):
    frame = getattr(store, question)(*ASKED[question])
    plain = getattr(store.records, question)(*ASKED[question])

    assert len(frame) == len(plain)
    for given, row in zip(records(frame), plain, strict=True):
        assert _as_framed(given).items() >= _as_framed(_flat(row)).items()
        held = any(isinstance(value, Figure) for value in row.values())
        assert held or list(given) == list(row)


def _flat(row) -> dict:
    """A record as the row of a frame: each part of a figure is a column."""
    found = {name: value for name, value in row.items() if not isinstance(value, Figure)}
    for place in row.keys() - found.keys():
        if "change" in row:  # activity, which is as it was supplied
            found[{"latest": "this", "month_ago": "last"}[place]] = row[place].num
            continue
        start = "" if place == "latest" else f"{place}_"
        parts: tuple[str, ...] = PARTS
        if "month_alone" in row:  # an out-turn: the month by itself is not rated
            start = "last_year_" if place == "previous" else start
            parts = PARTS[:8] if place == "month_alone" else PARTS
        found |= {f"{start}{part}": getattr(row[place], part) for part in parts}
    return {name: value for name, value in found.items() if name not in UNFRAMED}


def _as_framed(row) -> dict:
    """A frame holds decimals as floats, and a date as a timestamp instead."""
    return {
        name: float(value) if isinstance(value, Decimal) else value
        for name, value in row.items()
        if name not in DATES
    }


@pytest.mark.parametrize("question", ASKED)
def test_no_record_holds_a_float(store, question):
    for row in getattr(store.records, question)(*ASKED[question]):
        figures = [asdict(each) for each in row.values() if isinstance(each, Figure)]
        values = [value for record in (row, *figures) for value in record.values()]
        assert not [value for value in values if isinstance(value, float)]


def test_records_hold_none_where_nothing_is_given_and_figures_as_exact_decimals(store):
    rows = {row["code"]: row for row in store.records.scorecards(["shire"], THIS)}

    there, missing = rows["h"]["latest"], rows["l"]["latest"]
    assert (there.num, there.denom, there.shown) == (Decimal(20), Decimal(30), Decimal("66.7"))
    assert there.result == Decimal("66.6666666667")
    assert there.provenance == ("published",)
    assert (missing.num, missing.shown, missing.rating) == (None, None, None)
    assert rows["l"]["r3m"] is None


@pytest.mark.parametrize("answers", ["frames", "records"])
def test_what_is_not_known_is_reported_with_the_nearest_name(store, answers):
    asked = store if answers == "frames" else store.records
    with pytest.raises(UnknownNameError, match="did you mean `shire`"):
        asked.scorecards(["shier"], THIS)
    with pytest.raises(UnknownNameError, match="did you mean `roll`"):
        asked.trends(["shire"], ["rol"], THIS)
    with pytest.raises(UnknownNameError, match="unknown dimension `aeg`; did you mean `age`"):
        asked.breakdown("shire", "h", "aeg", THIS)
    with pytest.raises(UnknownNameError, match="unknown cohort `yuong`; did you mean `young`"):
        asked.explain("shire", "h", THIS, "yuong")
    with pytest.raises(MonthError, match="2016-03 to 2016-08"):
        asked.activity("shire", Month(2016, 9))


def test_records_are_as_at_the_load_of_their_store(tmp_path):
    workbook = make_workbook(tmp_path, {})
    record_load(workbook, {"2016-08": "shire,h,all,20,30"})
    record_load(workbook, {"2016-08": "shire,h,all,21,30"})
    with in_memory(workbook) as store:
        then = Store(store._connection, 1)
        (row,) = (r for r in then.records.scorecards(["shire"], THIS) if r["code"] == "h")
    assert row["latest"].num == 20
