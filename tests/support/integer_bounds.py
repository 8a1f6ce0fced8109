"""The smallest and largest values of sums of whole numbers, by OR-tools' CP-SAT.

It runs in a process of its own: OR-tools and highspy, which the package itself uses, each bring a
library of the same name and can't be loaded together (google/or-tools issue 5246).
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from typing import NamedTuple

MOST = 10_000_000


class Sum(NamedTuple):
    """Factors of variables, by their numbers, and a constant."""

    factors: dict[int, int]
    constant: int = 0


class Problem(NamedTuple):
    """Variables by their least values, and sums between two bounds; None is no bound."""

    least: list[int]
    rules: list[tuple[Sum, int, int | None]]


def squeezed(problem: Problem, sums: list[Sum]) -> list[tuple[int, int]]:
    """The smallest and largest value of each sum that agree with the rules."""
    return _elsewhere().submit(_solved, problem, sums).result()


@cache
def _elsewhere() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, get_context("spawn"))


def _solved(problem: Problem, sums: list[Sum]) -> list[tuple[int, int]]:
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    variables = [model.new_int_var(least, MOST, "") for least in problem.least]

    def total(of: Sum) -> cp_model.LinearExprT:
        return sum(factor * variables[n] for n, factor in of.factors.items()) + of.constant

    for rule, low, high in problem.rules:
        model.add(total(rule) >= low)
        if high is not None:
            model.add(total(rule) <= high)

    def end(aim, of: Sum) -> int:
        aim(total(of))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        status = solver.solve(model)
        if status != cp_model.OPTIMAL:
            raise ValueError(f"{solver.status_name(status)}: the truth itself breaks a rule")
        return round(solver.objective_value)

    return [(end(model.minimize, of), end(model.maximize, of)) for of in sums]
