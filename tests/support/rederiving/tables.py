"""Captions, footnotes, and what a page says instead of a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from support.rederiving.groups import GROUPS, dimension
from support.rederiving.pages import SUM, WHEN, words
from support.rederiving.summaries import both_ratings, of_selection
from support.rederiving.texts import noted, text_of
from support.rederiving.writing import KINDS, compared, listed, sentence, since

if TYPE_CHECKING:
    from support.rederiving.pages import Page
    from support.rederiving.texts import Claim


@sentence("Data notes: .*", kind="summary")
def _notes_of(page: Page, place: str, _: object) -> str:
    return f"Data notes: {page.council.indicators[noted(place)]['name']}"


TITLES = {
    "scorecard": "Scorecard, {unit}",
    "rating-totals": "Ratings by section, {unit}",
    "reds": "Indicators rated Red, {unit}",
    "changed-ratings": "Ratings that changed since {before}",
    "catalogue-changes": "Changes to the scorecard since {before}",
    "ambers": "Indicators rated Amber, {before} and {month}",
    "activity": "Activity by team, {unit}",
    "activity-range": "Activity beside its expected range, {unit}",
    "activity-in-hand-data": "At the end of each month, {unit}",
    "activity-in-month-data": "In each month, {unit}",
    "rate-and-mix": "Share and results of UASC, {unit}",
    "uasc-effect-data": "Results including and excluding UASC, {unit}",
    "uasc-changed-ratings": "Ratings that differ in the areas",
    "areas-.+": "{name}: every area",
    "exception-.+-trend": "{name}: {months}",
    "(?:trend|exception)-.+-months-data": "{name}, {unit}, each month by itself",
    "(?:trend|exception)-.+-data": "{name}, {unit}, month by month",
    "uasc-other": "Other indicators, {unit}: including and excluding UASC",
    r"groups-.+-\d+": "{name} by {by}: {unit}",
    "uasc-other-.+": "Other indicators, {area}: including and excluding UASC",
    "uasc-.+": "Children in care, {area}: including and excluding UASC",
}
"""A table's name → its caption; the first that fits."""


def _caption(page: Page, claim: Claim) -> str:
    """A caption, and that the tables of changed and of Amber ratings hold those and no others."""
    table = claim.place.removesuffix("-table")
    title = next(title for name, title in TITLES.items() if re.fullmatch(name, table))
    code, rows = _divided(table) or noted(claim.place), page.rows(table)
    known = page.council.indicators.get(code, {"name": code})
    written = title.format(
        unit=page.unit_name,
        area=page.council.unit_names.get(re.sub("^uasc-(other-)?", "", table)),
        month=words(page.month),
        before=words(page.previous),
        months=f"the last {len(rows)} months" if len(rows) > 1 else words(page.month),
        name=known["name"],
        by=dimension(page.tables[table]) if table.startswith("groups-") else "",
    )
    held = {code for _, code, _ in rows}
    due = {"changed-ratings": _changed, "ambers": _ambers}.get(table, lambda _: held)(page)
    return compared(claim, written if held == due else f"a table of {sorted(due)}")


def _divided(table: str) -> str:
    """The indicator of a table of groups; empty for another table."""
    found = GROUPS.fullmatch(table)
    return found[1] if found else ""


KINDS["caption"] = _caption


def _changed(page: Page) -> set[str]:
    """The indicators whose rating is another one than in the previous report."""
    return {code for code, (was, now) in both_ratings(page).items() if was != now}


HEADINGS = {
    "better": "Improved", "same": "The same", "near": "As near the target", "worse": "Declined",
    "": "Not comparable",
}  # fmt: skip


def _ambers(page: Page) -> set[str]:
    """The Amber indicators that are under the right heading."""
    headings = {
        row["data-code"]: row.find_parent("tbody").select_one(".group").get_text().strip()
        for row in page.tables["ambers"].select("tbody tr:not(.group)")
    }
    return {
        code for code, row in page.own.items()
        if row["result"].rating == "amber" and headings.get(code) == HEADINGS[since(page, code)]
    }  # fmt: skip


