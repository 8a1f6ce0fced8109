"""A workbook in object storage: brought to a private folder, run there, and written back whole.

    fenwold/data/  params/  notebooks/           what the council put there
    fenwold/outputs/.runs/000007.json            what is published since run 7 (`Published`)
    fenwold/outputs/.runs/000007-3f29…/outputs/2016-08/index.html   a file of that run

Object storage can't rename a folder, so nothing that is published is written over. The files of a
run get new names. Then its number is made, which storage does for one run and refuses to all
others: until then the pack of before is published, from then on the new one is, whole. A worker
that was given up for lost can't publish after its successor: its number is taken.

What a run adds to the ledger is named by the same file, and copied to its place in `data/`
afterwards, by the next run if need be.
"""

from __future__ import annotations

import json
import uuid
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from scorecard.batch.belongings import STAGING
from scorecard.batch.pack import HOLDER, LOCK
from scorecard.disk import file_hash
from scorecard.errors import OutputsError, WorkbookError

if TYPE_CHECKING:
    from collections.abc import Iterator

OUTPUTS, RUNS = "outputs", "outputs/.runs"
LEDGER, SECRET = "data/loads/", "data/.secret"
EXCLUSIVE = frozenset({"s3", "s3a", "az", "abfs", "abfss", "gs", "gcs", "memory"})
"""The protocols whose storage makes a file for one of two that ask at once."""
NOT_INSTALLED = (
    "{what} is not installed: start with `uv run --extra cluster run_month.py …`, or install "
    "childrens-scorecard[cluster]"
)


class OvertakenError(OutputsError):
    """Raised when another run of the same workbook has been published meanwhile."""


@dataclass(frozen=True)
class Published:
    """What a run left: each file's name in the workbook → its name in storage and its SHA-256."""

    number: int = 0
    run: str = ""
    files: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass
class Remote:
    """The workbook at `url`, such as `s3://bucket/councils/fenwold`."""

    url: str

    def __post_init__(self) -> None:
        self._fs, self._root = _system(self.url)
        self._inputs: dict[str, tuple[int, str]] = {}
        self._before = Published()

    def bring(self, folder: Path) -> None:
        """Copy the workbook into `folder`: its inputs, and what is published."""
        self._inputs, self._before = self._listed(), self._newest()
        self._forward(self._before)
        published = {name: key for name, (key, _) in self._before.files.items()}
        names = published | {name: name for name in self._inputs}
        for name in names:
            path = PurePosixPath(name)
            if path.is_absolute() or ".." in path.parts or "\\" in name:
                raise WorkbookError(f"{self.url} holds a file that leads out of it: `{name}`")
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
        self._fs.get(
            [self._key(key) for key in names.values()], [str(folder / name) for name in names]
        )
        for name in names:
            given = self._inputs.get(name)
            whole = (
                (folder / name).stat().st_size == given[0]
                if given
                else file_hash(folder / name) == self._before.files[name][1]
            )
            if not whole:
                raise OSError(f"{name} of {self.url} could not be read to its end")

    def write_back(self, folder: Path) -> bool:
        """Publish what a run has made in `folder`; whether there was something.

        Raises `OvertakenError` when another run came first, `OutputsError` when the inputs changed
        meanwhile. Nothing is published then.
        """
        made = {name: file_hash(folder / name) for name in self._made(folder)}
        known = {name: value for name, (_, value) in self._before.files.items()}
        if made == known:
            return False
        number = self._before.number + 1
        own = f"{RUNS}/{number:06d}-{uuid.uuid4().hex}"
        new = [name for name, value in made.items() if known.get(name) != value]
        files = {
            name: (f"{own}/{name}", value) if name in new else self._before.files[name]
            for name, value in made.items()
        }
        self._fs.put([str(folder / n) for n in new], [self._key(files[n][0]) for n in new])
        if self._listed() != self._inputs:
            raise OutputsError(
                f"files of {self.url} changed while it was run, so its pages might not agree. "
                "Nothing was published; run it again"
            )
        published = Published(number, own, files)
        self._publish(published)
        self._forward(published)
        self._sweep(published)
        return True

    def _publish(self, new: Published) -> None:
        """Make the number of a run, unless another run has it."""
        text = json.dumps({"run": new.run, "files": new.files}, indent=1).encode()
        try:
            self._fs.pipe_file(self._key(f"{RUNS}/{new.number:06d}.json"), text, mode="create")
        except (OSError, RuntimeError):
            newest = self._newest()  # the answer may have been lost, and not the request
            if newest.number < new.number:
                raise
            if newest.run != new.run:
                raise OvertakenError(f"another run of {self.url} was published first") from None

    def _newest(self) -> Published:
        """What is published now."""
        self._fs.invalidate_cache()
        found = [path for path in self._under(RUNS, depth=1) if path.endswith(".json")]
        if not found:
            return Published()
        name = max(found)
        read = json.loads(self._fs.cat_file(self._key(f"{RUNS}/{name}")))
        files = {name: (key, value) for name, (key, value) in read["files"].items()}
        return Published(int(name.removesuffix(".json")), read["run"], files)

    def _forward(self, published: Published) -> None:
        """Copy what runs added to the ledger to its place, where it isn't yet."""
        lacking = [n for n in published.files if _is_added(n) and n not in self._inputs]
        for name in lacking:
            self._fs.copy(self._key(published.files[name][0]), self._key(name))
        if lacking:
            now = self._listed()
            self._inputs |= {name: now[name] for name in lacking}

    def _sweep(self, published: Published) -> None:
        """Delete the files of runs that neither this one nor the one before names."""
        kept = {key for each in (published, self._before) for key, _ in each.files.values()}
        for name in self._under(RUNS):
            number, _, rest = name.partition("-")
            if rest and int(number) <= published.number and f"{RUNS}/{name}" not in kept:
                with suppress(OSError):  # the next run deletes it
                    self._fs.rm_file(self._key(f"{RUNS}/{name}"))

    def _made(self, folder: Path) -> Iterator[str]:
        """The files in `folder` that runs have made."""
        for path in sorted((folder / OUTPUTS).rglob("*")):
            name = path.relative_to(folder).as_posix()
            passing = path.name in (LOCK, HOLDER) or f"/{STAGING}" in name
            if path.is_file() and not passing:
                yield name
        for path in sorted((folder / "data").rglob("*")):
            name = path.relative_to(folder).as_posix()
            old = name in self._inputs and name not in self._before.files
            if path.is_file() and _is_added(name) and not old:
                yield name

    def _listed(self) -> dict[str, tuple[int, str]]:
        """Each file that the council put there → its size, and what differs once it changes."""
        self._fs.invalidate_cache()
        found = self._fs.find(self._root, detail=True)
        names = {path.removeprefix(f"{self._root}/"): info for path, info in found.items()}
        return {
            name: (info["size"], str(info.get("ETag") or info.get("etag") or info.get("created")))
            for name, info in names.items()
            if not name.startswith(f"{OUTPUTS}/")
        }

    def _under(self, folder: str, depth: int | None = None) -> list[str]:
        """The names of the files in a folder of the workbook, from that folder."""
        self._fs.invalidate_cache()
        root = self._key(folder)
        try:
            found = self._fs.find(root, maxdepth=depth)
        except FileNotFoundError:
            return []
        return [path.removeprefix(f"{root}/") for path in found]

    def _key(self, name: str) -> str:
        """A file of the workbook as storage names it."""
        return f"{self._root}/{name}"


