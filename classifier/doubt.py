"""Says why a person must look at a text, whatever the model makes of it."""

import unicodedata
from collections.abc import Sequence

from classifier.labels import History
from classifier.language import sounds_foreign
from classifier.scorer import Document

#: Fewer words than this say too little, unless a cue is among them.
FEWEST_WORDS = 4
#: Below this share of words that training has seen, a text of so many words is hardly English;
#: below the next, it is not if it sounds foreign as well.
LEAST_KNOWN, JUDGED_FROM = 0.6, 4
ENOUGH_KNOWN = 0.8
LEAST_LATIN = 0.5
#: From this contact on, a word about an overdue job is a second chaser.
SECOND_CHASER = 2

NOTHING, NO_WORDS = "nothing is written", "no words"
OTHER_ALPHABET, NOT_ENGLISH = "another alphabet", "not English"
TOO_SHORT = "too short to judge"
#: Reasons for which nothing that the model proposes can be relied on.
UNREADABLE = frozenset({NOTHING, NO_WORDS, OTHER_ALPHABET, NOT_ENGLISH})


def find_doubt(text: str, document: Document, *, known: float, cued: bool) -> str:
    """Return why a text cannot be judged by its words, or nothing.

    `known` is the share of its words that training has seen, `cued` whether any cue is among them.
    """
    words = [word for sentence in document for word in sentence if word[:1].isalnum()]
    if not words:
        return NO_WORDS if text.strip() else NOTHING
    if _latin_share(text) < LEAST_LATIN:
        return OTHER_ALPHABET
    if len(words) >= JUDGED_FROM and _is_foreign(words, known):
        return NOT_ENGLISH
    return TOO_SHORT if len(words) < FEWEST_WORDS and not cued else ""


def find_reason(history: History) -> str:
    """Return why the history of a matter alone makes dissatisfaction possible, or nothing."""
    if history.overdue and history.contacts >= SECOND_CHASER:
        return "chases an overdue job again"
    return ""


def _is_foreign(words: Sequence[str], known: float) -> bool:
    doubtful = known < ENOUGH_KNOWN
    return known < LEAST_KNOWN or (doubtful and sounds_foreign(" ".join(words)))


def _latin_share(text: str) -> float:
    """Return the share of Latin among the letters of the beginning of a text."""
    said = text[:1_000]
    if said.isascii():
        return 1.0
    letters = [c for c in said if c.isalpha()]
    return sum(map(_is_latin, letters)) / len(letters) if letters else 1.0


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")
