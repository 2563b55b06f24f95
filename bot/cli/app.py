"""The command itself, and what its parts share."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

main = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Intake and triage of residents' messages for UK social landlords.",
    epilog="To try it: `heard run`, and open the link that it prints.",
)

UNUSABLE = 2
Data = Annotated[
    Path, typer.Option("--data", help="The folder for the database, files and heard.toml.")
]
HERE = Path("heard-data")
Source = Annotated[str, typer.Argument(help="A file, or - for standard input.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
SERVE, JUDGE, MAIL = "Processes", "Judging text", "Reading mail"
DATES, RECORD = "Dates and policies", "The record"


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it so
    if wanted:
        typer.echo(f"heard {version('heard')}")
        raise typer.Exit


@main.callback()
def heard(
    *,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Say which this is."),
    ] = False,
) -> None:
    """Take what every command takes."""


@contextmanager
def plain_errors() -> Iterator[None]:
    """Say what is wrong in one line, and exit with 2."""
    from bot.serve import PortError
    from bot.settings import SettingsError

    try:
        yield
    except (SettingsError, PortError, ValueError) as error:
        typer.echo(f"heard: {error}", err=True)
        raise typer.Exit(UNUSABLE) from None
    except BrokenPipeError:
        # Whoever read us has seen enough; say nothing more, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
