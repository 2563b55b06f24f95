"""What is shown of a record: frozen, redacted, and no more than a card needs."""

from dataclasses import dataclass, field
from datetime import date, datetime

from classifier.labels import Band, Flag, Hazard, Label, RedactedText
from intake.domain.around import Around
from intake.domain.attachment import AttachmentLine, FileCheck
from intake.domain.case import Action, CaseEvent, Kind, Status, actions_from
from intake.domain.hiding import HidingLine
from intake.domain.letter import (
    NEEDS_A_PERSON,
    NOT_GONE,
    PENDING,
    LetterKind,
    LetterState,
)
from intake.domain.message import Automatic, Channel
from intake.domain.moments import Warned
from intake.domain.outcome import OutcomeLines
from intake.domain.thread_line import Further, ThreadLine
from intake.domain.triage import is_blind

Day = date | datetime

#: What staff choose from a menu, in the order shown.
STEPS = (
    Action.ACKNOWLEDGE,
    Action.RESPOND,
    Action.EXTEND,
    Action.ESCALATE,
    Action.FORWARD,
    Action.TELL,
    Action.OFFER,
    Action.ANSWER_OFFER,
    Action.REFER,
    Action.REFUSE,
    Action.WITHDRAW,
    Action.CLOSE,
    Action.REOPEN,
)


@dataclass(frozen=True, kw_only=True)
class ClockLine:
    """One clock, as it stands."""

    name: str
    target: Day | None
    code: Day | None
    provisional: bool
    projected: bool
    why: str
    due_at: datetime | None
    ended_at: datetime | None
    met: bool | None
    met_target: bool | None
    extended: bool = False
    #: Where a response would be due, had its late acknowledgement been in time.
    backstop: date | None = None
    #: What staff were last reminded of.
    warned: Warned | None = None

    def overdue(self, now: datetime) -> bool:
        """Whether it still runs past its sooner date."""
        return self.ended_at is None and self.due_at is not None and self.due_at < now


@dataclass(frozen=True, kw_only=True)
class LetterLine:
    """A letter, and where it is on its way."""

    kind: LetterKind
    state: LetterState
    send_at: datetime
    sent_at: datetime | None
    proof: str = field(default="", repr=False)
    #: Who has it and who has its copy, where somebody acts for the resident.
    readers: str = ""


@dataclass(frozen=True, kw_only=True)
class PromiseLine:
    """Something promised in a response that is still to be done."""

    id: int
    what: str = field(repr=False)
    owner: str
    due: date


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    """One case of a message, with what decides which steps can follow."""

    id: int
    reference: str
    kind: Kind
    status: Status
    clocks: tuple[ClockLine, ...]
    stage: int = 1
    #: The points of a complaint and the outcome sought, as staff defined them.
    issues: tuple[str, ...] = field(default=(), repr=False)
    outcome: str = field(default="", repr=False)
    #: The latest letter about this case alone.
    letter: LetterLine | None = None
    #: The copy of one that a person has to give.
    copy: LetterLine | None = None
    #: Whether stage 1 was answered; whether its acknowledgement goes with the message's letter.
    responded: bool = False
    acknowledging: bool = False
    #: Whether the choice to complain was offered.
    offered: bool = False
    promises: tuple[PromiseLine, ...] = ()
    #: The people, letters and needs around it.
    around: Around = field(default_factory=Around)
    #: What is on record around it, beside its stages.
    outcomes: OutcomeLines = field(default_factory=OutcomeLines)

    @property
    def outcome_steps(self) -> tuple[Action, ...]:
        """What staff can put on record around it; none of that moves the case."""
        return self.outcomes.steps(self.kind, self.status, self.stage)

    @property
    def steps(self) -> tuple[Action, ...]:
        """What staff can do next, from the table of its kind."""
        letter = self.letter
        if letter is not None and letter.state in PENDING:
            back = (Action.TAKE_BACK,) * (letter.state in NOT_GONE)
            return back + (Action.GIVE_LETTER,) * (letter.state in NEEDS_A_PERSON)
        can = actions_from(self.kind, self.status)
        offered = (step for step in STEPS if step in can and self._makes_sense(step))
        give = (Action.GIVE_LETTER,) * (self.copy is not None)
        return (*offered, *[Action.COMPLETE] * bool(self.promises), *give)

    def _makes_sense(self, step: Action) -> bool:
        if step is Action.ESCALATE:
            return self.stage == 1 and self.responded
        if step is Action.ACKNOWLEDGE:
            return not self.acknowledging
        if step in {Action.OFFER, Action.ANSWER_OFFER}:
            return self.offered is (step is Action.ANSWER_OFFER)
        return True


@dataclass(frozen=True, kw_only=True)
class HazardLine:
    """One hazard that a message speaks of."""

    id: int
    category: Hazard | None
    emergency: bool
    clocks: tuple[ClockLine, ...]
    dismissed_by: str | None = None
    dismissed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class MessageSummary:
    """All that a card shows of one message and the cases it opened."""

    id: int
    landlord: str
    #: How many events its cases have: a press on an older drawing is refused.
    version: int
    reference: str
    channel: Channel
    public: bool
    permalink: str
    received_at: datetime
    automatic: Automatic | None
    author: RedactedText
    subject: RedactedText
    text: RedactedText
    #: What is filled in for staff when they confirm a complaint.
    issues: RedactedText
    outcome: RedactedText
    pictures: int
    files: int
    on_behalf: bool
    problems: tuple[str, ...]
    labels: tuple[Label, ...]
    band: Band
    flags: tuple[Flag, ...]
    reasons: tuple[str, ...]
    acknowledge_by: Day | None
    cases: tuple[CaseLine, ...]
    hazards: tuple[HazardLine, ...]
    #: Those that staff found to be none.
    dismissed: tuple[HazardLine, ...]
    letter: LetterLine | None
    last: CaseEvent | None
    #: The files that came with it, where their content came too.
    attachments: tuple[AttachmentLine, ...] = ()
    #: Whose it is, and what came after it.
    thread: ThreadLine | None = None
    further: Further = field(default_factory=Further)
    #: Our own addresses that it came to, by all its roads.
    came_to: tuple[str, ...] = ()
    #: What is hidden in it, and what reviewers made of that.
    hiding: HidingLine = field(default_factory=HidingLine)

    @property
    def drawing(self) -> int:
        """Which drawing of the card this is: what was found in a file changes it, or a review."""
        found = sum(bool(a.name) + (a.check is not FileCheck.PENDING) for a in self.attachments)
        return self.version + found + self.hiding.reviews

    @property
    def awaits_triage(self) -> bool:
        """Whether nobody has decided yet."""
        return any(case.status is Status.AWAITING_TRIAGE for case in self.cases)

    @property
    def blind(self) -> bool:
        """Whether staff are to decide without seeing what is proposed."""
        return self.awaits_triage and is_blind(self.id)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What it is proposed or recorded as."""
        return tuple(c.kind for c in self.cases if c.status is not Status.RECORDED_IN_ERROR)


@dataclass(frozen=True, kw_only=True)
class PenSummary:
    """A delivery that could not be read, for a person to look at."""

    id: int
    landlord: str
    reference: str
    channel: Channel
    reason: str
    size: int
    arrived_at: datetime
