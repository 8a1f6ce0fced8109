"""`params/roles.yml`: who answers for which indicators, by role and not by people's names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field

from scorecard.errors import ParamsError, UnknownNameError, lines_of
from scorecard.params.files import Part, Text, located

if TYPE_CHECKING:
    from collections.abc import Collection

    from scorecard.workbook import Workbook

NAME = "roles"

Code = Annotated[Text, BeforeValidator(lambda key: str(key) if type(key) is int else key)]
"""The code of an indicator as text: YAML reads a code of digits as a number."""


class Responsible(Part):
    """Who answers for the indicators of a section, or for one of them."""

    cabinet_member: Text | None = None
    director: Text | None = None
    portfolio: Text | None = None
    division: Text | None = None
    lead_officer: Text | None = None

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Each role that is given, after its label: `Lead officer`, `Head of Fostering`."""
        given = ((key.replace("_", " ").capitalize(), getattr(self, key)) for key in KEYS)
        return [(words, value) for words, value in given if value]


KEYS = tuple(Responsible.model_fields)


class Roles(Responsible):
    """`params/roles.yml`: who answers for all indicators, for those of a section, and for one.

    An indicator's own roles take precedence over those of its section, and these over those for
    all. Everything may be left out, and so may the file.
    """

    sections: dict[Text, Responsible] = Field(default_factory=dict)
    """Section of the catalogue → who answers for it."""
    indicators: dict[Code, Responsible] = Field(default_factory=dict)
    """Code of an indicator → who answers for it."""

    def of(self, section: str, code: str = "") -> Responsible:
        """Who answers for an indicator of a section; without a `code`, for the section."""
        places = (self.indicators.get(code), self.sections.get(section), self)
        given = {
            key: next((value for each in places if each and (value := getattr(each, key))), None)
            for key in KEYS
        }
        return Responsible(**given)


def read_roles(workbook: Workbook, sections: Collection[str], codes: Collection[str]) -> Roles:
    """The roles of `workbook`; empty without a file.

    `sections` and `codes` are those of the catalogue. Every fault is in one `ParamsError`.
    """
    path = workbook.params(NAME)
    if not path.exists():
        return Roles()
    found = located(workbook, path, Roles)
    named = (("sections", "section", sections), ("indicators", "indicator", codes))
    faults = [
        str(UnknownNameError(kind, name, known, found.where(key, name)))
        for key, kind, known in named
        for name in getattr(found.value, key)
        if name not in known
    ]
    if faults:
        raise ParamsError(lines_of(faults))
    return found.value
