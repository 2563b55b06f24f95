"""The reference's edge cases about people and their letters, read like its table."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.child import BoundedChild
from bot.triage import views
from bot.triage.people_words import PEOPLE_WORDS
from classifier.labels import Flag, Hazard, Label
from intake import correspond, involve
from intake.correspond import Incoming
from intake.domain.case import Action, Kind, Status
from intake.domain.correspondence import Bearing, Body, BreachStep, Correspondence, Sender
from intake.domain.letter import LetterState
from intake.domain.people import Authority, Capacity, Member, MemberStep, Representation
from intake.domain.policy import load_policy
from intake.store.casefile import load_casefile
from intake.store.database import Database
from tests.builders import assessment, landlord, message
from tests.fakes.slack import FakeSlack
from tests.flows.test_life import AtDesk, InSlack, Life
from tests.house import configured, open_house, slack_settings
from tests.intake.living import Living, logged

EVE = datetime(2026, 12, 24, 16, 40, tzinfo=UTC)
PROGRESS = load_policy("progress")
DAMP = assessment(
    Label.COMPLAINT, hazards=(Hazard.DAMP_MOULD,), flags={Flag.MP_COUNCILLOR: 0.9}, evidence=()
)


def letter_clocks(living: Living, kind: Kind = Kind.COMPLAINT) -> dict[str, str]:
    return {
        clock["clock"]: clock["code"] or clock["target"]
        for letter in living.file(kind)["correspondence"]
        for clock in letter["clocks"]
    }


def note_letter(living: Living, sender: Sender, bearing: Bearing, kind: Kind, on: date) -> None:
    letter = Correspondence(sender=sender, bearing=bearing, received_on=on)
    incoming, press = Incoming(letter=letter), living.press(kind)
    living.db.call(correspond.note_letter, press, living.landlord, incoming, at=living.now)


def test_4_a_daughter_writes_and_shows_no_authority(db: Database):
    living = logged(db, EVE, words=message(on_behalf_of="My mother"))
    # Log now; the clock runs from receipt.
    assert living.case().status is Status.LOGGED
    assert str(living.clock("stage_1_acknowledgement").code) == "2027-01-05"
    # Ask for authority in parallel; nothing pauses, nothing is refused.
    asked = Representation(capacity=Capacity.RELATIVE, authority=Authority.ASKED, name="Sally")
    db.call(involve.represent, living.press(), living.landlord, asked, at=EVE)
    assert living.clock("stage_1_acknowledgement").ended_at is None
    # Acknowledge in a way that reveals nothing personal.
    assert [letter.to for letter in living.letters()] == ["jo@example.org"]
    living.send_due()
    assert living.case().status is Status.ACKNOWLEDGED
    shown = living.letters()[0].shown or ""
    assert "Until then we cannot say if we know them" in " ".join(shown.split())
    assert "Nobody came" not in shown
    # If there is none, reply to the resident.
    refused = Representation(
        capacity=Capacity.RELATIVE, authority=Authority.NONE, evidence="She wants to do it herself"
    )
    db.call(involve.represent, living.press(), living.landlord, refused, at=EVE)
    living.respond()
    assert (living.letters()[-1].to, living.letters()[-1].state) == ("", LetterState.BY_HAND)
    assert living.file()["representation"]["replies"] == "resident"


def test_7_a_solicitors_letter_of_claim_comes_while_a_complaint_is_open(db: Database):
    living = logged(db, EVE, found=DAMP)
    before, hazards = living.case().clocks, living.summary().hazards
    living.later(days=5)
    note_letter(living, Sender.SOLICITOR, Bearing.COMPLAINT, Kind.COMPLAINT, date(2026, 12, 29))
    # Keep the complaint going; the hazard's clock continues.
    assert living.case().status is Status.LOGGED
    assert living.case().clocks == before
    assert living.summary().hazards == hazards
    # A separate clock of 20 working days, from a secondary source.
    assert letter_clocks(living) == {"letter_of_claim_response": "2027-01-27"}
    assert living.file()["correspondence"][0]["evidence"] == "C"


def test_10_an_mps_letter_forwards_a_tenants_mail(db: Database):
    living = logged(db, EVE, found=DAMP, policy=PROGRESS)
    note_letter(living, Sender.MP, Bearing.COMPLAINT, Kind.COMPLAINT, EVE.date())
    # The tenant's complaint from the day it arrived, the hazard's clock, the MP's own date.
    assert str(living.clock("stage_1_acknowledgement").code) == "2027-01-05"
    [hazard] = living.summary().hazards
    due = {clock.name: str(clock.code) for clock in hazard.clocks}
    assert due["hazard_investigation"] == "2027-01-12"
    assert letter_clocks(living) == {"mp_response": "2027-01-12"}
    # An MP who acts for a constituent may be answered.
    assert living.file()["representation"]["replies"] == "representative"


def test_10_a_pure_enquiry_of_an_mp_has_the_enquirys_clock_only(db: Database):
    found = assessment(Label.OTHER)
    living = logged(db, EVE, Kind.ENQUIRY, found=found, policy=PROGRESS)
    note_letter(living, Sender.MP, Bearing.ENQUIRY, Kind.ENQUIRY, EVE.date())
    assert [case.kind for case in living.summary().cases] == [Kind.ENQUIRY]
    assert living.case(Kind.ENQUIRY).clocks == ()
    due = {"mp_acknowledgement": "2027-01-05", "mp_response": "2027-01-19"}
    assert letter_clocks(living, Kind.ENQUIRY) == due


def test_a_petition_of_22_residents_is_one_complaint(db: Database):
    living = logged(db, EVE, policy=PROGRESS)
    names = [f"Resident {number}" for number in range(1, 23)]
    members = tuple(Member(name=name, lead=name == "Resident 1") for name in names)
    db.call(involve.group, living.press(), members, at=EVE)
    [complaint] = [case for case in living.summary().cases if case.kind is Kind.COMPLAINT]
    assert len(complaint.around.members) == 22
    assert [member.lead for member in complaint.around.members].count(True) == 1
    # But each keeps the right to a copy and to complain alone.
    for step in MemberStep:
        member_id = living.case().around.members[6].id
        wish = involve.MemberWish(member_id=member_id, step=step, asked_on=EVE.date())
        db.call(involve.see_to_member, living.press(), living.landlord, wish, at=EVE)
    member = living.file()["group"][6]
    assert member["copied"] is not None
    own = db.call(load_casefile, member["own_case"], original=False)
    assert own is not None
    assert (own["kind"], own["status"]) == ("complaint", "logged")


def test_you_sent_my_file_to_my_ex_is_two_complaints_and_a_possible_breach(db: Database):
    living = logged(db, EVE)
    words = "The file went to a former partner"
    press, whose = living.press(), living.landlord
    db.call(correspond.protect, press, whose, breach=True, note=words, at=EVE)
    assert str(living.clock("stage_1_acknowledgement").code) == "2027-01-05"
    clock = living.clock("dp_complaint_acknowledgement", Kind.DP_COMPLAINT)
    assert str(clock.code) == "2027-01-25"
    [breach] = living.file(Kind.DP_COMPLAINT)["breaches"]
    assert datetime.fromisoformat(breach["report_by"]) == EVE + timedelta(hours=72)
    assert breach["evidence"] == "K"
    press = living.press(Kind.DP_COMPLAINT)
    reported = BreachStep.REPORTED
    db.call(correspond.see_to_breach, press, reported, reasons="A home was shown", at=EVE)
    assert living.file(Kind.DP_COMPLAINT)["breaches"][0]["decided"] == "reported_to_the_ico"


def test_care_home_fees_and_a_lift_repair_take_two_routes(db: Database):
    living = logged(db, EVE, policy=load_policy("housing-plus"))
    for body, matter in [(Body.LGSCO, "The fees"), (Body.CQC, "Too few staff at night")]:
        press, whose = living.press(), living.landlord
        db.call(correspond.refer, press, whose, body, matter=matter, at=EVE)
    routes = {r["body"]: r["contact"] for r in living.file()["referrals"]}
    assert "0300 061 0614" in routes["lgsco"]
    assert "03000 616161" in routes["cqc"]
    assert living.case().status is Status.LOGGED  # the lift is a housing complaint and goes on
    living.send_due()
    assert "Housing Ombudsman" in (living.letters()[0].shown or "")


@pytest.fixture(params=["slack", "desk"])
async def life(
    request: pytest.FixtureRequest,
    db: Database,
    db_url: str,
    tmp_path: Path,
    child: BoundedChild,
    now: datetime,
) -> AsyncIterator[Life]:
    del db  # its tables are what the house opens
    async with AsyncExitStack() as stack:
        oak = landlord(undo=timedelta(seconds=30), policy=PROGRESS)
        known: dict[str, Any] = {"oak": oak}
        slack = None
        if request.param == "slack":
            slack = await stack.enter_async_context(FakeSlack())
            known["slack"] = slack_settings(slack, "http")
        opened = open_house(db_url, tmp_path, child, now, configured(**known))
        house = await stack.enter_async_context(opened)
        if slack is not None:
            slack.request_url = f"{house.web}/slack/oak"
            yield Life(house, InSlack(house, slack))
            return
        client = httpx.AsyncClient(base_url=house.desk, follow_redirects=True)
        browser = await stack.enter_async_context(client)
        page = await browser.get("/enter", params={"key": house.sittings.key})
        csrf = page.text.split('name="csrf" value="', 1)[1].split('"', 1)[0]
        await browser.post("/name", data={"csrf": csrf, "name": "Asha"})
        yield Life(house, AtDesk(house, browser))


STEPS = [
    (
        Action.NOTE_REPRESENTATIVE,
        {"capacity": "advocate", "authority": "shown", "evidence": "A letter", "wish": "resident"},
        "Acted for by: advocate. Authority: shown. Replies go to *the resident*",
    ),
    (Action.CHECK_STANDING, {"relation": "neighbour"}, "Checked: may complain"),
    (
        Action.NOTE_LETTER,
        {
            "sender": "mp",
            "bearing": "complaint",
            "came": "apart",
            "received_on": "2026-03-02",
            "asked_by": "2026-03-06",
        },
        "answer by *Fri 6 Mar 2026*",
    ),
    (
        Action.ANSWER_LETTER,
        {"letter": "first", "what": "answered", "way": "other", "note": "By post"},
        ": answered",
    ),
    (
        Action.CHECK_WRITER,
        {"writer": "confirmed", "evidence": "We rang back"},
        "staff confirmed who writes",
    ),
    (Action.REFER_ELSEWHERE, {"body": "cqc", "matter": "Staff"}, "Parts referred to CQC"),
    (
        Action.AGREE_ADJUSTMENT,
        {"need": "phone_only", "purpose": "Cannot read", "review_on": "2026-09-01"},
        "*Telephone only* agreed",
    ),
    (
        Action.REVIEW_ADJUSTMENT,
        {"adjustment": "first", "review_on": "2027-03-01", "note": "With her"},
        "review Mon 1 Mar 2027",
    ),
    (
        Action.NOTE_GROUP,
        {"members": "Asha Bell\nBo", "lead": "Bo"},
        "2 complain together: 0 had a copy",
    ),
    (
        Action.NOTE_MEMBER,
        {"member": "first", "what": "had_a_copy", "received_on": "2026-03-02"},
        "2 complain together: 1 had a copy",
    ),
    (Action.NOTE_CONTACT, {"note": "She moved"}, "No letter can go by itself"),
    (Action.HOLD, {"note": "A claim may be made"}, "*Legal hold*"),
    (Action.RELEASE, {"note": "It was dropped"}, "No letter can go by itself"),
]


async def first_of_each(life: Life) -> dict[str, str]:
    """Return what the first letter, adjustment and member are known by; a database may skip one."""
    [case] = (await life.summary()).cases
    ids = {
        "letter": [line.id for line in case.around.letters],
        "adjustment": [line.id for line in case.around.adjustments],
        "member": [line.id for line in case.around.members],
    }
    return {name: str(found[0]) for name, found in ids.items() if found}


async def test_staff_take_each_step_at_the_desk_and_in_slack(life: Life):
    await life.begin()
    for step, values, said in STEPS:
        firsts = await first_of_each(life)
        await life.staff.take(
            PEOPLE_WORDS[step], values | {n: firsts[n] for n in values if n in firsts}
        )
        await life.pass_time()
        summary = await life.summary()
        assert said in str(views.triage_card(summary, now=life.house.now).blocks), step
    if isinstance(life.staff, AtDesk):
        [case] = (await life.summary()).cases
        page = (await life.staff.browser.get(f"/case/{case.reference}")).text
        assert "Adjustment phone only, review Mon 1 Mar 2027: Cannot read" in page
        assert "Letter from mp, received Mon 2 Mar 2026: answered Mon 2 Mar 2026, 09:04" in page


async def test_what_is_missing_is_said_in_the_form_and_nothing_recorded(life: Life):
    await life.begin()
    shown = {"capacity": "advocate", "authority": "shown"}
    told = await life.staff.take(PEOPLE_WORDS[Action.NOTE_REPRESENTATIVE], shown)
    assert "Say what shows it" in told
    court = {
        "claim": "K12YX345",
        "filed_on": "2026-03-01",
        "overlapping": "1",
        "reasons": "It is the same",
        "decider": "Asha Bell",
    }
    assert "2.2" in await life.staff.take(PEOPLE_WORDS[Action.NOTE_PROCEEDINGS], court)
    [case] = (await life.summary()).cases
    assert case.around.representation is None
    assert case.around.stopped == frozenset()
