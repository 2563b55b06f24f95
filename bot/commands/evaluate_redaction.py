"""What `heard evaluate redaction` prints: how much of marked texts is hidden, and what else is."""

import json
import math
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from classifier.labels import Audience, Redact, Redaction, Span

MARKED = re.compile(r"\[\[(?:([A-Z]+)(?:/([a-z_]+))?\|)?(.*?)\]\]", re.DOTALL)
NAMES = frozenset({"NAME", "STAFF"})
#: A manner of writing, and how a text is put into it.
CASES: Mapping[str, Callable[[str], str]] = {
    "as written": str,
    "small": str.lower,
    "CAPITALS": str.upper,
}
#: Of how many of the largest groups of origin the best and the worst are compared.
GROUPS = 6
KEPT, EMPTY = "kept phrases preserved", "messages without personal data left whole"
SURE = 1.959964  # of a normal distribution, 95 % lie within so many deviations


@dataclass(frozen=True, kw_only=True)
class Gold:
    """A stretch that a person marked as personal."""

    start: int
    end: int
    kind: str
    origin: str = ""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A text with what is personal in it, and what must stay readable."""

    text: str
    gold: Sequence[Gold] = ()
    keep: Sequence[str] = ()
    author: str = ""
    landlord: str = ""


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
    def interval(self) -> tuple[float, float]:
        """Wilson's interval of the share, 95 %."""
        if not self.of:
            return (0.0, 1.0)
        share, square = self.right / self.of, SURE**2 / self.of
        middle = (share + square / 2) / (1 + square)
        reach = (
            SURE / (1 + square) * math.sqrt(share * (1 - share) / self.of + square / self.of / 4)
        )
        return (middle - reach, middle + reach)

    @property
    def shown(self) -> str:
        """The share and its interval, in per cent."""
        if not self.of:
            return ""
        low, high = (round(100 * max(0.0, end), 1) for end in self.interval)
        return f"{self.right / self.of:.1%} ({low} to {high})"


@dataclass
class Table:
    """Scores by row and by manner of writing, and those of names by their origin."""

    rows: dict[str, dict[str, Score]] = field(default_factory=dict)
    origins: dict[str, Score] = field(default_factory=dict)
    messages: int = 0
    seconds: float = 0.0

    def add(self, row: str, case: str, *, right: bool) -> None:
        """Count one more in a row."""
        self.rows.setdefault(row, {}).setdefault(case, Score()).add(right=right)

    @property
    def gap(self) -> float:
        """How far apart the best and the worst of the largest groups of origin are."""
        largest = sorted(self.origins.values(), key=lambda score: -score.of)[:GROUPS]
        shares = [score.right / score.of for score in largest]
        return max(shares) - min(shares)

    def lines(self) -> Iterator[str]:
        """Draw the table in Markdown."""
        yield f"| what | of | {' | '.join(CASES)} |"
        yield "| --- | ---: | --- | --- | --- |"
        for row, scores in sorted(self.rows.items()):
            cells = [scores.get(case, Score()) for case in CASES]
            yield f"| {row} | {cells[0].of} | {' | '.join(cell.shown for cell in cells)} |"
        if self.origins:
            yield ""
            yield "| names of origin | of | fully hidden |"
            yield "| --- | ---: | --- |"
            for origin, score in sorted(self.origins.items(), key=lambda each: -each[1].of):
                yield f"| {origin} | {score.of} | {score.shown} |"
            yield f"| gap between the {GROUPS} largest | | {self.gap * 100:.1f} points |"
        if self.seconds:
            yield ""
            yield f"{self.messages} readings, {self.messages / self.seconds:.0f} a second"


