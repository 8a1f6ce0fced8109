"""A workbook in object storage: what a month needs is brought, run, and what it made written back.

    fenwold/data/  params/  notebooks/           what the council put there
    fenwold/outputs/.runs/000007.json            what is published since run 7 (`Published`)
    fenwold/outputs/.runs/2016-08/000007-3f29…/outputs/2016-08/index.html   a file of that run
    fenwold/outputs/.runs/2016-08/000007-3f29…/files.json   all files of the month since that run
    fenwold/outputs/.runs/all/000007-3f29…/outputs/2016-08/run.json   a file for runs of every month

Object storage can't rename a folder, so nothing that is published is written over. The files of a
run get new names. Then its number is made, which storage does for one run and refuses to all
others: until then the pack of before is published, from then on the new one is, whole. A worker
that was taken for lost can't publish after its successor: its number is taken.

A run of a month brings, sends and lists nothing that only runs of other months read
(`belongings.reader`), so ten years of packs cost it no more than one.

What a run adds to the ledger is listed in that file too. It is copied to its place in `data/` after
publication; if that was interrupted, by the next run.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from scorecard.batch import addresses
from scorecard.batch.belongings import STAGING, reader
from scorecard.batch.run_lock import HOLDER, LOCK
from scorecard.disk import file_hash
from scorecard.errors import OutputsError, WorkbookError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from scorecard.months import Month

OUTPUTS, RUNS = "outputs", "outputs/.runs"
ALL, LIST = "all", "files.json"
RUN = re.compile(r"(\d{6,})-[0-9a-f]{32}/")
"""How the folder of a run's files is named: the number that it asks for, and one of its own."""
LEDGER, SECRET = "data/loads/", "data/.secret"


class OvertakenError(OutputsError):
    """Raised when another run of the same workbook has been published meanwhile."""


Files = dict[str, tuple[str, str]]
"""Name in the workbook → name in storage and SHA-256."""


@dataclass(frozen=True)
class Published:
    """What runs left.

    `files` are those that runs of every month need. `lists` has for each month the list of the
    others, which is a file in storage too.
    """

    number: int = 0
    run: str = ""
    files: Files = field(default_factory=dict)
    lists: Files = field(default_factory=dict)


