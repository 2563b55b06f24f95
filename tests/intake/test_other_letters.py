"""Letters that tell of no decision: they go once, and their arrival is on record."""

from dataclasses import replace
from datetime import date, datetime
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.labels import Label
from intake.answer import reply, take_back, tell
from intake.bounce import record_bounce
from intake.correspond import Incoming, note_letter
from intake.decide import confirm, undo
from intake.domain.case import HEARD, Action, Kind, OvertakenError, Status
from intake.domain.correspondence import Bearing, Correspondence, Reaction, Sender
from intake.domain.letter import LetterKind, LetterState
from intake.domain.letter_check import check_letter, stops
from intake.domain.policy import Policy, load_policy
from intake.domain.reply import Reply, Told, Written
from intake.domain.sending import Withheld
from intake.domain.triage import Decision, IncompleteError, decision
from intake.letters import Promised, promise_case_letter
from intake.outcome import offer_after_survey
from intake.send import start_sending
from intake.store.database import Database
from intake.store.letter_tables import LetterWordsRow
from intake.store.tables import CaseRow, LetterRow
from intake.words import rehearse_triage
from tests.builders import SENDING, assessment, message, take
from tests.intake.living import Living, logged

CODE, PROGRESS = load_policy("ombudsman-code"), load_policy("progress")
FEEDBACK = {Kind.COMPLIMENT: Label.COMPLIMENT, Kind.COMMENT: Label.COMMENT}
MP = Correspondence(
    sender=Sender.MP,
    bearing=Bearing.COMPLAINT,
    received_on=date(2026, 3, 2),
    asked_by=date(2026, 3, 6),
    name="Mary Quill MP",
)
COVER = Written(their_reference="HO-1", enclosed=("Both letters",), decider="Asha Bell")
WORDS = Written(words="We will fit a new roof this month.")


def feedback(db: Database, now: datetime, kind: Kind, policy: Policy = PROGRESS) -> Living:
    return logged(db, now, kind, found=assessment(FEEDBACK[kind]), policy=policy)


def told(living: Living, kind: Kind, step: Action, note: str = "To Dave, by his manager") -> None:
    what = Told(step=step, note=note)
    living.db.call(tell, living.press(kind), living.landlord, what, at=living.now)


def asked(
    db: Database, now: datetime, letter: Correspondence = MP, *, own_message: bool = True
) -> Living:
    living = logged(db, now, policy=PROGRESS)
    living.send()
    incoming = Incoming(letter=letter, own_message=own_message)
    db.call(note_letter, living.press(), living.landlord, incoming, at=now)
    return living


def answer(living: Living, reaction: Reaction, written: Written, address: str = "") -> None:
    [line] = living.case().around.letters
    replied = Reply(letter_id=line.id, reaction=reaction, written=written, address=address)
    living.db.call(reply, living.press(), living.landlord, replied, at=living.now)


def notes(living: Living, action: Action, kind: Kind = Kind.COMPLAINT) -> list[str]:
    return [e["note"] for e in living.file(kind)["events"] if e["action"] == action]


def test_thanks_go_when_praise_is_passed_on_and_end_the_clock(db: Database, now: datetime):
    living = feedback(db, now, Kind.COMPLIMENT, load_policy("housing-plus"))
    told(living, Kind.COMPLIMENT, Action.FORWARD)
    assert living.case(Kind.COMPLIMENT).status is Status.PASSED_ON
    assert living.clock("feedback_acknowledgement", Kind.COMPLIMENT).ended_at is None
    words = living.send()
    assert "We will pass your thanks on to the team manager." in words
    assert notes(living, Action.ACKNOWLEDGE, Kind.COMPLIMENT) == ["250 OK"]
    [clock] = living.case(Kind.COMPLIMENT).clocks  # praise has no stage that is to be answered
    assert (clock.name, clock.met_target) == ("feedback_acknowledgement", True)


def test_thanks_go_once(db: Database, now: datetime):
    living = feedback(db, now, Kind.COMPLIMENT)
    told(living, Kind.COMPLIMENT, Action.ACKNOWLEDGE)
    living.send()
    assert living.case(Kind.COMPLIMENT).status is Status.ACKNOWLEDGED
    told(living, Kind.COMPLIMENT, Action.FORWARD)
    assert living.case(Kind.COMPLIMENT).status is Status.PASSED_ON
    with pytest.raises(OvertakenError, match="the writer was written to"):
        told(living, Kind.COMPLIMENT, Action.ACKNOWLEDGE)
    assert [letter.kind for letter in living.letters()] == [LetterKind.COMPLIMENT_THANKS]


