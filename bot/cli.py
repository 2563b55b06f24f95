"""The `heard` command: each part of it imports its machinery only when it runs."""

import logging
import os
import sys
from collections.abc import Callable, Iterator
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
PackName = Annotated[str, typer.Argument(help="A pack's name or a file.")]
SERVE, JUDGE, DATES, RECORD = "Processes", "Judging text", "Dates and policies", "The record"

policy = typer.Typer(no_args_is_help=True, help="Landlords' policies: list, show, check.")
main.add_typer(policy, name="policy", rich_help_panel=DATES)


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


def _serve(process: Callable[[Path], None], data: Path) -> None:
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
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


@main.command(rich_help_panel=JUDGE)
def classify(source: Source = "-") -> None:
    """Judge messages: JSON Lines in, JSON Lines out.

    Example: echo '{"id": 1, "text": "Third time I have rung about the boiler"}' | heard classify
    """
    from bot.commands.classify import classify as judge

    with plain_errors():
        judge(source)


@main.command(rich_help_panel=JUDGE)
def redact(
    source: Source = "-",
    audience: Annotated[
        str, typer.Option(help="public hides every kind; staff keeps what a triager needs.")
    ] = "public",
    keep: Annotated[Path | None, typer.Option(help="A file of words to keep, one a line.")] = None,
) -> None:
    """Hide personal data: JSON Lines in, JSON Lines out.

    Example: echo '{"id": 1, "text": "Ring me on 07700 900123"}' | heard redact
    """
    from bot.commands.redact import redact as hide

    with plain_errors():
        hide(source, audience=audience, keep=keep)


@main.command(rich_help_panel=DATES)
def due(
    *,
    start: Annotated[str, typer.Option("--from", help="A date or an instant, ISO 8601.")] = "",
    length: Annotated[str, typer.Option(help="5wd, 24h, 30d, 12w or 6m.")] = "",
    nation: Annotated[str, typer.Option(help="The nation of the home.")] = "england",
    count_from: Annotated[str, typer.Option(help="day0, or day1 where receipt counts.")] = "day0",
    roll: Annotated[bool, typer.Option("--roll", help="Move off a day off.")] = False,
    jsonl: Annotated[str, typer.Option(help="A file of questions, or - for standard input.")] = "",
) -> None:
    """Say when a period is over, by the working days of a nation.

    Example: heard due --from 2026-12-24 --length 5wd
    """
    from bot.commands.dates import answer_lines, tell_due
    from bot.commands.lines import opened_lines

    with plain_errors():
        if jsonl:
            with opened_lines(jsonl) as lines:
                for line in answer_lines(lines):
                    print(line)
            return
        if not start or not length:
            raise ValueError("due: expected --from and --length, or --jsonl")
        found = tell_due(start, length, nation=nation, count_from=count_from, roll=roll)
        print(found.text)
        if found.projected:
            typer.echo("projected: the bank holidays of that year are not announced", err=True)


@main.command(rich_help_panel=DATES)
def clocks(
    events: Annotated[list[str], typer.Argument(help="Such as received=2026-12-24.")],
    *,
    policy: Annotated[str, typer.Option(help="A pack's name or a file.")] = "ombudsman-code",
    nation: Annotated[str | None, typer.Option(help="The nation of the home.")] = None,
    hazard: Annotated[str | None, typer.Option(help="emergency or significant.")] = None,
) -> None:
    """Say which clocks these events start and end, and when each is due.

    Example: heard clocks --policy progress received=2026-12-24 acknowledged=2026-12-29
    """
    from bot.commands.dates import tell_clocks

    with plain_errors():
        print(tell_clocks(policy, events, nation=nation, hazard=hazard))


@policy.command("list")
def policy_list() -> None:
    """Name the packs that we ship."""
    from bot.commands.policy import list_policies

    with plain_errors():
        print(list_policies())


@policy.command("show")
def policy_show(name: PackName, *, json: AsJson = False) -> None:
    """Show all that one pack lays down."""
    from bot.commands.policy import show_policy

    with plain_errors():
        print(show_policy(name, as_json=json))


@policy.command("check")
def policy_check(
    names: Annotated[list[str], typer.Argument(help="Packs or files.")], *, json: AsJson = False
) -> None:
    """Show each place where a policy falls short of the Code or contradicts itself."""
    from bot.clock import utc_now
    from bot.commands.policy import check_policies
    from intake.domain.clock import LONDON

    with plain_errors():
        today = utc_now().astimezone(LONDON).date()
        found = check_policies(names, today=today, as_json=json)
        print(found.text)
        raise typer.Exit(found.status)


@main.command(rich_help_panel=RECORD)
def case(
    reference: Annotated[str, typer.Argument(help="As it was read out: case and dashes are free.")],
    *,
    data: Data = HERE,
    json: AsJson = False,
    original: Annotated[
        bool, typer.Option("--original", help="Show the words as they came, not redacted.")
    ] = False,
) -> None:
    """Show one case: its messages, clocks, links, letters and events."""
    from bot.commands.record import show_case

    with plain_errors():
        print(show_case(data, reference, original=original, as_json=json))


@main.command(rich_help_panel=RECORD)
def cases(
    *,
    data: Data = HERE,
    json: AsJson = False,
    status: Annotated[str | None, typer.Option(help="Such as awaiting_triage.")] = None,
    due_before: Annotated[str | None, typer.Option(help="A date: what is due before it.")] = None,
) -> None:
    """List the cases, the most pressing first."""
    from bot.commands.record import list_cases

    with plain_errors():
        for line in list_cases(data, status=status, due_before=due_before, as_json=json):
            print(line)
