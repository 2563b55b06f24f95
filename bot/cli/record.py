"""What is on record."""

import os
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import HERE, RECORD, AsJson, Data, main, plain_errors

POLITE = 10  # of 19: how far an import steps back behind live work

audit = typer.Typer(no_args_is_help=True, help="Whether the record is what was written into it.")
main.add_typer(audit, name="audit", rich_help_panel=RECORD)


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


@main.command("import", rich_help_panel=RECORD)
def import_mail(
    paths: Annotated[
        list[Path], typer.Argument(help="mbox or .eml files, Maildirs, or folders of them.")
    ],
    *,
    data: Data = HERE,
    landlord: Annotated[
        str | None, typer.Option(help="Whose mail it is, where there are several.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write nothing: print what would be recorded.")
    ] = False,
    live: Annotated[
        bool, typer.Option("--live", help="Take it in as if it came today: cards, letters, dates.")
    ] = False,
) -> None:
    """Take an old mailbox into the record: no card, no letter and no reminder come of it.

    Example: heard import --dry-run complaints.mbox
    """
    from bot.commands.import_ import import_mail as take_in

    with plain_errors():
        os.nice(POLITE)  # what residents write now comes first
        raise typer.Exit(take_in(paths, data=data, landlord=landlord, dry_run=dry_run, live=live))


@audit.command("verify")
def audit_verify(data: Data = HERE) -> None:
    """Follow every chain of events, and name what was changed, cut or taken away.

    Exits with 1 where the record does not hold. Example: heard audit verify
    """
    from bot.commands.audit import Verdict, verify_audit

    verdict = Verdict()
    with plain_errors():
        for line in verify_audit(data, verdict):
            print(line)
        raise typer.Exit(verdict.status)


@main.command(rich_help_panel=RECORD)
def purge(
    *,
    data: Data = HERE,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
) -> None:
    """Remove the personal data of cases that ended longer ago than they are kept.

    The events stay, and `heard audit verify` still holds. Example: heard purge --dry-run
    """
    from bot.commands.purge import purge_outlived

    with plain_errors():
        for line in purge_outlived(data, dry_run=dry_run):
            print(line)
