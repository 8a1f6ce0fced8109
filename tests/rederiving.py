"""Every sentence of a published page, written again from the tables of the page.

Nothing here is taken from the code that makes sentences. A page is read as a person reads it: each
text outside tables must be a sentence that is known here, and is written anew from the cells of the
tables. A number, month, name or word (better, Red, rose, the same) that they don't give is a fault.
What no table of the page holds, last month's ratings and the months of a small trend, is read from
the pages of those months.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple

from reading import figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from bs4 import BeautifulSoup, Tag

MONTHS = (
    "January February March April May June July August September October November December"
).split()
WHEN = rf"(?:{'|'.join(MONTHS)}) \d{{4}}"
SIGNED = r"[+-]?\d+(?:\.\d+)?%?"
FIGURE = rf"{SIGNED}(?: \[[^\]]+\])?"
RATINGS = {"Red": "red", "Amber": "amber", "Green": "green"}
WORST_FIRST = list(RATINGS.values())
PERIODS = {
    "SS": "snapshot", "R12M": "rolling 12 months", "YTD": "year to date", "M": "in the month",
}  # fmt: skip


class Seen(NamedTuple):
    """What a reader sees of a cell: its figure with the decimals of its note, and its marks."""

    text: str
    rating: str | None
    arrow: str | None
    marker: str

    @property
    def figure(self) -> str:
        """The figure as a sentence says it, with its marker."""
        return f"{self.text} [{self.marker}]" if self.marker else self.text

    @property
    def value(self) -> Fraction | None:
        """The figure as a number; None for words."""
        digits = self.text.rstrip("%")
        return Fraction(digits) if re.fullmatch(r"[+-]?\d+(\.\d+)?", digits) else None


Row = dict[str, Seen]
Faults = list[str]


def words(month: str, back: int = 0) -> str:
    """`2016-08` and months before it, in words."""
    year, of_year = (int(part) for part in month.split("-"))
    number = 12 * year + of_year - 1 - back
    return f"{MONTHS[number % 12]} {number // 12}"


def key(month: str, back: int = 0) -> str:
    """A month and those before it, as `2016-07`."""
    name, year = words(month, back).split()
    return f"{year}-{MONTHS.index(name) + 1:02}"


@dataclass
class Council:
    """What is known of a council from its reference files, and what its pages have shown so far."""

    root: Path
    shown: dict[tuple[str, str, str], Seen] = field(default_factory=dict)
    """(unit, code, month) → the result that a scorecard of that month shows."""

    _files: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def _read(self, name: str) -> list[dict[str, str]]:
        path = self.root / f"data/reference/{name}.csv"
        if name not in self._files and path.exists():
            with path.open(encoding="utf-8-sig", newline="") as file:
                self._files[name] = list(csv.DictReader(file))
        return self._files.get(name, [])

    @cached_property
    def indicators(self) -> dict[str, dict[str, str]]:
        """The catalogue by code."""
        return {row["code"]: row for row in self._read("indicators")}

    @cached_property
    def names(self) -> dict[str, str]:
        """Name of an indicator → its code."""
        return {row["name"]: code for code, row in self.indicators.items()}

    @cached_property
    def units(self) -> dict[str, str]:
        """Name of a unit → its slug."""
        return {row["name"]: row["unit"] for row in self._read("units")}

    @cached_property
    def footnotes(self) -> dict[str, str]:
        """Provenance → its footnote."""
        return {row["provenance"]: row["footnote"] for row in self._read("provenance")}

    @cached_property
    def target_notes(self) -> set[str]:
        """The notes on targets."""
        return {row["note"] for row in self._read("targets") if row["note"]}

    def held(self, code: str, month: str) -> dict[str, str]:
        """The target in force."""
        found = [
            row for row in self._read("targets")
            if row["code"] == code and row["valid_from"] <= month
        ]  # fmt: skip
        return max(found, key=lambda row: row["valid_from"], default={})

    def result(self, unit: str, code: str, month: str, seen_from: str) -> Seen | None:
        """A result that an earlier page shows, if it can be compared with `seen_from`."""
        changed = self.indicators[code]["comparable_from"]
        found = self.shown.get((unit, code, month))
        if changed and month < changed <= seen_from:
            return None
        return found if found and found.value is not None else None


@dataclass
class Page:
    """A published page with its downloads, and the council it is of."""

    name: str
    soup: BeautifulSoup
    month: str
    council: Council
    files: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def tables(self) -> dict[str, Tag]:
        """The tables by name."""
        return {each["id"].removesuffix("-table"): each for each in self.soup.select("table[id]")}

    def rows(self, name: str) -> dict[tuple[str, ...], Row]:
        """The rows of a table by what names them: unit, code and month, as far as it has them."""
        if name not in self.tables:
            return {}
        if name not in self._rows:
            named = ("data-unit", "data-code", "data-month")
            self._rows[name] = {
                (*(row.get(each, "") for each in named),): {
                    cell["data-field"]: self.seen(cell) for cell in row.select("[data-field]")
                }
                for row in self.tables[name].select("tbody tr:not(.group)")
            }
        return self._rows[name]

    @cached_property
    def _rows(self) -> dict[str, dict[tuple[str, ...], Row]]:
        return {}

    def seen(self, cell: Tag) -> Seen:
        """A cell, with the decimals that its note gives it."""
        found = figure(cell)
        note, marker = cell.select_one("sup a"), cell.select_one(".marker")
        text = found.text
        if note:
            said = self.soup.find(id=note["href"].removeprefix("#")).get_text()
            text = re.search(rf": {SIGNED} is ({SIGNED}) to ", said)[1]
        mark = marker.get_text().strip("[]") if marker else ""
        return Seen(text, found.rating, found.direction, mark)

    @cached_property
    def results(self) -> dict[tuple[str, str], Row]:
        """(unit, code) → the row that shows its result, on a page of one unit or of several."""
        found = dict(self.rows("scorecard"))
        for name in self.tables:
            if name.startswith("areas-"):
                code = name.removeprefix("areas-")
                found |= {(unit, code, ""): row for (unit, *_), row in self.rows(name).items()}
        return {(unit, code): row for (unit, code, _), row in found.items()}

    @cached_property
    def unit(self) -> str:
        """The unit that the page is of: the first of its results."""
        first = next(iter(self.results or self.impacts), ("", ""))
        return first[0]

    @cached_property
    def own(self) -> dict[str, Row]:
        """Code → the row of the page's own unit."""
        return {code: row for (unit, code), row in self.results.items() if unit == self.unit}

    @cached_property
    def impacts(self) -> dict[tuple[str, str], Row]:
        """(unit, code) → the row with both results, of the unit and of its areas."""
        names = [each for each in self.tables if re.match(r"uasc-(?!effect|changed)", each)]
        return {
            (unit, code): row for name in names for (unit, code, _), row in self.rows(name).items()
        }

    def before(self, code: str, unit: str = "") -> Seen | None:
        """Last month's result as its own page shows it."""
        last = key(self.month, 1)
        year_ended = self.month.endswith("-04") and (
            self.council.indicators[code]["data_period"] == "YTD"
        )
        if year_ended:
            return None
        return self.council.result(unit or self.unit, code, last, self.month)

    def trend(self, unit: str, code: str) -> list[Seen | None]:
        """The results of up to 13 months as their own pages show them, oldest first."""
        months = [key(self.month, back) for back in range(13)][::-1]
        first = min(month for _, _, month in self.council.shown)
        return [
            self.council.result(unit, code, month, self.month)
            for month in months if month >= first
        ]  # fmt: skip

    @cached_property
    def provenances(self) -> dict[tuple[str, str], set[str]]:
        """(unit, code) → where the result in the download of its table comes from."""
        found = {}
        for path, content in self.files.items():
            table = re.fullmatch(rf"downloads/{self.name}-(scorecard|areas-.*|uasc-.*)\.csv", path)
            if not table or table[1] in ("uasc-effect-data", "uasc-changed-ratings"):
                continue
            for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"))):
                shown = "variance" if table[1].startswith("uasc") else "result"
                columns = ("including_result", "excluding_result", "result")
                named = " + ".join(row.get(f"{each}_provenance", "") for each in columns)
                if row[shown]:
                    found[row["unit"], row["code"]] = set(named.split(" + "))
        return found

    def remember(self) -> None:
        """Let later pages look up what this one shows."""
        for (unit, code), row in self.results.items():
            self.council.shown.setdefault((unit, code, self.month), row["result"])


