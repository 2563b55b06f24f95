"""Which case a message belongs to, and what it opens beside that. Pure."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from classifier.labels import Band, Flag, Hazard
from intake.domain.case import Kind, Status
from intake.domain.message import Automatic
from intake.domain.reference import MalformedReferenceError, parse_reference
from intake.domain.triage import CHOICES

QUOTED = re.compile(r"(?<![\w-])[0-9a-z]{3}-[0-9a-z]{3}-[0-9a-z]{3}(?![\w-])", re.IGNORECASE)
MOST_REFERENCES = 10
SHAPE = re.compile(r"[^@]+\+[a-z0-9-]{1,24}\.[a-z2-7]{16}@[^@]+", re.IGNORECASE)


class Standing(StrEnum):
    """How a message stands to the cases there are."""

    #: It belongs to no case that we know of.
    NEW = "new"
    #: It is part of a case, whose participant wrote it or whose staff said so.
    JOINED = "joined"
    #: It answers a letter of ours, and nobody of the case writes from there.
    STRANGER = "stranger"
    #: A machine's, which answers nothing of ours.
    MACHINE = "machine"
    #: Staff have found that it is not for the landlord.
    NOT_OURS = "not_ours"


class Way(StrEnum):
    """What shows that a message belongs to a case, the strongest first."""

    BOUNCE_ADDRESS = "bounce_address"
    REPLY_ADDRESS = "reply_address"
    #: It brings back a letter of ours, or answers one, or answers a message of that case.
    RETURNED = "returned"
    LETTER = "letter"
    MESSAGE = "message"
    #: It answers a Message-ID that only we can have made, of a letter whose row is gone.
    SEALED_ID = "sealed_id"
    REFERENCE = "reference"


class Why(StrEnum):
    """Why staff may want to see a case beside a message."""

    ANSWERS = "answers"
    REFERENCE = "reference"
    SAME_SENDER = "same_sender"
    #: It reads as a request for stage 2 of that complaint, whose stage 1 was answered.
    STAGE_2 = "stage_2"
    #: It read so, and whoever triaged it found that it is something else; that can be undone.
    NO_STAGE_2 = "no_stage_2"


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What a case is about and how far it has come."""

    kind: Kind
    status: Status


#: Where new dissatisfaction is part of the complaint that there is (Code 6.8); after that it is a
#: new complaint or a request for stage 2, which a person decides while its clock runs.
TAKES_MORE = {
    Kind.COMPLAINT: frozenset(
        {
            Status.AWAITING_TRIAGE,
            Status.LOGGED,
            Status.ACKNOWLEDGED,
            Status.STAGE_2_LOGGED,
            Status.STAGE_2_ACKNOWLEDGED,
        }
    )
}
#: Where a case of another kind goes on.
GOES_ON = frozenset({Status.AWAITING_TRIAGE, Status.LOGGED, Status.ACKNOWLEDGED, Status.PASSED_ON})
#: What a machine sends to nobody in particular: no case is opened for it.
NOBODYS = frozenset({Automatic.BOUNCE, Automatic.REPORT, Automatic.OURS})
#: What no machine's mail starts by itself: a case with a clock.
MACHINES = NOBODYS | {Automatic.AUTO_REPLY}


def find_references(subject: str) -> tuple[str, ...]:
    """Return the references of ours that a subject quotes, each once."""
    found: dict[str, None] = {}
    for quoted in QUOTED.findall(subject)[:MOST_REFERENCES]:
        try:
            found[parse_reference(quoted)] = None
        except MalformedReferenceError:
            continue
    return tuple(found)


def looks_sealed(addresses: Iterable[str]) -> bool:
    """Whether an address has the shape of a sealed one, genuine or made up."""
    return any(SHAPE.fullmatch(address[:320]) for address in addresses)


def standing_of(way: Way | None, automatic: Automatic | None, *, participant: bool) -> Standing:
    """Return how a message stands to the cases that it was found to belong to.

    Whoever quotes a reference joins nothing unless they are of the case: a reference is read
    aloud and written down, and may be anybody's.
    """
    machine = automatic in MACHINES
    if way is None or (way is Way.REFERENCE and not participant):
        return Standing.MACHINE if machine else Standing.NEW
    if participant or machine:
        return Standing.JOINED
    return Standing.STRANGER


def fresh_kinds(proposed: Iterable[Kind], matters: Sequence[Matter]) -> tuple[Kind, ...]:
    """Return the kinds of which an answer opens a case, beside the cases that it is part of.

    Dissatisfaction always has a clock: that of the complaint that there is, or its own.
    """
    return tuple(
        kind
        for kind in proposed
        if kind is not Kind.ENQUIRY and not any(takes_up(matter, kind) for matter in matters)
    )


def kinds_beside(
    proposed: Iterable[Kind], matters: Sequence[Matter], *, hazards: bool
) -> tuple[Kind, ...]:
    """Return the kinds of which an answer opens a case; a new hazard always has one to speak in."""
    wanted = {*fresh_kinds(proposed, matters), *[Kind.SERVICE_REQUEST] * hazards}
    return tuple(kind for kind in CHOICES if kind in wanted)


def asks_for_stage_2(band: Band, flags: Collection[str], matters: Sequence[Matter]) -> bool:
    """Whether an answer may ask for stage 2 of a complaint that was answered.

    It needs no reason and no form of words (Code 6.10, 6.12): dissatisfaction that is only
    possible is enough for a person to be asked, while the clock runs.
    """
    dissatisfied = band is not Band.UNMARKED or Flag.STAGE_2 in flags
    return dissatisfied and not any(takes_up(matter, Kind.COMPLAINT) for matter in matters)


def takes_up(matter: Matter, kind: Kind) -> bool:
    """Whether what is new of a kind is part of a matter that there is."""
    return matter.kind is kind and matter.status in TAKES_MORE.get(kind, GOES_ON)


def fresh_hazards(
    said: Sequence[Hazard | None], running: Iterable[Hazard | None], *, emergency: bool
) -> tuple[Hazard | None, ...]:
    """Return the hazards that an answer makes us aware of, beside those whose clocks run.

    An emergency is always told anew: somebody in danger must not wait for a card to be redrawn.
    """
    known = frozenset() if emergency else frozenset(running)
    return tuple(hazard for hazard in said if hazard not in known)


def opens(automatic: Automatic | None, proposed: tuple[Kind, ...]) -> tuple[Kind, ...]:
    """Return the kinds of which a message that joins nothing opens a case.

    An automatic reply opens one without a clock, for a person to say that it is a message.
    """
    if automatic in NOBODYS:
        return ()
    return (Kind.ENQUIRY,) if automatic is Automatic.AUTO_REPLY else proposed
