"""What is shown of a record: frozen, redacted, and no more than a card needs."""

from dataclasses import dataclass, field
from datetime import date, datetime

from classifier.labels import Band, Flag, Hazard, Label, RedactedText
from intake.domain.case import CaseEvent, Kind, Status
from intake.domain.letter import LetterKind, LetterState
from intake.domain.message import Automatic, Channel

Day = date | datetime


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

    def overdue(self, now: datetime) -> bool:
        """Whether it still runs past its sooner date."""
        return self.ended_at is None and self.due_at is not None and self.due_at < now


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    """One case of a message."""

    id: int
    reference: str
    kind: Kind
    status: Status
    clocks: tuple[ClockLine, ...]


@dataclass(frozen=True, kw_only=True)
class HazardLine:
    """One hazard that a message speaks of."""

    category: Hazard | None
    emergency: bool
    clocks: tuple[ClockLine, ...]


@dataclass(frozen=True, kw_only=True)
class LetterLine:
    """The letter of a message, and where it is on its way."""

    kind: LetterKind
    state: LetterState
    send_at: datetime
    sent_at: datetime | None
    proof: str = field(default="", repr=False)


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
    letter: LetterLine | None
    last: CaseEvent | None

    @property
    def awaits_triage(self) -> bool:
        """Whether nobody has decided yet."""
        return any(case.status is Status.AWAITING_TRIAGE for case in self.cases)

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
