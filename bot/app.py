"""The composition root: what there is, built once and handed to who needs it."""

import asyncio
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from slack_bolt.async_app import AsyncApp

from bot.attachments import FileLooker
from bot.child import BoundedChild
from bot.clamd import Clamd
from bot.desk.desk import Desk
from bot.desk.samples import send_samples
from bot.desk.session import Sittings
from bot.handlers import Carry, JobHandlers
from bot.landlords import Configured
from bot.record import Record
from bot.slack.app import build_app, build_client
from bot.slack.cards import Board
from bot.telling import Telling
from bot.triage.presses import Presses
from classifier.labels import Judge, Redact
from intake.delivery import email, outbox
from intake.delivery.relay import Relay
from intake.domain.form import parse_form
from intake.domain.message import Channel, Delivery, Message, UnreadableError
from intake.domain.post import parse_answer, parse_post
from intake.domain.sending import Limits
from intake.mail.mime import parse_mail
from intake.send import Outgoing, Sending


class Heard:
    """What leads into and out of the record."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.configured = record.configured
        #: What the worker redacts with, where this process has one.
        self._redact: Redact | None = None

    def presses(self, landlord: str) -> Presses:
        """Return what the staff of a landlord can press."""
        record = self.record
        known = self.configured.landlords[landlord]
        return Presses(
            db=record.db,
            landlord=known,
            clock=record.clock,
            done=record.wake,
            redact=lambda: self._redact,
        )

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
        self._redact = redact
        boards = self.boards()
        return JobHandlers(
            db=self.record.db,
            files=self.record.files,
            parse=partial(parse, child, self.configured),
            judge=judge,
            redact=redact,
            landlords=self.configured.landlords,
            sendings={key: self._sending(key) for key in self.configured.landlords},
            carriers={key: self._carrier(key) for key in self.configured.landlords},
            boards=boards,
            clock=self.record.clock,
            telling=self.telling(boards),
            looker=self._looker(redact, child),
        )

    def boards(self) -> dict[str, Board]:
        """Return where each landlord's cards hang."""
        return {
            key: Board(client=build_client(slack), channel=slack.channel)
            for key, slack in self.configured.slack.items()
        }

    def telling(self, boards: Mapping[str, Board]) -> Telling:
        """Return who tells staff unasked."""
        return Telling(
            db=self.record.db,
            landlords=self.configured.landlords,
            boards=boards,
            checkpoints=self.record.checkpoints,
            clock=self.record.clock,
        )

    def _looker(self, redact: Redact, child: BoundedChild) -> FileLooker:
        at = self.configured.scanner
        return FileLooker(
            db=self.record.db,
            files=self.record.files,
            child=child,
            redact=redact,
            scanner=Clamd(at) if at is not None else None,
            clock=self.record.clock,
        )

    def _sending(self, landlord: str) -> Sending:
        known, relay = self.configured, self.configured.relays.get(landlord)
        own = [address for address, owner in known.recipients.items() if owner == landlord]
        sender = known.landlords[landlord].sender
        return Sending(
            seal=self.record.seals[landlord],
            intake=sender if sender.casefold() in own or not own else own[0],
            own={*known.recipients, sender.casefold()},
            limits=known.limits.get(landlord, Limits()),
            sealed_sender=relay is None or relay.sealed_sender,
        )

    def _carrier(self, landlord: str) -> Carry:
        relay = self.configured.relays.get(landlord)
        if relay is not None:
            return partial(_by_mail, relay)
        return partial(_to_folder, self.record.data / "outbox")


#: What a landlord's own tools report to us.
READ_AS = {Channel.SOCIAL: parse_post, Channel.SURVEY: parse_answer}


def parse(child: BoundedChild, configured: Configured, delivery: Delivery) -> Message:
    """Make sense of a delivery, within the child's budget.

    Raises:
        UnreadableError: a person must look at it.
    """
    if "undated" in delivery.envelope:  # of an old mailbox, with no day that it came on
        raise UnreadableError(delivery.envelope["undated"])
    if delivery.channel is Channel.EMAIL:
        edges = configured.landlords[delivery.landlord].edges
        return child.run(partial(parse_mail, edges=edges), delivery.raw)
    if delivery.channel is Channel.FORM:
        return child.run(parse_form, delivery.raw)
    if delivery.channel in READ_AS:
        source = configured.sources.get(delivery.envelope.get("source", ""))
        fields = dict(source.fields) if source else {}
        return child.run(partial(READ_AS[delivery.channel], fields=fields), delivery.raw)
    raise UnreadableError(f"nothing reads what comes by {delivery.channel}")


async def _by_mail(relay: Relay, letter: Outgoing) -> str:
    return await email.send(letter, relay)


async def _to_folder(folder: Path, letter: Outgoing) -> str:
    return await asyncio.to_thread(outbox.put, letter, folder)
