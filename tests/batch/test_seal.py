"""A pack that withholds small numbers holds nothing against which a guess of one can be checked."""

import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile

import pytest

from scorecard.batch import freshness, record
from scorecard.batch.engine.schedule import Result
from scorecard.batch.engine.tasks import Failed
from scorecard.batch.packs_folder import PacksFolder
from scorecard.batch.published import ILLEGIBLE, check_packs, is_in_ledger, published
from scorecard.batch.seal import Seal
from scorecard.batch.since import Since
from scorecard.disk import file_hash
from scorecard.errors import OutputsError
from scorecard.months import Month
from scorecard.store import trusted
from scorecard.workbook import Workbook
from support import council
from support.batches import MONTH, StandIn, job, make_notebook, make_workbook, run
from support.places import REPOSITORY

WITHHOLDING = "threshold: 5\nfootnote: 'Figures marked {sign} are 1 to {threshold}.'\n"
SECRET = ("children-with-disabilities", "f1")
"""A count of the second council that is withheld, 3, and whose pages are alike with 1 to 5."""


class Failing(StandIn):
    """A stand-in whose appendix `a` fails with a message that holds a figure."""

    def _result(self, work):
        result = super()._result(work)
        if work.name != "a":
            return result
        return Result(work, None, Failed("ValueError: 3 children", cell=2, line=5, source="x(3)"))


@pytest.fixture
def workbook(tmp_path):
    made = make_workbook(tmp_path / "workbook")
    write_result(made, 3)
    (made.root / "params/disclosure.yml").write_text(WITHHOLDING)
    return made


@pytest.fixture
def outputs(tmp_path):
    return PacksFolder(tmp_path / "outputs")


@pytest.fixture
def jobs(tmp_path):
    notebook = make_notebook(tmp_path / "notebooks/page.ipynb")
    return [job(notebook, name) for name in ("a", "b")]


def write_result(workbook, num):
    header = "month,unit,code,cohort,num,denom,provenance\n"
    path = workbook.root / "data/results/2024-06.csv"
    path.write_text(f"{header}2024-06,fenwold,a1,all,{num},,supplied\n")


def everything(pack):
    """All bytes that a reader of a pack has, with those inside its spreadsheets."""
    found = []
    for path in sorted(pack.rglob("*")):
        if path.is_file():
            found += [path.name.encode(), path.read_bytes()]
            if path.suffix == ".xlsx":
                with zipfile.ZipFile(path) as book:
                    found += [book.read(name) for name in book.namelist()]
    return b"\n".join(found)


def hashes(workbook, job):
    """The hashes that a withheld count is part of, as anybody can make them, in their first half.

    Of the file of results, of all data of an appendix, and of what the store is built from.
    """
    return {
        each[:32].encode()
        for each in (
            file_hash(workbook.month_results(MONTH)),
            freshness.inputs(workbook).key(job, MONTH)["data"],
            trusted.fingerprint(workbook)[: trusted.OF_INPUTS],
        )
    }


def confirmed(workbook, outputs, job):
    """The guesses of the withheld count that a reader finds confirmed, who has all but it."""
    seen, found = everything(outputs.pack(MONTH)), []
    reader = Workbook.at(shutil.copytree(workbook.root, outputs.root / "reader"))
    reader.secret.unlink(missing_ok=True)
    for guess in range(1, 6):
        write_result(reader, guess)
        found += [guess for each in hashes(reader, job) if each in seen]
    shutil.rmtree(reader.root)
    return found


def test_the_secret_is_made_once_and_for_its_owner(workbook):
    Seal(workbook).create()
    before = workbook.secret.read_bytes()
    Seal(workbook).create()
    assert workbook.secret.read_bytes() == before
    assert len(before.strip()) == 64
    if os.name == "posix":
        assert workbook.secret.stat().st_mode & 0o077 == 0


def test_a_sealed_hash_depends_on_name_hash_and_secret(tmp_path):
    one, other = (make_workbook(tmp_path / name) for name in ("one", "other"))
    for each in (one, other):
        Seal(each).create()
    seal = Seal(one)
    sealed = seal.as_in({"x": "1", "y": "1", "z": "2"}, sealed=True)
    assert seal.as_in({"x": "1"}, sealed=False) == {"x": "1"}
    assert len({*sealed.values(), *Seal(other).as_in({"x": "1"}, sealed=True).values()}) == 4
    assert Seal(one).as_in({"x": "1"}, sealed=True) == {"x": sealed["x"]}
    one.secret.unlink()
    assert Seal(one).as_in({"x": "1"}, sealed=True) != {"x": sealed["x"]}