@sentence(r"(?:Indicator|Indicators) (?P<codes>[\w, -]+): (?P<note>.*)", kind="footnote")
def _target_note(page: Page, _: str, found: re.Match[str]) -> str:
    shown = {code for _, code in page.results or page.impacts}
    codes = [
        code for code in page.council.indicators
        if code in shown and page.council.held(code, page.month).get("note") == found["note"]
    ]  # fmt: skip
    said = found["codes"].split(", ")
    word = "Indicator" if len(codes) == 1 else "Indicators"
    order = codes if set(said) != set(codes) else said  # as the page first shows them
    return f"{word} {', '.join(order)}: {found['note']}"


ALONE = (
    "No results of England or of other councils have been loaded, so no figure is compared with "
    "theirs."
)
NO_FOOTNOTE = "There are no notes on where the figures on this page come from."


@sentence(
    r"(?:Reconstructed|Figures of|For some|No results of|There are no (?:other )?notes) .*",
    kind="footnote",
)
def _footnote(page: Page, _: str, found: re.Match[str]) -> str:
    known = {*page.council.footnotes.values(), NO_FOOTNOTE}
    if not page.council.has_comparators:
        known.add(ALONE)
    return found[0] if found[0] in known else "no footnote"


@sentence("A figure marked .* was added up here .*", kind="footnote")
def _sums(page: Page, _: str, __: object) -> str:
    marks = [each.get_text().strip("[]").split(", ") for each in page.soup.select(".marker")]
    assert any(SUM in each for each in marks), "no figure is marked so"
    return (
        f"A figure marked [{SUM}] was added up here from those of the units below: numerators and "
        "denominators, of each month. It was not supplied itself."
    )


@sentence("Some results were supplied without .*", kind="footnote")
def _finished(page: Page, _: str, __: object) -> str:
    if not any(b"+ finished" in content for content in page.files.values()):
        return "none is finished"
    return (
        "Some results were supplied without numerator and denominator. They are shown with the "
        "decimals that they were supplied with, and with a dash in place of both. They are not "
        "added up, and no number of cases can be given."
    )


@sentence("No commentary has been supplied on this indicator.")
def _no_commentary(page: Page, place: str, found: re.Match[str]) -> str:
    path = page.council.root / f"data/commentary/{page.month}/{noted(place)}.md"
    return "there is one" if path.exists() else found[0]


@sentence("Ratings in (?P<letter>Appendix [A-Z]: )?.*", kind="label")
def _ratings_in(page: Page, _: str, found: re.Match[str]) -> str:
    return f"Ratings in {found['letter'] or ''}{text_of(page.soup.h1)}"


@sentence("Every appendix of the month, with its ratings and what changed.")
def _index(page: Page, _: str, found: re.Match[str]) -> str:
    return found[0] if page.name == "index" else "an appendix"


@sentence("Abbreviations are explained in the glossary.")
def _glossary(page: Page, _: str, found: re.Match[str]) -> str:
    terms = " ".join(each.get_text() for each in page.soup.select(".glossary dt"))
    shorts = [short for held in re.findall(r"\((.*?)\)", terms) for short in held.split(", ")]
    names = " ".join(e.get_text() for e in page.soup.select("#scorecard-table [data-field=name]"))
    used = any(re.search(rf"(?<!\w){re.escape(each)}(?:'?s)?(?!\w)", names) for each in shorts)
    return found[0] if used and "glossary" in page.by_id else "no abbreviation is explained"


@sentence(rf"Since {WHEN}, \d+ [^.]* (?:added|amended|retired)\.")
def _catalogue_changes(page: Page, _: str, __: object) -> str:
    known, of = page.council.indicators, of_selection(page)
    found = [
        row for row in page.council.changes
        if page.previous < row["month"] <= page.month
        and (row["code"] in page.own or not (of and known[row["code"]]["polarity"]))
    ]  # fmt: skip
    kinds = {"indicator" if known[row["code"]]["polarity"] else "activity measure" for row in found}
    parts: list[str] = []
    for what in ("added", "amended", "retired"):
        number = sum(row["change"] == what for row in found)
        noun = " or ".join(sorted(kinds)[::-1])
        if number != 1:
            noun = " and ".join(f"{kind}s" for kind in sorted(kinds)[::-1])
        if number:
            verb = f"{noun}{of} {'was' if number == 1 else 'were'} "
            parts.append(f"{number} {'' if parts else verb}{what}")
    return f"Since {words(page.previous)}, {listed(parts)}."
