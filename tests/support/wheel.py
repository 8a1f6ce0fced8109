"""The package as people install it: built as a wheel, and put into a folder of its own."""

from __future__ import annotations

import configparser
import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, Any

from support.places import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = """\
import sys
from {module} import {function}
if __name__ == "__main__":
    sys.exit({function}())
"""
"""What an installer writes for a console command."""


class Installed:
    """The wheel in `folder`, with the dependencies of these tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
        subprocess.run(build, cwd=REPOSITORY, capture_output=True, check=True)
        (wheel,) = folder.glob("*.whl")
        self.packages = folder / "packages"
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(self.packages)
        (self.record,) = self.packages.glob("*.dist-info")
        points = configparser.ConfigParser()
        points.read(self.record / "entry_points.txt")
        self.commands = dict(points["console_scripts"])

    def run(self, command: str, *words: Any, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run a console command in the folder `cwd`."""
        module, _, function = self.commands[command].partition(":")
        script = self.folder / command
        script.write_text(SCRIPT.format(module=module, function=function))
        return subprocess.run(
            [sys.executable, str(script), *map(str, words)],
            cwd=cwd, capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": str(self.packages)},
        )  # fmt: skip
