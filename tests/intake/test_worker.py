"""Work is done, tried again, or left for a person; one bad job stops nobody."""

import asyncio
import logging
from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import select, text, update

from intake.store.database import Database
from intake.store.jobs import (
    FIRST_WAIT,
    MAX_FAULTS,
    DestinationError,
    Job,
    LeaseLostError,
    NewJob,
    enqueue,
    finish,
)
from intake.store.tables import JobRow, Outcome
from intake.worker import Handler, do_due, work
from tests.builders import new_job


def outcomes(db: Database) -> list[Outcome | None]:
    found = select(JobRow.outcome).where(JobRow.kind == "ring").order_by(JobRow.id)
    return db.call(lambda session: list(session.scalars(found)))


async def test_work_is_done_once(db: Database, now: datetime):
    db.call(enqueue, new_job("a", now))
    done: list[int] = []

    async def ring(jobs: list[Job]) -> None:
        done.extend(job.id for job in jobs)
        await db.run(finish, jobs[0])

    for _ in range(3):
        await do_due(db, {"ring": Handler(ring)}, clock=lambda: now)
    assert len(done) == 1


async def test_a_job_that_fails_waits_and_its_neighbour_does_not(db: Database, now: datetime):
    for key in ("bad", "good"):
        db.call(enqueue, new_job(key, now, who=key))

    async def ring(jobs: list[Job]) -> None:
        if jobs[0].payload["who"] == "bad":
            raise ValueError("nobody must read this")
        await db.run(finish, jobs[0])

    await do_due(db, {"ring": Handler(ring)}, clock=lambda: now)
    assert outcomes(db) == [None, Outcome.DONE]
    assert await do_due(db, {"ring": Handler(ring)}, clock=lambda: now) == 0
    assert await do_due(db, {"ring": Handler(ring)}, clock=lambda: now + FIRST_WAIT) == 1


async def test_of_jobs_done_together_the_good_ones_are_done_though_one_is_bad(
    db: Database, now: datetime
):
    for key in ("good", "bad", "better"):
        db.call(enqueue, new_job(key, now, who=key))

    async def ring(jobs: list[Job]) -> None:
        if any(job.payload["who"] == "bad" for job in jobs):
            raise ValueError
        for job in jobs:
            await db.run(finish, job)

    await do_due(db, {"ring": Handler(ring, together=True)}, clock=lambda: now)
    assert outcomes(db) == [Outcome.DONE, None, Outcome.DONE]


async def test_jobs_of_one_queue_are_done_in_turn(db: Database, now: datetime):
    for key in "abc":
        db.call(enqueue, new_job(key, now))
    busy = 0

    async def ring(jobs: list[Job]) -> None:
        nonlocal busy
        busy += 1
        assert busy == 1
        await db.run(finish, jobs[0])
        busy -= 1

    await do_due(db, {"ring": Handler(ring, queue=lambda _: "one")}, clock=lambda: now)
    assert outcomes(db) == [Outcome.DONE] * 3


async def test_a_fault_is_logged_by_its_type_and_never_by_its_words(
    db: Database, now: datetime, caplog: pytest.LogCaptureFixture
):
    db.call(enqueue, new_job("a", now))
    words = f"Mrs Jones of {14} Larch Walk"

    async def ring(_jobs: list[Job]) -> None:
        raise ValueError(words)

    with caplog.at_level(logging.DEBUG):
        await do_due(db, {"ring": Handler(ring)}, clock=lambda: now)
    [record] = [r for r in caplog.records if r.name == "intake.worker"]
    assert "ValueError" in str(record.__dict__)
    assert words not in str(record.__dict__)


async def test_a_destination_that_is_down_costs_the_job_no_attempt(db: Database, now: datetime):
    db.call(enqueue, new_job("a", now))
    later = now.timestamp()

    async def ring(_jobs: list[Job]) -> None:
        raise DestinationError("refused")

    for _ in range(MAX_FAULTS * 2):
        await do_due(db, {"ring": Handler(ring)}, clock=partial(datetime.fromtimestamp, later, UTC))
        later += 20 * 60
    assert outcomes(db) == [None]
    alerts = select(JobRow.id).where(JobRow.kind == "alert")
    assert len(db.call(lambda session: session.scalars(alerts).all())) == 1


