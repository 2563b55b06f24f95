"""Whatever happens in whatever order, the record holds; whatever is done to it, that shows.

`HEARD_TEST_LIVES` asks for more lives than the few that every run has time for.
"""

import os
import random
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from intake.clocks import load_clocks, load_moments, working_days
from intake.domain.case import (
    ENDED,
    FOR_STAFF,
    HEARD,
    NOTED,
    TRANSITIONS,
    Action,
    Kind,
    Status,
)
from intake.domain.chain import hash_event
from intake.domain.clock_order import check_order
from intake.domain.lengths import london_day
from intake.domain.moments import ClockName, Moment
from intake.domain.returned import UNSENT
from intake.store.audit import facts_of, load_heads
from intake.store.base import Base
from intake.store.database import Database
from intake.store.tables import CaseRow, ClockRow, DeliveryRow, EventRow, NoteRow
from tests.flows.lives import OAK, STEPS, YEARS, Life
from tests.intake.test_purge import audit, purge_all, remove_case

MORE = int(os.environ.get("HEARD_TEST_LIVES", "0"))  # noqa: TID251 - the tests' own setting
#: How many lives there are; PostgreSQL takes longer for each.
LIVES = {"sqlite": 10, "postgresql": 2}
LENGTH, TOGETHER = 50, 8
#: What happens beside the steps that staff choose from a menu.
BESIDE = (
    *(Action.OPEN, Action.CONFIRM, Action.UNDO, Action.RECORD_IN_ERROR, Action.PROMISE_LETTER),
    *(Action.LETTER_NOT_SENT, Action.LETTER_UNKNOWN, Action.LETTER_RETURNED, Action.FOLLOW_UP),
    Action.SEND_COPY,
    *(Action.DISMISS_HAZARD, Action.RECORD_HAZARD, Action.REMIND, Action.RECALCULATE),
    *(Action.OVERRIDE_CHECK, Action.RECEIVE_EARLIER, Action.PURGE, Action.HIDE_MORE),
    *(Action.REVEAL, Action.HIDE_AGAIN, Action.CHECK_DOUBTS, Action.DEFINE),
)
#: The longest from a start that the Code allows, in working days, and the most it can be put off.
LIMITS: Mapping[str, tuple[int, int]] = {
    ClockName.STAGE_1_ACKNOWLEDGEMENT: (5, 0),
    ClockName.STAGE_1_RESPONSE: (10, 10),
    ClockName.STAGE_2_ACKNOWLEDGEMENT: (5, 0),
    ClockName.STAGE_2_RESPONSE: (20, 20),
}
#: What each clock starts with, and the days until that day at the latest, where it is still to be.
STARTS = {
    ClockName.STAGE_1_ACKNOWLEDGEMENT: (Moment.RECEIVED, Moment.RECEIVED),
    ClockName.STAGE_1_RESPONSE: (Moment.ACKNOWLEDGED, Moment.RECEIVED),
    ClockName.STAGE_2_ACKNOWLEDGEMENT: (Moment.STAGE2_REQUESTED, Moment.STAGE2_REQUESTED),
    ClockName.STAGE_2_RESPONSE: (Moment.STAGE2_ACKNOWLEDGED, Moment.STAGE2_REQUESTED),
}


