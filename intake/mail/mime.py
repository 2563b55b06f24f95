"""MIME to text."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message as Mail

from charset_normalizer import from_bytes

from intake.domain.message import Attachment, Automatic, Message, UnreadableError
from intake.domain.words import clean
from intake.mail.headers import addresses, field, message_ids
from intake.mail.html import html_to_text
from intake.mail.trim import visible_text

MOST_PARTS = 500
DEEPEST = 50
LONGEST_TEXT = 1_000_000  # characters; what is longer stays in the raw mail


def parse_mail(raw: bytes) -> Message:
    """Read one RFC 5322 message.

    Raises:
        UnreadableError: it has no header, or neither sender nor text.
    """
    try:
        mail = message_from_bytes(raw)
        return _read(mail)
    except RecursionError:
        raise UnreadableError("its parts are nested too deeply") from None


def _read(mail: Mail) -> Message:
    if not mail.keys():
        raise UnreadableError("it has no mail header")
    problems: list[str] = []
    parts = list(_leaves(mail, problems))
    text = _text(parts, problems)
    senders = addresses(mail, "From") or addresses(mail, "Sender") or addresses(mail, "Reply-To")
    name, sender = senders[0] if senders else ("", "")
    subject = field(mail, "Subject")
    if not sender and not text:
        raise UnreadableError("it has neither a sender nor a text")
    if not text:
        problems.append("no text was found")
    return Message(
        sender=sender,
        sender_name=name,
        subject=subject,
        text=text,
        visible=visible_text(text),
        reply_to=_reply_address(mail, sender),
        own_id=next(iter(message_ids(mail, "Message-ID")), ""),
        answers=tuple(message_ids(mail, "References") + message_ids(mail, "In-Reply-To")),
        automatic=_automatic(mail),
        attachments=tuple(_attachments(parts)),
        problems=tuple(problems),
    )


def _leaves(mail: Mail, problems: list[str]) -> Iterator[Mail]:
    """Walk the parts without recursion, each once, up to a count and a depth."""
    waiting = [(mail, 0)]
    seen = 0
    while waiting:
        part, depth = waiting.pop()
        seen += 1
        if seen > MOST_PARTS or depth > DEEPEST:
            problems.append("it has too many parts: some were not read")
            return
        inside = part.get_payload()
        if isinstance(inside, list):
            waiting += [(p, depth + 1) for p in reversed(inside) if isinstance(p, Mail)]
        else:
            yield part


def _text(parts: list[Mail], problems: list[str]) -> str:
    """The plain text, unless it is a stub beside the HTML."""
    plain = "\n".join(_words(p, problems) for p in parts if _is_text(p, "text/plain")).strip()
    html = "\n".join(_words(p, problems) for p in parts if _is_text(p, "text/html"))
    as_text = html_to_text(html) if html else ""
    chosen = as_text if len(plain) < len(as_text) / 2 else plain
    if len(chosen) > LONGEST_TEXT:
        problems.append("it is very long: the rest is in the original")
    return chosen[:LONGEST_TEXT]


def _is_text(part: Mail, content_type: str) -> bool:
    return part.get_content_type() == content_type and not _file_name(part)


def _words(part: Mail, problems: list[str]) -> str:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    charset = str(part.get_content_charset("utf-8") or "utf-8")
    for name in (charset, "utf-8"):
        try:
            return clean(raw.decode(name))
        except (LookupError, UnicodeError):
            continue
    best = from_bytes(raw[:LONGEST_TEXT]).best()
    name = best.encoding if best else "cp1252"
    problems.append(f"charset guessed: {name}")
    return clean(raw.decode(name, "replace"))


def _reply_address(mail: Mail, sender: str) -> str:
    """Where a letter may go: nowhere where the sender says that nobody reads it."""
    asked = addresses(mail, "Reply-To")
    address = asked[0][1] if asked else sender
    local = address.rpartition("@")[0].casefold()
    machine = local.startswith(("noreply", "no-reply", "donotreply", "mailer-daemon", "postmaster"))
    return "" if machine else address


def _automatic(mail: Mail) -> Automatic | None:
    if mail.get_content_type() == "multipart/report":
        kind = str(mail.get_param("report-type", "")).casefold()
        return Automatic.BOUNCE if kind == "delivery-status" else Automatic.REPORT
    submitted = field(mail, "Auto-Submitted").casefold().partition(";")[0].strip()
    if submitted not in {"", "no"}:
        return Automatic.AUTO_REPLY
    return Automatic.LIST if mail.get("List-Id") else None


def _attachments(parts: list[Mail]) -> Iterator[Attachment]:
    for part in parts:
        if _is_text(part, "text/plain") or _is_text(part, "text/html"):
            continue
        payload = part.get_payload(decode=True)
        size = len(payload) if isinstance(payload, bytes) else 0
        yield Attachment(name=_file_name(part), type=part.get_content_type(), size=size)


def _file_name(part: Mail) -> str:
    try:
        name = part.get_filename("") or ""
    except (ValueError, TypeError, LookupError, UnicodeError):
        name = "unnamed"
    return clean(str(name))[:200]
