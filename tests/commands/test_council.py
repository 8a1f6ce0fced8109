"""A new council's first hour: init, validate, publish, load, revise, make again."""

import os
import sys
from types import ModuleType

import pytest
from click.testing import CliRunner

from scorecard.commands.program import main
from scorecard.workbook import VARIABLE
from support.places import REPOSITORY


def run(*words, status=0):
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == status, done.output
    return done.output


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A workbook that `init` made."""
    folder = tmp_path_factory.mktemp("council") / "fenwold"
    assert f"Publish its last month: `run_month.py 2026-08 --workbook {folder}`" in run(
        "init", folder
    )
    return folder


@pytest.fixture
def copied(made, tmp_path):
    """A copy of it to spoil."""
    from shutil import copytree

    return copytree(made, tmp_path / "fenwold")


def test_init_makes_nothing_where_something_is(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    assert "is not empty" in run("init", tmp_path, status=2)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert "is not empty" in run("init", tmp_path / "mine.txt", status=2)


def test_init_fills_an_empty_folder_and_leaves_nothing_beside_it(tmp_path):
    (tmp_path / "new").mkdir()
    run("init", tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
    assert len(list((tmp_path / "new/data/results").iterdir())) == 26


def test_init_makes_all_or_nothing(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("scorecard.batch.starting.rename", full)
    assert "the disk is full" in run("init", tmp_path / "new", status=2)
    assert list(tmp_path.iterdir()) == []


def test_every_key_of_the_parameters_is_explained_in_the_workbook_made(made):
    from scorecard.params.brand import BrandFile
    from scorecard.params.cover import Cover
    from scorecard.params.month import Meeting
    from scorecard.params.reports import Appendix
    from scorecard.params.roles import Roles
    from scorecard.params.wording import Wording

    models = {
        "2026-08": Meeting,
        "wording": Wording,
        "brand": BrandFile,
        "roles": Roles,
        "cover": Cover,
        "reports": Appendix,
    }
    for name, model in models.items():
        text = (made / f"params/{name}.yml").read_text()
        missing = [
            key for key in model.model_fields if f"{key}:" not in text and f"#   {key} " not in text
        ]
        assert not missing, name


@pytest.mark.parametrize("folder", ["", "tests/second_council"])
def test_no_fault_is_found_in_the_workbooks_of_this_repository(folder):
    assert run("validate", "--workbook", REPOSITORY / folder).startswith("No fault")


@pytest.mark.thorough  # the how-to's own test does the same but for the revision
def test_a_month_is_published_loaded_into_revised_and_made_again(made):
    place = ["--workbook", made]
    only = ["--only", "uasc-impact", "--engine", "forked"]
    run("2026-08", *only, *place)
    page = made / "outputs/2026-08/uasc-impact.html"
    first = page.read_bytes()
    pack = page.parent
    files = [page, pack / "index.html", *pack.rglob("*-metadata.json")]
    assert len(files) > 3
    assert [
        each for each in files if "figure on this page is made up" not in each.read_text()
    ] == []
    break_(made, "data/reference/targets.csv", "c1,2024-04,95", "c1,2024-04,99")
    break_(made, "data/reference/units.csv", "Hillside,area", "Hillside and Dale,area")
    break_(made, "params/wording.yml", "council: ", "council: New ")
    (made / "data/commentary/2026-08/c3.md").write_text("Another cause.\n")
    changed = run("diff", "2026-08", *place)
    for words in [
        "target of c1 (", "name of hillside: Hillside → Hillside and Dale",
        "params/wording.yml, council: ", "commentary on c3 (",
    ]:  # fmt: skip
        assert words in changed
    for name in ("indicators", "teams"):
        file = made / f"incoming/{name}-2026-09.csv"
        run("load", file, "--extract", name, "--why", "September", *place)
    assert "nothing stops publication" in run("check", "2026-09", *place)
    run("2026-09", *only, *place)
    late = made / "late.csv"
    results = (made / "data/results/2026-08.csv").read_text().splitlines()
    (row,) = [line for line in results if ",sampleshire,c1,all," in line]
    month, unit, code, cohort, num, denom, provenance = row.split(",")
    new = ",".join([month, unit, code, cohort, str(int(num) - 1), denom, provenance])
    late.write_text(f"{results[0]}\n{new}\n")
    assert "with --yes" in run("load", late, "--why", "A late review", *place, status=2)
    run("load", late, "--why", "A late review", "--yes", *place)
    assert "c1" in run("diff", "2026-08", *place)
    run("2026-08", *only, *place)
    assert page.read_bytes() != first
    again = run("2026-08", *only, "--as-at", "1", *place)
    assert "those of version 1, recorded" in again
    listed = run("loads", *place)
    assert "data/reference/targets.csv changed" in listed
    assert (made / "outputs/as-at/1/2026-08/uasc-impact.html").read_bytes() == first


def break_(folder, name, old, new):
    path = folder / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_validate_shows_the_faults_of_all_files_together(copied):
    break_(copied, "data/reference/units.csv", "hillside,Hillside,area", "hillside,Hillside,arae")
    break_(copied, "data/reference/targets.csv", "a1,2024-04,85", "a1,2024-04,x")
    break_(copied, "params/wording.yml", "council:", "counsil:")
    break_(copied, "params/reports.yml", "timeout_seconds: 120", "timeout_seconds: soon")
    break_(copied, "params/2026-08.yml", "2026-10-08", "tomorrow")
    break_(copied, "params/cover.yml", "results of {month}", "results of {moth}")
    break_(copied, "params/disclosure.yml", "threshold: 0", "threshold: -1")
    break_(copied, "params/extracts.yml", "header_row: 2", "header_row: 0")
    (copied / "params/report.yml").write_text("")
    (copied / "params/brand.yml").write_text('accent: "#ffd24d"\n')
    (copied / "params/brand.png").write_text("")
    found = run("validate", "--workbook", copied, status=2)
    for words in [
        "data/reference/units.csv has 1 fault", "data/reference/targets.csv has 1 fault",
        "unknown key `counsil`", "`timeout_seconds` is 'soon'", "`meeting_date` is 'tomorrow'",
        "`threshold` is -1", "params/cover.yml, line 11: `recommendation` is ",
        "`extracts.indicators.header_row` is 0",
        "params/brand.yml, line 1: `accent` is '#ffd24d': its contrast on white is 1.44 to 1",
        "params/brand.png: nothing reads this file",
        "params/report.yml: nothing reads this file; did you mean `reports.yml`?",
    ]:  # fmt: skip
        assert words in found


def test_validate_holds_parameters_and_commentary_against_the_catalogue(copied):
    break_(copied, "params/checks.yml", "stock: plans", "stock: plants")
    break_(copied, "params/extracts.yml", "code: a1", "code: a9")
    break_(copied, "params/roles.yml", "  Staff:", "  Staf:")
    folder = copied / "data/commentary"
    (folder / "2026-08/c3.md").rename(folder / "2026-08/c33.md")
    overview = folder / "2026-08/overview-children-in-care.md"
    overview.rename(overview.with_stem("overview-children"))
    (folder / "2026-08/c2.txt").write_text("In August.")
    (folder / "August").mkdir()
    (folder / "August/c2.md").write_text("In August.")
    found = run("validate", "--workbook", copied, status=2)
    for words in [
        "params/checks.yml, line 4: unknown indicator `plants`; did you mean `plans`?",
        "unknown indicator `a9`",
        "params/roles.yml, line 18: unknown section `Staf`; did you mean `Staff`?",
        "data/commentary/2026-08/c33.md: unknown indicator `c33`; did you mean `c3`?",
        "data/commentary/2026-08/overview-children.md: unknown overview of a section",
        "`overview-children`; did you mean `overview-children-in-care`?",
        "data/commentary/2026-08/c2.txt: commentary is only read from files that end in .md",
        "data/commentary/August/c2.md: `August` is not a month; write it like `2016-08`",
    ]:
        assert words in found


def test_validate_plans_the_last_month_and_each_that_has_parameters(copied):
    break_(copied, "params/2026-08.yml", "county: A", "cuonty: A")
    (copied / "params/2026-07.yml").write_text("letters: {children: B}\n")
    (copied / "params/2030-01.yml").write_text("letters: {children: B}\n")
    found = run("validate", "--workbook", copied, status=2)
    assert "params/2026-08.yml, line 12: letter for an unknown appendix `cuonty`" in found
    assert "params/2026-07.yml, line 1: letter for an unknown appendix `children`" in found
    assert "2030" not in found
    break_(copied, "params/reports.yml", "codes: [c1, c2", "codes: [c0, c2")
    assert "`c0`" in run("validate", "--workbook", copied, status=2)


@pytest.fixture
def given(monkeypatch):
    """What JupyterLab is started with, which does not start."""
    found = []
    application = ModuleType("jupyterlab.labapp")
    application.LabApp = type("LabApp", (), {"launch_instance": staticmethod(found.append)})
    monkeypatch.setitem(sys.modules, "jupyterlab.labapp", application)
    monkeypatch.setattr(sys, "argv", ["run_month.py", "lab"])
    return found


def test_lab_opens_jupyterlab_on_the_workbook_and_passes_its_options_on(made, given, monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    run("lab", "--workbook", made, "--", "--no-browser", "--port=8899")
    root = f"--ServerApp.root_dir={REPOSITORY / 'notebooks'}"
    assert given == [[root, "--no-browser", "--port=8899"]]
    assert os.environ.pop(VARIABLE) == str(made)


def test_lab_opens_the_notebooks_of_the_workbook_if_it_has_some(copied, given, monkeypatch):
    monkeypatch.setenv(VARIABLE, "")
    (copied / "notebooks").mkdir()
    run("lab", "--workbook", copied)
    assert given == [[f"--ServerApp.root_dir={copied / 'notebooks'}"]]


def test_lab_says_so_when_there_is_no_workbook(tmp_path):
    assert "is not a workbook" in run("lab", "--workbook", tmp_path, status=2)
