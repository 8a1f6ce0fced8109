"""Both engines run real notebooks: the same outputs, no leaks, deaths and timeouts reported."""

import os
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import nbformat
import psutil
import pytest

from scorecard.batch.engine import pool as pools
from scorecard.batch.engine import preload, processes
from scorecard.batch.engine.pool import Pool
from scorecard.batch.engine.progress import Progress
from scorecard.batch.engine.schedule import Work
from scorecard.batch.engine.tasks import NotebookTask
from scorecard.errors import EngineError
from scorecard.outputs import VEGALITE
from scorecard.pages.page import About
from support.batches import FIGURE, FRAGMENT, MONTH, Seen, job, make_notebook
from support.places import REPOSITORY, TESTS

forking = pytest.mark.skipif(not pools._can_fork(), reason="no fork on this system")

ENGINES = [
    pytest.param(
        "forked", marks=pytest.mark.skipif(not pools._can_fork(), reason="no fork on this system")
    ),
    "standard",
]
OF_KERNELS = [ENGINES[0], pytest.param("standard", marks=pytest.mark.thorough)]
"""The standard engine's kernels start slowly: the whole check tries these with the other alone."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """A pool of each kind, warm for the whole module."""
    opened = {}

    def get(kind):
        if kind not in opened:
            seen = Seen()
            opened[kind] = Pool(kind, 2, tmp_path_factory.mktemp("none"), seen), seen
        return opened[kind]

    yield get
    for pool, _ in opened.values():
        pool.__exit__(None, None, None)


@pytest.fixture
def go(engine, tmp_path):
    """Run notebooks of the given cells; the results and the executed notebooks."""

    def do(kind, *notebooks, timeout=60, **parameters):
        pool, _ = engine(kind)
        works = []
        for number, cells in enumerate(notebooks):
            path = make_notebook(tmp_path / kind / f"page-{number}.ipynb", *cells)
            works.append(work(path, path.with_suffix(".done.ipynb"), timeout, **parameters))
        results = pool.run(works)
        done = [nbformat.read(r.work.task.executed, as_version=4)
                if r.work.task.executed.exists() else None for r in results]  # fmt: skip
        return results, done

    return do


def work(path, executed, timeout=60, **parameters):
    each = job(path, **parameters)
    about = About(each.name, each.title, each.summary, "Council", "Service", MONTH)
    return Work(NotebookTask(each.notebook, executed, each.parameters, {}), about, timeout)


TWO = """class Two:
    def _repr_mimebundle_(self, **_):
        return {'text/html': '<i>t</i>', 'application/json': {'a': (1, 2), 3: None}}
    def __repr__(self):
        return 'two'
