"""The `heard` command: each part of it imports its machinery only when it runs."""

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
SERVE, JUDGE, MAIL = "Processes", "Judging text", "Reading mail"
DATES, RECORD = "Dates and policies", "The record"

policy = typer.Typer(no_args_is_help=True, help="Landlords' policies: list, show, check.")
main.add_typer(policy, name="policy", rich_help_panel=DATES)
calendar = typer.Typer(no_args_is_help=True, help="Bank holidays that were announced later.")
main.add_typer(calendar, name="calendar", rich_help_panel=DATES)


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
    from bot.commands.lines import opened_lines
    from bot.commands.redact import read_keep, redact_lines
    from bot.model import load_redactor
    from classifier.labels import Audience

    with plain_errors(), opened_lines(source) as lines:
        redactor = load_redactor({"": read_keep(keep) if keep else []})
        for line in redact_lines(lines, redactor, audience=Audience(audience)):
            print(line, flush=True)


@main.command(rich_help_panel=JUDGE)
def train(
    *,
    data: Annotated[
        Path | None, typer.Option(help="The folder with the labelled messages.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The folder for the model.")] = None,
    if_stale: Annotated[
        bool, typer.Option("--if-stale", help="Only where there is no model of today's data.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Only look for faults in the labelled messages.")
    ] = False,
    describe: Annotated[
        bool, typer.Option("--describe", help="Only count the labelled messages.")
    ] = False,
) -> None:
    """Train the model from the labelled messages.

    Example: heard train --check
    """
    from bot.commands import model
    from classifier.artefact import default_artefact, is_stale, training_data

    with plain_errors():
        if describe:
            model.describe_data(data=data)
            return
        if check:
            raise typer.Exit(model.check(data=data))
        if not if_stale or is_stale(out or default_artefact(), data or training_data()):
            model.train(data=data, out=out)


@main.command(rich_help_panel=JUDGE)
def evaluate(
    *,
    data: Annotated[
        Path | None, typer.Option(help="Labelled messages; those held out, where not given.")
    ] = None,
    plot: Annotated[
        Path | None, typer.Option(help="Draw how far its figures can be relied on, as a PNG.")
    ] = None,
    card: Annotated[Path | None, typer.Option(help="Write the model card.")] = None,
) -> None:
    """Say how good the model is on labelled messages.

    Example: heard evaluate --data mine.jsonl
    """
    from bot.commands import model

    with plain_errors():
        model.evaluate(data, plot=plot, card=card)


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


@main.command(rich_help_panel=SERVE)
def bench(
    rounds: Annotated[int, typer.Option(help="How often each is measured; the median counts.")] = 5,
) -> None:
    """Measure how fast mail is kept, against the bare mail server in the same run."""
    from bot.commands.bench import bench as measure

    with plain_errors():
        measure(rounds=rounds)


@calendar.command("add")
def calendar_add(
    day: Annotated[str, typer.Argument(help="Such as 2027-05-03.")],
    *,
    nation: Annotated[str, typer.Option(help="The nation whose holiday it is.")],
    reason: Annotated[str, typer.Option(help="Why, as it was announced.")],
    data: Data = HERE,
) -> None:
    """Record a newly announced bank holiday, and move the open clocks it touches.

    Example: heard calendar add 2027-05-03 --nation england --reason "Coronation"
    """
    from bot.commands.calendar import add_holiday

    with plain_errors():
        print(add_holiday(data, day, nation=nation, reason=reason))


@main.command(rich_help_panel=MAIL)
def read(
    files: Annotated[list[str], typer.Argument(help=".eml files, or - for standard input.")],
) -> None:
    """Read mails: a line of JSON for each, whatever is in them.

    Example: heard read letter.eml
    """
    from bot.commands import mailbox

    with plain_errors():
        raise typer.Exit(mailbox.read(files))


@main.command(rich_help_panel=MAIL)
def trim(
    source: Source = "-",
    *,
    html: Annotated[bool, typer.Option("--html", help="It is HTML.")] = False,
    jsonl: Annotated[str, typer.Option(help="A file of JSON Lines, or -.")] = "",
) -> None:
    """Print what a person newly wrote of a mail's body, without what they quote.

    Example: heard trim body.txt
    """
    from bot.commands import mailbox

    with plain_errors():
        if jsonl:
            mailbox.trim_lines(jsonl)
        else:
            mailbox.trim(source, html=html)


@main.command(rich_help_panel=MAIL)
def subject() -> None:
    """Print subjects, a line each, without "Re:", "Fwd:" and the like."""
    from bot.commands import mailbox

    with plain_errors():
        mailbox.subject()
