"""Which unit is meant by a cell of the unit column of an extract."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from scorecard.errors import LINES, ParamsError, suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorecard.params.extracts import Described

PARAMS = "params/extracts.yml"


class Unit(NamedTuple):
    """A unit of the catalogue; `called` distinguishes it from others of the same name."""

    unit: str
    name: str
    called: str


class Spell(NamedTuple):
    """A name of a unit, with the first and the last month (YYYY-MM) in which it had it, if any."""

    unit: str
    name: str
    first_month: str | None
    last_month: str | None

    def holds(self, month: str) -> bool:
        """Whether it had the name in that month, where one is given."""
        return bool(month) and (self.first_month or "") <= month <= (self.last_month or month)


class UnitNames:
    """The units by everything that an extract may call them.

    `alike` gives a name as it is compared, without regard to capitals and spaces. The names in the
    extract's description, if there is one, take precedence over the slugs and names of the
    catalogue.
    """

    def __init__(
        self,
        units: Sequence[Unit],
        spells: Sequence[Spell],
        alike: Callable[[str], str],
        described: Described | None = None,
    ) -> None:
        """Raise `ParamsError` when the description has one name twice."""
        self._alike = cache(alike)
        self._skip: set[str] = set()
        self._mapped: dict[str, str] = {}
        if described:
            self._describe(described)
        self._units = {each.unit: each for each in units}
        self._known: dict[str, list[Unit]] = {}
        for each in units:
            for name in {self._alike(each.unit), self._alike(each.name)}:
                self._known.setdefault(name, []).append(each)
        self._spells = spells
        self._former: dict[str, list[Spell]] = {}
        for spell in spells:
            if spell.last_month and spell.name != self._units[spell.unit].name:
                self._former.setdefault(self._alike(spell.name), []).append(spell)
        self._near: dict[str, str] = {}
        given = described.says.units if described else ()
        self._suggested = [*given, *(name for each in units for name in each[:2])]

    def _describe(self, described: Described) -> None:
        self._skip = {self._alike(written) for written in described.says.skip}
        for written, unit in described.says.units.items():
            name = self._alike(written)
            if name in self._skip or self._mapped.setdefault(name, unit) != unit:
                raise ParamsError(
                    f"{described.where('units', written)}: `{described.name}` has `{written}` "
                    "twice: capitals and spaces make no difference. Delete one"
                )

    def skipped(self, written: str) -> bool:
        """Whether rows of that name are to be skipped."""
        return self._alike(written) in self._skip

    def meant(self, written: str, month: str | None = None) -> list[Unit]:
        """The units that can be meant in a month: none when none is called so, several if unclear.

        A unit may have another name by now: in an earlier month its name of then is known too.
        """
        name = self._alike(written)
        if mapped := self._mapped.get(name):
            return [self._units[mapped]]
        now, month = self._known.get(name, []), (month or "")[: len("2016-08")]
        then = {each.unit: each for each in self._former.get(name, ()) if each.holds(month)}
        if not then:
            return now
        there = {each.unit for each in self._spells if each.holds(month)}
        return [
            *(Unit(*each[:2], f"{each.name} until {each.last_month}") for each in then.values()),
            *(each for each in now if each.unit in there and each.unit not in then),
        ]

    def overruled(self, written: str) -> str | None:
        """A sentence when the description gives a unit the name of other units."""
        mapped = self._mapped.get(self._alike(written))
        others = self._known.get(self._alike(written), [])
        if not mapped or not others or self._units[mapped] in others:
            return None
        whose = " and ".join(f"`{each.unit}`" for each in others)
        return f"`{written}` is read as `{mapped}`, as {PARAMS} says, though {whose} has that name."

    def unknown(self, written: str) -> tuple[str, str]:
        """What is wrong with a name that means no unit, and what to do about it."""
        # Finding the nearest name is slow, and of many faults only the first are listed.
        if written not in self._near and len(self._near) < LINES:
            self._near[written] = suggestion(written, self._suggested)
        near = self._near.get(written, "")
        meant = f"D{near[3:]} Otherwise n" if near.startswith("; did") else "N"
        return f"unknown unit `{written}`.", f"{meant}ame it under units or under skip in {PARAMS}."

    def unclear(self, meant: Sequence[Unit], written: str) -> tuple[str, str]:
        """What is wrong with a name that means several units, and what to do about it."""
        remedy = f"Say which of them under units in {PARAMS}; if the file has rows of several, "
        return self.can_mean(meant, written), f"{remedy}give each another name first."

    @staticmethod
    def can_mean(meant: Sequence[Unit], written: str) -> str:
        """The units that a name can mean, as a sentence."""
        units = [f"`{each.unit}`, {each.called}" for each in meant]
        return f"`{written}` can mean {', or '.join(units)}."
