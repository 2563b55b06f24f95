"""What a press does, wherever it was made: one transaction on the record."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from bot.triage.deciding import change_form, confirm_form
from bot.triage.fields import (
    ISSUES,
    KINDS,
    NOT_OURS,
    OUTCOME,
    OVERRIDE,
    SEE,
    WAY,
    Values,
    words,
)
from bot.triage.forms import hazard_form, step_form
from bot.triage.hiding import hiding_form
from bot.triage.hiding_steps import read_hiding
from bot.triage.layout import Block
from bot.triage.outcome_forms import outcome_form
from bot.triage.outcome_steps import OUTCOME_READINGS, read_outcome, read_survey_offer
from bot.triage.people_forms import people_form
from bot.triage.people_steps import read_people
from bot.triage.previews import (
    UNWRITTEN,
    UnsaidError,
    overridden,
    preview_form,
    unwritten_form,
)
from bot.triage.steps import Deed, read_hazard, read_step
from bot.triage.thread_steps import read_thread
from bot.triage.threads import thread_form
from bot.triage.views import SEE_TO
from classifier.labels import Redact
from intake.decide import confirm, mark_sent, undo
from intake.domain.around import AROUND
from intake.domain.case import Action, ForbiddenError, Kind
from intake.domain.case_letter import MissingPartError
from intake.domain.clock import Clock
from intake.domain.hiding import sparing
from intake.domain.landlord import Landlord
from intake.domain.lengths import london_day
from intake.domain.letter_check import check_letter, stops
from intake.domain.letter_draft import Draft, Problem
from intake.domain.message import Channel
from intake.domain.preview import Preview
from intake.domain.summary import CaseLine, MessageSummary
from intake.domain.triage import IncompleteError, decision
from intake.press import CasePress, Press
from intake.store.database import Database
from intake.store.hiding import load_kept
from intake.store.summaries import load_message_summary
from intake.words import rehearse, rehearse_triage, take_seen, triage_seen


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
        """Return what of the message it is about: `c` a case, `h` a hazard, `t` a thread, `m` it.

        Raises:
            StalePressError: it says neither.
        """
        what = self._part(2)
        if what[:1] not in {"c", "h", "t", "m"} or not what[1:].isdecimal():
            raise StalePressError(f"{self.value[:40]!r} names no case or hazard")
        return what[0], int(what[1:])

    @property
    def step(self) -> str:
        """Return which step it takes."""
        return self._part(3)

    @property
    def seen(self) -> str:
        """Return which letter was looked at before this press, if any."""
        return self._part(4)

    @property
    def seen_at_triage(self) -> str:
        """Return which acknowledgement was looked at before a triage, if any."""
        return self._part(2)

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
    #: Whether it was filled in on the form that asks for the kinds.
    changes: bool = False
    #: Whether the letter is to be seen first, and why it goes although its check failed.
    see: bool = False
    override: str = field(default="", repr=False)

    @property
    def values(self) -> Values:
        """The fields once more, for a form that shows them again."""
        return {
            KINDS: list(self.kinds),
            ISSUES: self.issues,
            OUTCOME: self.outcome,
            NOT_OURS: self.not_ours,
            SEE: [SEE] * self.see,
            OVERRIDE: self.override,
        }


@dataclass(frozen=True, kw_only=True)
class Presses:
    """The presses of one landlord's staff."""

    db: Database
    landlord: Landlord
    clock: Clock
    #: Called when something was recorded, so that nobody waits for the next look for work.
    done: Callable[[], None]
    #: Finds other people's personal data in a letter; none where no model is loaded.
    redact: Callable[[], Redact | None] = lambda: None

    async def see(self, message_id: int) -> MessageSummary:
        """Return a message as its record stands.

        Raises:
            MessageNotFoundError: this landlord has no such message.
        """
        return await self.db.read(load_message_summary, self.landlord.key, message_id)

    async def confirm(self, pressed: Pressed, filled: Filled) -> Block | None:
        """Record what staff say that a message is, or return its letter, to be looked at first.

        A letter that is whole goes without being asked for.

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
        press, at = pressed.on(self.landlord.key), self.clock()
        decide = partial(confirm, decision=decided)
        try:
            preview = await self.db.run(rehearse_triage, press, self.landlord, decide, at=at)
        except MissingPartError as error:
            asked, override = await self._see_unwritten(pressed, filled, str(error))
        else:
            asked, override = await self._see_letter(pressed, filled, preview)
        if asked is None:
            seen = partial(triage_seen, override=override, at=at)
            await self.db.run(seen, press, self.landlord, decide)
            self.done()
        return asked

    async def _see_letter(
        self, pressed: Pressed, filled: Filled, preview: Preview | None
    ) -> tuple[Block | None, str]:
        """Return the letter where it is to be looked at; else why it goes if its check failed."""
        if preview is None:
            return None, ""
        stopped = stops(check_letter(preview.draft, None))
        seen = pressed.seen_at_triage == preview.digest
        if seen and not (stopped and not filled.override):
            return None, overridden(stopped, filled.override) if stopped else ""
        if not (stopped or filled.see):
            return None, ""
        problems = await self._check(preview.draft)
        form = preview_form(
            await self._deciding_form(pressed, filled), preview, problems, filled.values
        )
        if seen:
            raise UnsaidError(form)
        return form, ""

    async def _check(self, draft: Draft) -> tuple[Problem, ...]:
        """Check a letter, whose landlord keeps what reviewers found to be no personal data."""
        redact = self.redact()
        if redact is not None:
            kept = await self.db.read(load_kept, self.landlord.key)
            redact = sparing(redact, kept)
        return await asyncio.to_thread(check_letter, draft, redact)

    async def _see_unwritten(
        self, pressed: Pressed, filled: Filled, why: str
    ) -> tuple[Block | None, str]:
        seen = pressed.seen_at_triage == UNWRITTEN
        if seen and filled.override:
            return None, f"{filled.override}\n{why}"
        form = unwritten_form(await self._deciding_form(pressed, filled), why, filled.values)
        if seen:
            raise UnsaidError(form)
        return form, ""

    async def _deciding_form(self, pressed: Pressed, filled: Filled) -> Block:
        message = await self.see(pressed.message_id)
        return change_form(message) if filled.changes else confirm_form(message)

    async def undo(self, pressed: Pressed) -> None:
        """Take a decision back, and its letter while it waits.

        Raises:
            OvertakenError: the letter has gone, or somebody was first.
        """
        await self.db.run(undo, pressed.on(self.landlord.key), self.landlord, at=self.clock())
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
        if what == "t" and (asked := thread_form(message, target_id, pressed.step)) is not None:
            return asked
        if what == "m" and (asked := hiding_form(message, pressed.step)) is not None:
            return asked
        for case in message.cases:
            form = self._form(message, case, pressed.step)
            if what == "c" and case.id == target_id and form is not None:
                return form
        raise StalePressError(f"{pressed.value[:40]!r} can no longer be done")

    async def take(self, pressed: Pressed, values: Values) -> Block | None:
        """Take a step with what was filled in, or return its letter, to be looked at first.

        Raises:
            IncompleteError: something must be filled in, or the Code asks for something else.
            OvertakenError: somebody was first.
        """
        message = await self.see(pressed.message_id)
        what, target_id = pressed.target
        press = pressed.on(self.landlord.key)
        about = CasePress(**vars(press), case_id=target_id)
        if what in {"t", "m"}:  # of a message that may have no case: it sends nothing to look at
            step = pressed.step
            own = read_thread(step) if what == "t" else read_hiding(step, values)
            await self.db.run(own, about, self.landlord, at=self.clock())
            self.done()
            return None
        if what == "h":
            deed = read_hazard(values, target_id)
        else:
            kinds = {case.id: case.kind for case in message.cases}
            if target_id not in kinds or pressed.step not in set(Action):
                raise StalePressError(f"{pressed.value[:40]!r} names no step of a case")
            step = Action(pressed.step)
            deed = self._deed(step, kinds[target_id], values, channel=message.channel)
        try:
            asked = await self._take(pressed, about, deed, values)
        except ForbiddenError as error:
            if not error.field:
                raise
            raise IncompleteError({error.field: str(error)}) from error
        if asked is None:
            self.done()
        return asked

    async def _take(
        self, pressed: Pressed, about: CasePress, deed: Deed, values: Values
    ) -> Block | None:
        """Take a step whose letter was seen as it would go now, and that its check lets go."""
        at, reason = self.clock(), words(values, OVERRIDE)
        try:
            preview = await self.db.run(rehearse, about, self.landlord, deed, at=at)
        except MissingPartError as error:
            raise IncompleteError({WAY: f"{error}: tell them another way"}) from error
        override = ""
        if preview is not None:
            problems = await self._check(preview.draft)
            stopped = stops(problems)
            form = preview_form(await self.ask(pressed), preview, problems, values)
            if pressed.seen != preview.digest:
                return form
            if stopped and not reason:
                raise UnsaidError(form)
            override = overridden(problems, reason) if stopped else ""
        await self.db.run(take_seen, about, self.landlord, deed, override=override, at=at)
        return None

    def _form(self, message: MessageSummary, case: CaseLine, wanted: str) -> Block | None:
        today, policy = london_day(self.clock()), self.landlord.policy
        if wanted in case.steps:
            return step_form(message, case, Action(wanted), today=today)
        if wanted in case.around.steps(case.kind, case.status):
            return people_form(message, case, Action(wanted), policy=policy, today=today)
        if wanted in case.outcome_steps:
            return outcome_form(message, case, Action(wanted), policy=policy, today=today)
        return None

    def _deed(self, step: Action, kind: Kind, values: Values, *, channel: Channel) -> Deed:
        if step in OUTCOME_READINGS:
            return read_outcome(step, values)
        if step is Action.OFFER and channel is Channel.SURVEY:
            return read_survey_offer(values)
        return read_people(step, values) if step in AROUND else read_step(step, kind, values)

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
        changes=isinstance(chosen, list),
        see=bool(values.get(SEE)),
        override=words(values, OVERRIDE),
    )
