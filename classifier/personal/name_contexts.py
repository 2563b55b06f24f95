"""Where a word that may be a name is one: who speaks, works in a team, or is called by it."""

import re
from collections.abc import Iterator

from classifier.personal.features import HONORIFICS, ROLES, TEAMS
from classifier.personal.nobody import is_nobody
from classifier.personal.reading import BESIDE_DATES, DATES, IN_DATES, NEVER, Reading
from classifier.personal.words import word_set

#: What a person does and a thing or a month does not.
PERSON_VERBS = word_set("""
    said told tells rang phoned phones asked asks wants wanted wrote swore shouted shouts
    promised reckons thinks thought knows replied apologised emailed texted knocked smokes snores
    sneezed coughs drinks lied lies laughed cried insists insisted swears explained listened
    visited measured forgot refused
""")
#: What follows "Will" when it is somebody: no verb follows a verb.
AFTER_WILL = word_set("will is has was had did does would could can can't won't didn't doesn't")
ACTS = PERSON_VERBS | AFTER_WILL
#: Names that are no names in small letters, and what never follows the English words.
HELPERS = word_set("an can do my")
AFTER_HELPER = word_set("is was has had said told rang asked says tells wants lives knocked wrote")
#: Halves of Chinese and Vietnamese names that are English words: "Man Yee", "My Linh".
HALVES = word_set("man long sun song hung wing king my an son dung lay sing kit ah bee soon min")
LONGEST_HALF = 5
#: What says something of a bill, a grant, or a will.
NO_SPEAKER = word_set("bill grant art page price may will mark hope")
#: Where somebody works or lives, beside the teams.
PLACES_OF_PEOPLE = word_set("""
    accounts finance arrears estates leasehold recruitment legal planning gas electrics payroll
    floor landing takeaway shop
""")
IN_A_TEAM, BEFORE_TEAM = frozenset({"in", "from", "at"}), word_set("the your our their my")
#: What stands before somebody who is spoken of, where the sentence does not begin with him.
BEFORE_PERSON = word_set("and but when why if that because told asked to with by says saw")
#: What is said after a name, in respect: "Rafiq bhai", "Hatice teyze".
RESPECT = word_set("""
    bhai bhaiya bhaji baji apa didi sahib saab sahab begum aunty auntie uncle teyze abla abi amca
    hanim bey khala chacha chachi mama mami masi nani dada
""")
#: Those of them that are everyday English as well, and follow a name in capitals only.
EVERYDAY = word_set("aunty auntie uncle mama nani dada begum bey")
CALLED_SO = re.compile(
    r"(?P<name>[^\W\d_]{2,20})\s(?:is|was)\s(?:my|his|her|our|their)(?:\s[\w']{2,20}){0,2}?\sname\b",
    re.IGNORECASE,
)


#: Short for a month only where a figure or another date stands beside it.
SHORT_MONTHS = frozenset({"jan", "jun"})
#: What stands before "S. Pickles" when a person is meant, and no flat.
BEFORE_INITIAL = word_set("by from to with and for tell ask told asked regards thanks saw , \n")
SHORTEST = 3  # letters of a family name after an initial


def find_in_context(reading: Reading) -> Iterator[int]:
    """Return the words that are names by what stands beside them."""
    for place, word in enumerate(reading.words.lower):
        yield from _by_form(reading, place)
        if word in RESPECT:
            yield from _respected(reading, place)
        elif (word in IN_A_TEAM and _is_of_team(reading, place)) or (
            word in ACTS and _acts(reading, place)
        ):
            yield place - 1
    starts = {start: place for place, start in enumerate(reading.words.starts)}
    for match in CALLED_SO.finditer(reading.words.text):
        place = starts.get(match.start("name"), len(reading))
        if place < len(reading) and _is_called(reading, place):
            yield place


def _by_form(reading: Reading, place: int) -> Iterator[int]:
    """Return two listed words with capitals, an initial with its name, a "Jun" without a date."""
    fact = reading.facts[place]
    if fact.word in SHORT_MONTHS and reading.capital(place):
        if reading.word(place - 1) not in IN_DATES | BESIDE_DATES and not reading.is_date(place):
            yield place
    elif _is_pair(reading, place):
        yield from (place, place + 1)
    elif fact.shape in "iI" and _is_initial(reading, place):
        yield from (place, place + 2)


