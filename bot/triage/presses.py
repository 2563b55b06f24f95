"""What a press does, wherever it was made: one transaction on the record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.triage.fields import ISSUES, KINDS, NOT_OURS, OUTCOME, Values
from bot.triage.forms import hazard_form, step_form
from bot.triage.layout import Block
from bot.triage.steps import read_hazard, read_step
from bot.triage.views import SEE_TO
from intake.decide import confirm, mark_sent, undo
from intake.domain.case import Action, ForbiddenError, Kind
from intake.domain.clock import Clock
from intake.domain.landlord import Landlord
from intake.domain.lengths import london_day
from intake.domain.summary import MessageSummary
from intake.domain.triage import IncompleteError, decision
from intake.press import CasePress, Press
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

    @property
    def target(self) -> tuple[str, int]:
        """Return what of the message it is about: `c` a case or `h` a hazard, and which.

        Raises:
            StalePressError: it says neither.
        """
        what = self._part(2)
        if what[:1] not in {"c", "h"} or not what[1:].isdecimal():
            raise StalePressError(f"{self.value[:40]!r} names no case or hazard")
        return what[0], int(what[1:])

    @property
    def step(self) -> str:
        """Return which step it takes."""
        return self._part(3)

    def _part(self, place: int) -> str:
        parts = self.value.split(":")
        return parts[place] if place < len(parts) else ""

    def _numbers(self) -> tuple[int, int]:
        try:
            return int(self._part(0)), int(self._part(1))
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

    async def ask(self, pressed: Pressed) -> Block:
        """Return the form of the step that was chosen, as the record stands.

        Raises:
            MessageNotFoundError: this landlord has no such message.
            StalePressError: the step is none that can be taken now.
        """
        message = await self.see(pressed.message_id)
        what, target_id = pressed.target
        if what == "h":
            for hazard in message.hazards:
                if hazard.id == target_id and pressed.step == SEE_TO:
                    return hazard_form(message, hazard)
        for case in message.cases:
            if what == "c" and case.id == target_id and pressed.step in case.steps:
                today = london_day(self.clock())
                return step_form(message, case, Action(pressed.step), today=today)
        raise StalePressError(f"{pressed.value[:40]!r} can no longer be done")

    async def take(self, pressed: Pressed, values: Values) -> None:
        """Take a step with what was filled in.

        Raises:
            IncompleteError: something must be filled in, or the Code asks for something else.
            OvertakenError: somebody was first.
        """
        message = await self.see(pressed.message_id)
        what, target_id = pressed.target
        press = pressed.on(self.landlord.key)
        about = CasePress(**vars(press), case_id=target_id)
        if what == "h":
            deed = read_hazard(values, target_id)
        else:
            kinds = {case.id: case.kind for case in message.cases}
            if target_id not in kinds or pressed.step not in set(Action):
                raise StalePressError(f"{pressed.value[:40]!r} names no step of a case")
            deed = read_step(Action(pressed.step), kinds[target_id], values)
        try:
            await self.db.run(deed, about, self.landlord, at=self.clock())
        except ForbiddenError as error:
            if not error.field:
                raise
            raise IncompleteError({error.field: str(error)}) from error
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
