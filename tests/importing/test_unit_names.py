"""Units with one name: pages and messages tell them apart, and an extract may not mix them up."""

from __future__ import annotations

import pytest

from scorecard.errors import ParamsError
from scorecard.input_faults import InputFaultsError
from scorecard.months import Month
from support.load_command import make_desk, recorded
from support.workbooks import make_store

UNITS = """\
unit,name,kind,parent
fenwold,Fenwold,county,
upper-fen,Upper Fen,area,fenwold
lower-fen,Lower Fen,area,fenwold
upper-fen-first-contact,First Contact Team,team,upper-fen
upper-fen-care,Upper Fen Care,team,upper-fen
lower-fen-first-contact,First Contact Team,team,lower-fen
care,Leaving Care,service,fenwold
assessment,Care,team,lower-fen
"""
DESCRIBED = """\
extracts:
  team:
    unit_column: Team
    units: {}
    skip: [Total]
    provenance: published
    results: [{code: stock, num: Open cases}]
"""
UPPER = "`upper-fen-first-contact`, First Contact Team (Upper Fen)"
LOWER = "`lower-fen-first-contact`, First Contact Team (Lower Fen)"


@pytest.fixture
def desk(tmp_path):
    made = make_desk(tmp_path, {"2016-07": "lower-fen-first-contact,stock,all,158,"}, units=UNITS)
    describe(made)
    return recorded(made)


def describe(desk, units="{}", skip="[Total]"):
    text = DESCRIBED.replace("{}", units).replace("[Total]", skip)
    desk.workbook.params("extracts").write_text(text)


def read(desk, *rows, header="Team,Open cases"):
    """What a file gives, and notes on it."""
    file = desk.file(text="\n".join([header, *rows, ""]))
    return desk.read(file, extract="team", month=Month(2016, 8))


def faults(desk, *rows):
    with pytest.raises(InputFaultsError) as caught:
        read(desk, *rows)
    return [
        (each.row, each.column, f"{each.problem} {each.remedy}") for each in caught.value.faults
    ]


def test_a_name_that_means_two_units_is_refused_naming_both(desk):
    said = ["First Contact Team", "first  contact TEAM", "\u00a0first\u00a0Contact Team"]

    found = faults(desk, *(f"{each},182" for each in said), "Upper Fen Care,178")
    for number, each in enumerate(said):
        row, column, words = found[number]
        assert (row, column) == (number + 2, "Team")
        assert words.removeprefix(f"`{' '.join(each.split())}` ") == (
            f"can mean {UPPER}, or {LOWER}. Say which of them under units in "
            "params/extracts.yml; if the file has rows of several, give each another name first."
        )


def test_a_file_with_both_is_reported_in_both_rows(desk):
    with pytest.raises(InputFaultsError) as caught:
        read(desk, "First Contact Team,182", "First Contact Team,158")
    (found,) = [each for each in caught.value.faults if UPPER in str(each) and LOWER in str(each)]

    assert (found.row, found.rows) == (2, 2)


def test_the_description_says_which_is_meant(desk):
    describe(desk, "{FIRST contact team: lower-fen-first-contact}")

    assert read(desk, "First Contact Team,158")[0] == [
        "2016-08,lower-fen-first-contact,stock,all,158,,published"
    ]


def test_two_rows_of_a_name_that_was_given_to_one_unit_are_not_to_be_deleted(desk):
    describe(desk, "{First Contact Team: lower-fen-first-contact}")
    ((row, _, words),) = faults(desk, "First Contact Team,158", "First Contact Team,182")

    assert row == 3
    assert "if they are of two units, say so under units in params/extracts.yml" in words


def test_a_name_that_is_another_units_slug_is_refused(desk):
    ((_, _, words),) = faults(desk, "Care,3")

    assert words.startswith("`Care` can mean `care`, Leaving Care, or `assessment`, Care. Say")


@pytest.mark.parametrize(
    "said", ["upper-fen-care", "Upper Fen Care", "UPPER FEN  care", "Upper Fen Care "]
)
def test_capitals_and_spaces_make_no_difference(desk, said):
    assert read(desk, f"{said},178", "TOTAL,178")[0] == [
        "2016-08,upper-fen-care,stock,all,178,,published"
    ]


