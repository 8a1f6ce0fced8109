"""Every generated sentence on published pages says what the tables of its page, or pack, say.

Over the county's 24 months, the second council's 16, and seven made-up councils whose pages once
said something false (`sentence_cases`), each text of each page is written again from the tables by
`rederiving.py`. Each text of the last month is also made false, to see that this is noticed.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from bs4 import BeautifulSoup

from scorecard.months import Month
from scorecard.workbook import Workbook
from support import council as second_council
from support import quick
from support.places import MONTH, REPOSITORY, TESTS
from support.rederiving import Council, Page, added, claims, fault
from support.rederiving.covers import Cover

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from support.rederiving import Claim

CASES = {
    path.parent.name: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted(TESTS.glob("sentence_cases/*/case.yml"))
}
"""Made-up council → which indicators its pages are about, and what they say in the last month."""

WORDING = """\
council: Rootshire
service: Children
glossary:
  - {term: Unaccompanied asylum-seeking children, abbreviations: [UASC], meaning: Children alone.}
"""


def made_up(name: str, folder: Path) -> Workbook:
    """A workbook in `folder` from the files of `sentence_cases`."""
    given = TESTS / "sentence_cases" / name
    for each in ("data/reference", "data/results", "params"):
        (folder / each).mkdir(parents=True)
    for each in ("indicators", "targets", "units"):
        shutil.copy(given / f"{each}.csv", folder / "data/reference")
    header, *lines = (given / "results.csv").read_text(encoding="utf-8").splitlines()
    for month in sorted({line.split(",")[0] for line in lines}):
        rows = [header, *(line for line in lines if line.startswith(month))]
        path = folder / f"data/results/{month}.csv"
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    reports = yaml.safe_dump({"appendices": list(appendices(CASES[name]))})
    (folder / "params/reports.yml").write_text(reports, encoding="utf-8")
    for month, previous in CASES[name].get("previous", {}).items():
        meeting = f"previous: {previous}\n"
        (folder / f"params/{month}.yml").write_text(meeting, encoding="utf-8")
    (folder / "params/wording.yml").write_text(WORDING, encoding="utf-8")
    return Workbook.at(folder)


def appendices(case: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The appendices of a made-up council, one of each kind."""
    care = {"codes": case["codes"]}
    effect = {each: case[each] for each in ("children_in_care", "other_indicators") if each in case}
    for name, notebook, parameters in (
        ("whole", "county", {}),
        ("care", "children_in_care", care),
        *([("uasc", "uasc_impact", effect)] if effect else []),
    ):
        yield {
            "name": name, "notebook": notebook, "title": name.title(), "summary": "All of it.",
            "parameters": {"unit": "root", **parameters},
        }  # fmt: skip
    yield {
        "name": "area-{unit}", "notebook": "area", "title": "{unit_name}", "summary": "One area.",
        "for_each": "area",
    }  # fmt: skip


def workbook(name: str, folder: Path) -> Workbook:
    """The workbook of a council: the county's own, or a copy in `folder`."""
    if name == "county":
        return Workbook.at(REPOSITORY)
    if name != "second":
        return made_up(name, folder)
    return second_council.files(folder)


def parsed(name: str, html: str, month: str, council: Council, files: Mapping[str, bytes]) -> Page:
    """A page, ready to be read."""
    return Page(name, BeautifulSoup(html, "html.parser"), month, council, files)


