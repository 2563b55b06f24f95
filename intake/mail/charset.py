"""Bytes to words, whatever they say that they are."""

import codecs
import re
from functools import lru_cache

from charset_normalizer import from_bytes

from intake.domain.clean import clean

#: What mail programs mean by it; the WHATWG encoding standard reads most of them so too.
MEANT = {
    "ascii": "utf-8",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
}
#: Names that no library knows, as they are met in mail, without their marks.
MISSPELT = {
    "uft8": "utf-8",
    "unicode11utf8": "utf-8",
    "usaskey": "utf-8",
    "iso88598i": "iso8859-8",
    "isogb2312": "gb18030",
    "ksc56011987": "cp949",
    "cp850": "cp850",
    "ansi": "cp1252",
}
#: Codecs that no text is in: they are slow, or read escapes that nobody wrote as such.
NO_CHARSETS = {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}
#: Where bytes that read as UTF-8 by chance are as good as none.
WESTERN = {"cp1252", "iso8859-15"}
MARKS = re.compile(r"[^a-z0-9]")
SAMPLE = 20_000  # bytes


def decode(raw: bytes, said: str, *, guess: bool = True) -> tuple[str, str]:
    """Return the words of some bytes, and the charset where we had to guess it.

    What is not in the charset that it says is UTF-8 or else what British mail was in before it;
    a guess by the letters takes a pound sign for a Polish one, and long: it comes last.
    """
    named, known = _codec(said)
    first = ("utf-8", named) if named in WESTERN and not raw.isascii() else (named, "utf-8")
    for name in (*first, "cp1252"):
        try:
            words = raw.decode(name)
        except (UnicodeError, LookupError):  # the second: a codec of something else than text
            continue
        guessed = not known or name not in {named, "utf-8"} or (named in WESTERN and name != named)
        return _plain(words), name if guessed else ""
    best = from_bytes(raw[:SAMPLE]).best() if guess else None
    name = best.encoding if best else "cp1252"
    return _plain(raw.decode(name, "replace")), name


def _plain(words: str) -> str:
    return clean(words.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))


@lru_cache(maxsize=256)
def _codec(said: str) -> tuple[str, bool]:
    """The codec that a name means, and whether it is the name of one."""
    bare = MARKS.sub("", said.casefold())
    if bare in MISSPELT:
        return MISSPELT[bare], False
    try:
        name = codecs.lookup(MARKS.sub("-", said.casefold().replace("\0", ""))).name
    except (LookupError, ValueError):
        return "utf-8", not said
    if name in NO_CHARSETS or not codecs.lookup(name)._is_text_encoding:  # noqa: SLF001 - the one place that says so
        return "utf-8", False
    return MEANT.get(name, name), True
