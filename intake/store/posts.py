"""Where cards hang in Slack: noted before they are asked for, and when they hang."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.store.tables import SlackPostRow


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the card of a message hangs."""

    landlord: str
    message_id: int
    channel: str


@dataclass(frozen=True, kw_only=True)
class Post:
    """A card that hangs, or was asked for."""

    ts: str | None
    #: Which state of the record it shows; nought while it shows none.
    version: int
    asked_at: datetime
    #: Whether somebody asked for it before, and may have died before hearing the answer.
    asked_before: bool


def note_posting(session: Session, place: Place, *, now: datetime) -> Post:
    """Note that a card is about to be posted, unless it was noted before."""
    row = _find(session, place)
    if row is not None:
        return Post(ts=row.ts, version=row.version, asked_at=row.asked_at, asked_before=True)
    facts = {"message_id": place.message_id, "channel": place.channel, "asked_at": now}
    session.add(SlackPostRow(landlord=place.landlord, version=0, **facts))
    return Post(ts=None, version=0, asked_at=now, asked_before=False)


def note_posted(session: Session, place: Place, ts: str, *, version: int) -> None:
    """Note where a card hangs and which state of the record it shows."""
    row = _find(session, place)
    if row is None:
        raise LookupError(f"no post of message {place.message_id} was noted")
    row.ts, row.version = ts, version


def _find(session: Session, place: Place) -> SlackPostRow | None:
    mine = (
        SlackPostRow.landlord == place.landlord,
        SlackPostRow.message_id == place.message_id,
        SlackPostRow.channel == place.channel,
    )
    return session.scalars(select(SlackPostRow).where(*mine).with_for_update()).one_or_none()
