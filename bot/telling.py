"""Who tells staff unasked: reminders, the morning's digest, and whether the audit trail holds."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.checkpoints import CheckpointError, Checkpoints
from bot.slack.cards import Board
from bot.triage.alerts import digest_card, nudge_card
from bot.triage.views import Card
from intake.clocks import working_days
from intake.domain.clock import Clock
from intake.domain.digest import Digest
from intake.domain.landlord import Landlord
from intake.remind import begin_digest, load_nudge, promise_checkpoint, promise_digests
from intake.store.audit import load_extended, load_heads
from intake.store.database import Database
from intake.store.digests import load_digest
from intake.store.jobs import Job, finish
from intake.worker import Handler, Handlers

logger = logging.getLogger(__name__)

CLOCK_SKEW = timedelta(minutes=1)  # by which Slack's clock and ours may differ


class BrokenTrailError(Exception):
    """The record no longer holds what a checkpoint says: a person must look, with an audit."""


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What tells staff, and what it needs."""

    db: Database
    landlords: Mapping[str, Landlord]
    #: A landlord without one reads the same at the desk.
    boards: Mapping[str, Board]
    checkpoints: Checkpoints
    clock: Clock

    def handlers(self) -> Handlers:
        """Say who does what; for each landlord in turn, as its channel takes one at a time."""
        return {
            "nudge": Handler(self.nudge, queue=_landlord),
            "digest": Handler(self.digest, queue=_landlord),
            "checkpoint": Handler(self.checkpoint, queue=_landlord),
        }

    def promise(self, session: Session) -> None:
        """Promise what comes daily, where it is not promised yet; at each start."""
        now = self.clock()
        promise_digests(session, self.landlords.values(), now=now)
        for key in self.landlords:
            promise_checkpoint(session, key, run_at=now)

    async def nudge(self, jobs: list[Job]) -> None:
        """Carry one reminder to whom it is for, once."""
        [job] = jobs
        await self._post(job, nudge_card(load_nudge(job)))
        await self.db.run(finish, job)

    async def digest(self, jobs: list[Job]) -> None:
        """Say what waits this morning, once."""
        [job] = jobs
        landlord, now = self.landlords[job.landlord], self.clock()
        if await self.db.run(begin_digest, job, landlord, now=now):
            found = await self.db.read(_load, landlord, now=now)
            await self._post(job, digest_card(found))
            await self.db.run(finish, job)

    async def checkpoint(self, jobs: list[Job]) -> None:
        """Sign where each history stands, unless the record no longer holds what was signed last.

        Raises:
            BrokenTrailError: it does not.
        """
        [job] = jobs
        tomorrow = self.clock() + timedelta(days=1)
        await self.db.run(promise_checkpoint, job.landlord, run_at=tomorrow)
        try:
            last = self.checkpoints.load(job.landlord) or {}
        except CheckpointError as error:
            raise BrokenTrailError(job.landlord) from error
        if not await self.db.read(load_extended, job.landlord, last):
            raise BrokenTrailError(job.landlord)
        heads = await self.db.read(load_heads, job.landlord)
        digest = self.checkpoints.keep(job.landlord, heads, at=self.clock())
        facts = {"landlord": job.landlord, "cases": len(heads), "sha256": digest}
        logger.info("checkpoint of the audit trail", extra=facts)
        await self.db.run(finish, job)

    async def _post(self, job: Job, card: Card) -> None:
        """Post a card once, though a worker may have died between the post and its record."""
        board = self.boards.get(job.landlord)
        if board is None:
            return
        own_id = f"{job.kind}-{job.id}"
        since = datetime.fromisoformat(job.payload["since"]) - CLOCK_SKEW
        known = await board.find(own_id, since=since.timestamp()) if job.attempts > 1 else None
        if known is None:
            await board.post(card, own_id)


def _load(session: Session, landlord: Landlord, *, now: datetime) -> Digest:
    return load_digest(session, landlord.key, working_days(session, landlord), now=now)


def _landlord(job: Job) -> object:
    return job.landlord
