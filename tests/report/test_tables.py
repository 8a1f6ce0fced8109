"""Tables: real table markup whatever stands in the cells, and the same figures to download."""

from __future__ import annotations

import re
from importlib.resources import files

from bs4 import BeautifulSoup
from markupsafe import Markup

from scorecard.report.cell import Cell
from scorecard.report.tables import OF_CARDS, Col, Datum, Table, grouped, shown

NASTY = "<script>alert('x')</script> & Co"
ROWS = [
    {"code": "a", "unit": "north", "name": NASTY, "num": 1, "section": "One", "why": "Why."},
    {"code": "b", "unit": "north", "name": "Plain", "num": None, "section": "Two", "why": "Why."},
]
COLUMNS = [
    Col("name", "Indicator", lambda row: Cell(row["name"]), numeric=False, header=True,
        data=[Datum("name", "The name", lambda row: row["name"])]),
    Col("num", "Numerator", lambda row: Cell(str(row["num"])), group="August",
        data=[Datum("num", "The numerator", lambda row: row["num"])]),
    Col("result", "Result", group="August",
        cell=lambda row: Cell("9.0%", rating="red", direction="worse", note=row["why"])),
    Col("trend", "Trend", lambda row: Cell(html=Markup("<svg></svg>")), numeric=False),
]  # fmt: skip
TABLE = Table("t", "A caption", COLUMNS, [("One", ROWS[:1]), ("Two", ROWS[1:])])


def parsed(table: Table = TABLE) -> BeautifulSoup:
    return BeautifulSoup(table.html, "html.parser")


def many(**more) -> BeautifulSoup:
    """A table with more columns than a phone shows."""
    fields = [*OF_CARDS.items(), ("year_begun", "Target"), ("result", "August")]
    columns = [Col(field, heading, lambda row: Cell("1")) for field, heading in fields]
    return parsed(Table("t", "A caption", [COLUMNS[0], *columns], [("", ROWS)], **more))


def test_the_rows_of_a_table_with_many_columns_are_cards_that_say_what_each_figure_is():
    style = (files("scorecard") / "templates/page/page.css").read_text(encoding="utf-8")
    written = re.findall(r'\.cards \[data-field="(\w+)"\]::before { content: "([^"]+) "; }', style)
    row = many().select_one("tbody tr")

    assert dict(written) == OF_CARDS
    assert {cell["data-field"]: cell["data-of"] for cell in row.select("[data-of]")} == {
        "year_begun": "Target",
        "result": "August",
    }


def test_only_a_table_that_may_be_wider_than_its_window_has_a_stop_to_scroll_it():
    assert many().select_one(".cards > .sideways")["tabindex"] == "0"
    assert many(dense=True).select_one(".dense:not(.cards) > .sideways")["tabindex"] == "0"
    assert not parsed().select(".cards, [tabindex], [data-of]")


def test_every_header_cell_has_a_scope_and_every_row_one_header():
    page = parsed()

    assert {th.get("scope") for th in page.select("th")} == {
        "col", "colgroup", "rowgroup", "row",
    }  # fmt: skip
    for row in page.select("tbody tr:not(.group)"):
        assert len(row.select('th[scope="row"]')) == 1


def test_headings_span_as_many_columns_as_there_are():
    page = parsed()
    first, second = page.select("thead tr")

    assert [(th.get_text(), th.get("colspan"), th.get("rowspan")) for th in first.select("th")] == [
        ("Indicator", None, "2"), ("August", "2", None), ("Trend", None, "2"),
    ]  # fmt: skip
    for row in page.select("tbody tr:not(.group)"):
        said = [
            [page.find(id=each).get_text() for each in cell["headers"]] for cell in row.select("td")
        ]
        name = row.th.get_text()
        assert said == [["August", "Numerator", name], ["August", "Result", name], ["Trend", name]]
    assert [th["headers"] for th in second.select("th")] == [[first("th")[1]["id"]]] * 2
    assert [th.get_text() for th in second.select("th")] == ["Numerator", "Result"]
    spans = [int(group["span"]) for group in parsed().select("colgroup")]
    assert sum(spans) == len(COLUMNS)


