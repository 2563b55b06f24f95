"""A reviewer hides more of a message, or shows a part of it: who, when and why is on record.

Nothing that was recorded changes: what is shown is drawn anew from the original and from what
reviewers did, all of which can be undone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.labels import Assessment, Evidence, Label, Redaction
from intake.attach import attach
from intake.cases import CaseNotFoundError, add_event
from intake.domain.case import Action, move
from intake.domain.hiding import (
    Data,
    HiddenPlace,
    Part,
    Scope,
    cover_for,
    hide_more,
    joined,
    plain,
    typed_pieces,
)
from intake.domain.landlord import Landlord
from intake.domain.shown import show
from intake.domain.triage import IncompleteError
from intake.follow import lock_all
from intake.press import CasePress
from intake.store.corrections import CorrectionRow
from intake.store.hiding import (
    KeptWordsRow,
    Review,
    ReviewRow,
    hidden_in,
    load_found,
    load_kept,
    load_names,
    load_redactions,
    load_reviews,
    note_carried,
)
from intake.store.jobs import NewJob, enqueue
from intake.store.tables import AssessmentRow, CaseMessageRow, CaseRow, MessageRow

#: The fields of the forms, where something is missing.
WORDS, PLACE, SCOPE, REASON = "words", "place", "scope", "reason"
LONGEST_KEPT = 200
ONLY_STAFF = (
    "This is a public post, whose copy may be forwarded: what is shown to staff alone stays "
    "hidden in it. Read the original, or find that it is no personal data"
)


@dataclass(frozen=True, kw_only=True)
class Hiding:
    """What a reviewer wants hidden, as what, and why."""

    typed: str = field(repr=False)
    kind: Data
    reason: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Revealing:
    """What a reviewer wants shown, how far, and why."""

    place: HiddenPlace
    scope: Scope
    reason: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class _Reviewed:
    """A message under review and its cases, all locked."""

    message: MessageRow
    cases: Sequence[CaseRow]
    press: CasePress
    at: datetime


def hide_words(
    session: Session, press: CasePress, _landlord: Landlord, /, *, hiding: Hiding, at: datetime
) -> None:
    """Hide words wherever they stand in a message and in the others of its cases.

    Raises:
        IncompleteError: no reason was given, or the words stand nowhere.
        CaseNotFoundError: this landlord has no such message.
    """
    found = _begin(session, press, hiding.reason, at=at)
    if found is None:
        return
    pieces = typed_pieces(hiding.typed)
    hid: list[ReviewRow] = []
    for message in (found.message, *_beside(session, found)):
        rows = _hide(session, message, pieces, kind=hiding.kind, found=found)
        if rows:
            hid += rows
            _redraw(session, message, at=at)
    if not hid:
        raise IncompleteError({WORDS: "No such words can be seen in the message"})
    told = sorted({f"{row.placeholder} in the {row.part}" for row in hid})
    _record(session, found, Action.HIDE_MORE, told=told, reason=hiding.reason)


def reveal(
    session: Session, press: CasePress, _landlord: Landlord, /, *, wanted: Revealing, at: datetime
) -> None:
    """Show what a placeholder stands for; or find that it is no personal data to this landlord.

    In a public post, whose copy anybody may see, only what was hidden by hand is shown again.

    Raises:
        IncompleteError: no reason was given, the placeholder is gone, or anybody may see it.
        CaseNotFoundError: this landlord has no such message.
    """
    found = _begin(session, press, wanted.reason, at=at)
    if found is None:
        return
    message, place = found.message, wanted.place
    spans = _spans_at(session, message, place)
    if not spans:
        raise IncompleteError({PLACE: "That is no longer hidden"})
    if message.public and wanted.scope is Scope.HERE and not _by_hand(session, message, place):
        raise IncompleteError({SCOPE: ONLY_STAFF})
    row = _row(message, Review.REVEALED, found)
    row.part, row.placeholder, row.kind = place.part, place.placeholder, spans[0][0]
    row.kept = wanted.scope is Scope.EVERYWHERE
    session.add(row)
    for words in sorted({words for _, words in spans}) if row.kept else ():
        _keep(session, message.landlord, words, found)
    _redraw(session, message, at=at)
    how = "no personal data" if row.kept else "here only"
    told = [f"{place.placeholder} in the {place.part} ({how})"]
    _record(session, found, Action.REVEAL, told=told, reason=wanted.reason)


def hide_again(
    session: Session,
    press: CasePress,
    _landlord: Landlord,
    /,
    *,
    place: HiddenPlace,
    reason: str,
    at: datetime,
) -> None:
    """Hide again what was shown; words that were found to be no personal data are hidden anew.

    Raises:
        IncompleteError: no reason was given, or it is not shown.
        CaseNotFoundError: this landlord has no such message.
    """
    found = _begin(session, press, reason, at=at)
    if found is None:
        return
    message = found.message
    shown = [
        row
        for row in load_reviews(session, message)
        if row.review is Review.REVEALED
        and row.ended_at is None
        and (row.part, row.placeholder) == (place.part, place.placeholder)
    ]
    if not shown:
        raise IncompleteError({PLACE: "That is hidden already"})
    for row in shown:
        row.ended_at, row.ended_by = at, press.by
    session.add(_row(message, Review.HID_AGAIN, found))
    session.flush()
    if any(row.kept for row in shown):
        words = {words for _, words in _spans_at(session, message, place)}
        mine = (KeptWordsRow.landlord == message.landlord, KeptWordsRow.words.in_(words))
        for kept in session.scalars(select(KeptWordsRow).where(*mine)):
            session.delete(kept)
    _redraw(session, message, at=at)
    told = [f"{place.placeholder} in the {place.part}"]
    _record(session, found, Action.HIDE_AGAIN, told=told, reason=reason)


def attach_hiding(
    session: Session, press: CasePress, landlord: Landlord, /, *, at: datetime
) -> None:
    """Make a message part of a case, and hide in each of its messages the names that others bear.

    Raises:
        CaseNotFoundError: this landlord has no such case.
        OvertakenError: somebody has decided what the message is, or was first.
    """
    attach(session, press, landlord, at=at)
    session.flush()
    mine = (CaseRow.landlord == press.landlord, CaseRow.id == press.case_id)
    case = session.scalars(select(CaseRow).where(*mine)).one()
    names, kept = load_names(session, [case]), load_kept(session, press.landlord)
    bears = select(CaseMessageRow.message_id).where(CaseMessageRow.case_id == case.id)
    its = (MessageRow.landlord == press.landlord, MessageRow.id.in_(bears))
    for message in session.scalars(select(MessageRow).where(*its).order_by(MessageRow.id)).all():
        if note_carried(session, message, names, kept, at=at):
            _redraw(session, message, at=at)


def check_doubts(
    session: Session, press: CasePress, _landlord: Landlord, /, *, at: datetime
) -> None:
    """Record that somebody has looked at the doubtful places, and that they are as they should be.

    Raises:
        CaseNotFoundError: this landlord has no such message.
    """
    found = _begin(session, press, Action.CHECK_DOUBTS, at=at)
    if found is not None:
        session.add(_row(found.message, Review.CHECKED, found))
        _promise_card(session, found.message, at=at)
        _record(session, found, Action.CHECK_DOUBTS, told=[], reason="")


def _begin(session: Session, press: CasePress, reason: str, *, at: datetime) -> _Reviewed | None:
    """The message and its cases, locked; none where this very press was made before."""
    mine = (MessageRow.landlord == press.landlord, MessageRow.id == press.message_id)
    message = session.scalars(select(MessageRow).where(*mine).with_for_update()).one_or_none()
    if message is None:
        raise CaseNotFoundError(f"no message {press.message_id}")
    if any(row.press == press.key for row in load_reviews(session, message)):
        return None
    if not reason.strip():
        raise IncompleteError({REASON: "Say why"})
    bears = select(CaseMessageRow.case_id).where(CaseMessageRow.message_id == message.id)
    its = (CaseRow.landlord == message.landlord, CaseRow.id.in_(bears))
    cases = lock_all(session, session.scalars(select(CaseRow).where(*its)))
    return _Reviewed(message=message, cases=cases, press=press, at=at)


def _beside(session: Session, found: _Reviewed) -> Sequence[MessageRow]:
    bears = select(CaseMessageRow.message_id).where(
        CaseMessageRow.case_id.in_([case.id for case in found.cases])
    )
    others = (MessageRow.id.in_(bears), MessageRow.id != found.message.id)
    mine = select(MessageRow).where(MessageRow.landlord == found.message.landlord, *others)
    return session.scalars(mine.order_by(MessageRow.id).with_for_update()).all()


def _hide(
    session: Session, message: MessageRow, pieces: Sequence[str], *, kind: Data, found: _Reviewed
) -> list[ReviewRow]:
    """Add what hides words in a message, part by part, and return it."""
    known = hidden_in(load_found(session, message), load_reviews(session, message))
    taken = {placeholder for part in known.values() for placeholder in part}
    rows = []
    for part, shown in load_redactions(session, message).items():
        for words in pieces:
            spans = hide_more(shown, words, kind, taken)
            for span in spans:
                row = _row(message, Review.HID, found)
                row.part, row.kind, row.placeholder = part, kind, span.placeholder
                row.start, row.end = span.start, span.end
                rows.append(row)
            shown = joined(shown, spans)  # noqa: PLW2901 - the next words see it hidden
    session.add_all(rows)
    return rows


def _by_hand(session: Session, message: MessageRow, place: HiddenPlace) -> bool:
    """Whether it was a reviewer that hid it."""
    return any(
        row.review is Review.HID and (row.part, row.placeholder) == (place.part, place.placeholder)
        for row in load_reviews(session, message)
    )


def _spans_at(session: Session, message: MessageRow, place: HiddenPlace) -> list[tuple[str, str]]:
    """The kind, and the words as they are compared, of each place where a placeholder stands."""
    redaction = load_redactions(session, message).get(place.part, Redaction(original=""))
    return [
        (span.kind, plain(redaction.original[span.start : span.end])[:LONGEST_KEPT])
        for span in redaction.spans
        if span.placeholder == place.placeholder
    ]


def _keep(session: Session, landlord: str, words: str, found: _Reviewed) -> None:
    mine = (KeptWordsRow.landlord == landlord, KeptWordsRow.words == words)
    if session.scalar(select(KeptWordsRow.id).where(*mine)) is None:
        who = {"by": found.press.by, "at": found.at}
        session.add(KeptWordsRow(landlord=landlord, words=words, **who))


def _row(message: MessageRow, review: Review, found: _Reviewed) -> ReviewRow:
    return ReviewRow(
        landlord=message.landlord,
        message_id=message.id,
        review=review,
        part=Part.TEXT,
        kind="",
        placeholder="",
        start=0,
        end=0,
        kept=False,
        by=found.press.by,
        at=found.at,
        press=found.press.key,
    )


def _redraw(session: Session, message: MessageRow, *, at: datetime) -> None:
    """Draw anew what is shown of a message, and what was learned from it."""
    session.flush()
    mine = (AssessmentRow.landlord == message.landlord, AssessmentRow.message_id == message.id)
    row = session.scalars(select(AssessmentRow).where(*mine)).one()
    parts = load_redactions(session, message)
    shown = show(parts, _assessment(row))
    message.shown_author, message.shown_subject = shown.author, shown.subject
    message.shown_text, message.shown_issues = shown.text, shown.issues
    message.shown_outcome = shown.outcome
    row.reasons = list(shown.reasons)
    known = hidden_in(load_found(session, message), load_reviews(session, message))
    asked = Part.OUTCOME if message.outcome_sought else Part.TEXT
    message.hidden = {"issues": known[Part.TEXT], "outcome": known[asked]}
    learned = (CorrectionRow.landlord == message.landlord, CorrectionRow.message_id == message.id)
    for correction in session.scalars(select(CorrectionRow).where(*learned)):
        correction.text = shown.text
    _promise_card(session, message, at=at)


def _promise_card(session: Session, message: MessageRow, *, at: datetime) -> None:
    session.flush()
    card = NewJob(
        landlord=message.landlord,
        kind="card",
        key=f"review:{message.id}:{len(load_reviews(session, message))}",
        run_at=at,
        payload={"message_id": message.id},
    )
    enqueue(session, card)


def _assessment(row: AssessmentRow) -> Assessment:
    return Assessment(
        labels=tuple(Label(label) for label in row.labels),
        band=row.band,
        model=row.model,
        evidence=tuple(
            Evidence(
                label=Label(e["label"]),
                sentence="",
                start=e["start"],
                end=e["end"],
                cues=tuple(e["cues"]),
            )
            for e in row.evidence
        ),
    )


def _record(
    session: Session, found: _Reviewed, action: Action, *, told: Sequence[str], reason: str
) -> None:
    """Write down in each case what was done, without the words."""
    cover = cover_for(load_redactions(session, found.message).values())
    note = "\n".join([*told, *[cover(reason)] * bool(reason)])
    for case in found.cases:
        by = found.press.by
        event = move(case.kind, case.status, action, by=by, at=found.at, note=note)
        add_event(session, case, event, press=found.press.key)
