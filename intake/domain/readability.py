"""How hard a text is to read. Pure."""

import re

WORD = re.compile(r"[A-Za-z]+(?:['\u2019][A-Za-z]+)*")
#: A line is a sentence of its own: a heading, an item of a list.
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
SYLLABLE = re.compile(r"[aeiouy]+")
FEWEST = 3


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [found.strip() for found in SENTENCE.findall(text) if found.strip()]


def words(text: str) -> list[str]:
    """Return the words of a text."""
    return WORD.findall(text)


def reading_age(text: str) -> float:
    """Return the age at which a text is read with ease: its Flesch-Kincaid grade, and five years.

    Sentences of one or two words, such as addresses and telephone numbers, do not count.
    """
    counted = [found for found in map(words, sentences(text)) if len(found) >= FEWEST]
    total = sum(len(found) for found in counted)
    if not total:
        return 0.0
    syllables = sum(_syllables(word) for found in counted for word in found)
    return 0.39 * total / len(counted) + 11.8 * syllables / total - 15.59 + 5


def _syllables(word: str) -> int:
    plain = word.casefold()
    found = len(SYLLABLE.findall(plain))
    silent = plain.endswith("e") and not plain.endswith(("le", "ee")) and found > 1
    return max(1, found - silent)
