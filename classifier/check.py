"""Checks labelled data: its form, its labels, its independence, and that nobody in it is real."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from classifier.dataset import Example, parse_example
from classifier.labels import Label
from classifier.normalise import tokens, words_of

SPLITS = ("messages", "heldout")
#: Cosine of letter n-grams from which two messages are nearly the same.
NEAR, NEAR_ACROSS = 0.9, 0.8
ROWS_AT_ONCE = 500
#: What is said in fewer words, such as "any news on my repair?", two people say by chance.
FEWEST_TELLING = 8
#: A run of so many words in so many situations smells of a template.
FRAME_WORDS, FRAME_SITUATIONS = 6, 6
#: So many messages of a thousand may begin with the same words.
OPENING_WORDS, OPENING_SHARE, FEWEST_OPENINGS = 3, 0.012, 12

PHONE = re.compile(r"(?<![\w£])(?:\+44\s?|0)(?:\d[\s-]?){9,10}(?!\w)")
FICTITIOUS_PHONE = re.compile(
    r"0?(?:7700900|1632960|2079460|1(?:13|14|15|16|17|18|21|31|41|51|61)4960|1914980"
    r"|2896496|2920180|8081570|9098790)\d*"
)
DOMAIN = re.compile(r"(?:@|https?://|www\.)((?:[a-z0-9-]+\.)+[a-z]{2,})", re.IGNORECASE)
FICTITIOUS_DOMAIN = re.compile(r"(?:.+\.)?(?:example\.(?:com|org|net)|example)", re.IGNORECASE)
POSTCODE = re.compile(r"\b([A-Z]{1,2})\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}\b")
FICTITIOUS_AREAS = frozenset({"ZZ", "XX", "QX"})
NINO = re.compile(r"\b(?!QQ)[A-CEGHJ-PR-TW-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something wrong with the data; a serious one must be put right."""

    serious: bool
    says: str


def check(data: Path) -> Iterator[Finding]:
    """Say what is wrong with the messages of a data folder, in both of its splits."""
    splits: dict[str, list[Example]] = {}
    for split in SPLITS:
        splits[split] = []
        for file in sorted((data / split).glob("*.jsonl")):
            for finding, example in _read(file):
                if finding:
                    yield finding
                if example:
                    splits[split].append(example)
    everything = [example for split in splits.values() for example in split]
    yield from find_repeats(everything)
    yield from find_shared_situations(splits["messages"], splits["heldout"])
    yield from find_near_duplicates(splits["messages"], splits["heldout"])
    yield from find_templates(everything)
    yield from find_real_people(everything)


def find_repeats(examples: Sequence[Example]) -> Iterator[Finding]:
    """Say which ids and which words occur twice, and where the same words have other labels."""
    for identity, count in Counter(example.id for example in examples).items():
        if count > 1:
            yield Finding(serious=True, says=f"{identity}: id used {count} times")
    same: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        same[" ".join(tokens(example.text)) or example.text].append(example)
    for first, *others in same.values():
        for other in others:
            contradicts = set(first.labels) != set(other.labels)
            what = "the same words with other labels" if contradicts else "the same words"
            serious = contradicts or _telling(first)
            yield Finding(serious=serious, says=f"{first.id} and {other.id}: {what}")


def find_shared_situations(train: Sequence[Example], held: Sequence[Example]) -> Iterator[Finding]:
    """Say which situations stand in both splits."""
    for situation in sorted({e.situation for e in train} & {e.situation for e in held}):
        yield Finding(serious=True, says=f"situation {situation} is in both splits")


def find_near_duplicates(train: Sequence[Example], held: Sequence[Example]) -> Iterator[Finding]:
    """Say which messages are nearly the same, within and across the splits."""
    examples = [*train, *held]
    if not examples:
        return
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    rows = vectorizer.fit_transform(example.text for example in examples)
    closest = 0.0
    for start in range(0, len(examples), ROWS_AT_ONCE):
        # Of each pair the later message is a column, and none before this block's first row is.
        cosines = (rows[start : start + ROWS_AT_ONCE] @ rows[start:].T).tocoo()
        across = (start + cosines.row < len(train)) & (start + cosines.col >= len(train))
        closest = max(closest, cosines.data.max(initial=0.0, where=across))
        near = cosines.data >= np.where(across, NEAR_ACROSS, NEAR)
        for place in np.flatnonzero(near & (cosines.row < cosines.col)):
            row, other = start + cosines.row[place], start + cosines.col[place]
            yield _near(
                examples[row],
                examples[other],
                cosines.data[place],
                across=bool(across[place]),
            )
    yield Finding(serious=False, says=f"largest cosine between the splits: {closest:.3f}")


