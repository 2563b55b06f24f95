"""One mail as a message of the record."""

from collections.abc import Set as AbstractSet

from intake.domain.message import Message, UnreadableError, is_mail_address
from intake.mail.parts import TOO_MANY
from intake.mail.reading import NO_HEADER, Reading, read_mail
from intake.mail.trim import own_text

SHORT = 20  # characters of a text that may be what a trim has left of a longer one
#: Who says so reads no answers.
MACHINES = ("noreply", "no-reply", "donotreply", "do-not-reply", "mailer-daemon", "postmaster")


def parse_mail(raw: bytes, edges: AbstractSet[str] = frozenset()) -> Message:
    """Read one RFC 5322 message; `edges` are the names by which our own edge vouches for senders.

    Raises:
        UnreadableError: it has no header, or neither sender nor text, or too many parts to say.
    """
    return to_message(read_mail(raw, show=False, edges=edges))


def to_message(reading: Reading) -> Message:
    """Return what the record keeps of a reading.

    Raises:
        UnreadableError: a person must look at it.
    """
    if NO_HEADER in reading.problems:
        raise UnreadableError(NO_HEADER)
    if not reading.text and TOO_MANY in reading.problems:
        raise UnreadableError("its parts are too many, or nested too deeply")
    if not reading.text and reading.sender is None:
        raise UnreadableError("it has neither a sender nor a text")
    sender, first = reading.sender, reading.forwarded_from
    return Message(
        sender=sender.address if sender else "",
        sender_name=sender.name if sender else "",
        subject=reading.subject,
        text=reading.text,
        visible=_judged(reading),
        reply_to=_reply_address(reading),
        to=tuple(contact.address for contact in reading.to),
        cc=tuple(contact.address for contact in reading.cc),
        own_id=reading.message_id,
        answers=tuple(dict.fromkeys([*reading.references, *reading.in_reply_to])),
        automatic=reading.automatic,
        why_automatic=reading.why_automatic,
        quiet=reading.quiet,
        proven=reading.proof.proven,
        proof=reading.proof.why,
        returned_id=reading.undelivered.own_id if reading.undelivered else "",
        returned_why=reading.undelivered.status if reading.undelivered else "",
        forwarded_from=first.address if first else "",
        forwarded_name=first.name if first else "",
        attachments=reading.attachments,
        problems=reading.problems,
    )


def _judged(reading: Reading) -> str:
    """What is judged and shown first: what is new, and where that is next to nothing, all of it.

    What follows a line of dashes is then no signature, nor where the trim found that it would have
    hidden nearly all. What is quoted stays out (R28).
    """
    short = len(reading.visible) < SHORT
    if reading.forwarded_from is not None or not (short or not reading.hidden):
        return reading.visible
    own = own_text(reading.text)
    said = len(own) > len(reading.visible) if reading.hidden else any(map(str.isalnum, own))
    return own if said else reading.visible


def _reply_address(reading: Reading) -> str:
    """Where a letter may go: nowhere where the sender says that nobody reads it."""
    contact = reading.reply_to or reading.sender
    return reachable(contact.address if contact else "")


def reachable(address: str) -> str:
    """Return an address that a letter may go to; nothing where nobody would read it."""
    machine = address.casefold().startswith(MACHINES)
    return address if is_mail_address(address) and not machine else ""
