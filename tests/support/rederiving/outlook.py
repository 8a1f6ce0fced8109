"""What next, and beside whom: written again from the counts that a page and its files show."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from support.rederiving.lasting import lasting, movement
from support.rederiving.pages import SAID, words
from support.rederiving.writing import listed, rounded, sentence

if TYPE_CHECKING:
    from support.rederiving.pages import Page

PLACE = re.compile(
    r"(?:exception|areas|trend|indicator)-(.+?)(?:-chart)?(?:-months)?(?:-data|-trend)?(?:-table)?"
)


def _code(place: str) -> str:
    return PLACE.fullmatch(place)[1]


def noun(page: Page, code: str, number: Fraction) -> str:
    """What an indicator counts, behind a number: ` interviews`; nothing without a noun."""
    found = page.council.indicators[code].get("counted_as") or ""
    one, _, many = found.partition(" / ")
    return f" {one if number == 1 else many}" if found else ""


def _limits(page: Page, code: str, month: str) -> dict[str, Fraction | None]:
    held = page.council.held(code, month)
    return {key: Fraction(held[key]) if held.get(key) else None for key in ("target", "floor")}


def _factor(page: Page, code: str) -> int:
    return 100 if page.council.indicators[code]["format"] == "percent" else 1


def rating_of(page: Page, code: str, month: str, value: Fraction) -> str:
    """The rating of a result in a month."""
    polarity, held = page.council.indicators[code]["polarity"], page.council.held(code, month)
    if not held:
        return "not-rated"
    target = Fraction(held["target"])
    if polarity == "T":
        far = abs(value - target)
        red = far > Fraction(held["amber_within"])
        return "green" if far <= Fraction(held["green_within"]) else "red" if red else "amber"
    if value >= target if polarity == "H" else value <= target:
        return "green"
    least = Fraction(held["floor"])
    return "red" if (value < least if polarity == "H" else value >= least) else "amber"


def _past(page: Page, code: str, limit: Fraction, denom: Fraction | None, *, beyond: bool) -> int:
    """The fewest (H) or most (L) cases of a denominator that are on a limit, or beyond it."""
    exact = limit * (1 if denom is None else denom) / _factor(page, code)
    if page.council.indicators[code]["polarity"] == "H":
        return ceil(exact)
    return ceil(exact) - 1 if beyond else floor(exact)


@sentence(r"With [\d,]+ (?:more|fewer).* it would not be Red\.")
def _out_of_red(page: Page, place: str, _: object) -> str | None:
    code = _code(place)
    row, limit = page.own[code], _limits(page, code, page.month)["floor"]
    if row["result"].rating != "red":
        return None
    is_count = page.council.indicators[code]["format"] == "count"
    num, denom = (row["result"] if is_count else row["num"]).value, row["denom"].value
    cases = abs(_past(page, code, limit, denom, beyond=True) - num)
    more = "more" if page.council.indicators[code]["polarity"] == "H" else "fewer"
    of = "" if is_count else f" of the {row['denom'].text}"
    named = noun(page, code, cases if is_count else denom)
    return f"With {cases} {more}{of}{named} it would not be Red."


N = r"\d[\d,.]*"


@sentence(
    rf"{N}(?: [^,;%]+)? of {N}(?: \[.*?\])?, {N} of {N}.*\.",
    rf"{N} [^,;%]+, {N}[^;]*; {N}.* of {N}.*, {N} of {N}.*\.",
    rf"{N}(?: [^;%]+)? after {N}.*, {N} (?:more|fewer)\.",
)
def cases_moved(page: Page, place: str, _: object) -> str | None:
    code = _code(place)
    known, row = page.council.indicators[code], page.own[code]
    then = page.council.rows.get((page.unit, code, page.previous))
    if not then or page.before(code) is None or page.arrow(code) is None:
        return None
    if known["format"] == "count":
        change = row["result"].value - then["result"].value
        more = f"{plain(abs(change))} {'more' if change > 0 else 'fewer'}"
        value, before = row["result"].value, then["result"].figure
        mark = row["result"].figure.removeprefix(row["result"].text)
        cases = f"{row['result'].text}{noun(page, code, value)}{mark}"
        return f"{cases} after {before} {page.in_last}, {more}."
    moved: list[tuple[Fraction, str]] = []
    cells = [[each[part] for part in ("num", "denom")] for each in (row, then)]
    marks = [f" [{num.marker}]" if num.marker else "" for num, _ in cells]
    (num, denom), (num_then, denom_then) = cells
    now = f"{num.text}{noun(page, code, num.value)} of {denom.text}{marks[0]}"
    moved.append((
        abs(num.value - num_then.value),
        f"{now}, {num_then.text} of {denom_then.text}{marks[1]} {page.in_last}",
    ))  # fmt: skip
    one, _, many = (known.get("others_are") or "").partition(" / ")
    more, higher = num.value > num_then.value, known["polarity"] == "H"
    away = {"worse": more == higher, "better": more != higher}.get(page.arrow(code), False)
    if not one and away and num.value != num_then.value and known["polarity"] != "T":
        one, many = "other", "others"
    if one:
        left, left_then = (whole.value - part.value for part, whole in cells)
        called = one if left == 1 else many
        moved.append((
            abs(left - left_then),
            f"{plain(left)} {called}{marks[0]}, {plain(left_then)}{marks[1]} {page.in_last}",
        ))  # fmt: skip
    moved.sort(key=lambda each: -each[0])
    return f"{'; '.join(words for _, words in moved)}."


def plain(value: Fraction) -> str:
    """A number with the decimals that it has."""
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"


@sentence(r"Within two cases of Red: .*\.")
def _near_red(page: Page, _: str, __: object) -> str:
    ambers = [code for _, code, _ in page.rows("ambers")] if "ambers" in page.tables else page.own
    found = [
        f"{page.council.indicators[code]['name']} ({code}), with {cases}"
        for code in ambers
        if (cases := cases_to_red(page, code))
    ]
    return f"Within two cases of Red: {'; '.join(found)}."


def cases_to_red(page: Page, code: str) -> str:
    """With how many cases an Amber result would be Red, if with one or two; else nothing."""
    known, row = page.council.indicators[code], page.own[code]
    num, denom = row["num"].value, row["denom"].value
    is_count = known["format"] == "count"
    if (
        row["result"].rating != "amber" or known["polarity"] == "T"
        or known["format"] not in ("percent", "count")
        or "." in (row["result"] if is_count else row["num"]).text.split()[0].rstrip("%")
    ):  # fmt: skip
        return ""
    num = row["result"].value if is_count else num
    limit = _limits(page, code, page.month)["floor"]
    higher = known["polarity"] == "H"
    exact = limit * (1 if is_count else denom) / _factor(page, code)
    cases = num - (ceil(exact) - 1) if higher else ceil(exact) - num
    if not 0 < cases <= 2:
        return ""
    of = "" if is_count else f" of the {row['denom'].text}"
    named = noun(page, code, cases if is_count else denom)
    return f"{cases} {'fewer' if higher else 'more'}{of}{named}"


def file(page: Page, name: str, code: str) -> list[dict[str, str]]:
    """The rows of an indicator in a file of the page."""
    content = next(
        each for path, each in page.files.items() if path.endswith(f"/{page.name}-{name}.csv")
    )
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    return [row for row in rows if row["code"] == code]


def _own(page: Page, row: dict[str, str]) -> str:
    """A month's own result."""
    percent = "%" if page.council.indicators[row["code"]]["format"] == "percent" else ""
    text = f"{row['result']}{percent}" if row["result"] else "no cases"
    return f"{text}{page.council.marker(row['provenance'])}"


