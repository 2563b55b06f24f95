"""Turns scores into calibrated probabilities."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from classifier.labels import Label
from classifier.scorer import Array

#: An output of this kind is a whole set of labels: `set:complaint+service_request`.
SET, JOIN = "set:", "+"
#: The output that says of praise that it is not meant.
IRONY = "irony"
#: Keeps a probability off nought and one, where its odds have no end.
EDGE = 1e-9


@dataclass(frozen=True, kw_only=True)
class Line:
    """Platt's line: a probability is the logistic function of slope times score plus offset."""

    slopes: Array = field(repr=False)
    offsets: Array = field(repr=False)

    def chances(self, scores: Array) -> Array:
        """Return the probabilities of rows of scores."""
        chances: Array = 1.0 / (1.0 + np.exp(-(scores * self.slopes + self.offsets)))
        return chances


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """A line for each output, and one more for each label."""

    outputs: tuple[str, ...]
    single: Line
    labels: Line

    def chances(self, scores: Array) -> Array:
        """Return probabilities for rows of scores."""
        chances = self.single.chances(scores)
        count = len(Label)
        chances[:, :count] = self.labels.chances(join_sets(self.outputs, chances))
        return chances


def join_sets(outputs: tuple[str, ...], chances: Array) -> Array:
    """Return the log odds of the labels, which are the first outputs; sets are the last.

    Each is the mean of a label's own probability and of what the sets of labels give it: they know
    which labels come together.
    """
    labels = chances[:, : len(Label)]
    first, members = _members(outputs)
    if len(members):
        sets = chances[:, first:]
        labels = (labels + sets / sets.sum(axis=1, keepdims=True) @ members) / 2
    kept = np.clip(labels, EDGE, 1 - EDGE)
    odds: Array = np.log(kept / (1 - kept))
    return odds


@lru_cache
def _members(outputs: tuple[str, ...]) -> tuple[int, Array]:
    """Return where the sets begin, which are the last outputs, and which labels are in each."""
    sets = [output.removeprefix(SET).split(JOIN) for output in outputs if output.startswith(SET)]
    return len(outputs) - len(sets), np.array([[label in one for label in Label] for one in sets])


def name_set(labels: Iterable[Label]) -> str:
    """Return the name of the output for a set of labels."""
    return SET + JOIN.join(sorted(labels))