class Claim(NamedTuple):
    """A text of a page, and where it stands: its element's place, indicator or figure."""

    text: str
    kind: str
    place: str


UNREAD = [
    "prose", "commentary", "key", "glossary", "title-block", "expansion", "downloads",
    "attention-list",
]  # fmt: skip
"""What no code wrote, what is the same every month, and what is for the operator."""


def claims(page: Page) -> Iterator[Claim]:
    """Every generated text of a page, in its order."""
    place = ""
    for each in _walk(page.soup.main):
        if each.get("id") and (each.name in ("h3", "figure", "table") or _is_appendix(each)):
            place = each["id"]
        kind = _kind(each)
        said = each["aria-label"] if kind in ("label", "spark") else kind and _text(each)
        if said:
            yield Claim(said, kind, _place(each, kind, place))


def _walk(top: Tag) -> Iterator[Tag]:
    """The elements below `top` that can hold a generated text; of tables captions and drawings."""
    for each in top.find_all(recursive=False):
        if each.name in ("nav", "header") or not set(UNREAD).isdisjoint(each.get("class", ())):
            continue
        yield each
        if each.name == "table":
            yield each.caption
            yield from each.select("svg.spark")
        elif each.name != "svg" or "chart" in each.get("class", ()):
            yield from _walk(each)


def _is_appendix(each: Tag) -> bool:
    """Whether an element is the entry of an appendix in the month's index."""
    return "appendix" in each.get("class", [])


def _kind(each: Tag) -> str:
    """What sort of text an element holds; empty for one whose parts are read by themselves."""
    css = each.get("class", [])
    if "note" in css and "appendix-what" in each.parent.get("class", []):
        return ""  # what the council says of an appendix
    if each.get("aria-label") and each.name != "nav":
        return "spark" if "spark" in css else "label"
    if each.name == "dd":
        return "note"
    if each.name == "li" and each.get("data-rating"):
        return each["data-rating"]
    if each.name == "li":
        return "" if each.find(["p", "li"]) or each.find_parent(class_="download-list") else "text"
    return "text" if each.name in ("p", "desc", "caption", "summary") else ""


def _place(each: Tag, kind: str, place: str) -> str:
    """Where a text stands: of a sparkline unit and code, of a data note its term as well."""
    if kind == "note":
        term = each.find_previous_sibling("dt")
        badge = term.select_one(".badge")
        return f"{_noted(place)}/{badge['data-rating'] if badge else term.get_text()}"
    if kind == "spark":
        row, table = each.find_parent("tr"), each.find_parent("table")
        code = row.get("data-code") or re.match(r"areas-(.+)-table", table["id"])[1]
        return f"{row['data-unit']}/{code}"
    return place


def _text(each: Tag) -> str:
    """The words of an element without the abbreviations that it explains."""
    return " ".join("".join(_strings(each)).split())


def _strings(each: Tag) -> Iterator[str]:
    for part in each.children:
        if isinstance(part, str):
            yield part
        elif set(UNREAD).isdisjoint(part.get("class", ())):
            yield from _strings(part)


Writer = Callable[["Page", str, "re.Match[str]"], "str | None"]
WRITERS: list[tuple[re.Pattern[str], Writer]] = []
"""What tells a sentence from others, and what writes it again."""


def sentence(*patterns: str) -> Callable[[Writer], Writer]:
    """Enter a writer of all texts that fully match one of `patterns`.

    It gets the page, the place of the text and the match, and gives the text as the tables have it.
    """

    def enter(writer: Writer) -> Writer:
        WRITERS.extend((re.compile(pattern), writer) for pattern in patterns)
        return writer

    return enter


def faults(page: Page) -> list[str]:
    """What is wrong with the sentences of a page, a line each."""
    return [
        f"{page.month} {page.name}: {wrong}"
        for claim in claims(page) if (wrong := fault(page, claim))
    ]  # fmt: skip


def fault(page: Page, claim: Claim) -> str:
    """What is wrong with one text: it is no sentence known here, or the tables say otherwise."""
    if claim.kind in RATINGS.values():
        count = [row["result"].rating for row in page.own.values()].count(claim.kind)
        written = f"{count} {next(word for word, code in RATINGS.items() if code == claim.kind)}"
        return "" if claim.text == written else f"`{claim.text}`, but by the tables `{written}`"
    if claim.kind == "note":
        code, term = claim.place.split("/")
        return data_note_fault(page, code, term, claim.text)
    for pattern, writer in WRITERS:
        found = pattern.fullmatch(claim.text)
        if found:
            try:
                written = writer(page, claim.place, found)
            except (LookupError, ValueError, TypeError, StopIteration, AttributeError) as error:
                written = f"nothing of the kind ({error!r})"
            return "" if written == claim.text else f"`{claim.text}`, but by the tables `{written}`"
    return f"`{claim.text}` is no sentence that is known here"


