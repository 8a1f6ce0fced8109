"""`params/brand.yml`: a council's logo and colours, on every page."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from xml.etree import ElementTree

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from pydantic import AfterValidator, StringConstraints

from scorecard.errors import ParamsError, plain_words
from scorecard.params.files import Part, Text, located

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scorecard.workbook import Workbook

NAME = "brand"

PAPERS = {"white": "#ffffff", "the tint of panels (#f3f6f9)": "#f3f6f9"}
"""The backgrounds of coloured text, as in `tokens.css`: pages are light in dark mode too."""

LEAST = 4.5
"""The least contrast of text (WCAG 2.2, success criterion 1.4.3)."""

AT_MOST = 30_000
"""Bytes of a logo, which is in every page of a pack."""

PNG = b"\x89PNG\r\n\x1a\n"
SVG = "{http://www.w3.org/2000/svg}"
ACTIVE = frozenset({"script", "foreignObject", "iframe", "audio", "video", "set", "handler"})
"""Elements of an SVG that run or change something, or hold what is not a drawing."""

INSIDE = re.compile(r"#|data:image/(png|jpeg);base64,")
"""How an address in a logo may begin: it refers to a part of the logo, or holds a picture."""

OUTSIDE = re.compile(r"@import|url\(\s*['\"]?\s*(?!#)", re.IGNORECASE)
"""The parts of a style that load something else."""


def luminance(colour: str) -> float:
    """The relative luminance of `#rrggbb` (WCAG 2.2)."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _legible(colour: str) -> str:
    for paper, on in PAPERS.items():
        found = contrast(colour, on)
        if found < LEAST:
            # Cut off, not rounded: 4.49 must not be called 4.5.
            raise ValueError(
                f"its contrast on {paper} is {int(found * 100) / 100:.2f} to 1, and words need "
                f"{LEAST} to 1. Choose a darker colour"
            )
    return colour


Colour = Annotated[
    str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$", to_lower=True), AfterValidator(_legible)
]
LogoName = Annotated[str, StringConstraints(pattern=r"^brand[a-z0-9_-]*\.(svg|png)$")]


class BrandFile(Part):
    """`params/brand.yml`; pages show what it leaves out as they do without the file."""

    logo: LogoName | None = None
    """A file in `params/`, brand.svg or brand.png, of at most 30 KB, in the head of every page."""
    logo_text: Text | None = None
    """What the logo shows, for a reader who can't see it."""
    accent: Colour | None = None
    """The colour of links, the head of pages and the marks of sections, such as #12436d."""
    headings: Colour | None = None
    """The colour of headings, and of links under the pointer."""


@dataclass(frozen=True)
class Brand:
    """What pages show of a brand: `logo` is a data URL; an empty field changes nothing."""

    logo: str = ""
    logo_text: str = ""
    accent: str = ""
    headings: str = ""


def read_brand(workbook: Workbook) -> Brand | None:
    """The brand of `workbook`; None without one. Faults of file and logo are a `ParamsError`."""
    path = workbook.params(NAME)
    if not path.exists():
        return None
    found = located(workbook, path, BrandFile)
    value, logo = found.value, ""
    if bool(value.logo) != bool(value.logo_text):
        where = found.where("logo" if value.logo else "logo_text")
        raise ParamsError(
            f"{where}: `logo` and `logo_text`, which says what it shows, need each other"
        )
    if value.logo:
        try:
            logo = _data_url(path.with_name(value.logo))
        except (ValueError, OSError) as error:
            why = plain_words(error) if isinstance(error, OSError) else error
            if isinstance(error, FileNotFoundError):
                why = "there is no file of this name in params/"
            where = f"{found.where('logo')}: `logo` is '{value.logo}'"
            raise ParamsError(f"{where}: {why}") from None
    brand = Brand(logo, value.logo_text or "", value.accent or "", value.headings or "")
    return None if brand == Brand() else brand


def logo_of(workbook: Workbook) -> str | None:
    """The name of the logo's file; None if `params/brand.yml` names none or has a fault."""
    try:
        path = workbook.params(NAME)
        return located(workbook, path, BrandFile).value.logo if path.exists() else None
    except ParamsError:
        return None


def _data_url(path: Path) -> str:
    """A picture as a data URL; `ValueError` for one that can't be on a page."""
    with path.open("rb") as file:
        content = file.read(AT_MOST + 1)
    if len(content) > AT_MOST:
        raise ValueError(f"the file is larger than {AT_MOST // 1000} KB, and is in every page")
    if path.suffix == ".svg":
        kind, content = "svg+xml", _drawing(content)
    elif content.startswith(PNG):
        kind = "png"
    else:
        raise ValueError("the file is not a PNG picture")
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def _drawing(content: bytes) -> bytes:
    """An SVG without comments and the like; `ValueError` if it does more than draw."""
    try:
        root = fromstring(content)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError):
        raise ValueError("the file is not an SVG, or has entities of its own") from None
    if root.tag != f"{SVG}svg" or not root.get("viewBox"):
        raise ValueError("the file is not an SVG with a `viewBox`, without which it has no size")
    for fault in _faults(root):
        raise ValueError(f"the SVG has {fault}. Save it as a plain SVG, or as a PNG")
    ElementTree.register_namespace("", SVG[1:-1])
    return ElementTree.tostring(root)


def _faults(root: ElementTree.Element) -> Iterator[str]:
    """The parts of a drawing that do something, or load something from elsewhere."""
    for element in root.iter():
        tag = element.tag.rpartition("}")[2]
        if tag in ACTIVE:
            yield f"the element `{tag}`"
        if tag == "style" and OUTSIDE.search(element.text or ""):
            yield "a style that loads something else"
        for key, value in element.attrib.items():
            name = key.rpartition("}")[2]
            if name.lower().startswith("on"):
                yield f"the attribute `{name}`, which is a script"
            elif name in ("href", "src") and not INSIDE.match(value.strip()):
                yield f"an address outside of it, `{value[:60]}`"
            elif OUTSIDE.search(value):
                yield f"the attribute `{name}`, which loads something else"
