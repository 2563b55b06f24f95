from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, strategies as st
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from classifier import scorer as scorer_module
from classifier.concepts import Concepts
from classifier.cues import CueFinder, load_cues
from classifier.features import extract
from classifier.judge import read
from classifier.kinds import Kinds
from classifier.labels import Text
from classifier.scorer import (
    MOST_SENTENCES,
    Document,
    Model,
    Scorer,
    frame_grams,
    letter_grams,
    word_grams,
)
from tests.classifier.small_model import examples, trained


def scorer(model: Model) -> Scorer:
    return Scorer(model, CueFinder(load_cues()), Kinds(), Concepts())


SCORER = scorer(trained().model)
DOCUMENTS = [read(example.as_text()).document for example in examples()]


def document(text: str) -> Document:
    return read(Text(words=text)).document


@given(st.text(alphabet="abcé!", min_size=1, max_size=12))
def test_pieces_of_a_word_are_those_of_sklearn(word: str):
    theirs = CountVectorizer(analyzer="char_wb", ngram_range=(2, 5)).build_analyzer()(word)
    assert list(letter_grams(word)) == theirs


def test_words_know_their_neighbours_and_the_ends_of_the_sentence():
    assert set(word_grams(["no", "heat"])) == {"^", "no", "heat", "$", "^ no", "no heat", "heat $"}


def test_an_outline_has_runs_of_up_to_four():
    runs = list(frame_grams(["NEG", "STAFF", "COME"]))
    assert "^ NEG STAFF COME" in runs
    assert max(len(run.split()) for run in runs) == 4


def test_probabilities_are_those_of_sklearn_to_the_ninth_digit():
    features = extract(DOCUMENTS, [example.situation for example in examples()])
    truth = [["complaint" in example.labels] for example in examples()]
    theirs = LogisticRegression().fit(features.matrix, np.ravel(truth))
    model = replace(
        trained().model,
        outputs=("complaint",),
        weights=theirs.coef_.T,
        intercepts=theirs.intercept_,
    )
    ours = scorer(model)
    decisions = np.array([ours.score(document).whole[0] for document in DOCUMENTS])
    expected = theirs.predict_proba(features.matrix)[:, 1]
    np.testing.assert_allclose(1 / (1 + np.exp(-decisions)), expected, rtol=0, atol=1e-9)


def test_a_text_without_a_sentence_scores_as_if_that_were_not_written():
    whole = SCORER.score(document("Nobody came. The tap drips. Why?"))
    part = SCORER.score(document("Nobody came. Why?"))
    np.testing.assert_allclose(whole.without[1], part.whole, rtol=0, atol=1e-9)


def test_an_empty_text_scores_the_intercepts():
    scores = SCORER.score([])
    np.testing.assert_allclose(scores.whole, trained().model.intercepts)
    assert scores.without.shape[0] == 0
    assert scores.known == 0


def test_only_so_many_sentences_are_left_out_in_turn():
    scores = SCORER.score(document("Nobody came. " * (MOST_SENTENCES + 9)))
    assert len(scores.without) == MOST_SENTENCES


def test_the_share_of_known_words_is_told():
    assert SCORER.score([["the", "boiler", "qwxz", "zzqx"]]).known == 0.5


def test_memory_stays_bounded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(scorer_module, "MOST_REMEMBERED", 2)
    small = scorer(trained().model)
    said = document("the boiler is broken and the tap drips")
    np.testing.assert_array_equal(small.score(said).whole, SCORER.score(said).whole)
    assert len(small._remembered) <= 2
