"""Letters from MPs, the Ombudsman and solicitors, courts, other bodies, and personal data."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from classifier.labels import Assessment, Label
from intake import correspond
from intake.announce import announce
from intake.correspond import Handled, Incoming
from intake.decide import confirm
from intake.domain.calendar import OneOff
from intake.domain.case import Action, ForbiddenError, Kind, Status
from intake.domain.correspondence import (
    Bearing,
    Body,
    BreachStep,
    Correspondence,
    Proceedings,
    Reaction,
    Sender,
)
from intake.domain.life import Outcome, Response, Verdict
from intake.domain.policy import load_policy
from intake.domain.triage import IncompleteError, decision
from intake.domain.working_days import Nation
from intake.remind import remind
from intake.store.casefile import find_cases
from intake.store.database import Database
from intake.store.jobs import claim
from tests.builders import assessed, assessment, message
from tests.intake.living import Living, logged

PROGRESS = load_policy("progress")
MONDAY = date(2026, 3, 2)
NEUTRAL = assessment(Label.OTHER)


def mp(
    bearing: Bearing = Bearing.COMPLAINT,
    sender: Sender = Sender.MP,
    *,
    asked_by: date | None = None,
) -> Incoming:
    letter = Correspondence(sender=sender, bearing=bearing, received_on=MONDAY, asked_by=asked_by)
    return Incoming(letter=letter)


def note(living: Living, incoming: Incoming, kind: Kind = Kind.COMPLAINT) -> None:
    press = living.press(kind)
    living.db.call(correspond.note_letter, press, living.landlord, incoming, at=living.now)


def answer(
    living: Living, how: Reaction, kind: Kind = Kind.COMPLAINT, words: str = "By post"
) -> None:
    [letter, *_] = [each for each in living.case(kind).around.letters if not each.answered]
    handled = Handled(letter_id=letter.id, reaction=how, note=words)
    press = living.press(kind)
    living.db.call(correspond.answer_letter, press, living.landlord, handled, at=living.now)


def clocks(living: Living, kind: Kind = Kind.COMPLAINT) -> dict[str, dict[str, object]]:
    return {
        clock["clock"]: clock
        for letter in living.file(kind)["correspondence"]
        for clock in letter["clocks"]
    }


def test_an_mps_letter_has_its_own_clock_beside_the_complaint(db: Database, now: datetime):
    living = logged(db, now, policy=PROGRESS)
    note(living, mp(asked_by=date(2026, 3, 6)))
    assert clocks(living)["mp_response"]["target"] == "2026-03-06"
    assert str(living.clock("stage_1_acknowledgement").code) == "2026-03-09"
    acts = living.file()["representation"]
    assert (acts["capacity"], acts["replies"]) == ("mp", "representative")
    note(living, mp())  # and a second letter has another
    assert len(living.case().around.letters) == 2
    living.later(days=7)
    answer(living, Reaction.ANSWERED)
    [first, second] = living.file()["correspondence"]
    assert first["answered"] is not None
    assert first["clocks"][0]["met_target"] is False
    assert second["clocks"][0]["ended"] is None


def test_a_constituents_dissatisfaction_is_a_complaint_from_the_day_it_arrived(
    db: Database, now: datetime
):
    living = logged(db, now, Kind.ENQUIRY, found=NEUTRAL, policy=PROGRESS)
    living.later(days=3)
    note(living, mp(), Kind.ENQUIRY)
    assert living.case().status is Status.AWAITING_TRIAGE
    assert living.file()["received"] == now.isoformat()
    assert clocks(living)["mp_response"]["target"] == "2026-03-16"
    [link] = living.file()["links"]
    assert link["kind"] == "enquiry"


def test_what_was_dropped_in_triage_comes_back_for_a_constituent(db: Database, now: datetime):
    found: Assessment = assessment(Label.COMPLAINT, evidence=())
    living = logged(db, now, Kind.ENQUIRY, found=found, policy=PROGRESS)
    assert living.case().status is Status.RECORDED_IN_ERROR
    note(living, mp(), Kind.ENQUIRY)
    assert living.case().status is Status.AWAITING_TRIAGE
    assert living.clock("stage_1_acknowledgement").ended_at is None


def test_a_pure_enquiry_has_the_enquiry_clocks_only(db: Database, now: datetime):
    living = logged(db, now, Kind.ENQUIRY, found=NEUTRAL, policy=PROGRESS)
    note(living, mp(Bearing.ENQUIRY), Kind.ENQUIRY)
    assert [case.kind for case in living.summary().cases if case.clocks] == []
    targets = {name: c["target"] for name, c in clocks(living, Kind.ENQUIRY).items()}
    assert targets == {"mp_acknowledgement": "2026-03-09", "mp_response": "2026-03-23"}
    living.later(days=1)
    answer(living, Reaction.ACKNOWLEDGED, Kind.ENQUIRY)
    found = clocks(living, Kind.ENQUIRY)
    assert found["mp_acknowledgement"]["met_target"] is True
    assert found["mp_response"]["target"] == "2026-03-17"
    answer(living, Reaction.ANSWERED, Kind.ENQUIRY)
    assert living.case(Kind.ENQUIRY).around.letters[0].answered


def test_a_letter_about_an_earlier_case_is_linked_to_it(db: Database, now: datetime):
    earlier = logged(db, now, policy=PROGRESS)
    words = message(own_id="2")
    message_id = assessed(db, now, NEUTRAL, words, policy=PROGRESS)
    later = replace(earlier, message_id=message_id, presses=50)
    later.confirm(Kind.ENQUIRY)
    letter = mp().letter
    for concerns in ("nonsense", later.case(Kind.ENQUIRY).reference):
        with pytest.raises(IncompleteError) as asked:
            note(later, Incoming(letter=letter, concerns=concerns), Kind.ENQUIRY)
        assert set(asked.value.fields) == {"concerns"}
    concerns = earlier.case().reference
    note(later, Incoming(letter=letter, concerns=concerns), Kind.ENQUIRY)
    assert len(later.summary().cases) == 1  # the complaint is there already
    assert [link["reference"] for link in earlier.file()["links"]][-1] == (
        later.case(Kind.ENQUIRY).reference
    )


def test_a_letter_that_came_by_another_way_leaves_the_writer_alone(db: Database, now: datetime):
    living = logged(db, now, policy=PROGRESS)
    note(living, Incoming(letter=mp().letter, own_message=False))
    note(living, mp(sender=Sender.OMBUDSMAN))
    assert living.file()["representation"] is None
    assert set(clocks(living)) == {"mp_response", "ombudsman_response"}


def test_days_that_cannot_be_and_answers_of_no_words_are_asked_about(db: Database, now: datetime):
    living = logged(db, now)
    with pytest.raises(IncompleteError):
        note(living, mp(asked_by=date(2026, 2, 1)))
    note(living, mp())
    with pytest.raises(IncompleteError):
        answer(living, Reaction.ANSWERED, words=" ")
    handled = Handled(letter_id=99, reaction=Reaction.ANSWERED, note="x")
    with pytest.raises(IncompleteError):
        db.call(correspond.answer_letter, living.press(), living.landlord, handled, at=now)


def test_a_letters_date_is_listed_reminded_of_and_moved_by_a_holiday(db: Database, now: datetime):
    living = logged(db, now, Kind.ENQUIRY, found=NEUTRAL, policy=PROGRESS)
    note(living, mp(Bearing.ENQUIRY), Kind.ENQUIRY)
    holiday = OneOff(date=date(2026, 3, 5), nation=Nation.ENGLAND, reason="A royal wedding")
    moved = db.call(announce, living.landlord, holiday, by="asha", at=now)
    assert moved == 2
    assert clocks(living, Kind.ENQUIRY)["mp_acknowledgement"]["target"] == "2026-03-10"
    [listed] = db.call(find_cases, status=None, due_before=None)
    assert listed["due"][:10] == "2026-03-10"
    later = now + timedelta(days=9)
    for job in db.call(claim, ["remind"], now=later, limit=9):
        db.call(remind, job, living.landlord, now=later)
    notes = [e["note"] for e in living.file(Kind.ENQUIRY)["events"] if e["action"] == "remind"]
    assert any(words.startswith("mp acknowledgement is overdue") for words in notes)


def test_a_letter_of_claim_stops_nothing_and_has_its_own_clock(db: Database, now: datetime):
    living = logged(db, now)
    before = living.case().clocks
    note(living, mp(sender=Sender.SOLICITOR))
    assert living.case().clocks == before
    claim_clock = clocks(living)["letter_of_claim_response"]
    assert claim_clock["code"] == "2026-03-30"
    [letter] = living.file()["correspondence"]
    assert letter["evidence"] == "C"
    told = living.file()["events"][-1]["note"]
    assert "not legal proceedings" in told
    assert "How sure the rule is: C" in told


def proceedings(*overlapping: int) -> Proceedings:
    return Proceedings(
        claim="K12YX345",
        filed_on=MONDAY,
        overlapping=overlapping,
        decider="Legal Director",
        reasons="The claim is about the damp alone",
    )


def test_only_the_issues_before_the_court_stop(db: Database, now: datetime):
    living = logged(db, now)
    decided = decision([Kind.COMPLAINT], issues="Damp\nRude surveyor", outcome="Put it right")
    db.call(confirm, living.press_message(), decided, living.landlord, at=now)
    living.send_due()
    with pytest.raises(ForbiddenError, match=r"2\.2"):
        db.call(correspond.note_proceedings, living.press(), proceedings(1, 2), at=now)
    db.call(correspond.note_proceedings, living.press(), proceedings(1), at=now)
    assert living.case().around.stopped == {"Damp"}
    assert living.case().status is Status.ACKNOWLEDGED
    second = Verdict(number=2, outcome=Outcome.NOT_UPHELD, reasons="Nobody was rude")
    living.respond(Response(verdicts=(second,), decider="Asha Bell"))
    [finding] = living.file()["findings"]
    assert finding["issue"] == "Rude surveyor"
    assert living.file()["proceedings"][0]["stopped"] == ["Damp"]
    with pytest.raises(IncompleteError, match="on record already"):
        db.call(correspond.note_proceedings, living.press(), proceedings(1), at=living.now)


def test_care_is_referred_and_the_housing_part_goes_on(db: Database, now: datetime):
    living = logged(db, now)
    with pytest.raises(IncompleteError):
        refer(living, Body.LGSCO, " ")
    refer(living, Body.LGSCO, "The fees of the care home")
    refer(living, Body.CQC, "Too few staff at night")
    assert living.case().around.referred == (Body.LGSCO, Body.CQC)
    [lgsco, cqc] = living.file()["referrals"]
    assert "0300 061 0614" in lgsco["contact"]
    assert "enquiries@cqc.org.uk" in cqc["contact"]
    assert living.case().status is Status.LOGGED


def refer(living: Living, body: Body, matter: str) -> None:
    press = living.press()
    living.db.call(correspond.refer, press, living.landlord, body, matter=matter, at=living.now)


def protect(living: Living, *, breach: bool, words: str = "My file went to my ex") -> None:
    press, whose = living.press(), living.landlord
    living.db.call(correspond.protect, press, whose, breach=breach, note=words, at=living.now)


def test_a_data_protection_complaint_stands_beside_the_housing_complaint(
    db: Database, now: datetime
):
    living = logged(db, now + timedelta(days=200))  # the Act is in force
    with pytest.raises(IncompleteError):
        protect(living, breach=True, words=" ")
    for _ in range(2):
        protect(living, breach=True)
    dp = living.case(Kind.DP_COMPLAINT)
    assert dp.status is Status.LOGGED
    assert [clock.name for clock in dp.clocks] == ["dp_complaint_acknowledgement"]
    assert living.case().status is Status.LOGGED
    [breach] = living.file(Kind.DP_COMPLAINT)["breaches"]
    assert (breach["evidence"], breach["rule"]) == ("K", "UK GDPR Art. 33")
    assert dp.around.breaches[0].report_by == living.now + timedelta(hours=72)
    assert Action.SEE_TO_BREACH in dp.around.steps(dp.kind, dp.status)


def test_a_possible_breach_is_decided_with_reasons_once(db: Database, now: datetime):
    living = logged(db, now)
    protect(living, breach=True)
    with pytest.raises(IncompleteError):
        decide(living, " ")
    decide(living, "It went to the right man")
    with pytest.raises(IncompleteError):
        decide(living, "again")
    [breach] = living.file(Kind.DP_COMPLAINT)["breaches"]
    assert (breach["decided"], breach["decided_by"]) == ("no_breach", "asha")


def decide(living: Living, reasons: str) -> None:
    press = living.press(Kind.DP_COMPLAINT)
    found = BreachStep.NONE
    living.db.call(correspond.see_to_breach, press, found, reasons=reasons, at=living.now)


def test_a_breach_that_the_pack_knows_no_hour_for_is_a_task_all_the_same(
    db: Database, now: datetime
):
    silent = PROGRESS.model_copy(update={"breach_report": None})
    living = logged(db, now, policy=silent)
    protect(living, breach=True)
    [breach] = living.file(Kind.DP_COMPLAINT)["breaches"]
    assert (breach["report_by"], breach["rule"]) == (None, "")


def test_a_complaint_about_data_alone_opens_no_breach(db: Database, now: datetime):
    living = logged(db, now)
    protect(living, breach=False)
    assert living.file(Kind.DP_COMPLAINT)["breaches"] == []


def test_a_press_made_twice_counts_once(db: Database, now: datetime):
    living = logged(db, now)
    press, whose = living.press(), living.landlord
    db.call(correspond.refer, press, whose, Body.CQC, matter="Staff", at=now)
    seen = living.summary().version
    handled = Handled(letter_id=1, reaction=Reaction.ANSWERED, note="x")
    db.call(correspond.refer, press, whose, Body.CQC, matter="Staff", at=now)
    db.call(correspond.note_letter, press, whose, mp(), at=now)
    db.call(correspond.answer_letter, press, whose, handled, at=now)
    db.call(correspond.note_proceedings, press, proceedings(1), at=now)
    db.call(correspond.protect, press, whose, breach=True, note="x", at=now)
    db.call(correspond.see_to_breach, press, BreachStep.NONE, reasons="x", at=now)
    assert living.summary().version == seen
