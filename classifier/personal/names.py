"""Find the names of people: what the tagger thinks, where they stand, what was named before."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from classifier.personal.features import HONORIFICS, KIN, ROLES, TEAMS, TITLES, Fact
from classifier.personal.found import Found
from classifier.personal.lexicon import PARTICLES, Lexicon
from classifier.personal.name_contexts import find_in_context
from classifier.personal.name_rules import find_by_rule
from classifier.personal.nobody import is_nobody
from classifier.personal.people import kind_of
from classifier.personal.reading import DATES, NEVER, Reading
from classifier.personal.tagger import Tagger
from classifier.personal.words import Words, word_set

#: From here on we are sure; below, a person looks.
SURE = 0.5
#: A word that was a name before needs this little to be one again where it is an ordinary word.
AGAIN = 0.02
#: What an ordinary word follows and a name does not: "I will be frank", "Joy is a joy".
NO_NAME_AFTER = word_set("be being is are was a an no the of such so very in with by")
CLAUSES = word_set("and but because so that when if while")
VERBS = word_set("is was has had does did said says will won't isn't wasn't keeps came went")
SHORTEST = 3  # letters of a name that is looked for again
NICKNAMES = word_set("big little old young wee fat mad posh scouse lil")
POINTERS = word_set("my a the our his her your that this an")
FOREIGN = word_set("al el bin bint ibn abu van von der dos ap ferch nic")
JOINS = frozenset({"&", "and", "n", "+"})
NO_SURNAME = word_set("will may can long day law best")
#: Titles and kin that are nobody in particular by themselves.
NOBODY = TITLES | (KIN - {"baji", "apa", "bhai"}) | word_set("nan nana nanny gran granny")
NO_INITIAL = frozenset("iauxnrv")
INITIALS = re.compile(r"\^[ ]?[A-Za-z]{1,3}(?![^\W\d_])|(?<=[\s.!?,])[-~][ ]?[A-Z]{2,3}(?=\s*\Z)")
SPACED = re.compile(r"(?<![\w'])(?:[A-Za-z][ .\-_*]){2,14}[A-Za-z](?![\w'])")
HASHTAG = re.compile(
    r"#[ ]?(?:justice|remember|rip|free|save)[ _]?(?:for|4|_)?[ _]?([^\W\d_]{3,20})", re.IGNORECASE
)


class NameFinder:
    """Finds the names in a text."""

    def __init__(self, tagger: Tagger) -> None:
        self._tagger = tagger

    @property
    def lexicon(self) -> Lexicon:
        """The word lists."""
        return self._tagger.facts.lexicon

    def find(
        self,
        words: Words,
        barred: Sequence[bool],
        *,
        author: Words,
        known: Words,
        least: float,
        still: Callable[[], None],
    ) -> Iterator[Found]:
        """Return the names that are at least so likely, and those known wherever they stand.

        `known` are the names hidden already, and can no longer be read in the text; `still`
        is asked again and again, and raises when the time is over.
        """
        reading = Reading(words, *self._tagger.read(words), barred)
        chances = self._tagger.tag(reading.facts, reading.modes, still)
        names = {
            place: chance
            for place, chance in enumerate(chances)
            if chance >= least and chance >= reading.needed(place)
        }
        names.update(
            (place, max(chances[place], least))
            for place in range(len(reading))
            if place not in names and reading.is_given(place)
        )
        whole = [self._tagger.facts(form) for form in author.forms]
        for place in chain(
            find_by_rule(reading), find_in_context(reading), _find_whole(reading, whole)
        ):
            still()
            names[place] = 1.0
        _join_pairs(reading, names, chances)
        _extend(reading, names)
        _carry(reading, names, chances, [*whole, *map(self._tagger.facts, known.forms)])
        _extend(reading, names)
        still()
        yield from _spans(words, names)
        yield from self._by_pattern(words.text)

    def _by_pattern(self, text: str) -> Iterator[Found]:
        for match in INITIALS.finditer(text):
            yield _name(text, *match.span())
        for match in SPACED.finditer(text):
            if self._is_listed("".join(filter(str.isalpha, match[0])).lower()):
                yield _name(text, *match.span())
        for match in HASHTAG.finditer(text):
            if self._tagger.facts(match[1]).sort == "u":
                yield _name(text, *match.span(1))

    def _is_listed(self, word: str) -> bool:
        return word in self.lexicon.given or word in self.lexicon.family


def _find_whole(reading: Reading, name: Sequence[Fact]) -> Iterator[int]:
    """Return where somebody's whole name stands, though it be a thing: "Jack Russell"."""
    own = [fact.word for fact in name]
    if len(own) > 1 and all(fact.listed in "gfb" for fact in name):
        for first in range(len(reading) - len(own) + 1):
            if all(reading.word(first + at) == word for at, word in enumerate(own)):
                yield from range(first, first + len(own))


