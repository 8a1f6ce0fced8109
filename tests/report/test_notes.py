"""Notes: data notes, and what is owed for provenance."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from scorecard.outputs import Note
from scorecard.report.notes import data_notes, provenance_notes
from support.figures import figure

ROW = {
    "code": "h", "name": "A <b>name</b>", "definition": "Counts & divides.", "polarity": "L",
    "data_period": "R12M", "format": "percent", "data_source": "System", "target_note": "assumed",
    "latest": figure(9, target=10.0, floor_standard=13.0),
}  # fmt: skip


def terms(row, begins=4) -> dict[str, str]:
    page = BeautifulSoup(data_notes(row, begins), "html.parser")
    return {
        dt.get_text(): dd.get_text()
        for dt, dd in zip(page.select("dt"), page.select("dd"), strict=True)
    }


def test_data_notes_say_everything_the_catalogue_knows():
    assert terms(ROW) == {
        "What it counts": "Counts & divides.",
        "Which way is better": "A lower figure is better (L).",
        "Target": "10.0%",
        "Green": "10.0% and below",
        "Amber": "above 10.0% and below 13.0%",
        "Red": "13.0% and above",
        "Data period": "R12M, rolling 12 months: the 12 months ending with the reporting month.",
        "Source": "System",
        "Note": "assumed",
    }


@pytest.mark.parametrize(("begins", "opens"), [(4, "April"), (1, "January"), (12, "December")])
def test_a_year_to_date_names_the_month_in_which_the_financial_year_begins(begins, opens):
    found = terms({**ROW, "data_period": "YTD"}, begins)["Data period"]
    assert found == f"YTD, year to date: from {opens} to the reporting month."


def test_data_notes_leave_out_what_the_catalogue_does_not_say():
    bare = {
        **ROW,
        "definition": None,
        "data_source": None,
        "target_note": None,
        "latest": figure(9),
    }

    assert list(terms(bare)) == ["Which way is better", "Data period"]


def test_footnotes_are_owed_for_what_was_used_only():
    known = {
        "published": {"footnote": None},
        "unused": {"footnote": "Never."},
        "worked-out": {"footnote": "Worked out."},
        "apportioned": {"footnote": "Estimates."},
    }
    used = ["apportioned", "published", "worked-out", "apportioned"]

    assert provenance_notes(used, known) == [
        Note("worked-out", "Worked out."),
        Note("apportioned", "Estimates."),
    ]


def test_a_provenance_that_nobody_explained_has_no_note():
    known = {"apportioned": {"footnote": "Estimates."}}

    assert provenance_notes(["guessed", "apportioned"], known) == [
        Note("apportioned", "Estimates."),
    ]
