import asyncio
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.orm import Session

from classifier.labels import RedactedText
from intake.domain.message import Delivery
from intake.receive import Arrival, receive
from intake.store.database import Database
from intake.store.tables import DeliveryRow, JobRow, MessageRow
from tests.builders import add_message, delivery


def count_rows(session: Session) -> tuple[int, int]:
    return (
        session.scalar(select(func.count()).select_from(DeliveryRow)) or 0,
        session.scalar(select(func.count()).select_from(JobRow)) or 0,
    )


async def keep_behind_a_slow_one(
    db: Database, arrivals: list[Delivery]
) -> list[str | BaseException]:
    started, release = threading.Event(), threading.Event()

    def dawdle(_session: Session, things: Sequence[str]) -> Sequence[str]:
        started.set()
        release.wait(10)
        return things

    slow = asyncio.create_task(db.keep(dawdle, "slow"))
    await asyncio.to_thread(started.wait, 10)
    waiting = [
        asyncio.create_task(db.keep(receive, Arrival(delivery=arrival))) for arrival in arrivals
    ]
    asyncio.get_running_loop().call_soon(release.set)
    await slow
    return await asyncio.gather(*waiting, return_exceptions=True)


async def test_arrivals_that_wait_together_share_one_commit(db: Database, now: datetime):
    commits: list[object] = []
    event.listen(db.engine, "commit", commits.append)
    references = await keep_behind_a_slow_one(db, [delivery(b"%d" % n, now) for n in range(20)])
    assert len(set(references)) == 20
    assert len(commits) == 1
    assert await db.read(count_rows) == (20, 20)


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(None, id="refused by the database, in its savepoint"),
        pytest.param(datetime(2026, 3, 2), id="refused before, which fails the group"),  # noqa: DTZ001
    ],
)
async def test_a_poisoned_arrival_does_not_sink_its_neighbours(
    db: Database, now: datetime, moment: datetime
):
    first, poisoned, last = (delivery(raw, now) for raw in (b"a", b"b", b"c"))
    poisoned = replace(poisoned, arrived_at=moment)
    one, other, third = await keep_behind_a_slow_one(db, [first, poisoned, last])
    assert isinstance(one, str)
    assert isinstance(other, StatementError)
    assert isinstance(third, str)
    assert await db.read(count_rows) == (2, 2)


async def test_one_delivery_made_by_many_at_once_is_kept_once(db: Database, now: datetime):
    arrival = delivery(b"The lift is stuck", now)
    answers = await asyncio.gather(
        *[db.run(receive, [Arrival(delivery=arrival)]) for _ in range(20)]
    )
    assert len({answer[0] for answer in answers}) == 1
    assert await db.read(count_rows) == (1, 1)


async def test_a_failed_transaction_leaves_nothing(db: Database, now: datetime):
    def spoil(session: Session) -> None:
        receive(session, [Arrival(delivery=delivery(b"x", now))])
        raise LookupError

    with pytest.raises(LookupError):
        await db.run(spoil)
    assert await db.read(count_rows) == (0, 0)


def test_only_what_a_second_try_cures_is_tried_again(db: Database):
    tries: list[int] = []

    def blunder(session: Session) -> None:
        tries.append(1)
        session.execute(text("SELECT * FROM no_such_table"))

    with pytest.raises(DBAPIError):
        db.call(blunder)
    assert len(tries) == 1


async def test_a_reader_cannot_write(db: Database, now: datetime):
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        await db.read(receive, [Arrival(delivery=delivery(b"x", now))])


async def test_a_reader_waits_for_no_writer(db: Database, now: datetime):
    holding, release = threading.Event(), threading.Event()

    def hold(session: Session) -> None:
        receive(session, [Arrival(delivery=delivery(b"x", now))])
        holding.set()
        release.wait(10)

    writer = asyncio.create_task(db.run(hold))
    await asyncio.to_thread(holding.wait, 10)
    assert await db.read(count_rows) == (0, 0)
    release.set()
    await writer
    assert await db.read(count_rows) == (1, 1)


def test_a_long_look_sees_one_moment_and_holds_up_no_writer(db: Database, now: datetime):
    def look(session: Session) -> list[tuple[int, int]]:
        before = count_rows(session)
        arrival = Arrival(delivery=delivery(b"Subject: Damp\r\n\r\nDamp.", now))
        db.call(receive, [arrival])
        return [before, count_rows(session)]

    assert db.snapshot(look) == [(0, 0), (0, 0)]
    assert db.call(count_rows) == (1, 1)


async def test_an_error_of_the_database_says_no_words(db: Database, now: datetime):
    def twice(session: Session) -> None:
        add_message(session, now)
        add_message(session, now)

    with pytest.raises(DBAPIError) as error:
        await db.run(twice)
    assert "There is damp" not in str(error.value)


async def test_times_keep_their_zone(db: Database, now: datetime):
    await db.run(add_message, now)
    assert await db.read(lambda session: session.scalar(select(MessageRow.received_at))) == now


async def test_raw_text_cannot_be_stored_as_redacted(db: Database, now: datetime):
    await db.run(add_message, now)

    def store(session: Session, shown: RedactedText) -> None:
        session.scalars(select(MessageRow)).one().shown_text = shown

    with pytest.raises(StatementError, match="redacted text only"):
        await db.run(store, "raw")  # type: ignore[arg-type]
    await db.run(store, RedactedText("[NAME]"))
    kept = await db.read(lambda session: session.scalar(select(MessageRow.shown_text)))
    assert isinstance(kept, RedactedText)


@pytest.mark.parametrize("db_url", ["sqlite"], indirect=True)
def test_sqlite_waits_for_the_disk(db: Database):
    full = 2
    assert db.call(lambda session: session.scalar(text("PRAGMA synchronous"))) == full
