"""Find the case that a message belongs to, and make it part of that case."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.labels import History
from intake.cases import add_event, link_cases
from intake.domain.case import Action, Kind, Status, move
from intake.domain.identity import Known, Rung, rung_of
from intake.domain.landlord import Landlord
from intake.domain.message import Automatic
from intake.domain.thread import (
    GOES_ON,
    MACHINES,
    Matter,
    Standing,
    Way,
    Why,
    find_references,
    looks_sealed,
    standing_of,
)
from intake.mail.seal import Seal
from intake.mail.whose import is_staff
from intake.store import threads
from intake.store.floods import alert_once, find_flood
from intake.store.jobs import NewJob, enqueue
from intake.store.rows import get_one, put
from intake.store.tables import CaseMessageRow, CaseRow, LetterRow, MessageRow, PartyRow
from intake.store.thread_tables import SuggestionRow, ThreadRow

ALTERED = "it came to an address of ours that was altered or made up"
FLOOD = "one of many messages from one address within the hour"
FROM_NOBODY = "it came from nobody to the address at which failures are told"


@dataclass(frozen=True, kw_only=True)
class Match:
    """The cases that a message was found to belong to, and what shows it."""

    way: Way
    cases: tuple[CaseRow, ...]
    letter: LetterRow | None = None


@dataclass(frozen=True, kw_only=True)
class Placed:
    """How a message stands, and the cases it is part of, with those beside them."""

    thread: ThreadRow
    match: Match | None = None
    conversation: tuple[CaseRow, ...] = ()
    by_staff: bool = False

    @property
    def joined(self) -> tuple[CaseRow, ...]:
        """The cases that it is part of."""
        joined = self.match is not None and self.thread.standing is Standing.JOINED
        return self.match.cases if self.match is not None and joined else ()

    @property
    def matters(self) -> list[Matter]:
        """What goes on in those cases and beside them."""
        return [Matter(kind=case.kind, status=case.status) for case in self.conversation]


def place(session: Session, message: MessageRow, landlord: Landlord, seal: Seal | None) -> Placed:
    """Decide how a message stands to the cases there are, and keep what staff may want to see."""
    thread = threads.load_thread(session, message.landlord, message.id) or note_writer(
        session, message
    )
    senders, came_to = threads.load_envelopes(session, message)
    match = find_match(session, message, thread, seal, came_to=came_to)
    _note_altered(message, seal, came_to)
    _note_machine(session, message, thread, match, from_nobody=not any(senders))
    by_staff = _is_staffs(session, message, thread, landlord)
    living = _living(session, match)
    cases = living.cases if living else ()
    participant = bool(cases) and (
        by_staff or threads.is_participant(session, cases, message.party_id)
    )
    way = living.way if living else None
    thread.standing = standing_of(way, message.automatic, participant=participant)
    thread.way = way
    placed = Placed(thread=thread, match=living or match, by_staff=by_staff and participant)
    if not placed.joined:
        _suggest(session, message, match)
        return placed
    beside = tuple(threads.conversation(session, placed.joined))
    return Placed(thread=thread, match=living, conversation=beside, by_staff=placed.by_staff)


def find_match(
    session: Session,
    message: MessageRow,
    thread: ThreadRow | None,
    seal: Seal | None,
    *,
    came_to: Sequence[str] | None = None,
) -> Match | None:
    """Return the cases that a message belongs to, by the strongest sign that there is."""
    if came_to is None:
        _, came_to = threads.load_envelopes(session, message)
    newest = tuple(reversed(message.answers))
    returned = (thread.returned_id,) if thread and thread.returned_id else ()
    named = find_references(message.subject)
    signs: tuple[Callable[[], Match | None], ...] = (
        lambda: _by_bounce_address(session, message, seal, came_to),
        # Before the address for answers: some servers tell of a failure there.
        lambda: _by_letter(session, message, Way.RETURNED, returned),
        lambda: _by_reply_address(session, message, seal, came_to),
        lambda: _by_letter(session, message, Way.LETTER, newest),
        lambda: _match(session, Way.MESSAGE, threads.cases_of_answered(session, message, newest)),
        lambda: _by_sealed_id(session, message, seal, (*returned, *newest)),
        lambda: _match(session, Way.REFERENCE, _named(session, message, named)),
    )
    return next((found for look in signs if (found := look())), None)


def history_of(session: Session, message: MessageRow, seal: Seal | None) -> History:
    """Return what the record knows of the matter that a message goes on with."""
    thread = threads.load_thread(session, message.landlord, message.id)
    match = _living(session, find_match(session, message, thread, seal))
    if match is None or not threads.is_participant(session, match.cases, message.party_id):
        return History()
    beside = threads.conversation(session, match.cases)
    if not beside:
        return History()
    asked = any(c.kind is Kind.SERVICE_REQUEST and c.status in GOES_ON for c in beside)
    return History(
        contacts=threads.count_messages(session, beside),
        open_request=asked,
        overdue=threads.is_overdue(session, beside, message.received_at),
    )


def join(
    session: Session,
    message: MessageRow,
    cases: Iterable[CaseRow],
    *,
    by: str,
    at: datetime,
    press: str | None = None,
) -> None:
    """Make a message part of cases, and write that down in each."""
    note = f"message {message.reference}"
    for case in lock_all(session, cases):
        mine = (CaseMessageRow.case_id == case.id, CaseMessageRow.message_id == message.id)
        if session.scalar(select(CaseMessageRow.id).where(*mine)) is None:
            row = CaseMessageRow(landlord=case.landlord, case_id=case.id, message_id=message.id)
            session.add(row)
        event = move(case.kind, case.status, Action.FOLLOW_UP, by=by, at=at, note=note)
        add_event(session, case, event, press=press)


def group(
    session: Session,
    message: MessageRow,
    landlord: Landlord,
    opened: Sequence[CaseRow],
    *,
    at: datetime,
) -> None:
    """Link the cases of a flood from one address, and tell staff once; all stay to be triaged.

    A member of staff may pass many residents' words on: those have nothing to do with each other.
    """
    party = get_one(session, PartyRow, landlord=message.landlord, id=message.party_id)
    if not opened or message.imported or is_staff(party.address, landlord):
        return
    flood = find_flood(session, message)
    if flood:
        for case in sorted({*flood[1:], *opened} - {flood[0]}, key=lambda case: case.id):
            link_cases(session, [flood[0], case], reason=FLOOD)
        alert_once(session, message, flood[0], now=at)


def promise_card(session: Session, thread: ThreadRow, *, at: datetime) -> None:
    """Promise a fresh card of a message that has no case of its own."""
    card = NewJob(
        landlord=thread.landlord,
        kind="card",
        key=f"thread:{thread.message_id}:{thread.seq}",
        run_at=at,
        payload={"message_id": thread.message_id},
    )
    enqueue(session, card)


def lock_all(session: Session, cases: Iterable[CaseRow]) -> list[CaseRow]:
    """Return cases as they stand now, which nobody else can change until this ends."""
    ordered = sorted(cases, key=lambda case: case.id)
    for case in ordered:
        session.refresh(case, with_for_update=True)
    return ordered


def note_writer(
    session: Session, message: MessageRow, *, known: Known | None = None, forwarder: str = ""
) -> ThreadRow:
    """Keep how well we know who writes; how the message stands is found out later."""
    row = ThreadRow(
        landlord=message.landlord,
        message_id=message.id,
        standing=Standing.NEW,
        rung=rung_of(known) if known else Rung.UNKNOWN,
        proven=known.proven if known else False,
        proof="",
        forwarder=forwarder,
        why_automatic="",
        quiet=False,
        returned_id="",
        returned_why="",
        seq=0,
    )
    session.add(row)
    return row


def _by_letter(
    session: Session, message: MessageRow, way: Way, own_ids: Sequence[str]
) -> Match | None:
    letter = threads.find_letter(session, message.landlord, own_ids)
    if letter is None:
        return None
    return _match(session, way, threads.cases_of_letter(session, letter), letter)


def _by_bounce_address(
    session: Session, message: MessageRow, seal: Seal | None, came_to: Sequence[str]
) -> Match | None:
    """The letter of a bounce address; of one that was sent again since, its cases alone."""
    if seal is None:
        return None
    number, _, promise = seal.find_letter(came_to).partition("-")
    letter = (
        threads.get_letter(session, message.landlord, int(number)) if number.isdecimal() else None
    )
    if letter is None:
        return None
    cases, latest = threads.cases_of_letter(session, letter), promise in {"", str(letter.promise)}
    return _match(session, Way.BOUNCE_ADDRESS, cases, letter if latest else None)


def _by_sealed_id(
    session: Session, message: MessageRow, seal: Seal | None, own_ids: Sequence[str]
) -> Match | None:
    named = seal.find_case_by_id(own_ids) if seal is not None else ""
    found = _named(session, message, [named]) if named else []
    return _match(session, Way.SEALED_ID, found)


def _by_reply_address(
    session: Session, message: MessageRow, seal: Seal | None, came_to: Sequence[str]
) -> Match | None:
    named = seal.find_case(came_to) if seal is not None else ""
    found = _named(session, message, [named]) if named else []
    return _match(session, Way.REPLY_ADDRESS, found)


def _note_altered(message: MessageRow, seal: Seal | None, came_to: Sequence[str]) -> None:
    """Say where somebody made up an address of ours. Not while looking: a look writes nothing."""
    ours = seal is not None and (seal.find_case(came_to) or seal.find_letter(came_to))
    if seal is not None and looks_sealed(came_to) and not ours:
        message.problems = [*message.problems, ALTERED]


def _named(session: Session, message: MessageRow, names: Sequence[str]) -> list[CaseRow]:
    references = [name.upper() for name in names]
    return threads.cases_by_reference(session, message.landlord, references)


def _match(
    session: Session, way: Way, cases: Sequence[CaseRow], letter: LetterRow | None = None
) -> Match | None:
    """A match with cases; of those recorded in error, with the cases that took up their words."""
    right = [case for case in cases if case.status is not Status.RECORDED_IN_ERROR]
    found = tuple(right or threads.cases_of_the_same_words(session, cases) or cases)
    return Match(way=way, cases=found, letter=letter) if found else None


def _living(session: Session, match: Match | None) -> Match | None:
    """A match without the cases whose personal data was removed: nothing is added to those.

    Their removal would be undone, and what is new would stand where nobody looks; it is a matter
    of its own, with a suggestion for staff.
    """
    gone = threads.find_purged(session, match.cases) if match is not None else set()
    if match is None or not gone:
        return match
    left = tuple(case for case in match.cases if case.id not in gone)
    return replace(match, cases=left) if left else None


def _note_machine(
    session: Session,
    message: MessageRow,
    thread: ThreadRow,
    match: Match | None,
    *,
    from_nobody: bool,
) -> None:
    """What only the record shows of a machine: our own letter, or a failure without a report."""
    if message.automatic is not None:
        return
    own = (message.own_id,) if message.own_id else ()
    if threads.find_letter(session, message.landlord, own) is not None:
        message.automatic, thread.why_automatic = Automatic.OURS, "our own Message-ID"
    elif match is not None and match.way is Way.BOUNCE_ADDRESS and from_nobody:
        # Whoever is away answers there too; what asks for no answer is such an answer.
        kind = Automatic.AUTO_REPLY if thread.quiet else Automatic.BOUNCE
        message.automatic, thread.why_automatic = kind, FROM_NOBODY


def _is_staffs(
    session: Session, message: MessageRow, thread: ThreadRow, landlord: Landlord
) -> bool:
    """Whether our own edge vouches for a sender who says that they are staff."""
    if not thread.proven or thread.forwarder:
        return False
    return is_staff(session.get_one(PartyRow, message.party_id).address, landlord)


def _suggest(session: Session, message: MessageRow, match: Match | None) -> None:
    """Keep the cases that staff may want to see: what it answers or names, or its writer's own."""
    why: dict[int, Why] = {}
    if match is not None:
        sign = Why.REFERENCE if match.way is Way.REFERENCE else Why.ANSWERS
        why = {case.id: sign for case in match.cases}
    if message.automatic not in MACHINES:
        own = threads.open_cases_of(session, message)
        why = {case.id: Why.SAME_SENDER for case in own} | why
    for case_id, reason in sorted(why.items(), key=lambda item: (item[1], item[0])):
        about = {"message_id": message.id, "case_id": case_id, "why": reason}
        put(session, SuggestionRow, landlord=message.landlord, **about)
