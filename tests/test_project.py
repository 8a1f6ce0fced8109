"""The project keeps its shape: its files, its commands, and nothing of one machine in it."""

from __future__ import annotations

import re
import subprocess
import tomllib
from typing import TYPE_CHECKING

import pytest
import yaml

from support.places import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

PYPROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
CONDA_NAMES = {"duckdb": "python-duckdb", "tzdata": "python-tzdata"}
"""What conda-forge calls a package of PyPI when it is not the same name."""
TOP = {
    "notebooks", "lib", "data", "params", "outputs", "environment.yml", "tests", "run_month.py",
    "README.md", "CHANGELOG.md", "pyproject.toml", "uv.lock", ".ci", "benchmarks", ".gitignore",
    ".pre-commit-config.yaml", "LICENSE", "CONTRIBUTING.md", "docs",
}  # fmt: skip


def committed() -> list[Path]:
    """Every file that git knows."""
    found = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    return [REPOSITORY / name for name in found.stdout.split("\0") if name]


def texts() -> list[tuple[str, str]]:
    """Every committed file of text, by its name."""
    found = []
    for path in committed():
        if path.exists() and path.suffix not in (".png", ".lock", ".xlsx", ".xz"):
            found.append(
                (path.relative_to(REPOSITORY).as_posix(), path.read_text(encoding="utf-8"))
            )
    return found


def test_nothing_is_at_the_top_that_has_no_place_there():
    assert {path.relative_to(REPOSITORY).parts[0] for path in committed()} <= TOP


@pytest.mark.parametrize("name", sorted(TOP - {"benchmarks"}))
def test_everything_that_belongs_at_the_top_is_there(name):
    assert (REPOSITORY / name).exists()


def test_conda_installs_the_same_dependencies_as_pip():
    conda = yaml.safe_load((REPOSITORY / "environment.yml").read_text(encoding="utf-8"))
    listed = {each for each in conda["dependencies"] if isinstance(each, str)} - {"pip"}
    wanted = {f"python{PYPROJECT['project']['requires-python']}"}
    for dependency in PYPROJECT["project"]["dependencies"]:
        name, version = re.fullmatch(r"([a-z0-9-]+)(.*)", dependency).groups()
        wanted.add(CONDA_NAMES.get(name, name) + version)

    assert listed == wanted


def test_every_dependency_is_imported_somewhere():
    """A dependency that nothing uses is one to keep up for nothing."""
    modules = {
        "jinja2": "jinja2", "jupyterlab": None,
        "markdown-it-py": "markdown_it", "pyyaml": "yaml", "vl-convert-python": "vl_convert",
        "tzdata": "zoneinfo", "python-docx": "docx",
    }  # fmt: skip
    code = "".join(
        text for name, text in texts() if name.endswith(".py") and not name.startswith("tests/")
    )
    for dependency in PYPROJECT["project"]["dependencies"]:
        name = re.match(r"[a-z0-9-]+", dependency)[0]
        module = modules.get(name, name)
        if module:
            assert re.search(rf"^\s*(import|from) {module}\b", code, re.MULTILINE), name


def test_the_changelog_opens_with_this_version():
    changelog = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\S+)", changelog, re.MULTILINE)[1]

    assert newest == PYPROJECT["project"]["version"]


def test_the_licence_is_named_alike_in_every_place():
    project = PYPROJECT["project"]
    data = (REPOSITORY / "data/README.md").read_text(encoding="utf-8")
    (licence,) = project["license-files"]

    assert (REPOSITORY / licence).read_text(encoding="utf-8").startswith(project["license"])
    assert f"[{project['license']} licence]({licence})" in README
    assert "### Whose figures these are" in data
    assert f"`{licence}`" in data


def commands() -> list[str]:
    """The lines a newcomer copies from the README."""
    return [
        line
        for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
        for line in block.splitlines()
    ]


def test_each_readme_command_is_one_line_that_sets_itself_up():
    run, test, conda = commands()[:3]

    assert run.endswith("uv run --no-dev run_month.py 2016-08")
    assert test.endswith("pytest")
    for line in (run, test):
        assert line.startswith("python3 -m pip install ")
        assert " uv && " in line
    assert conda.startswith("conda env create --file environment.yml && ")


def test_ci_runs_the_readme_s_own_test_command():
    script = (REPOSITORY / ".ci/run").read_text(encoding="utf-8")
    pattern = re.search(r"sed -n '(s/\^.*?)'", script)[1]
    (found,) = subprocess.run(
        ["sed", "-n", pattern, "README.md"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()

    assert found == commands()[1]
    assert 'bash -c "$command"' in script


def test_the_readme_has_at_most_150_lines():
    assert len(README.splitlines()) <= 150


def test_no_path_of_one_machine_is_committed():
    pattern = re.compile(r"(?<![\w.])/(?:home|root|work|Users)/[\w.-]+")
    for name, text in texts():
        if name != "tests/test_project.py":
            assert not pattern.findall(text), name


def test_the_lock_file_names_the_public_index_only():
    lock = (REPOSITORY / "uv.lock").read_text(encoding="utf-8")
    hosts = set(re.findall(r"https?://([^/\"]+)", lock))

    assert hosts <= {"pypi.org", "files.pythonhosted.org"}


def test_no_file_names_an_index_of_one_machine():
    for name, text in texts():
        if name != "tests/test_project.py":
            assert not re.search(r"index-url|PIP_INDEX|UV_INDEX|UV_DEFAULT_INDEX", text), name


@pytest.mark.parametrize("folder", ["lib", "run_month.py", "notebooks"])
def test_no_name_of_one_council_is_in_the_code(folder):
    for name, text in texts():
        if name.startswith(folder) and name.endswith((".py", ".sql", ".jinja", ".j2", ".css")):
            assert not re.search(r"\bkcc\b|kent county", text, re.IGNORECASE), name


def test_the_lock_is_in_step_with_the_project():
    locked = tomllib.loads((REPOSITORY / "uv.lock").read_text(encoding="utf-8"))
    names = {package["name"] for package in locked["package"]}
    for dependency in PYPROJECT["project"]["dependencies"]:
        assert re.match(r"[a-z0-9-]+", dependency)[0] in names
    (own,) = (p for p in locked["package"] if p["name"] == PYPROJECT["project"]["name"])
    assert own["version"] == PYPROJECT["project"]["version"]
