"""Answers find their case, and nobody else's: over a real socket, from mail to card."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.child import BoundedChild
from bot.triage.presses import Filled, Pressed
from bot.triage.threads import ATTACH, DISOWN, MAY_BE_FORGED, SEEN
from bot.triage.views import button_value, step_value, triage_card
from intake.domain.case import Action, Kind, OvertakenError, Status
from intake.domain.identity import Content, Rung, Writer, may_send
from intake.domain.summary import MessageSummary
from intake.domain.thread import Standing, Way, Why
from intake.domain.triage import IncompleteError
from intake.purge import purge
from intake.store.casefile import load_casefile
from intake.store.lists import count_awaiting, find_awaiting, find_decided
from intake.store.outlived import find_outlived
from intake.store.tables import (
    CaseMessageRow,
    CaseRow,
    ClockRow,
    JobRow,
    LetterRow,
    MessageRow,
    PartyRow,
)
from intake.store.thread_tables import ThreadRow
from tests.builders import landlord
from tests.fakes.smtp import FakeRelay, fake_relay
from tests.house import House, configured, open_house

pytestmark = pytest.mark.usefixtures("db")
BOTH = "There is damp in the hall. Nobody has come. Please send somebody."
FILLED = Filled(
    kinds=(Kind.COMPLAINT, Kind.SERVICE_REQUEST), issues="Nobody came", outcome="A visit"
)
OURS = {
    "intake": "help@oak.example",
    "addresses": frozenset({"help@oak.example"}),
    "staff_domains": ("oak.example",),
    "edges": frozenset({"mx.oak.example"}),
}
PASS = "mx.oak.example; dmarc=pass header.from=oak.example"
Opener = Callable[..., AbstractAsyncContextManager[tuple[House, FakeRelay]]]


@pytest.fixture
def opened(db_url: str, tmp_path: Path, child: BoundedChild, now: datetime) -> Opener:
    """Opens a house with a mail server."""

    @asynccontextmanager
    async def opener(**changed: object) -> AsyncIterator[tuple[House, FakeRelay]]:
        async with fake_relay() as relay:
            known = configured(relay=relay.settings(), oak=landlord(**(OURS | changed)))
            async with open_house(db_url, tmp_path, child, now, known) as house:
                yield house, relay

    return opener


async def see(house: House, message_id: int = 2) -> MessageSummary:
    return await house.heard.presses("oak").see(message_id)


async def card(house: House, message_id: int = 2) -> str:
    return str(triage_card(await see(house, message_id), now=house.now).blocks)


async def take(house: House, target: str, step: str, *, by: str = "Asha", of: int = 2) -> None:
    value = f"{button_value(await see(house, of))}:{target}:{step}"
    presses = house.heard.presses("oak")
    pressed = Pressed(value=value, by=by, key=f"{target}{step}{by}")
    await presses.ask(pressed)
    await presses.take(pressed, {})
    await house.settle()


async def acknowledge(house: House, relay: FakeRelay) -> EmailMessage:
    """Send a mail, confirm both its cases, and return the letter that went."""
    await house.send(BOTH)
    pressed = Pressed(value=button_value(await see(house, 1)), by="Asha", key="confirm")
    await house.heard.presses("oak").confirm(pressed, FILLED)
    await house.settle()
    letter = message_from_bytes(relay.letters[-1].raw, policy=default)
    assert isinstance(letter, EmailMessage)
    house.later(days=1)
    return letter


def thread(house: House, message_id: int = 2) -> ThreadRow:
    def load(session: Session) -> ThreadRow:
        return session.scalars(select(ThreadRow).where(ThreadRow.message_id == message_id)).one()

    return house.record.db.call(load)


def bears(house: House, message_id: int = 2) -> set[int]:
    def load(session: Session) -> set[int]:
        which = CaseMessageRow.message_id == message_id
        return set(session.scalars(select(CaseMessageRow.case_id).where(which)))

    return house.record.db.call(load)


def kinds(house: House) -> list[Kind]:
    return sorted(case.kind for case in house.cases())


async def test_a_reply_to_the_cases_own_address_joins_it(opened: Opener):
    """33."""
    async with opened() as (house, relay):
        letter = await acknowledge(house, relay)
        await house.send("The door is blue.", own_id="2", To=letter["Reply-To"])
        assert thread(house).standing is Standing.JOINED
        assert thread(house).way is Way.REPLY_ADDRESS
        assert len(house.cases()) == 2
        [named] = bears(house)
        assert house.cases()[named - 1].kind is Kind.COMPLAINT
        assert "Part of Complaint" in await card(house)
        assert "1 further message, the last" in await card(house, 1)


async def test_an_answer_to_our_letter_is_found_by_its_message_id(opened: Opener):
    """38: every Message-ID that we send is stored."""
    async with opened() as (house, relay):
        letter = await acknowledge(house, relay)
        answer = {"In-Reply-To": "<made-up@else.example>", "References": letter["Message-ID"]}
        await house.send("The door is blue.", own_id="2", **answer)
        assert (thread(house).standing, thread(house).way) == (Standing.JOINED, Way.LETTER)
        assert bears(house) == {case.id for case in house.cases()}


async def test_an_answer_to_a_letter_whose_row_is_gone_is_found_by_its_seal(opened: Opener):
    async with opened() as (house, relay):
        letter = await acknowledge(house, relay)

        def forget(session: Session) -> None:
            session.scalars(select(LetterRow)).one().own_id = "<gone@oak.example>"

        await house.record.db.run(forget)
        await house.send("Blue.", own_id="2", **{"In-Reply-To": letter["Message-ID"]})
        assert (thread(house).standing, thread(house).way) == (Standing.JOINED, Way.SEALED_ID)


async def test_a_resident_who_answers_their_own_mail_joins_its_case(opened: Opener):
    async with opened() as (house, _):
        await house.send(BOTH)
        await house.send("I forgot the flat.", own_id="2", **{"In-Reply-To": "<1@example.org>"})
        assert (thread(house).standing, thread(house).way) == (Standing.JOINED, Way.MESSAGE)


async def test_a_stranger_with_a_valid_address_joins_nothing_and_is_told_nothing(opened: Opener):
    """34."""
    async with opened(receipt=True) as (house, relay):
        letter = await acknowledge(house, relay)
        went = len(relay.letters)
        stranger = {"From": "Max <max@else.example>", "To": letter["Reply-To"]}
        await house.send("Nobody has come. What did Jo say?", own_id="2", **stranger)
        assert thread(house).standing is Standing.STRANGER
        assert bears(house) == {3}
        shown = await card(house)
        assert "Reply from an unknown address" in shown
        assert "Nothing of the case goes there" in shown
        assert "address not seen before, not verified" in shown
        for carried in relay.letters[went:]:
            told = carried.raw.decode()
            assert carried.recipients == ("max@else.example",)
            assert house.cases()[0].reference not in told
            assert "damp" not in told


async def test_staff_attach_a_strangers_answer_and_its_writer_is_of_the_case_from_then(
    opened: Opener,
):
    """34."""
    async with opened() as (house, relay):
        letter = await acknowledge(house, relay)
        complaint = next(c for c in house.cases() if c.kind is Kind.COMPLAINT)
        went = len(relay.letters)
        stranger = {"From": "Max <max@else.example>", "To": letter["Reply-To"]}
        await house.send("Nobody has come.", own_id="2", **stranger)
        await take(house, f"t{complaint.id}", ATTACH)
        assert thread(house).standing is Standing.JOINED
        assert house.cases()[-1].status is Status.RECORDED_IN_ERROR
        assert complaint.id in bears(house)
        assert "staff said so" in await card(house) or "Part of" in await card(house)
        await house.send("Are you there?", own_id="3", **stranger)
        assert thread(house, 3).standing is Standing.JOINED
        assert len(relay.letters) == went


async def end(house: House) -> None:
    """Have the resident withdraw what was acknowledged, and close the repair."""
    ends = {Kind.COMPLAINT: Action.WITHDRAW, Kind.SERVICE_REQUEST: Action.CLOSE}
    for case in house.cases():
        seen = await see(house, case.message_id)
        pressed = Pressed(
            value=step_value(seen, f"c{case.id}", ends[case.kind]),
            by="Asha",
            key=f"end {case.id}",
        )
        await house.heard.presses("oak").take(pressed, {"note": "It is done"})
        await house.settle()


async def forget(house: House) -> None:
    """Remove the personal data of all that has been kept as long as it is to be."""
    house.later(days=366 * 7)
    oak, db = landlord(**OURS), house.record.db
    for matter in db.call(find_outlived, oak, now=house.now):
        assert db.call(purge, oak, matter, by="heard purge", now=house.now) is not None
    await house.settle()


@pytest.mark.parametrize("sign", ["address", "letter", "reference"])
@pytest.mark.parametrize("text", ["Nobody has come, again.", "The door is blue."])
async def test_a_reply_to_a_case_whose_data_is_gone_is_a_matter_of_its_own(
    opened: Opener, sign: str, text: str
):
    """32: it is not lost, and nothing of what was removed comes back or goes out."""
    async with opened(receipt=True) as (house, relay):
        letter = await acknowledge(house, relay)
        await end(house)
        await house.send("Thank you for the garden.", own_id="9", Subject="Garden")
        await forget(house)
        old, went = [case.reference for case in house.cases()[:2]], len(relay.letters)
        about = {
            "address": {"To": letter["Reply-To"]},
            "letter": {"In-Reply-To": letter["Message-ID"]},
            "reference": {"Subject": f"About {house.cases()[0].reference}"},
        }
        await house.send(text, own_id="3", **about[sign])
        assert thread(house, 3).standing is Standing.NEW
        new = [case for case in house.cases() if case.message_id == 3]
        assert [case.status for case in new] == [Status.AWAITING_TRIAGE]
        assert {case.received_at for case in new} == {house.now}
        assert bears(house, 3) == {new[0].id}
        found = (await see(house, 3)).thread
        assert found is not None
        assert {case.reference for case in found.suggested} <= {*old, house.cases()[2].reference}
        assert {case.reference for case in found.suggested} & {*old}
        assert "damp in the hall" not in await card(house, 3)
        told = "".join(carried.raw.decode() for carried in relay.letters[went:])
        assert "damp" not in told
        assert not [reference for reference in old if reference in told]


async def test_a_case_that_lives_on_takes_the_reply_though_its_neighbour_is_gone(opened: Opener):
    """32: somebody joined it to the case after its purge, so it is looked after again."""
    async with opened() as (house, relay):
        letter = await acknowledge(house, relay)
        await end(house)
        await house.send("Thank you for the garden.", own_id="9", Subject="Garden")
        await forget(house)
        await house.send("The door is blue.", own_id="3", To=letter["Reply-To"])
        complaint = next(c for c in house.cases() if c.kind is Kind.COMPLAINT)
        await take(house, f"t{complaint.id}", ATTACH, of=3)
        await house.send("It is still blue.", own_id="4", To=letter["Reply-To"])
        assert thread(house, 4).standing is Standing.JOINED
        assert bears(house, 4) == {complaint.id}


@pytest.mark.parametrize("sign", ["address", "letter", "own mail", "reference"])
async def test_a_reply_to_what_was_merged_into_another_case_arrives_there(
    opened: Opener, sign: str
):
    """32."""
    async with opened(receipt=True) as (house, relay):
        await acknowledge(house, relay)
        kept = next(case for case in house.cases() if case.kind is Kind.COMPLAINT)
        await house.send("Nobody has come.", own_id="2", Subject="Again")
        receipt = message_from_bytes(relay.letters[-1].raw, policy=default)
        merged = house.cases()[-1].reference
        await take(house, f"t{kept.id}", ATTACH)
        assert house.cases()[-1].status is Status.RECORDED_IN_ERROR
        about = {
            "address": {"To": receipt["Reply-To"]},
            "letter": {"In-Reply-To": receipt["Message-ID"]},
            "own mail": {"In-Reply-To": "<2@example.org>"},
            "reference": {"Subject": f"About {merged}"},
        }
        await house.send("Nobody, still.", own_id="3", **about[sign])
        assert thread(house, 3).standing is Standing.JOINED
        assert bears(house, 3) == {kept.id}
        assert len(house.cases()) == 3


async def test_dissatisfaction_keeps_its_clock_where_the_case_does_not_cover_it(opened: Opener):
    async with opened() as (house, _):
        await house.send("There is damp.")
        await house.send("Nobody has come.", own_id="2", From="Max <max@else.example>",
                         Subject=f"About {house.cases()[0].reference}")  # fmt: skip
        await take(house, "t1", ATTACH)
        repair, grievance = house.cases()
        assert (repair.kind, grievance.kind) == (Kind.SERVICE_REQUEST, Kind.COMPLAINT)
        assert grievance.status is Status.AWAITING_TRIAGE
        assert bears(house) == {repair.id, grievance.id}


async def test_what_is_not_ours_ends_and_is_kept(opened: Opener):
    async with opened() as (house, relay):
        letter = await acknowledge(house, relay)
        stranger = {"From": "Max <max@else.example>", "To": letter["Reply-To"]}
        await house.send("Nobody has come.", own_id="2", **stranger)
        await take(house, "t0", DISOWN)
        assert thread(house).standing is Standing.NOT_OURS
        assert house.cases()[-1].status is Status.RECORDED_IN_ERROR
        value = f"2:{(await see(house)).version}:t0:{DISOWN}"
        with pytest.raises(OvertakenError):
            await house.heard.presses("oak").take(Pressed(value=value, by="Bo", key="x"), {})


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"To": "help+aaa-aaa-aaa.aaaaaaaaaaaaaaaa@oak.example"}, id="guessed address"),
        pytest.param(
            {
                "To": "help+aaa-aaa-aaa.aaaaaaaaaaaaaaaa@oak.example",
                "In-Reply-To": "<7@oak.example>",
            },
            id="guessed address and id",
        ),
        pytest.param({"In-Reply-To": "<heard.1@oak.example>"}, id="predictable id"),
        pytest.param(
            {"References": "<heard.aaa-aaa-aaa.0123.aaaaaaaaaaaaaaaa@oak.example>"}, id="forged id"
        ),
    ],
)
async def test_a_guessed_or_forged_thread_joins_nothing(opened: Opener, headers: dict[str, str]):
    """35."""
    async with opened() as (house, relay):
        await acknowledge(house, relay)
        await house.send("The door is blue.", own_id="2", **headers)
        assert thread(house).standing is Standing.NEW
        assert bears(house) == {3}
        assert ("altered or made up" in await card(house)) is ("To" in headers)


async def test_a_seal_of_another_landlord_joins_nothing(opened: Opener):
    async with opened() as (house, relay):
        await acknowledge(house, relay)
        complaint = next(c for c in house.cases() if c.kind is Kind.COMPLAINT)
        theirs = house.record.seals["elm"].reply_address("help@oak.example", complaint.reference)
        await house.send("The door is blue.", own_id="2", To=theirs)
        assert thread(house).standing is Standing.NEW


async def test_no_sign_leads_to_a_case_of_another_landlord(opened: Opener):
    async with opened() as (house, relay):
        letter = await acknowledge(house, relay)
        signs = {"In-Reply-To": letter["Message-ID"], "Subject": house.cases()[0].reference}
        await house.send("Nobody has come.", own_id="2", To="help@elm.example", **signs)
        assert thread(house).standing is Standing.NEW
        assert house.cases()[-1].landlord == "elm"


async def test_a_reference_from_anybody_else_only_suggests(opened: Opener):
    """36."""
    async with opened() as (house, relay):
        await acknowledge(house, relay)
        complaint = next(c for c in house.cases() if c.kind is Kind.COMPLAINT)
        about = {"From": "Max <max@else.example>", "Subject": f"Re: {complaint.reference.lower()}"}
        await house.send("The door is blue.", own_id="2", **about)
        assert thread(house).standing is Standing.NEW
        found = (await see(house)).thread
        assert found is not None
        assert [(c.id, c.why) for c in found.suggested] == [(complaint.id, Why.REFERENCE)]


async def test_a_reference_from_a_participant_joins(opened: Opener):
    async with opened() as (house, relay):
        await acknowledge(house, relay)
        complaint = next(c for c in house.cases() if c.kind is Kind.COMPLAINT)
        await house.send("Blue.", own_id="2", Subject=f"Case {complaint.reference}")
        assert (thread(house).standing, thread(house).way) == (Standing.JOINED, Way.REFERENCE)


@pytest.mark.parametrize("proven", [True, False])
async def test_staff_are_staff_only_where_our_own_edge_vouches_for_them(
    opened: Opener, *, proven: bool
):
    """37."""
    async with opened() as (house, relay):
        await acknowledge(house, relay)
        complaint = next(c for c in house.cases() if c.kind is Kind.COMPLAINT)
        about = {"From": "Bo <bo@oak.example>", "Subject": complaint.reference}
        claim = PASS if proven else PASS.replace("mx.oak.example", "mx.evil.example")
        about["Authentication-Results"] = claim
        await house.send("Nobody has come, he says.", own_id="2", **about)
        assert (thread(house).standing is Standing.JOINED) is proven
        assert (len(house.cases()) == 2) is proven


async def test_a_message_from_the_same_address_suggests_its_open_cases(opened: Opener):
    async with opened() as (house, relay):
        await acknowledge(house, relay)
        await house.send("A tap drips, and there is damp.", own_id="2", Subject="Tap")
        assert thread(house).standing is Standing.NEW
        assert "the same address wrote about it" in await card(house)
        assert "address seen before, not verified" in await card(house)


async def test_two_residents_who_answer_one_newsletter_are_two_cases(opened: Opener):
    """31."""
    async with opened() as (house, _):
        news = {"In-Reply-To": "<news@oak.example>", "References": "<news@oak.example>"}
        await house.send("There is damp.", own_id="2", **news)
        await house.send("There is damp.", own_id="3", From="max@else.example", **news)
        assert len(house.cases()) == 2
        assert {thread(house, n).standing for n in (1, 2)} == {Standing.NEW}


async def test_the_same_mail_to_two_landlords_is_a_case_in_each(opened: Opener):
    """27."""
    async with opened() as (house, _):
        await house.send("There is damp.", To="help@oak.example, help@elm.example")
        assert [case.landlord for case in house.cases()] in (["elm", "oak"], ["oak", "elm"])


async def test_one_message_id_with_other_words_is_kept_too(opened: Opener):
    """29."""
    async with opened() as (house, _):
        await house.send("There is damp.")
        await house.send("There is damp in the hall.")
        assert len(house.cases()) == 2


async def test_dissatisfaction_in_an_answer_starts_its_own_clock(opened: Opener):
    async with opened() as (house, _):
        await house.send("There is damp.")
        house.later(days=3)
        await house.send("Nobody has come.", own_id="2", **{"In-Reply-To": "<1@example.org>"})
        assert kinds(house) == [Kind.COMPLAINT, Kind.SERVICE_REQUEST]
        grievance = house.cases()[-1]
        assert grievance.received_at == house.now
        assert bears(house) == {case.id for case in house.cases()}
        assert "Acknowledge by" in await card(house)


async def test_more_of_the_same_opens_nothing_and_waits_to_be_seen(opened: Opener):
    async with opened() as (house, relay):
        letter = await acknowledge(house, relay)
        again = {"In-Reply-To": letter["Message-ID"]}
        await house.send("Nobody has come, and the damp is worse.", own_id="2", **again)
        assert len(house.cases()) == 2
        db = house.record.db
        assert ("oak", 2) in db.call(find_awaiting, most=9)
        assert db.call(count_awaiting) == 1
        await take(house, "t0", SEEN)
        assert db.call(count_awaiting) == 0
        assert ("oak", 2) in db.call(find_decided, most=9)
        assert "Decided by Asha" in await card(house)


async def test_two_people_who_see_one_answer_are_told_of_each_other(opened: Opener):
    async with opened() as (house, relay):
        letter = await acknowledge(house, relay)
        await house.send("Blue.", own_id="2", **{"In-Reply-To": letter["Message-ID"]})
        value = f"{button_value(await see(house))}:t0:{SEEN}"
        presses = house.heard.presses("oak")
        await presses.take(Pressed(value=value, by="Asha", key="1"), {})
        await presses.take(Pressed(value=value, by="Asha", key="1"), {})
        with pytest.raises(OvertakenError) as overtaken:
            await presses.take(Pressed(value=value, by="Bo", key="2"), {})
        assert overtaken.value.last.by == "Asha"


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Case",
        "Out of office",
        "Abwesenheitsnotiz",
        "Autoodpowiedź",
        "Allan o'r swyddfa",
    ],
)
async def test_an_absence_that_only_its_subject_tells_of_is_known_where_it_answers_us(
    opened: Opener, subject: str
):
    """46."""
    async with opened(receipt=True) as (house, relay):
        letter = await acknowledge(house, relay)
        went, before = len(relay.letters), [(c.id, c.status) for c in house.cases()]
        away = {"In-Reply-To": letter["Message-ID"], "Subject": subject}
        await house.send("Nobody has come to work here.", own_id="2", **away)
        assert thread(house).standing is Standing.JOINED
        assert [(c.id, c.status) for c in house.cases()] == before
        assert len(relay.letters) == went
        assert "looks automatic (auto reply)" in await card(house)


async def test_a_reply_to_a_closed_case_is_judged_anew_and_its_figures_stay(opened: Opener):
    """42."""
    async with opened() as (house, relay):
        letter = await acknowledge(house, relay)
        await end(house)
        house.later(days=30)

        def figures(session: Session) -> list[tuple[object, ...]]:
            rows = session.scalars(select(ClockRow).where(ClockRow.case_id.in_([1, 2])))
            facts = ["case_id", "name", "starts", "target", "code", "ended_at", "met", "met_target"]
            return sorted(tuple(str(getattr(row, fact)) for fact in facts) for row in rows)

        before = house.record.db.call(figures)
        ended = [(c.status, c.received_at) for c in house.cases()]
        answer = {"In-Reply-To": letter["Message-ID"]}
        await house.send("Now the boiler is dead and I smell gas.", own_id="2", **answer)
        assert "EMERGENCY" in await card(house)
        assert [(c.status, c.received_at) for c in house.cases()[:2]] == ended
        assert house.record.db.call(figures) == before
        new = house.cases()[2:]
        assert [(c.kind, c.received_at) for c in new] == [(Kind.SERVICE_REQUEST, house.now)]
        await house.send("Nobody has come.", own_id="3", **answer)
        assert [c.kind for c in house.cases()[3:]] == [Kind.COMPLAINT]
        assert house.record.db.call(figures) == before


async def test_staff_can_split_an_answer_into_a_case_of_its_own(opened: Opener):
    """42."""
    async with opened() as (house, relay):
        letter = await acknowledge(house, relay)
        await house.send("Blue.", own_id="2", **{"In-Reply-To": letter["Message-ID"]})
        pressed = Pressed(value=button_value(await see(house)), by="Asha", key="split")
        await house.heard.presses("oak").confirm(pressed, Filled(kinds=(Kind.ENQUIRY,)))
        await house.settle()
        assert house.cases()[-1].status is Status.LOGGED
        assert "Enquiry or other" in await card(house)


async def test_a_new_hazard_in_an_old_case_is_raised(opened: Opener):
    """42."""
    async with opened() as (house, relay):
        letter = await acknowledge(house, relay)
        before = [(c.id, c.status, c.seq) for c in house.cases()]
        answer = {"In-Reply-To": letter["Message-ID"]}
        await house.send("Now the boiler is dead and I smell gas.", own_id="2", **answer)
        assert "EMERGENCY" in await card(house)
        assert house.cases()[-1].kind is Kind.SERVICE_REQUEST
        assert [(c.id, c.status) for c in house.cases()[:2]] == [b[:2] for b in before]
        await house.send("I still smell gas.", own_id="3", **answer)
        assert "EMERGENCY" in await card(house, 3)


@pytest.mark.parametrize("subject", ["Fwd: My home", "FW: My home"])
async def test_what_an_officer_passes_on_is_the_residents(opened: Opener, subject: str):
    """39."""
    async with opened(receipt=True) as (house, relay):
        text = (
            "Please see below.\n\n---------- Forwarded message ---------\n"
            "From: Jo Resident <jo@example.org>\nDate: Mon, 2 Mar 2026 at 08:00\n"
            "Subject: My home\nTo: <bo@oak.example>\n\nNobody has come about the damp.\n"
        )
        about = {"From": "Bo Officer <bo@oak.example>", "Subject": subject}
        await house.send(text, **about)

        def load(session: Session) -> tuple[MessageRow, str]:
            row = session.scalars(select(MessageRow)).one()
            return row, session.get_one(PartyRow, row.party_id).address

        row, address = house.record.db.call(load)
        assert (address, row.sender_name, row.reply_to) == (
            "jo@example.org", "Jo Resident", "jo@example.org",
        )  # fmt: skip
        assert row.received_at == house.now
        assert thread(house, 1).forwarder == "bo@oak.example"
        assert thread(house, 1).rung is Rung.UNKNOWN
        assert "passed on by staff (not verified)" in await card(house, 1)
        assert all("bo@oak.example" not in carried.recipients for carried in relay.letters)


@pytest.mark.parametrize(
    ("results", "rung"),
    [
        pytest.param("mx.oak.example; dkim=pass header.d=example.org", Rung.DOMAIN, id="ours"),
        pytest.param("mx.evil.example; dkim=pass header.d=example.org", Rung.UNKNOWN, id="forged"),
        pytest.param("mx.oak.example; dkim=pass header.d=evil.example", Rung.UNKNOWN, id="other"),
    ],
)
async def test_only_our_own_edge_vouches_for_a_sender(opened: Opener, results: str, rung: Rung):
    async with opened() as (house, _):
        await house.send("There is damp.", **{"Authentication-Results": results})
        assert thread(house, 1).rung is rung


async def find_writer(house: House, found: Writer, *, of: int = 1, by: str = "Asha") -> None:
    """Say whether we know who wrote a message, and what shows it."""
    seen = await see(house, of)
    value = step_value(seen, f"c{seen.cases[0].id}", Action.CHECK_WRITER)
    pressed = Pressed(value=value, by=by, key=f"{found}{of}{by}")
    answer = {"writer": found, "evidence": "We rang the number in the tenancy"}
    await house.heard.presses("oak").take(pressed, answer)
    await house.settle()


async def test_whom_staff_confirmed_is_known_later_by_the_address_that_is_answered(opened: Opener):
    async with opened() as (house, relay):
        await acknowledge(house, relay)
        assert not may_send(thread(house, 1).rung, Content.CASE, pressed=False)
        await find_writer(house, Writer.CONFIRMED)
        assert thread(house, 1).rung is Rung.CONFIRMED
        assert may_send(thread(house, 1).rung, Content.CASE, pressed=False)
        assert "staff confirmed who writes" in await card(house, 1)
        case = house.cases()[0]
        file = house.record.db.call(load_casefile, case.reference, original=False)
        assert file is not None
        [event] = [e for e in file["events"] if e["action"] == Action.CHECK_WRITER]
        assert (event["by"], event["at"]) == ("Asha", house.now.isoformat())
        assert event["note"] == "confirmed: We rang the number in the tenancy"
        await house.send("A tap drips in the damp.", own_id="2", Subject="Tap")
        assert thread(house, 2).rung is Rung.MATCHED
        assert f"whose writer staff confirmed before{MAY_BE_FORGED}" in await card(house, 2)
        proven = {"Authentication-Results": "mx.oak.example; dkim=pass header.d=example.org"}
        await house.send("The damp is back.", own_id="9", Subject="Damp", **proven)
        assert "whose writer staff confirmed before" in await card(house, 3)
        assert MAY_BE_FORGED not in await card(house, 3)
        for number, headers in enumerate(
            (
                {"Reply-To": "max@else.example"},
                {"From": "Jo Resident <jo@else.example>"},
                {"To": "help@elm.example"},
            ),
            start=4,
        ):
            await house.send("There is damp.", own_id=str(number), **headers)
            assert thread(house, number).rung in {Rung.SEEN, Rung.UNKNOWN}
            assert not may_send(thread(house, number).rung, Content.CASE, pressed=False)


async def test_what_was_confirmed_wrongly_counts_no_longer_nor_what_relied_on_it(opened: Opener):
    async with opened() as (house, relay):
        await acknowledge(house, relay)
        await find_writer(house, Writer.CONFIRMED)
        await house.send("A tap drips in the damp.", own_id="2", **{"Authentication-Results": PASS})
        await find_writer(house, Writer.UNCONFIRMED, by="Bo")
        assert [thread(house, number).rung for number in (1, 2)] == [Rung.SEEN, Rung.SEEN]
        await house.send("There is damp.", own_id="3")
        assert thread(house, 3).rung is Rung.SEEN


async def test_who_writes_is_not_confirmed_without_a_word_on_what_shows_it(opened: Opener):
    async with opened() as (house, relay):
        await acknowledge(house, relay)
        seen = await see(house, 1)
        value = step_value(seen, f"c{seen.cases[0].id}", Action.CHECK_WRITER)
        with pytest.raises(IncompleteError) as asked:
            await house.heard.presses("oak").take(
                Pressed(value=value, by="Asha", key="1"), {"writer": Writer.CONFIRMED}
            )
        assert set(asked.value.fields) == {"evidence"}
        assert thread(house, 1).rung is Rung.UNKNOWN


async def test_who_is_answered_elsewhere_stays_low_and_is_answered_there(opened: Opener):
    """41."""
    async with opened() as (house, _):
        results = "mx.oak.example; dkim=pass header.d=example.org"
        about = {"Authentication-Results": results, "Reply-To": "aunt@else.example"}
        await house.send("There is damp.", **about)
        assert thread(house, 1).rung is Rung.UNKNOWN
        [to] = house.record.db.call(lambda s: list(s.scalars(select(MessageRow.reply_to))))
        assert to == "aunt@else.example"


async def test_an_answer_never_goes_to_an_address_of_our_own(opened: Opener):
    """41."""
    async with opened() as (house, _):
        await house.send("There is damp.", **{"Reply-To": "help+x@oak.example"})
        [to] = house.record.db.call(lambda s: list(s.scalars(select(MessageRow.reply_to))))
        assert to == "jo@example.org"


async def test_jane_via_our_own_group_is_jane_and_via_anothers_is_not(opened: Opener):
    """40."""
    async with opened() as (house, _):
        via = {"Reply-To": "jane@example.org"}
        await house.send("There is damp.", From='"Jane via Help" <help@oak.example>', **via)
        theirs = '"Jane via Help" <help@else.example>'
        await house.send("There is damp.", own_id="2", From=theirs, **via)
        found = house.record.db.call(
            lambda s: list(s.scalars(select(PartyRow.address).order_by(PartyRow.id)))
        )
        assert found == ["jane@example.org", "help@else.example"]


async def test_the_form_of_a_website_that_writes_from_our_own_address_is_no_mail_of_ours(
    opened: Opener,
):
    own = {"From": "Oak website <help@oak.example>", "Authentication-Results": PASS}
    async with opened(edges=frozenset({"mx.oak.example"})) as (house, _):
        await house.send("Nobody has come.", **own, **{"Reply-To": "jane@example.org"})
        assert kinds(house) == [Kind.COMPLAINT]
        assert thread(house, 1).rung is Rung.UNKNOWN
        party = house.record.db.call(lambda s: s.scalars(select(PartyRow)).one())
        assert (party.address, party.name) == ("jane@example.org", "")


async def test_an_earlier_road_that_is_read_later_moves_the_receipt_earlier(opened: Opener):
    async with opened() as (house, _):
        first, later = (EmailMessage() for _ in range(2))
        for mail in (first, later):
            mail["From"], mail["To"] = "Jo <jo@example.org>", "help@oak.example"
            mail["Message-ID"], mail["Subject"] = "<1@example.org>", "Home"
        first["Received"] = "by the first road"
        for mail in (first, later):
            mail.set_content("Nobody has come.")
        early = house.now
        await house.post(first)

        def wait(session: Session) -> None:
            session.execute(
                JobRow.__table__.update().values(run_at=house.now + timedelta(days=4))  # type: ignore[attr-defined] # the table
            )

        await house.record.db.run(wait)
        house.later(days=2)
        await house.post(later)
        await house.settle()
        [case] = house.cases()
        assert case.received_at == house.now
        house.later(days=3)
        await house.settle()
        [case] = house.cases()
        assert case.received_at == early
        assert (await see(house, 1)).received_at == early
        assert "Receipt moved earlier by Heard" in await card(house, 1)
        assert "Acknowledge by *Mon 9 Mar 2026*" in await card(house, 1)


async def test_braces_and_line_breaks_of_a_resident_reach_the_letter_as_they_are(opened: Opener):
    """105, 106."""
    async with opened() as (house, relay):
        await house.send("Nobody has come {{7*7}} %s ${HOME}.", Subject="Damp Bcc: x@evil.example")
        seen = await see(house, 1)
        filled = Filled(kinds=(Kind.COMPLAINT,), issues=seen.issues, outcome="A visit")
        pressed = Pressed(value=button_value(seen), by="Asha", key="1")
        await house.heard.presses("oak").confirm(pressed, filled)
        await house.settle()
        letter = message_from_bytes(relay.letters[-1].raw, policy=default)
        assert isinstance(letter, EmailMessage)
        body = letter.get_body(["plain"])
        assert isinstance(body, EmailMessage)
        assert "{{7*7}} %s ${HOME}" in body.get_content()
        assert letter["Bcc"] is None


async def test_a_case_is_named_by_nobody_but_itself(opened: Opener):
    async with opened() as (house, relay):
        await acknowledge(house, relay)
        found = house.record.db.call(lambda s: list(s.scalars(select(CaseRow.reference))))
        assert len(set(found)) == 2
