"""The checks of one month of a workbook, and the page they leave for the analyst."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard.checks import stamp
from scorecard.checks.examine import examine
from scorecard.checks.material import Material
from scorecard.errors import NoResultsError, OutputsError, plain_words
from scorecard.pages import checks as page
from scorecard.params.brand import read_brand
from scorecard.params.checks import settings
from scorecard.params.wording import read_wording
from scorecard.store.store import Store

if TYPE_CHECKING:
    from scorecard.checks.finding import Findings
    from scorecard.months import Month
    from scorecard.workbook import Workbook


@dataclass(frozen=True)
class Examination:
    """The findings of a month, with the names of units and indicators that they speak of."""

    findings: Findings
    units: dict[str, str]
    indicators: dict[str, str]


def examination(workbook: Workbook, month: Month, checked: str | None = None) -> Examination:
    """Every check of `month`, on the store built from the workbook as it is now.

    `checked` as in `Store.open`.
    """
    with Store.open(workbook, checked) as store:
        known = store.catalogue([])
        if str(month) not in known.months:
            raise NoResultsError(month, known.months, known.months_ever)
        indicators = {row["code"]: row["name"] for row in store.rows("FROM indicators")}
        flows = settings(workbook, indicators).flows
        found = examine(Material(store, workbook, month, flows))
    return Examination(found, known.units, indicators)


def write(workbook: Workbook, target: Path, made: Examination) -> None:
    """Write the page to `target`, whole or not at all.

    Raises `OutputsError` when the file there was not written by the checks.
    """
    if not stamp.is_ours(target):
        raise OutputsError(
            f"{target} is not as the checks wrote it. Move it elsewhere or delete it, and run again"
        )
    wording, brand = read_wording(workbook), read_brand(workbook)
    html = page.render(made.findings, wording, made.units, made.indicators, brand)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".", dir=target.parent) as aside:
            written = Path(aside) / target.name
            written.write_text(stamp.stamped(html), encoding="utf-8", newline="\n")
            written.replace(target)
    except OSError as error:
        raise OutputsError(f"{target} can't be written: {plain_words(error)}") from error
