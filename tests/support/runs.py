"""A run's record, as a published pack has it."""

from __future__ import annotations

from datetime import UTC, datetime

from scorecard.batch.record import AppendixRecord, Machine, Run


def make_run(**changes):
    now = datetime(2024, 7, 1, 9, 30, tzinfo=UTC)
    values = {
        "month": "2024-06", "status": "complete", "started": now, "finished": now,
        "command": ["run_month.py", "2024-06"],
        "machine": Machine(python="3.11", system="Linux", engine="forked", workers=2),
        "commit": None, "changed_code": False, "store": "0", "code": "c",
        "inputs": {"data/a.csv": "1", "data/b.csv": "2"}, "versions": {}, "seconds": {},
        "index": "i",
        "appendices": [AppendixRecord(name="a", title="A", notebook="a.ipynb", parameters={},
                                      status="made", files={"a.html": "1"})],
    }  # fmt: skip
    return Run(**{**values, **changes})
