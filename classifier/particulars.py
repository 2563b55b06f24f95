"""Who somebody is and where he lives: words that decide no label (labelling guide)."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from classifier.normalise import APOSTROPHES
from classifier.personal.lexicon import PARTICLES, Lexicon, load_lexicon, plain
from classifier.personal.words import word_set

#: Stands for a name, so that no name is learned from and none is strange.
NAME = "xname"
TITLES = word_set("mr mrs ms miss mx dr sir rev")
#: Tells by itself that a line says who or where; the others only go along with it.
TELLING = frozenset([NAME, "xphone", "xemail", "xcode", "xpostcode"])
HOMES = word_set("flat flats apt apartment unit room block studio house number")
#: A road by its name is one whatever that means; "house" or "way" after an everyday word is not.
ROADS = word_set(
    "road rd street st avenue ave close lane ln drive court crt gardens gdns grove crescent cres"
    " terrace"
)
STREETS = ROADS | word_set(
    "way house place square sq walk row mews rise hill park view green tower towers heights lodge"
    " point mansions buildings estate villas wharf wynd gate path"
)
#: What stands before a number or a name: "Tel:", "Our ref", "Re:".
HEADS = word_set(
    "tel telephone mob mobile phone cell email mail ref reference re fw fwd aw sv case job id"
    " name address postcode tenant tenancy uprn dob my our your the and of from"
)
FURTHER = word_set("a b c d e f g h ni o mc st xhandle xurl xnumber xcaps xshout")
ALONG = TITLES | PARTICLES | HOMES | STREETS | HEADS | FURTHER | TELLING
#: Who signs with one of these writes for somebody, or of a claim.
OFFICES = word_set(
    "mp mps msp cllr councillor hon senedd law llp solicitor solicitors legal advocate"
)
#: An address has a number this near to its beginning: "12 Elm Road", "Flat 2, 12 Elm Road".
NUMBER_WITHIN = 3
#: A longer sentence tells more.
MOST_WORDS = 16
#: So many words with capitals that are nothing else are a name.
NAME_WORDS = range(2, 5)
#: Words of which it is remembered whether they are names; then the memory is emptied.
MOST_REMEMBERED = 50_000
WRITTEN = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")


class Particulars:
    """Knows the words that say who somebody is and where he lives."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._ordinary = (lexicon.common | lexicon.rare) - lexicon.kept_words
        self._listed = lexicon.given | lexicon.family
        self._remembered: dict[str, bool] = {}
        names = self._listed - lexicon.common - lexicon.rare - lexicon.kept_words
        self._names = names | {name.replace("'", "") for name in names} - self._ordinary

    def mask(self, words: Sequence[str]) -> list[str]:
        """Return the words of a sentence with one word for each name, however long it is."""
        return list(self._masked(words))

    def are_all(self, words: Sequence[str], said: str) -> bool:
        """Say whether a sentence tells who or where and nothing else.

        It is given as masked words without punctuation, and as it was written.
        """
        if not self._ordinary or len(words) > MOST_WORDS:
            return False
        strange = {word for word in words if _is_strange(word)}
        if not OFFICES.isdisjoint(words):
            return False
        if not strange:
            return not TELLING.isdisjoint(words) and not _tells_age(words)
        streets = set(self._find_streets(words, said)) if _is_numbered(words) else set()
        lives = bool(streets) and self._ordinary.isdisjoint(strange - streets)
        return lives or self._is_person(said)

    def _is_person(self, said: str) -> bool:
        """Say whether a line is a name by its capitals, be it on no list or an ordinary word too.

        "Aoife Ni Dhomhnaill", "Donna Slack", "Rose Chambers".
        """
        written = WRITTEN.findall(said.translate(APOSTROPHES))
        parts = [plain(part) for part in written if part[0].isupper()]
        if len(parts) not in NAME_WORDS or len(parts) < len(written):
            return False
        others = set(parts) - TITLES - PARTICLES - FURTHER
        if said.isupper():
            return not self._names.isdisjoint(others) and self._ordinary.isdisjoint(others)
        if not self._ordinary.isdisjoint(others - self._listed):
            return False
        full = parts[0] in self._lexicon.given and parts[-1] in self._lexicon.family
        return full or not (self._names.isdisjoint(others) and others & self._ordinary)

    def _find_streets(self, words: Sequence[str], said: str) -> Iterator[str]:
        """Return what a street or a house is called: "Elm" in "12 Elm Road"."""
        for word, kind in pairwise(words):
            proper = word not in self._ordinary or (kind in ROADS and said.istitle())
            if kind in STREETS and proper and (word == NAME or _is_strange(word)):
                yield word

    def _masked(self, words: Sequence[str]) -> Iterator[str]:
        before = ""
        for word in words:
            said = NAME if self._is_name(word) else word
            if said != NAME or before != NAME:
                yield said
            before = said

    def _is_name(self, word: str) -> bool:
        known = self._remembered.get(word)
        if known is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            said = plain(word)
            owned = said[-1:] == "s" and said[:-1] in self._names and said not in self._ordinary
            known = self._remembered[word] = owned or said in self._names
        return known


def _is_strange(word: str) -> bool:
    return not (word in ALONG or word[:1].isdigit())


def _tells_age(words: Sequence[str]) -> bool:
    """Say whether there are more numbers than homes: "Mrs Tulloch, 88, flat 17"."""
    return sum(word.isdigit() for word in words) > sum(word in HOMES | STREETS for word in words)


def _is_numbered(words: Sequence[str]) -> bool:
    return any(word[:1].isdigit() or word == "xnumber" for word in words[:NUMBER_WITHIN])


#: Knows no names.
NOBODY = Particulars(Lexicon())


def load_particulars(lists: Path) -> Particulars:
    """Return what the word lists of a folder know; without them nobody is known."""
    return Particulars(load_lexicon(lists)) if lists.is_dir() else NOBODY
