"""The store: what it knows by name, what it can be asked, and what it answers a wrong question."""

from __future__ import annotations

import duckdb
import pytest

from scorecard.errors import MonthError, UnknownNameError
from scorecard.months import Month
from scorecard.store import building, store, trusted
from scorecard.store.store import Store
from support.workbooks import make_workbook

THIS = Month(2016, 8)


@pytest.fixture
def workbook(tmp_path):
    return make_workbook(tmp_path, {"2016-08": "shire,h,all,90,100"})


def test_it_opens_for_reading_only_and_for_many(workbook):
    with Store.open(workbook) as one, Store.open(workbook) as two:
        for opened in (one, two):
            assert opened.sql("SELECT num FROM results")["num"][0] == 90
            with pytest.raises(duckdb.InvalidInputException, match="read-only"):
                opened.sql("DELETE FROM result_versions")


def test_a_folder_with_a_quote_in_its_name_is_no_obstacle(tmp_path):
    workbook = make_workbook(tmp_path / "o'brien's", {"2016-08": "shire,h,all,90,100"})
    with Store.open(workbook) as opened:
        assert opened.sql("SELECT num FROM results")["num"][0] == 90


def test_who_only_looks_writes_nothing_and_sees_the_inputs_as_they_are(workbook):
    def files():
        return {path: path.stat().st_mtime_ns for path in (workbook.root / "data").rglob("*")}

    before = files()
    with store.look(workbook) as opened:
        assert opened.sql("SELECT num FROM results")["num"][0] == 90
    assert files() == before

    name = building.refresh(workbook)
    assert trusted.current(workbook) == name
    results = workbook.month_results(THIS)
    results.write_text(results.read_text(encoding="utf-8").replace("90", "91"), encoding="utf-8")
    assert trusted.current(workbook) is None
    before = files()
    with store.look(workbook) as opened:
        assert opened.sql("SELECT num FROM results")["num"][0] == 91
    assert files() == before


def test_who_only_looks_does_not_trust_a_store_that_was_written_to(workbook):
    path = workbook.store(building.refresh(workbook))
    with duckdb.connect(str(path)) as other:
        other.execute("UPDATE result_versions SET num = 96.8")
    before = path.read_bytes()
    with store.look(workbook) as opened:
        assert opened.sql("SELECT num FROM results")["num"][0] == 90

    assert path.read_bytes() == before


def test_the_catalogue_names_units_kinds_and_months(workbook):
    found = store.catalogue(workbook)

    assert found.units["north"] == "North"
    assert found.kinds == {
        "county": ["shire"], "area": ["north", "south"], "team": ["north-team"],
    }  # fmt: skip
    assert found.months == ["2016-08"]


def test_the_catalogue_knows_what_was_supplied_in_the_months_asked_for(tmp_path):
    results = {"2016-07": "shire,h,all,1,2 north,l,all,1,2", "2016-08": "shire,h,all,1,2"}
    workbook = make_workbook(tmp_path, results)
    every = {"2016-07": {"shire": {"h"}, "north": {"l"}}, "2016-08": {"shire": {"h"}}}

    assert store.catalogue(workbook).supplied == every
    assert store.catalogue(workbook, of=[Month(2016, 7)]).supplied == {"2016-07": every["2016-07"]}


def test_an_unknown_unit_names_the_nearest(workbook):
    with (
        Store.open(workbook) as opened,
        pytest.raises(UnknownNameError, match="unknown unit `nroth`; did you mean `north`"),
    ):
        opened.scorecards(["shire", "nroth"], THIS)


def test_an_unknown_indicator_names_the_nearest(workbook):
    with (
        Store.open(workbook) as opened,
        pytest.raises(UnknownNameError, match="unknown indicator `rol`; did you mean `roll`"),
    ):
        opened.trends(["shire"], ["rol"], THIS)


def test_a_month_without_results_says_which_there_are(workbook):
    with (
        Store.open(workbook) as opened,
        pytest.raises(MonthError, match=r"no results for 2016-09: .* 2016-08 to 2016-08.*Add data"),
    ):
        opened.activity("shire", Month(2016, 9))
