"""Draws in Markdown what was measured of redaction: a table a set, names by origin, the targets."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.commands.redaction_scores import (
    CAPITALS,
    EMPTY,
    FEWEST_NAMES,
    IDENTIFIERS,
    KEPT,
    NAMES,
    PARTLY,
    SMALL,
    WRITTEN,
    Score,
    Scores,
    together,
)

CASES = (WRITTEN, SMALL, CAPITALS)
WIDEST_GAP = 0.08
FASTEST, LONGEST = 500, 2.0
#: How long the text is whose reading is timed by itself.
LONG_TEXT = 50_000


@dataclass(frozen=True, kw_only=True)
class Target:
    """What must be so: at least such a share of some rows together, in a manner of writing."""

    name: str
    rows: Sequence[str]
    least: float
    case: str = WRITTEN


def _hidden(*kinds: str) -> tuple[str, ...]:
    return tuple(f"{kind} fully hidden" for kind in kinds)


TARGETS = (
    Target(name="names fully hidden", rows=_hidden("NAME", "STAFF"), least=0.95),
    Target(name="the same, small", rows=_hidden("NAME", "STAFF"), least=0.92, case=SMALL),
    Target(name="the same, CAPITALS", rows=_hidden("NAME", "STAFF"), least=0.9, case=CAPITALS),
    Target(name=NAMES, rows=(NAMES,), least=0.8),
    Target(
        name="identifiers of a fixed form fully hidden",
        rows=_hidden("PHONE", "EMAIL", "NINO", "NHS", "CARD", "VRM", "POSTCODE", "URL"),
        least=0.97,
    ),
    Target(name="addresses fully hidden", rows=_hidden("ADDRESS"), least=0.85),
    Target(name="addresses partly hidden", rows=(PARTLY,), least=0.95),
    Target(
        name="references, dates of birth, bank, handles fully hidden",
        rows=_hidden("REF", "DOB", "BANK", "HANDLE"),
        least=0.92,
    ),
    Target(name=IDENTIFIERS, rows=(IDENTIFIERS,), least=0.97),
    Target(name=EMPTY, rows=(EMPTY,), least=0.92),
    Target(name=KEPT, rows=(KEPT,), least=0.98),
)


def draw(sets: Mapping[str, Scores], long: float) -> Iterator[str]:
    """Draw the sets, names by origin, and each target; `long` is how long a long text took."""
    for name, scores in sets.items():
        yield from (f"## {name}", "", *_rows(scores), "")
    whole = together(sets.values())
    if whole.origins:
        yield from ("## Names by origin, all sets, as written", "", *_origins(whole), "")
    yield from ("## Targets", "", *_targets(sets, whole), *_speeds(whole, long))


def _rows(scores: Scores) -> Iterator[str]:
    yield f"| what | of | {' | '.join(CASES)} |"
    yield "| --- | ---: | --- | --- | --- |"
    for row, cases in sorted(scores.rows.items()):
        cells = [cases.get(case, Score()) for case in CASES]
        yield f"| {row} | {cells[0].of} | {' | '.join(cell.shown for cell in cells)} |"


def _origins(whole: Scores) -> Iterator[str]:
    yield "| names of origin | of | fully hidden |"
    yield "| --- | ---: | --- |"
    for origin, score in sorted(whole.origins.items(), key=lambda each: -each[1].of):
        yield f"| {origin} | {score.of} | {score.shown} |"
    yield ""
    yield "| group | of | fully hidden |"
    yield "| --- | ---: | --- |"
    for group, score in whole.groups.items():
        yield f"| {group} | {score.of} | {score.shown} |"


def _targets(sets: Mapping[str, Scores], whole: Scores) -> Iterator[str]:
    yield f"| target | at least | {' | '.join(sets)} | all | |"
    yield f"| --- | ---: | {' | '.join('---:' for _ in sets)} | ---: | --- |"
    for target in TARGETS:
        own = [scores.score(target.rows, target.case) for scores in sets.values()]
        both = whole.score(target.rows, target.case)
        cells = " | ".join(f"{score.share:.1%}" if score.of else "" for score in (*own, both))
        short = [name for name, score in zip(sets, own, strict=True) if score.share < target.least]
        yield f"| {target.name} | {target.least:.0%} | {cells} | {_verdict(target, both, short)} |"


def _verdict(target: Target, both: Score, short: Sequence[str]) -> str:
    if not both.of:
        return "not measured"
    if both.share < target.least:
        return "**not met**"
    return f"met, but short in {', '.join(short)}" if short else "met"


def _speeds(whole: Scores, long: float) -> Iterator[str]:
    groups = len(whole.compared)
    yield ""
    if groups > 1:
        yield (
            f"- widest gap of {groups} groups of origin with at least {FEWEST_NAMES} names:"
            f" {whole.gap * 100:.1f} points, at most {WIDEST_GAP * 100:.0f}:"
            f" {_met(met=whole.gap <= WIDEST_GAP)}"
        )
    if whole.seconds:
        rate = whole.readings / whole.seconds
        yield (
            f"- {whole.readings} readings, {rate:.0f} a second of one core, at least {FASTEST}:"
            f" {_met(met=rate >= FASTEST)}"
        )
    yield (
        f"- {LONG_TEXT} characters in {long:.1f} s, at most {LONGEST:.0f}:"
        f" {_met(met=long <= LONGEST)}"
    )


def _met(*, met: bool) -> str:
    return "met" if met else "**not met**"
