"""Nothing that a run did not make is removed or replaced, or read by runs of other months."""

import json
import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from scorecard.batch import belongings, packs_folder, run_lock, summary, swap
from scorecard.batch.belongings import reader
from scorecard.batch.engine.schedule import Result
from scorecard.batch.engine.tasks import Failed
from scorecard.batch.packs_folder import PacksFolder
from scorecard.checks import stamp
from scorecard.commands import program
from scorecard.errors import OutputsError
from support import council, region
from support.batches import MONTH, StandIn, job, make_notebook, make_workbook, run

LINKS = pytest.mark.skipif(os.name != "posix", reason="links need a right on Windows")


@pytest.fixture
def outputs(tmp_path):
    return PacksFolder(tmp_path / "outputs")


@pytest.fixture
def workbook(tmp_path):
    return make_workbook(tmp_path)


@pytest.fixture
def jobs(tmp_path):
    notebook = make_notebook(tmp_path / "notebooks/page.ipynb")
    return [job(notebook, name) for name in ("a", "b")]


class Failing(StandIn):
    """A stand-in whose appendix `a` fails, with a notebook for inspection."""

    def _result(self, work):
        result = super()._result(work)
        return Result(work, None, Failed("no")) if work.name == "a" else result


def everything(folder):
    """Every file below a folder with its content, every link with its target, and every folder."""

    def content(path):
        if path.is_symlink():
            return path.readlink()
        return path.read_bytes() if path.is_file() else None

    return {p.relative_to(folder).as_posix(): content(p) for p in sorted(folder.rglob("*"))}


