"""Read a text as a person sees it: look-alike characters made plain, each with its place kept."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: What needs no folding at all: nearly every message.
PLAIN = re.compile(r"[\t\n\r -~£]*")
CYRILLIC_OR_GREEK = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
WORD = re.compile(r"\w+")
LATIN = re.compile(r"[A-Za-z0-9]")
#: Quotation marks, dashes and the like, as the keyboard has them.
MARKS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201b\u02bc\u0060\u00b4\u2032\u02b9\uff07", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63", "-"),
        **dict.fromkeys("\u2028\u2029\u0085\v\f", "\n"),
        **dict.fromkeys("\u2044\u2215", "/"),
        **dict.fromkeys("\u2024\u3002", "."),
        "\uff20": "@",
    }
)
#: Letters that look like a Latin one (Unicode's confusables, the Cyrillic and Greek of it).
LOOK_ALIKES = dict(
    zip(
        "АВСЕНІЈКМОРЅТХУЗҮԌԜԚавсеіјкморѕтхуԁһԛԝғпгΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεικνορτυχγϲϳ",
        "ABCEHIJKMOPSTXY3YGWQabceijkmopstxydhqwfnrABEZHIKMNOPTYXaBeiKvoptuxycj",
        strict=True,
    )
)
#: How a word that is Cyrillic throughout is written in Latin letters (BGN/PCGN, simplified).
ROMAN = {
    **dict(zip("абвгґдезиійклмнопрстуфыэєћј", "abvhgdeziiyklmnoprstufyeecj", strict=True)),
    **dict(
        zip(
            "жхцчшщюяёї", ("zh", "kh", "ts", "ch", "sh", "shch", "yu", "ya", "e", "yi"), strict=True
        )
    ),
    "ъ": "",
    "ь": "",
}
INVISIBLE = {"Cf", "Cc", "Cs", "Mn", "Me", "Cn"}
SPACES = {"\t", "\n", "\r"}


@dataclass(frozen=True)
class Folded:
    """A text in plain characters, and for each of them its place in the text as given."""

    text: str
    origins: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where `text[start:end]` lies in the original, with what is invisible after it."""
        return self.origins[start], max(self.origins[end - 1] + 1, self.origins[end])


def fold(text: str) -> Folded:
    """Return the text with every character in its plainest form (NFKC and look-alikes)."""
    if PLAIN.fullmatch(text):
        return Folded(text, range(len(text) + 1))
    foreign = {
        match.start() + offset: letter
        for match in WORD.finditer(text)
        if CYRILLIC_OR_GREEK.search(match.group())
        for offset, letter in enumerate(_latin_letters(match.group()))
    }
    plain: list[str] = []
    origins: list[int] = []
    for place, character in enumerate(text):
        form = foreign.get(place)
        form = _plain(character) if form is None else form
        plain.append(form)
        origins += [place] * len(form)
    return Folded("".join(plain), [*origins, len(text)])


def _latin_letters(word: str) -> Iterator[str]:
    """Return for each letter the one it looks like, or in a wholly foreign word sounds like."""
    disguised = bool(LATIN.search(word))
    for letter in word:
        if disguised:
            yield LOOK_ALIKES.get(letter) or _plain(letter)
        else:
            sound = ROMAN.get(letter.lower())
            if sound is None:
                yield LOOK_ALIKES.get(letter) or _plain(letter)
            else:
                yield sound.title() if letter.isupper() else sound


def _plain(character: str) -> str:
    if character.isascii():
        return character if character.isprintable() or character in SPACES else ""
    marked = character.translate(MARKS)
    if marked != character:
        return marked
    category = unicodedata.category(character)
    if category in INVISIBLE:
        return ""
    if category == "Zs":
        return " "
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", character)
    # An emoji between two words parts them; a private character could pass for our own mark.
    return " " if category in {"So", "Sk", "Co"} and plain == character else plain
