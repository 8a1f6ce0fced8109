"""A workbook of an older format becomes one of today's, and nothing is lost."""

from __future__ import annotations

import shutil

import pytest
from click.testing import CliRunner

from scorecard.batch import record, upgrading
from scorecard.batch.packs_folder import PacksFolder
from scorecard.commands.program import main
from scorecard.errors import LedgerError, WorkbookError
from scorecard.ledger import versions
from scorecard.workbook import FORMAT, Workbook
from support import batches
from support.batches import MONTH, StandIn, job, make_notebook
from support.places import REPOSITORY


def upgrade(book, outputs, *words):
    where = ["--workbook", str(book.root), "--outputs", str(outputs.root)]
    done = CliRunner().invoke(main, ["upgrade", *words, *where])
    assert done.exit_code == 0, done.output
    return done.output


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    """The repository's own data and parameters, as they were in format 1."""
    folder = tmp_path_factory.mktemp("old") / "workbook"
    ignored = shutil.ignore_patterns("*.duckdb*", ".store", ".lock", ".secret", "versions",
                                     "format.yml", "*.withheld-*")  # fmt: skip
    for name in ("data", "params"):
        shutil.copytree(REPOSITORY / name, folder / name, ignore=ignored)
    return folder


@pytest.fixture
def book(old, tmp_path):
    """A copy of it."""
    return Workbook.at(shutil.copytree(old, tmp_path / "workbook"))


@pytest.fixture
def outputs(tmp_path):
    return PacksFolder(tmp_path / "outputs")


def test_the_repositorys_own_data_are_upgraded_and_nothing_is_lost(book, outputs):
    before = files(book.root)
    said = upgrade(book, outputs)
    assert f"This workbook has format 1. To upgrade it to format {FORMAT}:" in said
    assert "Nothing was written. To do it: `run_month.py upgrade --yes`" in said
    assert files(book.root) == before

    assert f"now has format {FORMAT}" in upgrade(book, outputs, "--yes")
    after = files(book.root)
    assert before.items() <= after.items()
    assert {name for name in after.keys() - before.keys()
            if not name.startswith("data/loads/versions/")} == {"data/format.yml"}  # fmt: skip
    (first,) = versions.read(book)
    assert first.files == versions.state_now(book)
    versions.check(book)
    done = CliRunner().invoke(main, ["validate", "--workbook", str(book.root)])
    assert done.output == "No fault found in data/ and params/.\n"

    assert upgrade(book, outputs, "--yes") == (
        f"This workbook has format {FORMAT}, the current one.\n"
    )
    assert files(book.root) == after


@pytest.fixture
def published(tmp_path, outputs):
    """A workbook of format 1 with a published pack."""
    book = batches.make_workbook(tmp_path / "council")
    notebook = make_notebook(tmp_path / "notebooks/one.ipynb")
    batches.run(book, outputs, StandIn(), [job(notebook)], author=lambda _: "Jane")
    assert record.read(outputs.pack(MONTH)).version is None
    return book


def test_packs_made_from_the_files_of_now_are_made_from_the_first_version(published, outputs):
    assert "published packs made from these files can be made again" in upgrade(
        published, outputs, "--yes"
    )
    assert versions.read(published)[0].published == ("2024-06",)


def test_packs_made_from_other_files_are_named(published, outputs):
    (published.root / "data/commentary/2024-06/a1.md").write_text("It fell.\n")
    said = upgrade(published, outputs, "--yes")
    assert "made from other files, so they can't: 2024-06." in said
    assert versions.read(published)[0].published == ()


def test_results_are_not_among_the_files_that_decide(published, outputs):
    (published.root / "data/results/2024-05.csv").write_text("month\n")
    upgrade(published, outputs, "--yes")
    assert versions.read(published)[0].published == ("2024-06",)


def test_an_upgrade_that_was_cut_off_harms_nothing_and_is_finished_by_the_next(
    published, outputs, monkeypatch
):
    before = files(published.root)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(upgrading, "write_whole", full)
    with pytest.raises(WorkbookError, match=r"data/format\.yml can't be written: the disk is full"):
        upgrading.do(upgrading.found(published, outputs), "Jane")
    monkeypatch.undo()
    assert published.format == 1
    assert before.items() <= files(published.root).items()
    upgrade(published, outputs, "--yes")
    assert [each.published for each in versions.read(published)] == [("2024-06",)]
    assert published.format == FORMAT


@pytest.mark.filterwarnings("ignore:the present reference data")
def test_it_stays_of_the_older_format_where_the_files_cannot_be_recorded(
    published, outputs, monkeypatch
):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(versions, "write_whole", full)
    with pytest.raises(LedgerError, match="The workbook was not upgraded"):
        upgrading.do(upgrading.found(published, outputs), "Jane")
    assert published.format == 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("format: 3\n", "is a workbook of format 3, as data/format.yml says"),
        ("# old\n", "data/format.yml doesn't say which format the workbook has"),
        ("format: 2\nformat: 1\n", "data/format.yml doesn't say which format"),
        ("format: two\n", "data/format.yml doesn't say which format"),
    ],
)
def test_a_workbook_of_an_unknown_format_stops_every_command(book, outputs, text, fault):
    book.format_file.write_text(text)
    for words in (["2016-08"], ["load", "--edits"], ["validate"], ["loads"], ["upgrade"]):
        done = CliRunner().invoke(main, [*words, "--workbook", str(book.root)])
        assert done.exit_code == 2
        assert fault in done.output
    with pytest.raises(WorkbookError, match=fault):
        Workbook.at(book.root)
    assert not outputs.root.exists()


def test_a_notebook_of_a_workbook_of_a_newer_format_says_so(book, monkeypatch):
    book.format_file.write_text(f"format: {FORMAT + 1}\r\n")
    monkeypatch.delenv("SCORECARD_WORKBOOK", raising=False)
    monkeypatch.chdir(book.root / "data")
    with pytest.raises(WorkbookError, match="Install a newer version of the program"):
        Workbook.find()
