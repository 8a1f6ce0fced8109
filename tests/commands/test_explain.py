"""`explain` as an officer types it: one page that says where a figure comes from."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from scorecard.commands import program
from scorecard.months import Month
from support.ledgers import record_load
from support.workbooks import INDICATORS, make_workbook

THIS = Month(2016, 8)
CODES = ["roll", "h", "t", "l", "done", "stock", "free"]


def lines(**changed):
    """A line of results for each indicator."""
    figures = {
        "roll": "9,10", "h": "90,100", "t": "276,1275", "l": "47,362", "done": "9,10",
        "stock": "7,", "free": "1,2",
    }  # fmt: skip
    rows = {code: f"shire,{code},all,{figures[code]}" for code in CODES}
    rows |= {code: f"shire,{code},all,{figure}" for code, figure in changed.items()}
    return "\n".join([*rows.values(), "shire,h,excluding_uasc,8,10"])


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    """Two loads, the second after the month was published, and an edit by hand."""
    indicators = INDICATORS.replace(
        "h,Section,Higher is better,H,SS,percent,monthly,,,",
        "h,Section,Higher is better,H,SS,percent,monthly,2016-08,What is counted.,Register",
    )
    book = make_workbook(
        tmp_path_factory.mktemp("explain"), {}, indicators=indicators,
        provenance="provenance,marker,count_marker,footnote\npublished,,,\nguessed,e,,A guess.\n",
    )  # fmt: skip
    months = {str(THIS - back): lines() for back in range(12)}
    record_load(book, months, why="The year")
    record_load(book, months | {"2016-07": lines(roll="5,10")}, published={"2016-08": 1})
    path = book.month_results(THIS)
    text = path.read_text().replace("stock,all,7,,published", "stock,all,8,,guessed")
    path.write_text(text, encoding="utf-8")
    with book.reference("targets").open("a", encoding="utf-8") as file:
        file.write("h,2016-08,90,80,,,Agreed in July.\n")
    return book


def ask(workbook, *words):
    done = CliRunner().invoke(program.main, ["explain", *words, f"--workbook={workbook.root}"])
    return done.exit_code, [line.rstrip() for line in done.stdout.splitlines()], done.stderr


def facts(workbook, code, *words):
    """What the page says of a figure: name → words, and the lines below."""
    status, found, err = ask(workbook, "shire", code, str(THIS), *words)
    assert (status, err) == (0, "")
    end = found.index("")
    made: dict[str, str] = {"": found[0]}
    name = ""
    for line in found[1:end]:
        name = line[:11].strip() or name
        made[name] = " ".join([made.get(name, ""), line[13:].strip()]).strip()
    return made, found[end:]


def test_the_page_of_a_rolling_figure_that_was_revised(workbook):
    found, below = facts(workbook, "roll")
    rows = [line.split() for line in below if line.startswith("20")]

    assert found == {
        "": "Shire, roll  Rolling, August 2016",
        "Result": "104 of 120 = 86.7%",
        "Data period": "rolling 12 months: September 2015 to August 2016, added up",
        "Target": "90.0%, floor standard 80.0%, in force from April 2015",
        "Rating": "Amber: 100 × 104 = 10400 is below 90 × 120 = 10800, the target, and at or above "  # noqa: RUF001
                  "80 × 120 = 9600, the floor standard",  # noqa: RUF001
        "A month ago": "July 2016: not available",
        "A year ago": "August 2015: not available",
        "Provenance": "published",
        "Revised": "yes: first published as 108 of 120 = 90.0%, Green from load 1, changed by "
                   "load 2",
    }  # fmt: skip
    assert len(rows) == 12
    assert rows[-2] == [
        "2016-07",
        *"5 of 10 = 50.0%, published data/results/2016-07.csv 2 2".split(),
    ]
    assert below[-2:] == [
        "Load 1: 2016-09-01 13:00 BST, Analyst: The year",
        "Load 2: 2016-09-02 13:00 BST, Analyst: Late records",
    ]


def test_a_snapshot_with_a_changed_definition(workbook):
    found, _ = facts(workbook, "h")

    assert found["Data period"] == "snapshot: August 2016"
    assert found["Definition"] == "What is counted."
    assert found["Target"] == (
        "90.0%, floor standard 80.0%, in force from August 2016 Agreed in July."
    )
    assert found["Rating"].startswith("Green: 100 ")
    assert found["A month ago"] == "July 2016: not comparable"
    assert found["Revised"] == "no"


def test_near_the_target_is_best(workbook):
    found, _ = facts(workbook, "t")

    assert found["Target"] == (
        "17.5%, Green within 2.5 percentage points of the target, Amber within 7.5 percentage "
        "points of the target, in force from April 2015"
    )
    assert found["A month ago"].startswith("July 2016: 276 of 1275 = 21.6%; the same: |100 ")


def test_a_result_beside_a_threshold_has_the_decimals_that_show_its_rating(workbook):
    found, _ = facts(workbook, "l")

    assert found["Result"] == "47 of 362 = 13.0%, 12.98% with the decimals that show its rating"
    assert found["Rating"].startswith("Amber: ")


def test_a_figure_supplied_finished(workbook):
    found, below = facts(workbook, "done")

    assert found["Data period"] == "rolling 12 months: August 2016, supplied as the finished figure"
    assert len([line for line in below if line.startswith("20")]) == 1


def test_a_measure_that_is_not_rated_and_was_edited_by_hand(workbook):
    found, below = facts(workbook, "stock")

    assert [*found] == ["", "Result", "Data period", "Provenance", "Revised"]
    assert (found["Result"], found["Revised"]) == (
        "8", "yes: first published as 7 from load 1, changed by an edit by hand",
    )  # fmt: skip
    assert next(line for line in below if line.startswith("20")).split()[-1] == "none"
    assert (
        "No load has this result: it was edited by hand in data/results, or never loaded." in below
    )
    assert "guessed: A guess." in below


def test_without_a_target(workbook):
    found, _ = facts(workbook, "free")

    assert (found["Target"], found["Rating"]) == ("none is in force", "Not rated")


def test_as_at_a_load(workbook):
    found, below = facts(workbook, "roll", "--as-at", "1")

    assert (found["Result"], found["Revised"]) == ("108 of 120 = 90.0%", "no")
    assert any("data/loads/0001/changes.csv" in line for line in below)


def test_of_a_cohort(workbook):
    found, _ = facts(workbook, "h", "--cohort", "excluding_uasc")

    assert found[""] == "Shire, h  Higher is better, excluding UASC, August 2016"
    assert found["Result"] == "8 of 10 = 80.0%"
    asked = ask(workbook, "shire", "l", "2016-08", "--cohort", "excluding_uasc")
    assert asked[:2] == (
        0,
        ["shire has no figure of indicator l for August 2016, excluding UASC."],
    )


def test_months_that_are_missing_are_named(workbook):
    status, found, _ = ask(workbook, "shire", "roll", "2015-10")

    assert status == 0
    assert found[1].startswith(
        "Result       not available: there are no figures of November 2014, "
    )
    assert "Rating       none: there is no result" in found
    assert "2014-11   no figures" in found


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("shier", "h", "2016-08"), "unknown unit `shier`; did you mean `shire`?"),
        (("shire", "rol", "2016-08"), "unknown indicator `rol`; did you mean `roll`?"),
        (("shire", "h", "2017-08"), "2015-09 to 2016-08"),
        (("shire", "h", "August"), "`August` is not a month"),
        (("shire", "h", "2016-08", "--as-at", "9"), "the loads are 1 to 2"),
        (("shire", "h"), "Missing argument 'MONTH'"),
    ],
)
def test_a_mistake_is_named(workbook, words, says):
    status, _, err = ask(workbook, *words)

    assert status == 2
    assert says in err
