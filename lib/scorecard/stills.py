"""A chart as a still picture, for tools that run a notebook unattended.

JupyterLab draws charts by itself, and a run of a month draws them when it makes the pages. What
papermill or nbconvert runs has neither, so there a chart's output includes a drawing as HTML.
"""

from __future__ import annotations

import json
import os
import re
from html import escape
from typing import TYPE_CHECKING, Any

from scorecard.ipython import running_shell
from scorecard.reloading import RUN, SESSION

if TYPE_CHECKING:
    from collections.abc import Mapping

STILL = """<figure aria-label="{title}">
<figcaption><p><strong>{title}</strong></p><p>{subtitle}</p></figcaption>
<div role="img" aria-label="{description}">{drawing}</div>
<details><summary>Figures in this chart</summary>{table}</details>
</figure>"""


def wanted() -> bool:
    """Whether this is a Jupyter kernel without a person or a run behind it."""
    served = any(name in os.environ for name in (RUN, *SESSION))
    return hasattr(running_shell(), "kernel") and not served


def figure(spec: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """The HTML of a chart with its words, which are those of `outputs.Chart`."""
    import vl_convert  # only an unattended kernel needs it

    drawing = vl_convert.vegalite_to_svg(
        json.dumps(spec), version(spec.get("$schema", "")), allowed_base_urls=[]
    )
    escaped = {key: escape(words[key]) for key in ("title", "subtitle", "description")}
    return STILL.format(**escaped, drawing=drawing, table=words["table_html"])


def version(schema: str) -> str:
    """The Vega-Lite release to draw with: that of the `$schema` address, else its newest kin."""
    import vl_convert  # as above

    known = [tuple(map(int, each.split("."))) for each in vl_convert.get_vegalite_versions()]
    found = re.search(r"/v(\d+)(?:\.(\d+))?", schema)
    if not found:
        return ".".join(map(str, max(known)))
    asked = (int(found[1]), int(found[2] or -1))
    kin = [each for each in known if each[0] == asked[0]] or known
    return ".".join(map(str, asked if asked in known else max(kin)))
