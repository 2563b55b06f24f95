"""Letters to residents: what they say and the states they pass through. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from intake.domain.case import Action, Kind
from intake.domain.clock import LONDON
from intake.domain.landlord import Landlord


class LetterKind(StrEnum):
    """What a letter is for."""

    #: The definition of a complaint; its sending ends the acknowledgement clock (Code 6.2).
    ACKNOWLEDGEMENT = "acknowledgement"
    #: "We have your message." Ends no clock.
    RECEIPT = "receipt"
    #: More time, told before the day has passed (Code 6.4, 6.5).
    EXTENSION = "extension"
    #: The decision at stage 1 (Code 6.9), and the landlord's final word (6.19).
    RESPONSE = "response"
    FINAL_RESPONSE = "final_response"
    #: The definition of what goes to stage 2 (Code 6.11).
    STAGE_2_ACKNOWLEDGEMENT = "stage_2_acknowledgement"
    #: Why a complaint, or an escalation, is not taken (Code 2.4).
    REFUSAL = "refusal"


class LetterState(StrEnum):
    """Where a letter is on its way."""

    #: Can still be undone.
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"
    SENDING = "sending"
    SENT = "sent"
    #: Refused for good by the other side.
    FAILED = "failed"
    #: It may or may not have gone; a person finds out. Never sent again by itself.
    UNKNOWN = "unknown"
    #: There is no address to send it to: a person gives it another way.
    BY_HAND = "by_hand"


#: States that want a person.
NEEDS_A_PERSON = frozenset({LetterState.FAILED, LetterState.UNKNOWN, LetterState.BY_HAND})
#: States of a letter that still has to reach the resident.
PENDING = NEEDS_A_PERSON | {LetterState.WAITING, LetterState.SENDING}
#: States of one that has certainly not gone, and can be taken back.
NOT_GONE = frozenset({LetterState.WAITING, LetterState.BY_HAND, LetterState.FAILED})


#: What a letter's arrival does to its case; a receipt does nothing.
MOVES = {
    LetterKind.ACKNOWLEDGEMENT: Action.ACKNOWLEDGE,
    LetterKind.STAGE_2_ACKNOWLEDGEMENT: Action.ACKNOWLEDGE,
    LetterKind.EXTENSION: Action.EXTEND,
    LetterKind.RESPONSE: Action.RESPOND,
    LetterKind.FINAL_RESPONSE: Action.RESPOND,
    LetterKind.REFUSAL: Action.REFUSE,
}


@dataclass(frozen=True, kw_only=True)
class LetterText:
    """What a letter says, before it is made into mail."""

    subject: str
    text: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One case as its letter tells it."""

    kind: Kind
    reference: str
    received_at: datetime
    issues: tuple[str, ...] = field(default=(), repr=False)
    outcome: str = field(default="", repr=False)
    not_responsible: str = field(default="", repr=False)
    #: The day our answer is due, were the letter to go now.
    answer_by: date | datetime | None = None


def write_letter(
    kind: LetterKind,
    matters: Sequence[Matter],
    landlord: Landlord,
    message_reference: str,
    *,
    on: date,
) -> LetterText:
    """Return the words of a letter of a day about all matters of one message, complaints first."""
    if kind is LetterKind.RECEIPT:
        return _receipt(landlord, message_reference)
    complaint, *others = sorted(matters, key=lambda matter: matter.kind is not Kind.COMPLAINT)
    paragraphs = [
        "Hello,",
        (
            "Thank you for telling us. We are sorry that you have had cause to complain. "
            f"We received your message on {spoken(complaint.received_at)} and have logged it as a "
            "complaint at stage 1 of our complaints procedure."
        ),
        f"Your reference is {complaint.reference}",
        *definition(complaint),
        *_others(others),
        *_next_steps(complaint),
        *ombudsman(landlord, on),
        landlord.name,
    ]
    subject = f"Your complaint {complaint.reference}: what happens next"
    return LetterText(subject=subject, text="\n\n".join(paragraphs) + "\n")


def spoken(day: date | datetime) -> str:
    """Return a day as a letter says it, by the calendar of London: `Tuesday 5 January 2027`."""
    local = day.astimezone(LONDON).date() if isinstance(day, datetime) else day
    return f"{local:%A} {local.day} {local:%B %Y}"


def _receipt(landlord: Landlord, reference: str) -> LetterText:
    text = (
        "Hello,\n\n"
        f"We have your message. Its reference is {reference}. A person will read it and we will "
        "write to you again.\n\n"
        "If anybody is in danger, or you smell gas, please do not wait for us: ring 999, or "
        "0800 111 999 for gas.\n\n"
        f"{landlord.name}\n"
    )
    return LetterText(subject=f"We have your message {reference}", text=text)


def definition(complaint: Matter) -> list[str]:
    """Set out what a complaint is about, what is sought, and what is ours (Code 5.6, 5.7)."""
    issues = "\n".join(f"{n}. {words}" for n, words in enumerate(complaint.issues, start=1))
    ours = "We are responsible for looking into each of the points above."
    if complaint.not_responsible:
        ours = (
            "We are responsible for looking into the points above, except for what follows, which "
            f"is not ours to put right:\n{complaint.not_responsible}"
        )
    return [
        f"WHAT WE UNDERSTAND YOUR COMPLAINT TO BE\n{issues}",
        f"WHAT YOU WOULD LIKE US TO DO\n{complaint.outcome}",
        f"WHAT WE ARE RESPONSIBLE FOR\n{ours}",
        "If we have not understood you rightly, please answer this e-mail and we will correct it.",
    ]


def _others(others: Sequence[Matter]) -> list[str]:
    if not others:
        return []
    lines = "\n".join(f"- {_named(matter)}: {matter.reference}" for matter in others)
    return [
        (
            f"ALSO IN YOUR MESSAGE\n{lines}\n"
            "We deal with this separately, and it does not wait for the answer to your complaint."
        )
    ]


def _named(matter: Matter) -> str:
    names = {
        Kind.SERVICE_REQUEST: "The work you asked us for",
        Kind.COMPLIMENT: "Your thanks, which we pass on",
        Kind.COMMENT: "Your suggestion",
    }
    return names.get(matter.kind, "Your question")


def _next_steps(complaint: Matter) -> list[str]:
    if complaint.answer_by is None:
        raise ValueError(f"complaint {complaint.reference} has no day to answer by")
    return [
        (
            "WHAT HAPPENS NEXT\n"
            "Somebody will look into your complaint and write to you with our decision by "
            f"{spoken(complaint.answer_by)}. If we need longer, we will tell you before that day "
            "why, and when you will hear from us. If you are not happy with our decision, you can "
            "ask for your complaint to go to stage 2, where somebody else looks at it again."
        )
    ]


def ombudsman(
    landlord: Landlord, on: date, *, told: str = "You can ask the {name} for advice at any time"
) -> list[str]:
    """Say that the resident may go to the ombudsman, and how (Complaint Handling Code 3.7)."""
    body = landlord.policy.regulator
    contact = landlord.policy.find_contact(body, on)
    if contact is None:
        raise ValueError(f"no contact of {body} is known for {on}")
    ways = (
        ("Telephone", contact.phone),
        ("Online", contact.web),
        ("E-mail", contact.email),
        ("Post", contact.post),
    )
    lines = "\n".join(f"{way}: {where}" for way, where in ways if where)
    return [
        (
            "IF YOU WANT ADVICE FROM SOMEBODY ELSE\n"
            f"{told.format(name=contact.name)}, free of charge:\n{lines}"
        )
    ]
