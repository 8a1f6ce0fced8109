"""The start of every command: `run_month.py` in the repository, `scorecard` once installed.

It imports next to nothing, so that Ctrl-C ends the process without a traceback from the first
moment on, while everything else is imported.
"""

import _signal  # type: ignore[import-not-found] # `signal` imports much before it can be of use
import os


def run(repository: str | None = None) -> None:
    """Run the command that was typed, and exit.

    The workbook is in `repository` if no option names another, or else in the current folder.
    """
    _signal.signal(_signal.SIGINT, lambda *_: os._exit(130))  # until `interruption` takes over
    from scorecard import interruption
    from scorecard.commands.program import main

    interruption.begin()
    main(obj=repository)


def led() -> None:
    """`run` for a process that holds our input: when it closes that, the command is interrupted."""
    import threading

    threading.Thread(target=_follow, daemon=True).start()
    run()


def _follow() -> None:
    """Wait until the input ends, for whatever reason."""
    os.read(0, 1)
    os.kill(os.getpid(), _signal.SIGTERM)
