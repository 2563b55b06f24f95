"""Tells from what staff confirm whether the mail, or the judge, is no longer what it was."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, stdev

from classifier.labels import Label
from classifier.learning import Correction

#: Weeks that a week is compared with, and how many of them there must be.
WEEKS, FEWEST_WEEKS = 8, 4
#: A week is out of its band when it is so many standard deviations from the mean of those.
REACH = 2.0
MARKED, OVERRIDDEN, UNSEEN = "marked", "overridden", "unseen n-grams"
#: What was decided without seeing the proposal: how often it is not what the judge made of it.
BLIND = "other than proposed, decided blind"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A figure of one week, and the band in which the weeks before it lie, if they are enough."""

    monday: date
    name: str
    messages: int
    figure: float
    band: tuple[float, float] | None

    @property
    def drifts(self) -> bool:
        """Whether the figure is out of its band."""
        return self.band is not None and not self.band[0] <= self.figure <= self.band[1]


def find_drift(
    corrections: Sequence[Correction], unseen: Callable[[str], float]
) -> Iterator[Reading]:
    """Return for each week how much was marked, overridden and new, against the weeks before.

    `unseen` says of a text what share of its n-grams training has not seen.
    """
    weeks: dict[date, list[Correction]] = defaultdict(list)
    for correction in corrections:
        day = correction.at.date()
        weeks[day - timedelta(days=day.weekday())].append(correction)
    figures = {monday: _measure(weeks[monday], unseen) for monday in sorted(weeks)}
    for monday, measured in figures.items():
        before = [figures[m] for m in figures if monday - timedelta(weeks=WEEKS) <= m < monday]
        for name, (messages, figure) in measured.items():
            yield Reading(
                monday=monday,
                name=name,
                messages=messages,
                figure=figure,
                band=_band([week[name][1] for week in before if name in week]),
            )


def _measure(
    week: Sequence[Correction], unseen: Callable[[str], float]
) -> Mapping[str, tuple[int, float]]:
    """Return of each measure how many messages it is of, and its figure; none of no messages."""
    measured: Mapping[str, Sequence[float]] = {
        MARKED: [Label.COMPLAINT in correction.proposed for correction in week],
        OVERRIDDEN: [c.proposed != c.confirmed for c in week if not c.blind],
        BLIND: [c.proposed != c.confirmed for c in week if c.blind],
        UNSEEN: [unseen(correction.text) for correction in week],
    }
    return {name: (len(values), fmean(values)) for name, values in measured.items() if values}


def _band(before: Sequence[float]) -> tuple[float, float] | None:
    if len(before) < FEWEST_WEEKS:
        return None
    middle, reach = fmean(before), REACH * stdev(before)
    return max(0.0, middle - reach), min(1.0, middle + reach)
