"""How well we know who writes, and what may be sent to them for it."""

from dataclasses import dataclass
from enum import StrEnum


class Rung(StrEnum):
    """A rung of the ladder of identity, the lowest first. Nothing ever goes down by itself."""

    UNKNOWN = "unknown"
    #: Somebody has written from there before; it proves nothing.
    SEEN = "seen"
    #: Our own edge found that the mail comes from the domain that it says.
    DOMAIN = "domain"
    #: A member of staff has confirmed who writes, and what shows it.
    CONFIRMED = "confirmed"
    #: It comes from an address of which staff have confirmed that before, and is answered there.
    MATCHED = "matched"

    @property
    def height(self) -> int:
        """How far up it is."""
        return tuple(Rung).index(self)


class Writer(StrEnum):
    """What a member of staff found of who writes."""

    CONFIRMED = "confirmed"
    #: Nothing shows it, or no longer.
    UNCONFIRMED = "unconfirmed"


class Content(StrEnum):
    """What a letter would tell whoever opens it."""

    #: That a message arrived: no words of it, and nothing of any case.
    NEUTRAL = "neutral"
    CASE = "case"


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of the writer of one message."""

    #: Whether anybody wrote from that address before.
    seen: bool = False
    #: Whether our own edge vouches for the domain of whoever sent the mail.
    proven: bool = False
    #: Whether answers go to another address than the one that was vouched for, or the words are
    #: credited to somebody who did not send them.
    elsewhere: bool = False
    confirmed: bool = False
    matched: bool = False


def rung_of(known: Known) -> Rung:
    """Return the highest rung that is reached."""
    if known.matched:
        return Rung.MATCHED
    if known.confirmed:
        return Rung.CONFIRMED
    if known.proven and not known.elsewhere:
        return Rung.DOMAIN
    return Rung.SEEN if known.seen else Rung.UNKNOWN


def may_send(rung: Rung, content: Content, *, pressed: bool) -> bool:
    """Whether a letter may go to an address on a rung; `pressed` says that a person decided it."""
    return content is Content.NEUTRAL or pressed or rung.height >= Rung.DOMAIN.height