class Watch:
    """Looks at the record after each thing that happens, and remembers what must not change."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._received: dict[int, datetime] = {}

    def live(self, events: int) -> None:
        """Live, and look after each event."""
        for _ in range(events):
            self._life.live_on()
            faults = self._life.db.call(lambda session: [*self.look(session)])
            assert faults == [], "\n".join([*self._life.said, *faults])

    def look(self, session: Session) -> Iterator[str]:
        """Say what is wrong with any case of this life."""
        mine = CaseRow.message_id.in_([living.message_id for living in self._life.lives])
        for case in session.scalars(select(CaseRow).where(mine).order_by(CaseRow.id)):
            said = [*_history(session, case), *_dates(session, case), *self._receipt(case)]
            yield from (f"case {case.id} ({case.kind}, {case.status}): {fault}" for fault in said)

    def _receipt(self, case: CaseRow) -> Iterator[str]:
        """A receipt is never later than it was."""
        known = self._received.setdefault(case.id, case.received_at)
        if case.received_at > known:
            yield f"its receipt moved from {known} to {case.received_at}"
        self._received[case.id] = case.received_at


def _history(session: Session, case: CaseRow) -> Iterator[str]:
    """Each event follows from the one before, by the table, and the chain is whole."""
    head, stands = b"", Status.AWAITING_TRIAGE
    mine = EventRow.case_id == case.id
    found = select(EventRow, NoteRow).join(NoteRow, NoteRow.event_id == EventRow.id).where(mine)
    for event, note in session.execute(found.order_by(EventRow.seq)):
        head = hash_event(head, facts_of(event), note.digest)
        if event.hash != head or event.before != stands:
            yield f"event {event.seq} ({event.action}) does not follow"
        if not _is_legal(case.kind, event):
            yield f"{event.action} took it from {event.before} to {event.after}"
        if event.by == HEARD and event.action in FOR_STAFF:
            yield f"nobody in particular did {event.action}"
        stands = event.after
    if (case.head, case.status) != (head, stands) or case.stage not in {1, 2}:
        yield f"it is at stage {case.stage}, {case.status}, where its history did not leave it"


def _is_legal(kind: Kind, event: EventRow) -> bool:
    if event.action is Action.LETTER_RETURNED:
        back = {after for (before, _), after in UNSENT.items() if before is event.before}
        return event.after in {event.before, *back} or event.before is Status.REFUSED
    if event.action in NOTED or event.action is Action.OPEN:
        return event.before is event.after
    if (event.before, event.action) not in TRANSITIONS[kind]:
        return False
    after = TRANSITIONS[kind][event.before, event.action]
    return event.after is after if after else event.after not in ENDED


def _dates(session: Session, case: CaseRow) -> Iterator[str]:
    """No date is before its start or later than the Code allows, and none runs when all is over."""
    moments = load_moments(session, case)
    check_order(moments)
    for clock in load_clocks(session, case):
        yield from _due(clock)
        if clock.ended_at is None and case.status in ENDED:
            yield f"{clock.name} runs"
        if clock.code is not None and clock.name in LIMITS and clock.ended_at is None:
            latest = _latest(session, clock, moments)
            if london_day(clock.code) > latest:
                yield f"{clock.name} is due {clock.code}, and the Code allows {latest}"


def _due(clock: ClockRow) -> Iterator[str]:
    for due in (clock.target, clock.code):
        if due is not None and london_day(due) < london_day(clock.starts):
            yield f"{clock.name} is due {due}, before its start, {clock.starts}"
    if clock.ended_at and clock.code and clock.met is not None:
        in_time = london_day(clock.ended_at) <= london_day(clock.code)
        if clock.met is not in_time:
            yield f"{clock.name} ended {clock.ended_at}, due {clock.code}, met: {clock.met}"


def _latest(session: Session, clock: ClockRow, moments: Mapping[Moment, date | datetime]) -> date:
    """Return the last day that the Code allows, counted day by day."""
    start, else_from = STARTS[ClockName(clock.name)]
    length, more = LIMITS[clock.name]
    wait = 0 if start in moments else 5
    first = london_day(moments[start] if start in moments else moments[else_from])
    holidays = working_days(session, OAK).holidays
    left = wait + length + (more if clock.extended else 0)
    while left:
        first += timedelta(days=1)
        left -= first.weekday() < 5 and first not in holidays
    return first


def born(db: Database, now: datetime, number: int) -> Life:
    """Begin a life, whose events are those of its number alone."""
    chance = random.Random(number)  # noqa: S311 - the same lives each time
    return Life(db=db, now=now + timedelta(days=number % 365), chance=chance, number=number)


def empty(session: Session) -> None:
    for table in reversed(Base.metadata.sorted_tables):
        session.execute(delete(table))


def test_no_order_of_events_breaks_the_record(db: Database, now: datetime, tmp_path: Path):
    """Lives are lived beside each other: what happens to one matter moves no other."""
    for number in range(MORE or LIVES[db.engine.dialect.name]):
        life = born(db, now, number)
        Watch(life).live(LENGTH)
        faults = audit(db, tmp_path)
        assert faults == [], "\n".join([*life.said, *faults])
        if number % TOGETHER == TOGETHER - 1:
            db.call(empty)


def test_every_step_there_is_can_happen_in_a_life():
    """A step that is new to the menus, or an action to the record, is lived too."""
    assert {*STEPS, *BESIDE} == set(Action)


def _random_event(session: Session, chance: random.Random) -> EventRow:
    return chance.choice(session.scalars(select(EventRow).order_by(EventRow.id)).all())


def change_event(session: Session, chance: random.Random) -> None:
    event = _random_event(session, chance)
    session.execute(update(EventRow).where(EventRow.id == event.id).values(by="somebody else"))


def delete_event(session: Session, chance: random.Random) -> None:
    event = _random_event(session, chance)
    session.execute(delete(NoteRow).where(NoteRow.event_id == event.id))
    session.execute(delete(EventRow).where(EventRow.id == event.id))


def cut_tail(session: Session, chance: random.Random) -> None:
    case = chance.choice(session.scalars(select(CaseRow).order_by(CaseRow.id)).all())
    tail = (EventRow.case_id == case.id, EventRow.seq >= chance.randint(1, case.seq))
    ids = select(EventRow.id).where(*tail)
    session.execute(delete(NoteRow).where(NoteRow.event_id.in_(ids)))
    session.execute(delete(EventRow).where(*tail))


def remove_cases(session: Session, _chance: random.Random) -> None:
    remove_case(session)


def change_delivery(session: Session, chance: random.Random) -> None:
    kept = select(DeliveryRow).where(DeliveryRow.raw.is_not(None)).order_by(DeliveryRow.id)
    row = chance.choice(session.scalars(kept).all())
    row.raw = (row.raw or b"").replace(b"damp", b"dust")


@pytest.mark.parametrize(
    "harm", [change_event, delete_event, cut_tail, remove_cases, change_delivery]
)
def test_a_record_holds_until_somebody_does_it_harm(
    db: Database, now: datetime, tmp_path: Path, harm: Callable[[Session, random.Random], None]
):
    life = born(db, now, sum(harm.__name__.encode()))
    Watch(life).live(LENGTH // 2)
    checkpoint = db.call(load_heads, "oak")
    assert audit(db, tmp_path, checkpoint) == []
    life.now += YEARS
    purge_all(db, life.now)
    life.happen("write")  # what came since is kept
    assert audit(db, tmp_path, checkpoint) == []
    db.call(harm, life.chance)
    assert audit(db, tmp_path, checkpoint) != []