def _carry(
    reading: Reading, names: dict[int, float], chances: Sequence[float], people: Iterable[Fact]
) -> None:
    """Add the words that were names before, in the text or of people known."""
    known = {reading.facts[place].word for place, chance in names.items() if chance >= SURE}
    known |= {fact.word for fact in people if fact.sort == "u" or fact.listed in "gfb"}
    known = {word for word in known if len(word) >= SHORTEST} - TITLES - KIN - ROLES - TEAMS
    for place, fact in enumerate(reading.facts):
        stem = fact.word if fact.word in known else fact.word.removesuffix("s")
        if stem not in known or place in names or reading.barred[place]:
            continue
        if is_nobody(reading.facts, place):
            continue
        likely = chances[place] >= AGAIN and reading.word(place - 1) not in NO_NAME_AFTER
        sure = fact.sort == "u" or likely or _is_subject(reading, place)
        if not reading.is_date(place) and (sure or _stands_out(reading, place)):
            names[place] = 1.0


def _is_subject(reading: Reading, place: int) -> bool:
    """Whether a clause begins with a word and goes on with what it does: "and dean is"."""
    return reading.word(place - 1) in CLAUSES and reading.word(place + 1) in VERBS


def _stands_out(reading: Reading, place: int) -> bool:
    return reading.capital(place) and not reading.opens(place)


def _join_pairs(reading: Reading, names: dict[int, float], chances: Sequence[float]) -> None:
    """Add the other of two that are named together: "Ashley & Jordan"."""
    for place in sorted(names):
        for step in (1, -1):
            other = place + 2 * step
            if 0 <= other < len(reading) and reading.word(place + step) in JOINS:
                fact = reading.facts[other]
                likely = fact.sort in "uM" or reading.capital(other) or chances[other] >= AGAIN
                dated = reading.is_date(other) or (fact.word in DATES and chances[other] < SURE)
                barred = reading.barred[other] or dated
                if likely and fact.listed in "gfb" and not barred:
                    names.setdefault(other, names[place])


def _extend(reading: Reading, names: dict[int, float]) -> None:
    """Grow each name over what belongs to it: titles, initials, "Big", particles, a family name."""
    for place in sorted(names):
        for before in _before(reading, names, place):
            names[before] = names[place]
        for after in _after(reading, names, place):
            names[after] = names[place]


def _before(reading: Reading, names: dict[int, float], place: int) -> list[int]:
    found: list[int] = []
    before = place - 1
    while before >= 0 and before not in names and reading.gap(before + 1) in {"", " ", "  "}:
        if reading.word(before) == "." and _is_abbreviation(reading.word(before - 1)):
            before -= 1
        elif not _belongs_before(reading, before):
            break
        found += range(before, place)
        before -= 1
    return found


def _is_abbreviation(word: str) -> bool:
    return word in TITLES or (len(word) == 1 and word.isalpha())


def _belongs_before(reading: Reading, place: int) -> bool:
    """Whether a word before a name is part of it: a title, an initial, "Big"."""
    word, form, previous = reading.word(place), reading.words.forms[place], reading.word(place - 1)
    if word in TITLES:
        weak = word in KIN or (word == "miss" and previous in {"i", "we", "will"})
        return not weak or reading.capital(place) or previous not in POINTERS
    if word in HONORIFICS:
        return reading.capital(place) or previous not in POINTERS
    if word in JOINS:
        return previous in TITLES and reading.word(place + 1) in TITLES
    if len(word) == 1 and word.isalpha():
        dotted = reading.word(place + 1) == "."
        initial = dotted or form.isupper() or word not in NO_INITIAL
        apart = not reading.is_glued(place)
        return initial and apart and (dotted or reading.gap(place + 1) != "")
    if word in NICKNAMES:
        return previous not in POINTERS
    asks = word in {"will", "may"} and reading.opens(place)
    return reading.facts[place].listed in "gfb" and reading.capital(place) and not asks


