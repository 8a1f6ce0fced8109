"""Parameter files: every fault with file, line and the nearest key, all at once."""

from __future__ import annotations

import pytest

from scorecard.errors import ParamsError
from scorecard.params.reports import read_reports
from scorecard.params.wording import read_wording
from scorecard.workbook import Workbook

REPORTS = """\
timeout_seconds: 60
appendices:
  - name: area-{unit}
    notebook: area
    title: "{unit_name}"
    summary: One area.
    for_each: area
    parameters:
      codes: ["1"]
"""


@pytest.fixture
def workbook(tmp_path):
    for name in ("data", "params"):
        (tmp_path / name).mkdir()
    return Workbook.at(tmp_path)


def write(workbook, name: str, text: str | bytes) -> None:
    raw = text if isinstance(text, bytes) else text.encode()
    workbook.params(name).write_bytes(raw)


def fault(workbook, text: str | bytes, name: str = "reports") -> str:
    write(workbook, name, text)
    read = {
        "reports": lambda: read_reports(workbook),
        "wording": lambda: read_wording(workbook),
    }[name]
    with pytest.raises(ParamsError) as caught:
        read()
    return str(caught.value)


def test_the_plan_is_read(workbook):
    write(workbook, "reports", REPORTS)
    plan = read_reports(workbook).value

    (appendix,) = plan.appendices
    assert (plan.timeout_seconds, appendix.for_each, appendix.parameters) == (
        60, "area", {"codes": ["1"]},
    )  # fmt: skip


def test_a_misspelt_key_is_reported_with_its_line_and_the_right_one(workbook):
    said = fault(workbook, REPORTS.replace("    notebook:", "    notebok:"))

    assert (
        "params/reports.yml, line 4: unknown key `appendices.0.notebok`; did you mean `notebook`?"
        in said
    )
    assert "key `appendices.0.notebook` is missing" in said


def test_a_repeated_key_is_reported_though_yaml_would_keep_the_last(workbook):
    said = fault(workbook, REPORTS + "timeout_seconds: 90\n")

    assert said == "params/reports.yml, line 10: key `timeout_seconds` is repeated"


def test_wrong_types_are_reported_with_what_was_found(workbook):
    said = fault(workbook, REPORTS.replace("timeout_seconds: 60", "timeout_seconds: soon"))

    assert "params/reports.yml, line 1: `timeout_seconds` is 'soon'" in said


def test_all_faults_of_a_file_are_reported_together(workbook):
    text = REPORTS.replace("60", "0").replace("notebook: area", "notebook: ../area")

    assert len(fault(workbook, text).splitlines()) == 2


@pytest.mark.parametrize("name", ["county report", "County", "a/b", "{unit_name}", "", "-a"])
def test_an_appendix_is_named_by_a_slug(workbook, name):
    said = fault(workbook, REPORTS.replace("area-{unit}", f'"{name}"'))

    assert "line 3: `appendices.0.name`" in said


@pytest.mark.parametrize("name", ["county", "{unit}", "area-{unit}", "{unit}-area", "a-2"])
def test_names_that_are_slugs(workbook, name):
    write(workbook, "reports", REPORTS.replace("area-{unit}", f'"{name}"'))

    assert read_reports(workbook).value.appendices[0].name == name


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("appendices", 0, "parameters", "codes", 2), 11),
        (("appendices", 0, "parameters", "codes"), 9),
        (("appendices", 0, "parameters", "unit"), 8),
        (("appendices", 0), 3),
    ],
)
def test_what_was_read_knows_its_line_or_that_of_its_parent(workbook, place, line):
    write(workbook, "reports", REPORTS.replace('["1"]', '["1",\n        "2",\n        "3"]'))

    assert read_reports(workbook).where(*place) == f"params/reports.yml, line {line}"


def test_a_missing_file_is_reported(workbook):
    with pytest.raises(ParamsError, match=r"params/wording\.yml is missing; the workbook needs it"):
        read_wording(workbook)


def test_what_is_no_yaml_is_reported_with_its_place(workbook):
    assert fault(workbook, "council: [\n", "wording") == (
        "params/wording.yml, line 2, column 1: the line does not go on as those above: look at its "
        "indentation, quotes and brackets"
    )
    assert fault(workbook, "council:\n\tname: Kent\n", "wording") == (
        "params/wording.yml, line 2, column 1: the line begins with a tab: indent it with spaces"
    )


def test_what_is_not_utf_8_is_reported(workbook):
    assert "is not UTF-8 text" in fault(workbook, "council: caf\xe9".encode("latin-1"), "wording")


@pytest.mark.parametrize("text", ["", "- a list\n", "only words\n"])
def test_a_file_that_is_no_mapping_is_reported(workbook, text):
    assert "params/wording.yml" in fault(workbook, text, "wording")
