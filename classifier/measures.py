"""How good probabilities and findings are, in figures."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.scorer import Array

Truth = NDArray[np.bool_]
Rows = NDArray[np.int64]

BINS = 10
#: Resamplings, and what lies outside the interval on either side, in per cent.
RESAMPLINGS, TAIL = 400, 2.5


@dataclass(frozen=True, kw_only=True)
class Score:
    """How often an output was right: found rightly, found wrongly, missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Of what was found, the share that is so; one where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Of what is so, the share that was found; one where there is none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


@dataclass(frozen=True, kw_only=True)
class Bin:
    """Texts of about one probability: how many, what was said, and what is so."""

    count: int
    said: float
    so: float


def score(found: Truth, truth: Truth) -> Score:
    """Return how often what was found is so."""
    return Score(
        right=int((truth & found).sum()),
        wrong=int((~truth & found).sum()),
        missed=int((truth & ~found).sum()),
    )


def macro_f1(found: Truth, truth: Truth) -> float:
    """Return the mean F1 of the columns that occur or were found."""
    scores = [score(found[:, n], truth[:, n]) for n in range(truth.shape[1])]
    return float(np.mean([s.f1 for s in scores if s.right + s.wrong + s.missed] or [1.0]))


def average_precision(chances: Array, truth: Truth) -> float:
    """Return the mean precision over the ranks at which the true ones stand."""
    true = truth[np.argsort(-chances, kind="stable")]
    precision = np.cumsum(true) / np.arange(1, len(true) + 1)
    return float(precision[true].mean()) if true.any() else 1.0


def find_bins(chances: Array, truth: Truth) -> list[Bin]:
    """Return ten equal bins of probability; an empty one counts none."""
    places = np.minimum((chances * BINS).astype(int), BINS - 1)
    return [
        Bin(
            count=int(inside.sum()),
            said=float(chances[inside].mean()) if inside.any() else (number + 0.5) / BINS,
            so=float(truth[inside].mean()) if inside.any() else 0.0,
        )
        for number, inside in enumerate(places == number for number in range(BINS))
    ]


def calibration_error(chances: Array, truth: Truth) -> float:
    """Return the mean distance of probability and frequency over ten equal bins."""
    bins = find_bins(chances, truth)
    return sum(b.count * abs(b.said - b.so) for b in bins) / max(1, len(truth))


def recall_at(chances: Array, truth: Truth, share: float) -> float:
    """Return what share of the true is among the likeliest share of all."""
    if not truth.any():
        return 1.0
    first = np.argsort(-chances, kind="stable")[: round(share * len(truth))]
    return float(truth[first].sum() / truth.sum())


def resample(groups: Sequence[str], times: int = RESAMPLINGS) -> Iterator[Rows]:
    """Return the rows of as many groups as there are, drawn with replacement, time after time.

    Messages of one situation are alike, so a situation is drawn whole. Always the same draws.
    """
    names, numbers = np.unique(np.array(groups), return_inverse=True)
    order = np.argsort(numbers, kind="stable")
    parts = np.split(order, np.cumsum(np.bincount(numbers, minlength=len(names)))[:-1])
    chance = np.random.default_rng(0)
    for _ in range(times):
        drawn = chance.integers(len(parts), size=len(parts))
        yield np.concatenate([parts[number] for number in drawn])


def find_interval(
    measure: Callable[[Rows], float], groups: Sequence[str], times: int = RESAMPLINGS
) -> tuple[float, float]:
    """Return the interval in which a measure lies 95 % of the time when groups are redrawn."""
    figures = [measure(rows) for rows in resample(groups, times)]
    low, high = np.percentile(figures, [TAIL, 100 - TAIL])
    return float(low), float(high)
