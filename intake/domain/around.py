"""What stands around a case, as a card shows it: no names, and what staff can do about it. Pure."""

from dataclasses import dataclass, field
from datetime import date, datetime

from intake.domain.adjustments import Need
from intake.domain.case import Action, Kind, Status
from intake.domain.correspondence import Body, BreachStep, Sender
from intake.domain.people import Authority, Capacity, Replies, Standing

Day = date | datetime

#: In the order shown, in the groups shown.
PEOPLE = (
    Action.NOTE_REPRESENTATIVE,
    Action.NOTE_GROUP,
    Action.NOTE_MEMBER,
    Action.NOTE_CONTACT,
    Action.CHECK_STANDING,
)
LETTERS = (
    Action.NOTE_LETTER,
    Action.ANSWER_LETTER,
    Action.NOTE_PROCEEDINGS,
    Action.END_PROCEEDINGS,
    Action.REFER_ELSEWHERE,
)
NEEDS = (
    Action.AGREE_ADJUSTMENT,
    Action.REVIEW_ADJUSTMENT,
    Action.RAISE_DATA_PROTECTION,
    Action.SEE_TO_BREACH,
    Action.HOLD,
    Action.RELEASE,
)
#: Apart from the people: no menu of Slack's holds more than five.
IDENTITY = (Action.CHECK_WRITER,)
GROUPS = (PEOPLE, LETTERS, NEEDS, IDENTITY)
AROUND = frozenset(step for group in GROUPS for step in group)
#: Where a case has no matter yet, or none any more.
BARE = frozenset({Status.AWAITING_TRIAGE, Status.RECORDED_IN_ERROR})


@dataclass(frozen=True, kw_only=True)
class RepresentationLine:
    """Who acts for the resident, without a name."""

    capacity: Capacity
    authority: Authority
    replies: Replies
    why: str


@dataclass(frozen=True, kw_only=True)
class MemberLine:
    """One of those who complain together; the name shows in forms only."""

    id: int
    name: str = field(repr=False)
    lead: bool
    copied: bool
    alone: bool


@dataclass(frozen=True, kw_only=True)
class LetterInLine:
    """A letter from somebody who is not the resident, and what is owed to them by when."""

    id: int
    sender: Sender
    received_on: date
    #: The sooner date of each clock that runs: its name, and its last day.
    owed: tuple[tuple[str, Day], ...]
    due_at: datetime | None
    answered: bool
    evidence: str = ""

    def overdue(self, now: datetime) -> bool:
        """Whether it is still owed past its day."""
        return not self.answered and self.due_at is not None and self.due_at < now


@dataclass(frozen=True, kw_only=True)
class AdjustmentLine:
    """What was agreed with a resident, and when it is looked at again."""

    id: int
    need: Need
    review_on: date


@dataclass(frozen=True, kw_only=True)
class BreachLine:
    """A possible breach of personal data."""

    id: int
    report_by: datetime | None
    decided: BreachStep | None


@dataclass(frozen=True, kw_only=True)
class Around:
    """All that stands around one case."""

    #: Written by somebody else who has shown no authority.
    standing_in: bool = False
    representation: RepresentationLine | None = None
    #: Why letters go to nobody, or to somebody other than the writer.
    contact: str = ""
    reachable: bool = True
    members: tuple[MemberLine, ...] = ()
    standing: Standing | None = None
    letters: tuple[LetterInLine, ...] = ()
    #: The words of the issues that are before a court.
    stopped: frozenset[str] = field(default=frozenset(), repr=False)
    referred: tuple[Body, ...] = ()
    adjustments: tuple[AdjustmentLine, ...] = ()
    breaches: tuple[BreachLine, ...] = ()
    #: Whether nothing of it is removed until a person ends that.
    held: bool = False

    def steps(self, kind: Kind, status: Status) -> tuple[Action, ...]:
        """Return what staff can record beside the life of a case, whatever letter waits."""
        if status in BARE:
            return ()
        asked_for = {
            Action.NOTE_GROUP: kind is Kind.COMPLAINT,
            Action.NOTE_MEMBER: kind is Kind.COMPLAINT and bool(self.members),
            Action.ANSWER_LETTER: any(not letter.answered for letter in self.letters),
            Action.NOTE_PROCEEDINGS: kind is Kind.COMPLAINT,
            Action.END_PROCEEDINGS: bool(self.stopped),
            Action.REVIEW_ADJUSTMENT: bool(self.adjustments),
            Action.RAISE_DATA_PROTECTION: kind is not Kind.DP_COMPLAINT,
            Action.SEE_TO_BREACH: any(b.decided is None for b in self.breaches),
            Action.HOLD: not self.held,
            Action.RELEASE: self.held,
        }
        offered = (step for group in GROUPS for step in group)
        return tuple(step for step in offered if asked_for.get(step, True))
