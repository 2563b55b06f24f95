"""Letters: what they are for, the states they pass through, and what goes into them. Pure."""

import re
import textwrap
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from intake.domain.case import Action, Kind
from intake.domain.clock import LONDON
from intake.domain.policy_facts import Contact

#: So many characters of large type go on one line of a page or a telephone.
LARGE_LINE = 42


class LetterKind(StrEnum):
    """What a letter is for."""

    #: The definition of a complaint; its sending ends the acknowledgement clock (Code 6.2).
    ACKNOWLEDGEMENT = "acknowledgement"
    #: "We have your message." Ends no clock.
    RECEIPT = "receipt"
    #: More time, told before the day has passed (Code 6.4, 6.5).
    EXTENSION = "extension"
    #: The resident did not agree to it: where to go now.
    EXTENSION_NOT_AGREED = "extension_not_agreed"
    #: The decision at stage 1 (Code 6.9), and the landlord's final word (6.19).
    RESPONSE = "response"
    FINAL_RESPONSE = "final_response"
    #: The definition of what goes to stage 2 (Code 6.11).
    STAGE_2_ACKNOWLEDGEMENT = "stage_2_acknowledgement"
    #: Why a complaint, or an escalation, is not taken (Code 2.4).
    REFUSAL = "refusal"
    #: To an MP or councillor who writes about a resident.
    MP_ACKNOWLEDGEMENT = "mp_acknowledgement"
    MP_RESPONSE = "mp_response"
    #: What goes on top of the papers that an ombudsman asked for.
    OMBUDSMAN_COVER = "ombudsman_cover"
    COMPLIMENT_THANKS = "compliment_thanks"
    #: "We told the department", and later: "Something changed".
    COMMENT_NOTED = "comment_noted"
    COMMENT_CHANGED = "comment_changed"
    #: To somebody who writes for a resident and has shown no authority: nothing about anybody.
    NEUTRAL_ACKNOWLEDGEMENT = "neutral_acknowledgement"
    #: To a resident who was dissatisfied in a survey (Code 1.6).
    HOW_TO_COMPLAIN = "how_to_complain"
    #: Of a letter to a resident, or to whoever acts for them, for the other of the two (Code 3.6).
    COPY = "copy"


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


#: How the proof of a letter begins that a person gave another way than by mail.
GIVEN = "Given another way"
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
    LetterKind.EXTENSION_NOT_AGREED: Action.EXTEND,
    LetterKind.RESPONSE: Action.RESPOND,
    LetterKind.FINAL_RESPONSE: Action.RESPOND,
    LetterKind.REFUSAL: Action.REFUSE,
    LetterKind.COMPLIMENT_THANKS: Action.ACKNOWLEDGE,
    LetterKind.COMMENT_NOTED: Action.ACKNOWLEDGE,
    LetterKind.COMMENT_CHANGED: Action.TELL,
}
#: Of which kind the case is that a letter moves, where that is no complaint.
MOVED_KINDS = {
    LetterKind.COMPLIMENT_THANKS: Kind.COMPLIMENT,
    LetterKind.COMMENT_NOTED: Kind.COMMENT,
    LetterKind.COMMENT_CHANGED: Kind.COMMENT,
}


@dataclass(frozen=True, kw_only=True)
class LetterText:
    """What a letter says, before it is made into mail."""

    subject: str
    text: str = field(repr=False)
    #: Whether its reader needs large type, on the page and in the HTML of the mail (Code 5.10).
    large_print: bool = False

    def in_large_print(self) -> "LetterText":
        """Return the same words in short lines, marked to be set in large type."""
        lines = (_short(line) for line in self.text.splitlines())
        return replace(self, text="\n".join(lines) + "\n", large_print=True)


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One case as its letter tells it."""

    kind: Kind
    reference: str
    #: When it was received; the day alone of a letter from outside.
    received_at: date | datetime
    issues: tuple[str, ...] = field(default=(), repr=False)
    outcome: str = field(default="", repr=False)
    not_responsible: str = field(default="", repr=False)
    #: The day our answer is due, were the letter to go now.
    answer_by: date | datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a letter: its heading, empty where it has none, and what stands below."""

    heading: str
    body: str = field(repr=False)


def split_letter(text: str) -> list[Section]:
    """Return the parts of a letter. A heading is a short line above another, or in capitals."""
    sections = [("", [""])]
    lines = text.splitlines()
    for number, line in enumerate(lines):
        first = number == 0 or not lines[number - 1].strip()
        followed = number + 1 < len(lines) and bool(lines[number + 1].strip())
        if first and followed and HEADING.fullmatch(line.strip()):
            sections.append((line.strip(), []))
        else:
            sections[-1][1].append(line)
    return [Section(heading=name, body="\n".join(body).strip()) for name, body in sections]


#: It does not end as a sentence, and does not begin as an item of a list or a greeting.
HEADING = re.compile(
    r"[A-Z][A-Z0-9 ,'\u2019-]{2,70}|(?!(?i:dear|hello|hi)\b)(?![-*\u2022]|\d)[^.!?;:,]{2,70}"
)


def spoken(day: date | datetime) -> str:
    """Return a day as a letter says it, by the calendar of London: `Tuesday 5 January 2027`."""
    local = day.astimezone(LONDON).date() if isinstance(day, datetime) else day
    return f"{local:%A} {local.day} {local:%B %Y}"


def ways_to(contact: Contact) -> str:
    """Return how to reach a body, a line for each way."""
    ways = (
        ("Telephone", contact.phone),
        ("Online", contact.web),
        ("E-mail", contact.email),
        ("Post", contact.post),
    )
    return "\n".join(f"{way}: {where}" for way, where in ways if where)


def _short(line: str) -> str:
    return textwrap.fill(line, LARGE_LINE, break_long_words=False, break_on_hyphens=False)
