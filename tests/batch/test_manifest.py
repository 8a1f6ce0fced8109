"""The plan of a month: which jobs, and every mistake found before anything starts."""

import os
import warnings
from dataclasses import dataclass, field
from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.batch import manifest, plan_faults
from scorecard.errors import MonthError, ParamsError, UnknownNameError
from scorecard.months import Month
from scorecard.params.reports import Appendix
from support.batches import MONTH, make_notebook, make_workbook

PARAMETERS = """month = '2024-06'
unit = 'fenwold'
codes: "list[Indicator]" = ['a1']
beside: "Unit" = 'upper'
limit = 1.5
flag = True
"""


@dataclass
class Catalogue:
    units: dict = field(
        default_factory=lambda: {"fenwold": "Fenwold", "upper": "Upper Fen", "lower": "Lower Fen"}
    )
    kinds: dict = field(default_factory=lambda: {"county": ["fenwold"], "area": ["upper", "lower"]})
    months: list = field(default_factory=lambda: ["2024-05", "2024-06"])
    indicators: list = field(default_factory=lambda: ["a1", "b2", "cp-plans"])
    supplied: dict = field(
        default_factory=lambda: {
            "2024-06": {"fenwold": {"a1", "b2"}, "upper": {"a1"}, "lower": {"a1", "cp-plans"}}
        }
    )
    load: int | None = None
    months_ever: list = field(default_factory=lambda: ["2024-04", "2024-05", "2024-06"])


@pytest.fixture
def plan(tmp_path):
    """Plan the given text of reports.yml with a notebook `page` of many parameters."""
    workbook = make_workbook(tmp_path)
    make_notebook(
        tmp_path / "notebooks/page.ipynb",
        parameters=PARAMETERS,
    )

    def do(reports, month=MONTH, meeting="", catalogue=None):
        (tmp_path / "params/reports.yml").write_text(reports)
        (tmp_path / f"params/{MONTH}.yml").write_text(meeting)
        return manifest.jobs_of_month(
            workbook, tmp_path / "notebooks", month, catalogue or Catalogue()
        )

    return do


def test_a_previous_report_without_results_is_reported_with_the_other_faults(plan):
    with pytest.raises(ParamsError) as caught:
        plan(entry(name="index"), meeting="previous: 2024-03\n")

    assert "params/2024-06.yml, line 1: `previous` is 2024-03, a month without results" in str(
        caught.value
    )
    assert "index page" in str(caught.value)
    assert len(plan(entry(), meeting="previous: 2024-05\n")) == 1


def test_an_attached_document_that_is_missing_is_a_fault_and_one_that_is_there_is_named(
    plan, tmp_path
):
    reports = entry() + "attachments:\n  - {file: plan.pdf, title: Plan, owner: Finance}\n"
    with pytest.raises(
        ParamsError, match=r"line 8: `file`: params/attachments/plan.pdf is missing"
    ):
        plan(reports)
    (tmp_path / "params/attachments").mkdir()
    (tmp_path / "params/attachments/plan.pdf").write_bytes(b"%PDF-1.7")

    assert [job.attachments for job in plan(reports)] == [("Plan (Finance)",)]


def entry(name="page", **keys):
    given = {} if "for_each" in keys else {"parameters": "{unit: fenwold}"}
    lines = {"notebook": "page", "title": "Page", "summary": "A page.", **given, **keys}
    body = "".join(f"    {key}: {value}\n" for key, value in lines.items())
    return f"appendices:\n  - name: {name}\n{body}"


def test_a_job_has_the_month_and_the_parameters_of_its_entry(plan):
    (job,) = plan(entry(parameters="{unit: fenwold, codes: [a1, b2]}"))
    assert job.parameters == {"month": "2024-06", "unit": "fenwold", "codes": ["a1", "b2"]}
    assert (job.name, job.notebook.name, job.timeout) == ("page", "page.ipynb", 120)


