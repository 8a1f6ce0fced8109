"""Other numbers that would look the same to a reader, found by linear programming.

An alternative gives some quantities other values and contradicts nothing that a reader knows. It
changes withheld figures almost freely. A shown figure that it changes must be withheld too, at a
price, so the cheapest alternative says what else to withhold. HiGHS finds it: each question is a
small linear programme on the same model, and takes well under a millisecond.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import highspy
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from scorecard.disclosure.relations import Knowledge, LinearForm

FREE = highspy.kHighsInf
EXACT = 1e-6
KINDS = {True: highspy.HighsVarType.kInteger, False: highspy.HighsVarType.kContinuous}
"""Whether a quantity changes in whole numbers only → its type in HiGHS."""


class Alternatives:
    """The alternatives of the quantities `numbers`; the forms of `known` have no other quantities.

    `find` and `reach` take its small forms. With `guesses`, the alternatives also keep what a
    reader may have guessed. A quantity that is 0 stays 0, unless `zeros` is true.
    """

    def __init__(
        self,
        known: Knowledge,
        numbers: Sequence[int],
        *,
        guesses: bool = False,
        zeros: bool = False,
    ) -> None:
        self._columns = {number: column for column, number in enumerate(numbers)}
        self._rows = {form: row for row, form in enumerate(known.small)}
        self._whole = [float(known.values[number]).is_integer() for number in numbers]
        kept = [*known.fixed, *(known.guessed if guesses else ())]
        rows = [*known.small, *kept, *known.floors]
        bounds = [(-FREE, FREE)] * len(known.small) + [(0.0, 0.0)] * len(kept)
        bounds += [(-known.value(form), FREE) for form in known.floors]
        self._solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        values = [known.values[number] for number in numbers]
        self._solver.passModel(self._model(values, rows, bounds, zeros=zeros))

    def find(
        self, form: LinearForm, need: float, prices: Sequence[float]
    ) -> dict[int, float] | None:
        """The cheapest alternative that changes `form` by `need` or more: quantity → its change.

        A negative `need` is a fall. `prices` are those of changing each quantity by one. None when
        there is no such alternative.
        """
        self._ask(form, need)
        changes = self._solved([*prices, *prices])
        self._ask(form, 0)
        if changes is None:
            return None
        return {n: changes[c] for n, c in self._columns.items() if abs(changes[c]) > EXACT}

    def reach(self, form: LinearForm, need: float) -> float:
        """How far `form` can change in the direction of a `need` that no alternative reaches."""
        prices = np.zeros(2 * len(self._columns))
        for number, factor in form:
            column = self._columns[number]
            prices[column] = -factor if need > 0 else factor
            prices[column + len(self._columns)] = -prices[column]
        changes = self._solved(prices)
        alternative = {} if changes is None else {n: changes[c] for n, c in self._columns.items()}
        return change(form, alternative)

    def _ask(self, form: LinearForm, need: float) -> None:
        """Require a change of `form` by `need` or more; 0 lifts the requirement."""
        low, high = (need or -FREE, FREE) if need >= 0 else (-FREE, need)
        self._solver.changeRowBounds(self._rows[form], low, high)

    def _solved(self, prices: Sequence[float] | NDArray[np.float64]) -> NDArray[np.float64] | None:
        """The changes of the cheapest alternative, in whole numbers for whole quantities."""
        columns = np.arange(len(prices), dtype=np.int32)
        self._solver.changeColsCost(len(prices), columns, np.asarray(prices))
        changes = self._run()
        if changes is None or not (np.abs(changes - changes.round()) > EXACT)[self._whole].any():
            return changes
        whole = [KINDS[each] for each in (*self._whole, *self._whole)]
        self._solver.changeColsIntegrality(len(prices), columns, np.array(whole))
        changes = self._run()
        parts = [KINDS[False]] * len(prices)
        self._solver.changeColsIntegrality(len(prices), columns, np.array(parts))
        return changes

    def _run(self) -> NDArray[np.float64] | None:
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        found = np.array(self._solver.getSolution().col_value)
        up, down = found[: len(self._columns)], found[len(self._columns) :]
        return np.asarray(up - down)

    def _model(
        self,
        values: Sequence[float],
        rows: Sequence[LinearForm],
        bounds: Sequence[tuple[float, float]],
        *,
        zeros: bool,
    ) -> highspy.HighsLp:
        """Two columns a quantity, its rise and its fall; no quantity falls below 1."""
        count = len(values)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = 2 * count, len(rows)
        model.col_cost_ = np.zeros(2 * count)
        model.col_lower_ = np.zeros(2 * count)
        lowest = [max(value - 1, 0.0) for value in values]
        highest = [FREE if value or zeros else 0.0 for value in values]
        model.col_upper_ = np.array([*highest, *lowest])
        model.row_lower_ = np.array([low for low, _ in bounds])
        model.row_upper_ = np.array([high for _, high in bounds])
        starts, index, factors = [0], [], []
        for form in rows:
            for number, factor in form:
                column = self._columns[number]
                index += [column, column + count]
                factors += [float(factor), float(-factor)]
            starts.append(len(index))
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.array(starts)
        model.a_matrix_.index_ = np.array(index)
        model.a_matrix_.value_ = np.array(factors)
        return model


def change(form: LinearForm, alternative: Mapping[int, float]) -> float:
    """How much `form` changes in an alternative."""
    return sum(factor * alternative.get(number, 0.0) for number, factor in form)
