"""Says whether a text is in another language than English, by the small model of CLD3."""

from functools import cache

from gcld3 import NNetLanguageIdentifier  # type: ignore[import-untyped]  # no types are published

ENGLISH = "en"
#: How sure it must be. It is still wrong of one English message in fifty, mostly short ones, so
#: it is asked only of texts with words that training has not seen.
SURE = 0.7
#: It reads so many bytes, however long the text.
MOST_BYTES = 1_000


def sounds_foreign(words: str) -> bool:
    """Whether a text is likely in another language; it works offline and takes no time to load."""
    found = _identifier().FindLanguage(words)
    return bool(found.language != ENGLISH and found.probability >= SURE)


@cache
def _identifier() -> NNetLanguageIdentifier:
    return NNetLanguageIdentifier(0, MOST_BYTES)
