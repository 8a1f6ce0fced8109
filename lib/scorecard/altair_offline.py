"""An analyst's own Altair charts draw in JupyterLab on a machine without a network.

Altair's default renderer has the browser load a script from another host. JupyterLab draws
Vega-Lite by itself, so charts are shown as its MIME type instead, unless the analyst has chosen a
renderer.
"""

from __future__ import annotations

from scorecard.ipython import running_shell

TYPE_CHECKING = False  # as in `ipython`
if TYPE_CHECKING:
    from typing import Any

    from IPython.core.interactiveshell import InteractiveShell

CHART = ("altair.vegalite.v5.api", "TopLevelMixin")
"""What every Altair 5 chart is, by name, so that Altair is not imported before it is used."""


def draw_offline(shell: InteractiveShell | None = None) -> None:
    """Show Altair charts in `shell`, else in the one that is running, without another host.

    It uses IPython's register of formatters for types by name. Nothing is done outside IPython.
    """
    shell = shell or running_shell()
    if shell and shell.display_formatter:
        shell.display_formatter.mimebundle_formatter.for_type_by_name(*CHART, _bundle)


def _bundle(chart: Any) -> Any:
    """What Altair makes of `chart`: a MIME bundle, or one with its metadata."""
    from altair import renderers  # the code that shows a chart has imported it

    if renderers.active == "default":
        renderers.enable("mimetype", **renderers.options)
    return chart._repr_mimebundle_()
