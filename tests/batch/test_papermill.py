"""What `engine/papermill.py` leans on inside papermill, nbclient and IPython.

One of these fails when a new release changes it; the standard engine needs none but the last two.
"""

import inspect
from unittest.mock import Mock

import nbformat
from IPython.core.interactiveshell import InteractiveShell
from papermill import engines, execute, execute_notebook
from papermill.clientwrap import PapermillNotebookClient
from papermill.exceptions import PapermillExecutionError

from scorecard.batch.engine import papermill
from scorecard.batch.engine.capture import Shell
from support.batches import make_notebook


def test_our_engines_are_known_to_papermill_by_name():
    for name, engine in ((papermill.INSIDE, papermill.InsideEngine),
                         (papermill.NBCLIENT, papermill.KernelEngine)):  # fmt: skip
        assert engines.papermill_engines.get_engine(name) is engine


def test_papermill_hands_an_engine_its_manager_the_kernel_s_name_and_our_options(tmp_path):
    seen = {}

    class Engine(engines.Engine):
        @classmethod
        def execute_managed_notebook(cls, nb_man, kernel_name, **options):
            seen.update(options, manager=nb_man, kernel=kernel_name)

    engines.papermill_engines.register("contract", Engine)
    path = make_notebook(tmp_path / "page.ipynb", "x = 1")
    execute_notebook(
        str(path), str(tmp_path / "done.ipynb"), parameters={"unit": "x"},
        engine_name="contract", progress_bar=False, request_save_on_cell_execute=False, watch=len,
    )  # fmt: skip
    assert isinstance(seen["manager"], engines.NotebookExecutionManager)
    assert (seen["kernel"], seen["watch"]) == ("python3", len)
    assert seen["manager"].nb.metadata.papermill["input_path"] == str(path)


def test_the_manager_has_the_calls_we_make_and_saves_nothing_unless_asked_to():
    manager = engines.NotebookExecutionManager
    for name in ("cell_start", "cell_exception", "cell_complete"):
        assert list(inspect.signature(getattr(manager, name)).parameters)[:2] == ["self", "cell"]
    assert "self.output_path" in inspect.getsource(manager.save)


def test_papermill_saves_once_at_the_end_or_at_a_failure_and_by_our_function():
    for function in (execute.execute_notebook, execute.raise_for_execution_errors):
        assert inspect.getsource(function).count("write_ipynb(nb, output_path)") == 1
    assert execute.write_ipynb is papermill._write


def test_papermill_stops_at_a_cell_marked_as_failed_and_says_where():
    names = ["cell_index", "exec_count", "source", "ename", "evalue", "traceback"]
    assert list(inspect.signature(PapermillExecutionError).parameters) == names


def test_nbclient_has_the_options_the_standard_engine_sets():
    traits = PapermillNotebookClient.class_traits()
    needed = {"on_cell_start", "on_cell_executed", "coalesce_streams", "shutdown_kernel"}
    assert needed <= set(traits)
    assert "immediate" in traits["shutdown_kernel"].values


def test_papermill_s_own_engine_passes_options_on_to_the_client():
    source = inspect.getsource(engines.NBClientEngine.execute_managed_notebook)
    assert "PapermillNotebookClient(nb_man, **final_kwargs)" in source


def test_ipython_makes_its_publisher_and_hook_of_the_classes_we_name():
    assert {"display_pub_class", "displayhook_class"} <= set(InteractiveShell.class_traits())
    assert Shell.display_pub_class is not InteractiveShell.display_pub_class
    assert "_showtraceback" in inspect.getsource(InteractiveShell.showtraceback)
    result = inspect.signature(InteractiveShell.run_cell).parameters
    assert {"raw_cell", "store_history"} <= set(result)


def test_an_executed_notebook_is_valid(tmp_path):
    path = make_notebook(tmp_path / "page.ipynb", "1 + 1", "print('x')")
    execute = {"progress_bar": False, "request_save_on_cell_execute": False}
    execute_notebook(
        str(path), str(tmp_path / "done.ipynb"), parameters={"unit": "x"},
        engine_name=papermill.NBCLIENT, watch=Mock(), **execute,
    )  # fmt: skip
    nbformat.validate(nbformat.read(tmp_path / "done.ipynb", as_version=4))
