"""Scores a text with a trained linear model: the same figures as sklearn's, without sklearn."""

from collections.abc import Iterator, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, field
from itertools import accumulate, chain, pairwise

import numpy as np
from numpy.typing import NDArray

from classifier.concepts import Concepts, concept_grams
from classifier.cues import CueFinder
from classifier.kinds import Kinds
from classifier.normalise import words_of

Array = NDArray[np.float64]
Columns = NDArray[np.int64]
#: The tokens of each sentence of a text.
Document = Sequence[Sequence[str]]

SHORTEST_GRAM, LONGEST_GRAM = 2, 5
START, END = "^", "$"
LONGEST_FRAME = 4
#: Words whose pieces are remembered; then the memory is emptied, so that it stays bounded.
MOST_REMEMBERED = 50_000
#: A sentence's removal is tried for this many, so that no text takes long.
MOST_SENTENCES = 64


def word_grams(sentence: Sequence[str]) -> Iterator[str]:
    """Return the tokens of a sentence, its pairs of neighbours, and its first and last."""
    marked = (START, *sentence, END)
    yield from marked
    for left, right in pairwise(marked):
        yield f"{left} {right}"


def frame_grams(frame: Sequence[str]) -> Iterator[str]:
    """Return one to four neighbours of a sentence in outline."""
    marked = (START, *frame, END)
    for size in range(1, LONGEST_FRAME + 1):
        for start in range(len(marked) - size + 1):
            yield " ".join(marked[start : start + size])


def letter_grams(word: str) -> Iterator[str]:
    """Return the pieces of a word with a blank on each side (sklearn's `char_wb`)."""
    padded = f" {word} "
    for size in range(SHORTEST_GRAM, LONGEST_GRAM + 1):
        for start in range(max(1, len(padded) - size + 1)):
            yield padded[start : start + size]
        if size >= len(padded):
            return


@dataclass(frozen=True, kw_only=True)
class Model:
    """A trained model: a column for each feature (words, letters, frames, concepts, then cues)."""

    outputs: tuple[str, ...]
    words: Mapping[str, int] = field(repr=False)
    letters: Mapping[str, int] = field(repr=False)
    frames: Mapping[str, int] = field(repr=False)
    concepts: Mapping[str, int] = field(repr=False)
    #: The words that a sentence in outline keeps.
    common: AbstractSet[str] = field(repr=False)
    #: For all columns but those of cues.
    idf: Array = field(repr=False)
    #: A row for each column, a figure for each output.
    weights: Array = field(repr=False)
    intercepts: Array = field(repr=False)
    #: What each kind of feature counts for, in the order of columns.
    scales: tuple[float, float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class Scores:
    """What a text scores on each output, and what it would without each of its sentences."""

    whole: Array
    without: Array
    #: The cues of each sentence.
    cues: tuple[frozenset[int], ...]
    #: The share of its words that training has seen.
    known: float


class Scorer:
    """Applies a model to texts."""

    def __init__(self, model: Model, finder: CueFinder, kinds: Kinds, concepts: Concepts) -> None:
        self.model = model
        self.finder = finder
        self.kinds = kinds
        self.concepts = concepts
        sizes = map(len, (model.words, model.letters, model.frames, model.concepts))
        #: The first column of each kind of feature; cues come last.
        self._firsts = (0, *accumulate(sizes))
        self._remembered: dict[str, list[int]] = {}

    def score(self, document: Document) -> Scores:
        """Return the scores of a text given as sentences of tokens."""
        plain = [words_of(sentence) for sentence in document]
        cues = tuple(self.finder.find(words) for words in plain)
        rows = [self._columns(*each) for each in zip(document, plain, cues, strict=True)]
        decisions = self._decide(rows)
        words = [word for sentence in plain for word in sentence]
        known = sum(word in self.model.words for word in words) / max(1, len(words))
        return Scores(whole=decisions[0], without=decisions[1:], cues=cues, known=known)

    def _columns(
        self, words: Sequence[str], plain: Sequence[str], cues: frozenset[int]
    ) -> list[int]:
        """Return the columns of a sentence's features, as often as each occurs."""
        seen = self.model.words
        columns = [seen[gram] for gram in word_grams(words) if gram in seen]
        for word in words:
            columns += self._letters(word)
        seen = self.model.frames
        frame = [self.kinds.outline(word, self.model.common) for word in words]
        columns += [seen[gram] for gram in frame_grams(frame) if gram in seen]
        seen, meant = self.model.concepts, self.concepts.find(plain)
        columns += [seen[gram] for gram in concept_grams(meant) if gram in seen]
        columns += [self._firsts[-1] + cue for cue in cues]
        return columns

    def _letters(self, word: str) -> list[int]:
        columns = self._remembered.get(word)
        if columns is None:
            seen = self.model.letters
            columns = [seen[gram] for gram in letter_grams(word) if gram in seen]
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[word] = columns
        return columns

    def _decide(self, rows: Sequence[Sequence[int]]) -> Array:
        """Return the decisions for the whole text, then for it without each sentence."""
        flat = np.array(list(chain.from_iterable(rows)), dtype=np.int64)
        columns, places = np.unique(flat, return_inverse=True)
        width = len(columns)
        total = np.bincount(places, minlength=width).astype(np.float64)
        tried = [len(row) for row in rows[:MOST_SENTENCES]]
        counts = np.repeat(total[np.newaxis], len(tried) + 1, axis=0)
        owner = np.repeat(np.arange(1, len(tried) + 1), tried)
        np.subtract.at(counts, (owner, places[: len(owner)]), 1.0)
        values = self._values(counts, columns)
        return values @ self.model.weights[columns] + self.model.intercepts

    def _values(self, counts: Array, columns: Columns) -> Array:
        """Turn counts into features: dampened, weighed by rarity, each kind of length one."""
        present = counts > 0
        values = np.where(present, 1.0 + np.log(np.where(present, counts, 1.0)), 0.0)
        edges = np.searchsorted(columns, self._firsts).tolist()
        values[:, : edges[-1]] *= self.model.idf[columns[: edges[-1]]]
        *scales, cue_scale = self.model.scales
        for (start, end), scale in zip(pairwise(edges), scales, strict=True):
            length = np.sqrt((values[:, start:end] ** 2).sum(axis=1, keepdims=True))
            values[:, start:end] *= scale / np.where(length > 0, length, 1.0)
        values[:, edges[-1] :] = present[:, edges[-1] :] * cue_scale
        return values
