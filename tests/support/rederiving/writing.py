"""How sentences are written again: the writers, how things are counted, how figures are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from support.rederiving.pages import MONTHS, WORST_FIRST, words
from support.rederiving.texts import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from support.rederiving.pages import Page, Row, Seen
    from support.rederiving.texts import Claim

Writer = Callable[["Page", str, "re.Match[str]"], "str | None"]
WRITERS: list[tuple[str, re.Pattern[str], Writer]] = []
"""Kind of text, what tells a sentence from others of the kind, and what writes it again."""

KINDS: dict[str, Callable[[Page, Claim], str]] = {}
"""Kind of text that is no sentence → what finds its fault."""


def sentence(*patterns: str, kind: str = "text") -> Callable[[Writer], Writer]:
    """Enter a writer of all texts of a kind that fully match one of `patterns`.

    It gets the page, the place of the text and the match, and gives the text as the tables have it.
    """

    def enter(writer: Writer) -> Writer:
        WRITERS.extend((kind, re.compile(pattern), writer) for pattern in patterns)
        return writer

    return enter


def fault(page: Page, claim: Claim) -> str:
    """What is wrong with one text: it is no sentence known here, or the tables say otherwise."""
    try:
        return _fault(page, claim)
    except (LookupError, ValueError, TypeError, StopIteration, AttributeError) as error:
        return f"`{claim.text}`, but the tables have nothing of the kind ({error!r})"


def _fault(page: Page, claim: Claim) -> str:
    if claim.kind in KINDS:
        return KINDS[claim.kind](page, claim)
    for kind, pattern, writer in WRITERS:
        found = kind == claim.kind and pattern.fullmatch(claim.text)
        if found:
            return compared(claim, writer(page, claim.place, found))
    return f"`{claim.text}` is no sentence that is known here"


def thousands(text: str) -> str:
    """A sentence with commas between thousands, which the tables have not; years have none."""

    def grouped(found: re.Match[str]) -> str:
        return found[0] if found["month"] else f"{int(found['digits']):,}"

    return NUMBER.sub(grouped, text)


NUMBER = re.compile(rf"(?P<month>(?:{'|'.join(MONTHS)}) )?(?<![.,\d])(?P<digits>\d{{4,}})(?![-/–])")


def compared(claim: Claim, written: str | None) -> str:
    """What is wrong with a text that is `written` from the tables; empty when nothing is."""
    written = written and thousands(written)
    return "" if written == claim.text else f"`{claim.text}`, but by the tables `{written}`"


def listed(items: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if items[1:] else items)


def in_words(counts: Mapping[str, int], one: str = "", many: str = "", *, be: bool = True) -> str:
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
    """How a result of the page's unit compares with the previous report's; empty where it can't."""
    row, before = page.own[code], page.before(code)
    if before is None or row["result"].value is None:
        return ""
    polarity = page.council.indicators[code]["polarity"]
    target = page.council.held(code, page.month).get("target")
    arrow = page.arrow(code)
    if arrow is None:
        return ""
    return read(polarity, Fraction(target) if target else None, arrow, before, row["result"])


def change(pairs: Iterable[tuple[str, str]], by_target: int = 0) -> tuple[int, str]:
    """How many of several pairs of ratings differ, and which way: `, both for the better`.

    Those that differ because of the target are no part of `pairs`, and are counted apart.
    """
    up = [WORST_FIRST.index(now) - WORST_FIRST.index(was) for was, now in pairs if was != now]
    better, number = sum(each > 0 for each in up), len(up) + by_target
    whose = "its target or floor standard" if by_target == 1 else "their targets or floor standards"
    cause = f"because {whose} changed"
    parts = [
        (count, words)
        for count, words in (
            (better, "for the better"), (len(up) - better, "for the worse"), (by_target, cause),
        )
        if count
    ]  # fmt: skip
    if len(parts) > 1:
        said = [f"{count} {words}" for count, words in parts]
        return number, f": {', '.join(said[:-1])} and {said[-1]}"
    return number, "".join(
        f"{ {1: ', ', 2: ', both '}.get(count, ', all ') }{words}" for count, words in parts
    )


def threshold(value: str, form: str) -> str:
    """A target as it is displayed: one decimal at least, none for a count."""
    digits, _, decimals = value.partition(".")
    decimals = decimals.rstrip("0") or ("" if form == "count" else "0")
    return digits + (f".{decimals}" if decimals else "") + ("%" if form == "percent" else "")


def rounded(value: Fraction, places: int) -> str:
    """A figure that is not negative, halves away from zero."""
    scaled = floor(value * 10**places + Fraction(1, 2))
    digits = f"{scaled:0{places + 1}}"
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def fitting(titles: Sequence[str]) -> str:
    """The first title of at most 15 words; the last where none is so short."""
    return next((each for each in titles if each.count(" ") < 15), titles[-1])


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


def points(page: Page, place: str) -> dict[str, Row]:
    """Month → the row of the table beneath a chart, oldest first."""
    return {month: row for (_, _, month), row in page.rows(f"{place}-data").items()}


@sentence("Figures in this chart: (?P<title>.*)", kind="summary")
@sentence("Chart: (?P<title>.*)", kind="label")
def _title_again(page: Page, place: str, found: re.Match[str]) -> str:
    title = text_of(page.by_id[place].find(class_="figure-title"))
    return found[0].replace(found["title"], title)
