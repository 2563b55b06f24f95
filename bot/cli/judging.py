"""Judging texts, hiding personal data, and the model that does it."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import HERE, JUDGE, Source, main, plain_errors

OfRecord = Annotated[
    Path, typer.Option("--record", help="The folder with the record of what staff confirmed.")
]
Keep = Annotated[Path | None, typer.Option(help="A file of words to keep, one a line.")]

evaluation = typer.Typer(
    invoke_without_command=True, help="How good the model is, and how well personal data is hidden."
)
main.add_typer(evaluation, name="evaluate", rich_help_panel=JUDGE)


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
    keep: Keep = None,
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
def train(  # noqa: PLR0913 - the options of a command
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
    with_corrections: Annotated[
        bool,
        typer.Option(
            "--with-corrections",
            help="Learn from what staff confirmed, hid and showed, if it is no worse.",
        ),
    ] = False,
    roll_back: Annotated[
        bool, typer.Option("--roll-back", help="Let the model that served before serve again.")
    ] = False,
    record: OfRecord = HERE,
) -> None:
    """Train the model from the labelled messages.

    Examples: heard train --check; heard train --with-corrections --record /var/lib/heard
    """
    from bot.commands import learn, model
    from classifier.artefact import default_artefact, is_stale, training_data

    with plain_errors():
        if describe:
            model.describe_data(data=data)
            return
        if check:
            raise typer.Exit(model.check(data=data))
        if roll_back:
            print(learn.roll_back(artefact=out))
            return
        if with_corrections:
            for line in learn.learn_from_record(record, data=data, artefact=out):
                print(line, flush=True)
            return
        if not if_stale or is_stale(out or default_artefact(), data or training_data()):
            model.train(data=data, out=out)


@evaluation.callback()
def evaluate(
    context: typer.Context,
    *,
    data: Annotated[
        Path | None, typer.Option(help="Labelled messages; those held out, where not given.")
    ] = None,
    plot: Annotated[
        Path | None, typer.Option(help="Draw how far its figures can be relied on, as a PNG.")
    ] = None,
    card: Annotated[Path | None, typer.Option(help="Write the model card.")] = None,
    live: Annotated[
        bool, typer.Option("--live", help="Week by week, on what staff confirmed.")
    ] = False,
    record: OfRecord = HERE,
) -> None:
    """Say how good the model is on labelled messages.

    Example: heard evaluate --data mine.jsonl
    """
    if context.invoked_subcommand is not None:
        return
    from bot.commands import learn, model

    with plain_errors():
        if live:
            for line in learn.live_from_record(record):
                print(line)
            return
        model.evaluate(data, plot=plot, card=card)


@evaluation.command("redaction")
def evaluate_redaction(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Files of texts in which what is personal is marked; where none is given, ours."
        ),
    ] = None,
    *,
    keep: Keep = None,
) -> None:
    """Measure what is hidden in marked texts, and what in vain, set by set, beside each target.

    Example: heard evaluate redaction tests/classifier/personal/*/*.jsonl
    """
    from bot.commands.evaluate_redaction import evaluate_redaction as measure, marked_files
    from bot.commands.redact import read_keep
    from bot.model import load_redactor

    with plain_errors():
        redactor = load_redactor({"": read_keep(keep) if keep else []})
        print(measure(files or marked_files(), redactor))
