"""A text as words with their places: what addresses and names are read from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

#: A word with its inner hyphens and apostrophes, a number, the end of a line, or one mark.
WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*'?|\d+|\n|\uE000+|[^\w\s]|_")
#: How a hashtag or a handle writes several words as one.
CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|.")
POSSESSIVE = ("'s", "'S")


@dataclass(frozen=True)
class Words:
    """The words of a text, in order, each with where it starts and ends."""

    text: str
    forms: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]

    @cached_property
    def lower(self) -> Sequence[str]:
        """The words in small letters."""
        return [form.lower() for form in self.forms]

    def __len__(self) -> int:
        return len(self.forms)


def split_words(text: str) -> Words:
    """Return the words of a text; a possessive ending is a word of its own."""
    forms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in WORD.finditer(text):
        form, start = match[0], match.start()
        for part in _parts(form, tagged=start > 0 and text[start - 1] in "#@_"):
            forms.append(part)
            starts.append(start)
            start += len(part)
            ends.append(start)
    return Words(text, forms, starts, ends)


def _parts(form: str, *, tagged: bool) -> Sequence[str]:
    if "'" in form and len(form) > 1:
        if form.endswith(POSSESSIVE):
            return (form[:-2], form[-2:])
        if form.endswith("'"):
            return (form[:-1], "'")
        return (form,)
    if tagged and form.isalpha() and not (form.islower() or form.isupper()):
        return CAMEL.findall(form) if form.isascii() else (form,)
    return (form,)


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text that are divided by spaces."""
    return frozenset(text.split())
