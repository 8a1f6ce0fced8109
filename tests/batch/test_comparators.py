"""Medians of what councils publish, as comparators of each of them."""

from __future__ import annotations

import re
from decimal import Decimal

import duckdb
import pytest
from click.testing import CliRunner

from scorecard import display
from scorecard.batch import comparators
from scorecard.commands import program
from scorecard.errors import ParamsError
from scorecard.months import Month
from scorecard.params.region import Region, read_region
from scorecard.store.store import in_memory
from scorecard.workbook import Workbook
from support import council
from support.places import REPOSITORY
from support.published import MONTH, publish_figures, write_figures

KEPT = """\
a1,All councils (made up),2023-04,year to 31 March 2022,88.5,A made-up national return
a1,All councils (made up),2024-06,year to 31 March 2023,88.6,A made-up national return
a1,Lakes (median),2024-05,12 months to April 2024,81,Median of an earlier month"""


@pytest.fixture
def councils(tmp_path):
    folder = tmp_path / "councils"
    book = council.files(folder / "fenwold")
    for path in book.results()[:-1]:
        path.unlink()
    book.reference("comparators").write_text(
        f"code,comparator,valid_from,period,result,source\n{KEPT}\n"
    )
    publish_figures(book.root, "90.4 AS result, 90 AS num")
    publish_figures(folder / "mere", "80.15 AS result, 80 AS num")
    publish_figures(
        folder / "tarn", "85.2 AS result, 85 AS num",
        "1 AS result, 1 AS num, 'x' AS parent",
        "2 AS result, 'H' AS code",
        "3 AS result, 'Another' AS name",
    )  # fmt: skip
    publish_figures(folder / "dale", "4 AS result, true AS estimated")
    publish_figures(folder / "beck", "NULL AS result, 'not-shown' AS status")
    publish_figures(folder / "ford", "70 AS result")
    (tmp_path / "region.yml").write_text(
        "name: Lakes\nneighbours: {fenwold: [mere, tarn, ford], mere: [tarn, ford, fenwold]}\n"
    )
    return folder


def test_a_result_over_several_months_says_over_which():
    assert display.DATA_PERIODS["R12M"].of("August 2016") == "12 months to August 2016"
    assert display.DATA_PERIODS["SS"].of("August 2016") == "August 2016"


def ask(folder):
    words = ["comparators", MONTH, "--workbooks", f"{folder}/*", "--region"]
    done = CliRunner().invoke(program.main, [*words, str(folder.parent / "region.yml")])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


def written(folder, name):
    return (folder / name / "data/reference/comparators.csv").read_text().splitlines()[1:]


def test_each_council_has_medians_of_what_is_published(councils):
    first, again = ask(councils), ask(councils)

    assert first == (
        0, "beck: 1 row\ndale: 1 row\nfenwold: 2 rows\nford: 1 row\nmere: 2 rows\ntarn: 1 row\n", ""
    )  # fmt: skip
    assert again[1].count("unchanged") == 6
    region = (
        "a1,Lakes (median),2024-06,12 months to May 2024,82.675,"
        '"Median of the published results of 4 councils: Fenwold, Ford, Mere and Tarn"'
    )
    near = (
        "a1,Statistical neighbours (median),2024-06,12 months to May 2024,80.15,"
        '"Median of the published results of 3 councils: Ford, Mere and Tarn"'
    )
    assert written(councils, "fenwold") == [*KEPT.splitlines(), region, near]
    nearer = near.replace("80.15", "85.2").replace("Mere", "Fenwold")
    nearer = nearer.replace("Ford, Fenwold", "Fenwold, Ford")
    assert written(councils, "mere") == [region, nearer]
    assert written(councils, "beck") == [region]
    with in_memory(Workbook.at(councils / "fenwold")) as store:
        found = store.records.rows("FROM comparators('fenwold', 'a1', '2024-06')")
    assert {row["result"] for row in found} >= {Decimal("82.675"), Decimal("80.15")}


def test_a_pack_that_was_changed_by_hand_is_not_counted(councils):
    with (councils / "ford/outputs" / MONTH / "figures.parquet").open("ab") as file:
        file.write(b" ")

    status, out, wrong = ask(councils)

    assert status == 0
    assert wrong == "ford: left out, since its pack of 2024-05 is missing or was changed\n"
    assert "ford" not in out
    assert [line.split(",")[4] for line in written(councils, "fenwold")] == [
        "88.5", "88.6", "81", "85.2"
    ]  # fmt: skip


def test_without_a_published_pack_nothing_is_written(councils):
    for path in councils.glob(f"*/outputs/{MONTH}/run.json"):
        path.unlink()

    status, out, wrong = ask(councils)

    assert (status, out) == (0, "")
    assert wrong.count("left out") == 6
    assert written(councils, "fenwold") == KEPT.splitlines()


