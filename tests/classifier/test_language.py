from collections import Counter

import pytest

from classifier.artefact import training_data
from classifier.dataset import Example, load_examples
from classifier.doubt import NOT_ENGLISH, find_doubt
from classifier.features import RAREST
from classifier.judge import read
from classifier.language import sounds_foreign
from classifier.normalise import words_of
from tests.classifier.foreign_texts import FOREIGN

#: Enough messages to tell a share of 0.3 % from twice as many.
ONE_IN = 4
MOST_FALSE = 0.003


@pytest.mark.parametrize("language", FOREIGN)
def test_what_is_in_another_language_sounds_foreign(language: str):
    assert sum(map(sounds_foreign, FOREIGN[language])) >= len(FOREIGN[language]) - 1


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("the boiler has packed in again and nobody rang me back", id="plain"),
        pytest.param("yer man never cam, the heatin is aff an the wean is freezin", id="Scots"),
        pytest.param("good day sir, the water it come from ceiling since two day", id="learner"),
    ],
)
def test_english_of_any_kind_does_not_sound_foreign(words: str):
    assert not sounds_foreign(words)


def test_hardly_an_english_message_is_taken_for_another_language():
    examples = load_examples(training_data() / "messages")
    counts = Counter(word for example in examples for word in _words(example))
    seen = {word for word, count in counts.items() if count >= RAREST[0]}
    taken = [e for e in examples[::ONE_IN] if _doubt(e, seen) == NOT_ENGLISH]
    assert len(taken) <= MOST_FALSE * len(examples) / ONE_IN


def _words(example: Example) -> list[str]:
    return [word for sentence in read(example.as_text()).document for word in words_of(sentence)]


def _doubt(example: Example, seen: set[str]) -> str:
    words = _words(example)
    known = sum(word in seen for word in words) / max(1, len(words))
    document = read(example.as_text()).document
    return find_doubt(example.text, document, known=known, cued=True)
