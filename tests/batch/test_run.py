"""One month's run: what is made, kept, left out and published, and that it is made when it must."""

import json
import sys
from dataclasses import replace
from types import ModuleType

import pytest

from scorecard.batch import editions, freshness, record
from scorecard.batch.editions import Edition
from scorecard.batch.engine.pool import Pool
from scorecard.batch.engine.schedule import Result
from scorecard.batch.engine.tasks import Failed
from scorecard.batch.packs_folder import PacksFolder
from scorecard.batch.published import published as packs
from scorecard.commands import publish
from scorecard.disk import file_hash
from scorecard.errors import OutputsError, PrintError
from scorecard.importing.plan import PublishedMonth
from scorecard.months import Month
from scorecard.pages import pdf
from scorecard.params.month import PreviousPack
from support.batches import (
    FIGURE,
    FRAGMENT,
    MONTH,
    STORE,
    Seen,
    StandIn,
    contents,
    job,
    make_notebook,
    make_workbook,
    run,
)


@pytest.fixture
def outputs(tmp_path):
    return PacksFolder(tmp_path / "outputs")


@pytest.fixture
def workbook(tmp_path):
    return make_workbook(tmp_path / "workbook")


@pytest.fixture
def jobs(tmp_path):
    return [job(make_notebook(tmp_path / f"notebooks/{n}.ipynb", FRAGMENT)) for n in ("a", "b")]


class Failing(StandIn):
    """A stand-in whose appendix `a` fails."""

    def _result(self, work):
        result = super()._result(work)
        if work.name == "a":
            return Result(work, None, Failed("ValueError: no", cell=2, line=3, source="x()"))
        return result


def statuses(outcome):
    return {each.name: each.status for each in outcome.run.appendices}


def test_a_pack_holds_pages_downloads_notebooks_index_and_record(workbook, outputs, jobs):
    outcome = run(workbook, outputs, StandIn(), jobs)
    assert outcome.published
    assert sorted(contents(outputs.pack(MONTH))) == [
        "a.html", "b.html", "downloads/a.csv", "downloads/b.csv", "index.html",
        "notebooks/a.ipynb", "notebooks/b.ipynb",
    ]  # fmt: skip
    assert record.read(outputs.pack(MONTH)) == outcome.run


def test_an_unchanged_month_is_left_alone_to_the_byte(workbook, outputs, jobs):
    run(workbook, outputs, StandIn("one"), jobs)
    before = {p: p.stat().st_mtime_ns for p in outputs.pack(MONTH).rglob("*")}
    pool = StandIn("two")
    outcome = run(workbook, outputs, pool, jobs)
    assert (outcome.published, pool.ran) == (False, [])
    assert {p: p.stat().st_mtime_ns for p in outputs.pack(MONTH).rglob("*")} == before


def test_force_runs_what_is_unchanged(workbook, outputs, jobs):
    run(workbook, outputs, StandIn("one"), jobs)
    pool = StandIn("two")
    assert statuses(run(workbook, outputs, pool, jobs, force=True)) == {"a": "made", "b": "made"}
    assert pool.ran == ["a", "b"]


class Edited(StandIn):
    """A stand-in during whose run somebody saves a results file."""

    def run(self, works):
        path = self.workbook.root / "data/results/2024-06.csv"
        path.write_text("month,unit\n", encoding="utf-8")
        return super().run(works)


def test_a_notebook_that_is_edited_during_a_run_keeps_it_from_being_published(
    workbook, outputs, jobs
):
    class Saved(StandIn):
        def run(self, works):
            make_notebook(works[0].task.notebook, "edited = 1")
            return super().run(works)

    with pytest.raises(OutputsError, match=r"^notebooks/a\.ipynb changed while 2024-06 was run"):
        run(workbook, outputs, Saved("two"), jobs)
    assert not outputs.pack(MONTH).exists()


