"""HTML to text."""

import re
from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborHTMLParser

TAG = re.compile(r"<[^<>]*>")

#: Deeper than any mail program nests; beyond it the parser takes seconds.
DEEPEST = 2_000
BLOCKS = ("p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table")
SILENT = ("script", "style", "head", "title", "template")


def html_to_text(html: str) -> str:
    """Return the words of an HTML page, a line for each block; markup alone is empty."""
    if html.count("<") > DEEPEST and _deepest(html) > DEEPEST:
        return _without_tags(html)
    tree = LexborHTMLParser(html)
    tree.strip_tags(list(SILENT))
    for br in tree.css("br"):
        br.replace_with("\n")
    for cell in tree.css("td,th"):
        cell.insert_after(" ")
    for block in tree.css(",".join(BLOCKS)):
        block.insert_before("\n")
        block.insert_after("\n")
    text = tree.body.text(deep=True) if tree.body else ""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(_single_blanks(lines)).strip()


def _single_blanks(lines: Iterable[str]) -> Iterator[str]:
    blank = False
    for line in lines:
        if line or not blank:
            yield line
        blank = not line


def _deepest(html: str) -> int:
    """How deep tags may nest at most: openings less closings, as they come."""
    deepest = depth = 0
    for tag in TAG.finditer(html):
        depth = max(0, depth + (-1 if tag.group().startswith("</") else 1))
        deepest = max(deepest, depth)
    return deepest


def _without_tags(html: str) -> str:
    return " ".join(TAG.sub(" ", html).split())
