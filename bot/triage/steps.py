"""What each step of a case or hazard does with what was filled in."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Protocol

from sqlalchemy.orm import Session

from bot.triage import fields
from bot.triage.fields import Values, Way
from intake import advance, answer, attend
from intake.domain.case import Action, Kind
from intake.domain.landlord import Landlord
from intake.domain.life import Answer
from intake.domain.moments import Work
from intake.domain.reply import FEEDBACK_LETTERS, Told
from intake.domain.triage import IncompleteError
from intake.press import CasePress


class Deed(Protocol):
    """Does one step of a case, in one transaction."""

    def __call__(
        self, session: Session, press: CasePress, landlord: Landlord, /, *, at: datetime
    ) -> None:
        """Do it."""


#: Reads what was filled in, and returns what is to be done.
Reading = Callable[[Values], Deed]


def read_step(step: Action, kind: Kind, values: Values) -> Deed:
    """Return what a step of a case does with what was filled in.

    Raises:
        IncompleteError: something must be filled in.
    """
    by_letter = fields.find_choice(values, fields.WAY, Way) is Way.LETTER
    if by_letter and step in FEEDBACK_LETTERS.get(kind, {}):
        note, named = fields.words(values, fields.NOTE), fields.words(values, fields.PASSED_TO)
        return partial(answer.tell, told=Told(step=step, note=note, passed_to=named))
    own = OF_COMPLAINTS.get(step) if kind is Kind.COMPLAINT else None
    read = own or READINGS.get(step)
    if read is not None:
        return read(values)
    return partial(advance.advance, action=step, note=fields.words(values, fields.NOTE))


def _extend(values: Values) -> Deed:
    return partial(answer.extend, extension=fields.read_extension(values))


def _respond(values: Values) -> Deed:
    return partial(answer.respond, response=fields.read_response(values))


def _refuse(values: Values) -> Deed:
    return partial(answer.refuse, refusal=fields.read_refusal(values))


def _acknowledge(values: Values) -> Deed:
    return partial(answer.acknowledge, definition=fields.read_definition(values))


def _give(_values: Values) -> Deed:
    return answer.give


def _take_back(_values: Values) -> Deed:
    return _of_any_landlord(answer.take_back)


def _escalate(values: Values) -> Deed:
    request = advance.Request(
        asked_on=fields.day(values, fields.ASKED_ON),
        complained_about=fields.lines(values, fields.COMPLAINED_ABOUT),
    )
    return partial(advance.escalate, request=request)


def _reopen(values: Values) -> Deed:
    return partial(advance.reopen, note=fields.words(values, fields.NOTE))


def _offer(values: Values) -> Deed:
    how = fields.words(values, fields.NOTE)
    return _of_any_landlord(partial(advance.offer, how=how))


def _answer_offer(values: Values) -> Deed:
    said = fields.choice(values, fields.ANSWER, Answer)
    return partial(advance.answer_offer, answer=said)


def _complete(values: Values) -> Deed:
    chosen = fields.words(values, fields.PROMISE)
    if not chosen.isdecimal():
        raise IncompleteError({fields.PROMISE: "Choose one"})
    evidence = fields.words(values, fields.EVIDENCE)
    return _of_any_landlord(partial(advance.complete, action_id=int(chosen), evidence=evidence))


class _Alone(Protocol):
    def __call__(self, session: Session, press: CasePress, /, *, at: datetime) -> None: ...


def _of_any_landlord(deed: _Alone) -> Deed:
    def do(session: Session, press: CasePress, _landlord: Landlord, /, *, at: datetime) -> None:
        deed(session, press, at=at)

    return do


#: Steps that a complaint takes by a letter, and other kinds without one.
OF_COMPLAINTS: Mapping[Action, Reading] = {
    Action.ACKNOWLEDGE: _acknowledge,
    Action.RESPOND: _respond,
}
READINGS: Mapping[Action, Reading] = {
    Action.EXTEND: _extend,
    Action.REFUSE: _refuse,
    Action.ESCALATE: _escalate,
    Action.REOPEN: _reopen,
    Action.OFFER: _offer,
    Action.ANSWER_OFFER: _answer_offer,
    Action.COMPLETE: _complete,
    Action.TAKE_BACK: _take_back,
    Action.GIVE_LETTER: _give,
}


def read_hazard(values: Values, hazard_id: int) -> Deed:
    """Return what is to be done about a hazard.

    Raises:
        IncompleteError: nothing was chosen.
    """
    if values.get(fields.WORK) == fields.DISMISS:
        reason = fields.words(values, fields.NOTE)
        return _of_any_landlord(partial(attend.dismiss, hazard_id=hazard_id, reason=reason))
    work = fields.choice(values, fields.WORK, Work)
    return partial(attend.record_work, hazard_id=hazard_id, work=work)