# How things are counted.


def listed(items: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if items[1:] else items)


def told(counts: Mapping[str, int], one: str = "", many: str = "", *, be: bool = True) -> str:
    """How many are of each kind, with a noun, or `it` and `both` for what was counted before."""
    found = [(number, kind) for kind, number in counts.items() if number]
    number, kind = found[0]
    verb = f"{'is' if number == 1 else 'are'} " if be else ""
    if kind == READ["near"]:
        kind = "as near its target" if number == 1 else "as near their targets"
    if len(found) == 1:
        every = {1: f"the one {one}" if one else "it", 2: "both"}.get(number, f"all {number}")
        return f"{every}{f' {many}' if many and number > 1 else ''} {verb}{kind}"
    noun = f"{one if number == 1 else many} " if one else ""
    return listed([f"{number} {noun}{verb}{kind}", *(f"{n} {each}" for n, each in found[1:])])


READ = {"better": "better", "worse": "worse", "same": "the same", "near": "as near the target"}


def named(codes: Iterable[str]) -> dict[str, int]:
    """Directions counted, in the order of sentences."""
    count = Counter(codes)
    return {words: count[code] for code, words in READ.items()}


def read(polarity: str, target: Fraction | None, arrow: str, was: Seen, now: Seen) -> str:
    """How two displayed figures compare, whatever the arrow says of the exact ones."""
    if was.value == now.value:
        return "same"
    if polarity == "T":
        far, further = (abs(each.value - target) for each in (was, now))
        return "near" if far == further or arrow == "same" else arrow
    rose = now.value > was.value
    if arrow != "same" and (arrow == "better") != (rose == (polarity == "H")):
        raise ValueError(f"the arrow says {arrow}, from {was.text} to {now.text}")
    return arrow


def since(page: Page, code: str) -> str:
    """How a result of the page's unit compares with last month's; empty where it can't."""
    row, before = page.own[code], page.before(code)
    if before is None or row["result"].value is None:
        return ""
    polarity = page.council.indicators[code]["polarity"]
    target = page.council.held(code, page.month).get("target")
    arrow = row["month_ago"].arrow
    if arrow is None:
        return ""
    return read(polarity, Fraction(target) if target else None, arrow, before, row["result"])


def change(pairs: Iterable[tuple[str, str]], changes: str = "") -> tuple[int, str]:
    """How many of several pairs of ratings differ, and which way: `, both for the better`."""
    up = [WORST_FIRST.index(now) - WORST_FIRST.index(was) for was, now in pairs if was != now]
    better, number = sum(each > 0 for each in up), len(up)
    if 0 < better < number:
        return number, f": {better} for the better and {number - better} for the worse"
    which = {0: "", 1: ", ", 2: ", both "}.get(number, ", all ")
    return number, which and f"{which}for the {'better' if better else 'worse'}"


# The title of a chart, where it is said again. These come first: a title can be like any sentence.


@sentence("Chart: (?P<title>.*)", "Figures in this chart: (?P<title>.*)")
def _title_again(page: Page, place: str, found: re.Match[str]) -> str:
    figure = page.soup.find(id=place)
    title = _text(figure.select_one(".figure-title"))
    return found[0].replace(found["title"], title)


# Summaries.


@sentence(r"\d+ indicators? (is|are) rated: .*", "No indicator could be rated.")
def _ratings(page: Page, _: str, __: object) -> str:
    ratings = Counter(row["result"].rating for row in page.own.values())
    count = [ratings[each] for each in ("green", "amber", "red")]
    rated, all_of = sum(count), len(page.own)
    if not rated:
        return "No indicator could be rated."
    noun = "indicator is" if rated == 1 else "indicators are"
    left = f" {all_of - rated} of {all_of} could not be rated." if rated < all_of else ""
    return f"{rated} {noun} rated: {count[0]} Green, {count[1]} Amber and {count[2]} Red.{left}"


@sentence(r"\d+ Green, \d+ Amber, \d+ Red")
def _rating_bar(page: Page, _: str, __: object) -> str:
    ratings = Counter(row["result"].rating for row in page.own.values())
    return ", ".join(f"{ratings[code]} {word}" for word, code in reversed(RATINGS.items()))


@sentence(
    rf"Compared with {WHEN}, .*",
    r"\d+ of \d+ indicators can be compared with .*",
    "No result can be compared with (?!one).*",
)
def _directions(page: Page, _: str, __: object) -> str:
    found = [each for code in page.own if (each := since(page, code))]
    before = words(page.month, 1)
    if not found:
        return f"No result can be compared with {before}."
    if len(found) == len(page.own):
        return f"Compared with {before}, {told(named(found), 'result', 'results')}."
    part = f"{len(found)} of {len(page.own)} indicators can be compared with {before}"
    return f"{part}: {told(named(found))}."


def both_ratings(page: Page) -> dict[str, tuple[str, str]]:
    """Code → last month's rating and this month's, where both are rated."""
    found = {}
    for code, row in page.own.items():
        before = page.before(code)
        pair = (before and before.rating, row["result"].rating)
        if all(each in WORST_FIRST for each in pair):
            found[code] = pair
    return found


@sentence(
    rf"Since {WHEN}, .*",
    rf"No rating has changed since {WHEN}.",
    r"\d+ of \d+ ratings can be compared with .*",
    rf"No rating can be compared with {WHEN}.",
)
def _change_count(page: Page, _: str, __: object) -> str:
    pairs, before = both_ratings(page), words(page.month, 1)
    rated = sum(row["result"].rating in WORST_FIRST for row in page.own.values())
    number, how = change(pairs.values())
    if not pairs:
        return f"No rating can be compared with {before}."
    if len(pairs) < rated:
        part = f"{len(pairs)} of {rated} ratings can be compared with {before}"
        if len(pairs) == 1:
            return f"{part}; it {'changed' if number else 'did not change'}{how}."
        return f"{part}; of these {number or 'none'} changed{how}."
    if not number:
        return f"No rating has changed since {before}."
    return (
        f"Since {before}, {number} {'rating has' if number == 1 else 'ratings have'} changed{how}."
    )


