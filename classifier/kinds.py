"""Kinds of word: what a word is about, so that many words can be learned from together."""

from collections.abc import Iterator, Set as AbstractSet
from pathlib import Path

OUR_KINDS = Path(__file__).with_name("kinds.txt")
ENDINGS = ("ing", "ed", "ly", "s", "er", "tion")
#: A stem shorter than this is no stem.
SHORTEST_STEM = 3
#: Words whose kind is remembered; then the memory is emptied, so that it stays bounded.
MOST_REMEMBERED = 50_000


class Kinds:
    """Says of a word what kind of word it is."""

    def __init__(self, path: Path = OUR_KINDS) -> None:
        self._whole: dict[str, str] = {}
        self._begun: dict[str, str] = {}
        kind = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith(" "):
                for word in line.split():
                    known = self._begun if word.endswith("*") else self._whole
                    known.setdefault(word.rstrip("*"), kind)
            elif line and not line.startswith("#"):
                kind = line
        self._remembered: dict[str, str] = {}

    def outline(self, word: str, common: AbstractSet[str]) -> str:
        """Return a word's kind; the word if it is common; else its ending."""
        kind = self._remembered.get(word)
        if kind is None:
            kind = self._whole.get(word) or next(self._beginnings(word), "")
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[word] = kind
        return kind or (word if word in common else _ending(word))

    def _beginnings(self, word: str) -> Iterator[str]:
        """Return the kinds of the beginnings of a word, the longest first."""
        for length in range(len(word), 1, -1):
            if word[:length] in self._begun:
                yield self._begun[word[:length]]


def _ending(word: str) -> str:
    if word.isdigit():
        return "#"
    end = next((e for e in ENDINGS if len(word) >= len(e) + SHORTEST_STEM and word.endswith(e)), "")
    return f"~{end}" if word[:1].isalpha() else word
