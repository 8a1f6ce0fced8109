"""Headline, subtitle and text alternative of charts of activity."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from support.rederiving.pages import WHEN, key, words
from support.rederiving.variation import MOST
from support.rederiving.writing import (
    fitting,
    hollow,
    in_words,
    listed,
    points,
    sentence,
    span,
    thousands,
)

if TYPE_CHECKING:
    import re

    from support.rederiving.pages import Page, Seen


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
    r"\d+ of \d+ measures (?:can be compared with .*|comparable): .*",
    r".* (?:rose|fell) (?:from [\d,.]+ )?to [\d,.]+(?: and .*|, .*)?",
    r".* remained at [\d,.]+(?: and .*|, .*)?",
    rf"No figures for {WHEN}",
    kind="title",
)
def _multiples_title(page: Page, place: str, _: object) -> str:
    found, all_of, month = moves(page, place), measures(page, place), words(page.month)
    called = {name: page.council.called(page.council.names[name]) for name in all_of}
    if not found:
        latest = [f"{called[name]} {each[page.month].signed}" for name, each in all_of.items()
                  if each[page.month].value is not None]  # fmt: skip
        most = [f"In {month}: {listed(latest[:number])}" for number in (3, 2, 1) if latest]
        return fitting([*most, f"No figures for {month}"])
    count = Counter(move(*pair) for pair in found.values())
    kinds = {each: count[each] for each in ("rose", "fell", "remained the same")}
    if len(found) < len(all_of):
        part, then = f"{len(found)} of {len(all_of)} measures", in_words(kinds, be=False)
        compared = f"{part} can be compared with {words(page.month, 1)}: {then}"
        return fitting([compared, f"{part} comparable: {then}"])
    titles = [f"In {month}, {in_words(kinds, 'measure', 'measures', be=False)}"]
    if len(found) <= 3:
        for end in (False, True):
            said = [
                f"{called[name]} remained at {now.text}" if was.value == now.value
                else f"{called[name]} {move(was, now)} {'' if end else f'from {was.text} '}"
                f"to {now.text}"
                for name, (was, now) in found.items()
            ]  # fmt: skip
            titles.insert(end, listed(said))
    return fitting([thousands(each) for each in titles])


@sentence(
    rf"(?P<when>At the end of each month|In each month), (?P<unit>.*?), {WHEN}.*", kind="subtitle"
)
def _multiples_subtitle(page: Page, place: str, found: re.Match[str]) -> str:
    seen = [each for figures in measures(page, place).values() for each in figures.values()]
    unit = page.unit_name
    months = span(list(points(page, place)))
    when = {"activity-in-hand": "At the end of each month", "activity-in-month": "In each month"}
    return f"{when[place]}, {unit}, {months}. Each chart has its own scale{hollow(seen)}."


@sentence("A small line chart for each indicator.*", kind="desc")
def _multiples_description(page: Page, place: str, _: object) -> str:
    shown = list(points(page, place))
    said = [f"A small line chart for each indicator, {span(shown)}."]
    for name, figures in measures(page, place).items():
        known = {month: each for month, each in figures.items() if each.value is not None}
        ends = list(dict.fromkeys([*known][:1] + [*known][-1:]))
        if ends == list(dict.fromkeys([shown[0], shown[-1]])):
            said.append(f"{name}: {' to '.join(known[month].signed for month in ends)}.")
        elif ends:
            at = ", ".join(f"{known[month].signed} in {words(month)}" for month in ends)
            said.append(f"{name}: {at}.")
    return " ".join(said)


@sentence("n/a: .*")
def _not_supplied(page: Page, _: str, __: object) -> str | None:
    cells = page.soup.select("#activity-table td")
    lacking = any(cell.get_text() == "n/a" for cell in cells)
    return "n/a: a figure that was not supplied." if lacking else None


@sentence(r"An expected range rests on .*\.")
def _expected(page: Page, _: str, __: object) -> str | None:
    if "activity-range" not in page.tables:
        return None
    return (
        f"An expected range rests on the last {MOST} months at most. A measure that has settled at "
        "another level stays outside it for some time."
    )


@sentence("Units without any figure this month are left out\\.")
def _left_out(page: Page, _: str, found: re.Match[str]) -> str | None:
    rows = page.soup.select("#activity-table tbody tr")
    silent = [row for row in rows[1:] if {td.get_text() for td in row.select("td")} == {"n/a"}]
    return None if silent else found[0]