@sentence(r"Each of the \d+ months by itself, .*", kind="subtitle")
def _months_behind(page: Page, place: str, _: object) -> str:
    rows = file(page, "months-behind", _code(place))
    places = 0 if page.council.indicators[_code(place)]["format"] == "count" else 1
    for row in rows:
        if row["denom"] == "0":
            continue
        value = Fraction(row["num"]) / Fraction(row["denom"] or 1) * _factor(page, row["code"])
        assert row["result"] == rounded(value, places), row
    assert [row["leaves"] for row in rows] == ["yes", *["no"] * (len(rows) - 1)]
    marks = dict.fromkeys(mark for row in rows if (mark := page.council.marker(row["provenance"])))
    hollow = f" Hollow bars: months marked{' or'.join(marks)}." if marks else ""
    return (
        f"Each of the {len(rows)} months by itself, from {_own(page, rows[0])} in "
        f"{words(rows[0]['month'])}, which leaves next month, to {_own(page, rows[-1])} in "
        f"{words(rows[-1]['month'])}.{hollow}"
    )


@sentence(r"\w+ \d{4} \(.*\) leaves next month\. If .*")
def _next_month(page: Page, place: str, _: object) -> str:
    code = _code(place)
    rows, known = file(page, "months-behind", code), page.council.indicators[code]
    first, *_others, last = rows
    assert last["month"] == page.month
    then = words(page.month, -1)
    after = f"{int(page.month[:4]) + (page.month[5:] == '12')}-{int(page.month[5:]) % 12 + 1:02}"
    nums, denoms = (
        [Fraction(row[part] or 0) for row in rows] for part in ("num", "denom")
    )  # fmt: skip
    has_denom = known["format"] != "count"
    stay, whole = sum(nums[1:]), sum(denoms[1:]) + denoms[-1]
    value = (stay + nums[-1]) / (whole if has_denom else 1) * _factor(page, code)
    rating = rating_of(page, code, after, value)
    usual = 1 if has_denom else 0
    places = next(
        (n for n in range(usual, 10)
         if rating_of(page, code, after, Fraction(rounded(value, n))) == rating), 10,
    )  # fmt: skip
    percent = "%" if known["format"] == "percent" else ""
    mark = page.council.marker(*(row["provenance"] for row in rows[1:]))
    result = f"{rounded(value, places)}{percent}{mark}"
    said = f", {SAID[rating]}" if rating in SAID else ""

    def counts(row: dict[str, str]) -> str:
        of = f" of {row['denom']}" if has_denom else ""
        if known["format"] in ("days", "ratio"):
            days = " days" if known["format"] == "days" else ""
            of = f"{days} for {row['denom']}"
            of += noun(page, code, Fraction(row["denom"])) or " cases"
        return f"{row['num']}{of}{page.council.marker(row['provenance'])}"

    return (
        f"{words(first['month'])} ({counts(first)}) leaves next month. If {then} equals "
        f"{words(page.month)} ({counts(last)}), the result will be {result}{said}."
        + _needs(page, code, after, (stay, whole if has_denom else None), denoms[-1])
    )


