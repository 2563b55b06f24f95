"""A case: the states it can be in and the events that move it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a matter is recorded as."""

    COMPLAINT = "complaint"
    SERVICE_REQUEST = "service_request"
    COMPLIMENT = "compliment"
    COMMENT = "comment"
    ENQUIRY = "enquiry"
    DP_COMPLAINT = "dp_complaint"


class Status(StrEnum):
    """Where a case stands."""

    AWAITING_TRIAGE = "awaiting_triage"
    LOGGED = "logged"
    ACKNOWLEDGED = "acknowledged"
    RECORDED_IN_ERROR = "recorded_in_error"


class Action(StrEnum):
    """What can happen to a case."""

    OPEN = "open"
    CONFIRM = "confirm"
    UNDO = "undo"
    RECORD_IN_ERROR = "record_in_error"
    ACKNOWLEDGE = "acknowledge"
    #: Noted without a move: another definition; a letter that was not sent, or perhaps sent.
    DEFINE = "define"
    LETTER_NOT_SENT = "letter_not_sent"
    LETTER_UNKNOWN = "letter_unknown"


NOTED = frozenset({Action.DEFINE, Action.LETTER_NOT_SENT, Action.LETTER_UNKNOWN})

Moves = dict[tuple[Status, Action], Status]

_TRIAGE: Moves = {
    (Status.AWAITING_TRIAGE, Action.CONFIRM): Status.LOGGED,
    (Status.AWAITING_TRIAGE, Action.RECORD_IN_ERROR): Status.RECORDED_IN_ERROR,
    (Status.LOGGED, Action.UNDO): Status.AWAITING_TRIAGE,
    (Status.LOGGED, Action.RECORD_IN_ERROR): Status.RECORDED_IN_ERROR,
    (Status.RECORDED_IN_ERROR, Action.UNDO): Status.AWAITING_TRIAGE,
    (Status.RECORDED_IN_ERROR, Action.CONFIRM): Status.LOGGED,
}

#: Every move there is. A pair that is not here cannot happen.
TRANSITIONS: dict[Kind, Moves] = {
    **dict.fromkeys(Kind, _TRIAGE),
    Kind.COMPLAINT: {**_TRIAGE, (Status.LOGGED, Action.ACKNOWLEDGE): Status.ACKNOWLEDGED},
}


class InvalidTransitionError(Exception):
    """The action does not follow from where the case stands."""


@dataclass(frozen=True, kw_only=True)
class CaseEvent:
    """One thing that happened to a case, by whom and when. Never changed, never deleted."""

    action: Action
    before: Status
    after: Status
    by: str
    at: datetime
    note: str = field(default="", repr=False)


class OvertakenError(InvalidTransitionError):
    """Somebody else moved the case first; `last` says who and when."""

    def __init__(self, reason: str, last: CaseEvent) -> None:
        super().__init__(reason)
        self.last = last


@dataclass(frozen=True, kw_only=True)
class Definition:
    """What we understand a complaint to be about: an acknowledgement without it is none.

    Complaint Handling Code 5.6 (issues and outcomes sought) and 5.7 (what the landlord is not
    responsible for).
    """

    issues: tuple[str, ...] = field(repr=False)
    outcome: str = field(repr=False)
    not_responsible: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        """Refuse one that says nothing."""
        if not self.outcome.strip() or not any(issue.strip() for issue in self.issues):
            raise ValueError("a complaint needs its issues and the outcome sought")


def actions_from(kind: Kind, status: Status) -> list[Action]:
    """Return what can be done next, in the order of the table."""
    return [action for before, action in TRANSITIONS[kind] if before is status]


def move(
    kind: Kind, status: Status, action: Action, *, by: str, at: datetime, note: str = ""
) -> CaseEvent:
    """Return the event that `action` makes of a case in `status`.

    Raises:
        InvalidTransitionError: the table has no such move.
    """
    after = status if action in NOTED else TRANSITIONS[kind].get((status, action))
    if after is None:
        raise InvalidTransitionError(f"cannot {said(action)} a {said(kind)} that is {said(status)}")
    return CaseEvent(action=action, before=status, after=after, by=by, at=at, note=note)


def said(value: StrEnum) -> str:
    """Return the words of a name, as people say them."""
    return value.replace("_", " ")
