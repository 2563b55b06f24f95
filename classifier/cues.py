"""Named rules whose hits are recorded as reasons, and which do not depend on training.

The rules stand in `cues.txt`. A phrase is words with a blank between: `a|b` is either, `word*` any
word that begins so, `a?` may be missing, `~3` stands for up to three words. It is sought among the
tokens of one sentence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from classifier.labels import Flag, Hazard

OUR_CUES = Path(__file__).with_name("cues.txt")
HEAD = re.compile(r"(?P<name>\S.*) \[(?P<does>[a-z0-9_: ]*)\]")
DOES = frozenset(
    ["reason", "possible", "affirmed", "ironic"]
    + [f"flag:{flag}" for flag in Flag]
    + [f"hazard:{hazard}" for hazard in Hazard]
)
#: Phrases are looked up by the first letters of their first word.
KEY_LETTERS = 3
#: A word before a cue that turns it round, and how many words before it may stand.
NEGATIONS = frozenset(
    ["not", "no", "dont", "didnt", "wont", "never", "isnt", "nor", "without", "arent", "wasnt"]
)
NEGATION_REACH = 3


class CueError(ValueError):
    """A rule cannot be read; the message says which line."""


@dataclass(frozen=True, kw_only=True)
class Cue:
    """A rule: its name in a triager's words, what it looks for, and what a hit raises."""

    name: str
    phrases: tuple[str, ...] = field(repr=False)
    #: Whether staff are shown it as the reason for a label.
    reason: bool = False
    #: Whether a hit makes dissatisfaction at least possible.
    possible: bool = False
    flags: tuple[Flag, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    #: Whether a negation just before the words cancels the hit.
    affirmed: bool = False
    #: Whether a hit makes praise doubtful.
    ironic: bool = False


@dataclass(frozen=True, kw_only=True)
class _Phrase:
    cue: int
    pattern: re.Pattern[str]


def load_cues(path: Path = OUR_CUES) -> tuple[Cue, ...]:
    """Return the rules of a file, in its order.

    Raises:
        CueError: a line is neither a rule's head nor a phrase, or a head cannot be read.
    """
    heads: list[re.Match[str]] = []
    phrases: list[list[str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        head = HEAD.fullmatch(line)
        if head:
            heads.append(head)
            phrases.append([])
        elif line[0] == " " and phrases:
            phrases[-1].append(line.strip())
        else:
            raise CueError(f"line {number} is neither the head of a rule nor a phrase")
    cues = tuple(_make(head, below) for head, below in zip(heads, phrases, strict=True))
    if len({cue.name for cue in cues}) < len(cues):
        raise CueError("two rules have one name")
    return cues


def _make(head: re.Match[str], phrases: Sequence[str]) -> Cue:
    does = head["does"].split()
    if not DOES.issuperset(does):
        raise CueError(f"{head.group()!r} does what no rule can")
    return Cue(
        name=head["name"],
        phrases=tuple(phrases),
        reason="reason" in does,
        possible="possible" in does,
        flags=tuple(flag for flag in Flag if f"flag:{flag}" in does),
        hazards=tuple(hazard for hazard in Hazard if f"hazard:{hazard}" in does),
        affirmed="affirmed" in does,
        ironic="ironic" in does,
    )


class CueFinder:
    """Finds which cues the tokens of a sentence hold."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        self.cues = tuple(cues)
        self._by_key: dict[str, list[_Phrase]] = {}
        for number, cue in enumerate(self.cues):
            for phrase in cue.phrases:
                self._add(number, phrase)

    def find(self, words: Sequence[str]) -> frozenset[int]:
        """Return the numbers of the cues that are hit."""
        said = " ".join(words) + " "
        found: set[int] = set()
        place = 0
        for position, word in enumerate(words):
            for phrase in self._by_key.get(word[:KEY_LETTERS], ()):
                if phrase.cue in found or not phrase.pattern.match(said, place):
                    continue
                if not self._negated(phrase.cue, words, position):
                    found.add(phrase.cue)
            place += len(word) + 1
        return frozenset(found)

    def _negated(self, cue: int, words: Sequence[str], position: int) -> bool:
        before = words[max(0, position - NEGATION_REACH) : position]
        return self.cues[cue].affirmed and not NEGATIONS.isdisjoint(before)

    def _add(self, cue: int, phrase: str) -> None:
        compiled = _Phrase(cue=cue, pattern=compile_phrase(phrase))
        for key in {start[:KEY_LETTERS] for start in phrase.split(maxsplit=1)[0].split("|")}:
            self._by_key.setdefault(key, []).append(compiled)


def compile_phrase(phrase: str) -> re.Pattern[str]:
    """Return a phrase as a pattern that matches tokens with a blank after each.

    Raises:
        CueError: it begins with a gap, an optional word or too short a beginning of a word.
    """
    first, *rest = phrase.split()
    if first[0] == "~" or first[-1] == "?":
        raise CueError(f"a phrase begins with a word: {phrase!r}")
    if any(len(word) <= KEY_LETTERS and word[-1:] == "*" for word in first.split("|")):
        raise CueError(f"a beginning of a word has {KEY_LETTERS} letters or more: {phrase!r}")
    return re.compile("".join(_elements((first, *rest))))


def _elements(parts: Sequence[str]) -> Iterator[str]:
    for part in parts:
        if part[0] == "~":
            yield f"(?:[^ ]+ ){{0,{int(part[1:])}}}"
            continue
        optional = "?" if part[-1] == "?" and len(part) > 1 else ""
        words = (re.escape(word) for word in part.removesuffix(optional).split("|"))
        yield f"(?:(?:{'|'.join(words)}) ){optional}".replace(r"\*", "[^ ]*")