@dataclass
class Remote:
    """The workbook at `url`, such as `s3://bucket/councils/fenwold`, for runs of `months`."""

    url: str
    months: Collection[Month]

    def __post_init__(self) -> None:
        self._fs, self._root = addresses.system(self.url)
        self._inputs: dict[str, tuple[int, str]] = {}
        self._before, self._known = Published(), Files()

    def bring(self, folder: Path) -> None:
        """Copy into `folder` the inputs of the workbook, and what runs read of the packs.

        That is all of the months themselves, and the records of the others.
        """
        self._inputs, self._before = self._listed(), self._newest()
        self._known = dict(self._before.files)
        for month in map(str, self.months):
            if month in self._before.lists:
                self._known |= self._list(*self._before.lists[month])
        self._copy_into_ledger(self._before)
        published = {name: key for name, (key, _) in self._known.items()}
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
            self._check_whole(
                name,
                whole=(folder / name).stat().st_size == given[0]
                if given
                else file_hash(folder / name) == self._known[name][1],
            )

    def write_back(self, folder: Path) -> bool:
        """Publish what a run has made in `folder`; whether there was something.

        Raises `OvertakenError` when another run came first, `OutputsError` when the inputs changed
        meanwhile. Nothing is published then.
        """
        made = {name: file_hash(folder / name) for name in self._made(folder)}
        if made == {name: value for name, (_, value) in self._known.items()}:
            return False
        number = self._before.number + 1
        run = f"{number:06d}-{uuid.uuid4().hex}"
        files: dict[str, Files] = {ALL: {}, **{str(month): {} for month in self.months}}
        new = {}
        for name, value in made.items():
            of, place = _reader(name), self._known.get(name, ("", ""))
            if place[1] != value:
                place = new[name] = (f"{RUNS}/{of}/{run}/{name}", value)
            files[of][name] = place
        self._fs.put([str(folder / n) for n in new], [self._key(key) for key, _ in new.values()])
        common = files.pop(ALL)
        lists = {month: self._write_list(month, run, own) for month, own in files.items()}
        if self._listed() != self._inputs:
            raise OutputsError(
                f"files of {self.url} changed while it was run, so its pages might not agree. "
                "Nothing was published; run it again"
            )
        published = Published(number, run, common, self._before.lists | lists)
        self._publish(published)
        self._copy_into_ledger(published)
        kept = [common, lists, *files.values(), self._known, self._before.lists]
        self._delete_older(number, {key for each in kept for key, _ in each.values()})
        return True

    def _publish(self, new: Published) -> None:
        """Make the number of a run, unless another run has it."""
        text = _json({"run": new.run, "files": new.files, "lists": new.lists})
        try:
            self._fs.pipe_file(self._key(f"{RUNS}/{new.number:06d}.json"), text, mode="create")
        except (OSError, RuntimeError):
            newest = self._newest()  # it may have been made, and the answer lost
            if newest.number < new.number:
                raise
            if newest.run != new.run:
                raise OvertakenError(f"another run of {self.url} was published first") from None

    def _newest(self) -> Published:
        """What is published now."""
        self._fs.invalidate_cache()
        try:
            there = self._fs.ls(self._key(RUNS), detail=False)
        except FileNotFoundError:
            return Published()
        found = [path.rpartition("/")[2] for path in there if path.endswith(".json")]
        if not found:
            return Published()
        name = max(found)
        read = json.loads(self._fs.cat_file(self._key(f"{RUNS}/{name}")))
        files, lists = _files(read["files"]), _files(read["lists"])
        return Published(int(name.removesuffix(".json")), read["run"], files, lists)

    def _list(self, key: str, value: str) -> Files:
        """The files of a month, from the list that has this name in storage and this hash."""
        read = self._fs.cat_file(self._key(key))
        self._check_whole(key, whole=hashlib.sha256(read).hexdigest() == value)
        return _files(json.loads(read))

    def _write_list(self, month: str, run: str, files: Files) -> tuple[str, str]:
        """The list of a month's files: its name in storage and its hash."""
        text, key = _json(files), f"{RUNS}/{month}/{run}/{LIST}"
        self._fs.pipe_file(self._key(key), text)
        return key, hashlib.sha256(text).hexdigest()

    def _check_whole(self, name: str, *, whole: bool) -> None:
        """Raise `OSError` unless a file was read as a `whole`."""
        if not whole:
            raise OSError(f"{name} of {self.url} could not be read to its end")

    def _copy_into_ledger(self, published: Published) -> None:
        """Copy what runs added to the ledger to its place, where it isn't yet."""
        lacking = [n for n in published.files if _is_added(n) and n not in self._inputs]
        for name in lacking:
            self._fs.copy(self._key(published.files[name][0]), self._key(name))
        if lacking:
            now = self._listed()
            self._inputs |= {name: now[name] for name in lacking}

    def _delete_older(self, number: int, kept: Collection[str]) -> None:
        """Delete the files of runs up to `number`, of these months or of all, that are not `kept`.

        What the run before had published is kept, since another run may still read it.
        """
        for of in (ALL, *map(str, self.months)):
            for name in self._under(f"{RUNS}/{of}"):
                key, run = f"{RUNS}/{of}/{name}", RUN.match(name)
                if run and int(run[1]) <= number and key not in kept:
                    with suppress(OSError):  # the next run deletes it
                        self._fs.rm_file(self._key(key))

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
        found: dict[str, Any] = {}
        for info in self._fs.ls(self._root, detail=True):
            path = info["name"].rstrip("/")
            if info["type"] == "file":
                found[path] = info
            elif path not in (self._root, self._key(OUTPUTS)):
                found |= self._fs.find(path, detail=True)
        return {
            path.removeprefix(f"{self._root}/"): (
                info["size"], str(info.get("ETag") or info.get("etag") or info.get("created"))
            )
            for path, info in found.items()
        }  # fmt: skip

    def _under(self, folder: str) -> list[str]:
        """The names of the files in a folder of the workbook, from that folder."""
        self._fs.invalidate_cache()
        root = self._key(folder)
        try:
            found = self._fs.find(root)
        except FileNotFoundError:
            return []
        return [path.removeprefix(f"{root}/") for path in found]

    def _key(self, name: str) -> str:
        """A file of the workbook as storage names it."""
        return f"{self._root}/{name}"


@contextmanager
def local_copy(
    url: str, months: Collection[Month], within: Path | None = None
) -> Iterator[tuple[Path, Remote]]:
    """The workbook at `url`, as far as runs of `months` need it, in a private folder.

    It is below `within`, and there for as long as needed.
    """
    with TemporaryDirectory(dir=within, ignore_cleanup_errors=True) as private:
        folder = Path(private) / PurePosixPath(url).name
        folder.mkdir()
        remote = Remote(url, months)
        remote.bring(folder)
        yield folder, remote


def _is_added(name: str) -> bool:
    """Whether a file of `data/` is one that runs add, and never change."""
    return name == SECRET or (name.startswith(LEDGER) and "/." not in name)


def _reader(name: str) -> str:
    """The month whose runs alone need a file that a run made, or `ALL`."""
    folder, _, rest = name.partition("/")
    return (reader(rest) if folder == OUTPUTS else None) or ALL


def _files(read: dict[str, list[str]]) -> Files:
    """Files as a list in storage names them."""
    return {name: (key, value) for name, (key, value) in read.items()}


def _json(value: Any) -> bytes:
    return json.dumps(value, indent=1).encode()
