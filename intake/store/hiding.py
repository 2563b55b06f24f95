"""What was hidden in each message, and what reviewers hid, showed and found to be no such data.

No row says a word of what is hidden: places alone, in the original, which is restricted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session

from classifier.labels import Redaction, Span
from intake.domain.hiding import (
    Cover,
    HiddenPlace,
    HidingLine,
    Part,
    Redactions,
    SpanCorrection,
    cover_for,
    hide_names,
    joined,
    keeping,
    names_in,
    places_of,
    plain,
    shown_again,
)
from intake.store.base import Base, Key, belongs_to
from intake.store.rows import find, put
from intake.store.tables import CaseMessageRow, CaseRow, MessageRow

#: By whom names are hidden that another message of the case bears: nobody, who would teach by it.
CARRIED = "heard"


class RedactionRow(Base):
    """What was found in a message when it was assessed. Never overwritten."""

    __tablename__ = "redaction"
    __table_args__ = (belongs_to("message"), UniqueConstraint("message_id"))

    message_id: Mapped[int]
    #: For each part its spans, as they were found.
    parts: Mapped[dict[str, Any]]


class Review(StrEnum):
    """What a reviewer did."""

    HID = "hid"
    REVEALED = "revealed"
    HID_AGAIN = "hid_again"
    #: The doubtful places were looked at, and are as they should be.
    CHECKED = "checked"


class ReviewRow(Base):
    """What a reviewer did to one place, or one placeholder, of a message; until it was undone."""

    __tablename__ = "review"
    __table_args__ = (belongs_to("message"),)

    message_id: Mapped[int]
    review: Mapped[Review]
    part: Mapped[Part]
    kind: Mapped[Key]
    placeholder: Mapped[Key]
    start: Mapped[int]
    end: Mapped[int]
    #: Whether it was found to be no personal data at all.
    kept: Mapped[bool]
    by: Mapped[Key]
    at: Mapped[datetime]
    #: Which press asked for it: a repeat of it changes nothing.
    press: Mapped[Key]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[Key | None]


class KeptWordsRow(Base):
    """Words that are no personal data to a landlord, and are not hidden from then on."""

    __tablename__ = "kept_words"
    __table_args__ = (UniqueConstraint("landlord", "words"),)

    #: As they are compared.
    words: Mapped[Key]
    by: Mapped[Key]
    at: Mapped[datetime]


def note_redactions(
    session: Session, message: MessageRow, found: Mapping[Part, Sequence[Span]]
) -> None:
    """Keep what was found in the parts of a message; of one withheld, nothing was."""
    if found:
        parts = {part: [_kept(span) for span in spans] for part, spans in found.items()}
        mine = {"landlord": message.landlord, "message_id": message.id}
        put(session, RedactionRow, **mine, parts=parts)


def load_found(session: Session, message: MessageRow) -> Redactions:
    """Return what was found in the parts of a message; nothing where it was withheld."""
    mine = (RedactionRow.landlord == message.landlord, RedactionRow.message_id == message.id)
    row = session.scalars(select(RedactionRow).where(*mine)).one_or_none()
    originals = originals_of(message)
    return {
        Part(part): Redaction(original=originals[Part(part)], spans=tuple(map(_span, spans)))
        for part, spans in (row.parts if row is not None else {}).items()
    }


def load_reviews(session: Session, message: MessageRow) -> Sequence[ReviewRow]:
    """Return what reviewers did to a message, in that order, with what was undone since."""
    mine = (ReviewRow.landlord == message.landlord, ReviewRow.message_id == message.id)
    return session.scalars(select(ReviewRow).where(*mine).order_by(ReviewRow.id)).all()


def load_redactions(session: Session, message: MessageRow) -> Redactions:
    """Return the parts of a message as they are to be shown, after all that reviewers did."""
    return reviewed(load_found(session, message), load_reviews(session, message))


def reviewed(found: Redactions, reviews: Sequence[ReviewRow]) -> Redactions:
    """Return redactions with what reviewers hid, and without what they revealed."""
    shown = {}
    for part, redaction in found.items():
        revealed = _revealed(part, reviews)
        hid = (span for span in _hid(part, reviews) if span.placeholder not in revealed)
        shown[part] = joined(shown_again(redaction, revealed), hid)
    return shown


def hidden_in(found: Redactions, reviews: Sequence[ReviewRow]) -> dict[Part, dict[str, str]]:
    """Return what each placeholder there ever was stands for. Restricted, as the original is."""
    shown = reviewed(found, reviews)
    return {
        part: {
            **redaction.hidden,
            **replace(redaction, spans=tuple(_hid(part, reviews))).hidden,
            **shown[part].hidden,
        }
        for part, redaction in found.items()
    }


def load_line(session: Session, message: MessageRow) -> HidingLine:
    """Return what is said of what is hidden in a message."""
    found, reviews = load_found(session, message), load_reviews(session, message)
    shown = reviewed(found, reviews)
    looked_at = any(review.review is Review.CHECKED for review in reviews)
    doubtful = {
        part: Redaction(original="", spans=tuple(s for s in r.spans if not s.certain))
        for part, r in shown.items()
        if message.public and not looked_at
    }
    revealed = [r for r in reviews if r.review is Review.REVEALED and r.ended_at is None]
    return HidingLine(
        hidden=tuple(places_of(shown)),
        revealed=tuple(HiddenPlace(part=r.part, placeholder=r.placeholder) for r in revealed),
        doubtful=tuple(places_of(doubtful)),
        known=bool(found),
        reviews=len(reviews),
    )


def load_names(session: Session, cases: Sequence[CaseRow]) -> list[str]:
    """Return the names that are hidden in the messages of cases."""
    ids = [case.id for case in cases]
    bears = select(CaseMessageRow.message_id).where(CaseMessageRow.case_id.in_(ids))
    messages = session.scalars(select(MessageRow).where(MessageRow.id.in_(bears)))
    redactions = (load_redactions(session, message) for message in messages)
    return names_in(redaction for parts in redactions for redaction in parts.values())


def note_carried(
    session: Session,
    message: MessageRow,
    names: Sequence[str],
    kept: Sequence[str],
    *,
    at: datetime,
) -> int:
    """Hide names that another message of the case bears; return in how many places they stand.

    One that a reviewer showed in this message stays to be seen.
    """
    found, reviews = load_found(session, message), load_reviews(session, message)
    known = hidden_in(found, reviews)
    taken = {placeholder for part in known.values() for placeholder in part}
    showed = {
        plain(known[row.part].get(row.placeholder, ""))
        for row in reviews
        if row.review is Review.REVEALED and row.ended_at is None
    }
    wanted = [name for name in names if plain(name) not in showed]
    rows = [
        _carried(message, part, span, at=at)
        for part, shown in reviewed(found, reviews).items()
        for span in keeping(hide_names(shown, wanted, taken), kept).spans
        if span not in shown.spans
    ]
    session.add_all(rows)
    return len(rows)


def load_kept(session: Session, landlord: str) -> list[str]:
    """Return the words that a landlord no longer hides."""
    return [row.words for row in find(session, KeptWordsRow, landlord=landlord)]


def load_cover(session: Session, messages: Iterable[MessageRow]) -> Cover | None:
    """Return what covers in any text what reviewers of these messages hid; none if nothing."""
    hidden = [part for message in messages for part in _hidden_by_hand(session, message)]
    return cover_for(hidden) if any(part.spans for part in hidden) else None


def cover_proof(session: Session, landlord: str, message_id: int, said: str) -> str:
    """Return what a mail server said of a letter, without what is hidden in its message."""
    mine = (MessageRow.landlord == landlord, MessageRow.id == message_id)
    message = session.scalars(select(MessageRow).where(*mine)).one()
    parts = load_redactions(session, message).values()
    words = " ".join(names_in(parts)).split()
    shown = Redaction(original=cover_for(parts)(said))
    return hide_names(shown, words).text


def load_span_corrections(session: Session, landlords: Iterable[str]) -> list[SpanCorrection]:
    """Return what reviewers of these landlords taught, each in its text as it is shown now.

    What is shown here only, although it is personal data, teaches nothing.
    """
    mine = (ReviewRow.landlord.in_([*landlords]), ReviewRow.ended_at.is_(None))
    rows = session.scalars(select(ReviewRow).where(*mine).order_by(ReviewRow.id)).all()
    messages = {row.message_id: session.get_one(MessageRow, row.message_id) for row in rows}
    taught: list[SpanCorrection] = []
    for number, message in messages.items():
        found = load_found(session, message)
        shown = reviewed(found, load_reviews(session, message))
        for row in rows:
            if row.message_id == number and row.part in found:
                taught += _taught(row, found[row.part], shown[row.part])
    return taught


def originals_of(message: MessageRow) -> dict[Part, str]:
    """Return the parts of a message as they came. Restricted."""
    return {
        Part.AUTHOR: message.sender_name,
        Part.SUBJECT: message.subject,
        Part.TEXT: message.visible or message.text,
        Part.OUTCOME: message.outcome_sought,
    }


def _taught(row: ReviewRow, found: Redaction, shown: Redaction) -> Iterator[SpanCorrection]:
    """Where a place that is hidden by hand now stands, or words that are no personal data."""
    hid = row.review is Review.HID and row.by != CARRIED
    for span in shown.spans if hid else found.spans if row.kept else ():
        if span.placeholder == row.placeholder and (not hid or span.start <= row.start < span.end):
            yield SpanCorrection(
                text=shown.text,
                start=len(shown.cut(0, span.start)),
                end=len(shown.cut(0, span.end)),
                kind=span.kind,
                personal=hid,
            )


def _carried(message: MessageRow, part: Part, span: Span, *, at: datetime) -> ReviewRow:
    return ReviewRow(
        landlord=message.landlord,
        message_id=message.id,
        review=Review.HID,
        part=part,
        kind=span.kind,
        placeholder=span.placeholder,
        start=span.start,
        end=span.end,
        kept=False,
        by=CARRIED,
        at=at,
        press="",
    )


def _hidden_by_hand(session: Session, message: MessageRow) -> Iterator[Redaction]:
    """What reviewers hid, or hid again after they had shown it, and is hidden now."""
    reviews = load_reviews(session, message)
    if not reviews:
        return
    by_hand = {
        (r.part, r.placeholder)
        for r in reviews
        if r.review is Review.HID or (r.review is Review.REVEALED and r.ended_at is not None)
    }
    for part, redaction in reviewed(load_found(session, message), reviews).items():
        spans = tuple(s for s in redaction.spans if (part, s.placeholder) in by_hand)
        yield Redaction(original=redaction.original, spans=spans)


def _hid(part: Part, reviews: Sequence[ReviewRow]) -> list[Span]:
    return [
        Span(start=r.start, end=r.end, kind=r.kind, placeholder=r.placeholder)
        for r in reviews
        if r.part is part and r.review is Review.HID
    ]


def _revealed(part: Part, reviews: Sequence[ReviewRow]) -> set[str]:
    return {
        r.placeholder
        for r in reviews
        if r.part is part and r.review is Review.REVEALED and r.ended_at is None
    }


def _kept(span: Span) -> list[Any]:
    return [span.start, span.end, span.kind, span.placeholder, span.certain]


def _span(kept: Sequence[Any]) -> Span:
    start, end, kind, placeholder, certain = kept
    return Span(start=start, end=end, kind=kind, placeholder=placeholder, certain=certain)