def test_a_press_made_twice_thanks_once(db: Database, now: datetime):
    living = feedback(db, now, Kind.COMPLIMENT)
    press, what = living.press(Kind.COMPLIMENT), Told(step=Action.FORWARD, note="To Dave")
    for _ in range(2):
        db.call(tell, press, living.landlord, what, at=now)
    assert len(living.letters()) == 1


def test_a_comment_is_noted_and_its_writer_hears_what_changed(db: Database, now: datetime):
    living = feedback(db, now, Kind.COMMENT)
    told(living, Kind.COMMENT, Action.FORWARD)
    assert "We have told the departments concerned." in living.send()
    told(living, Kind.COMMENT, Action.TELL, "The gate opens earlier.")
    assert "The gate opens earlier." in living.send()
    assert notes(living, Action.TELL, Kind.COMMENT) == ["250 OK"]
    assert living.case(Kind.COMMENT).status is Status.PASSED_ON


def test_thanks_that_are_taken_back_do_not_go(db: Database, now: datetime):
    living = feedback(db, now, Kind.COMPLIMENT)
    told(living, Kind.COMPLIMENT, Action.FORWARD)
    db.call(take_back, living.press(Kind.COMPLIMENT), at=now)
    assert [letter.state for letter in living.letters()] == [LetterState.WITHDRAWN]
    assert db.call(lambda session: session.scalars(select(LetterWordsRow)).all()) == []
    told(living, Kind.COMPLIMENT, Action.ACKNOWLEDGE)
    living.send_due()
    assert living.case(Kind.COMPLIMENT).status is Status.PASSED_ON
    assert [letter.state for letter in living.letters()][1:] == [LetterState.SENT]


def test_an_mp_is_acknowledged_and_answered_where_they_wrote_from(db: Database, now: datetime):
    living = asked(db, now)
    answer(living, Reaction.ACKNOWLEDGED, Written())
    words = living.send()
    assert "Dear Mary Quill MP," in words
    assert "We will answer you by Friday 6 March 2026." in words
    assert "We have logged it as their complaint." in words
    answer(living, Reaction.ANSWERED, WORDS)
    assert living.letters()[-1].to == "jo@example.org"
    assert not living.case().around.letters[0].answered
    assert WORDS.words in living.send()
    assert living.case().around.letters[0].answered
    clocks = living.file()["correspondence"][0]["clocks"]
    assert [clock["met_target"] for clock in clocks if clock["clock"] == "mp_response"] == [True]
    assert notes(living, Action.ANSWER_LETTER)[-1] == "mp, received 2026-03-02: answered. 250 OK"


def test_a_letter_that_came_by_post_is_answered_by_hand_or_to_an_address(
    db: Database, now: datetime
):
    living = asked(db, now, own_message=False)
    answer(living, Reaction.ANSWERED, WORDS)
    [*_, letter] = living.letters()
    assert (letter.state, letter.to) == (LetterState.BY_HAND, "")
    db.call(take_back, living.press(), at=now)
    answer(living, Reaction.ANSWERED, WORDS, "mary@parliament.example")
    assert living.letters()[-1].to == "mary@parliament.example"


def test_the_ombudsmans_papers_go_under_a_cover_that_ends_its_clock(db: Database, now: datetime):
    letter = replace(MP, sender=Sender.OMBUDSMAN, name="")
    living = asked(db, now, letter, own_message=False)
    answer(living, Reaction.ANSWERED, COVER, "casework@ombudsman.example")
    words = living.send()
    for part in ("Your reference is HO-1.", "1. Both letters", "Asha Bell answers for this"):
        assert part in words
    assert "Nobody came" not in words
    assert living.case().around.letters[0].answered


def test_only_a_letter_that_awaits_its_answer_is_answered(db: Database, now: datetime):
    living = asked(db, now)
    replied = Reply(letter_id=99, reaction=Reaction.ANSWERED, written=WORDS)
    with pytest.raises(IncompleteError):
        db.call(reply, living.press(), living.landlord, replied, at=now)


def test_a_dissatisfied_answer_to_a_survey_is_told_how_to_complain_once(
    db: Database, now: datetime
):
    living = logged(db, now, Kind.SERVICE_REQUEST)
    press = living.press(Kind.SERVICE_REQUEST)
    for _ in range(2):
        db.call(offer_after_survey, press, living.landlord, "By letter", at=now)
    assert "HOW TO COMPLAIN" in living.send()
    assert len(living.letters()) == 1