def _after(reading: Reading, names: dict[int, float], place: int) -> list[int]:
    found: list[int] = []
    after = place + 1
    while after < len(reading) and after not in names and not reading.barred[after]:
        if reading.gap(after) not in {" ", "  "} or not _belongs_after(reading, after):
            break
        found.append(after)
        after += 1
    return found


def _belongs_after(reading: Reading, place: int) -> bool:
    """Whether a word after a name is part of it: "van" of "van Dijk", a family name."""
    fact, following = reading.facts[place], place + 1
    if fact.word in PARTICLES:
        following += reading.word(following) in PARTICLES
        named = following < len(reading) and (
            reading.unusual(following)
            or (fact.word in FOREIGN and reading.facts[following].sort in "urM")
        )
        return named and (reading.capital(following) or fact.word in FOREIGN)
    joined = reading.word(place - 1) in FOREIGN and fact.sort in "urM"
    if joined or _is_last_initial(reading, place) or _is_small_surname(reading, place):
        return True
    if not reading.capital(place) or not fact.word.isalpha():
        return False
    listed = fact.listed in "fb" and fact.word not in NO_SURNAME and fact.sort in "wr"
    return fact.sort == "u" or listed or _is_surname(reading, place)


def _is_last_initial(reading: Reading, place: int) -> bool:
    """Whether one letter after a given name stands for the family's: "sharon k", "Leroy B"."""
    fact, before = reading.facts[place], reading.facts[place - 1]
    lone = len(fact.word) == 1 and fact.word.isalpha() and fact.word not in NO_INITIAL
    return lone and before.listed in "gb" and not reading.is_glued(place)


def _is_small_surname(reading: Reading, place: int) -> bool:
    """Whether an unknown word after a given name is the family's, all in small letters."""
    fact, before = reading.facts[place], reading.facts[place - 1]
    given = before.listed in "gb" and before.sort == "u" and before.shape == "x"
    unknown = fact.sort == "u" and fact.shape == "x" and len(fact.word) > SHORTEST
    return given and unknown and not is_nobody(reading.facts, place)


def _is_surname(reading: Reading, place: int) -> bool:
    """Whether any word with a capital right after a given name is the family's: "Brenda Tuck"."""
    fact, before = reading.facts[place], reading.facts[place - 1]
    given = before.listed in "gb" and before.shape == "Xx"
    word = fact.sort in "wrM" and fact.word not in DATES and fact.shape == "Xx"
    return given and word and fact.word not in NEVER | NO_SURNAME


def _spans(words: Words, names: dict[int, float]) -> Iterator[Found]:
    """Join neighbouring words of a name."""
    run: list[int] = []
    for place in (*sorted(names), None):
        if run and (place is None or not _goes_on(words, run[-1], place)):
            if not _says_nothing(words, run, names):
                yield _whole(words, run, max(names[each] for each in run))
            run = []
        if place is not None:
            run.append(place)


def _says_nothing(words: Words, run: Sequence[int], names: dict[int, float]) -> bool:
    """Whether only titles stand there, or one letter that no rule makes a name: "Band C"."""
    letter = len(run) == 1 and len(words.forms[run[0]]) == 1 and names[run[0]] < 1.0
    return letter or all(words.lower[each] in NOBODY for each in run)


def _goes_on(words: Words, place: int, following: int) -> bool:
    between = words.text[words.ends[place] : words.starts[following]]
    short = _is_abbreviation(words.lower[place]) or words.forms[place] == "."
    return between in {" ", "  ", "-", "'", ""} or (short and between in {".", ". "})


def _whole(words: Words, run: Sequence[int], chance: float) -> Found:
    start, end = words.starts[run[0]], words.ends[run[-1]]
    return Found(
        start=start,
        end=end,
        kind=kind_of(words.text, start, end),
        key=words.text[start:end],
        certain=chance >= SURE,
    )


def _name(text: str, start: int, end: int) -> Found:
    return Found(start=start, end=end, kind="NAME", key=text[start:end])
