"""The word lists: names, ordinary English words, and words with capitals that are nobody's name."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from classifier.personal.words import word_set

#: The folder of the lists, beside the models and among the data they are made from.
LISTS_FOLDER = "names"
LISTS = ("given.tsv", "family.tsv", "words.txt", "slang.txt", "keep.txt")
#: What stands within a name and is none: "de la Cruz".
PARTICLES = word_set(
    "van de da dos del della di bin ibn al el von der den le la du abu bint ap ab ferch nic mac"
)
WITHOUT_MARK = str.maketrans("łŁøØđĐıİßæÆœŒðþ", "lLoOdDiIsaAoOdt")


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """Words by what they may be; all in small letters without accents."""

    given: frozenset[str] = frozenset()
    family: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    rare: frozenset[str] = frozenset()
    #: Single words of places, makes and feasts, which may be names all the same.
    kept_words: frozenset[str] = frozenset()
    #: Longer ones, with the numbers and addresses of public bodies: nobody's names.
    kept: tuple[str, ...] = ()


def load_lexicon(folder: Path) -> Lexicon:
    """Return the lists that lie in a folder."""
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in LISTS}
    words = [line.split("\t") for line in texts["words.txt"].splitlines()]
    phrases = list(read_phrases(texts["keep.txt"].splitlines()))
    slang = (word for line in _lines(texts["slang.txt"]) for word in line.split())
    return Lexicon(
        given=frozenset(plain(line.split("\t")[0]) for line in _lines(texts["given.tsv"])),
        family=frozenset(plain(line.split("\t")[0]) for line in _lines(texts["family.tsv"])),
        common=frozenset((*(word[0] for word in words if len(word) == 1), *slang)),
        rare=frozenset(word[0] for word in words if len(word) > 1),
        kept_words=frozenset(phrase.lower() for phrase in phrases if phrase.isalpha()),
        kept=tuple(phrase for phrase in phrases if not phrase.isalpha()),
    )


def read_phrases(lines: Iterable[str]) -> Iterable[str]:
    """Return the phrases of a keep-list: one a line, or several divided by a bar."""
    for line in lines:
        if not line.startswith("#"):
            yield from (phrase.strip() for phrase in line.split("|") if phrase.strip())


@lru_cache(maxsize=50_000)
def plain(word: str) -> str:
    """Return a word in small letters without accents: "Wójcik" and "wojcik" are one."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFD", word.translate(WITHOUT_MARK).lower())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _lines(text: str) -> Iterable[str]:
    return (line for line in text.splitlines() if line and not line.startswith("#"))
