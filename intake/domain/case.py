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
    RESPONDED = "responded"
    STAGE_2_LOGGED = "stage_2_logged"
    STAGE_2_ACKNOWLEDGED = "stage_2_acknowledged"
    STAGE_2_RESPONDED = "stage_2_responded"
    WITH_OMBUDSMAN = "with_ombudsman"
    #: Praise or a comment has reached those whom it is about.
    PASSED_ON = "passed_on"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    RECORDED_IN_ERROR = "recorded_in_error"


class Action(StrEnum):
    """What can happen to a case."""

    OPEN = "open"
    CONFIRM = "confirm"
    UNDO = "undo"
    RECORD_IN_ERROR = "record_in_error"
    ACKNOWLEDGE = "acknowledge"
    RESPOND = "respond"
    EXTEND = "extend"
    ESCALATE = "escalate"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    REFER = "refer_to_the_ombudsman"
    CLOSE = "close"
    REOPEN = "reopen"
    #: The choice to complain, put to the resident, and the answer (Code 1.3).
    OFFER = "offer_to_complain"
    ANSWER_OFFER = "answer_the_offer"
    FORWARD = "pass_on"
    #: The writer of a comment hears that something changed.
    TELL = "tell_the_writer"
    #: Noted without a move.
    DEFINE = "define"
    PROMISE_LETTER = "promise_letter"
    TAKE_BACK = "take_the_letter_back"
    GIVE_LETTER = "give_the_letter"
    LETTER_NOT_SENT = "letter_not_sent"
    LETTER_UNKNOWN = "letter_unknown"
    #: The copy of a letter has gone to whoever has one (Code 3.6).
    SEND_COPY = "send_a_copy"
    COMPLETE = "complete_an_action"
    DISMISS_HAZARD = "dismiss_hazard"
    RECORD_HAZARD = "record_hazard_work"
    REMIND = "remind"
    RECALCULATE = "recalculate"
    #: A letter goes although its check found it wanting; the reason is on record.
    OVERRIDE_CHECK = "override_the_letter_check"
    #: What mail brings: an answer, a letter of ours that came back, proof of an earlier receipt.
    FOLLOW_UP = "follow_up"
    LETTER_RETURNED = "letter_returned"
    RECEIVE_EARLIER = "receive_earlier"
    #: Personal data is removed at the end of its keeping; the history stays.
    PURGE = "purge"
    #: Around a case, beside its stages.
    RAISE_ISSUE = "raise_a_new_issue"
    SETTLE = "settle_at_first_contact"
    PROPOSE_MONEY = "propose_money"
    APPROVE_MONEY = "approve_money"
    ANSWER_MONEY = "answer_to_money"
    PAY_MONEY = "pay_money"
    CONSIDER = "consider_an_exclusion"
    LEARN = "note_learning"
    OFFER_SUPPORT = "offer_support"
    ANSWER_SUPPORT = "answer_to_support"
    RESTRICT = "restrict_contact"
    REVIEW_RESTRICTION = "review_restriction"
    #: The people around a case, their letters and their needs.
    NOTE_REPRESENTATIVE = "note_representative"
    NOTE_GROUP = "note_group"
    NOTE_MEMBER = "note_member"
    NOTE_CONTACT = "note_contact"
    CHECK_STANDING = "check_standing"
    CHECK_WRITER = "check_who_writes"
    NOTE_LETTER = "note_correspondence"
    ANSWER_LETTER = "answer_correspondence"
    NOTE_PROCEEDINGS = "note_proceedings"
    REFER_ELSEWHERE = "refer_to_another_body"
    AGREE_ADJUSTMENT = "agree_adjustment"
    REVIEW_ADJUSTMENT = "review_adjustment"
    RAISE_DATA_PROTECTION = "raise_data_protection"
    SEE_TO_BREACH = "see_to_breach"
    END_PROCEEDINGS = "end_proceedings"
    #: Nothing of a case is removed while a person holds it, such as for a claim.
    HOLD = "put_on_legal_hold"
    RELEASE = "end_legal_hold"
    #: A reviewer hides more of a message, or shows a part of it.
    HIDE_MORE = "hide_more"
    REVEAL = "reveal"
    HIDE_AGAIN = "hide_again"
    CHECK_DOUBTS = "check_doubts"


#: The program's own name as an actor. It records, dates and reminds, and decides nothing.
HEARD = "heard"
#: What only a person does (Code 2.1, 5.11, 5.14).
FOR_STAFF = frozenset(
    {
        Action.CONFIRM,
        Action.UNDO,
        Action.RECORD_IN_ERROR,
        Action.ESCALATE,
        Action.REFUSE,
        Action.WITHDRAW,
        Action.CLOSE,
        Action.REOPEN,
        Action.DISMISS_HAZARD,
        Action.OVERRIDE_CHECK,
        Action.CONSIDER,
        Action.RESTRICT,
    }
)
#: Where a case has ended, for now.
ENDED = frozenset({Status.CLOSED, Status.WITHDRAWN, Status.REFUSED, Status.RECORDED_IN_ERROR})

