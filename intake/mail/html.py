"""HTML to text: lists, tables and quotes as one would type them, and never a word less."""

import re
from collections.abc import Mapping

from intake.domain.clean import clean
from intake.mail.tags import Tag, read_tags

#: How many line ends there are at least before and after these.
BREAKS = {
    **dict.fromkeys(("div", "tr", "li", "address", "center", "dd", "dt", "section"), 1),
    **dict.fromkeys(("p", "table", "ul", "ol", "dl", "pre", "hr", "blockquote", "form"), 2),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "article", "header", "footer"), 2),
}
CELLS = {"td", "th"}
#: What mail programs put around the mail that is answered (Gmail's has its own <blockquote>).
QUOTES = re.compile(r"yahoo_quoted|protonmail_quote|zmail_extra|tutanota_quote|cite_quote")
GMAILS = re.compile(r"gmail_quote(?!_attr)|protonmail_quote|tutanota_quote|moz-cite|zimbra")
#: Around their signatures.
SIGNATURES = re.compile(
    r"gmail_signature|moz-signature|ms-outlook-mobile-signature|mail-editor-signature"
    r"|applemailsignature|composer_signature|protonmail_signature_block(?!-empty)|yahoo-signature"
)
#: What those all have in common, for most tags have none of it.
TELLING = re.compile(r"cite|border-left|quote|signature|zmail|moz-cite|zimbra|mso", re.IGNORECASE)
SIGNATURE_LINE = "-- "
ONE_LINE = re.compile(r"mso(?:normal|plaintext|listparagraph)")
SPACE = re.compile(r"\s+")
MOST_QUOTES = 5  # deep


def html_to_text(html: str) -> str:
    """Return the words of an HTML page, a line for each block; markup alone is empty."""
    page = _Page()
    for piece in read_tags(html):
        if isinstance(piece, str):
            page.write(piece)
        else:
            page.mark(piece)
    return page.text()


class _Page:
    """The lines so far, and what the next words need before them."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._breaks = 0
        self._cell = False
        self._tight = False
        self._turned = False
        self._lists: list[int] = []
        self._pre = 0
        #: What is quoted: the tag that opened it, and how many of that name are open.
        self._quotes: list[tuple[str, int]] = []

    def write(self, words: str) -> None:
        first, *others = words.split("\n") if self._pre else [SPACE.sub(" ", words)]
        if first != " " or self._line:
            self._add(first)
        for other in others:
            self._end_line(blank=True)
            self._add(other)

    def mark(self, tag: Tag) -> None:
        name = tag.name
        if name == "br":
            self._break_line()
            return
        attributes = tag.attributes() if TELLING.search(tag.written) else {}
        if name == "p" and not tag.closes:
            self._tight = bool(ONE_LINE.search(attributes.get("class", "")))
        if name in {"tr", "table"}:
            self._end_line()
            self._breaks = min(self._breaks, 1)
        if name in BREAKS and not self._cell:
            nested = name in {"ul", "ol"} and len(self._lists) > tag.closes
            tight = self._tight if name == "p" else nested
            self._need(1 if tight else BREAKS[name])
        if self._quotes or attributes:
            self._quote(tag, attributes)
        self._structure(tag)

    def text(self) -> str:
        self._end_line()
        lines = clean("\n".join(self._lines)).split("\n")
        lines = [line if line == SIGNATURE_LINE else line.strip() for line in lines]
        single = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
        return "\n".join(single).strip("\n")

    def _structure(self, tag: Tag) -> None:
        name = tag.name
        if name in CELLS and not tag.closes:
            self._cell, self._breaks = bool(self._line), 0 if self._line else self._breaks
        elif name in {"ul", "ol"}:
            if not tag.closes:
                self._lists.append(0 if name == "ul" else 1)
            elif self._lists:
                self._lists.pop()
        elif name == "li" and not tag.closes:
            self._bullet()
        elif name == "pre":
            self._pre = max(0, self._pre + (-1 if tag.closes else 1))

    def _bullet(self) -> None:
        number = self._lists[-1] if self._lists else 0
        if number:
            self._lists[-1] += 1
        self._add(f"{number}. " if number else "- ")

    def _quote(self, tag: Tag, attributes: Mapping[str, str]) -> None:
        """Follow where a quote begins and ends, by the tags of the name that opened it."""
        if attributes and self._opens(tag.name, attributes):
            self._turn()
            self._quotes.append((tag.name, 1))
        elif self._quotes and self._quotes[-1][0] == tag.name:
            depth = self._quotes[-1][1] + (-1 if tag.closes else 1)
            self._quotes[-1] = (tag.name, depth)
            if depth == 0:
                self._turn()
                self._quotes.pop()

    def _turn(self) -> None:
        """Begin a line for what is quoted differently from the one before."""
        self._end_line()
        self._breaks = 0
        self._turned = True

    def _opens(self, name: str, attributes: Mapping[str, str]) -> bool:
        """Whether a quote begins; of a signature, write the line that opens it."""
        named = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        if SIGNATURES.search(named):
            self._end_line()
            self._lines.append(self._prefix() + SIGNATURE_LINE)
            return False
        cited = _is_cited(named, attributes) if name == "blockquote" else QUOTES.search(named)
        return bool(cited) and len(self._quotes) < MOST_QUOTES

    def _prefix(self) -> str:
        return "> " * len(self._quotes)

    def _need(self, lines: int) -> None:
        if self._line or self._lines:
            self._breaks = max(self._breaks, lines)

    def _add(self, words: str) -> None:
        if self._breaks and words.strip():
            if self._line:
                self._end_line()
            apart = self._breaks > 1 and not self._turned
            if apart and self._lines and self._lines[-1].strip("> "):
                self._lines.append(self._prefix().rstrip())
            self._breaks, self._turned = 0, False
        if self._cell and words.strip():
            self._line.append(" | ")
            self._cell = False
        self._line.append(words)

    def _break_line(self) -> None:
        if self._breaks and self._line:
            self._end_line()
        self._breaks = 0
        self._end_line(blank=True)

    def _end_line(self, *, blank: bool = False) -> None:
        line = " ".join("".join(self._line).split())
        if line or blank:
            self._lines.append((self._prefix() + line).rstrip())
        self._line = []
        self._cell = False


def _is_cited(named: str, attributes: Mapping[str, str]) -> bool:
    return (
        attributes.get("type") == "cite"
        or bool(GMAILS.search(named))
        or "border-left" in attributes.get("style", "")
    )
