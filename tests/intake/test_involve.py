"""People around a case: representatives, groups, nobody at all, and what they need."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.labels import Flag, Label
from intake import advance, involve
from intake.domain.adjustments import Adjustment, Need
from intake.domain.case import Action, ForbiddenError, Kind, OvertakenError, Status
from intake.domain.letter import LetterKind, LetterState
from intake.domain.message import Message
from intake.domain.people import (
    NO_AUTHORITY,
    Authority,
    Capacity,
    Member,
    MemberStep,
    Relation,
    Replies,
    Representation,
)
from intake.domain.summary import CaseLine
from intake.domain.triage import IncompleteError
from intake.send import start_sending
from intake.store.database import Database
from intake.store.people import find_addressee
from intake.store.tables import LetterRow, MessageRow
from intake.words import write
from tests.builders import SENDING, assessed, assessment, landlord, message, take
from tests.intake.living import Living, logged

DAUGHTER = message(on_behalf_of="My mother")
SAID = assessment(Label.COMPLAINT, flags={Flag.REPRESENTATIVE: 0.9}, evidence=())
SHOWN = Representation(
    capacity=Capacity.RELATIVE,
    authority=Authority.SHOWN,
    evidence="A letter that she signed",
    wish=Replies.REPRESENTATIVE,
)
LARGE = Adjustment(
    need=Need.LARGE_PRINT, words="", purpose="Poor sight", review_on=date(2026, 9, 1)
)
MEMBERS = (Member(name="Asha Bell", address="asha@example.org", lead=True), Member(name="Bo"))


def represent(living: Living, found: Representation) -> None:
    living.db.call(involve.represent, living.press(), living.landlord, found, at=living.now)


def states(living: Living) -> list[tuple[str, LetterState]]:
    return [(letter.to, letter.state) for letter in living.letters()]


def complaints(living: Living) -> list[CaseLine]:
    return [case for case in living.summary().cases if case.kind is Kind.COMPLAINT]


def says(living: Living) -> str:
    """What the latest letter says, were it to go now."""

    def load(session: Session) -> str:
        [letter, *_] = session.scalars(select(LetterRow).order_by(LetterRow.id.desc()))
        of = session.get_one(MessageRow, letter.message_id)
        return write(session, letter, of, living.landlord, now=living.now).sent.text

    return living.db.call(load)


@pytest.mark.parametrize("found", [None, SAID], ids=["said on the form", "read in the words"])
def test_a_case_written_by_somebody_else_has_authority_to_be_asked_for(
    db: Database, now: datetime, found: object
):
    words = DAUGHTER if found is None else message()
    living = logged(db, now, found=found, words=words)  # type: ignore[arg-type] # a table of cases
    assert living.case().around.standing_in
    assert living.file()["written_for_somebody_else"] is True
    represent(living, replace(SHOWN, authority=Authority.ASKED))
    assert living.file()["written_by"] == "representative"
    assert str(living.clock("stage_1_acknowledgement").code) == "2026-03-09"
    assert "Until then we cannot say if we know them" in says(living)
    assert "Nobody came" not in says(living)
    assert states(living) == [("jo@example.org", LetterState.WAITING)]


def test_without_authority_the_answer_is_not_sent_to_the_writer(db: Database, now: datetime):
    living = logged(db, now, words=DAUGHTER)
    living.send_due()
    living.respond()
    [_, answered] = living.letters()
    assert (answered.to, answered.state, answered.proof) == ("", LetterState.BY_HAND, NO_AUTHORITY)
    represent(living, SHOWN)
    assert states(living)[1] == ("jo@example.org", LetterState.WAITING)
    living.send_due()
    assert living.case().status is Status.RESPONDED


def test_an_answer_on_its_way_to_the_writer_turns_back_when_authority_is_refused(
    db: Database, now: datetime
):
    living = logged(db, now)
    living.send_due()
    living.respond()
    assert states(living)[1] == ("jo@example.org", LetterState.WAITING)
    refused = replace(SHOWN, authority=Authority.NONE, evidence="She does not want it")
    represent(living, refused)
    assert states(living)[1] == ("", LetterState.BY_HAND)
    represent(living, replace(refused, address="mum@example.org"))
    assert states(living)[1] == ("mum@example.org", LetterState.WAITING)
    represent(living, replace(refused, authority=Authority.NOT_NEEDED, address=""))
    assert living.file()["written_by"] == "resident"
    assert states(living)[1] == ("jo@example.org", LetterState.WAITING)


def test_a_letter_to_somebody_else_keeps_what_the_writer_wrote_hidden(db: Database, now: datetime):
    living = logged(db, now, words=DAUGHTER)
    represent(living, replace(SHOWN, wish=Replies.RESIDENT, address="mum@example.org"))
    assert "Nobody came" in says(living)
    assert states(living) == [("mum@example.org", LetterState.WAITING)]


def test_who_represents_whom_is_on_record_and_their_name_with_the_original_only(
    db: Database, now: datetime
):
    living = logged(db, now, words=DAUGHTER)
    represent(living, replace(SHOWN, authority=Authority.ASKED, name="Sally Bell"))
    represent(living, replace(SHOWN, name="Sally Bell"))
    facts = living.file()["representation"]
    assert (facts["name"], facts["authority"], facts["by"]) == ("[hidden]", "shown", "asha")
    assert facts["why"] == "the resident asked for it (Code 3.6)"
    noted = [e for e in living.file()["events"] if e["action"] == "note_representative"]
    assert len(noted) == 2
    assert "Sally" not in str(living.file())


def test_nobody_to_write_to_stops_letters_and_no_clock(db: Database, now: datetime):
    living = logged(db, now)
    with pytest.raises(IncompleteError):
        db.call(involve.note_contact, living.press(), address="", why=" ", at=now)
    with pytest.raises(IncompleteError):
        db.call(involve.note_contact, living.press(), address="the box", why="x", at=now)
    db.call(involve.note_contact, living.press(), address="", why="A card in the box", at=now)
    assert states(living) == [("", LetterState.BY_HAND)]
    assert not living.case().around.reachable
    assert living.clock("stage_1_acknowledgement").ended_at is None
    assert living.file()["contact"] == {"address": "", "why": "A card in the box"}
    overtaken = take(db, "letter", now)
    assert db.call(start_sending, overtaken, living.landlord, SENDING, now=now) is None


def group(living: Living, members: tuple[Member, ...] = MEMBERS) -> None:
    living.db.call(involve.group, living.press(), members, at=living.now)


def see_to(living: Living, step: MemberStep, place: int = 1, asked_on: date | None = None) -> None:
    wish = involve.MemberWish(
        member_id=living.case().around.members[place].id,
        step=step,
        asked_on=asked_on or living.now.date(),
    )
    press = living.press()
    living.db.call(involve.see_to_member, press, living.landlord, wish, at=living.now)


def test_a_petition_is_one_complaint_with_a_lead_contact(db: Database, now: datetime):
    living = logged(db, now)
    group(living)
    assert states(living) == [("asha@example.org", LetterState.WAITING)]
    group(living, (Member(name="Cy", lead=True),))
    lead = {m["name"]: m["lead"] for m in living.file()["group"]}
    assert lead == {"[hidden]": True}
    assert [m.lead for m in living.case().around.members] == [False, False, True]
    see_to(living, MemberStep.COPY)
    assert [m["copied"] is not None for m in living.file()["group"]] == [False, True, False]


def test_a_member_complains_alone_from_their_own_day(db: Database, now: datetime):
    living = logged(db, now)
    group(living)
    living.send_due()
    living.later(days=2)
    for _ in range(2):
        see_to(living, MemberStep.ALONE)
    [first, own] = complaints(living)
    assert (own.kind, own.status, own.issues) == (Kind.COMPLAINT, Status.LOGGED, first.issues)
    due = {clock.name: str(clock.code) for clock in own.clocks}
    assert due["stage_1_acknowledgement"] == "2026-03-11"
    assert Action.ACKNOWLEDGE in own.steps
    assert living.file()["group"][1]["own_case"] == own.reference
    assert not own.around.reachable


def test_a_member_who_complains_on_the_same_day_shares_its_receipt(db: Database, now: datetime):
    living = logged(db, now)
    group(living)
    with pytest.raises(ForbiddenError, match=r"1\.2"):
        see_to(living, MemberStep.ALONE, asked_on=date(2026, 3, 1))
    see_to(living, MemberStep.ALONE, place=0)
    [_, own] = complaints(living)
    due = {clock.name: str(clock.code) for clock in own.clocks}
    assert due["stage_1_acknowledgement"] == "2026-03-09"


def test_a_stranger_to_the_group_is_not_seen_to(db: Database, now: datetime):
    living = logged(db, now)
    wish = involve.MemberWish(member_id=7, step=MemberStep.COPY, asked_on=now.date())
    with pytest.raises(IncompleteError):
        db.call(involve.see_to_member, living.press(), living.landlord, wish, at=now)


def test_a_check_of_who_may_complain_refuses_nothing(db: Database, now: datetime):
    living = logged(db, now)
    for relation in (Relation.NEIGHBOUR, Relation.NOBODY):
        press = living.press()
        db.call(involve.check_who, press, living.landlord, relation, note="Passer-by", at=now)
    assert living.case().status is Status.LOGGED
    facts = living.file()["standing"]
    assert (facts["relation"], facts["standing"]) == ("none_of_these", "a_person_decides")
    assert facts["note"] == "Passer-by"


def review(
    living: Living, *, until: date | None, note: str = "Talked it over", id_: int = 1
) -> None:
    found = involve.Reviewed(adjustment_id=id_, until=until, note=note)
    living.db.call(involve.review, living.press(), found, at=living.now)


def test_an_adjustment_is_shown_until_a_review_finds_it_needed_no_more(db: Database, now: datetime):
    living = logged(db, now)
    with pytest.raises(IncompleteError):
        db.call(involve.adjust, living.press(), replace(LARGE, purpose=""), at=now)
    db.call(involve.adjust, living.press(), LARGE, at=now)
    assert [line.need for line in living.case().around.adjustments] == [Need.LARGE_PRINT]
    living.later(days=30)
    for until, note, id_, field in [
        (None, "x", 9, "adjustment"),
        (None, " ", 1, "note"),
        (date(2026, 3, 1), "x", 1, "review_on"),
    ]:
        with pytest.raises(IncompleteError) as asked:
            review(living, until=until, note=note, id_=id_)
        assert set(asked.value.fields) == {field}
    review(living, until=date(2027, 3, 1))
    assert living.file()["adjustments"][0]["review"] == "2027-03-01"
    review(living, until=None)
    assert living.file()["adjustments"] == []
    notes = [e["note"] for e in living.file()["events"] if e["action"] == "review_adjustment"]
    assert notes[1] == "large_print is needed no more: Talked it over"


def test_an_adjustment_is_known_in_the_next_case_of_the_same_person(db: Database, now: datetime):
    living = logged(db, now)
    db.call(involve.adjust, living.press(), LARGE, at=now)
    later = again(living, message(own_id="2"))
    assert [line.need for line in later.case().around.adjustments] == [Need.LARGE_PRINT]
    stranger = again(living, message(own_id="3", sender="al@example.org"))
    assert stranger.case().around.adjustments == ()


def again(living: Living, words: Message) -> Living:
    """Take in another message and confirm it as a complaint, with presses of its own."""
    message_id = assessed(living.db, living.now, words=words)
    another = replace(living, message_id=message_id, presses=message_id * 100)
    another.confirm(Kind.COMPLAINT)
    return another


def test_what_nobody_has_triaged_has_nobody_around_it(db: Database, now: datetime):
    message_id = assessed(db, now)
    waiting = Living(db=db, now=now, landlord=landlord(), message_id=message_id)
    with pytest.raises(OvertakenError, match="say first what the message is"):
        represent(waiting, SHOWN)


def test_a_press_made_twice_counts_once(db: Database, now: datetime):
    living = logged(db, now)
    press, whose = living.press(), living.landlord
    db.call(involve.adjust, press, LARGE, at=now)
    seen = living.summary().version
    wish = involve.MemberWish(member_id=1, step=MemberStep.COPY, asked_on=now.date())
    found = involve.Reviewed(adjustment_id=1, until=None, note="x")
    db.call(involve.adjust, press, LARGE, at=now)
    db.call(involve.represent, press, whose, SHOWN, at=now)
    db.call(involve.note_contact, press, address="", why="x", at=now)
    db.call(involve.group, press, MEMBERS, at=now)
    db.call(involve.see_to_member, press, whose, wish, at=now)
    db.call(involve.check_who, press, whose, Relation.RESIDENT, note="", at=now)
    db.call(involve.review, press, found, at=now)
    assert living.summary().version == seen


def test_people_are_noted_while_a_letter_waits(db: Database, now: datetime):
    living = logged(db, now)
    living.send_due()
    living.respond()
    represent(living, SHOWN)
    with pytest.raises(OvertakenError, match="a letter to the resident waits"):
        db.call(advance.offer, living.press(), how="x", at=now)


def test_a_letter_about_no_case_goes_to_the_writer(db: Database, now: datetime):
    message_id = assessed(db, now)

    def find(session: Session) -> str:
        row = session.get_one(MessageRow, message_id)
        return find_addressee(session, row, None, LetterKind.RECEIPT).address

    assert db.call(find) == "jo@example.org"