#: After none a case stands again where it stood before it ended.
Moves = dict[tuple[Status, Action], Status | None]

_TRIAGE: Moves = {
    (Status.AWAITING_TRIAGE, Action.CONFIRM): Status.LOGGED,
    (Status.AWAITING_TRIAGE, Action.RECORD_IN_ERROR): Status.RECORDED_IN_ERROR,
    (Status.LOGGED, Action.UNDO): Status.AWAITING_TRIAGE,
    (Status.LOGGED, Action.RECORD_IN_ERROR): Status.RECORDED_IN_ERROR,
    (Status.RECORDED_IN_ERROR, Action.UNDO): Status.AWAITING_TRIAGE,
    (Status.RECORDED_IN_ERROR, Action.CONFIRM): Status.LOGGED,
}
_OFFER: Moves = {
    (Status.LOGGED, Action.OFFER): Status.LOGGED,
    (Status.LOGGED, Action.ANSWER_OFFER): Status.LOGGED,
}
_END: Moves = {
    (Status.LOGGED, Action.CLOSE): Status.CLOSED,
    (Status.CLOSED, Action.REOPEN): None,
}
_FEEDBACK: Moves = {
    **_TRIAGE,
    (Status.LOGGED, Action.FORWARD): Status.PASSED_ON,
    (Status.LOGGED, Action.ACKNOWLEDGE): Status.ACKNOWLEDGED,
    (Status.ACKNOWLEDGED, Action.FORWARD): Status.PASSED_ON,
    (Status.PASSED_ON, Action.ACKNOWLEDGE): Status.PASSED_ON,
    (Status.PASSED_ON, Action.CLOSE): Status.CLOSED,
    **_OFFER,
    (Status.CLOSED, Action.REOPEN): None,
}
_COMPLAINT: Moves = {
    **_TRIAGE,
    (Status.LOGGED, Action.ACKNOWLEDGE): Status.ACKNOWLEDGED,
    (Status.LOGGED, Action.REFUSE): Status.REFUSED,
    (Status.LOGGED, Action.WITHDRAW): Status.WITHDRAWN,
    (Status.ACKNOWLEDGED, Action.RESPOND): Status.RESPONDED,
    (Status.ACKNOWLEDGED, Action.EXTEND): Status.ACKNOWLEDGED,
    (Status.ACKNOWLEDGED, Action.REFUSE): Status.REFUSED,
    (Status.ACKNOWLEDGED, Action.WITHDRAW): Status.WITHDRAWN,
    (Status.RESPONDED, Action.ESCALATE): Status.STAGE_2_LOGGED,
    (Status.RESPONDED, Action.REFER): Status.WITH_OMBUDSMAN,
    (Status.RESPONDED, Action.CLOSE): Status.CLOSED,
    (Status.STAGE_2_LOGGED, Action.ACKNOWLEDGE): Status.STAGE_2_ACKNOWLEDGED,
    (Status.STAGE_2_LOGGED, Action.REFUSE): Status.REFUSED,
    (Status.STAGE_2_LOGGED, Action.WITHDRAW): Status.WITHDRAWN,
    (Status.STAGE_2_ACKNOWLEDGED, Action.RESPOND): Status.STAGE_2_RESPONDED,
    (Status.STAGE_2_ACKNOWLEDGED, Action.EXTEND): Status.STAGE_2_ACKNOWLEDGED,
    (Status.STAGE_2_ACKNOWLEDGED, Action.WITHDRAW): Status.WITHDRAWN,
    (Status.STAGE_2_RESPONDED, Action.REFER): Status.WITH_OMBUDSMAN,
    (Status.STAGE_2_RESPONDED, Action.CLOSE): Status.CLOSED,
    (Status.WITH_OMBUDSMAN, Action.ESCALATE): Status.STAGE_2_LOGGED,
    (Status.WITH_OMBUDSMAN, Action.CLOSE): Status.CLOSED,
    (Status.REFUSED, Action.REFER): Status.WITH_OMBUDSMAN,
    (Status.REFUSED, Action.REOPEN): None,
    (Status.WITHDRAWN, Action.REOPEN): None,
    (Status.CLOSED, Action.ESCALATE): Status.STAGE_2_LOGGED,
    (Status.CLOSED, Action.REFER): Status.WITH_OMBUDSMAN,
    (Status.CLOSED, Action.REOPEN): None,
}