Two()"""
PICTURE = """from IPython.display import Image
Image(data=bytes.fromhex('89504e470d0a1a0a'), format='png')"""
OWN_CHART = """import scorecard
import altair as alt
alt.Chart(alt.Data(values=[{'a': 1}])).mark_point().encode(x='a:Q')"""
CELLS = [
    "import os, sys\nprint('one')\nprint('two', file=sys.stderr)\nprint('three')\n1 + 1",
    "from IPython.display import HTML, display\nh = display(HTML('<b>x</b>'), display_id='d')\n2",
    "h.update(HTML('<b>y</b>'))",
    TWO,
    "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('stays')",
    "print('gone')\nclear_output(wait=True)\nprint('stays too')",
    "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
    "%timeit -n1 -r1 -q pass\nunit",
    "None",
    "",
    "print(os.path.exists('page-0.ipynb'), hash('x'))",
    PICTURE,
    OWN_CHART,
]


def outputs(notebook):
    """Source, number and outputs of each cell: what both engines must agree on."""
    return [
        (cell.source, cell.execution_count, [dict(output) for output in cell.outputs])
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def test_both_engines_give_the_same_outputs(go):
    _, (inside,) = go("forked", CELLS)
    _, (kernel,) = go("standard", CELLS)
    assert outputs(inside) == outputs(kernel)
    assert inside.metadata.language_info.name == kernel.metadata.language_info.name == "python"
    shown = [output for cell in inside.cells for output in cell.outputs]
    assert len(shown) == 13
    assert shown[-3].text.startswith("True "), "it runs in its own folder"
    assert {VEGALITE, "text/plain"} == set(shown[-1].data)
    assert [o.text for o in shown if o.output_type == "stream"][:2] == ["one\nthree\n", "two\n"]


def test_a_good_notebook_becomes_the_same_page_with_both_engines(go, tmp_path):
    (one,), _ = go("forked", [FRAGMENT, FIGURE], unit="upper-fen")
    (other,), _ = go("standard", [FRAGMENT, FIGURE], unit="upper-fen")
    assert "upper-fen in 2024-06" in one.page.html
    assert "<svg" in one.page.html
    assert len(one.page.files) >= 3
    assert one.page.files == other.page.files
    for result in (one, other):
        assert result.failure is None
        assert result.page.headline.sentence == "All is well."
        assert set(result.seconds) == {"notebook", "page"}
        executed = result.work.task.executed.read_text()
        assert str(tmp_path) not in executed, "it names no folder of the machine"


@pytest.mark.parametrize("kind", OF_KERNELS)
def test_nothing_leaks_from_one_notebook_to_the_next(go, kind):
    leaky = (
        "import builtins, json, os, sys, warnings\n"
        "builtins.leak = 1\njson.leak = 1\nos.environ['LEAK'] = '1'\nsys.path.append('leak')\n"
        "os.chdir('/')\nsys.setrecursionlimit(4321)\nwarnings.filterwarnings('error', 'leak')\n"
        "import decimal; decimal.getcontext().prec = 3\nx = 1\n"
        "import scorecard.outputs as o; o.HTML = 'leak'"
    )
    looking = (
        "import builtins, decimal, json, os, sys, warnings\nimport scorecard.outputs as o\n"
        "print([hasattr(builtins, 'leak'), hasattr(json, 'leak'), 'LEAK' in os.environ,\n"
        "       'leak' in sys.path, os.getcwd() == '/', sys.getrecursionlimit() == 4321,\n"
        "       'leak' in str(warnings.filters), decimal.getcontext().prec == 3,\n"
        "       'x' in globals(), o.HTML == 'leak', _ih[1:-1] and 'leak' in str(_ih[:-1])])"
    )
    _, done = go(kind, *[[leaky], [looking]] * (1 if kind == "standard" else 2))
    found = [each.cells[-1].outputs[0].text for each in done[1::2]]
    assert {"True" in text for text in found} == {False}, found


@pytest.mark.parametrize("kind", OF_KERNELS)
def test_every_notebook_has_a_process_of_its_own(go, kind):
    _, done = go(kind, *[["import os\nprint(os.getpid())"]] * 2)
    assert len({each.cells[-1].outputs[0].text for each in done}) == 2


@pytest.mark.parametrize("kind", ENGINES)
def test_an_error_is_reported_by_cell_line_and_message_and_the_notebook_kept(go, kind):
    cells = ["a = 0", "b = 1\n\nb / a", "never = 1"]
    (result,), (done,) = go(kind, cells)
    assert result.page is None
    assert result.failure.words() == "cell 3, line 3 (`b / a`): ZeroDivisionError: division by zero"
    assert any(o.output_type == "error" for cell in done.cells for o in cell.get("outputs", []))
    assert done.cells[-1].source == "never = 1"
    assert done.cells[-1].execution_count is None


@pytest.mark.parametrize("kind", ENGINES[:1])
def test_an_error_in_a_function_is_reported_by_the_line_that_called_it(go, kind):
    (result,), _ = go(kind, ["import json", "x = 1\njson.loads('{')"])
    assert result.failure.words().startswith("cell 3, line 2 (`json.loads('{')`): JSONDecodeError")


@pytest.mark.parametrize("kind", ENGINES[:1])
def test_python_that_can_not_be_read_is_reported_by_its_line(go, kind):
    (result,), _ = go(kind, ["x = 1\ny = = 2"])
    assert result.failure.words().startswith("cell 2, line 2 (`y = = 2`): SyntaxError")


@pytest.mark.parametrize("kind", OF_KERNELS)
def test_one_failure_does_not_stop_the_others(go, kind):
    results, _ = go(kind, ["1 / 0"], ["import os; os._exit(3)"], [FRAGMENT])
    assert [bool(r.failure) for r in results] == [True, True, False]


@pytest.mark.parametrize(
    ("kind", "death"),
    [
        ("forked", "os._exit(3)"),
        ("forked", "os._exit(0)"),
        ("forked", "os.kill(os.getpid(), 9)"),
        ("standard", "os.kill(os.getpid(), 9)"),
    ],
)
def test_a_kernel_that_dies_is_reported_as_such(go, kind, death):
    (result,), (done,) = go(kind, ["import os\n'before'", f"x = 1\n{death}", "'never'"])
    assert result.page is None
    assert "the kernel died" in result.failure.message
    assert (result.failure.cell, result.failure.source) == (3, "x = 1")
    assert_kept(done, f"x = 1\n{death}", result.failure.message)


def assert_kept(done, last, why):
    """The notebook of a process that ended: what was done, the cell it ended in, nothing after."""
    nbformat.validate(done)
    injected, before, mark, ended, *after = done.cells[2:]
    assert injected.metadata.tags == ["injected-parameters"]
    assert before.outputs[0].data["text/plain"] == "'before'"
    assert before.metadata.papermill.status == "completed"
    assert (mark.cell_type, why in mark.source) == ("markdown", True)
    assert (ended.source, ended.outputs[0].evalue) == (last, why)
    assert ended.metadata.papermill.status == "failed"
    assert [cell.get("execution_count") for cell in after] == [None] * len(after)
    assert done.cells[0].source.endswith(f"[at this cell](#stopped-here): {why}")


@pytest.mark.parametrize("kind", ENGINES)
def test_a_notebook_that_takes_too_long_is_stopped_with_all_it_started(go, kind):
    seconds = f"61.{uuid4().int % 10**9}"  # no other run of the tests has the same
    cell = f"import subprocess\nsubprocess.run(['sleep', '{seconds}'])"
    began = time.monotonic()
    (result,), (done,) = go(kind, ["'before'", cell], timeout=8 if kind == "standard" else 3)
    assert time.monotonic() - began < 60
    assert "timed out after" in result.failure.message
    assert not running(seconds)
    if kind == "forked" or result.failure.cell:  # on a busy machine a kernel may not be up yet
        assert result.failure.cell == 3
        assert_kept(done, cell, result.failure.message)


def test_a_notebook_that_is_stopped_before_its_first_cell_is_kept_as_it_is(tmp_path):
    path = make_notebook(tmp_path / "page.ipynb", "1")
    Progress().save(path, tmp_path / "done.ipynb", "stopped: too late")
    note, *cells = nbformat.read(tmp_path / "done.ipynb", as_version=4).cells
    assert note.source == "**This notebook did not finish**: stopped: too late"
    assert cells == nbformat.read(path, as_version=4).cells


def test_where_there_is_no_room_for_the_notebook_half_of_one_is_not_kept(tmp_path, monkeypatch):
    def full(path, text, **_):
        path.write_bytes(text[:10].encode())
        raise OSError(28, "No space left on device")

    path = make_notebook(tmp_path / "page.ipynb", "1")
    monkeypatch.setattr(Path, "write_text", full)
    Progress().save(path, tmp_path / "done.ipynb", "the kernel died")
    assert not (tmp_path / "done.ipynb").exists()


@pytest.mark.parametrize("kind", ENGINES[:1])
def test_an_output_that_must_not_be_published_fails_its_appendix(go, kind):
    (result,), (done,) = go(kind, ["print('a stray line')"])
    assert result.page is None
    assert "prints text" in result.failure.message
    assert done is not None


@pytest.mark.parametrize("kind", ENGINES)
def test_an_error_that_a_cell_swallows_with_a_tag_is_never_published(go, kind, tmp_path, engine):
    path = make_notebook(tmp_path / "tagged.ipynb", "1 / 0", FRAGMENT)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].metadata["tags"] = ["raises-exception"]
    nbformat.write(notebook, path)
    (result,) = engine(kind)[0].run([work(path, tmp_path / "tagged.done.ipynb")])
    assert result.page is None
    assert "ZeroDivisionError" in result.failure.words()


def test_cells_to_skip_are_skipped(engine, tmp_path):
    path = make_notebook(tmp_path / "skip.ipynb", "1 / 0", FRAGMENT)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].metadata["tags"] = ["skip-execution"]
    nbformat.write(notebook, path)
    (result,) = engine("forked")[0].run([work(path, tmp_path / "skip.done.ipynb")])
    assert result.failure is None


def test_paths_with_braces_and_spaces_are_no_trouble(engine, tmp_path):
    path = make_notebook(tmp_path / "a {b} c/page {unit}.ipynb", FRAGMENT)
    (result,) = engine("forked")[0].run([work(path, path.parent / "done {0}.ipynb")])
    assert result.failure is None, result.failure


def test_the_watcher_hears_of_every_cell_by_its_place_in_the_notebook(go, engine):
    _, seen = engine("forked")
    seen.cells.clear()
    go("forked", ["x = 1", "y = 2"])
    assert [(cell.number, cell.line) for _, cell in seen.cells] == [
        (1, "month = '2024-06'"), (1, "# Parameters"), (2, "x = 1"), (3, "y = 2"),
    ]  # fmt: skip


def test_without_fork_the_standard_engine_takes_over(monkeypatch, tmp_path):
    monkeypatch.setattr(pools, "_can_fork", lambda: False)
    assert Pool("auto", 1, tmp_path, Seen()).kind == "standard"


def test_a_server_that_can_not_start_gives_way_to_the_standard_engine(monkeypatch, tmp_path):
    start = processes.Launcher.start

    def broken(launcher, function):
        if launcher._method == "forkserver":
            raise EOFError
        return start(launcher, function)

    monkeypatch.setattr(processes.Launcher, "start", broken)
    path = make_notebook(tmp_path / "page.ipynb", FRAGMENT)
    with Pool("auto", 1, tmp_path, Seen()) as pool:
        (result,) = pool.run([work(path, tmp_path / "done.ipynb")])
        assert (pool.kind, result.failure) == ("standard", None)


def test_where_no_process_can_start_that_is_one_message(monkeypatch, tmp_path):
    def broken(*_):
        raise ConnectionRefusedError("no room")

    monkeypatch.setattr(processes.Launcher, "start", broken)
    path = make_notebook(tmp_path / "page.ipynb", FRAGMENT)
    with Pool("auto", 1, tmp_path, Seen()) as pool:
        with pytest.raises(EngineError, match="the notebooks have ended: no room"):
            pool.run([work(path, tmp_path / "done.ipynb")])
        assert pool.kind == "standard"


@forking
def test_a_server_that_is_killed_is_started_again(tmp_path):
    path = make_notebook(tmp_path / "page.ipynb", FRAGMENT)
    with Pool("forked", 1, tmp_path, Seen()) as pool:
        pool.run([work(path, tmp_path / "done.ipynb")])
        (server,) = _servers()
        server.kill()
        assert soon(lambda: server.status() == psutil.STATUS_ZOMBIE, 60)
        (result,) = pool.run([work(path, tmp_path / "done.ipynb")])
        assert result.failure is None
        assert _servers() not in ([], [server])


@pytest.mark.parametrize("kind", ENGINES)
def test_leaving_the_pool_ends_every_process(kind, tmp_path):
    path = make_notebook(tmp_path / "page.ipynb", FRAGMENT)
    before = set(psutil.Process().children(recursive=True))
    with Pool(kind, 2, tmp_path, Seen()) as pool:
        pool.run([work(path, tmp_path / "done.ipynb")])
        family = set(psutil.Process().children(recursive=True)) - before
        assert family
    family -= {server for server in family if _lasts(server)}
    assert [p for p in family if p.is_running() and p.status() != psutil.STATUS_ZOMBIE] == []


def _lasts(process):
    """Whether it is `multiprocessing`'s own: its server and tracker end with the run."""
    try:
        command = " ".join(process.cmdline())
    except psutil.Error:
        return False
    return process.ppid() == os.getpid() and ("forkserver" in command or "tracker" in command)


