"""Lives of cases: whatever can happen to them in any order, drawn by chance from a seed."""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.triage.hiding import AGAIN
from bot.triage.hiding_steps import READINGS as HIDING, read_hiding
from bot.triage.outcome_steps import OUTCOME_READINGS, read_outcome
from bot.triage.people_steps import PEOPLE_READINGS, read_people
from bot.triage.steps import Deed, read_hazard, read_step
from bot.triage.words import STEP_WORDS
from classifier.labels import Flag, Hazard, Label
from classifier.personal.redact import redact
from intake.announce import announce
from intake.assess import load_texts, propose
from intake.bounce import record_bounce
from intake.cases import CaseNotFoundError
from intake.decide import confirm, mark_sent, undo
from intake.domain.calendar import OneOff
from intake.domain.case import Action, InvalidTransitionError, Kind
from intake.domain.lengths import london_day
from intake.domain.letter import PENDING, LetterState
from intake.domain.policy import load_policy
from intake.domain.shown import hide
from intake.domain.summary import CaseLine, MessageSummary
from intake.domain.triage import IncompleteError, decision
from intake.press import CasePress
from intake.read import keep_message
from intake.receive import Arrival, receive
from intake.send import record_refused, record_sent, record_unknown, start_sending
from intake.store.database import Database
from intake.store.jobs import DestinationError, Job, claim
from intake.store.tables import LetterRow
from intake.words import TooLateError, take_seen
from tests.builders import MAIL, SENDING, assessment, delivery, landlord, message, take
from tests.flows.filling import fill
from tests.intake.living import Living
from tests.intake.test_purge import purge_all
from tests.intake.test_remind import work

STAFF = ("asha", "bill", "Asha Bell")
#: What may be wrong with a step; anything else is a fault of ours.
SAID_NO = (InvalidTransitionError, IncompleteError, CaseNotFoundError)
OAK = landlord(policy=load_policy("progress"))
ENDING = frozenset({Action.REFUSE, Action.WITHDRAW, Action.CLOSE})
#: What is offered only where something waits for it.
AWAITED = frozenset(
    {
        *(Action.NOTE_MEMBER, Action.ANSWER_LETTER, Action.SEE_TO_BREACH, Action.APPROVE_MONEY),
        *(Action.ANSWER_MONEY, Action.PAY_MONEY, Action.ANSWER_SUPPORT, Action.REVIEW_ADJUSTMENT),
        *(Action.REVIEW_RESTRICTION, Action.COMPLETE),
    }
)
#: What staff do to a case, by the menus.
STEPS = (*STEP_WORDS, *PEOPLE_READINGS, *OUTCOME_READINGS)
FOUND = (
    (Label.COMPLAINT,),
    (Label.SERVICE_REQUEST, Label.COMPLAINT),
    (Label.SERVICE_REQUEST,),
    (Label.COMPLIMENT,),
    (Label.COMMENT,),
    (Label.OTHER,),
)
YEARS = timedelta(days=366 * 6 + 7)


