"""Whatever is in a file, a cell or a description: a message or a load, no traceback, no half."""

from __future__ import annotations

import io
import os
import tempfile
import unicodedata
import zipfile
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as Spreadsheet
from openpyxl.utils.exceptions import IllegalCharacterError

from scorecard.errors import ScorecardError
from scorecard.importing.grid import text
from scorecard.ledger import ledger
from scorecard.months import Month
from scorecard.store.sql_files import SQL
from scorecard.store.store import in_memory
from support.load_command import make_desk
from support.workbooks import HEADER

QUOTE = '"'
NAMES = HEADER.strip().split(",")
WORDS = ["2016-08", "Aug-16", "shire", "north", "h", "stock", "all", "excluding_uasc", "1", "2", ""]
EXTRACT = {
    "unit_column": "Team", "provenance": "published", "skip": ["Total"],
    "results": [{"code": "stock", "num": "Stock"}, {"code": "h", "num": "In time", "denom": "Due"}],
}  # fmt: skip
MACROS = duckdb.connect()
MACROS.execute((SQL / "schema.sql").read_text())
quietly = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "6")),
    deadline=None,
    derandomize="FUZZ_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
"""The same few files each time; FUZZ_EXAMPLES makes it a search of so many."""


@contextmanager
def desk_of_its_own():
    with tempfile.TemporaryDirectory() as folder:
        yield make_desk(Path(folder))


def all_or_nothing(desk, *files, **asked):
    """Load; afterwards there is a new load and sound results, or everything is as it was."""
    before = desk.state()
    try:
        desk.load(*files, **{"yes": True, **asked})
    except ScorecardError:
        assert desk.state() == before
        return False
    if desk.state() != before:
        in_memory(desk.workbook).close()
        found = ledger.read(desk.workbook)
        assert [each.load for each in found] == [1, 2]
        assert "Nothing was edited" in desk.load(edits=True)
        return True
    return False


def cells():
    """A cell of a spreadsheet, often a sound one."""
    return st.one_of(
        st.sampled_from(WORDS),
        st.text(max_size=8),
        st.integers(),
        st.floats(),
        st.booleans(),
        st.none(),
        st.dates(date(1900, 1, 1)),
        st.datetimes(datetime(1900, 1, 1)),  # noqa: DTZ001 (as openpyxl wants it)
        st.times(),
        st.timedeltas(timedelta(0), timedelta(days=10_000)),
        st.sampled_from(["=1+1", "=cmd|' /C calc'!A0", "#REF!", "+1", "-1", "@SUM(A1)"]),
    )


@quietly
@given(
    content=st.binary(max_size=400)
    | st.lists(
        st.sampled_from(["2016-09,shire,h,all,1,2,x", ",", '"', "\n", "\r\n", "\r", "\0", "é", " "])
    ).map(lambda pieces: "".join(pieces).encode())
)
def test_any_bytes_as_csv(content):
    with desk_of_its_own() as desk:
        path = desk.folder / "late.csv"
        for start in (b"", HEADER.encode()):
            path.write_bytes(start + content)
            if all_or_nothing(desk, path):
                return


@pytest.mark.thorough
@quietly
@given(content=st.binary(max_size=400), at=st.integers(0, 10_000), data=st.data())
def test_any_bytes_as_a_spreadsheet(content, at, data):
    """Bytes alone, after a zip file's first four, and put into a sound spreadsheet."""
    sound = spreadsheet([NAMES, ["2016-08", "shire", "h", "all", 91, 100, "published"]])
    at = at % len(sound)
    part = data.draw(st.sampled_from(sorted(zipfile.ZipFile(io.BytesIO(sound)).namelist())))
    with desk_of_its_own() as desk:
        path = desk.folder / "late.xlsx"
        for whole in (
            content, b"PK\x03\x04" + content, sound[:at] + content + sound[at + len(content) :],
            sound[:at], with_part(sound, part, content),
        ):  # fmt: skip
            path.write_bytes(whole)
            if all_or_nothing(desk, path):
                assert "2016-08,shire,h,all,91,100,published" in desk.text("2016-08")
                return


