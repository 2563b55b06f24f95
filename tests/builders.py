"""Rows and values that several tests need."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from classifier.labels import (
    Assessment,
    Band,
    Evidence,
    Label,
)
from classifier.personal.redact import redact
from intake.assess import load_texts, propose
from intake.channels.keep import NotKeptError
from intake.domain.landlord import Landlord
from intake.domain.message import Basis, Channel, Delivery, Message
from intake.domain.policy import load_policy
from intake.domain.shown import hide
from intake.domain.working_days import Nation
from intake.mail.seal import Seal
from intake.read import keep_message
from intake.receive import Arrival, receive
from intake.send import Sending
from intake.store.database import Database
from intake.store.jobs import Job, NewJob, claim
from intake.store.tables import MessageRow, PartyRow

MAIL = (
    b"From: Jo <jo@example.org>\r\nTo: help@oak.example\r\nSubject: Damp\r\n"
    b"Message-ID: <1@example.org>\r\n\r\nThere is damp. Nobody has come. Please send somebody.\r\n"
)
WORDS = "There is damp. Nobody has come. Please send somebody."

SENDING = Sending(
    seal=Seal(landlord="oak", key=b"k" * 32),
    intake="complaints@oak.example",
    own=frozenset({"complaints@oak.example"}),
)


def landlord(**changed: object) -> Landlord:
    facts: dict[str, object] = {
        "key": "oak",
        "name": "Oak Homes",
        "policy": load_policy("ombudsman-code"),
        "nation": Nation.ENGLAND,
        "sender": "complaints@oak.example",
        "undo": timedelta(),
    }
    return Landlord(**(facts | changed))  # type: ignore[arg-type] # a builder, checked at run time


def delivery(raw: bytes, at: datetime) -> Delivery:
    return Delivery(landlord="oak", channel=Channel.EMAIL, raw=raw, arrived_at=at)


def message(text: str = WORDS, **changed: object) -> Message:
    facts: dict[str, object] = {
        "sender": "jo@example.org",
        "sender_name": "Jo",
        "reply_to": "jo@example.org",
        "subject": "Damp",
        "text": text,
        "visible": text,
    }
    return Message(**(facts | changed))  # type: ignore[arg-type] # a builder, checked at run time


def assessment(*labels: Label, **changed: object) -> Assessment:
    wanted = labels or (Label.SERVICE_REQUEST, Label.COMPLAINT)
    band = Band.MARKED if Label.COMPLAINT in wanted else Band.UNMARKED
    facts: dict[str, object] = {"labels": wanted, "band": band, "model": "test"}
    if Label.COMPLAINT in wanted:
        sentence = "Nobody has come."
        start = WORDS.index(sentence)
        facts["evidence"] = (
            Evidence(
                label=Label.COMPLAINT,
                sentence=sentence,
                start=start,
                end=start + len(sentence),
                cues=("nobody came",),
            ),
        )
    return Assessment(**(facts | changed))  # type: ignore[arg-type] # a builder, checked at run time


class Shelf:
    """Keeps what a door gives it, a repeat once, as the record does; or cannot."""

    def __init__(self) -> None:
        self.kept: dict[str, Delivery] = {}
        self.fault: Exception | None = None

    async def keep(self, delivery: Delivery) -> str:
        if self.fault is not None:
            raise self.fault
        self.kept.setdefault(delivery.key, delivery)
        return f"REF-{list(self.kept).index(delivery.key) + 1}"

    def break_down(self) -> None:
        self.fault = NotKeptError("OSError")

    def mend(self) -> None:
        self.fault = None

    @property
    def deliveries(self) -> list[Delivery]:
        return list(self.kept.values())


def new_job(key: str, run_at: datetime, **payload: object) -> NewJob:
    return NewJob(landlord="oak", kind="ring", key=key, run_at=run_at, payload=payload)


def add_message(session: Session, at: datetime, key: str = "k") -> int:
    party = PartyRow(landlord="oak", address=f"{key}@example.org", name="Jo")
    session.add(party)
    session.flush()
    words = message()
    row = MessageRow(
        key=key,
        reference=key,
        landlord="oak",
        party_id=party.id,
        channel=Channel.EMAIL,
        sender_name=words.sender_name,
        subject=words.subject,
        text=words.text,
        visible=words.visible,
        reply_to=words.reply_to,
        own_id="",
        answers=[],
        automatic=None,
        public=False,
        posted_at=None,
        permalink="",
        home="",
        outcome_sought="",
        on_behalf_of="",
        attachments=[],
        problems=[],
        hidden={},
        received_at=at,
        basis=Basis.ARRIVED,
    )
    session.add(row)
    session.flush()
    return row.id


def take(db: Database, kind: str, at: datetime) -> Job:
    [job] = db.call(claim, [kind], now=at, limit=1)
    return job


def take_in(db: Database, at: datetime, words: Message | None = None, raw: bytes = MAIL) -> int:
    """Receive and read one message by the real steps, and return its id."""
    db.call(receive, [Arrival(delivery=delivery(raw, at))])
    job = take(db, "read", at)
    db.call(keep_message, job, words or message(), now=at)
    return db.call(lambda session: session.scalars(select(func.max(MessageRow.id))).one() or 0)


def assessed(
    db: Database,
    at: datetime,
    found: Assessment | None = None,
    words: Message | None = None,
    **changed: object,
) -> int:
    """Take in one message and assess it by the real steps, and return its id."""
    message_id = take_in(db, at, words, raw=MAIL + repr(words).encode())
    job = take(db, "assess", at)
    [unassessed] = db.call(load_texts, [job])
    view = found or assessment()
    shown = hide(unassessed, view, redact)
    db.call(propose, job, (view, shown), landlord(**changed), now=at)
    return message_id
