"""What earns each rating, in words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from scorecard import display
from scorecard.wording import counted

if TYPE_CHECKING:
    from scorecard.figure import Figure


def near_threshold(name: str, figure: Figure) -> str:
    """Why a displayed result seems to have another rating, as 13.0% does where Red begins.

    `name` says which result it is. Nothing where the displayed result has its rating.
    """
    if not figure.near_threshold:
        return ""
    places = counted(figure.places or 0, "decimal", "decimals")
    return (
        f"{name}: {figure.rounded} is {figure.in_full} to {places}. "
        f"The rating is given on the exact result, which is {figure.rated}."
    )


def bandings(polarity: str, figure: Figure) -> list[tuple[str, str]]:
    """What earns each rating, as pairs of rating code and words; none without a target.

    `figure` has the target and the floor standard. A rating that no result can earn is left out,
    as Amber is where target and floor are the same.
    """
    if figure.target is None:
        return []
    found = {"H": _higher, "L": _lower, "T": _near}[polarity](figure)
    return [(code, words) for code, words in found if words]


def _higher(figure: Figure) -> list[tuple[str, str]]:
    """The bandings of an indicator of which a higher result is better."""
    (target, to_meet), (floor, to_keep), greatest = _thresholds(figure)
    return [
        ("green", to_meet if target == greatest else f"{to_meet} and above"),
        ("amber", f"{to_keep} to below {to_meet}" if floor < target else ""),
        ("red", f"below {to_keep}" if floor > 0 else ""),
    ]


def _lower(figure: Figure) -> list[tuple[str, str]]:
    """The bandings of an indicator of which a lower result is better."""
    (target, to_meet), (floor, to_keep), greatest = _thresholds(figure)
    apart = target < floor
    red = to_keep if floor == greatest else f"{to_keep} and above"
    return [
        ("green", f"{to_meet} and below" if target > 0 else to_meet),
        ("amber", f"above {to_meet} and below {to_keep}" if apart else ""),
        ("red", red if apart else f"above {to_keep}"),
    ]


def _near(figure: Figure) -> list[tuple[str, str]]:
    """The bandings of an indicator of which a result near the target is best."""
    (_, target), *_ = _thresholds(figure)
    distances = (figure.green_within or Decimal(0), figure.amber_within or Decimal(0))
    green, amber = (display.plain(each) for each in distances)
    within, beyond = (display.distance(each, figure.format) for each in (green, amber))
    apart = distances[0] < distances[1]
    return [
        ("green", f"within {within} of {target}"),
        ("amber", f"more than {green} and up to {beyond} from {target}" if apart else ""),
        ("red", f"more than {beyond} from {target}" if any(figure.band) else ""),
    ]


def _thresholds(figure: Figure) -> tuple[tuple[Decimal, str], tuple[Decimal, str], int | None]:
    """Target and floor, each with how it is displayed, and the greatest result there can be."""
    target, floor = figure.target or Decimal(0), figure.floor_standard or Decimal(0)
    words = [display.threshold(each, figure.format) for each in (target, floor)]
    return (target, words[0]), (floor, words[1]), 100 if display.is_part(figure.format) else None
