"""References that people read aloud, write down and mistype."""

import re
from collections.abc import Callable

#: Without I, L, O, S and U, which are misread or spell words; 29 is prime, so the check
#: character finds every single wrong character and every pair of neighbours changed over.
ALPHABET = "23456789ABCDEFGHJKMNPQRTVWXYZ"
LENGTH = 8
GROUP = 3
#: One as it stands in our letters.
REFERENCE = re.compile(rf"\b[{ALPHABET}]{{3}}(?:-[{ALPHABET}]{{3}}){{2}}\b")


class MalformedReferenceError(ValueError):
    """What was given is no reference of ours."""


def make_reference(choose: Callable[[str], str]) -> str:
    """Return a new reference, such as `7KM-3QX-P9T`; `choose` picks a random character."""
    body = "".join(choose(ALPHABET) for _ in range(LENGTH))
    return _spaced(body + _check(body))


def parse_reference(typed: str) -> str:
    """Return the reference that was meant, whatever its spaces, dashes and case.

    Raises:
        MalformedReferenceError: it is too short or too long, or a character is wrong.
    """
    plain = "".join(c for c in typed.upper() if c.isalnum()).replace("S", "5")
    if len(plain) != LENGTH + 1 or not set(plain) <= set(ALPHABET):
        raise MalformedReferenceError(f"{typed[:40]!r} is no reference: they look like 7KM-3QX-P9T")
    if _check(plain[:-1]) != plain[-1]:
        raise MalformedReferenceError(
            f"{typed[:40]!r} is no reference of ours: a character is wrong"
        )
    return _spaced(plain)


def _check(body: str) -> str:
    total = sum(place * ALPHABET.index(c) for place, c in enumerate(body, start=2))
    return ALPHABET[-total % len(ALPHABET)]


def _spaced(plain: str) -> str:
    return "-".join(plain[at : at + GROUP] for at in range(0, len(plain), GROUP))
