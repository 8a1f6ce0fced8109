"""What reference data, parameters and commentary were: recorded, read back, never lost."""

from __future__ import annotations

import pytest

from scorecard.errors import LedgerError, Notice
from scorecard.ledger import ledger, versions
from support.workbooks import make_workbook

COMMENTARY = "data/commentary/2016-08/h.md"
TARGETS = "data/reference/targets.csv"


@pytest.fixture
def book(tmp_path):
    made = make_workbook(tmp_path, {"2016-08": "shire,h,all,1,2"})
    for name, text in {
        COMMENTARY: "It rose.\n",
        "params/wording.yml": "council: Shire\nservice: Children\n",
        "params/extracts.yml": "extracts: {}\n",
        "data/.secret": "0123\n",
        "data/format.yml": "format: 2\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return made


def record(book, why="Because", published=()):
    with ledger.locked(book):
        return versions.record(book, "Jane Analyst", why, published)


def edit(book, name, text):
    (book.root / name).write_text(text)


def test_the_first_version_has_every_file_that_pages_are_made_from_and_no_secret(book):
    made, changed = record(book)

    assert [*changed] == [
        COMMENTARY, "data/reference/indicators.csv", TARGETS, "data/reference/units.csv",
        "params/wording.yml",
    ]  # fmt: skip
    assert versions.read(book) == (made,)
    assert (made.version, made.load, made.previous, made.by, made.why) == (
        1, None, None, "Jane Analyst", "Because",
    )  # fmt: skip
    held = b"".join(path.read_bytes() for path in book.loads.rglob("*") if path.is_file())
    assert b"0123\n" not in held
    assert b"extracts" not in held


def test_nothing_is_recorded_when_nothing_changed(book):
    first, _ = record(book)
    before = sorted(book.versions.rglob("*"))

    assert record(book) == (first, {})
    assert sorted(book.versions.rglob("*")) == before


def test_a_later_version_names_what_changed_came_and_went(book):
    record(book)
    edit(book, TARGETS, "code\n")
    edit(book, "params/2016-08.yml", "letters: {}\n")
    (book.root / COMMENTARY).unlink()
    second, _ = record(book)

    assert {name: value is None for name, value in second.files.items()} == {
        COMMENTARY: True, TARGETS: False, "params/2016-08.yml": False,
    }  # fmt: skip
    assert COMMENTARY not in versions.state(versions.read(book))
    assert COMMENTARY in versions.state(versions.read(book)[:1])


def test_a_copy_holds_what_the_file_did_and_is_kept_once(book):
    record(book)
    old = (book.root / TARGETS).read_bytes()
    first = versions.state(versions.read(book))
    edit(book, TARGETS, "code\n")
    record(book)
    (book.root / TARGETS).write_bytes(old)
    third, _ = record(book)

    assert third.files == {TARGETS: first[TARGETS]}
    assert versions.content(book, TARGETS, first[TARGETS]) == old
    assert len(list((book.versions / "files").iterdir())) == 6
    versions.check(book)


def test_other_line_ends_are_no_change(book):
    record(book)
    path = book.root / TARGETS
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    (copy,) = book.versions.glob(f"files/{versions.state_now(book)[TARGETS]}.csv")
    copy.write_bytes(copy.read_bytes().replace(b"\n", b"\r\n"))

    assert record(book)[1] == {}
    versions.check(book)


def test_a_lost_or_edited_copy_is_named_with_its_file_and_the_remedy(book):
    record(book)
    value = versions.state(versions.read(book))[TARGETS]
    copy = book.versions / "files" / f"{value}.csv"
    copy.write_text("edited")
    with pytest.raises(LedgerError) as error:
        versions.check(book)
    assert str(error.value) == (
        f"data/loads/versions/files/{value}.csv, a copy of {TARGETS}, was modified. "
        f"{versions.BRING_BACK}"
    )
    copy.unlink()
    with pytest.raises(LedgerError, match=r"targets\.csv, is missing"):
        versions.check(book)


def test_an_edited_copy_is_noticed_before_its_content_is_recorded_again(book):
    record(book)
    old = (book.root / TARGETS).read_text()
    value = versions.state_now(book)[TARGETS]
    edit(book, TARGETS, "code\n")
    record(book)
    (book.versions / "files" / f"{value}.csv").write_text("edited")
    edit(book, TARGETS, old)
    with pytest.raises(LedgerError, match="was modified"):
        record(book)
    assert len(versions.read(book)) == 2


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda folder: (folder / "0001.yml").unlink(), "0001.yml is missing, though 0002.yml is"),
        (
            lambda folder: (folder / "0001.yml").write_text(
                (folder / "0001.yml").read_text().replace("Because", "Nothing")
            ),
            "0001.yml was modified after version 2",
        ),
        (lambda folder: (folder / "0002.yml").write_text("version: 2\n"), "is not a valid version"),
        (
            lambda folder: (folder / "0002.yml").write_text(
                (folder / "0002.yml").read_text().replace("version: 2", "version: 3")
            ),
            "says it is version 3",
        ),
    ],
)
def test_a_lost_or_edited_version_is_a_fault(book, spoil, fault):
    record(book)
    edit(book, TARGETS, "code\n")
    record(book)
    spoil(book.versions)
    with pytest.raises(LedgerError, match=fault):
        versions.read(book)


def test_a_version_that_names_a_file_elsewhere_is_refused(book):
    record(book)
    path = book.versions / "0001.yml"
    path.write_text(path.read_text().replace(COMMENTARY, "data/../../elsewhere.md"))
    with pytest.raises(LedgerError, match="is not a valid version"):
        versions.read(book)


def test_a_full_disk_is_a_notice_and_leaves_no_version(book, monkeypatch):
    record(book)
    edit(book, TARGETS, "code\n")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(versions, "write_whole", full)
    with pytest.warns(Notice, match="can't be recorded in data/loads/versions: the disk is full"):
        assert record(book) == (None, {})
    monkeypatch.undo()
    assert len(versions.read(book)) == 1
    assert record(book)[0].version == 2


def test_a_version_that_was_cut_off_is_recorded_by_the_next(book, monkeypatch):
    """Copies come before the version that names them, so that it never names what isn't there."""
    written = []

    def cut_off(target, content):
        if target.suffix == ".yml" and target.parent == book.versions:
            raise KeyboardInterrupt
        written.append(target)
        target.write_bytes(content)

    monkeypatch.setattr(versions, "write_whole", cut_off)
    with pytest.raises(KeyboardInterrupt):
        record(book)
    monkeypatch.undo()
    assert len(written) == 5
    assert versions.read(book) == ()
    assert record(book)[0].version == 1
    versions.check(book)


def test_a_file_that_changes_while_it_is_recorded_is_not_recorded(book, monkeypatch):
    monkeypatch.setattr(
        versions, "write_whole", lambda target, content: target.write_bytes(content + b"more")
    )
    with pytest.raises(LedgerError, match="changed while it was recorded"):
        record(book)
    assert versions.read(book) == ()
    assert list((book.versions / "files").iterdir()) == []


def test_the_versions_are_no_load_and_are_named_after_the_last_one(book):
    record(book)
    assert ledger.read(book) == ()
