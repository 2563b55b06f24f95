"""How much of marked texts is hidden, kind by kind and case by case, and what of it in vain."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

SURE = 1.959964  # of a normal distribution, 95 % lie within so many deviations
WRITTEN, SMALL, CAPITALS = "as written", "small", "CAPITALS"
KEPT, EMPTY = "kept phrases preserved", "messages without personal data left whole"
PARTLY = "ADDRESS partly hidden"
NAMES, IDENTIFIERS = "precision of names", "precision of identifiers"
#: The groups in which origins are compared; of an origin that stands in none, the last.
GROUPS: Mapping[str, frozenset[str]] = {
    "British and Irish": frozenset({"english", "scottish_irish", "irish", "welsh", "british"}),
    "South Asian": frozenset({"south_asian", "southasian", "bangladeshi"}),
    "African and Caribbean": frozenset(
        {"west_african", "westafrican", "southern_african", "african_caribbean", "caribbean"}
    ),
    "Eastern European": frozenset({"polish", "eastern_european", "easteuropean"}),
    "Arabic, Turkish, Kurdish and Somali": frozenset(
        {"arabic_north_african", "arabic", "turkish_kurdish", "turkish", "east_african", "somali"}
    ),
    "Chinese, Vietnamese and all others": frozenset(),
}
#: How many of the largest groups are compared, and how many names each must have.
MOST_GROUPS, FEWEST_NAMES = 6, 100


@dataclass
class Score:
    """Of so many, so many were right."""

    right: int = 0
    of: int = 0

    def add(self, *, right: bool) -> None:
        """Count one more."""
        self.right += right
        self.of += 1

    @property
    def share(self) -> float:
        """The share that was right; none were wrong where there are none."""
        return self.right / self.of if self.of else 1.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval of the share, 95 %."""
        if not self.of:
            return (0.0, 1.0)
        square = SURE**2 / self.of
        middle = (self.share + square / 2) / (1 + square)
        spread = self.share * (1 - self.share) / self.of + square / self.of / 4
        reach = SURE / (1 + square) * math.sqrt(spread)
        return (middle - reach, middle + reach)

    @property
    def shown(self) -> str:
        """The share and its interval, in per cent."""
        if not self.of:
            return ""
        low, high = (round(100 * max(0.0, end), 1) for end in self.interval)
        return f"{self.share:.1%} ({low} to {high})"


@dataclass
class Scores:
    """The scores of a set: by row and by manner of writing, and those of names by their origin."""

    rows: dict[str, dict[str, Score]] = field(default_factory=dict)
    #: As written.
    origins: dict[str, Score] = field(default_factory=dict)
    readings: int = 0
    seconds: float = 0.0

    def add(self, row: str, case: str, *, right: bool) -> None:
        """Count one more in a row."""
        self.rows.setdefault(row, {}).setdefault(case, Score()).add(right=right)

    def score(self, rows: Iterable[str], case: str) -> Score:
        """Return the score of several rows together, in one manner of writing."""
        return total(self.rows.get(row, {}).get(case, Score()) for row in rows)

    @property
    def groups(self) -> dict[str, Score]:
        """The scores of names by the group that their origin belongs to, the largest first."""
        grouped: dict[str, list[Score]] = {}
        for origin, score in self.origins.items():
            grouped.setdefault(group_of(origin), []).append(score)
        totals = {group: total(scores) for group, scores in grouped.items()}
        return dict(sorted(totals.items(), key=lambda each: -each[1].of))

    @property
    def compared(self) -> dict[str, Score]:
        """The largest groups, those with names enough."""
        enough = {group: score for group, score in self.groups.items() if score.of >= FEWEST_NAMES}
        return dict([*enough.items()][:MOST_GROUPS])

    @property
    def gap(self) -> float:
        """How far apart the best and the worst of the groups compared are."""
        shares = [score.share for score in self.compared.values()]
        return max(shares) - min(shares) if shares else 0.0


def total(scores: Iterable[Score]) -> Score:
    """Return several scores as one."""
    both = Score()
    for score in scores:
        both.right += score.right
        both.of += score.of
    return both


def group_of(origin: str) -> str:
    """Return the group in which an origin is compared."""
    *others, last = GROUPS
    return next((group for group in others if origin in GROUPS[group]), last)


def together(sets: Iterable[Scores]) -> Scores:
    """Return several sets as one."""
    whole = Scores()
    for each in sets:
        whole.readings += each.readings
        whole.seconds += each.seconds
        for row, cases in each.rows.items():
            for case, score in cases.items():
                known = whole.rows.setdefault(row, {})
                known[case] = total((known.get(case, Score()), score))
        for origin, score in each.origins.items():
            whole.origins[origin] = total((whole.origins.get(origin, Score()), score))
    return whole
