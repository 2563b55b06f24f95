"""Measures the judge against labelled messages."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from classifier.dataset import Example
from classifier.labels import Assessment, Band, Flag, Hazard, Judge, Label
from classifier.measures import (
    Rows,
    Score,
    Truth,
    average_precision,
    calibration_error,
    macro_f1,
    recall_at,
    score,
)
from classifier.normalise import tokens
from classifier.scorer import Array

BATCH = 32
#: Words from which a message counts as of middling length, and as long.
MIDDLING, LONG = 13, 61
#: A register, such as "furious", is told of from so many messages on.
FEWEST_OF_REGISTER = 20
OUTPUTS = (
    *(str(label) for label in Label),
    *(f"flag:{flag}" for flag in Flag),
    *(f"hazard:{hazard}" for hazard in Hazard),
)
#: The ways to divide messages, in the order in which they are told of.
CHANNEL, LENGTH, DIFFICULTY, REGISTER = range(4)
#: The shares of all messages at which the curve tells of complaints found.
CURVE = (0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8)


@dataclass(frozen=True)
class Judged:
    """Messages with what the judge made of them."""

    examples: Sequence[Example]
    assessments: Sequence[Assessment]

    @cached_property
    def truth(self) -> Truth:
        """What is so: a row for each message, a column for each output."""
        return np.array([[o in e.outputs for o in OUTPUTS] for e in self.examples], dtype=bool)

    @cached_property
    def found(self) -> Truth:
        """What was proposed and raised."""
        outputs = [_outputs(assessment) for assessment in self.assessments]
        return np.array([[o in found for o in OUTPUTS] for found in outputs], dtype=bool)

    @cached_property
    def noticed(self) -> Truth:
        """Where dissatisfaction was marked, or staff asked about it."""
        return np.array([a.band is not Band.UNMARKED for a in self.assessments], dtype=bool)

    @cached_property
    def complaint(self) -> Truth:
        """Which messages are complaints."""
        return self.truth[:, OUTPUTS.index(Label.COMPLAINT)]

    def chances(self, label: Label) -> Array:
        """Return the probabilities of a label."""
        return np.array([assessment.probabilities[label] for assessment in self.assessments])

    def score(self, output: str) -> Score:
        """Return how often one output was right."""
        column = OUTPUTS.index(output)
        return score(self.found[:, column], self.truth[:, column])

    def only(self, wanted: Callable[[Example], bool]) -> "Judged":
        """Return the part of it that is wanted."""
        pairs = zip(self.examples, self.assessments, strict=True)
        kept = [(e, a) for e, a in pairs if wanted(e)]
        return Judged([e for e, _ in kept], [a for _, a in kept])

    @property
    def situations(self) -> list[str]:
        """The situation of each message."""
        return [example.situation for example in self.examples]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Something measured, of any rows of what was judged."""

    name: str
    measure: Callable[[Rows], float]


def judge_all(judge: Judge, examples: Sequence[Example]) -> Judged:
    """Judge labelled messages in batches."""
    texts = [example.as_text() for example in examples]
    batches = (texts[start : start + BATCH] for start in range(0, len(texts), BATCH))
    return Judged(examples, [a for batch in batches for a in judge(batch)])


def list_figures(judged: Judged) -> list[Figure]:
    """Return what is measured of the whole, to be told with its interval."""
    labels = len(Label)
    found, truth = judged.found[:, :labels], judged.truth[:, :labels]
    chances = judged.chances(Label.COMPLAINT)
    seen, complaint = judged.noticed, judged.complaint
    return [
        Figure(name="macro-F1", measure=lambda r: macro_f1(found[r], truth[r])),
        Figure(
            name="complaints marked or possible",
            measure=lambda r: score(seen[r], complaint[r]).recall,
        ),
        Figure(name="messages marked or possible", measure=lambda r: float(seen[r].mean())),
        Figure(
            name="complaint, average precision",
            measure=lambda r: average_precision(chances[r], complaint[r]),
        ),
        Figure(
            name="complaint, calibration error",
            measure=lambda r: calibration_error(chances[r], complaint[r]),
        ),
    ]


def measure_output(judged: Judged, output: str) -> tuple[Figure, Figure]:
    """Return the precision and the recall of one output."""
    column = OUTPUTS.index(output)
    found, truth = judged.found[:, column], judged.truth[:, column]
    return (
        Figure(name="precision", measure=lambda r: score(found[r], truth[r]).precision),
        Figure(name="recall", measure=lambda r: score(found[r], truth[r]).recall),
    )


def draw_curve(judged: Judged) -> Iterator[tuple[float, float]]:
    """Return for shares of all messages marked what share of the complaints is among them."""
    chances = judged.chances(Label.COMPLAINT)
    for share in CURVE:
        yield share, recall_at(chances, judged.complaint, share)


def count_praised(judged: Judged) -> tuple[int, int, int]:
    """Return how many messages are sarcastic, how many of them were praised, how many unasked."""
    sarcastic = judged.only(lambda example: example.sarcastic)
    praised = [a for a in sarcastic.assessments if _praised(a)]
    unasked = sum(assessment.band is Band.UNMARKED for assessment in praised)
    return len(sarcastic.examples), len(praised), unasked


def divide(judged: Judged) -> Iterator[tuple[str, Judged]]:
    """Divide messages by channel, length, difficulty and register; what is empty is left out."""
    kinds = [kind for example in judged.examples for kind in _kinds(example)]
    for (what, name), count in sorted(Counter(kinds).items(), key=lambda k: (k[0][0], -k[1], k[0])):
        if what != REGISTER or count >= FEWEST_OF_REGISTER:
            yield name, judged.only(partial(_is_of, kind=(what, name)))


def _is_of(example: Example, *, kind: tuple[int, str]) -> bool:
    return kind in _kinds(example)


def _kinds(example: Example) -> list[tuple[int, str]]:
    """Return the kinds of message that one is, with the order in which kinds are told of."""
    words = len(tokens(example.text))
    lengths = (
        f"under {MIDDLING} words",
        f"{MIDDLING} to {LONG - 1} words",
        f"{LONG} words or more",
    )
    kinds = [
        (CHANNEL, example.channel),
        (LENGTH, lengths[(words >= MIDDLING) + (words >= LONG)]),
        (DIFFICULTY, "hard" if example.hard else "easy"),
    ]
    kinds += [(DIFFICULTY, "sarcastic")] if example.sarcastic else []
    return [*kinds, (REGISTER, f"register: {example.register}")] if example.register else kinds


def _outputs(assessment: Assessment) -> frozenset[str]:
    return frozenset(
        [
            *assessment.labels,
            *(f"flag:{flag}" for flag in assessment.flags),
            *(f"hazard:{hazard}" for hazard in assessment.hazards),
        ]
    )


def _praised(assessment: Assessment) -> bool:
    return Label.COMPLIMENT in assessment.labels and Label.COMPLAINT not in assessment.labels
