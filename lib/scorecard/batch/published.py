"""What is published, as a load must know it: from which results each pack was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.batch import record
from scorecard.batch.freshness import file_hash
from scorecard.loads.plan import Published

if TYPE_CHECKING:
    from scorecard.batch.pack import Outputs
    from scorecard.workbook import Workbook

RESULTS = "data/results/"


def published(workbook: Workbook, outputs: Outputs) -> dict[str, Published]:
    """Every published month with the load of its pack, oldest month first."""
    now = {workbook.show(path): file_hash(path) for path in workbook.results()}
    found = {}
    for month in outputs.months():
        run = record.read(outputs.pack(month))
        used = (
            {name: value for name, value in run.inputs.items() if name.startswith(RESULTS)}
            if run
            else {}
        )
        found[str(month)] = Published(run.load if run else None, current=bool(used) and used == now)
    return found
