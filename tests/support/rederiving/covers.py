"""The sentences of a cover report, written again from the tables of another page of its pack."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from support.page_figures import texts
from support.rederiving.indicators import against
from support.rederiving.notes import MEANING
from support.rederiving.outlook import cases_moved
from support.rederiving.pages import PERIODS, SAID, words
from support.rederiving.summaries import of_selection
from support.rederiving.texts import Claim
from support.rederiving.writing import fault, listed, since, thousands, threshold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bs4 import BeautifulSoup, Tag

    from support.rederiving.pages import Page

COUNCILS = {"Recommendation", "Introduction", "Next steps", "Background documents", "Contacts"}
"""Sections whose words are the council's own."""

MOVED = {"better": "improved", "same": "stayed the same", "near": "near", "worse": "declined"}
GROUPS = {
    "Improved": "better", "The same": "same", "As near the target": "near", "Declined": "worse",
    "Not comparable": "",
}  # fmt: skip
BASES = [
    "Green: the target is met.",
    "Amber: the target is missed, but the floor standard is kept.",
    "Red: the floor standard, the pre-defined minimum, is not kept.",
]


class Cover:
    """A cover report of the indicators `codes`, or of all, beside the other `pages` of its pack."""

    def __init__(self, soup: BeautifulSoup, pages: Sequence[Page], codes: Sequence[str]) -> None:
        whole = max(pages, key=lambda page: len(page.own))
        self.pages, self.codes, self.page = pages, codes, replace(whole)
        self.page.own = {code: whole.own[code] for code in codes or whole.own if code in whole.own}
        self.said: list[tuple[str, str, str]] = []
        """Each paragraph and point: its section, its group, its words."""
        for number in soup.select(".number"):
            number.decompose()
        section = group = ""
        for each in soup.main.find_all(["h2", "h3", "li"]):
            if each.name == "h2":
                section, group = text_of(each), ""
            elif each.name == "h3":
                group = text_of(each)
            elif (
                section not in COUNCILS
                and each.find_parent("ol", class_="paragraphs")
                and not each.find_parent(class_="commentary")
            ):
                self.said.append((section, group, text_of(each)))

    def faults(self) -> Iterator[str]:
        """What is wrong with each text, and with the groups as a whole."""
        for section, group, text in self.said:
            if wrong := self.fault(section, group, text):
                yield wrong
        groups = {
            heading: [code_of(text) for _, group, text in self.said if group == heading]
            for heading in GROUPS
        }
        due = {heading: self.due(read) for heading, read in GROUPS.items()}
        if groups != due:
            yield f"the groups are {groups}, but by the tables {due}"

    def due(self, *reads: str) -> list[str]:
        """The codes of Ambers and Reds that moved so since the previous report."""
        return [
            code for code, row in self.page.own.items()
            if row["result"].rating in ("red", "amber") and since(self.page, code) in reads
        ]  # fmt: skip

    def fault(self, section: str, group: str, text: str) -> str:
        """What is wrong with a text; empty when nothing is."""
        if section == "How results are rated" and not text.startswith("No indicator"):
            council = (self.page.council.root / "params/cover.yml").read_text(encoding="utf-8")
            own = " ".join(council.split())
            first = "Each result is rated against its target and its floor standard."
            return "" if text in (first, *BASES) or text in own else f"`{text}` is nobody's"
        if group in GROUPS and section == "Performance":
            if (code := code_of(text)) not in self.due(*GROUPS.values()):
                return f"`{text}` is of no indicator rated Amber or Red"
            written = self.paragraph(code)
            rest = text.removeprefix(written)
            return differs(text, written) if rest == text else self.rest(rest.strip(), code)
        if section == "Period of the results":
            return "" if text in self.periods() else differs(text, self.periods())
        if "rated Amber or Red" in text or text.startswith(("Every indicator", "No rating that")):
            return "" if text == self.moved() else differs(text, self.moved())
        met = re.fullmatch(r"(.*\.) It (?:meets|does not meet) the target of [^ ]+\.", text)
        if met:
            if (code := code_of(text)) not in self.page.own:
                return f"`{text}` is of no indicator of the report"
            does = "meets" if self.page.own[code]["result"].rating == "green" else "does not meet"
            held = self.page.council.held(code, self.page.month).get("target", "none")
            shown = threshold(held, self.page.council.indicators[code]["format"])
            end = f"It {does} the target of {shown}."
            if text != f"{met[1]} {end}":
                return differs(text, end)
            text = met[1]
        if section == "Changes to the scorecard":
            return "" if text == self.changes() else differs(text, self.changes())
        return fault(self.page, Claim(text, "text", ""))

    def paragraph(self, code: str) -> str:
        """The paragraph on an indicator, up to the area that differs and the target's reason."""
        name = self.page.council.indicators[code]["name"]
        rating = SAID[self.page.own[code]["result"].rating]
        said = f"{name} ({code}), {rating}: {against(self.page, code)}"
        moved = cases_moved(self.page, f"indicator-{code}", None) if self.counted(code) else ""
        return thousands(f"{said} {moved or ''}".strip())

    def counted(self, code: str) -> bool:
        """Whether an indicator counts cases that moved since the previous report."""
        row, known = self.page.own[code], self.page.council.indicators[code]
        then = self.page.council.rows.get((self.page.unit, code, self.page.previous))
        parts = ["result"] if known["format"] == "count" else ["num", "denom"]
        return bool(
            known["format"] in ("percent", "count")
            and then
            and self.page.before(code)
            and [row[each].value for each in parts] != [then[each].value for each in parts]
        )

    def rest(self, text: str, code: str) -> str:
        """What is wrong with the end of a paragraph: areas, and the reason for the target."""
        why = self.page.council.held(code, self.page.month).get("rationale")
        end = f"Why this target: {why if not why or why[-1] in '.!?' else f'{why}.'}"
        text = text.removesuffix(end).strip() if why else text
        besides = re.match(r"Every area's result .* in no area\.", text)
        texts = [besides[0], text[besides.end() :].strip()] if besides else [text]
        claims = [Claim(each, "text", f"indicator-{code}") for each in texts if each]
        return "".join(fault(self.beside_areas(code), claim) for claim in claims)

    def beside_areas(self, code: str) -> Page:
        """The page with a table of an indicator's areas, from the pages of the areas."""
        page, name = replace(self.page), f"areas-{code}"
        found = {each.unit: each.own[code] for each in [page, *self.pages] if code in each.own}
        page.tables = {**page.tables, name: page.soup}
        page._rows[name] = {(unit, code, ""): row for unit, row in found.items()}
        return page

    def periods(self) -> list[str]:
        """The sentence on the period, and a point for each data period."""
        year, month = map(int, self.page.month.split("-"))
        last = f"{monthrange(year, month)[1]} {words(self.page.month)}"
        before = words(self.page.previous)
        first = f"The results are to {last}. They are compared with those of {before}."
        count = Counter(self.page.council.indicators[code]["data_period"] for code in self.page.own)
        points = [
            f"{PERIODS[code].capitalize()}, of {n} {'indicator' if n == 1 else 'indicators'}: "
            f"{MEANING[code]}."
            for code, n in count.items()
        ]
        return [first, *points]

    def moved(self) -> str:
        """How many Ambers and Reds improved, stayed the same and declined."""
        before, due = words(self.page.previous), self.due(*GROUPS.values())
        if not due:
            return "Every indicator that is rated is Green."
        count = Counter(read for code in due if (read := since(self.page, code)))
        total, many = sum(count.values()), "indicators rated Amber or Red"
        if not total:
            return f"None of the {many} can be compared with {before}."
        found = [(count[read], verb) for read, verb in MOVED.items() if count[read]]
        ((number, verb), *others), compared = found, f"with {before}"
        part = total < len(due)
        one, several = ("", "") if part else (" indicator rated Amber or Red", f" {many}")
        if others:
            noun = one if number == 1 else several
            said = listed([f"{number}{noun} {verb}", *(f"{n} {each}" for n, each in others)])
        else:
            every = {1: "it" if part else f"the one{one}", 2: f"both{several}"}
            said = f"{every.get(number, f'all {number}{several}')} {verb}"
        if part:
            return f"{total} of {len(due)} {many} can be compared {compared}: {said}."
        return f"Since {before}, {said}."

    def changes(self) -> str:
        """How many indicators were added, amended and retired since the previous report."""
        found = [
            row["change"] for row in self.page.council.changes
            if self.page.previous < row["month"] <= self.page.month
            and row["code"] in (self.codes or self.page.council.indicators)
        ]  # fmt: skip
        before = words(self.page.previous)
        of = of_selection(self.page)
        if not found:
            return f"No indicator{of} has been added, amended or retired since {before}."
        count = [(found.count(each), each) for each in ("added", "amended", "retired")]
        ((number, change), *others) = [each for each in count if each[0]]
        one = f"{number} indicator{'' if number == 1 else 's'}{of}"
        one += f" {'was' if number == 1 else 'were'} {change}"
        return f"Since {before}, {listed([one, *(f'{n} {each}' for n, each in others)])}."


def text_of(each: Tag) -> str:
    """The words of an element without the abbreviations, commentary and points in it."""
    each = copy(each)
    for points in each.find_all("ul"):
        points.extract()
    return " ".join("".join(texts(each, {"expansion", "commentary"})).split())


def code_of(text: str) -> str:
    """The code of the indicator that a paragraph begins with."""
    found = re.match(r".*? \((?P<code>[^()]+)\)(?:, (?:Amber|Red): | went from )", text)
    return found["code"] if found else ""


def differs(text: str, written: object) -> str:
    """What is wrong with a text that the tables write otherwise."""
    return f"`{text}`, but by the tables `{written}`"
