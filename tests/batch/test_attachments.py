"""Documents that go with a pack as they are."""

import pytest

from scorecard.batch import past, record
from scorecard.batch.packs_folder import PacksFolder
from scorecard.disk import file_hash
from scorecard.errors import ParamsError
from scorecard.ledger import versions
from scorecard.pages import index
from scorecard.pages.page import About, Link
from scorecard.params.attachments import LARGEST, attached
from support.batches import (
    FRAGMENT,
    MONTH,
    REPORTS,
    StandIn,
    job,
    make_notebook,
    make_workbook,
    run,
)

ENTRY = """attachments:
- file: plan-{month}.pdf
  title: Business plan, end of year
  owner: Finance
  date: 2024-06-30
"""
PDF = b"%PDF-1.7\r\n\x00\xff one\n"


@pytest.fixture
def workbook(tmp_path):
    made = make_workbook(tmp_path / "workbook")
    (made.root / "data/format.yml").write_text("format: 2\n", encoding="utf-8")
    made.params("reports").write_text(REPORTS + ENTRY, encoding="utf-8")
    (made.root / "params/attachments").mkdir()
    return made


@pytest.fixture
def file(workbook):
    path = workbook.root / f"params/attachments/plan-{MONTH}.pdf"
    path.write_bytes(PDF)
    return path


def fault(workbook):
    with pytest.raises(ParamsError) as error:
        attached(workbook, MONTH)
    return str(error.value)


def test_an_attachment_has_title_owner_date_kind_and_the_file_s_bytes(workbook, file):
    (found,) = attached(workbook, MONTH)

    assert found.in_full == "Business plan, end of year (Finance, 30 June 2024)"
    assert (found.kind, found.in_pack) == ("PDF", "attachments/plan-2024-06.pdf")
    assert found.content == PDF


def test_it_goes_with_the_packs_of_the_months_that_it_says(workbook, file):
    workbook.params("reports").write_text(f"{REPORTS}{ENTRY}  months: [6]\n", encoding="utf-8")

    assert len(attached(workbook, MONTH)) == 1
    assert attached(workbook, MONTH + 1) == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "is missing. Put it there, or take the entry out"),
        (b"", "is empty. Save it again"),
        (b"PK\x03\x04", "is not what its name says: it doesn't begin as a pdf file. Save it again"),
        (b"%PDF-" + b" " * LARGEST, "has more than 25 MiB. Save it smaller"),
    ],
)
def test_a_file_that_cant_be_attached_is_named_with_the_line_and_the_key(workbook, content, why):
    path = workbook.root / f"params/attachments/plan-{MONTH}.pdf"
    if content is not None:
        path.write_bytes(content)

    assert fault(workbook) == (
        f"params/reports.yml, line 4: `file`: params/attachments/plan-2024-06.pdf {why}"
    )
    path.unlink(missing_ok=True)
    path.mkdir()
    assert fault(workbook).endswith("is not a file")


@pytest.mark.parametrize("name", ["../plan.pdf", ".plan.pdf", "a/plan.pdf", "plan.html", "plan"])
def test_a_name_that_leads_elsewhere_or_of_another_kind_is_refused(workbook, name):
    text = workbook.params("reports").read_text(encoding="utf-8")
    workbook.params("reports").write_text(text.replace("plan-{month}.pdf", name), encoding="utf-8")

    assert f"`attachments.0.file` is '{name}'" in fault(workbook)


def test_one_name_is_attached_once(workbook, file):
    text = workbook.params("reports").read_text(encoding="utf-8")
    again = "- {file: plan-2024-06.pdf, title: Again}\n"
    workbook.params("reports").write_text(text + again, encoding="utf-8")

    assert fault(workbook).endswith("plan-2024-06.pdf is named twice in 2024-06")


def test_a_pack_carries_it_byte_for_byte_and_notices_when_it_was_changed(workbook, file, tmp_path):
    outputs = PacksFolder(tmp_path / "outputs")
    jobs = [job(make_notebook(tmp_path / "notebooks/a.ipynb", FRAGMENT))]
    made = run(workbook, outputs, StandIn(), jobs)
    copy = outputs.pack(MONTH) / "attachments/plan-2024-06.pdf"

    assert copy.read_bytes() == PDF
    assert made.run.files["attachments/plan-2024-06.pdf"] == file_hash(file)
    assert made.run.inputs["params/attachments/plan-2024-06.pdf"] == file_hash(file)
    assert not run(workbook, outputs, StandIn(), jobs).published

    copy.write_bytes(b"%PDF-other")
    assert not record.read(outputs.pack(MONTH)).intact(outputs.pack(MONTH))
    copy.write_bytes(PDF)
    file.write_bytes(PDF + b"two")
    assert run(workbook, outputs, StandIn(), jobs).published
    assert copy.read_bytes() == PDF + b"two"


def test_it_is_kept_with_the_versions_and_made_again_as_it_was(workbook, file):
    first, _ = versions.record(workbook, "somebody", "first")
    file.write_bytes(b"%PDF-later")
    versions.record(workbook, "somebody", "later")

    assert first.files[f"params/attachments/{file.name}"]
    then = past.FilesThen(1, published=True, words="")
    assert past._files(workbook, then)[f"params/attachments/{file.name}"] == PDF


def test_the_index_lists_it():
    about = About("index", "Pack", "All.", "Fenwold", "Children", MONTH)
    link = Link("attachments/plan.pdf", "Business plan", "PDF", 2048)

    assert '<a href="attachments/plan.pdf" download>Business plan (PDF, 2 KB)</a>' in index.render(
        about, [], attached=[link]
    )
    assert "Attached documents" not in index.render(about, [])
