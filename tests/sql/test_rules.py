"""Every rule of `sql/rules`: the fault it finds, with its file, row, column and remedy."""

from __future__ import annotations

from functools import cache
from itertools import cycle
from typing import NamedTuple

import duckdb
import pytest

from scorecard.input_faults import InputFaultsError
from scorecard.store.loading import load
from scorecard.store.semantic_layer import BEFORE_LOADING
from scorecard.store.sql_files import SQL, sql, sql_names
from support.workbooks import HEADER, INDICATORS, UNITS, make_workbook

RESULT = "2016-08,shire,h,all,90,100,published\n"
RESULTS = HEADER + RESULT


class Broken(NamedTuple):
    """A line that breaks one rule when it is put at the end of `file`."""

    rule: str
    file: str
    line: str
    column: str
    problem: str
    remedy: str


RESULT_MONTHS = ("2016-08", "2016-07", "2016-06")
"""Of results there are most cases, so they are spread over the files of these months."""
OF_RESULTS = cycle(RESULT_MONTHS)


def results(rule: str, line: str, column: str, problem: str, remedy: str) -> Broken:
    """A line of August, or of another month, which it and the remedy say in place of August."""
    month = next(OF_RESULTS) if line.startswith("2016-08") else "2016-08"
    line, problem, remedy = (text.replace("2016-08", month) for text in (line, problem, remedy))
    return Broken(rule, f"results/{month}", line, column, problem, remedy)


