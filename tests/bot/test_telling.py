"""Reminders and digests reach Slack once; the audit trail is signed daily while it holds."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.child import BoundedChild
from bot.telling import BrokenTrailError, Telling
from bot.triage.alerts import digest_card
from bot.triage.presses import Filled, Pressed
from bot.triage.views import button_value
from intake.domain.case import Kind
from intake.domain.digest import Dates, Digest
from intake.store.jobs import LEASE, Job, claim
from intake.store.tables import EventRow, JobRow, Outcome
from tests.builders import landlord
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.workspace import TRIAGE
from tests.house import House, configured, open_house, slack_settings

GRIEVANCE = "Nobody has come about the roof."


@dataclass
class Watched:
    house: House
    slack: FakeSlack
    telling: Telling

    def posts(self) -> list[str]:
        return [str(post["blocks"]) for post in self.slack.messages(TRIAGE)]

    def said(self, words: str) -> list[str]:
        return [post for post in self.posts() if words in post]

    async def start(self) -> None:
        await self.house.record.db.run(self.telling.promise)
        await self.house.settle()

    async def begin(self) -> None:
        await self.house.send(GRIEVANCE)
        presses = self.house.heard.presses("oak")
        value = button_value(await presses.see(1))
        filled = Filled(kinds=(Kind.COMPLAINT,), issues="The roof", outcome="A visit")
        await presses.confirm(Pressed(value=value, by="slack:U1", key="begin"), filled)

    def jobs(self, kind: str) -> list[JobRow]:
        def load(session: Session) -> list[JobRow]:
            mine = (JobRow.kind == kind, JobRow.landlord == "oak")
            return list(session.scalars(select(JobRow).where(*mine).order_by(JobRow.id)))

        return self.house.record.db.call(load)

    def take(self, kind: str) -> Job:
        jobs = self.house.record.db.call(claim, [kind], now=self.house.now)
        return next(job for job in jobs if job.landlord == "oak")


@pytest.fixture
async def watched(tmp_path: Path, child: BoundedChild, now: datetime) -> AsyncIterator[Watched]:
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(FakeSlack())
        oak = landlord(undo=timedelta(days=90), manager="slack:U2")
        known = configured(oak=oak, slack=slack_settings(slack, "http"))
        url = f"sqlite:///{tmp_path}/telling.db"
        house = await stack.enter_async_context(open_house(url, tmp_path, child, now, known))
        yield Watched(house, slack, house.heard.telling(house.heard.boards()))


async def test_a_reminder_and_a_digest_are_posted_once(watched: Watched):
    house = watched.house
    await watched.start()
    await watched.begin()
    house.later(days=3)  # two working days before the day
    await house.settle()
    [reminder] = [post for post in watched.said("<@U1>") if "Acknowledge by" in post]
    assert "<@U2>" not in reminder
    [digest] = watched.said("This morning")
    assert "Due within two working days" in digest
    await house.settle()
    assert len([post for post in watched.said("<@U1>") if "Acknowledge by" in post]) == 1
    assert len(watched.said("This morning")) == 1


async def test_what_is_overdue_is_told_to_the_manager_too_day_by_day(watched: Watched):
    house = watched.house
    await watched.start()
    await watched.begin()
    for _ in range(12):
        watched.slack.clock.forward(86_400)
        house.later(days=1)
        await house.settle()
    overdue = [post for post in watched.said("<@U2>") if "OVERDUE" in post]
    assert len(overdue) == 5  # of Tuesday to Saturday, after the Monday on which it was due
    assert all("<@U1>" in post for post in overdue)
    dead = [job for job in watched.jobs("nudge") if job.outcome is Outcome.DEAD]
    assert dead == []


async def test_a_worker_that_died_after_its_post_posts_no_second(watched: Watched):
    house = watched.house
    await watched.start()
    house.later(days=1)
    first = watched.take("digest")
    await watched.telling._post(first, digest_card(Digest(day=house.now.date(), dates=Dates())))
    house.now += LEASE
    await house.settle()
    assert len(watched.said("This morning")) == 1
    [done, _coming] = watched.jobs("digest")
    assert done.outcome is Outcome.DONE


async def test_after_days_without_work_one_digest_catches_up(watched: Watched):
    await watched.start()
    watched.house.later(days=9)
    await watched.house.settle()
    assert len(watched.said("This morning")) == 1
    watched.house.later(days=1)
    await watched.house.settle()
    assert len(watched.said("This morning")) == 2


async def test_a_landlord_without_slack_is_told_nothing_and_nothing_is_stuck(watched: Watched):
    await watched.start()
    watched.house.later(days=2)
    await watched.house.settle()
    dead = watched.house.record.db.call(
        lambda session: list(session.scalars(select(JobRow).where(JobRow.outcome == Outcome.DEAD)))
    )
    assert dead == []


async def test_the_trail_is_signed_daily_until_it_breaks(watched: Watched):
    house = watched.house
    await watched.begin()
    await watched.start()
    first = house.record.checkpoints.load("oak")
    assert first is not None
    assert len(first) == 1
    house.later(days=1)
    await house.settle()
    assert len([job for job in watched.jobs("checkpoint") if job.outcome]) == 2
    house.record.db.call(lambda session: session.execute(update(EventRow).values(hash=b"x")))
    house.later(days=1)
    job = watched.take("checkpoint")
    with pytest.raises(BrokenTrailError):
        await watched.telling.checkpoint([job])
    path = house.record.data / "audit" / "oak.heads"
    path.write_text("forged")
    with pytest.raises(BrokenTrailError):
        await watched.telling.checkpoint([job])
