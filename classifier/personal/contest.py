"""Whether a tagger that learned from reviewers may serve: it must find the names that others do."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from classifier.personal.examples import Example, load_maker
from classifier.personal.tagger import OUTSIDE, Tagger, load_tagger
from classifier.personal.train import labels_of
from classifier.personal.words import split_words

#: Examples that neither learned from, and how likely a word must be to count as found.
EXAMPLES, SEED, LEAST = 1_000, 12, 0.1
#: A challenger may find so much less, and take so much more for names, and no more.
MARGIN = 0.01


@dataclass(frozen=True, kw_only=True)
class Found:
    """How much of the words of names a tagger finds, and how much of the other words it takes."""

    names: float
    others: float


def holds(champion: Found, challenger: Found) -> bool:
    """Whether the challenger is not worse."""
    return (
        challenger.names >= champion.names - MARGIN
        and challenger.others <= champion.others + MARGIN
    )


def measure(artefact: Path, data: Path) -> Found:
    """Return what the tagger of an artefact finds in examples made for this from `data/names`.

    Raises:
        ArtefactError: the artefact's tagger is not the one that its manifest names.
    """
    maker = replace(load_maker(data / "names"), random=Random(SEED))  # noqa: S311 - no secret
    return find_share(load_tagger(artefact), maker.examples(EXAMPLES))


def find_share(tagger: Tagger, examples: Iterable[Example]) -> Found:
    """Return what a tagger finds in examples."""
    counts = {True: [0, 0], False: [0, 0]}
    for example in examples:
        words = split_words(example.text)
        chances = tagger.tag(*tagger.read(words), lambda: None)
        for label, chance in zip(labels_of(words, example), chances, strict=True):
            count = counts[label != OUTSIDE]
            count[0] += chance >= LEAST
            count[1] += 1
    names, others = (found / max(1, all_) for found, all_ in (counts[True], counts[False]))
    return Found(names=names, others=others)