@pytest.mark.parametrize(
    ("keys", "begins", "due"),
    [
        ({}, 4, range(1, 13)),
        ({"every": "month"}, 4, range(1, 13)),
        ({"every": "quarter"}, 4, [3, 6, 9, 12]),
        ({"every": "quarter"}, 2, [1, 4, 7, 10]),
        ({"every": "year"}, 4, [3]),
        ({"every": "year"}, 1, [12]),
        ({"months": [5, 10]}, 4, [5, 10]),
    ],
)
def test_an_appendix_appears_in_the_months_that_it_says(keys, begins, due):
    found = Appendix(name="page", notebook="page", title="Page", summary="A page.", **keys)
    assert [n for n in range(1, 13) if found.is_due(Month(2024, n), begins)] == list(due)


def test_a_workbook_has_notebooks_of_its_own_beside_the_shared_ones(tmp_path):
    workbook, shared = make_workbook(tmp_path / "book"), tmp_path / "shared"
    for path in (shared / "page.ipynb", shared / "two.ipynb", workbook.notebooks / "two.ipynb"):
        make_notebook(path, parameters=PARAMETERS)
    both = entry() + entry("own", notebook="two").removeprefix("appendices:\n")
    (tmp_path / "book/params/reports.yml").write_text(both)
    jobs = manifest.jobs_of_month(workbook, shared, MONTH, Catalogue())
    assert [job.notebook for job in jobs] == [
        shared / "page.ipynb",
        workbook.notebooks / "two.ipynb",
    ]
    (workbook.notebooks / "two.ipynb").rename(workbook.notebooks / "three.ipynb")
    (tmp_path / "book/params/reports.yml").write_text(entry(notebook="four"))
    with pytest.raises(
        ParamsError, match="unknown notebook `four`; the names are `page`, `three`, `two`"
    ):
        manifest.jobs_of_month(workbook, shared, MONTH, Catalogue())


def test_an_appendix_that_does_not_appear_is_not_planned_and_has_no_letter(plan, tmp_path):
    both = entry() + entry("end", every="year").removeprefix("appendices:\n")
    assert [job.name for job in plan(both)] == ["page"]
    with pytest.raises(ParamsError, match="letter for an unknown appendix `end`"):
        plan(both, meeting="letters: {end: B}\n")
    (tmp_path / "params/wording.yml").write_text("council: C\nservice: S\nyear_begins: 7\n")
    assert [job.name for job in plan(both)] == ["page", "end"]


def test_a_month_without_an_appendix_can_t_be_published(plan):
    with pytest.raises(ParamsError, match=r"reports\.yml: no appendix appears in June 2024"):
        plan(entry(months="[1]"))


@pytest.mark.parametrize("keys", [{"every": "week"}, {"months": "[13]"}, {"months": "[0]"}])
def test_an_appendix_appears_in_months_there_are(plan, keys):
    with pytest.raises(ParamsError, match=r"params/reports\.yml, line"):
        plan(entry(**keys))


def test_the_months_of_an_appendix_are_given_once(plan):
    with pytest.raises(ParamsError, match="say `every` or `months`, not both"):
        plan(entry(every="year", months="[3]"))


def test_for_each_makes_a_job_for_each_unit_of_the_kind(plan):
    jobs = plan(entry("area-{unit}", for_each="area", title='"{unit_name} scorecard"'))
    assert [(j.name, j.title, j.parameters["unit"]) for j in jobs] == [
        ("area-upper", "Upper Fen scorecard", "upper"),
        ("area-lower", "Lower Fen scorecard", "lower"),
    ]


@pytest.mark.parametrize(
    "given", ["{month: 2024-05, unit: fenwold}", "{title: Mine, unit: fenwold}"]
)
def test_what_the_batch_sets_can_t_be_set_again(plan, given):
    with pytest.raises(ParamsError, match="is set by the batch"):
        plan(entry(parameters=given))


def test_a_unit_of_for_each_can_t_be_another_one(plan):
    with pytest.raises(ParamsError, match="`unit` is set by the batch"):
        plan(entry("area-{unit}", for_each="area", parameters="{unit: fenwold}"))


def test_a_notebook_s_own_unit_is_no_council_s(plan):
    with pytest.raises(ParamsError, match=r"page\.ipynb needs the parameter `unit`"):
        plan(entry(parameters="{codes: [a1]}"))