@sentence(r"(?P<was>Red|Amber|Green) to (?P<now>Red|Amber|Green) (?P<name>.*) \((?P<code>[^()]+)\)")
def _became(page: Page, place: str, found: re.Match[str]) -> str:
    if place == "ratings-without-uasc":
        row = page.impacts[page.unit, found["code"]]
        was, now = row["including_result"].rating, row["excluding_result"].rating
    else:
        was, now = both_ratings(page)[found["code"]]
    said = {code: word for word, code in RATINGS.items()}
    name = page.council.indicators[found["code"]]["name"]
    return f"{said[was]} to {said[now]} {name} ({found['code']})" if was != now else ""


@sentence(r"(?P<name>.*) \((?P<code>[^()]+)\) went from .*")
def _went(page: Page, _: str, found: re.Match[str]) -> str:
    code = found["code"]
    was, now = both_ratings(page)[code]
    said = {code: word for word, code in RATINGS.items()}
    row, before = page.own[code]["result"], page.before(code)
    figures = f"{before.figure} last month, {row.figure} now"
    if since(page, code) == "same":
        figures = f"it remained at {row.figure}"
        figures += "" if row.marker == before.marker else f" ({before.figure} last month)"
    name = page.council.indicators[code]["name"]
    return f"{name} ({code}) went from {said[was]} to {said[now]}: {figures}."


@sentence(
    "(?:Of the .* rated, none is|No indicator is rated|The one indicator .* is not) "
    "(?P<word>Red|Amber)[ ;].*",
    "No indicator could be rated, so none is shown as (?P<word>Red|Amber).",
)
def _none(page: Page, _: str, found: re.Match[str]) -> str:
    ratings = [row["result"].rating for row in page.own.values()]
    rated, word = sum(each in WORST_FIRST for each in ratings), found["word"]
    if RATINGS[word] in ratings:
        return "some are"
    left = f"{len(ratings) - rated} of {len(ratings)} could not be rated"
    if not rated:
        return f"No indicator could be rated, so none is shown as {word}."
    if rated == len(ratings):
        return f"No indicator is rated {word} this month."
    if rated == 1:
        return f"The one indicator that is rated is not {word}; {left}."
    return f"Of the {rated} indicators that are rated, none is {word}; {left}."


@sentence(
    r"(?P<areas>In the areas, )?(\d+) of (\d+) results? (?:is|are) (?P<word>[\w-]+)\.(?P<why> .*)?"
)
def _caution(page: Page, _: str, found: re.Match[str]) -> str:
    """From the provenances in the downloads of the page's tables."""
    resting = [
        provenance for (unit, _), provenance in page.provenances.items()
        if (unit != page.unit) == bool(found["areas"])
    ]  # fmt: skip
    number = sum(found["word"] in each for each in resting)
    noun = f"{'result' if len(resting) == 1 else 'results'} {'is' if number == 1 else 'are'}"
    why = page.council.footnotes[found["word"]]
    return f"{found['areas'] or ''}{number} of {len(resting)} {noun} {found['word']}." + (
        f" {why}" if found["why"] else ""
    )


# One indicator.


def against(page: Page, code: str) -> str:
    """A result held against its target, and what it was last month."""
    row, known = page.own[code], page.council.indicators[code]
    now, target = row["result"], page.council.held(code, page.month).get("target")
    if now.value is None:
        reasons = {
            "Not available": "a month of the data period has no figures",
            "Not applicable": "there were no cases to count",
        }
        return f"There is no result: {reasons[now.text]}."
    if not target:
        return f"{now.figure}; there is no target.{_last_month(page, code)}"
    held = row["target"].text if "target" in row else threshold(target, known["format"])
    said = f"{now.figure} against a target of {held}"
    if known["format"] == "percent" and known["polarity"] != "T":
        num, denom = row["num"].value, row["denom"].value
        needed = Fraction(target) * denom / 100
        higher = known["polarity"] == "H"
        cases = max(0, ceil(needed) - num if higher else num - floor(needed))
        if cases and num.denominator == 1 and _whole(page, code):
            said += f"; {_needed(cases, denom, row['denom'].text, higher=higher)}"
    return f"{said}.{_last_month(page, code)}"


def _whole(page: Page, code: str) -> bool:
    """Whether an indicator counts cases, which are whole: posts have a decimal somewhere."""
    texts = [row["num"].text for (_, each), row in page.results.items() if each == code]
    return not any("." in each for each in texts)


def _needed(cases: Fraction, denom: Fraction, whole: str, *, higher: bool) -> str:
    if denom == 1:
        return f"there is only one case, and the target {'needs it' if higher else 'allows none'}"
    if cases == denom:
        return (
            f"all {whole} would be needed to meet it"
            if higher
            else (f"it allows none of the {whole}")
        )
    return f"{cases} {'more' if higher else 'fewer'} of the {whole} would be needed to meet it"


def _last_month(page: Page, code: str) -> str:
    direction, before = since(page, code), page.before(code)
    if not direction:
        return ""
    if direction == "same":
        mark = f" [{before.marker}]" if before.marker else ""
        return f" It has remained at {page.own[code]['result'].text}{mark} since last month."
    near = page.council.indicators[code]["polarity"] == "T"
    than = {
        "better": "nearer the target than" if near else "better than",
        "worse": "further from the target than" if near else "worse than",
        "near": "as near the target as",
    }
    return f" This is {than[direction]} last month ({before.figure})."


def threshold(value: str, form: str) -> str:
    """A target as it is displayed: one decimal at least, none for a count."""
    digits, _, decimals = value.partition(".")
    decimals = decimals.rstrip("0") or ("" if form == "count" else "0")
    return digits + (f".{decimals}" if decimals else "") + ("%" if form == "percent" else "")


@sentence(r"(?:Red (?P<name>.*) \((?P<code>[^()]+)\): )(?P<said>.*)")
def _attention(page: Page, _: str, found: re.Match[str]) -> str:
    code = found["code"]
    name = page.council.indicators[code]["name"]
    is_red = page.own[code]["result"].rating == "red"
    return f"Red {name} ({code}): {against(page, code)}" if is_red else "not Red"


@sentence(rf"{FIGURE}(?: against a target of|; there is no target).*", "There is no result: .*")
def _against(page: Page, place: str, _: object) -> str:
    return against(page, re.fullmatch(r"(?:indicator|exception)-(.+)", place)[1])


