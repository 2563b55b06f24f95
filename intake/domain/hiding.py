"""Hide more of a text than was found in it, or show a part again. Pure.

A placeholder stands for the same thing for good: letters give the writer their words back by it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import StrEnum
from typing import TypeVar, cast

from classifier.labels import Audience, Redact, RedactedText, Redaction, Span
from intake.domain.triage import PLACEHOLDER

#: What writes itself between letters without being seen.
UNSEEN = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*"
SOMETHING_UNSEEN = re.compile(UNSEEN.removesuffix("*"))
FEWEST = 2  # letters or digits that can be hidden everywhere they stand
SHORTEST_NAME = 3
#: Who did something, and where a post stands, is no resident's words.
SPARED = frozenset({"by", "dismissed_by", "decided_by", "ended_by", "permalink", "reference"})
_Value = TypeVar("_Value")
Cover = Callable[[str], str]


class Part(StrEnum):
    """A part of a message, redacted by itself."""

    AUTHOR = "author"
    SUBJECT = "subject"
    TEXT = "text"
    OUTCOME = "outcome"


class Data(StrEnum):
    """The kinds of personal data, as their placeholders call them."""

    NAME = "NAME"
    STAFF = "STAFF"
    ADDRESS = "ADDRESS"
    STREET = "STREET"
    POSTCODE = "POSTCODE"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    NINO = "NINO"
    NHS = "NHS"
    CARD = "CARD"
    BANK = "BANK"
    DOB = "DOB"
    VRM = "VRM"
    REF = "REF"
    HANDLE = "HANDLE"
    URL = "URL"


class Scope(StrEnum):
    """How far it goes that something is shown."""

    #: In this message, to staff.
    HERE = "here"
    #: It is no personal data: the landlord never hides these words again.
    EVERYWHERE = "everywhere"


Redactions = Mapping[Part, Redaction]


@dataclass(frozen=True, kw_only=True)
class HiddenPlace:
    """A placeholder in a part of a message."""

    part: Part
    placeholder: str


@dataclass(frozen=True, kw_only=True)
class HidingLine:
    """What is hidden in a message, and what of it a person has looked at."""

    hidden: tuple[HiddenPlace, ...] = ()
    #: What a person has shown, and can hide again.
    revealed: tuple[HiddenPlace, ...] = ()
    #: Doubtful places of a public post, at which nobody has looked.
    doubtful: tuple[HiddenPlace, ...] = ()
    #: Whether anything can be said of it: what was withheld whole has no places.
    known: bool = False
    #: How often somebody reviewed it.
    reviews: int = 0


def find_words(text: str, words: str) -> list[tuple[int, int]]:
    """Return where words stand in a text: whole words, or where there are none, parts of words.

    Capitals, spaces and what cannot be seen make no difference.
    """
    # Nearly every text has nothing unseen, and then a pattern is made in a fraction of the time.
    between = UNSEEN if SOMETHING_UNSEEN.search(text) else ""
    for whole in (True, False):
        pattern = _pattern(words, whole=whole, between=between)
        if found := [match.span() for match in pattern.finditer(text)]:
            return found
    return []


def typed_pieces(typed: str) -> list[str]:
    """Return what was typed or pasted without the placeholders in it: what is still to be seen."""
    pieces = (" ".join(piece.split()) for piece in PLACEHOLDER.split(typed))
    return [piece for piece in pieces if sum(map(str.isalnum, piece)) >= FEWEST]


def hide_more(redaction: Redaction, words: str, kind: str, taken: Iterable[str] = ()) -> list[Span]:
    """Return the spans that hide words wherever a text still shows them, under one placeholder.

    It is none of those `taken` before, whatever has become of them.
    """
    places = [
        (start, end)
        for start, end in find_words(redaction.original, words)
        if not any(span.start <= start and end <= span.end for span in redaction.spans)
    ]
    placeholder = f"[{kind} {_next_number(redaction, kind, taken)}]"
    return [Span(start=s, end=e, kind=kind, placeholder=placeholder) for s, e in places]


def joined(redaction: Redaction, more: Iterable[Span]) -> Redaction:
    """Return a redaction with more spans; one that overlaps others grows over them."""
    spans = list(redaction.spans)
    for new in more:
        touched = [s for s in spans if s.start < new.end and new.start < s.end]
        if any(s.start <= new.start and new.end <= s.end for s in touched):
            continue
        start = min([new.start, *(s.start for s in touched)])
        end = max([new.end, *(s.end for s in touched)])
        spans = [s for s in spans if s not in touched]
        spans.append(replace(new, start=start, end=end))
    return replace(redaction, spans=tuple(sorted(spans, key=lambda span: span.start)))


def shown_again(redaction: Redaction, placeholders: Iterable[str]) -> Redaction:
    """Return a redaction that shows what some placeholders stand for."""
    shown = {*placeholders}
    spans = tuple(span for span in redaction.spans if span.placeholder not in shown)
    return replace(redaction, spans=spans)


def keeping(redaction: Redaction, kept: Iterable[str]) -> Redaction:
    """Return a redaction without the spans that hold nothing but words the landlord keeps."""
    words = {plain(each) for each in kept} - {""}
    original = redaction.original
    spans = (s for s in redaction.spans if plain(original[s.start : s.end]) not in words)
    return replace(redaction, spans=tuple(spans))


def sparing(redact: Redact, kept: Sequence[str]) -> Redact:
    """Return a redactor that leaves the words which the landlord keeps."""

    def spare(text: str, *, audience: Audience, author: str = "", landlord: str = "") -> Redaction:
        return keeping(redact(text, audience=audience, author=author, landlord=landlord), kept)

    return spare


def names_in(redactions: Iterable[Redaction]) -> list[str]:
    """Return the names that are hidden for sure, each once."""
    found = (
        redaction.original[span.start : span.end]
        for redaction in redactions
        for span in redaction.spans
        if span.kind == Data.NAME and span.certain
    )
    names = {plain(name): " ".join(name.split()) for name in found}
    return [name for key, name in names.items() if len(key) >= SHORTEST_NAME]


def hide_names(redaction: Redaction, names: Iterable[str], taken: Iterable[str] = ()) -> Redaction:
    """Return a redaction that hides names found elsewhere as well.

    A name of one word may be a word: it is hidden where it has a capital. No placeholder is one of
    those `taken` before.
    """
    taken = [*taken]
    for name in names:
        spans = [
            span
            for span in hide_more(redaction, name, Data.NAME, taken)
            if " " in name or redaction.original[span.start].isupper()
        ]
        redaction = joined(redaction, spans)
    return redaction


def cover_for(redactions: Iterable[Redaction]) -> Cover:
    """Return what puts placeholders in place of what these spans hide, in any text."""
    pairs: dict[str, str] = {}
    for redaction in redactions:
        for span in redaction.spans:
            pairs.setdefault(redaction.original[span.start : span.end], span.placeholder)
    patterns = [
        (_pattern(words, whole=True), placeholder)
        for words, placeholder in sorted(pairs.items(), key=lambda pair: -len(pair[0]))
    ]

    def cover(text: str) -> str:
        for pattern, placeholder in patterns:
            text = pattern.sub(placeholder, text)
        return text

    return cover


def cover_all(value: _Value, cover: Cover) -> _Value:
    """Return a record with every text in it covered; what is no text stays as it is."""
    return cast("_Value", _covered(value, cover))


def plain(words: str) -> str:
    """Return words as they are compared: small letters, single spaces, nothing unseen."""
    return " ".join(SOMETHING_UNSEEN.sub("", words).casefold().split())


def _covered(value: object, cover: Cover) -> object:
    if type(value) is str:
        return cover(value)
    if isinstance(value, RedactedText):
        return RedactedText(cover(value))
    if isinstance(value, dict):
        return {k: v if k in SPARED else _covered(v, cover) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_covered(each, cover) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **dict(_covered_fields(value, cover)))
    return value


def _covered_fields(value: object, cover: Cover) -> Iterator[tuple[str, object]]:
    for each in fields(value):  # type: ignore[arg-type] # its caller has looked: a dataclass
        if each.init and each.name not in SPARED:
            yield each.name, _covered(getattr(value, each.name), cover)


def _pattern(words: str, *, whole: bool, between: str = UNSEEN) -> re.Pattern[str]:
    letters = between.join(
        rf"{between}\s+{between}" if letter == " " else re.escape(letter)
        for letter in " ".join(words.split())
    ).replace(between * 2, between)
    before = r"(?<!\w)" if whole and words[:1].isalnum() else ""
    after = r"(?!\w)" if whole and words[-1:].isalnum() else ""
    return re.compile(f"{before}{letters}{after}", re.IGNORECASE)


def _next_number(redaction: Redaction, kind: str, taken: Iterable[str]) -> int:
    own = [span.placeholder for span in redaction.spans]
    used = [*taken, *own, *PLACEHOLDER.findall(redaction.original)]
    numbers = [int(each[1:-1].split()[1]) for each in used if each.startswith(f"[{kind} ")]
    return max(numbers, default=0) + 1


def places_of(redactions: Redactions) -> Sequence[HiddenPlace]:
    """Return each placeholder that stands in a message, part by part."""
    found = dict.fromkeys(
        HiddenPlace(part=part, placeholder=span.placeholder)
        for part, redaction in redactions.items()
        for span in redaction.spans
    )
    return [*found]


@dataclass(frozen=True, kw_only=True)
class SpanCorrection:
    """What a person said of a stretch of a redacted text: personal data, or none."""

    text: RedactedText = field(repr=False)
    start: int
    end: int
    kind: str
    personal: bool
