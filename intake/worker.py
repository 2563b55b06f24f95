"""The loop that does promised work."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from traceback import format_tb

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from intake.domain.clock import Clock
from intake.store.database import Database
from intake.store.jobs import (
    MAX_FAULTS,
    DestinationError,
    Job,
    LeaseLostError,
    claim,
    fail,
    is_last_try,
    postpone,
)

logger = logging.getLogger(__name__)

PAUSE = 0.5  # seconds between looks for work, where nobody wakes us


def _alone(job: Job) -> object:
    return job.id


@dataclass(frozen=True)
class Handler:
    """Who does a kind of job. It ends each job itself, in the transaction of its effect."""

    do: Callable[[list[Job]], Awaitable[None]]
    #: Whether it takes all that were claimed at once, or one at a time.
    together: bool = False
    #: Jobs of one queue are done in turn, those of different queues side by side.
    queue: Callable[[Job], object] = _alone
    #: Ends a job that has failed for the last time in a way that a person sees.
    give_up: Callable[[Job], Awaitable[None]] | None = None


Handlers = Mapping[str, Handler]


async def work(
    db: Database, handlers: Handlers, *, clock: Clock, stop: asyncio.Event, wake: asyncio.Event
) -> None:
    """Do due jobs until `stop` is set, then finish those in hand; `wake` cuts a pause short."""
    while not stop.is_set():
        wake.clear()
        done = 0
        try:
            done = await do_due(db, handlers, clock=clock)
        except* (SQLAlchemyError, OSError) as errors:
            # By their types, not their messages: those may quote a resident.
            kinds = sorted({type(error).__name__ for error in errors.exceptions})
            logger.error("the database does not answer", extra={"errors": kinds})  # noqa: TRY400
        if not done:
            with suppress(TimeoutError):
                await asyncio.wait_for(wake.wait(), PAUSE)


async def do_due(db: Database, handlers: Handlers, *, clock: Clock) -> int:
    """Do one batch of due jobs, all of one kind, and say how many there were."""
    claimed = await db.run(claim, list(handlers), now=clock())
    jobs = [job for job in claimed if job.faults < MAX_FAULTS]
    for job in (job for job in claimed if job not in jobs):
        if not await _gave_up(handlers[job.kind], job):
            await db.run(fail, job, "each worker that took it died", now=clock())
    if not jobs:
        return len(claimed)
    handler = handlers[jobs[0].kind]
    async with asyncio.TaskGroup() as group:
        for queue in _queues(handler, jobs):
            group.create_task(_do_in_turn(db, handler, queue, clock))
    return len(claimed)


def _queues(handler: Handler, jobs: list[Job]) -> list[list[list[Job]]]:
    if handler.together:
        return [[jobs]]
    queues: dict[object, list[list[Job]]] = {}
    for job in jobs:
        queues.setdefault(handler.queue(job), []).append([job])
    return list(queues.values())


async def _do_in_turn(
    db: Database, handler: Handler, batches: list[list[Job]], clock: Clock
) -> None:
    for batch in batches:
        await _do(db, handler, batch, clock)


async def _do(db: Database, handler: Handler, jobs: list[Job], clock: Clock) -> None:
    try:
        await handler.do(jobs)
    except Exception as error:  # noqa: BLE001 - one bad job must not stop the rest
        if len(jobs) > 1:
            for job in jobs:
                await _do(db, handler, [job], clock)
            return
        [job] = jobs
        _log(job, error)
        down = isinstance(error, DestinationError)
        last = is_last_try(job, destination_down=down, now=clock())
        if not (last and await _gave_up(handler, job)):
            await db.run(_note, job, error, now=clock())


async def _gave_up(handler: Handler, job: Job) -> bool:
    """Whether a job that can be tried no more was ended in the handler's own way."""
    if handler.give_up is None:
        return False
    try:
        await handler.give_up(job)
    except Exception as error:  # noqa: BLE001 - then it is dead, and is shown as such
        _log(job, error)
        return False
    return True


def _log(job: Job, error: Exception) -> None:
    # Where and of what type, not its message: that may quote a resident.
    facts = {"job_id": job.id, "job_kind": job.kind, "error": type(error).__name__}
    logger.warning("job failed", extra=facts | {"trace": format_tb(error.__traceback__)})


def _note(session: Session, job: Job, error: Exception, *, now: datetime) -> None:
    if isinstance(error, DestinationError):
        postpone(session, job, type(error).__name__, now=now)
    elif not isinstance(error, LeaseLostError):
        fail(session, job, type(error).__name__, now=now)
