"""The workbook as it was: what a pack is made again from."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scorecard.batch import edits, other_changes, past, record
from scorecard.batch.packs_folder import PacksFolder
from scorecard.commands.past import Past
from scorecard.errors import LedgerError, Notice
from scorecard.ledger import versions
from scorecard.params.wording import time_zone
from scorecard.store import building
from scorecard.store.store import Store, in_memory
from support import batches
from support.batches import StandIn, job, make_notebook
from support.ledgers import record_load
from support.workbooks import HEADER, INDICATORS, TARGETS, UNITS, make_workbook

RESULTS = {"2024-05": "shire,h,all,80,100\nnorth,h,all,8,10", "2024-06": "shire,h,all,85,100"}
FILES = {
    "data/format.yml": "format: 2\n",
    "data/.secret": "0123\n",
    "data/commentary/2024-06/h.md": "It rose.\n",
    "data/commentary/2024-05/h.md": "It fell.\n",
    "params/wording.yml": "council: Shire\nservice: Children\nglossary: [{term: a, meaning: b}]\n",
    "params/reports.yml": "appendices:\n- {name: a, notebook: a, title: A, summary: A page.}\n",
    "params/checks.yml": "flows: []\n",
    "params/brand.svg": "<svg/>\n",
    f"data/.store/{batches.STORE}.duckdb": "",
}
TARGET = "data/reference/targets.csv"
UNIT = "data/reference/units.csv"
JUNE = batches.MONTH


class Council:
    """A workbook with a load, whose month of June is published without any kernel."""

    def __init__(self, folder):
        self.root = folder / "workbook"
        self.book = make_workbook(self.root, RESULTS)
        record_load(self.book, RESULTS)
        for name, text in FILES.items():
            self.write(name, text)
        self.outputs = PacksFolder(folder / "outputs")
        self.pool = StandIn()
        self.notebook = make_notebook(folder / "notebooks/one.ipynb")
        self.author = lambda _: "Jane Analyst"

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def publish(self, load=1, **options):
        jobs = [job(self.notebook), job(self.notebook, "two")]
        made = batches.run(
            self.book, self.outputs, self.pool, jobs, load=load, author=self.author, **options
        )
        assert made.published
        return record.read(self.outputs.pack(JUNE))

    def found(self, load=1, as_at=None):
        return past.found(self.book, self.outputs, JUNE, load, as_at or str(load))

    def then(self, load=1, as_at=None):
        """Every file of the workbook as it was."""
        found = self.found(load, as_at)
        with past.workbook_then(self.book, load, found) as made:
            return files(made.root)


def files(root):
    return {
        path.relative_to(root).as_posix(): path.read_text()
        for path in root.rglob("*")
        if path.is_file() and not {".store", "versions", ".lock"}.intersection(path.parts)
    }


@pytest.fixture
def council(tmp_path):
    return Council(tmp_path)


def change_all(council):
    council.write(TARGET, TARGETS.replace("h,2015-04,90,80", "h,2015-04,95,80"))
    council.write(UNIT, UNITS.replace("North Team", "Team North"))
    council.write("data/commentary/2024-06/h.md", "It rose again.\n")
    council.write("params/wording.yml", "council: Shire County\nservice: Children\n")
    council.write("params/2024-06.yml", "committee: Cabinet\n")


def test_a_pack_is_made_again_from_the_files_it_was_published_from(council):
    before = files(council.root)
    assert council.publish().version == 1
    change_all(council)
    new = {**RESULTS, "2024-07": "shire,h,all,1,2\nnew-team,h,all,1,2"}
    council.write(UNIT, UNITS + "new-team,New,team,north\n")
    record_load(council.book, new)

    again = council.then()
    results = {name for name in before if name.startswith("data/results/")}
    assert again.keys() == before.keys()
    assert {name: again[name] for name in again.keys() - results} == {
        name: before[name] for name in before.keys() - results
    }
    for name in results:
        assert sorted(again[name].split()) == sorted(before[name].split())


def test_a_pack_is_made_again_with_an_area_that_closed_since(council):
    council.publish()
    before = council.then()
    council.write(
        UNIT,
        "unit,name,kind,parent,last_month\nshire,Shire,county,,\nnorth,North,area,shire,2024-04\n",
    )
    council.book.month_results("2024-05").write_text(
        f"{HEADER}2024-05,shire,h,all,80,100,published\n"
    )
    edits.record(council.book, council.outputs, [JUNE], "Jane Analyst")
    council.publish(load=2, force=True)

    assert (council.found(1).version, council.found(2).version) == (1, 2)
    assert council.then(1) == before
    for load, there in ((1, True), (2, False)):
        with (
            past.workbook_then(council.book, load, council.found(load)) as made,
            in_memory(made) as store,
        ):
            assert ("north" in [row["unit"] for row in store.records.units_in(JUNE - 1)]) == there


def test_each_version_can_be_gone_back_to_and_nothing_is_left_behind(
    council, tmp_path, monkeypatch
):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    council.publish()
    change_all(council)
    assert council.publish(force=True).version == 2
    record_load(council.book, {**RESULTS, "2024-07": "shire,h,all,1,2"})
    council.write(TARGET, TARGETS)
    council.publish(load=2, force=True)

    assert council.found(2).version == 3
    assert council.found(1).version == 2
    assert "h,2015-04,95,80" in council.then(1)[TARGET]
    assert council.then(1)["params/2024-06.yml"] == "committee: Cabinet\n"
    assert council.then(2)[TARGET] == TARGETS
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_store_elsewhere_is_not_left_there(council, tmp_path, monkeypatch):
    monkeypatch.setenv("SCORECARD_STORE_FOLDER", str(tmp_path / "elsewhere"))
    with past.workbook_then(council.book, 1, council.found()) as made:
        building.refresh(made)
        assert list((tmp_path / "elsewhere").iterdir()) == [made.built]
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_day_goes_back_to_the_last_version_recorded_by_its_end(council):
    council.publish()
    (made,) = versions.read(council.book)
    day = made.at.astimezone(time_zone(council.book)).date()

    assert council.found(1, str(day)).version == 1
    assert council.found(1, str(day)).published
    assert council.found(1, str(day - timedelta(days=1))).version is None


def test_without_a_version_the_files_of_today_are_used_and_the_reason_is_given(council):
    found = council.found()
    assert (found.version, found.words) == (None, "no version of them has been recorded yet")
    assert council.then()[TARGET] == TARGETS

    (council.root / "data/format.yml").unlink()
    assert council.publish().version is None
    assert not council.book.versions.exists()
    assert council.found().words == (
        "a workbook of format 1 doesn't keep them: `run_month.py upgrade`"
    )


def test_what_is_withheld_today_is_withheld_in_a_month_that_was_not_published_so(council):
    council.publish()
    council.write("params/disclosure.yml", "threshold: 5\nfootnote: Not shown.\n")
    assert "params/disclosure.yml" not in council.then()

    record_load(council.book, {**RESULTS, "2024-07": "shire,h,all,1,2"})
    council.publish(load=2, force=True)
    council.write("params/disclosure.yml", "threshold: 9\nfootnote: Not shown.\n")
    assert council.found(1).version == 1
    assert "threshold: 9" in council.then(1)["params/disclosure.yml"]
    assert "threshold: 5" in council.then(2)["params/disclosure.yml"]


def test_a_pack_with_pages_kept_from_other_files_has_no_version(council):
    council.publish()
    change_all(council)
    assert council.publish(only=["two"]).version is None
    assert len(versions.read(council.book)) == 2


def test_a_pack_is_published_though_the_ledger_cannot_be_written(council, monkeypatch):
    monkeypatch.setattr(
        past.ledger, "locked", lambda _: (_ for _ in ()).throw(LedgerError("no room."))
    )
    with pytest.warns(Notice, match=r"no room\. So this pack can't be made again once"):
        assert council.publish().version is None


def test_a_fault_in_the_versions_is_found_before_anything_runs(council):
    council.publish()
    (council.book.versions / "0001.yml").write_text("version: 1\n")
    council.pool.ran.clear()
    with pytest.raises(LedgerError, match="is not a valid version"):
        council.publish(force=True)
    assert council.pool.ran == []


def test_a_pack_whose_version_is_missing_is_named(council):
    from scorecard.batch.published import check_packs

    council.publish()
    check_packs(council.book, council.outputs)
    (council.book.versions / "0001.yml").unlink()
    for ask in (lambda: check_packs(council.book, council.outputs), council.found):
        with pytest.raises(LedgerError, match=r"version 1 .* data/loads/versions/0001\.yml is"):
            ask()


def test_the_ledger_is_no_input_of_a_pack_but_for_its_loads(council):
    council.publish()
    change_all(council)
    with past.ledger.locked(council.book):
        versions.record(council.book, "Jane", "Because")
    for name in (TARGET, UNIT):
        council.write(name, {TARGET: TARGETS, UNIT: UNITS}[name])
    for name in ("data/commentary/2024-06/h.md", "params/wording.yml"):
        council.write(name, FILES[name])
    (council.root / "params/2024-06.yml").unlink()
    council.pool.ran.clear()
    batches.run(council.book, council.outputs, council.pool,
                [job(council.notebook), job(council.notebook, "two")], load=1)  # fmt: skip
    assert council.pool.ran == []


def changes(council, among=None):
    (first, *_) = versions.read(council.book)
    names = other_changes.changed(council.book, versions.state([first]), JUNE, among)
    return list(other_changes.lines(council.book, first, names, time_zone(council.book)))


def test_what_changed_since_is_listed_by_indicator_unit_and_key(council):
    council.publish()
    assert changes(council) == []
    change_all(council)
    council.write(TARGET, TARGETS.replace("h,2015-04,90,80", "h,2015-04,95,80.25")
                  + "days,2024-06,400,500,,,\n")  # fmt: skip
    council.write("data/commentary/2024-05/h.md", "Of another month.\n")
    council.write("params/brand.svg", "<svg></svg>\n")
    head, *rest = changes(council)
    assert head.startswith("Besides results, these changed since version 1, recorded 20")
    assert rest == [
        "  commentary on h (Higher is better) for 2024-06: changed",
        "  target of h (Higher is better) from 2015-04: 90.0% → 95.0%",
        "  floor standard of h (Higher is better) from 2015-04: 80.0% → 80.25%",
        "  target of days (Days) from 2024-06: added, target 400.0, floor standard 500.0",
        "  name of north-team: North Team → Team North",
        "  params/2024-06.yml: added",
        "  params/brand.svg: changed",
        "  params/wording.yml, council: Shire → Shire County",
        "  params/wording.yml, glossary.a.term: a → none",
        "  params/wording.yml, glossary.a.meaning: b → none",
    ]
    assert changes(council, among=["params/2024-06.yml"])[1:] == ["  params/2024-06.yml: added"]


def test_rows_in_another_order_and_files_that_are_gone_are_changes_too(council):
    council.publish()
    first, *others = INDICATORS.splitlines()
    council.write("data/reference/indicators.csv", "\n".join([first, *others[::-1]]) + "\n")
    council.write("params/checks.yml", "flows: [\n")
    (council.root / "data/commentary/2024-06/h.md").unlink()
    assert changes(council)[1:] == [
        "  commentary on h (Higher is better) for 2024-06: removed",
        f"  data/reference/indicators.csv {other_changes.WRITTEN}",
        "  params/checks.yml, flows:  → none",
        "  params/checks.yml, the whole file: none → it can't be read",
    ]


def test_months_are_named_by_the_version_they_were_published_from(council):
    run = council.publish()
    known = versions.read(council.book)
    older = run.model_copy(update={"version": None})
    assert past.published_version(council.book, run, known) == 1
    assert past.published_version(council.book, older, known) is None
    upgraded = [known[0].model_copy(update={"published": ("2024-06",)})]
    assert past.published_version(council.book, older, upgraded) == 1
    may = older.model_copy(update={"month": "2024-05"})
    assert past.published_version(council.book, may, upgraded) is None
    assert past.published_version(council.book, None, upgraded) is None


def test_the_command_takes_the_version_of_the_published_pack_not_a_later_one(council):
    council.publish()
    change_all(council)
    with past.ledger.locked(council.book):
        versions.record(council.book, "Jane", "Because")
    seen = []

    def what(months, root):
        seen.append((months, (root / TARGET).read_text()))
        return 1

    then = Past(
        "1", 1, council.root, council.outputs.root / "as-at/1", council.root / "none", quiet=True
    )
    assert then.run(what, [JUNE, JUNE - 1]) == 1
    assert seen[0] == ([JUNE], TARGETS)
    assert seen[1][0] == [JUNE - 1]
    assert "h,2015-04,95,80" in seen[1][1]


def test_no_store_draws_a_bar_into_what_a_command_prints(council):
    for opened in (in_memory(council.book), Store.open(council.book)):
        with opened as store:
            found = store.rows("SELECT current_setting('enable_progress_bar') AS shown")
        assert found == [{"shown": False}]


def differences(council, units=None):
    with in_memory(council.book) as now:
        found = past.differences(council.book, now, JUNE, 1, 1, units)
    return found and [(d.unit_name, d.code, list(d.lines())) for d in found]


def test_ratings_of_then_are_by_the_targets_of_then(council):
    council.publish()
    assert differences(council) == []
    council.write(TARGET, TARGETS.replace("h,2015-04,90,80", "h,2015-04,85,80"))
    council.write(UNIT, UNITS.replace("shire,Shire,", "shire,The Shire,"))
    ((unit, code, lines),) = differences(council)
    assert (unit, code) == ("The Shire", "h")
    assert lines == [("result", "85.0% (85 of 100), amber → 85.0% (85 of 100), green")]
    assert differences(council, ["north"]) == []


def test_an_indicator_that_is_new_or_gone_differs_as_a_whole(council):
    council.publish()
    council.write("data/reference/indicators.csv", INDICATORS.replace("h,Section", "hh,Section"))
    council.write(TARGET, TARGETS.replace("h,2015", "hh,2015"))
    for month, lines in RESULTS.items():
        rows = "".join(
            f"{month},{line.replace(',h,', ',hh,')},published\n" for line in lines.split()
        )
        council.write(f"data/results/{month}.csv", HEADER + rows)
    assert [(unit, code, lines[0]) for unit, code, lines in differences(council)][:2] == [
        ("Shire", "hh", ("result", "none → 85.0% (85 of 100), amber")),
        ("Shire", "h", ("result", "85.0% (85 of 100), amber → none")),
    ]


def test_nothing_is_compared_where_the_files_of_then_break_a_rule_of_today(council):
    council.write(UNIT, UNITS + "new-team,New,team,nowhere\n")
    council.publish()
    council.write(UNIT, UNITS)
    assert differences(council) is None
