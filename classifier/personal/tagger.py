"""The trained tagger: for each word of a text, how likely it is part of a name."""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock

import pycrfsuite

from classifier.personal.features import EDGE, Fact, Facts, features_of, may_be_name, modes_of
from classifier.personal.lexicon import LISTS_FOLDER, Lexicon, load_lexicon
from classifier.personal.words import Words

MODEL, MANIFEST = "names.crfsuite", "names.json"
OUTSIDE, BEGINS, INSIDE = "O", "B", "I"
#: How many words around a possible name the tagger reads.
AROUND = 2
#: So many words are read at once, that time can be told between.
LONGEST_WINDOW = 2000


class ArtefactError(Exception):
    """The name tagger in the artefact is not the one that its manifest names."""


class Tagger:
    """Tags the words of a text."""

    def __init__(self, lexicon: Lexicon, model: bytes) -> None:
        self.facts = Facts(lexicon)
        self._lock = Lock()
        self._model = model  # the tagger reads it in place
        self._crf = pycrfsuite.Tagger()
        self._crf.open_inmemory(model)

    def read(self, words: Words) -> tuple[list[Fact], list[str]]:
        """Return what is known of each word, and how its line is written."""
        facts = [self.facts(form) for form in words.forms]
        return facts, modes_of(words, facts)

    def tag(
        self, facts: Sequence[Fact], modes: Sequence[str], still: Callable[[], None]
    ) -> list[float]:
        """Return for each word the probability that it is part of a name."""
        chances = [0.0] * len(facts)
        for start, end in _windows(facts, modes):
            still()
            items = list(features_of(facts, modes, start, end))
            with self._lock:
                self._crf.set(items)
                for place in range(len(items)):
                    chances[start + place] = 1.0 - self._crf.marginal(OUTSIDE, place)
        return chances


def load_tagger(artefact: Path) -> Tagger:
    """Return the tagger of an artefact.

    Raises:
        ArtefactError: the model's sha256 is not in the manifest beside it.
    """
    model = (artefact / MODEL).read_bytes()
    manifest = json.loads((artefact / MANIFEST).read_text(encoding="utf-8"))
    if manifest.get("model") != hashlib.sha256(model).hexdigest():
        raise ArtefactError(f"{artefact / MODEL} is not the model of {MANIFEST}: train it again")
    return Tagger(load_lexicon(artefact / LISTS_FOLDER), model)


def _windows(facts: Sequence[Fact], modes: Sequence[str]) -> list[tuple[int, int]]:
    """Return the stretches that hold a possible name, with a few words around each."""
    windows: list[tuple[int, int]] = []
    before = EDGE
    for place, (fact, mode) in enumerate(zip(facts, modes, strict=True)):
        if may_be_name(fact, mode, before):
            start, end = max(0, place - AROUND), min(len(facts), place + AROUND + 1)
            if windows and start <= windows[-1][1] and end - windows[-1][0] <= LONGEST_WINDOW:
                windows[-1] = (windows[-1][0], end)
            else:
                windows.append((start, end))
        before = fact
    return windows
