"""The paper's printed figures as linear constraints on whole numbers.

Every comparison is cross-multiplied, so nothing is ever rounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

if TYPE_CHECKING:
    from reconstruction.paper import Shown, Target


@dataclass(frozen=True)
class Result:
    """A result to be found, `factor * num / denom`, in a model."""

    model: cp_model.CpModel
    num: cp_model.LinearExprT
    denom: cp_model.LinearExprT
    factor: int

    def sides(self, bound: Decimal | Fraction) -> tuple[cp_model.LinearExprT, cp_model.LinearExprT]:
        """The result and a bound, cross-multiplied."""
        top, bottom = Fraction(bound).as_integer_ratio()
        return self.factor * bottom * self.num, top * self.denom

    def at_least(self, bound: Decimal | Fraction, strictly: bool = False) -> None:
        """The result is at least `bound`, or more than it."""
        left, right = self.sides(bound)
        self.model.add(left > right) if strictly else self.model.add(left >= right)

    def at_most(self, bound: Decimal | Fraction, strictly: bool = False) -> None:
        """The result is at most `bound`, or less than it."""
        left, right = self.sides(bound)
        self.model.add(left < right) if strictly else self.model.add(left <= right)

    def displays(self, shown: Shown) -> None:
        """The result, rounded half away from zero, is the printed one."""
        half = Decimal(5).scaleb(-shown.places - 1)
        self.at_least(shown.value - half)
        self.at_most(shown.value + half, strictly=True)

    def rated(self, target: Target, letter: str) -> None:
        """The result has the printed rating. All results of a T indicator are above its target.

        Exactly on the bound of Red is Amber for H and T, and Red for L.
        """
        better, worse = self.at_most, self.at_least
        if target.polarity == "H":
            better, worse = worse, better
        if letter == "G":
            better(target.green)
            return
        worse(target.green, strictly=True)
        bound_is_red = target.polarity == "L"
        if letter == "R":
            worse(target.red, strictly=not bound_is_red)
        else:
            better(target.red, strictly=bound_is_red)

    def led_to(self, latest: Fraction, polarity: str, arrow: str) -> None:
        """An earlier result compares with the latest one as the printed arrow shows."""
        if arrow == "→":
            self.at_least(latest)
            self.at_most(latest)
            return
        was_lower = (arrow == "↑") == (polarity == "H")
        compare = self.at_most if was_lower else self.at_least
        compare(latest, strictly=True)


def distance(
    model: cp_model.CpModel, variable: cp_model.LinearExprT, wish: int, reach: int
) -> cp_model.IntVar:
    """The distance between a variable and its baseline, to be minimised."""
    apart = model.new_int_var(0, reach, "")
    model.add(apart >= variable - wish)
    model.add(apart >= wish - variable)
    return apart


def excess(model: cp_model.CpModel, apart: cp_model.IntVar, tolerated: int) -> cp_model.IntVar:
    """How far a distance passes what is tolerated: it keeps corrections from piling up."""
    over = model.new_int_var(0, 10**6, "")
    model.add(over >= apart - tolerated)
    return over


def solved(model: cp_model.CpModel, name: str) -> cp_model.CpSolver:
    """Solve, always in the same way; a model without a solution is an error."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = 3.0
    solver.parameters.relative_gap_limit = 0.02
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise RuntimeError(f"{name}: no history satisfies the paper ({solver.status_name(status)})")
    return solver
