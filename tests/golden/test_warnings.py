"""In a published month the warnings go with the figures: first on a page, and in every file."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pandas
import pytest

from support.page_figures import page, rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

APPENDICES = ["county", "area-north-kent", "children-in-care", "uasc-impact"]
WORDS = {"e": {"published-result", "reconstructed", "apportioned"}}
"""The provenances that give a figure each marker, in this repository's `provenance.csv`."""


def footnotes(month: Path, name: str) -> list[str]:
    """What the end of a page says of its figures, but that there is nothing to say."""
    found = page(month / f"{name}.html").select(".footnotes p")
    return [note.get_text() for note in found if "There are no notes" not in note.get_text()]


def sheet(month: Path, name: str, worksheet: str) -> list[list[str]]:
    content = (month / f"downloads/{name}.xlsx").read_bytes()
    frame = pandas.read_excel(io.BytesIO(content), sheet_name=worksheet, header=None, dtype=str)
    return frame.to_numpy().tolist()


@pytest.mark.parametrize("name", APPENDICES)
def test_the_spreadsheet_holds_every_note_of_the_page_on_its_cover_and_among_its_notes(month, name):
    cover = [str(row[0]) for row in sheet(month, name, "Cover")]
    notes = [f"{row[1]}: {row[2]}" for row in sheet(month, name, "Notes") if row[0] == "All"]
    said = footnotes(month, name)

    assert said
    for told in (cover, notes):
        assert [note for note in said if not any(line.endswith(note) for line in told)] == []


@pytest.mark.parametrize("name", APPENDICES)
def test_the_description_of_every_csv_holds_every_note_of_the_page(month, name):
    found = [*month.glob(f"downloads/{name}-*.csv-metadata.json")]
    assert len(found) == len([*month.glob(f"downloads/{name}-*.csv")]) > 0
    for path in found:
        told = json.loads(path.read_text(encoding="utf-8"))["dc:description"]
        assert [n for n in footnotes(month, name) if not any(t.endswith(n) for t in told)] == []


def tables(month: Path, name: str) -> Iterator[tuple[str, list[tuple[set[str], set[str]]]]]:
    """Each table of a page: the markers of a row there, and the provenances of it in the CSV."""
    for path in sorted(month.glob(f"downloads/{name}-*.csv")):
        table = path.stem.removeprefix(f"{name}-")
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = [*csv.DictReader(file)]
        shown = page(month / f"{name}.html").find("table", id=f"{table}-table")
        if shown is None:  # the page has its figures in words or in bars
            continue
        yield (
            table,
            [
                (
                    {
                        mark
                        for each in row.select(".marker, [data-marked]")
                        for mark in (each.get("data-marked") or each.get_text()[1:-1]).split(", ")
                    },
                    {
                        word
                        for column, value in line.items()
                        if column.endswith("_provenance")
                        for word in value.split(" + ")
                    },
                )
                for row, line in zip(rows(shown), lines, strict=True)
            ],
        )


@pytest.mark.parametrize("name", APPENDICES)
def test_a_row_that_carries_a_marker_on_the_page_says_why_in_its_file(month, name):
    seen = 0
    for table, found in tables(month, name):
        for markers, provenances in found:
            for marker in markers:
                assert WORDS[marker] & provenances, table
                seen += 1
    assert seen or name == "uasc-impact"


@pytest.mark.parametrize("name", ["area-north-kent", "children-in-care"])
def test_the_caution_comes_before_the_first_figure_of_the_page(month, name):
    body = page(month / f"{name}.html").select_one("main")
    before = " ".join(body.select_one(".caution").find_all_previous(string=True)[::-1])
    own = before[before.index("Skip to main content") :].replace("August 2016", "")

    assert not any(letter.isdigit() for letter in own)


def test_on_a_card_the_county_s_figure_says_whose_it_is_and_that_it_is_no_estimate(month):
    area = page(month / "area-north-kent.html")

    cells = area.select("#scorecard-table [data-field=other_result]")
    assert {cell["data-of"] for cell in cells} == {"Kent [not estimated]"}
