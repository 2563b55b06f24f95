"""The processes that serve, and how fast they are."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import HERE, SERVE, Data, main, plain_errors


def _serve(process: Callable[[Path], None], data: Path) -> None:
    from bot.logs import set_up_logs

    set_up_logs()
    with plain_errors():
        process(data)


@main.command(rich_help_panel=SERVE)
def run(data: Data = HERE) -> None:
    """Run everything in one process: mail, web, desk, worker, and Slack where it is set.

    Example: heard run --data /var/lib/heard
    """
    from bot.commands.run import run as process

    _serve(process, data)


@main.command(rich_help_panel=SERVE)
def mail(data: Data = HERE) -> None:
    """Run the mail door alone, beside `heard web` and `heard worker`."""
    from bot.commands.mail import run_mail

    _serve(run_mail, data)


@main.command(rich_help_panel=SERVE)
def web(data: Data = HERE) -> None:
    """Run the public web alone: residents' forms, webhooks, Slack over HTTP."""
    from bot.commands.run import run_web

    _serve(run_web, data)


@main.command(rich_help_panel=SERVE)
def worker(data: Data = HERE) -> None:
    """Run the worker alone: it reads, assesses, shows and sends."""
    from bot.commands.run import run_worker

    _serve(run_worker, data)


@main.command(rich_help_panel=SERVE)
def bench(
    rounds: Annotated[int, typer.Option(help="How often each is measured; the median counts.")] = 5,
) -> None:
    """Measure how fast mail is kept, against the bare mail server in the same run."""
    from bot.commands.bench import bench as measure

    with plain_errors():
        measure(rounds=rounds)
