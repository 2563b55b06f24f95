"""Who stands around a case: who writes for whom, who may be answered, who may complain. Pure.

Sources: the Complaint Handling Code 1.2, 1.3, 3.6 and 6.2, the DPA 2018 Schedule 1 paragraphs 23
and 24, and the landlord's policy pack.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from intake.domain.case import ForbiddenError
from intake.domain.letter import LetterKind
from intake.domain.life import folded
from intake.domain.message import is_mail_address
from intake.domain.policy import Policy
from intake.domain.triage import IncompleteError


class Capacity(StrEnum):
    """As what somebody acts for a resident."""

    RELATIVE = "relative_or_friend"
    ADVOCATE = "advocate"
    SOLICITOR = "solicitor"
    MP = "mp"
    COUNCILLOR = "councillor"


class Authority(StrEnum):
    """Whether whoever acts for a resident has shown that they may. No clock waits for it."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    SHOWN = "shown"
    NONE = "refused_or_none"
    #: The writer is the resident after all.
    NOT_NEEDED = "not_needed"


class Replies(StrEnum):
    """To whom the replies about a case go."""

    RESIDENT = "resident"
    REPRESENTATIVE = "representative"
    BOTH = "resident_with_copy"
    REPRESENTATIVE_FIRST = "representative_with_copy"


#: By what a policy says of replies: to whom they go, and who is copied in.
BY_POLICY = {
    "resident_with_copy": (Replies.BOTH, "representative"),
    "representative_with_copy": (Replies.REPRESENTATIVE_FIRST, "resident"),
}
#: Who may be told about a constituent without showing authority (DPA 2018 Sch. 1 paras 23-24).
ELECTED = frozenset({Capacity.MP, Capacity.COUNCILLOR})
#: Letters that say no more than that a message came.
BARE = frozenset({LetterKind.ACKNOWLEDGEMENT, LetterKind.RECEIPT})
NO_AUTHORITY = (
    "The writer acts for somebody else and has shown no authority: give it to the resident."
)
NO_CONTACT = "It cannot go by e-mail: give it another way, or keep it for whoever asks."


@dataclass(frozen=True, kw_only=True)
class Representation:
    """Somebody who acts for a resident, and what they have shown."""

    capacity: Capacity
    authority: Authority
    name: str = field(default="", repr=False)
    #: What shows the authority, or why there is none.
    evidence: str = field(default="", repr=False)
    #: To whom the resident wants replies to go, once it was asked.
    wish: Replies | None = None
    #: Where replies go, if not to the writer; and their copies.
    address: str = field(default="", repr=False)
    copy_to: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class Answerable:
    """To whom replies go, and why."""

    replies: Replies
    why: str


def check_representation(found: Representation) -> None:
    """Ask for what shows an authority, and for an address that can be one.

    Raises:
        IncompleteError: one of these is missing or wrong.
    """
    if found.authority in {Authority.SHOWN, Authority.NONE} and not found.evidence.strip():
        raise IncompleteError({"evidence": "Say what shows it, or why there is none"})
    check_address(found.address)
    if found.copy_to and not is_mail_address(found.copy_to):
        raise IncompleteError({"copy_to": "Give an e-mail address, or nothing"})


def check_address(address: str) -> None:
    """Refuse what is given as an address and is none.

    Raises:
        IncompleteError: no letter could go there.
    """
    if address and not is_mail_address(address):
        raise IncompleteError({"address": "Give an e-mail address, or nothing"})


def find_replies(found: Representation, policy: Policy) -> Answerable:
    """Return to whom replies go: to the resident, until somebody else may have them."""
    if found.authority is Authority.NOT_NEEDED:
        return Answerable(replies=Replies.RESIDENT, why="the writer is the resident")
    if found.authority is not Authority.SHOWN:
        if found.capacity in ELECTED and found.authority is not Authority.NONE:
            how = policy.members.reply_to or "the MP or councillor"
            why = f"{how}, who acts for a constituent (DPA 2018 Sch. 1 paras 23-24)"
            return Answerable(replies=Replies.REPRESENTATIVE, why=why)
        return Answerable(replies=Replies.RESIDENT, why="no authority has been shown")
    if found.wish is not None:
        return Answerable(replies=found.wish, why="the resident asked for it (Code 3.6)")
    by_policy = BY_POLICY.get(policy.representatives.reply)
    if by_policy is not None:
        replies, copied = by_policy
        why = f"authority is shown; the policy ({policy.name}) copies the {copied} in"
        return Answerable(replies=replies, why=why)
    why = "authority is shown; ask the resident to whom replies should go (Code 3.6)"
    return Answerable(replies=Replies.BOTH, why=why)


@dataclass(frozen=True, kw_only=True)
class Contact:
    """To whom letters about a case go instead of to its writer; nobody where it is empty."""

    address: str = field(repr=False)
    why: str


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """Where one letter goes; where it is empty, why a person has to give it."""

    address: str = field(repr=False)
    why: str = ""
    #: It must say nothing about anybody: whoever gets it may not know.
    neutral: bool = False