def test_the_server_imports_what_the_notebooks_import(tmp_path):
    make_notebook(tmp_path / "a.ipynb", "import json, os.path\nfrom scorecard import outputs")
    make_notebook(tmp_path / "b.ipynb", "%magic\nimport json", "if True:\n    import csv")
    (tmp_path / "c.ipynb").write_text("not a notebook")
    analyst = make_notebook(tmp_path / "d.ipynb", "import large", "import small")
    found = nbformat.read(analyst, as_version=4)
    next(cell for cell in found.cells if "large" in cell.source).metadata["tags"] = ["analyst"]
    nbformat.write(found, analyst)
    assert pools.imported(tmp_path) == ["json", "os.path", "scorecard", "csv", "small"]


@forking
def test_the_server_has_one_thread_only_with_all_that_our_notebooks_import(tmp_path):
    """A fork takes no other thread along: what one held locked would stay locked for ever."""
    code = f"""
import psutil
from pathlib import Path
from scorecard.batch.engine import preload
from scorecard.batch.engine.pool import NOTEBOOK_SIDE, imported
before = psutil.Process().num_threads()
preload.prepare([*NOTEBOOK_SIDE, *imported(Path({str(REPOSITORY / "notebooks")!r}))])
Path("threads").write_text(str(psutil.Process().num_threads() - before))
"""
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, timeout=60)
    assert (tmp_path / "threads").read_text() == "0"


