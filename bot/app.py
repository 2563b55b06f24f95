"""The composition root: what there is, built once and handed to who needs it."""

import asyncio
from functools import partial
from pathlib import Path

from slack_bolt.async_app import AsyncApp

from bot.child import BoundedChild
from bot.desk.desk import Desk
from bot.desk.samples import send_samples
from bot.desk.session import Sittings
from bot.handlers import Carry, JobHandlers
from bot.landlords import Configured
from bot.record import Record
from bot.slack.app import build_app, build_client
from bot.slack.cards import Board
from bot.triage.presses import Presses
from classifier.labels import Judge, Redact
from intake.delivery import email, outbox
from intake.delivery.relay import Relay
from intake.domain.form import parse_form
from intake.domain.message import Channel, Delivery, Message, UnreadableError
from intake.domain.post import parse_post
from intake.mail.mime import parse_mail
from intake.send import Outgoing


class Heard:
    """What leads into and out of the record."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.configured = record.configured

    def presses(self, landlord: str) -> Presses:
        """Return what the staff of a landlord can press."""
        record = self.record
        known = self.configured.landlords[landlord]
        return Presses(db=record.db, landlord=known, clock=record.clock, done=record.wake)

    def desk(self, sittings: Sittings, mail: str, port: int) -> Desk:
        """Return the desk of all landlords; its samples go to the mail door at `mail`."""
        record, names = self.record, self.configured.names
        return Desk(
            db=record.db,
            files=record.files,
            presses={key: self.presses(key) for key in names},
            names=names,
            unsent=self.unsent(),
            sittings=sittings,
            port=port,
            load_samples=partial(send_samples, mail, next(iter(self.configured.recipients))),
            clock=record.clock,
        )

    def unsent(self) -> tuple[str, ...]:
        """Return the landlords whose letters reach nobody, for want of a mail server."""
        names, relays = self.configured.names, self.configured.relays
        return tuple(name for key, name in names.items() if key not in relays)

    def slack_apps(self, mode: str) -> dict[str, AsyncApp]:
        """Return the Slack apps of the landlords that use one of the two ways in."""
        return {
            key: build_app(settings, build_client(settings), self.presses(key))
            for key, settings in self.configured.slack.items()
            if settings.mode == mode
        }

    def handlers(self, judge: Judge, redact: Redact, child: BoundedChild) -> JobHandlers:
        """Return who does the jobs."""
        settings = self.configured.slack
        return JobHandlers(
            db=self.record.db,
            files=self.record.files,
            parse=partial(parse, child, self.configured),
            judge=judge,
            redact=redact,
            landlords=self.configured.landlords,
            carriers={key: self._carrier(key) for key in self.configured.landlords},
            boards={
                key: Board(client=build_client(slack), channel=slack.channel)
                for key, slack in settings.items()
            },
            clock=self.record.clock,
        )

    def _carrier(self, landlord: str) -> Carry:
        relay = self.configured.relays.get(landlord)
        if relay is not None:
            return partial(_by_mail, relay)
        return partial(_to_folder, self.record.data / "outbox")


def parse(child: BoundedChild, configured: Configured, delivery: Delivery) -> Message:
    """Make sense of a delivery, within the child's budget.

    Raises:
        UnreadableError: a person must look at it.
    """
    if delivery.channel is Channel.EMAIL:
        return child.run(parse_mail, delivery.raw)
    if delivery.channel is Channel.FORM:
        return child.run(parse_form, delivery.raw)
    if delivery.channel is Channel.SOCIAL:
        source = configured.sources.get(delivery.envelope.get("source", ""))
        fields = dict(source.fields) if source else {}
        return child.run(partial(parse_post, fields=fields), delivery.raw)
    raise UnreadableError(f"nothing reads what comes by {delivery.channel}")


async def _by_mail(relay: Relay, letter: Outgoing) -> str:
    return await email.send(letter, relay)


async def _to_folder(folder: Path, letter: Outgoing) -> str:
    return await asyncio.to_thread(outbox.put, letter, folder)
