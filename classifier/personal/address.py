"""Find where somebody lives: a number with its street, a flat, a named house; and bare streets."""

import re
from collections.abc import Iterator
from itertools import chain

from classifier.personal.address_words import (
    AFTER,
    AFTER_BARE,
    BEFORE,
    BESIDE_HIDDEN,
    BLOCK,
    BLOCK_BEFORE,
    BLOCK_LETTER,
    CAPITAL_SHORT,
    EVERYDAY,
    HOUSE_BEFORE,
    HOUSE_NUMBER,
    INNER,
    INSTITUTIONS,
    INTO,
    LEADS,
    LETTERED,
    LIVES,
    LONE_LETTER,
    NEIGHBOURS,
    NO_HOUSE,
    NO_INSTITUTION,
    NOT_A_HOUSE,
    NUMBER_WORDS,
    NUMBERISH,
    ON_A_STREET,
    OPENERS,
    PARTS,
    PLAIN,
    PUBLIC,
    SCHEMES,
    SHORT,
    SPELLED_NUMBER,
    SPELLED_UNIT,
    STREET,
    THE,
    TO_A_HOUSE,
    UNIT_AFTER,
    UNIT_BEFORE,
    UNIT_HERE,
    UNIT_LISTED,
    UNIT_WORD,
    UNITS,
)
from classifier.personal.features import TITLES
from classifier.personal.found import Found, squeezed
from classifier.personal.homes import find_homes, grown
from classifier.personal.houses import find_again, find_beside, find_houses, find_unnumbered
from classifier.personal.no_home import is_nowhere, is_one_home
from classifier.personal.words import Words

LONGEST_NAME = 4
DIGIT = re.compile(r"[0-9]")
REACH = 60
NEAR = 18
SHORT_NAME = 2  # words of a street where nothing shows where its name begins
#: What stands beside "close" where it is no street: "won't close", "close on Friday".
OPENS = frozenset({"won't", "wont", "doesn't", "doesnt", "can't", "cant", "not", "will", "to"})
CLOSING = frozenset({"bids", "applications", "nominations", "entries", "offices", "lines", "shops"})
CLOSES = frozenset({"on", "at", "early", "for", "down", "up", "when", "the", "their", "my", "our"})


def find_addresses(words: Words) -> Iterator[Found]:
    """Return the addresses and bare streets of a text, what belongs together as one."""
    text = words.text
    found = [*_find(words), *find_homes(text), *find_houses(text)]
    found += find_unnumbered(text, found)
    more = [*find_beside(text, found), *find_again(text, found)]
    yield from grown([*found, *more], text)


def _find(words: Words) -> Iterator[Found]:
    lower = words.lower
    for place, word in enumerate(lower):
        if word in STREET or word in SHORT or word in BLOCK:
            yield from _named(words, place)
        if word in UNITS:
            yield from _unit(words, place)
        elif word in NUMBER_WORDS:
            yield from _house_number(words, place)
        elif word == "cottage":
            yield from _cottage(words, place)
    if DIGIT.search(words.text):
        yield from _by_cue(words.text)


def _by_cue(text: str) -> Iterator[Found]:
    """Return the numbers that "I live at", "next door at" or a name before makes addresses."""
    for match in LIVES.finditer(text):
        group = match.lastgroup or "at"
        if not _is_plain_after_number(match[group]):
            yield _found(text, match.start(group), match.end(group), "ADDRESS")
    for match in chain(NEIGHBOURS.finditer(text), BESIDE_HIDDEN.finditer(text)):
        group = match.lastgroup or "beside"
        yield _found(text, match.start(group), match.end(group), "ADDRESS")


def find_blocks(words: Words) -> Iterator[tuple[int, int]]:
    """Return where a building stands without a number: nobody's home, and nobody's name."""
    for place, word in enumerate(words.lower):
        if word in LETTERED and place + 1 < len(words) and len(words.forms[place + 1]) == 1:
            yield words.starts[place], words.ends[place + 1]
        if word in BLOCK or (word in STREET and not _is_verb(words, place)):
            first = _first_of_block(words, place)
            if first < place and words.lower[first] not in TITLES:
                yield words.starts[first], words.ends[place]
        if word in BLOCK or word in INSTITUTIONS:
            first = _first_of_institution(words, place)
            if first < place:
                yield words.starts[first], words.ends[place]
        if word in {"st", "saint"}:
            yield from _saint(words, place)


