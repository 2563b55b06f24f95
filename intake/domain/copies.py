"""Who has a copy of a letter about a case in which somebody acts for the resident. Pure.

Sources: the Complaint Handling Code 3.6 and the landlord's policy pack. A copy goes by e-mail only
to an address that was confirmed, for an authority that is on record; else a person posts it.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from intake.domain.letter import LetterKind
from intake.domain.message import is_mail_address
from intake.domain.people import Authority, Replies
from intake.domain.reply import REACTIONS

#: Letters that say nothing of a case, that answer somebody else, or are copies themselves.
NOT_COPIED = frozenset(
    {
        LetterKind.RECEIPT,
        LetterKind.NEUTRAL_ACKNOWLEDGEMENT,
        LetterKind.HOW_TO_COMPLAIN,
        LetterKind.COPY,
        *REACTIONS,
    }
)


class Reader(StrEnum):
    """Who reads a letter about a case that somebody else acts in."""

    RESIDENT = "the resident"
    REPRESENTATIVE = "whoever acts for the resident"

    @property
    def other(self) -> "Reader":
        """The other of the two."""
        return Reader.RESIDENT if self is Reader.REPRESENTATIVE else Reader.REPRESENTATIVE


#: Who has the copy, by whom replies go to.
COPIED_TO = {
    Replies.BOTH: Reader.REPRESENTATIVE,
    Replies.REPRESENTATIVE_FIRST: Reader.RESIDENT,
}


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the record holds of where a copy could go."""

    #: What staff put on record for copies.
    recorded: str = field(default="", repr=False)
    #: Who wrote the message, if it was either; from where, and whether that address is confirmed.
    writer: Reader | None
    written_from: str = field(default="", repr=False)
    confirmed: bool = False
    #: Why nobody is written to by e-mail: nobody can be, or something else was agreed.
    barred: str = ""


@dataclass(frozen=True, kw_only=True)
class Copy:
    """Who has a copy, and where it goes; where the address is empty, why a person posts it."""

    reader: Reader
    address: str = field(default="", repr=False)
    why: str = ""

    @property
    def told(self) -> str:
        """Who has the letter and who its copy, as staff are told."""
        way = "" if self.address else ", which a person must post"
        return f"To {self.reader.other}; copy to {self.reader}{way}."


def find_copy(
    kind: LetterKind, replies: Replies, authority: Authority, *, to: str, known: Known
) -> Copy | None:
    """Return who has a copy of a letter that goes `to` an address; none where nobody has one."""
    if replies not in COPIED_TO or authority is not Authority.SHOWN or kind in NOT_COPIED:
        return None
    reader = COPIED_TO[replies]
    if known.barred:
        return Copy(reader=reader, why=f"A copy for {reader} must be posted: {known.barred}")
    address = known.recorded
    if not address and known.writer is reader and known.confirmed:
        address = known.written_from
    if not is_mail_address(address) or address.casefold() == to.casefold():
        why = f"A copy for {reader} must be posted: no confirmed e-mail address of theirs is known"
        return Copy(reader=reader, why=why)
    return Copy(reader=reader, address=address)