def test_a_table_without_spanners_has_one_row_of_headings():
    page = parsed(Table("t", "Plain", COLUMNS[:1], [("", ROWS)]))

    assert len(page.select("thead tr")) == 1
    assert not page.select("[rowspan], [colspan], .group, colgroup, [headers], th[id]")


def test_what_comes_from_a_file_is_text_and_never_markup():
    page = parsed(Table("t", NASTY, COLUMNS, [(NASTY, [{**ROWS[0], "why": NASTY}, ROWS[1]])]))

    assert not page.select("script")
    assert page.caption.get_text() == NASTY
    assert page.select_one("tbody th[scope=row]").get_text() == NASTY
    assert page.select_one(".group th").get_text() == NASTY
    assert page.select_one(".notes li").get_text() == NASTY


def test_a_value_in_an_attribute_can_t_leave_it():
    row = {**ROWS[0], "code": '"><script>', "unit": "' onclick='x"}
    found = parsed(Table("t", "c", COLUMNS, [("", [row])])).select_one("tbody tr")

    assert (found["data-code"], found["data-unit"]) == (row["code"], row["unit"])
    assert "onclick" not in found.attrs


def test_a_cell_says_rating_direction_and_note_in_words_too():
    cell = parsed().select_one('[data-field="result"]')

    assert cell["data-rating"] == "red"
    assert cell.select_one("[data-direction]")["data-direction"] == "worse"
    hidden = [span.get_text() for span in cell.select(".visually-hidden")]
    assert hidden == ["note ", "Red"]
    assert cell.select_one(".arrow")["aria-label"] == "worse"
    assert cell.select_one("sup a")["href"] == "#t-note-1"
    assert parsed().find(id="t-note-1").get_text() == "Why."


def test_equal_notes_are_one_and_a_cell_without_a_note_has_no_number():
    rows = [{**ROWS[0], "why": why} for why in ("Why.", "", "Another.", "Why.")]
    page = parsed(Table("t", "c", COLUMNS, [("", rows)]))

    assert [note.get_text() for note in page.select(".notes li")] == ["Why.", "Another."]
    numbers = [cell.select_one("sup a") for cell in page.select('[data-field="result"]')]
    assert [link and link["href"] for link in numbers] == [
        "#t-note-1", None, "#t-note-2", "#t-note-1",
    ]  # fmt: skip


def test_no_rating_is_shown_by_colour_alone():
    cell = parsed().select_one('[data-field="result"]')

    assert cell.select_one('.rating [aria-hidden="true"]').get_text() == "R"
    assert cell.select_one(".arrow").get_text() == "↓"


def test_the_style_sheet_draws_another_shape_for_each_rating():
    style = (files("scorecard") / "templates/tables.css").read_text(encoding="utf-8")
    shapes = re.findall(
        r'\[data-rating="(\w+)"\] > .rating::before, .+ \{ clip-path: (.+); \}', style
    )

    assert [rating for rating, _ in shapes] == ["green", "amber", "red"]
    assert len({shape for _, shape in shapes}) == 3


def test_a_figure_is_the_rule_among_cells_and_text_has_a_class():
    quiet = Col("quiet", "Quiet", lambda row: Cell("-", quiet=True))
    page = parsed(Table("t", "c", [*COLUMNS, quiet], [("", ROWS[:1])]))

    kinds = {cell["data-field"]: cell.get("class") for cell in page.select("tbody td")}
    assert kinds == {"num": None, "result": None, "trend": ["t"], "quiet": ["q"]}


def test_the_download_holds_the_same_rows_with_documented_columns():
    data = TABLE.data

    assert [column.name for column in data.columns] == ["name", "num"]
    assert all(column.meaning for column in data.columns)
    assert data.rows == [[NASTY, 1], ["Plain", None]]


def test_a_fragment_carries_table_download_and_the_sentence_above():
    fragment = shown(TABLE, before="Look & see.")

    assert fragment.html.startswith("<p>Look &amp; see.</p>")
    assert [table.name for table in fragment.tables] == ["t"]


def test_each_group_of_records_is_given_once_in_the_order_of_its_first_record():
    rows = [{"s": "y", "n": 1}, {"s": "x", "n": 2}, {"s": "y", "n": 3}]

    assert [(name, [row["n"] for row in inside]) for name, inside in grouped(rows, "s")] == [
        ("y", [1, 3]), ("x", [2]),
    ]  # fmt: skip