def test_inputs_that_change_during_a_run_keep_it_from_being_published(workbook, outputs, jobs):
    run(workbook, outputs, StandIn("one"), jobs)
    before = contents(outputs.pack(MONTH))
    pool = Edited("two")
    pool.workbook = workbook
    with pytest.raises(OutputsError, match=r"data/results/2024-06\.csv changed while 2024-06"):
        run(workbook, outputs, pool, jobs, force=True)
    assert contents(outputs.pack(MONTH)) == before


@pytest.mark.parametrize(
    "touch",
    [
        lambda store: store.write_bytes(b"x"),
        lambda store: store.with_name(f"{store.name}.wal").touch(),
    ],
    ids=["written to", "a log beside it"],
)  # fmt: skip
def test_a_store_that_is_written_to_during_a_run_keeps_it_from_being_published(
    workbook, outputs, jobs, touch
):
    run(workbook, outputs, StandIn("one"), jobs)
    before = contents(outputs.pack(MONTH))

    class Touched(StandIn):
        def run(self, works):
            touch(workbook.store(STORE))
            return super().run(works)

    with pytest.raises(OutputsError, match=rf"^data/\.store/{STORE}\.duckdb changed while 2024-06"):
        run(workbook, outputs, Touched("two"), jobs, force=True)
    assert contents(outputs.pack(MONTH)) == before


