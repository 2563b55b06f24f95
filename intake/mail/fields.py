"""The header of a mail or of a part: its fields, and what a field says besides its value."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from intake.domain.clean import clean
from intake.mail.charset import decode

LONGEST = 10_000  # bytes of a value that anybody looks at
MOST_PIECES = 100
#: RFC 5322 2.2, with its folded lines; the name may be followed by blanks (4.5.8).
FIELD = re.compile(rb"([!-9;-~]{1,200}+)[ \t]*+:([^\n]*+(?:\n[ \t][^\n]*+)*+)(?:\n|\Z)")
#: Lines that other programs leave in a header.
STRAY = re.compile(rb">?From [^\n]*+\n")
BLANK = re.compile(rb"\r*\n")
END = re.compile(rb"\n\r*\n")
PARAMETER = re.compile(
    rb';[\s;]*+([^\s=;*"]{1,60}+)(\*\d{0,3})?(\*?)\s*=\s*("(?:[^"\\]++|\\.)*+"|[^;]*+)', re.DOTALL
)
ESCAPED = re.compile(rb"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value beside the main one (RFC 2045, 2231), in the charset that it says."""

    raw: bytes
    charset: str = ""

    @property
    def text(self) -> str:
        """The value as words."""
        return decode(self.raw, self.charset)[0]


def read_fields(raw: bytes, start: int, stop: int) -> tuple[list[tuple[str, bytes]], int]:
    """Return the fields that begin at `start`, none after `stop`, and where the body begins."""
    found: list[tuple[str, bytes]] = []
    at = start
    while at < stop:
        field = FIELD.match(raw, at, stop)
        if field is None:
            stray = STRAY.match(raw, at, stop)
            if stray is None:
                break
            at = stray.end()
            continue
        found.append((field[1].decode("ascii").casefold(), field[2][:LONGEST].strip()))
        at = field.end()
    return found, at


def body_start(raw: bytes, at: int, end: int) -> int:
    """Return where the body begins, once the fields are over at `at`."""
    blank = BLANK.match(raw, at, end)
    return blank.end() if blank else at


def skip_fields(raw: bytes, at: int, end: int) -> int:
    """Return where the body begins when the header is too long to be looked at."""
    over = END.search(raw, at, end)
    return over.end() if over else end


def main_value(raw: bytes) -> str:
    """Return the value of a field without its parameters, in small letters."""
    return clean(raw.partition(b";")[0].decode("latin-1")).strip().casefold()


def parameters(raw: bytes) -> dict[str, Parameter]:
    """Return the parameters of a field; those in pieces (RFC 2231 3) put together."""
    pieces: dict[str, list[tuple[int, bytes, bool]]] = {}
    for name, number, extended, value in _parameters(raw):
        pieces.setdefault(name, []).append((number, value, extended))
    return {name: _joined(sorted(found)) for name, found in pieces.items()}


def _parameters(raw: bytes) -> Iterator[tuple[str, int, bool, bytes]]:
    for count, found in enumerate(PARAMETER.finditer(raw)):
        if count == MOST_PIECES:
            return
        name, number, star, value = found.groups()
        digits = (number or b"")[1:]
        yield (
            name.decode("latin-1").casefold(),
            int(digits or 0),
            bool(star) or number == b"*",
            _unquoted(value.strip()),
        )


def _unquoted(value: bytes) -> bytes:
    if len(value) > 1 and value.startswith(b'"') and value.endswith(b'"'):
        return ESCAPED.sub(rb"\1", value[1:-1])
    return value.strip(b'"')


def _joined(pieces: list[tuple[int, bytes, bool]]) -> Parameter:
    _, first, extended = pieces[0]
    charset = ""
    if extended and first.count(b"'") > 1:
        said, _, first = first.split(b"'", 2)
        charset = said.decode("latin-1")
        pieces = [(0, first, True), *pieces[1:]]
    whole = b"".join(unquote_to_bytes(piece) if coded else piece for _, piece, coded in pieces)
    return Parameter(whole, charset)