class Published:
    """What was found on all pages of a council's months; of the last month also the pages."""

    def __init__(self, name: str, workbook: Workbook, whole: int | None = None) -> None:
        """Of months before the last `whole` ones, if that is given, only scorecards."""
        self.name = name
        self.faults: list[str] = []
        self.last: dict[str, Page] = {}
        self.covers: dict[str, Cover] = {}
        self.seen = 0
        council = Council(workbook.root)
        months = workbook.results()
        for number, path in enumerate(months):
            early = whole is not None and number < len(months) - whole
            notebooks = SCORECARDS if early else READ
            made = quick.pages(workbook, Month.parse(path.stem), notebooks)
            self.last = {
                name: parsed(name, page.html, path.stem, council, page.files)
                for name, page in made.items()
            }
            for page in self.last.values():
                page.remember()
                added.remember(page)
            for page, claim in self.claims():
                self.seen += 1
                wrong = fault(page, claim)
                self.faults += [f"{path.stem} {page.name}: {wrong}"] if wrong else []
            self.covers = dict(self._covers(workbook))
            for name, cover in self.covers.items():
                self.seen += len(cover.said)
                self.faults += [f"{path.stem} {name}: {wrong}" for wrong in cover.faults()]

    def _covers(self, workbook: Workbook) -> Iterator[tuple[str, Cover]]:
        """The cover reports of the last month."""
        reports = yaml.safe_load(workbook.params("reports").read_text(encoding="utf-8"))
        for name, cover in self.papers().items():
            (given,) = (each for each in reports["appendices"] if each["name"] == name)
            codes = given["parameters"].get("codes", [])
            yield name, Cover(cover.soup, [*self.last.values()], codes)

    def papers(self) -> dict[str, Page]:
        """The cover reports of the last month by name: they have no tables of results."""
        return {
            name: page for name, page in self.last.items() if page.soup.select_one("main.paper")
        }

    def claims(self) -> Iterator[tuple[Page, Claim]]:
        """The texts of the last month's pages, each with the page whose tables decide it."""
        papers = self.papers()
        for name, page in self.last.items():
            if name in papers:
                continue
            for claim in claims(page):
                if claim.place in papers:
                    continue
                # What the index says of an appendix is decided by the tables of the appendix.
                yield (self.last.get(claim.place, page) if name == "index" else page), claim


READ = ("cover", "county", "area", "children_in_care", "uasc_impact")
"""The notebooks whose pages are read: sentences of out-turns and quarters have cases only."""
SCORECARDS = ("county", "area")
"""The notebooks whose pages later pages look up."""
CHECKED = {"second": 3, "edge": None, "same": None}
"""The councils that the whole check reads too, and how many of their months whole, if not all."""


@pytest.fixture(
    scope="module",
    params=[
        *(pytest.param((name, whole), id=name) for name, whole in CHECKED.items()),
        *(
            pytest.param((name, None), id=f"{name}, whole", marks=pytest.mark.thorough)
            for name in ("county", "second", *CASES)
            if CHECKED.get(name, 0) is not None
        ),
    ],
)
def published(request, tmp_path_factory):
    """All months of a council, made without kernels and drawings."""
    name, whole = request.param
    folder = tmp_path_factory.mktemp(name) / "workbook"
    return Published(name, workbook(name, folder), whole)


def test_every_sentence_can_be_written_again_from_the_tables(published):
    assert published.seen > 100
    assert published.faults == []


def test_pages_that_were_false_are_right(published):
    for name, sentences in CASES.get(published.name, {"says": {}})["says"].items():
        texts = {claim.text for claim in claims(published.last[name])}
        assert [sentence for sentence in sentences if sentence not in texts] == [], name


SWAPS = [
    ("better", "worse"), ("rose", "fell"), ("higher", "lower"), ("more", "fewer"), ("Red", "Green"),
    ("nearer", "further"), ("lowest", "highest"), ("the same", "better"), ("above", "below"),
    ("both", "all 3"), ("none", "1"), ("No ", "One "), ("can be compared", "changed"),
    ("as near", "as far"), ("remained", "been"), ("each of", "most of"), ("including", "without"),
]  # fmt: skip


def mutants(text: str) -> Iterator[str]:
    """`text` made false: each number one more, each telling word another, each way round."""
    for number in re.finditer(r"\d+", text):
        yield f"{text[: number.start()]}{int(number[0]) + 1}{text[number.end() :]}"
    for pair in SWAPS:
        for was, now in (pair, pair[::-1]):
            if re.search(rf"\b{was}", text):
                yield re.sub(rf"\b{was}", now, text, count=1)


def test_a_false_sentence_is_noticed(published):
    unnoticed = [
        f"{page.name}: `{claim.text}` as `{mutant}`"
        for page, claim in published.claims()
        for mutant in mutants(claim.text)
        if not fault(page, claim._replace(text=mutant))
    ] + [
        f"{name}: `{text}` as `{mutant}`"
        for name, cover in published.covers.items()
        for section, group, text in cover.said
        for mutant in mutants(text)
        if not cover.fault(section, group, mutant)
    ]

    assert unnoticed == []


def test_pages_made_without_kernels_say_what_published_ones_say(month):
    council = Council(REPOSITORY)
    for name, made in quick.pages(Workbook.at(REPOSITORY), Month.parse(MONTH)).items():
        html = (month / f"{name}.html").read_text(encoding="utf-8")
        ours, theirs = (parsed(name, each, MONTH, council, {}) for each in (made.html, html))
        assert [*claims(ours)] == [*claims(theirs)], name
