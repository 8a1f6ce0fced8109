"""An empty Word document with styles, numbering, head and foot."""

from __future__ import annotations

import base64
import io
from datetime import datetime
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

if TYPE_CHECKING:
    from docx.document import Document as Made
    from docx.text.paragraph import Paragraph

    from scorecard.pages.page import About

NUMBERED = "Numbered Paragraph"
"""The style of paragraphs with a number."""
WITHIN = "Commentary"
"""The style of paragraphs within a numbered one."""
NUMBERING = 90
"""The id of the numbering, which Word's own list styles don't use."""
LEVELS = (("Heading1", "%1."), ("NumberedParagraph", "%1.%2"))
"""The style of each level of the numbering, and how its numbers look."""
INDENT = 850
"""The distance from a number to its text, in twentieths of a point: 1.5 cm."""
LANGUAGE = "en-GB"
HEADINGS = {"h1": "Title", "h2": "Heading 1", "h3": "Heading 2", "h4": "Heading 3"}
PNG = "data:image/png;base64,"


def empty(about: About) -> Made:
    """A document with properties, language, page size, styles, numbering, head and foot."""
    made = Document()
    _set_properties(made, about)
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin = page.bottom_margin = Cm(2)
    _set_styles(made)
    _number(made)
    _head(page.header.paragraphs[0], about)
    _page_number(page.footer.paragraphs[0])
    return made


def _set_properties(made: Made, about: About) -> None:
    """Set the properties of a document, and the language of its text."""
    properties, day = made.core_properties, about.month.last_day
    properties.title, properties.subject = about.window_title, about.summary
    properties.author, properties.last_modified_by = about.council, about.council
    properties.language, properties.comments, properties.keywords = LANGUAGE, "", ""
    properties.created = properties.modified = datetime(day.year, day.month, day.day)  # noqa: DTZ001
    properties.revision = 1
    for each in made.styles.element.iter(qn("w:lang")):
        each.set(qn("w:val"), LANGUAGE)


def _set_styles(made: Made) -> None:
    """Set the styles of text, headings, captions and lists; add those of numbered paragraphs."""
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    for name in HEADINGS.values():
        style = made.styles[name]
        style.font.name, style.font.color.rgb = "Arial", RGBColor(0x0B, 0x0C, 0x0C)
        fonts = style.element.rPr.rFonts
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]
    made.styles["Caption"].font.color.rgb = RGBColor(0x0B, 0x0C, 0x0C)
    made.styles["Caption"].paragraph_format.keep_with_next = True
    points = made.styles["List Bullet 2"].paragraph_format
    points.left_indent, points.first_line_indent = Pt(INDENT / 20 + 18), Pt(-18)
    for name, left in ((NUMBERED, 0), (WITHIN, INDENT)):
        added = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        added.base_style = normal
        if left:
            added.paragraph_format.left_indent = Pt(left / 20)


def _head(paragraph: Paragraph, about: About) -> None:
    """Write the council and its service, after the logo if that is a PNG."""
    logo = about.brand.logo if about.brand else ""
    if about.brand and logo.startswith(PNG):
        picture = io.BytesIO(base64.b64decode(logo.removeprefix(PNG)))
        drawn = paragraph.add_run().add_picture(picture, height=Cm(1.2))
        drawn._inline.docPr.set("descr", about.brand.logo_text)
        paragraph.add_run("  ")
    paragraph.add_run(f"{about.council}, {about.service}")


def _number(made: Made) -> None:
    """Add a numbering of two levels: `Heading 1`, and numbered paragraphs."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="{style}"/><w:suff w:val="tab"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{INDENT}" w:hanging="{INDENT}"/></w:pPr>'
        "</w:lvl>"
        for level, (style, text) in enumerate(LEVELS)
    )
    numbering = made.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{NUMBERING}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    numbering.insert(len(numbering.findall(qn("w:abstractNum"))), abstract)
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{NUMBERING}"><w:abstractNumId w:val="{NUMBERING}"/>'
            "</w:num>"
        )
    )
    for level, name in enumerate(("Heading 1", NUMBERED)):
        properties = made.styles[name].element.get_or_add_pPr()
        of = properties._add_numPr()
        if level:
            of._add_ilvl().val = level
        of._add_numId().val = NUMBERING


def _page_number(paragraph: Paragraph) -> None:
    """Write the number of the page, which Word fills in."""
    paragraph.add_run("Page ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
