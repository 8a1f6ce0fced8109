"""`figures.parquet` holds what the tables of a pack show, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import duckdb
import pytest

from scorecard.batch import published_figures
from scorecard.batch.assembly import Assembly
from scorecard.disk import file_hash
from scorecard.months import Month
from scorecard.params.wording import read_wording
from support import council
from support.runs import make_run
from support.stores import stored

HEADER = "unit,code,result,result_status,result_rating,result_provenance,num,denom"
NOW = datetime(2024, 7, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    made = council.files(tmp_path_factory.mktemp("figures") / "book")
    made.reference("provenance").write_text(
        "provenance,marker,count_marker,footnote\nsupplied,,,\nestimate,e,,It is an estimate.\n"
    )
    return made


@pytest.fixture
def written(book, tmp_path):
    """Writes the figures of appendices, each a list of its tables; the rows of the file."""

    def write(*appendices):
        (tmp_path / "downloads").mkdir()
        records = []
        for place, tables in enumerate(appendices):
            files = {}
            for number, table in enumerate(tables):
                name = f"downloads/{place}-{number}.csv"
                (tmp_path / name).write_text("\n".join(table), encoding="utf-8-sig")
                files[name] = ""
            (record,) = make_run().appendices
            made = NOW + timedelta(days=place) if files else None
            records.append(record.model_copy(update={"files": files, "made": made}))
        assembly = Assembly(Month(2024, 6), read_wording(book), None, None, tmp_path, NOW)
        found = published_figures.write(assembly, book, stored(book), records)
        path = tmp_path / "figures.parquet"
        assert found == ({path.name: file_hash(path)} if path.exists() else {})
        return duckdb.sql(f"FROM '{path}'").fetchall() if found else None

    return write


def test_a_figure_has_its_place_in_the_catalogue_and_the_decimals_of_the_page(written):
    table = [HEADER, "upper-fen,a1,90.2,available,amber,supplied + estimate,92,102"]

    (row,) = written([table])

    assert row[:2] == ("Fenwold Borough Council", "2024-06")
    assert row[2:6] == ("upper-fen", "Upper Fen", "area", "fenwold")
    assert row[6:9] == ("a1", "First contact", "Decided within one working day")
    assert row[9:13] == ("H", "R12M", "percent", "available")
    assert row[13:16] == (Decimal("90.2"), 92, 102)
    assert row[16:] == ("amber", "supplied + estimate", True)


def test_what_the_page_withholds_is_withheld(written):
    (row,) = written([[HEADER, "upper-fen,a1,[c],not-shown,[c],supplied,[c],102"]])

    assert row[12:18] == ("not-shown", None, None, 102, None, "supplied")


def test_the_page_made_last_counts_and_the_others_add_to_it(written):
    old = [HEADER, "fenwold,a1,1.0,available,red,supplied,1,100",
           "fenwold,a2,2.0,available,red,supplied,2,100"]  # fmt: skip
    new = [HEADER, "fenwold,a1,3.0,available,red,supplied,3,100"]

    rows = written([old], [new], [])

    assert [(row[6], row[14]) for row in rows] == [("a1", 3), ("a2", 2)]


@pytest.mark.parametrize("column", ["month", "cohort"])
def test_a_table_of_other_months_or_children_is_left_out(written, column):
    other = [f"{HEADER},{column}", "fenwold,a1,9.0,available,red,supplied,9,100,x"]

    assert written([other, ["n", "1"], []]) is None
