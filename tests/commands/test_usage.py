"""How the command answers to mistakes and interruptions, whatever happens inside."""

import os
import signal
import subprocess
import sys
import warnings

import click
import pytest
from click.testing import CliRunner

from scorecard.commands import usage
from scorecard.errors import MonthError, Notice


def ended(error):
    """The exit status with which a command ends that raises `error`."""
    with pytest.raises(SystemExit) as exited, usage.errors():
        raise error
    return exited.value.code


def test_a_mistake_is_its_message_and_status_2(capsys):
    assert ended(MonthError("no such month")) == 2
    assert ended(PermissionError(13, "Permission denied", "wording.yml")) == 2
    assert capsys.readouterr().err == (
        "Error: no such month\n"
        "Error: wording.yml: this user has no permission, or a program has it open "
        "(Permission denied)\n"
    )


def test_a_notice_is_one_line_however_often_it_comes_and_another_warning_stays_one(capsys):
    def noticed():
        with usage.errors():
            for _ in range(2):
                warnings.warn("the copy is not up to date.", Notice, stacklevel=1)
            warnings.warn("old", DeprecationWarning, stacklevel=1)

    with pytest.warns(DeprecationWarning, match="old"):
        noticed()
    assert capsys.readouterr() == ("", "Note: the copy is not up to date.\n")


def test_a_fault_of_ours_is_no_mistake_of_theirs():
    with pytest.raises(ZeroDivisionError), usage.errors():
        1 / 0  # noqa: B018


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError, MonthError])
def test_an_interruption_is_one_even_if_a_library_makes_an_error_of_it(capsys, number, error):
    def interrupted():
        try:
            signal.raise_signal(number)
        except KeyboardInterrupt:
            raise error("Query interrupted") from None

    with pytest.raises(SystemExit) as exited, usage.errors():
        interrupted()
    assert exited.value.code == 130
    assert capsys.readouterr().err == "Interrupted; what was published before is unchanged.\n"


def test_the_signals_are_given_back():
    before = signal.getsignal(signal.SIGTERM)
    with usage.errors():
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.fixture
def commands():
    """A group of two commands; `run` needs no name."""
    run = usage.DefaultCommand(
        "run", params=[click.Argument(["words"], nargs=-1), click.Option(["--only"])],
        callback=lambda words, only: click.echo(f"run {words} {only}"),
    )  # fmt: skip
    group = usage.Commands(run, name="tool")
    group.command("load", help="Load it.")(lambda: click.echo("load"))
    return lambda *words: CliRunner().invoke(group, words, prog_name="tool").output


def test_a_first_word_that_names_no_command_belongs_to_the_default_one(commands):
    assert commands("load") == "load\n"
    assert commands("2016-08", "load") == "run ('2016-08', 'load') None\n"
    assert commands("--only", "load", "x") == "run ('x',) load\n"
    assert commands("run", "x") == "run ('x',) None\n"


def test_help_shows_the_options_of_the_default_command_and_the_other_commands(commands):
    shown = commands("--help")
    assert shown == commands()
    assert shown.startswith("Usage: tool [OPTIONS] [WORDS]...\n")
    assert "--only" in shown
    assert shown.endswith("Other commands:\n  load --help  Load it.\n")
    assert commands("x", "--wrong").startswith(
        "Usage: tool [OPTIONS] [WORDS]...\nTry 'tool --help'"
    )


@pytest.mark.skipif(os.name != "posix", reason="closed files are the shell's")
def test_no_file_is_taken_for_a_closed_standard_one():
    code = (
        "import os, sys\nfrom scorecard.commands import usage\nfor n in (0, 1): os.close(n)\n"
        "with usage.errors():\n    print(os.open('/dev/null', os.O_RDONLY), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True)
    assert int(done.stderr) > 2


@pytest.mark.parametrize(
    ("words", "months", "names"),
    [
        (["2024-06"], ["2024-06"], ()),
        (["2024-06", "b"], ["2024-06"], ("a", "b")),
        (["b", "2024-06"], ["2024-06"], ("a", "b")),
    ],
)
def test_names_after_only_are_distinguished_from_the_month(words, months, names):
    only = ("a",) if names else ()
    found = usage.months(words, None, only, ["status"])
    assert ([str(month) for month in found[0]], found[1]) == (months, names)


def test_an_appendix_may_be_called_like_a_command():
    assert usage.months(["2024-06", "status"], None, ("a",), ["status"])[1] == ("a", "status")


@pytest.mark.parametrize("words", [["statsu"], ["2024-06", "statsu"], ["Status"], ["status"]])
def test_a_misspelt_or_misplaced_command_is_reported(words):
    with pytest.raises(click.UsageError, match="`status`"):
        usage.months(words, None, (), ["check", "status"])
