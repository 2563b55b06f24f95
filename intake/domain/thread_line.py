"""What a card says of whose a message is: frozen, and no words of any resident's."""

from dataclasses import dataclass
from datetime import date, datetime

from intake.domain.case import Kind, Status
from intake.domain.identity import Rung
from intake.domain.thread import Standing, Way, Why


@dataclass(frozen=True, kw_only=True)
class CaseName:
    """A case as it is named beside a message, and why it is."""

    id: int
    reference: str
    kind: Kind
    status: Status
    why: Why | None = None


@dataclass(frozen=True, kw_only=True)
class StageTwo:
    """A complaint of which a message reads as asking for stage 2, and what is owed for that."""

    case: CaseName
    #: By when it would be acknowledged; none where no clock runs for it any more.
    acknowledge_by: date | datetime | None


@dataclass(frozen=True, kw_only=True)
class ThreadLine:
    """How a message stands to the cases there are, and how well we know who writes."""

    standing: Standing
    way: Way | None
    rung: Rung
    #: Whether somebody passed it on, and whether our edge vouches for whoever did.
    passed_on: bool = False
    proven: bool = False
    why_automatic: str = ""
    joined: tuple[CaseName, ...] = ()
    suggested: tuple[CaseName, ...] = ()
    #: Of which complaint it reads as asking for stage 2, until a person decides.
    requests: tuple[StageTwo, ...] = ()
    seq: int = 0
    #: Who decided whose it is, or has seen it.
    by: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Further:
    """What came after the message that opened a case."""

    count: int = 0
    last_at: datetime | None = None
