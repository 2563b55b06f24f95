"""Job kind -> coroutine: the table that says who does what.

Reading, judging, redacting and carrying happen here, between transactions; the steps are the
transactions.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError

from bot.attachments import FileLooker
from bot.child import TooSlowError
from bot.slack.cards import Board, CardGoneError
from bot.telling import Telling
from bot.triage.alerts import alert_card
from bot.triage.views import Card, pen_card, triage_card
from classifier.labels import Assessment, Band, Judge, Label, Redact
from intake.assess import Proposal, View, load_texts, propose_all
from intake.delivery.outcome import RefusedError, UnknownOutcomeError
from intake.domain.clock import Clock
from intake.domain.landlord import Landlord
from intake.domain.message import Delivery, Message, UnreadableError
from intake.domain.shown import UNSHOWN, Unassessed, hide
from intake.domain.summary import MessageSummary
from intake.mail.seal import Seal
from intake.read import Read, keep_all, load_delivery, set_aside
from intake.remind import remind
from intake.send import (
    Outgoing,
    Sending,
    put_back,
    record_refused,
    record_sent,
    record_unknown,
    start_sending,
)
from intake.store.database import Database
from intake.store.files import Files
from intake.store.jobs import DestinationError, Job, finish
from intake.store.posts import Place, note_posted, note_posting
from intake.store.summaries import load_message_summary, load_pen_summary
from intake.worker import Handler, Handlers

logger = logging.getLogger(__name__)

CLOCK_SKEW = 60  # seconds by which Slack's clock and ours may differ

SLOW_TRIES = 2
#: What is not told in Slack when it goes wrong there.
IN_SLACK = frozenset({"card", "pen_card", "nudge", "digest"})
RECORD_PAUSES = (0.1, 0.5, 2.0, 10.0)  # seconds, well within the lease

#: What is on record of a message that could not be judged: a person must look at it.
UNJUDGED = Assessment(labels=(Label.OTHER,), band=Band.POSSIBLE, model="none")

#: Makes sense of one delivery, within a budget.
Parse = Callable[[Delivery], Message]
#: Carries one letter and returns the other side's answer.
Carry = Callable[[Outgoing], Awaitable[str]]


@dataclass(frozen=True, kw_only=True)
class JobHandlers:
    """The handlers and what they need."""

    db: Database
    files: Files
    parse: Parse
    judge: Judge
    redact: Redact
    landlords: Mapping[str, Landlord]
    #: Under what each landlord's letters go out, and how they are carried.
    sendings: Mapping[str, Sending]
    carriers: Mapping[str, Carry]
    #: Each landlord's own channel in Slack; one without has the desk, which reads the record.
    boards: Mapping[str, Board]
    clock: Clock
    #: Who looks at the files that come with messages.
    looker: FileLooker
    #: Who tells staff unasked.
    telling: Telling

    def lanes(self) -> Sequence[Handlers]:
        """Say who does what, apart where one must not wait for the other's network."""
        return (
            {
                "read": Handler(self.read, together=True, give_up=self.give_up_reading),
                "assess": Handler(self.assess, together=True, give_up=self.give_up_assessing),
            },
            {
                # In turn: Slack takes about one post a second for a channel, and a message
                # whose cases make several cards at once must hang once.
                "card": Handler(self.card, queue=_landlord),
                "pen_card": Handler(self.pen_card, queue=_landlord),
                **self.telling.handlers(),
            },
            {
                "letter": Handler(self.letter, give_up=self.give_up_sending),
                "alert": Handler(self.alert),
                "remind": Handler(self.remind),
            },
            {"files": Handler(self.looker.look, give_up=self.looker.give_up)},
        )

    async def read(self, jobs: list[Job]) -> None:
        """Make sense of some deliveries, or set them aside, with one commit for all."""
        read = [await self._read(job) for job in jobs]
        await self.db.run(keep_all, read, now=self.clock())

    async def _read(self, job: Job) -> Read:
        """Make sense of one delivery, or say why nobody can."""
        delivery = await self.db.read(load_delivery, job, self.files)
        found: Message | str
        try:
            found = await asyncio.to_thread(self.parse, delivery)
        except TooSlowError as error:
            if job.faults < SLOW_TRIES:
                raise  # a fault of the job: it is tried again when the machine may be less busy
            found = str(error)
        except UnreadableError as error:
            found = str(error)
        return Read(job=job, found=found, landlord=self.landlords[job.landlord])

    async def assess(self, jobs: list[Job]) -> None:
        """Judge and redact several messages together; open their cases, with one commit for all."""
        messages = await self.db.read(load_texts, jobs, self._seals())
        views = await asyncio.to_thread(self._views, messages)
        await self._propose([*zip(jobs, views, strict=True)])

    async def card(self, jobs: list[Job]) -> None:
        """Show a message as its record stands."""
        [job] = jobs
        board = self.boards.get(job.landlord)
        if board is not None:
            message_id = job.payload["message_id"]
            summary = await self.db.read(load_message_summary, job.landlord, message_id)
            await self._show(board, summary)
        await self.db.run(finish, job)

    async def pen_card(self, jobs: list[Job]) -> None:
        """Tell staff of a delivery that could not be read."""
        [job] = jobs
        board = self.boards.get(job.landlord)
        if board is not None:
            pen = await self.db.read(load_pen_summary, job.landlord, job.payload["pen_id"])
            await board.post(pen_card(pen, now=self.clock()), f"pen-{pen.id}")
        await self.db.run(finish, job)

    async def letter(self, jobs: list[Job]) -> None:
        """Carry a letter, at most once, and put on record how it went."""
        [job] = jobs
        landlord, sending = self.landlords[job.landlord], self.sendings[job.landlord]
        letter = await self.db.run(start_sending, job, landlord, sending, now=self.clock())
        if letter is None:
            return
        try:
            answer = await self.carriers[job.landlord](letter)
        except DestinationError as error:
            await self.db.run(put_back, job, str(error))
            raise
        except RefusedError as error:
            await self.db.run(record_refused, job, str(error), now=self.clock())
        except UnknownOutcomeError:
            await self.db.run(record_unknown, job, now=self.clock())
        else:
            await self._record_sent(job, answer, landlord)

    async def remind(self, jobs: list[Job]) -> None:
        """Say on its card that a clock is about to end, or has ended unmet."""
        [job] = jobs
        await self.db.run(remind, job, self.landlords[job.landlord], now=self.clock())

    async def _record_sent(self, job: Job, answer: str, landlord: Landlord) -> None:
        """Put the proof on record, whatever hiccup the database has: nobody could say it later."""
        for pause in RECORD_PAUSES:
            try:
                await self.db.run(record_sent, job, answer, landlord, now=self.clock())
            except DBAPIError:
                await asyncio.sleep(pause)
            else:
                return
        await self.db.run(record_sent, job, answer, landlord, now=self.clock())

    async def give_up_reading(self, job: Job) -> None:
        """Leave to a person what we failed to read again and again."""
        await self.db.run(set_aside, job, "we failed to read it", now=self.clock())

    async def give_up_assessing(self, job: Job) -> None:
        """Open a case for what nothing could judge: a person reads it, and no clock is missed."""
        await self._propose([(job, (UNJUDGED, UNSHOWN))])

    async def give_up_sending(self, job: Job) -> None:
        """Hand to a person a letter that could not be sent, however often it was tried."""
        why = "It could not be sent, though it was tried again and again."
        await self.db.run(record_refused, job, why, now=self.clock())

    async def alert(self, jobs: list[Job]) -> None:
        """Say that work is in trouble: in the log, and in Slack unless that is the trouble."""
        [job] = jobs
        of, what = job.payload["of"], job.payload["what"]
        logger.error("work is in trouble", extra={"job_kind": of, "what": what})
        board = self.boards.get(job.landlord)
        if board is not None and of not in IN_SLACK:
            await board.post(alert_card(of, what), f"alert-{job.id}")
        await self.db.run(finish, job)

    async def _propose(self, views: Sequence[tuple[Job, View]]) -> None:
        proposals = [
            Proposal(
                job=job,
                view=view,
                landlord=self.landlords[job.landlord],
                seal=self.sendings[job.landlord].seal,
            )
            for job, view in views
        ]
        await self.db.run(propose_all, proposals, now=self.clock())

    def _seals(self) -> Mapping[str, Seal]:
        return {key: sending.seal for key, sending in self.sendings.items()}

    def _views(self, messages: Sequence[Unassessed]) -> list[View]:
        assessments = self.judge([message.text for message in messages])
        pairs = zip(messages, assessments, strict=True)
        return [(found, hide(message, found, self.redact)) for message, found in pairs]

    async def _show(self, board: Board, message: MessageSummary) -> None:
        """Post a card once and redraw it ever after; a post of unknown outcome is looked for."""
        own_id = f"message-{message.id}"
        hung = Place(landlord=message.landlord, message_id=message.id, channel=board.channel)
        post = await self.db.run(note_posting, hung, now=self.clock())
        if post.version == message.drawing:
            return
        card = triage_card(message, now=self.clock())
        ts = post.ts
        if ts is None and post.asked_before:
            ts = await board.find(own_id, since=post.asked_at.timestamp() - CLOCK_SKEW)
        ts = await self._hang(board, card, ts, own_id)
        await self.db.run(note_posted, hung, ts, version=message.drawing)

    async def _hang(self, board: Board, card: Card, ts: str | None, own_id: str) -> str:
        """Redraw a card where it hangs; one that somebody took down is hung up anew."""
        if ts is not None:
            with suppress(CardGoneError):
                await board.redraw(card, ts)
                return ts
        return await board.post(card, own_id)


def _landlord(job: Job) -> object:
    return job.landlord