CASES = [
    results("results_code", "2016-08,shire,zzz,all,1,2,", "code", "unknown indicator `zzz`",
            "Correct it, or add it"),
    results("results_code", "2016-08,shire,count1,all,1,,", "code", "unknown indicator `count1`",
            "Did you mean `count`? If its row was taken out of indicators.csv, put it back, and "
            "retire it in changes.csv."),
    results("results_code", "2016-08,shire,,all,1,2,", "code", "unknown indicator ``", "Correct"),
    results("results_unit", "2016-08,nroth,h,all,1,2,", "unit", "unknown unit `nroth`",
            "Did you mean `north`? If its row was taken out of units.csv, put it back, and give it "
            "a last_month."),
    results("results_cohort", "2016-08,north,h,exluding_uasc,1,2,", "cohort",
            "unknown cohort `exluding_uasc`", "Did you mean `excluding_uasc`? If its row was taken "
            "out of cohorts.csv, put it back."),
    results("results_cohort", "2016-08,north,h,,1,2,", "cohort", "unknown cohort ``", "Correct it"),
    results("results_duplicate", "2016-08,shire,h,all,91,100,", "code",
            "the first is in row 2", "Delete one of the two rows."),
    results("results_num", "2016-08,north,h,all,ten,100,", "num",
            "the numerator `ten` is not a number", "Write digits"),
    results("results_num", "2016-08,north,h,all,-1,100,", "num",
            "the numerator -1 is negative", "Write digits"),
    results("results_num", "2016-08,north,h,all,,100,", "num", "the numerator is missing",
            "or why there is none"),
    results("results_finished", "2016-08,north,count,all,3,result,", "denom",
            "`count` is a count, so its finished result 3 is the numerator",
            "Leave `denom` empty"),
    results("results_finished", "2016-08,north,roll,all,3,result,", "num",
            "`roll` is added up from months", "Give numerator and denominator of each month"),
    results("results_finished", "2016-08,north,h,all,100.5,result,", "num", "100.5 is above 100",
            "Check it at its source"),
    results("results_num", "2016-08,north,h,all,4.24999,result,", "num",
            "the finished result 4.24999 has more than four decimals", "at most four decimals"),
    results("results_denom", "2016-08,north,h,all,withheld,result,", "denom",
            "the denominator is result, but the result is withheld", "Leave it empty"),
    results("results_status", "2016-08,north,count,all,3|status|withheld,,", "status",
            "the status withheld is beside the numerator 3", "Delete one of the two"),
    results("results_denom", "2016-08,north,h,all,withheld,9,", "denom",
            "the denominator is 9, but the result is withheld", "Leave it empty"),
    results("results_num", '2016-08,north,h,all,"1,281",2000,', "num",
            "the numerator `1,281` is not a number", "Write digits"),
    results("results_num", "2016-08,north,h,all,1e2,200,", "num", "`1e2` is not a number", "Write"),
    results("results_num", "2016-08,north,h,all,0.12345,200,", "num",
            "the numerator 0.12345 has more than four decimals",
            "at most four decimals"),
    results("results_num", "2016-08,north,h,all,nan,200,", "num", "`nan` is not a number", "Write"),
    results("results_denom", "2016-08,north,h,all,1,,", "denom", "the denominator is missing",
            "Write digits"),
    results("results_denom", "2016-08,north,h,all,1,x,", "denom", "`x` is not a number", "Write"),
    results("results_denom", "2016-08,north,h,all,1,9.87654,", "denom",
            "the denominator 9.87654 has more than four decimals", "at most four decimals"),
    results("results_denom", "2016-08,north,days,all,1,-2,", "denom", "-2 is negative", "Write"),
    results("results_denom", "2016-08,north,count,all,1,2,", "denom", "`count` is a count",
            "Leave it empty."),
    results("results_above_denom", "2016-08,north,h,all,101,100,", "num",
            "101 is above the denominator 100", "Check both figures"),
    results("results_month", "2016-07,north,h,all,1,2,", "month",
            "is in a file named after another month", "Write 2016-08"),
    results("results_month", "August,north,h,all,1,2,", "month", "`August` is not a month",
            "Write 2016-08"),
    results("results_month", "2016-8,north,h,all,1,2,", "month", "`2016-8` is not a month",
            "Write 2016-08"),
    results("results_cohort_above_all", "2016-08,shire,h,excluding_uasc,89,101,", "denom",
            "101, is above the denominator of all, 100 (row 2)", "Check both"),
    results("results_cohort_above_all", "2016-08,shire,h,excluding_uasc,91,99,", "num",
            "91, is above the numerator of all, 90 (row 2)", "Check both"),
    results("results_cohort_without_all", "2016-08,north,h,excluding_uasc,1,2,", "cohort",
            "but none for all children", "Add the row with cohort all"),
    results("results_cohort_not_applicable",
            "2016-08,north,l,all,not_applicable,,\n2016-08,north,l,excluding_uasc,3,5,", "cohort",
            "the result of all is not_applicable (row 3), but that of cohort `excluding_uasc` is 3 "
            "of 5.", "Correct the row of all, or delete this one"),
    results("results_cohort_above_all", "2016-08,shire,h,girls,91,99,", "num",
            "the numerator of cohort `girls`, 91, is above the numerator of all, 90 (row 2)",
            "Check both figures"),
    results("results_cohort_without_all", "2016-08,north,h,girls,1,2,", "cohort",
            "a result of cohort `girls` for unit `north`", "Add the row with cohort all"),
    results("results_groups_missing", "2016-08,shire,h,young,1,2,", "cohort",
            "the groups of age add up to all children, but unit `shire`, indicator `h` has no "
            "result of `old`", "with 0 where"),
    results("results_groups_add_up", "2016-08,shire,h,anywhere,90,99,", "denom",
            "the denominators of the groups of place add up to 99, but that of all is 100 (row 2)",
            "write no under exhaustive"),
    results("results_groups_add_up", "2016-08,shire,h,anywhere,89.5,100,", "num",
            "the numerators of the groups of place add up to 89.5, but that of all is 90 (row 2)",
            "Correct the figures"),
    Broken("cohorts_cohort", "cohorts", "Age 5,age,5,yes", "cohort", "`Age 5` is not made of small",
           "as `age_5_9`"),
    Broken("cohorts_cohort", "cohorts", ",age,5,yes", "cohort", "`` is not made of small",
           "Write it"),
    Broken("cohorts_duplicate", "cohorts", "girls,age,5,yes", "cohort",
           "there is a cohort `girls` already", "Delete the row"),
    Broken("cohorts_duplicate", "cohorts", "all,age,5,yes", "cohort",
           "there is a cohort `all` already", "another name"),
    Broken("cohorts_words", "cohorts", "five,,5,yes", "dimension", "the dimension is missing",
           "as age"),
    Broken("cohorts_words", "cohorts", "five,age,,yes", "name", "the name is missing", "as 5 to 9"),
    Broken("cohorts_words", "cohorts", "five,age,UNDER  10,yes", "name",
           "another group of age is called UNDER  10 too", "another name"),
    Broken("cohorts_words", "cohorts", "five,Age,5,yes", "dimension",
           "`Age` is written `age` above", "Write both alike"),
    Broken("cohorts_exhaustive", "cohorts", "five,age,5,true", "exhaustive",
           "`true` is neither yes nor no", "Write yes where"),
    Broken("cohorts_exhaustive", "cohorts", "five,age,5,no", "exhaustive",
           "the other groups of age have `yes`", "Write the same"),
    Broken("targets_code", "targets", "zzz,2016-04,90,80,,,", "code", "there is no indicator `zzz`",
           "Correct"),
    Broken("targets_code", "targets", "stock,2016-04,90,80,,,", "code",
           "`stock` is an activity measure", "give the indicator a polarity"),
    Broken("targets_duplicate", "targets", "h,2015-04,95,80,,,", "valid_from",
           "`h` has a second target from 2015-04", "Delete one"),
    Broken("targets_figures", "targets", "free,2016-04,,80,,,", "target", "the target is missing",
           "Write digits"),
    Broken("targets_figures", "targets", "free,2016-04,90%,80,,,", "target",
           "`90%` is not a figure", "no percent sign"),
    Broken("targets_figures", "targets", "free,2016-04,90,low,,,", "floor", "`low` is not",
           "Write"),
    Broken("targets_figures", "targets", "t,2016-04,90,,x,5,", "green_within", "`x` is not",
           "Write"),
    Broken("targets_figures", "targets", "t,2016-04,90,,2,x,", "amber_within", "`x` is not",
           "Write"),
    Broken("targets_thresholds", "targets", "free,2016-04,90,,,,", "floor",
           "has polarity H and needs a floor", "Write one"),
    Broken("targets_thresholds", "targets", "t,2016-04,17.5,,,7.5,", "green_within",
           "has polarity T and needs", "Write one"),
    Broken("targets_thresholds", "targets", "t,2016-04,17.5,,2.5,,", "amber_within",
           "has polarity T and needs", "Write one"),
    Broken("targets_floor_side", "targets", "free,2016-04,80,90,,,", "floor",
           "the floor 90 is above the target 80, though higher is better", "Check both"),
    Broken("targets_floor_side", "targets", "l,2016-04,13,10,,,", "floor",
           "the floor 10 is below the target 13, though lower is better", "Check both"),
    Broken("targets_floor_side", "targets", "t,2016-04,17.5,,7.5,2.5,", "amber_within",
           "nearer than Green", "Check both"),
    Broken("targets_valid_from", "targets", "free,2016,90,80,,,", "valid_from",
           "`2016` is not a month", "as 2016-04"),
    Broken("targets_valid_from", "targets", "free,,90,80,,,", "valid_from", "`` is not a month",
           "as 2016-04"),
    Broken("indicators_activity", "indicators", "new,Activity,New,,R12M,count,monthly,,,",
           "data_period", "an activity measure (no polarity) has the data_period `R12M`",
           "Write SS or M"),
    Broken("indicators_activity", "indicators", "new,Activity,New,,SS,percent,monthly,,,",
           "format", "has the format `percent`", "Write count"),
    Broken("indicators_choices", "indicators", "new,S,New,X,SS,percent,monthly,,,", "polarity",
           "polarity `X` is not known", "Write H, L or T"),
    Broken("indicators_choices", "indicators", "new,S,New,H,R6M,percent,monthly,,,",
           "data_period", "data_period `R6M` is not known", "Write SS, R12M, YTD or M"),
    Broken("indicators_choices", "indicators", "new,S,New,H,SS,pct,monthly,,,", "format",
           "format `pct` is not known", "Write percent, ratio, days or count"),
    Broken("indicators_choices", "indicators", "new,S,New,H,SS,percent,weekly,,,", "supplied",
           "supplied `weekly` is not known", "Write monthly or window"),
    Broken("indicators_code", "indicators", "New Code,S,New,H,SS,percent,monthly,,,", "code",
           "the code `New Code` is not made of letters", "Write it as"),
    Broken("indicators_code", "indicators", "../x,S,New,H,SS,percent,monthly,,,", "code",
           "the code `../x` is not", "Write it as"),
    Broken("indicators_comparable_from", "indicators",
           "new,S,New,H,SS,percent,monthly,Spring 2016,,", "comparable_from",
           "`Spring 2016` is not a month", "as 2016-04"),
    Broken("indicators_duplicate", "indicators", "h,S,Again,H,SS,percent,monthly,,,", "code",
           "code `h` is here a second time", "Delete one"),
    Broken("indicators_same_code", "indicators", "H,S,New,H,SS,percent,monthly,,,", "code",
           "code `H` differs from `h` (row 2) in capitals only", "Give one of the two another"),
    Broken("indicators_same_name", "indicators",
           "new,Section,Year  to Date,H,SS,percent,monthly,,,", "name",
           "indicator `new` has the name of indicator `ytd` (row 6)", "Give the two names"),
    Broken("indicators_same_section", "indicators", "new,SECTION,New,H,SS,percent,monthly,,,",
           "section", "section `SECTION` differs from `Section` (row 2) in capitals or spaces only",
           "Write `Section`, or give"),
    Broken("indicators_words", "indicators", "new,S,,H,SS,percent,monthly,,,", "name",
           "indicator `new` has no name", "Write one"),
    Broken("indicators_words", "indicators", "new,,New,H,SS,percent,monthly,,,", "section",
           "indicator `new` has no section", "Write one"),
    Broken("indicators_nouns", "indicators", "new,S,New,H,SS,percent,monthly,,,,children,",
           "counted_as", "`children` has to be a noun for one", "child / children"),
    Broken("indicators_nouns", "indicators", "new,S,New,H,SS,percent,monthly,,,,a / b,late / ",
           "others_are", "`late /` has to be a noun for one", "with a slash"),
    Broken("units_circle", "units", "east,East,area,east", "parent",
           "unit `east` is its own ancestor", "Correct the parents"),
    Broken("units_duplicate", "units", "north,Again,area,shire", "unit",
           "unit `north` is in row 3 too, for the same months", "Delete one"),
    Broken("units_duplicate", "units", "ends,Again,area,shire,2016-03,", "unit",
           "unit `ends` is in row 6 too, for the same months", "or give the first its last_month"),
    Broken("units_months", "units", "east,East,area,shire,March,", "first_month",
           "`March` is not a month", "Write the first month"),
    Broken("units_months", "units", "east,East,area,shire,,March", "last_month",
           "`March` is not a month", "Write the last month"),
    Broken("units_months", "units", "east,East,area,shire,2016-04,2016-03", "last_month",
           "unit `east` ends in 2016-03, before it begins", "Correct one of the two"),
    Broken("units_parent_months", "units", "team,Team,team,ends,2015-06,2016-04", "parent",
           "unit `team` belongs to `ends` after 2016-03, when that ends", "Give the unit its"),
    Broken("units_parent_months", "units", "team,Team,team,begins,2016-03,", "parent",
           "unit `team` belongs to `begins` before 2016-04, when that begins", "Give the unit its"),
    Broken("units_same_name", "units", "east,Ends,area,shire,2016-03,", "name",
           "unit `east` has the name of unit `ends` (row 6)", "Give the two names"),
    Broken("units_circle", "units", "begins,East,area,begins,2015-01,2016-01", "parent",
           "unit `begins` is its own ancestor", "Correct the parents"),
    results("results_unit_month", "2016-08,ends,h,all,1,2,", "unit",
            "there is no unit `ends` in 2016-08", "Correct its first_month or last_month"),
    Broken("units_kind", "units", "east,East,region,shire", "kind", "kind `region` is not known",
           "Write county, area, service or team"),
    Broken("units_name", "units", "east,,area,shire", "name", "unit `east` has no name",
           "Write the name"),
    Broken("units_parent", "units", "east,East,area,shore", "parent",
           "parent `shore` is not a unit of this file", "Did you mean `shire`?"),
    Broken("units_parent", "units", "east,East,area,", "parent", "belongs to no other unit",
           "Name the unit"),
    Broken("units_parent", "units", "east,East,county,shire", "parent",
           "a county belongs to no other unit", "Leave the parent empty"),
    Broken("units_same_name", "units", "north-2,NORTH  team,team,north", "name",
           "unit `north-2` has the name of unit `north-team` (row 5)", "Give the two names"),
    Broken("units_slug", "units", "East End,East,area,shire", "unit",
           "the slug `East End` is not made of", "Write it as"),
    results("results_provenance_formula", "2016-08,north,h,all,1,2,=1+1", "provenance",
            "the provenance `=1+1` looks like a spreadsheet formula", "Write a word."),
    results("results_provenance", "2016-08,north,h,all,1,2,publishd", "provenance",
            "unknown provenance `publishd`", "Did you mean `published`? If its row was taken out "
            "of provenance.csv, put it back."),
    results("results_provenance", "2016-08,north,h,all,1,2,", "provenance",
            "the provenance is missing", "Name one of provenance.csv."),
    Broken("provenance_duplicate", "provenance", "published,p,,Again,,", "provenance",
           "provenance `published` is here a second time", "Name each provenance once"),
    Broken("provenance_phrases", "provenance", "guessed,,,A guess.,is guessed,", "phrase_many",
           "provenance `guessed` has one phrase without the other", "Write both, such as"),
    Broken("provenance_phrases", "provenance", "guessed,,,A guess.,,are guessed", "phrase_one",
           "provenance `guessed` has one phrase without the other", "or none"),
    Broken("provenance_duplicate", "provenance", ",n,,Nothing,,", "provenance",
           "the provenance is missing", "Name each"),
    Broken("comparators_code", "comparators", "zzz,England,2016-04,Year,50,Return", "code",
           "there is no indicator `zzz`", "Correct"),
    Broken("comparators_words", "comparators", "h,,2016-04,Year,50,Return", "comparator",
           "the comparator is missing", "as England"),
    Broken("comparators_words", "comparators", "h,England,2016-04,,50,Return", "period",
           "the period is missing", "in words"),
    Broken("comparators_words", "comparators", "h,England,2016-04,Year,50,", "source",
           "the source is missing", "was published"),
    Broken("comparators_words", "comparators", "h,England,spring,Year,50,Return", "valid_from",
           "`spring` is not a month", "as 2016-04"),
    Broken("comparators_result", "comparators", "h,England,2016-04,Year,,Return", "result",
           "the result is missing", "Write digits"),
    Broken("comparators_result", "comparators", "h,England,2016-04,Year,50%,Return", "result",
           "`50%` is not a figure", "no percent sign"),
    Broken("comparators_result", "comparators", "h,England,2016-04,Year,100.1,Return", "result",
           "`100.1` is above 100%", "Write digits"),
    Broken("comparators_duplicate", "comparators", "h,England,2016-01,Year,50,Return", "valid_from",
           "`h` has a second result of England from 2016-01", "Delete one"),
    Broken("steps_code", "steps", "zzz,2016-04,Why", "code", "there is no indicator `zzz`",
           "Correct"),
    Broken("steps_code", "steps", "done,2016-04,Why", "code",
           "`done` is supplied as a finished rolling figure", "Delete the row"),
    Broken("steps_month", "steps", "h,spring,Why", "month", "`spring` is not a month",
           "as 2016-04"),
    Broken("steps_month", "steps", "h,,Why", "month", "`` is not a month", "as 2016-04"),
    Broken("steps_month", "steps", "h,2016-04,", "reason", "the step has no reason",
           "what changed"),
    Broken("steps_duplicate", "steps", "h,2016-01,Again", "month",
           "`h` has a second step in 2016-01", "one row"),
    Broken("changes_code", "changes", "zzz,2016-04,added,Why,,", "code",
           "there is no indicator `zzz`", "Correct"),
    Broken("changes_words", "changes", "t,spring,added,Why,,", "month", "`spring` is not a month",
           "as 2016-04"),
    Broken("changes_words", "changes", "t,2016-04,new,Why,,", "change", "`new` is not a change",
           "Write added, amended or retired"),
    Broken("changes_words", "changes", "t,2016-04,added,,,", "reason", "the change has no reason",
           "in a sentence"),
    Broken("changes_words", "changes", "t,2016-04,amended,Why,maybe,", "recounted",
           "`maybe` is neither yes nor no", "counted again"),
    Broken("changes_words", "changes", "t,2016-04,retired,Why,yes,", "recounted",
           "only results of an amended indicator are recounted, and this one is retired",
           "Leave it empty"),
    Broken("changes_duplicate", "changes", "l,2016-03,added,Why,,", "month",
           "`l` has a second change in 2016-03", "Delete one"),
    Broken("changes_order", "changes", "l,2016-04,retired,Why,,", "change",
           "`l` was retired in 2016-03.", "added again"),
    Broken("changes_order", "changes", "l,2016-04,amended,Why,,", "change",
           "`l` was retired in 2016-03.", "Correct the month"),
    Broken("changes_order", "changes", "free,2016-04,added,Why,,", "change",
           "`free` was added in 2016-02 already", "when it was retired in between"),
    Broken("changes_order", "changes", "free,2016-01,amended,Why,,", "change",
           "`free` is not there before 2016-02, when it is added", "Correct the month"),
    Broken("changes_replaced_by", "changes", "t,2016-04,added,Why,,h", "replaced_by",
           "only a retired indicator is replaced, and this one is added", "Leave it empty"),
    Broken("changes_replaced_by", "changes", "t,2016-04,retired,Why,,hh", "replaced_by",
           "there is no indicator `hh`", "Did you mean"),
    Broken("changes_replaced_by", "changes", "t,2016-04,retired,Why,,t", "replaced_by",
           "`t` replaces itself", "takes its place"),
    Broken("changes_replaced_by", "changes", "t,2016-04,retired,Why,,l", "replaced_by",
           "`l` is not in the catalogue in 2016-04", "Name one that is"),
    Broken("changes_replaced_by", "changes", "t,2016-01,retired,Why,,free", "replaced_by",
           "`free` is not in the catalogue in 2016-01", "Name one that is"),
    Broken("changes_said_once", "steps", "days,2016-05,A form", "month",
           "`days` is amended in 2016-05, which says the same", "Delete the row"),
    Broken("period_provenance_result", "period_provenance", "2016-08,north,h,all,,published",
           "code", "there is no result of unit `north`", "Correct the row"),
    Broken("period_provenance_result", "period_provenance", "2016-08,shire,h,all,,",
           "provenance", "the provenance is missing", "Name one"),
    Broken("period_provenance_result", "period_provenance", "2016-08,shire,h,all,R12M,published",
           "data_period", "data period `R12M` is not known", "Write R3M"),
]  # fmt: skip