def _saint(words: Words, place: int) -> Iterator[tuple[int, int]]:
    """Return a saint, who is a church, a school or a day: "St Brigid's"."""
    named = place + 1 + (words.lower[place + 1 : place + 2] == ["."])
    family = place > 0 and words.forms[place - 1].istitle() and _is_apart(words, place)
    if named < len(words) and words.forms[place].istitle() and not family:
        last = named + (words.lower[named + 1 : named + 2] == ["'s"])
        if words.forms[named].istitle() and words.forms[named].isalpha():
            yield words.starts[place], words.ends[last]


def _is_apart(words: Words, place: int) -> bool:
    """Whether only a space stands between a word and the one before it."""
    return words.text[words.ends[place - 1] : words.starts[place]] == " "


def _first_of_institution(words: Words, place: int) -> int:
    """Return where "Stephen Hawking Library" begins, else `place`: capitals, then no capital.

    It must follow a word such as "at", or open its sentence and go on in small letters, as no
    signature does; a house number or flat makes it somebody's address.
    """
    first = place
    while first > 0 and place - first < LONGEST_NAME and _is_apart(words, first):
        if not words.forms[first - 1].istitle() or words.lower[first - 1] in NO_INSTITUTION:
            break
        first -= 1
    if first == place or not words.forms[place].istitle():
        return place
    before = words.lower[first - 1] if first else "."
    following = words.forms[place + 1] if place + 1 < len(words) else "."
    goes_on = following.islower() and following not in UNITS
    return first if before in INTO or (before in ".!?\n" and goes_on) else place


def _first_of_block(words: Words, place: int) -> int:
    """Return where the name of a building begins: one word, or two with capitals.

    Somebody may stand before it, "Mrs Patel Rowan House", and must not be taken for part of it.
    """
    first = max(_first_of_name(words, place), place - 2)
    if first == place - 2 and not (
        words.forms[first][0].isupper()
        and words.forms[place][0].isupper()
        and words.lower[first - 1 if first else 0] not in TITLES
        and not _follows_somebody(words, first)
    ):
        return place - 1
    return first


def _follows_somebody(words: Words, first: int) -> bool:
    """Whether one more word with a capital stands before: "Chidi Okafor Rowan House"."""
    before = words.forms[first - 1] if first and _is_apart(words, first) else ""
    return before.istitle() and before.lower() not in INTO


def _named(words: Words, place: int) -> Iterator[Found]:
    """Read the name of a street or block backwards from its last word."""
    first = _first_of_name(words, place)
    text, end = words.text, words.ends[place]
    if first == place:
        return
    for name in range(first, place):
        start = _start_of_address(text, words.starts[name])
        if start < words.starts[name] and not _is_amount(words, name, place):
            after = AFTER.match(text, end)
            yield _found(text, start, after.end() if after else end, "ADDRESS")
            return
    after = AFTER.match(text, end) or (
        AFTER_BARE.match(text, end) if words.lower[place] in STREET else None
    )
    first = _opened(words, first, place)
    start = words.starts[first]
    before = text[max(0, start - REACH) : start]
    house = HOUSE_BEFORE.search(before) if before.rstrip().endswith(",") else None
    if after:
        yield _found(text, start, after.end(), "ADDRESS")
    elif house and words.lower[place] not in BLOCK:
        yield _found(text, start - (len(house[0])), end, "ADDRESS")
    elif _is_street(words, first, place) and not (
        _is_public(words, first, place) or is_nowhere(words, first, place)
    ):
        yield _found(text, start, end, "STREET")


