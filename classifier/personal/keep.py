"""What a landlord wants to stay readable: its own names, numbers, domains and buildings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from classifier.personal.found import Found, squeezed
from classifier.personal.normalise import fold
from classifier.personal.numbers import phone_key
from classifier.personal.words import Words, word_set

#: Mailboxes of nobody in particular.
SHARED = word_set("""
    complaints complaint repairs repair info hello contact enquiries enquiry feedback office
    admin help support customerservice customerservices customer housing lettings rent rents
    income asb team noreply reception mail
""")
FEWEST_DIGITS = 5


@dataclass(frozen=True)
class Keep:
    """Phrases that survive in any spelling, though never as part of something longer."""

    phrases: frozenset[str]
    phones: frozenset[str]
    domains: frozenset[str]
    #: How the phrases begin: a spelling that begins as none of them is not read on.
    beginnings: frozenset[str]
    #: Those that the landlord asked for.
    asked: frozenset[str]

    def without(self, author: Words) -> "Keep":
        """Return the same without the general phrases that an author bears: "Jo Bloggs" may be one.

        What the landlord asked for stays: its own people and teams write too.
        """
        places = self.places(author)
        borne = {squeezed(author.text[start:end]) for start, end in places} - self.asked
        return replace(self, phrases=self.phrases - borne) if borne else self

    def places(self, words: Words) -> list[tuple[int, int]]:
        """Return where the phrases stand in a text."""
        found: list[tuple[int, int]] = []
        pieces = [form.upper() if form.isalnum() else squeezed(form) for form in words.forms]
        for first, piece in enumerate(pieces):
            if piece in self.beginnings:
                found += self._from(words, pieces, first)
        return found

    def left(
        self, found: Iterable[Found], words: Words, kept: Sequence[tuple[int, int]]
    ) -> list[Found]:
        """Return what is left to hide of what is found, where phrases stand at `kept`."""
        found = list(found)
        own = [place for place in found if self._is_kept(place, words.text)]
        kept = [*kept, *((place.start, place.end) for place in own)]
        return [place for place in found if not _lies_in(place, kept)]

    def _is_kept(self, place: Found, text: str) -> bool:
        """Whether what is found is one of the phrases."""
        said = text[place.start : place.end]
        if squeezed(said) in self.phrases or (place.kind == "PHONE" and place.key in self.phones):
            return True
        return place.kind in {"EMAIL", "URL"} and self._is_own(said, place.kind)

    def _from(self, words: Words, pieces: Sequence[str], first: int) -> list[tuple[int, int]]:
        said, found = "", []
        last = first
        while last < len(pieces) and (said + pieces[last]) in self.beginnings:
            said += pieces[last]
            if said in self.phrases and pieces[last]:
                found.append((words.starts[first], words.ends[last]))
            last += 1
        return found

    def _is_own(self, said: str, kind: str) -> bool:
        plain = "".join(said.lower().split())
        box, _, host = plain.rpartition("@")
        if kind == "EMAIL" and squeezed(box).lower() not in SHARED:
            return False
        host = host.split("://")[-1].removeprefix("www.").split("/")[0].rstrip(".")
        return any(host == domain or host.endswith("." + domain) for domain in self.domains)


def make_keep(general: Iterable[str], asked: Iterable[str] = ()) -> Keep:
    """Return a keep-list of general lines and of those asked for, remarks left out."""
    own = _plain(asked)
    plain = [*_plain(general), *own]
    phrases = {squeezed(line) for line in plain} - {""}
    return Keep(
        phrases=frozenset(phrases),
        phones=frozenset(phone_key(line) for line in plain if _is_phone(line)),
        domains=frozenset(_domain(line) for line in plain if "." in line and " " not in line),
        beginnings=frozenset(line[:end] for line in phrases for end in range(1, len(line) + 1)),
        asked=frozenset(map(squeezed, own)),
    )


def _plain(lines: Iterable[str]) -> list[str]:
    return [fold(line.strip()).text for line in lines if line.strip() and not line.startswith("#")]


def _lies_in(place: Found, kept: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place.start and place.end <= end for start, end in kept)


def _is_phone(line: str) -> bool:
    return sum(map(str.isdigit, line)) >= FEWEST_DIGITS and not any(map(str.isalpha, line))


def _domain(line: str) -> str:
    host = line.lower().rpartition("@")[2].split("://")[-1]
    return host.removeprefix("www.").split("/")[0]
