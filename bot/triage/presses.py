"""What a press does, wherever it was made: one transaction on the record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.triage.views import ISSUES, KINDS, NOT_OURS, OUTCOME
from intake.decide import Press, confirm, mark_sent, undo
from intake.domain.case import Kind
from intake.domain.clock import Clock
from intake.domain.landlord import Landlord
from intake.domain.summary import MessageSummary
from intake.domain.triage import decision
from intake.store.database import Database
from intake.store.summaries import load_message_summary


class StalePressError(Exception):
    """What was pressed is no button of ours, or says nothing we can read."""


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """A press as it came in: on which drawing of which message, by whom, known by which key."""

    value: str
    by: str
    key: str

    @property
    def message_id(self) -> int:
        """Return the message it is about.

        Raises:
            StalePressError: it carries none.
        """
        return self._numbers()[0]

    def on(self, landlord: str) -> Press:
        """Return it as the record knows it."""
        message_id, version = self._numbers()
        return Press(
            landlord=landlord, message_id=message_id, version=version, by=self.by, key=self.key
        )

    def _numbers(self) -> tuple[int, int]:
        message_id, _, version = self.value.partition(":")
        try:
            return int(message_id), int(version)
        except ValueError:
            raise StalePressError(f"{self.value[:40]!r} names no message") from None


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What was filled in on a form."""

    kinds: tuple[Kind, ...] = ()
    issues: str = field(default="", repr=False)
    outcome: str = field(default="", repr=False)
    not_ours: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class Presses:
    """The presses of one landlord's staff."""

    db: Database
    landlord: Landlord
    clock: Clock
    #: Called when something was recorded, so that nobody waits for the next look for work.
    done: Callable[[], None]

    async def see(self, message_id: int) -> MessageSummary:
        """Return a message as its record stands.

        Raises:
            MessageNotFoundError: this landlord has no such message.
        """
        return await self.db.read(load_message_summary, self.landlord.key, message_id)

    async def confirm(self, pressed: Pressed, filled: Filled) -> None:
        """Record what staff say that a message is.

        Raises:
            IncompleteError: something must be filled in.
            OvertakenError: somebody was first.
        """
        decided = decision(
            filled.kinds,
            issues=filled.issues,
            outcome=filled.outcome,
            not_responsible=filled.not_ours,
        )
        press = pressed.on(self.landlord.key)
        await self.db.run(confirm, press, decided, self.landlord, at=self.clock())
        self.done()

    async def undo(self, pressed: Pressed) -> None:
        """Take a decision back, and its letter while it waits.

        Raises:
            OvertakenError: the letter has gone, or somebody was first.
        """
        await self.db.run(undo, pressed.on(self.landlord.key), at=self.clock())
        self.done()

    async def mark_sent(self, pressed: Pressed) -> None:
        """Record that somebody told the resident another way.

        Raises:
            OvertakenError: no letter waits for a person, or somebody was first.
        """
        await self.db.run(mark_sent, pressed.on(self.landlord.key), self.landlord, at=self.clock())
        self.done()

    def now(self) -> datetime:
        """Return the present moment, for drawing."""
        return self.clock()


def needs_form(message: MessageSummary) -> bool:
    """Whether confirming what is proposed takes more than a press (Code 5.6)."""
    return Kind.COMPLAINT in message.kinds


def filled_from(values: Mapping[str, object], *, kinds: tuple[Kind, ...] = ()) -> Filled:
    """Return what a form's fields say; `kinds` are those proposed, where the form does not ask."""
    chosen = values.get(KINDS)
    if isinstance(chosen, list):
        kinds = tuple(kind for kind in Kind if kind in chosen)
    return Filled(
        kinds=kinds,
        issues=str(values.get(ISSUES) or ""),
        outcome=str(values.get(OUTCOME) or ""),
        not_ours=str(values.get(NOT_OURS) or ""),
    )
