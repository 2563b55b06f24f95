"""Header fields of mail, whatever state they are in."""

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message as Mail
from email.utils import getaddresses

from intake.domain.words import clean

LONGEST = 10_000
LONGEST_ADDRESS = 254  # RFC 5321 4.5.3.1, less the angle brackets
#: What counts as a Message-ID: short, one line, with something on both sides of the at sign.
MESSAGE_ID = re.compile(r"<[^<>@\s]{1,200}@[^<>\s]{1,200}>")


def field(mail: Mail, name: str) -> str:
    """Return one header field as text on one line; empty where there is none."""
    value = mail.get(name, "")
    raw = str(value)[:LONGEST]
    return " ".join(_decoded(raw).split())


def addresses(mail: Mail, name: str) -> list[tuple[str, str]]:
    """Return the names and addresses of a field; nothing that is not one."""
    raw = [str(value)[:LONGEST] for value in mail.get_all(name, [])]
    try:
        pairs = getaddresses(raw)
    except (ValueError, IndexError):
        return []
    return [(" ".join(_decoded(n).split()), a) for n, a in pairs if _is_address(a)]


def message_ids(mail: Mail, name: str) -> list[str]:
    """Return the well-formed Message-IDs of a field, in their order."""
    return MESSAGE_ID.findall(str(mail.get(name, ""))[:LONGEST])


def _is_address(text: str) -> bool:
    local, at, domain = text.rpartition("@")
    return (
        bool(local and at and domain)
        and len(text) <= LONGEST_ADDRESS
        and not re.search(r"[\s<>,]", text)
    )


def _decoded(raw: str) -> str:
    try:
        pieces = decode_header(raw)
    except (HeaderParseError, ValueError):
        return raw
    words = []
    for piece, charset in pieces:
        if isinstance(piece, str):
            words.append(piece)
            continue
        try:
            words.append(piece.decode(charset or "utf-8"))
        except (LookupError, UnicodeDecodeError):
            words.append(piece.decode("cp1252", "replace"))
    return clean("".join(words))
