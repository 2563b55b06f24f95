"""The words of a letter, from what the record says on the day it goes; and before it does."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases import add_event, load_issues, lock_cases
from intake.clocks import compute, load_moments
from intake.domain.adjustments import Carrier, Need, find_conflicts
from intake.domain.case import Action, Kind, move
from intake.domain.case_letter import (
    NOTHING_DECIDED,
    OF_A_MESSAGE,
    Decided,
    write_case_letter,
    write_letter,
)
from intake.domain.clock import LONDON
from intake.domain.correspondence import (
    ANSWERED_BY,
    Correspondence,
    moments_of_letter,
    own_clocks,
)
from intake.domain.hiding import cover_all
from intake.domain.landlord import Landlord
from intake.domain.lengths import london_day
from intake.domain.letter import NOT_GONE, LetterKind, LetterText, Matter
from intake.domain.letter_check import About, make_draft
from intake.domain.moments import ClockName, Moment
from intake.domain.preview import Preview
from intake.domain.reply import REACTIONS
from intake.domain.triage import give_back
from intake.letters import find_letter, find_pending, load_letter_cases
from intake.press import CasePress, Press, pick
from intake.store.copies import load_copy, load_original
from intake.store.hiding import load_cover
from intake.store.letter_facts import load_answered, load_decided
from intake.store.people import find_addressee, find_adjustments
from intake.store.people_tables import CorrespondenceRow
from intake.store.tables import CaseRow, EventRow, LetterRow, MessageRow
from intake.store.threads import load_thread

#: Which answer is owed at each stage.
ANSWERS = (ClockName.STAGE_1_RESPONSE, ClockName.STAGE_2_RESPONSE)


class TooLateError(Exception):
    """The letter no longer says what is true: an extension after the day has passed (Code 6.4)."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """A letter as staff see it, and as it goes, with the writer's own words given back."""

    #: As which it goes: whoever has shown no authority gets a neutral one.
    kind: LetterKind
    shown: LetterText
    sent: LetterText
    #: What it was written from; nothing where it says nothing about anybody.
    about: About | None = None


class Deed(Protocol):
    """Does one step of a case, in one transaction."""

    def __call__(
        self, session: Session, press: CasePress, landlord: Landlord, /, *, at: datetime
    ) -> None:
        """Do it."""


class Decide(Protocol):
    """Says what a message is, in one transaction."""

    def __call__(
        self, session: Session, press: Press, /, *, landlord: Landlord, at: datetime
    ) -> None:
        """Say it."""


def write(
    session: Session, letter: LetterRow, message: MessageRow, landlord: Landlord, *, now: datetime
) -> Words:
    """Return what a letter says, were it to go now; a copy says what its letter said.

    Raises:
        TooLateError: it would tell of an extension when the day has passed.
    """
    cases = load_letter_cases(session, letter)
    if letter.kind is LetterKind.COPY:
        words = _copied(session, letter, message, landlord, cases=cases, now=now)
    else:
        words = _write(session, letter, message, landlord, cases=cases, now=now)
    return _set(words, [need for case in cases for need in _needs(session, case)])


def rehearse(
    session: Session, press: CasePress, landlord: Landlord, deed: Deed, *, at: datetime
) -> Preview | None:
    """Return the letter that a step would send, and do nothing; none where it sends none.

    Raises:
        InvalidTransitionError: the step cannot be taken.
    """
    with _taken_back(session):
        before = _waiting(session, press)
        deed(session, press, landlord, at=at)
        letter = _waiting(session, press)
        if letter is None or (before is not None and before.id == letter.id):
            return None
        return _preview(session, letter, landlord, now=max(letter.send_at, at))


def rehearse_triage(
    session: Session, press: Press, landlord: Landlord, decide: Decide, *, at: datetime
) -> Preview | None:
    """Return the acknowledgement that a triage would send, and do nothing; none where it does not.

    Raises:
        InvalidTransitionError: it cannot be decided.
        MissingPartError: the letter cannot be written.
    """
    with _taken_back(session):
        decide(session, press, landlord=landlord, at=at)
        kind = LetterKind.ACKNOWLEDGEMENT
        letter = find_letter(session, press.landlord, press.message_id, kind)
        if letter is None or letter.state not in NOT_GONE:
            return None
        return _preview(session, letter, landlord, now=max(letter.send_at, at))