def _first_of_name(words: Words, place: int) -> int:
    """Return where the name that ends at `place` begins, or `place` where there is none."""
    first = place
    while first > 0 and place - first < LONGEST_NAME and _joins(words, first, place):
        first -= 1
    if words.lower[first] == "'s":
        first += 1  # of "It's Regent Street"
    # Only openers: "the old street", "back road" in small letters are no names.
    if all(words.lower[each] in PLAIN for each in range(first, place)) and not all(
        words.forms[each][0].isupper() for each in range(first, place)
    ):
        last = words.lower[place]
        named = last in STREET or (last in THE and words.lower[first] == "the")
        return (
            first if named and _numbered(words, first) and words.lower[first] != "road" else place
        )
    return first


def _numbered(words: Words, first: int) -> bool:
    """Whether a house number stands right before a word: "12", "12b", "6,"."""
    before = [words.lower[each] for each in range(max(0, first - 3), first) if each >= 0]
    if before and before[-1] == ",":
        before.pop()
    if len(before) > 1 and len(before[-1]) == 1 and before[-1].isalpha():
        before.pop()
    return bool(before) and before[-1].isdigit()


def _joins(words: Words, first: int, place: int) -> bool:
    """Whether the word before `first` may belong to a name that starts there."""
    form, low = words.forms[first - 1], words.lower[first - 1]
    between = words.text[words.ends[first - 1] : words.starts[first]]
    if low == "'s":
        return first > 1 and words.forms[first - 2][0].isalpha()
    if form == "." and first > 1 and words.lower[first - 2] in {"st", "gt"}:
        return True
    blocking = first < place and words.forms[first] == "the"  # of "blocking the drive"
    glued = words.forms[first] == "." or words.lower[first] == "'s"
    spaced = between in {" ", "  ", "\t"} or (not between and glued)
    if not form[0].isalpha() or not spaced or blocking:
        return False
    if low not in PLAIN:
        return len(form) > 1
    if low in OPENERS:
        return form[0].isupper() or first == place or _numbered(words, first - 1)
    return low in INNER and form.istitle() and words.forms[first].istitle()


def _opened(words: Words, first: int, place: int) -> int:
    """Leave out words before a name that are none of it: "The Gordon Street", "behind Moss St"."""
    written = words.forms[place - 1][0].isupper()
    while first < place - 1:
        small = written and words.forms[first][0].islower() and words.lower[first] != "of"
        if not small and words.lower[first] not in PLAIN - PARTS:
            return first
        first += 1
    return first


def _start_of_address(text: str, name: int) -> int:
    """Return where the number, flat and block before a street's name begin."""
    start = name
    if not NUMBERISH.search(text, max(0, name - NEAR), name):
        return start
    for pattern in (BEFORE, BLOCK_BEFORE, UNIT_BEFORE, UNIT_BEFORE):
        match = pattern.search(text[max(0, start - REACH) : start])
        if match and not (pattern is BLOCK_BEFORE and start == name):
            start = max(0, start - REACH) + match.start()
    unit = UNIT_WORD.search(text[max(0, start - NEAR) : start]) if start < name else None
    return start - len(unit[0]) if unit else start


def _is_amount(words: Words, first: int, place: int) -> bool:
    """Whether the number counts something: "5 minute walk", "20 road works"."""
    return words.lower[first] in PLAIN - OPENERS or (
        words.lower[place] in BLOCK
        and not words.forms[first][0].isupper()
        and words.lower[first] in PLAIN - {"st"}
    )


def _is_street(words: Words, first: int, place: int) -> bool:
    """Whether a name without a number is a street: capitals, or "on gordon street"."""
    word, form = words.lower[place], words.forms[place]
    named = [each for each in range(first, place) if words.lower[each] not in PLAIN]
    capital = all(
        words.forms[each][0].isupper() or words.lower[each] == "'s" for each in range(first, place)
    )
    whole = words.text.isupper()
    if _is_verb(words, place) or (whole and place - first > SHORT_NAME):
        return False
    written = capital and not whole and form[0].isupper()
    if not named and not (written and words.lower[first] not in {"the", "main", "side"}):
        return False
    lead = first > 0 and words.lower[first - 1] in LEADS
    if word in STREET and not (whole and word in EVERYDAY):
        return capital or (lead and place - first <= SHORT_NAME)
    small = word in {"st", "rd", "ave", "cres", "gdns"}
    if word in CAPITAL_SHORT and not (whole and word in EVERYDAY):
        return (capital and form[0].isupper() and (small or lead)) or (small and lead)
    return word in STREET and lead