def with_nouns(catalogue: str) -> str:
    """A catalogue with the two columns that may be left out, both empty."""
    head, *rows = catalogue.splitlines()
    return "\n".join([f"{head},counted_as,others_are", *(f"{row},," for row in rows)]) + "\n"


MONTHS = (
    "ends,Ends,area,shire,2015-01,2016-03\nbegins,Begins,area,shire,2016-04,\n"
    "moves,Moves,team,ends,2015-01,2015-12\nmoves,Moves,team,begins,2016-04,\n"
)
"""Units of some months, after those that there always are."""


def with_months(units: str) -> str:
    """Units with the two columns of months, and some units that have them."""
    head, *rows = units.splitlines()
    return (
        "\n".join([f"{head},first_month,last_month", *(f"{row},," for row in rows)]) + "\n" + MONTHS
    )


def changed_files(case):
    """The files that a case needs to itself."""
    return {case.file, "units"} if case.rule == "results_unit_month" else {case.file}


def together(cases):
    """The cases in groups that one workbook can hold: each of another file."""
    groups = []
    for case in cases:
        files = changed_files(case)
        fits = (group for group in groups if not any(files & changed_files(each) for each in group))
        group = next(fits, None)
        if group is None:
            groups.append(group := [])
        group.append(case)
    return groups


