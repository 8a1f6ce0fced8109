"""What is withheld leaves no trace: pages are the same whatever the hidden figures are."""

from __future__ import annotations

import csv
import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from scorecard.disclosure import decision as deciding
from scorecard.figure import NOT_SHOWN
from scorecard.months import Month
from scorecard.outputs import CHART_WORDS, VEGALITE, Note, Stack
from scorecard.params.disclosure import profile
from scorecard.report import Report, withholding
from scorecard.store.store import Store
from scorecard.workbook import Workbook
from support.places import MONTH, REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.disclosure.decision import Decision

CARE = ["9", "17", "18", "21", "22", "23", "24", "25", "26", "27"]
OTHERS = ["32", "33", "34", "35", "2", "7"]
UNITS = ("kent", "north-kent", "disability-service")


def copied(folder: Path, threshold: int = 5) -> Workbook:
    """This repository's workbook with a threshold."""
    for name in ("data", "params"):
        left_out = shutil.ignore_patterns("*.duckdb*", "*.json", "reconstruction", "loads")
        shutil.copytree(REPOSITORY / name, folder / name, ignore=left_out)
    path = folder / "params/disclosure.yml"
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump({**said, "threshold": threshold}), encoding="utf-8")
    return Workbook.at(folder)


def bundles(output: Any) -> list[dict[str, Any]]:
    """Everything that an answer hands to a page, to JupyterLab and to the downloads."""
    if isinstance(output, Stack):
        return [each for part in output.shown for each in bundles(part)]
    if hasattr(output, "to_dict"):
        return [{"frame": output.to_dict("records")}]
    return [output._repr_mimebundle_()]


def everything(workbook: Workbook, unit: str) -> dict[str, list[dict[str, Any]]]:
    """Every answer of a report, by the name of its question."""
    report = Report(MONTH, unit, workbook)
    whys = [report.why(code) for code in CARE]
    alone = [
        ask(code, *more)
        for code in CARE
        for ask, *more in (
            (report.result,), (report.result, "2016-05"), (report.result, "2015-06"),
            (report.trend,), (report.trend, "excluding_uasc"), (report.next_month,),
            (report.areas,), (report.others,),
        )
    ]  # fmt: skip
    answers = {
        "summary": report.summary(),
        "activity_table": report.activity_table(),
        "activity_over_time": report.activity_over_time(),
        "activity_residuals": report.activity_residuals(),
        "scorecard": report.scorecard(beside=report.county),
        "rating_totals": report.rating_totals(),
        "rating_changes": report.rating_changes(),
        "reds": report.reds(beside=report.county),
        "exceptions": report.exceptions(),
        "ambers": report.ambers(CARE),
        "panels": report.panels(CARE),
        "parts of panels": Stack(alone),
        "trends": report.trends(["17", "18", "21", "22", "23"]),
        "why": Stack(whys),
        "why_ratings_changed": report.why_ratings_changed(),
        "uasc_summary": report.uasc_summary(CARE + OTHERS),
        "uasc_chart": report.uasc_chart(CARE + OTHERS),
        "uasc_reasons": report.uasc_reasons(CARE + OTHERS),
        "uasc_tables": report.uasc_tables(CARE, OTHERS),
        "uasc_changes": report.uasc_changes(CARE),
        "key": report.key(),
        "footnotes": report.footnotes(),
    }
    return {name: bundles(answer) for name, answer in answers.items()}


@pytest.fixture(scope="module")
def workbook(tmp_path_factory) -> Workbook:
    return copied(tmp_path_factory.mktemp("withheld"))


@pytest.fixture(scope="module")
def decided(workbook) -> Decision:
    with Store.open(workbook) as store:
        return deciding.decision(store, workbook, Month.parse(MONTH), profile(workbook))


