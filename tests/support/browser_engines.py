"""Three engines that look for what shuts people out of a page: axe, IBM's and HTML_CodeSniffer.

axe comes with a package of Python. The others are published on npm only, so they are in `engines/`,
compressed and otherwise as published: `ace.js` of `accessibility-checker-engine` 4.0.34 and
`build/HTMLCS.js` of `html_codesniffer` 2.5.1.
"""

from __future__ import annotations

import hashlib
import lzma
from functools import cache
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe

from support.places import TESTS

if TYPE_CHECKING:
    from support.browser_view import View

AXE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BY_WIDTH = ["target-size", "scrollable-region-focusable"]
"""Rules of axe whose answer can depend on the width of the window."""
PUBLISHED = {
    "ace.js": "1fd7c18b2aa5ba3ec0444a275e2e08e2823c317316c6613d1c273d2a688760fa",
    "HTMLCS.js": "bc9501382a35bff6acfc255945b1ed732fcec544cfcaeec17b5ac8d79a6c7967",
}
"""The SHA-256 of each engine as published."""
IBM = """async () => {
    const found = await new ace.Checker().check(document, ["WCAG_2_2"]);
    return found.results.filter(each => each.value.join() === "VIOLATION,FAIL").map(
        each => `${each.ruleId}: ${each.message} ${each.snippet.slice(0, 200)}`);
}"""
HTMLCS = """() => new Promise(answer => HTMLCS.process("WCAG2AA", document, () => answer(
    HTMLCS.getMessages().filter(each => each.type === HTMLCS.ERROR).map(
        each => `${each.code}: ${each.msg} ${each.element.outerHTML?.slice(0, 200)}`))))"""


def passes_axe(view: View) -> list[str]:
    """No violation of WCAG 2.2 A and AA and of best practice."""
    return _axe(view, {"type": "tag", "values": AXE})


def passes_axe_at_its_width(view: View) -> list[str]:
    """The same of what depends on the width, of a page that is checked in another width."""
    return _axe(view, {"type": "rule", "values": BY_WIDTH})


def passes_ibm(view: View) -> list[str]:
    """No violation of WCAG 2.2 A and AA."""
    return _run(view, "ace.js", IBM)


def passes_html_codesniffer(view: View) -> list[str]:
    """No error of WCAG 2 AA."""
    return _run(view, "HTMLCS.js", HTMLCS)


def _axe(view: View, only: dict[str, Any]) -> list[str]:
    options = {"runOnly": only, "resultTypes": ["violations"]}
    found = Axe().run(view.page, options=options).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


def _run(view: View, engine: str, script: str) -> list[str]:
    """What an engine says of a page. It comes from outside, so the page's own policy lets it in."""
    view.page.evaluate(f"{_engine(engine)};0")
    found: list[str] = view.page.evaluate(script)
    return found


@cache
def _engine(name: str) -> str:
    """An engine's code, which must be as published."""
    code = lzma.decompress((TESTS / "support/engines" / f"{name}.xz").read_bytes())
    assert hashlib.sha256(code).hexdigest() == PUBLISHED[name], name
    return code.decode()