def has_months(case):
    """Whether a case needs units of some months."""
    return case.rule == "results_unit_month" or (case.file == "units" and case.line.count(",") == 5)


def break_workbook(folder, *cases):
    """A sound workbook with a broken line at the end of a file, for each case of another file."""
    workbook = make_workbook(folder, {})
    texts = {
        **{f"results/{month}": RESULTS.replace("2016-08", month) for month in RESULT_MONTHS},
        "reference/provenance": (
            "provenance,marker,count_marker,footnote,phrase_one,phrase_many\npublished,,,,,\n"
        ),
        "reference/changes": (
            "code,month,change,reason,recounted,replaced_by\nl,2016-03,retired,Why,,\n"
            "free,2016-02,added,Why,,\ndays,2016-05,amended,Why,,\n"
        ),
        "reference/steps": "code,month,reason\nh,2016-01,A new form\n",
        "reference/comparators": (
            "code,comparator,valid_from,period,result,source\n"
            "h,England,2016-01,Year to March 2015,100,A return\n"
        ),
        "reference/cohorts": (
            "cohort,dimension,name,exhaustive\nyoung,age,Under 10,yes\nold,age,10 and over,yes\n"
            "girls,gender,Girls,no\nanywhere,place,Anywhere,yes\n"
        ),
        "reference/period_provenance": "month,unit,code,cohort,data_period,provenance\n",
    }
    for name, text in texts.items():
        (folder / f"data/{name}.csv").write_text(text, encoding="utf-8")
    if "indicators_nouns" in {case.rule for case in cases}:
        catalogue = workbook.reference("indicators")
        catalogue.write_text(with_nouns(INDICATORS), encoding="utf-8")
    if any(has_months(case) for case in cases):
        workbook.reference("units").write_text(with_months(UNITS), encoding="utf-8")
    for case in cases:
        with (folder / file_of(case)).open("a", encoding="utf-8") as file:
            file.write(case.line + "\n")
    return workbook