def test_no_guess_of_a_withheld_count_can_be_checked(workbook, outputs, jobs):
    run(workbook, outputs, StandIn(), jobs)
    assert confirmed(workbook, outputs, jobs[0]) == []
    assert workbook.secret.read_bytes().strip() not in everything(outputs.pack(MONTH))
    assert not (outputs.pack(MONTH) / "notebooks").exists()


def test_where_nothing_is_withheld_the_record_holds_plain_hashes(workbook, outputs, jobs):
    (workbook.root / "params/disclosure.yml").unlink()
    made = run(workbook, outputs, StandIn(), jobs).run
    assert not made.sealed
    assert confirmed(workbook, outputs, jobs[0]) == [3, 3]
    assert not workbook.secret.exists()
    assert (outputs.pack(MONTH) / "notebooks/a.ipynb").exists()


def test_what_is_unchanged_is_not_run_again(workbook, outputs, jobs):
    run(workbook, outputs, StandIn("one"), jobs)
    pool = StandIn("two")
    assert not run(workbook, outputs, pool, jobs).published
    assert pool.ran == []
    write_result(workbook, 4)
    run(workbook, outputs, pool, jobs)
    assert pool.ran == ["a", "b"]


def test_what_succeeded_beside_a_failure_is_not_run_again(workbook, outputs, jobs):
    run(workbook, outputs, Failing("one"), jobs)
    pool = StandIn("two")
    assert run(workbook, outputs, pool, jobs).published
    assert pool.ran == ["a"]


@pytest.mark.parametrize("first", [True, False])
def test_everything_is_made_again_when_withholding_begins_or_ends(workbook, outputs, jobs, first):
    path = workbook.root / "params/disclosure.yml"
    texts = [WITHHOLDING, WITHHOLDING.replace("5", "0", 1)]
    for withholds in (first, not first):
        path.write_text(texts[not withholds])
        pool = StandIn()
        assert run(workbook, outputs, pool, jobs).run.sealed == withholds
        assert pool.ran == ["a", "b"]


def test_a_lost_secret_has_everything_made_again(workbook, outputs, jobs):
    run(workbook, outputs, StandIn(), jobs)
    workbook.secret.unlink()
    pool = StandIn()
    run(workbook, outputs, pool, jobs)
    assert pool.ran == ["a", "b"]


def test_a_lost_secret_is_reported_and_no_file_is_called_changed(workbook, outputs, jobs):
    made = run(workbook, outputs, StandIn(), jobs).run
    for replace in (workbook.secret.unlink, Seal(workbook).create):
        replace()
        found = Since(workbook, outputs.root).changes(made, MONTH, outputs.pack(MONTH))
        assert (found.files, found.unclear) == ([], ILLEGIBLE)
        assert published(workbook, outputs)["2024-06"].edited == ()
        check_packs(workbook, outputs)


def test_status_and_loads_still_tell_what_has_changed(workbook, outputs, jobs):
    made = run(workbook, outputs, StandIn(), jobs).run

    def changed():
        notebooks = jobs[0].notebook.parent
        return Since(workbook, notebooks).changes(made, MONTH, outputs.pack(MONTH)).files

    assert changed() == []
    assert published(workbook, outputs)["2024-06"].current
    write_result(workbook, 4)
    assert changed() == ["data/results/2024-06.csv"]
    assert published(workbook, outputs)["2024-06"].edited == ("data/results/2024-06.csv",)


def test_the_load_of_a_sealed_record_is_known_again(workbook):
    entry = workbook.loads / "0001/load.yml"
    entry.parent.mkdir(parents=True)
    entry.write_text("load: 1\n")
    inputs = freshness.inputs(workbook)
    inputs.seal.create()
    made = record.Run.model_construct(
        load=1, sealed=True, inputs=freshness.inputs(workbook).of(MONTH, sealed=True)
    )
    assert is_in_ledger(made, workbook)
    entry.write_bytes(b"load: 1\r\n")
    assert is_in_ledger(made, workbook), "git may have changed the line ends"
    entry.write_text("load: 2\n")
    assert not is_in_ledger(made, workbook)


def test_pages_made_from_different_figures_are_not_put_together(workbook, outputs, jobs):
    run(workbook, outputs, StandIn("one"), jobs)
    assert run(workbook, outputs, StandIn("two"), jobs, only=["a"], force=True).published
    write_result(workbook, 4)
    pool = StandIn("three")
    with pytest.raises(
        OutputsError, match="`b` would be kept as it was made earlier, though the data have"
    ):
        run(workbook, outputs, pool, jobs, only=["a"])
    assert pool.ran == []


