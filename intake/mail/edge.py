"""What the header of a mail of an old mailbox says of its way: when it came, to whom, from whom."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time

from intake.domain.clock import LONDON
from intake.domain.landlord import Landlord
from intake.domain.working_days import FIRST_DAY
from intake.mail.automatic import judge_sender
from intake.mail.fields import read_fields
from intake.mail.headers import addresses, message_id, message_ids, one_line, parse_date
from intake.mail.parts import LONGEST_HEADER, Part
from intake.mail.whose import is_own, is_staff

EARLIEST = datetime.combine(FIRST_DAY, time(), tzinfo=LONDON)
MOST_RECIPIENTS = 50
#: Where mail servers and senders write to whom a mail goes.
TO = ("delivered-to", "x-original-to", "x-gm-original-to", "to", "cc")


@dataclass(frozen=True, kw_only=True)
class Header:
    """The way of a mail. Nothing in it is proven."""

    sender: str = field(repr=False)
    #: Whom the last server had it from; empty where from nobody, or where that is not written.
    handed_by: str = field(repr=False)
    came_to: tuple[str, ...] = field(repr=False)
    own_id: str
    answers: tuple[str, ...]
    #: Whether a program sent it.
    machine: bool
    #: When it was received; none where it says no day that can be true.
    received: datetime | None


def read_header(raw: bytes, *, latest: datetime) -> Header:
    """Read the header of a mail; it cannot have been received after `latest`."""
    fields, _ = read_fields(raw, 0, min(len(raw), LONGEST_HEADER))
    root = Part(b"", 0, 0, fields)
    came_to = [address for name in TO for _, address in addresses(root.all(name))]
    answered = [
        *message_ids(root.field("in-reply-to")),
        *message_ids(root.field("references")),
    ]
    return Header(
        sender=_first(root.all("from")),
        handed_by=_first(root.all("return-path")),
        came_to=tuple(dict.fromkeys(came_to))[:MOST_RECIPIENTS],
        own_id=message_id(root.field("message-id")),
        answers=tuple(dict.fromkeys(answered)),
        machine=judge_sender(root, one_line(root.field("subject"))) is not None,
        received=_receipt(root, latest),
    )


def is_outgoing(header: Header, landlord: Landlord) -> bool:
    """Whether the landlord wrote a mail to somebody else; what staff pass on to us it did not."""
    by_us = is_ours(header.sender, landlord)
    return by_us and not any(is_own(address, landlord) for address in header.came_to)


def is_ours(address: str, landlord: Landlord) -> bool:
    """Whether an address says that it is the landlord's."""
    own = is_own(address, landlord) or is_staff(address, landlord)
    return own or address.casefold() == landlord.sender.casefold()


def _receipt(root: Part, latest: datetime) -> datetime | None:
    """When it came: as the topmost server wrote, who is the landlord's, else as it says itself."""
    sane = (date for date in _dates(root) if date is not None and EARLIEST <= date <= latest)
    return next(sane, None)


def _dates(root: Part) -> Iterator[datetime | None]:
    yield parse_date(root.field("received").rpartition(b";")[2])
    yield parse_date(root.field("date"))


def _first(fields: list[bytes]) -> str:
    return next((address for _, address in addresses(fields)), "")