def written(path, text="theirs"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


FOREIGN = [
    "2024-06/minutes.docx",
    "2024-06/downloads/minutes.docx",
    "2024-06/notebooks/own.ipynb",
    "2024-06/deep/er/minutes.docx",
    "2024-06/.files",
    ".staging-2024-06/minutes.docx",
    ".unpublished-2024-06/minutes.docx",
    ".previous-2024-06/minutes.docx",
    "checks/2024-06/checks.html",
]


@pytest.mark.parametrize("published", [True, False])
@pytest.mark.parametrize("name", FOREIGN)
def test_a_foreign_file_is_named_before_anything_runs(workbook, outputs, jobs, name, published):
    if published:
        run(workbook, outputs, StandIn("one"), jobs)
    written(outputs.root / name)
    written(outputs.root / ".run.lock", "")
    before, pool = everything(outputs.root), StandIn("two")
    with pytest.raises(OutputsError, match=r"(?s)2024-06 can't be published in .*outputs") as said:
        run(workbook, outputs, pool, jobs, force=True)
    assert f"\n  {name}\n" in str(said.value)
    assert "Move these elsewhere or delete them, and run again" in str(said.value)
    assert pool.ran == []
    assert everything(outputs.root) == before


@pytest.mark.parametrize("name", ["a.html", "downloads/b.csv", "index.html", "notebooks/a.ipynb"])
def test_a_published_file_that_was_edited_is_somebody_s_own(workbook, outputs, jobs, name):
    run(workbook, outputs, StandIn("one"), jobs)
    path = written(outputs.pack(MONTH) / name, "signed off")
    with pytest.raises(OutputsError, match=f"\n  2024-06/{name}, changed since a run made it\n"):
        run(workbook, outputs, StandIn("two"), jobs)
    assert path.read_text() == "signed off"
    path.unlink()
    assert run(workbook, outputs, StandIn("two"), jobs).published, "as the message says"


def test_a_foreign_file_is_named_though_there_is_nothing_to_do(workbook, outputs, jobs):
    run(workbook, outputs, StandIn("one"), jobs)
    minutes = written(outputs.pack(MONTH) / "minutes.docx")
    with pytest.raises(OutputsError, match=r"\n  2024-06/minutes\.docx\n"):
        run(workbook, outputs, StandIn("two"), jobs)
    assert minutes.exists()


def test_status_names_what_no_run_made(workbook, outputs, jobs):
    run(workbook, outputs, StandIn("one"), jobs)
    assert list(summary.foreign(outputs.foreign(MONTH))) == []
    written(outputs.pack(MONTH) / "index.html", "signed off")  # `status` says that it has changed
    written(outputs.pack(MONTH) / "downloads/minutes.docx")
    (outputs.pack(MONTH) / "later").mkdir()
    (told,) = summary.foreign(outputs.foreign(MONTH))
    assert told == (
        "  no run made downloads/minutes.docx and later, an empty folder: move them elsewhere, "
        "or the month can't be run again"
    )


@pytest.mark.parametrize("name", sorted(belongings.SYSTEM))
def test_what_a_file_manager_leaves_is_in_nobody_s_way(workbook, outputs, jobs, name):
    run(workbook, outputs, StandIn("one"), jobs)
    written(outputs.pack(MONTH) / "downloads" / name)
    assert run(workbook, outputs, StandIn("two"), jobs, force=True).published


def test_an_empty_folder_is_foreign_too(workbook, outputs, jobs):
    run(workbook, outputs, StandIn("one"), jobs)
    (outputs.pack(MONTH) / "minutes").mkdir()
    with pytest.raises(OutputsError, match="\n  2024-06/minutes, an empty folder\n"):
        run(workbook, outputs, StandIn("two"), jobs, force=True)


def test_many_foreign_files_are_counted(workbook, outputs, jobs):
    for number in range(packs_folder.LISTED + 3):
        written(outputs.pack(MONTH) / f"{number}.docx")
    with pytest.raises(OutputsError, match=r"\.docx\n  and 3 more\n") as said:
        run(workbook, outputs, StandIn(), jobs)
    assert str(said.value).count(".docx") == packs_folder.LISTED


PLACES = ["2024-06", ".staging-2024-06", ".unpublished-2024-06", ".previous-2024-06", "failed",
          "failed/2024-06", "checks", "checks/2024-06"]  # fmt: skip


@pytest.mark.parametrize("name", PLACES)
def test_a_file_where_a_folder_belongs_is_named(workbook, outputs, jobs, name):
    path = written(outputs.root / name)
    with pytest.raises(OutputsError, match=f"\n  {name}, a file where a folder belongs\n"):
        run(workbook, outputs, StandIn(), jobs)
    assert path.read_text() == "theirs"


@LINKS
@pytest.mark.parametrize("name", [*PLACES, "2024-06/a.html", "2024-06/downloads/a.csv"])
def test_a_link_is_named_and_never_followed(tmp_path, workbook, outputs, jobs, name):
    run(workbook, outputs, StandIn("one"), jobs)
    path, elsewhere = outputs.root / name, tmp_path / "elsewhere"
    if path.exists():  # the same content, by way of a link
        path.rename(elsewhere)
    else:
        elsewhere.mkdir()
        path.parent.mkdir(exist_ok=True)
    path.symlink_to(elsewhere)
    before = everything(tmp_path / "elsewhere")
    with pytest.raises(OutputsError, match=f"\n  {name}, a link\n"):
        run(workbook, outputs, StandIn("two"), jobs, force=True)
    assert path.is_symlink()
    assert everything(elsewhere) == before


@pytest.mark.parametrize("name", [".run.lock", ".run.json"])
def test_a_file_that_a_run_would_use_as_its_own_is_named(workbook, outputs, jobs, name):
    path = written(outputs.root / name, "my jogging, in JSON")
    with pytest.raises(OutputsError, match=rf"{name} was not made by a run"):
        run(workbook, outputs, StandIn(), jobs)
    assert path.read_text() == "my jogging, in JSON"


def test_what_a_killed_run_left_of_its_lock_is_in_nobody_s_way(workbook, outputs, jobs):
    for left in ("", json.dumps(run_lock._me("a run"))):
        written(outputs.root / ".run.json", left)
        with outputs.locked("the next run"):
            pass
        assert not (outputs.root / ".run.json").exists()


def test_a_file_saved_in_the_pack_during_a_run_keeps_it_from_being_published(
    workbook, outputs, jobs
):
    run(workbook, outputs, StandIn("one"), jobs)

    class Saved(StandIn):
        def run(self, works):
            written(outputs.pack(MONTH) / "minutes.docx")
            return super().run(works)

    with pytest.raises(OutputsError, match="minutes"):
        run(workbook, outputs, Saved("two"), jobs, force=True)
    assert (outputs.pack(MONTH) / "minutes.docx").exists()
    assert b"one" in (outputs.pack(MONTH) / "a.html").read_bytes()
    assert not outputs.staging(MONTH).exists()


@pytest.mark.parametrize("exchange", [True, False])
def test_a_file_saved_in_the_last_moment_outlives_the_pack(
    workbook, outputs, jobs, monkeypatch, exchange
):
    run(workbook, outputs, StandIn("one"), jobs)
    put = swap.put_in_place

    def late(new, final):
        written(final / "minutes.docx")
        put(new, final)

    monkeypatch.setattr(swap, "put_in_place", late)
    if not exchange:
        monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    assert run(workbook, outputs, StandIn("two"), jobs, force=True).published
    (found,) = outputs.root.glob("*/minutes.docx")
    assert found.read_text() == "theirs"
    assert {path.name for path in found.parent.iterdir()} == {"minutes.docx", "run.json"}
    monkeypatch.undo()
    with pytest.raises(OutputsError, match=rf"\n  {found.parent.name}/minutes\.docx\n"):
        run(workbook, outputs, StandIn("three"), jobs, force=True)


def test_what_a_killed_run_put_together_goes_and_what_somebody_added_stays(outputs):
    staging = outputs.stage(MONTH)
    belongings.announce(staging, ["a.html", "notebooks/a.ipynb", "downloads/a.csv", "run.json"])
    for name in ("a.html", "notebooks/a.ipynb"):
        written(staging / name, "half")
    theirs = written(staging / "notebooks/own.ipynb")
    with outputs.locked("the next run"):
        assert everything(outputs.root).keys() >= {".staging-2024-06/notebooks/own.ipynb"}
        assert not (staging / "a.html").exists()
        assert not (staging / "notebooks/a.ipynb").exists()
    theirs.unlink()
    with outputs.locked("the next run"):
        assert not staging.exists()


def test_folders_with_names_of_others_are_left_alone(outputs):
    for name in (".staging-notes", ".previous-notes", ".unpublished-notes"):
        written(outputs.root / name / "notes.txt")
    with outputs.locked("a run"):
        pass
    assert len(list(outputs.root.rglob("notes.txt"))) == 3
    assert not (outputs.root / "notes").exists()


def test_a_pack_of_an_earlier_version_is_known_by_its_record(workbook, outputs, jobs):
    run(workbook, outputs, StandIn("one"), jobs)
    path = outputs.pack(MONTH) / "run.json"
    record = json.loads(path.read_text())
    for key in ("load", "checks", "machine", "attention"):
        del record[key]
    path.write_text(json.dumps({**record, "format": 0, "of_old": 1}))
    assert run(workbook, outputs, StandIn("two"), jobs).published
    assert b"two" in (outputs.pack(MONTH) / "a.html").read_bytes()


def test_a_record_of_another_month_vouches_for_nothing(workbook, outputs, jobs):
    run(workbook, outputs, StandIn("one"), jobs)
    shutil.copytree(outputs.pack(MONTH), outputs.pack(MONTH - 1))
    assert belongings.foreign(outputs.pack(MONTH)) == []
    assert outputs.pack(MONTH - 1) / "a.html" in belongings.foreign(outputs.pack(MONTH - 1))


def test_a_failed_notebook_that_somebody_worked_on_is_kept(workbook, outputs, jobs):
    kept = run(workbook, outputs, Failing("one"), jobs).kept["a"]
    assert run(workbook, outputs, Failing("two"), jobs, force=True).kept["a"] == kept
    assert kept.read_text() == "two", "as long as nobody worked on it"
    kept.write_text("my notes")
    for text in ("three", "four"):
        second = run(workbook, outputs, Failing(text), jobs, force=True).kept["a"]
        assert (second.name, second.read_text()) == ("a (2).ipynb", text)
        assert kept.read_text() == "my notes"
    own = written(outputs.failed(MONTH) / "own.ipynb")
    run(workbook, outputs, StandIn("five"), jobs)
    assert sorted(outputs.failed(MONTH).iterdir()) == [kept, own]


def test_a_page_of_the_checks_is_known_by_its_stamp(tmp_path):
    page = tmp_path / "checks.html"
    assert stamp.is_ours(page)
    page.write_text(stamp.stamped("<h1>Checks</h1>\n"), newline="\n")
    assert stamp.is_ours(page)
    page.write_text(page.read_text().replace("Checks", "My checks"))
    assert not stamp.is_ours(page)
    page.write_text("<h1>Other</h1>")
    assert not stamp.is_ours(page)
    page.write_text(f"of an earlier version: {stamp.UNSTAMPED}")
    assert stamp.is_ours(page)
    page.unlink()
    page.mkdir()
    assert not stamp.is_ours(page)


def asked(*words):
    done = CliRunner().invoke(program.main, [str(word) for word in words])
    return done.exit_code, done.stderr


@pytest.mark.parametrize("command", [[], ["check"], ["--dry-run"]])
@pytest.mark.parametrize(
    "place", ["data", "data/commentary", "data/results/new", "params", "notebooks", "data/../data"]
)
def test_nothing_is_published_among_what_pages_are_made_from(tmp_path, command, place):
    book = tmp_path / "book"
    council.copy(book)
    (book / "notebooks").mkdir()
    before = everything(book)
    words = [*command, "2024-06"] if command != ["--dry-run"] else ["2024-06", "--dry-run"]
    status, said = asked(
        *words, "--workbook", book, "--outputs", book / place, "--notebooks", book / "notebooks"
    )
    assert status == 2
    assert f"nothing can be published in {(book / place).resolve()}: " in said
    assert "--outputs" in said
    assert everything(book) == before


def test_nothing_is_published_in_the_helper_package():
    package = Path(belongings.__file__).parents[1]
    status, said = asked("2016-08", "--outputs", package / "reports")
    assert (status, "nothing can be published in" in said) == (2, True)
    assert not (package / "reports").exists()


@pytest.mark.parametrize("words", [[], ["--dry-run"], ["--as-at", "1"]])
def test_the_operator_s_own_reports_outlive_the_command(tmp_path, words):
    """`--outputs reports`, where a month's folder has been kept by hand."""
    book, reports = tmp_path / "book", tmp_path / "reports"
    council.copy(book)
    if words == ["--as-at", "1"]:
        load = ["load", "--edits", "--why", "First", "--workbook", book]
        assert asked(*load) == (0, "")
    folder = reports / "as-at/1" if words[1:] else reports
    minutes = written(folder / "2024-06/minutes.docx")
    status, said = asked("2024-06", *words, "--workbook", book, "--outputs", reports)
    assert status == 2
    assert "\n  2024-06/minutes.docx\n" in said
    assert everything(minutes.parent) == {"minutes.docx": b"theirs"}
    assert not (folder / "checks").exists()


def test_a_check_replaces_no_other_page(tmp_path):
    book = tmp_path / "book"
    council.copy(book)
    words = ("check", "2024-06", "--workbook", book, "--outputs", tmp_path)
    assert asked(*words) == (0, "")
    assert asked(*words) == (0, ""), "its own it does replace"
    page = written(tmp_path / "checks/2024-06/checks.html", "<p>By hand.</p>")
    status, said = asked(*words)
    assert status == 2
    assert f"{page} is not as the checks wrote it. Move it elsewhere" in said
    assert page.read_text() == "<p>By hand.</p>"
    assert [path.name for path in page.parent.iterdir()] == ["checks.html"]


# What a run reads


OTHER_MONTH = "2024-05"


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("2016-08/index.html", "2016-08"),
        ("2016-08/notebooks/county.ipynb", "2016-08"),
        ("2016-08/attachments/2016-07/minutes.pdf", "2016-08"),
        ("2016-08/run.json", None),
        ("as-at/3/2016-08/run.json", None),
        ("as-at/3/2016-08/county.html", "2016-08"),
        ("checks/2016-08/checks.html", "2016-08"),
        ("failed/2016-08/county.ipynb", "2016-08"),
        (".unpublished-2016-08/run.json", "2016-08"),
        (".previous-2016-08/county.html", "2016-08"),
        ("2016-08.html", None),
        ("notes/index.html", None),
    ],
)
def test_a_file_of_the_outputs_is_read_by_runs_of_its_month_or_of_every_month(name, month):
    assert reader(name) == month