def test_an_entry_may_have_a_timeout_of_its_own_and_a_letter(plan):
    (job,) = plan(entry(timeout_seconds=7), meeting="letters: {page: B}\n")
    assert (job.timeout, job.letter) == (7, "B")


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ("{code: [a1]}", "page.ipynb: unknown parameter `code`; did you mean `codes`?"),
        ("{codes: a1}", "parameter `codes` is 'a1', but the notebook takes a list of text"),
        ("{codes: [1]}", "parameter `codes` is [1], but the notebook takes a list of text"),
        ("{unit: 5}", "parameter `unit` is 5, but the notebook takes text"),
        ("{limit: many}", "parameter `limit` is 'many', but the notebook takes a number"),
        ("{flag: 1}", "parameter `flag` is 1, but the notebook takes true or false"),
        ("{unit: uper}", "unknown unit `uper`; did you mean `upper`?"),
        ("{beside: uper}", "unknown unit `uper`; did you mean `upper`?"),
        ("{codes: [a1, cp-plan]}", "unknown indicator `cp-plan`; did you mean `cp-plans`?"),
        ("{codes: [b2, a1, b2]}", "the indicator `b2` occurs twice in `codes`"),
    ],
)
def test_a_wrong_parameter_is_found_before_anything_runs(plan, parameters, said):
    with pytest.raises(ParamsError) as caught:
        plan(entry(parameters=parameters))
    assert said in str(caught.value)


def without(unit, *codes, month="2024-06"):
    """The catalogue where a unit has only the results of `codes` in a month."""
    found = Catalogue()
    found.supplied = {**found.supplied, month: {**found.supplied[month], unit: set(codes)}}
    if not codes:
        del found.supplied[month][unit]
    return found


@pytest.mark.parametrize(
    ("entry_of", "catalogue", "said"),
    [
        (entry(), without("fenwold"),
         "line 2: `page`: Fenwold (`fenwold`) has no result in June 2024, so there would be"),
        (entry("area-{unit}", for_each="area"), without("lower"),
         "line 2: `area-{unit}`: Lower Fen (`lower`) has no result in June 2024"),
        (entry(parameters="{unit: fenwold, codes: [a1, b2]}"), without("fenwold", "cp-plans"),
         "Fenwold (`fenwold`) has no result of `a1` and `b2` in June 2024"),
        (entry(), Catalogue(supplied={}), "Fenwold (`fenwold`) has no result in June 2024"),
    ],
)  # fmt: skip
def test_an_appendix_with_nothing_to_show_stops(plan, entry_of, catalogue, said):
    with pytest.raises(ParamsError) as caught:
        plan(entry_of, catalogue=catalogue)
    assert said in str(caught.value)
    assert "Load its results, as in `run_month.py load FILE`, or leave" in str(caught.value)


def test_an_appendix_needs_a_result_of_one_of_its_indicators_only(plan):
    wanted = entry(parameters="{unit: fenwold, codes: [a1, b2]}")
    assert plan(wanted, catalogue=without("fenwold", "b2"))
    assert plan(entry(), catalogue=without("upper")), "another unit's page is not concerned"


def test_a_whole_number_will_do_for_a_number(plan):
    assert plan(entry(parameters="{limit: 2, unit: fenwold}"))


@pytest.mark.parametrize(
    ("reports", "said"),
    [
        (entry(notebook="pages"), "unknown notebook `pages`; did you mean `page`?"),
        (entry("index"), "index page"),
        (entry() + entry().partition("\n")[2], "2 appendices have this name"),
        (entry("x", for_each="aera"), "unknown kind of unit `aera`; did you mean `area`?"),
        (entry("x", title='"{unit_name}"'), "line 4: `x`: `{unit_name}` needs `for_each`"),
        (
            entry("x-{unit}", for_each="area", title='"{unit_nam}"'),
            "unknown placeholder `unit_nam`; did you mean `unit_name`?",
        ),
        (entry("x", for_each="area"), "`x`: 2 appendices have this name"),
    ],
)
def test_a_wrong_entry_is_found_before_anything_runs(plan, reports, said):
    with pytest.raises(ParamsError) as caught:
        plan(reports)
    assert said in str(caught.value)


def test_all_faults_are_reported_together(plan):
    with pytest.raises(ParamsError) as caught:
        plan(entry(parameters="{code: [a1], unit: uper, flag: 1}"))
    assert len(str(caught.value).splitlines()) == 3


