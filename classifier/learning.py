"""Learns from what staff confirm and correct: what of it counts, and whether it helps."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

import numpy as np

from classifier.dataset import Example
from classifier.evaluate import Judged
from classifier.labels import Label
from classifier.measures import TAIL, calibration_error, recall_at, resample

#: One person supplies no more than this share of what is learned from.
MOST_OF_ONE = 0.3
#: One correction in so many is kept back, to measure on.
KEPT_BACK = 10
#: A challenger may find so much less of the complaints at the same share marked, and no more; its
#: probabilities may be so far from what is so.
MARGIN, MOST_ERROR = 0.01, 0.05
#: With fewer complaints than this, an interval says nothing: then the difference itself counts.
FEWEST_TOLD = 200


@dataclass(frozen=True, kw_only=True)
class Correction:
    """What was proposed of a message and what a person made of it; its text is redacted."""

    proposed: frozenset[Label]
    confirmed: frozenset[Label]
    by: str
    at: datetime
    text: str = field(repr=False)
    model: str
    channel: str = "email"
    #: Whether it was confirmed without seeing what was proposed.
    blind: bool = False


@dataclass(frozen=True, kw_only=True)
class Contest:
    """Two models on the same messages, at the share of them that the champion marks."""

    complaints: int
    share: float
    champion: float
    challenger: float
    #: In what interval the challenger's recall less the champion's lies.
    low: float
    high: float
    #: The largest calibration error of the challenger's labels.
    error: float

    @property
    def holds(self) -> bool:
        """Whether the challenger is not worse and its probabilities are true."""
        if self.complaints < FEWEST_TOLD:
            return self.challenger - self.champion >= -MARGIN
        return self.low >= -MARGIN and self.error <= MOST_ERROR


def balance(corrections: Sequence[Correction]) -> list[Correction]:
    """Return the latest corrections, of each person no more than a share of the whole.

    Of fewer than four people nothing can be used: one of them would decide too much.
    """
    counts = Counter(correction.by for correction in corrections).values()
    caps = range(1, max(counts, default=0) + 1)
    most = max((cap for cap in caps if cap <= MOST_OF_ONE * _kept(counts, cap)), default=0)
    taken: Counter[str] = Counter()
    kept = []
    for correction in sorted(corrections, key=lambda c: c.at, reverse=True):
        if taken[correction.by] < most:
            taken[correction.by] += 1
            kept.append(correction)
    return kept[::-1]


def keep_back(corrections: Sequence[Correction]) -> tuple[list[Example], list[Example]]:
    """Return what is to be learned from, and the tenth that is to be measured on.

    Of the same text the last word counts; and it is always on the same side.
    """
    latest = {c.text: c for c in sorted(corrections, key=lambda c: c.at) if c.text.strip()}
    learned: list[Example] = []
    measured: list[Example] = []
    for correction in latest.values():
        digest = sha256(correction.text.encode("utf-8", "surrogatepass")).hexdigest()
        side = measured if int(digest, 16) % KEPT_BACK == 0 else learned
        side.append(_as_example(correction, digest))
    return learned, measured


def contest(champion: Judged, challenger: Judged) -> Contest:
    """Compare two models by paired resampling of the situations that both have judged."""
    share = float(champion.noticed.mean())
    truth = champion.complaint
    old, new = (judged.chances(Label.COMPLAINT) for judged in (champion, challenger))
    gains = [
        recall_at(new[rows], truth[rows], share) - recall_at(old[rows], truth[rows], share)
        for rows in resample(champion.situations)
    ]
    low, high = np.percentile(gains, [TAIL, 100 - TAIL])
    return Contest(
        complaints=int(truth.sum()),
        share=share,
        champion=recall_at(old, truth, share),
        challenger=recall_at(new, truth, share),
        low=float(low),
        high=float(high),
        error=max(_errors(challenger)),
    )


def _kept(counts: Iterable[int], cap: int) -> int:
    return sum(min(count, cap) for count in counts)


def _as_example(correction: Correction, digest: str) -> Example:
    labels = correction.confirmed - {Label.OTHER} or {Label.OTHER}
    return Example(
        id=digest,
        situation=digest,
        channel=correction.channel,
        text=correction.text,
        labels=tuple(label for label in Label if label in labels),
    )


def _errors(judged: Judged) -> Iterator[float]:
    for column, label in enumerate(Label):
        yield calibration_error(judged.chances(label), judged.truth[:, column])
