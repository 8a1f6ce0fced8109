"""Every figure of every page and file, held against its rating and against its twin."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

from scorecard.months import Month
from scorecard.outputs import CHART_WORDS, VEGALITE
from scorecard.store import store
from support.published_books import PACKS, pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborNode

    from support.published_books import Pack

SHOWN_OUTPUTS = 50
"""Outputs of a cell that JupyterLab shows before it asks whether to show more."""
RATED = ("green", "amber", "red")
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
FIGURE_TEXT = re.compile(r"-?\d+(\.\d+)?")
THRESHOLDS = """
SELECT DISTINCT f.code, strftime(f.month, '%Y-%m') AS month, i.polarity, f.target, f.floor_standard,
       f.green_within, f.amber_within
FROM figures AS f JOIN indicators AS i ON i.code = f.code
"""


@dataclass(frozen=True)
class Held:
    """What a result is held against in a month."""

    polarity: str
    target: Decimal
    floor_standard: Decimal | None
    green_within: Decimal | None
    amber_within: Decimal | None

    def rating(self, result: Decimal) -> str:
        """What a result would be rated if it were exactly so (rules: rating)."""
        if self.polarity == "T":
            away = abs(result - self.target)
            return ("green" if away <= self.green_within
                    else "red" if away > self.amber_within else "amber")  # fmt: skip
        if self.polarity == "H":
            return ("green" if result >= self.target
                    else "red" if result < self.floor_standard else "amber")  # fmt: skip
        return ("green" if result <= self.target
                else "red" if result >= self.floor_standard else "amber")  # fmt: skip


LONGER = {"county 2016-04", "county 2016-05", "county 2016-06"}
"""Packs that the whole check leaves out: months of the county before the last."""


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(each, marks=[pytest.mark.thorough] if each in LONGER else []) for each in PACKS
    ],
)
def packed(request, tmp_path_factory) -> Pack:
    return pack(request.param, tmp_path_factory.mktemp("pack"))


def test_jupyterlab_shows_every_output_of_every_cell(packed):
    numbers = [len(cell.get("outputs", ())) for made, _ in packed.appendices for cell in made.cells]
    assert 1 < max(numbers) <= SHOWN_OUTPUTS


@pytest.fixture(scope="module")
def held(packed) -> dict[tuple[str, str], Held]:
    """(code, month) → what a result is held against."""
    packed.appendices  # noqa: B018 (the store is built by now)
    with store.Store.open(packed.workbook) as opened:
        rows = opened.rows(THRESHOLDS)
    return {
        (row.pop("code"), row.pop("month")): Held(**row)
        for row in rows
        if row["target"] is not None
    }


def month_of(field: str, row_month: str | None, month: Month) -> str:
    """The month of a rated result: that of its row, or the month before in a column named so."""
    return str(month - 1) if field.startswith("previous") else row_month or str(month)


def named(words: str) -> str:
    """The month that words begin with: `Aug 2016`, `August 2016, excluding UASC`."""
    name, year = re.match(r"([A-Z][a-z]{2})[a-z]* (\d{4})", words).groups()
    return str(Month.of(datetime.strptime(f"{name} {year}", "%b %Y")))  # noqa: DTZ007 (no time)


def contradicts(text: str, rating: str, against: Held) -> bool:
    return against.rating(Decimal(NUMBER.match(text)[0])) != rating


def cells(packed: Pack) -> Iterator[tuple[str, LexborNode, LexborNode, LexborHTMLParser]]:
    """Every cell of every table with a rating: its place in words, itself, its row, its page."""
    for _, page in packed.appendices:
        parsed = LexborHTMLParser(page.html)
        for table in parsed.css("table.data"):
            for row in table.css("tbody tr"):
                for cell in row.css("td[data-rating]"):
                    place = f"{page.about.name}, {table.id}, {row.attributes.get('data-code')}, "
                    yield place + cell.attributes["data-field"], cell, row, parsed


def noted(cell: LexborNode, parsed: LexborHTMLParser) -> list[str]:
    """The figures that the note on a cell gives."""
    link = cell.css_first("sup a")
    if link is None:
        return []
    note = parsed.css_first(f"li[id='{link.attributes['href'].removeprefix('#')}']")
    return re.findall(r"is ([\d.]+)%? to ", note.text())


def rated_cells(
    packed: Pack, held: dict[tuple[str, str], Held]
) -> Iterator[tuple[str, bool, bool]]:
    """Each rated cell: its place, whether it contradicts its rating, whether a note explains it."""
    for place, cell, row, parsed in cells(packed):
        rating = cell.attributes["data-rating"]
        if rating in RATED:
            month = month_of(
                cell.attributes["data-field"], row.attributes.get("data-month"), packed.month
            )
            against = held[row.attributes["data-code"], month]
            exact = noted(cell, parsed)
            told = any(not contradicts(each, rating, against) for each in exact)
            yield place, contradicts(cell.text(), rating, against), told


def test_no_figure_of_a_page_contradicts_its_rating_without_a_decimal_or_a_note(packed, held):
    found = list(rated_cells(packed, held))

    assert len(found) > 20
    assert not [place for place, seems_otherwise, told in found if seems_otherwise and not told]
    assert not [place for place, seems_otherwise, told in found if told and not seems_otherwise]


@pytest.mark.parametrize("packed", ["near 2016-08"], indirect=True)
def test_every_table_that_rounds_its_results_is_among_those_looked_at(packed, held):
    near = {
        re.sub(r"-[a-z]+$", "", place.split(", ")[1].removesuffix("-table"))
        + f" {place.split(', ')[3]}"
        for place, seems_otherwise, _ in rated_cells(packed, held)
        if seems_otherwise
    }
    assert near == EXPLAINED


EXPLAINED = {
    "scorecard result", "scorecard r3m", "scorecard other_result", "reds result",
    "reds other_result", "ambers result", "areas result", "uasc including_result",
    "uasc excluding_result", "uasc-other including_result", "uasc-other excluding_result",
    "uasc-effect including_result", "uasc-effect excluding_result",
}  # fmt: skip
"""The tables that explain in a note a figure which seems to have another rating."""


def test_no_figure_of_a_file_contradicts_its_rating(packed, held):
    seen = 0
    for page, table in packed.tables:
        names = [column.name for column in table.columns]
        for row in table.rows:
            record = dict(zip(names, row, strict=True))
            for name in (each for each in names if each.endswith("rating")):
                if record[name] not in RATED:
                    continue
                of = name.removesuffix("rating").removesuffix("_")
                result = next(
                    record[each] for each in (of, f"{of}_shown", "result") if each in record
                )
                month = month_of(name, record.get("month"), packed.month)
                if table.name == "revised-figures":
                    month = named(record["figure"])
                against = held[record["code"], month]
                seen += 1
                assert not contradicts(str(result), record[name], against), (
                    page.about.name, table.name, record["code"], name, result,
                )  # fmt: skip
    assert seen > 20


def test_no_point_of_a_chart_contradicts_its_rating(packed, held):
    seen = 0
    for notebook, _ in packed.appendices:
        for cell in notebook.cells:
            for output in cell.get("outputs", ()):
                found = re.match(r"(?:exception|trend)-(.+?)(-chart)?$",
                                 output.data.get(CHART_WORDS, {}).get("name", ""))  # fmt: skip
                for point in output.data[VEGALITE]["datasets"]["results"] if found else ():
                    rating = point["Rating"].lower()
                    if rating in RATED:
                        against = held[found[1], named(point["month"])]
                        seen += 1
                        assert not contradicts(point["Result"], rating, against), point
    assert seen


DRAWN = {"months-behind", "funnel", "comparators", "limit-months"}
"""Files whose figures a page draws and says: `rederiving/outlook.py` holds the two together.

