"""`run.json`: every field explained, read back as written, and no path that leads elsewhere."""

import pytest
from pydantic import ValidationError

from scorecard.batch import record
from scorecard.batch.record import AppendixRecord, Machine, Run
from support.runs import make_run


def test_a_record_is_read_back_as_it_was_written(tmp_path):
    run = make_run()
    record.write(run, tmp_path)
    assert record.read(tmp_path) == run


@pytest.mark.parametrize("text", ["", "{}", "[]", "not json", '{"format": 2}'])
def test_a_record_that_can_not_be_read_is_none(tmp_path, text):
    (tmp_path / "run.json").write_text(text)
    assert record.read(tmp_path) is None


def test_no_record_is_none(tmp_path):
    assert record.read(tmp_path) is None


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "a/../../x", "c:\\x", "a\\..\\x"])
def test_a_record_can_not_name_a_file_outside_its_pack(path):
    with pytest.raises(ValidationError, match="is in the pack"):
        AppendixRecord(
            name="a", title="A", notebook="a.ipynb", parameters={}, status="made",
            files={path: "1"},
        )  # fmt: skip


def test_changed_inputs_are_files_that_differ_came_or_went():
    run = make_run()
    now = {"data/a.csv": "1", "data/b.csv": "3", "data/c.csv": "4"}
    assert run.changed_inputs(now, "c") == ["data/b.csv", "data/c.csv"]
    assert run.changed_inputs({"data/a.csv": "1"}, "c") == ["data/b.csv"]
    assert run.changed_inputs(run.inputs, "d") == ["the helper package"]


def test_every_field_of_the_record_is_explained():
    for model in (Run, AppendixRecord, Machine, record.Download, record.HeadlineRecord):
        for name, each in model.model_fields.items():
            assert each.description, f"{model.__name__}.{name} has no docstring"
