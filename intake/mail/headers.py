"""Header fields of mail as words, addresses and dates, whatever state they are in."""

import binascii
import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime

from intake.domain.clean import clean
from intake.domain.message import LONGEST_ADDRESS
from intake.mail.charset import decode

MOST_FIELDS = 20  # of one name
MOST_ADDRESSES = 200
MOST_IDS = 200
LONGEST_DATE = 200
LONGEST_ID = 250  # of a Message-ID that is kept as it is
#: RFC 2047 2; some programs leave blanks in it, and the charset may name a language (2231 5).
WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
BETWEEN = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
HEX = re.compile(rb"=([0-9A-Fa-f]{2})")
#: What most senders write, for which the library's parser is slow: Jo Bloggs <jo@example.org>
PLAIN = re.compile(r"((?:[^\W_]|[ '=?_.-])*+)<([\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+)>", re.ASCII)
BRACKETED = re.compile(r"<([^<>]+)>")


def one_line(raw: bytes) -> str:
    """Return the words of a field on one line, with its encoded words (RFC 2047) decoded."""
    return spelled_out(unfolded(raw))


def unfolded(raw: bytes) -> str:
    """Return a field as it was written, on one line."""
    words = clean(raw.decode("ascii")) if raw.isascii() else decode(raw, "utf-8")[0]
    return " ".join(words.split())


def spelled_out(text: str) -> str:
    """Return a text on one line, with its encoded words decoded."""
    if "=?" not in text:
        return " ".join(clean(text).split())
    joined = BETWEEN.sub(r"\1", text)
    return " ".join(clean("".join(_decoded(joined))).split())


def addresses(fields: Iterable[bytes]) -> list[tuple[str, str]]:
    """Return the names and addresses of fields; nothing that is not one."""
    texts = [unfolded(raw) for raw in list(fields)[:MOST_FIELDS]]
    if len(texts) == 1 and (plain := PLAIN.fullmatch(texts[0])):
        pairs = [(plain[1].strip(), plain[2])]
    else:
        pairs = _parsed(texts)
    found = [(spelled_out(name), address) for name, address in pairs if _is_address(address)]
    return found[:MOST_ADDRESSES]


def _parsed(texts: list[str]) -> list[tuple[str, str]]:
    try:
        return getaddresses(texts)
    except (ValueError, IndexError, RecursionError):
        return []


def message_id(raw: bytes) -> str:
    """Return a Message-ID in a form that can be kept and compared; empty where there is none."""
    return next(_ids(unfolded(raw)), "")


def message_ids(raw: bytes) -> list[str]:
    """Return the Message-IDs of a field, each once, in their order; the last of too many."""
    return list(dict.fromkeys(_ids(unfolded(raw))))[-MOST_IDS:]


def parse_date(raw: bytes) -> datetime | None:
    """Return the date that a field says, which proves nothing; none where it says none."""
    try:
        date = parsedate_to_datetime(unfolded(raw[:LONGEST_DATE]))
        return date if date.tzinfo else date.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _decoded(text: str) -> Iterator[str]:
    """The text with its encoded words decoded: a letter may be cut in two between two of them."""
    at, held, said = 0, b"", ""
    for word in WORD.finditer(text):
        charset = word[1].partition("*")[0].casefold()
        if held and (word.start() > at or charset != said):
            yield decode(held, said)[0]
            held = b""
        yield text[at : word.start()]
        held, said, at = held + _word(word[2], word[3]), charset, word.end()
    if held:
        yield decode(held, said)[0]
    yield text[at:]


def _word(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "replace")
    if encoding in "qQ":
        return HEX.sub(lambda found: bytes.fromhex(found[1].decode()), raw.replace(b"_", b" "))
    digits = raw.rstrip(b"=")
    return binascii.a2b_base64(digits[: len(digits) - (len(digits) % 4 == 1)] + b"==")


def _ids(text: str) -> Iterator[str]:
    inside = BRACKETED.findall(text) or [word for word in text.split() if "@" in word]
    for found in inside:
        own = "".join(found.split()).strip("<>")
        if len(own) > LONGEST_ID:
            digest = hashlib.sha256(own.encode()).hexdigest()
            yield f"<{digest}@too-long.invalid>"
        elif own:
            yield f"<{own}>"


def _is_address(text: str) -> bool:
    local, at, domain = text.rpartition("@")
    return (
        bool(local and at and domain)
        and len(text) <= LONGEST_ADDRESS
        and not re.search(r"[\s<>,]", text)
    )