What limits rest on is held by the limits (`tests/report/test_variation.py`).
"""


def test_a_file_has_the_figures_of_its_page_digit_by_digit(packed):
    """But for a figure that a note explains: the file has the one in the note."""
    seen = 0
    for _, page in packed.appendices:
        parsed = LexborHTMLParser(page.html)
        for path, content in page.files.items():
            if not path.endswith(".csv"):
                continue
            name = path.removesuffix(".csv").split(f"{page.about.name}-", 1)[1]
            if name in DRAWN:
                continue
            rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
            shown = parsed.css(f"table[id='{name}-table'] tbody tr:not(.group)")
            assert len(shown) == len(rows), path
            for row, record in zip(shown, rows, strict=True):
                for cell in row.css("[data-field]"):
                    field = cell.attributes["data-field"]
                    written = record.get("floor_standard" if field == "floor" else field, "")
                    if not FIGURE_TEXT.fullmatch(written) or field in ("code", "name"):
                        continue
                    seen += 1
                    texts = noted(cell, parsed) or [digits(seen_text(cell))]
                    assert written in texts, (path, row.attributes, field, written, cell.text())
    assert seen > 100


def seen_text(cell: LexborNode) -> str:
    """What is seen of a cell, where a screen reader says it in other words."""
    seen = cell.css_first("span[aria-hidden='true']")
    return seen.text() if seen and cell.text().startswith(seen.text()) else cell.text()


def digits(text: str) -> str:
    """The figure of a cell as a file has it: without percent sign, plus sign, arrow or marker.

    A difference that rounds to nought keeps its minus.
    """
    found = NUMBER.match(text.replace("no change", "0"))
    return found[0].removeprefix("+") if found else text


MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets(content: bytes) -> list[list[list[str]]]:
    """The rows of each worksheet, every cell as the text that the file holds."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {
            name: ElementTree.fromstring(archive.read(name))  # noqa: S314 (we wrote it)
            for name in archive.namelist()
            if name.startswith("xl/worksheets/sheet") or name == "xl/sharedStrings.xml"
        }
    texts = [
        "".join(each.text or "" for each in item.iter(f"{MAIN}t"))
        for item in parts.pop("xl/sharedStrings.xml")
    ]
    return [
        [
            [
                texts[int(cell[0].text)] if cell.get("t") == "s" else cell[0].text
                for cell in row
                if len(cell)
            ]
            for row in parts[f"xl/worksheets/sheet{number}.xml"].iter(f"{MAIN}row")
        ]
        for number in range(1, len(parts) + 1)
    ]