def test_a_description_that_gives_a_units_name_to_another_is_reported(desk):
    describe(desk, "{Upper Fen: lower-fen}")
    _, said = read(desk, "Upper Fen,347")

    assert (
        "`Upper Fen` is read as `lower-fen`, as params/extracts.yml says, though `upper-fen` has "
        "that name." in said
    )
    describe(desk, "{Upper Fen: upper-fen}")
    assert "is read as" not in read(desk, "Upper Fen,347")[1]


@pytest.mark.parametrize(
    ("units", "skip"),
    [
        ("{The Fen: upper-fen, the  fen: lower-fen}", "[Total]"),
        ("{total: fenwold}", "[Total]"),
    ],
)
def test_a_description_that_says_two_things_of_a_name_is_refused(desk, units, skip):
    describe(desk, units, skip)
    with pytest.raises(ParamsError, match=r"^params/extracts\.yml, line 4: `team` has `"):
        read(desk, "Upper Fen,347")


def test_an_indicator_is_read_from_one_column(desk):
    path = desk.workbook.params("extracts")
    path.write_text(DESCRIBED.replace("cases}]", "cases}, {code: stock, num: Looked after}]"))
    with pytest.raises(
        ParamsError, match="reads indicator `stock`, cohort `all`, from two columns"
    ):
        read(desk, "Upper Fen,1,2", header="Team,Open cases,Looked after")


def test_changes_of_units_with_one_name_are_distinguished(desk):
    file = desk.file("2016-07,lower-fen-first-contact,stock,all,160,,published")

    assert "First Contact Team (Lower Fen)" in desk.load(file, dry_run=True)


def test_the_store_distinguishes_units_with_one_name(tmp_path):
    units = UNITS + (
        "upper-care,Care,service,upper-fen\n"
        "upper-night,Night Team,team,upper-care\n"
        "lower-night,Night Team,team,assessment\n"
    )
    store = make_store(tmp_path, {"2016-08": "fenwold,stock,all,700,"}, units=units)
    names = dict(zip(*store.units()[["unit", "name"]].to_numpy().T, strict=True))

    assert names["fenwold"] == "Fenwold"
    assert names["upper-fen-first-contact"] == "First Contact Team (Upper Fen)"
    assert names["assessment"] == "Care (Lower Fen)"
    # Both their parents are called Care.
    assert names["upper-night"] == "Night Team (upper-night)"


MOVED = """\
unit,name,kind,parent,first_month,last_month
fenwold,Fenwold,county,,,
one,North,area,fenwold,,2016-07
one,Far North,area,fenwold,2016-08,
two,South,area,fenwold,,2016-07
two,North,area,fenwold,2016-08,
three,South,area,fenwold,2016-08,
"""
"""North and South got other names in August; South's became a new area's, North's South's."""


@pytest.fixture
def moved(tmp_path):
    made = make_desk(tmp_path, {"2016-07": "one,stock,all,158,"}, units=MOVED)
    describe(made)
    return recorded(made)


def of_month(desk, month, *rows):
    file = desk.file(text="\n".join(["Team,Open cases", *rows, ""]))
    return desk.read(file, extract="team", month=month)[0]


def test_an_earlier_month_has_the_names_of_then(moved):
    """What is called South is a unit that began since, so South of July is no other."""
    assert of_month(moved, Month(2016, 6), "South,5") == ["2016-06,two,stock,all,5,,published"]
    assert of_month(moved, Month(2016, 8), "South,5", "North,6", "Far North,7") == [
        "2016-08,one,stock,all,7,,published",
        "2016-08,two,stock,all,6,,published",
        "2016-08,three,stock,all,5,,published",
    ]
    assert of_month(moved, Month(2016, 6), "Far North,5") == ["2016-06,one,stock,all,5,,published"]


def test_a_name_that_passed_from_one_unit_to_another_is_refused_in_earlier_months(moved):
    """The file does not say whether its names are those of then or of now."""
    with pytest.raises(InputFaultsError) as caught:
        of_month(moved, Month(2016, 7), "North,5")

    assert "`North` can mean `one`, North until 2016-07, or `two`, North." in str(caught.value)
