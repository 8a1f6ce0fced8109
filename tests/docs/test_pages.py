"""What the documentation shows can be done, and gives what it shows.

The blocks of a page are carried out one after the other, in a copy of the workbook:

- a block whose first line names a file after its language writes it (`>>` appends to it; a notebook
  is written with one cell for each paragraph, the first being the parameters);
- each `$` line of a `console` block is run, be it a command of ours or `rm`, and the lines below it
  are in what it prints. What would publish a whole month is only planned, which shows a wrong
  option or name too;
- each `sql` statement is asked of the store, and `python` is run.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from typing import NamedTuple

import nbformat
import pytest
from click.testing import CliRunner
from nbformat.v4 import new_code_cell, new_notebook

from scorecard.commands.program import main
from scorecard.workbook import Workbook
from support.places import REPOSITORY
from support.stores import stored

PAGES = ["README.md", "CONTRIBUTING.md", "data/README.md", "benchmarks/README.md"]
PAGES += [path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / "docs").rglob("*.md")]
FENCE = re.compile(r"^```(\w*) ?(.*)\n((?:.*\n)*?)```$", re.MULTILINE)
IGNORED = shutil.ignore_patterns("*.duckdb*", ".store", "__pycache__", ".ipynb_checkpoints", ".*")

ASK = """
import sys
from scorecard.store.store import Store
from scorecard.workbook import Workbook
def ask(text):
    with Store.open(Workbook.at(".")) as store:
        for statement in filter(str.strip, text.split(";")):
            assert len(store.sql(statement)), statement
"""
"""Ask every statement of the store of the current folder; each has an answer."""

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
"""What JupyterLab writes into each notebook."""


class Block(NamedTuple):
    """A fenced block: its language, the words after it, and what it holds."""

    language: str
    words: str
    text: str


def text_of(page):
    return (REPOSITORY / page).read_text(encoding="utf-8")


def blocks(page):
    return [Block(*found) for found in FENCE.findall(text_of(page))]


class Book:
    """A copy of the workbook, and of the code where a page changes that."""

    def __init__(self, folder, page):
        self.folder = folder
        folders = ["data", "params", "notebooks", "tests/second_council"]
        self.own_code = any(block.words.startswith(("lib/", ">> lib/")) for block in blocks(page))
        folders += ["lib"] if self.own_code else []
        for name in folders:
            shutil.copytree(REPOSITORY / name, folder / name, ignore=IGNORED)
        if not self.own_code:
            stored(Workbook.at(folder))

    def write(self, block):
        target = self.folder / block.words.removeprefix(">> ")
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.suffix == ".ipynb":
            cells = [new_code_cell(each.strip()) for each in block.text.split("\n\n")]
            cells[0].metadata["tags"] = ["parameters"]
            nbformat.write(new_notebook(cells=cells, metadata=KERNEL), target)
        else:
            with target.open("a" if block.words.startswith(">> ") else "w") as file:
                file.write(block.text)

    def run(self, line):
        program, *words = shlex.split(line, comments=True)
        if program == "rm":
            for path in (self.folder / word for word in words if word != "-r"):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            return 0, ""
        assert program in ("run_month.py", "scorecard"), line
        publishes = words[0] not in main.commands and "--dry-run" not in words
        if publishes and "--only" not in words:
            words.append("--dry-run")
        if self.own_code or (publishes and "--only" in words):
            done = self.python("from scorecard.commands.console import run; run()", *words)
            return done.returncode, done.stdout + done.stderr
        done = CliRunner().invoke(main, words)
        return done.exit_code, done.output

    def python(self, code, *words):
        """Run Python, with the page's own copy of the code if it changes that."""
        return subprocess.run(
            [sys.executable, "-c", code, *words],
            cwd=self.folder, capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": str(self.folder / "lib")} if self.own_code else None,
        )  # fmt: skip

    def console(self, text):
        said = ""
        for line in text.splitlines():
            if line.startswith("$ "):
                status, said = self.run(line.removeprefix("$ "))
                allowed = (0, 1) if " check " in line else (0,)
                assert status in allowed, f"{line}\n{said}"
            elif line:
                assert " ".join(line.split()) in " ".join(said.split()), f"{line}\n{said}"

    def ask(self, text):
        if self.own_code:
            done = self.python(f"{ASK}\nask(sys.argv[1])", text)
            assert done.returncode == 0, done.stderr
        else:
            space = {}
            exec(ASK, space)  # noqa: S102 (our own, above)
            space["ask"](text)