@sentence(
    rf"(?P<name>.*?)(?P<which>, rolling 3 months|, including UASC|, excluding UASC)?: "
    rf"(?P<shown>{SIGNED}) is {SIGNED} to \d+ decimals?\. The rating .*"
)
def _near_threshold(page: Page, place: str, found: re.Match[str]) -> str:
    """From the numerator and denominator beside the result."""
    table = place.removesuffix("-table")
    prefix = {", including UASC": "including_", ", excluding UASC": "excluding_"}.get(
        found["which"], ""
    )
    several = table.startswith("areas-")
    for (unit, code, _), row in page.rows(table).items():
        code = code or table.removeprefix("areas-")
        known = page.council.indicators[code]
        name = known["name"]
        if several and len({each for each, *_ in page.rows(table)}) > 1:
            slugs = {slug: each for each, slug in page.council.units.items()}
            name += f", {slugs[unit]}"
        cell = row["r3m" if found["which"] == ", rolling 3 months" else f"{prefix}result"]
        if name != found["name"] or cell.rating is None:
            continue
        said = {code: word for word, code in RATINGS.items()}[cell.rating]
        places = len(cell.text.rstrip("%").partition(".")[2])
        percent = "%" if known["format"] == "percent" else ""
        value = Fraction(cell.text.rstrip("%"))  # of the last three months no counts are shown
        if found["which"] != ", rolling 3 months":
            num, denom = row[f"{prefix}num"].value, row[f"{prefix}denom"].value
            value = num * (100 if percent else 1) / denom
        exact = f"{rounded(value, places)}{percent}"
        shown = f"{rounded(value, 0 if known['format'] == 'count' else 1)}{percent}"
        decimals = f"{places} decimal{'' if places == 1 else 's'}"
        return (
            f"{name}{found['which'] or ''}: {shown} is {exact} to {decimals}. "
            f"The rating is given on the exact result, which is {said}."
        )
    raise KeyError(found["name"])


def rounded(value: Fraction, places: int) -> str:
    """A figure that is not negative, halves away from zero."""
    scaled = floor(value * 10**places + Fraction(1, 2))
    digits = f"{scaled:0{places + 1}}"
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


# Trends.


def points(page: Page, place: str) -> dict[str, Row]:
    """Month → the row of the table beneath a chart, oldest first."""
    return {month: row for (_, _, month), row in page.rows(f"{place}-data").items()}


def code_of(place: str) -> str:
    """The indicator of a trend's figure."""
    return re.fullmatch(r"(?:trend|exception)-(.+?)(?:-chart)?", place)[1]


@sentence(rf"(?:{SIGNED}|No result) in {WHEN}(?:, .*)?")
def _trend_title(page: Page, place: str, _: object) -> str:
    found = [row["result"] for row in points(page, place).values()]
    last, month = found[-1], words(page.month)
    if last.value is None:
        return f"No result in {month}"
    if last.rating not in WORST_FIRST:
        return f"{last.text} in {month}, not rated"
    said = {code: word for word, code in RATINGS.items()}
    rated = [each.rating for each in found if each.rating in WORST_FIRST]
    streak = next(
        (n for n, each in enumerate(reversed(found)) if each.rating != last.rating), len(found)
    )
    if len(rated) > 1 and set(rated) == {last.rating}:
        how = " in every month that could be rated"
    elif streak > 1:
        how = f" for {streak} months running"
    elif len(found) > 1 and found[-2].rating in WORST_FIRST:
        how = f" after {said[found[-2].rating]} the month before"
    else:
        how = ""
    return f"{last.text} in {month}, {said[last.rating]}{how}"


def span(months: Sequence[str]) -> str:
    """`June 2016 to August 2016`, or one month."""
    return " to ".join(dict.fromkeys(words(each) for each in (months[0], months[-1])))


def hollow(seen: Iterable[Seen]) -> str:
    """What a subtitle says of the markers of the figures of its chart."""
    found = dict.fromkeys(
        mark for each in seen if each.value is not None for mark in each.marker.split(", ") if mark
    )
    marks = [f"[{each}]" for each in found]
    last = f" or {marks[-1]}" if marks[1:] else ""
    return (
        f". Hollow points: figures marked {', '.join(marks[:-1] or marks)}{last}" if marks else ""
    )


@sentence(rf"(?P<name>.*): (?P<unit>[^:]*), (?P<period>{'|'.join(PERIODS.values())}), {WHEN}.*")
def _trend_subtitle(page: Page, place: str, _: object) -> str:
    rows, known = points(page, place), page.council.indicators[code_of(place)]
    unit = {slug: each for each, slug in page.council.units.items()}[page.unit]
    period = PERIODS[known["data_period"]]
    marks = hollow(row["result"] for row in rows.values())
    return f"{known['name']}: {unit}, {period}, {span(list(rows))}{marks}"


@sentence("Line chart of .*", "There is no result to draw.")
def _trend_description(page: Page, place: str, _: object) -> str:
    rows = points(page, place)
    found = {month: row["result"] for month, row in rows.items() if row["result"].value is not None}
    total = f"{len(rows)} month{'' if len(rows) == 1 else 's'}"
    some = f", {len(found)} of them with a result shown" if len(found) < len(rows) else ""
    months, values = list(found), [each.value for each in found.values()]

    def at(month: str) -> str:
        return f"{found[month].text} in {words(month)}"

    def extreme(value: Fraction) -> str:
        when = [month for month in months if found[month].value == value]
        return (
            at(when[0]) if len(when) == 1 else f"{found[when[0]].text} in {len(when)} of the months"
        )

    if len(months) == 1:
        course = f"The result is {at(months[0])}."
    elif len(set(values)) == 1:
        course = f"The result is {found[months[0]].text} in each of these {len(months)} months."
    else:
        course = (
            f"The result goes from {at(months[0])} to {at(months[-1])}. The lowest is "
            f"{extreme(min(values))} and the highest {extreme(max(values))}."
        )
    last = rows[list(rows)[-1]]
    said = [f"Line chart of {total}{some}. {course}"]
    if last["target"].value is not None:
        said.append(f"The target in {words(page.month)} is {last['target'].text}.")
    if last["floor"].value is not None:
        said.append(f"The floor standard is {last['floor'].text}.")
    if " to " in last["floor"].text:
        low, high = last["floor"].text.split(" to ")
        beyond = [f"below {low}"] if Fraction(low.rstrip("%")) else []
        beyond += [f"above {high}"] if high != "100.0%" else []
        said.append(f"Results {' or '.join(beyond)} are Red.")
    return " ".join(said)