@contextmanager
def opened_in(folder):
    """The files below `folder` that this process opens, as names."""
    names, root = set(), f"{folder}/"
    watching = [True]

    def hook(event, given):
        if watching and event == "open" and str(given[0]).startswith(root):
            names.add(str(given[0]).removeprefix(root))

    sys.addaudithook(hook)
    try:
        yield names
    finally:
        watching.clear()  # a hook stays for good


def test_a_run_reads_of_another_pack_its_record_alone_and_says_the_same_without_the_rest(tmp_path):
    book = region.make(tmp_path, "north") / "north"
    region.ask("--month-range", f"{OTHER_MONTH}:{region.MONTH}", "--workbook", str(book))
    results = book / f"data/results/{OTHER_MONTH}.csv"
    edited = results.read_text().replace("a1,all,201,", "a1,all,202,", 1)
    assert edited != results.read_text()
    with opened_in(book / "outputs") as opened:
        again = region.ask(region.MONTH, "--workbook", str(book), "--force")
        results.write_text(edited)
        refused = region.ask(region.MONTH, "--workbook", str(book))
    for path in (book / "outputs" / OTHER_MONTH).iterdir():
        if path.name != "run.json":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    alone = region.ask(region.MONTH, "--workbook", str(book))

    assert again[0] == 0
    assert {name for name in opened if reader(name) == OTHER_MONTH} == set()
    assert f"{OTHER_MONTH}/run.json" in opened
    assert f"{region.MONTH}/index.html" in opened
    assert refused == alone
    assert f"{OTHER_MONTH}: " in refused[2]  # the edit changes what that month's pack shows