LONGER = {"docs/how-to/made-again.md"}
"""Pages that the whole check leaves out: other tests make packs again, byte for byte."""


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, marks=[pytest.mark.thorough] if page in LONGER else [])
        for page in PAGES
        if blocks(page)
    ],
)
def test_the_blocks_of_a_page_do_what_it_says(page, tmp_path, monkeypatch):
    book = Book(tmp_path, page)
    monkeypatch.chdir(tmp_path)
    for block in blocks(page):
        if block.words:
            book.write(block)
        elif block.language == "console":
            book.console(block.text)
        elif block.language == "sql":
            book.ask(block.text)
        elif block.language == "python":
            exec(block.text, {})  # noqa: S102 (the documentation's own)
        else:
            assert block.language in ("sh", "text", "mermaid", ""), block.language


@pytest.mark.parametrize("page", PAGES)
def test_every_file_and_heading_that_a_page_links_to_is_there(page):
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", text_of(page)):
        name, _, heading = target.partition("#")
        path = (REPOSITORY / page).parent / name if name else REPOSITORY / page
        assert path.exists(), target
        if heading:
            titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
            anchors = {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}
            assert heading in anchors, target


@pytest.mark.parametrize("folder", ["docs/how-to", "docs/decisions"])
def test_every_page_is_listed_where_a_reader_looks_for_it(folder):
    listing = "README.md" if folder == "docs/how-to" else f"{folder}/README.md"
    listed = {
        ((REPOSITORY / listing).parent / target.partition("#")[0]).resolve()
        for target in re.findall(r"\]\(([^)]+)\)", text_of(listing))
    }

    assert {path.resolve() for path in (REPOSITORY / folder).glob("*.md")} - {
        (REPOSITORY / listing).resolve()
    } <= listed


def test_every_file_in_the_table_of_changes_exists():
    table = text_of("CONTRIBUTING.md").partition("## What goes where")[2].partition("\n## ")[0]
    names = re.findall(r"`([\w./-]+[/.][\w/]*)`", table)

    assert len(names) > 30
    code = REPOSITORY / "lib/scorecard"
    for name in names:
        roots = (code, REPOSITORY, code / "templates/council")
        assert any((root / name).exists() for root in roots), name


NO_CODES = {"outputs.py", "pages/svg.py", "report/together.py"}
"""Modules in which an H, L or T is no polarity: names of types, and steps of a path."""


@pytest.mark.parametrize(
    ("change", "codes"), [("a polarity", "H|L|T"), ("a data period", "SS|R12M|YTD")]
)
def test_every_file_that_names_a_code_is_in_the_table_of_changes(change, codes):
    """Else who adds a code finds some of the files, and the others answer wrongly."""
    package = REPOSITORY / "lib/scorecard"
    (row,) = re.findall(rf"^\| {change} \|.*$", text_of("CONTRIBUTING.md"), re.MULTILINE)
    quoted = re.compile(rf"[\"'](?:{codes})[\"']")
    naming = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*")
        if path.suffix in (".py", ".sql") and quoted.search(path.read_text("utf-8"))
    }

    assert naming - NO_CODES - set(re.findall(r"`([^`]+)`", row)) == set()


def test_the_recipe_of_a_check_names_every_table_that_checks_ask():
    package = REPOSITORY / "lib/scorecard"
    made = (package / "checks/tables.sql").read_text("utf-8")
    tables = set(re.findall(r"^CREATE TEMP (?:TABLE|VIEW) (\w+)", made, re.MULTILINE))
    asked = {
        name
        for path in (package / "sql/checks").iterdir()
        for name in re.findall(r"(?:FROM|JOIN) (\w+)", path.read_text("utf-8"))
    }
    recipe = text_of("CONTRIBUTING.md").partition("### A check\n")[2].partition("```")[0]

    assert tables & asked == tables & set(re.findall(r"`(\w+)`", recipe))


def test_every_message_that_is_explained_is_one_of_ours():
    files = (REPOSITORY / "lib/scorecard").rglob("*")
    texts = (path.read_text("utf-8") for path in files if path.suffix in (".py", ".sql"))
    code = "\n".join(texts)
    said = re.findall(r"^\| (`.+?) \|", text_of("docs/how-to/messages.md"), re.MULTILINE)
    pieces = [piece for cell in said for each in re.findall(r"`(.+?)`", cell)
              for piece in each.split("…") if len(piece.strip()) > 4]  # fmt: skip

    assert len(pieces) > 6
    for piece in pieces:
        assert piece.strip(" ;") in code, piece