def _is_pair(reading: Reading, place: int) -> bool:
    """Whether two names stand here, which need be no words of English: "Hui Min"."""
    if not reading.capital(place) or place + 1 >= len(reading) or reading.gap(place + 1) != " ":
        return False
    both = (reading.facts[place], reading.facts[place + 1])
    if reading.barred[place] or reading.barred[place + 1]:
        return False
    plain = [
        fact.listed in "gbf" and fact.shape == "Xx" and fact.sort in "ur" and fact.word not in DATES
        for fact in both
    ]
    short = len(both[0].word) <= LONGEST_HALF and len(both[1].word) <= LONGEST_HALF
    half = short and (
        (both[0].word in HALVES and plain[1]) or (both[1].word in HALVES and plain[0])
    )
    pair = all(plain) or (half and both[1].shape == "Xx")
    return pair and not is_nobody(reading.facts, place)


def _is_initial(reading: Reading, place: int) -> bool:
    """Whether an initial and a family name stand here: "by S. Pickles"."""
    named = place + 2
    if reading.word(place + 1) != "." or named >= len(reading) or reading.barred[named]:
        return False
    fact = reading.facts[named]
    written = reading.capital(place) and reading.capital(named)
    known = (fact.listed in "gbf" or written) and fact.sort in "urwM" and fact.word not in NEVER
    led = place == 0 or reading.word(place - 1) in BEFORE_INITIAL
    return known and led and len(fact.word) >= SHORTEST and reading.gap(named) in {"", " "}


def _is_called(reading: Reading, place: int) -> bool:
    """Whether "Long" may be the name in "Long is my husband's name"."""
    fact = reading.facts[place]
    return _may_be(reading, place) or (reading.capital(place) and fact.word not in NEVER)


def _respected(reading: Reading, place: int) -> Iterator[int]:
    """Return a name and the word of respect after it: "Rafiq bhai"."""
    before = place - 1
    if before < 0 or reading.gap(place) != " " or reading.barred[before]:
        return
    fact = reading.facts[before]
    strict = reading.word(place) in EVERYDAY
    named = fact.listed in "gfb" if strict else fact.listed in "gfb" or fact.sort == "u"
    if named and fact.sort not in "pn" and (not strict or reading.capital(before)):
        yield from (before, place)


def _is_of_team(reading: Reading, place: int) -> bool:
    """Whether "Sunny in the rent team" is somebody there, not the weather."""
    named = place - 1
    if named < 0 or not _may_be(reading, named) or not _is_subject(reading, named):
        return False
    after = place + 1
    after += reading.word(after) in BEFORE_TEAM
    near = [reading.word(each) for each in range(after, after + 2)]
    return any(word in TEAMS or word in PLACES_OF_PEOPLE for word in near)


def _acts(reading: Reading, place: int) -> bool:
    """Whether the word before does what only people do: "May says", "Will will"."""
    named, verb = place - 1, reading.word(place)
    if named < 0 or not reading.opens(named) or reading.gap(place) != " ":
        return False
    if reading.word(named) in HELPERS:
        return verb in AFTER_HELPER and reading.capital(named)
    if verb in AFTER_WILL and verb not in PERSON_VERBS:
        return reading.word(named) == "will"
    if reading.word(named) in NO_SPEAKER and verb not in {"said", "told", "rang", "asked"}:
        return False
    return _may_be(reading, named)


def _is_subject(reading: Reading, place: int) -> bool:
    return reading.opens(place) or reading.word(place - 1) in BEFORE_PERSON


def _may_be(reading: Reading, place: int) -> bool:
    """Whether a word is on a list of given names, and no title, role or hidden thing."""
    fact = reading.facts[place]
    listed = fact.listed in "gb" or (fact.word in DATES and reading.capital(place))
    return listed and fact.word not in HONORIFICS | ROLES and not reading.barred[place]