def file_of(case):
    return f"data/{case.file if '/' in case.file else f'reference/{case.file}'}.csv"


def staged(workbook):
    """A connection with the workbook's files loaded, and the faults that loading them raised."""
    connection = duckdb.connect()
    for name in ("schema", *BEFORE_LOADING):
        connection.execute((SQL / f"{name}.sql").read_text(encoding="utf-8"))
    try:
        load(connection, workbook)
    except InputFaultsError as error:
        return connection, error
    return connection, None


def test_indicators_of_a_section_come_one_after_the_other_wherever_their_rows_are(tmp_path):
    line = "new,Section,New,H,SS,percent,monthly,,,"
    workbook = break_workbook(tmp_path, Broken("", "indicators", line, "", "", ""))
    connection, faults = staged(workbook)

    assert faults is None
    codes = [code for (code,) in connection.sql("SELECT code FROM indicators").fetchall()]
    order = connection.sql("SELECT code FROM indicators ORDER BY position").fetchall()
    assert codes[-3:] == ["new", "stock", "flow"]
    assert order == [(code,) for code in codes]


def test_a_sound_workbook_has_no_fault(tmp_path):
    workbook = break_workbook(tmp_path, Broken("", "results/2016-08", "", "", "", ""))

    assert staged(workbook)[1] is None


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("h,,1,2,", "unknown cohort ``"),
        ("h,young,1,2,", "but none for all children"),
        ("stock,all,7,result,", "`stock` is a count, so its finished result 7 is the numerator"),
        ("h,all,7|result|denom,2,", "the finished result"),
        ("h,all,1,2,=guess", "looks like a spreadsheet formula"),
    ],
)
def test_one_row_that_has_what_no_other_has_is_held_against_the_rules_of_it(tmp_path, row, problem):
    workbook = break_workbook(tmp_path, Broken("", "results/2016-08", "", "", "", ""))
    workbook.reference("provenance").unlink()
    for path in workbook.results():
        path.unlink()
    workbook.month_results("2016-08").write_text(f"{HEADER}2016-08,shire,{row}\n")

    assert problem in str(staged(workbook)[1])