async def test_a_job_whose_lease_was_lost_is_not_blamed(db: Database, now: datetime):
    db.call(enqueue, new_job("a", now))

    async def ring(_jobs: list[Job]) -> None:
        raise LeaseLostError

    await do_due(db, {"ring": Handler(ring)}, clock=lambda: now)
    assert db.call(lambda session: session.scalars(select(JobRow.last_error)).one()) is None


async def test_a_job_that_kills_its_worker_each_time_is_buried(db: Database, now: datetime):
    db.call(enqueue, new_job("a", now))
    killed = {"attempts": MAX_FAULTS}
    db.call(lambda session: session.execute(update(JobRow).values(**killed)))

    async def ring(_jobs: list[Job]) -> None:
        raise AssertionError("it must not be tried again")

    await do_due(db, {"ring": Handler(ring)}, clock=lambda: now)
    assert outcomes(db) == [Outcome.DEAD]


async def test_the_loop_is_woken_and_stops_when_told(db: Database, now: datetime):
    stop, wake = asyncio.Event(), asyncio.Event()

    async def ring(jobs: list[Job]) -> None:
        await db.run(finish, jobs[0])
        stop.set()
        wake.set()

    async with asyncio.timeout(10):
        handlers = {"ring": Handler(ring)}
        loop = asyncio.create_task(work(db, handlers, clock=lambda: now, stop=stop, wake=wake))
        await db.run(enqueue, new_job("a", now))
        wake.set()
        await loop
    assert outcomes(db) == [Outcome.DONE]


async def test_the_loop_outlives_a_database_that_does_not_answer(
    db: Database, now: datetime, caplog: pytest.LogCaptureFixture
):
    stop, wake = asyncio.Event(), asyncio.Event()
    rename = text('ALTER TABLE "job" RENAME TO lost')
    await db.run(lambda session: session.execute(rename))
    handlers = {"ring": Handler(lambda _: asyncio.sleep(0))}
    loop = asyncio.create_task(work(db, handlers, clock=lambda: now, stop=stop, wake=wake))
    try:
        async with asyncio.timeout(10):
            while "does not answer" not in caplog.text:
                wake.set()
                await db.read(lambda session: session.execute(text("SELECT 1")).all())
            stop.set()
            wake.set()
            await loop
    finally:
        back = text('ALTER TABLE lost RENAME TO "job"')
        await db.run(lambda session: session.execute(back))


def test_a_kind_nobody_does_is_left_alone(db: Database, now: datetime):
    db.call(enqueue, NewJob(landlord="oak", kind="knock", key="a", run_at=now))
    assert (
        asyncio.run(do_due(db, {"ring": Handler(lambda _: asyncio.sleep(0))}, clock=lambda: now))
        == 0
    )


async def test_work_that_is_given_up_raises_one_alert(db: Database, now: datetime):
    db.call(enqueue, new_job("a", now))
    later = now.timestamp()

    async def ring(_jobs: list[Job]) -> None:
        raise ValueError

    for _ in range(MAX_FAULTS):
        await do_due(db, {"ring": Handler(ring)}, clock=partial(datetime.fromtimestamp, later, UTC))
        later += 24 * 60 * 60
    assert outcomes(db) == [Outcome.DEAD]
    alerts = select(JobRow.payload).where(JobRow.kind == "alert")
    raised = db.call(lambda session: list(session.scalars(alerts)))
    assert raised == [{"of": "ring", "what": "given up"}]


async def test_the_loop_outlives_a_database_that_fails_while_a_fault_is_noted(
    db: Database, now: datetime, caplog: pytest.LogCaptureFixture
):
    db.call(enqueue, new_job("a", now))
    stop, wake = asyncio.Event(), asyncio.Event()
    there, gone = (
        text(f'ALTER TABLE "{a}" RENAME TO "{b}"') for a, b in (("job", "x"), ("x", "job"))
    )

    async def ring(_jobs: list[Job]) -> None:
        await db.run(lambda session: session.execute(there))
        stop.set()
        raise ValueError

    try:
        async with asyncio.timeout(10):
            await work(db, {"ring": Handler(ring)}, clock=lambda: now, stop=stop, wake=wake)
    finally:
        await db.run(lambda session: session.execute(gone))
    assert "does not answer" in caplog.text
