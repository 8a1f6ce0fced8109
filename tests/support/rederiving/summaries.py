"""What summaries say of ratings, directions of travel and estimates."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from support.rederiving import activity
from support.rederiving.notes import rating
from support.rederiving.pages import RATINGS, SAID, WHEN, WORST_FIRST, words
from support.rederiving.writing import (
    KINDS,
    change,
    compared,
    in_words,
    named,
    sentence,
    since,
    threshold,
)  # fmt: skip

if TYPE_CHECKING:
    import re

    from support.rederiving.pages import Page
    from support.rederiving.texts import Claim


@sentence(
    r"\d+ indicators? (is|are) rated: .*", r"No indicator(?: of this selection)? could be rated.*\."
)
def _ratings(page: Page, _: str, found: re.Match[str]) -> str:
    ratings = Counter(row["result"].rating for row in page.own.values())
    count = [ratings[each] for each in ("green", "amber", "red")]
    rated, all_of = sum(count), len(page.own)
    if not rated:
        of = of_selection(page) if " of this selection" in found[0] else ""
        results = any(row["result"].value is not None for row in page.own.values())
        why = ": no target is held for the month" if results else ""
        return f"No indicator{of} could be rated{why}."
    noun = "indicator is" if rated == 1 else "indicators are"
    left = f" {all_of - rated} of {all_of} could not be rated." if rated < all_of else ""
    return f"{rated} {noun} rated: {count[0]} Green, {count[1]} Amber and {count[2]} Red.{left}"


@sentence(r"(?P<said>A selection: [^.]+\.)(?P<then> .*)?")
def _selection(page: Page, place: str, found: re.Match[str]) -> str:
    """How many indicators, and activity measures by the heads of their tables, the page has."""
    parts = (
        [f"{len(page.own)} of the {page.council.rated(page.month)} indicators"]
        if of_selection(page)
        else []
    )
    measures = [row["name"] for row in page.council.indicators.values() if not row["polarity"]]
    table = page.tables.get("activity")
    heads = [each.get_text(" ", strip=True) for each in table.select("thead th")] if table else []
    charts = [place for place in ("activity-in-hand", "activity-in-month") if place in page.by_id]
    heads += [name for place in charts for name in activity.measures(page, place)]
    shown = [name for name in measures if name in heads]
    if 0 < len(shown) < len(measures):
        parts.append(f"{len(shown)} of the {len(measures)} activity measures")
    return f"A selection: {' and '.join(parts)}." + (
        f" {_ratings(page, place, found)}" if found["then"] else ""
    )


def of_selection(page: Page) -> str:
    """What sentences say of the indicators of a page that has not all."""
    return " of this selection" if len(page.own) < page.council.rated(page.month, page.unit) else ""


@sentence(r"\d+ Green, \d+ Amber, \d+ Red", kind="label")
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
    before = words(page.previous)
    if not found:
        return f"No result can be compared with {before}."
    if len(found) == len(page.own):
        return f"Compared with {before}, {in_words(named(found), 'result', 'results')}."
    part = f"{len(found)} of {len(page.own)} indicators can be compared with {before}"
    return f"{part}: {in_words(named(found))}."


def both_ratings(page: Page) -> dict[str, tuple[str, str]]:
    """Code → the previous report's rating and this month's, where both are rated."""
    found = {}
    for code, row in page.own.items():
        before = page.before(code)
        pair = (before and before.rating, row["result"].rating)
        if all(each in WORST_FIRST for each in pair):
            found[code] = pair
    return found


@sentence(
    rf"Since {WHEN}, (?!.* (?:added|amended|retired)\.$).*",
    rf"No rating(?: of this selection)? has changed since {WHEN}.",
    r"\d+ of \d+ ratings(?: of this selection)? can be compared with .*",
    rf"No rating(?: of this selection)? can be compared with {WHEN}"
    r"(?:: no target is held for that month)?\.",
)
def _change_count(page: Page, _: str, found: re.Match[str]) -> str:
    pairs, before = both_ratings(page), words(page.previous)
    # The summary says it of all its sentences at once.
    of = of_selection(page) if " of this selection" in found[0] else ""
    rated = sum(
        any(each and each.rating in WORST_FIRST for each in (page.before(code), row["result"]))
        for code, row in page.own.items()
    )
    by_target = [code for code in pairs if because_of_target(page, code)]
    others = [pair for code, pair in pairs.items() if code not in by_target]
    number, how = change(others, len(by_target))
    if not pairs:
        held = any(page.council.held(code, page.previous) for code in page.own)
        results = any(page.before(code) for code in page.own)
        why = ": no target is held for that month" if results and not held else ""
        return f"No rating{of} can be compared with {before}{why}."
    if len(pairs) < rated:
        part = f"{len(pairs)} of {rated} ratings{of} can be compared with {before}"
        if len(pairs) == 1:
            return f"{part}; it {'changed' if number else 'did not change'}{how}."
        return f"{part}; of these {number or 'none'} changed{how}."
    if not number:
        return f"No rating{of} has changed since {before}."
    has = f"rating{of} has" if number == 1 else f"ratings{of} have"
    return f"Since {before}, {number} {has} changed{how}."


def because_of_target(page: Page, code: str) -> str:
    """Why a rating changed, where by the earlier target it would not have."""
    was, now = both_ratings(page)[code]
    then, held = (page.council.held(code, each) for each in (page.previous, page.month))
    known, row = page.council.indicators[code], page.own[code]["result"]
    if was == now or rating(known, then, row.value) != was:
        return ""
    for each, words_of in (("target", "target"), ("floor", "floor standard")):
        if then[each] != held[each]:
            before, after = (threshold(of[each], known["format"]) for of in (then, held))
            return (
                f" It would still be {SAID[was]} by {page.last}'s {words_of} of {before}, "
                f"which is now {after}."
            )
    band = "distances from the target, which have changed"
    return f" It would still be {SAID[was]} by {page.last}'s {band}."


@sentence(
    r"(?P<was>Red|Amber|Green) to (?P<now>Red|Amber|Green) (?P<name>.*) \((?P<code>[^()]+)\)"
    r"(\. It would still be .*)?"
)
def _became(page: Page, place: str, found: re.Match[str]) -> str:
    if place == "ratings-without-uasc":
        row = page.impacts[page.unit, found["code"]]
        was, now = row["including_result"].rating, row["excluding_result"].rating
    else:
        was, now = both_ratings(page)[found["code"]]
    name = page.council.indicators[found["code"]]["name"]
    without = place == "ratings-without-uasc"
    why = "" if without else because_of_target(page, found["code"])
    end = f".{why}" if why else ""
    return f"{SAID[was]} to {SAID[now]} {name} ({found['code']}){end}" if was != now else ""


@sentence(r"(?P<name>.*) \((?P<code>[^()]+)\) went from .*")
def _went(page: Page, _: str, found: re.Match[str]) -> str:
    code = found["code"]
    was, now = both_ratings(page)[code]
    row, before = page.own[code]["result"], page.before(code)
    figures = f"{before.figure} {page.in_last}, {row.figure} now"
    if since(page, code) == "same" and page.last == "last month":
        figures = f"it remained at {row.figure}"
        figures += "" if row.marker == before.marker else f" ({before.figure} {page.in_last})"
    name = page.council.indicators[code]["name"]
    return f"{name} ({code}) went from {SAID[was]} to {SAID[now]}: {figures}." + (
        because_of_target(page, code)
    )


@sentence(
    "(?:Of the .* rated, none is|No indicator(?: of this selection)? is rated|"
    "The one indicator .* is not) (?P<word>Red|Amber)[ ;].*",
)
def _none(page: Page, _: str, found: re.Match[str]) -> str:
    ratings = [row["result"].rating for row in page.own.values()]
    rated, word = sum(each in WORST_FIRST for each in ratings), found["word"]
    if RATINGS[word] in ratings:
        return "some are"
    left, of = f"{len(ratings) - rated} of {len(ratings)} could not be rated", of_selection(page)
    if rated == len(ratings):
        return f"No indicator{of} is rated {word} this month."
    if rated == 1:
        return f"The one indicator{of} that is rated is not {word}; {left}."
    return f"Of the {rated} indicators{of} that are rated, none is {word}; {left}."


@sentence(
    r"(?P<areas>In the areas, )?"
    r"(?P<said>\d+(?: more)? of \d+ results?(?P<cohort> with(?:out)? UASC)? [^.]+\.)(?P<why> .*)?"
)
def _caution(page: Page, _: str, found: re.Match[str]) -> str:
    """From the provenances in the downloads of the page's tables."""
    resting = [
        provenance for (unit, _, cohort), provenance in page.provenances.items()
        if (unit != page.unit) == bool(found["areas"]) and cohort == (found["cohort"] or "")
    ]  # fmt: skip
    whole = f"{len(resting)} {'result' if len(resting) == 1 else 'results'}{found['cohort'] or ''}"
    phrases, said, told = page.council.phrases, {}, set()
    while left := [each for each in resting if each & set(phrases)]:
        most = max(phrases, key=lambda name: sum(name in each for each in left))
        inside = [each for each in left if most in each]
        resting = [each for each in resting if most not in each]
        count = {name: sum(name in each for each in inside) for name in phrases}
        more = " more" if most in told else ""
        also = [
            f"; {count[name]} of these also {phrases[name][count[name] > 1]}"
            for name in phrases if count[name] and name != most
        ]  # fmt: skip
        names = [most, *(name for name in phrases if count[name] and name != most)]
        told |= set(names)
        first = f"{len(inside)}{more} of {whole} {phrases[most][len(inside) > 1]}"
        sentence = f"{first}{''.join(also)}."
        said[sentence] = [page.council.footnotes[name] for name in names]
    if found["said"] not in said:
        return " or ".join(said)
    why = [each for each in said[found["said"]] if each in (found["why"] or "")]
    return " ".join([f"{found['areas'] or ''}{found['said']}", *why])


def _one_rating(page: Page, claim: Claim) -> str:
    """A number beside the bar of ratings."""
    count = [row["result"].rating for row in page.own.values()].count(claim.kind)
    return compared(claim, f"{count} {SAID[claim.kind]}")


KINDS |= dict.fromkeys(SAID, _one_rating)