@dataclass
class Life:
    """A landlord's record, its clock, and what has happened so far."""

    db: Database
    now: datetime
    chance: random.Random
    number: int = 0
    lives: list[Living] = field(default_factory=list)
    #: The raw mail of each message, and when it reached us.
    arrived: list[tuple[bytes, datetime, str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    presses: int = 0
    aged: bool = False

    def live_on(self) -> None:
        """Let time pass, and something happen; first of all a message comes."""
        self.now += timedelta(hours=self.chance.choice((0, 1, 5, 24, 60, 100)))
        names = [*EVENTS]
        weights = [weight for _, weight in EVENTS.values()]
        self.happen(self.chance.choices(names, weights)[0] if self.lives else "write")

    def happen(self, name: str) -> None:
        """Let one thing happen, which may be refused but not fail."""
        self.said.append(f"{self.now:%Y-%m-%d %H} {name}")
        event, _ = EVENTS[name]
        for each in self.lives:
            each.now = self.now
        try:
            event(self)
            self.said[-1] += " done"
        except SAID_NO as error:
            self.said[-1] += f" {type(error).__name__}"
        last = self.said[-1].split(" ", 2)[2]
        self.counts[last] += 1

    def one(self) -> Living:
        """Choose a message, the latest oftener."""
        return self.chance.choice([*self.lives, self.lives[-1]])

    def press(self, message: MessageSummary, case_id: int = 0) -> CasePress:
        self.presses += 1
        return CasePress(
            landlord="oak",
            message_id=message.id,
            version=message.version,
            by=self.chance.choice(STAFF),
            key=f"{self.number}:{self.presses}",
            case_id=case_id,
        )


def write(life: Life) -> None:
    """A resident writes; now and then in answer to what they wrote before."""
    number = len(life.lives)
    answers = [f"<{life.chance.randrange(number)}@{life.number}.example>"] if number > 0 else []
    own_id = f"<{number}@{life.number}.example>"
    joins = answers if life.chance.random() < 0.5 else []
    words = message(f"Nobody has come, {number}.", own_id=own_id, answers=tuple(joins))
    raw = MAIL + own_id.encode()
    life.arrived.append((raw, life.now, own_id))
    life.db.call(receive, [Arrival(delivery=delivery(raw, life.now))])
    job = take(life.db, "read", life.now)
    life.db.call(keep_message, job, words, now=life.now, landlord=OAK)
    message_id = _assess(life)
    life.lives.append(Living(db=life.db, now=life.now, landlord=OAK, message_id=message_id))
    if life.chance.random() < 0.8:
        _say(life, life.lives[-1])


def _assess(life: Life) -> int:
    labels = life.chance.choice(FOUND)
    hazards = tuple(life.chance.sample([*Hazard], life.chance.choice((0, 0, 1, 2))))
    emergency = life.chance.random() < 0.2
    flags = {Flag.EMERGENCY: 0.9} if emergency else {}
    job = take(life.db, "assess", life.now)
    [unassessed] = life.db.call(load_texts, [job], {"oak": SENDING.seal})
    view = assessment(*labels, hazards=hazards, flags=flags, evidence=())
    shown = hide(unassessed, view, redact)
    seal = SENDING.seal
    life.db.call(propose, job, (view, shown), OAK, now=life.now, seal=seal)
    return int(job.payload["message_id"])


def arrive_again(life: Life) -> None:
    """The same mail is found to have reached us by another way, perhaps earlier."""
    number = life.chance.randrange(len(life.lives))
    raw, at, own_id = life.arrived[number]
    earlier = at - timedelta(days=life.chance.choice((-1, 0, 1, 5, 30)))
    words = message(f"Nobody has come, {number}.", own_id=own_id)
    way = raw + f"again {life.presses} {len(life.said)}".encode()
    life.db.call(receive, [Arrival(delivery=delivery(way, min(earlier, life.now)))])
    job = take(life.db, "read", life.now)
    life.db.call(keep_message, job, words, now=life.now, landlord=OAK)
    for again in life.db.call(claim, ["assess"], now=life.now):
        [unassessed] = life.db.call(load_texts, [again])
        view = assessment(Label.OTHER)
        life.db.call(propose, again, (view, hide(unassessed, view, redact)), OAK, now=life.now)


def triage(life: Life) -> None:
    """Staff say, or say anew, what a message is."""
    _say(life, life.one())


def _say(life: Life, living: Living) -> None:
    kinds = life.chance.sample([*Kind], life.chance.choice((1, 1, 2)))
    if life.chance.random() < 0.6:
        kinds = [Kind.COMPLAINT, *kinds[1:]]
    decided = decision(kinds, issues="Nobody came\nIt is cold", outcome="Send somebody")
    life.said[-1] += f" {'+'.join(decided.kinds)}"
    life.db.call(confirm, life.press(living.summary()), decided, OAK, at=life.now)


def take_back_triage(life: Life) -> None:
    life.db.call(undo, life.press(life.one().summary()), OAK, at=life.now)


def give_acknowledgement(life: Life) -> None:
    life.db.call(mark_sent, life.press(life.one().summary()), OAK, at=life.now)


def step(life: Life) -> None:
    """Staff take a step with a case: mostly one that is offered, with facts of all kinds."""
    seen = life.one().summary()
    if not seen.cases:
        return
    alive = [case for case in seen.cases if case.outcome_steps]
    case = life.chance.choice([*seen.cases, *alive * 5])
    if case.letter and case.letter.state in PENDING and life.chance.random() < 0.5:
        carry(life)  # oftener than somebody takes it back
        return
    wanted = _choose(case, life.chance)
    life.said[-1] += f" {wanted} of {case.kind}"
    deed = _deed(wanted, case, fill(wanted, case, chance=life.chance, today=london_day(life.now)))
    press = life.press(seen, case.id)
    if life.chance.random() < 0.9:
        life.db.call(deed, press, OAK, at=life.now)
    else:
        life.db.call(take_seen, press, OAK, deed, override="It is right so", at=life.now)


def _choose(case: CaseLine, chance: random.Random) -> Action:
    """Choose what to do with a case: what ends it, and what nobody is offered, less often."""
    beside = [*case.around.steps(case.kind, case.status), *case.outcome_steps]
    beside += [step for step in beside for _ in range(4) if step in AWAITED]
    moving = [s for s in case.steps for _ in range(1 if s in ENDING else 5)]
    offered = moving if moving and chance.random() < 0.6 else beside
    anything = not offered or chance.random() < 0.04
    return chance.choice(STEPS if anything else offered)


def _deed(wanted: Action, case: CaseLine, values: Mapping[str, str]) -> Deed:
    if wanted in OUTCOME_READINGS:
        return read_outcome(wanted, values)
    if wanted in PEOPLE_READINGS:
        return read_people(wanted, values)
    return read_step(wanted, case.kind, values)


def see_to_hazard(life: Life) -> None:
    seen = life.one().summary()
    if seen.hazards:
        works = ("made_safe", "investigated", "summary_sent", "work_done", "dismiss")
        values = {"work": life.chance.choice(works), "note": "We looked"}
        deed = read_hazard(values, life.chance.choice(seen.hazards).id)
        life.db.call(deed, life.press(seen), OAK, at=life.now)


def review(life: Life) -> None:
    """A reviewer hides more, or shows what is hidden."""
    seen = life.one().summary()
    step = life.chance.choice([*HIDING])
    places = seen.hiding.revealed if step == AGAIN else seen.hiding.hidden
    values = {
        "words": life.chance.choice(("Nobody", "come", "nowhere")),
        "kind": life.chance.choice(("NAME", "ADDRESS")),
        "place": life.chance.choice([f"{p.part}:{p.placeholder}" for p in places] or [""]),
        "scope": life.chance.choice(("here", "everywhere")),
        "reason": "A name",
    }
    life.said[-1] += f" {step}"
    life.db.call(read_hiding(step, values), life.press(seen), OAK, at=life.now)


def carry(life: Life) -> None:
    """The worker carries what is due; the other side may refuse it, or never say."""
    for job in life.db.call(claim, ["letter"], now=life.now):
        try:
            going = life.db.call(start_sending, job, OAK, SENDING, now=life.now)
        except TooLateError as error:
            life.db.call(record_refused, job, str(error), now=life.now)
            continue
        except DestinationError:
            continue  # so many have gone that it waits
        end = life.chance.choices((_sent, _refused, _unknown), (8, 1, 1))[0]
        if going is not None:
            life.db.call(end, job, life.now)


def _sent(session: Session, job: Job, now: datetime) -> None:
    record_sent(session, job, "250 OK", OAK, now=now)


def _refused(session: Session, job: Job, now: datetime) -> None:
    record_refused(session, job, "550", now=now)


def _unknown(session: Session, job: Job, now: datetime) -> None:
    record_unknown(session, job, now=now)


def bring_back(life: Life) -> None:
    """A letter that went comes back undelivered."""

    def back(session: Session) -> None:
        gone = select(LetterRow).where(LetterRow.state == LetterState.SENT).order_by(LetterRow.id)
        rows = session.scalars(gone).all()
        if rows:
            record_bounce(session, life.chance.choice(rows), OAK, why="5.1.1", now=life.now)

    life.db.call(back)


def remind(life: Life) -> None:
    work(life.one())


def add_holiday(life: Life) -> None:
    day = london_day(life.now) + timedelta(days=life.chance.randint(1, 40))
    holiday = OneOff(date=day, nation=OAK.nation, reason="A jubilee")
    life.db.call(announce, OAK, holiday, by="heard calendar add", at=life.now)


def grow_old(life: Life) -> None:
    """Years go by, once, and personal data goes at the end of its keeping."""
    if not life.aged and life.chance.random() < 0.2:
        life.aged = True
        life.now += YEARS
    if purge_all(life.db, life.now):
        life.said[-1] += " files"


#: What can happen, and how often beside the others.
EVENTS: Mapping[str, tuple[Callable[[Life], None], int]] = {
    "write": (write, 3),
    "arrive_again": (arrive_again, 2),
    "triage": (triage, 5),
    "take_back_triage": (take_back_triage, 2),
    "give_acknowledgement": (give_acknowledgement, 2),
    "step": (step, 60),
    "hazard": (see_to_hazard, 5),
    "review": (review, 5),
    "carry": (carry, 25),
    "bring_back": (bring_back, 2),
    "remind": (remind, 6),
    "holiday": (add_holiday, 2),
    "grow_old": (grow_old, 2),
}
