"""Hide the personal data in a text."""

import re
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path

from classifier.labels import Audience, Redact, Redaction, Span, WithheldError
from classifier.personal.address import find_addresses, find_blocks
from classifier.personal.codes import find_codes
from classifier.personal.eponyms import find_eponyms
from classifier.personal.found import FOR_STAFF, HIDDEN, KINDS, Found, blotted, joined
from classifier.personal.health import speaks_of_health
from classifier.personal.keep import Keep, make_keep
from classifier.personal.names import NameFinder
from classifier.personal.nobody import find_firms
from classifier.personal.normalise import Folded, fold
from classifier.personal.numbers import find_numbers
from classifier.personal.people import as_staff, same_person
from classifier.personal.references import find_ours, find_references
from classifier.personal.tagger import load_tagger
from classifier.personal.web import find_web
from classifier.personal.words import Words, split_words

LONGEST = 200_000
#: How long one text may take, in seconds.
LIMIT = 8.0
PLACEHOLDER = re.compile(rf"\[(?:{'|'.join(KINDS)})\s{{1,2}}\d{{1,4}}\]")
DISTRICT_ENDS = 3  # characters of a postcode after its district
#: What each audience may see.
SEEN: Mapping[Audience, frozenset[str]] = {
    Audience.PUBLIC: frozenset(),
    Audience.STAFF: FOR_STAFF,
}
#: A name that is at least so likely is hidden.
LEAST = {Audience.PUBLIC: 0.1, Audience.STAFF: 0.2}
#: How often the output is read again for what the first reading did not see.
ROUNDS = 4


@dataclass(frozen=True, kw_only=True)
class Reader:
    """For whom a text is read, and whether there is still time."""

    keep: Keep
    audience: Audience
    author: Words
    still: Callable[[], None]


