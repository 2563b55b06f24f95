"""What `heard train` and `heard evaluate` do."""

import sys
from pathlib import Path


class ModelError(ValueError):
    """The data or the model cannot be used; the message says which and why."""


def train(*, data: Path | None = None, out: Path | None = None, date: str = "") -> None:
    """Train the judge on labelled messages and keep it where `heard` looks for it.

    Raises:
        ModelError: the messages cannot be used.
    """
    from classifier.artefact import default_artefact, training_data
    from classifier.dataset import DatasetError
    from classifier.train import train as train_judge

    try:
        train_judge(data or training_data(), out or default_artefact(), _tell, date=date)
    except (DatasetError, OSError) as error:
        raise ModelError(str(error)) from error


def check(*, data: Path | None = None) -> int:
    """Print what is wrong with the labelled messages; return 1 if anything serious is, else 0."""
    from classifier.artefact import training_data
    from classifier.check import check as check_data

    serious = False
    for finding in check_data(data or training_data()):
        serious = serious or finding.serious
        print(f"{'error' if finding.serious else 'note'}: {finding.says}")
    return 1 if serious else 0


def evaluate(
    source: Path | None = None,
    *,
    artefact: Path | None = None,
    plot: Path | None = None,
    card: Path | None = None,
) -> None:
    """Print how good the judge is on a file or folder of labelled messages, or those held out.

    With `plot`, draw there (PNG) how probabilities of complaint compare with what is so; with
    `card`, write the figures into that model card.

    Raises:
        ModelError: there is no model, or the messages cannot be used.
    """
    from classifier.artefact import ArtefactError, training_data
    from classifier.card import tell, write_card
    from classifier.dataset import DatasetError, load_examples
    from classifier.evaluate import judge_all
    from classifier.judge import load_judge
    from classifier.labels import Label
    from classifier.measures import find_bins
    from classifier.plot import draw_reliability

    held_out = source or training_data() / "heldout"
    try:
        examples = load_examples(held_out)
        judge = load_judge(artefact)
    except (DatasetError, ArtefactError) as error:
        raise ModelError(str(error)) from error
    if not examples:
        raise ModelError(f"{held_out} holds no messages")
    judged = judge_all(judge, examples)
    heading = f"{judge.name} on {held_out.name}"
    lines = list(tell(judged))
    print(f"Model {heading}.", "", *lines, sep="\n")
    if plot:
        bins = find_bins(judged.chances(Label.COMPLAINT), judged.complaint)
        plot.write_bytes(draw_reliability(bins))
    if card:
        old = card.read_text(encoding="utf-8") if card.exists() else ""
        card.write_text(write_card(old, heading, lines), encoding="utf-8")


def describe_data(*, data: Path | None = None) -> None:
    """Print how many labelled messages of each kind there are, for the data sheet.

    Raises:
        ModelError: the messages cannot be used.
    """
    from classifier.artefact import training_data
    from classifier.check import count
    from classifier.dataset import DatasetError, load_examples

    for split in ("messages", "heldout"):
        try:
            examples = load_examples((data or training_data()) / split)
        except DatasetError as error:
            raise ModelError(str(error)) from error
        print(f"# {split}")
        for line in count(examples):
            print(line)


def _tell(step: str) -> None:
    """Progress goes to standard error, so that nothing but answers is on standard output."""
    print(step, file=sys.stderr, flush=True)