def evaluate_redaction(
    paths: Iterable[Path], redact: Redact, *, clock: Callable[[], float] = time.perf_counter
) -> str:
    """Return the table of what is hidden in marked files, fully and partly, and what in vain.

    A `.txt` file has a message a line with what is personal in `[[ ]]`: a name, or after its kind
    and perhaps its origin, `[[DOB|1/2/60]]`; a `.jsonl` file has
    `{"text", "spans": [{"start", "end", "kind", "origin"?}], "keep"?, "author"?, "landlord"?}`.

    Raises:
        ValueError: a line cannot be read; the message names the file and the line.
        WithheldError: a text is longer than any that is redacted.
    """
    table = Table()
    for path in paths:
        samples = list(read_samples(path))
        kinds = {gold.kind for sample in samples for gold in sample.gold}
        begun = clock()
        found = [
            (sample, case, _found(sample, case, redact)) for sample in samples for case in CASES
        ]
        table.seconds += clock() - begun
        for sample, case, redaction in found:
            if redaction:
                _score(table, sample, case, redaction)
                _score_precision(table, sample.gold, case, redaction, kinds=kinds)
    return "\n".join(table.lines())


def read_samples(path: Path) -> Iterator[Sample]:
    """Return the marked texts of a file.

    Raises:
        ValueError: a line cannot be read; the message names the file and the line.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    yield _sample(json.loads(line)) if path.suffix == ".jsonl" else _marked(line)
                except (ValueError, KeyError, TypeError) as error:
                    raise ValueError(f"{path}: line {number}: {error}") from error


def _sample(given: Mapping[str, Any]) -> Sample:
    text = given["text"]
    return Sample(
        text=text,
        gold=[_gold(text, span) for span in given.get("spans", ())],
        keep=given.get("keep", ()),
        author=given.get("author", ""),
        landlord=given.get("landlord", ""),
    )


def _gold(text: str, span: Mapping[str, Any]) -> Gold:
    start, end = span["start"], span["end"]
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no span of the text: {start} to {end}")
    return Gold(start=start, end=end, kind=span["kind"], origin=span.get("origin", ""))


def _marked(line: str) -> Sample:
    text, gold, shown = "", [], 0
    line = line.rstrip("\n")
    for match in MARKED.finditer(line):
        text += line[shown : match.start()]
        end = len(text) + len(match[3])
        gold.append(Gold(start=len(text), end=end, kind=match[1] or "NAME", origin=match[2] or ""))
        text += match[3]
        shown = match.end()
    return Sample(text=text + line[shown:], gold=gold)


def _found(sample: Sample, case: str, redact: Redact) -> Redaction | None:
    text = CASES[case](sample.text)
    if len(text) != len(sample.text):
        return None  # a capital of two letters: the marks would stand wrong
    return redact(text, audience=Audience.PUBLIC, author=sample.author, landlord=sample.landlord)


def _score(table: Table, sample: Sample, case: str, found: Redaction) -> None:
    table.messages += 1
    hidden = {place for span in found.spans for place in range(span.start, span.end)}
    for gold in sample.gold:
        letters = [n for n in range(gold.start, gold.end) if found.original[n].isalnum()]
        covered = [place in hidden for place in letters]
        table.add(f"{gold.kind} fully hidden", case, right=all(covered))
        if gold.kind == "ADDRESS":
            table.add("ADDRESS partly hidden", case, right=any(covered))
        if gold.origin:
            table.origins.setdefault(gold.origin, Score()).add(right=all(covered))
    if not sample.gold:
        table.add(EMPTY, case, right=not found.spans)
    for phrase in sample.keep:
        table.add(KEPT, case, right=CASES[case](phrase) in found.text)


def _score_precision(
    table: Table, gold: Sequence[Gold], case: str, found: Redaction, *, kinds: AbstractSet[str]
) -> None:
    """Count what is hidden rightly, of the groups that a file has marks of."""
    for span in found.spans:
        named = span.kind in NAMES
        if (kinds & NAMES) if named else (kinds - NAMES):
            group = "names" if named else "identifiers"
            table.add(f"precision of {group}", case, right=_is_personal(span, gold))


def _is_personal(span: Span, gold: Sequence[Gold]) -> bool:
    return any(span.start < each.end and each.start < span.end for each in gold)
