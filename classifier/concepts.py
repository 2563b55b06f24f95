"""What a sentence is about: the concepts whose words it holds, whichever words those are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

OUR_CONCEPTS = Path(__file__).with_name("concepts.txt")
#: A beginning of a word has so many letters or more.
SHORTEST_BEGINNING = 2
#: Words whose concepts are remembered; then the memory is emptied, so that it stays bounded.
MOST_REMEMBERED = 50_000
#: Beyond so many concepts a sentence is a list, and pairs of them tell nothing.
MOST_PAIRED = 24


@dataclass
class _Node:
    """A word of a phrase: the concepts of phrases that end with it, and the words that follow."""

    concepts: list[str] = field(default_factory=list)
    following: dict[str, "_Node"] = field(default_factory=dict)
    #: Beginnings of a last word, each with the concepts of its phrases.
    begun: dict[str, list[str]] = field(default_factory=dict)


class Concepts:
    """Says which concepts a sentence holds."""

    def __init__(self, path: Path = OUR_CONCEPTS) -> None:
        self._root = _Node()
        concept = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith(" "):
                for term in line.strip(" |").split("|"):
                    self._add(term.split(), concept)
            elif line and not line.startswith("#"):
                concept = line
        self._remembered: dict[str, frozenset[str]] = {}

    def find(self, words: Sequence[str]) -> list[str]:
        """Return the concepts of a sentence given as words in their one spelling, sorted."""
        found: set[str] = set()
        for place, word in enumerate(words):
            found |= self._of_word(word)
            node, following = self._root.following.get(word), place + 1
            while node and following < len(words):
                if node.begun:
                    found |= _begun(node, words[following])
                node = node.following.get(words[following])
                if node:
                    found.update(node.concepts)
                following += 1
        return sorted(found)

    def _of_word(self, word: str) -> frozenset[str]:
        """Return the concepts of a word by itself."""
        known = self._remembered.get(word)
        if known is None:
            node = self._root.following.get(word)
            known = _begun(self._root, word) | frozenset(node.concepts if node else ())
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[word] = known
        return known

    def _add(self, words: Sequence[str], concept: str) -> None:
        node = self._root
        *before, last = words
        for word in before:
            node = node.following.setdefault(word, _Node())
        if last.endswith("*"):
            node.begun.setdefault(last[:-1], []).append(concept)
        else:
            node.following.setdefault(last, _Node()).concepts.append(concept)


def concept_grams(concepts: Sequence[str]) -> Iterator[str]:
    """Return the concepts of a sentence and those that stand in it together."""
    yield from concepts
    for one, other in combinations(concepts[:MOST_PAIRED], 2):
        yield f"{one} & {other}"


def _begun(node: _Node, word: str) -> frozenset[str]:
    beginnings = (word[:length] for length in range(SHORTEST_BEGINNING, len(word) + 1))
    return frozenset(
        concept for begun in beginnings if begun in node.begun for concept in node.begun[begun]
    )
