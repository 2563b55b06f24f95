"""Turns scores into calibrated probabilities."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from classifier.labels import Label
from classifier.scorer import Array

#: An output of this kind is a whole set of labels: `set:complaint+service_request`.
SET, JOIN = "set:", "+"
#: The output that says of praise that it is not meant.
IRONY = "irony"
#: The ways by which messages come, in the order in which the model knows them.
CHANNELS = ("email", "chat", "form", "social", "phone", "letter", "visit", "survey")


@dataclass(frozen=True, kw_only=True)
class Line:
    """Platt's line: a probability is the logistic function of slope times score plus offset."""

    slopes: Array = field(repr=False)
    offsets: Array = field(repr=False)

    def chances(self, scores: Array) -> Array:
        """Return the probabilities of rows of scores."""
        return squash(scores * self.slopes + self.offsets)


@dataclass(frozen=True, kw_only=True)
class Mix:
    """What the first outputs make of the scores of all: they know what comes together."""

    weights: Array = field(repr=False)
    offsets: Array = field(repr=False)

    def chances(self, known: Array) -> Array:
        """Return the probabilities of the first outputs for rows of what is known of texts."""
        return squash(known @ self.weights + self.offsets)


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """A line for each output, and for the first ones, the labels among them, a mix of all."""

    single: Line
    mixed: Mix

    def chances(self, scores: Array, channels: Sequence[str]) -> Array:
        """Return probabilities for rows of scores of texts that came by these channels."""
        chances = self.single.chances(scores)
        mixed = self.mixed.chances(gather(scores, channels))
        chances[:, : mixed.shape[1]] = mixed
        return chances


def gather(scores: Array, channels: Sequence[str]) -> Array:
    """Return what is known of texts when their labels are judged: scores, bent, and channel."""
    came = [[channel == known for known in CHANNELS] for channel in channels]
    return np.hstack([scores, squash(scores), np.array(came, dtype=np.float64)])


def squash(odds: Array) -> Array:
    """Return the logistic function of log odds."""
    chances: Array = 1.0 / (1.0 + np.exp(-odds))
    return chances


def name_set(labels: Iterable[Label]) -> str:
    """Return the name of the output for a set of labels."""
    return SET + JOIN.join(sorted(labels))
