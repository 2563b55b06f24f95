"""Says whether a text is in another language than English, by the small model of CLD3."""

from functools import cache
from importlib import import_module
from typing import Any

ENGLISH = "en"
#: How sure it must be. It is still wrong of one English message in fifty, mostly short ones, so
#: it is asked only of texts with words that training has not seen.
SURE = 0.7
#: It reads so many bytes, however long the text.
MOST_BYTES = 1_000


def sounds_foreign(words: str) -> bool:
    """Whether a text is likely in another language; it works offline and takes no time to load.

    Where the library is not built (64-bit ARM), never: the share of unknown words must do.
    """
    identifier = _identifier()
    if identifier is None:
        return False
    found = identifier.FindLanguage(words)
    return bool(found.language != ENGLISH and found.probability >= SURE)


@cache
def _identifier() -> Any:  # noqa: ANN401 - no types are published
    try:
        return import_module("gcld3").NNetLanguageIdentifier(0, MOST_BYTES)
    except ModuleNotFoundError:
        return None
