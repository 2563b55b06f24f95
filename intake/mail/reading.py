"""A mail as it is read: who, what, which files, and what was wrong with it."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime

from intake.domain.message import Attachment, Automatic
from intake.mail.automatic import (
    Undelivered,
    Verdict,
    judge_sender,
    read_report,
    wants_no_answer,
)
from intake.mail.bodies import Body, Gathered
from intake.mail.forward import Contact, PassedOn, find_passed_on
from intake.mail.headers import addresses, message_id, message_ids, one_line, parse_date
from intake.mail.parts import MAIL_TYPES, Part, parse_parts
from intake.mail.proof import Proof, judge_proof
from intake.mail.safe_html import safe_html
from intake.mail.subject import is_passed_on
from intake.mail.trim import Reply, split_reply

NO_HEADER = "it has no mail header"
NO_TEXT = "no text was found"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """All that a mail says. Nothing in it is proven, the sender least of all."""

    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    sender: Contact | None
    reply_to: Contact | None
    to: tuple[Contact, ...] = field(repr=False)
    cc: tuple[Contact, ...] = field(repr=False)
    subject: str = field(repr=False)
    date: datetime | None
    #: Everything; of that what the person newly wrote, and the rest.
    text: str = field(repr=False)
    visible: str = field(repr=False)
    hidden: str = field(repr=False)
    html: str | None = field(repr=False)
    attachments: tuple[Attachment, ...]
    automatic: Automatic | None
    why_automatic: str
    #: Whether its sender asks for no automatic answer.
    quiet: bool
    #: What it says of a mail of ours, where it is a delivery report.
    undelivered: Undelivered | None
    proof: Proof
    forwarded_from: Contact | None
    problems: tuple[str, ...]


def read_mail(raw: bytes, *, show: bool = True, edges: AbstractSet[str] = frozenset()) -> Reading:
    """Read one RFC 5322 message, whatever the bytes; `show` asks for HTML that staff can see.

    `edges` are the names under which our own edge says whom it vouches for; nobody else's count.
    """
    root, problems = parse_parts(raw)
    if not root.fields:
        problems.append(NO_HEADER)
    gathered = Gathered(problems=problems)
    body = gathered.read_root(root)
    subject = one_line(root.field("subject"))
    verdict = judge_sender(root, subject)
    reply, forwarded_from = _newly_written(root, body, subject, verdict)
    if not body.text:
        problems.append(NO_TEXT)
    return Reading(
        message_id=message_id(root.field("message-id")),
        in_reply_to=tuple(message_ids(root.field("in-reply-to"))),
        references=tuple(message_ids(root.field("references"))),
        sender=_sender(root),
        reply_to=next(iter(_contacts(root, "reply-to")), None),
        to=_contacts(root, "to"),
        cc=_contacts(root, "cc"),
        subject=subject,
        date=parse_date(root.field("date")),
        text=body.text,
        visible=reply.visible,
        hidden=reply.hidden,
        html=_shown(body, problems) if show else None,
        attachments=tuple(gathered.attachments),
        automatic=verdict.what if verdict else None,
        why_automatic=verdict.why if verdict else "",
        quiet=wants_no_answer(root),
        undelivered=read_report(root),
        proof=judge_proof(root, edges),
        forwarded_from=forwarded_from,
        problems=tuple(dict.fromkeys(problems)),
    )


def _sender(root: Part) -> Contact | None:
    found = (_contacts(root, name) for name in ("from", "sender", "reply-to"))
    return next((contacts[0] for contacts in found if contacts), None)


def _contacts(root: Part, name: str) -> tuple[Contact, ...]:
    return tuple(Contact(name=n, address=a) for n, a in addresses(root.all(name)))


def _newly_written(
    root: Part, body: Body, subject: str, verdict: Verdict | None
) -> tuple[Reply, Contact | None]:
    """What is new in a mail; of one passed on, the words of both, and who wrote first."""
    if verdict is not None and verdict.what in {Automatic.BOUNCE, Automatic.REPORT}:
        return split_reply(body.text), None
    attached = _attached_author(root)
    if attached is not None:
        return split_reply(body.text), attached
    passed_on = find_passed_on(body.text, said=is_passed_on(subject))
    if passed_on is None:
        return split_reply(body.text), None
    return _of_both(passed_on, body.text), passed_on.author


def _attached_author(root: Part) -> Contact | None:
    mails = [part for part in root.walk() if part.type in MAIL_TYPES and part.children]
    return _sender(mails[0].children[0]) if len(mails) == 1 else None


def _of_both(passed_on: PassedOn, text: str) -> Reply:
    note, first = split_reply(passed_on.note), split_reply(passed_on.text)
    visible = "\n\n".join(part for part in (note.visible, first.visible) if part)
    shown = set(visible.split("\n"))
    hidden = [line for line in text.split("\n") if line not in shown]
    return Reply(visible=visible, hidden="\n".join(hidden).strip())


def _shown(body: Body, problems: list[str]) -> str | None:
    if not body.html:
        return None
    html = safe_html(body.html)
    if html is None:
        problems.append("its formatting is not shown: it is too long or nests too deeply")
    return html or None