class Redactor:
    """Finds personal data with a tagger, and spares what each landlord keeps."""

    def __init__(
        self,
        names: NameFinder | None,
        keep: Mapping[str, Sequence[str]],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._names = names
        everybody = names.lexicon.kept if names else ()
        self._everybody = make_keep(everybody, keep.get("", ()))
        self._keep = {name: make_keep(everybody, lines) for name, lines in keep.items()}
        self._clock = clock

    def __call__(
        self, text: str, *, audience: Audience, author: str = "", landlord: str = ""
    ) -> Redaction:
        """Find and number the personal data in a text; the same thing always has the same number.

        Raises:
            WithheldError: the text is too long, or took too long; nobody may see it.
        """
        if len(text) > LONGEST:
            raise WithheldError(f"longer than {LONGEST} characters")
        writer = split_words(fold(author).text)
        keep = self._keep.get(landlord, self._everybody).without(writer)
        still = partial(self._in_time, self._clock() + LIMIT)
        folded = fold(text)
        hidden: list[Found] = []
        for _ in range(ROUNDS):
            reader = Reader(keep=keep, audience=audience, author=writer, still=still)
            more = list(self._round(folded.text, hidden, reader))
            still()
            if not more:
                spans = tuple(_spans(hidden, folded))
                return Redaction(original=text, spans=spans, health=speaks_of_health(folded.text))
            hidden = joined([*hidden, *(_with_glued(place, text, folded) for place in more)])
        raise WithheldError(f"still finds something after {ROUNDS} readings")

    def _in_time(self, deadline: float) -> None:
        """Go on while there is time."""
        if self._clock() > deadline:
            raise WithheldError(f"not done after {LIMIT:.0f} seconds")

    def _round(self, text: str, hidden: Sequence[Found], reader: "Reader") -> Iterator[Found]:
        """Return what is found in a text where that which is hidden already cannot be seen."""
        seen = masked(text, hidden)
        words = split_words(seen.text)
        keep, audience, still = reader.keep, reader.audience, reader.still
        ours = find_ours(words.text)
        kept = [*keep.places(words), *((place.start, place.end) for place in ours)]
        others = keep.left(_new(timely(find_fixed(words), still), words), words, kept)
        fixed = joined([*ours, *others])
        found = fixed
        if self._names:
            # A reference of ours may end in "9MR", which would be a title.
            words = split_words(blotted(words.text, ours)) if ours else words
            things = (find_blocks(words), find_firms(words.text), find_eponyms(words))
            barred = _barred(words, fixed, kept, *things)
            least = LEAST[audience]
            # Who is hidden already may stand elsewhere, and can no longer be read there.
            known = dict.fromkeys(place.key for place in hidden if place.kind == "NAME")
            names = self._names.find(
                words,
                barred,
                author=reader.author,
                known=split_words(" ".join(known)),
                least=least,
                still=still,
            )
            found = joined([*fixed, *keep.left(_new(names, words), words, kept)])
        for place in as_staff(found):
            if place.kind not in SEEN[audience]:
                start, end = seen.place(place.start, place.end)
                yield _shortened(replace(place, start=start, end=end), audience)


def _new(found: Iterable[Found], words: Words) -> Iterator[Found]:
    """Return what is not hidden already."""
    return (place for place in found if HIDDEN not in words.text[place.start : place.end])


def timely(found: Iterable[Found], still: Callable[[], None]) -> Iterator[Found]:
    """Return what is found, asking with each whether there is still time."""
    for place in found:
        still()
        yield place


def find_fixed(words: Words) -> Iterator[Found]:
    """Return everything but names; places may overlap."""
    yield from find_web(words.text)
    yield from find_codes(words.text)
    yield from find_numbers(words.text)
    yield from find_references(words.text)
    yield from find_addresses(words)


def masked(text: str, hidden: Iterable[Found]) -> Folded:
    """Return the text with each thing hidden, here or before, as one mark that nothing crosses.

    One mark each, so that a text and its redacted copy read the same: what is redacted stays so.
    """
    before = [match.span() for match in PLACEHOLDER.finditer(text)]
    places = sorted([*before, *((place.start, place.end) for place in hidden)])
    pieces: list[str] = []
    origins: list[int] = []
    shown = 0
    for start, end in [*places, (len(text), len(text))]:
        pieces += [text[shown:start], HIDDEN if end > start else ""]
        origins += [*range(shown, start), start]
        shown = end
    return Folded("".join(pieces), origins)


def load_redact(artefact: Path | None, keep: Mapping[str, Sequence[str]]) -> Redact:
    """Return a redactor with the names of an artefact; without one it finds fixed forms only.

    `keep` has for each landlord the lines of its keep-list; those of "" count for everyone else.

    Raises:
        ArtefactError: the artefact's tagger is not the one that its manifest names.
    """
    names = NameFinder(load_tagger(artefact)) if artefact else None
    return Redactor(names, keep)


def _barred(words: Words, fixed: Sequence[Found], *areas: Iterable[tuple[int, int]]) -> list[bool]:
    """Return for each word whether it belongs to something that is no name."""
    barred = [False] * len(words)
    places = [(place.start, place.end) for place in fixed] + [
        each for area in areas for each in area
    ]
    for start, end in places:
        number = bisect_right(words.ends, start)
        while number < len(words) and words.starts[number] < end:
            barred[number] = True
            number += 1
    return barred


def _with_glued(place: Found, text: str, folded: Folded) -> Found:
    """Return a place with the letters of other alphabets glued to it: alone they read otherwise."""
    start, end = place.start, place.end
    while start and _is_foreign(text[folded.origins[start - 1]]):
        start -= 1
    while end < len(folded.text) and _is_foreign(text[folded.origins[end]]):
        end += 1
    return replace(place, start=start, end=end)


def _is_foreign(character: str) -> bool:
    return character.isalpha() and not character.isascii()


def _shortened(place: Found, audience: Audience) -> Found:
    """Return a place without what this audience may see of it: staff see a postcode's district."""
    if audience is Audience.STAFF and place.kind == "POSTCODE":
        return replace(place, start=max(place.start, place.end - DISTRICT_ENDS))
    return place


def _spans(hidden: Sequence[Found], folded: Folded) -> Iterator[Span]:
    """Number what is hidden, after the numbers that the text has already."""
    people = same_person(hidden)
    used = _used_numbers(folded.text)
    numbers: dict[tuple[str, str], int] = {}
    for place in hidden:
        own = (place.kind, people.get(place.key, place.key))
        if own not in numbers:
            numbers[own] = next(used.setdefault(place.kind, count(1)))
        start, end = folded.place(place.start, place.end)
        yield Span(
            start=start,
            end=end,
            kind=place.kind,
            placeholder=f"[{place.kind} {numbers[own]}]",
            certain=place.certain,
        )


def _used_numbers(text: str) -> dict[str, "count[int]"]:
    highest: dict[str, int] = {}
    for match in PLACEHOLDER.finditer(text):
        kind = match.group()[1:].split()[0]
        highest[kind] = max(highest.get(kind, 0), int("".join(filter(str.isdigit, match.group()))))
    return {kind: count(number + 1) for kind, number in highest.items()}


#: Without an artefact: no names.
redact = load_redact(None, {})