def test_every_fault_has_its_line_and_one_of_many_units_is_reported_once(plan):
    body = "\n      codes:\n        - a1\n        - cp-plan\n        - a1\n      limit: many"
    with pytest.raises(ParamsError) as caught:
        plan(entry("area-{unit}", for_each="area", parameters=body))
    assert [each.partition(": ")[0] for each in str(caught.value).splitlines()] == [
        "params/reports.yml, line 10", "params/reports.yml, line 11", "params/reports.yml, line 12",
    ]  # fmt: skip
    assert str(caught.value).startswith(
        "params/reports.yml, line 10: `area-{unit}`: "
        "unknown indicator `cp-plan`; did you mean `cp-plans`?"
    )


def test_a_letter_for_an_unknown_appendix_is_an_error(plan):
    with pytest.raises(ParamsError) as caught:
        plan(entry(), meeting="letters:\n  page: A\n  pag: B\n")
    assert str(caught.value) == (
        "params/2024-06.yml, line 3: letter for an unknown appendix `pag`; did you mean `page`?"
    )


def test_a_letter_that_two_appendices_have_is_an_error(plan):
    with pytest.raises(ParamsError) as caught:
        plan(
            entry("area-{unit}", for_each="area"),
            meeting="letters:\n  area-upper: A\n  area-lower: a\n",
        )
    assert str(caught.value) == (
        "params/2024-06.yml, line 3: `area-lower` has the letter a, which `area-upper` has"
    )


@pytest.mark.parametrize(
    "name",
    ["../page", "a/b", "a\\\\b", "/page", "c:page", "Page", "a b", "a.b", "{unit}/..", "..",
     "con", "lpt1", "a" * 81, ""],
)  # fmt: skip
def test_no_name_can_lead_out_of_the_outputs(plan, name):
    with pytest.raises(ParamsError):
        plan(entry(f'"{name}"', for_each="area"))


@given(st.one_of(st.text(alphabet="aconu1-./\\: "), st.sampled_from(["nul", "com1", "prn", "x"])))
def test_a_name_that_is_let_through_is_a_file_beside_the_others_on_any_system(name):
    if not list(plan_faults._of_name(name)):
        file = f"{name}.html"
        assert os.path.normpath(f"/outputs/2024-06/{file}") == f"/outputs/2024-06/{file}"
        assert PureWindowsPath(file).name == file
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # for a twin, since Python 3.13
            assert not PureWindowsPath(file).is_reserved()


def test_a_unit_of_the_data_can_not_lead_out_of_the_outputs(plan):
    catalogue = Catalogue({"../up": "Up"}, {"area": ["../up"]})
    with pytest.raises(ParamsError, match="not a name for files"):
        plan(entry("area-{unit}", for_each="area"), catalogue=catalogue)


def test_a_month_without_results_says_which_months_have_some(plan):
    with pytest.raises(MonthError, match="the store holds 2024-05 to 2024-06"):
        plan(entry(), MONTH + 1)


def test_a_month_whose_results_were_removed_is_not_called_new(plan):
    says = (
        r"the results of 2024-04, which a load recorded, are missing: .* has no row with a figure\."
    )
    with pytest.raises(MonthError, match=says):
        plan(entry(), MONTH - 2)


def test_a_folder_of_notebooks_that_is_not_there_is_reported_once(tmp_path):
    with pytest.raises(ParamsError, match=r"^there is no folder .*/none to take notebooks"):
        manifest.jobs_of_month(make_workbook(tmp_path), tmp_path / "none", MONTH, Catalogue())


def test_only_selects_by_name_and_suggests_the_nearest(plan):
    jobs = plan(entry("area-{unit}", for_each="area"))
    assert [j.name for j in manifest.select(jobs, ["area-lower"])] == ["area-lower"]
    assert manifest.select(jobs, []) == jobs
    with pytest.raises(UnknownNameError, match="did you mean `area-upper`"):
        manifest.select(jobs, ["area-uper"])


def test_a_meeting_is_of_the_committee_of_the_month_or_of_an_appendix(plan):
    with pytest.raises(ParamsError) as caught:
        plan(entry(), meeting="committee: Board\nmeetings: {Board: 2024-07-01, Bord: 2024-07-02}\n")
    assert str(caught.value) == (
        "params/2024-06.yml, line 2: meeting of an unknown committee `Bord`; did you mean `Board`?"
    )