@pytest.mark.parametrize(
    ("kind", "by", "state"),
    [
        (LetterKind.COMPLIMENT_THANKS, HEARD, LetterState.FAILED),
        (LetterKind.HOW_TO_COMPLAIN, HEARD, LetterState.SENDING),
        (LetterKind.HOW_TO_COMPLAIN, "asha", LetterState.SENDING),
    ],
)
def test_only_what_is_neutral_goes_unpressed_to_an_address_that_is_not_verified(
    db: Database, now: datetime, kind: LetterKind, by: str, state: LetterState
):
    living = logged(db, now, Kind.SERVICE_REQUEST)
    case_id = living.case(Kind.SERVICE_REQUEST).id

    def promise(session: Session) -> None:
        case = session.get_one(CaseRow, case_id)
        promise_case_letter(session, case, kind, Promised(by=by, send_at=now))

    db.call(promise)
    job = take(db, "letter", now)
    db.call(start_sending, job, living.landlord, SENDING, now=now)
    [letter] = living.letters()
    assert letter.state is state
    if state is LetterState.FAILED:
        assert Withheld.UNPROVEN in (letter.proof or "")
        [*_, event] = living.file(Kind.SERVICE_REQUEST)["events"]
        assert event["action"] == Action.LETTER_NOT_SENT


def test_a_letter_that_cannot_be_written_is_a_persons_task(db: Database, now: datetime):
    nobody = CODE.model_copy(update={"contacts": ()})
    living = logged(db, now, policy=nobody)
    job = take(db, "letter", now)
    assert db.call(start_sending, job, living.landlord, SENDING, now=now) is None
    [letter] = living.letters()
    assert letter.state is LetterState.FAILED
    assert "how to reach" in (letter.proof or "")
    assert living.clock("stage_1_acknowledgement").ended_at is None


@pytest.mark.parametrize(
    ("reaction", "clock"),
    [(Reaction.ACKNOWLEDGED, "mp_acknowledgement"), (Reaction.ANSWERED, "mp_response")],
)
def test_an_answer_to_an_mp_that_comes_back_is_a_persons_task_and_its_clock_runs(
    db: Database, now: datetime, reaction: Reaction, clock: str
):
    enquiry = replace(MP, bearing=Bearing.ENQUIRY)
    living = asked(db, now, enquiry)
    if reaction is Reaction.ANSWERED:
        answer(living, Reaction.ACKNOWLEDGED, WORDS)
        living.send()
        living.later(days=1)
    before = running(living)
    assert clock in before
    answer(living, reaction, WORDS)
    living.send()
    assert clock not in running(living)
    letter_id = living.letters()[-1].id

    def come_back(session: Session) -> None:
        letter = session.get_one(LetterRow, letter_id)
        record_bounce(session, letter, living.landlord, why="5.1.1", now=living.now)

    db.call(come_back)
    assert living.letters()[-1].state is LetterState.FAILED
    assert notes(living, Action.LETTER_RETURNED) == ["It came back undelivered (5.1.1)."]
    assert running(living) >= before


def running(living: Living) -> set[str]:
    return {
        clock["clock"]
        for letter in living.file()["correspondence"]
        for clock in letter["clocks"]
        if clock["ended"] is None
    }


def test_whoever_has_shown_no_authority_gets_a_neutral_letter_and_staff_see_that_one(
    db: Database, now: datetime
):
    living = logged(db, now, words=message(on_behalf_of="My mother"))
    db.call(undo, living.press_message(), living.landlord, at=now)
    decided = decision([Kind.COMPLAINT], issues="Nobody came", outcome="Send somebody")
    decide = partial(confirm, decision=decided)
    press = living.press_message()
    preview = db.call(rehearse_triage, press, living.landlord, decide, at=now)
    assert preview is not None
    assert preview.kind is LetterKind.NEUTRAL_ACKNOWLEDGEMENT
    assert "Nobody came" not in preview.shown.text
    assert preview.quotes == ()
    assert stops(check_letter(preview.draft, None)) == ()
    assert living.letters()[0].state is LetterState.WITHDRAWN  # it was a rehearsal


def test_a_triage_that_sends_no_letter_shows_none(db: Database, now: datetime):
    living = logged(db, now)
    db.call(undo, living.press_message(), living.landlord, at=now)
    decide = partial(confirm, decision=Decision(kinds=(Kind.SERVICE_REQUEST,)))
    press = living.press_message()
    assert db.call(rehearse_triage, press, living.landlord, decide, at=now) is None
