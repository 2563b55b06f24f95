"""Who a name belongs to: a member of staff or anybody, and which names are one person's."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from classifier.personal.features import HONORIFICS, ROLES, TEAMS, TITLES
from classifier.personal.found import Found
from classifier.personal.words import word_set

#: Roles that residents and outsiders have as well.
OTHERS = word_set(
    "mp councillor solicitor chief secretary worker staff housing rep friend assistant"
)
STAFF_ROLES = "|".join(sorted(ROLES - OTHERS))
BEFORE = re.compile(
    rf"\b(?:{STAFF_ROLES}|support worker|head of [a-z]+)(?:,|\s-|\s\(|:)?\s{{0,2}}"
    r"(?:(?:is|was|called|named|by|name is|name)\s{1,2}){0,2}\Z",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"(?:\s?[,(-]\s?(?:(?:the|your|our|my)\s)?|\s(?:the|your|our|from|in|at|on|is|was)\s"
    r"(?:(?:the|your|our|my|a)\s)?)"
    rf"(?:[a-z]+\s){{0,2}}?(?:{'|'.join(sorted((ROLES | TEAMS) - OTHERS))}|webchat)\b",
    re.IGNORECASE,
)
REACH = 45
WORD = re.compile(r"[^\W\d_]+")


def kind_of(text: str, start: int, end: int) -> str:
    """Return STAFF where the words beside a name give it a role, else NAME."""
    if BEFORE.search(text[max(0, start - REACH) : start]):
        return "STAFF"
    return "STAFF" if AFTER.match(text[end : end + REACH]) else "NAME"


def as_staff(found: Sequence[Found]) -> list[Found]:
    """Return what is found, a person who is staff once being staff throughout."""
    people = same_person(found)
    staff = {people[place.key] for place in found if place.kind == "STAFF"}
    return [
        replace(place, kind="STAFF")
        if place.kind == "NAME" and people[place.key] in staff
        else place
        for place in found
    ]


def same_person(found: Iterable[Found]) -> dict[str, str]:
    """Return for each name as written the person it belongs to: "Mrs Patel" and "patel" are one."""
    people: list[set[str]] = []
    known: dict[str, int] = {}
    named: dict[str, str] = {}
    for place in found:
        if place.kind not in {"NAME", "STAFF"}:
            continue
        words = set(WORD.findall(place.key.lower())) - TITLES - HONORIFICS or {place.key.lower()}
        number = _number_of(words, people, known)
        people[number] |= words
        known.update(dict.fromkeys(words - known.keys(), number))
        named[place.key] = str(number)
    return named


def _number_of(words: set[str], people: list[set[str]], known: dict[str, int]) -> int:
    """Return the person whose names hold these words, or whose names these words hold."""
    for number in sorted({known[word] for word in words & known.keys()}):
        if words <= people[number] or people[number] <= words:
            return number
    people.append(set())
    return len(people) - 1
