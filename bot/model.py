"""The trained models, loaded for serving."""

import sys
from collections.abc import Mapping, Sequence

from classifier.artefact import default_artefact, is_stale, training_data
from classifier.judge import load_judge
from classifier.labels import Judge, Redact
from classifier.personal.redact import load_redact

#: For each landlord, the words that are its own and stay: names, numbers, domains, blocks.
Keep = Mapping[str, Sequence[str]]


def load_model(keep: Keep) -> tuple[Judge, Redact]:
    """Return the judge and the redactor; where there is no model yet, train it first."""
    if is_stale(default_artefact(), training_data()):
        from classifier.train import train  # noqa: PLC0415 - sklearn comes with it

        _say("Training the model, once: this takes a minute or two.")
        train(training_data(), default_artefact(), _say)
    return load_judge(default_artefact()), load_redactor(keep)


def load_redactor(keep: Keep) -> Redact:
    """Return the redactor alone."""
    return load_redact(default_artefact(), keep)


def _say(progress: str) -> None:
    print(progress, file=sys.stderr, flush=True)  # noqa: T201 - somebody waits and wants to know
