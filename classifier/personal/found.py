"""What the detectors hand on: a place in the text, and what stands there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

#: Where two overlap, the kind that stands first names the whole.
KINDS = (
    "URL",
    "EMAIL",
    "CARD",
    "NINO",
    "NHS",
    "BANK",
    "DOB",
    "PHONE",
    "VRM",
    "REF",
    "ADDRESS",
    "POSTCODE",
    "STREET",
    "HANDLE",
    "STAFF",
    "NAME",
)
#: What stands for something hidden; no folded text has it of its own.
HIDDEN = "\ue000"
#: What staff may see, and the public may not.
FOR_STAFF = frozenset({"STAFF", "STREET", "REF"})
RANK = {kind: rank for rank, kind in enumerate(KINDS)}


@dataclass(frozen=True, kw_only=True)
class Found:
    """A stretch of personal data, and the form in which the same thing is always the same."""

    start: int
    end: int
    kind: str
    key: str
    certain: bool = True


def blotted(text: str, places: Iterable[Found]) -> str:
    """Return a text of the same length in which nothing can be read at these places."""
    letters = list(text)
    for place in places:
        letters[place.start : place.end] = HIDDEN * (place.end - place.start)
    return "".join(letters)


def joined(found: Iterable[Found]) -> list[Found]:
    """Return what is found in order and apart: what overlaps is one, under the higher kind."""
    apart: list[Found] = []
    for place in sorted(found, key=lambda each: (each.start, -each.end)):
        if apart and place.start < apart[-1].end:
            apart[-1] = _union(apart[-1], place)
        else:
            apart.append(place)
    return apart


def squeezed(text: str) -> str:
    """Return the letters and digits of a text, as capitals: one spelling for all."""
    return "".join(filter(str.isalnum, text)).upper()


def digits_of(text: str) -> str:
    """Return the digits of a text."""
    return "".join(filter(str.isdigit, text))


def _union(one: Found, other: Found) -> Found:
    first, second = sorted((one, other), key=lambda each: RANK[each.kind])
    start, end = min(one.start, other.start), max(one.end, other.end)
    if first.kind in FOR_STAFF and (first.start, first.end) != (start, end):
        first, second = second, first  # else staff would see what only touches what they may
    return replace(first, start=start, end=end, certain=first.certain or second.certain)
