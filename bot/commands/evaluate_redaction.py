"""What `heard evaluate redaction` prints: how much of marked texts is hidden, and what else is."""

import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.commands.redaction_scores import (
    CAPITALS,
    EMPTY,
    IDENTIFIERS,
    KEPT,
    NAMES,
    PARTLY,
    SMALL,
    WRITTEN,
    Score,
    Scores,
)
from bot.commands.redaction_table import LONG_TEXT, draw
from classifier.artefact import training_data
from classifier.labels import Audience, Redact, Redaction, Span

MARKED = re.compile(r"\[\[(?:([A-Z]+)(?:/([a-z_]+))?\|)?(.*?)\]\]", re.DOTALL)
NAMED = frozenset({"NAME", "STAFF"})
#: A manner of writing, and how a text is put into it.
CASES: Mapping[str, Callable[[str], str]] = {
    WRITTEN: str,
    SMALL: str.lower,
    CAPITALS: str.upper,
}


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


def evaluate_redaction(
    paths: Iterable[Path], redact: Redact, *, clock: Callable[[], float] = time.process_time
) -> str:
    """Return what of marked files is hidden, fully and partly, and what in vain; and the targets.

    The files of a folder are a set. A `.txt` file has a message a line with what is personal in
    `[[ ]]`: a name, or after its kind and perhaps its origin, `[[DOB|1/2/60]]`; a `.jsonl` file has
    `{"text", "spans": [{"start", "end", "kind", "origin"?}], "keep"?, "author"?, "landlord"?}`.

    Raises:
        ValueError: a line cannot be read; the message names the file and the line.
        WithheldError: a text is longer than any that is redacted.
    """
    found = {path: list(read_samples(path)) for path in paths}
    names = dict.fromkeys(path.parent.name for path in found)
    sets = {
        name: _measure([s for path, s in found.items() if path.parent.name == name], redact, clock)
        for name in names
    }
    long = "\n".join(sample.text for samples in found.values() for sample in samples)
    begun = clock()
    redact((long * (LONG_TEXT // max(1, len(long)) + 1))[:LONG_TEXT], audience=Audience.PUBLIC)
    return "\n".join(draw(sets, clock() - begun))


def _measure(
    files: Sequence[Sequence[Sample]], redact: Redact, clock: Callable[[], float]
) -> Scores:
    """Return the scores of the files of a set.

    What is hidden in vain is counted in files that mark things of its group, or nothing at all.
    """
    scores = Scores()
    marked = [{gold.kind for sample in file for gold in sample.gold} for file in files]
    everything = frozenset().union(*marked)
    for file, kinds in zip(files, marked, strict=True):
        begun = clock()
        found = [(sample, case, _found(sample, case, redact)) for sample in file for case in CASES]
        scores.seconds += clock() - begun
        for sample, case, redaction in found:
            if redaction:
                _score(scores, sample, case, redaction)
                _score_precision(scores, sample.gold, case, redaction, kinds=kinds or everything)
    return scores


def marked_files() -> list[Path]:
    """Return the marked files that lie beside the training data, set by set.

    Raises:
        ValueError: there are none: they are in no wheel.
    """
    folder = training_data().parent / "tests" / "classifier" / "personal"
    found = sorted(path for path in folder.glob("*/*") if path.suffix in {".jsonl", ".txt"})
    if not found:
        raise ValueError("no marked texts here: name the files of texts to measure on")
    return found


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


def _score(scores: Scores, sample: Sample, case: str, found: Redaction) -> None:
    scores.readings += 1
    hidden = {place for span in found.spans for place in range(span.start, span.end)}
    for gold in sample.gold:
        letters = [n for n in range(gold.start, gold.end) if found.original[n].isalnum()]
        covered = [place in hidden for place in letters]
        scores.add(f"{gold.kind} fully hidden", case, right=all(covered))
        if gold.kind == "ADDRESS":
            scores.add(PARTLY, case, right=any(covered))
        if gold.origin and case == WRITTEN:
            scores.origins.setdefault(gold.origin, Score()).add(right=all(covered))
    if not sample.gold:
        scores.add(EMPTY, case, right=not found.spans)
    for phrase in sample.keep:
        scores.add(KEPT, case, right=CASES[case](phrase) in found.text)


def _score_precision(
    scores: Scores, gold: Sequence[Gold], case: str, found: Redaction, *, kinds: AbstractSet[str]
) -> None:
    """Count what is hidden rightly, of the groups that a file has marks of."""
    for span in found.spans:
        named = span.kind in NAMED
        if (kinds & NAMED) if named else (kinds - NAMED):
            scores.add(NAMES if named else IDENTIFIERS, case, right=_is_personal(span, gold))


def _is_personal(span: Span, gold: Sequence[Gold]) -> bool:
    return any(span.start < each.end and each.start < span.end for each in gold)