def test_a_page_that_shows_small_numbers_is_not_kept_beside_one_that_withholds(
    workbook, outputs, jobs
):
    path = workbook.root / "params/disclosure.yml"
    text = path.read_text()
    path.unlink()
    run(workbook, outputs, StandIn("one"), jobs)
    path.write_text(text)
    with pytest.raises(OutputsError, match="Run the month without --only"):
        run(workbook, outputs, StandIn("two"), jobs, only=["a"])


def test_the_message_of_a_failure_is_on_the_screen_only(workbook, outputs, jobs):
    outcome = run(workbook, outputs, Failing(), jobs, keep_going=True)
    assert outcome.failures == {"a": "cell 2, line 5 (`x(3)`): ValueError: 3 children"}
    assert outcome.run.appendix("a").failure.startswith("cell 2, line 5: the reason may hold")
    seen = everything(outputs.pack(MONTH))
    assert b"3 children" not in seen
    assert b"x(3)" not in seen


def test_the_message_of_a_warning_is_not_in_the_pack(workbook, outputs, jobs):
    class Warned(StandIn):
        def _result(self, work):
            result = super()._result(work)
            said = "page.ipynb, cell 2 (`x()`) warned: UserWarning: only 3 children"
            result.page = result.page.__class__(**{**vars(result.page), "attention": (said,)})
            return result

    made = run(workbook, outputs, Warned(), jobs).run
    assert made.attention == ["a and b: page.ipynb, cell 2 (`x()`) warned: UserWarning"]


def publish(folder, num, secret=None):
    """The second council's pack, with another value of a withheld count.

    The borough gets a figure of its own, which would otherwise be a sum that rests on the count.
    """
    book = folder / "book"
    council.files(book)
    (book / "params/disclosure.yml").write_text(WITHHOLDING)
    if secret:
        (book / "data/.secret").write_bytes(secret)
    path = book / "data/results/2024-06.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text())))
    for row in rows:
        if (row["unit"], row["code"]) == SECRET:
            assert row["num"] == "3"
            row["num"] = str(num)
            whole = {**row, "unit": "fenwold", "num": "258"}
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows([*rows, whole])
    command = [sys.executable, "run_month.py", "2024-06", "--workbook", book]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return Workbook.at(book), book / "outputs/2024-06"


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    return publish(tmp_path_factory.mktemp("three"), 3)


def test_no_hash_of_the_data_is_in_a_published_pack(three):
    workbook, pack = three
    seen = everything(pack)
    assert trusted.fingerprint(workbook)[: trusted.OF_INPUTS].encode() not in seen
    for path in (workbook.root / "data").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for of in (hashlib.sha256, hashlib.sha1, hashlib.md5):
                assert of(content).hexdigest().encode() not in seen, path.name
    assert workbook.secret.read_bytes().strip() not in seen
    assert not list(pack.rglob("*.ipynb"))


@pytest.mark.thorough
def test_a_pack_is_alike_whatever_a_withheld_count_is(three, tmp_path):
    """But for when and how long, and hashes that are sealed: with the same secret those too."""
    workbook, pack = three
    _, others = publish(tmp_path, 4, workbook.secret.read_bytes())

    def files(folder):
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and path.name != record.RECORD
        }

    assert files(pack) == files(others)
    one, two = (json.loads((each / record.RECORD).read_text()) for each in (pack, others))
    changed = [name for name in one["inputs"] if one["inputs"][name] != two["inputs"][name]]
    assert changed == [
        "data/loads/0001/changes.csv", "data/loads/0001/load.yml", "data/results/2024-06.csv"
    ]  # fmt: skip
    for each in (one, two):
        for volatile in ("started", "finished", "seconds", "store", "inputs", "command"):
            del each[volatile]
        for appendix in each["appendices"]:
            del appendix["made"], appendix["seconds"], appendix["key"]["data"]
    assert one == two
    assert one["checks"] is None
    assert one["commit"] is None


def test_a_published_pack_that_withholds_is_up_to_date(three):
    workbook, pack = three
    before = (pack / record.RECORD).read_bytes()
    for words, said in [(["2024-06"], "2024-06 is up to date"), (["status"], "has changed since")]:
        command = [sys.executable, "run_month.py", *words, "--workbook", workbook.root]
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert said in done.stdout
        assert re.search("nothing that the pack shows has changed since|up to date", done.stdout)
    assert (pack / record.RECORD).read_bytes() == before
    assert Month.parse("2024-06") in PacksFolder(pack.parent).months()
