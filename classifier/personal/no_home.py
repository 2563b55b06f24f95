"""What has the form of an address and is nobody's home: rows of flats, plots, streets of a kind."""

import re

from classifier.personal.words import Words, word_set

#: Homes in a row from which nobody's own is told, and what a gardener has.
MANY = 6
RANGE = re.compile(
    r"(?:flats|units|rooms)[ \t]{0,2}(?P<first>\d{1,4})\s?(?:-|to)\s?(?P<last>\d{1,4})",
    re.IGNORECASE,
)
ALLOTMENT = re.compile(r"plots?[ \t]?\d{1,3}[a-z]?", re.IGNORECASE)
NAMED_AFTER = re.compile(r"[ \t]?[,:(\n]?[ \t]?(?:[A-Z][a-z]|the\b|\d)")
#: What says of what age a terrace is.
ERAS = word_set("victorian edwardian georgian regency tudor jacobean modern")


def is_one_home(text: str, match: re.Match[str], *, more: bool) -> bool:
    """Whether somebody lives there: not in "flats 1 to 30", nor on an allotment, "plot 9"."""
    between = RANGE.fullmatch(match[0])
    if between:
        return int(between["last"]) - int(between["first"]) < MANY
    return (
        more
        or not ALLOTMENT.fullmatch(match[0])
        or NAMED_AFTER.match(text, match.end()) is not None
    )


def is_nowhere(words: Words, first: int, place: int) -> bool:
    """Whether no one street is meant: "the high street", "a Victorian terrace"."""
    named = words.lower[first:place]
    before = words.lower[first - 1] if first else ""
    said_of_one = before in {"the", "a"} or words.lower[first] == "the"
    if said_of_one and named[-1] == "high":
        return words.lower[place] == "street"
    return named[-1] in ERAS and words.forms[place].islower()
