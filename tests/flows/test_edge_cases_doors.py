"""More of the reference's edge cases by the real doors: mail, the form, and a survey's hook."""

from pathlib import Path

import pytest

from bot.child import BoundedChild
from bot.triage.threads import TAKE_UP
from classifier.labels import Band, Hazard
from intake.domain.case import Action, Kind, Status
from intake.domain.triage import IncompleteError
from tests.flows.edge_desk import Desk, Opener, answer_survey, opener_of
from tests.flows.edge_rows import (
    CARE,
    DIARY,
    ENQUIRY,
    GUTTER,
    LEAK,
    MOULDY_SURVEY,
    NEUTRAL,
    PETITION,
    RENT,
    RUDE,
    SURVEY,
    UNHAPPY,
)
from tests.flows.test_stage_2_requests import ANSWER

AGAIN = {"In-Reply-To": "<1@example.org>"}


@pytest.fixture
def opened(tmp_path: Path, child: BoundedChild) -> Opener:
    """One database here; all of it again on PostgreSQL in `test_edge_cases_walk`."""
    return opener_of(f"sqlite:///{tmp_path}/test.db", tmp_path, child)


async def test_2_a_neutral_chaser_stays_a_request_and_the_choice_is_offered(opened: Opener):
    request = Kind.SERVICE_REQUEST
    async with opened() as desk:
        await desk.house.send(GUTTER)
        await desk.confirm(request)
        desk.house.later(days=5)
        await desk.house.send(NEUTRAL, own_id="2", **AGAIN)
        assert (await desk.see(2)).cases == ()
        assert "Part of Service request" in await desk.card(2)
        await desk.take(Action.OFFER, {"note": "We asked whether it is a complaint"}, request)
        await desk.take(Action.ANSWER_OFFER, {"answer": "no"}, request)
        assert (await desk.case(request)).status is Status.LOGGED


async def test_5_a_rude_contractor_on_day_seven_joins_and_the_rent_is_a_new_complaint(
    opened: Opener,
):
    async with opened() as desk:
        await desk.house.send(DIARY)
        await desk.confirm(Kind.COMPLAINT)
        desk.house.later(days=7)
        await desk.house.send(RUDE, own_id="2", **AGAIN)
        # Related, and no response issued: it joins by itself, and staff update the definition.
        assert (await desk.see(2)).cases == ()
        assert (await desk.see(2)).band is Band.MARKED
        assert "Part of Complaint" in await desk.card(2)
        issue = {"issue": "The contractor was rude", "raised_on": "2026-12-31"}
        await desk.take(Action.RAISE_ISSUE, issue | {"joining": "related"})
        assert (await desk.case()).issues == ("Nobody came", "The contractor was rude")
        more = {"until": "2027-01-22", "reason": "A point was added", "override": "So"}
        await desk.take(Action.EXTEND, more)
        assert (await desk.due())["stage_1_response"] == "2027-01-22"
        desk.house.later(days=7)
        await desk.house.send(RENT, own_id="3", **AGAIN)
        assert (await desk.see(3)).band is Band.MARKED
        rent = {"issue": "My rent is wrong", "raised_on": "2027-01-07", "joining": "unrelated"}
        await desk.take(Action.RAISE_ISSUE, rent)
        [new] = [case for case in (await desk.see()).cases if case.issues == ("My rent is wrong",)]
        due = {clock.name: str(clock.code) for clock in new.clocks}
        assert due["stage_1_acknowledgement"] == "2027-01-14"


async def test_5_after_the_letter_staff_say_that_it_is_new(opened: Opener):
    async with opened() as desk:
        await desk.house.send(DIARY)
        await desk.confirm(Kind.COMPLAINT)
        await desk.take(Action.RESPOND, ANSWER)
        desk.house.later(days=7)
        await desk.house.send(RUDE, own_id="2", **AGAIN)
        assert "It may be a new complaint: then choose Change" in await desk.card(2)
        await desk.confirm(Kind.COMPLAINT, of=2)
        assert (await desk.see(2)).received_at == desk.house.now
        assert (await desk.due(of=2))["stage_1_acknowledgement"] == "2027-01-08"
        assert "stage_2_acknowledgement" not in await desk.due()


async def test_6_a_late_request_is_a_persons_to_decide(opened: Opener):
    async with opened(policy="progress") as desk:
        await desk.house.send(DIARY)
        await desk.confirm(Kind.COMPLAINT)
        await desk.take(Action.RESPOND, ANSWER)
        desk.house.later(days=300)
        await desk.house.send(UNHAPPY, own_id="2", **AGAIN)
        assert (await desk.case()).status is Status.RESPONDED  # and not closed by itself
        await desk.decide(TAKE_UP)
        no = {"ground": "late_request", "reasons": "It came after six months", "decider": "Bill"}
        shown = {"evidence": "Discretion was considered: no illness", "override": "So"}
        await desk.take(Action.REFUSE, no | shown)
        assert (await desk.case()).status is Status.REFUSED
        assert "Ombudsman" in desk.house.outbox()[-1]