def _needs(
    page: Page, code: str, after: str, year: tuple[Fraction, Fraction | None], last: Fraction
) -> str:
    """What the month after needs, with as many cases as the last."""
    known, (stay, whole) = page.council.indicators[code], year
    limits, then = _limits(page, code, after), words(page.month, -1)
    if known["polarity"] == "T" or limits["target"] is None:
        return ""
    higher, form = known["polarity"] == "H", known["format"]
    found: dict[str, str] = {}
    needs: list[str] = []
    for end, what in (("target", "for the target"), ("floor", "not to be Red")):
        number = _past(page, code, limits[end], whole, beyond=end == "floor") - stay
        of_percent = form == "percent"
        least = "at least" if higher else "at most"
        if number > last if higher and of_percent else not higher and number < 0:
            found[end] = "never"
        elif number <= 0 if higher else of_percent and number >= last:
            found[end] = "always"
        elif form in ("percent", "count"):
            needs.append(f"{least} {number} {what}")
        else:
            days = " days" if form == "days" else ""
            needs.append(
                f"an average of {least} {rounded(Fraction(number) / last, 1)}{days} {what}"
            )
    if found == {"target": "always", "floor": "always"}:
        del found["floor"]
    sure = listed([CERTAIN[each] for each in found.items()])
    average = form in ("days", "ratio")
    them = noun(page, code, last) or (" cases" if average else "")
    of = "" if whole is None else f"{last}{them}"
    if needs:
        of_those = f", {'for' if average else 'of'} {of}," if of else ""
        said = f"{then} needs{of_those} {listed(needs)}"
        return f" {'; '.join([said, sure] if sure else [said])}."
    return f" {f'With {of} in {then}' if of else f'Whatever {then} brings'}, {sure}."


CERTAIN = {
    ("target", "never"): "the target can't be met",
    ("target", "always"): "the target will be met in any case",
    ("floor", "never"): "the result will be Red in any case",
    ("floor", "always"): "the result will not be Red in any case",
}


