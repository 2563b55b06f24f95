"""What each step around a case does with what was filled in."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Protocol

from sqlalchemy.orm import Session

from bot.triage import fields, people_forms as names
from bot.triage.fields import Values, Way
from bot.triage.people_forms import Came, Possible
from bot.triage.steps import Deed, Reading
from intake import answer, beside, correspond, involve
from intake.domain.adjustments import Adjustment, Need
from intake.domain.case import Action
from intake.domain.correspondence import (
    Bearing,
    Body,
    BreachStep,
    Correspondence,
    Proceedings,
    Reaction,
    Sender,
    read_numbers,
)
from intake.domain.identity import Writer
from intake.domain.landlord import Landlord
from intake.domain.people import (
    Authority,
    Capacity,
    MemberStep,
    Relation,
    Replies,
    Representation,
    check_address,
    read_members,
)
from intake.domain.reply import Reply, Written
from intake.press import CasePress


def read_people(step: Action, values: Values) -> Deed:
    """Return what a step around a case does with what was filled in.

    Raises:
        IncompleteError: something must be filled in.
    """
    return PEOPLE_READINGS[step](values)


def _representative(values: Values) -> Deed:
    found = Representation(
        capacity=fields.choice(values, names.CAPACITY, Capacity),
        authority=fields.choice(values, names.AUTHORITY, Authority),
        name=fields.words(values, names.NAME),
        evidence=fields.words(values, fields.EVIDENCE),
        wish=fields.find_choice(values, names.WISH, Replies),
        address=fields.words(values, names.ADDRESS),
        copy_to=fields.words(values, names.COPY_TO),
    )
    return partial(involve.represent, found=found)


def _group(values: Values) -> Deed:
    lines, lead = fields.lines(values, names.MEMBERS), fields.words(values, names.LEAD)
    return _of_any_landlord(partial(involve.group, members=read_members(lines, lead)))


def _member(values: Values) -> Deed:
    wish = involve.MemberWish(
        member_id=_number(values, names.MEMBER),
        step=fields.choice(values, names.WHAT, MemberStep),
        asked_on=fields.day(values, names.RECEIVED_ON),
        note=fields.words(values, fields.NOTE),
    )
    return partial(involve.see_to_member, wish=wish)


def _contact(values: Values) -> Deed:
    address, why = fields.words(values, names.ADDRESS), fields.words(values, fields.NOTE)
    return _of_any_landlord(partial(involve.note_contact, address=address, why=why))


def _standing(values: Values) -> Deed:
    relation = fields.choice(values, names.RELATION, Relation)
    return partial(involve.check_who, relation=relation, note=fields.words(values, fields.NOTE))


def _letter(values: Values) -> Deed:
    letter = Correspondence(
        sender=fields.choice(values, names.SENDER, Sender),
        bearing=fields.choice(values, names.BEARING, Bearing),
        received_on=fields.day(values, names.RECEIVED_ON),
        asked_by=fields.find_day(values, names.ASKED_BY),
        name=fields.words(values, names.NAME),
    )
    incoming = correspond.Incoming(
        letter=letter,
        own_message=fields.choice(values, names.CAME, Came) is Came.THIS,
        concerns=fields.words(values, names.CONCERNS),
        note=fields.words(values, fields.NOTE),
    )
    return partial(correspond.note_letter, incoming=incoming)


def _answer_letter(values: Values) -> Deed:
    if fields.find_choice(values, fields.WAY, Way) is Way.LETTER:
        return partial(answer.reply, answer=_reply(values))
    handled = correspond.Handled(
        letter_id=_number(values, names.LETTER),
        reaction=fields.choice(values, names.WHAT, Reaction),
        note=fields.words(values, fields.NOTE),
    )
    return partial(correspond.answer_letter, handled=handled)


def _reply(values: Values) -> Reply:
    address = fields.words(values, names.ADDRESS)
    check_address(address)
    return Reply(
        letter_id=_number(values, names.LETTER),
        reaction=fields.choice(values, names.WHAT, Reaction),
        address=address,
        written=Written(
            words=fields.words(values, fields.NOTE),
            their_reference=fields.words(values, names.THEIR_REFERENCE),
            enclosed=fields.lines(values, names.ENCLOSED),
            decider=fields.words(values, fields.DECIDER),
        ),
    )


def _proceedings(values: Values) -> Deed:
    found = Proceedings(
        claim=fields.words(values, names.CLAIM),
        filed_on=fields.day(values, names.FILED_ON),
        overlapping=read_numbers(fields.words(values, names.OVERLAPPING).replace(",", " ").split()),
        decider=fields.words(values, fields.DECIDER),
        reasons=fields.words(values, fields.REASONS),
    )
    return _of_any_landlord(partial(correspond.note_proceedings, found=found))


def _end_proceedings(values: Values) -> Deed:
    note = fields.words(values, fields.NOTE)
    return _of_any_landlord(partial(correspond.end_proceedings, note=note))


def _hold(values: Values) -> Deed:
    return _of_any_landlord(partial(beside.hold, reason=fields.words(values, fields.NOTE)))


def _release(values: Values) -> Deed:
    return _of_any_landlord(partial(beside.release, reason=fields.words(values, fields.NOTE)))


def _refer(values: Values) -> Deed:
    body = fields.choice(values, names.BODY, Body)
    return partial(correspond.refer, body=body, matter=fields.words(values, names.MATTER))


def _writer(values: Values) -> Deed:
    found = fields.choice(values, names.WRITER, Writer)
    evidence = fields.words(values, fields.EVIDENCE)
    return _of_any_landlord(partial(involve.check_writer, found=found, evidence=evidence))


def _adjust(values: Values) -> Deed:
    adjustment = Adjustment(
        need=fields.choice(values, names.NEED, Need),
        words=fields.words(values, names.WORDS),
        purpose=fields.words(values, names.PURPOSE),
        review_on=fields.day(values, names.REVIEW_ON),
    )
    return _of_any_landlord(partial(involve.adjust, adjustment=adjustment))


def _review(values: Values) -> Deed:
    reviewed = involve.Reviewed(
        adjustment_id=_number(values, names.ADJUSTMENT),
        until=fields.find_day(values, names.REVIEW_ON),
        note=fields.words(values, fields.NOTE),
    )
    return _of_any_landlord(partial(involve.review, reviewed=reviewed))


def _protect(values: Values) -> Deed:
    possible = fields.choice(values, names.BREACH, Possible) is Possible.YES
    note = fields.words(values, fields.NOTE)
    return partial(correspond.protect, breach=possible, note=note)


def _breach(values: Values) -> Deed:
    decided = fields.choice(values, names.WHAT, BreachStep)
    reasons = fields.words(values, fields.NOTE)
    return _of_any_landlord(partial(correspond.see_to_breach, decided=decided, reasons=reasons))


def _number(values: Values, name: str) -> int:
    """What was chosen, as the record knows it; nothing chosen is no row, which the step says."""
    chosen = fields.words(values, name)
    return int(chosen) if chosen.isdecimal() else 0


class _Alone(Protocol):
    def __call__(self, session: Session, press: CasePress, /, *, at: datetime) -> None: ...


def _of_any_landlord(deed: _Alone) -> Deed:
    def do(session: Session, press: CasePress, _landlord: Landlord, /, *, at: datetime) -> None:
        deed(session, press, at=at)

    return do


PEOPLE_READINGS: Mapping[Action, Reading] = {
    Action.NOTE_REPRESENTATIVE: _representative,
    Action.NOTE_GROUP: _group,
    Action.NOTE_MEMBER: _member,
    Action.NOTE_CONTACT: _contact,
    Action.CHECK_STANDING: _standing,
    Action.NOTE_LETTER: _letter,
    Action.ANSWER_LETTER: _answer_letter,
    Action.NOTE_PROCEEDINGS: _proceedings,
    Action.REFER_ELSEWHERE: _refer,
    Action.CHECK_WRITER: _writer,
    Action.AGREE_ADJUSTMENT: _adjust,
    Action.REVIEW_ADJUSTMENT: _review,
    Action.RAISE_DATA_PROTECTION: _protect,
    Action.SEE_TO_BREACH: _breach,
    Action.END_PROCEEDINGS: _end_proceedings,
    Action.HOLD: _hold,
    Action.RELEASE: _release,
}
