"""A made-up list of placements of children, the same each time, and what is counted in it.

Run it to write `tests/second_council/extracts/placements.csv` again.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import StringIO
from random import Random
from typing import NamedTuple

from support.places import TESTS

FILE = TESTS / "second_council/extracts/placements.csv"
HEADER = ["Child ID", "Name", "Date of birth", "UASC", "Team code", "Started", "Ended"]
FIRST = "Alba Brin Cai Dilys Esme Ffion Gwen Harri Ioan Jago Kezia Llew".split()
LAST = "Ashdown Bexley Corrin Dunmore Elstow Fenwick Garrow Hythe".split()


class Placement(NamedTuple):
    """A row of the list."""

    child: str
    name: str
    born: date
    uasc: bool
    team: str
    started: date
    ended: date | None


def placements() -> list[Placement]:
    """The placements of 130 children from 2022 to July 2024."""
    random = Random(11)  # noqa: S311 (no secret)
    made = []
    for number in range(1, 131):
        uasc = random.random() < 0.15
        born = date(2024, 7, 1) - timedelta(days=random.randrange(2 * 365, 17 * 365))
        name = f"{random.choice(FIRST)} {random.choice(LAST)}"
        team = random.choice(["T1", "T2", "T2", "T3", "T4", "T4"])
        day = date(2022, 1, 1) + timedelta(days=random.randrange(900))
        left = random.random() < 0.2
        moves = random.choice([1, 1, 1, 2, 2, 3, 4])
        for move in range(moves):
            started = day
            day += timedelta(days=random.randrange(20, 160))
            last = move == moves - 1 or day > date(2024, 7, 31)
            ended = day if not last or left else None
            made.append(Placement(f"C{number:03}", name, born, uasc, team, started, ended))
            if last:
                break
    return made


def text() -> str:
    """The list as a file."""
    said = StringIO()
    written = csv.writer(said, lineterminator="\n")
    written.writerow(HEADER)
    for each in placements():
        days = [day.strftime("%d/%m/%Y") if day else "" for day in (each.started, each.ended)]
        born, uasc = each.born.strftime("%d/%m/%Y"), "Y" if each.uasc else "N"
        written.writerow([each.child, each.name, born, uasc, each.team, *days])
    return said.getvalue()


def counted(first: date, last: date) -> list[tuple[Placement, int]]:
    """Who is looked after on the `last` day, and how many placements each had since the `first`."""
    found = []
    for each in placements():
        if each.started <= last and (each.ended is None or each.ended > last):
            own = [other for other in placements() if other.child == each.child]
            had = [p for p in own if p.started <= last and (p.ended is None or p.ended >= first)]
            found.append((each, len(had)))
    return found


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
