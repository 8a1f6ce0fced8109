"""An IPython shell that keeps what a cell shows, as outputs in the notebook format.

It gives the same outputs as a Jupyter kernel read by nbclient, without the kernel's five sockets.
"""

from __future__ import annotations

import base64
import io
import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import from_dict
from traitlets import Type

from scorecard.altair_offline import draw_offline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode


class Recorder:
    """The outputs of the cell that is running, and the displays that have an id."""

    def __init__(self) -> None:
        self.outputs: list[NotebookNode] = []
        self.displays: dict[str, list[NotebookNode]] = {}
        self._clear_first = False

    def start(self) -> list[NotebookNode]:
        """Begin a new cell; the list returned grows while it runs."""
        self.outputs, self._clear_first = [], False
        return self.outputs

    def add(self, output: NotebookNode, display_id: str | None = None) -> None:
        """Append an output; text of a stream is joined to the earlier text of it."""
        if self._clear_first:
            self.clear(wait=False)
        if display_id:
            self.displays.setdefault(display_id, []).append(output)
        if output.output_type == "stream":
            for earlier in self.outputs:
                if earlier.output_type == "stream" and earlier.name == output.name:
                    earlier.text += output.text
                    return
        self.outputs.append(output)

    def update(self, display_id: str, data: dict[str, Any], metadata: dict[str, Any]) -> None:
        """Replace what every display with this id shows."""
        for output in self.displays.get(display_id, []):
            output.data, output.metadata = from_dict(_plain(data)), from_dict(_plain(metadata))

    def clear(self, *, wait: bool) -> None:
        """Forget the cell's outputs, now or when the next one comes."""
        self._clear_first = wait
        if not wait:
            self.outputs.clear()


class Stream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr` of a cell."""

    encoding = "utf-8"

    def __init__(self, name: str, recorder: Recorder) -> None:
        super().__init__()
        self.name = name
        self._recorder = recorder

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, text: str) -> int:
        """Keep `text` as an output."""
        if text:
            self._recorder.add(_output("stream", name=self.name, text=text))
        return len(text)


class Publisher(DisplayPublisher):
    """What `display(...)` calls."""

    recorder: Recorder

    def publish(
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        source: Any = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        """Keep a display, or replace the one with its id."""
        display_id = (transient or {}).get("display_id")
        if update and display_id:
            self.recorder.update(display_id, data, metadata or {})
        else:
            shown = _output("display_data", data=_plain(data), metadata=_plain(metadata or {}))
            self.recorder.add(shown, display_id)

    def clear_output(self, wait: bool = False) -> None:
        """What `clear_output()` calls."""
        self.recorder.clear(wait=wait)


class LastValue(DisplayHook):
    """What shows the value that a cell ends with."""

    recorder: Recorder

    def write_output_prompt(self) -> None:
        """A notebook keeps the number beside the output, not in it."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        """Keep the value as the cell's result."""
        data, metadata = _plain(format_dict), _plain(md_dict or {})
        count = self.prompt_count
        self.recorder.add(
            _output("execute_result", data=data, metadata=metadata, execution_count=count)
        )

    def finish_displayhook(self) -> None:
        """Nothing was printed, so there is nothing to end."""


class Shell(InteractiveShell):
    """IPython without a terminal; its outputs go to `recorder`."""

    display_pub: Publisher
    displayhook: LastValue
    display_pub_class = Type(Publisher)
    displayhook_class = Type(LastValue)

    def __init__(self, **options: Any) -> None:
        self.recorder = Recorder()
        super().__init__(**options)  # type: ignore[no-untyped-call]
        self.display_pub.recorder = self.recorder
        self.displayhook.recorder = self.recorder
        draw_offline(self)

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        """Keep an error as a kernel does."""
        error = _output("error", ename=etype.__name__, evalue=str(evalue), traceback=list(stb))
        self.recorder.add(error)

    def enable_gui(self, gui: Any = None) -> None:
        """There is no screen to draw on."""

    @contextmanager
    def streams(self) -> Iterator[None]:
        """Send what is printed to the recorder."""
        before = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = (Stream(name, self.recorder) for name in ("stdout", "stderr"))
        try:
            yield
        finally:
            sys.stdout, sys.stderr = before

    def cell(self, source: str) -> tuple[list[NotebookNode], int, bool]:
        """Run one cell: its outputs, its number, and whether it went well."""
        outputs = self.recorder.start()
        count = self.execution_count
        with self.streams():
            result = self.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
        return outputs, count, bool(result.success)


def _output(kind: str, **content: Any) -> NotebookNode:
    """An output as nbformat makes it, checked when the notebook is saved and not one by one."""
    output: NotebookNode = from_dict({"output_type": kind, **content})
    return output


def _plain(content: dict[str, Any]) -> Any:
    """`content` as a kernel would send it, in JSON; pictures become base64."""
    return json.loads(json.dumps(content, default=_encoded))


def _encoded(value: object) -> str:
    """A picture's bytes as text; anything else as its `repr`, as a kernel's messages have it."""
    return base64.b64encode(value).decode() if isinstance(value, bytes) else repr(value)
