"""How people type the command: what they mean by it, and how it answers when that is unclear."""

from __future__ import annotations

import os
import shlex
import sys
import warnings
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scorecard import interruption
from scorecard.errors import (
    BUSY,
    MonthError,
    Notice,
    RunningError,
    ScorecardError,
    plain_words,
    unprinted,
)
from scorecard.months import Month, is_month
from scorecard.unseen import visible, visible_line
from scorecard.wording import to_type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

FAILED, WRONG = 1, 2


class _Context(click.Context):
    """The context of the command that needs no name."""

    @property
    def command_path(self) -> str:
        """What is typed to run it."""
        return self.parent.command_path if self.parent else super().command_path


class DefaultCommand(click.Command):
    """The command that runs when the first word is not a command's name."""

    context_class = _Context


class Commands(click.Group):
    """Commands of which one, `default`, needs no name: `--help` shows its options first."""

    ignore_unknown_options = True  # they belong to `default`

    def __init__(self, default: DefaultCommand, **settings: Any) -> None:
        super().__init__(**settings)
        self.default = default
        self.add_command(default)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command to run: by its name, which is then left out of `args`, or `default`."""
        if args[0] in self.commands:
            return super().resolve_command(ctx, args)
        return self.default.name, self.default, args

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help of `default`, and the names of the other commands below."""
        with click.Context(self.default, info_name=ctx.info_name) as inner:
            self.default.format_help(inner, formatter)
        others = {n: c for n, c in self.commands.items() if c is not self.default}
        with formatter.section("Other commands"):
            formatter.write_dl(
                [(f"{name} --help", each.get_short_help_str(200)) for name, each in others.items()]
            )


def months(
    words: Sequence[str], month_range: str | None, only: tuple[str, ...], commands: Iterable[str]
) -> tuple[list[Month], tuple[str, ...]]:
    """The months to run and the names after `--only`, of which click takes just the first.

    Raises `click.UsageError` and `MonthError`, with a word on the command that may be meant.
    """
    if not only:
        for word in words:
            _refuse_command(word, list(commands))
    if month_range is not None:
        found = _range(month_range)
        if any(is_month(word) for word in words):
            raise click.UsageError("give MONTH or --month-range, not both")
    else:
        if not words:
            raise click.UsageError(f"say which month, as in `{to_type('2016-08')}`")
        typed = next((word for word in words if is_month(word)), words[0])
        words = [word for word in words if word != typed]
        found = [Month.parse(typed)]
    if words and not only and is_month(words[0]):
        raise click.UsageError("several months are run with --month-range, as in 2015-09:2016-08")
    if words and not only:
        raise click.UsageError(
            f"unexpected `{words[0]}`; to run some appendices, name them after --only"
        )
    return found, (*only, *words)


@contextmanager
def errors() -> Iterator[None]:
    """A mistake is a message and status 2; an interruption ends without a traceback.

    A `Notice` is a line, shown once.
    """
    _open_standard()
    with interruption.heard():
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("once", Notice)
                warnings.showwarning = _notice(warnings.showwarning)
                yield
        except (Exception, KeyboardInterrupt) as error:
            # DuckDB, for one, makes an error of its own of an interruption.
            if interruption.asked():
                interruption.show_cursor()
                click.echo(interruption.message(), err=True)
                sys.exit(interruption.STATUS)
            if isinstance(error, (ScorecardError, OSError)):
                click.echo(f"Error: {visible(_words(error))}", err=True)
                sys.exit(BUSY if isinstance(error, RunningError) else WRONG)
            raise


def say(words: str) -> None:
    """Print what a run says; `OutputsError` when that can't be written."""
    try:
        click.echo(words)
    except OSError as error:
        raise unprinted(error) from error


def cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def typed() -> str:
    """The command as it was typed, to be typed again."""
    return shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]])


def shown(path: Path) -> str:
    """A path as short as it can be written from here."""
    here = Path.cwd()
    return visible_line(str(path.relative_to(here) if path.is_relative_to(here) else path))


def _open_standard() -> None:
    """See to it that none of the three standard files is closed, here or in a child.

    Else the next file opened, which may be a pipe between the two, would be taken for it.
    """
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(descriptor, True)
    os.close(descriptor)


def _notice(others: Callable[..., None]) -> Callable[..., None]:
    """What shows a `Notice` as a line, and leaves other warnings to `others`."""

    def show(message: Warning | str, category: type[Warning], *where: Any) -> None:
        if issubclass(category, Notice):
            click.echo(f"Note: {visible(str(message))}", err=True)
        else:
            others(message, category, *where)

    return show


def _words(error: ScorecardError | OSError) -> str:
    """An error in words; the system's own speak of a file."""
    if isinstance(error, ScorecardError):
        return str(error)
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{plain_words(error)}"


def _refuse_command(word: str, commands: Sequence[str]) -> None:
    """Say so when `word` is a command in the wrong place, or nearly one."""
    if word in commands:
        raise click.UsageError(f"`{word}` comes first, as in `{to_type(word)}`")
    near = get_close_matches(word, commands, n=1, cutoff=0.6)
    if near:
        raise click.UsageError(f"unknown command `{word}`; did you mean `{near[0]}`?")


def _range(month_range: str) -> list[Month]:
    """The months of `2015-09:2016-08`."""
    first, colon, last = month_range.partition(":")
    if not colon:
        raise click.UsageError("--month-range takes two months, as in 2015-09:2016-08")
    found = Month.parse(first).until(Month.parse(last))
    if not found:
        raise MonthError(f"--month-range {month_range} ends before it begins")
    return found
