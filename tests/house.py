"""The whole house on real sockets, with a clock that tests move and a judge that is a function."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.app import Heard
from bot.child import BoundedChild
from bot.desk.app import build_desk
from bot.desk.session import Sittings
from bot.landlords import Configured
from bot.record import Record
from bot.serve import mail_server
from bot.settings import Settings
from bot.slack.settings import SlackSettings
from bot.web import build_web
from bot.web_server import web_server
from classifier.labels import Assessment, Flag, Hazard, Judge, Label, Text
from classifier.personal.redact import redact
from intake.channels.source import Source
from intake.delivery.relay import Relay
from intake.domain.landlord import Landlord
from intake.store.base import Base
from intake.store.tables import CaseRow
from intake.worker import Handlers, do_due
from tests.builders import assessment, landlord
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.workspace import TRIAGE

NO_PORTS = Settings(web_port=0, desk_port=0, smtp_port=0)


def judge(texts: Sequence[Text]) -> list[Assessment]:
    """Read a few plain words, so that a test says by its text what it wants."""
    return [_judged(text.words.casefold()) for text in texts]


def _judged(words: str) -> Assessment:
    found = [Label.SERVICE_REQUEST] * ("damp" in words) + [Label.COMPLAINT] * ("nobody" in words)
    if "thank" in words:
        found.append(Label.COMPLIMENT)
    if "gas" in words:
        flags, hazards = {Flag.EMERGENCY: 0.99}, (Hazard.EXPLOSIONS,)
        return assessment(Label.SERVICE_REQUEST, flags=flags, hazards=hazards)
    return assessment(*(found or [Label.OTHER]), evidence=())


@dataclass
class House:
    """A running house and what a test does with it."""

    record: Record
    heard: Heard
    lanes: Sequence[Handlers]
    now: datetime
    mail: str = ""
    web: str = ""
    desk: str = ""
    sittings: Sittings = field(default_factory=Sittings)

    def clock(self) -> datetime:
        return self.now

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    async def settle(self) -> None:
        """Do what is due until nothing is."""
        busy = True
        while busy:
            done = [await do_due(self.record.db, lane, clock=self.clock) for lane in self.lanes]
            busy = any(done)

    async def send(self, text: str, *, own_id: str = "1", **headers: str) -> None:
        """Send a mail as a resident would, and let the house deal with it."""
        mail = EmailMessage()
        facts = {
            "From": "Jo Resident <jo@example.org>",
            "To": "help@oak.example",
            "Subject": "My home",
            "Message-ID": f"<{own_id}@example.org>",
        }
        for name, value in (facts | headers).items():
            mail[name] = value
        mail.set_content(text)
        await self.post(mail)
        await self.settle()

    async def post(self, mail: EmailMessage) -> None:
        """Hand a mail to the door, and no more."""
        host, _, port = self.mail.rpartition(":")
        await aiosmtplib.send(mail, hostname=host, port=int(port), start_tls=False)

    def cases(self) -> list[CaseRow]:
        """Return all cases, in the order of their opening."""

        def load(session: Session) -> list[CaseRow]:
            return list(session.scalars(select(CaseRow).order_by(CaseRow.id)))

        return self.record.db.call(load)

    def outbox(self) -> list[str]:
        """Return the letters in the outbox folder, as their readers see them."""
        folder = self.record.data / "outbox"
        return [path.read_text() for path in sorted(folder.glob("*.eml"))]


def slack_settings(slack: FakeSlack, mode: str) -> SlackSettings:
    return SlackSettings(
        team="T1",
        channel=TRIAGE,
        mode=mode,
        bot_token=slack.bot_token,
        app_token=slack.app_token,
        signing_secret=slack.signing_secret,
        api=slack.url,
    )


def configured(
    *,
    slack: SlackSettings | None = None,
    relay: Relay | None = None,
    source: Source | None = None,
    oak: Landlord | None = None,
) -> Configured:
    return Configured(
        landlords={"oak": oak or landlord(), "elm": landlord(key="elm", name="Elm Homes")},
        recipients={"help@oak.example": "oak", "help@elm.example": "elm"},
        relays={"oak": relay} if relay else {},
        slack={"oak": slack} if slack else {},
        sources={"posts": source} if source else {},
    )


@asynccontextmanager
async def open_house(
    url: str,
    data: Path,
    child: BoundedChild,
    now: datetime,
    known: Configured,
    *,
    reads: Judge = judge,
) -> AsyncIterator[House]:
    """Open the doors on free ports and connect to Slack; the database has its tables already."""
    house: House
    record = Record(known, database_url=url, data=data, clock=lambda: house.now)
    if record.db.engine.dialect.name == "sqlite":
        Base.metadata.create_all(record.db.engine)
    heard = Heard(record)
    lanes = heard.handlers(reads, redact, child).lanes()
    house = House(record=record, heard=heard, lanes=lanes, now=now)
    async with AsyncExitStack() as stack:
        stack.callback(record.close)
        house.mail = await stack.enter_async_context(mail_server(record, NO_PORTS))
        web = build_web(record, heard.slack_apps("http"))
        house.web = await stack.enter_async_context(
            web_server(lambda _: web, "127.0.0.1", 0, named="HEARD_WEB_PORT")
        )
        house.desk = await stack.enter_async_context(
            web_server(
                lambda port: build_desk(heard.desk(house.sittings, house.mail, port)),
                "127.0.0.1",
                0,
                named="HEARD_DESK_PORT",
            )
        )
        for app in heard.slack_apps("socket").values():
            handler = AsyncSocketModeHandler(app, known.slack["oak"].app_token)
            await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt gives no types
            stack.push_async_callback(handler.close_async)
        yield house