@pytest.mark.thorough
def test_pages_are_the_same_whatever_the_hidden_figures_are(
    workbook, decided, tmp_path, monkeypatch
):
    """Sentences, charts, descriptions, tables, downloads and what analysts see: all of it.

    Hidden snapshots and monthly counts get other values; the decision stays.
    """
    twin = copied(tmp_path)
    assert change(twin, decided) > 200
    before = {unit: everything(workbook, unit) for unit in UNITS}
    monkeypatch.setattr(withholding, "decision", lambda *_: decided)
    after = {unit: everything(twin, unit) for unit in UNITS}

    for unit in UNITS:
        for question, answer in before[unit].items():
            assert after[unit][question] == answer, (unit, question)


def change(twin: Workbook, decided: Decision) -> int:
    """Give hidden counts that are supplied as they are shown another value; how many."""
    with twin.reference("indicators").open(encoding="utf-8-sig", newline="") as file:
        plain = {row["code"] for row in csv.DictReader(file) if row["data_period"] in ("SS", "M")}
    changed = 0
    for path in twin.results():
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = {(r["unit"], r["code"], r["cohort"]): r for r in csv.DictReader(file)}
        for (unit, code, cohort), row in rows.items():
            hidden = decided.of(unit, code, cohort, Month.parse(path.stem))
            for part in hidden if code in plain else ():
                for step in (1, -1):
                    old = row[part]
                    row[part] = f"{float(old) + step:g}"
                    if is_possible(rows, unit, code):
                        changed += 1
                        break
                    row[part] = old
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, next(iter(rows.values())), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows.values())
    return changed


def is_possible(rows: dict[tuple[str, str, str], dict[str, str]], unit: str, code: str) -> bool:
    """Whether the loader takes the figures, and the checks the remainder of the cohorts."""

    def figures(cohort: str) -> tuple[float, float]:
        row = rows[unit, code, cohort]
        return float(row["num"]), float(row["denom"] or row["num"])

    num, denom = figures("all")
    possible = 0 <= num <= denom or not rows[unit, code, "all"]["denom"] or num > 2 * denom
    if (unit, code, "excluding_uasc") in rows:
        part, of = figures("excluding_uasc")
        possible = possible and 0 <= part <= of <= denom and part <= num
        possible = possible and num - part <= denom - of
    return possible and num >= 0


def test_charts_have_gaps_and_say_so(workbook):
    found = [b for b in everything(workbook, "north-kent")["panels"] if VEGALITE in b]
    gaps = 0
    for bundle in found:
        points = bundle[VEGALITE]["datasets"]["results"]
        hidden = bundle[CHART_WORDS]["table_html"].count(">[c]<")
        if hidden:
            assert sum(point["figure"] is None for point in points) >= hidden
            assert "Gaps: figures not shown [c]" in bundle[CHART_WORDS]["subtitle"]
            gaps += hidden
    assert gaps > 10


def test_the_files_say_what_the_sign_means(workbook):
    report = Report(MONTH, "north-kent", workbook)
    report.scorecard()

    assert report.footnotes().notes[0] == Note("[c]", profile(workbook).shown_footnote)


def test_a_hidden_result_has_no_rating_and_no_arrow(workbook):
    report = Report(MONTH, "north-kent", workbook)
    rows = report._source.rows()
    hidden = [row for row in rows if row["latest"].status == NOT_SHOWN]

    assert hidden
    for row in hidden:
        result = row["latest"]
        assert (result.result, result.shown, result.precise, result.rating) == (None,) * 4
        assert (row["cases_to_target"], row["month_ago"].direction) == (None, None)
        assert None in (result.num, result.denom)


def test_without_a_threshold_nothing_is_decided(tmp_path, monkeypatch):
    def never(*_):
        raise AssertionError

    monkeypatch.setattr(withholding, "decision", never)
    report = Report(MONTH, "north-kent", copied(tmp_path, threshold=0))

    assert report._source.withholding is None
    assert "[c]" not in json.dumps(bundles(report.scorecard()))
