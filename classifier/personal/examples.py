"""Sentences with names in them, made from templates: what the name tagger learns from."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from string import ascii_uppercase, digits

from classifier.personal.found import HIDDEN

SLOT = re.compile(r"\{([A-Za-z]+)\}")
SECTION = re.compile(r"\[([A-Za-z ]+)\]")
#: How often each origin is drawn: about what a landlord's residents are, the rarer ones raised.
ORIGINS = {
    "british": 26,
    "word": 26,
    "southasian": 13,
    "easteuropean": 12,
    "westafrican": 11,
    "arabic": 9,
    "irish": 6,
    "bangladeshi": 5,
    "somali": 5,
    "chinese": 6,
    "eastafrican": 4,
    "iberian": 4,
    "caribbean": 7,
    "persiankurdish": 3,
    "turkish": 3,
    "italiangreek": 2,
    "vietnamese": 4,
    "french": 1,
    "german": 1,
}
NAME_SLOTS = frozenset({"N", "F", "L", "l", "FL", "TL"})
#: `OF` and `OL` look like a given and a family name, and are those of a storm, a firm, a pub.
MADE_SLOTS = frozenset(
    {"ADDR", "STREET", "BLD", "NUM", "AMT", "MONTH", "PLATE", "CODE", "OF", "OL"}
)
SECTIONS = {"DAY": "DAYS", "HANDLE": "HANDLES", "TAG": "TAGS"}
MONTHS = ("January", "March", "April", "May", "June", "August", "October", "december", "nov", "feb")
PLATES = ("AA99 AAA", "AA99AAA", "AA 99 AAA", "A999 AAA", "AAA 999A", "A9 AAA")
CODES = (
    "999999",
    "AA/9999",
    "AA-9999-9",
    "A99999",
    "AAA-999-A",
    "AA99/999",
    "AA 999999",
    "AAA/AA/9999",
)
#: What an Arabic family name begins with, and where the family name stands first.
JOINTS = ("al ", "Al ", "Al-", "El ", "El-", "Abu ", "bin ", "Ben")
FAMILY_FIRST = frozenset({"chinese", "vietnamese"})
ADDRESSED = (
    "Auntie",
    "auntie",
    "Uncle",
    "uncle",
    "Chief",
    "Sister",
    "Brother",
    "Mama",
    "Nana",
    "Sheikh",
    "Umm",
    "Abu",
    "Pani",
    "Pan",
    "Mother",
    "Pastor",
    "aunty",
    "Hajji",
    "young",
    "Sr",
)
NICKNAMES = ("Big", "Little", "Old", "Young", "Wee", "big", "old", "little")
KEYS_NEAR = {
    "a": "s",
    "e": "r",
    "i": "o",
    "o": "p",
    "n": "m",
    "s": "a",
    "t": "r",
    "r": "e",
    "l": "k",
    "h": "j",
}


@dataclass(frozen=True)
class Example:
    """A text, and where in it names stand."""

    text: str
    names: Sequence[tuple[int, int]]


@dataclass
class Maker:
    """Makes examples from templates and lists; the same seed makes the same ones."""

    templates: Mapping[str, Sequence[str]]
    given: Mapping[str, Sequence[str]]
    family: Mapping[str, Sequence[str]]
    random: Random = field(default_factory=lambda: Random(11))  # noqa: S311 - no secret

    def add(self, section: str, templates: Sequence[str]) -> None:
        """Take more templates into a section."""
        both = [*self.templates[section], *templates]
        self.templates = {**self.templates, section: both}

    def examples(self, count: int) -> Iterator[Example]:
        """Return so many examples, each one to four sentences in one manner of writing."""
        for _ in range(count):
            parts = [self._sentence() for _ in range(self.random.choice((1, 1, 1, 1, 2, 2, 3, 4)))]
            yield self._written(self._joined(parts))

    def _sentence(self) -> Example:
        with_names = self.random.random() < 0.6  # noqa: PLR2004 - names stand in most, not in all
        template = self._pick("with names" if with_names else "without names")
        if self.random.random() < 0.3:  # noqa: PLR2004
            template = self._pick("OPEN") + template
        if self.random.random() < 0.4:  # noqa: PLR2004
            template += self._pick("CLOSE")
        return self._filled(template.replace("\\n", "\n"))

    def _joined(self, parts: Sequence[Example]) -> Example:
        text, names = "", []
        for part in parts:
            if text:
                text += self.random.choice((" ", ". ", ". ", "\n", ", ", "! ", " - "))
            names += [(start + len(text), end + len(text)) for start, end in part.names]
            text += part.text
        return Example(text, names)

    def _filled(self, template: str) -> Example:
        text, names, shown = "", [], 0
        origin = self._origin()
        for slot in SLOT.finditer(template):
            text += template[shown : slot.start()]
            value, named = self._value(slot[1], origin)
            if named and self.random.random() < 0.03:  # noqa: PLR2004 - what an earlier pass hid
                value, named = HIDDEN * 8, False
            if named:
                names.append((len(text), len(text) + len(value)))
            text += value
            shown = slot.end()
            if self.random.random() < 0.5:  # noqa: PLR2004 - people of one home, and of several
                origin = self._origin()
        return Example(text + template[shown:], names)

    def _value(self, slot: str, origin: str) -> tuple[str, bool]:
        """Return what a slot is filled with, and whether it is a name."""
        if slot in NAME_SLOTS:
            return self._name(slot, origin), True
        if slot in MADE_SLOTS:
            return self._made(slot, origin), False
        return self._filled(self._pick(SECTIONS.get(slot, slot))).text, False

    def _made(self, slot: str, origin: str) -> str:
        number = self.random.randint(2, 180)
        return {
            "ADDR": f"{number} {self._street()}",
            "STREET": self._street(),
            "BLD": f"{self._pick('STW')} {self._pick('BLDT')}",
            "NUM": str(number),
            "AMT": f"£{number * 20}",
            "MONTH": self.random.choice(MONTHS),
            "PLATE": self._coded(PLATES),
            "CODE": self._coded(CODES),
            "OF": self._given(origin),
            "OL": self._family(origin),
        }[slot]

    def _coded(self, forms: Sequence[str]) -> str:
        """Return a code of one of these forms: A stands for any letter, 9 for any digit."""
        drawn = {"A": ascii_uppercase, "9": digits}
        form = self.random.choice(forms)
        return "".join(self.random.choice(drawn.get(each, each)) for each in form)

    def _street(self) -> str:
        return f"{self._pick('STW')} {self._pick('STT')}"

    def _name(self, slot: str, origin: str) -> str:
        forms = {"F": self._given_forms, "FL": self._full_forms, "TL": self._titled_forms}
        if slot in {"L", "l"}:
            family = self._family(origin)
            return self._mistyped(family.lower() if slot == "l" else family)
        if slot == "N":
            slot = self.random.choice(("F", "F", "FL", "TL"))
        return self._mistyped(self.random.choice(forms[slot](origin)))

    def _given_forms(self, origin: str) -> Sequence[str]:
        given = self._given(origin)
        return (given,) * 22 + (
            f"{self.random.choice(NICKNAMES)} {given}",
            f"{self.random.choice(NICKNAMES)} {given}",
            f"{self.random.choice(ADDRESSED)} {given}",
        )

    def _full_forms(self, origin: str) -> Sequence[str]:
        given, family = self._given(origin), self._family(origin)
        other, second = self._given(origin), self._family(origin)
        return (f"{given} {family}",) * 8 + (
            f"{given} {other} {family}",
            f"{given[0]}. {family}",
            f"{given[0]} {family}",
            f"{given} {family[0]}",
            f"{given} {family}-{second}",
            f"{given}-{other} {family}",
            f"{given[0]}.{other[0]}. {family}",
            *((f"{given} {self.random.choice(JOINTS)}{family}",) * (origin == "arabic")),
            *((f"{family} {given}", f"{family} {other} {given}") * 3 * (origin in FAMILY_FIRST)),
        )

    def _titled_forms(self, origin: str) -> Sequence[str]:
        title, given, family = self._pick("TITLES"), self._given(origin), self._family(origin)
        return (f"{title} {family}",) * 6 + (
            f"{title} {given} {family}",
            f"{title} {given[0]}. {family}",
            f"{title} {given}",
        )

    def _given(self, origin: str) -> str:
        return self.random.choice(self.given[origin])

    def _family(self, origin: str) -> str:
        return self.random.choice(self.family[origin])

    def _origin(self) -> str:
        return self.random.choices(tuple(ORIGINS), weights=tuple(ORIGINS.values()))[0]

    def _pick(self, section: str) -> str:
        return self.random.choice(self.templates[section])

    def _mistyped(self, word: str) -> str:
        """Drop, double, swap or replace a letter now and then."""
        if len(word) < 4 or self.random.random() > 0.07:  # noqa: PLR2004
            return word
        place = self.random.randrange(1, len(word) - 1)
        before, letter, after = word[:place], word[place], word[place + 1 :]
        changed = self.random.choice(
            ("", letter * 2, after[:1] + letter, KEYS_NEAR.get(letter, letter))
        )
        return before + changed + (after[1:] if changed == after[:1] + letter else after)

    def _written(self, example: Example) -> Example:
        """Write it as people do: small, in capitals, every word with one, with slips."""
        manner = self.random.random()
        if manner < 0.36:  # noqa: PLR2004
            return _respelled(example, str.lower)
        if manner < 0.46:  # noqa: PLR2004
            return _respelled(example, str.upper)
        if manner < 0.50:  # noqa: PLR2004
            return _respelled(
                example, lambda text: re.sub(r"\b[a-z]", lambda m: m[0].upper(), text)
            )
        if manner < 0.62:  # noqa: PLR2004
            return self._slipped(_respelled(example, str.lower))
        return self._slipped(example) if manner < 0.7 else example  # noqa: PLR2004

    def _slipped(self, example: Example) -> Example:
        """Mistype words that are no names, and leave marks out."""
        text, names, shown = "", [], 0
        for start, end in [*example.names, (len(example.text), len(example.text))]:
            text += self._slips(example.text[shown:start])
            names += [(len(text), len(text) + end - start)] if end > start else []
            text += example.text[start:end]
            shown = end
        return Example(text, names)

    def _slips(self, text: str) -> str:
        words = (self._mistyped(word) for word in text.split(" "))
        return " ".join(words).replace(",", "").replace("'", "")


def _respelled(example: Example, manner: Callable[[str], str]) -> Example:
    text = manner(example.text)
    same = len(text) == len(example.text)
    return Example(text, example.names) if same else example


def load_maker(folder: Path) -> Maker:
    """Return a maker with the templates and names that lie in a folder."""
    return Maker(
        read_templates((folder / "templates.txt").read_text(encoding="utf-8")),
        read_names(folder / "given.tsv"),
        read_names(folder / "family.tsv"),
    )


def read_templates(text: str) -> dict[str, list[str]]:
    """Return the lines of each section; an empty line counts only among openings and closings."""
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        head = SECTION.fullmatch(line)
        if head:
            lines = sections.setdefault(head[1], [])
        elif line or lines is sections.get("OPEN") or lines is sections.get("CLOSE"):
            lines.append(line)
    return sections


def read_names(path: Path) -> dict[str, list[str]]:
    """Return the names of each origin."""
    names: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, origins = line.partition("\t")
        for origin in origins.split():
            names.setdefault(origin, []).append(name)
    return names
