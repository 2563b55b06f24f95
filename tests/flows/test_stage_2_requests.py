"""An unhappy answer to a stage 1 response: one card, one clock; a person decides (Code 6.10)."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.child import BoundedChild
from bot.triage.presses import Filled, Pressed, StalePressError
from bot.triage.threads import ATTACH, SEEN, TAKE_UP, TURN_DOWN
from bot.triage.views import button_value
from classifier.labels import Assessment, Flag, Hazard, Label, Text
from intake import advance
from intake.cases import CaseNotFoundError
from intake.domain.case import Action, ForbiddenError, Kind, OvertakenError, Status
from intake.domain.letter import LetterKind, LetterState
from intake.domain.policy import load_policy
from intake.press import CasePress
from intake.store.lists import count_awaiting, find_awaiting
from intake.store.tables import LetterRow
from tests.builders import assessment, landlord
from tests.flows.edge_desk import Desk
from tests.flows.test_bounces import bring
from tests.house import configured, judge, open_house

pytestmark = pytest.mark.usefixtures("db")
ANSWER = {
    "outcome_1": "not_upheld",
    "reasons_1": "Our policy says three days, and it was two.",
    "remedy": "We are sorry that you had to wait.",
    "decider": "Asha Bell",
    "override": "So that the resident hears today",
}
UNHAPPY = "Nobody has helped. Not happy."
ANSWERS_US = {"In-Reply-To": "<1@example.org>"}
HEAD = (
    b"From: Jo Resident <jo@example.org>\r\nTo: help@oak.example\r\nSubject: My home\r\n"
    b"Message-ID: <2@example.org>\r\nIn-Reply-To: <1@example.org>\r\n\r\n"
)
GAS = "Nobody has helped, and I smell gas."
CLOSING = CasePress(landlord="oak", message_id=1, case_id=0, version=0, by="Bo", key="close")
ASKS = "Please take it to the next stage."
Opener = Callable[..., AbstractAsyncContextManager[Desk]]


def reads(texts: Sequence[Text]) -> list[Assessment]:
    """Read as the house does, and gas with what else is said."""
    danger = {"flags": {Flag.EMERGENCY: 0.99}, "hazards": (Hazard.EXPLOSIONS,)}
    gas = assessment(Label.SERVICE_REQUEST, Label.COMPLAINT, evidence=(), **danger)
    asks = assessment(Label.OTHER, evidence=(), flags={Flag.STAGE_2: 0.9})
    known = {GAS: gas, ASKS: asks}
    return [known.get(text.words.strip()) or judge([text])[0] for text in texts]


@pytest.fixture
def opened(db_url: str, tmp_path: Path, child: BoundedChild) -> Opener:
    """Opens a house whose only complaint was answered, on a day in January."""

    @asynccontextmanager
    async def opener(policy: str = "ombudsman-code", **extension: str) -> AsyncIterator[Desk]:
        known = configured(oak=landlord(policy=load_policy(policy)))
        at = datetime(2027, 1, 11, 9, tzinfo=UTC)
        async with open_house(db_url, tmp_path, child, at, known, reads=reads) as house:
            desk = Desk(house)
            await house.send("Nobody has come.")
            await desk.confirm(Kind.COMPLAINT)
            if extension:
                await desk.take(Action.EXTEND, extension)
            await desk.take(Action.RESPOND, ANSWER)
            assert (await desk.case()).status is Status.RESPONDED
            house.later(days=2)
            yield desk

    return opener


async def running(desk: Desk) -> dict[str, str]:
    """Return the clocks of the first complaint that run."""
    clocks = (await desk.case()).clocks
    return {c.name: str(c.code or c.target) for c in clocks if c.ended_at is None}


async def test_it_is_proposed_as_an_escalation_with_one_clock(opened: Opener):
    async with opened() as desk:
        await desk.house.send(UNHAPPY, own_id="2", **ANSWERS_US)
        assert (await desk.see(2)).cases == ()
        assert len(desk.house.cases()) == 1
        assert await running(desk) == {
            "stage_2_acknowledgement": "2027-01-20",
            "stage_2_response": "2027-02-17",
        }
        card = await desk.card(2)
        assert "Proposed: take Complaint" in card
        assert "Acknowledge stage 2 by *Wed 20 Jan 2027*" in card
        assert "Nobody has said yet" not in card
        assert desk.house.record.db.call(count_awaiting) == 1
        assert (await desk.case()).status is Status.RESPONDED  # the program itself decides nothing


async def test_staff_take_it_to_stage_2_from_its_day(opened: Opener):
    async with opened() as desk:
        await desk.house.send(UNHAPPY, own_id="2", **ANSWERS_US)
        before = await running(desk)
        desk.house.later(days=1)
        await desk.decide(TAKE_UP)
        assert (await desk.case()).status is Status.STAGE_2_LOGGED
        assert await running(desk) == before
        card = await desk.card(2)
        assert "Proposed" not in card
        assert "Decided by Bo" in card
        assert desk.house.record.db.call(count_awaiting) == 0
        events = [(e["action"], e["by"]) for e in (await desk.file())["events"][-2:]]
        assert events == [("follow_up", "heard"), ("escalate", "Bo")]
        with pytest.raises(StalePressError):
            await desk.decide(TAKE_UP, by="Cy")


async def test_staff_say_that_it_is_a_new_complaint_and_its_receipt_is_the_messages(
    opened: Opener,
):
    async with opened("older-persons") as desk:
        window = await running(desk)
        assert window == {"stage_2_window": "2027-02-08"}
        await desk.house.send(UNHAPPY, own_id="2", **ANSWERS_US)
        assert "stage_2_window" not in await running(desk)
        came = desk.house.now
        desk.house.later(days=1)
        await desk.confirm(Kind.COMPLAINT, of=2)
        assert await running(desk) == window
        new = await desk.file(of=2)
        assert new["received"] == came.isoformat()
        [link] = new["links"]
        assert link["reason"] == "raised in an answer about it"
        assert (await desk.due(of=2))["stage_1_acknowledgement"] == "2027-01-20"
        assert "asks for no stage 2" in (await desk.file())["events"][-1]["note"]


async def test_staff_find_that_it_asks_for_nothing(opened: Opener):
    async with opened() as desk:
        await desk.house.send(UNHAPPY, own_id="2", **ANSWERS_US)
        await desk.decide(TURN_DOWN)
        assert await running(desk) == {}
        assert "Decided by Bo" in await desk.card(2)
        assert desk.house.record.db.call(count_awaiting) == 0


async def test_an_escalation_on_the_first_card_settles_the_second(opened: Opener):
    async with opened() as desk:
        await desk.house.send(UNHAPPY, own_id="2", **ANSWERS_US)
        await desk.take(Action.ESCALATE, {"asked_on": "2027-01-12"})
        assert (await running(desk))["stage_2_acknowledgement"] == "2027-01-19"
        assert "Proposed" not in await desk.card(2)
        assert desk.house.record.db.call(count_awaiting) == 0


async def test_of_two_requests_the_earlier_counts_until_a_person_says_otherwise(opened: Opener):
    async with opened() as desk:
        await desk.house.send(UNHAPPY, own_id="2", **ANSWERS_US)
        desk.house.later(days=1)
        await desk.house.send(UNHAPPY + " Again.", own_id="3", **ANSWERS_US)
        assert (await running(desk))["stage_2_acknowledgement"] == "2027-01-20"
        await desk.decide(TURN_DOWN)
        assert (await running(desk))["stage_2_acknowledgement"] == "2027-01-21"
        await desk.decide(TAKE_UP, of=3)
        assert (await running(desk))["stage_2_acknowledgement"] == "2027-01-21"


async def test_a_hazard_in_it_is_on_the_same_card_and_confirming_that_leaves_the_request(
    opened: Opener,
):
    async with opened() as desk:
        await desk.house.send(GAS, own_id="2", **ANSWERS_US)
        await desk.confirm(Kind.SERVICE_REQUEST, of=2)
        assert "Proposed: take Complaint" in await desk.card(2)
        assert "stage_2_acknowledgement" in await running(desk)
        assert ("oak", 2) in desk.house.record.db.call(find_awaiting, most=9)
        await desk.decide(TAKE_UP)
        assert (await desk.case()).status is Status.STAGE_2_LOGGED
        assert desk.house.record.db.call(count_awaiting) == 0


@pytest.mark.parametrize("words", [UNHAPPY, ASKS], ids=["unhappy", "it asks, without a reason"])
async def test_a_strangers_unhappy_answer_becomes_a_request_once_staff_attach_it(
    opened: Opener, words: str
):
    async with opened() as desk:
        reference = (await desk.case()).reference
        named = {"From": "Max <max@else.example>", "Subject": f"About {reference}"}
        await desk.house.send(words, own_id="2", **named)
        assert (Kind.COMPLAINT in (await desk.see(2)).kinds) is (words == UNHAPPY)
        value = f"{button_value(await desk.see(2))}:t{(await desk.case()).id}:{ATTACH}"
        await desk.house.heard.presses("oak").take(Pressed(value=value, by="Bo", key="a"), {})
        assert (await desk.see(2)).kinds == ()
        assert (await running(desk))["stage_2_acknowledgement"] == "2027-01-20"
        assert desk.house.record.db.call(count_awaiting) == 1
        await desk.decide(TAKE_UP)
        assert (await desk.case()).status is Status.STAGE_2_LOGGED
        assert desk.house.record.db.call(count_awaiting) == 0


@pytest.mark.parametrize(
    ("words", "headers"),
    [
        ("Thank you.", {}),
        (UNHAPPY, {"Auto-Submitted": "auto-replied"}),
    ],
    ids=["thanks", "a machine"],
)
async def test_nothing_runs_for_an_answer_that_is_no_request(
    opened: Opener, words: str, headers: dict[str, str]
):
    async with opened() as desk:
        await desk.house.send(words, own_id="2", **ANSWERS_US, **headers)
        assert await running(desk) == {}


async def test_what_was_put_off_at_stage_1_puts_off_nothing_of_stage_2(opened: Opener):
    until = {"until": "2027-02-01", "reason": "A part is late"}
    async with opened(**until, override="So") as desk:
        await desk.house.send(UNHAPPY, own_id="2", **ANSWERS_US)
        assert (await running(desk))["stage_2_response"] == "2027-02-17"


async def test_what_came_before_the_answer_asks_for_no_stage_2_of_it(opened: Opener):
    async with opened() as desk:
        desk.house.later(days=-3)  # it was on its way for days
        await desk.house.send(UNHAPPY, own_id="2", **ANSWERS_US)
        desk.house.later(days=3)
        assert [case.kind for case in (await desk.see(2)).cases] == [Kind.COMPLAINT]
        assert await running(desk) == {}


async def test_while_a_letter_waits_nobody_takes_it_to_stage_2(opened: Opener):
    async with opened() as desk:
        await desk.house.send(UNHAPPY, own_id="2", **ANSWERS_US)

        def fail(session: Session) -> None:
            answered = select(LetterRow).where(LetterRow.kind == LetterKind.RESPONSE)
            session.scalars(answered).one().state = LetterState.FAILED

        desk.house.record.db.call(fail)
        with pytest.raises(OvertakenError, match="a letter to the resident waits"):
            await desk.decide(TAKE_UP)


async def test_two_people_who_decide_are_told_of_each_other(opened: Opener):
    async with opened() as desk:
        await desk.house.send(UNHAPPY, own_id="2", **ANSWERS_US)
        case, presses = await desk.case(), desk.house.heard.presses("oak")
        value = f"{button_value(await desk.see(2))}:t{case.id}"
        first = Pressed(value=f"{value}:{TAKE_UP}", by="Bo", key="1")
        await presses.take(first, {})
        await presses.take(first, {})  # Slack may send it again
        with pytest.raises(OvertakenError) as overtaken:
            await presses.take(Pressed(value=f"{value}:{TURN_DOWN}", by="Cy", key="2"), {})
        assert overtaken.value.last.by == "Bo"


async def test_only_a_message_that_asks_can_be_taken_up(opened: Opener):
    async with opened() as desk:
        await desk.house.send("Blue.", own_id="2", **ANSWERS_US)
        case = await desk.case()
        value = f"{button_value(await desk.see(2))}:t{case.id}"
        presses = desk.house.heard.presses("oak")
        with pytest.raises(CaseNotFoundError):
            await presses.take(Pressed(value=f"{value}:{TAKE_UP}", by="Bo", key="1"), {})
        seen = Pressed(value=f"{button_value(await desk.see(2))}:t0:{SEEN}", by="Bo", key="2")
        await presses.take(seen, {})
        split = Filled(kinds=(Kind.COMPLAINT,), issues="Nobody came", outcome="A visit")
        pressed = Pressed(value=button_value(await desk.see(2)), by="Bo", key="3")
        await presses.confirm(pressed, split)


@pytest.mark.parametrize("kind", [Kind.COMPLAINT, Kind.COMMENT])
async def test_undoing_what_ended_a_request_lets_it_run_again(opened: Opener, kind: Kind):
    async with opened() as desk:
        await desk.house.send(UNHAPPY, own_id="2", **ANSWERS_US)
        before, presses = await running(desk), desk.house.heard.presses("oak")
        filled = Filled(kinds=(kind,), issues="Nobody came", outcome="A visit")
        value = button_value(await desk.see(2))
        await presses.confirm(Pressed(value=value, by="Asha", key="1"), filled)
        value = button_value(await presses.see(2))  # its letter has not gone yet
        await presses.undo(Pressed(value=value, by="Asha", key="2"))
        assert await running(desk) == before
        assert "Proposed: take Complaint" in await desk.card(2)


async def test_nobody_closes_a_complaint_before_a_request_for_stage_2_is_decided(opened: Opener):
    async with opened() as desk:
        await desk.house.send(UNHAPPY, own_id="2", **ANSWERS_US)
        before = await running(desk)
        press = replace(CLOSING, case_id=(await desk.case()).id, version=(await desk.see()).version)
        note, at = "All was done", desk.house.now
        oak = desk.house.record.configured.landlords["oak"]

        def close(session: Session) -> None:
            advance.advance(session, press, oak, action=Action.CLOSE, note=note, at=at)

        with pytest.raises(ForbiddenError, match="reads as a request for stage 2"):
            desk.house.record.db.call(close)
        assert await running(desk) == before
        await desk.decide(TURN_DOWN)
        await desk.take(Action.CLOSE, {"note": note})
        assert (await desk.case()).status is Status.CLOSED


async def test_whoever_takes_up_the_later_of_two_requests_counts_from_the_earlier(opened: Opener):
    async with opened() as desk:
        await desk.house.send(UNHAPPY, own_id="2", **ANSWERS_US)
        before = await running(desk)
        desk.house.later(days=1)
        await desk.house.send(UNHAPPY + " Again.", own_id="3", **ANSWERS_US)
        await desk.decide(TAKE_UP, of=3)
        assert await running(desk) == before


@pytest.mark.parametrize(
    ("days", "owed"),
    [(1, "2027-01-19"), (5, "2027-01-18")],
    ids=["a day earlier", "before the answer, from which it counts then"],
)
async def test_a_request_that_had_reached_us_earlier_counts_from_then(
    opened: Opener, days: int, owed: str
):
    async with opened() as desk:
        mail = HEAD + UNHAPPY.encode() + b"\r\n"
        await bring(desk.house, b"Received: by mx; today\r\n" + mail)
        assert (await running(desk))["stage_2_acknowledgement"] == "2027-01-20"
        desk.house.later(days=-days)
        await bring(desk.house, b"Received: by mx; yesterday\r\n" + mail)
        desk.house.later(days=days)
        assert (await running(desk))["stage_2_acknowledgement"] == owed
        assert "had reached us" in (await desk.file())["events"][-1]["note"]
        await desk.decide(TAKE_UP)
        assert (await running(desk))["stage_2_acknowledgement"] == owed