async def test_8_a_leak_learned_of_last_month_is_in_time(opened: Opener):
    async with opened(policy="progress") as desk:
        await desk.house.send(LEAK)
        assert Kind.COMPLAINT in (await desk.see()).kinds
        assert (await desk.hazards())["hazard_investigation"] == "2027-01-12"
        await desk.confirm(Kind.COMPLAINT)
        no = {"ground": "over_the_window", "reasons": "Long ago", "decider": "Bill"}
        late = {"evidence": "Discretion was considered", "aware_on": "2026-11-24"}
        with pytest.raises(IncompleteError, match=r"2\.3"):
            await desk.take(Action.REFUSE, no | late)
        weighed = {"exclusion": "complaint:over_the_window", "weighed": "discretion_used"}
        why = {"reasons": "The mould is there today", "decider": "Asha Bell"}
        await desk.take(Action.CONSIDER, weighed | why)
        [told] = (await desk.file())["exclusions_considered"]
        assert told["weighed"] == "discretion_used"
        assert (await desk.case()).status is not Status.REFUSED


async def test_9_a_survey_comment_is_told_how_to_complain_and_a_yes_counts_that_day(
    opened: Opener,
):
    async with opened() as desk:
        await answer_survey(desk, SURVEY)
        # Not by itself a complaint, but staff are asked; they log it as feedback.
        assert Kind.COMPLAINT not in (await desk.see()).kinds
        assert (await desk.see()).band is not Band.UNMARKED
        await desk.confirm(Kind.COMMENT)
        note = {"note": "We wrote how to complain"}
        await desk.take(Action.OFFER, note, Kind.COMMENT)
        assert "complain" in desk.house.outbox()[-1]
        desk.house.later(days=4)
        await desk.take(Action.ANSWER_OFFER, {"answer": "yes"}, Kind.COMMENT)
        assert (await desk.file())["received"] == desk.house.now.isoformat()
        assert (await desk.due())["stage_1_acknowledgement"] == "2027-01-05"


async def test_9_mould_in_a_survey_starts_its_clock(opened: Opener):
    async with opened() as desk:
        await answer_survey(desk, MOULDY_SURVEY)
        assert Kind.COMPLAINT not in (await desk.see()).kinds
        assert [hazard.category for hazard in (await desk.see()).hazards] == [Hazard.DAMP_MOULD]
        assert (await desk.hazards())["hazard_investigation"] == "2027-01-12"


async def test_10_a_pure_enquiry_of_an_mp_has_the_enquirys_clock_only(opened: Opener):
    async with opened(policy="progress") as desk:
        await desk.house.send(ENQUIRY, From="Jane Roe MP <jane.roe@parliament.example>")
        assert (await desk.see()).kinds == (Kind.ENQUIRY,)
        assert (await desk.see()).band is Band.UNMARKED
        assert "MP or councillor" in await desk.card()
        await desk.confirm(Kind.ENQUIRY)
        about = {"sender": "mp", "bearing": "enquiry", "came": "this_message"}
        received = {"received_on": "2026-12-24"}
        await desk.take(Action.NOTE_LETTER, about | received, Kind.ENQUIRY)
        assert await desk.due(Kind.ENQUIRY) == {}
        [letter] = (await desk.file(Kind.ENQUIRY))["correspondence"]
        assert {c["clock"]: c["target"] for c in letter["clocks"]} == {
            "mp_acknowledgement": "2027-01-05",
            "mp_response": "2027-01-19",
        }


async def sign(desk: Desk) -> None:
    """Put the 22 who signed on record, the seventh of them as having a copy and complaining."""
    names = "\n".join(f"Resident {number}" for number in range(1, 23))
    await desk.take(Action.NOTE_GROUP, {"members": names, "lead": "Resident 1"})
    for what in ("had_a_copy", "complains_alone"):
        [case, *_] = [case for case in (await desk.see()).cases if case.around.members]
        who = {"member": str(case.around.members[6].id), "received_on": "2026-12-24"}
        await desk.take(Action.NOTE_MEMBER, who | {"what": what})


async def test_a_petition_by_mail_is_one_complaint_and_each_may_complain_alone(opened: Opener):
    async with opened(policy="progress") as desk:
        await desk.house.send(PETITION)
        assert (await desk.see()).kinds == (Kind.COMPLAINT,)
        await desk.confirm(Kind.COMPLAINT)
        reference = (await desk.case()).reference
        await sign(desk)
        group, alone = [case for case in (await desk.see()).cases if case.kind is Kind.COMPLAINT]
        assert group.reference == reference
        assert len(group.around.members) == 22
        assert [member.lead for member in group.around.members].count(True) == 1
        assert group.around.members[6].copied
        assert alone.status is Status.LOGGED


async def test_care_home_fees_and_a_lift_repair_by_mail_take_two_routes(opened: Opener):
    async with opened(policy="housing-plus") as desk:
        await desk.house.send(CARE)
        assert {Kind.COMPLAINT, Kind.SERVICE_REQUEST} <= set((await desk.see()).kinds)
        await desk.confirm(Kind.COMPLAINT, Kind.SERVICE_REQUEST)
        parts = {"lgsco": "The fees", "cqc": "Too few staff at night"}
        for body, matter in parts.items():
            await desk.take(Action.REFER_ELSEWHERE, {"body": body, "matter": matter})
        routes = {r["body"]: r["contact"] for r in (await desk.file())["referrals"]}
        assert "0300 061 0614" in routes["lgsco"]
        assert "03000 616161" in routes["cqc"]
        # The lift is a housing complaint and goes on, by its own clock.
        assert (await desk.case()).status is Status.ACKNOWLEDGED
        assert (await desk.due())["stage_1_response"] == "2027-01-12"