def triage_seen(
    session: Session,
    press: Press,
    landlord: Landlord,
    decide: Decide,
    *,
    override: str,
    at: datetime,
) -> None:
    """Decide what a message is; `override` says why its letter goes although its check failed.

    Raises:
        InvalidTransitionError: it cannot be decided.
    """
    again = _was_made(session, press)
    decide(session, press, landlord=landlord, at=at)
    if override and not again:
        cases = lock_cases(session, press.landlord, press.message_id)
        complaints = (case for case in cases if case.kind is Kind.COMPLAINT)
        _note_override(session, next(complaints, cases[0]), press, override, at=at)


def take_seen(
    session: Session,
    press: CasePress,
    landlord: Landlord,
    deed: Deed,
    *,
    override: str,
    at: datetime,
) -> None:
    """Take a step whose letter was seen; `override` says why it goes although its check failed.

    Raises:
        InvalidTransitionError: the step cannot be taken.
    """
    again = _was_made(session, press)
    deed(session, press, landlord, at=at)
    if override and not again:
        case = pick(lock_cases(session, press.landlord, press.message_id), press.case_id)
        _note_override(session, case, press, override, at=at)


def _was_made(session: Session, press: Press) -> bool:
    made = (EventRow.landlord == press.landlord, EventRow.press == press.key)
    return session.scalars(select(EventRow.id).where(*made).limit(1)).first() is not None


def _note_override(
    session: Session, case: CaseRow, press: Press, override: str, *, at: datetime
) -> None:
    done = Action.OVERRIDE_CHECK
    event = move(case.kind, case.status, done, by=press.by, at=at, note=override)
    add_event(session, case, event)


@contextmanager
def _taken_back(session: Session) -> Iterator[None]:
    savepoint = session.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()


def _waiting(session: Session, press: CasePress) -> LetterRow | None:
    case = pick(lock_cases(session, press.landlord, press.message_id), press.case_id)
    return find_pending(session, case)


def _preview(
    session: Session, letter: LetterRow, landlord: Landlord, *, now: datetime
) -> Preview | None:
    mine = (MessageRow.landlord == letter.landlord, MessageRow.id == letter.message_id)
    message = session.scalars(select(MessageRow).where(*mine)).one()
    cases = load_letter_cases(session, letter)
    words = _write(session, letter, message, landlord, cases=cases, now=now)
    if words.about is None:
        return None
    carrier = Carrier.EMAIL if letter.to else Carrier.BY_HAND
    needs = [need for case in cases for need in _needs(session, case)]
    cover = load_cover(session, [message]) or str
    issues = [cover(issue.words) for case in cases for issue in load_issues(session, case)]
    outcomes = [cover(case.outcome_sought or "") for case in cases]
    thread = load_thread(session, letter.landlord, letter.message_id)
    copy = load_copy(session, letter, cases)
    return Preview(
        kind=words.kind,
        shown=_set(words, needs).shown,
        draft=make_draft(words.kind, words.sent, words.shown, about=words.about, landlord=landlord),
        to=letter.to,
        by_hand=letter.proof or "",
        quotes=tuple(
            quote for quote in (*issues, *outcomes) if quote and quote in words.shown.text
        ),
        conflicts=find_conflicts((n for n in needs if n is not Need.LARGE_PRINT), carrier),
        send_at=letter.send_at,
        copy=copy,
        rung=thread.rung if thread is not None and letter.to == message.reply_to else None,
    )


def _set(words: Words, needs: Iterable[Need]) -> Words:
    """The same words as they are set for their reader (Code 5.10)."""
    if Need.LARGE_PRINT not in needs:
        return words
    return replace(words, shown=words.shown.in_large_print(), sent=words.sent.in_large_print())


def _needs(session: Session, case: CaseRow) -> list[Need]:
    return [row.need for row in find_adjustments(session, case)]


def _write(
    session: Session,
    letter: LetterRow,
    message: MessageRow,
    landlord: Landlord,
    *,
    cases: list[CaseRow],
    now: datetime,
) -> Words:
    on = now.astimezone(LONDON).date()
    kind = _kind(session, letter, message, cases)
    ordered = sorted(cases, key=lambda case: case.place)
    raw = [_matter(session, case, letter, landlord, now=now) for case in ordered]
    cover = load_cover(session, [message]) or str
    seen = cover_all(raw, cover)
    to_writer = letter.to == message.reply_to  # nobody else gets the writer's own data
    own = [_give_back(matter, message) for matter in raw] if to_writer else seen
    reader = message.sender_name if to_writer else ""
    if kind in OF_A_MESSAGE:
        texts = [
            write_letter(kind, matters, landlord, message.reference, on=on)
            for matters in (seen, own)
        ]
        about = About(matters=tuple(own), decided=NOTHING_DECIDED, on=on, reader=reader)
        about = replace(about, references=(message.reference,))
        return Words(kind=kind, shown=texts[0], sent=texts[1], about=about if own else None)
    [case] = cases
    decided = load_decided(session, case, letter)
    if decided.original is not None and on > decided.original:
        raise TooLateError(f"the day it puts off, {decided.original}, has passed (Code 6.4)")
    known = message.hidden.get("issues", {}) if to_writer else {}
    covered = cover_all(decided, cover)
    mine = decided if to_writer else covered
    returned = replace(
        mine,
        found=[replace(each, issue=give_back(each.issue, known)) for each in mine.found],
    )
    return Words(
        kind=kind,
        shown=write_case_letter(kind, seen[0], covered, landlord, on=on),
        sent=write_case_letter(kind, own[0], returned, landlord, on=on),
        about=About(matters=tuple(own), decided=returned, on=on, reader=reader),
    )