def find_templates(examples: Sequence[Example]) -> Iterator[Finding]:
    """Say which runs of words recur in many situations, and which openings too often."""
    situations: dict[tuple[str, ...], set[str]] = defaultdict(set)
    openings: Counter[tuple[str, ...]] = Counter()
    for example in examples:
        words = tokens(example.text)
        openings[tuple(words[:OPENING_WORDS])] += 1
        for start in range(len(words) - FRAME_WORDS + 1):
            situations[tuple(words[start : start + FRAME_WORDS])].add(example.situation)
    for frame, where in situations.items():
        if len(where) >= FRAME_SITUATIONS:
            said = f"{len(where)} situations say {' '.join(frame)!r}"
            yield Finding(serious=len(where) >= 2 * FRAME_SITUATIONS, says=said)
    most = max(FEWEST_OPENINGS, OPENING_SHARE * len(examples))
    for opening, count in openings.items():
        if count > most:
            yield Finding(serious=False, says=f"{count} messages begin {' '.join(opening)!r}")


def find_real_people(examples: Sequence[Example]) -> Iterator[Finding]:
    """Say where a telephone number, a domain, a postcode or an NI number might be real."""
    for example in examples:
        for kind in _real(f"{example.subject}\n{example.text}"):
            yield Finding(serious=True, says=f"{example.id}: {kind} that may be real")


def count(examples: Sequence[Example]) -> Iterator[str]:
    """Say how many messages and situations there are, of what kinds."""
    yield f"messages {len(examples)}, situations {len({e.situation for e in examples})}"
    outputs = Counter(output for example in examples for output in example.outputs)
    yield from (f"{output} {number}" for output, number in sorted(outputs.items()))
    both = sum({Label.COMPLAINT, Label.SERVICE_REQUEST} <= set(e.labels) for e in examples)
    yield f"complaint with service_request {both}"
    yield f"hard {sum(e.hard for e in examples)}, sarcastic {sum(e.sarcastic for e in examples)}"
    channels = Counter(example.channel for example in examples)
    yield ", ".join(f"{channel} {number}" for channel, number in channels.most_common())
    lengths = sorted(len(tokens(example.text)) for example in examples)
    middle = lengths[len(lengths) // 2] if lengths else 0
    yield f"words: median {middle}, longest {max(lengths, default=0)}"


def _read(file: Path) -> Iterator[tuple[Finding | None, Example | None]]:
    lines = file.read_text(encoding="utf-8", errors="replace").split("\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield None, parse_example(json.loads(line))
        except (ValueError, AttributeError) as error:
            place = f"{file.parent.name}/{file.name}, line {number}"
            yield Finding(serious=True, says=f"{place}: {error}"), None


def _near(first: Example, second: Example, cosine: float, *, across: bool) -> Finding:
    contradicts = set(first.labels) != set(second.labels)
    says = f"{first.id} and {second.id}: cosine {cosine:.2f}"
    says += " across the splits" if across else ""
    return Finding(
        serious=across and _telling(first) and _telling(second),
        says=says + (", with other labels" if contradicts else ""),
    )


def _telling(example: Example) -> bool:
    return len(words_of(tokens(example.text))) >= FEWEST_TELLING


def _real(text: str) -> Iterable[str]:
    digits = (re.sub(r"\D", "", m.group()).removeprefix("44") for m in PHONE.finditer(text))
    if any(not FICTITIOUS_PHONE.fullmatch(number) for number in digits):
        yield "a telephone number"
    if any(not FICTITIOUS_DOMAIN.fullmatch(m.group(1)) for m in DOMAIN.finditer(text)):
        yield "a domain"
    if any(m.group(1) not in FICTITIOUS_AREAS for m in POSTCODE.finditer(text)):
        yield "a postcode"
    if NINO.search(text):
        yield "an NI number"
