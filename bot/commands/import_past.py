"""What a trial has read of each matter so far, so that what follows is judged as it would be live.

Nobody triages in a trial: each case that would be opened goes on until its end.
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from classifier.labels import Assessment, Flag, Hazard, History
from intake.domain.case import Kind, Status
from intake.domain.message import Message
from intake.domain.thread import MACHINES, NOBODYS, Matter, fresh_hazards, kinds_beside, opens
from intake.domain.triage import is_hazard, kinds_of

MOST_REMEMBERED = 100_000  # mails that an answer may name; of more, the earliest are forgotten


@dataclass
class Conversation:
    """The mails of one writer that belong together, and what they would have opened."""

    contacts: int = 0
    kinds: set[Kind] = field(default_factory=set)
    hazards: set[Hazard | None] = field(default_factory=set)
    #: When the first date of its cases has passed, and when the landlord first answered.
    due: datetime | None = None
    answered: datetime | None = None

    def matters(self, at: datetime) -> list[Matter]:
        """Return what goes on in it; dissatisfaction after an answer is more than the answered."""
        over = self.answered is not None and self.answered < at
        after = {Kind.COMPLAINT: Status.RESPONDED} if over else {}
        here = Status.AWAITING_TRIAGE
        return [Matter(kind=kind, status=after.get(kind, here)) for kind in sorted(self.kinds)]

    def history(self, at: datetime) -> History:
        """Return what a message of it is judged with."""
        return History(
            contacts=self.contacts,
            open_request=Kind.SERVICE_REQUEST in self.kinds,
            overdue=self.due is not None and self.due < at,
        )


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What one mail would open, beside what is open already."""

    kinds: tuple[Kind, ...]
    hazards: tuple[Hazard | None, ...]


@dataclass
class Past:
    """The conversations so far, by the mails that an answer may name."""

    _said: OrderedDict[tuple[str, str], Conversation] = field(default_factory=OrderedDict)

    def find(self, message: Message) -> Conversation | None:
        """Return what a message goes on with: it answers an earlier one of the same writer."""
        writer = _writer(message)
        found = (self._said.get((writer, own_id)) for own_id in reversed(message.answers))
        return next((known for known in found if known is not None), None)

    def opened(self, message: Message, assessment: Assessment, *, at: datetime) -> Opened:
        """Return what a message that was received then would open."""
        known = self.find(message)
        proposed = kinds_of(assessment)
        if known is None:
            hazards = () if message.automatic in NOBODYS else _hazards(assessment, ())
            return Opened(kinds=opens(message.automatic, proposed), hazards=hazards)
        if message.automatic in MACHINES:
            return Opened(kinds=(), hazards=())
        hazards = _hazards(assessment, tuple(known.hazards))
        kinds = kinds_beside(proposed, known.matters(at), hazards=bool(hazards))
        return Opened(kinds=kinds, hazards=hazards)

    def note(
        self,
        message: Message,
        opened: Opened,
        *,
        ends: Iterable[datetime | None],
        answered: datetime | None,
    ) -> None:
        """Remember a message and what it opened, when its clocks end, and when it was answered."""
        known = self.find(message)
        if known is None and not opened.kinds:
            return  # a machine's, of no case: nobody goes on with it
        known = known or Conversation()
        known.contacts += 1
        known.kinds |= {*opened.kinds}
        known.hazards |= {*opened.hazards}
        known.due = _first(known.due, *ends)
        known.answered = _first(known.answered, answered)
        if message.own_id:
            self._said[_writer(message), message.own_id] = known
        while len(self._said) > MOST_REMEMBERED:
            self._said.popitem(last=False)


def _hazards(assessment: Assessment, running: Sequence[Hazard | None]) -> tuple[Hazard | None, ...]:
    if not is_hazard(assessment):
        return ()
    emergency = Flag.EMERGENCY in assessment.flags
    said: list[Hazard | None] = [*assessment.hazards] or [None]
    return fresh_hazards(said, running, emergency=emergency)


def _first(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def _writer(message: Message) -> str:
    return (message.sender or message.reply_to).casefold()