@pytest.mark.parametrize(
    ("name", "reason"),
    [("notebooks/a.ipynb", "notebooks/a.ipynb"), ("pack/a.html", "published files, by hand")],
)
def test_a_published_month_lists_what_changed_since(workbook, outputs, jobs, name, reason):
    outcome = run(workbook, outputs, StandIn(), jobs)
    pack, notebooks = outputs.pack(MONTH), jobs[0].notebook.parent
    inputs = freshness.inputs(workbook)

    def changed():
        return outcome.run.changed_since(inputs.of(MONTH), inputs.code, notebooks.joinpath, pack)

    assert changed() == []
    path = {"notebooks": notebooks, "pack": pack}[name.split("/")[0]] / name.split("/")[1]
    path.write_text(path.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert changed() == [reason]


def test_how_extracts_are_read_is_no_input_of_a_pack(workbook, outputs, jobs):
    before = freshness.inputs(workbook)
    (workbook.root / "params/extracts.yml").write_text("extracts: {}\n")

    assert freshness.inputs(workbook).files == before.files


def write(name, text):
    def change(workbook, jobs, monkeypatch):
        (workbook.root / name).write_text(text, encoding="utf-8")
        return jobs

    return change


def changed_notebook(workbook, jobs, monkeypatch):
    make_notebook(jobs[0].notebook, FRAGMENT, "1")
    return jobs


def changed_job(**changes):
    def change(workbook, jobs, monkeypatch):
        return [replace(jobs[0], **changes), jobs[1]]

    return change


def changed_function(name):
    def change(workbook, jobs, monkeypatch):
        monkeypatch.setattr(freshness, name, lambda: "other")
        return jobs

    return change


def helper_beside(workbook, jobs, monkeypatch):
    (jobs[0].notebook.parent / "helper.py").write_text("x = 1")
    return jobs


@pytest.mark.parametrize(
    ("change", "remade"),
    [
        (changed_notebook, ["a"]),
        (changed_job(parameters={"month": "2024-06", "unit": "upper-fen"}), ["a"]),
        (changed_job(title="Another"), ["a"]),
        (changed_job(letter="A"), ["a"]),
        (write("data/results/2024-06.csv", "month,unit\n2024-06,x\n"), ["a", "b"]),
        (write("data/results/2024-07.csv", "month,unit\n"), ["a", "b"]),
        (write("data/reference/targets.csv", "code\n"), ["a", "b"]),
        (write("data/commentary/2024-06/a1.md", "It fell.\n"), ["a", "b"]),
        (write("data/commentary/2024-06/a2.md", "It is new.\n"), ["a", "b"]),
        (write("params/wording.yml", "council: Other\nservice: Children\n"), ["a", "b"]),
        (write("params/2024-06.yml", "committee: Other\n"), ["a", "b"]),
        (write("params/disclosure.yml", "threshold: 5\nfootnote: Hidden.\n"), ["a", "b"]),
        (write("params/checks.yml", "flows: []\n"), ["a", "b"]),
        (write("params/roles.yml", "director: Another\n"), ["a", "b"]),
        (write("params/cover.yml", "classification: Open\n"), ["a", "b"]),
        (write("params/brand.yml", "accent: '#000000'\n"), ["a", "b"]),
        (write("params/brand.svg", "A logo"), ["a", "b"]),
        (changed_function("code"), ["a", "b"]),
        (changed_function("packages"), ["a", "b"]),
        (helper_beside, ["a", "b"]),
        (changed_job(timeout=5), []),
        (write("params/2024-05.yml", "committee: Other\n"), []),
        (write("data/README.md", "About the data.\n"), []),
    ],
)
def test_what_is_made_again_when_an_input_changes(
    workbook, outputs, jobs, monkeypatch, change, remade
):
    run(workbook, outputs, StandIn("one"), jobs)
    pool = StandIn("two")
    run(workbook, outputs, pool, change(workbook, jobs, monkeypatch))
    assert pool.ran == remade


def test_every_page_says_where_the_previous_report_is(workbook, outputs, jobs):
    class Noting(StandIn):
        def run(self, works):
            said.extend(work.about.previous for work in works)
            return super().run(works)

        def call(self, function, *arguments):
            said.append(arguments[0].previous)
            return super().call(function, *arguments)

    said = []
    path = workbook.params("2024-06")
    path.write_text("previous: 2024-03\nprevious_address: https://midshire.example/march\n")
    run(workbook, outputs, Noting("one"), jobs)
    assert said == [PreviousPack(Month(2024, 3), "https://midshire.example/march")] * 3


def test_another_load_is_a_change_of_the_data_and_not_of_the_appendix(workbook, jobs):
    inputs = freshness.inputs(workbook)
    keys = [
        inputs.key(replace(jobs[0], parameters={**jobs[0].parameters, **given}), MONTH)
        for given in ({}, {"as_at": "1"}, {"as_at": "2"})
    ]
    assert freshness.changed(keys[0], keys[1]) == ["data"]
    assert freshness.changed(keys[1], keys[2]) == ["data"]


def test_the_code_s_hash_sees_every_kind_of_file_of_the_package(tmp_path, monkeypatch):
    package = tmp_path / "package"
    names = ("a.py", "sql/b.sql", "templates/page/c.html.j2", "engine/d.py", "templates/e.css")
    monkeypatch.setattr(freshness, "PACKAGE", package)
    seen = set()
    for name in names:
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        for text in ("one", "two"):
            (package / name).write_text(text)
            seen.add(freshness.code.__wrapped__())
    assert len(seen) == 2 * len(names)
    (package / "__pycache__").mkdir()
    (package / "__pycache__/a.pyc").write_text("x")
    assert freshness.code.__wrapped__() in seen


def test_the_packages_hash_knows_the_versions_that_are_installed():
    from importlib.metadata import version

    found = freshness.versions()
    assert all(found[name] == version(name) for name in ("papermill", "nbconvert", "duckdb"))


def test_an_appendix_of_which_a_file_is_gone_is_made_again(workbook, outputs, jobs):
    run(workbook, outputs, StandIn("one"), jobs)
    (outputs.pack(MONTH) / "downloads/b.csv").unlink()
    pool = StandIn("one")
    run(workbook, outputs, pool, jobs)
    assert pool.ran == ["b"]


def test_a_lost_index_is_drawn_again_without_running_a_notebook(workbook, outputs, jobs):
    run(workbook, outputs, StandIn("one"), jobs)
    (outputs.pack(MONTH) / "index.html").unlink()
    pool = StandIn("one")
    outcome = run(workbook, outputs, pool, jobs)
    assert (outcome.published, pool.ran) == (True, [])
    assert (outputs.pack(MONTH) / "index.html").exists()


def test_only_makes_some_and_keeps_the_others(workbook, outputs, jobs):
    run(workbook, outputs, StandIn("one"), jobs)
    kept = (outputs.pack(MONTH) / "b.html").read_bytes()
    outcome = run(workbook, outputs, StandIn("two"), jobs, only=["a"], force=True)
    assert statuses(outcome) == {"a": "made", "b": "kept"}
    assert (outputs.pack(MONTH) / "b.html").read_bytes() == kept
    assert b"two" in (outputs.pack(MONTH) / "a.html").read_bytes()


def test_a_pack_with_a_kept_page_of_an_earlier_load_shows_no_one_load(workbook, outputs, jobs):
    def of(load):
        return [replace(job, parameters={**job.parameters, "as_at": load}) for job in jobs]

    assert run(workbook, outputs, StandIn(), of("1"), load=1).run.load == 1
    assert run(workbook, outputs, StandIn(), of("2"), only=["a"], load=2).run.load is None
    assert run(workbook, outputs, StandIn(), of("2"), load=2).run.load == 2


def test_a_pack_with_a_kept_page_of_results_in_no_load_shows_no_load(workbook, outputs, jobs):
    run(workbook, outputs, StandIn(), jobs)
    kept = run(workbook, outputs, StandIn(), jobs, only=["a"], force=True, load=2)
    assert kept.run.load == 2, "the data are those that the kept page was made from"
    write("data/results/2024-06.csv", "month,unit\n2024-06,x\n")(workbook, jobs, None)

    assert run(workbook, outputs, StandIn(), jobs, only=["a"], load=3).run.load is None
    assert packs(workbook, outputs) == {"2024-06": PublishedMonth(None, current=False)}
    assert run(workbook, outputs, StandIn(), jobs, load=3).run.load == 3
    assert packs(workbook, outputs)["2024-06"].current


def test_pages_link_to_those_that_are_in_the_pack(workbook, outputs, jobs):
    run(workbook, outputs, StandIn(), jobs, only={"a"})
    alone = contents(outputs.pack(MONTH))["a.html"]
    assert b"href" not in alone
    run(workbook, outputs, StandIn(), jobs, only={"b"})
    linked = contents(outputs.pack(MONTH))
    assert b'rel="next" href="b.html"' in linked["a.html"]
    assert b'rel="prev" href="a.html"' in linked["b.html"]
    run(workbook, outputs, StandIn(), jobs[:1])
    assert contents(outputs.pack(MONTH))["a.html"] == alone
    run(workbook, outputs, StandIn(), jobs)
    assert contents(outputs.pack(MONTH)) == linked
    record_of_it = record.read(outputs.pack(MONTH))
    assert all(each.intact(outputs.pack(MONTH)) for each in record_of_it.appendices)


def test_a_run_that_publishes_nothing_leaves_the_links_of_published_pages(workbook, outputs, jobs):
    run(workbook, outputs, StandIn(), jobs)
    before = contents(outputs.pack(MONTH))
    run(workbook, outputs, Failing("two"), jobs, only={"a"}, force=True)
    assert contents(outputs.pack(MONTH)) == before


def test_a_kept_page_whose_inputs_changed_is_reported(workbook, outputs, jobs):
    run(workbook, outputs, StandIn("one"), jobs)
    write("data/commentary/2024-06/a1.md", "It fell.\n")(workbook, jobs, None)
    outcome = run(workbook, outputs, StandIn("two"), jobs, only=["a"])
    assert outcome.run.attention == ["b: kept from an earlier run, but the data have changed since"]
    pool = StandIn("two")
    run(workbook, outputs, pool, jobs)
    assert pool.ran == ["b"], "a kept page is still known to be stale"


def test_only_in_a_new_month_leaves_the_others_out_and_says_so(workbook, outputs, jobs):
    outcome = run(workbook, outputs, StandIn(), jobs, only=["a"])
    assert (outcome.run.status, statuses(outcome)) == ("partial", {"a": "made", "b": "missing"})
    assert outcome.run.attention == [
        "the pack is partial: b is not in it; run the month without --only to make it"
    ]
    assert not (outputs.pack(MONTH) / "b.html").exists()


def test_a_failure_publishes_nothing_and_keeps_the_notebook(workbook, outputs, jobs):
    run(workbook, outputs, StandIn("one"), jobs)
    before = contents(outputs.pack(MONTH))
    outcome = run(workbook, outputs, Failing("two"), jobs, force=True)
    assert not outcome.published
    assert [(e.name, e.failure) for e in outcome.failed] == [
        ("a", "cell 2, line 3 (`x()`): ValueError: no")
    ]
    assert outcome.kept["a"] == outputs.root / "failed/2024-06/a.ipynb"
    assert outcome.kept["a"].read_text() == "two"
    assert contents(outputs.pack(MONTH)) == before
    assert not list(outputs.root.glob(".staging*"))


def test_keep_going_publishes_what_succeeded_and_lists_what_did_not(workbook, outputs, jobs):
    run(workbook, outputs, StandIn("one"), jobs)
    outcome = run(workbook, outputs, Failing("two"), jobs, force=True, keep_going=True)
    assert (outcome.published, outcome.run.status) == (True, "partial")
    pack = outputs.pack(MONTH)
    assert not (pack / "a.html").exists()
    assert not (pack / "notebooks/a.ipynb").exists()
    assert b"two" in (pack / "b.html").read_bytes()
    assert any("a: failed" in each for each in record.read(pack).attention)


def test_what_failed_is_made_by_the_next_run_and_its_notebook_forgotten(workbook, outputs, jobs):
    run(workbook, outputs, Failing("one"), jobs, keep_going=True)
    pool = StandIn("one")
    outcome = run(workbook, outputs, pool, jobs)
    assert (pool.ran, statuses(outcome)) == (["a"], {"a": "made", "b": "unchanged"})
    assert not (outputs.root / "failed").exists()


def test_what_succeeded_beside_a_failure_is_not_made_again(workbook, outputs, jobs):
    run(workbook, outputs, StandIn("one"), jobs)
    run(workbook, outputs, Failing("two"), jobs, force=True)
    outcome, pool = run_again(workbook, outputs, jobs)
    assert (outcome.published, pool.ran) == (False, []), "the pack is as it would be made"

    make_notebook(jobs[0].notebook, FRAGMENT, "1")
    make_notebook(jobs[1].notebook, FRAGMENT, "1")
    run(workbook, outputs, Failing("two"), jobs)
    outcome, pool = run_again(workbook, outputs, jobs)
    assert (pool.ran, statuses(outcome)) == (["a"], {"a": "made", "b": "unchanged"})
    assert b"three" in (outputs.pack(MONTH) / "a.html").read_bytes()
    assert b"two" in (outputs.pack(MONTH) / "b.html").read_bytes()
    assert left(outputs) == ["2024-06"]


def run_again(workbook, outputs, jobs, **options):
    pool = StandIn("three")
    return run(workbook, outputs, pool, jobs, **options), pool


def left(outputs):
    return sorted(path.name for path in outputs.root.iterdir() if path.name != ".run.lock")


def forced(workbook, outputs, jobs):
    return {"force": True}


def with_other_data(workbook, outputs, jobs):
    write("data/results/2024-06.csv", "month,unit\n")(workbook, jobs, None)


def with_another_notebook(workbook, outputs, jobs):
    make_notebook(jobs[1].notebook, FRAGMENT, "1")


def with_a_page_that_is_gone(workbook, outputs, jobs):
    (outputs.unpublished(MONTH) / "b.html").unlink()


@pytest.mark.parametrize(
    "otherwise",
    [forced, with_other_data, with_another_notebook, with_a_page_that_is_gone],
)
def test_what_succeeded_is_made_again_unless_it_is_still_the_same(
    workbook, outputs, jobs, otherwise
):
    run(workbook, outputs, Failing("two"), jobs)
    _, pool = run_again(workbook, outputs, jobs, **otherwise(workbook, outputs, jobs) or {})
    assert pool.ran == ["a", "b"]
    assert left(outputs) == ["2024-06"]


def test_what_is_set_aside_outlives_another_failure_and_not_a_run_with_nothing_to_do(
    workbook, outputs, jobs
):
    run(workbook, outputs, Failing("one"), jobs)
    for _ in range(2):
        pool = Failing("two")
        run(workbook, outputs, pool, jobs)
        assert pool.ran == ["a"]
    run(workbook, outputs, StandIn("three"), jobs)
    assert b"one" in (outputs.pack(MONTH) / "b.html").read_bytes()

    run(workbook, outputs, Failing("four"), jobs, force=True)
    assert ".unpublished-2024-06" in left(outputs)
    run_again(workbook, outputs, jobs)
    assert left(outputs) == ["2024-06"]


class EditedWhileFailing(Failing):
    """A failing stand-in during whose run somebody saves the notebook of `b`."""

    def run(self, works):
        results = super().run(works)
        make_notebook(works[1].task.notebook, "edited = 1")
        return results


def test_nothing_is_set_aside_of_a_run_during_which_an_input_changed(workbook, outputs, jobs):
    run(workbook, outputs, EditedWhileFailing("two"), jobs)
    assert left(outputs) == ["failed"]


def test_a_failed_notebook_is_forgotten_with_its_appendix(workbook, outputs, jobs):
    run(workbook, outputs, Failing("one"), jobs)
    assert (outputs.failed(MONTH) / "a.ipynb").exists()
    run(workbook, outputs, StandIn("one"), jobs, only=["b"])
    assert (outputs.failed(MONTH) / "a.ipynb").exists(), "it is still to be mended"
    run(workbook, outputs, StandIn("one"), jobs[1:])
    assert not (outputs.root / "failed").exists()


def test_a_failed_notebook_is_forgotten_once_its_month_is_well_without_it(workbook, outputs, jobs):
    run(workbook, outputs, StandIn("one"), jobs)
    good = jobs[0].notebook.read_bytes()
    make_notebook(jobs[0].notebook, "wrong")
    run(workbook, outputs, Failing("two"), jobs)
    jobs[0].notebook.write_bytes(good)
    outcome, _ = run_again(workbook, outputs, jobs)
    assert not outcome.published
    assert left(outputs) == ["2024-06"]


@pytest.mark.parametrize("path", ["../stray.html", "downloads/a/../../../stray.csv", "/stray"])
def test_a_file_of_a_page_can_not_lie_outside_the_pack(workbook, outputs, jobs, path):
    class Straying(StandIn):
        def _result(self, work):
            result = super()._result(work)
            result.page.files[path] = b"stray"
            return result

    with pytest.raises(OutputsError, match="is outside the pack"):
        run(workbook, outputs, Straying(), jobs)
    assert not list(outputs.root.parent.rglob("stray*"))
    assert left(outputs) == []


def test_an_appendix_that_is_no_longer_planned_leaves_the_pack(workbook, outputs, jobs):
    run(workbook, outputs, StandIn("one"), jobs)
    outcome = run(workbook, outputs, StandIn("one"), jobs[:1])
    assert outcome.published
    assert not (outputs.pack(MONTH) / "b.html").exists()


@pytest.mark.parametrize("only", [[], ["a"]])
@pytest.mark.parametrize("record", ["{}", None])
def test_pages_without_a_record_are_not_lost(workbook, outputs, jobs, record, only):
    run(workbook, outputs, StandIn("one"), jobs)
    path = outputs.pack(MONTH) / "run.json"
    path.write_text(record) if record else path.unlink()
    before = contents(outputs.pack(MONTH))
    with pytest.raises(OutputsError, match=r"2024-06/a\.html\n"):
        run(workbook, outputs, StandIn("two"), jobs, only=only)
    assert contents(outputs.pack(MONTH)) == before


@pytest.mark.thorough
def test_the_same_inputs_give_the_same_bytes_however_they_are_run(tmp_path, workbook):
    made = [
        make_notebook(tmp_path / f"notebooks/{name}.ipynb", FRAGMENT, FIGURE)
        for name in ("a", "b", "c")
    ]
    jobs = [job(path) for path in made]
    seen = []
    ways = [("forked", 1, jobs), ("forked", 3, jobs), ("standard", 2, jobs)]
    for number, (kind, workers, order) in enumerate(ways):
        outputs = PacksFolder(tmp_path / str(number))
        with Pool(kind, workers, tmp_path / "notebooks", Seen()) as pool:
            assert run(workbook, outputs, pool, order).published
            if number == 0:
                run(workbook, outputs, pool, order, only=["b"], force=True)
        seen.append(published(outputs))
    assert set(seen[0]) >= {"a.html", "index.html"}
    assert any(name.endswith(".csv") for name in seen[0])
    assert any(name.endswith(".xlsx") for name in seen[0])
    assert seen[0] == seen[1] == seen[2]


def published(outputs):
    """Hash of everything but the executed notebooks, which hold times, and the record."""
    return {
        path.relative_to(outputs.pack(MONTH)).as_posix(): file_hash(path)
        for path in sorted(outputs.pack(MONTH).rglob("*"))
        if path.suffix in {".html", ".csv", ".xlsx", ".json"} and path.name != "run.json"
    }


def test_the_record_says_how_the_month_came_about(workbook, outputs, jobs):
    run(workbook, outputs, StandIn(), jobs)
    content = json.loads((outputs.pack(MONTH) / "run.json").read_text())
    assert content["inputs"]["data/results/2024-06.csv"] == file_hash(
        workbook.root / "data/results/2024-06.csv"
    )
    assert content["versions"]["papermill"]
    assert content["store"] == STORE
    assert content["machine"]["engine"] == "forked"
    assert set(content["seconds"]) == {"run", "publish"}
    first = content["appendices"][0]
    assert first["parameters"] == {"month": "2024-06", "unit": "fenwold"}
    assert first["seconds"] == {"notebook": 0.1}
    assert first["files"]["a.html"] == file_hash(outputs.pack(MONTH) / "a.html")
    assert str(outputs.root.parent) not in json.dumps(content["appendices"])


def test_the_record_holds_no_folder_of_the_machine(workbook, outputs, jobs, monkeypatch):
    words = [str(outputs.root / "run.py"), "2016-08", "--outputs", str(outputs.root), "--pdf"]
    monkeypatch.setattr(sys, "argv", [*words, f"--workbook={workbook.root}"])
    run(workbook, outputs, StandIn(), jobs)
    name, book = outputs.root.name, workbook.root.name
    written = ["run.py", "2016-08", "--outputs", name, "--pdf", f"--workbook={book}"]
    assert record.read(outputs.pack(MONTH)).command == written


@pytest.fixture
def printer(monkeypatch, tmp_path):
    """Stand-ins for the browser: a PDF holds the HTML that it is printed from."""
    printed = []

    def print_pages(pages, program):
        printed.extend(page.stem for page in pages)
        return [page.rename(page.with_suffix(".pdf")) for page in map(copied, pages)]

    def copied(page):
        copy = page.with_suffix(".copy")
        copy.write_bytes(page.read_bytes())
        return copy

    def print_numbered(document, target, program):
        printed.append(target.stem)
        target.write_text(document({}), encoding="utf-8")

    monkeypatch.setattr(pdf, "browser", lambda: tmp_path)
    monkeypatch.setattr(pdf, "print_pages", print_pages)
    monkeypatch.setattr(pdf, "print_numbered", print_numbered)
    return printed


def test_the_pack_is_printed_from_its_pages_in_their_order(workbook, outputs, jobs, printer):
    run(workbook, outputs, StandIn(), jobs)
    assert run(workbook, outputs, StandIn(), jobs, editions=["pdf"]).published, (
        "the PDFs were missing"
    )
    assert printer == ["a", "b", "pack"]
    pack = outputs.pack(MONTH)
    known = record.read(pack).files
    assert known["pack.pdf"] == file_hash(pack / "pack.pdf")
    assert "href=pack.pdf" in (pack / "index.html").read_text()
    whole = (pack / "pack.pdf").read_text()
    assert whole.index("a: one") < whole.index("b: one")
    assert not run(workbook, outputs, StandIn(), jobs, editions=["pdf"]).published
    assert len(printer) == 3, "nothing is printed that is there already"


@pytest.fixture
def plain_text(monkeypatch):
    """A second edition: each page as text without markup."""
    made = ModuleType("plain_text")

    def of_pages(pages):
        for page in pages:
            page.with_suffix(".txt").write_text(f"text of {page.stem}", encoding="utf-8")
        return [page.with_suffix(".txt") for page in pages]

    def of_pack(about, pages, missing, target):
        target.write_text(" ".join([*(each.name for each in pages), "not", *missing]), "utf-8")

    made.of_pages, made.of_pack = of_pages, of_pack
    monkeypatch.setitem(sys.modules, made.__name__, made)
    texts = Edition("Text.", "Text", "The page as text", "The pack as text", made.__name__)
    monkeypatch.setitem(editions.EDITIONS, "txt", texts)


def test_an_edition_is_made_recorded_and_linked_beside_others(
    workbook, outputs, jobs, printer, plain_text
):
    first = run(workbook, outputs, StandIn(), jobs, only=["b"], editions=["txt"])
    pack = outputs.pack(MONTH)
    assert (pack / "b.txt").read_text() == "text of b"
    assert (pack / "pack.txt").read_text() == "b not A"
    assert first.run.appendix("b").files["b.txt"] == file_hash(pack / "b.txt")
    assert printer == []

    both = run(workbook, outputs, StandIn(), jobs, editions=["pdf", "txt"])
    assert sorted(name for name in both.run.files if name.startswith("pack.")) == [
        "pack.pdf",
        "pack.txt",
    ]
    links = "<a href=pack.pdf><a href=pack.txt>"
    assert links in (pack / "index.html").read_text()
    assert not run(workbook, outputs, StandIn(), jobs, editions=["txt"]).published


def test_each_edition_has_its_option_and_its_module():
    options = {each.name: each.help for each in publish.publish.params if hasattr(each, "help")}
    for name, each in editions.EDITIONS.items():
        assert options[name] == each.help
        assert callable(each.maker().of_pages)
        assert callable(each.maker().of_pack)


def test_a_pack_of_some_appendices_names_the_others(workbook, outputs, jobs, printer):
    run(workbook, outputs, StandIn(), jobs, only=["b"], editions=["pdf"])
    whole = (outputs.pack(MONTH) / "pack.pdf").read_text()
    assert "Not in this pack: A." in whole
    run(workbook, outputs, StandIn("two"), jobs, only=["a"], editions=["pdf"])
    whole = (outputs.pack(MONTH) / "pack.pdf").read_text()
    assert "a: two" in whole
    assert "b: one" in whole
    assert printer == ["b", "pack", "a", "pack"]


def test_a_run_without_pdf_leaves_no_pack_of_earlier_pages(workbook, outputs, jobs, printer):
    run(workbook, outputs, StandIn(), jobs, editions=["pdf"])
    run(workbook, outputs, StandIn("two"), jobs, force=True)
    assert not list(outputs.pack(MONTH).glob("*.pdf"))
    assert "pack.pdf" not in record.read(outputs.pack(MONTH)).files


def test_a_pack_that_cant_be_printed_changes_nothing(workbook, outputs, jobs, printer, monkeypatch):
    run(workbook, outputs, StandIn(), jobs, editions=["pdf"])
    before = contents(outputs.pack(MONTH))

    def fail(*_):
        raise PrintError("no paper")

    monkeypatch.setattr(pdf, "print_numbered", fail)
    with pytest.raises(PrintError, match="no paper"):
        run(workbook, outputs, StandIn("two"), jobs, force=True, editions=["pdf"])
    assert contents(outputs.pack(MONTH)) == before


def test_the_commit_is_that_of_the_notebooks(workbook, outputs, jobs, tmp_path):
    assert run(workbook, outputs, StandIn(), jobs).run.commit is None
    import subprocess

    git = ["git", "-C", str(tmp_path / "notebooks"), "-c", "user.name=x", "-c", "user.email=x@x"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run([*git, *command], check=True)
    first = run(workbook, outputs, StandIn(), jobs, force=True).run
    assert len(first.commit) == 40
    assert not first.changed_code
    make_notebook(jobs[0].notebook, "1")
    assert run(workbook, outputs, StandIn(), jobs).run.changed_code
