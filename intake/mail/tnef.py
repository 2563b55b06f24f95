"""What lies in winmail.dat, Outlook's own wrapping (MS-OXTNEF), as far as we need it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import Struct, error as struct_error

from intake.mail.charset import decode

SIGNATURE = 0x223E9F78
HEAD, ATTRIBUTE, LONG = Struct("<IH"), Struct("<BII"), Struct("<I")
PROPERTY = Struct("<HH")
BODY, PROPERTIES = 0x0002800C, 0x00069003
NEW_FILE, FILE_NAME, FILE, FILE_PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
#: MAPI properties (MS-OXPROPS).
PLAIN, HTML, LONG_NAME = 0x1000, 0x1013, 0x3707
NAMED, SEVERAL = 0x8000, 0x1000
SIZES = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
VARIABLE = {0x001E, 0x001F, 0x0102, 0x000D}
UNICODE = 0x001F
MOST = 10_000  # attributes, properties


class TnefError(ValueError):
    """It is not TNEF, or is damaged."""


@dataclass(kw_only=True)
class Wrapped:
    """What was wrapped: a text, and files by name."""

    text: str = field(default="", repr=False)
    html: bytes = field(default=b"", repr=False)
    files: list[tuple[str, bytes]] = field(default_factory=list, repr=False)


def unwrap(raw: bytes) -> Wrapped:
    """Return what lies in it, as far as it is whole.

    Raises:
        TnefError: it is not TNEF.
    """
    if len(raw) < HEAD.size or HEAD.unpack_from(raw)[0] != SIGNATURE:
        raise TnefError("it does not begin as TNEF does")
    found = Wrapped()
    for kind, value in _attributes(raw):
        if kind == BODY:
            found.text = found.text or _words(value)
        elif kind == PROPERTIES:
            _take_texts(value, found)
        elif kind == NEW_FILE:
            found.files.append(("", b""))
        elif found.files:
            found.files[-1] = _of_file(kind, value, *found.files[-1])
    return found


def _of_file(kind: int, value: bytes, name: str, data: bytes) -> tuple[str, bytes]:
    """A file's name and bytes, with what one more attribute says of them."""
    if kind == FILE_NAME:
        return name or _words(value), data
    if kind == FILE_PROPERTIES:
        return _long_name(value) or name, data
    return name, value if kind == FILE else data


def _attributes(raw: bytes) -> Iterator[tuple[int, bytes]]:
    at = HEAD.size
    for _ in range(MOST):
        if at + ATTRIBUTE.size > len(raw):
            return
        _, kind, length = ATTRIBUTE.unpack_from(raw, at)
        at += ATTRIBUTE.size
        yield kind, raw[at : at + length]
        at += length + 2  # a checksum


def _take_texts(raw: bytes, found: Wrapped) -> None:
    for kind, name, value in _properties(raw):
        if name == PLAIN:
            found.text = _words(value, wide=kind == UNICODE)
        elif name == HTML:
            found.html = value


def _long_name(raw: bytes) -> str:
    names = (_words(v, wide=k == UNICODE) for k, name, v in _properties(raw) if name == LONG_NAME)
    return next(names, "")


def _properties(raw: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The properties of a message or a file, until one makes no sense."""
    try:
        at = LONG.size
        for _ in range(min(LONG.unpack_from(raw)[0], MOST)):
            kind, name = PROPERTY.unpack_from(raw, at)
            at = _past_name(raw, at + PROPERTY.size) if name >= NAMED else at + PROPERTY.size
            value, at = _value(raw, at, kind)
            yield kind, name, value
    except struct_error:
        return


def _past_name(raw: bytes, at: int) -> int:
    at += 16  # whose name it is
    by_word, length = LONG.unpack_from(raw, at)[0], LONG.unpack_from(raw, at + 4)[0]
    return at + 8 + (_padded(length) if by_word else 0)


def _value(raw: bytes, at: int, kind: int) -> tuple[bytes, int]:
    """The first value of a property, and where the next property begins."""
    single = kind & ~SEVERAL
    count = 1
    if kind & SEVERAL or single in VARIABLE:
        count, at = LONG.unpack_from(raw, at)[0], at + LONG.size
    if single not in VARIABLE:
        size = SIZES.get(single)
        if size is None:
            raise struct_error
        return raw[at : at + size], at + size * count
    first = b""
    for number in range(min(count, MOST)):
        length = LONG.unpack_from(raw, at)[0]
        at += LONG.size
        first = first if number else raw[at : at + length]
        at += _padded(length)
    return first, at


def _padded(length: int) -> int:
    return -(-length // 4) * 4


def _words(raw: bytes, *, wide: bool = False) -> str:
    return decode(raw, "utf-16-le" if wide else "cp1252")[0].replace("\0", "").strip()
