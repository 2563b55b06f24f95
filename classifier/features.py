"""Turns labelled texts into the features that the judge is trained on."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from classifier.artefact import number_grams
from classifier.concepts import Concepts, concept_grams
from classifier.cues import CueFinder, load_cues
from classifier.kinds import Kinds
from classifier.normalise import words_of
from classifier.scorer import Array, Document, frame_grams, letter_grams, word_grams

#: Chosen by cross-validation over situations.
COMMON_WORDS = 400
#: In how many texts a word or pair, a piece of a word, a stretch of an outline, and a concept or a
#: pair must occur: those that are rarer made the model twice as large and told nothing.
RAREST = (3, 4, 6, 6)
SCALES = (1.0, 0.5, 1.0, 0.5, 0.1)


@dataclass(frozen=True, kw_only=True)
class Features:
    """The features of many texts, a row each, and the names of the columns."""

    matrix: sparse.csr_matrix
    words: dict[str, int]
    letters: dict[str, int]
    frames: dict[str, int]
    concepts: dict[str, int]
    common: frozenset[str]
    idf: Array


def extract(documents: Sequence[Document], situations: Sequence[str]) -> Features:
    """Return the features of texts, in the order of columns that the scorer expects."""
    common, kinds, concepts = find_common(documents, situations), Kinds(), Concepts()
    outlines = [
        [[kinds.outline(word, common) for word in sentence] for sentence in document]
        for document in documents
    ]
    meant = [[concepts.find(words_of(sentence)) for sentence in document] for document in documents]
    analysed = (
        (_all_words, documents),
        (_all_letters, documents),
        (_all_frames, outlines),
        (_all_concepts, meant),
    )
    vectorizers, parts = [], []
    for (analyzer, texts), scale, rarest in zip(analysed, SCALES, RAREST, strict=False):
        vectorizer = TfidfVectorizer(analyzer=analyzer, sublinear_tf=True, min_df=rarest)
        parts.append(vectorizer.fit_transform(texts) * scale)
        vectorizers.append(vectorizer)
    words, letters, frames, meanings = number_grams(
        *(v.get_feature_names_out() for v in vectorizers)
    )
    return Features(
        matrix=sparse.hstack([*parts, _find_all_cues(documents)]).tocsr(),
        words=words,
        letters=letters,
        frames=frames,
        concepts=meanings,
        common=common,
        idf=np.concatenate([vectorizer.idf_ for vectorizer in vectorizers]),
    )


def find_common(documents: Sequence[Document], situations: Sequence[str]) -> frozenset[str]:
    """Return the words that occur in the most situations."""
    pairs = {
        (situation, word)
        for document, situation in zip(documents, situations, strict=True)
        for sentence in document
        for word in sentence
    }
    counts = Counter(word for _, word in pairs)
    return frozenset(sorted(counts, key=lambda word: (-counts[word], word))[:COMMON_WORDS])


def _find_all_cues(documents: Sequence[Document]) -> sparse.lil_matrix:
    finder = CueFinder(load_cues())
    matrix = sparse.lil_matrix((len(documents), len(finder.cues)))
    for row, document in enumerate(documents):
        for cue in frozenset().union(*(finder.find(words_of(words)) for words in document)):
            matrix[row, cue] = SCALES[-1]
    return matrix


def _all_words(document: Document) -> Iterator[str]:
    for sentence in document:
        yield from word_grams(sentence)


def _all_letters(document: Document) -> Iterator[str]:
    for sentence in document:
        for word in sentence:
            yield from letter_grams(word)


def _all_frames(outline: Document) -> Iterator[str]:
    for frame in outline:
        yield from frame_grams(frame)


def _all_concepts(meant: Document) -> Iterator[str]:
    for concepts in meant:
        yield from concept_grams(concepts)
