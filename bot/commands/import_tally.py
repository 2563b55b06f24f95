"""What a trial of `heard import` counts, and how it says so in plain words. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from typing_extensions import override

from classifier.labels import Assessment, Band, Flag

MOST_NAMED = 10  # mails that the summary names


@dataclass(frozen=True, kw_only=True)
class Named:
    """Where a mail lies, and when it was received."""

    file: str
    number: int
    received: datetime

    @override
    def __str__(self) -> str:
        """Say where it lies, so that somebody can look."""
        return f"{self.file}, mail {self.number}, received {self.received:%-d %B %Y}"


@dataclass
class Tally:
    """The counts of one trial."""

    mails: int = 0
    sent: int = 0
    repeats: int = 0
    answered: int = 0
    faults: int = 0
    first: datetime | None = None
    last: datetime | None = None
    held: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    machines: Counter[str] = field(default_factory=Counter)
    possible: int = 0
    hazards: Counter[str] = field(default_factory=Counter)
    emergencies: int = 0
    missed: list[Named] = field(default_factory=list)
    missed_marked: int = 0

    def note(self, received: datetime, assessment: Assessment, automatic: str | None) -> None:
        """Count one mail that would be recorded."""
        self.mails += 1
        self.first = min(self.first or received, received)
        self.last = max(self.last or received, received)
        if automatic is not None:
            self.machines[automatic] += 1
        self.labels.update(str(label) for label in assessment.labels)
        self.possible += assessment.band is Band.POSSIBLE
        self.hazards.update(str(hazard) for hazard in assessment.hazards)
        self.emergencies += Flag.EMERGENCY in assessment.flags

    def note_missed(self, named: Named, band: Band) -> None:
        """Count one complaint that nobody answered in time."""
        self.missed.append(named)
        self.missed_marked += band is Band.MARKED

    def say(self, whose: str) -> Iterator[str]:
        """Say what was found, a line each, the most important last."""
        yield f"A trial for {whose}: nothing was written."
        if self.first is not None and self.last is not None:
            days = f"from {self.first:%-d %B %Y} to {self.last:%-d %B %Y}"
            yield f"{self.mails} mails would be recorded, received {days}."
        else:
            yield "No mail would be recorded."
        if self.labels:
            yield f"They read as {_counted(self.labels)} (one mail can be several)."
        if self.machines:
            yield f"Of these a program sent: {_counted(self.machines)}."
        if self.hazards or self.emergencies:
            named = _counted(self.hazards) or "of no category"
            yield f"Hazards: {named}; emergencies: {self.emergencies}."
        yield from self._left_out()
        yield from self._complaints()

    def _left_out(self) -> Iterator[str]:
        if self.sent:
            yield f"{self.sent} that the landlord wrote are not messages, and count as answers."
        if self.repeats:
            yield f"{self.repeats} are there twice, and would be recorded once."
        for why, count in sorted(self.held.items()):
            yield f"{count} would lie in the holding pen: {why}."
        if self.faults:
            yield f"{self.faults} could not be taken in: see the lines above."

    def _complaints(self) -> Iterator[str]:
        marked, possible = self.labels["complaint"], self.possible
        yield f"Complaints: {marked}; possible ones, of which staff would be asked: {possible}."
        count, sure = len(self.missed), self.missed_marked
        yield (
            f"Without an answer in this mailbox by the day on which it had to be acknowledged: "
            f"{count} ({sure} complaints, {count - sure} possible ones)."
        )
        earliest = sorted(self.missed, key=lambda named: named.received)[:MOST_NAMED]
        yield from (f"  {named}" for named in earliest)
        if count > len(earliest):
            yield f'  and {count - len(earliest)} later ones: those with "missed_complaint": true'


def _counted(counts: Counter[str]) -> str:
    named = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in named)
