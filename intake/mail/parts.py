"""The parts of a mail: where each begins and ends, and what it says that it is.

The standard library's reader takes seconds for a mail of many short lines and gives up on one that
nests; here every byte is looked at once for each multipart around it, up to a budget.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from intake.mail.fields import (
    Parameter,
    body_start,
    main_value,
    parameters,
    read_fields,
    skip_fields,
)

MOST_PARTS = 500
DEEPEST = 50
MOST_SCANNED = 125_000_000  # bytes, in all, for boundaries
MOST_MISSES = 100_000  # lines that only begin like a boundary
REST_OF_LINE = re.compile(rb"(--)?[ \t\r]*+(?=\n|\Z)")
LONGEST_HEADER, LONGEST_PART_HEADER = 262_144, 8_192  # bytes
LONGEST_TYPE = 200
TOO_MANY = "it has too many parts: some were not read"
TOO_LONG = "its header is very long: some of it was not read"
MAIL_TYPES = {"message/rfc822", "message/global"}


@dataclass(eq=False)
class Part:
    """A part of a mail, or the whole of it."""

    raw: bytes = field(repr=False)
    start: int
    end: int
    fields: list[tuple[str, bytes]] = field(repr=False)
    children: list["Part"] = field(default_factory=list, repr=False)
    #: Whether the budget ended before its own parts.
    unread: bool = False

    @property
    def body(self) -> bytes:
        """The bytes below the header."""
        return self.raw[self.start : self.end]

    def field(self, name: str) -> bytes:
        """Return the first field of a name; empty where there is none."""
        return self._first.get(name, b"")

    def all(self, name: str) -> list[bytes]:
        """Return all fields of a name, in their order."""
        return [value for key, value in self.fields if key == name]

    @cached_property
    def _first(self) -> dict[str, bytes]:
        return dict(reversed(self.fields))

    @cached_property
    def said_type(self) -> str:
        """The content type as it is said."""
        return "".join(main_value(self.field("content-type"))[:LONGEST_TYPE].split())

    @cached_property
    def type(self) -> str:
        """The content type; what claims to have parts and has none, or half a type, is text."""
        kind, _, name = self.said_type.partition("/")
        if kind == "multipart" and (self.children or self.unread):
            return self.said_type
        return "text/plain" if kind in {"", "multipart"} or not name else f"{kind}/{name}"

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        """The parameters of the content type."""
        return parameters(self.field("content-type"))

    @cached_property
    def disposition(self) -> tuple[str, dict[str, Parameter]]:
        """How the part is to be shown, with parameters."""
        raw = self.field("content-disposition")
        return main_value(raw), parameters(raw)

    def walk(self) -> Iterator["Part"]:
        """Return this part and all within it, in their order."""
        waiting = [self]
        while waiting:
            part = waiting.pop()
            yield part
            waiting += reversed(part.children)


def parse_parts(raw: bytes) -> tuple[Part, list[str]]:
    """Return a mail as a tree of parts, and what was not read for the budget."""
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")  # as the oldest Macs wrote it
    reader = _Reader(raw)
    root = reader.part(0, len(raw), LONGEST_HEADER)
    waiting = [(root, 0, False)]
    while waiting:
        part, depth, within = waiting.pop()
        reader.open(part, depth=depth, within=within)
        inside = within or part.type in MAIL_TYPES
        waiting += [(child, depth + 1, inside) for child in reversed(part.children)]
    return root, list(dict.fromkeys(reader.problems))


class _Reader:
    """Reads parts of one mail while the budget lasts."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.problems: list[str] = []
        self._parts = 1
        self._scanned = 0

    def part(self, start: int, end: int, longest: int) -> Part:
        stop = min(end, start + longest)
        fields, at = read_fields(self.raw, start, stop)
        if stop < end and self.raw.find(b"\n", at, stop) < 0:  # cut off within a field
            self.problems.append(TOO_LONG)
            return Part(self.raw, skip_fields(self.raw, at, end), end, fields)
        return Part(self.raw, body_start(self.raw, at, end), end, fields)

    def open(self, part: Part, *, depth: int, within: bool) -> None:
        """Add the children of a part; of a mail within a mail within a mail, nothing."""
        spans = iter(()) if within and part.type in MAIL_TYPES else _spans(part)
        for start, end in spans:
            if depth >= DEEPEST or self._parts >= MOST_PARTS or self._scanned > MOST_SCANNED:
                self.problems.append(TOO_MANY)
                part.unread = not part.children
                return
            self._parts += 1
            part.children.append(self.part(start, end, LONGEST_PART_HEADER))
        self._scanned += part.end - part.start if part.children else 0


def _spans(part: Part) -> Iterator[tuple[int, int]]:
    """Where the parts within a part begin and end."""
    if part.said_type in MAIL_TYPES:
        if part.field("content-transfer-encoding").lower() != b"base64":
            yield part.start, part.end
    elif part.said_type.startswith("multipart/") and "boundary" in part.parameters:
        boundary = part.parameters["boundary"].raw.strip()
        yield from _between(part, boundary) if boundary else ()


def _between(part: Part, boundary: bytes) -> Iterator[tuple[int, int]]:
    """What lies between the lines of a boundary; a pattern for each mail would take longer."""
    raw, line = part.raw, b"\n--" + boundary
    begun = None
    at, misses = max(0, part.start - 1), 0
    while misses < MOST_MISSES and (at := raw.find(line, at, part.end)) >= 0:
        rest = REST_OF_LINE.match(raw, at + len(line), part.end)
        if rest is None:
            at, misses = at + 1, misses + 1
            continue
        if begun is not None:
            yield begun, max(begun, at - raw.startswith(b"\r", at - 1))
        if rest[1]:
            return
        begun = at = min(rest.end() + 1, part.end)
        at -= 1  # the line may be followed by another at once
    if begun is not None:
        yield begun, part.end