@contextmanager
def at_hand(url: str, within: Path | None = None) -> Iterator[tuple[Path, Remote]]:
    """The workbook at `url` in a private folder, which is below `within`, for as long as needed."""
    with TemporaryDirectory(dir=within, ignore_cleanup_errors=True) as private:
        folder = Path(private) / PurePosixPath(url).name
        folder.mkdir()
        remote = Remote(url)
        remote.bring(folder)
        yield folder, remote


def _is_added(name: str) -> bool:
    """Whether a file of `data/` is one that runs add, and never change."""
    return name == SECRET or (name.startswith(LEDGER) and "/." not in name)


def is_remote(pattern: str) -> bool:
    """Whether a pattern of `--workbooks` is of object storage and not of folders."""
    return "://" in pattern


def workbooks(pattern: str) -> list[str]:
    """The workbooks in object storage that match `pattern`, as addresses."""
    protocol = pattern.partition("://")[0]
    system, path = _system(pattern)
    try:
        found = system.glob(path, detail=True)
    except Exception as error:  # each storage has errors of its own
        raise WorkbookError(f"--workbooks: {pattern} can't be read: {error}") from error
    names = [name for name, info in sorted(found.items()) if info["type"] == "directory"]
    return [f"{protocol}://{name.strip('/')}" for name in names]


def _system(url: str) -> tuple[Any, str]:
    """The storage of an address, and the path in it; `WorkbookError` for one that we can't use."""
    if url.partition("://")[0] not in EXCLUSIVE:
        raise WorkbookError(
            f"--workbooks: {url}: of two runs of one workbook this storage can't refuse one. Use "
            "s3://, az:// or gs://, or the path of a shared folder"
        )
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise WorkbookError(NOT_INSTALLED.format(what="fsspec")) from error
    try:
        system, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise WorkbookError(f"--workbooks: {url} can't be reached: {error}") from error
    return system, path.rstrip("/")