def _is_public(words: Words, first: int, place: int) -> bool:
    """Whether a street's name is that of what stands there, "Mill Street Surgery", or of a park."""
    following = words.lower[place + 1] if place + 1 < len(words) else ""
    before = words.lower[first - 1] if first else ""
    park = words.lower[place] in SCHEMES and before not in ON_A_STREET
    return park or any(following in kind for kind in (INSTITUTIONS, PUBLIC, SCHEMES))


def _is_verb(words: Words, place: int) -> bool:
    """Whether "close" is what a shop does: "in Kirkby close on Friday"."""
    following = words.lower[place + 1] if place + 1 < len(words) else ""
    before = words.lower[place - 1] if place else ""
    if words.lower[place] != "close" or words.forms[place].istitle():
        return False
    return following in CLOSES or before in OPENS or (place == 1 and before in CLOSING)


def _unit(words: Words, place: int) -> Iterator[Found]:
    text, start = words.text, words.starts[place]
    flat = words.lower[place] not in {
        "caravan",
        "chalet",
        "berth",
        "mooring",
        "house",
        "room",
        "rm",
        "door",
        "bungalow",
        "unit",
        "flats",
        "studio",
    }
    match = UNIT_HERE.match(text, start)
    if flat and not match:
        match = SPELLED_UNIT.match(text, start) or LONE_LETTER.match(text, start)
    if match and (flat or not NO_HOUSE.match(text, match.end())) and _counts_nothing(text, match):
        block = BLOCK_LETTER.search(text[max(0, start - NEAR) : start])
        after = (UNIT_LISTED if "," in match[0] else UNIT_AFTER).match(text, match.end())
        more = after and after["name"].lower() not in PLAIN
        if not is_one_home(text, match, more=bool(after and more)):
            return
        start -= len(block[0]) if block else 0
        yield _found(text, start, after.end() if after and more else match.end(), "ADDRESS")


def _counts_nothing(text: str, match: re.Match[str]) -> bool:
    """Whether the number after "flat" is its own: not "in our flat 3 weeks"."""
    return (
        not re.match(
            r"[ \t]?(?:weeks?|wks?|days?|months?|mths?|years?|yrs?|hours?|hrs?|mins?"
            r"|minutes?|times?|am\b|pm\b|nights?|people|kids|%|times|degrees)",
            text[match.end() : match.end() + 12],
            re.IGNORECASE,
        )
        or match[0][-1].isalpha()
    )


def _house_number(words: Words, place: int) -> Iterator[Found]:
    text, start = words.text, words.starts[place]
    match = HOUSE_NUMBER.match(text, start) or SPELLED_NUMBER.match(text, start)
    before = text[max(0, start - REACH) : start]
    house = re.search(r"\b(?:house|door)[ \t]\Z", before, re.IGNORECASE)
    if match and house:
        yield _found(text, start - len(house[0]), match.end(), "ADDRESS")
        return
    if not match or NO_HOUSE.match(text, match.end()):
        return
    if NOT_A_HOUSE.search(before) or len(squeezed(match[0])) > len("NUMBERFOURTEEN"):
        return
    numbered = words.lower[place] in {"number", "numbers"} and match.re is HOUSE_NUMBER
    if numbered or (TO_A_HOUSE.search(before) and before.strip()):
        yield _found(text, start, match.end(), "ADDRESS")


def _cottage(words: Words, place: int) -> Iterator[Found]:
    if place and words.forms[place][0].isupper() and words.forms[place - 1][0].isupper():
        first = _first_of_name(words, place)
        if first < place:
            yield _found(words.text, words.starts[first], words.ends[place], "ADDRESS")


def _is_plain_after_number(text: str) -> bool:
    words = {*re.findall(r"[A-Za-z'-]+", text.lower())} - {"and", "or", "to"}
    return not words or any(word in PLAIN and word not in NUMBER_WORDS for word in words)


def _found(text: str, start: int, end: int, kind: str) -> Found:
    return Found(start=start, end=end, kind=kind, key=squeezed(text[start:end]))