def spreadsheet(rows):
    """A spreadsheet with these rows, as bytes."""
    book = Spreadsheet()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(whole, name, content):
    """A spreadsheet of which one part is something else."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(file, "w") as new:
        for each in old.namelist():
            new.writestr(each, content if each == name else old.read(each))
    return file.getvalue()


@pytest.mark.thorough
@quietly
@given(
    rows=st.lists(st.lists(cells(), max_size=9), max_size=4),
    header=st.one_of(st.just(NAMES), st.permutations(NAMES), st.lists(cells(), max_size=9)),
)
def test_any_cells_of_a_spreadsheet(rows, header):
    try:
        whole = spreadsheet([header, *rows])
    except (IllegalCharacterError, ValueError, OverflowError):
        return  # no spreadsheet can hold that
    with desk_of_its_own() as desk:
        path = desk.folder / "late.xlsx"
        path.write_bytes(whole)
        all_or_nothing(desk, path)


@quietly
@given(
    rows=st.lists(st.tuples(*[st.sampled_from(WORDS) | st.text(max_size=4)] * 7), max_size=5),
    provenance=st.none() | st.text(min_size=1, max_size=8),
    why=st.text(max_size=8), by=st.text(min_size=1, max_size=8),
)  # fmt: skip
def test_any_rows_and_words(rows, provenance, why, by):
    lines = "".join(
        ",".join(f'"{cell.replace(chr(34), "")}"' for cell in row) + "\n" for row in rows
    )
    with desk_of_its_own() as desk:
        path = desk.folder / "late.csv"
        path.write_bytes((HEADER + "\n".join(lines)).encode("utf-8", "surrogatepass"))
        all_or_nothing(desk, path, provenance=provenance, why=why, by=by)


@pytest.mark.thorough
@quietly
@given(why=st.text(), by=st.text(), provenance=st.text(alphabet="[/]=+ab\n'\",\t", max_size=6))
def test_any_words_about_a_sound_load(why, by, provenance):
    with desk_of_its_own() as desk:
        file = desk.file("2016-08,shire,h,all,91,100,published")
        if all_or_nothing(desk, file, provenance=provenance, why=why, by=by):
            said = ledger.read(desk.workbook)[-1].why
            assert [c for c in said if c.isalnum()] == [c for c in why if c.isalnum()]
            assert not any(unicodedata.category(c) in ("Cc", "Zl", "Zp") for c in said)


@quietly
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["Shire", "north", "Total", "", "x"]),
            *[st.sampled_from(["1", "2.5", "-", "", "x", "1,000", "#N/A"])] * 3,
        ),
        max_size=4,
    )
)
def test_any_rows_of_an_extract(rows):
    lines = "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows)
    with desk_of_its_own() as desk:
        desk.workbook.params("extracts").write_text(
            yaml.safe_dump({"extracts": {"teams": EXTRACT}})
        )
        path = desk.file(text="Team,Stock,In time,Due\n" + lines)
        all_or_nothing(desk, path, extract="teams", month=Month(2016, 8))


def describe(desk, said):
    """Say how the extract `teams` is read."""
    text = yaml.safe_dump({"extracts": {"teams": said}})
    desk.workbook.params("extracts").write_text(text)


def values():
    """Any value that YAML can hold."""
    plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    keys = st.sampled_from(["teams", "extracts", "results", "num", "units", "Team"]) | plain
    return st.recursive(
        plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3)
    )


@quietly
@given(key=st.sampled_from([*EXTRACT, "header_row", "units", "empty", "month_cell", "month_column",
                            "sheet", "ignore", "other"]), value=values())  # fmt: skip
def test_any_value_in_a_description(key, value):
    with desk_of_its_own() as desk:
        describe(desk, {**EXTRACT, key: value})
        path = desk.file(text="Team,Stock,In time,Due\nShire,1,2,3\n")
        all_or_nothing(
            desk, path, extract="teams", month=None if "month" in key else Month(2016, 8)
        )


@quietly
@given(content=st.binary(max_size=60) | values().map(lambda v: yaml.safe_dump(v).encode())
       | st.text(alphabet="[]{}:,-&*!|>%@`'\"# \nab", max_size=60).map(str.encode))  # fmt: skip
def test_any_description(content):
    with desk_of_its_own() as desk:
        desk.workbook.params("extracts").write_bytes(content)
        path = desk.file(text="Team,Stock\nShire,1\n")
        assert not all_or_nothing(desk, path, extract="teams", month=Month(2016, 8))


def test_a_description_that_is_nested_without_end_is_reported():
    with desk_of_its_own() as desk:
        desk.workbook.params("extracts").write_text("[" * 5000)
        path = desk.file(text="Team,Stock\nShire,1\n")
        assert not all_or_nothing(desk, path, extract="teams", month=Month(2016, 8))


@given(value=cells())
def test_any_cell_is_text(value):
    assert isinstance(text(value), str)


@given(number=st.integers(0, 10**9 - 1), places=st.integers(0, 4))
def test_a_figure_that_a_spreadsheet_holds_comes_back_as_it_was_typed(number, places):
    """Of up to nine digits with four decimals, through binary fractions and back."""
    typed = f"{number / 10**places:.{places}f}"

    assert text(float(typed)) == (typed.rstrip("0").rstrip(".") if places else typed)


@given(day=st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_a_day_is_a_month_only_where_it_opens_or_closes_one(day):
    edges = day.day == 1 or (day + timedelta(days=1)).day == 1

    assert as_month(day.isoformat()) == (f"{day:%Y-%m}" if edges else day.isoformat())


@given(said=st.text(max_size=12))
def test_any_text_is_a_month_or_stays_as_it_is(said):
    found = as_month(said)
    assert found == said or Month.parse(found)


def as_month(said):
    """The month that a text says, as the staging tables hold it."""
    return MACROS.execute("SELECT as_month($said)", {"said": said}).fetchone()[0]
