"""Measure how long the explore notebook takes to show another choice; see README.md here."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import click
import duckdb
from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))

from scorecard.pages import pdf  # noqa: E402
from support.lab import run_all, serving  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Page

VIEWS = ["Result", "Trend", "What next", "Areas", "Why"]
CHOOSERS = ["Indicator", "Unit", "Month"]
FIRST, AGAIN = "for the first time", "again"
REDRAWN = """([chooser, place]) => new Promise(done => {
    const label = [...document.querySelectorAll(".widget-dropdown label")]
        .find(each => each.textContent === chooser);
    const select = label.parentElement.querySelector("select");
    const box = document.querySelector(".explored").parentElement;
    const began = performance.now();
    const shown = new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => {
        shown.disconnect();
        done(performance.now() - began);
    })));
    setTimeout(() => done(null), 5000);
    shown.observe(box, {childList: true});
    select.selectedIndex = place;
    select.dispatchEvent(new Event("change", {bubbles: true}));
})"""
"""Choose what is at a place of a chooser → milliseconds until it is drawn; null if it never is."""

ROLLING = "25."
"""How the indicator begins that units and months are compared of: it has something in each view."""


def measured(page: Page, lab: str, view: str, rounds: int, idle: int) -> dict[tuple[str, str], str]:
    """(chooser, first or again) → milliseconds (median), by a desk of its own."""
    run_all(page, lab, "explore")
    page.get_by_role("button", name=view, exact=True).click()
    page.get_by_text("report.").wait_for()
    found = {}
    for chooser in CHOOSERS:
        if chooser == "Month":
            page.evaluate(REDRAWN, ["Unit", 0])
        if chooser != "Indicator":
            page.evaluate(REDRAWN, ["Indicator", place_of(page, ROLLING)])
            page.wait_for_timeout(500)
        places = [*range(1, rounds + 1)]
        page.wait_for_timeout(idle * 1000)
        for when in (FIRST, AGAIN):
            times = []
            for place in places:
                times.append(page.evaluate(REDRAWN, [chooser, place]))
                page.wait_for_timeout(500)  # until the table below is there too
            changed = [each for each in times if each is not None]
            found[chooser, when] = f"{median(changed):.0f}" if changed else "nothing changes"
    return found


def place_of(page: Page, begins: str) -> int:
    """The place of an indicator among those to choose."""
    options = page.get_by_label("Indicator").locator("option").all_text_contents()
    return next(place for place, words in enumerate(options) if words.startswith(begins))


@click.command()
@click.option("--rounds", default=4, help="Choices of each kind.  [default: 4]")
@click.option("--idle", default=10, help="Seconds before each kind.  [default: 10]")
def main(rounds: int, idle: int) -> None:
    """Measure, print and write benchmarks/explore_table.md."""
    lines = [f"| choose another | {' | '.join(VIEWS)} |", f"|---|{'---:|' * len(VIEWS)}"]
    with (
        tempfile.TemporaryDirectory(prefix="scorecard-benchmark-") as folder,
        serving(Path(folder)) as lab,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=pdf.browser(), args=["--no-sandbox"])
        page = browser.new_page()
        found = {view: measured(page, lab, view, rounds, idle) for view in VIEWS}
        browser.close()
    for chooser, when in found[VIEWS[0]]:
        cells = " | ".join(found[view][chooser, when] for view in VIEWS)
        lines.append(f"| {chooser.lower()}, {when} | {cells} |")
    cores = len(os.sched_getaffinity(0))
    versions = f"Python {platform.python_version()}, DuckDB {duckdb.__version__}"
    lines.append(
        f"\nMilliseconds until it is drawn (median of {rounds}, the first of them {idle} seconds "
        f"after the choice before) in a real JupyterLab on {cores} cores, {versions}."
    )
    text = "\n".join(lines) + "\n"
    (HERE / "explore_table.md").write_text(text, encoding="utf-8")
    click.echo(text)


if __name__ == "__main__":
    main()
