"""Answers of the store to people who prefer Polars or Arrow; both are an extra."""

from __future__ import annotations

import builtins
from datetime import date
from decimal import Decimal

import pytest

from scorecard.errors import StoreError, UnknownNameError
from scorecard.store.store import Store
from support import council


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with Store.open(council.copy(tmp_path_factory.mktemp("fenwold") / "workbook")) as opened:
        yield opened


CALL = "SELECT month, shown FROM trend('fenwold', 'b1', '2024-06') WHERE month = $month"
EXPECTED = {"month": [date(2024, 6, 1)], "shown": [Decimal("95.9000")]}


def test_polars_answers_exactly(store):
    pytest.importorskip("polars")
    found = store.pl.sql(CALL, month="2024-06-01")

    assert found.to_dict(as_series=False) == EXPECTED
    assert store.pl.trends(["fenwold"], ["b1"], "2024-06").height == 13


def test_arrow_answers_exactly(store):
    pytest.importorskip("pyarrow")

    assert store.arrow.sql(CALL, month="2024-06-01").to_pydict() == EXPECTED


def test_a_wrong_name_is_an_error_in_every_form(store):
    for form in (store.pl, store.arrow):
        with pytest.raises(UnknownNameError, match="did you mean `fenwold`"):
            form.trends(["fenwald"], ["b1"], "2024-06")
        with pytest.raises(UnknownNameError, match="did you mean `fenwold`"):
            form.units_within("fenwald", "2024-06")


@pytest.mark.parametrize(("form", "library"), [("pl", "polars"), ("arrow", "pyarrow")])
def test_what_is_not_installed_is_named_with_the_way_to_it(store, monkeypatch, form, library):
    real = builtins.__import__

    def without(name, *rest, **more):
        if name.partition(".")[0] in ("polars", "pyarrow"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    for name in ("polars", "pyarrow"):
        monkeypatch.delitem(__import__("sys").modules, name, raising=False)
    with pytest.raises(StoreError, match=f"{library} is not installed: .*uv run --extra polars"):
        getattr(store, form).sql("SELECT 1")
