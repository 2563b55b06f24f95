"""What arrived, and a resident's words in it."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Channel(StrEnum):
    """A way in, and the way back."""

    EMAIL = "email"
    FORM = "form"
    CHAT = "chat"
    SOCIAL = "social"
    PHONE = "phone"
    LETTER = "letter"
    VISIT = "visit"
    SURVEY = "survey"


class Automatic(StrEnum):
    """What a machine's message is. A hint for staff; nothing is ever dropped for it."""

    BOUNCE = "bounce"
    AUTO_REPLY = "auto_reply"
    LIST = "list"
    OURS = "ours"
    REPORT = "report"


class Basis(StrEnum):
    """Whose clock says when a message was received."""

    ARRIVED = "arrived"
    EDGE_HEADER = "edge_header"
    POSTED = "posted"
    STAFF = "staff"


#: RFC 5321 4.1.2, without the quoted and the foreign: a letter to those is given by hand.
MAIL_ADDRESS = re.compile(
    r"[a-z0-9!#$%&'*+/=^_`{|}~.-]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}",
    re.IGNORECASE | re.ASCII,
)
LONGEST_ADDRESS = 254  # RFC 5321 4.5.3.1, less the angle brackets


def is_mail_address(text: str) -> bool:
    """Whether a letter could be sent there."""
    return len(text) <= LONGEST_ADDRESS and MAIL_ADDRESS.fullmatch(text) is not None


class UnreadableError(Exception):
    """A delivery makes no sense to us. It is kept; a person looks at it. Says no words of it."""


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One arrival, as it came in."""

    landlord: str
    channel: Channel
    raw: bytes = field(repr=False)
    arrived_at: datetime
    #: The sender's own name for it (a webhook event, a form's UUID), where there is one.
    sender_id: str = ""
    #: Who brought it and how: peer address, mail sender, recipients, encryption, source.
    envelope: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def key(self) -> str:
        """The same arrival delivered twice has the same key."""
        if self.sender_id:  # with the bytes: a sender may use an id again for other words
            return _digest(self.landlord, self.channel, "id", self.sender_id, self.raw)
        return _digest(self.landlord, self.channel, str(self.envelope.get("from", "")), self.raw)


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file that came with a message: what it is called, claims to be, and weighs (bytes)."""

    name: str = field(repr=False)
    type: str
    size: int
    #: Of its content, in hexadecimal; empty where the channel has no content to show for it.
    sha256: str = ""
    #: Whether it is shown within the text.
    inline: bool = False
    #: What the sender called it, where that is no name to keep it under.
    original: str = field(default="", repr=False)

    @property
    def picture(self) -> bool:
        """Whether it says that it is a picture, whose content nobody has checked."""
        return self.type.startswith("image/")


@dataclass(frozen=True, kw_only=True)
class Message:
    """What somebody said. Personal data stays out of `repr` and so out of logs."""

    #: Where it came from: a mail address, a telephone number, a handle.
    sender: str = field(repr=False)
    #: Everything, as it was read; and of that, what the person newly wrote.
    text: str = field(repr=False)
    visible: str = field(repr=False)
    sender_name: str = field(default="", repr=False)
    subject: str = field(default="", repr=False)
    #: The mail address that a letter may go to; empty where there is none.
    reply_to: str = field(default="", repr=False)
    #: The addresses that its header says it went to, and to which in copy.
    to: tuple[str, ...] = field(default=(), repr=False)
    cc: tuple[str, ...] = field(default=(), repr=False)
    #: The Message-ID, where there is one, and those of the mails it answers.
    own_id: str = ""
    answers: tuple[str, ...] = ()
    automatic: Automatic | None = None
    why_automatic: str = ""
    #: Whether its sender asks for no automatic answer.
    quiet: bool = False
    #: Whether our own edge vouches for the sender's domain, and how, or why not.
    proven: bool = False
    proof: str = ""
    #: The Message-ID of the mail that it says has failed, and the other side's code for why.
    returned_id: str = ""
    returned_why: str = ""
    #: Who wrote first what the sender passes on; nothing proves it.
    forwarded_from: str = field(default="", repr=False)
    forwarded_name: str = field(default="", repr=False)
    public: bool = False
    posted_at: datetime | None = None
    permalink: str = field(default="", repr=False)
    #: What the form asks for besides: the home, what would put it right, for whom one writes.
    home: str = field(default="", repr=False)
    outcome_sought: str = field(default="", repr=False)
    on_behalf_of: str = field(default="", repr=False)
    attachments: tuple[Attachment, ...] = ()
    problems: tuple[str, ...] = ()

    def key(self, landlord: str, delivery_key: str) -> str:
        """The same mail by two roads has the same key; the same words of two people have not.

        Some senders reuse a Message-ID, so the words count; some leave it out, and then
        only the very same delivery is the same message.
        """
        return _digest(landlord, self.own_id or delivery_key, self.text)


def _digest(*facts: str | bytes) -> str:
    digest = hashlib.sha256()
    for fact in facts:
        part = fact if isinstance(fact, bytes) else fact.encode("utf-8", "surrogatepass")
        digest.update(len(part).to_bytes(8) + part)  # so no fact runs over into the next
    return digest.hexdigest()