def test_a_file_with_other_columns_is_not_written_over(councils):
    path = councils / "mere/data/reference/comparators.csv"
    path.write_text("code,result\na1,90\n")

    status, _, wrong = ask(councils)

    assert status == 2
    assert "comparators.csv doesn't have the columns code, comparator, valid_from" in wrong
    assert path.read_text() == "code,result\na1,90\n"


def test_medians_are_not_written_into_object_storage(councils):
    words = ["comparators", MONTH, "--workbooks", "memory://councils/*", "--region"]
    done = CliRunner().invoke(program.main, [*words, str(councils.parent / "region.yml")])

    assert done.exit_code == 2
    assert "copy the workbooks here first" in done.stderr


@pytest.fixture
def medians(tmp_path):
    """Medians of 17 councils of which the n-th publishes figure n; `figure` is the SQL of more."""

    def ask(region, figure="'a1' AS code", result="{}"):
        packs = {}
        for number in range(17):
            name = f"c{number:02}"
            path = tmp_path / f"{name}.parquet"
            write_figures(path, name, f"{result.format(number)} AS result, {figure}")
            packs[name] = path
        return comparators.rows(packs, region, Month.parse(MONTH))

    return ask


def test_a_source_names_fifteen_councils_and_counts_the_rest(medians):
    rows = medians(Region(name="Lakes"))

    assert list(rows) == [f"c{number:02}" for number in range(17)]
    assert [each["result"] for each in rows["c16"]] == ["8"]
    assert rows["c16"][0]["source"].startswith("Median of the published results of 17 councils: C0")
    assert rows["c16"][0]["source"].endswith(", C14 and 2 more")


@pytest.mark.parametrize(
    ("period", "words"), [("SS", "May 2024"), ("YTD", "year to date in May 2024")]
)
def test_the_period_of_a_median_is_named(medians, period, words):
    rows = medians(Region(name="Lakes"), f"'{period}' AS data_period")

    assert [each["period"] for each in rows["c00"]] == [words]


@pytest.mark.parametrize(("least", "number"), [(17, 1), (18, 0)])
def test_there_is_no_median_of_fewer_than_asked(medians, least, number):
    assert len(medians(Region(name="Lakes", at_least=least))["c00"]) == number


@pytest.mark.parametrize(
    ("figure", "result"),
    [
        ("CASE WHEN council < 'C05' THEN 'not-shown' ELSE status END AS status", "{}"),
        ("council < 'C05' AS estimated", "{}"),
        ("'a1' AS code", "nullif(greatest(4, {0}), 4)"),
    ],
    ids=["withheld", "estimated", "missing"],
)
def test_what_is_withheld_estimated_or_missing_is_not_counted(medians, figure, result):
    rows = medians(Region(name="Lakes"), figure, result)

    assert [each["result"] for each in rows["c00"]] == ["10.5"]
    assert "of 12 councils" in rows["c00"][0]["source"]


def test_a_region_cannot_ask_for_medians_of_two():
    with pytest.raises(ValueError, match="greater than or equal to 3"):
        Region(name="Lakes", at_least=2)


@pytest.mark.parametrize(
    "other", ["'A' AS name", "'L' AS polarity", "'SS' AS data_period", "'days' AS format"]
)
def test_only_the_same_indicator_is_compared(medians, other):
    name, _, field = other.partition(" AS ")
    rows = medians(
        Region(name="Lakes"), f"CASE WHEN council < 'C09' THEN {name} ELSE {field} END AS {field}"
    )

    assert [each["result"] for each in rows["c00"]] == ["4"]
    assert [each["result"] for each in rows["c16"]] == ["12.5"]


@pytest.mark.parametrize(
    ("neighbours", "why"),
    [
        ("{fenwold: [mera]}", "unknown council `mera`; did you mean `mere`?"),
        ("{fenwold: [fenwold]}", "`fenwold` is its own neighbour"),
    ],
)
def test_a_neighbour_is_another_council(tmp_path, neighbours, why):
    path = tmp_path / "region.yml"
    path.write_text(f"name: Lakes\nneighbours: {neighbours}\n")

    with pytest.raises(ParamsError) as raised:
        read_region(path, {"fenwold": 1, "mere": 1})
    assert str(raised.value).startswith("region.yml, line 2: ")
    assert why in str(raised.value)


def test_the_funnel_of_the_how_to_compares_what_is_published(councils, monkeypatch):
    monkeypatch.chdir(councils.parent)
    text = (REPOSITORY / "docs/how-to/region.md").read_text(encoding="utf-8")
    (asked,) = re.findall(r"```text\n(WITH .*?)```", text, re.DOTALL)

    found = duckdb.sql(asked.replace("2016-08", MONTH).replace("'17'", "'a1'")).fetchall()

    assert found == [("Fenwold", 90.0, 100, 1.4), ("Mere", 80.0, 100, -1.4), ("Tarn", 85.0, 100, 0)]