SEVERAL = "the provenance `guess` is not the only one, and there is no file that explains it"


@pytest.mark.parametrize(
    ("results", "periods", "first_rows"),
    [
        (["guess", "guess"], [], []),
        (["guess", "sure"], [], [2]),
        (["guess", ""], [], []),
        (["guess", "guess"], ["guess"], []),
        (["guess", "guess"], ["sure"], [2]),
    ],
)
def test_several_provenances_need_a_file_that_explains_them(tmp_path, results, periods, first_rows):
    lines = [f"2016-0{8 - n},shire,h,all,1,2,{each}" for n, each in enumerate(results)]
    workbook = break_workbook(tmp_path, Broken("", "results/2016-08", "", "", "", ""))
    data = workbook.root / "data"
    (data / "reference/provenance.csv").unlink()
    for path in workbook.results():
        path.unlink()
    (data / "results/2016-08.csv").write_text(HEADER + "\n".join(lines) + "\n")
    header = "month,unit,code,cohort,data_period,provenance"
    given = [f"2016-08,shire,h,all,,{each}" for each in periods]
    (data / "reference/period_provenance.csv").write_text("\n".join([header, *given]) + "\n")

    _, error = staged(workbook)
    faults = error.faults if error else []
    assert [each.row for each in faults if each.problem.startswith(SEVERAL)] == first_rows


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """Gives the workbook of a case, a connection with it, and the faults; made once for a group."""

    @cache
    def of(number):
        workbook = break_workbook(tmp_path_factory.mktemp("broken"), *groups[number])
        return workbook, *staged(workbook)

    groups = together(CASES)
    number_of = {case: number for number, group in enumerate(groups) for case in group}
    return lambda case: of(number_of[case])