def test_a_module_that_can_not_be_imported_does_not_end_the_server(tmp_path):
    (tmp_path / "faulty.py").write_text("1 / 0")
    (tmp_path / "sound.py").write_text(
        "def warm_up():\n    open('warm', 'w').write(str(__import__('os').getsid(0)))"
    )
    environment = {**os.environ, preload.VARIABLE: '["faulty", "no_such_module", "sound"]'}
    code = (
        "import os, scorecard.batch.engine.preload as p\n"
        "assert p.VARIABLE not in os.environ\nprint('not on the screen')"
    )
    done = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=tmp_path, env={**environment, "PYTHONPATH": str(tmp_path)}, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert done.communicate(timeout=60)[0] == b""
    assert done.returncode == 0
    if os.name == "posix":
        assert (tmp_path / "warm").read_text() == str(done.pid), (
            "it has left the terminal's session"
        )


@forking
def test_a_run_that_is_killed_leaves_no_process(tmp_path):
    seconds = f"62.{uuid4().int % 10**9}"
    asleep = f"Popen(['sleep', '{seconds}'])"
    cell = f"from subprocess import Popen\n[{asleep} for _ in range(50)][0].wait()"
    path = make_notebook(tmp_path / "page.ipynb", cell)  # it goes on when the first is killed
    code = f"""
from pathlib import Path
from batch.test_pool import Pool, Seen, work
path = Path({str(path)!r})
with Pool("forked", 2, path.parent, Seen()) as pool:
    pool.run([work(path, path.with_suffix(".done.ipynb"))])
"""
    started = subprocess.Popen([sys.executable, "-c", code], cwd=TESTS)
    run = psutil.Process(started.pid)
    assert soon(lambda: running(seconds), 30)
    family = run.children(recursive=True)
    assert len(family) >= 5, (
        "the server and its tracker, a page worker, the notebook, what it waits for"
    )
    started.kill()
    started.wait()
    assert soon(lambda: not running(seconds), 60)
    assert psutil.wait_procs(family, timeout=60)[1] == []


def soon(condition, seconds):
    """Whether `condition` comes true within so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)
    return condition()


def _servers():
    """The servers of this process that are running."""
    alive = [c for c in psutil.Process().children() if c.status() != psutil.STATUS_ZOMBIE]
    return [child for child in alive if "forkserver" in " ".join(child.cmdline())]


def running(word):
    """Whether a process with `word` on its command line is alive."""
    return any(
        word in (process.info["cmdline"] or [])
        for process in psutil.process_iter(["cmdline"])
        if process.pid != os.getpid()
    )
