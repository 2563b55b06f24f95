"""Whatever staff choose from what is offered, in any order, the record stays whole."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import advance, answer
from intake.cases import chain
from intake.domain.case import Action, ForbiddenError, Kind, OvertakenError, Status
from intake.domain.lengths import london_day
from intake.domain.letter import LetterState
from intake.domain.life import Answer, Extension, Ground, Refusal
from intake.store.database import Database
from intake.store.tables import CaseRow, EventRow, NoteRow
from tests.intake.living import FINAL, RESPONSE, Living, logged

REFUSAL = Refusal(
    ground=Ground.ALREADY_CONSIDERED, reasons="It was answered", evidence="R", decider="Asha Bell"
)


def deeds_of(living: Living, kind: Kind) -> dict[Action, Callable[[], None]]:
    """Return what the steps do that need more than words, with facts as good as any."""
    db, now, whose = living.db, living.now, living.landlord
    press, case = living.press(kind), living.case(kind)
    extension = Extension(until=now.date(), reason="because")
    response = FINAL if case.stage > 1 else RESPONSE
    complaint = kind is Kind.COMPLAINT
    request = advance.Request(asked_on=now.date())
    deeds = {
        Action.EXTEND: lambda: db.call(answer.extend, press, whose, extension, at=now),
        Action.REFUSE: lambda: db.call(answer.refuse, press, whose, REFUSAL, at=now),
        Action.ESCALATE: lambda: db.call(advance.escalate, press, whose, request, at=now),
        Action.REOPEN: lambda: db.call(advance.reopen, press, whose, note="so", at=now),
        Action.OFFER: lambda: db.call(advance.offer, press, how="by phone", at=now),
        Action.ANSWER_OFFER: lambda: db.call(advance.answer_offer, press, whose, Answer.NO, at=now),
        Action.TAKE_BACK: lambda: db.call(answer.take_back, press, at=now),
        Action.COMPLETE: lambda: db.call(
            advance.complete, press, action_id=case.promises[0].id, evidence="seen", at=now
        ),
    }
    if complaint:
        deeds[Action.RESPOND] = lambda: living.respond(response)
        deeds[Action.ACKNOWLEDGE] = living.acknowledge
    return deeds


def check(living: Living) -> None:
    """No illegal state, no date before its start, and the chain whole."""

    def walk(session: Session) -> None:
        for case in session.scalars(select(CaseRow)):
            head, stands = b"", Status.AWAITING_TRIAGE
            found = select(EventRow, NoteRow).join(NoteRow, NoteRow.event_id == EventRow.id)
            its = found.where(EventRow.case_id == case.id).order_by(EventRow.seq)
            for event, note in session.execute(its):
                head = chain(head, event, note.digest)
                assert (event.hash, event.before) == (head, stands)
                stands = event.after
            assert (case.head, case.status) == (head, stands)

    living.db.call(walk)
    for case in living.summary().cases:
        for clock in living.file(case.kind)["clocks"]:
            for due in (clock["target"], clock["code"]):
                assert due is None or due[:10] >= clock["starts"][:10]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", [Kind.COMPLAINT, Kind.SERVICE_REQUEST, Kind.COMMENT])
def test_no_order_of_steps_breaks_the_record(db: Database, now: datetime, kind: Kind, seed: int):
    chance = random.Random(seed)  # noqa: S311 - the same orders each time
    living = logged(db, now, kind)
    stages = set()
    for _ in range(14):
        living.later(days=chance.randint(0, 3))
        case = living.case(kind)
        stages.add(case.stage)
        letter = case.letter or living.summary().letter
        if letter and letter.state is LetterState.WAITING and chance.random() < 0.7:
            living.send_due()
        elif case.steps:
            step = chance.choice(case.steps)
            deed = deeds_of(living, kind).get(step, partial(living.advance, step, kind))
            with suppress(ForbiddenError, OvertakenError):
                deed()
        check(living)
    assert stages <= {1, 2}
    assert london_day(living.now) >= london_day(now)
