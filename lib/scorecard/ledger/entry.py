"""One entry of the ledger, `load.yml`: what was loaded when, by whom, why, and from which files."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from scorecard import yamls

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
MonthText = Annotated[str, StringConstraints(pattern=r"^[12][0-9]{3}-(0[1-9]|1[0-2])$")]
Count = Annotated[int, Field(ge=0)]


class Part(BaseModel):
    """Base of what the ledger's files hold; the text below a field is its documentation."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=Part)


class LoadedFile(Part):
    """One file that was loaded."""

    name: Annotated[str, StringConstraints(min_length=1, pattern=r"^[^/]+$")]
    """Its name, without its folder."""
    sha256: Hash
    """The SHA-256 of its bytes."""
    rows: Count
    """How many results it held."""


class Draft(Part):
    """What describes a load before it has a number."""

    loaded_at: AwareDatetime
    """When, in UTC, to the second."""
    loaded_by: Text
    """Who loaded it."""
    why: Text
    """Why the figures changed."""
    files: tuple[LoadedFile, ...] = ()
    """The files that were loaded; none when edits by hand were recorded."""
    added: Count
    """How many results it added."""
    changed: Count
    """How many results it changed, in figures or provenance."""
    removed: Count
    """How many results it removed."""
    published: dict[MonthText, int | None] = {}
    """Every month that was published when this was loaded → the load that its pack was made from;
    None when that pack shows results that no load has recorded."""


class Load(Draft):
    """One load of the ledger."""

    load: Annotated[int, Field(ge=1)]
    """Its number."""
    changes_sha256: Hash
    """The SHA-256 of its changes.csv."""
    previous: Hash | None
    """The SHA-256 of the load.yml before; None for load 1."""

    @property
    def text(self) -> str:
        """The load as load.yml holds it."""
        first: dict[str, Any] = {"load": self.load, "loaded_at": self.loaded_at.isoformat()}
        rest = self.model_dump(mode="json", exclude={"load", "loaded_at", "published"})
        whole = {**first, **rest, "published": self.published}
        return yaml.safe_dump(whole, sort_keys=False, allow_unicode=True, width=100)


def now() -> datetime:
    """The time of a load that is made now: UTC, whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def parse(content: bytes) -> Load:
    """The load that a load.yml holds; `ValueError` says what is wrong with it."""
    return parsed(Load, content)


def parsed(model: type[Model], content: bytes) -> Model:
    """What a file of the ledger holds; `ValueError` says what is wrong with it."""
    try:
        # A ledger is never changed: its invisible characters are shown by number elsewhere.
        return model.model_validate(yamls.load(content.decode("utf-8-sig"), hidden=True)[0])
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"`{place}`: {first['msg'].lower()}" if place else "no keys") from error
    except yaml.YAMLError as error:
        raise ValueError(" ".join(str(error).split())) from error