def _copied(
    session: Session,
    letter: LetterRow,
    message: MessageRow,
    landlord: Landlord,
    *,
    cases: list[CaseRow],
    now: datetime,
) -> Words:
    """What a letter said, without the writer's own data, which no copy has."""
    original = load_original(session, letter)
    said = original.shown  # of one that was given another way nothing was written
    if said is None:
        said = _write(session, original, message, landlord, cases=cases, now=now).shown.text
    first = min(cases, key=lambda case: case.place)
    about = Matter(kind=first.kind, reference=first.reference, received_at=first.received_at)
    on = now.astimezone(LONDON).date()
    copy = write_case_letter(letter.kind, about, Decided(words=said), landlord, on=on)
    return Words(kind=letter.kind, shown=copy, sent=copy)


def _kind(
    session: Session, letter: LetterRow, message: MessageRow, cases: list[CaseRow]
) -> LetterKind:
    """Whoever has shown no authority is told no more than that a message came (edge case 4)."""
    if letter.kind is not LetterKind.ACKNOWLEDGEMENT:
        return letter.kind
    first = min(cases, key=lambda case: case.place)
    neutral = find_addressee(session, message, first, letter.kind).neutral
    return LetterKind.NEUTRAL_ACKNOWLEDGEMENT if neutral else letter.kind


def _give_back(matter: Matter, message: MessageRow) -> Matter:
    """The writer gets their own words back, whose personal data staff did not see."""
    issues, outcome = (message.hidden.get(part, {}) for part in ("issues", "outcome"))
    return replace(
        matter,
        issues=tuple(give_back(issue, issues) for issue in matter.issues),
        outcome=give_back(matter.outcome, outcome),
    )


def _matter(
    session: Session, case: CaseRow, letter: LetterRow, landlord: Landlord, *, now: datetime
) -> Matter:
    matter = Matter(
        kind=case.kind,
        reference=case.reference,
        received_at=case.received_at,
        issues=tuple(issue.words for issue in load_issues(session, case)),
        outcome=case.outcome_sought or "",
        not_responsible=case.not_responsible or "",
        answer_by=_answer_by(session, case, letter.kind, landlord, now=now),
    )
    if letter.kind not in REACTIONS:
        return matter
    asked = load_answered(session, letter)
    answer_by = _reply_by(session, asked, landlord, on=london_day(now))
    return replace(matter, received_at=asked.received_on, answer_by=answer_by)


def _reply_by(
    session: Session, asked: CorrespondenceRow, landlord: Landlord, *, on: date
) -> date | datetime | None:
    """When somebody from outside is owed an answer, were their letter acknowledged today."""
    letter = Correspondence(
        sender=asked.sender,
        bearing=asked.bearing,
        received_on=asked.received_on,
        asked_by=asked.asked_by,
        acknowledged_on=asked.acknowledged_on or on,
    )
    clocks = own_clocks(letter, compute(session, landlord, moments_of_letter(letter)))
    found = [clock for clock in clocks if clock.clock is ANSWERED_BY[asked.sender]]
    return found[0].target or found[0].code if found else None


def _answer_by(
    session: Session, case: CaseRow, kind: LetterKind, landlord: Landlord, *, now: datetime
) -> date | datetime | None:
    acknowledges = {
        LetterKind.ACKNOWLEDGEMENT: Moment.ACKNOWLEDGED,
        LetterKind.STAGE_2_ACKNOWLEDGEMENT: Moment.STAGE2_ACKNOWLEDGED,
    }
    moments = load_moments(session, case)
    if not moments or kind not in acknowledges:
        return None
    clocks = compute(session, landlord, moments | {acknowledges[kind]: now})
    found = [c for c in clocks if c.clock is ANSWERS[case.stage - 1]]
    return found[0].target or found[0].code if found else None
