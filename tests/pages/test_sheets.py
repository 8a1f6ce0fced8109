"""Tables of one indicator after the other are one table of a spreadsheet."""

from __future__ import annotations

from scorecard.data_table import Column, DataTable, Sign
from scorecard.pages.sheets import together

CODE, RESULT, RATING = Column("code", "Code"), Column("result", "Result"), Column("rating", "Rated")
NAME = Column("name", "Name")
GONE = Sign("[c]", "a small number")


def table(name, title, *rows, columns=(CODE, RESULT)):
    signs = {str(each): each.meaning for row in rows for each in row if isinstance(each, Sign)}
    return DataTable(name, title, columns, rows, signs)


def test_tables_of_one_question_are_one_that_names_the_indicator():
    first = table("areas-17", "Moves, in a year: every area, May 2016", ["17", 1], ["17", 2])
    second = table("areas-9", "Interviews: every area, May 2016", ["9", GONE])
    (made,) = together([first, second])

    assert (made.name, made.title) == ("areas", "Every area, May 2016")
    assert [each.name for each in made.columns] == ["name", "code", "result"]
    assert made.rows == [
        ["Moves, in a year", "17", 1], ["Moves, in a year", "17", 2], ["Interviews", "9", "[c]"],
    ]  # fmt: skip
    assert made.signs == {"[c]": "a small number"}


def test_those_with_more_columns_are_on_the_same_sheet_and_others_have_nothing_there():
    given = [
        table("trend-1", "A: by month", ["1", 1]),
        table("trend-2", "B: by month", ["2", 1, "red"], columns=(CODE, RESULT, RATING)),
    ]
    (made,) = together(given)

    assert [each.name for each in made.columns] == ["name", "code", "result", "rating"]
    assert made.rows == [["A", "1", 1, None], ["B", "2", 1, "red"]]


def test_other_columns_are_another_table_with_a_name_of_its_own():
    given = [
        table("trend-1", "A: by month", ["1", 1]),
        table("trend-2", "B: by month", ["2", "red"], columns=(CODE, RATING)),
        table("trend-3", "C: by month", ["3", 1]),
        table("trend-4", "D: by month", ["4", "red"], columns=(CODE, RATING)),
    ]
    assert [(each.name, len(each.rows)) for each in together(given)] == [
        ("trend", 2), ("trend-2", 2),
    ]  # fmt: skip


def test_units_that_differ_are_in_the_rows_and_not_in_the_heading():
    given = [
        table("areas-1", "A: areas", ["1", 1], columns=(CODE, Column("result", "", "Result (%)"))),
        table(
            "areas-2", "B: areas", ["2", 1], columns=(CODE, Column("result", "", "Result (days)"))
        ),
    ]
    (made,) = together(given)

    assert [each.title for each in made.columns] == ["Indicator", "Code", "Result (as measured)"]


def test_tables_of_one_sheet_are_one_of_which_the_title_says_what_all_share():
    given = [
        DataTable(
            each, f"Care, {each}, May: all", (CODE, Column("name", "")), [["1", each]], {}, "All"
        )
        for each in ("North", "South")
    ]
    (made,) = together(given)

    assert (made.title, made.sheet) == ("Care, May: all", "All")
    assert made.rows == [["1", "North"], ["1", "South"]]


def test_a_table_alone_or_of_several_indicators_stays_as_it_is():
    alone = table("areas-17", "Moves: every area", ["17", 1])
    several = table("areas", "Every area", ["17", 1], ["9", 2])
    other = table("totals", "Totals", [1], columns=(RESULT,))
    assert together([alone, several, other]) == [alone, several, other]


def test_titles_that_share_no_end_keep_the_first():
    (made,) = together([table("areas-1", "A", ["1", 1]), table("areas-2", "B", ["2", 2])])
    assert (made.title, [each.name for each in made.columns]) == ("A", ["code", "result"])
