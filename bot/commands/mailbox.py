"""What `heard read`, `heard trim` and `heard subject` answer."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.child import BoundedChild
from bot.commands.lines import opened_lines
from intake.domain.clean import clean
from intake.domain.message import UnreadableError
from intake.mail.charset import decode
from intake.mail.forward import Contact
from intake.mail.html import html_to_text
from intake.mail.reading import Reading, read_mail
from intake.mail.subject import strip_subject
from intake.mail.trim import Reply, split_reply

STANDARD_INPUT = "-"
LARGEST = 25_000_000  # bytes of a mail
TOO_LARGE = "it is larger than 25 MB: the rest was not read"
BUDGET = 1.5  # seconds: what is left of two is for the process around it
UNUSABLE = 2


def read(files: Sequence[str]) -> int:
    """Print each mail as a line of JSON before the next is opened; return the exit status.

    A file that cannot be opened says so in its line and on standard error, and the rest goes on.
    """
    status = 0
    child = BoundedChild(budget=BUDGET)
    try:
        for name in files:
            try:
                raw = _bytes_of(name)
            except OSError as error:
                status = UNUSABLE
                fault = f"cannot be read: {error.strerror}"
                print(f"heard: {name}: {fault}", file=sys.stderr)
                _say({"file": name, "error": fault})
            else:
                _say({"file": name, **_shape(child, raw)})
    finally:
        child.close()
    return status


def trim(source: str, *, html: bool = False) -> None:
    """Print what a person newly wrote of one body of a mail, plain or HTML.

    Raises:
        ValueError: there is no such file.
    """
    with opened_lines(source) as stream:
        text = decode(stream.read(LARGEST), "")[0]
    print(_reply(text, html=html).visible)


def trim_lines(source: str) -> None:
    """Print the visible and the hidden text of each line of JSON; a bad one says its error.

    Raises:
        ValueError: there is no such file.
    """
    name = "standard input" if source == STANDARD_INPUT else source
    with opened_lines(source) as stream:
        for number, line in _numbered(stream):
            _say(_trimmed(line, f"{name}, line {number}"))


def subject() -> None:
    """Print each line of standard input without "Re:", "Fwd:" and the like."""
    with opened_lines(STANDARD_INPUT) as stream:
        for line in stream:
            words = line.decode("utf-8", "replace").rstrip("\r\n")
            print(strip_subject(words), flush=True)


def shape_reading(reading: Reading) -> dict[str, Any]:
    """Return a reading in the shape of the contract."""
    return {
        "message_id": reading.message_id,
        "in_reply_to": reading.in_reply_to,
        "references": reading.references,
        "from": _contact(reading.sender),
        "reply_to": _contact(reading.reply_to),
        "to": [_contact(contact) for contact in reading.to],
        "cc": [_contact(contact) for contact in reading.cc],
        "subject": reading.subject,
        "date": reading.date.isoformat() if reading.date else None,
        "text": reading.text,
        "visible": reading.visible,
        "hidden": reading.hidden,
        "html": reading.html,
        "attachments": [
            {
                "name": attachment.name,
                "type": attachment.type,
                "size": attachment.size,
                "sha256": attachment.sha256,
                "inline": attachment.inline,
            }
            for attachment in reading.attachments
        ],
        "automatic": reading.automatic,
        "forwarded_from": _contact(reading.forwarded_from),
        "problems": reading.problems,
    }


def _bytes_of(name: str) -> bytes:
    """The first bytes of a file, one more than we read, so that more than that shows."""
    if name == STANDARD_INPUT:
        return sys.stdin.buffer.read(LARGEST + 1)
    with Path(name).open("rb") as file:
        return file.read(LARGEST + 1)


def _shape(child: BoundedChild, raw: bytes) -> dict[str, Any]:
    try:
        shape = shape_reading(child.run(read_mail, raw[:LARGEST]))
    except UnreadableError as error:
        shape = shape_reading(read_mail(b"")) | {"problems": [str(error)]}
    if len(raw) > LARGEST:
        shape["problems"] = [*shape["problems"], TOO_LARGE]
    return shape


def _contact(contact: Contact | None) -> dict[str, str] | None:
    return {"name": contact.name, "address": contact.address} if contact else None


def _reply(text: str, *, html: bool) -> Reply:
    return split_reply(html_to_text(text) if html else clean(text).strip("\n"))


def _numbered(stream: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(stream, start=1):
        if line.strip():
            yield number, line


def _trimmed(line: bytes, place: str) -> dict[str, Any]:
    row: object = None
    try:
        row = json.loads(line)
        text, html = _question(row)
    except (ValueError, RecursionError) as error:
        fault = "not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        print(f"heard: {place}: {fault}", file=sys.stderr)
        return {"id": row.get("id") if isinstance(row, dict) else None, "error": fault}
    reply = _reply(text, html=html)
    identity = row.get("id") if isinstance(row, dict) else None
    return {"id": identity, "visible": reply.visible, "hidden": reply.hidden}


def _question(row: object) -> tuple[str, bool]:
    if not isinstance(row, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - what was given is at fault, not us
    for name in ("text", "html"):
        if isinstance(row.get(name), str):
            return row[name], name == "html"
    raise ValueError("expected text or html, a string")


def _say(shape: Mapping[str, Any]) -> None:
    """Print as JSON, at once; what UTF-8 cannot hold is escaped."""
    written = json.dumps(shape, ensure_ascii=False)
    with suppress(UnicodeEncodeError):
        written.encode()
        print(written, flush=True)
        return
    print(json.dumps(shape), flush=True)
