"""A job, which is one notebook to run for one appendix, and the catalogue that it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path


class JobCatalogue(Protocol):
    """What the store knows of units and months (`scorecard.store.store.catalogue`)."""

    @property
    def units(self) -> Mapping[str, str]:
        """Unit → its name."""

    @property
    def kinds(self) -> Mapping[str, Sequence[str]]:
        """Kind of unit → its units, in the order of the catalogue."""

    @property
    def indicators(self) -> Collection[str]:
        """The codes of all indicators."""

    @property
    def months(self) -> Sequence[str]:
        """The months that have results."""

    @property
    def months_ever(self) -> Sequence[str]:
        """The months that have results, or had some that were removed."""

    @property
    def supplied(self) -> Mapping[str, Mapping[str, Collection[str]]]:
        """Month → each unit with a result in it → the codes of its results."""

    @property
    def load(self) -> int | None:
        """The load that the pages are made from; None while results are in no load."""


@dataclass(frozen=True)
class Job:
    """One notebook to run with its parameters, and the page it becomes.

    `name` is a slug and the stem of every file of the appendix; `timeout` is in seconds.
    `made_as` has the keys of the other files that it is made as (`params.reports.MadeAs`).
    """

    name: str
    notebook: Path
    title: str
    summary: str
    timeout: int
    parameters: dict[str, Any] = field(default_factory=dict)
    letter: str | None = None
    made_as: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    """The documents that go with the pack, which a cover report names."""

    def words(self) -> str:
        """The parameter set on one line: `month=2016-08, unit=kent`."""
        return ", ".join(f"{name}={value}" for name, value in self.parameters.items())
