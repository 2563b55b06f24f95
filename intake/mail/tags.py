"""HTML as a run of tags and words: read once, front to back, however it nests."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

#: A tag with its attributes, in which a quoted value may hold an angle bracket.
TAG = re.compile(
    r"<(?:!--|(/?)([a-z][^\s/<>]{0,60}+)"
    r"((?:[^<>\"']++|\"[^\"<]{0,2000}+\"|'[^'<]{0,2000}+'|[\"'])*+)>|[!?/][^<>]*+>)",
    re.IGNORECASE,
)
ATTRIBUTE = re.compile(
    r"""(?<![^\s"'/])(class|id|type|style)\s*=\s*("[^"]*+"|'[^']*+'|[^\s>]*+)""", re.IGNORECASE
)
SILENT = {"script", "style", "title", "template"}
LONGEST_TAG = 5_000  # characters of it that are looked at
MOST_TAGS = 150_000


class Tag(NamedTuple):
    """A tag: its name, whether it closes, and the attributes as they were written."""

    name: str
    closes: bool
    written: str

    def attributes(self) -> dict[str, str]:
        """Return the attributes that say what an element is for, in small letters."""
        found = ATTRIBUTE.findall(self.written[:LONGEST_TAG])
        return {name.casefold(): value.strip("\"' ").casefold() for name, value in found}


def read_tags(html: str) -> Iterator[Tag | str]:
    """Return tags and the words between them, without comments and what is never shown.

    Of a page with more tags than anybody writes, the words of the rest come at once.
    """
    endings = _Endings(html)
    at = tags = 0
    while tags < MOST_TAGS and (found := TAG.search(html, at)):
        if found.start() > at:
            yield unescape(html[at : found.start()])
        at = found.end()
        tags += 1
        name = (found[2] or "").casefold()
        if found[0] == "<!--":
            at = endings.after("-->", at)
        elif name in SILENT and not found[1]:
            at = endings.after(f"</{name}", at)
        elif name:
            yield Tag(name, bool(found[1]), found[3])
    if at < len(html):
        yield unescape(TAG.sub(" ", html[at:]))


class _Endings:
    """Finds where what is not shown ends; what never ends is shown, so that no words are lost."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._lower = ""
        self._missing: set[str] = set()

    def after(self, ending: str, at: int) -> int:
        if ending in self._missing:
            return at
        if ending == "-->":
            found = self._html.find(ending, at - 2)  # so does "<!-->", at once
        else:
            self._lower = self._lower or self._html.lower()
            found = self._lower.find(ending, at)
        if found < 0:
            self._missing.add(ending)
            return at
        return found + len(ending) if ending == "-->" else found