def contact_of(found: Representation, answerable: Answerable, writer: str) -> Contact | None:
    """Return to whom letters go by a representation; none where the writer may have them."""
    if found.authority is Authority.NOT_NEEDED:
        return None
    if answerable.replies in {Replies.REPRESENTATIVE, Replies.REPRESENTATIVE_FIRST}:
        address = found.address or writer
        return Contact(address=address, why=answerable.why) if address != writer else None
    return Contact(address=found.address, why=answerable.why)


def address_letter(
    kind: LetterKind, writer: str, contact: Contact | None, *, standing_in: bool
) -> Addressee:
    """Return where a letter goes: to the contact, to the writer, or by a person's hand.

    A writer without authority gets an acknowledgement that reveals nothing (edge case 4).
    """
    if contact is not None and contact.address:
        return Addressee(address=contact.address)
    if standing_in:
        if kind in BARE and writer:
            return Addressee(address=writer, neutral=True)
        return Addressee(address="", why=NO_AUTHORITY)
    if contact is not None:
        return Addressee(address="", why=f"{NO_CONTACT} {contact.why}"[:500])
    return Addressee(address=writer)


@dataclass(frozen=True, kw_only=True)
class Member:
    """One of several residents who complain together; one of them is the lead contact."""

    name: str = field(repr=False)
    address: str = field(default="", repr=False)
    lead: bool = False


def read_members(lines: Sequence[str], lead: str) -> tuple[Member, ...]:
    """Return the members of a group, a line each: `name` or `name; e-mail`.

    Raises:
        IncompleteError: nobody is named, an address is none, or the lead contact is not a member.
    """
    named = [line.partition(";") for line in lines]
    members = {
        folded(name): Member(
            name=" ".join(name.split()),
            address=address.strip(),
            lead=folded(name) == folded(lead),
        )
        for name, _, address in named
        if name.strip()
    }
    if not members:
        raise IncompleteError({"members": "Name those who complain, one a line"})
    if any(m.address and not is_mail_address(m.address) for m in members.values()):
        raise IncompleteError({"members": "Each line: a name, or a name; an e-mail address"})
    if sum(member.lead for member in members.values()) != 1:
        raise IncompleteError({"lead": "Name the lead contact, as in the list"})
    return tuple(members.values())


class MemberStep(StrEnum):
    """What one member of a group has a right to (Code 1.2)."""

    COPY = "had_a_copy"
    ALONE = "complains_alone"


class Relation(StrEnum):
    """What somebody who complains is to the landlord."""

    RESIDENT = "resident"
    GROUP = "group_of_residents"
    REPRESENTATIVE = "representative"
    FORMER = "former_resident"
    APPLICANT = "applicant"
    NEIGHBOUR = "neighbour"
    SERVICE_USER = "service_user"
    COMMERCIAL = "commercial_tenant"
    NOBODY = "none_of_these"


class Standing(StrEnum):
    """What the rules say about who may complain. A person decides; nothing is refused by it."""

    MAY = "may_complain"
    ASK = "a_person_decides"
    OUTSIDE = "outside_the_policy"


#: Those whom the Code itself names (1.2 and 1.3).
BY_THE_CODE = frozenset({Relation.RESIDENT, Relation.GROUP, Relation.REPRESENTATIVE})
#: By which word a policy's list of whom it applies to names the others.
IN_POLICIES = {
    Relation.FORMER: "former",
    Relation.APPLICANT: "applicant",
    Relation.NEIGHBOUR: "neighbouring",
    Relation.SERVICE_USER: "receiving",
    Relation.COMMERCIAL: "commercial",
}


@dataclass(frozen=True, kw_only=True)
class StandingCheck:
    """What the check found, and by which rule."""

    standing: Standing
    why: str


def check_standing(relation: Relation, policy: Policy) -> StandingCheck:
    """Return what the Code and the policy say about who may complain.

    It advises only: a complaint is refused by a named person, on a ground of Code 2.2.
    """
    if relation in BY_THE_CODE:
        return StandingCheck(standing=Standing.MAY, why="Code 1.2 and 1.3")
    word = IN_POLICIES.get(relation)
    document = policy.document
    if word is None or document is None:
        why = "neither the Code nor the policy names them: decide on the merits (Code 2.1)"
        return StandingCheck(standing=Standing.ASK, why=why)
    for who in document.applies_to:
        if word in who.casefold():
            return StandingCheck(standing=Standing.MAY, why=f"the policy applies to: {who}")
    for who in document.does_not_apply_to:
        if word in who.casefold():
            why = f"the policy does not apply to: {who}"
            return StandingCheck(standing=Standing.OUTSIDE, why=why)
    why = "the policy does not name them: decide on the merits (Code 2.1)"
    return StandingCheck(standing=Standing.ASK, why=why)


def check_alone(*, received_on: date, asked_on: date, today: date) -> None:
    """Refuse a day on which no member of a group can have asked to complain alone.

    Raises:
        IncompleteError: it has not come yet.
        ForbiddenError: it is before the group's complaint.
    """
    if asked_on > today:
        raise IncompleteError({"received_on": "That day has not come yet"})
    if asked_on < received_on:
        why = "nobody leaves a group before it complained"
        raise ForbiddenError("1.2", why, field="received_on")
