"""Reading mail."""

from typing import Annotated

import typer

from bot.cli.app import MAIL, Source, main, plain_errors


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
