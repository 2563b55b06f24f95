"""HTML that staff can see: nothing in it runs, and nothing is fetched before they ask for it."""

import re

import nh3

from intake.mail.tags import TAG

DEEPEST = 500  # no mail program nests so; beyond it the cleaner takes seconds
LONGEST = 1_000_000  # characters
LONGEST_TAG = 4_000
TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "center", "code", "dd", "del", "div", "dl",
    "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "li", "ol", "p", "pre",
    "s", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "u", "ul",
}  # fmt: skip
#: Tags that nothing lies inside of, and those that the next of them closes.
NO_NESTING = {
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
    "p", "source", "td", "th", "tr", "wbr",
}  # fmt: skip
#: A picture is held back under this name until somebody asks for it.
HELD_BACK = "data-src"
SOURCE = re.compile(r"(?<![\w-])src(?=\s*=)", re.IGNORECASE)
CLEANER = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags={"script", "style", "title", "template"},
    attributes={
        "a": {"href", "title"},
        "img": {HELD_BACK, "alt", "width", "height"},
        "td": {"colspan", "rowspan", "align"},
        "th": {"colspan", "rowspan", "align"},
    },
    attribute_filter=lambda _tag, name, value: _checked(name, value),
    url_schemes={"http", "https", "mailto", "tel"},
    url_relative="deny",
    link_rel="noopener noreferrer",
)


def safe_html(html: str) -> str | None:
    """Return what of a page can be shown; none where it is too long or nests too deeply."""
    if len(html) > LONGEST:
        return None
    depth = 0
    pieces: list[str] = []
    at = 0
    for found in TAG.finditer(html):
        name = (found[2] or "").casefold()
        pieces += [html[at : found.start()], _tamed(name, found)]
        at = found.end()
        if name and name not in NO_NESTING:
            depth = max(0, depth + (-1 if found[1] else 1))
        if depth > DEEPEST:
            return None
    return CLEANER.clean("".join([*pieces, html[at:]])).strip()


def _tamed(name: str, tag: re.Match[str]) -> str:
    """A tag without more attributes than anybody writes, and with no picture to fetch."""
    if len(tag[0]) > LONGEST_TAG:
        return f"<{tag[1]}{name}>" if name else ""
    return SOURCE.sub(HELD_BACK, tag[0]) if name == "img" else tag[0]


def _checked(name: str, value: str) -> str | None:
    if name == HELD_BACK and not value.casefold().startswith(("http:", "https:", "cid:")):
        return None
    return value