@sentence(rf"(?P<text>From {SIGNED} to|{SIGNED} in each of) .*")
def _sparkline(page: Page, place: str, _: object) -> str:
    unit, code = place.split("/")
    trend = page.trend(unit, code)
    found = [each for each in trend if each]
    values = [each.value for each in found]
    months = f"{len(trend)} months"
    if len(found) < len(trend):
        months = f"the {len(found)} of {len(trend)} months with a result shown"
    if len(set(values)) == 1:
        said = f"{found[0].text} in each of {months}"
    else:
        ends = [
            next(each.text for each in found if each.value == end(values)) for end in (min, max)
        ]
        over = "over" if len(found) == len(trend) else "in"
        said = (
            f"From {found[0].text} to {found[-1].text} {over} {months}, lowest {ends[0]}, "
            f"highest {ends[1]}"
        )
    marked = [each for each in found if each.marker]
    marks = dict.fromkeys(f"[{each}]" for seen in marked for each in seen.marker.split(", "))
    verb = "is" if len(marked) == 1 else "are"
    return said + (
        f"; {len(marked)} of {len(found)} {verb} marked {listed(list(marks))}" if marks else ""
    )


# Activity.


def measures(page: Page, place: str) -> dict[str, dict[str, Seen]]:
    """Name of a measure → month → its figure, from the table beneath the charts."""
    rows = points(page, place)
    return {
        page.council.indicators[code]["name"]: {month: row[code] for month, row in rows.items()}
        for code in next(iter(rows.values())) if code != "month"
    }  # fmt: skip


def moves(page: Page, place: str) -> dict[str, tuple[Seen, Seen]]:
    """Name of a measure → the figures of last month and this, where neither has a marker."""
    found = {}
    for name, figures in measures(page, place).items():
        pair = (figures.get(key(page.month, 1)), figures[page.month])
        if all(each and each.value is not None and not each.marker for each in pair):
            found[name] = pair
    return found


def move(was: Seen, now: Seen) -> str:
    """What a measure did."""
    if was.value == now.value:
        return "remained the same"
    return "rose" if now.value > was.value else "fell"


@sentence(
    rf"In {WHEN}(?:, |: ).*",
    r"\d+ of \d+ measures can be compared .*",
    r".* (?:rose|fell) from [\d.]+ to [\d.]+(?: and .*|, .*)?",
    r".* remained at [\d.]+(?: and .*|, .*)?",
    rf"No figures for {WHEN}",
)
def _multiples_title(page: Page, place: str, _: object) -> str:
    found, all_of, month = moves(page, place), measures(page, place), words(page.month)
    if not found:
        latest = [f"{name} {each[page.month].text}" for name, each in all_of.items()
                  if each[page.month].value is not None]  # fmt: skip
        return f"In {month}: {listed(latest[:3])}" if latest else f"No figures for {month}"
    count = Counter(move(*pair) for pair in found.values())
    kinds = {each: count[each] for each in ("rose", "fell", "remained the same")}
    if len(found) < len(all_of):
        part = f"{len(found)} of {len(all_of)} measures can be compared with {words(page.month, 1)}"
        return f"{part}: {told(kinds, be=False)}"
    if len(found) > 3:
        return f"In {month}, {told(kinds, 'measure', 'measures', be=False)}"
    return listed([
        f"{name} remained at {now.text}" if was.value == now.value
        else f"{name} {move(was, now)} from {was.text} to {now.text}"
        for name, (was, now) in found.items()
    ])  # fmt: skip


@sentence(rf"(?P<when>At the end of each month|In each month), (?P<unit>.*?), {WHEN}.*")
def _multiples_subtitle(page: Page, place: str, found: re.Match[str]) -> str:
    seen = [each for figures in measures(page, place).values() for each in figures.values()]
    unit = {slug: each for each, slug in page.council.units.items()}[page.unit]
    months = span(list(points(page, place)))
    when = {"activity-in-hand": "At the end of each month", "activity-in-month": "In each month"}
    return f"{when[place]}, {unit}, {months}. Each chart has its own scale{hollow(seen)}."


@sentence("A small line chart for each measure.*")
def _multiples_description(page: Page, place: str, _: object) -> str:
    said = ["A small line chart for each measure."]
    for name, figures in measures(page, place).items():
        known = {month: each for month, each in figures.items() if each.value is not None}
        ends = list(dict.fromkeys([*known][:1] + [*known][-1:]))
        if ends:
            at = ", ".join(f"{known[month].text} in {words(month)}" for month in ends)
            said.append(f"{name}: {at}.")
    return " ".join(said)


# The effect of UASC.


def exact(row: Row, cohort: str, form: str) -> Fraction | None:
    """The result of a cohort from its numerator and denominator; of a count, as it is shown."""
    if form == "count":
        return row[f"{cohort}_result"].value
    num, denom = row[f"{cohort}_num"].value, row[f"{cohort}_denom"].value
    return num * (100 if form == "percent" else 1) / denom if denom else None


def beside(page: Page, unit: str, code: str) -> str:
    """How the result without UASC compares with the one with them; empty where it can't."""
    row, known = page.impacts[unit, code], page.council.indicators[code]
    was, now = (exact(row, cohort, known["format"]) for cohort in ("including", "excluding"))
    if was is None or now is None:
        return ""
    if known["polarity"] == "T":
        target = Fraction(page.council.held(code, page.month)["target"])
        was, now = -abs(was - target), -abs(now - target)
    elif known["polarity"] == "L":
        was, now = -was, -now
    arrow = "same" if was == now else "better" if now > was else "worse"
    target = page.council.held(code, page.month).get("target")
    return read(known["polarity"], Fraction(target) if target else None, arrow,
                row["including_result"], row["excluding_result"])  # fmt: skip


NO_RESULT = "No result can be compared with one that leaves UASC out."
NO_RATING = "No rating can be compared with one that leaves UASC out."


@sentence(
    rf"(?P<first>(?:Leaving UASC out|\d+ of \d+ indicators|{NO_RESULT}).*?\.) "
    rf"(?P<then>(?:\d+ (?:of|rating)|No rating).*)"
)
def _uasc_headline(page: Page, place: str, found: re.Match[str]) -> str:
    """Both sentences of the summary, as the index has them."""
    said = [fault(page, Claim(each, "text", "")) for each in found.groups()]
    return " ".join(each for each in said if each) or found[0]


@sentence(
    r"Leaving UASC out, (?:\d+ results?|both results|all \d+ results|the one result) .*",
    r"\d+ of \d+ indicators can be compared: .*",
    NO_RESULT,
)
def _uasc_summary(page: Page, _: str, __: object) -> str:
    rows = [code for unit, code in page.impacts if unit == page.unit]
    found = [each for code in rows if (each := beside(page, page.unit, code))]
    if not found:
        return NO_RESULT
    if len(found) == len(rows):
        return f"Leaving UASC out, {told(named(found), 'result', 'results')}."
    part = f"{len(found)} of {len(rows)} indicators can be compared"
    return f"{part}: leaving UASC out, {told(named(found))}."