@pytest.mark.parametrize("case", CASES, ids=[f"{c.rule}-{c.line}" for c in CASES])
def test_a_broken_line_is_reported_with_its_place_and_a_remedy(loaded, case):
    workbook, connection, error = loaded(case)
    file = file_of(case)
    last = len((workbook.root / file).read_text(encoding="utf-8").splitlines())
    rule = (SQL / "rules" / f"{case.rule}.sql").read_text(encoding="utf-8")

    assert error, "the workbook was loaded"
    of_file = [row for name, row, *_ in connection.execute(rule).fetchall() if name == file]
    assert last in of_file, f"{case.rule} found nothing"
    found = [
        fault
        for fault in error.faults
        if (fault.file, fault.row, fault.column) == (file, last, case.column)
    ]
    (fault,) = [fault for fault in found if case.problem in fault.problem]
    assert case.remedy in fault.remedy
    assert str(fault) in str(error)


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("units", "south-team,North Team,team,south"),
        ("units", "north,North,area,shire"),  # the slug is told of, and not the name too
        ("indicators", "new,Another section,Higher is better,H,SS,percent,monthly,,,"),
    ],
)
def test_a_name_may_come_again_elsewhere(tmp_path, file, line):
    workbook = break_workbook(tmp_path, Broken("", file, line, "", "", ""))
    found = staged(workbook)[1]

    assert "has the name of" not in str(found)


