"""Where a name must stand, whatever the tagger thinks: after a title, "my name is", a closing."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from classifier.personal.features import GREETINGS, HONORIFICS, KIN, ROLES, TITLES, USUAL
from classifier.personal.nobody import is_nobody
from classifier.personal.reading import ANYBODY, NEVER, Reading
from classifier.personal.things import is_thing
from classifier.personal.words import word_set

#: Titles that are ordinary words as well.
WEAK_TITLES = word_set(
    "miss pc sister father nurse lord lady judge master doctor sir ms fr dame inspector"
)
#: Kin that a name nearly always follows: "uncle Sunday".
ALWAYS_NAMED = frozenset({"uncle", "auntie", "aunty"})
AFTER_ROLE = word_set("has is was never who and , came said does did rang told from")
FIELD = re.compile(
    r"(?:^|\n|[.;,|]\s?)[ \t]*(?:(?:full|first|last|your|my|tenant'?s?|contact"
    r"|resident'?s?|caller'?s?"
    r"|applicant'?s?)[ ])?(?:(?:sur)?name|tenant|resident|applicant|caller|complainant"
    r"|signed|from|witness"
    r"|contact|occupant|leaseholder|fao|attn)\s?[:=-]\s?(?=[^\W\d_])",
    re.IGNORECASE,
)
MY_NAME = re.compile(
    r"\b(?:my|his|her|their|our)\s(?:full\s|first\s|last\s|sur)?name(?:'?s|\sis|\swas)\s"
    r"(?=[^\W\d_])",
    re.IGNORECASE,
)
OF_ACCOUNT = re.compile(
    r"\b(?:acc(?:ount)?|a/c|acct|card|cardholder|caller|customer|tenant)(?:'?s)?\sname\s"
    r"(?=[^\W\d_])",
    re.IGNORECASE,
)
SIGN_OFF = re.compile(
    r"(?:^|[\n.,!?])[ \t]*(?:(?:many|with|kind|kindest|best|warm|warmest|sincere)\s)?"
    r"(?:regards|rgds|thanks|wishes|yours(?:\s(?:sincerely|faithfully|truly))?|sincerely"
    r"|cheers|ta|love"
    r"|signed|from|thank you)"
    r"(?:\sin\sadvance)?[ \t]{0,2}[,.:!-]{0,2}[ \t]{0,2}\n{0,2}[ \t]{0,2}(?=[^\W\d_])",
    re.IGNORECASE,
)
CHAT = re.compile(
    r"(?:^|\n)[ \t]*(?:\[?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]m)?\]?[ \t-]{0,3})?"
    r"(?=[^\W\d_][\w'-]{1,24}(?: [\w'-]{2,24})?[:>] )"
)
#: What stands alone behind the last sentence: "Please act. E. Partridge".
LAST_WORDS = re.compile(
    r"[.!?\n]\s{0,3}((?:[A-Za-z]\.\s?){0,2}[^\W\d_]{2,20}(?:[ -][^\W\d_]{1,20}\.?){0,2})"
    r"(?:, [^\W\d_]{2,20}(?: [^\W\d_]{2,20})?)?[.!]?\s*\Z"
)
LONGEST = 4
CLOSING_MARKS = frozenset({"x", "xx", "xxx", "."})


def find_by_rule(reading: Reading) -> Iterator[int]:
    """Return the words that are names because of where they stand."""
    for place, word in enumerate(reading.words.lower):
        if word in TITLES:
            yield from _after_title(reading, place)
        elif word in HONORIFICS and _is_honoured(reading, place + 1):
            yield place + 1
        elif word in GREETINGS and reading.opens(place):
            yield from _after_greeting(reading, place)
        elif word in {"called", "named"} or _is_called(reading, place):
            yield from _run(reading, place + 1)
        elif word == "the" and _is_role_of(reading, place):
            yield place - 1
    yield from _after_patterns(reading)


def _is_called(reading: Reading, place: int) -> bool:
    """Whether a name follows "calls me" or "calling himself"."""
    whom = reading.word(place) in {"me", "him", "her", "himself", "herself", "themselves"}
    return whom and reading.word(place - 1) in {"call", "calls", "calling"}


def _after_patterns(reading: Reading) -> Iterator[int]:
    text, end = reading.words.text, len(reading)
    starts = {start: place for place, start in enumerate(reading.words.starts)}
    for match in FIELD.finditer(text):
        yield from _run(reading, starts.get(match.end(), end))
    for match in OF_ACCOUNT.finditer(text):
        yield from _run(reading, starts.get(match.end(), end))
    for match in MY_NAME.finditer(text):
        place = starts.get(match.end(), end)
        yield from [*_firm(reading, place), *_run(reading, place)]
    for match in CHAT.finditer(text):
        yield from _in_chat(reading, starts.get(match.end(), end))
    for match in LAST_WORDS.finditer(text):
        yield from _last_words(reading, starts.get(match.start(1), end), match.end(1))
    for match in SIGN_OFF.finditer(text):
        yield from _signature(reading, starts.get(match.end(), end))


def _is_role_of(reading: Reading, place: int) -> bool:
    """Whether "Will the caretaker has" begins so: a given name that opens the sentence."""
    return (
        place > 0
        and reading.word(place + 1) in ROLES
        and reading.facts[place - 1].listed in "gb"
        and reading.opens(place - 1)
        and reading.word(place + 2) in AFTER_ROLE
    )


def _after_title(reading: Reading, place: int) -> Iterator[int]:
    """Return a title and the name after it; "Sir or Madam" and "I miss you" are none."""
    following = _past_dot(reading, place)
    if reading.word(following) in {"and", "&", "n"} and reading.word(following + 1) in TITLES:
        inner = list(_titled(reading, following + 1))
        yield from range(place, inner[-1] + 1) if inner else ()
    else:
        yield from _titled(reading, place)


def _past_dot(reading: Reading, place: int) -> int:
    """Return the word after a title: the dot of "Mr." is none."""
    dotted = reading.word(place + 1) == "." and (
        reading.word(place) not in WEAK_TITLES or reading.words.forms[place] == "Ms"
    )
    return place + 2 if dotted else place + 1


def _titled(reading: Reading, place: int) -> Iterator[int]:
    following = _past_dot(reading, place)
    if _is_titled(reading, place, following):
        yield from (place, *_firm(reading, following), *_run(reading, following))


def _is_titled(reading: Reading, place: int, following: int) -> bool:
    """Whether a title is one here, and what follows can be its name."""
    if following >= len(reading) or reading.barred[following]:
        return False
    fact, capital = reading.facts[following], reading.capital(following)
    if (
        not fact.word[0].isalpha()
        or (fact.word in ANYBODY and fact.shape != "I")
        or (fact.sort in "TKRDGC" and not capital)
        or (reading.word(place) in KIN and not reading.capital(place))
    ):
        return False
    if reading.word(place) in {"mr", "mrs"}:
        return fact.word not in NEVER or fact.shape == "I"
    if reading.word(place) in WEAK_TITLES:
        usual = reading.modes[place] == USUAL or fact.sort not in "wKRDGC"
        family = fact.sort == "M" and fact.listed in "fb"
        return family or (usual and (capital or fact.sort == "u"))
    return fact.sort in "ur" or fact.listed != "-" or capital or fact.shape == "I"


def _is_honoured(reading: Reading, place: int) -> bool:
    """Whether a word after "Auntie" or "Chief" is a name: on a list, and no ordinary word."""
    if place >= len(reading) or reading.barred[place]:
        return False
    fact = reading.facts[place]
    sure = fact.sort == "u" or reading.capital(place)
    return fact.listed in "gfb" and (sure or reading.word(place - 1) in ALWAYS_NAMED)


def _after_greeting(reading: Reading, place: int) -> Iterator[int]:
    """Return the name that is greeted: "Hi Shaz," at the start of a line."""
    first = place + 1
    if reading.word(place) in {"morning", "afternoon", "evening"}:
        return
    end = first
    while end - first < 2 and reading.follows_name(end):  # noqa: PLR2004 - a given and a family name
        end += 1
    if end > first and reading.word(end) in {"", ",", "\n", "!", "-", "."}:
        yield from range(first, end) if reading.facts[first].sort in "urM" else ()


def _firm(reading: Reading, place: int) -> Iterator[int]:
    """Return the word where a name must stand, even if it is on no list and has no capital."""
    if place < len(reading) and not reading.barred[place]:
        fact = reading.facts[place]
        named = fact.word not in ANYBODY and fact.sort in "urwM"
        if fact.word.isalpha() and (named or fact.shape == "I"):
            yield place


def _run(reading: Reading, place: int) -> Iterator[int]:
    """Return the words of one name from a place on."""
    end = place
    while end < len(reading) and end - place < LONGEST:
        if reading.word(end) == "." and end > place and len(reading.word(end - 1)) == 1:
            end += 1
            continue
        if not reading.unusual(end) and not (
            reading.facts[end].shape == "I" and _goes_on(reading, end)
        ):
            return
        yield end
        end += 1


def _goes_on(reading: Reading, place: int) -> bool:
    """Whether an initial stands before more of the name."""
    following = place + 1
    return reading.word(following) == "." or (
        following < len(reading) and reading.unusual(following)
    )


def _in_chat(reading: Reading, place: int) -> Iterator[int]:
    """Return who speaks in a chat log: "[11:42] Tash: hiya"."""
    run = list(_run(reading, place))
    if run and reading.word(run[-1] + 1) in {":", ">"}:
        facts = [reading.facts[each] for each in run]
        if all(fact.sort == "u" and (fact.shape != "XX" or fact.listed != "-") for fact in facts):
            yield from run


def _last_words(reading: Reading, place: int, stop: int) -> Iterator[int]:
    """Return the name that a message ends with: an initial and a name, or a given name first."""
    following = range(place, bisect_left(reading.words.starts, stop))
    words = [each for each in following if reading.words.forms[each].isalpha()]
    facts = [reading.facts[each] for each in words if not reading.barred[each]]
    whole = facts and len(facts) == len(words) <= LONGEST
    if not whole or is_nobody(reading.facts, words[0]):
        return
    initial = len(facts[0].word) == 1 and reading.word(place + 1) == "."
    given = facts[0].listed in "gb" and facts[0].sort in "ur" and len(facts) > 1
    rest = [fact for fact in facts[1:] if len(fact.word) > 1]
    if (initial or given) and all(fact.sort in "uwrM" and fact.word not in NEVER for fact in rest):
        yield from words if rest or given else ()


def _signature(reading: Reading, place: int) -> Iterator[int]:
    """Return the name that ends a message or stands alone in its line after a closing."""
    if place < len(reading) and is_thing(reading.facts, place):
        return
    end = place
    while end - place <= LONGEST and reading.follows_name(end):
        end += 1
    last = end
    while reading.word(last) in CLOSING_MARKS:
        last += 1
    if reading.word(last) in {"", "\n", ",", "(", "-"}:
        yield from range(place, end)