def test_the_spreadsheet_has_the_figures_of_the_csv_files_digit_by_digit(packed):
    for _, page in packed.appendices:
        (book,) = (each for path, each in page.files.items() if path.endswith(".xlsx"))
        written = sheets(book)[3:]  # after the cover, the contents and the notes
        found = sorted(
            full("" if text == "[x]" else text for text in row)
            for sheet in written
            for row in _without_name_added(sheet[4:], sheet[3])
        )
        lines = [
            full(field.removeprefix("'") for field in line[1:])  # after the reporting month
            for path, each in page.files.items() if path.endswith(".csv")
            for line in list(csv.reader(io.StringIO(each.decode("utf-8-sig"))))[1:]
        ]  # fmt: skip
        assert found == sorted(lines)
        assert len(written) <= len([path for path in page.files if path.endswith(".csv")])


def _without_name_added(rows: list[list[str]], head: list[str]) -> list[list[str]]:
    """Rows of a worksheet without the name of the indicator, where tables became one."""
    return [row[1:] for row in rows] if head[0] == "Indicator" else rows


def full(fields: Iterable[str]) -> tuple[str, ...]:
    """A row up to its last field that says something: tables that became one may have more."""
    found = [*fields]
    while found and not found[-1]:
        found.pop()
    return tuple(found)


PLACES_AT_MOST = 5
"""Decimals: results have one, or as many as show their rating; counts as many as were supplied."""


def test_every_figure_of_a_file_is_an_exact_decimal(packed):
    seen = 0
    for page, table in packed.tables:
        for row in table.rows:
            assert not [each for each in row if isinstance(each, float)], (page.about, table.name)
            for each in row:
                if isinstance(each, Decimal):
                    seen += 1
                    assert 0 <= -each.as_tuple().exponent <= PLACES_AT_MOST, (table.name, row)
    assert seen > 100
    noise = re.compile(rb"\d\.\d{6,}|\de-?\d")
    for _, page in packed.appendices:
        for path, content in page.files.items():
            if path.endswith(".csv"):
                assert not noise.search(content), path


def test_a_difference_is_exact_everywhere(tmp_path):
    """52.3 after 54.0 is 1.7 fewer; in floats it is 1.7000000000000028."""
    made = pack("near 2016-08", tmp_path)
    changes = {
        (column.name, str(value))
        for _, table in made.tables
        for row in table.rows
        for column, value in zip(table.columns, row, strict=True)
        if column.name in ("stock-change", "difference")
    }
    assert {value for name, value in changes if name == "stock-change"} == {"-1.7"}
    assert ("difference", "-1.7") in changes

    (county, *_), *_ = ([page for _, page in made.appendices],)
    shown = LexborHTMLParser(county.html).css("[data-field='stock-change']")
    assert [seen_text(each) for each in shown] == ["-1.7", "-1.7", "-1.7"]
    care = next(page for _, page in made.appendices if page.about.name == "care")
    (row,) = LexborHTMLParser(care.html).css("#ambers-table tr[data-code='count']")
    assert seen_text(row.css_first("[data-field='difference']")) == "-1.7"
    assert "1.7000000" not in "".join(page.html for _, page in made.appendices)
