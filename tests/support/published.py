"""Packs that hold nothing but the figures that councils are compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from scorecard.batch import record
from scorecard.disk import file_hash
from support.runs import make_run

if TYPE_CHECKING:
    from pathlib import Path

USUAL = """NULL AS parent, 'a1' AS code, 'Decided within one working day' AS name,
    'H' AS polarity, 'R12M' AS data_period, 'percent' AS format, 'available' AS status,
    false AS estimated, NULL AS result, NULL AS num, 100 AS denom, 'whole' AS unit,
    'not-rated' AS rating, 'supplied' AS provenance"""
COUNT = "9 AS result, 'c9' AS code, 'count' AS format"
"""A figure of every council, which is no rate."""
MONTH = "2024-05"


def publish_figures(root: Path, *figures: str) -> None:
    """A pack whose figures are `figures`, each the SQL of some columns."""
    pack = root / "outputs" / MONTH
    pack.mkdir(parents=True)
    for name in ("data/reference", "params"):
        (root / name).mkdir(parents=True, exist_ok=True)
    path = pack / "figures.parquet"
    write_figures(path, root.name, *figures)
    run = make_run(month=MONTH, files={path.name: file_hash(path)})
    (pack / record.RECORD).write_text(run.model_dump_json())


def write_figures(path: Path, name: str, *figures: str) -> None:
    """A file of figures of the council `name`."""
    rows = " UNION ALL BY NAME ".join(
        f"SELECT * REPLACE ({each}) FROM (SELECT '{name.title()}' AS council, {USUAL})"  # noqa: S608
        for each in (*figures, COUNT)
    )
    typed = "SELECT * REPLACE (result::DECIMAL(18, 4) AS result, num::DECIMAL(18, 4) AS num, "
    typed += "denom::DECIMAL(18, 4) AS denom, parent::VARCHAR AS parent)"
    duckdb.sql(f"{typed} FROM ({rows})").write_parquet(str(path))