SOUND = {
    "reference/units": "north,North,area,shire,2015-01,2016-12",
    "reference/indicators": "n,Section,New,H,SS,percent,monthly,2015-01,What it is,A return",
    "reference/targets": "free,2016-04,90,80,5,5,A note",
    "reference/provenance": "guess,g,g,A guess.,is guessed,are guessed",
    "reference/changes": "t,2016-04,retired,Why,yes,h",
    "reference/steps": "h,2016-03,Why",
    "reference/comparators": "h,Wales,2016-01,Year,50,Return",
    "reference/cohorts": "boys,gender,Boys,no",
    "reference/period_provenance": "2016-08,shire,h,all,R3M,published",
    "results/2016-08": "2016-08,south,h,all,1,2,published",
}
"""A line with something in each cell, for each file."""


@pytest.mark.parametrize("file", SOUND)
def test_a_line_that_lacks_cells_is_a_fault_with_a_problem_and_a_remedy(tmp_path, file):
    cells = SOUND[file].split(",")
    alone = [["" if n != at else cell for n, cell in enumerate(cells)] for at in range(len(cells))]
    without = [[*cells[:at], "", *cells[at + 1 :]] for at in range(len(cells))]
    workbook = break_workbook(tmp_path)
    workbook.reference("units").write_text(with_months(UNITS), encoding="utf-8")
    with (workbook.root / f"data/{file}.csv").open("a", encoding="utf-8") as end:
        end.writelines(f"{','.join(row)}\n" for row in [*alone, *without])

    _, error = staged(workbook)

    assert error.faults
    assert all(each.problem and each.remedy for each in error.faults)


def test_every_rule_has_a_line_that_breaks_it():
    assert set(sql_names("rules")) == {case.rule for case in CASES}


def test_every_rule_says_what_it_holds():
    for rule in sql_names("rules"):
        assert sql(f"rules/{rule}").startswith("-- "), rule
