"""The text of a mail and its files, gathered from its parts."""

import hashlib
import re
from dataclasses import dataclass, field
from html import escape
from itertools import islice

from intake.domain.clean import clean
from intake.domain.message import Attachment
from intake.mail.charset import decode
from intake.mail.encodings import decode_transfer, find_uuencoded
from intake.mail.fields import main_value
from intake.mail.file_names import safe_name
from intake.mail.headers import one_line, spelled_out
from intake.mail.html import html_to_text
from intake.mail.parts import MAIL_TYPES, Part
from intake.mail.tnef import TnefError, unwrap

LONGEST_TEXT = 1_000_000  # characters; what is longer stays in the raw mail
LONGEST_PLAIN, LONGEST_HTML = 4_000_000, 1_000_000  # bytes, of all parts
LONGEST_NAME = 1_000  # characters of a file's name as it was given
TOO_LONG = "it is very long: the rest is in the original"
WITHIN_LETTER = range(0x80, 0xC0)  # bytes, in UTF-8
LONGEST_LINE = 10_000  # bytes
MOST_FILES = 500  # within one text
#: A picture within the HTML, as some programs write them.
PICTURE = re.compile(rb"data:[^\s\"'<>;,]{1,60};base64,[A-Za-z0-9+/=%\s]{100,}+")
MOST_GUESSES = 3  # of charsets, which take long
HTML_TYPES = {"text/html", "text/enriched", "text/richtext"}
META_CHARSET = re.compile(
    rb"""<meta[^<>]{0,200}charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE
)
#: A text part that only says that there is another.
STUB = re.compile(
    r"html|browser|view (?:this|the)|display|porwr|przegl[aą]dark|navigateur|client", re.IGNORECASE
)
LONGEST_STUB = 400  # characters
ELLIPSIS = re.compile(r"[\s.…\[\]>-]+$")
SOFT = re.compile(r"(?<!^--) \n(?![>\s]|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Body:
    """A text, and the HTML that it was in where it was in some."""

    text: str = ""
    html: str = ""


@dataclass(kw_only=True)
class Gathered:
    """What is gathered on the way through the parts."""

    attachments: list[Attachment] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    #: The bytes of the files, where somebody asks for them.
    contents: list[bytes] | None = field(default=None, repr=False)
    guesses: int = 0
    #: Bytes of each that may still be read.
    plain_left: int = LONGEST_PLAIN
    html_left: int = LONGEST_HTML

    def read(self, part: Part) -> Body:
        """Return the text of a part and keep its files."""
        if part.type in MAIL_TYPES:
            return self._mail(part)
        if not part.children:
            return Body() if part.unread else self._leaf(part, root=False)
        if part.said_type == "multipart/alternative":
            return _best([self.read(child) for child in part.children])
        returned = part.said_type == "multipart/report"
        bodies = [self.read(child) for child in part.children]
        kinds = [child.type in MAIL_TYPES and returned for child in part.children]
        return _together([b for b, back in zip(bodies, kinds, strict=True) if not back])

    def read_root(self, root: Part) -> Body:
        """Return the text of a whole mail and keep its files."""
        single = not (root.children or root.unread or root.type in MAIL_TYPES)
        body = self._leaf(root, root=True) if single else self.read(root)
        if len(body.text) > LONGEST_TEXT:
            self.problems.append(TOO_LONG)
        return Body(body.text[:LONGEST_TEXT].strip(), body.html)

    def _mail(self, part: Part) -> Body:
        raw = decode_transfer(part.body, _encoding(part))
        inner = part.children[0] if part.children else None
        subject = one_line(inner.field("subject")) if inner else ""
        self._keep(raw, _file_name(part) or f"{subject or 'message'}.eml", part)
        if inner is None:
            return Body()
        return self.read(inner) if inner.children else self._leaf(inner, root=True)

    def _leaf(self, part: Part, *, root: bool) -> Body:
        raw = decode_transfer(part.body, _encoding(part))
        name = _file_name(part)
        attached = bool(name) or part.disposition[0] == "attachment"
        if part.type == "application/ms-tnef" or name.casefold() == "winmail.dat":
            return self._wrapped(raw, part, name)
        if not attached or (root and part.type.startswith("text/")):
            if part.type in HTML_TYPES:
                return self._html(raw, part)
            if part.type == "text/plain":
                return self._plain(raw, part)
        if not root or raw.strip():
            self._keep(raw, name, part)
        return Body()

    def _plain(self, raw: bytes, part: Part) -> Body:
        kept: list[bytes] = []
        at = 0
        for start, end, name, data in islice(find_uuencoded(raw), MOST_FILES):
            kept.append(raw[at:start])
            at = end
            self._add(data, decode(name, "")[0], "application/octet-stream", inline=False)
        kept.append(raw[at:])
        said = self._cut(b"".join(kept), self.plain_left)
        self.plain_left -= len(said)
        words = self._words(said, part)
        flowed = part.parameters.get("format")
        if flowed and flowed.raw.strip().lower() == b"flowed":
            words = SOFT.sub(" ", words)
        return Body(words.strip())

    def _html(self, raw: bytes, part: Part) -> Body:
        said = self._cut(PICTURE.sub(b"data:", raw), self.html_left)
        self.html_left -= len(said)
        html = self._words(said, part, beside=META_CHARSET.search(said[:2_048]))
        return Body(html_to_text(html), html)

    def _cut(self, raw: bytes, longest: int) -> bytes:
        """As much of a text as may be read, and no half of a letter."""
        if len(raw) <= longest:
            return raw
        self.problems.append(TOO_LONG)
        line = raw.rfind(b"\n", max(0, longest - LONGEST_LINE), longest)
        at = longest if line < 0 else line + 1
        while at and raw[at] in WITHIN_LETTER:
            at -= 1
        return raw[:at]

    def _words(self, raw: bytes, part: Part, *, beside: re.Match[bytes] | None = None) -> str:
        parameter = part.parameters.get("charset")
        said = (parameter.text.strip() or "empty") if parameter else ""
        if not said and beside:
            said = beside[1].decode("ascii")
        words, guess = decode(raw, said, guess=self.guesses < MOST_GUESSES)
        if guess:
            self.guesses += guess not in {"utf-8", "cp1252"}
            self.problems.append(f"charset guessed: {guess}")
        return words

    def _wrapped(self, raw: bytes, part: Part, name: str) -> Body:
        try:
            found = unwrap(raw)
        except TnefError:
            self.problems.append("winmail.dat could not be opened: it is kept as it came")
            self._keep(raw, name or "winmail.dat", part)
            return Body()
        for number, (inner, data) in enumerate(found.files, start=1):
            self._add(data, inner or f"file {number}", "application/octet-stream", inline=False)
        html = decode(found.html, "")[0] if found.html else ""
        if not found.files and not found.text and not html:
            self.problems.append("winmail.dat holds no text and no files that we can read")
            self._keep(raw, name or "winmail.dat", part)
        return Body(found.text or html_to_text(html), html)

    def _keep(self, raw: bytes, name: str, part: Part) -> None:
        shown = part.disposition[0]
        inline = shown == "inline" or (not shown and bool(part.field("content-id")))
        self._add(raw, name, part.type, inline=inline)

    def _add(self, raw: bytes, said: str, kind: str, *, inline: bool) -> None:
        name = safe_name(said)
        if self.contents is not None:
            self.contents.append(raw)
        self.attachments.append(
            Attachment(
                name=name,
                original=said if said != name else "",
                type=kind,
                size=len(raw),
                sha256=hashlib.sha256(raw).hexdigest(),
                inline=inline,
            )
        )


def _encoding(part: Part) -> str:
    return main_value(part.field("content-transfer-encoding"))


def _file_name(part: Part) -> str:
    said = part.disposition[1].get("filename") or part.parameters.get("name")
    return clean(spelled_out(said.text))[:LONGEST_NAME] if said else ""


def _best(bodies: list[Body]) -> Body:
    """Of the same text in several forms, the plain one, unless the other says more."""
    plain = next((b for b in bodies if b.text and not b.html), Body())
    rich = next((b for b in reversed(bodies) if b.html), Body())
    text = rich.text if _says_less(plain.text, rich.text) else plain.text
    return Body(text, rich.html)


def _says_less(plain: str, rich: str) -> bool:
    if len(plain) < len(rich) / 2:
        return True
    if len(plain) < LONGEST_STUB and STUB.search(plain) and not STUB.search(rich):
        return True
    start = "".join(ELLIPSIS.sub("", plain).split())
    return len(start) + 20 < len(rich) and "".join(rich.split()).startswith(start)


def _together(bodies: list[Body]) -> Body:
    """Texts one after the other; the same text in two forms once."""
    forms: dict[str, bool] = {}
    texts = []
    for body in bodies:
        form = bool(body.html)
        if body.text and forms.setdefault(" ".join(body.text.split()), form) == form:
            texts.append(body.text)
    html = ""
    if any(body.html for body in bodies):
        html = "\n".join(body.html or _as_html(body.text) for body in bodies)
    return Body("\n".join(texts), html)


def _as_html(text: str) -> str:
    return f"<p>{escape(text)}</p>".replace("\n", "<br>") if text else ""
