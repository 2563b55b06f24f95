"""Old mailboxes as other programs leave them: mbox, Maildir, single mails, folders of them."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BufferedReader
from pathlib import Path

LARGEST = 25_000_000  # bytes of a mail, as at the mail door
LONGEST_LINE = 65_536  # bytes that are looked at together
OPENING = b"From "
#: What opens a mail in an mbox: a sender, an hour and a year; a resident's "From" has neither.
SEPARATOR = re.compile(rb"From .{0,1000}\d{1,2}:\d{2}.{0,60}\b(?:19|20)\d{2}\b")
#: A line of a mail that only looks like it, as the mboxrd way has it quoted.
QUOTED = re.compile(rb">+From ")
TOO_LARGE = f"larger than {LARGEST // 1_000_000} MB: left out"
MAILS, MAILDIR = {".eml"}, ("cur", "new")


@dataclass(frozen=True, kw_only=True)
class Found:
    """One mail of a mailbox, or why there is none where one was thought to be."""

    file: str
    #: Which of the file it is, counted from one.
    number: int = 1
    raw: bytes = field(default=b"", repr=False)
    fault: str = ""
    #: How many bytes of the files were read for it, for whoever waits.
    size: int = 0


def measure(paths: list[Path]) -> int:
    """Return how many bytes `read_mailboxes` will read."""
    return sum(_size(file) for path in paths for file in _files(path))


def read_mailboxes(paths: list[Path]) -> Iterator[Found]:
    """Return the mails of files and folders one by one, in the order of their names.

    What cannot be read says so in its place, and the rest goes on.
    """
    for path in paths:
        if not path.exists():
            yield Found(file=str(path), fault="there is no such file or folder")
            continue
        given = path.is_file()
        for file in _files(path):
            try:
                yield from _read(file, given=given)
            except OSError as error:
                yield Found(file=str(file), fault=f"cannot be read: {error.strerror}")


def _files(path: Path) -> Iterator[Path]:
    """The files of a folder and those below it; what lies in a Maildir's `tmp` is half written."""
    if path.is_file():
        yield path
        return
    for folder, below, names in os.walk(path):
        maildir = all(name in below for name in MAILDIR)
        below[:] = sorted(name for name in below if not (maildir and name == "tmp"))
        yield from (Path(folder, name) for name in sorted(names))


def _read(file: Path, *, given: bool) -> Iterator[Found]:
    with file.open("rb") as stream:
        start = stream.peek(len(OPENING))[: len(OPENING)]
        if start == OPENING:
            yield from _split(str(file), stream)
        elif given or file.suffix.casefold() in MAILS or file.parent.name in MAILDIR:
            yield _whole(str(file), stream)
        else:
            name, size = str(file), _size(file)
            yield Found(file=name, fault="neither an mbox nor an .eml file: left out", size=size)


def _whole(file: str, stream: BufferedReader) -> Found:
    raw = stream.read(LARGEST + 1)
    if not raw.strip():
        return Found(file=file, fault="empty: left out", size=len(raw))
    if len(raw) > LARGEST:
        return Found(file=file, fault=TOO_LARGE, size=os.fstat(stream.fileno()).st_size)
    return Found(file=file, raw=raw, size=len(raw))


def _split(file: str, stream: BufferedReader) -> Iterator[Found]:
    """The mails of an mbox, a line at a time: of a huge file no more than one mail is held."""
    mail = _Gathered(file)
    whole = True  # whether a line begins here
    while line := stream.readline(LONGEST_LINE):
        if whole and (not mail.size or SEPARATOR.match(line)):
            yield from mail.take()
            mail.size = len(line)
        else:
            mail.add(line, whole=whole)
        whole = line.endswith(b"\n")
    yield from mail.take()


class _Gathered:
    """The lines of one mail of an mbox, as far as they are not too many."""

    def __init__(self, file: str) -> None:
        self._file, self._number = file, 0
        self._raw = bytearray()
        self._too_large = False
        self.size = 0

    def add(self, line: bytes, *, whole: bool) -> None:
        """Add a line, or more of one; what the mailbox put in front of it goes."""
        self.size += len(line)
        self._raw += line[1:] if whole and QUOTED.match(line) else line
        if len(self._raw) > LARGEST:
            self._too_large = True
        if self._too_large:
            self._raw.clear()

    def take(self) -> Iterator[Found]:
        """Give the mail that is whole now, and begin another; before the first there is none."""
        if self.size:
            self._number += 1
            yield self._found()
        self._raw.clear()
        self._too_large, self.size = False, 0

    def _found(self) -> Found:
        place = Found(file=self._file, number=self._number, size=self.size)
        if self._too_large:
            return replace(place, fault=TOO_LARGE)
        if not self._raw.strip():
            return replace(place, fault="empty: left out")
        return replace(place, raw=_without_gap(bytes(self._raw)))


def _without_gap(raw: bytes) -> bytes:
    """A mail without the empty line that stands between it and the next."""
    for gap in (b"\r\n\r\n", b"\n\n"):
        if raw.endswith(gap):
            return raw[: -len(gap) // 2]
    return raw


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
