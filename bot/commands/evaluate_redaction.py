"""What `heard evaluate redaction` prints: how much of marked texts is hidden, and what else is."""

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from classifier.labels import Audience, Redact, Redaction, Span

MARKED = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
NAMES = frozenset({"NAME", "STAFF"})
#: A manner of writing, and how a text is put into it.
CASES: Mapping[str, Callable[[str], str]] = {
    "as written": str,
    "small": str.lower,
    "CAPITALS": str.upper,
}
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


@dataclass
class Table:
    """Scores by row, in the order in which the rows came up."""

    rows: dict[str, Score] = field(default_factory=dict)

    def add(self, row: str, *, right: bool) -> None:
        """Count one more in a row."""
        self.rows.setdefault(row, Score()).add(right=right)

    def lines(self) -> Iterator[str]:
        """Draw the table in Markdown."""
        yield "| what | right | of | share | 95 % |"
        yield "| --- | ---: | ---: | ---: | --- |"
        for row, score in sorted(self.rows.items()):
            low, high = score.interval
            share = score.right / score.of
            yield f"| {row} | {score.right} | {score.of} | {share:.1%} | {low:.1%} to {high:.1%} |"


def evaluate_redaction(paths: Iterable[Path], redact: Redact) -> str:
    """Return the table of what is hidden in marked files, fully and partly, and what in vain.

    A `.txt` file has a message a line with its names in `[[ ]]`; a `.jsonl` file has
    `{"text", "spans": [{"start", "end", "kind", "origin"?}], "keep"?, "author"?, "landlord"?}`.

    Raises:
        ValueError: a line cannot be read; the message names the file and the line.
    """
    table = Table()
    for path in paths:
        for sample in read_samples(path):
            for case in CASES:
                _score(table, sample, case, redact)
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
        gold.append(Gold(start=len(text), end=len(text) + len(match[1]), kind="NAME"))
        text += match[1]
        shown = match.end()
    return Sample(text=text + line[shown:], gold=gold)


def _score(table: Table, sample: Sample, case: str, redact: Redact) -> None:
    text = CASES[case](sample.text)
    if len(text) != len(sample.text):
        return  # a capital of two letters: the marks would stand wrong
    found = redact(text, audience=Audience.PUBLIC, author=sample.author, landlord=sample.landlord)
    _score_found(table, sample, case, found)
    if case == "as written":
        for phrase in sample.keep:
            table.add("kept phrases preserved", right=phrase in found.text)


def _score_found(table: Table, sample: Sample, case: str, found: Redaction) -> None:
    hidden = {place for span in found.spans for place in range(span.start, span.end)}
    for gold in sample.gold:
        letters = [n for n in range(gold.start, gold.end) if found.original[n].isalnum()]
        covered = [place in hidden for place in letters]
        table.add(f"{gold.kind}, {case}: fully hidden", right=all(covered))
        table.add(f"{gold.kind}, {case}: partly hidden", right=any(covered))
        if gold.origin:
            table.add(f"names of origin {gold.origin}: fully hidden", right=all(covered))
    for span in found.spans:
        group = "names" if span.kind in NAMES else "identifiers"
        table.add(f"precision of {group}, {case}", right=_is_personal(span, sample.gold))
    if not sample.gold:
        table.add(f"messages without personal data untouched, {case}", right=not found.spans)


def _is_personal(span: Span, gold: Sequence[Gold]) -> bool:
    return any(span.start < each.end and each.start < span.end for each in gold)