@sentence(
    r"\d+ ratings? changes?[,:].*",
    "No rating changes.",
    NO_RATING,
    r"\d+ of \d+ ratings can be compared; .*",
)
def _uasc_change_count(page: Page, place: str, _: object) -> str:
    areas = place.endswith("-table")  # the summary stands above every table
    pairs = [
        (row["including_result"].rating, row["excluding_result"].rating)
        for (unit, _), row in page.impacts.items() if (unit != page.unit) == areas
    ]  # fmt: skip
    rated = [pair for pair in pairs if pair[0] in WORST_FIRST]
    both = [pair for pair in rated if pair[1] in WORST_FIRST]
    number, how = change(both)
    verb = "changes" if number == 1 else "change"
    if not both:
        return NO_RATING
    if len(both) < len(rated):
        part = f"{len(both)} of {len(rated)} ratings can be compared"
        if len(both) == 1:
            return f"{part}; it {'changes' if number else 'does not change'}{how}."
        return f"{part}; of these {number or 'none'} {verb}{how}."
    return (
        f"{number} {'rating' if number == 1 else 'ratings'} {verb}{how}."
        if number
        else ("No rating changes.")
    )


@sentence("Leaving UASC out, (?:.*percentage|“).*")
def _uasc_title(page: Page, _: str, __: object) -> str:
    rows = page.rows("uasc-effect-data")
    how = {}
    for (unit, code, _), row in rows.items():
        same = row["including_result"].value == row["excluding_result"].value
        how[unit, code] = (
            "the same" if same else ("higher" if row["variance"].text.startswith("+") else "lower")
        )
    differences = {
        key: row["variance"].text.rstrip("%") for key, row in (
            ((unit, code), row) for (unit, code, _), row in rows.items()
        ) if how[key] != "the same"
    }  # fmt: skip
    if len(rows) == 1:
        (code,) = (code for _, code in how)
        name, ((key, said),) = page.council.indicators[code]["name"], how.items()
        points_apart = f"{differences[key].lstrip('+-')} percentage points " if differences else ""
        return f"Leaving UASC out, “{name}” is {points_apart}{said}"
    count = Counter(how.values())
    kinds = {each: count[each] for each in ("higher", "lower", "the same")}
    said = f"Leaving UASC out, {told(kinds, 'percentage', 'percentages')}"
    order = sorted(set(differences.values()), key=lambda each: (Fraction(each), each != "-0.0"))
    if not order:
        return said
    if len(order) > 1:
        return f"{said}; the differences run from {order[0]} to {order[-1]} percentage points"
    each = "the" if len(differences) == 1 else "each"
    return f"{said}; {each} difference is {order[0]} percentage points"


@sentence(rf"Percentages including and excluding UASC, .*, {WHEN}")
def _uasc_subtitle(page: Page, _: str, __: object) -> str:
    unit = {slug: each for each, slug in page.council.units.items()}[page.unit]
    return f"Percentages including and excluding UASC, {unit}, {words(page.month)}"


@sentence("Two points for .*")
def _uasc_description(page: Page, _: str, __: object) -> str:
    rows = page.rows("uasc-effect-data")
    whose = f"each of {len(rows)} indicators" if len(rows) > 1 else "one indicator"
    said = [
        f"Indicator {code}: {row['including_result'].text} including, "
        f"{row['excluding_result'].text} excluding, {row['variance'].text}."
        for (_, code, _), row in rows.items()
    ]
    return f"Two points for {whose}, joined. {' '.join(said)}"


# Data notes.

BANDS: dict[str, Callable[..., bool]] = {
    "(?P<a>{n}) and above": lambda v, a, _: v >= a,
    "(?P<a>{n}) and below": lambda v, a, _: v <= a,
    "below (?P<a>{n})": lambda v, a, _: v < a,
    "above (?P<a>{n})": lambda v, a, _: v > a,
    "(?P<a>{n}) to below (?P<b>{n})": lambda v, a, b: a <= v < b,
    "above (?P<a>{n}) and below (?P<b>{n})": lambda v, a, b: a < v < b,
    "(?P<a>{n})": lambda v, a, _: v == a,
    "within (?P<a>{n})(?: percentage points?)? of (?P<b>{n})": lambda v, a, b: abs(v - b) <= a,
    "more than (?P<a>{n})(?: percentage points?)? from (?P<b>{n})": lambda v, a, b: abs(v - b) > a,
    "more than (?P<a>{n}) and up to (?P<c>{n})(?: percentage points?)? from (?P<b>{n})": (
        lambda v, a, b, c: a < abs(v - b) <= c
    ),
}
"""What a banding says → whether a result lies in it."""


def rating(known: Mapping[str, str], held: Mapping[str, str], value: Fraction) -> str:
    """The rating of a result, by the rules."""
    target = Fraction(held["target"])
    if known["polarity"] == "T":
        green, amber = Fraction(held["green_within"]), Fraction(held["amber_within"])
        far = abs(value - target)
        return "green" if far <= green else "amber" if far <= amber else "red"
    least = Fraction(held["floor"])
    if known["polarity"] == "H":
        return "green" if value >= target else "red" if value < least else "amber"
    return "green" if value <= target else "red" if value >= least else "amber"


def grid(known: Mapping[str, str], held: Mapping[str, str]) -> list[Fraction]:
    """Results on, just below and just above everything that a rating turns on."""
    near = [Fraction(held[each] or 0) for each in ("green_within", "amber_within")]
    target = Fraction(held["target"])
    ends = [
        target,
        Fraction(held["floor"] or 0),
        *(target + side * d for d in near for side in (1, -1)),
    ]
    step = 1 if known["format"] == "count" else Fraction(1, 10000)
    greatest = 100 if known["format"] == "percent" else 10**6
    found = {0, greatest, *(end + side * step for end in ends for side in (-1, 0, 1))}
    return sorted(each for each in found if 0 <= each <= greatest)