@sentence(r"(?:\d+ of \d+ areas can be compared\. )?.* than chance would .*\.")
def _areas(page: Page, place: str, _: object) -> str:
    code = _code(place)
    (own, *areas) = page.rows(f"areas-{code}").items()
    num, denom = own[1]["num"].value, own[1]["denom"].value
    found: dict[str, list[tuple[str, str]]] = {"far": [], "some": [], "none": []}
    marks: list[str] = []
    for (unit, *_rest), row in areas:
        if row["result"].value is None:
            continue
        n, share = row["denom"].value, row["num"].value / row["denom"].value
        p = num / denom
        square = (share - p) ** 2 * n / (p * (1 - p))
        way = "higher" if share > p else "lower"
        shown = row["result"].text
        if row["result"].rating in ("red", "amber"):
            moving = movement(page, code, lasting(page, unit, code), row["result"])
            shown += f", {moving}" if moving else ""
        said = (way, f"{page.council.unit_names[unit]} ({shown})")
        far = "far" if square > Fraction("3.09") ** 2 else "some"
        found[far if square > Fraction("1.96") ** 2 else "none"].append(said)
        marks += [each.marker for each in (row["result"], own[1]["result"]) if each.marker]
    number = sum(map(len, found.values()))
    some = "" if number == len(areas) else f"{number} of {len(areas)} areas can be compared. "
    mark = f" [{', '.join(dict.fromkeys(', '.join(marks).split(', ')))}]" if marks else ""
    if not found["far"] and not found["some"]:
        one = found["none"][0][1].partition(" (")[0]
        if number == 1:
            return f"{some}{one} differs from the whole no more than chance would make it{mark}."
        return f"{some}The areas' results differ no more than chance would make them{mark}."
    parts = [f"{_ways(found['far'])}{mark}."] if found["far"] else []
    if found["some"]:
        parts.append(f"{_ways(found['some'], 'often ')}, which may still be chance{mark}.")
    left = {0: "", 1: f" The other differs no more than chance would make it{mark}."}.get(
        len(found["none"]), f" The others differ no more than chance would make them{mark}."
    )
    return f"{some}{' '.join(parts)}{left}"


def _ways(areas: list[tuple[str, str]], often: str = "") -> str:
    """Areas that differ, those of the way of the first one first."""
    ways = dict.fromkeys(way for way, _ in areas)
    named = [(way, [area for each, area in areas if each == way]) for way in ways]
    said = [f"{listed(names)} {'are' if names[1:] else 'is'} {way}" for way, names in named]
    return f"{listed(said)} than chance would {often}make {'them' if areas[1:] else 'it'}"


@sentence(r"Every area's result is .* in no area\.")
def _in_no_area(page: Page, place: str, _: object) -> str | None:
    code = _code(place)
    (own, *areas) = (row for _, row in page.rows(f"areas-{code}").items())
    whole = own["num"].value / own["denom"].value
    shares = [row["num"].value / row["denom"].value for row in areas]
    ways = {"higher" if each > whole else "lower" if each < whole else "" for each in shares}
    besides = own["denom"].value - sum(row["denom"].value for row in areas)
    if len(areas) == 1 or len(ways) > 1 or "" in ways or besides <= 0:
        return None
    cases = noun(page, code, Fraction(2)) or " cases"
    name = page.council.unit_names[page.unit]
    return (
        f"Every area's result is {ways.pop()} than that of {name}, which also counts{cases} "
        "in no area."
    )


@sentence(r"(?P<who>[^:]*): .* Source: .*\.")
def _other(page: Page, place: str, found: re.Match[str]) -> str:
    code = _code(place)
    form, row = page.council.indicators[code]["format"], page.own[code]
    held = page.council.comparators(code, page.month)[found["who"]]
    places, theirs = 0 if form == "count" else 1, Fraction(held["result"])
    percent = "%" if form == "percent" else ""
    days = " days" if form == "days" else ""
    shown = f"{rounded(theirs, places)}{percent}{days}"
    said = f"{held['comparator']}: {shown}, {held['period']}"
    if row["result"].value is not None:
        ours = page.exact(page.unit, code, "result")
        ours = row["result"].value if ours is None else ours
        own = places
        if row["num"].text == "-":  # supplied finished, with decimals of its own
            own = len(row["result"].text.rstrip("%").partition(".")[2])
            places = max(places, own)
        mine = f"{rounded(ours, own)}{percent}{days}"
        size, way = rounded(abs(ours - theirs), places), "higher" if ours > theirs else "lower"
        if not Fraction(size):
            size = "less than 0.1"
        points = f"{size} percentage points" if percent else f"{size}{days}"
        far = "the same" if ours == theirs or mine == shown else f"{points} {way}"
        mark = f" [{row['result'].marker}]" if row["result"].marker else ""
        said += f"; {mine}{mark} here is {far}"
    return f"{said}. Source: {held['source']}."
