"""What is on record."""

from typing import Annotated

import typer

from bot.cli.app import HERE, RECORD, AsJson, Data, main, plain_errors


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
