"""The acknowledgement on its way, and all that can befall it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.child import BoundedChild
from bot.triage.presses import Filled, Pressed
from bot.triage.views import button_value, triage_card
from intake.domain.case import Kind, Status
from intake.domain.letter import LetterState
from intake.domain.summary import MessageSummary
from intake.send import put_back, start_sending
from intake.store.jobs import LEASE, LeaseLostError, claim
from intake.store.tables import LetterRow
from tests.builders import landlord
from tests.fakes.smtp import FakeRelay, fake_relay
from tests.house import House, configured, open_house

pytestmark = pytest.mark.usefixtures("db")
BOTH = "There is damp in the hall. Nobody has come. Please send somebody."
FILLED = Filled(
    kinds=(Kind.COMPLAINT, Kind.SERVICE_REQUEST), issues="Nobody came", outcome="A visit"
)
Opener = Callable[..., AbstractAsyncContextManager[tuple[House, FakeRelay]]]


@pytest.fixture
def opened(db_url: str, tmp_path: Path, child: BoundedChild, now: datetime) -> Opener:
    """Opens a house with a mail server."""

    @asynccontextmanager
    async def opener(**changed: object) -> AsyncIterator[tuple[House, FakeRelay]]:
        async with fake_relay() as relay:
            known = configured(relay=relay.settings(), oak=landlord(**changed))
            async with open_house(db_url, tmp_path, child, now, known) as house:
                yield house, relay

    return opener


async def see(house: House) -> MessageSummary:
    return await house.heard.presses("oak").see(1)


async def press(house: House, key: str = "1") -> Pressed:
    return Pressed(value=button_value(await see(house)), by="Asha", key=key)


async def confirm(house: House, key: str = "1") -> None:
    await house.send(BOTH)
    await house.heard.presses("oak").confirm(await press(house, key), FILLED)
    await house.settle()


def state(house: House) -> LetterState:
    def load(session: Session) -> LetterState:
        return session.scalars(select(LetterRow.state)).one()

    return house.record.db.call(load)


def complaint(house: House) -> Status:
    [case] = [case for case in house.cases() if case.kind is Kind.COMPLAINT]
    return case.status


async def card(house: House) -> str:
    return str(triage_card(await see(house), now=house.now).blocks)


async def test_the_letter_answers_the_mail_and_is_marked_as_no_persons(opened: Opener):
    async with opened() as (house, relay):
        await confirm(house)
        [carried] = relay.letters
        letter = message_from_bytes(carried.raw, policy=default)
        assert carried.recipients == ("jo@example.org",)
        assert carried.sender == "complaints@oak.example"
        assert letter["In-Reply-To"] == "<1@example.org>"
        assert letter["Auto-Submitted"] == "auto-replied"
        assert state(house) is LetterState.SENT
        assert complaint(house) is Status.ACKNOWLEDGED


async def test_the_message_id_and_the_exact_bytes_are_kept_as_proof(opened: Opener):
    async with opened() as (house, relay):
        await confirm(house)
        [row] = house.record.db.call(lambda session: list(session.scalars(select(LetterRow))))
        [carried] = relay.letters
        assert row.own_id in carried.raw.decode()
        assert row.raw is not None
        assert row.raw.strip() == carried.raw.strip()
        assert row.proof == "250 2.0.0 OK" or (row.proof or "").startswith("250")


async def test_the_letter_waits_until_it_can_no_longer_be_undone(opened: Opener):
    async with opened(undo=timedelta(seconds=60)) as (house, relay):
        await confirm(house)
        assert relay.letters == []
        assert "Undo" in await card(house)
        house.later(seconds=59)
        await house.settle()
        assert relay.letters == []
        house.later(seconds=1)
        await house.settle()
        assert len(relay.letters) == 1
        assert "Undo" not in await card(house)


async def test_an_undone_letter_never_leaves(opened: Opener):
    async with opened(undo=timedelta(seconds=60)) as (house, relay):
        await confirm(house)
        await house.heard.presses("oak").undo(await press(house, "2"))
        house.later(minutes=10)
        await house.settle()
        assert relay.letters == []
        assert complaint(house) is Status.AWAITING_TRIAGE


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
async def test_a_server_that_cannot_take_it_now_is_asked_again(opened: Opener, command: str):
    async with opened() as (house, relay):
        relay.answers = {command: "451 4.3.0 later"}  # type: ignore[dict-item] # a literal
        await confirm(house)
        assert state(house) is LetterState.WAITING
        assert complaint(house) is Status.LOGGED
        relay.answers = {}
        house.later(seconds=30)
        await house.settle()
        assert len(relay.letters) == 1
        assert complaint(house) is Status.ACKNOWLEDGED


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
async def test_a_server_that_will_never_take_it_makes_a_task_for_staff(
    opened: Opener, command: str
):
    async with opened() as (house, relay):
        relay.answers = {command: "550 5.1.1 no such mailbox"}  # type: ignore[dict-item] # a literal
        await confirm(house)
        assert state(house) is LetterState.FAILED
        assert complaint(house) is Status.LOGGED
        shown = await card(house)
        assert "was not sent" in shown
        assert "no such mailbox" in shown
        await house.heard.presses("oak").mark_sent(await press(house, "2"))
        assert complaint(house) is Status.ACKNOWLEDGED


async def test_a_letter_whose_fate_nobody_knows_is_not_sent_again(opened: Opener):
    async with opened() as (house, relay):
        relay.after_data = "drop"
        await confirm(house)
        assert len(relay.letters) == 1
        assert state(house) is LetterState.UNKNOWN
        relay.after_data = "answer"
        house.later(days=5)
        await house.settle()
        assert len(relay.letters) == 1
        assert "Nobody knows" in await card(house)


async def test_a_worker_whose_lease_ran_out_puts_no_letter_back(opened: Opener):
    async with opened() as (house, _):
        await house.send(BOTH)
        await house.heard.presses("oak").confirm(await press(house), FILLED)
        db, known = house.record.db, house.record.configured.landlords["oak"]
        [slow] = await db.run(claim, ["letter"], now=house.now)
        await db.run(start_sending, slow, known, now=house.now)
        house.later(seconds=LEASE.total_seconds())
        await house.settle()
        assert state(house) is LetterState.UNKNOWN
        with pytest.raises(LeaseLostError):
            await db.run(put_back, slow)
        assert state(house) is LetterState.UNKNOWN


async def test_a_letter_that_the_server_refuses_for_days_becomes_a_persons_task(opened: Opener):
    async with opened() as (house, relay):
        relay.answers = {"MAIL": "451 4.3.0 later"}
        await confirm(house)
        for _ in range(24 * 6):
            house.later(hours=1)
            await house.settle()
        assert state(house) is LetterState.FAILED
        assert "was not sent" in await card(house)


async def test_a_worker_that_died_while_sending_leaves_it_to_a_person(opened: Opener):
    async with opened() as (house, relay):
        await house.send(BOTH)
        await house.heard.presses("oak").confirm(await press(house), FILLED)

        def die(session: Session) -> None:
            """As the worker does before it carries the letter; and then no more."""
            letter = session.scalars(select(LetterRow)).one()
            letter.state = LetterState.SENDING

        await house.record.db.run(die)
        house.later(seconds=LEASE.total_seconds())
        await house.settle()
        assert relay.letters == []
        assert state(house) is LetterState.UNKNOWN


async def test_a_late_acknowledgement_says_the_day_counted_from_its_sending(opened: Opener):
    async with opened() as (house, relay):
        await house.send(BOTH)
        house.later(days=14)
        await house.heard.presses("oak").confirm(await press(house), FILLED)
        await house.settle()
        [carried] = relay.letters
        assert "Monday 30 March 2026" in carried.raw.decode()
        assert "late" in await card(house)


async def test_a_bare_receipt_ends_no_clock(opened: Opener):
    async with opened(receipt=True) as (house, relay):
        await house.send(BOTH)
        [carried] = relay.letters
        assert "We have your message" in carried.raw.decode()
        assert complaint(house) is Status.AWAITING_TRIAGE
        clocks = [clock for case in (await see(house)).cases for clock in case.clocks]
        assert all(clock.ended_at is None for clock in clocks)


async def test_the_writer_gets_their_own_words_back_and_staff_never_see_them(opened: Opener):
    async with opened() as (house, relay):
        await house.send("Nobody rang me on 07700 900123. Please ring 07700 900123 today.")
        seen = await see(house)
        assert "900123" not in seen.issues + seen.outcome
        filled = Filled(kinds=(Kind.COMPLAINT,), issues=seen.issues, outcome=seen.outcome)
        await house.heard.presses("oak").confirm(await press(house), filled)
        await house.settle()
        [carried] = relay.letters
        letter = message_from_bytes(carried.raw, policy=default).get_content()
        assert letter.count("07700 900123") >= 2
        assert "[PHONE" not in letter
        [shown] = house.record.db.call(lambda s: list(s.scalars(select(LetterRow.shown))))
        assert shown is not None
        assert "900123" not in shown