def data_note_fault(page: Page, code: str, term: str, text: str) -> str:
    """What is wrong with a line of an indicator's data notes."""
    known, held = page.council.indicators[code], page.council.held(code, page.month)
    if term in RATINGS.values():
        for pattern, lies_in in BANDS.items():
            found = re.fullmatch(pattern.replace("{n}", r"\d+(?:\.\d+)?%?"), text)
            if found:
                ends = {name: Fraction(end.rstrip("%")) for name, end in found.groupdict().items()}
                given = [ends["a"], ends.get("b"), *([ends["c"]] if "c" in ends else [])]
                wrong = [v for v in grid(known, held)
                         if lies_in(v, *given) != (rating(known, held, v) == term)]  # fmt: skip
                return f"`{text}` is not {term} for {float(wrong[0])}" if wrong else ""
        return f"`{text}` is no banding"
    polarity = {"H": "A higher figure is better (H).", "L": "A lower figure is better (L).",
                "T": "A figure near the target is best (T)."}  # fmt: skip
    period = known["data_period"]
    target = held.get("target")
    expected = {
        "What it counts": known["definition"],
        "Source": known["data_source"],
        "Note": held.get("note"),
        "Which way is better": polarity[known["polarity"]],
        "Target": threshold(target, known["format"]) if target else "No target held",
        "Data period": f"{period}, {PERIODS[period]}: {MEANING[period]}.",
    }[term]
    return "" if text == expected else f"`{text}`, but `{expected}`"


MEANING = {
    "SS": "the position at the end of the reporting month",
    "R12M": "the 12 months ending with the reporting month",
    "YTD": "from April to the reporting month",
    "M": "counted in the reporting month",
}


# What is said of a table or a chart, and of where figures come from.


@sentence("Data notes: (?P<name>.*)")
def _notes_of(page: Page, place: str, _: object) -> str:
    return f"Data notes: {page.council.indicators[_noted(place)]['name']}"


def _noted(place: str) -> str:
    """The indicator whose data notes stand after a table or a chart."""
    found = re.fullmatch(
        r"(?:exception|areas|trend)-(.+?)(?:-chart-data|-data|-trend)?(?:-table)?", place
    )
    return found[1]


@sentence(
    rf"(?P<first>.*), (?P<unit>[^,]*), {WHEN}(?P<rest>: including and excluding UASC)?",
    rf"(?P<first>Ratings that differ in the areas), {WHEN}",
    rf"(?P<first>.*: every area), {WHEN}",
)
def _caption(page: Page, place: str, found: re.Match[str]) -> str:
    table, said = place.removesuffix("-table"), found.groupdict()
    if table.startswith("areas-"):
        code = table.removeprefix("areas-")
        return f"{page.council.indicators[code]['name']}: every area, {words(page.month)}"
    slugs = {slug: each for each, slug in page.council.units.items()}
    title, unit = TITLES.get(table, ""), page.unit
    if not title:
        other = re.fullmatch("uasc-(other-)?(.+)", table)
        title, unit = TITLES["uasc-other"] if other[1] else "Children in care", other[2]
    of = "" if table == "uasc-changed-ratings" else f", {slugs[unit]}"
    return f"{title}{of}, {words(page.month)}{said.get('rest') or ''}"


TITLES = {
    "scorecard": "Scorecard", "rating-totals": "Ratings by section", "reds": "Indicators rated Red",
    "activity": "Activity by team", "uasc-effect-data": "Results including and excluding UASC",
    "uasc-other": "Other indicators", "uasc-changed-ratings": "Ratings that differ in the areas",
}  # fmt: skip
"""Tables of one month and how their captions begin."""


@sentence("(?P<name>.*), (?P<unit>[^,]*), month by month")
def _trend_caption(page: Page, place: str, _: object) -> str:
    unit = {slug: each for each, slug in page.council.units.items()}[page.unit]
    return f"{page.council.indicators[_noted(place)]['name']}, {unit}, month by month"


@sentence("(?P<when>At the end of each month|In each month), [^,]*")
def _activity_caption(page: Page, place: str, _: object) -> str:
    unit = {slug: each for each, slug in page.council.units.items()}[page.unit]
    when = {"activity-in-hand": "At the end of each month", "activity-in-month": "In each month"}
    return f"{when[place.removesuffix('-data-table')]}, {unit}"


@sentence(r".*: the last \d+ months", rf".*: {WHEN}")
def _exception_caption(page: Page, place: str, _: object) -> str:
    rows = page.rows(place.removesuffix("-table"))
    when = f"the last {len(rows)} months" if len(rows) > 1 else words(page.month)
    return f"{page.council.indicators[_noted(place)]['name']}: {when}"


@sentence(rf"Ratings that changed since {WHEN}")
def _changed_caption(page: Page, _: str, __: object) -> str:
    changed = {code for code, (was, now) in both_ratings(page).items() if was != now}
    listed_there = {code for _, code, _ in page.rows("changed-ratings")}
    return (
        f"Ratings that changed since {words(page.month, 1)}"
        if changed == listed_there
        else (f"a table of {sorted(changed)}")
    )


@sentence(rf"Indicators rated Amber, {WHEN} and {WHEN}")
def _amber_caption(page: Page, _: str, __: object) -> str:
    ambers = {code for code, row in page.own.items() if row["result"].rating == "amber"}
    headings = {"better": "Improved", "same": "The same", "near": "As near the target",
                "worse": "Declined", "": "Not comparable"}  # fmt: skip
    for row in page.tables["ambers"].select("tbody tr:not(.group)"):
        heading = row.find_parent("tbody").select_one(".group").get_text().strip()
        if heading != headings[since(page, row["data-code"])]:
            return f"{row['data-code']} under {headings[since(page, row['data-code'])]}"
    same = ambers == {code for _, code, _ in page.rows("ambers")}
    return (
        f"Indicators rated Amber, {words(page.month, 1)} and {words(page.month)}"
        if same
        else (f"a table of {sorted(ambers)}")
    )


@sentence(r"(?:Indicator|Indicators) (?P<codes>[\w, -]+): (?P<note>.*)")
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


@sentence(r"(?:Reconstructed|Figures of|For some|Some figures|All (?:other )?results on) .*")
def _footnote(page: Page, _: str, found: re.Match[str]) -> str:
    known = {*page.council.footnotes.values(), "Some figures are marked “supplied” in the data.",
             "All results on this page are as published."}  # fmt: skip
    return found[0] if found[0] in known else "no footnote"


@sentence("No commentary has been supplied on this indicator.")
def _no_commentary(page: Page, place: str, found: re.Match[str]) -> str:
    path = page.council.root / f"data/commentary/{page.month}/{_noted(place)}.md"
    return "there is one" if path.exists() else found[0]


@sentence("Ratings in (?P<letter>Appendix [A-Z]: )?.*")
def _ratings_in(page: Page, _: str, found: re.Match[str]) -> str:
    return f"Ratings in {found['letter'] or ''}{_text(page.soup.h1)}"


@sentence("Every appendix of the month, with its ratings and what changed.")
def _index(page: Page, _: str, found: re.Match[str]) -> str:
    return found[0] if page.name == "index" else "an appendix"
