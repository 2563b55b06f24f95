"""Dates, clocks and policies."""

from typing import Annotated

import typer

from bot.cli.app import DATES, HERE, AsJson, Data, main, plain_errors

PackName = Annotated[str, typer.Argument(help="A pack's name or a file.")]

policy = typer.Typer(no_args_is_help=True, help="Landlords' policies: list, show, check.")
main.add_typer(policy, name="policy", rich_help_panel=DATES)
calendar = typer.Typer(no_args_is_help=True, help="Bank holidays that were announced later.")
main.add_typer(calendar, name="calendar", rich_help_panel=DATES)


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
