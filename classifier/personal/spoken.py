"""Numbers that are spelled: "oh double seven, zero zero nine hundred, 123"."""

import re
from collections.abc import Iterator

_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_REST = "sixteen seventeen eighteen nineteen"
WORDS = {
    **{word: str(number) for number, word in enumerate(f"{_UNITS} {_REST}".split(), start=1)},
    **{word: str(number) for number, word in enumerate(_TENS.split(), start=2)},
    **dict.fromkeys(("zero", "oh", "o", "nought", "naught", "nil"), "0"),
    "hundred": "00",
}
TIMES = {"double": 2, "treble": 3, "triple": 3}
ONE = rf"(?:{'|'.join(sorted((*WORDS, *TIMES), key=len, reverse=True))}|\d{{1,6}})"
SPOKEN = re.compile(rf"(?<![\w£]){ONE}(?:[\s,.-]{{1,3}}{ONE}){{3,30}}(?!\w)", re.IGNORECASE)
BETWEEN = re.compile(r"[\s,.-]+")
FEWEST = 8  # digits of a number that is somebody's


def find_spoken(text: str) -> Iterator[tuple[int, int, str]]:
    """Return where a long number is spelled, at least in part, and its digits."""
    for match in SPOKEN.finditer(text):
        words = BETWEEN.split(match[0].lower())
        digits = _digits(words)
        if len(digits) >= FEWEST and not WORDS.keys().isdisjoint(words):
            yield match.start(), match.end(), digits


def _digits(words: list[str]) -> str:
    digits, times = "", 1
    for word in words:
        if word in TIMES:
            times = TIMES[word]
        else:
            digits += WORDS.get(word, word) * times
            times = 1
    return digits