#: Every move there is. A pair that is not here cannot happen.
TRANSITIONS: dict[Kind, Moves] = {
    Kind.COMPLAINT: _COMPLAINT,
    Kind.SERVICE_REQUEST: {**_TRIAGE, **_OFFER, **_END},
    Kind.COMPLIMENT: _FEEDBACK,
    Kind.COMMENT: {**_FEEDBACK, (Status.PASSED_ON, Action.TELL): Status.PASSED_ON},
    Kind.ENQUIRY: {
        **_TRIAGE,
        (Status.LOGGED, Action.RESPOND): Status.RESPONDED,
        (Status.RESPONDED, Action.CLOSE): Status.CLOSED,
        **_OFFER,
        **_END,
    },
    Kind.DP_COMPLAINT: {
        **_TRIAGE,
        (Status.LOGGED, Action.ACKNOWLEDGE): Status.ACKNOWLEDGED,
        (Status.ACKNOWLEDGED, Action.RESPOND): Status.RESPONDED,
        (Status.RESPONDED, Action.CLOSE): Status.CLOSED,
        (Status.CLOSED, Action.REOPEN): None,
    },
}

_MOVING = {action for moves in TRANSITIONS.values() for _, action in moves}
#: What happens to a case, or is put on record around it, and never moves it.
NOTED = frozenset(Action) - _MOVING - {Action.OPEN}

_THIRD = ("5.3", "there is no third stage: stage 2 is the landlord's final word")
_INFORMAL = (
    "5.2",
    "a complaint has no informal end: what is settled at once is a stage 1 response",
)
_UNDEFINED = ("5.6", "a stage is answered only after its acknowledgement has set out the complaint")
_TOLD = ("6.4", "only a response that is still owed, and acknowledged, can be put off")
#: What cannot be done to a complaint because the Code forbids it: the provision, and the words.
FORBIDDEN: dict[tuple[Status, Action], tuple[str, str]] = {
    **dict.fromkeys(
        [
            (status, Action.ESCALATE)
            for status in (
                Status.STAGE_2_LOGGED,
                Status.STAGE_2_ACKNOWLEDGED,
                Status.STAGE_2_RESPONDED,
            )
        ],
        _THIRD,
    ),
    **dict.fromkeys(
        [
            (status, Action.CLOSE)
            for status in (
                Status.LOGGED,
                Status.ACKNOWLEDGED,
                Status.STAGE_2_LOGGED,
                Status.STAGE_2_ACKNOWLEDGED,
            )
        ],
        _INFORMAL,
    ),
    (Status.LOGGED, Action.RESPOND): _UNDEFINED,
    (Status.STAGE_2_LOGGED, Action.RESPOND): _UNDEFINED,
    **dict.fromkeys(
        [
            (status, Action.EXTEND)
            for status in (
                Status.LOGGED,
                Status.RESPONDED,
                Status.STAGE_2_LOGGED,
                Status.STAGE_2_RESPONDED,
            )
        ],
        _TOLD,
    ),
}


class InvalidTransitionError(Exception):
    """The action does not follow from where the case stands."""


class ForbiddenError(InvalidTransitionError):
    """A rule forbids it; `provision` says where, `field` which part of a form is at fault."""

    def __init__(self, provision: str, why: str, *, field: str = "") -> None:
        super().__init__(f"{why} (Complaint Handling Code {provision})")
        self.provision = provision
        self.field = field


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
        InvalidTransitionError: the table has no such move, or the case has not ended.
        ForbiddenError: the Code forbids it, or leaves it to a person.
    """
    after = find_after(kind, status, action)
    if after is None:
        raise InvalidTransitionError(f"cannot {said(action)} without knowing where it stood before")
    return _event(action, status, after, by=by, at=at, note=note)


def reopen(
    kind: Kind, status: Status, *, stood: Status, by: str, at: datetime, note: str = ""
) -> CaseEvent:
    """Return the event that puts a case that has ended back to where it `stood` before.

    Raises:
        InvalidTransitionError: it has not ended.
        ForbiddenError: nobody in particular reopens it.
    """
    find_after(kind, status, Action.REOPEN)
    return _event(Action.REOPEN, status, stood, by=by, at=at, note=note)


def find_after(kind: Kind, status: Status, action: Action) -> Status | None:
    """Return where a case stands after an action; none where it stands as before it ended.

    Raises:
        InvalidTransitionError: the table has no such move.
        ForbiddenError: and the Code says so.
    """
    if action in NOTED:
        return status
    if (status, action) in TRANSITIONS[kind]:
        return TRANSITIONS[kind][status, action]
    if kind is Kind.COMPLAINT and (status, action) in FORBIDDEN:
        raise ForbiddenError(*FORBIDDEN[status, action])
    raise InvalidTransitionError(f"cannot {said(action)} a {said(kind)} that is {said(status)}")


def _event(
    action: Action, before: Status, after: Status, *, by: str, at: datetime, note: str
) -> CaseEvent:
    if by == HEARD and action in FOR_STAFF:
        raise ForbiddenError("2.1", f"only a person can {said(action)}")
    return CaseEvent(action=action, before=before, after=after, by=by, at=at, note=note)


def said(value: StrEnum) -> str:
    """Return the words of a name, as people say them."""
    return value.replace("_", " ")
