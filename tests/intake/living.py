"""A complaint on its way through its stages, by the real steps."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.labels import Assessment
from intake import advance, answer
from intake.decide import confirm
from intake.domain.case import Action, Definition, Kind, Status
from intake.domain.landlord import Landlord
from intake.domain.life import Outcome, Promise, Response, Verdict
from intake.domain.message import Message
from intake.domain.summary import CaseLine, ClockLine, MessageSummary
from intake.domain.triage import decision
from intake.press import CasePress, Press
from intake.send import record_sent, start_sending
from intake.store.casefile import load_casefile
from intake.store.database import Database
from intake.store.jobs import claim
from intake.store.summaries import load_message_summary
from intake.store.tables import LetterRow
from tests.builders import SENDING, assessed, landlord, take

UPHELD = Verdict(number=1, outcome=Outcome.UPHELD, reasons="Our policy says three days.")
RESPONSE = Response(
    verdicts=(UPHELD,),
    decider="Asha Bell",
    remedy="We apologise and send somebody.",
    promises=(Promise(what="Mend the roof", owner="Repairs", due=date(2026, 4, 1)),),
)
FINAL = Response(verdicts=(UPHELD,), decider="Bill Cole", remedy="We apologise again.")
DEFINITION = Definition(issues=("Nobody came",), outcome="Send somebody")


@dataclass
class Living:
    """One message, its record, and a clock that the test moves."""

    db: Database
    now: datetime
    landlord: Landlord
    message_id: int
    presses: int = 0

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    def summary(self) -> MessageSummary:
        return self.db.call(load_message_summary, "oak", self.message_id)

    def case(self, kind: Kind = Kind.COMPLAINT) -> CaseLine:
        return next(case for case in self.summary().cases if case.kind is kind)

    def clock(self, name: str, kind: Kind = Kind.COMPLAINT) -> ClockLine:
        return next(clock for clock in self.case(kind).clocks if clock.name == name)

    def file(self, kind: Kind = Kind.COMPLAINT) -> dict[str, Any]:
        found = self.db.call(load_casefile, self.case(kind).reference, original=False)
        assert found is not None
        return found

    def press(self, kind: Kind = Kind.COMPLAINT, by: str = "asha") -> CasePress:
        self.presses += 1
        return CasePress(
            landlord="oak",
            message_id=self.message_id,
            version=self.summary().version,
            by=by,
            key=f"p{self.presses}",
            case_id=self.case(kind).id,
        )

    def confirm(self, *kinds: Kind) -> None:
        decided = decision(kinds, issues="Nobody came", outcome="Send somebody")
        press = self.press_message()
        self.db.call(confirm, press, decided, self.landlord, at=self.now)

    def press_message(self) -> Press:
        self.presses += 1
        version = self.summary().version
        key = f"p{self.presses}"
        return Press(
            landlord="oak", message_id=self.message_id, version=version, by="asha", key=key
        )

    def send(self) -> str:
        """Send the letter that waits, as the worker does, and return what it says."""
        job = take(self.db, "letter", self.now)
        letter = self.db.call(start_sending, job, self.landlord, SENDING, now=self.now)
        assert letter is not None
        self.db.call(record_sent, job, "250 OK", self.landlord, now=self.now)
        mail = message_from_bytes(letter.raw, policy=default)
        [words, _] = mail.iter_parts()
        return str(words.get_content())

    def send_due(self) -> None:
        """Do all letter jobs that are due, those of letters taken back too."""
        for job in self.db.call(claim, ["letter"], now=self.now):
            if self.db.call(start_sending, job, self.landlord, SENDING, now=self.now) is not None:
                self.db.call(record_sent, job, "250 OK", self.landlord, now=self.now)

    def advance(self, action: Action, kind: Kind = Kind.COMPLAINT, note: str = "said so") -> None:
        press = self.press(kind)
        self.db.call(advance.advance, press, self.landlord, action=action, note=note, at=self.now)

    def respond(self, response: Response = RESPONSE) -> None:
        self.db.call(answer.respond, self.press(), self.landlord, response, at=self.now)

    def escalate(self, *about: str) -> None:
        request = advance.Request(asked_on=self.now.date(), complained_about=about)
        self.db.call(advance.escalate, self.press(), self.landlord, request, at=self.now)

    def acknowledge(self) -> None:
        self.db.call(answer.acknowledge, self.press(), self.landlord, DEFINITION, at=self.now)

    def reach(self, status: Status) -> None:
        """Take the complaint to where a test begins, a day for each step."""
        for step in (
            self.send,
            self.respond,
            self.send,
            self.escalate,
            self.acknowledge,
            self.send,
            lambda: self.respond(FINAL),
            self.send,
        ):
            if self.case().status is status:
                return
            self.later(days=1)
            step()
        assert self.case().status is status

    def letters(self) -> list[LetterRow]:
        def load(session: Session) -> list[LetterRow]:
            return list(session.scalars(select(LetterRow).order_by(LetterRow.id)))

        return self.db.call(load)


def logged(
    db: Database,
    now: datetime,
    *kinds: Kind,
    found: Assessment | None = None,
    words: Message | None = None,
    **changed: object,
) -> Living:
    """Take in one message and confirm what it is."""
    message_id = assessed(db, now, found, words, **changed)
    living = Living(db=db, now=now, landlord=landlord(**changed), message_id=message_id)
    living.confirm(*(kinds or (Kind.COMPLAINT,)))
    return living
